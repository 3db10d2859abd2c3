"""The lines of the sections and keys of a TOML text by their paths, so that an error can point at them."""

import re
from collections.abc import Iterator

from attrs import evolve, frozen

from supportcore.errors import Problem, joined_path

NAME = r"""(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)"""
HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?$")
KEY = re.compile(rf"\s*({NAME}(?:\s*\.\s*{NAME})*)\s*=\s*(.*)$")
QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')


@frozen
class Entry:
    """A section, a key or a table in a list: its path, its name at the end of the path, and its line from 1."""

    path: str
    name: str
    line: int


def places(text: str) -> dict[str, int]:
    """Return the line, counted from 1, of each section, key and table in a list of a TOML text, by its path.

    Keys inside inline tables have the line of the key or list entry that they belong to.

    >>> places('name = "x"\\n[facts]\\nkind = "a | b"\\n')
    {'name': 1, 'facts': 2, 'facts.kind': 3}
    >>> places('steps = [\\n  { after = "0 min" },\\n]')
    {'steps': 1, 'steps[0]': 2}
    """
    return {entry.path: entry.line for entry in entries(text)}


def entries(text: str) -> Iterator[Entry]:
    """Yield each section, key and table in a list of a TOML text, in the order of the text."""
    section, path, closing, depth = "", "", "", 0
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if closing:
            closing = "" if closing in line else closing
            continue
        if depth > 0:
            if depth == 1:
                yield from _tables_begun(line, path, number, counts)
            depth += _depth(line)
            continue
        header, key = HEADER.match(line), KEY.match(line)
        if header:
            names = _names(header[2])
            section = ".".join(names)
            if header[1] == "[[":
                section = _next_entry(section, counts)
            yield Entry(section, names[-1], number)
        elif key:
            names = _names(key[1])
            path = joined_path(section, ".".join(names))
            yield Entry(path, names[-1], number)
            for quotes in ('"""', "'''"):
                if key[2].count(quotes) == 1:
                    closing = quotes
            if key[2].startswith("["):
                yield from _tables_begun(key[2][1:], path, number, counts)
            depth = 0 if closing else max(0, _depth(key[2]))


def _names(dotted: str) -> list[str]:
    """Return the names of a dotted key from the outermost in; a quoted name may contain points."""
    parts = re.split(r"""\.(?=(?:[^"']*["'][^"']*["'])*[^"']*$)""", dotted)
    return [part.strip().strip("\"'") for part in parts]


def _next_entry(path: str, counts: dict[str, int]) -> str:
    counts[path] = counts.get(path, -1) + 1
    return f"{path}[{counts[path]}]"


def _tables_begun(line: str, path: str, number: int, counts: dict[str, int]) -> Iterator[Entry]:
    """Yield the tables that begin on a line of a list."""
    depth = 0
    for sign in re.sub(r"#.*", "", QUOTED.sub("", line)):
        if sign == "{" and depth == 0:
            entry = _next_entry(path, counts)
            yield Entry(entry, entry, number)
        depth += (sign in "[{") - (sign in "]}")


def _depth(text: str) -> int:
    bare = re.sub(r"#.*", "", QUOTED.sub("", text))
    return sum(bare.count(sign) for sign in "[{") - sum(bare.count(sign) for sign in "]}")


def located(problem: Problem, lines: dict[str, int]) -> Problem:
    """Return the problem with its line in the file.

    A line that the problem already has counts within the text at its path: the rows of a table are below its key.
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
