"""Steps after the table: ageing, repeated contact, key customer; each raises within its bound, in order (PRI-3)."""

from collections.abc import Mapping

from attrs import field, frozen

from supportcore.domains import Domain, Flag, Scale, Value
from supportcore.errors import DefinitionError
from supportcore.rules import DecisionTable, Rule


@frozen
class AppliedStep:
    """One step as it was applied: the priority before and after it."""

    step: "Step"
    before: str
    after: str


@frozen
class Step:
    """One raise after the table: by how many members, at most to which one, when a fact fits a cell (PRI-3).

    What is above the bound stays where it is, so that a step never lowers and keeps the order. The fact is a recorded
    one: the number of contacts, whether the customer is a key customer, the age that a ticket was recorded to have
    reached (G-13).

    >>> from supportcore.domains import Flag
    >>> key = Step("key customer", Flag("key customer"), "yes", by=1, at_most="critical")
    >>> key.when
    'yes'
    """

    name: str
    fact: Domain
    when: object
    by: int = field(default=1, kw_only=True)
    at_most: str = field(kw_only=True)
    _table: DecisionTable = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if type(self.by) is not int or self.by < 1:
            raise DefinitionError(
                f"step `{self.name}` raises by `{self.by}`; a step raises by at least 1, as a whole number"
            )
        applies = DecisionTable(
            name=f"step {self.name}",
            hit="first",
            inputs=[self.fact],
            outputs=[Flag("applies")],
            rules=[Rule({self.fact.name: self.when}, {"applies": True})],
            default={"applies": False},
        )
        object.__setattr__(self, "_table", applies)

    @property
    def direction(self) -> int:
        """1 where the step goes on applying as its fact rises, -1 where it does as the fact falls, 0 where neither.

        A flag rises from no to yes (RUL-7). A step with direction 1 keeps a promise that the priority never falls as
        the fact rises, one with -1 that it never rises.

        >>> from supportcore.domains import Integer
        >>> Step("again", Integer("contacts", 0, 99), ">= 3", at_most="critical").direction
        1
        """
        column = self._table.compiled.columns[0]
        fits = [bool(mask & 1) for mask in column.masks[: column.present]]
        if not self.fact.ordered and not isinstance(self.fact, Flag):
            return 0
        if fits == sorted(fits):
            return 1
        return -1 if fits == sorted(fits, reverse=True) else 0

    def applies(self, facts: Mapping[str, Value]) -> bool:
        """Whether the fact fits; one that is not known yet does not."""
        if self.fact.name not in facts and not self.fact.optional:
            return False
        return self._table.decide(facts)["applies"] is True


def applied(
    scale: Scale, priority: str, steps: tuple[Step, ...], facts: Mapping[str, Value]
) -> tuple[AppliedStep, ...]:
    """The steps that change a priority, in their order; the last of them says where it ends.

    >>> from supportcore.domains import Flag, Integer
    >>> from supportcore.priority import DEFAULT_SCALE
    >>> steps = (Step("again", Integer("contacts", 0, 99), ">= 3", at_most="critical"),
    ...          Step("key customer", Flag("key customer"), "yes", by=2, at_most="blocker"))
    >>> facts = {"contacts": 3, "key customer": True}
    >>> [(one.step.name, one.after) for one in applied(DEFAULT_SCALE, "minor", steps, facts)]
    [('again', 'major'), ('key customer', 'blocker')]
    """
    made: list[AppliedStep] = []
    for step in steps:
        rank, bound = scale.rank(priority), scale.rank(step.at_most)
        if step.applies(facts) and rank < bound:
            raised = scale.members[min(rank + step.by, bound)]
            made.append(AppliedStep(step, priority, raised))
            priority = raised
    return tuple(made)
