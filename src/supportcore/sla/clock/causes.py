"""Why something is as it is, as data: another room puts it into words, in German or English."""

from typing import Literal, NamedTuple

CauseKind = Literal[
    "started",  # the start condition was met by an event
    "stopped",
    "paused",
    "resumed",
    "reset",
    "cancelled",
    "merged",
    "reopened",
    "changed",  # other terms: priority, contract, calendar
    "edition",  # a new edition of the agreement holds
    "facts",  # facts that a condition asks for began or ceased to hold
    "hours",  # the opening hours of a calendar
    "holiday",
    "exception",
    "closure",
    "break",
    "cycle",  # an earlier cycle of the same clock
]


class Cause(NamedTuple):
    """What brought something about: its kind, the id of the event behind it, and a name.

    `event` is the id of an event of the history, empty where no event is behind it. `name` is the name of a
    holiday, closure or calendar, the reason of a pause, the number of an earlier cycle, or the day from which an
    edition holds.

    >>> Cause("holiday", name="Neujahr")
    Cause(kind='holiday', event='', name='Neujahr')
    """

    kind: CauseKind
    event: str = ""
    name: str = ""


# A cause as the fold keeps it: its kind, event and name. A plain tuple is made many times as fast.
Because = tuple[CauseKind, str, str]
