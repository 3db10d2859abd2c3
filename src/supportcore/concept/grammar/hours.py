"""The opening hours that a section names: `office`, `outside office`, `always`."""

from attrs import frozen

from supportcore.calendars import BusinessCalendar
from supportcore.errors import DefinitionError, did_you_mean, listed

ALWAYS = "always"
OUTSIDE = "outside "

# The calendars by name; `None` for a calendar with problems.
Calendars = dict[str, BusinessCalendar | None]


@frozen
class Hours:
    """The opening hours of a calendar, or with `outside` the time when it is closed."""

    calendar: BusinessCalendar
    outside: bool = False


def parse_hours(text: str, calendars: Calendars) -> Hours | None:
    """Parse the name of opening hours; return `None` if their calendar has problems.

    Raises `DefinitionError` if there is no such calendar.

    >>> from supportcore.calendars import always_open
    >>> parse_hours("outside always", {ALWAYS: always_open("UTC")}).outside
    True
    """
    outside = text.startswith(OUTSIDE)
    name = text.removeprefix(OUTSIDE).strip()
    if name not in calendars:
        forms = (form for calendar in calendars for form in (calendar, f"{OUTSIDE}{calendar}"))
        known = [form for form in forms if form != f"{OUTSIDE}{ALWAYS}"]  # which is never open
        raise DefinitionError(f"`{text}` is not a calendar; expected one of {listed(known)}{did_you_mean(text, known)}")
    calendar = calendars[name]
    return None if calendar is None else Hours(calendar, outside)
