"""Whose time it was: who had a ticket when, and what each level used of a clock (SLA-11)."""

from collections.abc import Iterable
from datetime import timedelta

from attrs import frozen

from supportcore.errors import DefinitionError
from supportcore.instants import span_of
from supportcore.mappings import FrozenMapping
from supportcore.sla.budgets import allowance
from supportcore.sla.cycles import Cycle
from supportcore.sla.metrics import Metric
from supportcore.sla.traces import trace
from supportcore.tickets import Assigned, Event, HandedBack, history_of
from supportcore.timelines import Timeline

__all__ = ["NOBODY", "Holder", "LevelUse", "consumed", "holders_over_time", "level_uses"]


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
    nothing is promised.
    """

    level: str
    used: timedelta
    budget: timedelta | None = None

    @property
    def left(self) -> timedelta | None:
        """What is left of the budget, negative where more was used; none without one."""
        return None if self.budget is None else self.budget - self.used

    @property
    def overrun(self) -> timedelta:
        """What was used beyond the budget."""
        return timedelta(0) if self.budget is None else max(timedelta(0), self.used - self.budget)


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
    used: dict[Holder, int] = {}
    for segment in trace(cycle):
        if segment.kind in ("counted", "carried"):
            for piece in holders.between(segment.first, segment.last):
                assert piece.start is not None, "what is clipped has a start"
                assert piece.end is not None, "what is clipped has an end"
                used[piece.value] = used.get(piece.value, 0) + piece.end - piece.start
    return FrozenMapping({holder: span_of(length) for holder, length in used.items()})


def level_uses(metric: Metric, cycle: Cycle | None, holders: Timeline[Holder]) -> tuple[LevelUse, ...]:
    """What each level used of a metric's cycle, against its budget: those with one first, in their order.

    What is used adds up to the cycle's `elapsed`. `Clocks.levels` is the way to it.
    """
    used: dict[str, timedelta] = dict.fromkeys(metric.budgets, timedelta(0))
    if cycle is not None:
        for holder, length in consumed(cycle, holders).items():
            used[holder.level] = used.get(holder.level, timedelta(0)) + length
    allowed = None if cycle is None else cycle.allowed
    return tuple(
        LevelUse(level, length, allowance(metric.budgets[level], allowed) if level in metric.budgets else None)
        for level, length in used.items()
    )
