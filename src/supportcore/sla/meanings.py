"""What each kind of event may mean to a clock, found once per metric instead of once per event."""

from collections.abc import Iterable

from supportcore.sla.conditions import Condition, On, While
from supportcore.tickets import Event, Merged, Paused, Reopened

__all__ = [
    "CANCEL",
    "MERGE",
    "PAUSE",
    "REOPEN",
    "REPLACE",
    "RESET",
    "RESUME",
    "START",
    "STOP",
    "Asked",
    "Meanings",
    "meanings_of",
    "whiles_of",
]

# Bits, because one event may mean several things. `REPLACE` is a new reason to wait, which ends the one before (SLA-4).
START, STOP, PAUSE, RESUME, RESET, CANCEL, REOPEN, REPLACE, MERGE = (1 << place for place in range(9))

# The conditions that ask for more than the kind of an event, and what it means to each.
Asked = tuple[tuple[int, On], ...]
# What a kind always means, and what else it may mean.
Meaning = tuple[int, Asked]
Meanings = dict[type[Event], Meaning]

Slots = Iterable[tuple[int, tuple[Condition, ...]]]


def meanings_of(slots: Slots) -> Meanings:
    """The meaning of each kind of event for which a condition asks, and of those that matter to every clock."""
    always: dict[type[Event], int] = {Merged: MERGE, Reopened: REOPEN}
    asked: dict[type[Event], list[tuple[int, On]]] = {}
    for bit, several in slots:
        for condition in several:
            if isinstance(condition, While):
                continue
            for kind in condition.kinds:
                if bit == PAUSE and kind is Paused:
                    always[kind] = always.get(kind, 0) | REPLACE
                if condition.plain:
                    always[kind] = always.get(kind, 0) | bit
                else:
                    asked.setdefault(kind, []).append((bit, condition))
    return {kind: (always.get(kind, 0), tuple(asked.get(kind, ()))) for kind in {**always, **asked}}


def whiles_of(slots: Slots) -> tuple[tuple[int, While], ...]:
    """The conditions over facts, each with what it means."""
    return tuple((bit, one) for bit, several in slots for one in several if isinstance(one, While))
