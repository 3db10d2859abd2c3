"""The section `calendars`: opening hours, holidays and exceptions (CAL-1)."""

from attrs import asdict

from supportcore.calendars import BusinessCalendar, Definition, always_open, structure_definition
from supportcore.concept.grammar.hours import ALWAYS, OUTSIDE, Calendars
from supportcore.concept.shapes import CalendarShape, DayShape, FileShape
from supportcore.errors import Problems
from supportcore.structuring.plain import kind_of


def build_calendars(file: FileShape, timezone: str, problems: Problems) -> Calendars:
    """Build the calendars by name, with `always`; a calendar with problems becomes `None`."""
    calendars: Calendars = {ALWAYS: always_open(timezone), **dict.fromkeys(file.unread.get("calendars", ()))}
    for name, section in file.calendars.items():
        at_calendar = problems.at(f"calendars.{name}")
        calendars[name] = None
        if name == ALWAYS:
            at_calendar.add("", "`always` is built in; use another name")
        elif name == "" or name.startswith(OUTSIDE):
            at_calendar.add("", f"`{name}` cannot name a calendar; use a name that does not begin with `outside`")
        elif not isinstance(section.holidays, str | dict):
            kind = kind_of(section.holidays)
            at_calendar.add("holidays", f"`{section.holidays}` is {kind}; expected a text or a table")
        else:
            calendars[name] = _build_calendar(section, timezone, at_calendar)
    return calendars


def _build_calendar(section: CalendarShape, timezone: str, problems: Problems) -> BusinessCalendar | None:
    found = Problems()
    definition = structure_definition(
        found,
        tz=section.timezone or timezone,
        hours=section.hours,
        holidays=section.holidays or None,
        exceptions=_plain_days(section.exceptions),
        breaks=_plain_days(section.breaks),
        closures=section.closures,
        seasons=section.seasons,
        holiday_scope=section.holiday_scope,
    )
    for problem in found:
        problems.add("timezone" if problem.path == "tz" else problem.path, problem.message)
    if definition is None:
        return None
    if not _has_hours(definition):
        problems.add("", "never opens: no day has hours; give some, such as mon-fri = `09:00-17:00`")
        return None
    return BusinessCalendar.of(definition)


def _plain_days(days: dict[str, str | DayShape]) -> dict[str, object]:
    return {day: asdict(hours) if isinstance(hours, DayShape) else hours for day, hours in days.items()}


def _has_hours(definition: Definition) -> bool:
    """Return whether any part of a calendar has hours, even if holidays or closures take them away."""
    days = [*definition.week, *definition.exceptions.values(), *definition.yearly.values()]
    days += [day for season in definition.seasons for day in season.week]
    return any(day.spans for day in days)
