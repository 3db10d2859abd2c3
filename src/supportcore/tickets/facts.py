"""Facts and priorities set by hand, over the time of a ticket."""

from collections.abc import Iterable

from supportcore.mappings import EMPTY
from supportcore.tickets.events import (
    Event,
    Facts,
    FactsChanged,
    Opened,
    PriorityOverridden,
    Withdrawn,
)
from supportcore.tickets.histories import history_of
from supportcore.timelines import Timeline

NOT_OVERRIDDEN: Timeline[PriorityOverridden | None] = Timeline.constant(None)


def facts_over_time(events: Iterable[Event]) -> Timeline[Facts]:
    """What is known of the ticket over time, each piece caused by the event that brought it.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    >>> line = facts_over_time([Opened("T-1", at, facts={"impact": "high"})])
    >>> line.at(at)
    FrozenMapping({'impact': 'high'})
    """
    known: Facts = EMPTY
    changes: list[tuple[int, Facts, object]] = []
    for event in history_of(events).telling:
        if isinstance(event, Opened):
            known = known.with_(event.facts) if known else event.facts
        elif isinstance(event, FactsChanged):
            kept = known.without(*event.removed) if event.removed else known
            known = kept.with_(event.facts)
        else:
            continue
        changes.append((event.instant, known, event))
    return Timeline.of(EMPTY, changes)


def overrides_over_time(events: Iterable[Event]) -> Timeline[PriorityOverridden | None]:
    """The override of the priority in force over time: the latest one that is not withdrawn (PRI-2)."""
    history = history_of(events)
    standing: list[PriorityOverridden] = []
    changes: list[tuple[int, PriorityOverridden | None, object]] = []
    for event in history.telling:
        if isinstance(event, PriorityOverridden):
            standing.append(event)
        elif isinstance(event, Withdrawn):
            standing = [one for one in standing if one.id != event.event]
        else:
            continue
        changes.append((event.instant, standing[-1] if standing else None, event))
    return Timeline.of(None, changes) if changes else NOT_OVERRIDDEN
