"""One run of a clock from start to end, with its own target and result; once finished it never changes (SLA-7)."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Literal, NamedTuple

from supportcore.errors import NeverOpenError
from supportcore.instants import datetime_of, micros, span_of
from supportcore.rules import Rule
from supportcore.sla.agreement.targets import NamedDate, Target
from supportcore.sla.agreement.terms import Terms
from supportcore.sla.clock.causes import Because, Cause
from supportcore.sla.clock.timekeeping import (
    NOT_PASSED,
    Basis,
    Counting,
    Excuse,
    Mark,
    Override,
    Passed,
    State,
    ahead,
    counted_time,
    excusing,
    passing,
    stands,
    used_up,
)
from supportcore.sla.clock.traces import Segment, segments_of

Phase = Literal["pending", "running", "paused", "stopped", "cancelled"]
Result = Literal["open", "met", "missed", "superseded", "none"]

# A stretch of time between two cycles, on the calendar of these terms.
Gap = tuple[int, int, Terms]
# How a cycle began: its number, that of its chain, why and when; and what it carries, from which cycle and gap.
Beginning = tuple[int, int, Because, int, int, "Cycle | None", Gap | None]

# What a cycle shows of itself; the rest is its course, in every detail.
SHOWN = ("number", "chain", "phase", "opened_by", "ended_by", "start", "end", "used", "gross_result", "override")


class Cycle(NamedTuple):
    """A cycle as it stands at an instant; durations are working time on its calendar.

    `number` counts the clock's cycles from 1. Cycles that a reopening or exchange joined share `chain`; attainment
    counts the last of a chain (SLA-7). `opened_by` and `ended_by` say what began and ended it. Instants carry the
    zone in which the answer was asked for (`as_of`). A manual due instant (`override`) and excused delays
    (`excuses`) are taken into account; `gross` is the same cycle without them (SLA-8). They may be recorded after
    the end, and then change only what is not gross.

    `start`, `end`, `until` (its end, or `as_of`), `used` and `carried` are the same in integer microseconds.
    """

    begun: Beginning
    phase: Phase
    ended: Because | None
    end: int | None
    until: int
    used: int
    basis: Basis
    gross_result: Result
    dated: Passed
    marks: Sequence[Mark]
    states: Sequence[State]
    override: Override | None
    excuses: tuple[Excuse, ...]
    tz: tzinfo

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in SHOWN)
        return f"Cycle({shown})"

    @property
    def gross(self) -> "Cycle":
        """The same cycle without its manual due instant and excused delays (SLA-8)."""
        return self._replace(override=None, excuses=())

    @property
    def number(self) -> int:
        """Its place among the clock's cycles, from 1."""
        return self.begun[0]

    @property
    def chain(self) -> int:
        """The number of the first of the cycles that it was joined to."""
        return self.begun[1]

    @property
    def opened(self) -> Because:
        """`opened_by` as the plain tuple that is kept."""
        return self.begun[2]

    @property
    def opened_by(self) -> Cause:
        """What began it."""
        return Cause(*self.begun[2])

    @property
    def start(self) -> int:
        """`started_at` in microseconds."""
        return self.begun[3]

    @property
    def carried(self) -> int:
        """The working time carried into it, in microseconds."""
        return self.begun[4]

    @property
    def carried_from(self) -> "Cycle | None":
        """The cycle that it carries time from."""
        return self.begun[5]

    @property
    def gap(self) -> "Gap | None":
        """The time between that cycle and this one, where it counts too."""
        return self.begun[6]

    @property
    def ended_by(self) -> Cause | None:
        """What ended it, none while it runs."""
        return None if self.ended is None else Cause(*self.ended)

    @property
    def started_at(self) -> datetime:
        """When it began."""
        return datetime_of(self.start, self.tz)

    @property
    def ended_at(self) -> datetime | None:
        """When it ended, none while it runs."""
        return self._datetime(self.end)

    @property
    def promise(self) -> str:
        """The name of the promise that it is measured by, empty for a stopwatch."""
        return self.basis.terms.promise

    @property
    def target(self) -> Target | None:
        """The target promised, none for a stopwatch."""
        return self.basis.terms.target

    def trace(self) -> tuple[Segment, ...]:
        """Return its segments with kind and cause: first those carried into it, then those that tile it (SLA-13).

        The lengths of the counted and carried segments add up to `elapsed`, exactly.
        """
        return segments_of(self)

    @property
    def named_date(self) -> str | None:
        """The name of the date at which the cycle is due, `None` where its target is not a date of a plan."""
        amount = None if self.target is None else self.target.amount
        if not isinstance(amount, NamedDate):
            return None
        return next((name for name, date in amount.plan.items() if micros(date) == self.basis.instant), "")

    @property
    def rule(self) -> Rule | None:
        """The rule of the targets that chose the promise."""
        return self.basis.rule

    @property
    def priority(self) -> str | None:
        """The priority for which the promise was chosen."""
        return self.basis.priority

    @property
    def agreement(self) -> str:
        """The name of the agreement whose terms it follows: that of the edition itself, where there are several."""
        return self.basis.terms.agreement

    @property
    def changed_by(self) -> Cause | None:
        """What changed the terms that it began with, an event or an edition; none while it follows those."""
        because = self.basis.because
        return None if because is None else Cause(*because)

    @property
    def hours(self) -> str:
        """How people call the calendar that counts."""
        return self.basis.terms.hours

    @property
    def elapsed(self) -> timedelta:
        """The working time used, what an earlier cycle carried into it and excused delays included."""
        return span_of(self.used)

    @property
    def excused(self) -> timedelta:
        """The working time used that is excused, here and in what was carried."""
        return span_of(self.used - self._net_used)

    @property
    def allowed(self) -> timedelta | None:
        """The working time that may pass: the target, or what a change left or an earlier promise cut it to (SLA-9).

        For a day form, a date or a manual instant it is the counted time from start to due.
        """
        left = self._left
        return None if left is None else span_of(self._net_used + left)

    @property
    def remaining(self) -> timedelta | None:
        """The working time left until due, negative when it is exceeded; none without a target."""
        left = self._left
        return None if left is None else span_of(left)

    @property
    def overrun(self) -> timedelta:
        """The working time beyond the target."""
        left = self._left
        return span_of(0 if left is None else max(0, -left))

    @property
    def due(self) -> int | None:
        """`due_at` in microseconds."""
        reached = self._passed[0]
        if reached is not None or not self._promises:
            return reached
        if self.override is None and self.phase == "paused":
            due = None if self.basis.instant is None else self._projected
            return due if due is not None and stands(self.basis, due, self.until, True) else None
        return self._expected

    @property
    def due_at(self) -> datetime | None:
        """The earliest instant at which the elapsed time reaches the target (SLA-6), or the date promised.

        None without a target, and while paused unless already reached or nothing moves it. For a cycle that ended
        in time it is the instant at which it would have been due, had it gone on; none where its calendar had not
        enough hours left for that.
        """
        return self._datetime(self.due)

    @property
    def due_if_resumed_now(self) -> datetime | None:
        """While paused: when it would be due if the pause ended at `as_of`; none otherwise."""
        if self.phase != "paused" or not self._promises:
            return None
        reached = self._passed[0]
        return self._datetime(self._projected if reached is None else reached)

    @property
    def in_time_until(self) -> int | None:
        """`breached_at` in microseconds."""
        return self._passed[1]

    @property
    def breached(self) -> bool:
        """Whether the target is exceeded (SLA-6)."""
        return self.in_time_until is not None

    @property
    def breached_at(self) -> datetime | None:
        """The last instant still in time, where the target is exceeded; none where it is not (SLA-6)."""
        return self._datetime(self.in_time_until)

    @property
    def result(self) -> Result:
        """Open, met, missed, superseded or none (SLA-6); a due instant set by hand is a target, too (SLA-8)."""
        given = self.gross_result
        if not (self.override or self.excuses) or given in ("open", "superseded") or self.phase == "cancelled":
            return given
        if given == "none" and self.override is None:
            return "none"
        if self.end is None:
            return "open"
        return "missed" if self.breached else "met"

    @property
    def breach(self) -> int | None:
        """The last instant still in time if nothing else happens, in microseconds; none while it is not to come."""
        if self.in_time_until is not None or not self._promises or self.end is not None:
            return self.in_time_until
        if self.override is not None or self.basis.allowed is None:
            return self.due
        if self.phase == "paused":
            return None
        hours = self.basis.hours
        try:
            last = used_up(hours, self._projected, 0)
        except NeverOpenError:  # due when the calendar closes for good: it is never exceeded
            return None
        for excuse in sorted(self.excuses):
            if excuse.start <= last < excuse.end:
                last = hours.next_open(excuse.end)
        return last

    # What is behind the answers

    @property
    def _promises(self) -> bool:
        return self.override is not None or self.basis.promises

    @property
    def _net_used(self) -> int:
        """The working time used without what is excused, in what was carried too."""
        if not self.excuses:
            return self.used
        marks = excusing(self.marks, self.excuses, self.until)
        return self.carried_net(self.excuses) + counted_time(marks, self.basis.counting, self.until)

    def carried_net(self, excuses: tuple[Excuse, ...]) -> int:
        """What was carried into it, by earlier cycles and by gaps between them, without what is excused of it."""
        carried = self.carried
        cycle: Cycle | None = self if excuses else None
        while cycle is not None:
            if cycle.gap is not None:
                start, end, terms = cycle.gap
                carried -= _excused([(start, False, cycle.opened)], Counting(start, terms), end, excuses)
            cycle = cycle.carried_from
            if cycle is not None:
                carried -= _excused(cycle.marks, cycle.basis.counting, cycle.until, excuses)
        return carried

    @property
    def _passed(self) -> Passed:
        """When it was due, and the last instant still in time; each none where it is not behind."""
        if self.override is not None:
            due = self.override.due
            return (due, due if due < self.until else None) if due <= self.until else (None, None)
        if not self.excuses:
            if self.basis.allowed is None:
                return self.dated
            if self.used < self.basis.allowed:
                return NOT_PASSED
            return passing(self.marks, self.basis, self.carried, self.until)
        marks = excusing(self.marks, self.excuses, self.until)
        return passing(marks, self.basis, self.carried_net(self.excuses), self.until)

    @property
    def _projected(self) -> int:
        """When it is due if it runs on from `until`, where it was not before."""
        if self.override is not None:
            return self.override.due
        if self.basis.allowed is None:
            return self.basis.due_with(self.until, self._net_used, self.excuses)
        return ahead(self.basis.hours, self.until, self.basis.allowed - self._net_used, self.excuses)

    @property
    def _expected(self) -> int | None:
        """The same; none where the calendar has not enough hours left for it.

        That is so of cycles that ended and of gross ones; one that runs on towards its target is refused at once.
        """
        try:
            return self._projected
        except NeverOpenError:
            return None

    def must_go_on(self) -> None:
        """`NeverOpenError` where it cannot fall due for want of opening hours: at once, not when asked (CAL-10)."""
        self.basis.hours.next_open(self.until)
        if self._promises and self._passed[0] is None:
            _ = self._projected

    @property
    def _left(self) -> int | None:
        """The working time left until due; none without a target."""
        if not self._promises:
            return None
        if self.override is None and self.basis.allowed is not None:
            return self.basis.allowed - self._net_used
        reached = self._passed[0]
        due = self._expected if reached is None else reached
        return None if due is None else self.basis.hours.between(self.until, due)

    def _datetime(self, instant: int | None) -> datetime | None:
        return None if instant is None else datetime_of(instant, self.tz)


def _excused(marks: Sequence[Mark], counting: Counting, until: int, excuses: tuple[Excuse, ...]) -> int:
    """How much of the time that was counted is excused."""
    return counted_time(marks, counting, until) - counted_time(excusing(marks, excuses, until), counting, until)
