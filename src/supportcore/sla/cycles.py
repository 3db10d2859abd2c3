"""One run of a clock from start to end, with its own target and result; once finished it never changes (SLA-7)."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from supportcore.instants import datetime_of, span_of
from supportcore.rules import Rule
from supportcore.sla.agreements import Target, Terms
from supportcore.sla.causes import Cause
from supportcore.sla.courses import Basis, Mark, State, crossing, used_up
from supportcore.sla.metrics import Threshold

__all__ = ["Cycle", "Phase", "Result"]

Phase = Literal["pending", "running", "paused", "stopped", "cancelled"]
Result = Literal["open", "met", "missed", "superseded", "none"]


@frozen
class Cycle:
    """A cycle as it stands at an instant; durations are working time on its calendar.

    `number` counts the clock's cycles from 1. Cycles that a reopening or exchange joined share `chain`; attainment
    counts the last of a chain (SLA-7). `opened_by` and `ended_by` say what began and ended it. Instants carry the
    zone in which the answer was asked for (`as_of`).

    `start`, `end`, `until` (its end, or `as_of`), `used`, `carried` and `fell_due` are the same in integer
    microseconds.
    """

    number: int
    chain: int
    phase: Phase
    result: Result
    opened_by: Cause
    ended_by: Cause | None
    start: int
    end: int | None
    until: int
    used: int
    carried: int
    basis: Basis = field(repr=False)
    fell_due: int | None = field(repr=False)
    in_time_until: int | None = field(repr=False)
    marks: Sequence[Mark] = field(repr=False)
    states: Sequence[State] = field(repr=False)
    carried_from: "Cycle | None" = field(repr=False)
    gap: tuple[int, int, Terms] | None = field(repr=False)
    tz: tzinfo = field(repr=False, eq=False)

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

    @property
    def rule(self) -> Rule | None:
        """The rule of the targets that chose the promise."""
        return self.basis.rule

    @property
    def priority(self) -> str | None:
        """The priority for which the promise was chosen."""
        return self.basis.priority

    @property
    def hours(self) -> str:
        """How people call the calendar that counts."""
        return self.basis.terms.hours

    @property
    def allowed(self) -> timedelta | None:
        """The working time that may pass: the target, or what a change left or an earlier promise cut it to (SLA-9)."""
        return None if self.basis.allowed is None else span_of(self.basis.allowed)

    @property
    def elapsed(self) -> timedelta:
        """The working time used, what an earlier cycle carried into it included."""
        return span_of(self.used)

    @property
    def remaining(self) -> timedelta | None:
        """What is left of the target, negative when it is exceeded; none without a target."""
        return None if self.basis.allowed is None else span_of(self.basis.allowed - self.used)

    @property
    def overrun(self) -> timedelta:
        """The working time beyond the target."""
        return span_of(0 if self.basis.allowed is None else max(0, self.used - self.basis.allowed))

    @property
    def due(self) -> int | None:
        """When the elapsed time reaches the target, in microseconds; none without one and while paused (SLA-6)."""
        if self.fell_due is not None or self.basis.allowed is None:
            return self.fell_due
        return None if self.phase == "paused" else self._projected(self.basis.allowed)

    @property
    def due_at(self) -> datetime | None:
        """The earliest instant at which the elapsed time reaches the target (SLA-6).

        None without a target, and while paused unless already reached. For a cycle that ended in time it is the
        instant at which it would have been due, had it gone on.
        """
        return self._datetime(self.due)

    @property
    def due_if_resumed_now(self) -> datetime | None:
        """While paused: when it would be due if the pause ended at `as_of`; none otherwise."""
        if self.phase != "paused" or self.basis.allowed is None:
            return None
        due = self.fell_due
        return self._datetime(self._projected(self.basis.allowed) if due is None else due)

    @property
    def breached(self) -> bool:
        """Whether the target is exceeded: the elapsed time is more than it (SLA-6)."""
        return self.in_time_until is not None

    @property
    def breached_at(self) -> datetime | None:
        """The last instant still in time, where the target is exceeded; none where it is not (SLA-6)."""
        return self._datetime(self.in_time_until)

    @property
    def breach(self) -> int | None:
        """The last instant still in time if nothing else happens, in microseconds; none while it is not to come."""
        if self.in_time_until is not None or self.basis.allowed is None or self.phase != "running":
            return self.in_time_until
        return used_up(self.until, self.used, self.basis.allowed, self.basis.terms)

    def instant_at(self, fraction: Fraction, known_until: int) -> int | None:
        """The earliest instant, in microseconds, at which this share of the target is used (SLA-10).

        What was known at `known_until` counts: the events up to it, its own instant included. An instant that fell
        due strictly before a later event stays, whatever that event changed (G-8). None where it is not to come: no
        target, paused before, ended before. An instant earlier than the last event counted was made due by that
        event.
        """
        return self.threshold_instant(Threshold("", share=fraction), known_until)[0]

    def threshold_instant(self, threshold: Threshold, known_until: int) -> tuple[int | None, int]:
        """The instant of a threshold as known at `known_until`, and its arming: how often it moved (SLA-10)."""
        projected: int | None = None
        arming = 0
        count = len(self.states)
        for place, state in enumerate(self.states):
            if state.at > known_until:
                break
            before = self.states[place + 1].at if place + 1 < count else self.end
            if before is not None and before > known_until:
                before = None
            at = self._crossed(state, threshold)
            if at is not None and at != projected:
                projected, arming = at, arming + 1
            if at is not None and (before is None or at < before):
                return at, arming
        return None, arming

    def _crossed(self, state: State, threshold: Threshold) -> int | None:
        """When the threshold is reached by what a state knew."""
        basis = state.basis
        if basis.allowed is None:
            return None
        amount = threshold.used(basis.allowed)
        if state.elapsed < amount:
            return basis.terms.calendar.compiled.add(state.at, amount - state.elapsed) if state.active else None
        marks = [mark for mark in self.marks if mark.at <= state.at]
        reached, _ = crossing(marks, basis.counting, self.carried, amount, state.at)
        assert reached is not None, "what has elapsed was counted"
        return reached

    def _projected(self, amount: int) -> int:
        return self.basis.terms.calendar.compiled.add(self.until, amount - self.used)

    def _datetime(self, instant: int | None) -> datetime | None:
        return None if instant is None else datetime_of(instant, self.tz)
