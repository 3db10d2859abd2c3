"""Domains of quantities, with or without bounds: whole numbers, dense numbers, minutes and days."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any, ClassVar, TypeVar

from attrs import field, fields, frozen

from supportcore.domains.members import checked_name
from supportcore.domains.values import kind_of, shown
from supportcore.errors import DefinitionError, FactError

V = TypeVar("V")

DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,9})?", re.ASCII)
MOST_DIGITS = 999
MOST = 10**MOST_DIGITS
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
HOURS_AND_MINUTES = re.compile(r"(?=\d|PT)(?:PT)?(?:(\d+)\s*[hH])?\s*(?:(\d+)\s*(?:min|M))?")


def check_bounds(domain: Any, kinds: tuple[type, ...], words: str) -> None:
    """Raise `DefinitionError` unless the bounds of a domain are of these kinds, finite, and in order."""
    for end in (domain.lo, domain.hi):
        if end is not None and type(end) not in kinds:
            raise DefinitionError(f"`{shown(end)}` is {kind_of(end)}; the bounds of `{domain.name}` are {words}")
        if isinstance(end, Decimal) and not end.is_finite():
            raise DefinitionError(f"the bounds of `{domain.name}` must be finite; leave out a bound that is not")
        if isinstance(end, (int, Decimal)) and (problem := problem_of_length(domain, end)):
            raise DefinitionError(problem)
    if domain.lo is not None and domain.hi is not None and domain.hi < domain.lo:
        raise DefinitionError(
            f"the bounds of `{domain.name}` are reversed: `{domain.lo}` is above `{domain.hi}`; swap them"
        )


def _check_gaps(domain: Any) -> None:
    """Raise `DefinitionError` unless the gaps of a domain of numbers lie in order within its bounds."""
    ends = [end for gap in domain.gaps for end in (gap.below, gap.above)]
    for end in ends:
        is_number = type(end) is int or (type(end) is Decimal and end.is_finite())
        if not is_number or problem_of_length(domain, end):
            raise DefinitionError(f"`{shown(end)}` cannot bound a gap of `{domain.name}`; expected a decimal")
    within_bounds = [*([] if domain.lo is None else [domain.lo]), *ends, *([] if domain.hi is None else [domain.hi])]
    is_open = (domain.lo_open and domain.lo in ends[:1]) or (domain.hi_open and domain.hi in ends[-1:])
    if is_open or within_bounds != sorted(within_bounds) or any(gap.below == gap.above for gap in domain.gaps):
        raise DefinitionError(f"the gaps of `{domain.name}` overlap or leave its bounds; give them in order, within it")


def problem_of_length(domain: Any, value: int | Decimal) -> str | None:
    """Return what is wrong with a number of so many digits that writing it or adding to it would take very long."""
    if isinstance(value, int):
        is_short = -MOST < value < MOST
    else:
        is_short = value.adjusted() < MOST_DIGITS and int(value.as_tuple().exponent) >= -MOST_DIGITS
    if is_short:
        return None
    return f"`{shown(value)}` is too long; `{domain.name}` takes {MOST_DIGITS} digits before and after the point"


def outside(domain: Any, value: Any) -> str | None:
    """Return what is wrong with a value outside the bounds of a domain, or `None`."""
    if isinstance(value, (int, Decimal)) and (problem := problem_of_length(domain, value)):
        return problem
    if (domain.lo is not None and value < domain.lo) or (domain.hi is not None and value > domain.hi):
        return f"`{domain.show(value)}` lies outside `{domain.name}` ({domain.declaration()})"
    return None


def range_words(domain: Any, unit: str = "") -> str:
    """Return the bounds of a domain as people declare them: `0 .. 480 min`."""
    low, high = (None if end is None else domain.show(end).partition(" ")[0] for end in (domain.lo, domain.hi))
    return f"{low or ''} .. {high or ''}".strip() + unit + (", may be missing" if domain.optional else "")


def _is_whole(body: str) -> bool:
    """Return whether a text is a whole number of at most `MOST_DIGITS` plain digits."""
    digits = body[1:] if body[:1] in ("+", "-") else body
    return digits.isdigit() and digits.isascii() and len(digits) <= MOST_DIGITS


@frozen
class Integer:
    """Whole numbers: nothing lies between 4 and 5, and 4.0 is not 4 (RUL-1).

    >>> Integer("users", 0, 100_000).problem(-1)
    '`-1` lies outside `users` (0 .. 100000)'
    """

    kind: ClassVar[str] = "integer"
    ordered: ClassVar[bool] = True

    name: str = field(converter=checked_name)
    lo: int | None = None
    hi: int | None = None
    optional: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_bounds(self, (int,), "whole numbers")

    def problem(self, value: object) -> str | None:
        """Return what is wrong with a value, or `None`."""
        if type(value) is not int:
            return f"`{shown(value)}` is {kind_of(value)}; `{self.name}` takes whole numbers"
        return outside(self, value)

    def parse(self, text: str) -> int:
        """Parse a whole number; raise `FactError` for any other text."""
        body = text.strip()
        if not _is_whole(body):
            raise FactError(f"`{shown(body)}` is not a whole number; `{self.name}` takes whole numbers")
        return within(self, int(body))

    def show(self, value: object) -> str:
        """Return the text that `parse` reads as this value."""
        return str(value)

    def declaration(self) -> str:
        """Return the domain as people declare it: `0 .. 100000`."""
        if self.lo is None and self.hi is None:
            return "whole number" + (", may be missing" if self.optional else "")
        return range_words(self)


@frozen
class NumberGap:
    """The numbers between two others, both excluded, which a domain leaves out."""

    below: Decimal | int
    above: Decimal | int


def _gaps(given: Any) -> tuple[NumberGap, ...]:
    if isinstance(given, (str, Mapping)) or not isinstance(given, Iterable):
        raise DefinitionError(f"`{shown(given)}` is {kind_of(given)}; expected a list of gaps between numbers")
    gaps = tuple(given)
    for gap in gaps:
        if not isinstance(gap, NumberGap):
            raise DefinitionError(f"`{shown(gap)}` is {kind_of(gap)}; expected a `NumberGap` in this list")
    return gaps


@frozen(repr=False)
class Number:
    """Dense numbers, as `Decimal` or `int`; the bounds are included unless they are open.

    >>> Number("load", Decimal("0"), Decimal("1")).problem(Decimal("1.5"))
    '`1.5` lies outside `load` (number 0 .. 1)'
    >>> Number("load").problem(0.5)
    '`0.5` is a binary number with a point; `load` takes decimals; write `Decimal("0.5")`'
    """

    kind: ClassVar[str] = "number"
    ordered: ClassVar[bool] = True

    name: str = field(converter=checked_name)
    lo: Decimal | int | None = None
    hi: Decimal | int | None = None
    lo_open: bool = field(default=False, kw_only=True)
    hi_open: bool = field(default=False, kw_only=True)
    gaps: tuple[NumberGap, ...] = field(default=(), converter=_gaps, kw_only=True)
    optional: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_bounds(self, (int, Decimal), "decimals or whole numbers")
        _check_gaps(self)
        if (self.lo_open and self.lo is None) or (self.hi_open and self.hi is None):
            raise DefinitionError(f"`{self.name}` has an open bound without a number; give the number")
        if self.lo is not None and self.lo == self.hi and (self.lo_open or self.hi_open):
            raise DefinitionError(f"the bounds of `{self.name}` exclude every number; close both")

    def __repr__(self) -> str:
        shown_fields = (attribute.name for attribute in fields(Number) if attribute.name != "gaps" or self.gaps)
        return f"Number({', '.join(f'{name}={getattr(self, name)!r}' for name in shown_fields)})"

    def problem(self, value: object) -> str | None:
        """Return what is wrong with a value, or `None`."""
        if (isinstance(value, Decimal) and not value.is_finite()) or (isinstance(value, float) and not isfinite(value)):
            return f"`{value}` is not a finite number; `{self.name}` takes decimals"
        if type(value) is float:
            return f'`{value}` is {kind_of(value)}; `{self.name}` takes decimals; write `Decimal("{value}")`'
        if type(value) not in (int, Decimal):
            return f"`{shown(value)}` is {kind_of(value)}; `{self.name}` takes decimals"
        if (self.lo_open and value == self.lo) or (self.hi_open and value == self.hi):
            return f"`{self.show(value)}` lies outside `{self.name}` ({self.declaration()})"
        problem = outside(self, value)
        if problem is None and any(gap.below < value < gap.above for gap in self.gaps):  # type: ignore[operator]
            return f"`{self.show(value)}` lies outside `{self.name}` ({self.declaration()})"
        return problem

    def parse(self, text: str) -> Decimal:
        """Parse a number exactly; raise `FactError` for any other text."""
        body = text.strip()
        if not DECIMAL.fullmatch(body):
            raise FactError(f"`{shown(body)}` is not a number; `{self.name}` takes decimals")
        return within(self, Decimal(body))

    def show(self, value: object) -> str:
        """Return the text that `parse` reads as this value."""
        return format(value, "f") if isinstance(value, Decimal) else str(value)

    def declaration(self) -> str:
        """Return the domain as people declare it: `number 0 .. 1`, `number (0 .. 1]`, `number 0 .. 1 or 5`."""
        missing = ", may be missing" if self.optional else ""
        if self.lo is None and self.hi is None and not self.gaps:
            return "number" + missing
        lows = [(self.lo, self.lo_open), *((gap.above, False) for gap in self.gaps)]
        highs = [*((gap.below, False) for gap in self.gaps), (self.hi, self.hi_open)]
        spans = [self._span(*low, *high) for low, high in zip(lows, highs, strict=True)]
        return f"number {' or '.join(spans)}{missing}"

    def _span(self, lo: Decimal | int | None, lo_open: bool, hi: Decimal | int | None, hi_open: bool) -> str:
        low, high = ("" if end is None else self.show(end) for end in (lo, hi))
        if low == high:
            return low
        span = f"{low} .. {high}".strip()
        if lo_open or hi_open:
            return ("(" if lo_open or lo is None else "[") + span + (")" if hi_open or hi is None else "]")
        return span


@frozen
class Minutes:
    """Whole minutes of work or time, written with units: `480 min`, `8 h`, `1 h 30 min`.

    >>> estimate = Minutes("estimate", 0, 4800, optional=True)
    >>> estimate.parse("8 h"), estimate.show(90), estimate.declaration()
    (480, '90 min', '0 .. 4800 min, may be missing')
    """

    kind: ClassVar[str] = "minutes"
    ordered: ClassVar[bool] = True

    name: str = field(converter=checked_name)
    lo: int | None = 0
    hi: int | None = None
    optional: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_bounds(self, (int,), "whole minutes")

    def problem(self, value: object) -> str | None:
        """Return what is wrong with a value, or `None`."""
        if type(value) is not int:
            return f"`{shown(value)}` is {kind_of(value)}; `{self.name}` takes whole minutes"
        return outside(self, value)

    def parse(self, text: str) -> int:
        """Parse minutes with units (`480 min`, `8 h`, `PT8H`); raise `FactError` for any other text."""
        body = text.strip()
        found = HOURS_AND_MINUTES.fullmatch(body)
        if found and (found[1] or found[2]):
            return within(self, 60 * int(found[1] or 0) + int(found[2] or 0))
        if _is_whole(body):
            raise FactError(f"`{body}` has no unit; write `{body} min` or `{body} h` in `{self.name}`")
        raise FactError(
            f"`{body}` is not an amount of time; `{self.name}` takes amounts such as `480 min`, `8 h` or `1 h 30 min`"
        )

    def show(self, value: object) -> str:
        """Return the text that `parse` reads as this value."""
        return f"{value} min"

    def declaration(self) -> str:
        """Return the domain as people declare it: `0 .. 4800 min`."""
        if self.lo == 0 and self.hi is None:
            return "minutes" + (", may be missing" if self.optional else "")
        return range_words(self, " min")


@frozen
class Day:
    """Civil days: nothing lies between 31 January and 1 February (RUL-1).

    >>> Day("on").parse("2026-01-31")
    datetime.date(2026, 1, 31)
    """

    kind: ClassVar[str] = "day"
    ordered: ClassVar[bool] = True

    name: str = field(converter=checked_name)
    lo: date | None = None
    hi: date | None = None
    optional: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_bounds(self, (date,), "days")

    def problem(self, value: object) -> str | None:
        """Return what is wrong with a value, or `None`."""
        if not isinstance(value, date) or isinstance(value, datetime):
            return f"`{shown(value)}` is {kind_of(value)}; `{self.name}` takes days"
        return outside(self, value)

    def parse(self, text: str) -> date:
        """Parse a day such as `2026-01-31`; raise `FactError` for any other text."""
        body = text.strip()
        try:
            day = date.fromisoformat(body) if DATE.fullmatch(body) else None
        except ValueError:
            day = None
        if day is None:
            raise FactError(f"`{body}` is not a day; `{self.name}` takes days such as `2026-01-31`")
        return within(self, day)

    def show(self, value: object) -> str:
        """Return the text that `parse` reads as this value."""
        return value.isoformat() if isinstance(value, date) else str(value)

    def declaration(self) -> str:
        """Return the domain as people declare it: `day 2026-01-01 .. 2026-12-31`."""
        if self.lo is None and self.hi is None:
            return "day" + (", may be missing" if self.optional else "")
        return f"day {range_words(self)}"


def within(domain: Any, value: V) -> V:
    """Return a value; raise `FactError` if it lies outside its domain."""
    problem = domain.problem(value)
    if problem:
        raise FactError(problem)
    return value
