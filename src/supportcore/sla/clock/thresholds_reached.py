"""When a cycle reaches a threshold, by what was known then, and how often that instant moved (SLA-10)."""

from attrs import frozen

from supportcore.errors import NeverOpenError
from supportcore.sla.agreement.thresholds import Threshold
from supportcore.sla.clock.adjustments import add_working_time, due_after, with_excuses
from supportcore.sla.clock.cycles import Cycle, State
from supportcore.sla.clock.passed import target_passed
from supportcore.sla.clock.timekeeping import counted_time

DUE = Threshold("due")


@frozen
class Arming:
    """The instant at which a cycle reaches a threshold, in microseconds, and how often that instant moved, from 1.

    `at` is `None` if the threshold is not to come, `count` is 0 if it never had an instant.
    """

    at: int | None
    count: int


def threshold_reached(cycle: Cycle, threshold: Threshold, known_until: int) -> Arming:
    """Return the earliest instant at which a cycle reaches a threshold, and how often it moved.

    Only events up to `known_until`, inclusive, count. An instant that fell due strictly before a later event stays,
    regardless of the changes by that event (G-8). There is no instant without a target, and none if the cycle was
    paused or ended before. An instant before the last event counted was made due by that event.
    """
    projected: int | None = None
    count = 0
    states = cycle.states
    for place, state in enumerate(states):
        if state.at > known_until:
            break
        before = states[place + 1].at if place + 1 < len(states) else cycle.end
        if before is not None and before > known_until:
            before = None
        try:
            at = _instant_by(state, cycle, threshold)
        except NeverOpenError:  # too few hours left: the threshold is not to come
            at = None
        if at is not None and at != projected:
            projected, count = at, count + 1
        if at is not None and (before is None or at < before):
            return Arming(at, count)
    return Arming(None, count)


def _instant_by(state: State, cycle: Cycle, threshold: Threshold) -> int | None:
    """Return when a cycle reaches the threshold by what a state knew."""
    at, elapsed, basis, override = state.at, state.elapsed, state.basis, state.override
    if override is None and not basis.promises:
        return None
    marks = with_excuses([mark for mark in cycle.marks if mark.at <= at], state.excuses, at)
    carried = cycle.carried_net(state.excuses)
    if state.excuses:
        elapsed = carried + counted_time(marks, basis.counting, at)
    if threshold.days is not None:
        due = _instant_by(state, cycle, DUE)
        # as with lengths, what lies before the start is reached at the start
        return None if due is None else max(cycle.start, basis.terms.day_from(due, threshold.days))
    if override is None and basis.allowed is not None:
        amount = threshold.used(basis.allowed)
    else:
        if threshold.is_due:
            due = due_after(basis, at, elapsed, state.excuses) if override is None else override.due
            return due if override is not None or basis.is_certain(due, at, not state.running) else None
        due = basis.due_with(at, elapsed) if override is None else override.due
        if not state.running:
            return None
        amount = threshold.used(max(0, elapsed + basis.hours.between(at, due)))
    if elapsed < amount:
        return add_working_time(basis.hours, at, amount - elapsed, state.excuses) if state.running else None
    reached = target_passed(marks, basis, carried, at, amount).reached
    assert reached is not None, "the elapsed time was counted"
    return reached
