"""Opening hours and closures as iCalendar events in UTC, behind the extra `ical`."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from supportcore.calendars.engine.cover import Verdict
from supportcore.calendars.protocol import Calendar, compiled_of
from supportcore.errors import DefinitionError, MissingExtraError
from supportcore.instants import datetime_of, micros

OPEN = "open"
LINE_END = re.compile(r"\r\n?|\n")
NAMED = ("holiday", "exception", "closure", "break")


def as_ical(calendar: Calendar, a: datetime, b: datetime, *, name: str, stamp: datetime) -> bytes:
    """Return an iCalendar file of `[a, b)`: an event for each opening and for each named stretch of closed time.

    `name` is the calendar's name and a part of each event's uid, which is equal in every export. `stamp` is the instant
    of the export (`DTSTAMP`). All times are in UTC. Line ends in the names of holidays and closures become `\\n`, the
    only line end of iCalendar. Raises `DefinitionError` for a name that is not a text on one line, and for half of a
    surrogate pair in any name.

    >>> from supportcore.calendars import BusinessCalendar
    >>> office = BusinessCalendar(tz="UTC", hours={"mon": "09:00-17:00"})
    >>> a, b = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 6, tzinfo=UTC)
    >>> [line for line in as_ical(office, a, b, name="office", stamp=a).decode().splitlines() if "DT" in line]
    ['DTSTART:20260105T090000Z', 'DTEND:20260105T170000Z', 'DTSTAMP:20260105T000000Z']
    """
    try:
        from icalendar import Calendar as Events, Event
    except ImportError:
        raise MissingExtraError(
            "iCalendar files need the package `icalendar`; install it with `pip install 'supportcore[ical]'`"
        ) from None
    if type(name) is not str or not name or LINE_END.search(name):
        raise DefinitionError(
            f"`{name}` is not a name for the calendar; expected a text on one line, which becomes part of each event's "
            "uid"
        )
    events = Events()
    events.add("prodid", "-//supportcore//opening hours//EN")
    events.add("version", "2.0")
    events.add("x-wr-calname", name)
    made_at = datetime_of(micros(stamp), UTC)
    for verdict in _verdicts(calendar, micros(a), micros(b)):
        event = Event()
        start = datetime_of(verdict.start, UTC)
        event.add("uid", f"{start.isoformat()}-{verdict.kind}-{name}@supportcore")
        event.add("dtstamp", made_at)
        event.add("dtstart", start)
        event.add("dtend", datetime_of(verdict.end, UTC))
        event.add("summary", _title(verdict, name))
        event.add("transp", "TRANSPARENT" if verdict.kind == "counted" else "OPAQUE")
        events.add_component(event)
    try:
        return bytes(events.to_ical())
    except UnicodeEncodeError:
        raise DefinitionError("a name has half of a surrogate pair, which no file keeps; remove it") from None


def _verdicts(calendar: Calendar, a: int, b: int) -> Iterator[Verdict]:
    return (verdict for verdict in compiled_of(calendar).verdicts(a, b) if verdict.kind in ("counted", *NAMED))


def _title(verdict: Verdict, name: str) -> str:
    kind = OPEN if verdict.kind == "counted" else "closed"
    because = LINE_END.sub("\n", verdict.because)
    return f"{name}: {kind} ({because})" if because else f"{name}: {kind}"
