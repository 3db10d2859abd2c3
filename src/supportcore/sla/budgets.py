"""Whose time it was: what each level used of a target, and whether the levels fit inside the promise (SLA-11)."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from attrs import frozen

from supportcore.errors import DefinitionError
from supportcore.findings import Finding
from supportcore.instants import span_of
from supportcore.mappings import FrozenMapping
from supportcore.sla.clocks import Clock
from supportcore.sla.cycles import Cycle
from supportcore.sla.targets import Target
from supportcore.sla.traces import trace
from supportcore.tickets import Assigned, Event, HandedBack, history_of
from supportcore.timelines import Timeline

__all__ = ["NOBODY", "Holder", "budget_findings", "consumed", "holders_over_time", "outlasting"]


@frozen
class Holder:
    """Who has a ticket: level, team and person, each empty where it is not known."""

    level: str = ""
    team: str = ""
    person: str = ""


NOBODY = Holder()


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


def budget_findings(name: str, promised: Target, budgets: Mapping[str, Target]) -> tuple[Finding, ...]:
    """Whether what the levels may use one after another fits inside what the customer is promised.

    `name` says which promise. `sla.budget-exceeds`: together they are longer. `sla.budget-not-proven`: a level
    counts on another calendar than the customer's promise, or one of them is no amount, so that lengths cannot be
    compared. Raises `DefinitionError` for what is no target.

    >>> from supportcore.calendars import always_open
    >>> hours = {level: Target(timedelta(hours=3), always_open("UTC")) for level in ("first", "second")}
    >>> (finding,) = budget_findings("4 h", Target(timedelta(hours=4), always_open("UTC")), hours)
    >>> print(finding)
    error sla.budget-exceeds at promises.4 h: the levels may use 6:00:00 (first, second), but `4 h` allows 4:00:00
    """
    path = f"promises.{name}"
    if not isinstance(budgets, Mapping):
        raise DefinitionError(f"`budgets` is `{budgets}`; a mapping of levels to targets is accepted")
    for whose, target in [(name, promised), *budgets.items()]:
        if not isinstance(target, Target):
            raise DefinitionError(f"`{whose}` is `{target}`; a target such as `Target(timedelta(hours=4))` is accepted")
    if promised.amount is None:
        return ()
    total = timedelta()
    for level, budget in budgets.items():
        if not isinstance(budget.amount, timedelta) or budget.calendar != promised.calendar:
            words = f"the budget of level `{level}` and `{name}` are no amounts on one calendar; compare them by hand"
            return (Finding("sla.budget-not-proven", "note", path, words),)
        total += budget.amount
    if not isinstance(promised.amount, timedelta):
        words = f"`{name}` is no amount, so that budgets cannot be compared with it; compare them by hand"
        return (Finding("sla.budget-not-proven", "note", path, words),)
    if total <= promised.amount:
        return ()
    words = f"the levels may use {total} ({', '.join(budgets)}), but `{name}` allows {promised.amount}"
    return (Finding("sla.budget-exceeds", "error", path, words),)


def outlasting(inner: Clock, outer: Clock) -> Finding | None:
    """A finding where a level's running clock is due only after the customer's: it cannot fit inside.

    None where either is not running towards a target, or where it fits. Raises `DefinitionError` for what is no clock.
    """
    for clock in (inner, outer):
        if not isinstance(clock, Clock):
            raise DefinitionError(f"`{clock}` is no clock; give one of what `run_clocks` answers")
    one, other = inner.cycle, outer.cycle
    if one is None or other is None or one.end is not None or other.end is not None:
        return None
    if one.due is None or other.due is None or one.due <= other.due:
        return None
    words = (
        f"`{inner.agreement}` `{inner.name}` is due at {inner.due_at}, "
        f"after `{outer.agreement}` `{outer.name}` at {outer.due_at}"
    )
    return Finding("sla.level-outlasts", "warning", f"tickets.{inner.ticket}", words)
