"""The fold of one clock: events and changes of terms go in, in order, and cycles come out (SLA-1, SLA-2, SLA-7, SLA-9).

Instants are integers of microseconds. A run lives only while a history is folded; what leaves it is immutable.
"""

from datetime import tzinfo

from supportcore.calendars import CompiledHours
from supportcore.sla.agreements import Agreement, Chosen
from supportcore.sla.causes import Because
from supportcore.sla.courses import Basis, Excuse, Mark, Override, State, passing, stands
from supportcore.sla.cycles import Cycle, Phase, Result
from supportcore.sla.meanings import CANCEL, MERGE, PAUSE, REOPEN, REPLACE, RESET, RESUME, START, STOP
from supportcore.sla.metrics import Metric
from supportcore.sla.targets import Terms

__all__ = ["Run"]

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
        "agreement", "allowed", "base", "basis", "breached", "carried", "carried_from", "chain", "chosen",
        "cycles", "elapsed", "excuses", "fallen", "gap", "held", "holding", "hours", "listens", "marks", "merged",
        "metric", "number", "opened", "override", "overrides", "paused", "replaceable", "running", "start", "states",
        "sums", "tz", "waiting", "worked",
    )  # fmt: skip

    def __init__(self, agreement: Agreement, metric: Metric, tz: tzinfo) -> None:
        self.tz = tz
        self.metric = metric
        # Its scale and its policies decide what a change does (SLA-9).
        self.agreement = agreement
        self.chosen: Chosen
        self.basis: Basis
        self.hours: CompiledHours
        # Where its time was counted last, what had elapsed by then, and how much was worked on its hours, if it runs.
        self.base: int
        self.elapsed: int
        self.worked: int | None = None
        self.allowed: int | None
        # When the target was used up, and the last instant in time where it was exceeded.
        self.fallen: int | None
        self.breached: int | None
        self.cycles: list[Cycle] = []
        self.number = 0
        self.chain: int
        self.running = self.merged = False
        self.paused: bool
        self.listens = AT_REST
        # Why it is paused: by an event, which another may replace, and by facts that hold.
        self.waiting: Because | None = None
        self.replaceable: bool
        self.holding: Because | None = None
        # What was known while it had each priority, and what was counted on each calendar since it began (SLA-9).
        self.held: dict[str, Known] | None
        self.sums: dict[int, tuple[int, int]] | None
        # The due instants set by hand, and the one that holds.
        self.overrides: tuple[Override, ...]
        self.override: Override | None
        self.excuses: tuple[Excuse, ...] = ()

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
            self.overrides = (*self.overrides, override)
            self.override = override
            self.advance(t)
            self._noted(t)

    def withdraw(self, t: int, event: str) -> None:
        """A due instant set by hand holds no longer."""
        if not self.running:
            return
        left = tuple(override for override in self.overrides if override.event != event)
        if len(left) < len(self.overrides):
            self.overrides = left
            self.override = left[-1] if left else None
            self.advance(t)
            self._noted(t)

    def excuse(self, t: int, excuses: tuple[Excuse, ...]) -> None:
        """These are the delays that are known to be excused from now on (SLA-8)."""
        self.excuses = excuses
        if self.running:
            self.advance(t)
            self._noted(t)

    def finish(self, now: int) -> tuple[Cycle, ...]:
        """The cycles as they stand at an instant; excuses that came late count for them too."""
        runs = self.running
        if runs:
            self.end(now, "paused" if self.paused else "running", "open" if self.basis.promises else "none", None)
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
        self.number += 1
        self.chain = chain or self.number
        self.start = t
        self.opened = cause
        self.carried = carried
        self.carried_from = carried_from
        self.gap = gap
        paused = self.waiting or self.holding
        self.paused = paused is not None
        self.marks: list[Mark] = [(t, self.paused, paused or cause)]
        self.states: list[State] = []
        self.held = self.sums = None
        self.overrides, self.override = (), None
        self.measure(t, carried, basis or self.chosen.basis_from(t, carried))

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
        self.advance(t)
        if result is None:
            promised = self.allowed is not None or self.basis.instant is not None
            result = "none" if not promised else "met" if self.breached is None else "missed"
        self.running = False
        self.listens = AT_REST
        made = tuple.__new__(Cycle, (
            self.number, self.chain, phase, self.opened, cause, self.start, None if cause is None else t, t,
            self.elapsed, self.carried, self.basis, result, self.fallen, self.breached, tuple(self.marks),
            tuple(self.states), self.carried_from, self.gap, self.override, (), self.tz,
        ))  # fmt: skip
        self.cycles.append(made)

    # How its time is counted

    def advance(self, t: int) -> None:
        """Counts the time since the last step."""
        base = self.base
        if t == base:
            return
        if self.breached is None and self.basis.instant is not None:
            due = self.basis.due_with(base, self.elapsed)
            if due <= t and stands(self.basis, due, base, self.paused):
                self.fallen = due
                self.breached = due if due < t else None
        before = self.worked
        if before is not None:
            self.worked = worked = self.hours.worked(t)
            elapsed = self.elapsed + worked - before
            allowed = self.allowed
            if allowed is not None and elapsed >= allowed and elapsed > self.elapsed and self.breached is None:
                used_up = self.hours.add(base, allowed - self.elapsed)
                if self.fallen is None:
                    self.fallen = used_up
                if elapsed > allowed:
                    self.breached = self.hours.next_open(used_up)
            self.elapsed = elapsed
        self.base = t

    def _marked(self, t: int, cause: Because) -> None:
        """A pause begins or ends, or has another reason."""
        if not self.running:
            return
        self.advance(t)
        paused = self.waiting or self.holding
        before, self.paused = self.paused, paused is not None
        self.marks.append((t, self.paused, paused or cause))
        if before != self.paused:
            self.worked = None if self.paused else self.hours.worked(t)
            self._noted(t)

    def _noted(self, t: int) -> None:
        """From now on something else is known of when it is due."""
        self.states.append((t, self.elapsed, not self.paused, self.basis, self.override, self.excuses))

    def measure(self, t: int, elapsed: int, basis: Basis) -> None:
        """From now on the cycle is measured by this."""
        hours = basis.terms.calendar.compiled
        if self.paused:
            self.worked = None
        elif self.worked is None or self.base != t or self.hours is not hours:
            self.worked = hours.worked(t)
        self.hours = hours
        self.base = t
        self.elapsed = elapsed
        self.basis = basis
        self.allowed = allowed = basis.allowed
        self.fallen = self.breached = None
        if basis.instant is not None or (allowed is not None and elapsed >= allowed):
            self.fallen, self.breached = passing(self.marks, basis, self.carried, t)
        self.states.append((t, elapsed, not self.paused, basis, self.override, self.excuses))
