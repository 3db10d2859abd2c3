"""Steps after the table: ageing, repeated contact, key customer; each raises up to its bound, in order (PRI-3)."""

from collections.abc import Mapping

from attrs import field, frozen

from supportcore.domains import Domain, Flag, Scale, Value
from supportcore.errors import DefinitionError
from supportcore.rules import DecisionTable, Rule


@frozen
class AppliedStep:
    """A step that changed the priority, with the priority before and after it."""

    step: "PriorityStep"
    before: str
    after: str


@frozen
class PriorityStep:
    """A raise after the table, by `by` members up to `at_most`, if a fact fits the cell `when` (PRI-3).

    A priority above the bound stays, so that a step never lowers and keeps the order. The fact is a recorded fact: the
    number of contacts, whether the customer is a key customer, the recorded age of the ticket (G-13).

    >>> from supportcore.domains import Flag
    >>> key = PriorityStep("key customer", Flag("key customer"), "yes", by=1, at_most="critical")
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
            raise DefinitionError(f"step `{self.name}` raises by `{self.by}`; expected a whole number from 1 on")
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
        """1 if the step still applies as its fact rises, -1 if it still applies as its fact falls, otherwise 0.

        A flag rises from no to yes (RUL-7). A step with direction 1 keeps the promise that the priority never falls as
        the fact rises; a step with direction -1, that the priority never rises.

        >>> from supportcore.domains import Integer
        >>> PriorityStep("again", Integer("contacts", 0, 99), ">= 3", at_most="critical").direction
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
        """Return whether the fact is known and fits."""
        if self.fact.name not in facts and not self.fact.optional:
            return False
        return self._table.decide(facts)["applies"] is True


def apply_steps(
    scale: Scale, priority: str, steps: tuple[PriorityStep, ...], facts: Mapping[str, Value]
) -> tuple[AppliedStep, ...]:
    """Return the steps that change a priority, in their order, each with the priority before and after it.

    >>> from supportcore.domains import Flag, Integer
    >>> from supportcore.priority import DEFAULT_SCALE
    >>> steps = (PriorityStep("again", Integer("contacts", 0, 99), ">= 3", at_most="critical"),
    ...          PriorityStep("key customer", Flag("key customer"), "yes", by=2, at_most="blocker"))
    >>> facts = {"contacts": 3, "key customer": True}
    >>> [(raised.step.name, raised.after) for raised in apply_steps(DEFAULT_SCALE, "minor", steps, facts)]
    [('again', 'major'), ('key customer', 'blocker')]
    """
    applied: list[AppliedStep] = []
    for step in steps:
        rank, bound = scale.rank(priority), scale.rank(step.at_most)
        if step.applies(facts) and rank < bound:
            raised = scale.members[min(rank + step.by, bound)]
            applied.append(AppliedStep(step, priority, raised))
            priority = raised
    return tuple(applied)
