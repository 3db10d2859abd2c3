"""Regular expressions as trees: which repetitions without an end can match the same character one after another.

Two such repetitions next to each other, or one inside another, can share a run of characters in many ways, and the
search tries them all: its time grows with a power of the length of the run. A repetition at the beginning of a search
is tried again from each character of its run.
"""

import ast
import re._constants as codes
import re._parser as parser
from collections.abc import Iterator
from itertools import product
from typing import Any

from attrs import frozen

Characters = frozenset[int]
NOTHING: Characters = frozenset()
EVERY: Characters = frozenset([*range(0x300), 0x2028, 0x202F, 0x3000, 0xFFFF])
CATEGORIES = {
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_DIGIT: str.isdigit,
    codes.CATEGORY_WORD: lambda sign: sign.isalnum() or sign == "_",
}
NEGATED = {
    codes.CATEGORY_NOT_SPACE: codes.CATEGORY_SPACE,
    codes.CATEGORY_NOT_DIGIT: codes.CATEGORY_DIGIT,
    codes.CATEGORY_NOT_WORD: codes.CATEGORY_WORD,
}
SEARCHES = frozenset("search sub subn split findall finditer".split())
FUNCTIONS = SEARCHES | {"compile", "match", "fullmatch"}


@frozen
class Pattern:
    """A regular expression of a module, with its line; `is_searched` if it is tried from every character of a text."""

    line: int
    text: str
    is_searched: bool


def patterns_in(source: str) -> Iterator[Pattern]:
    """Yield the regular expressions of a module."""
    tree = ast.parse(source)
    searched = {
        node.func.value.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.attr in SEARCHES
    }
    names = {
        id(node.value): target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("re"), attr=function), args=[given, *_]) if (
                function in FUNCTIONS
            ):
                yield Pattern(node.lineno, _text(given), function in SEARCHES or names.get(id(node)) in searched)


def _text(node: ast.expr) -> str:
    """The text of a pattern; a letter stands for what a formatted pattern inserts."""
    match node:
        case ast.Constant(str(text)):
            return text
        case ast.JoinedStr(values):
            return "".join(map(_text, values))
        case _:
            return "x"


def ambiguities(text: str, *, is_searched: bool = False) -> list[str]:
    """What is wrong with a pattern: pairs of repetitions, and repetitions at the beginning of a search."""
    nodes = list(parser.parse(text, codes.SRE_FLAG_DOTALL))
    found = list(_sequence(nodes).found)
    begins_anywhere = is_searched and nodes[:1] != [(codes.AT, codes.AT_BEGINNING)]
    if begins_anywhere and not _sequence(nodes[1:]).is_nullable:
        found += [f"a search begins with a repetition of {_show(head)}" for head in _sequence(nodes).heads]
    return found


@frozen
class _Part:
    """Part of a pattern: its first and last characters, and the repetitions without an end there."""

    first: Characters = NOTHING
    last: Characters = NOTHING
    heads: tuple[Characters, ...] = ()
    tails: tuple[Characters, ...] = ()
    is_nullable: bool = False
    found: tuple[str, ...] = ()


def _sequence(nodes: list[Any]) -> _Part:
    whole = _Part(is_nullable=True)
    for node in nodes:
        part = _part(*node)
        whole = _Part(
            first=whole.first | part.first if whole.is_nullable else whole.first,
            last=whole.last | part.last if part.is_nullable else part.last,
            heads=whole.heads + part.heads if whole.is_nullable else whole.heads,
            tails=whole.tails + part.tails if part.is_nullable else part.tails,
            is_nullable=whole.is_nullable and part.is_nullable,
            found=(*whole.found, *part.found, *_shared(whole.tails, part.heads)),
        )
    return whole


def _shared(tails: tuple[Characters, ...], heads: tuple[Characters, ...]) -> Iterator[str]:
    for tail, head in product(tails, heads):
        if tail & head:
            yield f"two repetitions of {_show(tail & head)}"


def _part(code: Any, given: Any) -> _Part:
    match code:
        case codes.LITERAL | codes.NOT_LITERAL | codes.ANY | codes.IN | codes.RANGE | codes.CATEGORY:
            characters = _characters(code, given)
            return _Part(characters, characters)
        case codes.SUBPATTERN:
            return _sequence(list(given[-1]))
        case codes.ATOMIC_GROUP:
            inner = _sequence(list(given))
            return _Part(inner.first, inner.last, inner.heads, (), inner.is_nullable, inner.found)
        case codes.BRANCH:
            parts = [_sequence(list(branch)) for branch in given[1]]
            return _Part(
                NOTHING.union(*(part.first for part in parts)),
                NOTHING.union(*(part.last for part in parts)),
                tuple(head for part in parts for head in part.heads),
                tuple(tail for part in parts for tail in part.tails),
                any(part.is_nullable for part in parts),
                tuple(found for part in parts for found in part.found),
            )
        case codes.MAX_REPEAT | codes.MIN_REPEAT | codes.POSSESSIVE_REPEAT:
            low, high, body = given
            inner = _sequence(list(body))
            is_nullable = low == 0 or inner.is_nullable
            if high is not codes.MAXREPEAT:
                return _Part(inner.first, inner.last, inner.heads, inner.tails, is_nullable, inner.found)
            found = (*inner.found, *_shared(inner.tails, inner.heads))
            tails = () if code is codes.POSSESSIVE_REPEAT else (inner.last, *inner.tails)
            return _Part(
                inner.first, inner.last, (inner.first, *inner.heads), tails, low == 0 or inner.is_nullable, found
            )
        case codes.ASSERT | codes.ASSERT_NOT:
            return _Part(is_nullable=True, found=_sequence(list(given[1])).found)
        case codes.AT:
            return _Part(is_nullable=True)
        case codes.GROUPREF:
            return _Part(EVERY, EVERY)
    raise NotImplementedError(f"{code} in a pattern")


def _characters(code: Any, given: Any) -> Characters:
    match code:
        case codes.LITERAL:
            return frozenset([given])
        case codes.NOT_LITERAL:
            return EVERY - {given}
        case codes.ANY:
            return EVERY
        case codes.RANGE:
            return frozenset(range(given[0], given[1] + 1))
        case codes.CATEGORY:
            fits = CATEGORIES[NEGATED.get(given, given)]
            return frozenset(sign for sign in EVERY if fits(chr(sign)) is (given in CATEGORIES))
    is_negated = given[0][0] is codes.NEGATE
    members = NOTHING.union(*(_characters(*member) for member in given if member[0] is not codes.NEGATE))
    return EVERY - members if is_negated else members


def _show(characters: Characters) -> str:
    return ascii("".join(map(chr, sorted(characters)[:5])))
