"""The names of event types in concepts, mappings and files of events."""

import re

from supportcore.errors import HistoryError, did_you_mean, listed
from supportcore.tickets.events import KINDS, Event

NAMES = {kind: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).lower() for kind in KINDS}
KINDS_BY_NAME = {name: kind for kind, name in NAMES.items()}


def kind_name(kind: type[Event]) -> str:
    """Return the name of an event type in concepts, mappings and files of events.

    >>> from supportcore.tickets import PriorityOverridden
    >>> kind_name(PriorityOverridden)
    'priority overridden'
    """
    return NAMES[kind]


def parse_kind(name: str) -> type[Event]:
    """Return the event type with a name; raise `HistoryError` with the nearest name for an unknown one.

    >>> parse_kind("receipt confirmed").__name__
    'ReceiptConfirmed'
    """
    try:
        return KINDS_BY_NAME[name]
    except KeyError:
        raise HistoryError(
            f"`{name}` is not an event type; expected one of {listed(KINDS_BY_NAME, most=30)}"
            f"{did_you_mean(name, KINDS_BY_NAME)}"
        ) from None
