"""Decision tables: typed inputs and outputs, rules, a hit policy, and declared orders (RUL-1 to RUL-7)."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import field, frozen

from supportcore.domains import Domain, Value
from supportcore.domains.values import kind_of, shown
from supportcore.errors import DefinitionError, counted, shortened
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.rules.compiler.columns import piece_of
from supportcore.rules.compiler.compiling import CompiledTable, compile_table
from supportcore.rules.deciding import FastPath, decide_in_full, fast_path, first_decision
from supportcore.rules.decisions import Aggregate, Decision, Hit, Outcome, Rule, Waiver, named_values

if TYPE_CHECKING:
    from supportcore.rules.explaining import Explanation

T = TypeVar("T")


def _listed(given: Iterable[T], kind: Any, what: str) -> tuple[T, ...]:
    if isinstance(given, (str, Mapping)) or not isinstance(given, Iterable):
        raise DefinitionError(f"`{shown(given)}` is {kind_of(given)}; expected a list of {what}")
    values = tuple(given)
    for value in values:
        if not isinstance(value, kind):
            raise DefinitionError(f"`{shown(value)}` is {kind_of(value)}; expected {what} in this list")
    return values


def listed_domains(given: Iterable[Domain]) -> tuple[Domain, ...]:
    """Return domains as a tuple; raise `DefinitionError` for anything else."""
    return _listed(given, Domain, "domains")


def _rules(given: Iterable[Rule]) -> tuple[Rule, ...]:
    return _listed(given, Rule, "rules")


def _waivers(given: Iterable[Waiver]) -> tuple[Waiver, ...]:
    return _listed(given, Waiver, "waivers")


def _default(given: Mapping[str, Value] | None) -> Outcome | None:
    return None if given is None else FrozenMapping(named_values(given, "the default"))


def _declared(given: Mapping[str, Iterable[str]]) -> FrozenMapping[str, tuple[str, ...]]:
    orders = named_values(given, "the declared orders")
    return FrozenMapping({output: _listed(names, str, "names of inputs") for output, names in orders.items()})


@frozen(kw_only=True, repr=False)
class DecisionTable:
    """Rules that decide from facts.

    `hit` chooses among several rules that fit (RUL-3); `default` is the outcome if no rule fits (RUL-4). `rises` and
    `falls` declare, per output, the inputs with which it never falls or never rises, which `verify` proves (RUL-7);
    `waivers` name the exceptions. Raises `ConceptError` with everything that is wrong with a table, each problem with
    its rule and column.

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
    compiled: CompiledTable = field(init=False, eq=False, repr=False)
    _fast: FastPath = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        compiled = compile_table(self)
        object.__setattr__(self, "rules", compiled.rules)
        object.__setattr__(self, "compiled", compiled)
        object.__setattr__(self, "_fast", fast_path(self))

    def __repr__(self) -> str:
        inputs, outputs = (shortened(", ".join(domain.name for domain in side)) for side in (self.inputs, self.outputs))
        rules = counted(len(self.rules), "rule")
        return f"DecisionTable({shortened(self.name)}: {inputs} -> {outputs}, {rules}, hit policy {self.hit})"

    def decide(self, facts: Mapping[str, Value]) -> Decision:
        """Return the decision for these facts, with the rule that it rests on.

        Facts without an input are ignored (RUL-2). Raises `FactError` for a fact outside its domain or of another
        kind, `MissingFactError` for a required fact that is missing, `NoDecisionError` if no rule fits and the table
        has no default, and `RuleConflictError` if rules fit at once that may not.
        """
        path = self._fast
        mask: Any = path.all_rules
        try:
            for members in path.members:
                mask &= members.masks[facts[members.name]]
            for flag in path.flags:
                fact = facts[flag.name]
                mask &= flag.yes if fact is True else flag.no if fact is False else None
            for number in path.numbers:
                fact = facts[number.name]
                mask &= number.masks[bisect_right(number.cuts, fact)] if type(fact) is int else None
            for checked in path.checked:
                fact = facts[checked.name]
                column = checked.column
                mask &= None if checked.problem(fact) else column.masks[piece_of(column, fact)]
        except (KeyError, TypeError):
            return decide_in_full(self, facts)
        first = mask & -mask
        decision: Decision | None = path.decisions[first.bit_length()]
        if decision is None or (path.alone and first != mask):
            return first_decision(self, path, mask, facts)
        return decision

    def explain(self, facts: Mapping[str, Value]) -> "Explanation":
        """Return the decision with the verdict of each rule and the nearest facts that would change it (RUL-5).

        Raises the errors of `decide`.
        """
        from supportcore.rules.explaining import explain_decision

        return explain_decision(self, facts)


def require_table(given: object) -> None:
    """Raise `DefinitionError` unless `given` is a `DecisionTable`.

    >>> require_table("priority")
    Traceback (most recent call last):
    ...
    supportcore.errors.DefinitionError: `priority` is a text; expected a `DecisionTable`
    """
    if not isinstance(given, DecisionTable):
        raise DefinitionError(f"`{shown(given)}` is {kind_of(given)}; expected a `DecisionTable`")
