"""One cycle of a clock from start to end, with its own target and result; a finished one never changes (SLA-7)."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Literal

from attrs import define, evolve, frozen

from supportcore.errors import NeverOpenError
from supportcore.instants import datetime_of, micros, span_of
from supportcore.rules import Rule
from supportcore.sla.agreement.basis import Basis, Counting
from supportcore.sla.agreement.targets import NamedDate, Target
from supportcore.sla.agreement.terms import Terms
from supportcore.sla.causes import Cause
from supportcore.sla.clock.adjustments import DueOverride, Excuse, add_working_time, due_after, in_order, with_excuses
from supportcore.sla.clock.passed import Passed, last_in_time, target_passed
from supportcore.sla.clock.repr_words import cycle_words
from supportcore.sla.clock.timekeeping import Mark, counted_time

if TYPE_CHECKING:
    from supportcore.sla.clock.traces import Segment

Phase = Literal["pending", "running", "paused", "stopped", "cancelled"]
Result = Literal["open", "met", "missed", "superseded", "none"]


@define(unsafe_hash=True)  # like a mark, not frozen
class State:
    """What is known of a cycle from `at` on, until its next state; `elapsed` is in microseconds."""

    at: int
    elapsed: int
    running: bool
    basis: Basis
    override: DueOverride | None
    excuses: tuple[Excuse, ...]


@frozen
class Gap:
    """The time `[start, end)` between two cycles, in microseconds, on the calendar of these terms."""

    start: int
    end: int
    terms: Terms


@frozen
class Carried:
    """The working time that a cycle carries, in microseconds, from an earlier cycle and, if counted, the gap."""

    used: int
    cycle: "Cycle"
    gap: Gap | None


@frozen(repr=False, slots=False)  # like a cause, without slots
class Cycle:
    """A cycle as of an instant; durations are working time on its calendar.

    `number` counts the cycles of the clock from 1. Cycles that a reopening or a change of terms joins share `chain`;
    attainment counts the last cycle of a chain (SLA-7). `opened_by` and `ended_by` are causes. Datetimes carry the zone
    of `as_of`. A due date set by hand (`override`) and excused delays (`excuses`) are taken into account, also if they
    are recorded after the end; `gross` is the cycle without them (SLA-8).

    `until` is the end or `as_of`. `until`, `start`, `end`, `used` and `carried` are integer microseconds.

    >>> from supportcore.calendars import always_open
    >>> from supportcore.instants import zone
    >>> from supportcore.sla import Agreement, resolution, run_clocks
    >>> from supportcore.tickets import Opened
    >>> at = datetime(2026, 3, 16, 9, tzinfo=zone("Europe/Berlin"))
    >>> gold = Agreement("gold", always_open("UTC"), resolution(), targets={"resolution": "4 h"},
    ...                  promises={"4 h": Target(timedelta(hours=4))})
    >>> run_clocks([Opened("T-1", at)], gold, as_of=at + timedelta(hours=1))["gold", "resolution"].cycles
    (Cycle(1: running, due 2026-03-16 13:00+01:00, used 1 h of 4 h),)
    """

    number: int
    chain: int
    opened_by: Cause
    ended_by: Cause | None
    until: int
    used: int
    marks: Sequence[Mark]
    states: Sequence[State]
    carry: Carried | None
    override: DueOverride | None
    excuses: tuple[Excuse, ...]
    tz: tzinfo

    def __repr__(self) -> str:
        return f"Cycle({self.number}: {cycle_words(self)})"

    @property
    def gross(self) -> "Cycle":
        """The cycle without a due date set by hand and excused delays (SLA-8)."""
        return evolve(self, override=None, excuses=())

    @property
    def start(self) -> int:
        """`started_at` in microseconds."""
        return self.marks[0].at

    @property
    def end(self) -> int | None:
        """`ended_at` in microseconds."""
        return None if self.ended_by is None else self.until

    @property
    def started_at(self) -> datetime:
        """The instant at which the cycle began."""
        return datetime_of(self.start, self.tz)

    @property
    def ended_at(self) -> datetime | None:
        """The instant at which the cycle ended; `None` while it runs."""
        return self._datetime(self.end)

    @property
    def phase(self) -> Phase:
        """Running, paused, stopped or cancelled (SLA-6)."""
        if self.ended_by is None:
            return "paused" if self.marks[-1].paused else "running"
        return "cancelled" if self.ended_by.kind == "cancelled" else "stopped"

    @property
    def carried(self) -> int:
        """The working time carried from an earlier cycle, in microseconds."""
        return 0 if self.carry is None else self.carry.used

    @property
    def basis(self) -> Basis:
        """The target and calendar by which the cycle is measured."""
        return self.states[-1].basis

    @property
    def promise(self) -> str:
        """The name of the promise, empty for a stopwatch."""
        return self.basis.terms.promise

    @property
    def target(self) -> Target | None:
        """The promised target; `None` for a stopwatch."""
        return self.basis.terms.target

    @property
    def named_date(self) -> str | None:
        """The name of the date at which the cycle is due; `None` if its target is not a date of a plan."""
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
        """The name of the agreement whose terms the cycle follows; with editions, the name in the edition."""
        return self.basis.terms.agreement

    @property
    def changed_by(self) -> Cause | None:
        """The event or edition that changed the terms; `None` while the cycle follows its first terms."""
        return self.basis.cause

    @property
    def calendar_name(self) -> str:
        """The name of the cycle's calendar in explanations."""
        return self.basis.terms.calendar_name

    @property
    def elapsed(self) -> timedelta:
        """The working time used, including time carried from an earlier cycle and excused delays."""
        return span_of(self.used)

    @property
    def excused(self) -> timedelta:
        """The excused part of the working time used, carried time included."""
        return span_of(self.used - self._net_used)

    @property
    def allowed(self) -> timedelta | None:
        """The working time allowed: the target, or what a change of terms or an earlier promise left of it (SLA-9).

        For a day form, a date or a due date set by hand, the counted time from start to due date.
        """
        left = self._left
        return None if left is None else span_of(self._net_used + left)

    @property
    def remaining(self) -> timedelta | None:
        """The working time left until due, negative if exceeded; `None` without a target."""
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
        reached = self._passed.reached
        if reached is not None or not self._promises:
            return reached
        if self.override is None and self.phase == "paused":
            due = None if self.basis.instant is None else self._projected
            return due if due is not None and self.basis.is_certain(due, self.until, True) else None
        return self._expected

    @property
    def due_at(self) -> datetime | None:
        """The earliest instant at which the elapsed time reaches the target, or the date promised (SLA-6).

        `None` without a target, and while a pause may still move it. For a cycle that ended in time, the instant at
        which it would have been due; `None` if its calendar has too few hours.
        """
        return self._datetime(self.due)

    @property
    def due_if_resumed_now(self) -> datetime | None:
        """The due date if the pause ended at `as_of`; `None` unless paused."""
        if self.phase != "paused" or not self._promises:
            return None
        reached = self._passed.reached
        return self._datetime(self._projected if reached is None else reached)

    @property
    def in_time_until(self) -> int | None:
        """`breached_at` in microseconds."""
        return self._passed.in_time_until

    @property
    def breached(self) -> bool:
        """Whether the target is exceeded (SLA-6)."""
        return self.in_time_until is not None

    @property
    def breached_at(self) -> datetime | None:
        """The last instant in time; `None` unless the target is exceeded (SLA-6)."""
        return self._datetime(self.in_time_until)

    @property
    def breach(self) -> int | None:
        """The last instant in time if nothing else happens, in microseconds; `None` if the cycle is never breached."""
        if self.in_time_until is not None or not self._promises or self.end is not None:
            return self.in_time_until
        if self.override is not None or self.basis.allowed is None:
            return self.due
        if self.phase == "paused":
            return None
        hours = self.basis.hours
        try:
            last = last_in_time(hours, self._projected, 0)
        except NeverOpenError:  # due when the calendar closes for good: never exceeded
            return None
        for excuse in in_order(self.excuses):
            if excuse.start <= last < excuse.end:
                last = hours.next_open(excuse.end)
        return last

    @property
    def result(self) -> Result:
        """Open, met, missed, superseded or none (SLA-6); a due date set by hand counts as a target (SLA-8)."""
        if self.ended_by is None:
            return "open" if self._promises else "none"
        if self.ended_by.kind == "cancelled":
            return "none"
        if self.ended_by.kind not in ("stopped", "reset"):
            return "superseded"
        if not self._promises:
            return "none"
        return "missed" if self.breached else "met"

    @property
    def gross_result(self) -> Result:
        """The result of `gross`."""
        return self.gross.result

    def trace(self) -> "tuple[Segment, ...]":
        """Return the segments with kind and cause: first the carried ones, then those that tile the cycle (SLA-13).

        The lengths of the counted and carried segments add up to `elapsed`, exactly.
        """
        from supportcore.sla.clock.traces import segments_of

        return segments_of(self)

    def carried_net(self, excuses: Sequence[Excuse]) -> int:
        """Return the working time carried from an earlier cycle, in microseconds, without its excused part."""
        carried, carry = self.carried, self.carry if excuses else None
        opened_by = self.opened_by
        while carry is not None:
            if carry.gap is not None:
                marks = [Mark(carry.gap.start, False, opened_by)]
                counting = Counting(carry.gap.start, carry.gap.terms)
                carried -= _excused(marks, counting, carry.gap.end, excuses)
            cycle = carry.cycle
            carried -= _excused(cycle.marks, cycle.basis.counting, cycle.until, excuses)
            carry, opened_by = cycle.carry, cycle.opened_by
        return carried

    def check_hours_ahead(self) -> None:
        """Raise `NeverOpenError` if the calendar has too few opening hours left for the cycle to fall due (CAL-10)."""
        self.basis.hours.next_open(self.until)
        if self._promises and self._passed.reached is None:
            _ = self._projected

    @property
    def _promises(self) -> bool:
        return self.override is not None or self.basis.promises

    @property
    def _net_marks(self) -> Sequence[Mark]:
        return with_excuses(self.marks, self.excuses, self.until) if self.excuses else self.marks

    @property
    def _net_used(self) -> int:
        """The working time used without what is excused, in what was carried too."""
        if not self.excuses:
            return self.used
        return self.carried_net(self.excuses) + counted_time(self._net_marks, self.basis.counting, self.until)

    @property
    def _passed(self) -> Passed:
        """When it was due, and the last instant still in time."""
        if self.override is not None:
            due = self.override.due
            return Passed(due, due if due < self.until else None) if due <= self.until else Passed()
        return target_passed(self._net_marks, self.basis, self.carried_net(self.excuses), self.until)

    @property
    def _projected(self) -> int:
        """When it is due if it runs on from `until`, unless it was due before."""
        if self.override is not None:
            return self.override.due
        if self.basis.allowed is None:
            return due_after(self.basis, self.until, self._net_used, self.excuses)
        return add_working_time(self.basis.hours, self.until, self.basis.allowed - self._net_used, self.excuses)

    @property
    def _expected(self) -> int | None:
        """Like `_projected`, but `None` if its calendar has too few hours left.

        Only cycles that ended and gross ones get there: `check_hours_ahead` refuses one that still runs.
        """
        try:
            return self._projected
        except NeverOpenError:
            return None

    @property
    def _left(self) -> int | None:
        """The working time left until due; `None` without a target."""
        if not self._promises:
            return None
        if self.override is None and self.basis.allowed is not None:
            return self.basis.allowed - self._net_used
        reached = self._passed.reached
        due = self._expected if reached is None else reached
        return None if due is None else self.basis.hours.between(self.until, due)

    def _datetime(self, instant: int | None) -> datetime | None:
        return None if instant is None else datetime_of(instant, self.tz)


def _excused(marks: Sequence[Mark], counting: Counting, until: int, excuses: Sequence[Excuse]) -> int:
    """Return how much of the time counted until an instant is excused."""
    return counted_time(marks, counting, until) - counted_time(with_excuses(marks, excuses, until), counting, until)
