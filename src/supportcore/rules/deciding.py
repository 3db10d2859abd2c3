"""Deciding from facts, by compiled columns on the fast path and otherwise in full (RUL-3, RUL-4)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, Any

from attrs import frozen

from supportcore.domains import Choice, Flag, Integer, Minutes, Scale, Value, Vocabulary
from supportcore.domains.values import kind_of, shown
from supportcore.errors import FactError, MissingFactError, NoDecisionError, RuleConflictError, listed
from supportcore.mappings import FrozenMapping
from supportcore.rules.compiler.axes import EXACT
from supportcore.rules.compiler.columns import Column, piece_of
from supportcore.rules.compiler.compiling import CompiledTable, rank_of
from supportcore.rules.decisions import LISTS, Decision, Outcome, Result, Rule

if TYPE_CHECKING:
    from supportcore.rules.tables import DecisionTable


@frozen
class MemberColumn:
    """A column of members: the mask of each."""

    name: str
    masks: dict[Any, int]


@frozen
class FlagColumn:
    """A column of yes or no."""

    name: str
    yes: int
    no: int


@frozen
class NumberColumn:
    """A column of whole numbers, found by bisection; `None` is the mask outside the domain."""

    name: str
    cuts: tuple[Any, ...]
    masks: Sequence[int | None]


@frozen
class CheckedColumn:
    """A column of any other domain, whose facts are checked before their piece is found."""

    name: str
    problem: Callable[[Value], str | None]
    column: Column


@frozen
class FastPath:
    """The columns of a table by kind, as `DecisionTable.decide` reads them.

    `all_rules` is the mask of all rules. `alone` is true if the first rule that fits decides only if no other rule
    fits. `decisions` holds the decision of each rule that wins alone, at the bit length of its mask, and at 0 the
    decision without a rule; each is added when first needed.

    A fact that is missing, unknown or of another kind has no mask, which raises a `KeyError` or `TypeError` and leads
    to `decide_in_full`.
    """

    all_rules: int
    alone: bool
    members: tuple[MemberColumn, ...]
    flags: tuple[FlagColumn, ...]
    numbers: tuple[NumberColumn, ...]
    checked: tuple[CheckedColumn, ...]
    decisions: list[Decision | None]


def fast_path(table: "DecisionTable") -> FastPath:
    """Return the fast path of a compiled table."""
    members, flags, numbers, checked = [], [], [], []
    for column in table.compiled.columns:
        domain = column.domain
        if isinstance(domain, Flag):
            no, yes = (column.masks[piece_of(column, value)] for value in (False, True))
            flags.append(FlagColumn(domain.name, yes, no))
        elif isinstance(domain, Scale) or (isinstance(domain, Choice) and not domain.other):
            masks = {member: column.masks[piece_of(column, member)] for member in domain.members}
            members.append(MemberColumn(domain.name, masks))
        elif isinstance(domain, (Integer, Minutes)):
            numbers.append(NumberColumn(domain.name, column.cuts, (None, *column.masks[: column.present], None)))
        else:
            checked.append(CheckedColumn(domain.name, domain.problem, column))
    rules = len(table.rules)
    return FastPath(
        (1 << rules) - 1,
        table.hit not in ("first", "priority"),
        tuple(members),
        tuple(flags),
        tuple(numbers),
        tuple(checked),
        [None] * (rules + 1),
    )


def first_decision(table: "DecisionTable", path: FastPath, mask: int, facts: Mapping[str, Any]) -> Decision:
    """Return a decision that `path` does not keep yet, and keep it there if it rests on at most one rule."""
    winner = mask & -mask
    if mask != winner and path.alone:
        return decision_of(table, mask, facts)
    decision = path.decisions[winner.bit_length()] = decision_of(table, winner, facts)
    return decision


def decide_in_full(table: "DecisionTable", facts: Mapping[str, Any]) -> Decision:
    """Return the decision for facts that may be missing; raise the errors of `DecisionTable.decide`."""
    return decision_of(table, hits(table, facts), facts)


def hits(table: "DecisionTable", facts: Mapping[str, Any]) -> int:
    """Return the mask of all rules that fit; raise `FactError` or `MissingFactError` for wrong or missing facts."""
    if not isinstance(facts, Mapping):
        raise FactError(
            f"table `{table.name}`: `{shown(facts)}` is {kind_of(facts)}; expected facts as a mapping of names to "
            "values"
        )
    named = known_facts(table, facts)
    problems = Vocabulary(table.inputs).problems(named)
    if problems:
        words = f"table `{table.name}`: " + "; ".join(map(str, problems))
        absent = all(problem.path.removeprefix("fact ") not in named for problem in problems)
        raise MissingFactError(words) if absent else FactError(words)
    mask = (1 << len(table.rules)) - 1
    for column in table.compiled.columns:
        mask &= column.masks[piece_of(column, named.get(column.domain.name))]
    return mask


def known_facts(table: "DecisionTable", facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that the table has inputs for, in the order of its inputs."""
    return {domain.name: facts[domain.name] for domain in table.inputs if domain.name in facts}


