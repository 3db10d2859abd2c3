"""Classification policies: a table that derives the priority from facts, and what holds before that (PRI-2)."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field, frozen

from supportcore.domains import Scale, Value
from supportcore.domains.values import kind_of, shown
from supportcore.errors import DefinitionError
from supportcore.priority.steps import Step
from supportcore.rules import Decision, DecisionTable
from supportcore.rules.tables import must_be_table


def _steps(given: Iterable[Step]) -> tuple[Step, ...]:
    several: object = given
    made: tuple[Any, ...] = tuple(given) if isinstance(several, Iterable) and not isinstance(several, str) else (given,)
    for one in made:
        if not isinstance(one, Step):
            raise DefinitionError(f"`{shown(one)}` is {kind_of(one)}; a list of steps, each a `Step`, is accepted")
    return made


SINGLE = ("unique", "any", "first", "priority")


@frozen
class PriorityPolicy:
    """A table with one outcome on a scale, the provisional priority until its facts are known, and steps after it.

    >>> from supportcore.domains import Scale
    >>> from supportcore.priority import DEFAULT_SCALE
    >>> from supportcore.rules import read_matrix
    >>> levels = ["low", "high"]
    >>> table = read_matrix(
    ...     '''impact \\\\ urgency | low   | high
    ...        high             | major | blocker
    ...        low              | minor | major''',
    ...     name="priority", inputs=[Scale("impact", levels), Scale("urgency", levels)], output=DEFAULT_SCALE)
    >>> policy = PriorityPolicy(table, provisional="major")
    >>> policy.classify({"impact": "high"}), policy.classify({"impact": "high", "urgency": "high"})["priority"]
    (None, 'blocker')
    """

    table: DecisionTable
    provisional: str = field(kw_only=True)
    steps: tuple[Step, ...] = field(default=(), converter=_steps, kw_only=True)

    def __attrs_post_init__(self) -> None:
        must_be_table(self.table)
        outputs = self.table.outputs
        if len(outputs) != 1 or not isinstance(outputs[0], Scale):
            raise DefinitionError(
                f"table `{self.table.name}` decides {', '.join(f'`{one.name}`' for one in outputs)}; "
                "a priority policy needs exactly one outcome, on a scale"
            )
        if self.table.hit not in SINGLE:
            raise DefinitionError(
                f"table `{self.table.name}` has the hit policy `{self.table.hit}`; a priority policy needs one answer, "
                "by `first`, `unique`, `any` or `priority`"
            )
        problem = outputs[0].problem(self.provisional)
        if problem:
            raise DefinitionError(f"the provisional priority: {problem}")
        for step in self.steps:
            problem = outputs[0].problem(step.at_most)
            if problem:
                raise DefinitionError(f"step `{step.name}`: {problem}")

    @property
    def scale(self) -> Scale:
        """The scale of the priorities, low to high."""
        scale = self.table.outputs[0]
        assert isinstance(scale, Scale)
        return scale

    def knows_enough(self, facts: Mapping[str, Value]) -> bool:
        """Whether every fact that the table requires is known."""
        return all(domain.optional or domain.name in facts for domain in self.table.inputs)

    def classify(self, facts: Mapping[str, Value]) -> Decision | None:
        """The table's decision, or nothing while a required fact is not known and the provisional priority holds.

        Raises what `DecisionTable.decide` raises for facts that are wrong.
        """
        return self.table.decide(facts) if self.knows_enough(facts) else None
