"""Actors: a role and, if known, a name (SLA-3)."""

from typing import Literal, get_args

from attrs import field, frozen

from supportcore.errors import DefinitionError, did_you_mean, listed

Role = Literal["owner", "agent", "supplier", "monitoring", "bot", "system", "other", "customer"]
ROLES: tuple[Role, ...] = get_args(Role)


def _known_role(_: object, __: object, role: str) -> None:
    if role not in ROLES:
        raise DefinitionError(
            f"`{role}` is not the role of an actor; expected one of {listed(ROLES)}{did_you_mean(role, ROLES)}"
        )


def _text(_: object, __: object, name: str) -> None:
    if not isinstance(name, str):
        raise DefinitionError(f"the name of an actor is `{name}`; expected a text")


@frozen
class Actor:
    """A person or system that acts on a ticket, in exactly one role.

    The roles are owner, agent, supplier, monitoring, bot, system, other (another person at the customer) and customer;
    an actor with several roles has the first in this order (SLA-3).

    >>> Actor("agent", "ann")
    Actor(role='agent', name='ann')
    """

    role: Role = field(validator=_known_role)
    name: str = field(default="", validator=_text)

    def __str__(self) -> str:
        return f"{self.role}:{self.name}" if self.name else self.role


def parse_actor(given: "Actor | str") -> Actor:
    """Return the actor of a text such as `agent` or `agent:ann`; return an `Actor` unchanged.

    >>> parse_actor("agent:ann")
    Actor(role='agent', name='ann')
    """
    if isinstance(given, Actor):
        return given
    if not isinstance(given, str):
        raise DefinitionError(f"`{given}` is not an actor; expected a role, or a role and a name such as `agent:ann`")
    role, _, name = given.partition(":")
    return Actor(role, name)  # type: ignore[arg-type]  # the validator refuses an unknown role
