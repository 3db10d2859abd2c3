"""The calendar's slow twin: a byte for every minute, set and cleared day by day, and counted one by one.

It shares nothing with the engine but the definition that was drawn: it reads wall time off a walk over the zone's
offsets, knows no sums, and looks at every minute of a span.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from attrs import frozen

from supportcore.calendars import BusinessCalendar, DayHours

MINUTES_A_DAY = 1440
MINUTE = 60_000_000
EPOCH = date(1970, 1, 1)

Spans = tuple[tuple[int, int], ...]


@frozen
class Plain:
    """A calendar as plain values: minutes after midnight for spans, Monday first for the week."""

    tz: str
    week: tuple[Spans, ...]
    holidays: frozenset[date] = frozenset()
    exceptions: Mapping[date, Spans] = {}
    yearly: Mapping[tuple[int, int], Spans] = {}
    closures: tuple[tuple[date, date], ...] = ()
    seasons: Mapping[date, tuple[Spans, ...]] = {}
    breaks: Mapping[date, Spans] = {}
    holiday_scope: str = "day"

    def week_on(self, day: date) -> tuple[Spans, ...]:
        begun = [start for start in self.seasons if start <= day]
        return self.seasons[max(begun)] if begun else self.week

    def special(self, day: date) -> Spans | None:
        """The hours of a day that is not ordinary; None where it is."""
        if day in self.exceptions:
            return self.exceptions[day]
        if (day.month, day.day) in self.yearly:
            return self.yearly[day.month, day.day]
        if any(first <= day <= last for first, last in self.closures) or day in self.holidays:
            return ()
        return None


def plain_of(calendar: BusinessCalendar) -> Plain:
    """The parts of a calendar as they were given; its hours lie on whole minutes."""

    def spans(hours: DayHours) -> Spans:
        assert all(edge % MINUTE == 0 for span in hours.spans for edge in span), "the twin knows whole minutes"
        return tuple((start // MINUTE, end // MINUTE) for start, end in hours.spans)

    given = calendar.definition
    return Plain(
        tz=given.tz,
        week=tuple(spans(hours) for hours in given.week),
        holidays=frozenset(given.holidays.dates),
        exceptions={day: spans(hours) for day, hours in given.exceptions.items()},
        yearly={day: spans(hours) for day, hours in given.yearly.items()},
        closures=tuple((closure.first, closure.last) for closure in given.closures),
        seasons={season.start: tuple(spans(hours) for hours in season.week) for season in given.seasons},
        breaks={day: spans(hours) for day, hours in given.breaks.items()},
        holiday_scope=given.holiday_scope,
    )


@cache
def minutes_of(calendar: BusinessCalendar, first: date, days: int) -> "MinuteByMinute":
    """The minutes of a calendar that many examples share."""
    return MinuteByMinute(plain_of(calendar), first, days)


class MinuteByMinute:
    """The minutes of some days, open or not, with four days around them.

    The outer two are not asked about: a shift may run into the first from a day before that is not here, and the last
    may end, in the zone's own time, on a day after.
    """

    MARGIN = 4
    CUT = 2 * MINUTES_A_DAY

    def __init__(self, plain: Plain, first: date, days: int) -> None:
        self.plain = plain
        self.first = first - timedelta(days=self.MARGIN)
        self.days = days + 2 * self.MARGIN
        self.start = (self.first - EPOCH).days * MINUTES_A_DAY
        self.pieces = list(self.offsets())
        self.open = bytearray(self.days * MINUTES_A_DAY)
        self.fill()

    def offsets(self) -> Iterator[tuple[int, int, int]]:
        """Stretches `(start, end, offset)` of minutes on which the zone's offset stays, found hour by hour."""
        tz = ZoneInfo(self.plain.tz)

        def offset(minute: int) -> int:
            local = datetime.fromtimestamp(minute * 60, UTC).astimezone(tz)
            shift = local.utcoffset()
            assert shift is not None
            whole, rest = divmod(shift, timedelta(minutes=1))
            assert not rest, "the zones drawn have whole minutes"
            return whole

        begun, before = self.start, offset(self.start)
        for hour in range(self.start, self.start + self.days * MINUTES_A_DAY, 60):
            if offset(hour + 60) != before:
                for minute in range(hour, hour + 61):
                    if offset(minute) != before:
                        yield begun, minute, before
                        begun, before = minute, offset(minute)
        yield begun, self.start + self.days * MINUTES_A_DAY, before

    def wall(self, day: date, minutes: int) -> int:
        """The first minute at which the zone's clock shows this; where none does, by the offset before the gap."""
        shown = (day - EPOCH).days * MINUTES_A_DAY + minutes
        for start, end, offset in self.pieces:
            if start + offset <= shown < end + offset:
                return shown - offset
        for (_, end, offset), (start, _, later) in pairwise(self.pieces):
            if end + offset <= shown < start + later:
                return shown - offset
        edge = self.pieces[0] if shown - self.pieces[0][2] < self.start else self.pieces[-1]
        return shown - edge[2]

    def put(self, start: int, end: int, value: int) -> None:
        start, end = max(start - self.start, 0), min(end - self.start, len(self.open))
        if start < end:
            self.open[start:end] = bytes([value]) * (end - start)

    def fill(self) -> None:
        plain = self.plain
        days = [self.first + timedelta(days=index) for index in range(self.days)]
        real = [day for day in days if self.wall(day, 0) < self.wall(day, MINUTES_A_DAY)]
        whole = plain.holiday_scope == "shift"
        for day in real:
            if not (whole and plain.special(day) is not None):
                for start, end in plain.week_on(day)[day.weekday()]:
                    self.put(self.wall(day, start), self.wall(day, end), 1)
        for day in real:
            if not whole and plain.special(day) is not None:
                self.put(self.wall(day, 0), self.wall(day, MINUTES_A_DAY), 0)
        for day in real:
            for start, end in plain.special(day) or ():
                self.put(self.wall(day, start), self.wall(day, end), 1)
        for day in real:
            for start, end in plain.breaks.get(day, ()):
                self.put(self.wall(day, start), self.wall(day, end), 0)

    # Questions, over microseconds since the epoch

    def is_open(self, instant: int) -> bool:
        return bool(self.open[instant // MINUTE - self.start])

    def between(self, a: int, b: int) -> int:
        """The open minutes counted one by one, and of the first and the last the part that lies between."""
        if a > b:
            return -self.between(b, a)
        first, last = a // MINUTE, b // MINUTE
        whole = self.open.count(1, first - self.start, last - self.start) * MINUTE
        return whole - (a % MINUTE) * self.is_open(a) + (b % MINUTE) * self.is_open(b)

    def add(self, t: int, d: int) -> int | None:
        """The earliest instant `d` later, walking on over stretches of open minutes; None where the days end before."""
        at, left, last = t, d, len(self.open) - self.CUT
        while True:
            minute = self.open.find(1, at // MINUTE - self.start, last)
            if minute < 0:
                return None
            closed = self.open.find(0, minute, last)
            at = max(at, (self.start + minute) * MINUTE)
            end = (self.start + (last if closed < 0 else closed)) * MINUTE
            if end - at >= left:
                return at + left
            left -= end - at
            at = end

    def subtract(self, t: int, d: int) -> int | None:
        """The latest instant `d` earlier, walking back over such stretches; None where the days begin after."""
        at, left, first = t, d, self.CUT
        while True:
            minute = self.open.rfind(1, first, -(-at // MINUTE) - self.start)
            if minute < 0:
                return None
            closed = self.open.rfind(0, first, minute)
            at = min(at, (self.start + minute + 1) * MINUTE)
            start = (self.start + (first if closed < 0 else closed + 1)) * MINUTE
            if at - start >= left:
                return at - left
            left -= at - start
            at = start

    def edges(self) -> tuple[list[int], list[int]]:
        """The instants at which it opens and those at which it closes."""
        return self.changes(b"\x00\x01"), self.changes(b"\x01\x00")

    def changes(self, pair: bytes) -> list[int]:
        found = []
        at = self.open.find(pair, self.CUT - 1)
        while 0 <= at < len(self.open) - self.CUT - 1:
            found.append((self.start + at + 1) * MINUTE)
            at = self.open.find(pair, at + 1)
        return found
