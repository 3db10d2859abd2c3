"""Domains of quantities: whole numbers, dense numbers, minutes and days, each with bounds or without."""

import re
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any, ClassVar, TypeVar

from attrs import field, frozen

from supportcore.domains.members import checked_name
from supportcore.domains.values import kind_of, shown
from supportcore.errors import DefinitionError, FactError

V = TypeVar("V")

DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,9})?", re.ASCII)
MOST_DIGITS = 999
MOST = 10**MOST_DIGITS
HOURS_AND_MINUTES = re.compile(r"(?=\d|PT)(?:PT)?(?:(\d+)\s*[hH])?\s*(?:(\d+)\s*(?:min|M))?")


def _bounds(domain: Any, accepted: tuple[type, ...], words: str) -> None:
    for end in (domain.lo, domain.hi):
        if end is not None and type(end) not in accepted:
            raise DefinitionError(f"`{shown(end)}` is {kind_of(end)}; the bounds of `{domain.name}` are {words}")
        if isinstance(end, Decimal) and not end.is_finite():
            raise DefinitionError(
                f"the bounds of `{domain.name}` are finite numbers; leave a bound out where there is none"
            )
        if isinstance(end, (int, Decimal)) and (problem := _too_long(domain, end)):
            raise DefinitionError(problem)
    if domain.lo is not None and domain.hi is not None and domain.hi < domain.lo:
        raise DefinitionError(f"the bounds of `{domain.name}` are turned around: `{domain.lo}` to `{domain.hi}`")


def _too_long(domain: Any, value: int | Decimal) -> str | None:
    """What is wrong with a number of so many digits that to write it down or to add to it would take for ever."""
    if isinstance(value, int):
        fine = -MOST < value < MOST
    else:
        fine = value.adjusted() < MOST_DIGITS and int(value.as_tuple().exponent) >= -MOST_DIGITS
    if fine:
        return None
    return f"`{shown(value)}` is too long; `{domain.name}` takes {MOST_DIGITS} digits before and behind the point"


def _outside(domain: Any, value: Any) -> str | None:
    if not isinstance(value, date) and (problem := _too_long(domain, value)):
        return problem
    if (domain.lo is not None and value < domain.lo) or (domain.hi is not None and value > domain.hi):
        return f"`{domain.show(value)}` lies outside `{domain.name}` ({domain.declaration()})"
    return None


def _range(domain: Any, unit: str = "") -> str:
    low, high = (None if end is None else str(end) for end in (domain.lo, domain.hi))
    return f"{low or ''} .. {high or ''}".strip() + unit + (", may be missing" if domain.optional else "")


def _is_whole(body: str) -> bool:
    """Whether a text is a whole number in plain digits, of a length that a number may have."""
    digits = body[1:] if body[:1] in ("+", "-") else body
    return digits.isdigit() and digits.isascii() and len(digits) <= MOST_DIGITS


