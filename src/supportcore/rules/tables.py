"""Decision tables: typed inputs and outputs, rules, a hit policy, and what is declared of them (RUL-1 to RUL-7)."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from attrs import field, frozen

from supportcore.domains import Domain, Value
from supportcore.domains.values import kind_of, shown
from supportcore.errors import ConceptError, DefinitionError
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.rules.compiler.building import Aggregate, Built, Hit, Waiver, built
from supportcore.rules.compiler.columns import piece_of
from supportcore.rules.deciding import Fast, fast_path, first_answer, slowly
from supportcore.rules.decisions import Decision, Outcome, Rule, named_values
from supportcore.rules.explaining import Explanation, explanation_of

T = TypeVar("T")

# The winner of a large table mostly lies among its first rules, and small numbers are quicker to take apart.
LOWEST = (1 << 240) - 1


def _listed(given: Iterable[T], kind: Any, what: str) -> tuple[T, ...]:
    """A list of values of one kind as a tuple; `DefinitionError` for anything else."""
    if isinstance(given, (str, Mapping)) or not isinstance(given, Iterable):
        raise DefinitionError(f"`{shown(given)}` is {kind_of(given)}; a list of {what} is accepted")
    made = tuple(given)
    for one in made:
        if not isinstance(one, kind):
            raise DefinitionError(f"`{shown(one)}` is {kind_of(one)}; {what} are accepted in this list")
    return made


def listed_domains(given: Iterable[Domain]) -> tuple[Domain, ...]:
    """Domains as a tuple; `DefinitionError` for what is no list of them."""
    return _listed(given, Domain, "domains")


def _rules(given: Iterable[Rule]) -> tuple[Rule, ...]:
    return _listed(given, Rule, "rules")


def _waivers(given: Iterable[Waiver]) -> tuple[Waiver, ...]:
    return _listed(given, Waiver, "waivers")


def _default(given: Mapping[str, Value] | None) -> Outcome | None:
    return None if given is None else FrozenMapping(named_values(given, "the values of the default"))


def _declared(given: Mapping[str, Iterable[str]]) -> FrozenMapping[str, tuple[str, ...]]:
    orders = named_values(given, "the orders that are declared")
    return FrozenMapping({output: _listed(names, str, "names of inputs") for output, names in orders.items()})


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
    inputs: tuple[Domain, ...] = field(converter=listed_domains)
    outputs: tuple[Domain, ...] = field(converter=listed_domains)
    rules: tuple[Rule, ...] = field(converter=_rules)
    default: Outcome | None = field(default=None, converter=_default)
    aggregate: Aggregate | None = None
    rises: FrozenMapping[str, tuple[str, ...]] = field(default=EMPTY, converter=_declared)
    falls: FrozenMapping[str, tuple[str, ...]] = field(default=EMPTY, converter=_declared)
    waivers: tuple[Waiver, ...] = field(default=(), converter=_waivers)
    compiled: Built = field(init=False, eq=False, repr=False)
    _fast: Fast = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        made, problems = built(self)
        if made is None:
            raise ConceptError(problems, f"table {self.name}")
        object.__setattr__(self, "rules", made.rules)
        object.__setattr__(self, "compiled", made)
        object.__setattr__(self, "_fast", fast_path(self, made))

    def decide(self, facts: Mapping[str, Value]) -> Decision:
        """The answer to these facts, and the rule it rests on; facts that the table does not name are ignored (RUL-2).

        Raises `FactError` for a fact outside its domain or of another kind, `MissingFactError` for a required one
        that is absent, `NoDecisionError` where no rule fits and there is no default, `RuleConflictError` where two
        rules fit that may not both.
        """
        mask: Any
        mask, alone, by_member, by_flag, by_number, by_value, answers = self._fast
        try:
            for name, found in by_member:
                mask &= found[facts[name]]
            for name, yes, no in by_flag:
                fact = facts[name]
                mask &= yes if fact is True else no if fact is False else None
            for name, cuts, masks in by_number:
                fact = facts[name]
                mask &= masks[bisect_right(cuts, fact)] if type(fact) is int else None
            for name, problem, column in by_value:
                fact = facts[name]
                mask &= None if problem(fact) else column.masks[piece_of(column, fact)]
        except (KeyError, TypeError):
            return slowly(self, self.compiled, facts)
        first = mask & LOWEST or mask
        first &= -first
        answer: Decision | None = answers[first.bit_length()]
        if answer is None or (alone and first != mask):
            return first_answer(self, self.compiled, mask, facts, answers)
        return answer

    def explain(self, facts: Mapping[str, Value]) -> Explanation:
        """The same answer with what each rule said to the facts and what would change it (RUL-5); same errors."""
        return explanation_of(self, self.compiled, facts)


def must_be_table(given: object) -> None:
    """`DefinitionError` where a table is wanted and something else is given.

    >>> must_be_table("priority")
    Traceback (most recent call last):
    ...
    supportcore.errors.DefinitionError: `priority` is a text; a `DecisionTable` is accepted
    """
    if not isinstance(given, DecisionTable):
        raise DefinitionError(f"`{shown(given)}` is {kind_of(given)}; a `DecisionTable` is accepted")