def winners(compiled: CompiledTable, mask: int) -> Iterator[Rule]:
    """Return the rules of a mask, winners first."""
    while mask:
        first = mask & -mask
        yield compiled.rules[compiled.order[first.bit_length() - 1]]
        mask ^= first


def decision_of(table: "DecisionTable", mask: int, facts: Mapping[str, Any]) -> Decision:
    """Return the decision where the rules of a mask fit, by the hit policy (RUL-3, RUL-4)."""
    fitting = tuple(winners(table.compiled, mask))
    if not fitting:
        decision = _without_rule(table)
        if decision is None:
            given = ", ".join(f"{name} {shown(value)}" for name, value in known_facts(table, facts).items())
            raise NoDecisionError(
                f"no rule of table `{table.name}` fits {given or 'these facts'}, and the table has no default; "
                "add a rule or a default"
            )
        return decision
    if table.hit in LISTS:
        return _combined(table, fitting)
    first, *others = fitting
    if table.hit == "unique" and others:
        raise RuleConflictError(
            f"rules {listed(rule.id for rule in fitting)} of table `{table.name}` fit at once; the hit policy `unique` "
            "allows one rule; narrow their cells or choose the hit policy `first`"
        )
    different = next((rule for rule in others if rule.then != first.then), None)
    if table.hit == "any" and different is not None:
        raise RuleConflictError(
            f"rules `{first.id}` and `{different.id}` of table `{table.name}` fit at once and disagree: "
            f"{_shown_outcome(first.then)} against {_shown_outcome(different.then)}"
        )
    return Decision(table.name, first.then, first, (first,))


def _shown_outcome(outcome: Outcome) -> str:
    return ", ".join(f"{name} {shown(value)}" for name, value in outcome.items()) or "nothing"


def _without_rule(table: "DecisionTable") -> Decision | None:
    if table.aggregate == "count":
        return Decision(table.name, FrozenMapping({table.outputs[0].name: 0}))
    if table.hit in LISTS and table.aggregate is None:
        return Decision(table.name, () if table.default is None else (table.default,))
    return None if table.default is None else Decision(table.name, table.default)


def _combined(table: "DecisionTable", fitting: tuple[Rule, ...]) -> Decision:
    if table.aggregate is None:
        return Decision(table.name, tuple(rule.then for rule in fitting), None, fitting)
    output = table.outputs[0]
    values = [rule.then[output.name] for rule in fitting if output.name in rule.then]
    return Decision(table.name, FrozenMapping({output.name: _aggregated(table, values)}), None, fitting)


def _aggregated(table: "DecisionTable", values: list[Value]) -> Value:
    output = table.outputs[0]
    if table.aggregate == "count":
        return len(values)
    if table.aggregate == "sum":
        return _sum([value for value in values if isinstance(value, (int, Decimal))])
    chosen = min if table.aggregate == "min" else max
    return chosen(values, key=lambda value: rank_of(output, value))


def _sum(values: list[int | Decimal]) -> int | Decimal:
    """Return the exact sum, in any decimal context."""
    whole = sum(value for value in values if isinstance(value, int))
    decimals = [value for value in values if isinstance(value, Decimal)]
    return reduce(EXACT.add, decimals, Decimal(whole)) if decimals else whole


def result_with(table: "DecisionTable", mask: int) -> Result | None:
    """Return the value of the decision where the rules of a mask fit, `None` without a decision; for proofs."""
    try:
        return decision_of(table, mask, {}).value
    except (NoDecisionError, RuleConflictError):
        return None
