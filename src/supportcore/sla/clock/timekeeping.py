"""The course of a cycle: when it was paused, on which calendars it was counted, and when its target was used up."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from attrs import frozen

from supportcore.calendars import CompiledHours
from supportcore.calendars.spans import merged
from supportcore.rules import Rule
from supportcore.sla.agreement.terms import Chosen, Terms
from supportcore.sla.clock.causes import Because

# From an instant on a cycle is paused, or not, because of this.
Mark = tuple[int, bool, Because]

# When a target was reached, and the last instant still in time; each none where it is not behind.
Passed = tuple[int | None, int | None]
NOT_PASSED: Passed = (None, None)

# Since before every cycle.
ALWAYS = -(1 << 62)


class Counting(NamedTuple):
    """From an instant on time is counted on the calendar of these terms; before it, as `earlier` says."""

    since: int
    terms: Terms
    because: Because | None = None
    earlier: "Counting | None" = None


class Override(NamedTuple):
    """A due instant set by hand, the event that set it, and why (SLA-8)."""

    due: int
    event: str
    reason: str


class Excuse(NamedTuple):
    """A delay `[start, end)` that is not held against anybody, the event that says so, and why (SLA-8)."""

    start: int
    end: int
    event: str
    reason: str


@frozen
class Basis:
    """What a cycle is measured by over a stretch of its life; another one for each change that it followed.

    `allowed` is the target in microseconds as it holds here, where it is an amount. It differs from the promised
    one where a share of the old target was carried or where an earlier promise cuts it (SLA-9). For a day form or a
    date `instant` is where it lies, seen from `origin`, at which `before` had elapsed. All are none where nothing
    is promised.
    """

    terms: Terms
    rule: Rule | None
    priority: str | None
    allowed: int | None
    counting: Counting
    instant: int | None = None
    origin: int = 0
    before: int = 0
    because: Because | None = None

    @property
    def promises(self) -> bool:
        """Whether anything falls due."""
        return self.allowed is not None or self.instant is not None

    @property
    def hours(self) -> CompiledHours:
        """The calendar that counts."""
        return self.terms.calendar.compiled

    def due_with(self, at: int, elapsed: int, excuses: Iterable[Excuse] = ()) -> int:
        """Where a day form or date lies, when so much has elapsed at an instant: pauses move a day form (SLA-5).

        What elapsed before the origin counts against it. Excused delays to come move it as pauses do.
        """
        instant = self.instant
        assert instant is not None, "only asked of day forms and dates"
        if not self.terms.moves:
            return instant
        hours = self.hours
        paused = hours.between(self.origin, at) - (elapsed - self.before)
        due = hours.add(instant, paused - self.before)
        for excuse in sorted(excuses):
            start = max(at, excuse.start)
            if start < due and start < excuse.end:
                due = hours.add(due, hours.between(start, excuse.end))
                at = excuse.end
        return due


def basis_from(chosen: Chosen, start: int, elapsed: int = 0) -> Basis:
    """What a cycle is measured by from an instant on, at which so much had elapsed."""
    terms = chosen.terms
    counting = Counting(ALWAYS, terms)
    if terms.aim is None:
        return Basis(terms, chosen.rule, chosen.priority, terms.amount, counting)
    instant = terms.instant_from(start)
    return Basis(terms, chosen.rule, chosen.priority, terms.amount, counting, instant, origin=start, before=elapsed)


# What was known from an instant on, until the next state: the elapsed time, whether it is counting, what it is measured
# by, the due instant set by hand, and the delays that are excused.
State = tuple[int, int, bool, Basis, Override | None, tuple[Excuse, ...]]


class Stretch(NamedTuple):
    """A stretch `[start, end)` of a cycle on one calendar, paused or not."""

    start: int
    end: int
    terms: Terms
    paused: bool
    because: Because


def stretches(marks: Sequence[Mark], counting: Counting, until: int) -> Iterator[Stretch]:
    """The stretches of a cycle in order, from its first mark to an instant; they tile it."""
    parts: list[Counting] = []
    part: Counting | None = counting
    while part is not None:
        parts.append(part)
        part = part.earlier
    parts.reverse()
    index = 0
    for place, (start, paused, cause) in enumerate(marks):
        marked = start
        end = marks[place + 1][0] if place + 1 < len(marks) else until
        while start < end:
            while index + 1 < len(parts) and parts[index + 1].since <= start:
                index += 1
            stop = min(end, parts[index + 1].since) if index + 1 < len(parts) else end
            here = parts[index]
            changed = not paused and here.since > marked
            because = here.because if changed and here.because is not None else cause
            yield Stretch(start, stop, here.terms, paused, because)
            start = stop


def counted_time(marks: Sequence[Mark], counting: Counting, until: int) -> int:
    """The time counted over a cycle's own life, what it carries left out."""
    return sum(
        stretch.terms.calendar.compiled.between(stretch.start, stretch.end)
        for stretch in stretches(marks, counting, until)
        if not stretch.paused
    )


