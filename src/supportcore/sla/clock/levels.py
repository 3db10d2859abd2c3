"""Whose time it was: who had a ticket when, and what each level used of a clock (SLA-11)."""

from datetime import timedelta
from typing import TypeVar

from attrs import frozen

from supportcore.calendars.spans import merged
from supportcore.errors import DefinitionError
from supportcore.instants import span_of
from supportcore.mappings import FrozenMapping
from supportcore.sla.agreement.budgets import allowance
from supportcore.sla.agreement.metrics import Metric
from supportcore.sla.clock.cycles import Cycle
from supportcore.tickets.holders import Holder
from supportcore.timelines import Timeline, together

V = TypeVar("V")


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


def consumed(cycle: Cycle, holders: Timeline[Holder]) -> FrozenMapping[Holder, timedelta]:
    """How much of a cycle's working time passed with each holder, what it carries included; it adds up to `elapsed`.

    `holders` is who had the ticket over time, as `holders_over_time` says it. Raises `DefinitionError` for anything
    else, and for what is no cycle.
    """
    if not isinstance(cycle, Cycle):
        raise DefinitionError(f"`{cycle}` is not a cycle of a clock; give one of `clock.cycles`")
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
    for segment in cycle.trace():
        if segment.kind in ("counted", "carried"):
            for piece in line.between(segment.first, segment.last):
                assert piece.start is not None, "what is clipped has a start"
                assert piece.end is not None, "what is clipped has an end"
                used[piece.value] = used.get(piece.value, 0) + piece.end - piece.start
    return used


def _excused_over_time(cycle: Cycle) -> Timeline[bool]:
    spans = merged((excuse.start, excuse.end) for excuse in cycle.excuses)
    return Timeline.of(False, [change for start, end in spans for change in ((start, True, None), (end, False, None))])
