"""When a cycle crosses a threshold, by what was known then, and how often that instant moved (SLA-10)."""

from collections.abc import Sequence

from supportcore.errors import NeverOpenError
from supportcore.sla.agreement.thresholds import Threshold
from supportcore.sla.clock.cycles import Cycle
from supportcore.sla.clock.timekeeping import Mark, State, ahead, counted_time, excusing, passing, stands

DUE = Threshold("due")


def threshold_instant(cycle: Cycle, threshold: Threshold, known_until: int) -> tuple[int | None, int]:
    """The earliest instant, in microseconds, at which a cycle reaches a threshold, and its arming: how often it moved.

    What was known at `known_until` counts: the events up to it, its own instant included. An instant that fell
    due strictly before a later event stays, whatever that event changed (G-8). None where it is not to come: no
    target, paused before, ended before. An instant earlier than the last event counted was made due by that
    event.
    """
    projected: int | None = None
    arming = 0
    states = cycle.states
    for place, state in enumerate(states):
        if state[0] > known_until:
            break
        before = states[place + 1][0] if place + 1 < len(states) else cycle.end
        if before is not None and before > known_until:
            before = None
        try:
            at = _crossed(cycle, state, threshold)
        except NeverOpenError:  # its calendar has not enough hours left: the threshold is not to come
            at = None
        if at is not None and at != projected:
            projected, arming = at, arming + 1
        if at is not None and (before is None or at < before):
            return at, arming
    return None, arming


def _crossed(cycle: Cycle, state: State, threshold: Threshold) -> int | None:
    """When the threshold is reached by what a state knew."""
    at, elapsed, active, basis, override, excuses = state
    if override is None and not basis.promises:
        return None
    carried = cycle.carried
    if excuses:
        carried = cycle.carried_net(excuses)
        elapsed = carried + counted_time(excusing(_marks_until(cycle, at), excuses, at), basis.counting, at)
    if threshold.days is not None:
        due = _crossed(cycle, state, DUE)
        # as with lengths, what lies before the start is reached at the start
        return None if due is None else max(cycle.start, basis.terms.day_from(due, threshold.days))
    if override is None and basis.allowed is not None:
        amount = threshold.used(basis.allowed)
    else:
        if threshold.is_due:
            due = basis.due_with(at, elapsed, excuses) if override is None else override.due
            return due if override is not None or stands(basis, due, at, not active) else None
        due = basis.due_with(at, elapsed) if override is None else override.due
        if not active:
            return None
        amount = threshold.used(max(0, elapsed + basis.hours.between(at, due)))
    if elapsed < amount:
        return ahead(basis.hours, at, amount - elapsed, excuses) if active else None
    marks = excusing(_marks_until(cycle, at), excuses, at)
    reached, _ = passing(marks, basis, carried, at, amount)
    assert reached is not None, "what has elapsed was counted"
    return reached


def _marks_until(cycle: Cycle, at: int) -> Sequence[Mark]:
    return [mark for mark in cycle.marks if mark[0] <= at]