def passing(marks: Sequence[Mark], basis: Basis, carried: int, until: int, amount: int | None = None) -> Passed:
    """When the target is reached, and the last instant still in time; each none where it does not come before `until`.

    `amount` asks for another amount of elapsed time than the target.
    """
    wanted = basis.allowed if amount is None else amount
    if wanted is None:
        return (None, None) if basis.instant is None else _passing_instant(marks, basis, carried, until)
    return _passing_amount(marks, basis.counting, carried, until, wanted)


def _passing_amount(marks: Sequence[Mark], counting: Counting, carried: int, until: int, amount: int) -> Passed:
    """A cycle that begins beyond the amount has its start for both."""
    start = marks[0][0]
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
            return reached, used_up(hours, stretch.start, amount - elapsed)
        elapsed += used
    return reached, None


def _passing_instant(marks: Sequence[Mark], basis: Basis, carried: int, until: int) -> Passed:
    """For day forms and dates the instant itself decides (SLA-6)."""
    elapsed = carried
    for stretch in stretches(marks, basis.counting, until):
        if stretch.end > basis.origin:
            start = max(stretch.start, basis.origin)
            due = basis.due_with(start, elapsed)
            if stands(basis, due, start, stretch.paused) and due <= stretch.end:
                return due, due if due < until else None
        if not stretch.paused:
            elapsed += stretch.terms.calendar.compiled.between(stretch.start, stretch.end)
    due = basis.due_with(until, elapsed)
    if due > until or not stands(basis, due, until, marks[-1][1]):
        return None, None
    return due, due if due < until else None


def stands(basis: Basis, due: int, at: int, paused: bool) -> bool:
    """Whether a due instant comes though the cycle be paused: dates do, and day forms with no open time before."""
    return not paused or not basis.terms.moves or basis.hours.between(at, due) <= 0


def used_up(hours: CompiledHours, start: int, amount: int) -> int:
    """The last instant until which no more than an amount has passed since `start`."""
    return hours.next_open(hours.add(start, amount))


def excusing(marks: Sequence[Mark], excuses: Iterable[Excuse], until: int) -> list[Mark]:
    """The marks of a cycle up to an instant, with the time of excused delays paused."""
    spans = merged((excuse.start, excuse.end) for excuse in excuses)
    start = marks[0][0]
    edges = {edge for span in spans for edge in span if start < edge < until}
    made: list[Mark] = []
    place = after = 0
    for edge in sorted(edges | {at for at, _, _ in marks}):
        while place + 1 < len(marks) and marks[place + 1][0] <= edge:
            place += 1
        while after < len(spans) and spans[after][1] <= edge:
            after += 1
        _, paused, because = marks[place]
        excused = after < len(spans) and spans[after][0] <= edge
        made.append((edge, paused or excused, because))
    return made


def ahead(hours: CompiledHours, start: int, amount: int, excuses: Iterable[Excuse]) -> int:
    """The earliest instant at which an amount has passed since `start`, excused delays left out."""
    for excuse in sorted(excuses):
        if excuse.end <= start:
            continue
        free = hours.between(start, max(start, excuse.start))
        if amount <= free:
            break
        amount -= free
        start = excuse.end
    return hours.add(start, amount)
