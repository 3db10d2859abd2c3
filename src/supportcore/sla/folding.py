"""The fold of one clock: events and changes of terms go in, in order, and cycles come out (SLA-1, SLA-2, SLA-7, SLA-9).

Instants are integers of microseconds. A run lives only while a history is folded; what leaves it is immutable.
"""

from datetime import tzinfo

from supportcore.calendars import CompiledHours
from supportcore.sla.agreements import Agreement, Chosen
from supportcore.sla.causes import Cause
from supportcore.sla.changes import Policy
from supportcore.sla.courses import Basis, Counting, Excuse, Mark, Override, State, passing, stands
from supportcore.sla.cycles import Cycle, Phase, Result
from supportcore.sla.meanings import CANCEL, MERGE, PAUSE, REOPEN, REPLACE, RESET, RESUME, START, STOP
from supportcore.sla.metrics import Metric
from supportcore.sla.targets import Terms

__all__ = ["Run"]

# Later than every instant: when a target that is none falls due.
NEVER = 1 << 62

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
        "agreement", "allowed", "base", "basis", "breached", "carried", "carried_from", "chain",
        "chosen", "cycles", "elapsed", "excuses", "fallen", "gap", "held", "holding", "hours",
        "listens", "marks", "merged", "metric", "number", "opened_by", "override", "overrides", "paused",
        "replaceable", "running", "start", "states", "sums", "tz", "waiting",
    )  # fmt: skip

    def __init__(self, agreement: Agreement, metric: Metric, tz: tzinfo) -> None:
        self.tz = tz
        self.metric = metric
        # Its scale and its policies decide what a change does (SLA-9).
        self.agreement = agreement
        self.chosen: Chosen
        self.basis: Basis
        self.hours: CompiledHours
        self.base: int
        self.elapsed: int
        self.allowed: int | None
        # When the target was used up, and the last instant in time where it was exceeded.
        self.fallen: int | None
        self.breached: int | None
        self.cycles: list[Cycle] = []
        self.number = self.chain = 0
        self.running = self.merged = self.paused = False
        self.listens = AT_REST
        # Why it is paused: by an event, and by facts that hold.
        self.waiting: Cause | None = None
        self.holding: Cause | None = None
        self.replaceable = False
        # The due instants set by hand, and the one that holds.
        self.overrides: tuple[Override, ...] = ()
        self.override: Override | None = None
        self.excuses: tuple[Excuse, ...] = ()

    # What happens to it

    def step(self, t: int, bits: int, event: str, name: str) -> None:
        """What an event means, in this order: the pause ends, the cycle ends or begins, a pause begins."""
        if bits & MERGE:
            if self.running:
                self._end(t, "stopped", "superseded", Cause("merged", event, name))
            self.merged = True
            return
        if self.waiting and not bits & PAUSE and (bits & ENDS_WAITING or (bits & REPLACE and self.replaceable)):
            self.waiting = None
            self._marked(t, Cause("reopened" if bits & REOPEN else "resumed", event))
        if self.running:
            if bits & CANCEL:
                self._end(t, "cancelled", "none", Cause("cancelled", event))
                self.waiting = None
            elif bits & STOP:
                self._end(t, "stopped", None, Cause("stopped", event))
                self.waiting = None
            elif bits & RESET:
                reset = Cause("reset", event)
                self._end(t, "stopped", None, reset)
                self._begin(t, reset)
        else:
            if bits & (STOP | CANCEL):
                self.waiting = None
            if not self.merged:
                reopened = bits & REOPEN and self.cycles and self._reopen(t, Cause("reopened", event))
                if bits & START and not reopened:
                    self._begin(t, Cause("started", event))
        if bits & PAUSE:
            self.waiting = Cause("paused", event, name)
            self.listens = RUNNING if self.running else WAITING_AT_REST
            self.replaceable = bool(bits & REPLACE)
            self._marked(t, self.waiting)

    def hold(self, t: int, holds: bool, event: str) -> None:
        """Facts under which the clock is paused begin or cease to hold."""
        if holds != (self.holding is not None):
            cause = Cause("facts", event)
            self.holding = cause if holds else None
            self._marked(t, cause)

    def change(self, t: int, chosen: Chosen, cause: Cause, attached: bool) -> None:
        """Other terms from an instant on: the policy for it, bounded (SLA-9)."""
        old, self.chosen = self.chosen, chosen
        if not self.running or chosen is old:
            return
        if old.priority == chosen.priority and old.terms.same_as(chosen.terms):
            return
        self._advance(t)
        if self.fallen is not None and self.fallen < t:
            return
        known = (self.fallen, self.basis, t, self.elapsed)
        if old.priority is not None and old.priority != chosen.priority:
            self.held[old.priority] = known
        if chosen.terms.same_as(self.basis.terms):
            return
        due = _due(*known)
        direction = 0 if attached else self.agreement.direction(old.priority, chosen.priority)
        bound = direction
        if not attached and not direction:
            bound = 1 if self._candidate("retroactive", t, chosen)[2] < due else -1
        policy = self._policy(bound)
        if policy == "keep":
            return
        elapsed, basis, new_due = self._candidate(policy, t, chosen, cause)
        promised = self._promised(chosen.priority) if direction > 0 else None
        if promised is not None and new_due > promised:
            left = max(0, chosen.terms.calendar.compiled.between(t, promised))
            basis = basis._replace(allowed=elapsed + left, instant=None)
            new_due = promised
        if (bound > 0 and new_due > due) or (bound < 0 and new_due < due):
            return
        if policy == "restart":
            self._end(t, "stopped", "superseded", cause)
            self._begin(t, cause, chain=self.chain, basis=basis)
        else:
            self._measure(t, elapsed, basis._replace(because=cause))

    def overrule(self, t: int, override: Override) -> None:
        """A due instant set by hand holds from now on, until it is withdrawn or the cycle ends (SLA-8)."""
        if self.running:
            self.overrides = (*self.overrides, override)
            self.override = override
            self._noted(t)

    def withdraw(self, t: int, event: str) -> None:
        """A due instant set by hand holds no longer."""
        left = tuple(override for override in self.overrides if override.event != event)
        if self.running and len(left) < len(self.overrides):
            self.overrides = left
            self.override = left[-1] if left else None
            self._noted(t)

    def excuse(self, t: int, excuses: tuple[Excuse, ...]) -> None:
        """These are the delays that are known to be excused from now on (SLA-8)."""
        self.excuses = excuses
        if self.running:
            self._noted(t)

    def finish(self, now: int) -> tuple[Cycle, ...]:
        """The cycles as they stand at an instant; excuses that came late count for them too."""
        if self.running:
            self.hours.next_open(now)  # a clock that can never go on is an error here, not when it is asked (CAL-10)
            self._end(now, "paused" if self.paused else "running", "open" if self.basis.promises else "none", None)
        if self.excuses:
            return tuple([cycle._replace(excuses=self.excuses) for cycle in self.cycles])
        return tuple(self.cycles)

    # How a cycle begins and ends

    def _begin(
        self,
        t: int,
        cause: Cause,
        *,
        chain: int = 0,
        basis: Basis | None = None,
        carried_from: Cycle | None = None,
        gap: tuple[int, int, Terms] | None = None,
        carried: int = 0,
    ) -> None:
        self.running = True
        self.listens = RUNNING
        self.number += 1
        self.chain = chain or self.number
        self.start = t
        self.opened_by = cause
        self.carried = carried
        self.carried_from = carried_from
        self.gap = gap
        paused = self.waiting or self.holding
        self.paused = paused is not None
        self.marks: list[Mark] = [(t, self.paused, paused or cause)]
        self.states: list[State] = []
        self.held: dict[str, Known] = {}
        self.sums: dict[int, tuple[int, int]] = {}
        self.overrides, self.override = (), None
        self._measure(t, carried, basis or self.chosen.basis_from(t, carried))

    def _reopen(self, t: int, cause: Cause) -> bool:
        """Whether a reopening opens the next cycle."""
        last = self.cycles[-1]
        ended = last.until
        policy = self.metric.reopen.policy_for(ended, t, self.chosen.terms)
        if policy == "ignore":
            return False
        if policy == "restart":
            self._begin(t, cause, chain=last.chain)
            return True
        gap, carried = None, last.used
        if policy == "count":
            gap = (ended, t, self.chosen.terms)
            carried += self.chosen.terms.calendar.compiled.between(ended, t)
        self._begin(t, cause, chain=last.chain, carried_from=last, gap=gap, carried=carried)
        return True

    def _end(self, t: int, phase: Phase, result: Result | None, cause: Cause | None) -> None:
        """The cycle ends, with this result or with what comes of its target; without a cause it is only looked at."""
        self._advance(t)
        if result is None:
            result = "none" if not self.basis.promises else "met" if self.breached is None else "missed"
        self.running = False
        self.listens = AT_REST
        made = Cycle(
            self.number, self.chain, phase, self.opened_by, cause, self.start, None if cause is None else t, t,
            self.elapsed, self.carried, self.basis, result, self.fallen, self.breached, tuple(self.marks),
            tuple(self.states), self.carried_from, self.gap, self.override, (), self.tz,
        )  # fmt: skip
        self.cycles.append(made)

    # How its time is counted

    def _advance(self, t: int) -> None:
        """Counts the time since the last step."""
        base = self.base
        if t == base:
            return
        if self.basis.instant is not None and self.breached is None:
            due = self.basis.due_with(base, self.elapsed)
            if due <= t and stands(self.basis, due, base, self.paused):
                self.fallen = due
                self.breached = due if due < t else None
        if not self.paused:
            elapsed = self.elapsed + self.hours.between(base, t)
            allowed = self.allowed
            if allowed is not None and elapsed >= allowed and elapsed > self.elapsed and self.breached is None:
                used_up = self.hours.add(base, allowed - self.elapsed)
                if self.fallen is None:
                    self.fallen = used_up
                if elapsed > allowed:
                    self.breached = self.hours.next_open(used_up)
            self.elapsed = elapsed
        self.base = t

    def _marked(self, t: int, cause: Cause) -> None:
        """A pause begins or ends, or has another reason."""
        if not self.running:
            return
        self._advance(t)
        paused = self.waiting or self.holding
        before, self.paused = self.paused, paused is not None
        self.marks.append((t, self.paused, paused or cause))
        if before != self.paused:
            self._noted(t)

    def _noted(self, t: int) -> None:
        """From now on something else is known of when it is due."""
        self._advance(t)
        self.states.append((t, self.elapsed, not self.paused, self.basis, self.override, self.excuses))

    def _measure(self, t: int, elapsed: int, basis: Basis) -> None:
        """From now on the cycle is measured by this."""
        self.base = t
        self.elapsed = elapsed
        self.basis = basis
        self.allowed = allowed = basis.allowed
        self.hours = basis.terms.calendar.compiled
        self.fallen = self.breached = None
        if basis.instant is not None or (allowed is not None and elapsed >= allowed):
            self.fallen, self.breached = passing(self.marks, basis, self.carried, t)
        self.states.append((t, elapsed, not self.paused, basis, self.override, self.excuses))

    # What changed terms would mean

    def _policy(self, direction: int) -> Policy:
        policies = self.metric.change or self.agreement.change
        if direction:
            return policies.raised if direction > 0 else policies.lowered
        return policies.attached

    def _promised(self, priority: str | None) -> int | None:
        """When it was to be due while it last had this priority, none where it never had it."""
        known = self.held.get(priority) if priority is not None else None
        return None if known is None else _due(*known)

    def _candidate(self, policy: Policy, t: int, chosen: Chosen, cause: Cause | None = None) -> tuple[int, Basis, int]:
        """What a policy would make of the cycle: what has elapsed, what it is measured by, and when it is due."""
        terms = chosen.terms
        if policy == "restart":
            basis = chosen.basis_from(t)
            return 0, basis, _due_later(basis, t, 0)
        if policy == "retroactive":
            elapsed = self.carried + self._recounted(t, terms)
            basis = chosen.basis_from(self.start, self.carried)
        else:
            elapsed = self.elapsed
            counting = Counting(t, terms, cause, self.basis.counting)
            basis = chosen.basis_from(t, elapsed)._replace(counting=counting)
            if policy == "carry_fraction":
                basis = self._share_left(t, basis)
        return elapsed, basis, self._due_after(t, elapsed, basis)

    def _share_left(self, t: int, basis: Basis) -> Basis:
        """The share of the new target that was left of the old: `(1 − elapsed/old) · new`, rounded up (SLA-9).

        Without an old target all of it is left; a date has no share and stays as it is.
        """
        if not basis.promises or not basis.terms.moves:
            return basis
        new = basis.allowed
        if basis.instant is not None:
            new = basis.hours.between(t, basis.instant)
        assert new is not None, "a target that moves is an amount or a day form"
        old = self.allowed
        if self.basis.instant is not None:
            old = self.elapsed + self.hours.between(t, self.basis.due_with(t, self.elapsed))
        left = new
        if old is not None:
            left = -(-(old - self.elapsed) * new // old) if old > 0 else 0
        return basis._replace(allowed=self.elapsed + left, instant=None)

    def _due_after(self, t: int, elapsed: int, basis: Basis) -> int:
        if basis.allowed is not None and elapsed > basis.allowed:
            return t - 1  # reached some time before: no comparison asks when
        if basis.allowed is None or elapsed < basis.allowed:
            reached = None
            if basis.instant is not None:
                reached, _ = passing(self.marks, basis, self.carried, t)
            return _due_later(basis, t, elapsed) if reached is None else reached
        reached, _ = passing(self.marks, basis, self.carried, t)
        return t if reached is None else reached

    def _recounted(self, t: int, terms: Terms) -> int:
        """The time counted since the cycle's start on another calendar; each stretch is counted once per calendar."""
        hours = terms.calendar.compiled
        place, total = self.sums.get(id(terms.calendar), (0, 0))
        marks = self.marks
        while place < len(marks) - 1:
            if not marks[place][1]:
                total += hours.between(marks[place][0], marks[place + 1][0])
            place += 1
        self.sums[id(terms.calendar)] = (place, total)
        return total if marks[-1][1] else total + hours.between(marks[-1][0], t)


def _due(fallen: int | None, basis: Basis, t: int, elapsed: int) -> int:
    """When a cycle is due by what was known at an instant, or would be if it ran on then, where it was paused."""
    return _due_later(basis, t, elapsed) if fallen is None else fallen


def _due_later(basis: Basis, t: int, elapsed: int) -> int:
    """When a cycle is due that runs on from now and was not due before."""
    if basis.allowed is not None:
        return basis.hours.add(t, basis.allowed - elapsed)
    return NEVER if basis.instant is None else basis.due_with(t, elapsed)
