"""The recipients that steps of ladders name: duties, people, and roles bound to a person (ESC-1, SVC-1)."""

from collections import Counter
from collections.abc import Mapping

from attrs import field, frozen

from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.escalation.duty.rosters import OnDuty, Roster
from supportcore.escalation.ladders import LadderPolicy, Percent, Person
from supportcore.mappings import EMPTY


@frozen
class Recipients:
    """The recipients that a step can name: duties, people, and roles bound to a person or to nobody.

    >>> Recipients(people={"ann": Person("ann", ["phone"])}, roles={"head": "ann"}).at("head", 0).people
    ('ann',)
    """

    duties: Mapping[str, Roster] = EMPTY
    people: Mapping[str, Person] = EMPTY
    roles: Mapping[str, str | None] = EMPTY
    _known: frozenset[str] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        known = Counter([*self.duties, *self.people, *self.roles])
        twice = next((name for name, count in known.items() if count > 1), None)
        if twice is not None:
            raise DefinitionError(f"`{twice}` names two of the duties, people and roles; give each a name of its own")
        for role, person in self.roles.items():
            if person is not None:
                self._check_person(person, where=f"role `{role}`")
        for name, roster in self.duties.items():
            for person in roster.people:
                self._check_person(person, where=f"duty `{name}`")
        object.__setattr__(self, "_known", frozenset(known))

    def _check_person(self, person: str, *, where: str) -> None:
        if person not in self.people:
            raise DefinitionError(
                f"{where}: `{person}` is not a person; expected one of {listed(self.people)}"
                f"{did_you_mean(person, self.people)}"
            )

    def check(self, name: str, *, where: str) -> None:
        """Raise `DefinitionError` with the nearest name for a name that is not a duty, person or role."""
        if name not in self._known:
            raise DefinitionError(
                f"{where}: `{name}` is not a duty, person or role; expected one of {listed(sorted(self._known))}"
                f"{did_you_mean(name, self._known)}"
            )

    def check_policy(self, policy: LadderPolicy) -> None:
        """Raise `DefinitionError` if a step or a last resort names an unknown recipient."""
        for ladder in policy.ladders:
            for number, step in enumerate(ladder.steps, 1):
                if step.to not in self._known:
                    self.check(step.to, where=f"ladder `{ladder.name}`, step {number}")
            if ladder.last_resort is not None:
                self.check(ladder.last_resort, where=f"ladder `{ladder.name}`, last resort")

    def at(self, name: str, instant: int) -> OnDuty:
        """Return who is on a duty, or bound to a role, at an instant in microseconds; an unbound role is a gap."""
        roster = self.duties.get(name)
        if roster is not None:
            return roster.at(instant)
        if name in self.people:
            return OnDuty((name,), "served")
        person = self.roles[name]
        return OnDuty((), "gap") if person is None else OnDuty((person,), "served")

    def in_turn(self, name: str, instant: int) -> tuple[str, ...]:
        """Return the people behind a name, for a duty followed by the next in turn."""
        roster = self.duties.get(name)
        return roster.in_turn(instant) if roster is not None else self.at(name, instant).people

    def next_change(self, name: str, instant: int) -> int | None:
        """Return the next instant after this one at which a duty may be handed over; `None` for people and roles."""
        roster = self.duties.get(name)
        return None if roster is None else roster.next_change(instant)


def clock_names(policy: LadderPolicy) -> frozenset[str]:
    """Return the clocks that steps of the policy wait for."""
    return frozenset(
        step.when.clock for ladder in policy.ladders for step in ladder.steps if isinstance(step.when, Percent)
    )
