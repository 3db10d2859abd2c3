"""`plan`: all notifications of a ticket, past and to come, from its history and its ladders (ESC-2, G-8, G-13)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.escalation.duty.rosters import Roster
from supportcore.escalation.engine.ladder_state import ClockLike, Course
from supportcore.escalation.engine.outbox import Outbox
from supportcore.escalation.ladders import LadderPolicy, Person
from supportcore.escalation.plans import Key, Notification, Plan, Skipped, Unreached
from supportcore.escalation.recipients import Targets, clocks_named
from supportcore.instants import datetime_of, micros, micros_of
from supportcore.mappings import EMPTY
from supportcore.tickets import (
    Attached,
    Event,
    FactsChanged,
    History,
    Opened,
    PriorityOverridden,
    Withdrawn,
    seen,
)
from supportcore.timelines import Timeline

HORIZON = timedelta(days=14)

# The kinds of event that a priority can follow from: at one instant it changes after them and before all others.
BRINGS_PRIORITY = (Opened, Attached, Withdrawn, FactsChanged, PriorityOverridden)


def plan(
    policy: LadderPolicy,
    history: History | Iterable[Event],
    *,
    priority: Timeline[str],
    clocks: Mapping[str, ClockLike | None] = EMPTY,
    duties: Mapping[str, Roster] = EMPTY,
    people: Mapping[str, Person] = EMPTY,
    roles: Mapping[str, str | None] = EMPTY,
    as_of: datetime,
    horizon: timedelta = HORIZON,
) -> Plan:
    """Who is told what and when: what fell due up to `as_of`, and what will if nothing else happens (ESC-2).

    `policy` says which ladder is in force for the `priority` over time. `clocks` are asked by steps at a share of a
    target; a clock that the ticket does not have is none. Steps name `duties`, `people`, or `roles` that are bound to a
    person or to nobody. Events after `as_of` are not seen. The plan looks `horizon` ahead of `as_of`.

    What fell due in the past is what was known then: a later event never changes it (G-8).

    Raises `NaiveDatetimeError` for an `as_of` without a zone, `DefinitionError` for a name that nobody and nothing has.

    >>> from datetime import UTC
    >>> from supportcore.escalation.ladders import After, Ladder, LadderRow, Step
    >>> night = Ladder("night", [Step("ann"), Step("bob", After(timedelta(minutes=30)))])
    >>> opened = Opened("T-1", datetime(2026, 1, 5, 20, tzinfo=UTC))
    >>> people = {name: Person(name, ["phone"]) for name in ("ann", "bob")}
    >>> policy, priority = LadderPolicy([LadderRow(night)]), Timeline.constant("critical")
    >>> found = plan(policy, [opened], priority=priority, people=people, as_of=opened.at)
    >>> [(one.person, one.channel, f"{one.at:%H:%M}", one.ended_by) for one in found.notifications]
    [('ann', 'phone', '20:00', 'next step'), ('bob', 'phone', '20:30', None)]
    """
    targets = Targets(duties, people, roles)
    targets.check_policy(policy)
    _check_clocks(policy, clocks)
    last = micros(as_of, where="`as_of`")
    known = seen(history, as_of)
    course = Course(policy, targets, clocks)
    for instant, events in _recorded(known, priority, last):
        _let_pass(course, instant)
        course.learn(instant)
        _take_in(course, events, priority, instant)
        course.run_timers(instant)
    end = last + micros_of(horizon)
    more = _let_pass(course, end)
    return _written(known.ticket, course.outbox, as_of, end if more else None)


def _recorded(known: History, priority: Timeline[str], last: int) -> list[tuple[int, list[Event]]]:
    """The instants at which something was recorded, each with its events in order."""
    at: dict[int, list[Event]] = {
        piece.start: [] for piece in priority.changes() if piece.start is not None and piece.start <= last
    }
    for event in known:
        at.setdefault(event.instant, []).append(event)
    return sorted(at.items(), key=lambda item: item[0])


def _take_in(course: Course, events: list[Event], priority: Timeline[str], instant: int) -> None:
    """The events of one instant, and the priority after those that it can follow from."""
    new = priority.at_micros(instant)
    course.policy.rank(new)
    turn = max((place for place, event in enumerate(events, 1) if isinstance(event, BRINGS_PRIORITY)), default=0)
    if any(isinstance(event, Opened) for event in events):
        course.change_priority(new, instant)
    for event in events[:turn]:
        course.record(event)
    course.change_priority(new, instant)
    for event in events[turn:]:
        course.record(event)


def _let_pass(course: Course, end: int) -> bool:
    """Runs everything that falls due before an instant, and says whether there is more after it."""
    now = course.known_until
    while (timer := course.next_timer(now)) is not None and timer < end:
        course.run_timers(timer)
        now = timer
    return timer is not None


def _check_clocks(policy: LadderPolicy, clocks: Mapping[str, ClockLike | None]) -> None:
    for name in sorted(clocks_named(policy)):
        if name not in clocks:
            raise DefinitionError(
                f"a step waits for clock `{name}`, which is not there; accepted are "
                f"{listed(clocks) or 'no clocks at all'}{did_you_mean(name, clocks)}"
            )


def _written(ticket: str, outbox: Outbox, as_of: datetime, horizon: int | None) -> Plan:
    """The outbox as immutable values."""
    tz = as_of.tzinfo
    assert tz is not None, "one without a zone was refused before"
    return Plan(
        ticket,
        as_of,
        None if horizon is None else datetime_of(horizon, tz),
        tuple(
            Notification(
                Key(ticket, one.cycle, one.ladder, one.round, one.step, one.person, one.channel),
                one.instant,
                one.to,
                one.effect,
                one.reason,
                one.ends,
                one.ended_by,
                tz,
            )
            for one in outbox.messages
        ),
        tuple(
            Skipped(one.instant, one.cycle, one.ladder, one.round, one.step, one.to, one.reason, tz)
            for one in outbox.misses
        ),
        tuple(Unreached(one.instant, one.cycle, one.ladder, one.round, tz) for one in outbox.unreached),
    )
