"""The run of a clock over a history: events and changes of terms begin and end cycles (SLA-1, SLA-2, SLA-7).

Instants are integers of microseconds. A run lives only while a history is read; the cycles it returns are immutable.
"""

from collections.abc import Callable, Sequence
from datetime import tzinfo

from attrs import define, evolve

from supportcore.sla.agreement.basis import Basis
from supportcore.sla.agreement.dispatch import CANCEL, MERGE, PAUSE, REOPEN, REPLACE, RESET, RESUME, START, STOP
from supportcore.sla.agreement.metrics import Metric
from supportcore.sla.causes import Cause
from supportcore.sla.clock.adjustments import DueOverride, Excuse
from supportcore.sla.clock.cycles import Carried, Cycle, Gap
from supportcore.sla.engine.running_cycle import RunningCycle
from supportcore.tickets import Event, Facts


@define
class NewFacts:
    """Other facts from an instant on, in microseconds, with the id of the event behind them, empty if there is none."""

    instant: int
    id: str
    facts: Facts


class ClockRun:
    """One clock while a history is read: that of the metric at a place of the agreement."""

    __slots__ = (
        "chosen", "cycle", "cycles", "excuses", "holding", "merged", "met", "metric", "place", "replaceable", "tz",
        "waiting",
    )  # fmt: skip

    def __init__(self, metric: Metric, place: int, tz: tzinfo) -> None:
        self.metric = metric
        self.place = place
        self.tz = tz
        self.chosen: Basis
        self.cycle: RunningCycle | None = None
        self.cycles: list[Cycle] = []
        self.merged = False
        # The causes of a pause: an event, which another may replace, and facts.
        self.waiting: Cause | None = None
        self.replaceable = False
        self.holding: Cause | None = None
        self.excuses: tuple[Excuse, ...] = ()
        # The conditions over facts that are met, by place.
        self.met = [False] * len(metric.fact_conditions)

    def take(self, step: Event | NewFacts, effects: int, terms: Callable[[], Sequence[Basis]]) -> None:
        """Apply the effects of a step in this order: the pause ends, the cycle ends or begins, a pause begins.

        `terms` returns the present terms of each clock of the agreement.
        """
        at, event, cycle = step.instant, step.id, self.cycle
        if effects & MERGE:
            if cycle is not None:
                self.end(cycle, at, Cause("merged", event))
            self.merged = True
            return
        if self.waiting is not None:
            self._end_waiting(at, effects, event)
        if cycle is not None:
            if effects & CANCEL:
                self.end(cycle, at, Cause("cancelled", event))
            elif effects & STOP:
                self.end(cycle, at, Cause("stopped", event))
            elif effects & RESET:
                reset = Cause("reset", event)
                self.end(cycle, at, reset)
                self.begin(at, reset)
        elif effects & (START | REOPEN):
            self.chosen = terms()[self.place]
            if not self.merged:
                reopened = effects & REOPEN and self.cycles and self._reopen(at, Cause("reopened", event))
                if effects & START and not reopened:
                    self.begin(at, Cause("started", event))
        if effects & PAUSE:
            self.waiting = Cause("paused", event, getattr(step, "reason", ""))
            self.replaceable = bool(effects & REPLACE)
            self._mark(at, self.waiting)

    def take_facts(self, step: Event | NewFacts, facts: Facts) -> int:
        """Pause or resume by the conditions over facts; return the effects of the conditions newly met."""
        effects, holds = 0, False
        for place, (effect, condition) in enumerate(self.metric.fact_conditions):
            met = condition.holds(facts)
            if effect == PAUSE:
                holds = holds or met
            elif met and not self.met[place]:
                effects |= effect
            self.met[place] = met
        if holds != (self.holding is not None):
            cause = Cause("facts", step.id)
            self.holding = cause if holds else None
            self._mark(step.instant, cause)
        return effects

    def override_due(self, at: int, override: DueOverride) -> None:
        """Set the due instant of the running cycle by hand (SLA-8)."""
        if self.cycle is not None:
            self.cycle.override_due(at, override)

    def withdraw_override(self, at: int, event: str) -> None:
        """Withdraw the due instant that an event set."""
        if self.cycle is not None:
            self.cycle.withdraw_override(at, event)

    def excuse(self, at: int, excuses: tuple[Excuse, ...]) -> None:
        """Replace the excused delays (SLA-8)."""
        self.excuses = excuses
        if self.cycle is not None:
            self.cycle.excuse(at, excuses)

    def begin(
        self, at: int, cause: Cause, chain: int = 0, basis: Basis | None = None, carry: Carried | None = None
    ) -> None:
        """Begin a cycle, by default in a new chain and under the chosen terms."""
        number = len(self.cycles) + 1
        basis = basis or self.chosen.begun(at)
        paused_by = self.waiting or self.holding
        self.cycle = RunningCycle(at, basis, cause, paused_by, number, chain or number, carry, self.excuses)

    def end(self, cycle: RunningCycle, at: int, cause: Cause) -> None:
        """End the running cycle."""
        self.cycles.append(cycle.ended(at, cause, self.tz))
        self.cycle = None

    def finish(self, now: int) -> tuple[Cycle, ...]:
        """Return the cycles as of an instant; excused delays also count for cycles that ended earlier."""
        cycles = self.cycles
        if self.cycle is not None:
            cycles = [*cycles, self.cycle.ended(now, None, self.tz)]
        if self.excuses:
            cycles = [evolve(cycle, excuses=self.excuses) for cycle in cycles]
        if self.cycle is not None:
            cycles[-1].check_hours_ahead()
        return tuple(cycles)

    def _end_waiting(self, at: int, effects: int, event: str) -> None:
        """End the pause of an earlier event, unless this event goes on with it."""
        ends_pause = effects & (RESUME | REOPEN) or (effects & REPLACE and self.replaceable)
        if ends_pause and not effects & PAUSE:
            self.waiting = None
            self._mark(at, Cause("reopened" if effects & REOPEN else "resumed", event))
        elif effects & (STOP | CANCEL):
            self.waiting = None

    def _reopen(self, at: int, cause: Cause) -> bool:
        """Begin the next cycle by the policy for a reopening; return whether it begins one."""
        last = self.cycles[-1]
        policy = self.metric.reopen.policy_for(last.until, at, self.chosen.terms)
        if policy == "ignore":
            return False
        carry = None
        if policy == "resume":
            carry = Carried(last.used, last, None)
        elif policy == "count":
            terms = self.chosen.terms
            counted = terms.calendar.compiled.between(last.until, at)
            carry = Carried(last.used + counted, last, Gap(last.until, at, terms))
        self.begin(at, cause, last.chain, carry=carry)
        return True

    def _mark(self, at: int, cause: Cause) -> None:
        """Record that a pause begins or ends, or has another cause."""
        if self.cycle is not None:
            paused_by = self.waiting or self.holding
            self.cycle.mark(at, paused_by is not None, paused_by or cause)
