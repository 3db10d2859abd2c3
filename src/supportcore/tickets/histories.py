"""A ticket's events in their order, and what is known of it over time (G-6, G-7, G-8)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from attrs import Factory, field, frozen

from supportcore.errors import HistoryError, did_you_mean, listed
from supportcore.instants import micros
from supportcore.mappings import several
from supportcore.tickets.events import (
    KINDS,
    Attached,
    DueOverridden,
    Event,
    Excused,
    FactsChanged,
    Opened,
    PriorityOverridden,
    Snoozed,
    Withdrawn,
)

RANK = {kind: rank for rank, kind in enumerate(KINDS)}
WORDS = {kind: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).lower() for kind in KINDS}
WITHDRAWABLE = (Attached, PriorityOverridden, Snoozed, DueOverridden, Excused)
NAMED = {words: kind for kind, words in WORDS.items()}

# The kinds of events that say something of the ticket itself, or take back what was said.
TELLING = frozenset([Opened, FactsChanged, PriorityOverridden, Withdrawn])
# Of each kind whether it tells something; what withdraws is none that can be read at a glance.
AT_A_GLANCE = {kind: kind in TELLING for kind in KINDS if kind is not Withdrawn}
# Earlier than every instant.
BEFORE = -(1 << 62)


def event_order(event: Event) -> tuple[int, int, int, str]:
    """The place of an event in its history: instant, sequence of the source, kind, id (G-6)."""
    return (event.instant, event.sequence, RANK[type(event)], event.id)


def kind_words(kind: type[Event]) -> str:
    """The name of an event type as people write it.

    >>> kind_words(FactsChanged)
    'facts changed'
    """
    return WORDS[kind]


def kind_named(words: str) -> type[Event]:
    """The event type that people write so; `HistoryError` with the nearest name where there is none.

    >>> kind_named("receipt confirmed").__name__
    'ReceiptConfirmed'
    """
    try:
        return NAMED[words]
    except KeyError:
        raise HistoryError(
            f"`{words}` is no kind of event; accepted are {listed(NAMED, most=30)}{did_you_mean(words, NAMED)}"
        ) from None


def _telling(history: "History") -> tuple[Event, ...]:
    return tuple(event for event in history.events if type(event) in TELLING)


@frozen
class History:
    """The events of one ticket, in order and free of contradictions: what `history_of` makes.

    `telling` are those among them that say something of the ticket itself: that it was opened, its facts, its priority
    set by hand, and what was withdrawn.
    """

    events: tuple[Event, ...]
    telling: tuple[Event, ...] = field(init=False, default=Factory(_telling, takes_self=True), eq=False, repr=False)

    @property
    def ticket(self) -> str:
        """The ticket that the events are of."""
        return self.events[0].ticket if self.events else ""

    @property
    def opening(self) -> Opened | None:
        """The event that opened the ticket, where there is one."""
        for event in self.telling:
            if isinstance(event, Opened):
                return event
        return None

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    def __len__(self) -> int:
        return len(self.events)


# The slots themselves are set, around the refusal of a frozen class.
SET_EVENTS, SET_TELLING = (vars(History)[name].__set__ for name in ("events", "telling"))


def history_of(events: Iterable[Event]) -> History:
    """The history that events of one ticket make, whatever the order in which they are given (G-6, G-7).

    Raises `HistoryError` where an id stands twice, where there are events of two tickets, where the ticket is opened
    twice, or where something is withdrawn that the history does not have before or that cannot be withdrawn, and for
    an event that is of none of the kinds.

    >>> from datetime import UTC
    >>> from supportcore.tickets import Opened, Resolved
    >>> at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    >>> [kind_words(type(event)) for event in history_of([Resolved("T-1", at), Opened("T-1", at)])]
    ['opened', 'resolved']
    """
    if isinstance(events, History):
        return events
    if isinstance(events, Event):
        raise HistoryError(f"`{events.id}` is one event; give a list of the events of its ticket")
    every = several(events)
    return _at_a_glance(every) or _looked_at(every)


def _at_a_glance(every: tuple[Event, ...]) -> History | None:
    """The history of events that stand in order and contradict nothing; none where that takes a closer look."""
    last = BEFORE
    ids: set[str] = set()
    telling: list[Event] = []
    try:
        ticket, note = every[0].ticket if every else "", ids.add
        for event in every:
            tells, instant = AT_A_GLANCE[type(event)], event.instant
            if instant <= last or event.ticket != ticket:
                return None
            last = instant
            note(event.id)
            if tells:
                if telling and type(event) is Opened:
                    return None
                telling.append(event)
    except (KeyError, AttributeError):
        return None
    if len(ids) < len(every):
        return None
    made = object.__new__(History)
    SET_EVENTS(made, every)
    SET_TELLING(made, tuple(telling))
    return made


def _looked_at(every: tuple[Event, ...]) -> History:
    for event in every:
        if type(event) not in RANK:
            raise HistoryError(f"`{event}` is an event of no kind; accepted are {listed(WORDS.values(), most=30)}")
    ordered = sorted(every, key=event_order)
    _check(ordered)
    return History(tuple(ordered))


def _check(ordered: Sequence[Event]) -> None:
    """Refuses the first of some events in order that contradicts those before it."""
    earlier: dict[str, Event] = {}
    opening: Event | None = None
    for event in ordered:
        if event.id in earlier:
            raise HistoryError(
                f"event id `{event.id}` stands twice in ticket `{event.ticket}`; give each event an id of its own"
            )
        if event.ticket != ordered[0].ticket:
            raise HistoryError(
                f"events of two tickets, `{ordered[0].ticket}` and `{event.ticket}`, in one history; give those of one"
            )
        if isinstance(event, Opened):
            if opening is not None:
                raise HistoryError(
                    f"ticket `{event.ticket}` is opened twice, by `{opening.id}` and `{event.id}`; "
                    "keep the first, or write `Reopened`"
                )
            opening = event
        if isinstance(event, Withdrawn):
            _check_withdrawal(event, earlier)
        earlier[event.id] = event


def _check_withdrawal(event: Withdrawn, earlier: Mapping[str, Event]) -> None:
    target = earlier.get(event.event)
    if target is None:
        raise HistoryError(
            f"event `{event.id}` withdraws `{event.event}`, which is no earlier event of the ticket"
            f"{did_you_mean(event.event, earlier)}"
        )
    if not isinstance(target, WITHDRAWABLE):
        raise HistoryError(
            f"event `{event.id}` withdraws `{event.event}`, which is `{kind_words(type(target))}`; "
            f"only these can be withdrawn: {listed(kind_words(kind) for kind in WITHDRAWABLE)}"
        )


def seen(events: Iterable[Event], as_of: datetime, known_at: datetime | None = None) -> History:
    """What an answer as of an instant may use: nothing after it, nothing recorded after `known_at` (G-8).

    What withdraws an event that was not recorded by then has nothing to withdraw, and is not seen either.
    """
    last = micros(as_of, where="`as_of`")
    known = None if known_at is None else micros(known_at, where="`known_at`")
    whole = history_of(events)
    if known is not None:
        then = [one for one in whole if one.instant <= last and one.recorded_instant <= known]
        ids = {one.id for one in then}
        return History(tuple(one for one in then if not isinstance(one, Withdrawn) or one.event in ids))
    if not whole.events or whole.events[-1].instant <= last:
        return whole
    return History(tuple(event for event in whole.events if event.instant <= last))
