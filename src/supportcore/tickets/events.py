"""The event types of a ticket's history. Their order of declaration is the order of kinds in rule G-6."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from attrs import Factory, field, frozen

from supportcore.errors import DefinitionError, FactError
from supportcore.instants import datetime_of, micros
from supportcore.mappings import EMPTY, FrozenMapping, several
from supportcore.tickets.actors import Actor, Role, actor

Fact = str | bool | int | Decimal | date | frozenset[str]
Facts = FrozenMapping[str, Fact]


def _facts(given: Mapping[str, Any]) -> Facts:
    """Facts made immutable; a list of words becomes a set, a float or a value of another kind is refused."""
    if not isinstance(given, Mapping):
        raise FactError(f"`facts` of an event is `{given}`; a mapping such as {{'impact': 'high'}} is accepted")
    made: dict[str, Fact] = {}
    for name, value in given.items():
        if not isinstance(name, str):
            raise FactError(f"`{name}` is no name of a fact; a text is accepted")
        if isinstance(value, (list, tuple, set, frozenset)):
            if not all(isinstance(word, str) for word in value):
                raise FactError(f"fact `{name}`: `{value}` cannot be a fact; a set holds words only")
            value = frozenset(value)
        if isinstance(value, datetime) or not isinstance(value, (str, bool, int, Decimal, date, frozenset)):
            raise FactError(
                f"fact `{name}`: `{value}` cannot be a fact; accepted are texts, yes or no, whole numbers, decimals, "
                'days and sets of words; write a number with a point as `Decimal("…")`'
            )
        if isinstance(value, Decimal) and not value.is_finite():
            raise FactError(f"fact `{name}`: `{value}` is no number; give a finite one, or leave out what is not known")
        made[name] = value
    return FrozenMapping(made)


def _names(given: Iterable[str]) -> tuple[str, ...]:
    names = several(given)
    if isinstance(given, str) or not all(isinstance(name, str) for name in names):
        raise DefinitionError(f"`removed` of an event is `{given}`; a list of names of facts is accepted")
    return names


def _text(_: object, attribute: Any, value: str) -> None:
    if not isinstance(value, str):
        raise DefinitionError(f"`{attribute.name}` of an event is `{value}`; a text is accepted")


def _whole(_: object, attribute: Any, value: int) -> None:
    if type(value) is not int:
        raise DefinitionError(f"`{attribute.name}` of an event is `{value}`; a whole number is accepted")


def _aware(_: object, attribute: Any, value: datetime) -> None:
    micros(value, where=f"`{attribute.name}` of an event")


def _actor_of(event: "Event") -> Actor:
    return Actor(event.usual_role)


def _id_of(event: "Event") -> str:
    return f"{event.ticket}/{datetime_of(event.instant, UTC).isoformat()}/{type(event).__name__}/{event.sequence}"


@frozen
class Event:
    """What all events carry; only its kinds below are used.

    `ticket` names the ticket and `at` is the instant (aware) at which it happened. `by` is the actor, `"agent:ann"` for
    short. `sequence` is the order that the source gave to events of one instant. `recorded` is when it was written
    down, by default at once. `id` is unique in the ticket; where the source has none it is made of ticket,
    instant, kind and sequence, so that the same event twice is noticed.
    """

    usual_role: ClassVar[Role] = "system"

    ticket: str = field(validator=_text)
    at: datetime = field(eq=False)
    instant: int = field(
        init=False,
        repr=False,
        default=Factory(lambda self: micros(self.at, where="`at` of an event"), takes_self=True),
    )
    by: Actor = field(default=Factory(_actor_of, takes_self=True), converter=actor, kw_only=True)
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


@frozen
class Opened(Event):
    """The ticket exists from here on, with the facts known at its taking in. It carries no message (SLA-2)."""

    usual_role: ClassVar[Role] = "customer"
    facts: Facts = field(default=EMPTY, converter=_facts, kw_only=True)
    customer: str = field(default="", validator=_text, kw_only=True)
    channel: str = field(default="", validator=_text, kw_only=True)


@frozen
class Attached(Event):
    """An agreement applies to the ticket from here on."""

    agreement: str = field(validator=_text, kw_only=True)


@frozen
class Withdrawn(Event):
    """An earlier event, named by its id, holds no longer: an override, a manual due instant."""

    usual_role: ClassVar[Role] = "agent"
    event: str = field(validator=_text, kw_only=True)


@frozen
class FactsChanged(Event):
    """Facts became known or changed; `removed` names those that are not known any more."""

    usual_role: ClassVar[Role] = "agent"
    facts: Facts = field(default=EMPTY, converter=_facts, kw_only=True)
    removed: tuple[str, ...] = field(default=(), converter=_names, kw_only=True)


@frozen
class PriorityOverridden(Event):
    """Somebody set the priority by hand, with a reason; it holds until withdrawn (PRI-2)."""

    usual_role: ClassVar[Role] = "agent"
    priority: str = field(validator=_text, kw_only=True)
    reason: str = field(validator=_text, kw_only=True)


@frozen
class AlarmRaised(Event):
    """Monitoring reports trouble."""

    usual_role: ClassVar[Role] = "monitoring"
    source: str = field(default="", validator=_text, kw_only=True)


@frozen
class ReceiptConfirmed(Event):
    """The customer has been told that the request is taken in (SLA-3)."""


@frozen
class CustomerReplied(Event):
    """A message of the customer."""

    usual_role: ClassVar[Role] = "customer"


@frozen
class AgentReplied(Event):
    """A message to the customer."""

    usual_role: ClassVar[Role] = "agent"


@frozen
class Paused(Event):
    """The ticket waits, for the reason named (`customer`, `supplier`, …); at most one reason at a time (SLA-4)."""

    usual_role: ClassVar[Role] = "agent"
    reason: str = field(validator=_text, kw_only=True)


@frozen
class Resumed(Event):
    """The ticket waits no longer."""

    usual_role: ClassVar[Role] = "agent"


@frozen
class Assigned(Event):
    """The ticket has a new holder: a level, a team, a person, and why."""

    usual_role: ClassVar[Role] = "agent"
    level: str = field(default="", validator=_text, kw_only=True)
    team: str = field(default="", validator=_text, kw_only=True)
    person: str = field(default="", validator=_text, kw_only=True)
    cause: str = field(default="", validator=_text, kw_only=True)


@frozen
class HandedBack(Event):
    """A level gave the ticket back to the one before."""

    usual_role: ClassVar[Role] = "agent"


@frozen
class WorkLogged(Event):
    """Whole minutes of work on the ticket, by activity; `start` is when the work began, by default `at`."""

    usual_role: ClassVar[Role] = "agent"
    minutes: int = field(kw_only=True, validator=_whole)
    activity: str = field(default="", validator=_text, kw_only=True)
    start: datetime = field(
        default=Factory(lambda self: self.at, takes_self=True),
        validator=_aware,
        eq=micros,
        kw_only=True,
    )


@frozen
class PageAcknowledged(Event):
    """Somebody who was paged takes it (SLA-3); the customer knows nothing of it."""

    usual_role: ClassVar[Role] = "agent"


@frozen
class Snoozed(Event):
    """Pages are held until an instant (ESC-4)."""

    usual_role: ClassVar[Role] = "agent"
    until: datetime = field(validator=_aware, eq=micros, kw_only=True)


@frozen
class Escalated(Event):
    """Somebody escalates by hand, with a reason (ESC-4)."""

    usual_role: ClassVar[Role] = "agent"
    reason: str = field(default="", validator=_text, kw_only=True)


@frozen
class Resolved(Event):
    """The request is solved."""

    usual_role: ClassVar[Role] = "agent"


@frozen
class SolutionTold(Event):
    """The customer has been told of the solution."""

    usual_role: ClassVar[Role] = "agent"


@frozen
class Accepted(Event):
    """The customer accepts the solution."""

    usual_role: ClassVar[Role] = "customer"


@frozen
class Reopened(Event):
    """The solution did not hold."""

    usual_role: ClassVar[Role] = "customer"


@frozen
class Closed(Event):
    """Nothing more is to be done."""


@frozen
class Cancelled(Event):
    """The request falls away without a result."""


@frozen
class Merged(Event):
    """The request goes on in another ticket."""

    usual_role: ClassVar[Role] = "agent"
    into: str = field(validator=_text, kw_only=True)


@frozen
class DueOverridden(Event):
    """A due instant set by hand for one metric, until withdrawn or the cycle ends (SLA-8).

    It holds for the agreement that it names, without a name for every agreement that has the metric (SLA-11).
    """

    usual_role: ClassVar[Role] = "agent"
    metric: str = field(validator=_text, kw_only=True)
    due: datetime = field(validator=_aware, eq=micros, kw_only=True)
    reason: str = field(validator=_text, kw_only=True)
    agreement: str = field(default="", validator=_text, kw_only=True)


@frozen
class Excused(Event):
    """A delay that is not held against anybody: an interval `[start, end)` with a reason (SLA-8)."""

    usual_role: ClassVar[Role] = "agent"
    start: datetime = field(validator=_aware, eq=micros, kw_only=True)
    end: datetime = field(validator=_aware, eq=micros, kw_only=True)
    reason: str = field(validator=_text, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if micros(self.end) < micros(self.start):
            raise DefinitionError(
                f"the excused delay ends at `{self.end}`, before it starts at `{self.start}`; exchange the two"
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
