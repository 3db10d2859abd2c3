"""The interface of every calendar, written or combined, over aware datetimes."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import Literal, Protocol, get_args

from attrs import field, frozen

from supportcore.calendars.engine.compiled import CompiledHours
from supportcore.calendars.engine.cover import Kind
from supportcore.equality import equality_key
from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.instants import datetime_of, micros, micros_of, span_of

AtClose = Literal["close", "next_open"]


@frozen
class Stretch:
    """A stretch `[start, end)` of time and whether it counts (CAL-12).

    `kind` is `counted`, `closed`, `holiday`, `exception`, `closure` or `break`. `because` is the name of the holiday or
    closure, or the note of the exception or break, and empty for ordinary hours.
    """

    start: datetime = field(eq=equality_key)
    end: datetime = field(eq=equality_key)
    kind: Kind
    because: str

    @property
    def length(self) -> timedelta:
        """The elapsed time from start to end, across clock changes too."""
        return span_of(micros(self.end) - micros(self.start))


class Calendar(Protocol):
    """Opening hours over all of time.

    Results about an instant carry the zone of that instant (G-2).
    """

    __slots__ = ()

    @property
    def compiled(self) -> CompiledHours:
        """The same calendar over integer microseconds since the epoch, for engines."""
        ...

    @property
    def zone(self) -> tzinfo | None:
        """The zone of its civil days, or `None` if it combines several zones."""
        ...

    def summary(self, language: str = "en") -> str:
        """Describe the calendar in English (`en`) or German (`de`), a line for each of its parts.

        Raises `DefinitionError` for any other language.

        >>> from supportcore import BusinessCalendar
        >>> office = BusinessCalendar(
        ...     tz="Europe/Berlin",
        ...     hours={"mon-thu": "08:00-12:00, 13:00-17:00", "fri": "08:00-14:00"},
        ...     exceptions={"every 12-24": "08:00-12:00"},
        ... )
        >>> print(office.summary("de"))
        Mo–Do 08:00–12:00, 13:00–17:00; Fr 08:00–14:00 (Europe/Berlin)
        Ausnahmen: jedes Jahr am 24.12. 08:00–12:00
        """
        ...

    def between(self, a: datetime, b: datetime) -> timedelta:
        """Return the exact open time from `a` to `b`, negative if `b` is earlier (CAL-5).

        >>> from datetime import UTC
        >>> from supportcore import BusinessCalendar
        >>> office = BusinessCalendar(tz="UTC", hours={"mon-fri": "09:00-17:00"})
        >>> office.between(datetime(2026, 1, 2, 16, tzinfo=UTC), datetime(2026, 1, 5, 10, tzinfo=UTC))
        datetime.timedelta(seconds=7200)
        """
        return timedelta(microseconds=self.compiled.between(micros(a), micros(b)))

    def add(self, t: datetime, d: timedelta, *, at_close: AtClose = "close") -> datetime:
        """Return the earliest instant at which `d` of open time has passed since `t` (CAL-4).

        Time used up exactly at closing ends at closing; `at_close="next_open"` moves it to the next opening. A `d` of
        zero returns `t`, in closed time too; a negative `d` subtracts. Raises `NeverOpenError` if the calendar does not
        have so much open time.

        >>> from datetime import UTC
        >>> from supportcore import BusinessCalendar
        >>> office = BusinessCalendar(tz="UTC", hours={"mon-fri": "09:00-17:00"})
        >>> friday = datetime(2026, 1, 2, 16, tzinfo=UTC)
        >>> office.add(friday, timedelta(hours=1)).isoformat()
        '2026-01-02T17:00:00+00:00'
        >>> office.add(friday, timedelta(hours=1), at_close="next_open").isoformat()
        '2026-01-05T09:00:00+00:00'
        """
        reached = self.compiled.add(micros(t), micros_of(d))
        if at_close != "close":
            _known_at_close(at_close)
            if d:
                reached = self.compiled.next_open(reached)
        return _at(reached, t)

    def subtract(self, t: datetime, d: timedelta) -> datetime:
        """Return the latest instant from which `d` of open time passes until `t`, the mirror of `add` (CAL-4).

        >>> from datetime import UTC
        >>> from supportcore import BusinessCalendar
        >>> office = BusinessCalendar(tz="UTC", hours={"mon-fri": "09:00-17:00"})
        >>> office.subtract(datetime(2026, 1, 5, 10, tzinfo=UTC), timedelta(hours=2)).isoformat()
        '2026-01-02T16:00:00+00:00'
        """
        return _at(self.compiled.subtract(micros(t), micros_of(d)), t)

    def is_open(self, t: datetime) -> bool:
        """Return whether an instant is in the opening hours: true at the opening, false at the closing (CAL-6)."""
        return self.compiled.is_open(micros(t))

    def next_open(self, t: datetime) -> datetime:
        """Return `t` if the calendar is open, else the next opening; raise `NeverOpenError` without one (CAL-6)."""
        return _at(self.compiled.next_open(micros(t)), t)

    def next_close(self, t: datetime) -> datetime:
        """Return the closing of the current or else the next opening, always after `t` (CAL-6).

        Raises `NeverOpenError` if the calendar never opens again, `NeverClosedError` if it never closes again.
        """
        return _at(self.compiled.next_close(micros(t)), t)

    def previous_open(self, t: datetime) -> datetime:
        """Return the latest opening at or before `t` (CAL-6); raise the errors of `next_close`."""
        return _at(self.compiled.previous_open(micros(t)), t)

    def previous_close(self, t: datetime) -> datetime:
        """Return the latest closing at or before `t` (CAL-6); raise the errors of `next_close`."""
        return _at(self.compiled.previous_close(micros(t)), t)

    def intervals(self, a: datetime, b: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the openings as `(open, close)`, clipped to `[a, b)`; the latest first if `b` is earlier.

        >>> from datetime import UTC
        >>> from supportcore import BusinessCalendar
        >>> office = BusinessCalendar(tz="UTC", hours={"mon-fri": "09:00-17:00"})
        >>> a, b = datetime(2026, 1, 2, 16, tzinfo=UTC), datetime(2026, 1, 5, 10, tzinfo=UTC)
        >>> [(start.hour, end.hour) for start, end in office.intervals(a, b)]
        [(16, 17), (9, 10)]
        >>> [(start.hour, end.hour) for start, end in office.intervals(b, a)]
        [(9, 10), (16, 17)]
        """
        first, last, tz = micros(a), micros(b), _zone_of(a)
        spans = self.compiled.spans(first, last) if first <= last else self.compiled.spans_back(last, first)
        return ((datetime_of(start, tz), datetime_of(end, tz)) for start, end in spans)

    def breakdown(self, a: datetime, b: datetime) -> tuple[Stretch, ...]:
        """Return every stretch from `a` to `b` with its kind; the counted ones add up to `between(a, b)` (CAL-12).

        The result is empty unless `b` is after `a`.

        >>> from datetime import UTC
        >>> from supportcore import BusinessCalendar
        >>> office = BusinessCalendar(tz="UTC", hours={"mon-fri": "09:00-17:00"})
        >>> a, b = datetime(2026, 1, 2, 16, tzinfo=UTC), datetime(2026, 1, 5, 10, tzinfo=UTC)
        >>> [(stretch.kind, str(stretch.length)) for stretch in office.breakdown(a, b)]
        [('counted', '1:00:00'), ('closed', '2 days, 16:00:00'), ('counted', '1:00:00')]
        """
        first, last, tz = micros(a), micros(b), _zone_of(a)
        return tuple(
            Stretch(datetime_of(verdict.start, tz), datetime_of(verdict.end, tz), verdict.kind, verdict.because)
            for verdict in self.compiled.verdicts(first, last)
        )


def compiled_of(calendar: Calendar) -> CompiledHours:
    """Return the compiled hours of a calendar; raise `DefinitionError` for any other value.

    >>> from supportcore import always_open
    >>> compiled_of(always_open("UTC")).is_open(0)
    True
    """
    found = getattr(calendar, "compiled", None)
    if not isinstance(found, CompiledHours):
        raise DefinitionError(
            f"`{calendar}` is not a calendar; expected a `BusinessCalendar` or a combination by `|`, `&` and `-`"
        )
    return found


def _zone_of(t: datetime) -> tzinfo:
    assert t.tzinfo is not None, "`micros` refuses naive datetimes"
    return t.tzinfo


def _at(instant: int, t: datetime) -> datetime:
    """Return an instant in the zone of `t` (G-2)."""
    return datetime_of(instant, _zone_of(t))


def _known_at_close(at_close: str) -> None:
    known = get_args(AtClose)
    if at_close not in known:
        raise DefinitionError(f"`at_close` is `{at_close}`; expected {listed(known)}{did_you_mean(at_close, known)}")
