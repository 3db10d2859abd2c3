"""Opening hours in one zone, as people write them (CAL-1)."""

from collections.abc import Mapping
from datetime import date, tzinfo
from typing import TypeVar

from attrs import field, frozen

from supportcore.calendars.combined import CombinedCalendar
from supportcore.calendars.engine.civil_days import cover_of
from supportcore.calendars.engine.compiled import CompiledHours
from supportcore.calendars.holidays.calendar import HolidayCalendar
from supportcore.calendars.protocol import Calendar
from supportcore.calendars.written.definition import Definition, HolidayScope
from supportcore.calendars.written.hours import EVERY_DAY, DayHours
from supportcore.calendars.written.parsing import raise_problems, structure_definition
from supportcore.errors import Problems
from supportcore.instants import zone
from supportcore.wording import language_named

Entry = TypeVar("Entry")

Dated = Mapping[date, Entry] | Mapping[str, Entry] | Mapping[date | str, Entry]
HoursOfDay = str | DayHours | Mapping[str, str]
WeeklyHours = Mapping[str, str] | Mapping[str, DayHours]


@frozen(init=False, repr=False)
class BusinessCalendar(Calendar):
    """Weekly opening hours in one zone, with holidays, exceptions, closures, seasons and breaks (CAL-1).

    - `hours`: spans of wall time by days of the week, several a day, over midnight (`22:00-06:00`), up to `24:00`, or
      with equal ends for 24 hours; days without an entry are closed.
    - `holidays` close whole days; `DE-NW` names the public holidays of a country and subdivision.
    - `exceptions` replace the hours of a day, given as a date, as `2026-12-24`, or for every year as `every 12-24`;
      `closed` closes it.
    - `closures` close days from the first to the last, `2026-08-03 to 2026-08-14`.
    - `seasons` set other weekly hours from a date on.
    - `breaks` take hours out of a date.
    - `holiday_scope="shift"` drops the shifts that start on a closed day, instead of cutting them at midnight (CAL-3).

    Precedence: dated exception, yearly exception, closure, holiday, season, weekly hours. A calendar is a value: equal
    definitions compare, hash and pickle alike. Raises one `DefinitionError` with all problems, or `ZoneError` if only
    the zone is wrong.

    >>> office = BusinessCalendar(
    ...     tz="Europe/Berlin",
    ...     hours={"mon-thu": "08:00-12:00, 13:00-17:00", "fri": "08:00-14:00"},
    ...     exceptions={date(2026, 12, 24): "08:00-12:00", "every 12-31": "closed"},
    ... )
    >>> from datetime import datetime, timedelta
    >>> start = datetime(2026, 12, 23, 16, 30, tzinfo=office.zone)
    >>> office.add(start, timedelta(hours=8)).isoformat()
    '2026-12-25T11:30:00+01:00'
    """

    definition: Definition
    compiled: CompiledHours = field(eq=False, init=False)  # pyright: ignore[reportIncompatibleMethodOverride]

    def __init__(
        self,
        *,
        tz: str | tzinfo,
        hours: WeeklyHours,
        holidays: HolidayCalendar | Mapping[str, object] | str | None = None,
        exceptions: Dated[HoursOfDay] | None = None,
        breaks: Dated[HoursOfDay] | None = None,
        closures: Mapping[tuple[date, date], str] | Mapping[str, str] | None = None,
        seasons: Dated[WeeklyHours] | None = None,
        holiday_scope: HolidayScope = "day",
    ) -> None:
        problems = Problems()
        definition = structure_definition(
            problems,
            tz=tz,
            hours=hours,
            holidays=holidays,
            exceptions=exceptions,
            breaks=breaks,
            closures=closures,
            seasons=seasons,
            holiday_scope=holiday_scope,
        )
        raise_problems(problems)
        assert definition is not None, "a calendar without problems has a definition"
        self.__attrs_init__(definition)

    @staticmethod
    def of(definition: Definition) -> "BusinessCalendar":
        """Return the calendar with a definition that `structure_definition` returned."""
        calendar = object.__new__(BusinessCalendar)
        calendar.__attrs_init__(definition)
        return calendar

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "compiled", CompiledHours(cover_of(self.definition)))

    @property
    def tz(self) -> str:
        """The name of the calendar's time zone."""
        return self.definition.tz

    @property
    def zone(self) -> tzinfo:
        """The time zone of the calendar's civil days."""
        return zone(self.definition.tz)

    @property
    def holidays(self) -> HolidayCalendar:
        """The holidays of the calendar."""
        return self.definition.holidays

    def summary(self, language: str = "en") -> str:
        """Describe the calendar in English (`en`) or German (`de`), a line for each of its parts."""
        from supportcore.calendars.words import definition_words

        return definition_words(language_named(language), self.definition)

    def __or__(self, other: Calendar) -> CombinedCalendar:
        return CombinedCalendar("or", self, other)

    def __and__(self, other: Calendar) -> CombinedCalendar:
        return CombinedCalendar("and", self, other)

    def __sub__(self, other: Calendar) -> CombinedCalendar:
        return CombinedCalendar("without", self, other)

    def __reduce__(self) -> tuple[object, ...]:
        return (BusinessCalendar.of, (self.definition,))

    def __repr__(self) -> str:
        from supportcore.calendars.words import definition_text

        return f"BusinessCalendar({definition_text(self.definition)})"


def always_open(tz: str | tzinfo = "UTC") -> BusinessCalendar:
    """Return a calendar that never closes, with the civil days of a zone.

    >>> always_open("UTC") == BusinessCalendar(tz="UTC", hours={"mon-sun": "00:00-24:00"})
    True
    """
    return BusinessCalendar(tz=tz, hours={EVERY_DAY: "00:00-24:00"})
