"""Deciding: what a table answers to facts, on the fast path and, in words, off it (RUL-3 to RUL-5)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any

from supportcore.domains import Choice, Flag, Integer, Minutes, Scale, Value, Vocabulary
from supportcore.domains.values import kind_of, shown
from supportcore.errors import FactError, MissingFactError, NoDecisionError, RuleConflictError, listed
from supportcore.mappings import FrozenMapping
from supportcore.rules.compiler.axes import EXACT
from supportcore.rules.compiler.building import LISTS, Built, Parts, outcome_shown, rank_of
from supportcore.rules.compiler.columns import Column, piece_of
from supportcore.rules.decisions import Decision, Outcome, Rule

Masks = Sequence[int | None]


Fast = tuple[
    int,
    bool,
    tuple[tuple[str, dict[Any, int]], ...],
    tuple[tuple[str, int, int], ...],
    tuple[tuple[str, tuple[Any, ...], Masks], ...],
    tuple[tuple[str, Callable[[Value], object], Column], ...],
    list[Decision | None],
]
"""The columns once more, arranged for speed, as `DecisionTable.decide` unpacks them.

First the mask of all rules, and whether two hits matter. Then the columns looked up by member, told by yes or no, found
by bisection, and all others. Last the answers, one for each rule that wins alone, by the bit length of its mask, before
them the one for no rule at all; each is put there when it is first asked for.

