"""The time that each holder and each level used of a clock (SLA-11)."""

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
    """The working time that a level used of a clock's cycle, and its budget.

    `level` is empty for time without a level. `budget` is `None` for a level without a budget, and for a share of a
    clock without a target. `excused` is the part of `used` that is excused, which counts against no budget (SLA-8).
    """

    level: str
    used: timedelta
    budget: timedelta | None = None
    excused: timedelta = timedelta(0)

    @property
    def left(self) -> timedelta | None:
        """The time left of the budget, negative if exceeded; `None` without a budget."""
        return None if self.budget is None else self.budget - self.used + self.excused

    @property
    def overrun(self) -> timedelta:
        """The working time used beyond the budget."""
        left = self.left
        return timedelta(0) if left is None else max(timedelta(0), -left)


def consumed(cycle: Cycle, holders: Timeline[Holder]) -> FrozenMapping[Holder, timedelta]:
    """Return the working time of a cycle by holder, carried time included; it adds up to `elapsed` (SLA-11).

    `holders` are the holders of the ticket over time, as `holders_over_time` returns them. Raises `DefinitionError` for
    anything else, and unless `cycle` is a cycle.
    """
    if not isinstance(cycle, Cycle):
        raise DefinitionError(f"`{cycle}` is not a cycle; give one of `clock.cycles`")
    if not isinstance(holders, Timeline):
        raise DefinitionError(f"`holders` is `{holders}`; give the result of `holders_over_time(events)`")
    return FrozenMapping({holder: span_of(length) for holder, length in _used(cycle, holders).items()})


def level_uses(metric: Metric, cycle: Cycle | None, holders: Timeline[Holder]) -> tuple[LevelUse, ...]:
    """Return what each level used of a metric's cycle, and its budget; levels with a budget first, in their order.

    The times used add up to the cycle's `elapsed`, the excused times to its `excused`.
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
    """Return the working time of a cycle, with what it carries, that passed with each value of a timeline."""
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
