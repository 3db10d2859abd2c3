"""The fold of one clock: events and changes of terms go in, in order, and cycles come out (SLA-1, SLA-2, SLA-7, SLA-9).

Instants are integers of microseconds. A run lives only while a history is folded; what leaves it is immutable.
"""

from datetime import tzinfo

from supportcore.calendars import CompiledHours
from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.agreement.dispatch import CANCEL, MERGE, PAUSE, REOPEN, REPLACE, RESET, RESUME, START, STOP
from supportcore.sla.agreement.metrics import Metric
from supportcore.sla.agreement.terms import Chosen, Terms
from supportcore.sla.clock.causes import Because
from supportcore.sla.clock.cycles import Beginning, Cycle, Phase, Result
from supportcore.sla.clock.timekeeping import (
    NOT_PASSED,
    Basis,
    Excuse,
    Mark,
    Override,
    Passed,
    State,
    basis_from,
    passing,
    stands,
)

# Cycles are made at once, without a call for each of their fields.
NEW = tuple.__new__
# What matters to a clock: one that runs is not started, and one that does not is not ended.
RUNNING = ~START
AT_REST = ~(STOP | RESET | CANCEL)
WAITING_AT_REST = ~RESET
ENDS_WAITING = RESUME | REOPEN

# What says when a cycle is due: since when it is, what it is measured by, and from when on after how much elapsed time.
Known = tuple[int | None, Basis, int, int]


