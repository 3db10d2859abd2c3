"""Decision tables: typed inputs and outputs, rules, a hit policy, and what is declared of them (RUL-1 to RUL-7)."""

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from supportcore.domains import Domain, Value
from supportcore.errors import ConceptError
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.rules.building import Aggregate, Built, Hit, Waiver, built
from supportcore.rules.deciding import Decider, decide, decider_of
from supportcore.rules.decisions import Decision, Outcome, Rule
from supportcore.rules.explaining import Explanation, explanation_of

__all__ = ["DecisionTable"]


def _domains(given: Iterable[Domain]) -> tuple[Domain, ...]:
    return tuple(given)


def _rules(given: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(given)


def _waivers(given: Iterable[Waiver]) -> tuple[Waiver, ...]:
    return tuple(given)


def _default(given: Mapping[str, Value] | None) -> Outcome | None:
    return None if given is None else FrozenMapping(given)


def _declared(given: Mapping[str, Iterable[str]]) -> FrozenMapping[str, tuple[str, ...]]:
    return FrozenMapping({output: tuple(names) for output, names in given.items()})


@frozen(kw_only=True)
class DecisionTable:
    """Rules that answer from facts, and that prove what they answer.

    `hit` says what happens where several rules fit (RUL-3); `default` answers where none does (RUL-4). `rises` and
    `falls` declare, per output, the inputs with which it never falls or never rises (RUL-7), proved by `verify`;
    `waivers` name the exceptions. Everything that is wrong with a table is raised at once as a `ConceptError`, each
    problem with rule and column.

    >>> from supportcore.domains import Flag, Integer, Scale
    >>> table = DecisionTable(
    ...     name="priority",
    ...     hit="first",
    ...     inputs=[Scale("impact", ["low", "medium", "high"]), Integer("users", 0, 100_000)],
    ...     outputs=[Scale("priority", ["minor", "major", "critical"])],
    ...     rules=[
    ...         Rule({"impact": ">= medium", "users": ">= 100"}, {"priority": "critical"}, because="many are stopped"),
    ...         Rule({"impact": "high"}, {"priority": "major"}),
    ...     ],
    ...     default={"priority": "minor"},
    ... )
    >>> decision = table.decide({"impact": "high", "users": 250})
    >>> decision["priority"], decision.because
    ('critical', 'many are stopped')
    """

    name: str
    hit: Hit = "unique"
    inputs: tuple[Domain, ...] = field(converter=_domains)
    outputs: tuple[Domain, ...] = field(converter=_domains)
    rules: tuple[Rule, ...] = field(converter=_rules)
    default: Outcome | None = field(default=None, converter=_default)
    aggregate: Aggregate | None = None
    rises: FrozenMapping[str, tuple[str, ...]] = field(default=EMPTY, converter=_declared)
    falls: FrozenMapping[str, tuple[str, ...]] = field(default=EMPTY, converter=_declared)
    waivers: tuple[Waiver, ...] = field(default=(), converter=_waivers)
    compiled: Built = field(init=False, eq=False, repr=False)
    _decider: Decider = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        made, problems = built(self)
        if made is None:
            raise ConceptError(problems, f"table {self.name}")
        object.__setattr__(self, "rules", made.rules)
        object.__setattr__(self, "compiled", made)
        object.__setattr__(self, "_decider", decider_of(self, made))

    def decide(self, facts: Mapping[str, Value]) -> Decision:
        """The answer to these facts, and the rule it rests on; facts that the table does not name are ignored (RUL-2).

        Raises `FactError` for a fact outside its domain or of another kind, `MissingFactError` for a required one
        that is absent, `NoDecisionError` where no rule fits and there is no default, `RuleConflictError` where two
        rules fit that may not both.
        """
        return decide(self, self.compiled, self._decider, facts)

    def explain(self, facts: Mapping[str, Value]) -> Explanation:
        """The same answer with what each rule said to the facts and what would change it (RUL-5); same errors."""
        return explanation_of(self, self.compiled, facts)
