"""The slow, obvious twin of the rules: cell by cell, rule by rule, over every input of small domains."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import time, timedelta
from itertools import chain, combinations, pairwise, product
from typing import Any

from supportcore.domains import Choice, Day, Domain, Flag, Number, Scale, Subset, TimeOfDay
from supportcore.rules import DecisionTable, Rule
from supportcore.rules.cells import (
    AllOf,
    AnyOf,
    Anything,
    Between,
    Compare,
    Exactly,
    Given,
    Is,
    Missing,
    NoneOf,
    Not,
    OneOf,
)

Facts = dict[str, Any]
ABSENT = object()
ERROR = "error"


def values_of(domain: Domain) -> list[Any]:
    """Every value of a small domain; a dense one stands for its whole numbers and the halves between."""
    values: list[Any]
    if isinstance(domain, Flag):
        values = [False, True]
    elif isinstance(domain, Scale):
        values = list(domain.members)
    elif isinstance(domain, Choice):
        values = [*domain.members, *(["other"] if domain.other else [])]
    elif isinstance(domain, Subset):
        sizes = range(len(domain.members) + 1)
        values = [frozenset(held) for held in chain.from_iterable(combinations(domain.members, size) for size in sizes)]
    elif isinstance(domain, Day):
        assert domain.lo is not None and domain.hi is not None
        values = [domain.lo + timedelta(days=day) for day in range((domain.hi - domain.lo).days + 1)]
    elif isinstance(domain, TimeOfDay):
        assert domain.lo is not None and domain.hi is not None
        first, last = (60 * end.hour + end.minute for end in (domain.lo, domain.hi))
        values = [time(minute // 60, minute % 60) for minute in range(first, last + 1)]
    elif isinstance(domain, Number):
        raise ValueError("a dense domain has no list of values")
    else:
        assert domain.lo is not None and domain.hi is not None
        values = list(range(domain.lo, domain.hi + 1))
    return [*values, ABSENT] if domain.optional else values


def inputs_of(domains: Sequence[Domain]) -> Iterator[Facts]:
    """Every input of some domains; an absent fact is left out."""
    for values in product(*map(values_of, domains)):
        named = zip((domain.name for domain in domains), values, strict=True)
        yield {name: value for name, value in named if value is not ABSENT}


def order_key(domain: Domain, value: Any) -> Any:
    """A value's place in the order of its domain."""
    return domain.members.index(value) if isinstance(domain, Scale) else value


