"""The course of a cycle: when it was paused, on which calendars its time was counted, and when a share was used up."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attrs import frozen

from supportcore.rules import Rule
from supportcore.sla.agreements import Terms
from supportcore.sla.causes import Cause

__all__ = ["Basis", "Counting", "Mark", "State", "crossing", "stretches", "used_up"]


class Mark(NamedTuple):
    """From this instant on a cycle is paused, or not, because of this."""

    at: int
    paused: bool
    because: Cause


class Counting(NamedTuple):
    """From an instant on time is counted on the calendar of these terms; before it, as `earlier` says."""

    since: int
    terms: Terms
    because: Cause | None = None
    earlier: "Counting | None" = None


@frozen
class Basis:
    """What a cycle is measured by over a stretch of its life; another one for each change that it followed.

    `allowed` is the target in microseconds as it holds here, none where nothing is promised. It differs from the
    promised amount where a share of the old target was carried or where an earlier promise cuts it (SLA-9).
    """

    terms: Terms
    rule: Rule | None
    priority: str | None
    allowed: int | None
    counting: Counting


class State(NamedTuple):
    """What was known from an instant on, until the next state: the elapsed time there and whether it is counting."""

    at: int
    elapsed: int
    active: bool
    basis: Basis


class Stretch(NamedTuple):
    """A stretch `[start, end)` of a cycle on one calendar, paused or not."""

    start: int
    end: int
    terms: Terms
    paused: bool
    because: Cause


def stretches(marks: Sequence[Mark], counting: Counting, until: int) -> Iterator[Stretch]:
    """The stretches of a cycle in order, from its first mark to an instant; they tile it."""
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
            because = part.because if changed and part.because is not None else mark.because
            yield Stretch(start, stop, part.terms, mark.paused, because)
            start = stop


def crossing(
    marks: Sequence[Mark], counting: Counting, carried: int, amount: int, until: int
) -> tuple[int | None, int | None]:
    """The earliest instant at which the elapsed time reaches an amount, and the last at which it is not beyond it.

    Either is none where it does not come before `until`; a cycle that begins beyond the amount has its start for
    both.
    """
    start = marks[0].at
    elapsed = carried
    reached = start if elapsed >= amount else None
    if elapsed > amount:
        return start, start
    for stretch in stretches(marks, counting, until):
        if stretch.paused:
            continue
        hours = stretch.terms.calendar.compiled
        used = hours.between(stretch.start, stretch.end)
        if reached is None and elapsed + used >= amount:
            reached = hours.add(stretch.start, amount - elapsed)
        if elapsed + used > amount:
            return reached, used_up(stretch.start, elapsed, amount, stretch.terms)
        elapsed += used
    return reached, None


def used_up(start: int, elapsed: int, amount: int, terms: Terms) -> int:
    """The last instant at which an amount is not exceeded, counting from `start` with some of it elapsed."""
    hours = terms.calendar.compiled
    return hours.next_open(hours.add(start, amount - elapsed))
