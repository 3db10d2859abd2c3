"""Calendars as trees of plain data, for files and messages, and back."""

from collections.abc import Mapping
from inspect import signature

from supportcore.calendars.calendar import BusinessCalendar
from supportcore.calendars.holidays.parsing import unstructure_holidays
from supportcore.calendars.protocol import compiled_of
from supportcore.calendars.written.definition import Closure
from supportcore.calendars.written.hours import DayHours, Week, day_ranges
from supportcore.calendars.written.parsing import raise_problems
from supportcore.errors import DefinitionError, Problems, did_you_mean, listed

Plain = dict[str, object]


def as_plain(calendar: BusinessCalendar, *, frozen: bool = False) -> Plain:
    """Return the calendar as plain data, in the form of a concept file; `calendar_of` returns an equal calendar.

    Public holidays are named by their country, so their dates may change with a release of the `holidays` package. With
    `frozen` all dates are written out. Raises `DefinitionError` for a combined calendar.

    >>> as_plain(BusinessCalendar(tz="UTC", hours={"fri": "09:00-12:00"}, exceptions={"2026-01-02": ""}))
    {'tz': 'UTC', 'hours': {'fri': '09:00-12:00'}, 'exceptions': {'2026-01-02': 'closed'}}
    """
    if not isinstance(calendar, BusinessCalendar):
        compiled_of(calendar)  # raises for any other value
        raise DefinitionError("a combined calendar does not fit one table; write its parts, and combine them again")
    definition = calendar.definition
    exceptions = {f"every {month:02}-{day:02}": hours for (month, day), hours in definition.yearly.items()}
    parts: Plain = {
        "hours": _week(definition.week),
        "holidays": unstructure_holidays(definition.holidays, frozen=frozen),
        "exceptions": _days({**{day.isoformat(): hours for day, hours in definition.exceptions.items()}, **exceptions}),
        "breaks": _days({day.isoformat(): hours for day, hours in definition.breaks.items()}),
        "closures": {_stretch(closure): closure.name for closure in definition.closures},
        "seasons": {season.start.isoformat(): _week(season.week) for season in definition.seasons},
        "holiday_scope": "" if definition.holiday_scope == "day" else definition.holiday_scope,
    }
    return {"tz": definition.tz, **{name: part for name, part in parts.items() if part or name == "hours"}}


def calendar_of(plain: Mapping[str, object]) -> BusinessCalendar:
    """Return the calendar in plain data; raise one `DefinitionError` with all its problems.

    >>> calendar_of({"tz": "Europe/Berlin", "hours": {"mon-fri": "09:00-17:00"}, "holidays": "DE-NW"}).tz
    'Europe/Berlin'
    """
    known = list(signature(BusinessCalendar).parameters)
    if not isinstance(plain, Mapping):
        raise DefinitionError(f"`{plain}` is not a table of a calendar; expected its parts {listed(known)}")
    problems = Problems()
    for key in plain:
        if key not in known:
            near = did_you_mean(str(key), known)
            problems.add(str(key), f"`{key}` is not a part of a calendar; expected {listed(known)}{near}")
    for key in known[:2]:
        if key not in plain:
            problems.add(key, "is missing; give the calendar a zone and weekly hours")
    raise_problems(problems)
    return BusinessCalendar(**plain)  # type: ignore[arg-type]  # the constructor checks each part


def _week(week: Week) -> dict[str, str]:
    return {days: str(hours) for days, hours in day_ranges(week)}


def _days(days: Mapping[str, DayHours]) -> Plain:
    return {day: {"hours": str(hours), "note": hours.note} if hours.note else str(hours) for day, hours in days.items()}


def _stretch(closure: Closure) -> str:
    return f"{closure.first}" if closure.first == closure.last else f"{closure.first} to {closure.last}"
