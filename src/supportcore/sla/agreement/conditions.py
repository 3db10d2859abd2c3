"""Conditions over events and over facts that start, stop or pause a clock (SLA-2, SLA-3)."""

from collections.abc import Iterable, Mapping

from attrs import fields_dict, frozen

from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.mappings import FrozenMapping, several
from supportcore.tickets import KINDS, ROLES, Event, Fact, Facts, Role

SHARED = frozenset(fields_dict(Event))


@frozen(init=False)
class On:
    """A condition met by events of certain kinds, roles and data (SLA-2, SLA-3).

    `by` is a role or several; without it any actor counts. `where` maps fields of the event to the value, or the
    set of values, that count: `where={"reason": {"customer"}}`. Raises `DefinitionError` for an unknown kind of event
    or role, and for a field that one of the kinds does not have.

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
        names = [kind.__name__ for kind in KINDS]
        for kind in kinds:
            if kind not in KINDS:
                name = getattr(kind, "__name__", str(kind))
                raise DefinitionError(
                    f"`{name}` in `On` is not a kind of event; expected one of {listed(names, most=30)}"
                    f"{did_you_mean(name, names)}"
                )
        accepted = _accepted_values("where", {} if where is None else where)
        for name in accepted:
            for kind in kinds:
                _check_field(kind, name)
        self.__attrs_init__(kinds, _roles(by), FrozenMapping(accepted))

    @property
    def plain(self) -> bool:
        """Whether every event of the kinds meets the condition."""
        return not self.by and not self.where

    def matches(self, event: Event) -> bool:
        """Return whether an event meets the condition."""
        if type(event) not in self.kinds or (self.by and event.by.role not in self.by):
            return False
        return all(getattr(event, name) in values for name, values in self.where.items())


@frozen(init=False)
class While:
    """A condition met while each named fact has the value, or one of the values, given (SLA-2).

    As start, stop, reset or cancel it takes effect at the instant from which it is met, as pause for as long as it is
    met. An unknown fact meets no condition (G-11).

    >>> While({"state": {"waiting for customer", "waiting for parts"}}).holds({"state": "in work"})
    False
    """

    facts: FrozenMapping[str, frozenset[object]]

    def __init__(self, facts: Mapping[str, object]) -> None:
        if not facts:
            raise DefinitionError('`While` needs at least one fact, for example `While({"state": "waiting"})`')
        self.__attrs_init__(FrozenMapping(_accepted_values("While", facts)))

    def holds(self, facts: Mapping[str, Fact] | Facts) -> bool:
        """Return whether facts meet the condition."""
        return all(name in facts and _is_among(facts[name], values) for name, values in self.facts.items())


Condition = On | While


def conditions(given: Condition | Iterable[Condition] | None) -> tuple[Condition, ...]:
    """Return a condition, alternative conditions, or `None` as a tuple; anything else raises `DefinitionError`."""
    if given is None:
        return ()
    alternatives = several(given)
    for condition in alternatives:
        if not isinstance(condition, (On, While)):
            near = f"; did you mean `On({condition.__name__})`?" if condition in KINDS else ""
            raise DefinitionError(
                f"`{getattr(condition, '__name__', condition)}` is not a condition; give `On(…)` or `While(…)`{near}"
            )
    return alternatives


def _roles(given: Role | Iterable[Role] | None) -> frozenset[Role]:
    if given is None:
        return frozenset()
    roles = several(given)
    for role in roles:
        if role not in ROLES:
            raise DefinitionError(
                f"`{role}` in `by` is not a role; expected one of {listed(ROLES)}{did_you_mean(str(role), ROLES)}"
            )
    if not roles:
        raise DefinitionError("`by` is empty; leave it out if any actor counts")
    return frozenset(role for role in ROLES if role in roles)


def _accepted_values(where: str, given: Mapping[str, object]) -> dict[str, frozenset[object]]:
    """Return the values that count for each name: at least one, all hashable."""
    if not isinstance(given, Mapping):
        raise DefinitionError(f"`{where}` is `{given}`; give a mapping of names to the values that count")
    accepted: dict[str, frozenset[object]] = {}
    for name, value in given.items():
        values = value if isinstance(value, (set, frozenset, list, tuple)) else [value]
        if not values:
            raise DefinitionError(
                f"`{name}` in `{where}` has no value, so that nothing ever meets it; give at least one"
            )
        try:
            accepted[name] = frozenset(values)
        except TypeError:
            raise DefinitionError(
                f"`{name}` in `{where}` is `{value}`; give a value, or a set or list of values"
            ) from None
    return accepted


def _is_among(fact: Fact, values: frozenset[object]) -> bool:
    """Return whether a fact is one of some values; 1 is not yes (RUL-1)."""
    is_flag = isinstance(fact, bool)
    return fact in values and any(value == fact and isinstance(value, bool) is is_flag for value in values)


def _check_field(kind: type[Event], name: str) -> None:
    own = [field for field in fields_dict(kind) if field not in SHARED]
    if name not in own:
        expected = f"expected one of {listed(own)}" if own else "it has none"
        raise DefinitionError(
            f"`{name}` in `where` is not a field of `{kind.__name__}`; {expected}{did_you_mean(name, own)}"
        )
