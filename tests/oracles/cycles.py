"""One cycle of a clock, and how much of it counts: second by second, read off its life anew for every question.

Cycles lie in the few days whose open seconds the twin knows.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache

from attrs import define, evolve, field

from supportcore.calendars import BusinessCalendar
from supportcore.tickets import DueOverridden
from tests.oracles.agreements import DAYS, FIRST, Promise
from tests.oracles.calendars import MINUTE, minutes_of

SECOND = 1_000_000
NEVER = 1 << 62


@cache
def open_seconds(calendar: BusinessCalendar) -> tuple[int, ...]:
    """The beginning of every second at which a calendar is open."""
    minutes = minutes_of(calendar, FIRST, DAYS)
    first = (FIRST.toordinal() - datetime(1970, 1, 1).toordinal()) * 24 * 60
    return tuple(
        second
        for minute in range(first, first + DAYS * 24 * 60)
        if minutes.is_open(minute * MINUTE)
        for second in range(minute * MINUTE, (minute + 1) * MINUTE, SECOND)
    )


def is_open(calendar: BusinessCalendar, second: int) -> bool:
    opens = open_seconds(calendar)
    place = bisect_left(opens, second)
    return place < len(opens) and opens[place] == second


def working_time(calendar: BusinessCalendar, start: int, end: int) -> int:
    """The open time between two instants; those within a second take their part of it."""
    if end < start:
        return -working_time(calendar, end, start)
    total = 0
    for instant, sign in ((end, 1), (start, -1)):
        whole = instant - instant % SECOND
        total += sign * SECOND * bisect_left(open_seconds(calendar), whole)
        if is_open(calendar, whole):
            total += sign * (instant - whole)
    return total


def moved(calendar: BusinessCalendar, instant: int, length: int) -> int:
    """An instant moved by so many open seconds, no further than need be."""
    opens = open_seconds(calendar)
    place = bisect_left(opens, instant)
    seconds = length // SECOND
    if seconds > 0:
        return opens[place + seconds - 1] + SECOND
    return opens[place + seconds] if seconds < 0 else instant


@define
class TwinCycle:
    """One cycle: what it is measured by, and for each second of its life whether it was paused, on which calendar.

    What is promised is an amount, `allowed`, or lies at the instant `aim` seen from `origin`, when `before` of the time
    had passed.
    """

    start: int
    chain: int
    carried: int
    promise: Promise
    allowed: int | None = None
    aim: int | None = None
    origin: int = 0
    before: int = 0
    carried_from: "TwinCycle | None" = None
    gap: tuple[int, ...] = ()
    life: list[tuple[int, bool, BusinessCalendar]] = field(factory=list)
    held: dict[str, int] = field(factory=dict)
    overrides: list[DueOverridden] = field(factory=list)
    warnings: dict[str, tuple[int, int]] = field(factory=dict)
    last_warned: dict[str, int] = field(factory=dict)
    end: int | None = None
    phase: str = "running"
    result: str = "open"

    @property
    def promises(self) -> bool:
        return self.allowed is not None or self.aim is not None


def measured(cycle: TwinCycle, promise: Promise, origin: int, before: int) -> TwinCycle:
    """The cycle, measured by this promise from an instant on."""
    cycle.promise, cycle.allowed = promise, promise.amount
    cycle.aim = promise.instant_from(origin)
    cycle.origin, cycle.before = origin, before
    return cycle


# Delays that are excused, from when to when.
Excuses = Sequence[tuple[int, int]]


def excused(second: int, excuses: Excuses) -> bool:
    return any(start <= second < end for start, end in excuses)


def elapsed(cycle: TwinCycle, excuses: Excuses = ()) -> int:
    """The time used, what was carried included; excused seconds do not count."""
    used = [second for second, paused, calendar in cycle.life if not paused and is_open(calendar, second)]
    return carried(cycle, excuses) + SECOND * sum(not excused(second, excuses) for second in used)


def excused_before(cycle: TwinCycle, excuses: Excuses) -> int:
    """The time used before the origin of a day form that is excused: it does not count against it."""
    early = evolve(cycle, life=[second for second in cycle.life if second[0] < cycle.origin])
    return elapsed(early) - elapsed(early, excuses)


def carried(cycle: TwinCycle, excuses: Excuses) -> int:
    """What earlier cycles and the gap after them brought along."""
    if cycle.carried_from is None:
        return 0
    return elapsed(cycle.carried_from, excuses) + SECOND * sum(not excused(second, excuses) for second in cycle.gap)


def seconds_of(cycle: TwinCycle, excuses: Excuses, ahead: int | None) -> Iterator[tuple[int, bool, BusinessCalendar]]:
    """The life of a cycle, and from `ahead` on what comes if it runs on; in excused seconds it does not."""
    for second, paused, calendar in cycle.life:
        yield second, paused or excused(second, excuses), calendar
    if ahead is not None:
        calendar = cycle.promise.calendar
        for second in open_seconds(calendar)[bisect_left(open_seconds(calendar), ahead) :]:
            yield second, excused(second, excuses), calendar


def reached(cycle: TwinCycle, amount: int, ahead: int | None, excuses: Excuses = ()) -> tuple[int, int]:
    """When an amount is used, and the last instant at which no more is; each `NEVER` where it does not come."""
    used, when = carried(cycle, excuses), NEVER
    if used >= amount:
        when = cycle.start
    if used > amount:
        return when, cycle.start
    for second, paused, calendar in seconds_of(cycle, excuses, ahead):
        if paused or not is_open(calendar, second):
            continue
        if when == NEVER and used + SECOND >= amount:
            when = second + amount - used
        if used + SECOND > amount:
            return when, second + amount - used
        used += SECOND
    return when, NEVER


def reached_instant(cycle: TwinCycle, until: int, ahead: bool, excuses: Excuses = ()) -> tuple[int, int]:
    """When a day form or date is there: each second of pause moves a day form on by one.

    Without `ahead` it does not come while it could still be moved.
    """
    assert cycle.aim is not None
    calendar, moves = cycle.promise.calendar, cycle.promise.moves
    paused_time = excused_before(cycle, excuses)
    due = moved(calendar, cycle.aim, paused_time - cycle.before) if moves else cycle.aim
    for second, paused, _ in seconds_of(cycle, excuses, until):
        if second < cycle.origin:
            continue
        if due <= second:
            break
        if second >= until and not ahead and moves and working_time(calendar, second, due) > 0:
            return NEVER, NEVER
        if second >= until and all(second >= end for _, end in excuses):
            break
        if moves and paused and is_open(calendar, second):
            paused_time += SECOND
            due = moved(calendar, cycle.aim, paused_time - cycle.before)
    return due, due if due < until else NEVER
