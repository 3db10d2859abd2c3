"""The history of a ticket: its events in order, checked, and as known at an instant (G-6, G-7, G-8)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter

from attrs import frozen

from supportcore.errors import HistoryError, counted, did_you_mean, listed, shortened
from supportcore.instants import brief, micros
from supportcore.mappings import several
from supportcore.tickets.events import (
    KINDS,
    Attached,
    DueOverridden,
    Event,
    Excused,
    Opened,
    PriorityOverridden,
    Snoozed,
    Withdrawn,
)
from supportcore.tickets.kinds import NAMES, kind_name

RANK = {kind: rank for rank, kind in enumerate(KINDS)}
WITHDRAWABLE = (Attached, PriorityOverridden, Snoozed, DueOverridden, Excused)
TICKET, ID = attrgetter("ticket"), attrgetter("id")


def event_order(event: Event) -> tuple[int, int, int, str]:
    """Return the sort key of an event in its history: instant, sequence of the source, kind, id (G-6)."""
    return (event.instant, event.sequence, RANK[type(event)], event.id)


@frozen
class History:
    """The events of a ticket, in order and free of contradictions, made by `history_of`."""

    events: tuple[Event, ...]

    def __repr__(self) -> str:
        if not self.events:
            return "History(no events)"
        span = f"from {brief(self.events[0].at)} to {brief(self.events[-1].at)}"
        return f"History({shortened(self.ticket)}: {counted(len(self.events), 'event')} {span})"

    @property
    def ticket(self) -> str:
        """The ticket of the events."""
        return self.events[0].ticket if self.events else ""

    @property
    def opening(self) -> Opened | None:
        """The event that opened the ticket, if the history has it."""
        for event in self.events:
            if isinstance(event, Opened):
                return event
        return None

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    def __len__(self) -> int:
        return len(self.events)


def history_of(events: Iterable[Event]) -> History:
    """Return the history of a ticket from its events, in any order (G-6, G-7).

    Raises `HistoryError` for an id given twice, events of two tickets, a second opening, a withdrawal of an event that
    is not an earlier event or cannot be withdrawn, and for a value that is not an event.

    >>> from datetime import UTC
    >>> from supportcore.tickets import Opened, Resolved
    >>> at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    >>> [kind_name(type(event)) for event in history_of([Resolved("T-1", at), Opened("T-1", at)])]
    ['opened', 'resolved']
    """
    if isinstance(events, History):
        return events
    if isinstance(events, Event):
        raise HistoryError(f"`{events.id}` is a single event; give a list of the events of its ticket")
    given = several(events)
    try:
        ordered = sorted(given, key=event_order)
    except (AttributeError, KeyError):
        unknown = next(event for event in given if type(event) not in RANK)
        raise HistoryError(
            f"`{unknown}` is not an event; expected an event of type {listed(NAMES.values(), most=30)}"
        ) from None
    _check(ordered)
    return History(tuple(ordered))


def _check(ordered: Sequence[Event]) -> None:
    """Raise `HistoryError` if events in order contradict each other."""
    if len(set(map(TICKET, ordered))) > 1:
        first, second, *_ = dict.fromkeys(event.ticket for event in ordered)
        raise HistoryError(
            f"the history has events of two tickets, `{first}` and `{second}`; give the events of one ticket"
        )
    if len(set(map(ID, ordered))) < len(ordered):
        by_id = {event.id: event for event in ordered}
        twice = next(event for event in ordered if by_id[event.id] is not event)
        raise HistoryError(
            f"event id `{twice.id}` is used twice in ticket `{twice.ticket}`; give each event an id of its own"
        )
    kinds = list(map(type, ordered))
    if kinds.count(Opened) > 1:
        opened, again, *_ = (event for event in ordered if isinstance(event, Opened))
        raise HistoryError(
            f"ticket `{opened.ticket}` is opened twice, by `{opened.id}` and `{again.id}`; "
            "keep the first, or use `Reopened`"
        )
    if Withdrawn in kinds:
        _check_withdrawals(ordered)


def _check_withdrawals(ordered: Iterable[Event]) -> None:
    earlier: dict[str, Event] = {}
    for event in ordered:
        if isinstance(event, Withdrawn):
            _check_withdrawal(event, earlier)
        earlier[event.id] = event


def _check_withdrawal(event: Withdrawn, earlier: Mapping[str, Event]) -> None:
    target = earlier.get(event.event)
    if target is None:
        raise HistoryError(
            f"event `{event.id}` withdraws `{event.event}`, which is not an earlier event of the ticket"
            f"{did_you_mean(event.event, earlier)}"
        )
    if not isinstance(target, WITHDRAWABLE):
        raise HistoryError(
            f"event `{event.id}` withdraws `{event.event}`, which is `{kind_name(type(target))}`; "
            f"expected one of {listed(kind_name(kind) for kind in WITHDRAWABLE)}"
        )


def history_as_of(events: Iterable[Event], as_of: datetime, known_at: datetime | None = None) -> History:
    """Return the history up to `as_of`, without events recorded after `known_at` (G-8).

    A withdrawal of an event that was not recorded by then is left out too.
    """
    last = micros(as_of, where="`as_of`")
    known = None if known_at is None else micros(known_at, where="`known_at`")
    whole = history_of(events)
    if known is not None:
        recorded = [event for event in whole if event.instant <= last and event.recorded_instant <= known]
        ids = {event.id for event in recorded}
        return History(tuple(event for event in recorded if not isinstance(event, Withdrawn) or event.event in ids))
    if not whole.events or whole.events[-1].instant <= last:
        return whole
    return History(tuple(event for event in whole.events if event.instant <= last))
