"""The fold of one agreement: events and facts in order, told to the clocks that they concern (SLA-1, SLA-2)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from supportcore.instants import micros
from supportcore.mappings import FrozenMapping
from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.agreement.dispatch import PAUSE
from supportcore.sla.agreement.terms import Chosen
from supportcore.sla.clock.causes import Because, Cause
from supportcore.sla.clock.cycles import Cycle
from supportcore.sla.clock.timekeeping import Excuse, Override
from supportcore.sla.engine.changed_terms import follow
from supportcore.sla.engine.clock_fold import Run
from supportcore.tickets import Attached, DueOverridden, Event, Excused, Facts, Opened, Withdrawn

# What happens: an event; or facts, or another edition of the agreement, that hold from an instant on because of an
# event or of this cause. An edition without any holds because of the event that follows (G-12).
Step = Event | tuple[int, Facts | Agreement, object]


class Fold:
    """The clocks of one agreement, called by this name, while a history is folded."""

    __slots__ = (
        "agreement",
        "attachments",
        "chosen",
        "dispatch",
        "excuses",
        "facts",
        "name",
        "runs",
        "watching",
    )

    def __init__(self, agreement: Agreement, name: str, facts: Facts, as_of: datetime) -> None:
        zone = as_of.tzinfo
        assert zone is not None, "an instant is aware"
        self.agreement = agreement
        self.name = name
        self.dispatch = agreement.dispatch
        self.runs = [Run(agreement, metric, zone) for metric in agreement.metrics]
        # The clocks with conditions over facts, and which of these hold.
        self.watching = [(place, [False] * count) for place, count in agreement.watched]
        self.attachments: list[str] = []
        self.excuses: tuple[Excuse, ...] = ()
        self.facts = facts
        # The terms under the present facts, found when a clock needs them.
        self.chosen: tuple[Chosen, ...] | None = None

    def take(self, steps: Iterable[Step]) -> None:
        """What happens, in order; an event is told to each clock that it may start or stop, pause or resume."""
        dispatch, runs = self.dispatch, self.runs
        for step in steps:
            meant = dispatch.get(type(step))
            if meant is None:
                if isinstance(step, tuple):
                    self._hold(*step)
                continue
            event: Any = step
            overrules, meanings = meant
            if overrules:
                self._overrule(event)
            for place, bits, asked in meanings:
                if asked:
                    for bit, condition in asked:
                        if condition.matches(event):
                            bits |= bit
                run = runs[place]
                if bits & run.listens:
                    if not run.running:
                        run.chosen = (self.chosen or self._choose())[place]
                    run.step(event.instant, bits, event.id, getattr(event, "reason", "") if bits & PAUSE else "")

    def finish(self, now: int) -> list[tuple[Cycle, ...]]:
        """The cycles of each metric as they stand at an instant."""
        return [run.finish(now) for run in self.runs]

    def _hold(self, at: int, what: object, because: object) -> None:
        """Other facts or another edition hold from here on."""
        self.chosen = None
        if isinstance(what, Agreement):
            self._renew(at, what, because)
            return
        assert isinstance(what, FrozenMapping), "facts are what is left"
        self.facts = what
        event = str(getattr(because, "id", ""))
        self._changed(at, ("changed", event, ""), False)
        if self.watching:
            self._watch(at, event)

    def _renew(self, at: int, edition: Agreement, because: object) -> None:
        """Another edition holds from here on; it says itself how a running cycle follows (SLA-9)."""
        self.agreement = edition
        for run in self.runs:
            run.agreement = edition
        if isinstance(because, Cause):
            self._changed(at, because, False)

    def _choose(self) -> tuple[Chosen, ...]:
        """The terms of each clock from here on; only asked for when one needs them."""
        applies = bool(self.attachments) or not self.agreement.on_attachment
        self.chosen = self.agreement.choose(self.facts, applies)
        return self.chosen

    def _changed(self, at: int, cause: Because, attached: bool) -> None:
        """Other terms may hold from here on; a table is only asked while a clock runs."""
        for place, run in enumerate(self.runs):
            if run.running:
                chosen = self.chosen or self._choose()
                follow(run, at, chosen[place], cause, attached)

    def _attach(self, event: Attached | Withdrawn) -> None:
        """The agreement begins or ceases to apply."""
        applied = bool(self.attachments)
        if isinstance(event, Attached):
            if event.agreement == self.name:
                self.attachments.append(event.id)
        elif event.event in self.attachments:
            self.attachments.remove(event.event)
        if applied != bool(self.attachments):
            self.chosen = None
            self._changed(event.instant, ("changed", event.id, ""), not applied)

    def _overrule(self, event: Event) -> None:
        """The opening, where facts are watched, and what was decided by hand."""
        at = event.instant
        if isinstance(event, Opened):
            self._watch(at, event.id)
        if self.agreement.on_attachment and isinstance(event, (Attached, Withdrawn)):
            self._attach(event)
        if isinstance(event, DueOverridden):
            for run in self.runs:
                if run.metric.name == event.metric and event.agreement in ("", self.name):
                    run.overrule(at, Override(micros(event.due), event.id, event.reason))
        elif isinstance(event, Excused):
            excuse = Excuse(micros(event.start), micros(event.end), event.id, event.reason)
            self._excuse(at, (*self.excuses, excuse))
        elif isinstance(event, Withdrawn):
            for run in self.runs:
                run.withdraw(at, event.event)
            left = tuple(excuse for excuse in self.excuses if excuse.event != event.event)
            if len(left) < len(self.excuses):
                self._excuse(at, left)

    def _excuse(self, at: int, excuses: tuple[Excuse, ...]) -> None:
        self.excuses = excuses
        for run in self.runs:
            run.excuse(at, excuses)

    def _watch(self, at: int, event: str) -> None:
        """Conditions over facts: what comes to hold, and the pauses that do."""
        for clock, held in self.watching:
            run, bits = self.runs[clock], 0
            paused = False
            for place, (bit, condition) in enumerate(run.metric.whiles):
                holds = condition.holds(self.facts)
                if bit == PAUSE:
                    paused = paused or holds
                elif holds and not held[place]:
                    bits |= bit
                held[place] = holds
            run.hold(at, paused, event)
            if bits:
                if not run.running:
                    run.chosen = (self.chosen or self._choose())[clock]
                run.step(at, bits, event, "")
