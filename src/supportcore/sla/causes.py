"""Causes of what happens to a clock, as data; `words` turns them into German or English."""

from typing import Literal

from attrs import frozen

CauseKind = Literal[
    "started",
    "stopped",
    "paused",
    "resumed",
    "reset",
    "cancelled",
    "merged",
    "reopened",
    "changed",  # other terms: priority, contract, calendar
    "edition",  # a new edition of the agreement
    "facts",  # a condition over facts began or ceased to hold
    "hours",  # the opening hours of a calendar
    "holiday",
    "exception",
    "closure",
    "break",
    "cycle",  # an earlier cycle of the clock
]


# Without slots, because a history makes many causes, cycles and clocks: frozen slots are set one call at a time.
@frozen(slots=False)
class Cause:
    """The cause of a change: its kind, the id of the event behind it, and a name.

    `event` is the id of an event of the history, empty if no event is behind the change. `name` is the name of a
    holiday, closure or calendar, the reason of a pause, the number of an earlier cycle, or the first day of an edition.

    >>> Cause("holiday", name="Neujahr")
    Cause(kind='holiday', event='', name='Neujahr')
    """

    kind: CauseKind
    event: str = ""
    name: str = ""
