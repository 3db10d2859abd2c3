"""Who did something: one role for each actor, and a name where it is known (SLA-3)."""

from typing import Literal, get_args

from attrs import field, frozen

from supportcore.errors import DefinitionError, did_you_mean, listed

Role = Literal["owner", "agent", "supplier", "monitoring", "bot", "system", "other", "customer"]
ROLES: tuple[Role, ...] = get_args(Role)


def _known_role(_: object, __: object, role: str) -> None:
    if role not in ROLES:
        raise DefinitionError(
            f"role `{role}` of an actor is not known; accepted are {listed(ROLES)}{did_you_mean(role, ROLES)}"
        )


def _text(_: object, __: object, name: str) -> None:
    if not isinstance(name, str):
        raise DefinitionError(f"the name of an actor is `{name}`; a text is accepted")


@frozen
class Actor:
    """Somebody or something that acts on a ticket, in exactly one role.

    The roles are owner, agent, supplier, monitoring, bot, system, other (another person at the customer) and customer;
    where several fit one actor, the first in this order is meant (SLA-3).

    >>> Actor("agent", "ann")
    Actor(role='agent', name='ann')
    """

    role: Role = field(validator=_known_role)
    name: str = field(default="", validator=_text)

    def __str__(self) -> str:
        return f"{self.role}:{self.name}" if self.name else self.role


def actor(given: "Actor | str") -> Actor:
    """The actor that a text such as `agent` or `agent:ann` names; an actor is returned as it is.

    >>> actor("agent:ann")
    Actor(role='agent', name='ann')
    """
    if isinstance(given, Actor):
        return given
    if not isinstance(given, str):
        raise DefinitionError(f"`{given}` is no actor; a role, or role and name such as `agent:ann`, is accepted")
    role, _, name = given.partition(":")
    return Actor(role, name)  # type: ignore[arg-type]  # the validator words the error for a role that is not known
