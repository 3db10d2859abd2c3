"""When a clock starts, stops, pauses …: conditions over events and over facts (SLA-2, SLA-3)."""

from collections.abc import Iterable, Mapping

from attrs import fields_dict, frozen

from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.mappings import FrozenMapping, several
from supportcore.tickets import KINDS, ROLES, Event, Fact, Facts, Role

SHARED = frozenset(fields_dict(Event))


@frozen(init=False)
class On:
    """Met by an event of one of these kinds, by one of these roles, with this in its own data (SLA-2, SLA-3).

    `by` is a role or several; without it anybody counts. `where` gives for fields of the event the value, or the
    set of values, that count: `where={"reason": {"customer"}}`. Raises `DefinitionError` for what is no kind of
    event, no role, or no field of each of the kinds.

    >>> from supportcore.tickets import AgentReplied, Paused, Resumed
    >>> waiting = On(Paused, where={"reason": {"customer"}})
    >>> reply = On(AgentReplied, by={"agent", "owner"})
    """

    kinds: tuple[type[Event], ...]
    by: frozenset[Role]
    where: FrozenMapping[str, frozenset[object]]

    def __init__(
        self,
        *kinds: type[Event],
        by: Role | Iterable[Role] | None = None,
        where: Mapping[str, object] | None = None,
    ) -> None:
        if not kinds:
            raise DefinitionError("`On` needs at least one kind of event, for example `On(Opened)`")
        for kind in kinds:
            if kind not in KINDS:
                raise DefinitionError(
                    f"`{getattr(kind, '__name__', kind)}` in `On` is no kind of event; "
                    f"accepted are {listed((one.__name__ for one in KINDS), most=30)}"
                    f"{did_you_mean(getattr(kind, '__name__', str(kind)), (one.__name__ for one in KINDS))}"
                )
        roles: frozenset[Role] = _roles(by)
        accepted = _accepted("where", {} if where is None else where)
        for name in accepted:
            for kind in kinds:
                _check_field(kind, name)
        self.__attrs_init__(kinds, roles, FrozenMapping(accepted))

    @property
    def plain(self) -> bool:
        """Whether the kind of an event alone decides."""
        return not self.by and not self.where

    def matches(self, event: Event) -> bool:
        """Whether an event meets the condition."""
        if type(event) not in self.kinds or (self.by and event.by.role not in self.by):
            return False
        for name, values in self.where.items():  # noqa: SIM110  a plain loop is the quick one
            if getattr(event, name) not in values:
                return False
        return True


@frozen(init=False)
class While:
    """Met as long as facts hold: each named fact has the value, or one of the values, given (SLA-2).

    As start, stop, reset or cancel it works at the instant at which the facts come to hold, as pause for as long as
    they do. What is not known does not hold (G-11).

    >>> While({"state": {"waiting for customer", "waiting for parts"}}).holds({"state": "in work"})
    False
    """

    facts: FrozenMapping[str, frozenset[object]]

    def __init__(self, facts: Mapping[str, object]) -> None:
        if not facts:
            raise DefinitionError('`While` needs at least one fact, for example `While({"state": "waiting"})`')
        self.__attrs_init__(FrozenMapping(_accepted("While", facts)))

    def holds(self, facts: Mapping[str, Fact] | Facts) -> bool:
        """Whether the condition is met under these facts."""
        return all(name in facts and facts[name] in values for name, values in self.facts.items())


Condition = On | While


def conditions(given: Condition | Iterable[Condition] | None) -> tuple[Condition, ...]:
    """One condition, several of which any will do, or none, as a tuple."""
    if given is None:
        return ()
    every = several(given)
    for one in every:
        if not isinstance(one, (On, While)):
            meant = f"; did you mean `On({one.__name__})`?" if one in KINDS else ""
            raise DefinitionError(
                f"`{getattr(one, '__name__', one)}` is no condition; accepted are `On(…)` and `While(…)`{meant}"
            )
    return every


def _roles(given: Role | Iterable[Role] | None) -> frozenset[Role]:
    if given is None:
        return frozenset()
    named = several(given)
    for role in named:
        if role not in ROLES:
            raise DefinitionError(
                f"role `{role}` in `by` is not known; accepted are {listed(ROLES)}{did_you_mean(str(role), ROLES)}"
            )
    if not named:
        raise DefinitionError("`by` names nobody; leave it out where anybody counts")
    return frozenset(role for role in ROLES if role in named)


def _accepted(where: str, given: Mapping[str, object]) -> dict[str, frozenset[object]]:
    """For each name the values that count: at least one, and each such as a field or fact can have."""
    if not isinstance(given, Mapping):
        raise DefinitionError(f"`{where}` is `{given}`; a mapping of names to the values that count is accepted")
    made: dict[str, frozenset[object]] = {}
    for name, value in given.items():
        several = value if isinstance(value, (set, frozenset, list, tuple)) else [value]
        if not several:
            raise DefinitionError(f"`{name}` in `{where}` names no value, so that nothing ever meets it; give one")
        try:
            made[name] = frozenset(several)
        except TypeError:
            raise DefinitionError(
                f"`{name}` in `{where}` is `{value}`; a value, or a set or list of values, is accepted"
            ) from None
    return made


def _check_field(kind: type[Event], name: str) -> None:
    own = [field for field in fields_dict(kind) if field not in SHARED]
    if name not in own:
        accepted = f"accepted are {listed(own)}" if own else "it has none"
        raise DefinitionError(
            f"`{name}` in `where` is no field of the data of `{kind.__name__}`; {accepted}{did_you_mean(name, own)}"
        )
