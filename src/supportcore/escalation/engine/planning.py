"""`plan`: the notifications of a ticket, past and future, from its history and ladders (ESC-2, G-8, G-13)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.escalation.duty.rosters import Roster
from supportcore.escalation.engine.ladder_state import ClockLike, LadderState
from supportcore.escalation.engine.outbox import Outbox
from supportcore.escalation.ladders import LadderPolicy, Person
from supportcore.escalation.plans import Key, Notification, Plan, Skipped, Unreached
from supportcore.escalation.recipients import Recipients, clock_names
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
    history_as_of,
)
from supportcore.timelines import Timeline

HORIZON = timedelta(days=14)

# A priority can follow from these events: at one instant it changes after them and before all others.
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
    """Return the notifications due up to `as_of`, and those that will be due if nothing else happens (ESC-2).

    `policy` gives the ladder in force for the `priority` over time. `clocks` are for steps at a share of a target; a
    clock that the ticket does not have is `None`. Steps name `duties`, `people`, or `roles` that are bound to a person
    or to nobody. Events after `as_of` do not count. The plan looks `horizon` ahead of `as_of`.

    The past follows from what was known then: a later event never changes it (G-8).

    Raises `NaiveDatetimeError` for an `as_of` without a zone, `DefinitionError` for an unknown recipient or clock.

    >>> from datetime import UTC
    >>> from supportcore.escalation.ladders import After, Ladder, LadderRow, Step
    >>> night = Ladder("night", [Step("ann"), Step("bob", After(timedelta(minutes=30)))])
    >>> opened = Opened("T-1", datetime(2026, 1, 5, 20, tzinfo=UTC))
    >>> people = {name: Person(name, ["phone"]) for name in ("ann", "bob")}
    >>> policy, priority = LadderPolicy([LadderRow(night)]), Timeline.constant("critical")
    >>> planned = plan(policy, [opened], priority=priority, people=people, as_of=opened.at)
    >>> [(one.person, one.channel, f"{one.at:%H:%M}", one.ended_by) for one in planned.notifications]
    [('ann', 'phone', '20:00', 'next step'), ('bob', 'phone', '20:30', None)]
    """
    recipients = Recipients(duties, people, roles)
    recipients.check_policy(policy)
    _check_clocks(policy, clocks)
    last = micros(as_of, where="`as_of`")
    known = history_as_of(history, as_of)
    state = LadderState(policy, recipients, clocks)
    for instant, events in _events_by_instant(known, priority, last):
        _run_timers_before(state, instant)
        state.refresh_clocks(instant)
        _apply(state, events, priority, instant)
        state.run_timers(instant)
    end = last + micros_of(horizon)
    more = _run_timers_before(state, end)
    return _plan_of(known.ticket, state.outbox, as_of, end if more else None)


def _events_by_instant(known: History, priority: Timeline[str], last: int) -> list[tuple[int, list[Event]]]:
    """Return the instants with events or a change of priority, each with its events in order."""
    at: dict[int, list[Event]] = {
        piece.start: [] for piece in priority.changes() if piece.start is not None and piece.start <= last
    }
    for event in known:
        at.setdefault(event.instant, []).append(event)
    return sorted(at.items())


def _apply(state: LadderState, events: list[Event], priority: Timeline[str], instant: int) -> None:
    """Apply the events of one instant, and the priority after those from which it can follow."""
    new = priority.at_micros(instant)
    state.policy.rank(new)
    place = max((place for place, event in enumerate(events, 1) if isinstance(event, BRINGS_PRIORITY)), default=0)
    if any(isinstance(event, Opened) for event in events):
        state.change_priority(new, instant)
    for event in events[:place]:
        state.record(event)
    state.change_priority(new, instant)
    for event in events[place:]:
        state.record(event)


def _run_timers_before(state: LadderState, end: int) -> bool:
    """Run all timers before an instant, and return whether any remain after it."""
    now = state.known_until
    while (timer := state.next_timer(now)) is not None and timer < end:
        state.run_timers(timer)
        now = timer
    return timer is not None


def _check_clocks(policy: LadderPolicy, clocks: Mapping[str, ClockLike | None]) -> None:
    for name in sorted(clock_names(policy)):
        if name not in clocks:
            raise DefinitionError(
                f"a step waits for clock `{name}`, which the ticket does not have; "
                f"expected {f'one of {listed(clocks)}' if clocks else 'no clock'}{did_you_mean(name, clocks)}"
            )


def _plan_of(ticket: str, outbox: Outbox, as_of: datetime, horizon: int | None) -> Plan:
    tz = as_of.tzinfo
    assert tz is not None, "`micros` refuses a datetime without a zone"
    return Plan(
        ticket,
        as_of,
        None if horizon is None else datetime_of(horizon, tz),
        tuple(
            Notification(
                Key(ticket, draft.cycle, draft.ladder, draft.round, draft.step, draft.person, draft.channel),
                draft.instant,
                draft.to,
                draft.effect,
                draft.reason,
                draft.ends,
                draft.ended_by,
                tz,
            )
            for draft in outbox.drafts
        ),
        tuple(
            Skipped(step.instant, step.cycle, step.ladder, step.round, step.step, step.to, step.reason, tz)
            for step in outbox.skipped
        ),
        tuple(Unreached(round_.instant, round_.cycle, round_.ladder, round_.round, tz) for round_ in outbox.unreached),
    )
