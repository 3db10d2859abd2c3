"""The parts of a calendar, from plain data to a definition, with all problems at once (CAL-1)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date
from typing import TypeVar, get_args

from supportcore.calendars.days import parse_day, parse_day_of_year
from supportcore.calendars.holidays.parsing import structure_holidays
from supportcore.calendars.written.definition import Closure, Definition, HolidayScope, Season
from supportcore.calendars.written.hours import DayHours, Week, parse_hours, parse_weekdays, structure_week
from supportcore.errors import DefinitionError, Problems, ZoneError, did_you_mean, listed
from supportcore.instants import zone
from supportcore.mappings import FrozenMapping

Key = TypeVar("Key", date, tuple[int, int])


def structure_definition(
    problems: Problems,
    *,
    tz: object,
    hours: object,
    holidays: object = None,
    exceptions: object = (),
    breaks: object = (),
    closures: object = (),
    seasons: object = (),
    holiday_scope: object = "day",
) -> Definition | None:
    """Return the definition of a calendar with these parts, or `None` where any of them adds to the problems.

    >>> problems = Problems()
    >>> structure_definition(problems, tz="Europe/Berln", hours={"mon-thu": "17:00-9"}) is None
    True
    >>> [problem.path for problem in problems]
    ['tz', 'hours.mon-thu']
    """
    before = len(problems)
    name = ""
    with problems.at("tz"):
        name = zone_name(tz)
    week = structure_week(hours, problems.at("hours"))
    free_days = structure_holidays(holidays, problems.at("holidays"))
    dated, yearly = _exceptions(exceptions, problems.at("exceptions"))
    taken_out = _breaks(breaks, problems.at("breaks"))
    closed = _closures(closures, problems.at("closures"))
    changes = _seasons(seasons, problems.at("seasons"))
    scopes = get_args(HolidayScope)
    if holiday_scope not in scopes:
        near = did_you_mean(str(holiday_scope), scopes)
        problems.add("holiday_scope", f"`{holiday_scope}` is not a holiday scope; expected {listed(scopes)}{near}")
    if len(problems) > before:
        return None
    return Definition(
        tz=name,
        week=week,
        holidays=free_days,
        exceptions=_sorted(dated),
        yearly=_sorted(yearly),
        closures=tuple(sorted(closed)),
        seasons=tuple(Season(start, changes[start]) for start in sorted(changes)),
        breaks=_sorted(taken_out),
        holiday_scope="shift" if holiday_scope == "shift" else "day",
    )


def _sorted(days: Mapping[Key, DayHours]) -> FrozenMapping[Key, DayHours]:
    return FrozenMapping((key, days[key]) for key in sorted(days))


def zone_name(tz: object) -> str:
    """Return the name of a zone given by its name or as a `tzinfo` with a name.

    Raises `ZoneError` for a name that the zone database does not have, `DefinitionError` for any other value.
    """
    name = "UTC" if tz is UTC else getattr(tz, "key", tz)
    if not isinstance(name, str):
        raise DefinitionError(f"`{tz}` is not a named time zone; expected a name such as `Europe/Berlin` or `UTC`")
    zone(name)
    return name


def _entries(given: object, problems: Problems, form: str) -> Iterable[tuple[object, object]]:
    if isinstance(given, Mapping):
        return list(given.items())
    if given is not None and given != () and given != []:
        problems.add("", f"`{given}` is not a table; expected a table such as {form}")
    return ()


def _day_hours(given: object, problems: Problems) -> DayHours:
    """Return the hours of a day given as a text, a `DayHours`, or a table with `hours` and `note`."""
    if isinstance(given, DayHours):
        return given
    note: object = ""
    if isinstance(given, Mapping):
        unknown = [key for key in given if key not in ("hours", "note")]
        note = given.get("note", "")
        if unknown or not isinstance(note, str) or "hours" not in given:
            problems.add("", f"`{dict(given)}` is not an entry for a day; expected `hours` and, as a text, `note`")
            return DayHours()
        given = given["hours"]
    return DayHours(parse_hours(given, problems), str(note))


def _keep(kept: dict[Key, DayHours], key: Key, day: DayHours, problems: Problems) -> None:
    before = kept.setdefault(key, day)
    if before != day:
        problems.add("", f"is given twice, with `{before}` and with `{day}`; keep one of them")


def _exceptions(given: object, problems: Problems) -> tuple[dict[date, DayHours], dict[tuple[int, int], DayHours]]:
    dated: dict[date, DayHours] = {}
    yearly: dict[tuple[int, int], DayHours] = {}
    for key, text in _entries(given, problems, "`2026-12-24` = `08:00-12:00`, `every 12-24` = `closed`"):
        with problems.at(str(key)) as here:
            if _names_weekdays(key):
                here.add("", f"`{key}` names days of the week; write weekly opening hours under `hours`")
                continue
            hours = _day_hours(text, here)
            day_of_year = parse_day_of_year(key)
            if day_of_year is not None:
                _keep(yearly, day_of_year, hours, here)
            else:
                _keep(dated, parse_day(key, otherwise=" or, for every year, `every 12-24`"), hours, here)
    return dated, yearly


def _breaks(given: object, problems: Problems) -> dict[date, DayHours]:
    breaks: dict[date, DayHours] = {}
    for key, text in _entries(given, problems, "`2026-06-03` = `10:00-11:30`"):
        before = len(problems)
        with problems.at(str(key)) as here:
            if _names_weekdays(key):
                here.add(
                    "",
                    f"`{key}` names days of the week; take a weekly break out of `hours`, as in "
                    f'`{key} = "09:00-12:00, 13:00-17:00"`',
                )
                continue
            hours = _day_hours(text, here)
            if not hours.spans and len(problems) == before:
                here.add("", "removes no hours; give a span, or leave the break out")
            day = parse_day(key)
            if hours.spans:
                _keep(breaks, day, hours, here)
    return breaks


def _names_weekdays(key: object) -> bool:
    found = Problems()
    return isinstance(key, str) and parse_weekdays(key, found) != [] and not found


def _closures(given: object, problems: Problems) -> list[Closure]:
    closures = []
    for key, name in _entries(given, problems, "`2026-08-03 to 2026-08-14` = `summer closure`"):
        here = problems.at(" to ".join(map(str, key)) if isinstance(key, tuple) else str(key))
        before = len(problems)
        days = []
        ends = key if isinstance(key, tuple) else str(key).split(" to ")
        for end in ends:
            with here:
                days.append(parse_day(end))
        if len(ends) > 2 or not ends:
            here.add("", f"`{key}` is not a stretch of days; expected `2026-08-03 to 2026-08-14`, or one day")
        elif len(days) == len(ends) and days[0] > days[-1]:
            here.add("", f"ends on `{days[-1]}`, before it begins on `{days[0]}`; swap the days")
        if not isinstance(name, str):
            here.add("", f"the name `{name}` of a closure is not a text")
        if len(problems) == before:
            closures.append(Closure(days[0], days[-1], str(name)))
    return closures


def _seasons(given: object, problems: Problems) -> dict[date, Week]:
    seasons: dict[date, Week] = {}
    for key, hours in _entries(given, problems, "`2026-06-01` = {mon-fri = `07:00-15:00`}"):
        with problems.at(str(key)) as here:
            week = structure_week(hours, here)
            start = parse_day(key)
            if seasons.setdefault(start, week) != week:
                here.add("", f"a season that begins on `{start}` is given twice, with other hours; keep one of them")
    return seasons


def raise_problems(problems: Problems) -> None:
    """Raise the problems of one calendar as one `DefinitionError`, an unknown zone alone as a `ZoneError`."""
    found = tuple(problems)
    if not found:
        return
    if len(found) == 1:
        raise (ZoneError if found[0].path == "tz" else DefinitionError)(str(found[0]))
    raise DefinitionError("\n  ".join([f"{len(found)} problems in the calendar", *map(str, found)]))
