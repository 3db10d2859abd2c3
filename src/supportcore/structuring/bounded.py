"""Plain data within the bounds of the readers: nesting, digits, and the nodes that YAML's aliases stand for."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from supportcore.bounds import Bounds
from supportcore.errors import ConceptError, Problem, joined_path

Step = str | int


def check_dotted_keys(text: str, bounds: Bounds) -> None:
    """Raise `ConceptError` for a dotted key of TOML with too many parts, which Python's reader takes too long for."""
    found = _long_key(bounds.depth).search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise ConceptError([Problem("", f"a dotted key has {bounds.excess('depth')}", line)])


@cache
def _long_key(parts: int) -> re.Pattern[str]:
    part = r"[^\s.=\[\]{},#|]++[ \t]*+\.[ \t]*+"
    return re.compile(rf"(?<![^\s=\[\]{{}},#|])(?:{part}){{{parts}}}")


def check_tree(tree: object, bounds: Bounds) -> None:
    """Raise `ConceptError` for plain data that is nested too deeply, or for numbers of too many digits."""
    problems = [
        Problem(_path(steps), f"has {message}")
        for steps, value in _leaves(tree, bounds.depth)
        if (message := _excess(value, len(steps), bounds))
    ]
    if problems:
        raise ConceptError(problems)


def _leaves(tree: object, depth: int) -> Iterator[tuple[tuple[Step, ...], object]]:
    """Yield each value that holds no further values, or is nested as deeply as it may be, with the steps to it."""
    stack: list[tuple[tuple[Step, ...], object]] = [((), tree)]
    while stack:
        steps, value = stack.pop()
        if len(steps) > depth or not isinstance(value, (dict, list)):
            yield steps, value
        elif isinstance(value, dict):
            stack.extend(((*steps, str(key)), inner) for key, inner in value.items())
        else:
            stack.extend(((*steps, index), inner) for index, inner in enumerate(value))


def _excess(value: object, depth: int, bounds: Bounds) -> str | None:
    if depth > bounds.depth:
        return bounds.excess("depth")
    if type(value) is int and abs(value) >= _power_of_ten(bounds.digits):
        return bounds.excess("digits")
    if isinstance(value, Decimal):
        digits, exponent = value.as_tuple().digits, value.as_tuple().exponent
        assert isinstance(exponent, int), "the readers refuse numbers that are not finite"
        return bounds.excess("digits", max(len(digits), len(digits) + exponent, -exponent))
    return None


@cache
def _power_of_ten(digits: int) -> int:
    return 10**digits  # type: ignore[no-any-return]


def _path(steps: tuple[Step, ...]) -> str:
    path = ""
    for step in steps:
        path = joined_path(path, f"[{step}]" if isinstance(step, int) else step)
    return path


def check_sections(tree: object, bounds: Bounds, source: str) -> None:
    """Raise `ConceptError` for a document with too many tables, those in lists included."""
    count, stack = 0, [tree]
    while stack:
        value = stack.pop()
        count += isinstance(value, dict)
        stack += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if message := bounds.excess("sections", count):
        raise ConceptError([Problem("", f"has {message}")], source)


def check_nodes(root: Any, bounds: Bounds) -> None:
    """Raise `ConceptError` for a document of YAML whose aliases stand for too many nodes, or for themselves.

    Nothing is written out: a node that several aliases name is counted once and its size added for each of them.
    """
    sizes: dict[int, int | None] = {}  # `None` while a node is being counted
    stack = [root]
    while stack:
        node = stack[-1]
        inner = _inner(node)
        if id(node) not in sizes:
            sizes[id(node)] = None
            stack.extend(child for child in inner if id(child) not in sizes)
            continue
        stack.pop()
        if sizes[id(node)] is not None:
            continue
        counted = [sizes[id(child)] for child in inner]
        if None in counted:
            line = node.start_mark.line + 1
            raise ConceptError([Problem("", "an alias stands for a value that contains it; write the value out", line)])
        sizes[id(node)] = 1 + sum(size for size in counted if size is not None)
    if message := bounds.excess("yaml_nodes", sizes.get(id(root))):
        raise ConceptError([Problem("", f"has {message}")])


def _inner(node: Any) -> list[Any]:
    if node.id == "mapping":
        return [inner for pair in node.value for inner in pair]
    return list(node.value) if node.id == "sequence" else []
