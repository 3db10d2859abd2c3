"""How the time of a cycle is counted: its pauses, the calendars it was counted on, and the stretches they make."""

from collections.abc import Iterator, Sequence

from attrs import define

from supportcore.sla.agreement.basis import Counting
from supportcore.sla.agreement.terms import Terms
from supportcore.sla.causes import Cause


# Marks and stretches are never changed, but not frozen, which would make them three times as slow to build.
@define(unsafe_hash=True)
class Mark:
    """From `at` on, in microseconds, a cycle is paused or counts, with the cause."""

    at: int
    paused: bool
    cause: Cause


@define(unsafe_hash=True)
class Stretch:
    """A stretch `[start, end)` of a cycle, in microseconds, on one calendar, paused or not."""

    start: int
    end: int
    terms: Terms
    paused: bool
    cause: Cause


def stretches(marks: Sequence[Mark], counting: Counting, until: int) -> Iterator[Stretch]:
    """Yield the stretches of a cycle in order; they tile it from its first mark to `until`."""
    parts: list[Counting] = []
    part: Counting | None = counting
    while part is not None:
        parts.append(part)
        part = part.earlier
    parts.reverse()
    index = 0
    for place, mark in enumerate(marks):
        start = mark.at
        end = marks[place + 1].at if place + 1 < len(marks) else until
        while start < end:
            while index + 1 < len(parts) and parts[index + 1].since <= start:
                index += 1
            stop = min(end, parts[index + 1].since) if index + 1 < len(parts) else end
            part = parts[index]
            changed = not mark.paused and part.since > mark.at
            cause = part.cause if changed and part.cause is not None else mark.cause
            yield Stretch(start, stop, part.terms, mark.paused, cause)
            start = stop


def counted_time(marks: Sequence[Mark], counting: Counting, until: int) -> int:
    """Return the working time that a cycle counted until an instant, without what it carries."""
    return sum(
        stretch.terms.calendar.compiled.between(stretch.start, stretch.end)
        for stretch in stretches(marks, counting, until)
        if not stretch.paused
    )
