"""What a history says, read event by event: the order of the events, their instants, and the facts that they leave."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from supportcore.tickets import Event, FactsChanged, Opened

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# G-6: events of one instant and one sequence go by their kind, in this order.
KINDS = """
Opened Attached Withdrawn FactsChanged PriorityOverridden AlarmRaised ReceiptConfirmed CustomerReplied AgentReplied
Paused Resumed Assigned HandedBack WorkLogged PageAcknowledged Snoozed Escalated Resolved SolutionTold Accepted
Reopened Closed Cancelled Merged DueOverridden Excused Surveyed
""".split()


def micros(instant: datetime) -> int:
    """An instant as microseconds since 1970."""
    return (instant - EPOCH) // timedelta(microseconds=1)


def in_order(events: Iterable[Event]) -> list[Event]:
    """The events by instant, by the sequence of their source, by kind, and by id (G-6)."""
    return sorted(
        events, key=lambda event: (micros(event.at), event.sequence, KINDS.index(type(event).__name__), event.id)
    )


def facts_after(events: Iterable[Event]) -> dict[str, Any]:
    """The facts that are known after these events, which are in order."""
    known: dict[str, Any] = {}
    for event in events:
        if isinstance(event, FactsChanged):
            for name in event.removed:
                known.pop(name, None)
        if isinstance(event, (Opened, FactsChanged)):
            for name, value in event.facts.items():
                known[name] = value
    return known
