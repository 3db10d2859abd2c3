"""Classification policies: a table that derives the priority from facts, and a provisional priority (PRI-2)."""

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from supportcore.domains import Scale, Value
from supportcore.domains.values import kind_of, shown
from supportcore.errors import DefinitionError, listed
from supportcore.mappings import several
from supportcore.priority.steps import PriorityStep
from supportcore.rules import Decision, DecisionTable
from supportcore.rules.tables import require_table


def _steps(given: Iterable[PriorityStep]) -> tuple[PriorityStep, ...]:
    steps = several(given)
    for step in steps:
        if not isinstance(step, PriorityStep):
            raise DefinitionError(f"`{shown(step)}` is {kind_of(step)}; expected a list of `PriorityStep`")
    return steps


SINGLE_HIT = ("first", "unique", "any", "priority")


@frozen
class PriorityPolicy:
    """A priority table, a provisional priority while its facts are unknown, and steps after the table (PRI-2, PRI-3).

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
    steps: tuple[PriorityStep, ...] = field(default=(), converter=_steps, kw_only=True)

    def __attrs_post_init__(self) -> None:
        require_table(self.table)
        outputs = self.table.outputs
        if len(outputs) != 1 or not isinstance(outputs[0], Scale):
            raise DefinitionError(
                f"table `{self.table.name}` decides {listed(output.name for output in outputs)}; "
                "expected one outcome, on a scale"
            )
        if self.table.hit not in SINGLE_HIT:
            raise DefinitionError(
                f"table `{self.table.name}` has the hit policy `{self.table.hit}`; expected one of {listed(SINGLE_HIT)}"
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

    def has_required_facts(self, facts: Mapping[str, Value]) -> bool:
        """Return whether all facts that the table requires are known."""
        return all(domain.optional or domain.name in facts for domain in self.table.inputs)

    def classify(self, facts: Mapping[str, Value]) -> Decision | None:
        """Return the table's decision, or `None` while a required fact is not known.

        Raises the errors of `DecisionTable.decide` for invalid facts.
        """
        return self.table.decide(facts) if self.has_required_facts(facts) else None
