"""The kinds of cells of a decision table, after DMN's unary tests: a closed set of types (RUL-2)."""

from collections.abc import Iterable
from typing import Literal

from attrs import field, frozen

from supportcore.domains import Value

Operator = Literal["<", "<=", ">", ">="]


@frozen
class Anything:
    """`-`: fits every value, and an absent fact."""


@frozen
class Missing:
    """`missing`: fits an absent fact (G-11)."""


@frozen
class Given:
    """`given`: fits every value, but not an absent fact (G-11)."""


@frozen
class Is:
    """`low`, `4`: fits this value."""

    value: Value


@frozen
class Compare:
    """`>= 18`: fits the values on one side of a bound, in ordered domains only."""

    operator: Operator
    value: Value


@frozen
class Between:
    """`[12..15)`: fits the values of an interval, in ordered domains only."""

    low: Value
    high: Value
    low_closed: bool = True
    high_closed: bool = True


Term = Is | Compare | Between | Missing


def _terms(given: "Iterable[Term | Not]") -> "tuple[Term | Not, ...]":
    return tuple(given)


def _negated_terms(given: "Iterable[Term | SetCell]") -> "tuple[Term | SetCell, ...]":
    return tuple(given)


def _members(given: Iterable[str]) -> frozenset[str]:
    return frozenset(given)


@frozen
class OneOf:
    """`low, medium`, `< 5, [8..9]` or `not(low), missing`: fits what any of the terms fits."""

    terms: "tuple[Term | Not, ...]" = field(converter=_terms)


@frozen
class Not:
    """`not(low, medium)`: fits the values that no term fits, but not an absent fact (G-11)."""

    terms: "tuple[Term | SetCell, ...]" = field(converter=_negated_terms)


@frozen
class AllOf:
    """`all of a, b`, or the bare list: fits a set that has all of these words."""

    members: frozenset[str] = field(converter=_members)


@frozen
class AnyOf:
    """`any of a, b`: fits a set that has at least one of these words."""

    members: frozenset[str] = field(converter=_members)


@frozen
class NoneOf:
    """`none of a, b`: fits a set that has none of these words."""

    members: frozenset[str] = field(converter=_members)


@frozen
class Exactly:
    """`exactly a, b`: fits the set of these words; `exactly` alone fits the empty set."""

    members: frozenset[str] = field(converter=_members)


SetCell = AllOf | AnyOf | NoneOf | Exactly
Cell = Anything | Missing | Given | Is | Compare | Between | OneOf | Not | AllOf | AnyOf | NoneOf | Exactly

ANYTHING = Anything()
MISSING = Missing()
GIVEN = Given()