@frozen
class Integer:
    """Whole numbers, bounded or not. Nothing lies between 4 and 5, and 4.0 is not 4 (RUL-1).

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
        _bounds(self, (int,), "whole numbers")

    def problem(self, value: object) -> str | None:
        """What is wrong with a value, or nothing."""
        if type(value) is not int:
            return f"`{shown(value)}` is {kind_of(value)}; `{self.name}` takes whole numbers"
        return _outside(self, value)

    def parse(self, text: str) -> int:
        """The whole number that a text says; `FactError` otherwise."""
        body = text.strip()
        if not _is_whole(body):
            raise FactError(f"`{shown(body)}` is no whole number, which is what `{self.name}` takes")
        return _within(self, int(body))

    def show(self, value: object) -> str:
        """The text that `parse` takes."""
        return str(value)

    def declaration(self) -> str:
        """How people write it: `0 .. 100000`."""
        if self.lo is None and self.hi is None:
            return "whole number" + (", may be missing" if self.optional else "")
        return _range(self)


@frozen
class Number:
    """Numbers with a point, dense, as `Decimal` (whole numbers too); bounds belong to it unless open.

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
    optional: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _bounds(self, (int, Decimal), "decimals or whole numbers")
        if (self.lo_open and self.lo is None) or (self.hi_open and self.hi is None):
            raise DefinitionError(f"`{self.name}` has an open bound without a number")
        if self.lo is not None and self.lo == self.hi and (self.lo_open or self.hi_open):
            raise DefinitionError(f"the bounds of `{self.name}` leave no number")

    def problem(self, value: object) -> str | None:
        """What is wrong with a value, or nothing."""
        if (isinstance(value, Decimal) and not value.is_finite()) or (isinstance(value, float) and not isfinite(value)):
            return f"`{value}` is no finite number; `{self.name}` takes decimals"
        if type(value) is float:
            return f'`{value}` is {kind_of(value)}; `{self.name}` takes decimals; write `Decimal("{value}")`'
        if type(value) not in (int, Decimal):
            return f"`{shown(value)}` is {kind_of(value)}; `{self.name}` takes decimals"
        if (self.lo_open and value == self.lo) or (self.hi_open and value == self.hi):
            return f"`{self.show(value)}` lies outside `{self.name}` ({self.declaration()})"
        return _outside(self, value)

    def parse(self, text: str) -> Decimal:
        """The number that a text says, exactly; `FactError` otherwise."""
        body = text.strip()
        if not DECIMAL.fullmatch(body):
            raise FactError(f"`{shown(body)}` is no number, which is what `{self.name}` takes")
        return _within(self, Decimal(body))

    def show(self, value: object) -> str:
        """The text that `parse` takes."""
        return format(value, "f") if isinstance(value, Decimal) else str(value)

    def declaration(self) -> str:
        """How people write it: `number 0 .. 1`, an open bound as `number (0 .. 1]`."""
        missing = ", may be missing" if self.optional else ""
        if self.lo is None and self.hi is None:
            return "number" + missing
        low, high = ("" if end is None else self.show(end) for end in (self.lo, self.hi))
        span = f"{low} .. {high}".strip()
        if self.lo_open or self.hi_open:
            span = (
                ("(" if self.lo_open or self.lo is None else "[")
                + span
                + (")" if self.hi_open or self.hi is None else "]")
            )
        return f"number {span}{missing}"


@frozen
class Minutes:
    """Whole minutes of work or time, written with units: `480 min`, `8 h`, `1 h 30 min`. Discrete.

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
        _bounds(self, (int,), "whole minutes")

    def problem(self, value: object) -> str | None:
        """What is wrong with a value, or nothing."""
        if type(value) is not int:
            return f"`{shown(value)}` is {kind_of(value)}; `{self.name}` takes whole minutes"
        return _outside(self, value)

    def parse(self, text: str) -> int:
        """The minutes that a text with units says (`480 min`, `8 h`, `PT8H`); `FactError` otherwise."""
        found = HOURS_AND_MINUTES.fullmatch(text.strip())
        if found and (found[1] or found[2]):
            return _within(self, 60 * int(found[1] or 0) + int(found[2] or 0))
        if _is_whole(text.strip()):
            raise FactError(
                f"`{text.strip()}` has no unit; write `{text.strip()} min` or `{text.strip()} h` in `{self.name}`"
            )
        raise FactError(
            f"`{text.strip()}` is no number of minutes; "
            f"`{self.name}` takes amounts such as `480 min`, `8 h` or `1 h 30 min`"
        )

    def show(self, value: object) -> str:
        """The text that `parse` takes."""
        return f"{value} min"

    def declaration(self) -> str:
        """How people write it: `0 .. 4800 min`."""
        if self.lo == 0 and self.hi is None:
            return "minutes" + (", may be missing" if self.optional else "")
        return _range(self, " min")


@frozen
class Day:
    """Civil days. Discrete: nothing lies between 31 January and 1 February (RUL-1).

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
        _bounds(self, (date,), "days")

    def problem(self, value: object) -> str | None:
        """What is wrong with a value, or nothing."""
        if not isinstance(value, date) or isinstance(value, datetime):
            return f"`{shown(value)}` is {kind_of(value)}; `{self.name}` takes days"
        return _outside(self, value)

    def parse(self, text: str) -> date:
        """The day that a text such as `2026-01-31` says; `FactError` otherwise."""
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
                raise ValueError
            return _within(self, date.fromisoformat(text.strip()))
        except FactError:
            raise
        except ValueError:
            raise FactError(f"`{text.strip()}` is no day; `{self.name}` takes days such as `2026-01-31`") from None

    def show(self, value: object) -> str:
        """The text that `parse` takes."""
        return value.isoformat() if isinstance(value, date) else str(value)

    def declaration(self) -> str:
        """How people write it: `day 2026-01-01 .. 2026-12-31`."""
        if self.lo is None and self.hi is None:
            return "day" + (", may be missing" if self.optional else "")
        return f"day {_range(self)}"


def _within(domain: Integer | Number | Minutes | Day, value: V) -> V:
    problem = domain.problem(value)
    if problem:
        raise FactError(problem)
    return value
