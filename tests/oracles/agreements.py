"""The slow twin of what is promised: which edition holds, whether it applies, and which row of its table fits.

It reads an agreement as it was given: its metrics, the rows of its targets, its promises and its calendar.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from attrs import define, frozen

from supportcore.calendars import BusinessCalendar
from supportcore.domains import Scale
from supportcore.rules import DecisionTable
from supportcore.sla import Agreement, NamedDate
from supportcore.tickets import Attached, Event, Withdrawn
from supportcore.timelines import Editions
from tests.oracles.calendars import minutes_of
from tests.oracles.deadlines import DayForm, deadline
from tests.oracles.rules import outcome
from tests.oracles.tickets import micros

Promised = Agreement | Editions[Agreement]

# The days for which the twin knows the open minutes.
FIRST = date(2026, 10, 24)
DAYS = 5


@frozen
class Promise:
    """What holds for one metric: an amount of working time or another aim, on a calendar; neither for a stopwatch."""

    calendar: BusinessCalendar
    amount: int | None
    aim: DayForm | NamedDate | datetime | None
    agreement: str

    @property
    def moves(self) -> bool:
        """Whether pauses move what is due: amounts and day forms, never dates and instants (SLA-5)."""
        return not isinstance(self.aim, (NamedDate, datetime))

    @property
    def content(self) -> tuple[object, ...]:
        """What is promised, and on which calendar, whoever promises it."""
        return self.amount, self.aim, self.calendar

    def instant_from(self, start: int) -> int | None:
        """Where the aim lies for a cycle that began then; none for an amount or a stopwatch."""
        if self.aim is None:
            return None
        if isinstance(self.aim, datetime):
            return micros(self.aim)
        if isinstance(self.aim, NamedDate):
            if self.aim.name is not None:
                return micros(self.aim.plan[self.aim.name])
            return min(instant for instant in map(micros, self.aim.plan.values()) if instant > start)
        return self.day_from(start, self.aim)

    def day_from(self, start: int, form: DayForm) -> int:
        """Where a day form counted from an instant lies on the calendar."""
        found = deadline(minutes_of(self.calendar, FIRST, DAYS), start, form)
        assert found is not None, "the drawn calendars open on every day"
        return found


@frozen
class Choice:
    """The promise for a metric under some facts, and the priority that they give."""

    promise: Promise
    priority: str | None


def choices(agreement: Agreement, facts: Mapping[str, Any], applies: bool) -> list[Choice]:
    """What is promised for each metric under these facts; only stopwatches while the agreement does not apply."""
    named: dict[str, Any] = {}
    if applies and isinstance(agreement.targets, DecisionTable):
        named = outcome(agreement.targets, facts)
        assert isinstance(named, dict), "the drawn tables decide for every history"
    elif applies and isinstance(agreement.targets, Mapping):
        named = dict(agreement.targets)
    return [
        Choice(promise_named(agreement, named.get(metric.name)), facts.get("priority")) for metric in agreement.metrics
    ]


def promise_named(agreement: Agreement, name: str | None) -> Promise:
    """A promise of an agreement by its name; without one, time is only counted."""
    calendar, amount = agreement.calendar, None
    if name is not None:
        target = agreement.promises[name]
        amount = target.amount
        if target.calendar is not None:
            calendar = target.calendar
    assert isinstance(calendar, BusinessCalendar), "the drawn calendars are plain ones"
    if isinstance(amount, timedelta):
        return Promise(calendar, amount // timedelta(microseconds=1), None, agreement.name)
    return Promise(calendar, None, amount, agreement.name)


def direction(agreement: Agreement, old: str | None, new: str | None) -> int:
    """1 where the priority rises, -1 where it falls, 0 where it stays or has no place in the table's scale."""
    scale: tuple[str, ...] = ()
    if isinstance(agreement.targets, DecisionTable):
        for domain in agreement.targets.inputs:
            if domain.name == "priority" and isinstance(domain, Scale):
                scale = domain.members
    assert agreement.priorities == scale, "the drawn agreements take the order of priorities from their tables"
    if old not in scale or new not in scale:
        return 0
    before, after = scale.index(old), scale.index(new)
    return (after > before) - (after < before)


@define(init=False)
class Follows:
    """Which edition a ticket follows, and whether it applies."""

    promised: Promised
    agreement: Agreement
    attached: list[tuple[str, Agreement]]

    def __init__(self, promised: Promised, opening: int) -> None:
        self.promised = promised
        self.attached = []
        self.agreement = self.in_force(opening)

    def in_force(self, now: int) -> Agreement:
        if isinstance(self.promised, Agreement):
            return self.promised
        begun = {micros(datetime.fromisoformat(edition.since)): edition.value for edition in self.promised.editions}
        return begun[max(start for start in begun if start <= now)]

    @property
    def applies(self) -> bool:
        return bool(self.attached) or not self.agreement.on_attachment

    def passes(self, now: int) -> bool:
        """Whether another edition begins to hold for the ticket; an edition that is pinned never does."""
        if isinstance(self.promised, Agreement) or self.promised.pin != "latest":
            return False
        before, self.agreement = self.agreement, self.in_force(now)
        return before is not self.agreement

    def event(self, event: Event) -> bool:
        """Whether the agreement begins to apply by this event."""
        applied = self.applies
        if isinstance(event, Attached) and event.agreement == self.promised.name:
            self.attached.append((event.id, self.in_force(micros(event.at))))
        if isinstance(event, Withdrawn):
            self.attached = [(one, edition) for one, edition in self.attached if one != event.event]
        if self.attached and not isinstance(self.promised, Agreement) and self.promised.pin == "attachment":
            self.agreement = self.attached[0][1]
        return self.applies and not applied
