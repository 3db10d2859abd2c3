"""The facts of a ticket and the overrides of its priority over time."""

from collections.abc import Iterable

from supportcore.mappings import EMPTY
from supportcore.tickets.events import (
    Event,
    Facts,
    FactsChanged,
    Opened,
    PriorityOverridden,
    Withdrawn,
    facts_key,
)
from supportcore.tickets.histories import history_of
from supportcore.timelines import Timeline

NOT_OVERRIDDEN: Timeline[PriorityOverridden | None] = Timeline.constant(None)


def facts_over_time(events: Iterable[Event]) -> Timeline[Facts]:
    """Return the facts of the ticket over time; the cause of each piece is the event that changed them.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    >>> line = facts_over_time([Opened("T-1", at, facts={"impact": "high"})])
    >>> line.at(at)
    FrozenMapping({'impact': 'high'})
    """
    known: Facts = EMPTY
    changes: list[tuple[int, Facts, object]] = []
    for event in history_of(events).events:
        if type(event) is Opened:
            known = known.with_(event.facts) if known else event.facts
        elif type(event) is FactsChanged:
            kept = known.without(*event.removed) if event.removed else known
            known = kept.with_(event.facts)
        else:
            continue
        changes.append((event.instant, known, event))
    return Timeline.of(EMPTY, changes, key=facts_key)


def overrides_over_time(events: Iterable[Event]) -> Timeline[PriorityOverridden | None]:
    """Return the override of the priority in force over time: the latest that is not withdrawn (PRI-2)."""
    history = history_of(events)
    if PriorityOverridden not in set(map(type, history.events)):
        return NOT_OVERRIDDEN
    in_force: list[PriorityOverridden] = []
    changes: list[tuple[int, PriorityOverridden | None, object]] = []
    for event in history:
        if isinstance(event, PriorityOverridden):
            in_force.append(event)
        elif isinstance(event, Withdrawn):
            in_force = [override for override in in_force if override.id != event.event]
        else:
            continue
        changes.append((event.instant, in_force[-1] if in_force else None, event))
    return Timeline.of(None, changes)
