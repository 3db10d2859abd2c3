"""The priority of a ticket over time: derived from facts, overridden by people (PRI-2, PRI-4)."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from supportcore.domains import Value
from supportcore.errors import DefinitionError
from supportcore.priority.policies import PriorityPolicy
from supportcore.priority.steps import AppliedStep, apply_steps
from supportcore.rules import Decision
from supportcore.timelines import Timeline, together


@frozen
class Override:
    """A priority set by a person on `[start, end)` in microseconds (G-2); no end until it is withdrawn."""

    start: int
    end: int | None
    value: str
    actor: str = ""
    reason: str = ""

    def __attrs_post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise DefinitionError(f"an override ends at `{self.end}`, before its start at `{self.start}`; swap the two")


NOT_OVERRIDDEN: Override | None = None


@frozen
class PriorityState:
    """The priority at an instant, with the override in force, the derived priority, its decision and steps.

    `derived` is the priority by the table and the steps after it. While required facts are not known it is the
    provisional priority, and `decision` is `None`. `steps` are the steps that raised the priority, in their order.
    """

    priority: str
    derived: str
    override: Override | None = None
    decision: Decision | None = None
    steps: tuple[AppliedStep, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether required facts of the table are unknown, so that the provisional priority applies."""
        return self.decision is None


def derive(
    policy: PriorityPolicy, facts: Timeline[Mapping[str, Value]], overrides: Iterable[Override] = ()
) -> Timeline[PriorityState]:
    """Return the priority over all of time; of two overrides in force at once, the one that starts later applies.

    >>> from supportcore.domains import Flag
    >>> from supportcore.priority import DEFAULT_SCALE
    >>> from supportcore.rules import DecisionTable, Rule
    >>> table = DecisionTable(name="priority", inputs=[Flag("crash")], outputs=[DEFAULT_SCALE],
    ...     rules=[Rule({"crash": True}, {"priority": "critical"}), Rule({"crash": False}, {"priority": "minor"})])
    >>> facts = Timeline.of({}, [(10, {"crash": True}, "taken in")])
    >>> line = derive(PriorityPolicy(table, provisional="major"), facts, [Override(20, 30, "blocker", "agent:ann")])
    >>> [(piece.start, piece.value.priority, piece.value.derived) for piece in line.pieces]
    [(None, 'major', 'major'), (10, 'critical', 'critical'), (20, 'blocker', 'critical'), (30, 'critical', 'critical')]
    """
    derived = facts.map(lambda known: _derived(policy, known))
    given = tuple(overrides)
    return together(derived, _overrides(policy, given), _overridden) if given else derived


def _derived(policy: PriorityPolicy, facts: Mapping[str, Value]) -> PriorityState:
    decision = policy.classify(facts)
    if decision is None:
        return PriorityState(policy.provisional, policy.provisional)
    priority = str(decision[policy.scale.name])
    steps = apply_steps(policy.scale, priority, policy.steps, facts)
    derived = steps[-1].after if steps else priority
    return PriorityState(derived, derived, decision=decision, steps=steps)


def _overridden(derived: PriorityState, override: Override | None) -> PriorityState:
    if override is None:
        return derived
    return PriorityState(override.value, derived.derived, override, derived.decision, derived.steps)


def _overrides(policy: PriorityPolicy, given: Sequence[Override]) -> Timeline[Override | None]:
    """Return the override in force over time; of overrides with one start, the last given."""
    for override in given:
        problem = policy.scale.problem(override.value)
        if problem:
            raise DefinitionError(f"an override: {problem}")
    edges = sorted({edge for override in given for edge in (override.start, override.end) if edge is not None})
    changes: list[tuple[int, Override | None, object]] = []
    for edge in edges:
        in_force = [over for over in given if over.start <= edge and (over.end is None or edge < over.end)]
        latest = max(reversed(in_force), key=lambda override: override.start, default=None)
        changes.append((edge, latest, latest or "override withdrawn"))
    return Timeline.of(NOT_OVERRIDDEN, changes)
