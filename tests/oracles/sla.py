"""The slow, obvious twin of the clocks: second by second, nothing summed, everything recounted when it is asked.

It knows short histories whose events, editions and dates lie on whole seconds, and calendars that open on them. Each
cycle keeps its life, one entry for each second that passed, and every answer is read off it anew. What is promised,
open hours and day forms it takes from twins of their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from attrs import define, evolve, field

from supportcore.sla import Agreement, Metric, On, While
from supportcore.tickets import (
    DueOverridden,
    Event,
    Excused,
    Merged,
    Opened,
    Paused,
    Reopened,
    Withdrawn,
)
from tests.oracles.agreements import Choice, Follows, Promised, choices, direction
from tests.oracles.cycles import (
    NEVER,
    SECOND,
    Excuses,
    TwinCycle,
    carried,
    elapsed,
    is_open,
    measured,
    reached,
    reached_instant,
    working_time,
)
from tests.oracles.tickets import facts_after, in_order, micros

SLOTS = ("start", "stop", "pause", "resume", "reset", "cancel")


def meets(event: Event, condition: On) -> bool:
    """Whether an event is of a kind, by a role and with the data that count."""
    if type(event) not in condition.kinds:
        return False
    if condition.by and event.by.role not in condition.by:
        return False
    return all(getattr(event, name) in condition.where[name] for name in condition.where)


def holds(condition: While, facts: Mapping[str, Any]) -> bool:
    """Whether each fact is known and has a value that counts."""
    return all(name in facts and facts[name] in condition.facts[name] for name in condition.facts)


@define
class Twin:
    """A clock as the twin sees it."""

    agreement: Agreement
    metric: Metric
    called: tuple[str, ...]
    choice: Choice | None = None
    cycles: list[TwinCycle] = field(factory=list)
    waiting: Event | None = None
    holding: bool = False
    merged: bool = False
    truths: dict[tuple[str, int], bool] = field(factory=dict)

    @property
    def running(self) -> TwinCycle | None:
        return self.cycles[-1] if self.cycles and self.cycles[-1].end is None else None

    @property
    def paused(self) -> bool:
        return self.waiting is not None or self.holding

    def due_of(self, cycle: TwinCycle, at: int) -> int:
        """When a cycle was due, or is if it runs on from now."""
        if cycle.aim is not None:
            return reached_instant(cycle, at, True)[0]
        return NEVER if cycle.allowed is None else reached(cycle, cycle.allowed, at)[0]

    def begin(self, at: int, last: TwinCycle | None = None, gap: tuple[int, ...] = (), fresh: bool = True) -> None:
        """A cycle begins; after `last` it is of the same chain, and unless it is fresh takes over its time."""
        assert self.choice is not None
        cycle = TwinCycle(at, len(self.cycles) + 1 if last is None else last.chain, 0, self.choice.promise)
        if not fresh:
            cycle.carried_from, cycle.gap = last, gap
            cycle.carried = carried(cycle, ())
        self.cycles.append(measured(cycle, self.choice.promise, at, cycle.carried))

    def finish(self, cycle: TwinCycle, at: int, phase: str, result: str | None) -> None:
        cycle.end, cycle.phase = at, phase
        if result is None:
            result = "none"
            if cycle.allowed is not None:
                result = "met" if elapsed(cycle) <= cycle.allowed else "missed"
            elif cycle.aim is not None:
                result = "met" if reached_instant(cycle, at, True)[1] == NEVER else "missed"
        cycle.result = result

    def warn(self, now: int) -> None:
        """When each threshold of a running cycle is reached by what is known now, and how often it moved (SLA-10).

        One that had been reached before stays. The twin knows those of amounts.
        """
        cycle = self.running
        if cycle is None:
            return
        for threshold in self.metric.thresholds:
            at, arming = cycle.warnings.get(threshold.name, (NEVER, 0))
            if at < now:
                continue
            projected = NEVER
            if cycle.allowed is not None and threshold.days is not None:
                due = reached(cycle, cycle.allowed, None if self.paused else now)[0]
                if due != NEVER:
                    projected = max(cycle.start, cycle.promise.day_from(due, threshold.days))
            elif cycle.allowed is not None:
                share = threshold.share * cycle.allowed
                amount = -(-share.numerator // share.denominator) + threshold.offset
                projected = reached(cycle, amount, None if self.paused else now)[0]
            moved = projected not in (NEVER, cycle.last_warned.get(threshold.name))
            if moved:
                cycle.last_warned[threshold.name] = projected
            cycle.warnings[threshold.name] = projected, arming + moved

    def conditions(self, facts: Mapping[str, Any]) -> list[str]:
        """What conditions over facts do that come to hold with these; a pause lasts as long as its condition."""
        rising = []
        self.holding = False
        for slot in SLOTS:
            for number, one in enumerate(getattr(self.metric, slot)):
                if isinstance(one, While):
                    true = holds(one, facts)
                    if slot == "pause":
                        self.holding = self.holding or true
                    elif true and not self.truths.get((slot, number), False):
                        rising.append(slot)
                    self.truths[slot, number] = true
        return rising

    def event(self, event: Event, extra: Iterable[str] = ()) -> None:
        """What an event, or a condition over facts that came to hold, does."""
        at = micros(event.at)
        meant = set(extra)
        if not meant:
            for slot in SLOTS:
                if any(isinstance(one, On) and meets(event, one) for one in getattr(self.metric, slot)):
                    meant.add(slot)
            if isinstance(event, Merged):
                if self.running:
                    self.finish(self.running, at, "stopped", "superseded")
                self.merged = True
                return
            self.decide_by_hand(event)
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
        else:
            if meant & {"stop", "cancel"}:
                self.waiting = None
            if reopened and self.cycles and not self.merged:
                self.reopen(at)
            if "start" in meant and not self.merged and self.running is None:
                self.begin(at)
        if "pause" in meant:
            self.waiting = event

    def decide_by_hand(self, event: Event) -> None:
        """A due instant set by hand holds for the cycle that runs, until it is withdrawn (SLA-8).

        It may name an agreement, and then is for no other (SLA-11).
        """
        if self.running is None:
            return
        if isinstance(event, DueOverridden) and event.metric == self.metric.name and event.agreement in self.called:
            self.running.overrides.append(event)
        if isinstance(event, Withdrawn):
            self.running.overrides = [one for one in self.running.overrides if one.id != event.event]

    def reopen(self, at: int) -> None:
        last, reopen = self.cycles[-1], self.metric.reopen
        assert last.end is not None and self.choice is not None
        policy: str = reopen.policy
        within = reopen.within
        until = NEVER
        if isinstance(within, timedelta):
            until = last.end + within // timedelta(microseconds=1)
        elif within is not None:
            until = self.choice.promise.day_from(last.end, within)
        if at > until:
            policy = reopen.otherwise
        if policy == "ignore":
            return
        gap: tuple[int, ...] = ()
        if policy == "count":
            calendar = self.choice.promise.calendar
            gap = tuple(second for second in range(last.end, at, SECOND) if is_open(calendar, second))
        self.begin(at, last, gap, fresh=policy == "restart")

    def change(self, at: int, choice: Choice, attached: bool) -> None:
        old, self.choice = self.choice, choice
        cycle = self.running
        if cycle is None:
            return
        assert old is not None
        if old.priority == choice.priority and old.promise.content == choice.promise.content:
            return  # another row, an attachment or a name that promises the same is no change of terms
        due = self.due_of(cycle, at)
        if due < at:
            return
        if old.priority is not None and old.priority != choice.priority:
            cycle.held[old.priority] = due
        new = choice.promise
        if new.content == cycle.promise.content:
            return
        way = 0 if attached else direction(self.agreement, old.priority, choice.priority)
        bound = way
        if not attached and way == 0:
            bound = 1 if self.due_of(self.after("retroactive", cycle, at, choice), at) < due else -1
        change = self.metric.change or self.agreement.change
        policy = change.attached if bound == 0 else change.raised if bound > 0 else change.lowered
        if policy == "keep":
            return
        made = self.after(policy, cycle, at, choice)
        new_due = self.due_of(made, at)
        held_until = cycle.held.get(choice.priority) if way > 0 and choice.priority else None
        if held_until is not None and new_due > held_until:
            cut = elapsed(made) + max(0, working_time(new.calendar, at, held_until))
            if made.allowed is None or cut < made.allowed:
                made.aim, made.allowed, new_due = None, cut, held_until
        if (bound > 0 and new_due > due) or (bound < 0 and new_due < due):
            return
        if policy == "restart":
            self.finish(cycle, at, "stopped", "superseded")
            self.cycles.append(made)
        else:
            self.cycles[-1] = made

    def after(self, policy: str, cycle: TwinCycle, at: int, choice: Choice) -> TwinCycle:
        """The cycle as a policy would make it."""
        new = choice.promise
        if policy == "restart":
            return measured(TwinCycle(at, cycle.chain, 0, new), new, at, 0)
        made = evolve(
            cycle,
            life=list(cycle.life),
            held=dict(cycle.held),
            overrides=list(cycle.overrides),
            warnings=dict(cycle.warnings),
            last_warned=dict(cycle.last_warned),
        )
        if policy == "retroactive":
            made.life = [(second, paused, new.calendar) for second, paused, _ in cycle.life]
            return measured(made, new, cycle.start, cycle.carried)
        used = elapsed(cycle)
        measured(made, new, at, used)
        if policy == "carry_fraction" and made.promises and new.moves:
            target = made.allowed if made.aim is None else working_time(new.calendar, at, made.aim)
            old = cycle.allowed
            if cycle.aim is not None:
                old = used + working_time(cycle.promise.calendar, at, self.due_of(cycle, at))
            assert target is not None
            left = target if old is None else 0 if old <= 0 else -(-(old - used) * target // old)
            made.allowed, made.aim = used + left, None
        return made


def twins(events: Sequence[Event], promised: Promised, as_of: datetime) -> list[Twin]:
    """The clocks of what is promised as the twin finds them."""
    seen = [(micros(event.at), event) for event in in_order(events) if micros(event.at) <= micros(as_of)]
    opening = next((at for at, event in seen if isinstance(event, Opened)), None)
    if opening is None:
        return []
    follows = Follows(promised, opening)
    clocks = [Twin(follows.agreement, metric, ("", promised.name)) for metric in follows.agreement.metrics]
    opened = False
    for now in range(opening, micros(as_of) + SECOND, SECOND):
        if follows.passes(now):
            choose(clocks, follows, now, [event for at, event in seen if at < now], False)
            warn(clocks, now)
        for place, (at, event) in enumerate(seen):
            if at != now:
                continue
            known = [event for _, event in seen[: place + 1]]
            joins = follows.event(event)
            opened = opened or isinstance(event, Opened)
            choose(clocks, follows, now, known, joins)
            warn(clocks, now)
            for clock in clocks:
                if opened:
                    rising = clock.conditions(facts_after(known))
                    clock.warn(now)
                    if rising:
                        clock.event(event, rising)
                        clock.warn(now)
                clock.event(event)
                clock.warn(now)
        if now < micros(as_of):
            for clock in clocks:
                if clock.running is not None:
                    clock.running.life.append((now, clock.paused, clock.running.promise.calendar))
    return clocks


def warn(clocks: Iterable[Twin], now: int) -> None:
    """What the thresholds of all clocks are by what is known now."""
    for clock in clocks:
        clock.warn(now)


def choose(clocks: Iterable[Twin], follows: Follows, now: int, known: Sequence[Event], joins: bool) -> None:
    """What is promised under the facts that are known, where it is something else than before."""
    agreement = follows.agreement
    every = choices(agreement, facts_after(known), follows.applies)
    for clock, choice in zip(clocks, every, strict=True):
        clock.agreement = agreement
        if clock.choice != choice:
            clock.change(now, choice, joins)


def standing_excuses(events: Iterable[Event], as_of: datetime) -> list[tuple[int, int]]:
    """The delays that are excused from what is known, withdrawn ones left out."""
    seen = [event for event in events if micros(event.at) <= micros(as_of)]
    openings = [micros(event.at) for event in seen if isinstance(event, Opened)]
    gone = {event.event for event in seen if isinstance(event, Withdrawn)}
    standing = [one for one in seen if isinstance(one, Excused) and one.id not in gone]
    return [(micros(one.start), micros(one.end)) for one in standing if openings and micros(one.at) >= min(openings)]


def answers(twin: Twin, cycle: TwinCycle, now: int, excuses: Excuses) -> dict[str, object]:
    """What the twin says of a cycle: as it is, and net of what was decided by hand."""
    paused = cycle.end is None and twin.paused
    until = now if cycle.end is None else cycle.end
    override = cycle.overrides[-1] if cycle.overrides else None

    def stands(excuses: Excuses) -> tuple[str, int | None, int | None]:
        due = last = NEVER
        if cycle.aim is not None:
            due = reached_instant(cycle, until, not paused, excuses)[0]
            last = reached_instant(cycle, until, True, excuses)[1]
        elif cycle.allowed is not None:
            due = reached(cycle, cycle.allowed, None if paused else until, excuses)[0]
            last = reached(cycle, cycle.allowed, None, excuses)[1]
        return cycle.result, None if due == NEVER else due, None if last == NEVER else last

    gross, net = stands(()), stands(excuses)
    result = gross[0]
    if override is not None:
        due = micros(override.due)
        net = result, due, due if due < until else None
    if result == "open" and not cycle.promises:
        gross = "none", *gross[1:]
        result = "none"
    judged = result in ("met", "missed") and (override is not None or bool(excuses))
    by_hand_only = override is not None and not cycle.promises and cycle.phase != "cancelled"
    if by_hand_only and result == "none":
        result, judged = "open", cycle.end is not None
    if judged:
        result = "met" if net[2] is None else "missed"
    return {
        "start": cycle.start,
        "end": cycle.end,
        "chain": cycle.chain,
        "phase": "paused" if paused else cycle.phase,
        "allowed": cycle.allowed,
        "agreement": cycle.promise.agreement,
        "used": elapsed(cycle),
        "gross": gross,
        "excused": elapsed(cycle) - elapsed(cycle, excuses),
        "net": (result, *net[1:]),
    }


def warnings_of(twin: Twin, cycle: TwinCycle) -> dict[str, tuple[int | None, int]]:
    """When each threshold is reached, none where that is not to come, and how often it moved."""
    found: dict[str, tuple[int | None, int]] = {}
    for threshold in twin.metric.thresholds:
        at, arming = cycle.warnings.get(threshold.name, (NEVER, 0))
        over = at == NEVER or (cycle.end is not None and at >= cycle.end)
        found[threshold.name] = (None if over else at, arming)
    return found
