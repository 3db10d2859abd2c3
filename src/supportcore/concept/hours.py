"""The calendars of a concept file, and the hours that other sections name: `office`, `outside office`, `always`."""

from attrs import frozen

from supportcore.calendars import BusinessCalendar, HolidayCalendar, always_open, definition_of, public_holidays
from supportcore.concept.reading import Reading
from supportcore.concept.shapes import CalendarShape
from supportcore.errors import did_you_mean, listed

__all__ = ["ALWAYS", "Hours", "calendars_read", "hours_named"]

ALWAYS = "always"
OUTSIDE = "outside "

Calendars = dict[str, BusinessCalendar | None]


@frozen
class Hours:
    """Hours as a section names them: a calendar, or the time outside of it."""

    name: str
    calendar: BusinessCalendar
    outside: bool = False


def calendars_read(sections: dict[str, CalendarShape], timezone: str, reading: Reading) -> Calendars:
    """The calendars by name, `always` among them; one that could not be built is none, and its problems are noted."""
    made: Calendars = {ALWAYS: always_open(timezone)}
    for name, section in sections.items():
        path = f"calendars.{name}"
        made[name] = None
        if name == ALWAYS:
            reading.add(path, "`always` is there without being written; take another name")
            continue
        if name == "" or name.startswith(OUTSIDE):
            reading.add(path, f"`{name}` cannot name a calendar; take a name that does not begin with `outside`")
            continue
        holidays = None
        if section.holidays:
            with reading.part(f"{path}.holidays"):
                holidays = _holidays_named(section.holidays)
        definition, problems = definition_of(
            tz=section.timezone or timezone,
            hours=section.hours,
            holidays=holidays,
            exceptions=section.exceptions,
            breaks=section.breaks,
        )
        for problem in problems:
            where = "timezone" if problem.path == "tz" else problem.path
            reading.add(f"{path}.{where}", problem.message)
        if definition is not None:
            made[name] = BusinessCalendar.of(definition)
    return made


def _holidays_named(text: str) -> HolidayCalendar:
    country, _, part = text.partition("-")
    return public_holidays(country.strip(), subdiv=part.strip() or None)


def hours_named(text: str, calendars: Calendars, path: str, reading: Reading) -> Hours | None:
    """The hours that a text names; none, with a problem noted, where there is no such calendar."""
    outside = text.startswith(OUTSIDE)
    name = text.removeprefix(OUTSIDE).strip()
    if name not in calendars:
        accepted = [one for known in calendars for one in (known, f"{OUTSIDE}{known}")]
        reading.add(path, f"`{text}` names no calendar; accepted are {listed(accepted)}{did_you_mean(text, accepted)}")
        return None
    calendar = calendars[name]
    return None if calendar is None else Hours(text, calendar, outside)