A mask of none, an unknown member and a fact of another kind all lead off the fast path, where the error gets its words.
"""


def fast_path(parts: Parts, made: Built) -> Fast:
    """The fast path of a table."""
    members, flags, numbers, values = [], [], [], []
    for column in made.columns:
        domain, axis = column.domain, column.axis
        if isinstance(domain, Flag):
            no, yes = (column.masks[piece_of(column, value)] for value in (False, True))
            flags.append((domain.name, yes, no))
        elif isinstance(domain, Scale) or (isinstance(domain, Choice) and not domain.other):
            found = {member: column.masks[piece_of(column, member)] for member in domain.members}
            members.append((domain.name, found))
        elif isinstance(domain, (Integer, Minutes)):
            numbers.append((domain.name, column.cuts, (None, *column.masks[: column.present], None)))
        else:
            values.append((axis.domain.name, domain.problem, column))
    alone = parts.hit not in ("first", "priority")
    every = (1 << len(made.order)) - 1
    answers: list[Decision | None] = [None] * (len(made.order) + 1)
    return every, alone, tuple(members), tuple(flags), tuple(numbers), tuple(values), answers


def first_answer(
    parts: Parts, made: Built, mask: int, facts: Mapping[str, Any], answers: list[Decision | None]
) -> Decision:
    """The answer that the fast path does not have yet; kept there where it rests on one rule or on none."""
    winner = mask & -mask
    if mask != winner and parts.hit not in ("first", "priority"):
        return answer_of(parts, made, mask, facts)
    answer = answers[winner.bit_length()] = answer_of(parts, made, winner, facts)
    return answer


def slowly(parts: Parts, made: Built, facts: Mapping[str, Any]) -> Decision:
    """The answer off the fast path: facts that are missing and may be, or the error that says what is wrong."""
    return answer_of(parts, made, hits(parts, made, facts), facts)


def hits(parts: Parts, made: Built, facts: Mapping[str, Any]) -> int:
    """The mask of all rules that fit; `FactError` or `MissingFactError` for facts that the table cannot take."""
    if not isinstance(facts, Mapping):
        raise FactError(
            f"table `{parts.name}`: `{shown(facts)}` is {kind_of(facts)}; facts are a mapping of names to values"
        )
    named = {domain.name: facts[domain.name] for domain in parts.inputs if domain.name in facts}
    problems = Vocabulary(parts.inputs).problems(named)
    if problems:
        words = f"table `{parts.name}`: " + "; ".join(map(str, problems))
        absent = all(problem.path.removeprefix("fact ") not in named for problem in problems)
        raise MissingFactError(words) if absent else FactError(words)
    mask = (1 << len(made.rules)) - 1
    for column in made.columns:
        mask &= column.masks[piece_of(column, named.get(column.domain.name))]
    return mask


def winners(made: Built, mask: int) -> Iterator[Rule]:
    """The rules of a mask, in the order of winning."""
    while mask:
        first = mask & -mask
        yield made.rules[made.order[first.bit_length() - 1]]
        mask ^= first


def answer_of(parts: Parts, made: Built, mask: int, facts: Mapping[str, Any]) -> Decision:
    """The answer where the rules of a mask fit, put together by the hit policy (RUL-3, RUL-4)."""
    fitting = tuple(winners(made, mask))
    if not fitting:
        answer = _answer_to_nothing(parts)
        if answer is None:
            told = ", ".join(f"{name} {shown(value)}" for name, value in _named_facts(parts, facts).items())
            raise NoDecisionError(
                f"no rule of table `{parts.name}` fits {told or 'these facts'}, and it has no default; "
                "add a rule or a default"
            )
        return answer
    if parts.hit in LISTS:
        return _put_together(parts, fitting)
    first, *others = fitting
    if parts.hit == "unique" and others:
        raise RuleConflictError(
            f"rules {listed(rule.id for rule in fitting)} of table `{parts.name}` fit at once, and its hit policy "
            "`unique` allows one; narrow their cells or take the hit policy `first`"
        )
    different = next((rule for rule in others if rule.then != first.then), None)
    if parts.hit == "any" and different is not None:
        raise RuleConflictError(
            f"rules `{first.id}` and `{different.id}` of table `{parts.name}` fit at once and disagree: "
            f"{outcome_shown(first.then)} against {outcome_shown(different.then)}"
        )
    return _answer_alone(parts, first)


def _named_facts(parts: Parts, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {domain.name: facts[domain.name] for domain in parts.inputs if domain.name in facts}


def _answer_to_nothing(parts: Parts) -> Decision | None:
    if parts.aggregate == "count":
        return Decision(parts.name, FrozenMapping({parts.outputs[0].name: 0}))
    if parts.hit in LISTS and parts.aggregate is None:
        return Decision(parts.name, () if parts.default is None else (parts.default,))
    return None if parts.default is None else Decision(parts.name, parts.default)


def _answer_alone(parts: Parts, rule: Rule) -> Decision:
    return _put_together(parts, (rule,)) if parts.hit in LISTS else Decision(parts.name, rule.then, rule, (rule,))


def _put_together(parts: Parts, fitting: tuple[Rule, ...]) -> Decision:
    if parts.aggregate is None:
        return Decision(parts.name, tuple(rule.then for rule in fitting), None, fitting)
    output = parts.outputs[0]
    values = [rule.then[output.name] for rule in fitting if output.name in rule.then]
    return Decision(parts.name, FrozenMapping({output.name: _aggregated(parts, values)}), None, fitting)


def _aggregated(parts: Parts, values: list[Value]) -> Value:
    output = parts.outputs[0]
    if parts.aggregate == "count":
        return len(values)
    if parts.aggregate == "sum":
        return _sum([value for value in values if isinstance(value, (int, Decimal))])
    chosen = min if parts.aggregate == "min" else max
    return chosen(values, key=lambda value: rank_of(output, value))


def _sum(values: list[int | Decimal]) -> int | Decimal:
    """The exact sum, whatever precision decimals have around here."""
    whole = sum(value for value in values if isinstance(value, int))
    parts = [value for value in values if isinstance(value, Decimal)]
    return reduce(EXACT.add, parts, Decimal(whole)) if parts else whole


def outcome_with(parts: Parts, made: Built, mask: int) -> Outcome | tuple[Outcome, ...] | None:
    """The value where the rules of a mask fit, none where there is no single answer; for proofs."""
    try:
        return answer_of(parts, made, mask, {}).value
    except (NoDecisionError, RuleConflictError):
        return None
