"""What each kind of event may mean to a clock, found once per metric instead of once per event."""

from collections.abc import Iterable, Sequence

from supportcore.sla.agreement.conditions import Condition, On, While
from supportcore.tickets import (
    KINDS,
    Attached,
    DueOverridden,
    Event,
    Excused,
    Merged,
    Opened,
    Paused,
    Reopened,
    Withdrawn,
)

# The kinds of events that do more than start and stop, pause and resume.
OVERRULING = frozenset([Attached, DueOverridden, Excused, Withdrawn])

# Bits, because one event may mean several things. `REPLACE` is a new reason to wait, which ends the one before (SLA-4).
START, STOP, PAUSE, RESUME, RESET, CANCEL, REOPEN, REPLACE, MERGE = (1 << place for place in range(9))

# The conditions that ask for more than the kind of an event, and what it means to each.
Asked = tuple[tuple[int, On], ...]
# What a kind always means, and what else it may mean.
Meaning = tuple[int, Asked]
Meanings = dict[type[Event], Meaning]
# For each kind of event that means anything whether it overrules, and by their place the metrics to which it may mean
# something, and what.
Dispatch = dict[type[object], tuple[bool, tuple[tuple[int, int, Asked], ...]]]

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


def dispatch_of(every: Sequence[Meanings], watched: bool) -> Dispatch:
    """What each kind of event is to the metrics whose meanings these are, and whether any watches facts."""
    overruling = {*OVERRULING, Opened} if watched else OVERRULING
    meant = {
        kind: (kind in overruling, tuple((place, *one[kind]) for place, one in enumerate(every) if kind in one))
        for kind in KINDS
    }
    return {kind: found for kind, found in meant.items() if any(found)}
