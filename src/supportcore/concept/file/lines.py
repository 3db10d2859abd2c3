"""On which line of a TOML file a path stands, so that an error can point at it."""

import re

from attrs import evolve

from supportcore.errors import Problem

HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[A-Za-z0-9_-]+)\s*=\s*(.*)$""")
QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')


def places(text: str) -> dict[str, int]:
    """The line, counted from 1, of each section and key of a TOML text, and of each table in a list, by its path.

    Keys inside inline tables have the line of the key or list entry that they belong to.

    >>> places('name = "x"\\n[facts]\\nkind = "a | b"\\n')
    {'name': 1, 'facts': 2, 'facts.kind': 3}
    >>> places('steps = [\\n  { after = "0 min" },\\n]')
    {'steps': 1, 'steps[0]': 2}
    """
    found: dict[str, int] = {}
    section, path, closing, depth = "", "", "", 0
    listed: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if closing:
            closing = "" if closing in line else closing
            continue
        if depth > 0:
            if depth == 1:
                _note_entries(line, path, number, listed, found)
            depth += _depth(line)
            continue
        header, key = HEADER.match(line), KEY.match(line)
        if header:
            section = ".".join(part.strip().strip("\"'") for part in _parts(header[2]))
            if header[1] == "[[":
                listed[section] = listed.get(section, -1) + 1
                section = f"{section}[{listed[section]}]"
            found[section] = number
        elif key:
            path = f"{section}.{key[1].strip(chr(34) + chr(39))}".strip(".")
            found[path] = number
            for quotes in ('"""', "'''"):
                if key[2].count(quotes) == 1:
                    closing = quotes
            if key[2].startswith("["):
                _note_entries(key[2][1:], path, number, listed, found)
            depth = 0 if closing else max(0, _depth(key[2]))
    return found


def _parts(header: str) -> list[str]:
    """The names of a section from the outermost in; a quoted one may have points in it."""
    return re.split(r"""\.(?=(?:[^"']*["'][^"']*["'])*[^"']*$)""", header)


def _note_entries(line: str, path: str, number: int, listed: dict[str, int], found: dict[str, int]) -> None:
    """The tables that begin on a line of a list which began on an earlier one."""
    depth = 0
    for sign in re.sub(r"#.*", "", QUOTED.sub("", line)):
        if sign == "{" and depth == 0:
            listed[path] = listed.get(path, -1) + 1
            found[f"{path}[{listed[path]}]"] = number
        depth += (sign in "[{") - (sign in "]}")


def _depth(text: str) -> int:
    bare = re.sub(r"#.*", "", QUOTED.sub("", text))
    return sum(bare.count(one) for one in "[{") - sum(bare.count(one) for one in "]}")


def located(problem: Problem, lines: dict[str, int]) -> Problem:
    """The problem with its line in the file.

    A line that the problem already has counts within the text at its path: the rows of a table stand below its key.
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
