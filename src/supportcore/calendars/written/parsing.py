"""From what people write to a calendar's definition, with every problem and its path at once (G-9)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date
from typing import TypeVar, get_args

from supportcore.calendars.days import read_day, read_day_of_year
from supportcore.calendars.holidays.parsing import read_holidays
from supportcore.calendars.written.definition import Closure, Definition, HolidayScope, Season
from supportcore.calendars.written.hours import DayHours, Week, read_hours, read_week
from supportcore.errors import DefinitionError, Problem, ZoneError, did_you_mean, listed
from supportcore.instants import zone
from supportcore.mappings import FrozenMapping

Key = TypeVar("Key", date, tuple[int, int])


def definition_of(
    *,
    tz: object,
    hours: object,
    holidays: object = None,
    exceptions: object = (),
    breaks: object = (),
    closures: object = (),
    seasons: object = (),
    holiday_scope: object = "day",
) -> tuple[Definition | None, tuple[Problem, ...]]:
    """The definition that the arguments of a `BusinessCalendar` say, or none, and all problems with their paths.

    >>> definition, problems = definition_of(tz="Europe/Berln", hours={"mon-thu": "17:00-9"})
    >>> definition, [problem.path for problem in problems]
    (None, ['tz', 'hours.mon-thu'])
    """
    name, problems = zone_name(tz)
    week, faults = read_week(hours, "hours")
    problems += faults
    free_days, faults = read_holidays(holidays)
    problems += [Problem(f"holidays.{fault.path}".rstrip("."), fault.message) for fault in faults]
    dated, yearly, faults = _exceptions(exceptions)
    problems += faults
    taken_out, faults = _breaks(breaks)
    problems += faults
    closed, faults = _closures(closures)
    problems += faults
    changes, faults = _seasons(seasons)
    problems += faults
    scopes = get_args(HolidayScope)
    if holiday_scope not in scopes:
        near = did_you_mean(str(holiday_scope), scopes)
        problems.append(
            Problem("holiday_scope", f"`{holiday_scope}` is no holiday scope; accepted are {listed(scopes)}{near}")
        )
    if problems:
        return None, tuple(problems)
    return (
        Definition(
            tz=name,
            week=week,
            holidays=free_days,
            exceptions=_sorted(dated),
            yearly=_sorted(yearly),
            closures=tuple(sorted(closed)),
            seasons=tuple(Season(start, changes[start]) for start in sorted(changes)),
            breaks=_sorted(taken_out),
            holiday_scope="shift" if holiday_scope == "shift" else "day",
        ),
        (),
    )


def _sorted(days: Mapping[Key, DayHours]) -> FrozenMapping[Key, DayHours]:
    return FrozenMapping((key, days[key]) for key in sorted(days))


def zone_name(tz: object) -> tuple[str, list[Problem]]:
    """The name of a zone that is given by its name or as the zone itself, and what is wrong with it."""
    name = "UTC" if tz is UTC else getattr(tz, "key", tz)
    if not isinstance(name, str):
        message = f"`{tz}` is no named time zone; accepted are names such as `Europe/Berlin` or `UTC`"
        return "", [Problem("tz", message)]
    try:
        zone(name)
    except ZoneError as error:
        return "", [Problem("tz", str(error))]
    return name, []


def _entries(given: object, path: str, form: str) -> tuple[Iterable[tuple[object, object]], list[Problem]]:
    if isinstance(given, Mapping):
        return list(given.items()), []
    if given is None or given == () or given == []:
        return (), []
    return (), [Problem(path, f"`{given}` is no table; accepted is a table such as {form}")]


def _day_hours(text: object) -> DayHours | list[str]:
    """The hours of a day from a text, a `DayHours`, or a table with `hours` and `note`; else what is wrong with it."""
    if isinstance(text, DayHours):
        return text
    note: object = ""
    if isinstance(text, Mapping):
        unknown = [key for key in text if key not in ("hours", "note")]
        note = text.get("note", "")
        if unknown or not isinstance(note, str) or "hours" not in text:
            return [f"`{dict(text)}` is no entry for a day; accepted are `hours` and, as a text, `note`"]
        text = text["hours"]
    spans, faults = read_hours(text)
    return faults or DayHours(spans, str(note))


def _keep(kept: dict[Key, DayHours], key: Key, day: DayHours, path: str) -> list[Problem]:
    before = kept.setdefault(key, day)
    if before == day:
        return []
    return [Problem(path, f"is given twice, with `{before}` and with `{day}`; keep one of them")]


def _exceptions(
    given: object,
) -> tuple[dict[date, DayHours], dict[tuple[int, int], DayHours], list[Problem]]:
    entries, problems = _entries(given, "exceptions", "`2026-12-24` = `08:00-12:00`, `every 12-24` = `closed`")
    dated: dict[date, DayHours] = {}
    yearly: dict[tuple[int, int], DayHours] = {}
    for key, text in entries:
        path = f"exceptions.{key}"
        hours = _day_hours(text)
        if isinstance(hours, list):
            problems += [Problem(path, fault) for fault in hours]
            hours = DayHours()
        every = read_day_of_year(key)
        if isinstance(every, str):
            problems.append(Problem(path, every))
        elif every:
            problems += _keep(yearly, every, hours, path)
        if every:
            continue
        day = read_day(key)
        if isinstance(day, str):
            problems.append(Problem(path, f"{day} and, for every year, `every 12-24`"))
        else:
            problems += _keep(dated, day, hours, path)
    return dated, yearly, problems


def _breaks(given: object) -> tuple[dict[date, DayHours], list[Problem]]:
    entries, problems = _entries(given, "breaks", "`2026-06-03` = `10:00-11:30`")
    breaks: dict[date, DayHours] = {}
    for key, text in entries:
        path = f"breaks.{key}"
        hours, day = _day_hours(text), read_day(key)
        if isinstance(hours, list):
            problems += [Problem(path, fault) for fault in hours]
        elif not hours.spans:
            problems.append(Problem(path, "takes no hours out; give its span, or leave the break out"))
        elif not isinstance(day, str):
            problems += _keep(breaks, day, hours, path)
        if isinstance(day, str):
            problems.append(Problem(path, day))
    return breaks, problems


def _closures(given: object) -> tuple[list[Closure], list[Problem]]:
    entries, problems = _entries(given, "closures", "`2026-08-03 to 2026-08-14` = `summer closure`")
    closures = []
    for key, name in entries:
        path = f"closures.{' to '.join(map(str, key)) if isinstance(key, tuple) else key}"
        ends = key if isinstance(key, tuple) else str(key).split(" to ")
        days = [read_day(end) for end in ends]
        faults = [day for day in days if isinstance(day, str)]
        real = [day for day in days if isinstance(day, date)]
        if len(ends) > 2 or not ends:
            faults.append(
                f"`{key}` is no stretch of days; accepted are `2026-08-03 to 2026-08-14`, both included, or one day"
            )
        elif not faults and real[0] > real[-1]:
            faults.append(f"ends on `{real[-1]}`, before it begins on `{real[0]}`; turn the days around")
        if not isinstance(name, str):
            faults.append(f"the name `{name}` of a closure is no text")
        problems += [Problem(path, fault) for fault in faults]
        if not faults:
            closures.append(Closure(real[0], real[-1], str(name)))
    return closures, problems


def _seasons(given: object) -> tuple[dict[date, Week], list[Problem]]:
    entries, problems = _entries(given, "seasons", "`2026-06-01` = {mon-fri = `07:00-15:00`}")
    seasons: dict[date, Week] = {}
    for key, hours in entries:
        path = f"seasons.{key}"
        start = read_day(key)
        week, faults = read_week(hours, path)
        problems += faults
        if isinstance(start, str):
            problems.append(Problem(path, start))
        elif seasons.setdefault(start, week) != week:
            problems.append(
                Problem(path, f"a season that begins on `{start}` is given twice, with other hours; keep one")
            )
    return seasons, problems


def raise_problems(problems: Iterable[Problem]) -> None:
    """All problems of one calendar as one error; an unknown zone alone is a `ZoneError`."""
    found = tuple(problems)
    if not found:
        return
    if len(found) == 1:
        raise (ZoneError if found[0].path == "tz" else DefinitionError)(str(found[0]))
    raise DefinitionError("\n  ".join([f"{len(found)} problems in the calendar", *map(str, found)]))
