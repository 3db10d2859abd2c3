"""Hours that a section names: `office`, `outside office`, `always`."""

from attrs import frozen

from supportcore.calendars import BusinessCalendar
from supportcore.errors import DefinitionError, did_you_mean, listed

ALWAYS = "always"


OUTSIDE = "outside "


Calendars = dict[str, BusinessCalendar | None]


@frozen
class Hours:
    """Hours as a section names them: a calendar, or the time outside of it."""

    name: str
    calendar: BusinessCalendar
    outside: bool = False


def hours_named(text: str, calendars: Calendars) -> Hours | None:
    """The hours that a text names, none where their calendar could not be built; `DefinitionError` for an unknown one.

    >>> from supportcore.calendars import always_open
    >>> hours_named("outside always", {ALWAYS: always_open("UTC")}).outside
    True
    """
    outside = text.startswith(OUTSIDE)
    name = text.removeprefix(OUTSIDE).strip()
    if name not in calendars:
        accepted = [one for known in calendars for one in (known, f"{OUTSIDE}{known}")]
        raise DefinitionError(
            f"`{text}` names no calendar; accepted are {listed(accepted)}{did_you_mean(text, accepted)}"
        )
    calendar = calendars[name]
    return None if calendar is None else Hours(text, calendar, outside)
