"""The slow, obvious twin of the clocks: minute by minute, nothing summed, everything recounted when it is asked.

It knows histories whose events and calendars lie on whole minutes, and targets that are amounts. Each cycle keeps its
life, one entry for each minute that passed, and every answer is read off it anew.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from attrs import define, field

from supportcore.calendars import BusinessCalendar, Calendar
from supportcore.sla import Agreement, Metric, On, While
from supportcore.sla.agreements import Chosen
from supportcore.sla.targets import Terms
from supportcore.tickets import (
    Attached,
    Event,
    Merged,
    Opened,
    Paused,
    Reopened,
    Withdrawn,
    event_order,
    facts_over_time,
)

MINUTE = 60_000_000
NEVER = 1 << 62
# How far ahead the twin looks for a due instant.
AHEAD = 60 * 24 * 60


@cache
def open_minutes(calendar: BusinessCalendar, first: int, count: int) -> tuple[bool, ...]:
    """For each of `count` minutes from the instant `first` on whether the calendar is open."""
    start = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=first)
    return tuple(calendar.is_open(start + timedelta(minutes=minute)) for minute in range(count))


@define
class TwinCycle:
    """One cycle: what it is measured by, and for each minute of its life whether it was paused, on which calendar."""

    start: int
    chain: int
    carried: int
    allowed: int | None
    terms: Terms
    calendar: Calendar
    life: list[tuple[int, bool, Calendar]] = field(factory=list)
    held: dict[str, int] = field(factory=dict)
    end: int | None = None
    phase: str = "running"
    result: str = "open"


@define
class Twin:
    """A clock as the twin sees it."""

    agreement: Agreement
    metric: Metric
    first: int
    count: int
    chosen: Chosen | None = None
    cycles: list[TwinCycle] = field(factory=list)
    waiting: Event | None = None
    holding: bool = False
    merged: bool = False
    truths: dict[tuple[str, int], bool] = field(factory=dict)

    @property
    def running(self) -> TwinCycle | None:
        return self.cycles[-1] if self.cycles and self.cycles[-1].end is None else None

    def is_open(self, calendar: Calendar, at: int) -> bool:
        assert isinstance(calendar, BusinessCalendar), "the drawn calendars are plain ones"
        return open_minutes(calendar, self.first, self.count)[(at - self.first) // MINUTE]

    def elapsed(self, cycle: TwinCycle) -> int:
        return cycle.carried + MINUTE * sum(
            not paused and self.is_open(calendar, at) for at, paused, calendar in cycle.life
        )

    def reached(self, cycle: TwinCycle, amount: int, now: int | None) -> tuple[int, int]:
        """When an amount is reached, and the last instant at which it is not exceeded; after `now` as if it ran on."""
        elapsed, reached = cycle.carried, NEVER
        if elapsed >= amount:
            reached = cycle.start
        if elapsed > amount:
            return reached, cycle.start
        ahead = [] if now is None else range(now, min(now + AHEAD * MINUTE, self.first + self.count * MINUTE), MINUTE)
        life = [*cycle.life, *((at, False, cycle.calendar) for at in ahead)]
        for at, paused, calendar in life:
            if paused or not self.is_open(calendar, at):
                continue
            if reached == NEVER and elapsed + MINUTE >= amount:
                reached = at + amount - elapsed
            if elapsed + MINUTE > amount:
                return reached, at + amount - elapsed
            elapsed += MINUTE
        return reached, NEVER

    def begin(self, at: int, chain: int | None = None, carried: int = 0) -> None:
        assert self.chosen is not None
        terms = self.chosen.terms
        number = len(self.cycles) + 1
        self.cycles.append(TwinCycle(at, chain or number, carried, terms.amount, terms, terms.calendar))

    def finish(self, cycle: TwinCycle, at: int, phase: str, result: str | None) -> None:
        cycle.end, cycle.phase = at, phase
        if result is None:
            result = "none" if cycle.allowed is None else "met" if self.elapsed(cycle) <= cycle.allowed else "missed"
        cycle.result = result

    def event(self, event: Event, extra: Iterable[str] = ()) -> None:
        """What an event, or a condition over facts that came to hold, does."""
        at, metric = event.instant, self.metric
        meant = set(extra)
        if not meant:
            for slot in ("start", "stop", "pause", "resume", "reset", "cancel"):
                if any(isinstance(one, On) and one.matches(event) for one in getattr(metric, slot)):
                    meant.add(slot)
            if isinstance(event, Merged):
                if self.running:
                    self.finish(self.running, at, "stopped", "superseded")
                self.merged = True
                return
        reopened = isinstance(event, Reopened) and not extra
        replaced = isinstance(event, Paused) and isinstance(self.waiting, Paused) and not extra
        if "resume" in meant or reopened or replaced:
            self.waiting = None
        cycle = self.running
        if cycle is not None:
            if "cancel" in meant:
                self.finish(cycle, at, "cancelled", "none")
                self.waiting = None
            elif "stop" in meant:
                self.finish(cycle, at, "stopped", None)
                self.waiting = None
            elif "reset" in meant:
                self.finish(cycle, at, "stopped", None)
                self.begin(at)
        elif reopened and self.cycles and not self.merged:
            self.reopen(at)
        elif "start" in meant and not self.merged:
            self.begin(at)
        if "pause" in meant:
            self.waiting = event

    def reopen(self, at: int) -> None:
        last, reopen = self.cycles[-1], self.metric.reopen
        assert last.end is not None and self.chosen is not None
        policy: str = reopen.policy
        if isinstance(reopen.within, timedelta) and timedelta(microseconds=at - last.end) > reopen.within:
            policy = reopen.otherwise
        if policy == "ignore":
            return
        carried = 0 if policy == "restart" else self.elapsed(last)
        if policy == "count":
            gap = range(last.end, at, MINUTE)
            carried += MINUTE * sum(self.is_open(self.chosen.terms.calendar, minute) for minute in gap)
        self.begin(at, last.chain, carried)

    def change(self, at: int, chosen: Chosen, attached: bool) -> None:
        old, self.chosen = self.chosen, chosen
        cycle = self.running
        if cycle is None:
            return
        assert old is not None
        due = NEVER if cycle.allowed is None else self.reached(cycle, cycle.allowed, at)[0]
        if due < at:
            return
        if old.priority is not None and old.priority != chosen.priority:
            cycle.held[old.priority] = due
        new = chosen.terms
        if (new.amount, new.calendar) == (cycle.terms.amount, cycle.terms.calendar):
            return
        direction = 0 if attached else self.agreement.direction(old.priority, chosen.priority)
        bound = direction
        if not attached and direction == 0:
            bound = 1 if self.due_of(self.after("retroactive", cycle, at, chosen), at) < due else -1
        change = self.metric.change or self.agreement.change
        policy = change.attached if bound == 0 else change.raised if bound > 0 else change.lowered
        if policy == "keep":
            return
        made = self.after(policy, cycle, at, chosen)
        promised = cycle.held.get(chosen.priority) if direction > 0 and chosen.priority else None
        if promised is not None and self.due_of(made, at) > promised:
            left = sum(self.is_open(new.calendar, minute) for minute in range(at, promised - promised % MINUTE, MINUTE))
            rest = promised % MINUTE if self.is_open(new.calendar, promised - promised % MINUTE) else 0
            made.allowed = self.elapsed(made) + max(0, left * MINUTE + rest if promised > at else 0)
            new_due = promised
        else:
            new_due = self.due_of(made, at)
        if (bound > 0 and new_due > due) or (bound < 0 and new_due < due):
            return
        if policy == "restart":
            self.finish(cycle, at, "stopped", "superseded")
            made.chain = cycle.chain
            self.cycles.append(made)
        else:
            self.cycles[-1] = made

    def due_of(self, cycle: TwinCycle, at: int) -> int:
        return NEVER if cycle.allowed is None else self.reached(cycle, cycle.allowed, at)[0]

    def after(self, policy: str, cycle: TwinCycle, at: int, chosen: Chosen) -> TwinCycle:
        """The cycle as a policy would make it."""
        terms = chosen.terms
        made = TwinCycle(
            cycle.start,
            cycle.chain,
            cycle.carried,
            terms.amount,
            terms,
            terms.calendar,
            list(cycle.life),
            dict(cycle.held),
        )
        if policy == "restart":
            return TwinCycle(at, cycle.chain, 0, terms.amount, terms, terms.calendar)
        if policy == "retroactive":
            made.life = [(minute, paused, terms.calendar) for minute, paused, _ in cycle.life]
        if policy == "carry_fraction" and terms.amount is not None:
            elapsed = self.elapsed(cycle)
            if cycle.allowed is None:
                left = terms.amount
            elif cycle.allowed == 0:
                left = 0
            else:
                left = -(-(cycle.allowed - elapsed) * terms.amount // cycle.allowed)
            made.allowed = elapsed + left
        return made


def twins(events: Sequence[Event], agreement: Agreement, as_of: datetime, first: datetime, days: int) -> list[Twin]:
    """The clocks of an agreement as the twin finds them, over `days` days from `first` on."""
    origin = _micros(first)
    seen = sorted((event for event in events if event.instant <= _micros(as_of)), key=event_order)
    clocks = [Twin(agreement, metric, origin, days * 24 * 60) for metric in agreement.metrics]
    opening = next((event for event in seen if isinstance(event, Opened)), None)
    if opening is None:
        return clocks
    attached: list[str] = []
    by_place = [(place, event) for place, event in enumerate(seen) if event.instant >= opening.instant]
    opened = False

    def choose(known: int) -> tuple[Chosen, ...]:
        facts = facts_over_time(seen[:known]).pieces[-1].value
        applies = bool(attached) or not agreement.on_attachment
        return agreement.choose(facts) if applies else agreement.unattached(facts)

    for now in range(opening.instant, _micros(as_of) + MINUTE, MINUTE):
        for place, event in by_place:
            if event.instant != now:
                continue
            before = bool(attached)
            if isinstance(event, Attached) and event.agreement == agreement.name:
                attached.append(event.id)
            if isinstance(event, Withdrawn) and event.event in attached:
                attached.remove(event.event)
            joins = agreement.on_attachment and not before and bool(attached)
            opened = opened or isinstance(event, Opened)
            facts = facts_over_time(seen[: place + 1]).pieces[-1].value
            for clock, chosen in zip(clocks, choose(place + 1), strict=True):
                if clock.chosen is None or clock.chosen != chosen:
                    clock.change(now, chosen, joins)
                    clock.chosen = chosen
                if opened:
                    rising = []
                    clock.holding = False
                    for slot in ("start", "stop", "pause", "resume", "reset", "cancel"):
                        for number, one in enumerate(getattr(clock.metric, slot)):
                            if isinstance(one, While):
                                holds = one.holds(facts)
                                if slot == "pause":
                                    clock.holding = clock.holding or holds
                                elif holds and not clock.truths.get((slot, number), False):
                                    rising.append(slot)
                                clock.truths[slot, number] = holds
                    if rising:
                        clock.event(event, rising)
                clock.event(event)
        if now < _micros(as_of):
            for clock in clocks:
                if clock.running is not None:
                    paused = clock.waiting is not None or clock.holding
                    clock.running.life.append((now, paused, clock.running.calendar))
    return clocks


def _micros(instant: datetime) -> int:
    return (instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
