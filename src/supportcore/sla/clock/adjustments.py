"""Adjustments of a cycle by hand: due instants set by hand and excused delays (SLA-8)."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from attrs import frozen

from supportcore.calendars import CompiledHours
from supportcore.calendars.spans import merged
from supportcore.sla.agreement.basis import Basis
from supportcore.sla.clock.timekeeping import Mark


@frozen
class DueOverride:
    """A due instant set by hand, in microseconds, the id of the event that set it, and the reason (SLA-8)."""

    due: int
    event: str
    reason: str


@frozen
class Excuse:
    """An excused delay `[start, end)` in microseconds, the id of the event that excused it, and the reason (SLA-8)."""

    start: int
    end: int
    event: str
    reason: str


def in_order(excuses: Iterable[Excuse]) -> list[Excuse]:
    """Return the excuses by start, then end."""
    return sorted(excuses, key=attrgetter("start", "end"))


def with_excuses(marks: Sequence[Mark], excuses: Iterable[Excuse], until: int) -> Sequence[Mark]:
    """Return the marks of a cycle until an instant, with the excused delays paused."""
    spans = merged((excuse.start, excuse.end) for excuse in excuses)
    start = marks[0].at
    edges = {edge for span in spans for edge in span if start < edge < until}
    made: list[Mark] = []
    mark_index = span_index = 0
    for edge in sorted(edges | {mark.at for mark in marks}):
        while mark_index + 1 < len(marks) and marks[mark_index + 1].at <= edge:
            mark_index += 1
        while span_index < len(spans) and spans[span_index][1] <= edge:
            span_index += 1
        mark = marks[mark_index]
        excused = span_index < len(spans) and spans[span_index][0] <= edge
        made.append(Mark(edge, mark.paused or excused, mark.cause))
    return made


def add_working_time(hours: CompiledHours, start: int, amount: int, excuses: Iterable[Excuse]) -> int:
    """Return the earliest instant by which an amount of working time has passed since `start`, excused delays left out.

    `NeverOpenError` if the calendar has too few opening hours left.
    """
    for excuse in in_order(excuses):
        if excuse.end <= start:
            continue
        free = hours.between(start, max(start, excuse.start))
        if amount <= free:
            break
        amount -= free
        start = excuse.end
    return hours.add(start, amount)


def due_after(basis: Basis, at: int, elapsed: int, excuses: Iterable[Excuse]) -> int:
    """Return where a day form or date lies if `elapsed` has passed by `at`; excused delays to come move a day form."""
    due = basis.due_with(at, elapsed)
    if not basis.terms.moves:
        return due
    for excuse in in_order(excuses):
        start = max(at, excuse.start)
        if start < due and start < excuse.end:
            due = basis.hours.add(due, basis.hours.between(start, excuse.end))
            at = excuse.end
    return due
