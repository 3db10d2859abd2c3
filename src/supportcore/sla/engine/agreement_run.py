"""The run of an agreement over a history: each step applied to each of its clocks (SLA-1, SLA-2)."""

from collections.abc import Iterable
from datetime import tzinfo

from attrs import frozen

from supportcore.instants import micros
from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.agreement.basis import Basis
from supportcore.sla.agreement.dispatch import PAUSE, REOPEN, START
from supportcore.sla.causes import Cause
from supportcore.sla.clock.adjustments import DueOverride, Excuse
from supportcore.sla.clock.cycles import Cycle
from supportcore.sla.engine.changed_terms import change_terms
from supportcore.sla.engine.clock_run import ClockRun
from supportcore.tickets import Attached, DueOverridden, Event, Excused, Facts, Opened, Withdrawn


@frozen
class NewFacts:
    """Other facts from an instant on, in microseconds, and the event behind them, if any."""

    instant: int
    facts: Facts
    because: object


@frozen
class NewEdition:
    """Another edition of the agreement from an instant on, in microseconds.

    Without a cause, the attachment that follows is what changes the terms (G-12).
    """

    instant: int
    agreement: Agreement
    cause: Cause | None


Step = Event | NewFacts | NewEdition

# The event types that decide about the clocks of an agreement by hand.
BY_HAND = (Attached, DueOverridden, Excused, Withdrawn)


class AgreementRun:
    """The working state of the clocks of an agreement, called by `name`, while a history is read."""

    __slots__ = ("agreement", "attachments", "chosen", "excuses", "facts", "name", "runs")

    def __init__(self, agreement: Agreement, name: str, facts: Facts, tz: tzinfo) -> None:
        self.agreement = agreement
        self.name = name
        self.runs = [ClockRun(agreement, metric, tz) for metric in agreement.metrics]
        self.attachments: list[str] = []
        self.excuses: tuple[Excuse, ...] = ()
        self.facts = facts
        # The terms under the present facts, chosen when a clock needs them: a table without an outcome for the ticket
        # raises no error while no clock runs.
        self.chosen: tuple[Basis, ...] | None = None

    def take(self, steps: Iterable[Step]) -> None:
        """Apply steps in order."""
        dispatch, runs = self.agreement.dispatch, self.runs
        for step in steps:
            if isinstance(step, NewFacts):
                self._take_facts(step)
                continue
            if isinstance(step, NewEdition):
                self._take_edition(step)
                continue
            kind = type(step)
            if kind is Opened:
                self._take_fact_conditions(step.instant, step.id)
            elif isinstance(step, BY_HAND):
                self._decide(step)
            for place, effects in dispatch[kind]:
                bits = effects.always
                for bit, condition in effects.conditional:
                    if condition.matches(step):
                        bits |= bit
                if bits:
                    run = runs[place]
                    if run.cycle is None and bits & (START | REOPEN):
                        run.chosen = self._terms()[place]
                    run.take(step.instant, bits, step.id, getattr(step, "reason", "") if bits & PAUSE else "")

    def finish(self, now: int) -> list[tuple[Cycle, ...]]:
        """Return the cycles of each metric as of an instant."""
        return [run.finish(now) for run in self.runs]

    def _take_facts(self, step: NewFacts) -> None:
        self.facts = step.facts
        self.chosen = None
        event = str(getattr(step.because, "id", ""))
        self._change_terms(step.instant, Cause("changed", event))
        self._take_fact_conditions(step.instant, event)

    def _take_edition(self, step: NewEdition) -> None:
        """Change the edition; the policy of the new edition applies to running cycles (SLA-9)."""
        self.agreement = step.agreement
        self.chosen = None
        for run in self.runs:
            run.agreement = step.agreement
        if step.cause is not None:
            self._change_terms(step.instant, step.cause)

    def _apply(self, place: int, at: int, effects: int, event: str, reason: str) -> None:
        if effects:
            run = self.runs[place]
            if run.cycle is None and effects & (START | REOPEN):
                run.chosen = self._terms()[place]
            run.take(at, effects, event, reason)

    def _terms(self) -> tuple[Basis, ...]:
        """Return the terms of each clock under the present facts."""
        if self.chosen is None:
            applies = bool(self.attachments) or not self.agreement.on_attachment
            self.chosen = self.agreement.choose(self.facts, applies)
        return self.chosen

    def _change_terms(self, at: int, cause: Cause, attached: bool = False) -> None:
        for place, run in enumerate(self.runs):
            if run.cycle is not None:
                change_terms(run, at, self._terms()[place], cause, attached)

    def _take_fact_conditions(self, at: int, event: str) -> None:
        for place, run in enumerate(self.runs):
            if run.metric.fact_conditions:
                self._apply(place, at, run.take_facts(at, self.facts, event), event, "")

    def _decide(self, event: Attached | DueOverridden | Excused | Withdrawn) -> None:
        """Apply a decision by hand."""
        at = event.instant
        if self.agreement.on_attachment and isinstance(event, (Attached, Withdrawn)):
            self._attach(event)
        if isinstance(event, DueOverridden):
            override = DueOverride(micros(event.due), event.id, event.reason)
            for run in self.runs:
                if run.metric.name == event.metric and event.agreement in ("", self.name):
                    run.override_due(at, override)
        elif isinstance(event, Excused):
            excuse = Excuse(micros(event.start), micros(event.end), event.id, event.reason)
            self._excuse(at, (*self.excuses, excuse))
        elif isinstance(event, Withdrawn):
            for run in self.runs:
                run.withdraw_override(at, event.event)
            left = tuple(excuse for excuse in self.excuses if excuse.event != event.event)
            if len(left) < len(self.excuses):
                self._excuse(at, left)

    def _attach(self, event: Attached | Withdrawn) -> None:
        """Apply the agreement from its first attachment on, until all attachments are withdrawn."""
        applied = bool(self.attachments)
        if isinstance(event, Attached):
            if event.agreement == self.name:
                self.attachments.append(event.id)
        elif event.event in self.attachments:
            self.attachments.remove(event.event)
        if applied != bool(self.attachments):
            self.chosen = None
            self._change_terms(event.instant, Cause("changed", event.id), attached=not applied)

    def _excuse(self, at: int, excuses: tuple[Excuse, ...]) -> None:
        self.excuses = excuses
        for run in self.runs:
            run.excuse(at, excuses)
