"""Keys that a text in TOML, YAML or JSON gives twice, each with its path and line."""

import json
import re
from collections.abc import Iterator
from typing import Any

from attrs import Factory, define

from supportcore.errors import Problem, joined_path
from supportcore.structuring.lines import entries

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],\n]')


def repeated_in_toml(text: str) -> Iterator[Problem]:
    """Yield a problem for each section and key that a TOML text gives again; keys of inline tables are not seen."""
    seen: set[str] = set()
    for entry in entries(text):
        if entry.path in seen:
            yield _given_twice(entry.path, entry.name, entry.line)
        seen.add(entry.path)


@define
class _Level:
    """An object or a list of a JSON text while its members are read."""

    path: str
    is_object: bool
    keys: set[str] = Factory(set)
    member: str = ""  # the path of the member that is being read
    index: int = 0
    key_follows: bool = False


def repeated_in_json(text: str) -> Iterator[Problem]:
    """Yield a problem for each key that an object of a JSON text gives again; the text is known to be valid.

    >>> [str(problem) for problem in repeated_in_json('{"a": [{"b": 1, "b": 2}]}')]
    ['line 1, a[0].b: `b` is given twice; keep one of the two']
    """
    line = 1
    levels = [_Level("", is_object=False)]
    for token in TOKEN.findall(text):
        level = levels[-1]
        if token == "\n":
            line += 1
        elif token in ("{", "["):
            is_object = token == "{"
            path = level.member
            levels.append(_Level(path, is_object, member="" if is_object else f"{path}[0]", key_follows=is_object))
        elif token in ("}", "]"):
            levels.pop()
        elif token == ",":
            level.index += 1
            level.key_follows = level.is_object
            level.member = f"{level.path}[{level.index}]"
        elif level.key_follows:
            key = json.loads(token)
            level.member = joined_path(level.path, key)
            level.key_follows = False
            if key in level.keys:
                yield _given_twice(level.member, key, line)
            level.keys.add(key)


def repeated_in_yaml(node: Any, path: str = "") -> Iterator[Problem]:
    """Yield a problem for each key that a mapping below a node of a YAML text gives again."""
    if node.id == "mapping":
        seen: set[tuple[str, str]] = set()
        for key, value in node.value:
            name = str(key.value)
            inner = joined_path(path, name)
            if (key.tag, name) in seen:
                yield _given_twice(inner, name, key.start_mark.line + 1)
            seen.add((key.tag, name))
            yield from repeated_in_yaml(value, inner)
    elif node.id == "sequence":
        for index, value in enumerate(node.value):
            yield from repeated_in_yaml(value, f"{path}[{index}]")


def _given_twice(path: str, name: str, line: int) -> Problem:
    return Problem(path, f"`{name}` is given twice; keep one of the two", line)