def fits(cell: Any, domain: Domain, value: Any) -> bool:
    """Whether a cell fits a value, or the absence of one."""
    match cell:
        case Anything():
            return True
        case Missing():
            return value is ABSENT
        case OneOf(terms):
            return any(fits(term, domain, value) for term in terms)
    if value is ABSENT:
        return False
    match cell:
        case Given():
            return True
        case Is(literal):
            if isinstance(domain, Choice) and literal == "other" and domain.other:
                return value not in domain.members
            return bool(value == literal)
        case Not(negated):
            return not any(fits(term, domain, value) for term in negated)
        case Compare(operator, literal):
            left, right = order_key(domain, value), order_key(domain, literal)
            return bool({"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[operator])
        case Between(low, high, low_closed, high_closed):
            at, first, last = (order_key(domain, each) for each in (value, low, high))
            above = first <= at if low_closed else first < at
            return bool(above and (at <= last if high_closed else at < last))
        case AllOf(members):
            return bool(members <= value)
        case AnyOf(members):
            return bool(members & value)
        case NoneOf(members):
            return not members & value
        case Exactly(members):
            return bool(members == value)
    raise AssertionError(cell)


def hitting(table: DecisionTable, facts: Mapping[str, Any], rules: Sequence[Rule] | None = None) -> list[Rule]:
    """The rules that fit, in the order of the table."""
    return [
        rule
        for rule in (table.rules if rules is None else rules)
        if all(fits(rule.when[d.name], d, facts.get(d.name, ABSENT)) for d in table.inputs if d.name in rule.when)
    ]


def outcome(table: DecisionTable, facts: Mapping[str, Any], rules: Sequence[Rule] | None = None) -> Any:
    """What the table must answer: a mapping, a tuple of mappings, or the word `error`."""
    hit = hitting(table, facts, rules)
    thens = [dict(rule.then) for rule in hit]
    default = None if table.default is None else dict(table.default)
    if table.hit in ("rule-order", "output-order", "collect"):
        return together(table, thens, default)
    if not hit:
        return ERROR if default is None else default
    if table.hit == "unique":
        return thens[0] if len(hit) == 1 else ERROR
    if table.hit == "any":
        return thens[0] if all(then == thens[0] for then in thens) else ERROR
    if table.hit == "priority":
        return in_output_order(table, thens)[0]
    return thens[0]


def in_output_order(table: DecisionTable, thens: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Outcomes by the first ordered output, highest first, then the next; equal ones in the order of the rules."""
    ordered = [domain for domain in table.outputs if domain.ordered]
    left = list(thens)
    made = []
    while left:
        best = 0
        for place in range(1, len(left)):
            keys = [[order_key(d, left[at][d.name]) for d in ordered] for at in (best, place)]
            if keys[1] > keys[0]:
                best = place
        made.append(left.pop(best))
    return made


def together(table: DecisionTable, thens: list[dict[str, Any]], default: dict[str, Any] | None) -> Any:
    """What a list policy makes of the outcomes."""
    name = table.outputs[0].name
    if table.aggregate == "count":
        return {name: len(thens)}
    if not thens:
        if table.aggregate is not None:
            return ERROR if default is None else default
        return () if default is None else (default,)
    if table.aggregate is None:
        return tuple(in_output_order(table, thens) if table.hit == "output-order" else thens)
    values = [then[name] for then in thens]
    if table.aggregate == "sum":
        return {name: sum(values)}
    ranked = sorted(values, key=lambda value: order_key(table.outputs[0], value))
    return {name: ranked[0] if table.aggregate == "min" else ranked[-1]}


def gaps(table: DecisionTable) -> list[Facts]:
    """Every input that no rule fits."""
    return [facts for facts in inputs_of(table.inputs) if not hitting(table, facts)]


def dead(table: DecisionTable) -> set[str]:
    """The rules that never decide."""
    deciding = set()
    for facts in inputs_of(table.inputs):
        hit = hitting(table, facts)
        if hit and table.hit == "first":
            deciding.add(hit[0].id)
        elif hit:
            best = in_output_order(table, [dict(rule.then) for rule in hit])[0]
            deciding.add(next(rule.id for rule in hit if dict(rule.then) == best))
    return {rule.id for rule in table.rules} - deciding


def redundant(table: DecisionTable) -> set[str]:
    """The rules without which every answer, errors included, stays the same."""
    found = set()
    for rule in table.rules:
        others = [other for other in table.rules if other is not rule]
        where = [facts for facts in inputs_of(table.inputs) if hitting(table, facts, [rule])]
        if all(outcome(table, facts) == outcome(table, facts, others) for facts in where):
            found.add(rule.id)
    return found


def conflicting(table: DecisionTable) -> set[tuple[str, str]]:
    """The pairs of rules that fit some input together and may not: all of them, or those that disagree."""
    pairs = set()
    for facts in inputs_of(table.inputs):
        for one, other in combinations(hitting(table, facts), 2):
            if table.hit != "any" or one.then != other.then:
                pairs.add((one.id, other.id))
    return pairs


def steps_against(table: DecisionTable, output: str, name: str, *, rising: bool) -> list[tuple[Facts, Facts]]:
    """The pairs of inputs, one step apart, between which the output goes the wrong way."""
    stepped = next(domain for domain in table.inputs if domain.name == name)
    decided = next(domain for domain in table.outputs if domain.name == output)
    found = []
    present = [value for value in values_of(stepped) if value is not ABSENT]
    for low, high in pairwise(present):
        for facts in inputs_of([domain for domain in table.inputs if domain.name != name]):
            below, above = {**facts, name: low}, {**facts, name: high}
            answers = outcome(table, below), outcome(table, above)
            if ERROR in answers:
                continue
            first, second = (order_key(decided, answer[output]) for answer in answers)
            if first != second and (first < second) != rising:
                found.append((below, above))
    return found
