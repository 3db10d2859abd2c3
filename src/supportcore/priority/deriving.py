"""The priority of a ticket over time: derived from its facts, overridden by people (PRI-2, PRI-4)."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from supportcore.domains import Value
from supportcore.errors import DefinitionError
from supportcore.priority.policies import PriorityPolicy
from supportcore.priority.steps import AppliedStep, applied
from supportcore.rules import Decision
from supportcore.timelines import Timeline, together


@frozen
class Override:
    """A priority that a person set, on `[start, end)` in microseconds (G-2); no end while it is not withdrawn."""

    start: int
    end: int | None
    value: str
    actor: str = ""
    reason: str = ""

    def __attrs_post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise DefinitionError(f"an override ends at {self.end}, before its start at {self.start}")


@frozen
class PriorityState:
    """What holds at one time: the priority, the one derived from facts, the override over it, the table's decision.

    `derived` is what the table and the steps after it give; the provisional priority, and `decision` nothing, while
    required facts are not known. `steps` are those that raised it, in their order.
    """

    priority: str
    derived: str
    override: Override | None = None
    decision: Decision | None = None
    steps: tuple[AppliedStep, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether the facts that the table requires are not all known."""
        return self.decision is None


def derive(
    policy: PriorityPolicy, facts: Timeline[Mapping[str, Value]], overrides: Iterable[Override] = ()
) -> Timeline[PriorityState]:
    """The priority over all of time. Of two overrides in force at once the one that began later holds.

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
    return together(derived, _overridden(policy, given), _overlaid) if given else derived


def _derived(policy: PriorityPolicy, facts: Mapping[str, Value]) -> PriorityState:
    decision = policy.classify(facts)
    if decision is None:
        return PriorityState(policy.provisional, policy.provisional)
    priority = str(decision[policy.scale.name])
    steps = applied(policy.scale, priority, policy.steps, facts)
    derived = steps[-1].after if steps else priority
    return PriorityState(derived, derived, decision=decision, steps=steps)


def _overlaid(derived: PriorityState, override: Override | None) -> PriorityState:
    if override is None:
        return derived
    return PriorityState(override.value, derived.derived, override, derived.decision, derived.steps)


def _overridden(policy: PriorityPolicy, given: Sequence[Override]) -> Timeline[Override | None]:
    """The override in force over time; the last given of those that began at one instant."""
    for override in given:
        problem = policy.scale.problem(override.value)
        if problem:
            raise DefinitionError(f"an override: {problem}")
    edges = sorted({edge for one in given for edge in (one.start, one.end) if edge is not None})
    changes: list[tuple[int, Override | None, object]] = []
    for edge in edges:
        force = [one for one in given if one.start <= edge and (one.end is None or edge < one.end)]
        latest = max(enumerate(force), key=lambda item: (item[1].start, item[0]), default=None)
        changes.append((edge, latest[1] if latest else None, latest[1] if latest else "override withdrawn"))
    none: Override | None = None
    return Timeline.of(none, changes)
