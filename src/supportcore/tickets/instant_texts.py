"""Instants as texts without loss: date, time, offset and the name of the zone, as in RFC 9557."""

import re
from datetime import UTC, datetime

from supportcore.instants import datetime_of, micros, zone

FORM = re.compile(
    r"(?P<wall>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)"
    r"(?P<offset>Z|[+-]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)?"
    r"(?:\[!?(?P<zone>[^\[\]]+)\])?",
    re.ASCII,
)
EXAMPLE = "`2026-01-05T09:00:00+01:00[Europe/Berlin]`"


def format_instant(at: datetime) -> str:
    """Return an aware datetime as text with its offset and the name of its zone, if it has a name (RFC 9557).

    A wall time that its zone skips is written as G-5 reads it. Raises `NaiveDatetimeError` (G-2), and `ZoneError` for
    a zone whose name `parse_instant` does not know.

    >>> from supportcore.instants import zone
    >>> format_instant(datetime(2026, 10, 25, 2, 30, tzinfo=zone("Europe/Berlin"), fold=1))
    '2026-10-25T02:30:00+01:00[Europe/Berlin]'
    """
    shown = datetime_of(micros(at), at.tzinfo or UTC)
    name = getattr(at.tzinfo, "key", None)
    return shown.isoformat() + (f"[{zone(name).key}]" if name else "")


def parse_instant(text: str) -> datetime:
    """Return the aware datetime of a text, in the zone that it names, otherwise at its offset.

    Raises `ValueError` for another form, a text without offset (G-2), and an offset that the zone does not have at
    that instant, `ZoneError` for an unknown zone.

    >>> parse_instant("2026-01-05T08:00:00Z[Europe/Berlin]").isoformat()
    '2026-01-05T09:00:00+01:00'
    """
    parts = FORM.fullmatch(text)
    if parts is None:
        raise ValueError(f"`{text}` is not an instant; expected a text such as {EXAMPLE} or `2026-01-05T08:00:00Z`")
    if parts["offset"] is None:
        raise ValueError(f"`{text}` has no offset, so its instant is unknown; write {EXAMPLE}")
    try:
        given = datetime.fromisoformat(parts["wall"] + parts["offset"])
    except ValueError:
        raise ValueError(f"`{text}` is not an instant, as its date or time does not exist; write {EXAMPLE}") from None
    if parts["zone"] is None:
        return given
    shown = datetime_of(micros(given), zone(parts["zone"]))
    if parts["offset"] != "Z" and shown.utcoffset() != given.utcoffset():
        raise ValueError(
            f"`{text}`: at this instant the clocks of `{parts['zone']}` show `{shown.isoformat()}`; "
            "write that, or leave out the zone"
        )
    return shown
