"""Holidays as a value: dates with names, and the years for which they are complete."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeGuard

from attrs import field, frozen

from supportcore.calendars.days import is_day
from supportcore.errors import DefinitionError, UnknownYearError, counted
from supportcore.mappings import EMPTY, FrozenMapping


@frozen
class HolidaySource:
    """The origin of public holidays: the arguments of `public_holidays` and the release of the `holidays` package."""

    country: str
    subdiv: str | None
    language: str | None
    categories: tuple[str, ...]
    version: str

    def __str__(self) -> str:
        return f"{self.country}-{self.subdiv}" if self.subdiv else self.country


def is_years(given: object) -> TypeGuard[tuple[int, int]]:
    """Return whether a value is a pair of a first and a last year.

    >>> is_years((2026, 2030)), is_years((2030, 2026)), is_years((2026,))
    (True, False, False)
    """
    if not isinstance(given, list | tuple) or len(given) != 2 or any(type(year) is not int for year in given):
        return False
    return bool(given[0] <= given[1])


def _named_dates(dates: Mapping[date, str]) -> FrozenMapping[date, str]:
    if not isinstance(dates, Mapping):
        raise DefinitionError(f"`{dates}` is not a table of holidays; expected dates with their names")
    given: Iterable[tuple[object, object]] = dates.items()
    for day, name in given:
        if not is_day(day):
            raise DefinitionError(f"`{day}` (`{name}`) is not a day; expected a date such as `date(2026, 5, 1)`")
        if not isinstance(name, str):
            raise DefinitionError(f"the holiday `{day}` has the name `{name}`; expected a text")
    return FrozenMapping(sorted(dates.items()))


def must_be_years(given: object) -> None:
    """Raise `DefinitionError` if a value is not a pair of a first and a last year."""
    if not is_years(given):
        raise DefinitionError(f"`{given}` is not a first and a last year; expected a pair such as `(2020, 2030)`")


@frozen(repr=False)
class HolidayCalendar:
    """Holidays: dates with names. Equal dates and years make equal values (CAL-11).

    `years` are the first and the last year for which the dates are complete; a calendar raises `UnknownYearError` for
    any other year. Dates without `years` are complete for all years. `source` is the origin of public holidays and does
    not take part in comparison.

    >>> days = HolidayCalendar({date(2026, 5, 1): "Labour Day"})
    >>> days.with_dates({date(2026, 5, 2): "Bridge day"}).without(date(2026, 5, 1)).dates
    FrozenMapping({datetime.date(2026, 5, 2): 'Bridge day'})
    """

    dates: FrozenMapping[date, str] = field(default=EMPTY, converter=_named_dates)
    years: tuple[int, int] | None = field(default=None, kw_only=True)
    source: HolidaySource | None = field(default=None, kw_only=True, eq=False)

    @years.validator
    def _years_in_order(self, _: object, years: tuple[int, int] | None) -> None:
        if years is None:
            return
        must_be_years(years)
        for day, name in self.dates.items():
            if not years[0] <= day.year <= years[1]:
                raise DefinitionError(
                    f"`{day}` (`{name}`) lies outside the years {years[0]} to {years[1]} that the holidays are known "
                    "for; widen `years`, or leave the date out"
                )

    def __repr__(self) -> str:
        parts = [str(self.source)] if self.source else []
        parts += [f"{self.years[0]} to {self.years[1]}"] if self.years else []
        return f"HolidayCalendar({', '.join([*parts, counted(len(self.dates), 'holiday')])})"

    def with_dates(self, dates: Mapping[date, str]) -> "HolidayCalendar":
        """Return these holidays with more dates; a date that is a holiday already takes the new name."""
        more = _named_dates(dates)
        return HolidayCalendar({**self.dates, **more}, years=self.years, source=self.source)

    def without(self, *days: date) -> "HolidayCalendar":
        """Return these holidays without some days; raise `DefinitionError` for a day that is not a holiday."""
        for day in days:
            if day not in self.dates:
                raise DefinitionError(f"`{day}` is not a holiday and cannot be struck; take it out of the list")
        return HolidayCalendar(self.dates.without(*days), years=self.years, source=self.source)

    def in_years(self, first: int, last: int) -> "HolidayCalendar":
        """Return the holidays from the first to the last year; raise `UnknownYearError` for years outside `years`."""
        must_be_years((first, last))
        for year in (first, last):
            self.must_know(year)
        kept = {day: name for day, name in self.dates.items() if first <= day.year <= last}
        return HolidayCalendar(kept, years=(first, last), source=self.source)

    def knows(self, year: int) -> bool:
        """Return whether the dates are complete for a year."""
        return self.years is None or self.years[0] <= year <= self.years[1]

    def must_know(self, year: int) -> None:
        """Raise `UnknownYearError` for a year outside `years`."""
        if self.years is not None and not self.knows(year):
            named = f"the holidays of `{self.source}`" if self.source else "the holidays"
            raise UnknownYearError(
                f"{named} are unknown for `{year}`; they are known for {self.years[0]} to {self.years[1]}; "
                "stay within these years, or add the missing dates and widen `years`"
            )
