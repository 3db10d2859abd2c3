"""Explaining a decision: what each rule said, and what would have had to be otherwise (RUL-5)."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from attrs import field, frozen

from supportcore.domains import Flag, Integer, Scale, Value
from supportcore.mappings import FrozenMapping
from supportcore.rules.cells import (
    Cell,
)
from supportcore.rules.compiler.building import LISTS, Built, Parts
from supportcore.rules.compiler.columns import Column, piece_of
from supportcore.rules.deciding import answer_of, hits, outcome_with
from supportcore.rules.decisions import Decision, Outcome, Rule
from supportcore.rules.phrases import answer_words, cell_words, value_words
from supportcore.wording import Language, say

Verdict = Literal["decides", "fits too", "does not fit"]
Answer = Outcome | tuple[Outcome, ...] | None


@frozen
class FailedCell:
    """A cell that a fact did not fit; no value where the fact is missing."""

    input: str
    cell: Cell
    value: Value | None


@frozen
class RuleTrace:
    """What one rule said to the facts: it decides, it fits too but another one wins, or some of its cells fail."""

    rule: Rule
    verdict: Verdict
    failed: tuple[FailedCell, ...] = ()


@frozen
class NearMiss:
    """The nearest other value of one input that changes the answer, all other facts as they are.

    `direction` is `up` or `down` along an order, `other` where there is none, `missing` where the fact would be absent
    (then `value` is nothing). Where the value itself is excluded, as beyond an open end, `beyond` is true. `answer`
    is what would come out, nothing where there would be no answer.
    """

    input: str
    direction: Literal["up", "down", "other", "missing"]
    value: Value | None
    answer: Answer
    beyond: bool = False


@frozen
class Explanation:
    """A decision with all its reasons; as a text it is told in English, a line for each of them.

    `explanation_words` tells it in German too.

    >>> from supportcore.domains import Flag, Scale
    >>> from supportcore.rules import DecisionTable
    >>> table = DecisionTable(name="t", hit="first", inputs=[Flag("crash")], default={"priority": "minor"},
    ...     outputs=[Scale("priority", ["minor", "major"])], rules=[Rule({"crash": True}, {"priority": "major"})])
    >>> print(table.explain({"crash": False}))
    minor, because no rule fits
    rule r1 does not fit; it would take: with crash
    would be major with crash
    """

    facts: FrozenMapping[str, Value]
    decision: Decision
    traces: tuple[RuleTrace, ...]
    near_misses: tuple[NearMiss, ...]
    _table: Parts = field(repr=False, eq=False)

    def __str__(self) -> str:
        return explanation_words("en", self._table, self)

    @property
    def value(self) -> Outcome | tuple[Outcome, ...]:
        """What the table answers; under a list policy a tuple of mappings."""
        return self.decision.value

    @property
    def rule(self) -> Rule | None:
        """The rule that decided, if a single one did."""
        return self.decision.rule


def explanation_of(parts: Parts, made: Built, facts: Mapping[str, Any]) -> Explanation:
    """The decision on some facts with what each rule said, in the order of the table, and the near misses."""
    mask = hits(parts, made, facts)
    decision = answer_of(parts, made, mask, facts)
    named = FrozenMapping({domain.name: facts[domain.name] for domain in parts.inputs if domain.name in facts})
    traces = tuple(_traces(parts, made, mask, decision, named))
    return Explanation(named, decision, traces, tuple(_near_misses(parts, made, decision.value, named)), parts)


def _traces(
    parts: Parts, made: Built, mask: int, decision: Decision, facts: Mapping[str, Value]
) -> Iterator[RuleTrace]:
    bit_of = {place: 1 << bit for bit, place in enumerate(made.order)}
    for place, rule in enumerate(made.rules):
        bit = bit_of[place]
        if mask & bit:
            decides = parts.hit in LISTS or rule is decision.rule
            yield RuleTrace(rule, "decides" if decides else "fits too")
            continue
        failed = []
        for column in made.columns:
            value = facts.get(column.domain.name)
            if not column.masks[piece_of(column, value)] & bit:
                cell: Any = rule.when[column.domain.name]
                failed.append(FailedCell(column.domain.name, cell, value))
        yield RuleTrace(rule, "does not fit", tuple(failed))


def _near_misses(parts: Parts, made: Built, answer: Answer, facts: Mapping[str, Value]) -> Iterator[NearMiss]:
    pieces = [piece_of(column, facts.get(column.domain.name)) for column in made.columns]
    for place, column in enumerate(made.columns):
        others = (1 << len(made.rules)) - 1
        for other, piece in enumerate(pieces):
            if other != place:
                others &= made.columns[other].masks[piece]
        outcomes = [outcome_with(parts, made, others & mask) for mask in column.masks]
        yield from _along(column, pieces[place], outcomes, answer)


def _along(column: Column, here: int, outcomes: list[Answer], answer: Answer) -> Iterator[NearMiss]:
    """The near misses along one column, given the answer on each of its pieces."""
    name, missing = column.domain.name, column.present
    if here != missing and column.domain.optional and outcomes[missing] != answer:
        yield NearMiss(name, "missing", None, outcomes[missing])
    if here == missing or not column.domain.ordered:
        for piece in range(column.present):
            if piece != here and outcomes[piece] != answer:
                low, high = column.cuts[piece], column.cuts[piece + 1]
                places = range(low, high) if not column.domain.ordered else ()
                for position in places:
                    yield NearMiss(name, "other", column.axis.value_at(position), outcomes[piece])
                if column.domain.ordered:
                    yield NearMiss(name, "other", column.lowest(piece), outcomes[piece])
        return
    for piece in range(here - 1, -1, -1):
        if outcomes[piece] != answer:
            value = column.highest(piece)
            beyond = isinstance(column.cuts[piece + 1], tuple) and column.cuts[piece + 1][1] == 0
            edge = column.cuts[piece + 1][0] if beyond else value
            yield NearMiss(name, "down", edge, outcomes[piece], beyond)
            break
    for piece in range(here + 1, column.present):
        if outcomes[piece] != answer:
            beyond = isinstance(column.cuts[piece], tuple) and column.cuts[piece][1] == 1
            edge = column.cuts[piece][0] if beyond else column.lowest(piece)
            yield NearMiss(name, "up", edge, outcomes[piece], beyond)
            break


NEARER = {("up", False): "from", ("up", True): "above", ("down", False): "up-to", ("down", True): "below"}


def explanation_words(language: Language, table: Parts, explanation: Explanation) -> str:
    """A decision with its reason, what every other rule said, and what would change it: one line each.

    >>> from supportcore.domains import Integer
    >>> from supportcore.rules import Rule
    >>> table = DecisionTable(name="t", hit="first", inputs=[Integer("users", 0, 999)],
    ...     outputs=[Scale("priority", ["major", "blocker"], names={"de": {"blocker": "Blocker"}})],
    ...     rules=[Rule({"users": ">= 100"}, {"priority": "blocker"}), Rule({}, {"priority": "major"})])
    >>> print(explanation_words("en", table, table.explain({"users": 40})))
    major, because rule r2 fits
    rule r1 does not fit; it would take: from 100 users
    would be blocker from 100 users
    """
    decision = explanation.decision
    answer = answer_words(language, table, decision.value)
    if decision.rule is not None:
        key = "rules.decided-because" if decision.because else "rules.decided"
        lines = [say(language, key, answer=answer, rule=decision.rule.id, because=decision.because)]
    elif decision.rules:
        named = ", ".join(rule.id for rule in decision.rules)
        lines = [say(language, "rules.together", answer=answer, rules=named)]
    else:
        lines = [say(language, "rules.defaulted", answer=answer)]
    domains = {domain.name: domain for domain in table.inputs}
    for trace in explanation.traces:
        if trace.verdict == "fits too":
            lines.append(say(language, "rules.fits-too", rule=trace.rule.id))
        elif trace.failed:
            cells = ", ".join(cell_words(language, one.cell, domains[one.input]) for one in trace.failed)
            lines.append(say(language, "rules.fails", rule=trace.rule.id, cells=cells))
    lines.extend(near_miss_words(language, table, near) for near in explanation.near_misses)
    return "\n".join(lines)


def near_miss_words(language: Language, table: Parts, near: NearMiss) -> str:
    """A near miss by its outcome: `would be blocker from 100 users`."""
    domain = next(one for one in table.inputs if one.name == near.input)
    name = domain.name
    if near.value is None:
        cell = say(language, "rules.near.missing", name=name)
    elif isinstance(domain, Flag):
        cell = say(language, f"rules.near.{'yes' if near.value else 'no'}", name=name)
    else:
        value = value_words(language, domain, near.value)
        way = NEARER.get((near.direction, near.beyond))
        if isinstance(domain, Integer) and way is not None:
            cell = say(language, f"rules.near.{way}", name=name, value=value)
        else:
            if way is not None and not isinstance(domain, Scale):
                value = say(language, f"rules.cell.{way}", value=value)
            cell = say(language, "rules.near.at", name=name, value=value)
    if near.answer is None or near.answer == ():
        return say(language, "rules.near.none", cell=cell)
    return say(language, "rules.near.up", answer=answer_words(language, table, near.answer), cell=cell)
