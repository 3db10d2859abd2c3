"""Explaining a decision: the verdict of each rule, and the nearest facts that would change the outcome (RUL-5)."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from attrs import field, frozen

from supportcore.domains import Domain, Value
from supportcore.mappings import FrozenMapping
from supportcore.rules.cells import Cell
from supportcore.rules.compiler.columns import Column, piece_of
from supportcore.rules.deciding import decision_of, hits, known_facts, result_with
from supportcore.rules.decisions import LISTS, Decision, Result, Rule
from supportcore.rules.phrases import explanation_words
from supportcore.wording import Language, language_named

if TYPE_CHECKING:
    from supportcore.rules.tables import DecisionTable

Verdict = Literal["decides", "fits too", "does not fit"]


@frozen
class FailedCell:
    """A cell that a fact does not fit; `value` is `None` for a missing fact."""

    input: str
    cell: Cell
    value: Value | None


@frozen
class RuleTrace:
    """The verdict of one rule on the facts; `fits too` if another rule decides, with the failed cells otherwise."""

    rule: Rule
    verdict: Verdict
    failed: tuple[FailedCell, ...] = ()


@frozen
class NearMiss:
    """The nearest other value of one input that changes the result, with all other facts unchanged.

    `direction` is `up` or `down` along an order, `other` without an order, and `missing` for an absent fact, whose
    `value` is `None`. `beyond` is true if `value` itself is excluded, as at an open end. `result` is the value that the
    table would decide, `None` if it would decide nothing.
    """

    input: str
    direction: Literal["up", "down", "other", "missing"]
    value: Value | None
    result: Result | None
    beyond: bool = False


@frozen
class Explanation:
    """A decision with the verdict of each rule and the near misses; its text has a line for each.

    >>> from supportcore.domains import Flag, Scale
    >>> from supportcore.rules import DecisionTable
    >>> table = DecisionTable(name="t", hit="first", inputs=[Flag("crash")], default={"priority": "minor"},
    ...     outputs=[Scale("priority", ["minor", "major"])], rules=[Rule({"crash": True}, {"priority": "major"})])
    >>> print(table.explain({"crash": False}))
    minor, because no rule fits
    rule r1 does not fit; it needs: with crash
    would be major with crash
    """

    facts: FrozenMapping[str, Value]
    decision: Decision
    traces: tuple[RuleTrace, ...]
    near_misses: tuple[NearMiss, ...]
    _inputs: tuple[Domain, ...] = field(repr=False, eq=False)
    _outputs: tuple[Domain, ...] = field(repr=False, eq=False)

    def __str__(self) -> str:
        return self.in_words("en")

    def in_words(self, language: Language = "en") -> str:
        """Return the explanation as text in English (`en`) or German (`de`), one line for each reason.

        >>> from supportcore.domains import Integer, Scale
        >>> from supportcore.rules import DecisionTable, Rule
        >>> table = DecisionTable(name="t", hit="first", inputs=[Integer("users", 0, 999)],
        ...     outputs=[Scale("priority", ["major", "blocker"], names={"de": {"blocker": "Blocker"}})],
        ...     rules=[Rule({"users": ">= 100"}, {"priority": "blocker"}), Rule({}, {"priority": "major"})])
        >>> print(table.explain({"users": 40}).in_words("de"))
        major, weil Regel r2 passt
        Regel r1 passt nicht; nötig wäre: ab 100 users
        wäre Blocker ab 100 users
        """
        return explanation_words(language_named(language), self, self._inputs, self._outputs)

    @property
    def value(self) -> Result:
        """The outcome; under a list policy a tuple of outcomes."""
        return self.decision.value

    @property
    def rule(self) -> Rule | None:
        """The rule that decided, `None` for the default and for several rules."""
        return self.decision.rule


def explain_decision(table: "DecisionTable", facts: Mapping[str, Any]) -> Explanation:
    """Return the explanation of the decision for some facts, with the rules in the order of the table."""
    mask = hits(table, facts)
    decision = decision_of(table, mask, facts)
    known = FrozenMapping(known_facts(table, facts))
    traces = tuple(_traces(table, mask, decision, known))
    near_misses = tuple(_near_misses(table, decision.value, known))
    return Explanation(known, decision, traces, near_misses, table.inputs, table.outputs)


def _traces(table: "DecisionTable", mask: int, decision: Decision, facts: Mapping[str, Value]) -> Iterator[RuleTrace]:
    bit_of = {place: 1 << bit for bit, place in enumerate(table.compiled.order)}
    for place, rule in enumerate(table.rules):
        bit = bit_of[place]
        if mask & bit:
            decides = table.hit in LISTS or rule is decision.rule
            yield RuleTrace(rule, "decides" if decides else "fits too")
            continue
        failed = []
        for column in table.compiled.columns:
            value = facts.get(column.domain.name)
            if not column.masks[piece_of(column, value)] & bit:
                cell: Any = rule.when[column.domain.name]
                failed.append(FailedCell(column.domain.name, cell, value))
        yield RuleTrace(rule, "does not fit", tuple(failed))


def _near_misses(table: "DecisionTable", result: Result, facts: Mapping[str, Value]) -> Iterator[NearMiss]:
    columns = table.compiled.columns
    pieces = [piece_of(column, facts.get(column.domain.name)) for column in columns]
    for place, column in enumerate(columns):
        others = (1 << len(table.rules)) - 1
        for other, piece in enumerate(pieces):
            if other != place:
                others &= columns[other].masks[piece]
        results = [result_with(table, others & mask) for mask in column.masks]
        yield from _along(column, pieces[place], results, result)


def _along(column: Column, here: int, results: list[Result | None], result: Result) -> Iterator[NearMiss]:
    """Return the near misses along one column, given the result in each of its pieces."""
    name, missing = column.domain.name, column.present
    if here != missing and column.domain.optional and results[missing] != result:
        yield NearMiss(name, "missing", None, results[missing])
    if not column.domain.ordered:
        for piece in range(column.present):
            if piece != here and results[piece] != result:
                for position in range(column.cuts[piece], column.cuts[piece + 1]):
                    yield NearMiss(name, "other", column.axis.value_at(position), results[piece])
    elif here == missing:
        for piece in range(column.present):
            if results[piece] != result:
                yield NearMiss(name, "other", column.lowest(piece), results[piece])
    else:
        below = next((piece for piece in range(here - 1, -1, -1) if results[piece] != result), None)
        above = next((piece for piece in range(here + 1, column.present) if results[piece] != result), None)
        if below is not None:
            cut = column.cuts[below + 1]
            beyond = isinstance(cut, tuple) and cut[1] == 0
            yield NearMiss(name, "down", cut[0] if beyond else column.highest(below), results[below], beyond)
        if above is not None:
            cut = column.axis.start(column.cuts[above])
            beyond = isinstance(cut, tuple) and cut[1] == 1
            yield NearMiss(name, "up", cut[0] if beyond else column.lowest(above), results[above], beyond)
