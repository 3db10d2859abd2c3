"""Instants as texts that lose nothing: date, time, offset and the name of the zone, as RFC 9557 writes them."""

import re
from datetime import UTC, datetime

from supportcore.instants import datetime_of, micros, zone

WRITTEN = re.compile(
    r"(?P<wall>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)"
    r"(?P<offset>Z|[+-]\d\d:\d\d(?::\d\d)?)?"
    r"(?:\[!?(?P<zone>[^\[\]]+)\])?",
    re.ASCII,
)
EXAMPLE = "`2026-01-05T09:00:00+01:00[Europe/Berlin]`"


def written_instant(at: datetime) -> str:
    """An aware datetime as text, with its offset and, where it has one, the name of its zone (RFC 9557).

    A wall time that its zone skips is written as the one that G-5 reads it as. Raises `NaiveDatetimeError` (G-2).

    >>> from supportcore.instants import zone
    >>> written_instant(datetime(2026, 10, 25, 2, 30, tzinfo=zone("Europe/Berlin"), fold=1))
    '2026-10-25T02:30:00+01:00[Europe/Berlin]'
    """
    shown = datetime_of(micros(at), at.tzinfo or UTC)
    name = getattr(at.tzinfo, "key", None)
    return shown.isoformat() + (f"[{name}]" if name else "")


def read_instant(text: str) -> datetime:
    """The aware datetime that a text says, in the zone it names or else at its offset.

    Raises `ValueError` for another form, a text without offset (G-2), and an offset that the zone does not have then,
    `ZoneError` for a zone that is not known.

    >>> read_instant("2026-01-05T08:00:00Z[Europe/Berlin]").isoformat()
    '2026-01-05T09:00:00+01:00'
    """
    parts = WRITTEN.fullmatch(text)
    if parts is None:
        raise ValueError(f"`{text}` is no instant; accepted are texts such as {EXAMPLE} or `2026-01-05T08:00:00Z`")
    if parts["offset"] is None:
        raise ValueError(f"`{text}` has no offset, so that the instant is not known; write {EXAMPLE}")
    try:
        given = datetime.fromisoformat(parts["wall"] + parts["offset"])
    except ValueError:
        raise ValueError(f"`{text}` is no instant: there is no such date or time") from None
    if parts["zone"] is None:
        return given
    shown = datetime_of(micros(given), zone(parts["zone"]))
    if parts["offset"] != "Z" and shown.utcoffset() != given.utcoffset():
        raise ValueError(
            f"`{text}`: at this instant the clocks of `{parts['zone']}` show `{shown.isoformat()}`; "
            "write that, or leave the zone out"
        )
    return shown
