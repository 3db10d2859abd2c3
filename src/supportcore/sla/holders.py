"""Whose time it was: who had a ticket when, and what each level used of a clock (SLA-11)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TypeVar

from attrs import frozen

from supportcore.calendars.spans import merged
from supportcore.errors import DefinitionError
from supportcore.instants import span_of
from supportcore.mappings import FrozenMapping
from supportcore.sla.budgets import allowance
from supportcore.sla.cycles import Cycle
from supportcore.sla.metrics import Metric
from supportcore.sla.traces import trace
from supportcore.tickets import Assigned, Event, HandedBack, history_of
from supportcore.timelines import Timeline, together

__all__ = ["NOBODY", "Holder", "LevelUse", "consumed", "holders_over_time", "level_uses"]

V = TypeVar("V")


@frozen
class Holder:
    """Who has a ticket: level, team and person, each empty where it is not known."""

    level: str = ""
    team: str = ""
    person: str = ""


NOBODY = Holder()


@frozen
class LevelUse:
    """What a level used of a clock's cycle, and what it may use of it, in working time of the clock.

    `level` is empty for the time that no level had. `budget` is none for a level that has none, and for a share while
    nothing is promised. `excused` is how much of what was used is excused, which counts against no budget (SLA-8).
    """

    level: str
    used: timedelta
    budget: timedelta | None = None
    excused: timedelta = timedelta(0)

    @property
    def left(self) -> timedelta | None:
        """What is left of the budget, negative where more was used; none without one."""
        return None if self.budget is None else self.budget - self.used + self.excused

    @property
    def overrun(self) -> timedelta:
        """What was used beyond the budget."""
        left = self.left
        return timedelta(0) if left is None else max(timedelta(0), -left)


def holders_over_time(events: Iterable[Event]) -> Timeline[Holder]:
    """Who had a ticket when; one that is handed back is again with the level and team before.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    >>> holders_over_time([Assigned("T-1", at, level="first")]).at(at).level
    'first'
    """
    before: list[Holder] = []
    now = NOBODY
    changes: list[tuple[int, Holder, object]] = []
    for event in history_of(events):
        if isinstance(event, Assigned):
            same = (event.level or now.level, event.team or now.team) == (now.level, now.team)
            if not same:
                before.append(now)
            now = Holder(event.level or now.level, event.team or now.team, event.person)
        elif isinstance(event, HandedBack):
            now = before.pop() if before else NOBODY
        else:
            continue
        changes.append((event.instant, now, event))
    return Timeline.of(NOBODY, changes)


def consumed(cycle: Cycle, holders: Timeline[Holder]) -> FrozenMapping[Holder, timedelta]:
    """How much of a cycle's working time passed with each holder, what it carries included; it adds up to `elapsed`.

    `holders` is who had the ticket over time, as `holders_over_time` says it. Raises `DefinitionError` for anything
    else, and for what is no cycle.
    """
    if not isinstance(holders, Timeline):
        raise DefinitionError(f"`holders` is `{holders}`; give what `holders_over_time(events)` answers")
    return FrozenMapping({holder: span_of(length) for holder, length in _used(cycle, holders).items()})


def level_uses(metric: Metric, cycle: Cycle | None, holders: Timeline[Holder]) -> tuple[LevelUse, ...]:
    """What each level used of a metric's cycle, against its budget: those with one first, in their order.

    What is used adds up to the cycle's `elapsed`, and what of it is excused to its `excused`. `Clocks.levels` is the
    way to it.
    """
    used, excused = dict.fromkeys(metric.budgets, 0), dict.fromkeys(metric.budgets, 0)
    if cycle is not None:
        levels = together(holders, _excused_over_time(cycle), lambda holder, free: (holder.level, free))
        for (level, free), length in _used(cycle, levels).items():
            used[level] = used.get(level, 0) + length
            excused[level] = excused.get(level, 0) + length * free
    allowed = None if cycle is None else cycle.allowed
    budgets = {level: allowance(budget, allowed) for level, budget in metric.budgets.items()}
    return tuple(
        LevelUse(level, span_of(length), budgets.get(level), span_of(excused[level])) for level, length in used.items()
    )


def _used(cycle: Cycle, line: Timeline[V]) -> dict[V, int]:
    """How much of a cycle's working time, what it carries included, passed with each value of a timeline."""
    used: dict[V, int] = {}
    for segment in trace(cycle):
        if segment.kind in ("counted", "carried"):
            for piece in line.between(segment.first, segment.last):
                assert piece.start is not None, "what is clipped has a start"
                assert piece.end is not None, "what is clipped has an end"
                used[piece.value] = used.get(piece.value, 0) + piece.end - piece.start
    return used


def _excused_over_time(cycle: Cycle) -> Timeline[bool]:
    spans = merged((excuse.start, excuse.end) for excuse in cycle.excuses)
    return Timeline.of(False, [change for start, end in spans for change in ((start, True, None), (end, False, None))])
