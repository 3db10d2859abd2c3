"""The lines of the sections and keys of a TOML text by their paths, so that an error can point at them."""

import re
from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from supportcore.errors import Problem, joined_path

NAME = r"""(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)"""
HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?$")
KEY = re.compile(rf"\s*({NAME}(?:\s*\.\s*{NAME})*)\s*=(.*)$")
PART = re.compile(r""""[^"]*"|'[^']*'|[^\s."']+""")
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
    for number, line in enumerate(text.split("\n"), 1):
        if closing:
            closing = "" if closing in line else closing
            continue
        if depth > 0:
            if depth == 1:
                yield from _tables_begun(line, path, number, counts)
            depth += _depth(line)
            continue
        header, key = HEADER.match(line), KEY.match(line)
        value = key[2].strip() if key else ""
        names = _names(header[2] if header else key[1] if key else "")
        if not names:  # as within a text that looks like a key
            continue
        if header:
            section = ".".join(names)
            if header[1] == "[[":
                section = _next_entry(section, counts)
            yield Entry(section, names[-1], number)
        else:
            path = joined_path(section, ".".join(names))
            yield Entry(path, names[-1], number)
            for quotes in ('"""', "'''"):
                if value.count(quotes) == 1:
                    closing = quotes
            if value.startswith("["):
                yield from _tables_begun(value[1:], path, number, counts)
            depth = 0 if closing else max(0, _depth(value))


def _names(dotted: str) -> list[str]:
    """Return the names of a dotted key from the outermost in; a quoted name may contain points."""
    return [part.strip("\"'") for part in PART.findall(dotted)]


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


@frozen
class Lines:
    """The lines of a TOML text by the paths of its sections, keys and tables in lists."""

    by_path: Mapping[str, int]
    first_below: Mapping[str, int]  # the line of the first known path below a path

    def locate(self, problem: Problem) -> Problem:
        """Return the problem with its line in the file.

        A line that the problem already has counts within the text at its path: the rows of a table are below its key.
        """
        path = problem.path
        line = self.by_path.get(path) or self.first_below.get(path)
        while path and line is None:
            cut = max(path.rfind("."), path.rfind("["), path.rfind(","))
            path = path[:cut] if cut > 0 else ""
            line = self.by_path.get(path)
        return problem if line is None else evolve(problem, line=line + (problem.line or 0))


def lines_of(text: str) -> Lines:
    """Return the lines of a TOML text."""
    by_path = places(text)
    first_below: dict[str, int] = {}
    for path, line in by_path.items():
        for cut in (index for index, sign in enumerate(path) if sign == "."):
            first_below.setdefault(path[:cut], line)
    return Lines(by_path, first_below)
