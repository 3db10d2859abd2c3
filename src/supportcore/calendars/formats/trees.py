"""Calendars as plain trees of text, for files and messages, and back (CAL-11)."""

from collections.abc import Mapping
from inspect import signature

from supportcore.calendars.calendar import BusinessCalendar
from supportcore.calendars.holidays.parsing import holidays_as_plain
from supportcore.calendars.protocol import compiled_of
from supportcore.calendars.written.definition import Closure
from supportcore.calendars.written.hours import DayHours, Week, runs_of
from supportcore.calendars.written.parsing import raise_problems
from supportcore.errors import DefinitionError, Problem, did_you_mean, listed

Plain = dict[str, object]


def as_plain(calendar: BusinessCalendar, *, frozen: bool = False) -> Plain:
    """The calendar as a tree of texts, the form of a concept file; `calendar_of` reads it back as an equal calendar.

    Public holidays are named by their country, so that another release of the `holidays` package may bring other dates;
    with `frozen` all dates are written out, and stay.

    >>> as_plain(BusinessCalendar(tz="UTC", hours={"fri": "09:00-12:00"}, exceptions={"2026-01-02": ""}))
    {'tz': 'UTC', 'hours': {'fri': '09:00-12:00'}, 'exceptions': {'2026-01-02': 'closed'}}
    """
    if not isinstance(calendar, BusinessCalendar):
        compiled_of(calendar)  # its error for what is no calendar
        raise DefinitionError(
            "several calendars combined are no single table; write each of them, and combine them anew"
        )
    definition = calendar.definition
    exceptions = {f"every {month:02}-{day:02}": hours for (month, day), hours in definition.yearly.items()}
    parts: Plain = {
        "hours": _week(definition.week),
        "holidays": holidays_as_plain(definition.holidays, frozen=frozen),
        "exceptions": _days({**{day.isoformat(): hours for day, hours in definition.exceptions.items()}, **exceptions}),
        "breaks": _days({day.isoformat(): hours for day, hours in definition.breaks.items()}),
        "closures": {_stretch(closure): closure.name for closure in definition.closures},
        "seasons": {season.start.isoformat(): _week(season.week) for season in definition.seasons},
        "holiday_scope": "" if definition.holiday_scope == "day" else definition.holiday_scope,
    }
    return {"tz": definition.tz, **{name: part for name, part in parts.items() if part or name == "hours"}}


def calendar_of(plain: Mapping[str, object]) -> BusinessCalendar:
    """The calendar of a tree of texts; all that is wrong with it at once, in a `DefinitionError`.

    >>> calendar_of({"tz": "Europe/Berlin", "hours": {"mon-fri": "09:00-17:00"}, "holidays": "DE-NW"}).tz
    'Europe/Berlin'
    """
    known = list(signature(BusinessCalendar).parameters)
    if not isinstance(plain, Mapping):
        raise DefinitionError(f"`{plain}` is no table of a calendar; its parts are {listed(known)}")
    problems = [
        Problem(
            str(key), f"`{key}` is no part of a calendar; accepted are {listed(known)}{did_you_mean(str(key), known)}"
        )
        for key in plain
        if key not in known
    ]
    problems += [
        Problem(key, "is missing; a calendar has a zone and weekly hours") for key in known[:2] if key not in plain
    ]
    raise_problems(problems)
    return BusinessCalendar(**plain)  # type: ignore[arg-type]  # what the parts are is looked at as they are read


def _week(week: Week) -> dict[str, str]:
    return {days: str(hours) for days, hours in runs_of(week)}


def _days(days: Mapping[str, DayHours]) -> Plain:
    return {day: {"hours": str(hours), "note": hours.note} if hours.note else str(hours) for day, hours in days.items()}


def _stretch(closure: Closure) -> str:
    return f"{closure.first}" if closure.first == closure.last else f"{closure.first} to {closure.last}"
