"""The slow, obvious twin of the clocks: second by second, nothing summed, everything recounted when it is asked.

It knows short histories whose events, editions and dates lie on whole seconds, and calendars that open on them. Each
cycle keeps its life, one entry for each second that passed, and every answer is read off it anew. Where a day form
lies, seen from an instant, it takes from the calendars, which have a twin of their own.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from attrs import define, evolve, field

from supportcore.calendars import BusinessCalendar, Calendar
from supportcore.sla import Agreement, Metric, On, Promised, While
from supportcore.sla.agreement.terms import Chosen, Terms
from supportcore.tickets import (
    Assigned,
    Attached,
    DueOverridden,
    Event,
    Excused,
    HandedBack,
    Merged,
    Opened,
    Paused,
    Reopened,
    Withdrawn,
    event_order,
    facts_over_time,
)

SECOND = 1_000_000
MINUTE = 60 * SECOND
NEVER = 1 << 62
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The days for which the twin knows the open seconds, and how far ahead it looks for a due instant.
FIRST = datetime(2026, 10, 24, tzinfo=UTC)
DAYS = 5


def micros(instant: datetime) -> int:
    return (instant - EPOCH) // timedelta(microseconds=1)


def open_seconds(calendar: Calendar) -> tuple[int, ...]:
    assert isinstance(calendar, BusinessCalendar), "the drawn calendars are plain ones"
    return every_open_second(calendar)


@cache
def every_open_second(calendar: BusinessCalendar) -> tuple[int, ...]:
    """The beginning of every second at which a calendar is open; it is asked once a minute."""
    found: list[int] = []
    for minute in range(DAYS * 24 * 60):
        if calendar.is_open(FIRST + timedelta(minutes=minute)):
            start = micros(FIRST) + minute * MINUTE
            found += range(start, start + MINUTE, SECOND)
    return tuple(found)


def is_open(calendar: Calendar, second: int) -> bool:
    opens = open_seconds(calendar)
    place = bisect_left(opens, second)
    return place < len(opens) and opens[place] == second


def working_time(calendar: Calendar, start: int, end: int) -> int:
    """The open time between two instants; those within a second take their part of it."""
    if end < start:
        return -working_time(calendar, end, start)
    total = 0
    for instant, sign in ((end, 1), (start, -1)):
        whole = instant - instant % SECOND
        total += sign * SECOND * bisect_left(open_seconds(calendar), whole)
        if is_open(calendar, whole):
            total += sign * (instant - whole)
    return total


def moved(calendar: Calendar, instant: int, length: int) -> int:
    """An instant moved by so many open seconds, no further than need be."""
    opens = open_seconds(calendar)
    place = bisect_left(opens, instant)
    seconds = length // SECOND
    if seconds > 0:
        return opens[place + seconds - 1] + SECOND
    return opens[place + seconds] if seconds < 0 else instant


@define
class TwinCycle:
    """One cycle: what it is measured by, and for each second of its life whether it was paused, on which calendar.

    What is promised is an amount, `allowed`, or lies at the instant `aim` seen from `origin`, when `before` of the time
    had passed.
    """

    start: int
    chain: int
    carried: int
    terms: Terms
    allowed: int | None = None
    aim: int | None = None
    origin: int = 0
    before: int = 0
    carried_from: "TwinCycle | None" = None
    gap: tuple[int, ...] = ()
    life: list[tuple[int, bool, Calendar]] = field(factory=list)
    held: dict[str, int] = field(factory=dict)
    overrides: list[DueOverridden] = field(factory=list)
    warnings: dict[str, tuple[int, int]] = field(factory=dict)
    last_warned: dict[str, int] = field(factory=dict)
    end: int | None = None
    phase: str = "running"
    result: str = "open"

    @property
    def promises(self) -> bool:
        return self.allowed is not None or self.aim is not None


def measured(cycle: TwinCycle, terms: Terms, origin: int, before: int) -> TwinCycle:
    """The cycle, measured by these terms from an instant on."""
    cycle.terms, cycle.allowed = terms, terms.amount
    cycle.aim = None if terms.aim is None else terms.instant_from(origin)
    cycle.origin, cycle.before = origin, before
    return cycle


# Delays that are excused, from when to when.
Excuses = Sequence[tuple[int, int]]


def excused(second: int, excuses: Excuses) -> bool:
    return any(start <= second < end for start, end in excuses)


def elapsed(cycle: TwinCycle, excuses: Excuses = ()) -> int:
    """The time used, what was carried included; excused seconds do not count."""
    used = [second for second, paused, calendar in cycle.life if not paused and is_open(calendar, second)]
    return carried(cycle, excuses) + SECOND * sum(not excused(second, excuses) for second in used)


def excused_before(cycle: TwinCycle, excuses: Excuses) -> int:
    """The time used before the origin of a day form that is excused: it does not count against it."""
    early = evolve(cycle, life=[second for second in cycle.life if second[0] < cycle.origin])
    return elapsed(early) - elapsed(early, excuses)


def carried(cycle: TwinCycle, excuses: Excuses) -> int:
    """What earlier cycles and the gap after them brought along."""
    if cycle.carried_from is None:
        return 0
    return elapsed(cycle.carried_from, excuses) + SECOND * sum(not excused(second, excuses) for second in cycle.gap)


def seconds_of(cycle: TwinCycle, excuses: Excuses, ahead: int | None) -> Iterator[tuple[int, bool, Calendar]]:
    """The life of a cycle, and from `ahead` on what comes if it runs on; in excused seconds it does not."""
    for second, paused, calendar in cycle.life:
        yield second, paused or excused(second, excuses), calendar
    if ahead is not None:
        calendar = cycle.terms.calendar
        for second in open_seconds(calendar)[bisect_left(open_seconds(calendar), ahead) :]:
            yield second, excused(second, excuses), calendar


def reached(cycle: TwinCycle, amount: int, ahead: int | None, excuses: Excuses = ()) -> tuple[int, int]:
    """When an amount is used, and the last instant at which no more is; each `NEVER` where it does not come."""
    used, when = carried(cycle, excuses), NEVER
    if used >= amount:
        when = cycle.start
    if used > amount:
        return when, cycle.start
    for second, paused, calendar in seconds_of(cycle, excuses, ahead):
        if paused or not is_open(calendar, second):
            continue
        if when == NEVER and used + SECOND >= amount:
            when = second + amount - used
        if used + SECOND > amount:
            return when, second + amount - used
        used += SECOND
    return when, NEVER


def reached_instant(cycle: TwinCycle, until: int, ahead: bool, excuses: Excuses = ()) -> tuple[int, int]:
    """When a day form or date is there: each second of pause moves a day form on by one.

    Without `ahead` it does not come while it could still be moved.
    """
    assert cycle.aim is not None
    calendar, moves = cycle.terms.calendar, cycle.terms.moves
    paused_time = excused_before(cycle, excuses)
    due = moved(calendar, cycle.aim, paused_time - cycle.before) if moves else cycle.aim
    for second, paused, _ in seconds_of(cycle, excuses, until):
        if second < cycle.origin:
            continue
        if due <= second:
            break
        if second >= until and not ahead and moves and working_time(calendar, second, due) > 0:
            return NEVER, NEVER
        if second >= until and all(second >= end for _, end in excuses):
            break
        if moves and paused and is_open(calendar, second):
            paused_time += SECOND
            due = moved(calendar, cycle.aim, paused_time - cycle.before)
    return due, due if due < until else NEVER


@define
class Twin:
    """A clock as the twin sees it."""

    agreement: Agreement
    metric: Metric
    called: tuple[str, ...]
    chosen: Chosen | None = None
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
        assert self.chosen is not None
        cycle = TwinCycle(at, len(self.cycles) + 1 if last is None else last.chain, 0, self.chosen.terms)
        if not fresh:
            cycle.carried_from, cycle.gap = last, gap
            cycle.carried = carried(cycle, ())
        self.cycles.append(measured(cycle, self.chosen.terms, at, cycle.carried))

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
                    projected = max(cycle.start, cycle.terms.day_from(due, threshold.days))
            elif cycle.allowed is not None:
                share = threshold.share * cycle.allowed
                amount = -(-share.numerator // share.denominator) + threshold.offset
                projected = reached(cycle, amount, None if self.paused else now)[0]
            moved = projected not in (NEVER, cycle.last_warned.get(threshold.name))
            if moved:
                cycle.last_warned[threshold.name] = projected
            cycle.warnings[threshold.name] = projected, arming + moved

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
        assert last.end is not None and self.chosen is not None
        policy: str = reopen.policy
        within = reopen.within
        until = NEVER
        if isinstance(within, timedelta):
            until = last.end + within // timedelta(microseconds=1)
        elif within is not None:
            until = self.chosen.terms.day_from(last.end, within)
        if at > until:
            policy = reopen.otherwise
        if policy == "ignore":
            return
        gap: tuple[int, ...] = ()
        if policy == "count":
            calendar = self.chosen.terms.calendar
            gap = tuple(second for second in range(last.end, at, SECOND) if is_open(calendar, second))
        self.begin(at, last, gap, fresh=policy == "restart")

    def change(self, at: int, chosen: Chosen, attached: bool) -> None:
        old, self.chosen = self.chosen, chosen
        cycle = self.running
        if cycle is None:
            return
        assert old is not None
        if old.priority == chosen.priority and promise(old.terms) == promise(chosen.terms):
            return  # another row, an attachment or a name that promises the same is no change of terms
        due = self.due_of(cycle, at)
        if due < at:
            return
        if old.priority is not None and old.priority != chosen.priority:
            cycle.held[old.priority] = due
        new = chosen.terms
        if promise(new) == promise(cycle.terms):
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
        new_due = self.due_of(made, at)
        promised = cycle.held.get(chosen.priority) if direction > 0 and chosen.priority else None
        if promised is not None and new_due > promised:
            cut = elapsed(made) + max(0, working_time(new.calendar, at, promised))
            if made.allowed is None or cut < made.allowed:
                made.aim, made.allowed, new_due = None, cut, promised
        if (bound > 0 and new_due > due) or (bound < 0 and new_due < due):
            return
        if policy == "restart":
            self.finish(cycle, at, "stopped", "superseded")
            self.cycles.append(made)
        else:
            self.cycles[-1] = made

    def after(self, policy: str, cycle: TwinCycle, at: int, chosen: Chosen) -> TwinCycle:
        """The cycle as a policy would make it."""
        terms = chosen.terms
        if policy == "restart":
            return measured(TwinCycle(at, cycle.chain, 0, terms), terms, at, 0)
        made = evolve(
            cycle,
            life=list(cycle.life),
            held=dict(cycle.held),
            overrides=list(cycle.overrides),
            warnings=dict(cycle.warnings),
            last_warned=dict(cycle.last_warned),
        )
        if policy == "retroactive":
            made.life = [(second, paused, terms.calendar) for second, paused, _ in cycle.life]
            return measured(made, terms, cycle.start, cycle.carried)
        used = elapsed(cycle)
        measured(made, terms, at, used)
        if policy == "carry_fraction" and made.promises and terms.moves:
            new = made.allowed if made.aim is None else working_time(terms.calendar, at, made.aim)
            old = cycle.allowed
            if cycle.aim is not None:
                old = used + working_time(cycle.terms.calendar, at, self.due_of(cycle, at))
            assert new is not None
            left = new if old is None else 0 if old <= 0 else -(-(old - used) * new // old)
            made.allowed, made.aim = used + left, None
        return made


def promise(terms: Terms) -> tuple[object, ...]:
    """What is promised, and on which calendar."""
    return terms.amount, terms.aim, terms.calendar


def twins(events: Sequence[Event], promised: Promised, as_of: datetime) -> list[Twin]:
    """The clocks of what is promised as the twin finds them."""
    seen = sorted((event for event in events if event.instant <= micros(as_of)), key=event_order)
    opening = next((event for event in seen if isinstance(event, Opened)), None)
    if opening is None:
        return []
    follows = Follows(promised, opening.instant)
    clocks = [Twin(follows.agreement, metric, ("", promised.name)) for metric in follows.agreement.metrics]
    by_place = [(place, event) for place, event in enumerate(seen) if event.instant >= opening.instant]
    opened = False
    for now in range(opening.instant, micros(as_of) + SECOND, SECOND):
        if follows.passes(now):
            before = [place for place, event in enumerate(seen) if event.instant < now]
            choose(clocks, follows, now, seen[: before[-1] + 1], False)
            warn(clocks, now)
        for place, event in by_place:
            if event.instant != now:
                continue
            joins = follows.event(event)
            opened = opened or isinstance(event, Opened)
            choose(clocks, follows, now, seen[: place + 1], joins)
            warn(clocks, now)
            facts = facts_over_time(seen[: place + 1]).pieces[-1].value
            for clock in clocks:
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
                    clock.warn(now)
                    if rising:
                        clock.event(event, rising)
                        clock.warn(now)
                clock.event(event)
                clock.warn(now)
        if now < micros(as_of):
            for clock in clocks:
                if clock.running is not None:
                    clock.running.life.append((now, clock.paused, clock.running.terms.calendar))
    return clocks


def warn(clocks: Iterable[Twin], now: int) -> None:
    """What the thresholds of all clocks are by what is known now."""
    for clock in clocks:
        clock.warn(now)


def choose(clocks: Iterable[Twin], follows: "Follows", now: int, known: Sequence[Event], joins: bool) -> None:
    """What is promised under the facts that are known, where it is something else than before."""
    facts = facts_over_time(known).pieces[-1].value
    agreement = follows.agreement
    every = agreement.choose(facts, follows.applies)
    for clock, chosen in zip(clocks, every, strict=True):
        clock.agreement = agreement
        if clock.chosen != chosen:
            clock.change(now, chosen, joins)


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
        return [edition.value for edition in self.promised.editions if edition.start <= now][-1]

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
            self.attached.append((event.id, self.in_force(event.instant)))
        if isinstance(event, Withdrawn):
            self.attached = [(one, edition) for one, edition in self.attached if one != event.event]
        if self.attached and not isinstance(self.promised, Agreement) and self.promised.pin == "attachment":
            self.agreement = self.attached[0][1]
        return self.applies and not applied


def standing_excuses(events: Iterable[Event], as_of: datetime) -> list[tuple[int, int]]:
    """The delays that are excused from what is known, withdrawn ones left out."""
    seen = [event for event in events if event.instant <= micros(as_of)]
    opening = next((event.instant for event in seen if isinstance(event, Opened)), NEVER)
    gone = {event.event for event in seen if isinstance(event, Withdrawn)}
    standing = [one for one in seen if isinstance(one, Excused) and one.id not in gone]
    return [(micros(one.start), micros(one.end)) for one in standing if one.instant >= opening]


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
        "agreement": cycle.terms.agreement,
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


def used_by_level(cycle: TwinCycle, events: Sequence[Event], excuses: Excuses = ()) -> dict[str, int]:
    """How much of a cycle's time each level had, second by second, what was carried into it included (SLA-11).

    Excused seconds do not count.
    """
    mine = [second for second, paused, calendar in cycle.life if not paused and is_open(calendar, second)]
    found = {} if cycle.carried_from is None else used_by_level(cycle.carried_from, events, excuses)
    for second in (one for one in (*mine, *cycle.gap) if not excused(one, excuses)):
        level = level_at(events, second)
        found[level] = found.get(level, 0) + SECOND
    return found


def level_at(events: Sequence[Event], second: int) -> str:
    """The level that has a ticket: the one that it was given last and that has not handed it back."""
    had: list[tuple[str, str]] = [("", "")]
    for event in sorted(events, key=event_order):
        if event.instant > second:
            break
        if isinstance(event, Assigned):
            given = (event.level or had[-1][0], event.team or had[-1][1])
            had += [given] if given != had[-1] else []
        elif isinstance(event, HandedBack) and len(had) > 1:
            had.pop()
    return had[-1][0]
