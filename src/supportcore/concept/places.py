"""On which line of a TOML file a path stands, so that an error can point at it."""

import re

from attrs import evolve

from supportcore.errors import Problem

__all__ = ["located", "places"]

HEADER = re.compile(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$")
KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[A-Za-z0-9_-]+)\s*=\s*(.*)$""")


def places(text: str) -> dict[str, int]:
    """The line, counted from 1, of each section and key of a TOML text, by its path.

    Keys inside inline tables and lists have the line of the key that they belong to.

    >>> places('name = "x"\\n[facts]\\nkind = "a | b"\\n')
    {'name': 1, 'facts': 2, 'facts.kind': 3}
    """
    found: dict[str, int] = {}
    section, closing, depth = "", "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if closing:
            closing = "" if closing in line else closing
            continue
        if depth > 0:
            depth += _depth(line)
            continue
        header, key = HEADER.match(line), KEY.match(line)
        if header:
            section = ".".join(part.strip().strip("\"'") for part in header[1].split("."))
            found[section] = number
        elif key:
            found[f"{section}.{key[1].strip(chr(34) + chr(39))}".strip(".")] = number
            for quotes in ('"""', "'''"):
                if key[2].count(quotes) == 1:
                    closing = quotes
            depth = 0 if closing else max(0, _depth(key[2]))
    return found


def _depth(text: str) -> int:
    bare = re.sub(r'"[^"]*"|\'[^\']*\'|#.*', "", text)
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
