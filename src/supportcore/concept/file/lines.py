"""The lines of a TOML file at which its sections and keys begin, for error messages."""

import re

from attrs import evolve

from supportcore.errors import Problem

HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[A-Za-z0-9_-]+)\s*=\s*(.*)$""")
QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')


def lines_by_path(text: str) -> dict[str, int]:
    """Return the line, counted from 1, of each section, each key and each table in a list of a TOML text, by its path.

    Keys of inline tables are left out; `with_line` gives them the line of the key or list entry around them.

    >>> lines_by_path('name = "x"\\n[facts]\\nkind = "a | b"\\n')
    {'name': 1, 'facts': 2, 'facts.kind': 3}
    >>> lines_by_path('steps = [\\n  { after = "0 min" },\\n]')
    {'steps': 1, 'steps[0]': 2}
    """
    found: dict[str, int] = {}
    section, path, closing, depth = "", "", "", 0
    last_index: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if closing:
            closing = "" if closing in line else closing
            continue
        if depth > 0:
            if depth == 1:
                _record_entries(line, path, number, last_index, found)
            depth += _nesting(line)
            continue
        header, key = HEADER.match(line), KEY.match(line)
        if header:
            section = ".".join(part.strip().strip("\"'") for part in _split_header(header[2]))
            if header[1] == "[[":
                last_index[section] = last_index.get(section, -1) + 1
                section = f"{section}[{last_index[section]}]"
            found[section] = number
        elif key:
            path = f"{section}.{key[1].strip(chr(34) + chr(39))}".strip(".")
            found[path] = number
            for quotes in ('"""', "'''"):
                if key[2].count(quotes) == 1:
                    closing = quotes
            if key[2].startswith("["):
                _record_entries(key[2][1:], path, number, last_index, found)
            depth = 0 if closing else max(0, _nesting(key[2]))
    return found


def _split_header(header: str) -> list[str]:
    """Split the header of a section into its names; a quoted name may contain points."""
    return re.split(r"""\.(?=(?:[^"']*["'][^"']*["'])*[^"']*$)""", header)


def _record_entries(line: str, path: str, number: int, last_index: dict[str, int], found: dict[str, int]) -> None:
    """Record the tables that begin on this line, inside the list at `path`."""
    depth = 0
    for sign in _bare(line):
        if sign == "{" and depth == 0:
            last_index[path] = last_index.get(path, -1) + 1
            found[f"{path}[{last_index[path]}]"] = number
        depth += (sign in "[{") - (sign in "]}")


def _nesting(text: str) -> int:
    bare = _bare(text)
    return sum(bare.count(sign) for sign in "[{") - sum(bare.count(sign) for sign in "]}")


def _bare(text: str) -> str:
    """The text without its quoted parts and its comment."""
    return re.sub(r"#.*", "", QUOTED.sub("", text))


def with_line(problem: Problem, lines: dict[str, int]) -> Problem:
    """Return the problem with its line in the file, found by its path.

    A line that the problem already has is relative to the text at its path, such as a row of a table below its key.
    """
    path = problem.path
    below = (known for known in lines if path and known.startswith(f"{path}."))
    if path not in lines:
        path = next(below, path)
    while path not in lines and path:
        cut = max(path.rfind("."), path.rfind("["), path.rfind(","))
        path = path[:cut] if cut > 0 else ""
    if not path:
        return problem
    return evolve(problem, line=lines[path] + (problem.line or 0))
