"""The run of an agreement over a history: each step applied to each of its clocks (SLA-1, SLA-2)."""

from collections.abc import Callable, Iterable
from datetime import tzinfo
from typing import Any

from attrs import frozen

from supportcore.instants import micros
from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.agreement.basis import Basis
from supportcore.sla.causes import Cause
from supportcore.sla.clock.adjustments import DueOverride, Excuse
from supportcore.sla.clock.cycles import Cycle
from supportcore.sla.engine.changed_terms import change_terms
from supportcore.sla.engine.clock_run import ClockRun, NewFacts
from supportcore.tickets import Attached, DueOverridden, Event, Excused, Facts, Opened, Withdrawn


@frozen
class NewEdition:
    """Another edition of the agreement from an instant on, in microseconds.

    Without a cause, the attachment that follows is what changes the terms (G-12).
    """

    instant: int
    agreement: Agreement
    cause: Cause | None


Step = Event | NewFacts | NewEdition


class AgreementRun:
    """The working state of the clocks of an agreement, called by `name`, while a history is read."""

    __slots__ = ("agreement", "attachments", "chosen", "excuses", "facts", "name", "runs")

    def __init__(self, agreement: Agreement, name: str, facts: Facts, tz: tzinfo) -> None:
        self.agreement = agreement
        self.name = name
        self.runs = [ClockRun(metric, place, tz) for place, metric in enumerate(agreement.metrics)]
        self.attachments: list[str] = []
        self.excuses: tuple[Excuse, ...] = ()
        self.facts = facts
        # The terms under the present facts, chosen when a clock needs them: a table without an outcome for the ticket
        # raises no error while no clock runs.
        self.chosen: tuple[Basis, ...] | None = None

    def take(self, steps: Iterable[Step]) -> None:
        """Apply steps in order: their changes to the agreement, then their effects on its clocks."""
        dispatch, runs, terms = self.agreement.dispatch, self.runs, self._terms
        step: Any  # dispatched by its type
        for step in steps:
            kind = type(step)
            if kind in CHANGES:
                CHANGES[kind](self, step)
            for place, effects in dispatch.get(kind, ()):
                bits = effects.of(step) if effects.conditional else effects.always
                if bits:
                    runs[place].take(step, bits, terms)

    def finish(self, now: int) -> list[tuple[Cycle, ...]]:
        """Return the cycles of each metric as of an instant."""
        return [run.finish(now) for run in self.runs]

    def take_facts(self, step: NewFacts) -> None:
        """Change the facts, and with them the terms."""
        self.facts = step.facts
        self.chosen = None
        self._change_terms(step.instant, Cause("changed", step.id))
        self._take_fact_conditions(step)

    def take_edition(self, step: NewEdition) -> None:
        """Change the edition; the policy of the new edition applies to running cycles (SLA-9)."""
        self.agreement = step.agreement
        self.chosen = None
        if step.cause is not None:
            self._change_terms(step.instant, step.cause)

    def take_opening(self, event: Opened) -> None:
        """Apply the facts known at the opening."""
        self._take_fact_conditions(event)

    def attach(self, event: Attached) -> None:
        """Apply the agreement from its first attachment on."""
        if self.agreement.on_attachment and event.agreement == self.name:
            self._hold_attachments(event, [*self.attachments, event.id])

    def override_due(self, event: DueOverridden) -> None:
        """Set the due instant of a metric by hand (SLA-8)."""
        override = DueOverride(micros(event.due), event.id, event.reason)
        for run in self.runs:
            if run.metric.name == event.metric and event.agreement in ("", self.name):
                run.override_due(event.instant, override)

    def excuse(self, event: Excused) -> None:
        """Excuse a delay (SLA-8)."""
        excuse = Excuse(micros(event.start), micros(event.end), event.id, event.reason)
        self._hold_excuses(event.instant, (*self.excuses, excuse))

    def withdraw(self, event: Withdrawn) -> None:
        """Withdraw an attachment, a due instant set by hand or an excuse; the last attachment ends the agreement."""
        if event.event in self.attachments:
            self._hold_attachments(event, [attachment for attachment in self.attachments if attachment != event.event])
        for run in self.runs:
            run.withdraw_override(event.instant, event.event)
        left = tuple(excuse for excuse in self.excuses if excuse.event != event.event)
        if len(left) < len(self.excuses):
            self._hold_excuses(event.instant, left)

    def _terms(self) -> tuple[Basis, ...]:
        """Return the terms of each clock under the present facts."""
        if self.chosen is None:
            applies = bool(self.attachments) or not self.agreement.on_attachment
            self.chosen = self.agreement.choose(self.facts, applies)
        return self.chosen

    def _change_terms(self, at: int, cause: Cause, attached: bool = False) -> None:
        for run in self.runs:
            if run.cycle is not None:
                change_terms(run, at, self.agreement, self._terms()[run.place], cause, attached)

    def _take_fact_conditions(self, step: Opened | NewFacts) -> None:
        for run in self.runs:
            if run.metric.fact_conditions:
                run.take(step, run.take_facts(step, self.facts), self._terms)

    def _hold_attachments(self, event: Attached | Withdrawn, attachments: list[str]) -> None:
        applied, applies = bool(self.attachments), bool(attachments)
        self.attachments = attachments
        if applied != applies:
            self.chosen = None
            self._change_terms(event.instant, Cause("changed", event.id), attached=applies)

    def _hold_excuses(self, at: int, excuses: tuple[Excuse, ...]) -> None:
        self.excuses = excuses
        for run in self.runs:
            run.excuse(at, excuses)


# The steps that change something for the agreement as a whole, each with what it does.
CHANGES: dict[type, Callable[[AgreementRun, Any], None]] = {
    NewFacts: AgreementRun.take_facts,
    NewEdition: AgreementRun.take_edition,
    Opened: AgreementRun.take_opening,
    Attached: AgreementRun.attach,
    DueOverridden: AgreementRun.override_due,
    Excused: AgreementRun.excuse,
    Withdrawn: AgreementRun.withdraw,
}
