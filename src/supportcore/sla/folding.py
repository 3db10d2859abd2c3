"""The fold of one clock: events and changes of terms go in, in order, and cycles come out (SLA-1, SLA-2, SLA-7, SLA-9).

Instants are integers of microseconds. A run lives only while a history is folded; what leaves it is immutable.
"""

from datetime import tzinfo

from supportcore.calendars.compiled import CompiledHours
from supportcore.sla.agreements import Agreement, Chosen, Terms
from supportcore.sla.causes import Cause
from supportcore.sla.changes import ChangePolicy, Policy
from supportcore.sla.courses import Basis, Counting, Mark, State, crossing, used_up
from supportcore.sla.cycles import Cycle, Phase, Result
from supportcore.sla.meanings import CANCEL, MERGE, PAUSE, REOPEN, REPLACE, RESET, RESUME, START, STOP
from supportcore.sla.metrics import Metric

__all__ = ["Run"]

# Later than every instant: when a target that is none falls due.
NEVER = 1 << 62


class Run:
    """One clock while its history is folded."""

    __slots__ = (
        "agreement", "allowed", "base", "basis", "breached", "carried", "carried_from", "chain",
        "change_policy", "chosen", "cycles", "elapsed", "fallen", "gap", "held", "holding", "hours",
        "marks", "merged", "metric", "number", "opened_by", "replaceable", "running", "start",
        "states", "sums", "tz", "waiting",
    )  # fmt: skip

    def __init__(self, agreement: Agreement, metric: Metric, tz: tzinfo) -> None:
        self.tz = tz
        self.agreement = agreement
        self.metric = metric
        self.change_policy: ChangePolicy = metric.change or agreement.change
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
        self.running = self.merged = False
        # Why it is paused: by an event, and by facts that hold.
        self.waiting: Cause | None = None
        self.holding: Cause | None = None
        self.replaceable = False

    # What happens to it

    def step(self, t: int, bits: int, event: str, name: str) -> None:
        """What an event means, in this order: the pause ends, the cycle ends or begins, a pause begins."""
        if bits & MERGE:
            if self.running:
                self._end(t, "stopped", "superseded", Cause("merged", event, name))
            self.merged = True
            return
        ends_wait = bits & (RESUME | REOPEN) or (bits & REPLACE and self.replaceable)
        if self.waiting and ends_wait and not bits & PAUSE:
            self.waiting = None
            self._marked(t, Cause("reopened" if bits & REOPEN else "resumed", event))
        if self.running:
            if bits & CANCEL:
                self._end(t, "cancelled", "none", Cause("cancelled", event))
                self.waiting = None
            elif bits & STOP:
                self._end(t, "stopped", self._result(t), Cause("stopped", event))
                self.waiting = None
            elif bits & RESET:
                self._end(t, "stopped", self._result(t), Cause("reset", event))
                self._begin(t, Cause("reset", event))
        elif bits & REOPEN and self.cycles and not self.merged:
            self._reopen(t, Cause("reopened", event))
        elif bits & START and not self.merged:
            self._begin(t, Cause("started", event))
        if bits & PAUSE:
            self.waiting = Cause("paused", event, name)
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
        if not self.running or (old.priority == chosen.priority and _same(old.terms, chosen.terms)):
            return
        self._advance(t)
        if self.fallen is not None and self.fallen < t:
            return
        due = self._due(t)
        if old.priority is not None and old.priority != chosen.priority:
            self.held[old.priority] = due
        if _same(chosen.terms, self.basis.terms):
            return
        direction = 0 if attached else self.agreement.direction(old.priority, chosen.priority)
        bound = direction
        if not attached and not direction:
            bound = 1 if self._candidate("retroactive", t, chosen.terms)[3] < due else -1
        policy = self._policy(bound)
        if policy == "keep":
            return
        elapsed, allowed, counting, new_due = self._candidate(policy, t, chosen.terms, cause)
        promised = self.held.get(chosen.priority) if direction > 0 and chosen.priority is not None else None
        if promised is not None and new_due > promised:
            allowed = elapsed + max(0, chosen.terms.calendar.compiled.between(t, promised))
            new_due = promised
        if (bound > 0 and new_due > due) or (bound < 0 and new_due < due):
            return
        basis = Basis(chosen.terms, chosen.rule, chosen.priority, allowed, counting)
        if policy == "restart":
            self._end(t, "stopped", "superseded", cause)
            self._begin(t, cause, chain=self.chain, basis=basis)
        else:
            self._measure(t, elapsed, basis)

    def finish(self, now: int) -> tuple[Cycle, ...]:
        """The cycles as they stand at an instant."""
        if self.running:
            self._advance(now)
            paused = self.waiting or self.holding
            self.cycles.append(self._cycle(now, None, "paused" if paused else "running", "open", None))
        return tuple(self.cycles)

    # How a cycle begins and ends

    def _begin(
        self,
        t: int,
        cause: Cause,
        *,
        chain: int | None = None,
        basis: Basis | None = None,
        carried_from: Cycle | None = None,
        gap: tuple[int, int, Terms] | None = None,
        carried: int = 0,
    ) -> None:
        chosen = self.chosen
        self.running = True
        self.number += 1
        self.chain = self.number if chain is None else chain
        self.start = t
        self.opened_by = cause
        self.carried = carried
        self.carried_from = carried_from
        self.gap = gap
        paused = self.waiting or self.holding
        self.marks = [Mark(t, paused is not None, paused or cause)]
        self.states: list[State] = []
        self.held: dict[str, int] = {}
        self.sums: dict[int, tuple[int, int]] = {}
        self._measure(
            t,
            carried,
            basis or Basis(chosen.terms, chosen.rule, chosen.priority, chosen.terms.amount, Counting(t, chosen.terms)),
        )

    def _reopen(self, t: int, cause: Cause) -> None:
        last = self.cycles[-1]
        ended = last.until
        policy = self.metric.reopen.policy_after(t - ended)
        if policy == "ignore":
            return
        if policy == "restart":
            self._begin(t, cause, chain=last.chain)
            return
        gap, carried = None, last.used
        if policy == "count":
            gap = (ended, t, self.chosen.terms)
            carried += self.chosen.terms.calendar.compiled.between(ended, t)
        self._begin(t, cause, chain=last.chain, carried_from=last, gap=gap, carried=carried)

    def _end(self, t: int, phase: Phase, result: Result, cause: Cause) -> None:
        self._advance(t)
        self.cycles.append(self._cycle(t, t, phase, result, cause))
        self.running = False

    def _result(self, t: int) -> Result:
        self._advance(t)
        if self.allowed is None:
            return "none"
        return "met" if self.elapsed <= self.allowed else "missed"

    def _cycle(self, until: int, end: int | None, phase: Phase, result: Result, cause: Cause | None) -> Cycle:
        return Cycle(
            self.number, self.chain, phase, "none" if self.allowed is None and result == "open" else result,
            self.opened_by, cause, self.start, end, until, self.elapsed, self.carried, self.basis, self.fallen,
            self.breached, tuple(self.marks), tuple(self.states), self.carried_from, self.gap, self.tz,
        )  # fmt: skip

    # How its time is counted

    def _advance(self, t: int) -> None:
        """Counts the time since the last step."""
        if self.waiting is None and self.holding is None:
            used = self.hours.between(self.base, t)
            if used:
                allowed = self.allowed
                if allowed is not None and self.breached is None and self.elapsed + used >= allowed:
                    if self.fallen is None:
                        self.fallen = self.hours.add(self.base, allowed - self.elapsed)
                    if self.elapsed + used > allowed:
                        self.breached = used_up(self.base, self.elapsed, allowed, self.basis.terms)
                self.elapsed += used
        self.base = t

    def _marked(self, t: int, cause: Cause) -> None:
        """A pause begins or ends; called after the reason for it is set."""
        if not self.running:
            return
        paused = self.waiting or self.holding
        last = self.marks[-1]
        if not last.paused:
            waiting, holding = self.waiting, self.holding
            self.waiting = self.holding = None
            self._advance(t)
            self.waiting, self.holding = waiting, holding
        self.base = t
        self.marks.append(Mark(t, paused is not None, paused or cause))
        if last.paused != (paused is not None):
            self.states.append(State(t, self.elapsed, paused is None, self.basis))

    def _measure(self, t: int, elapsed: int, basis: Basis) -> None:
        """From now on the cycle is measured by this."""
        self.base = t
        self.elapsed = elapsed
        self.basis = basis
        self.allowed = basis.allowed
        self.hours = basis.terms.calendar.compiled
        self.fallen = self.breached = None
        if basis.allowed is not None and elapsed >= basis.allowed:
            self.fallen, self.breached = crossing(self.marks, basis.counting, self.carried, basis.allowed, t)
        self.states.append(State(t, elapsed, not self.marks[-1].paused, basis))

    # What changed terms would mean

    def _policy(self, direction: int) -> Policy:
        if direction:
            return self.change_policy.raised if direction > 0 else self.change_policy.lowered
        return self.change_policy.attached

    def _due(self, t: int) -> int:
        """When the cycle is due, or would be if it ran on from now, where it is paused."""
        if self.fallen is not None:
            return self.fallen
        return NEVER if self.allowed is None else self.hours.add(t, self.allowed - self.elapsed)

    def _candidate(
        self, policy: Policy, t: int, terms: Terms, cause: Cause | None = None
    ) -> tuple[int, int | None, Counting, int]:
        """What a policy would make of the cycle: elapsed, allowed, how it is counted, and when it is due."""
        allowed = terms.amount
        if policy == "restart":
            due = NEVER if allowed is None else terms.calendar.compiled.add(t, allowed)
            return 0, allowed, Counting(t, terms), due
        if policy == "retroactive":
            elapsed, counting = self.carried + self._recounted(t, terms), Counting(self.start, terms)
        else:
            elapsed, counting = self.elapsed, Counting(t, terms, cause, self.basis.counting)
            if policy == "carry_fraction" and allowed is not None:
                allowed = elapsed + _left(self.allowed, elapsed, allowed)
        return elapsed, allowed, counting, self._due_after(t, elapsed, allowed, terms, counting)

    def _due_after(self, t: int, elapsed: int, allowed: int | None, terms: Terms, counting: Counting) -> int:
        if allowed is None:
            return NEVER
        if elapsed < allowed:
            return terms.calendar.compiled.add(t, allowed - elapsed)
        if elapsed > allowed:
            return t - 1  # reached some time before: no comparison asks when
        reached, _ = crossing(self.marks, counting, self.carried, allowed, t)
        return t if reached is None else reached

    def _recounted(self, t: int, terms: Terms) -> int:
        """The time counted since the cycle's start on another calendar; each stretch is counted once per calendar."""
        hours = terms.calendar.compiled
        place, total = self.sums.get(id(terms.calendar), (0, 0))
        marks = self.marks
        while place < len(marks) - 1:
            if not marks[place].paused:
                total += hours.between(marks[place].at, marks[place + 1].at)
            place += 1
        self.sums[id(terms.calendar)] = (place, total)
        return total if marks[-1].paused else total + hours.between(marks[-1].at, t)


def _same(one: Terms, other: Terms) -> bool:
    """Whether two terms promise the same: amount and calendar."""
    if one is other:
        return True
    return one.amount == other.amount and (one.calendar is other.calendar or one.calendar == other.calendar)


def _left(old: int | None, elapsed: int, new: int) -> int:
    """What carrying the share leaves of a new target: `(1 − elapsed/old) · new`, rounded up (SLA-9)."""
    if old is None:
        return new
    return -(-(old - elapsed) * new // old) if old else 0
