"""The event types of a ticket's history, in the order of kinds of rule G-6."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, ClassVar

from attrs import Factory, field, frozen

from supportcore.equality import equality_key
from supportcore.errors import DefinitionError, FactError
from supportcore.instants import datetime_of, micros
from supportcore.mappings import EMPTY, FrozenMapping, several
from supportcore.tickets.actors import Actor, Role, parse_actor

Fact = str | bool | int | Decimal | date | time | frozenset[str]
Facts = FrozenMapping[str, Fact]


def _facts(given: Mapping[str, Any]) -> Facts:
    """Return facts as an immutable mapping; a list of words becomes a set, a float is refused."""
    if not isinstance(given, Mapping):
        raise FactError(f"`facts` of an event is `{given}`; expected a mapping such as {{'impact': 'high'}}")
    facts: dict[str, Fact] = {}
    for name, value in given.items():
        if not isinstance(name, str):
            raise FactError(f"`{name}` is not the name of a fact; expected a text")
        if isinstance(value, (list, tuple, set, frozenset)):
            if not all(isinstance(word, str) for word in value):
                raise FactError(f"fact `{name}`: `{value}` is not a fact; a set holds words only")
            value = frozenset(value)
        if isinstance(value, datetime) or not isinstance(value, (str, bool, int, Decimal, date, time, frozenset)):
            raise FactError(
                f"fact `{name}`: `{value}` is not a fact; expected a text, yes or no, a whole number, a decimal, "
                'a day, a time of day or a set of words; write a number with a point as `Decimal("…")`'
            )
        if isinstance(value, Decimal) and not value.is_finite():
            raise FactError(
                f"fact `{name}`: `{value}` is not finite; give a finite number, or leave out an unknown fact"
            )
        if isinstance(value, time) and value.tzinfo is not None:
            raise FactError(f"fact `{name}`: `{value}` has a zone; a time of day has none, an instant is not a fact")
        facts[name] = value
    return FrozenMapping(facts)


def facts_key(facts: Facts) -> object:
    """Return a key that is equal for facts with equal values of equal kinds: 4.0 is not 4, 1 is not yes (RUL-1)."""
    return frozenset((name, isinstance(value, Decimal), equality_key(value)) for name, value in facts.items())


def _names(given: Iterable[str]) -> tuple[str, ...]:
    names = several(given)
    if isinstance(given, str) or not all(isinstance(name, str) for name in names):
        raise DefinitionError(f"`removed` of an event is `{given}`; expected a list of names of facts")
    return names


def _text(_: object, attribute: Any, value: str) -> None:
    if not isinstance(value, str):
        raise DefinitionError(f"`{attribute.name}` of an event is `{value}`; expected a text")


def _whole(_: object, attribute: Any, value: int) -> None:
    if type(value) is not int:
        raise DefinitionError(f"`{attribute.name}` of an event is `{value}`; expected a whole number")


def _aware(_: object, attribute: Any, value: datetime) -> None:
    micros(value, where=f"`{attribute.name}` of an event")


def _actor_of(event: "Event") -> Actor:
    return Actor(event.usual_role)


def _id_of(event: "Event") -> str:
    return f"{event.ticket}/{datetime_of(event.instant, UTC).isoformat()}/{type(event).__name__}/{event.sequence}"


@frozen
class Event:
    """The fields of all events; only its subclasses are used.

    The event happened to `ticket` at the aware datetime `at`. `by` is the actor, `"agent:ann"` for short. `sequence`
    orders the events of one instant as in their source. `recorded` is the instant of the record, by default `at`. `id`
    is unique in the ticket; by default it consists of ticket, instant, kind and sequence, so that an event given twice
    is an error.
    """

    usual_role: ClassVar[Role] = "system"

    ticket: str = field(validator=_text)
    at: datetime = field(eq=False)
    instant: int = field(
        init=False,
        repr=False,
        default=Factory(lambda self: micros(self.at, where="`at` of an event"), takes_self=True),
    )
    by: Actor = field(default=Factory(_actor_of, takes_self=True), converter=parse_actor, kw_only=True)
    sequence: int = field(default=0, validator=_whole, kw_only=True)
    id: str = field(
        default=Factory(_id_of, takes_self=True),
        validator=_text,
        kw_only=True,
    )
    recorded: datetime = field(
        default=Factory(lambda self: self.at, takes_self=True),
        eq=False,
        kw_only=True,
    )
    recorded_instant: int = field(
        init=False,
        repr=False,
        default=Factory(lambda self: micros(self.recorded, where="`recorded` of an event"), takes_self=True),
    )


# A kind with fields of its own is made by attrs; a kind without any is as frozen as `Event`, whose methods it inherits.


@frozen
class Opened(Event):
    """The ticket was opened, with the facts known then. The opening is not a message (SLA-2)."""

    usual_role: ClassVar[Role] = "customer"
    facts: Facts = field(default=EMPTY, converter=_facts, eq=facts_key, kw_only=True)
    customer: str = field(default="", validator=_text, kw_only=True)
    channel: str = field(default="", validator=_text, kw_only=True)


@frozen
class Attached(Event):
    """The agreement named `agreement` applies to the ticket from this instant on."""

    agreement: str = field(validator=_text, kw_only=True)


@frozen
class Withdrawn(Event):
    """An earlier event, such as an override, was withdrawn; `event` is its id."""

    usual_role: ClassVar[Role] = "agent"
    event: str = field(validator=_text, kw_only=True)


@frozen
class FactsChanged(Event):
    """Facts became known or changed; the facts in `removed` are no longer known."""

    usual_role: ClassVar[Role] = "agent"
    facts: Facts = field(default=EMPTY, converter=_facts, eq=facts_key, kw_only=True)
    removed: tuple[str, ...] = field(default=(), converter=_names, kw_only=True)


@frozen
class PriorityOverridden(Event):
    """A person set the priority, with a reason; the override holds until it is withdrawn (PRI-2)."""

    usual_role: ClassVar[Role] = "agent"
    priority: str = field(validator=_text, kw_only=True)
    reason: str = field(validator=_text, kw_only=True)


@frozen
class AlarmRaised(Event):
    """Monitoring raised an alarm."""

    usual_role: ClassVar[Role] = "monitoring"
    source: str = field(default="", validator=_text, kw_only=True)


class ReceiptConfirmed(Event):
    """The customer was notified that the request has arrived (SLA-3)."""

    __slots__ = ()


class CustomerReplied(Event):
    """The customer sent a message."""

    __slots__ = ()
    usual_role: ClassVar[Role] = "customer"


class AgentReplied(Event):
    """The support organisation sent a message to the customer."""

    __slots__ = ()
    usual_role: ClassVar[Role] = "agent"


@frozen
class Paused(Event):
    """The ticket waits for `reason` (`customer`, `supplier`, …); a ticket has one waiting reason at a time (SLA-4)."""

    usual_role: ClassVar[Role] = "agent"
    reason: str = field(validator=_text, kw_only=True)


class Resumed(Event):
    """The ticket no longer waits, and its clocks resume."""

    __slots__ = ()
    usual_role: ClassVar[Role] = "agent"


@frozen
class Assigned(Event):
    """The ticket was assigned to a level, a team or a person; `cause` is the reason."""

    usual_role: ClassVar[Role] = "agent"
    level: str = field(default="", validator=_text, kw_only=True)
    team: str = field(default="", validator=_text, kw_only=True)
    person: str = field(default="", validator=_text, kw_only=True)
    cause: str = field(default="", validator=_text, kw_only=True)


class HandedBack(Event):
    """The level or team gave the ticket back to the level or team before."""

    __slots__ = ()
    usual_role: ClassVar[Role] = "agent"


@frozen
class WorkLogged(Event):
    """Whole minutes of work on the ticket, by activity; the work began at `start`, by default `at`."""

    usual_role: ClassVar[Role] = "agent"
    minutes: int = field(kw_only=True, validator=_whole)
    activity: str = field(default="", validator=_text, kw_only=True)
    start: datetime = field(
        default=Factory(lambda self: self.at, takes_self=True),
        validator=_aware,
        eq=micros,
        kw_only=True,
    )


class PageAcknowledged(Event):
    """A paged person acknowledged the page (SLA-3); the customer is not notified."""

    __slots__ = ()
    usual_role: ClassVar[Role] = "agent"


@frozen
class Snoozed(Event):
    """A person put the pages of the ticket on hold until the instant `until` (ESC-4)."""

    usual_role: ClassVar[Role] = "agent"
    until: datetime = field(validator=_aware, eq=micros, kw_only=True)


@frozen
class Escalated(Event):
    """A person escalated the ticket, with a reason (ESC-4)."""

    usual_role: ClassVar[Role] = "agent"
    reason: str = field(default="", validator=_text, kw_only=True)


class Resolved(Event):
    """The request was resolved."""

    __slots__ = ()
    usual_role: ClassVar[Role] = "agent"


class SolutionTold(Event):
    """The customer was notified of the solution."""

    __slots__ = ()
    usual_role: ClassVar[Role] = "agent"


class Accepted(Event):
    """The customer accepted the solution."""

    __slots__ = ()
    usual_role: ClassVar[Role] = "customer"


class Reopened(Event):
    """The ticket was reopened, because its solution did not work."""

    __slots__ = ()
    usual_role: ClassVar[Role] = "customer"


class Closed(Event):
    """The ticket was closed."""

    __slots__ = ()


class Cancelled(Event):
    """The request was cancelled without a result."""

    __slots__ = ()


@frozen
class Merged(Event):
    """The request continues in another ticket."""

    usual_role: ClassVar[Role] = "agent"
    into: str = field(validator=_text, kw_only=True)


@frozen
class DueOverridden(Event):
    """A person set the due instant of a metric, until the override is withdrawn or the cycle ends (SLA-8).

    It holds for `agreement`, by default for all agreements with the metric (SLA-11).
    """

    usual_role: ClassVar[Role] = "agent"
    metric: str = field(validator=_text, kw_only=True)
    due: datetime = field(validator=_aware, eq=micros, kw_only=True)
    reason: str = field(validator=_text, kw_only=True)
    agreement: str = field(default="", validator=_text, kw_only=True)


@frozen
class Excused(Event):
    """An excused delay `[start, end)`, with a reason (SLA-8)."""

    usual_role: ClassVar[Role] = "agent"
    start: datetime = field(validator=_aware, eq=micros, kw_only=True)
    end: datetime = field(validator=_aware, eq=micros, kw_only=True)
    reason: str = field(validator=_text, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if micros(self.end) < micros(self.start):
            raise DefinitionError(
                f"the excused delay ends at `{self.end}`, before it starts at `{self.start}`; swap the two"
            )


@frozen
class Surveyed(Event):
    """The customer's satisfaction, as a whole number on the survey's scale."""

    usual_role: ClassVar[Role] = "customer"
    score: int = field(kw_only=True, validator=_whole)


KINDS: tuple[type[Event], ...] = (
    Opened,
    Attached,
    Withdrawn,
    FactsChanged,
    PriorityOverridden,
    AlarmRaised,
    ReceiptConfirmed,
    CustomerReplied,
    AgentReplied,
    Paused,
    Resumed,
    Assigned,
    HandedBack,
    WorkLogged,
    PageAcknowledged,
    Snoozed,
    Escalated,
    Resolved,
    SolutionTold,
    Accepted,
    Reopened,
    Closed,
    Cancelled,
    Merged,
    DueOverridden,
    Excused,
    Surveyed,
)
