"""When a target is reached and exceeded (SLA-6)."""

from collections.abc import Sequence

from attrs import define

from supportcore.calendars import CompiledHours
from supportcore.sla.agreement.basis import Basis, Counting
from supportcore.sla.clock.timekeeping import Mark, stretches


@define(unsafe_hash=True)
class Passed:
    """When a target was reached, and the last instant still in time; each `None` while it lies ahead."""

    reached: int | None = None
    in_time_until: int | None = None


def target_passed(marks: Sequence[Mark], basis: Basis, carried: int, until: int, amount: int | None = None) -> Passed:
    """Return when a cycle reached its target and was last in time, as far as that lies before `until`.

    `amount` is another amount of elapsed time than the target, in microseconds.
    """
    wanted = basis.allowed if amount is None else amount
    if wanted is not None:
        return _amount_passed(marks, basis.counting, carried, until, wanted)
    return Passed() if basis.instant is None else _instant_passed(marks, basis, carried, until)


def _amount_passed(marks: Sequence[Mark], counting: Counting, carried: int, until: int, amount: int) -> Passed:
    """Return both instants for an amount; a cycle that starts beyond the amount has its start for both."""
    start = marks[0].at
    elapsed = carried
    reached = start if elapsed >= amount else None
    if elapsed > amount:
        return Passed(start, start)
    for stretch in stretches(marks, counting, until):
        if stretch.paused:
            continue
        hours = stretch.terms.calendar.compiled
        used = hours.between(stretch.start, stretch.end)
        if reached is None and elapsed + used >= amount:
            reached = hours.add(stretch.start, amount - elapsed)
        if elapsed + used > amount:
            return Passed(reached, last_in_time(hours, stretch.start, amount - elapsed))
        elapsed += used
    return Passed(reached)


def _instant_passed(marks: Sequence[Mark], basis: Basis, carried: int, until: int) -> Passed:
    """Return both instants for a day form or a date, whose instant decides (SLA-6)."""
    elapsed = carried
    for stretch in stretches(marks, basis.counting, until):
        if stretch.end > basis.origin:
            start = max(stretch.start, basis.origin)
            due = basis.due_with(start, elapsed)
            if basis.is_certain(due, start, stretch.paused) and due <= stretch.end:
                return Passed(due, due if due < until else None)
        if not stretch.paused:
            elapsed += stretch.terms.calendar.compiled.between(stretch.start, stretch.end)
    due = basis.due_with(until, elapsed)
    if due > until or not basis.is_certain(due, until, marks[-1].paused):
        return Passed()
    return Passed(due, due if due < until else None)


def last_in_time(hours: CompiledHours, start: int, amount: int) -> int:
    """Return the last instant until which no more than an amount of working time has passed since `start`."""
    return hours.next_open(hours.add(start, amount))