class Run:
    """One clock while its history is folded."""

    __slots__ = (
        "agreement", "basis", "begun", "chosen", "cycles", "dated", "excuses", "held", "holding", "hours", "listens",
        "marks", "merged", "metric", "origin", "override", "overrides", "replaceable", "running", "states", "sums",
        "tz", "waiting",
    )  # fmt: skip

    def __init__(self, agreement: Agreement, metric: Metric, tz: tzinfo) -> None:
        self.tz = tz
        self.metric = metric
        # Its scale and its policies decide what a change does (SLA-9).
        self.agreement = agreement
        self.chosen: Chosen
        self.cycles: list[Cycle] = []
        self.running = self.merged = False
        self.listens = AT_REST
        # Why it is paused: by an event, which another may replace, and by facts that hold.
        self.waiting: Because | None = None
        self.replaceable: bool
        self.holding: Because | None = None
        self.excuses: tuple[Excuse, ...] = ()
        # The cycle that runs: how it began, when it was paused, what was known of it from when on.
        self.begun: Beginning
        self.marks: list[Mark]
        self.states: list[State]
        # What it is measured by.
        self.basis: Basis
        self.hours: CompiledHours
        # Where its elapsed time began on the line of its calendar's open time, none while it is paused.
        self.origin: int | None
        # When a day form or a date was reached; of an amount the elapsed time says whether it is used up.
        self.dated: Passed
        # The due instant set by hand that holds; and those before it, which hold again where it is withdrawn.
        self.override: Override | None
        self.overrides: tuple[Override, ...]
        # What was known while it had each priority, and what was counted on each calendar since it began (SLA-9).
        self.held: dict[str, Known] | None
        self.sums: dict[int, tuple[int, int]] | None

    # What happens to it

    def step(self, t: int, bits: int, event: str, name: str) -> None:
        """What an event means, in this order: the pause ends, the cycle ends or begins, a pause begins."""
        if bits & MERGE:
            if self.running:
                self.end(t, "stopped", "superseded", ("merged", event, name))
            self.merged = True
            return
        if self.waiting and not bits & PAUSE and (bits & ENDS_WAITING or (bits & REPLACE and self.replaceable)):
            self.waiting = None
            self._marked(t, ("reopened", event, "") if bits & REOPEN else ("resumed", event, ""))
        if self.running:
            if bits & CANCEL:
                self.end(t, "cancelled", "none", ("cancelled", event, ""))
                self.waiting = None
            elif bits & STOP:
                self.end(t, "stopped", None, ("stopped", event, ""))
                self.waiting = None
            elif bits & RESET:
                reset: Because = ("reset", event, "")
                self.end(t, "stopped", None, reset)
                self.begin(t, reset)
        else:
            if bits & (STOP | CANCEL):
                self.waiting = None
            if not self.merged:
                reopened = bits & REOPEN and self.cycles and self._reopen(t, ("reopened", event, ""))
                if bits & START and not reopened:
                    self.begin(t, ("started", event, ""))
        if bits & PAUSE:
            waiting: Because = ("paused", event, name)
            self.waiting = waiting
            self.listens = RUNNING if self.running else WAITING_AT_REST
            self.replaceable = bool(bits & REPLACE)
            self._marked(t, waiting)

    def hold(self, t: int, holds: bool, event: str) -> None:
        """Facts under which the clock is paused begin or cease to hold."""
        if holds != (self.holding is not None):
            cause: Because = ("facts", event, "")
            self.holding = cause if holds else None
            self._marked(t, cause)

    def overrule(self, t: int, override: Override) -> None:
        """A due instant set by hand holds from now on, until it is withdrawn or the cycle ends (SLA-8)."""
        if self.running:
            self.overrides = (override,) if self.override is None else (*self.overrides, override)
            self.override = override
            self._noted(t, self.advance(t))

    def withdraw(self, t: int, event: str) -> None:
        """A due instant set by hand holds no longer."""
        if not self.running or self.override is None:
            return
        left = tuple(override for override in self.overrides if override.event != event)
        if len(left) < len(self.overrides):
            self.overrides = left
            self.override = left[-1] if left else None
            self._noted(t, self.advance(t))

    def excuse(self, t: int, excuses: tuple[Excuse, ...]) -> None:
        """These are the delays that are known to be excused from now on (SLA-8)."""
        self.excuses = excuses
        if self.running:
            self._noted(t, self.advance(t))

    def finish(self, now: int) -> tuple[Cycle, ...]:
        """The cycles as they stand at an instant; excuses that came late count for them too."""
        runs = self.running
        if runs:
            phase: Phase = "paused" if self.origin is None else "running"
            self.end(now, phase, "open" if self.basis.promises else "none", None)
        if self.excuses:
            self.cycles = [cycle._replace(excuses=self.excuses) for cycle in self.cycles]
        if runs:
            self.cycles[-1].must_go_on()
        return tuple(self.cycles)

    # How a cycle begins and ends

    def begin(
        self,
        t: int,
        cause: Because,
        chain: int = 0,
        basis: Basis | None = None,
        carried_from: Cycle | None = None,
        gap: tuple[int, int, Terms] | None = None,
        carried: int = 0,
    ) -> None:
        """A cycle begins."""
        self.running = True
        self.listens = RUNNING
        number = len(self.cycles) + 1
        self.begun = (number, chain or number, cause, t, carried, carried_from, gap)
        paused = self.waiting or self.holding
        self.marks = [(t, paused is not None, paused or cause)]
        self.states = []
        self.override = self.held = self.sums = None
        self.measure(t, carried, basis or basis_from(self.chosen, t, carried), paused is not None)

    def _reopen(self, t: int, cause: Because) -> bool:
        """Whether a reopening opens the next cycle."""
        last = self.cycles[-1]
        ended = last.until
        policy = self.metric.reopen.policy_for(ended, t, self.chosen.terms)
        if policy == "ignore":
            return False
        if policy == "restart":
            self.begin(t, cause, last.chain)
            return True
        gap, carried = None, last.used
        if policy == "count":
            gap = (ended, t, self.chosen.terms)
            carried += self.chosen.terms.calendar.compiled.between(ended, t)
        self.begin(t, cause, chain=last.chain, carried_from=last, gap=gap, carried=carried)
        return True

    def end(self, t: int, phase: Phase, result: Result | None, cause: Because | None) -> None:
        """The cycle ends, with this result or with what comes of its target; without a cause it is only looked at."""
        elapsed, basis = self.advance(t), self.basis
        if result is None:
            if basis.allowed is not None:
                result = "met" if elapsed <= basis.allowed else "missed"
            else:
                result = "none" if basis.instant is None else "met" if self.dated[1] is None else "missed"
        self.running = False
        self.listens = AT_REST
        self.cycles.append(NEW(Cycle, (
            self.begun, phase, cause, None if cause is None else t, t, elapsed, basis, result, self.dated,
            tuple(self.marks), tuple(self.states), self.override, (), self.tz,
        )))  # fmt: skip

    # How its time is counted

    def advance(self, t: int) -> int:
        """What has elapsed by an instant, after it was noted whether a day form or date was reached before."""
        if self.basis.instant is not None and self.dated[1] is None:
            self._reached_date(t)
        return self.states[-1][1] if self.origin is None else self.hours.worked(t) - self.origin

    def fallen(self, t: int, elapsed: int) -> int | None:
        """When it fell due, if that was by an instant by which so much had elapsed."""
        allowed = self.basis.allowed
        if allowed is None:
            return self.dated[0]
        if elapsed > allowed:
            return t - 1  # some time before: nobody asks when
        return None if elapsed < allowed else passing(self.marks, self.basis, self.begun[4], t)[0]

    def _reached_date(self, t: int) -> None:
        at, elapsed, active, basis, _, _ = self.states[-1]
        due = basis.due_with(at, elapsed)
        if due <= t and stands(basis, due, at, not active):
            self.dated = due, due if due < t else None

    def _marked(self, t: int, cause: Because) -> None:
        """A pause begins or ends, or has another reason."""
        if not self.running:
            return
        elapsed = self.advance(t)
        paused = self.waiting or self.holding
        self.marks.append((t, paused is not None, paused or cause))
        if (self.origin is None) != (paused is not None):
            self.origin = self.hours.worked(t) - elapsed if paused is None else None
            self._noted(t, elapsed)

    def _noted(self, t: int, elapsed: int) -> None:
        """From now on something else is known of when it is due."""
        self.states.append((t, elapsed, self.origin is not None, self.basis, self.override, self.excuses))

    def measure(self, t: int, elapsed: int, basis: Basis, paused: bool) -> None:
        """From now on the cycle is measured by this."""
        self.hours = hours = basis.terms.calendar.compiled
        self.origin = None if paused else hours.worked(t) - elapsed
        self.basis = basis
        self.dated = NOT_PASSED if basis.instant is None else passing(self.marks, basis, self.begun[4], t)
        self.states.append((t, elapsed, not paused, basis, self.override, self.excuses))
