"""Whom the steps of ladders name: duties, people, and roles that stand for a person (ESC-1, SVC-1)."""

from collections import Counter
from collections.abc import Iterator, Mapping

from attrs import field, frozen

from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.escalation.duty.rosters import OnDuty, Roster
from supportcore.escalation.ladders import LadderPolicy, Percent, Person
from supportcore.findings import Finding
from supportcore.mappings import EMPTY


@frozen
class Targets:
    """Everybody whom a step can name: duties by name, people by name, and the person bound to each role, or none.

    >>> Targets(people={"ann": Person("ann", ["phone"])}, roles={"head": "ann"}).at("head", 0).people
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
            raise DefinitionError(
                f"`{twice}` is the name of two among duties, people and roles; give each a name of its own"
            )
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
                f"{where}: `{person}` is no person; accepted are {listed(self.people)}"
                f"{did_you_mean(person, self.people)}"
            )

    def check(self, name: str, *, where: str) -> None:
        """Raises `DefinitionError` with the nearest name where nobody is called so."""
        if name not in self._known:
            raise DefinitionError(
                f"{where}: `{name}` is no duty, person or role; accepted are {listed(sorted(self._known))}"
                f"{did_you_mean(name, self._known)}"
            )

    def check_policy(self, policy: LadderPolicy) -> None:
        """Raises `DefinitionError` where a step or a last resort names nobody who is known."""
        for ladder in policy.ladders:
            for number, step in enumerate(ladder.steps, 1):
                if step.to not in self._known:
                    self.check(step.to, where=f"ladder `{ladder.name}`, step {number}")
            if ladder.last_resort is not None:
                self.check(ladder.last_resort, where=f"ladder `{ladder.name}`, last resort")

    def at(self, name: str, instant: int) -> OnDuty:
        """Whom a name stands for at an instant in microseconds; a role bound to nobody is a gap."""
        roster = self.duties.get(name)
        if roster is not None:
            return roster.at(instant)
        if name in self.people:
            return OnDuty((name,), "served")
        person = self.roles[name]
        return OnDuty((), "gap") if person is None else OnDuty((person,), "served")

    def in_turn(self, name: str, instant: int) -> tuple[str, ...]:
        """Whom a name stands for, and for a duty those who follow in turn."""
        roster = self.duties.get(name)
        return roster.in_turn(instant) if roster is not None else self.at(name, instant).people

    def next_change(self, name: str, instant: int) -> int | None:
        """The next instant strictly after this one at which a duty may pass on; none for people and roles."""
        roster = self.duties.get(name)
        return None if roster is None else roster.next_change(instant)


def check_targets(policy: LadderPolicy, targets: Targets) -> tuple[Finding, ...]:
    """What is wrong with whom the ladders call: unbound roles, people without the channel asked for (SVC-1).

    A name that nobody has is an error and raises `DefinitionError`; what is only missing in the directory is a finding.

    >>> from supportcore.escalation.ladders import Ladder, LadderRow, Step
    >>> policy = LadderPolicy([LadderRow(Ladder("urgent", [Step("head")]))])
    >>> print(check_targets(policy, Targets(roles={"head": None}))[0])
    error escalation.unbound-role at ladders.urgent.steps.1: role `head` is bound to nobody; bind it in the directory
    """
    targets.check_policy(policy)
    return tuple(dict.fromkeys(_findings(policy, targets)))


def _findings(policy: LadderPolicy, targets: Targets) -> Iterator[Finding]:
    for ladder in policy.ladders:
        calls = [(f"steps.{number}", step.to, step.channel) for number, step in enumerate(ladder.steps, 1)]
        if ladder.last_resort is not None:
            calls.append(("last_resort", ladder.last_resort, None))
        for place, name, channel in calls:
            path = f"ladders.{ladder.name}.{place}"
            if name in targets.roles and targets.roles[name] is None:
                yield Finding("escalation.unbound-role", "error", path, {"role": name})
            for person in _everybody(targets, name):
                if targets.people[person].channel_for(channel) is None:
                    parts, variant = {"person": person, "name": name}, ""
                    if channel:
                        parts, variant = {**parts, "channel": channel}, "named"
                    yield Finding("escalation.no-channel", "error", path, parts, variant=variant)


def _everybody(targets: Targets, name: str) -> tuple[str, ...]:
    if name in targets.duties:
        return targets.duties[name].people
    person = name if name in targets.people else targets.roles[name]
    return () if person is None else (person,)


def clocks_named(policy: LadderPolicy) -> frozenset[str]:
    """The clocks that steps of the policy wait for."""
    return frozenset(
        step.when.clock for ladder in policy.ladders for step in ladder.steps if isinstance(step.when, Percent)
    )
