"""The calendars of a concept file, and the hours that other sections name: `office`, `outside office`, `always`."""

from attrs import asdict

from supportcore.calendars import BusinessCalendar, Definition, always_open, structure_definition
from supportcore.concept.file.problems import Reading
from supportcore.concept.file.shapes import CalendarShape, DayShape
from supportcore.concept.grammar.hours import ALWAYS, OUTSIDE, Calendars
from supportcore.errors import Problems
from supportcore.structuring.plain import kind_of


def calendars_read(sections: dict[str, CalendarShape], timezone: str, reading: Reading) -> Calendars:
    """The calendars by name, `always` among them; one that could not be built is none, and its problems are noted."""
    made: Calendars = {ALWAYS: always_open(timezone), **dict.fromkeys(reading.unread("calendars"))}
    for name, section in sections.items():
        path = f"calendars.{name}"
        made[name] = None
        if name == ALWAYS:
            reading.add(path, "`always` is there without being written; take another name")
            continue
        if name == "" or name.startswith(OUTSIDE):
            reading.add(path, f"`{name}` cannot name a calendar; take a name that does not begin with `outside`")
            continue
        if not isinstance(section.holidays, str | dict):
            kind = kind_of(section.holidays)
            reading.add(f"{path}.holidays", f"`{section.holidays}` is {kind}; a text or a table is accepted")
            continue
        problems = Problems()
        definition = structure_definition(
            problems,
            tz=section.timezone or timezone,
            hours=section.hours,
            holidays=section.holidays or None,
            exceptions=_days(section.exceptions),
            breaks=_days(section.breaks),
            closures=section.closures,
            seasons=section.seasons,
            holiday_scope=section.holiday_scope,
        )
        for problem in problems:
            where = "timezone" if problem.path == "tz" else problem.path
            reading.add(f"{path}.{where}", problem.message)
        if definition is not None and not _may_open(definition):
            reading.add(path, "never opens: no day of it has hours; give some, such as mon-fri = `09:00-17:00`")
        elif definition is not None:
            made[name] = BusinessCalendar.of(definition)
    return made


def _days(given: dict[str, str | DayShape]) -> dict[str, object]:
    """The entries of single days as a calendar takes them."""
    return {day: asdict(hours) if isinstance(hours, DayShape) else hours for day, hours in given.items()}


def _may_open(definition: Definition) -> bool:
    """Whether any part of a calendar has hours; when they are is another question."""
    days = [*definition.week, *definition.exceptions.values(), *definition.yearly.values()]
    days += [day for season in definition.seasons for day in season.week]
    return any(day.spans for day in days)
