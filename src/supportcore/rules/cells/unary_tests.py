"""What can stand in a cell of a decision table: a closed set of types (RUL-2)."""

from collections.abc import Iterable
from typing import Literal

from attrs import field, frozen

from supportcore.domains import Value

Operator = Literal["<", "<=", ">", ">="]


def _words(given: Iterable[str]) -> frozenset[str]:
    return frozenset(given)


@frozen
class Anything:
    """`-`: every value fits, a missing one too."""


@frozen
class Missing:
    """`missing`: fits where the fact is absent (G-11)."""


@frozen
class Given:
    """`given`: fits every value, but not an absent one (G-11)."""


@frozen
class Is:
    """`low`, `4`: this value."""

    value: Value


@frozen
class Compare:
    """`>= 18`: on ordered domains only."""

    operator: Operator
    value: Value


@frozen
class Between:
    """`[12..15)`: from one value to another, each end belonging to it or not; on ordered domains only."""

    low: Value
    high: Value
    low_closed: bool = True
    high_closed: bool = True


Term = Is | Compare | Between | Missing


def _terms(given: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(given)


def _negated(given: "Iterable[Term | SetCell]") -> "tuple[Term | SetCell, ...]":
    return tuple(given)


@frozen
class OneOf:
    """`low, medium` or `< 5, [8..9], missing`: any of several terms."""

    terms: tuple[Term, ...] = field(converter=_terms)


@frozen
class Not:
    """`not(low, medium)`: a value that none of the terms fits; an absent fact never fits (G-11)."""

    terms: "tuple[Term | SetCell, ...]" = field(converter=_negated)


@frozen
class AllOf:
    """`all of a, b`, or the bare list: the set holds all of these words, and maybe more."""

    members: frozenset[str] = field(converter=_words)


@frozen
class AnyOf:
    """`any of a, b`: the set holds at least one of these words."""

    members: frozenset[str] = field(converter=_words)


@frozen
class NoneOf:
    """`none of a, b`: the set holds none of these words."""

    members: frozenset[str] = field(converter=_words)


@frozen
class Exactly:
    """`exactly a, b`: the set holds these words and no other; `exactly` alone is the empty set."""

    members: frozenset[str] = field(converter=_words)


SetCell = AllOf | AnyOf | NoneOf | Exactly
Cell = Anything | Missing | Given | Is | Compare | Between | OneOf | Not | AllOf | AnyOf | NoneOf | Exactly

ANYTHING = Anything()
MISSING = Missing()
GIVEN = Given()
