"""Proving that an output never falls, or never rises, along an input, over adjacent steps (RUL-7)."""

from collections.abc import Collection, Iterator
from typing import Any

from attrs import evolve, field, frozen, mutable

from supportcore.domains import Value
from supportcore.mappings import FrozenMapping
from supportcore.rules.compiler.columns import Column
from supportcore.rules.compiler.compiling import rank_of
from supportcore.rules.deciding import winners
from supportcore.rules.proofs.comparing import Deviation, OutOfStepsError, Side, corner, deviations
from supportcore.rules.proofs.regions import Facts, witness_of
from supportcore.rules.proofs.search import StepBudget
from supportcore.rules.proofs.space import Box, SearchSpace
from supportcore.rules.tables import DecisionTable


@frozen
class Order:
    """A declared order: `output` never falls when `input` rises, or never rises if `rising` is false."""

    output: str
    input: str
    rising: bool


@frozen
class Step:
    """Two sets of facts one step apart, below first: the values of the output, and the names of the rules."""

    lower: Facts
    upper: Facts
    values: tuple[Value, Value]
    rules: tuple[str, str]


@mutable
class OrderProof:
    """The result of a proof: the smallest step against the order, a step for each waiver, whether it is complete."""

    refuted: Step | None = None
    waived: dict[tuple[str, str], Step] = field(factory=dict)
    complete: bool = True


def orders_of(table: DecisionTable) -> Iterator[Order]:
    """Return the declared orders of a table."""
    for rising, declared in ((True, table.rises), (False, table.falls)):
        for output, names in declared.items():
            for name in names:
                yield Order(output, name, rising)


def prove_order(side: Side, space: SearchSpace, order: Order, budget: StepBudget) -> OrderProof:
    """Compare both sides of every step along the input, with all other facts unchanged, up to the first refutation."""
    table = side.table
    place = [column.domain.name for column in space.columns].index(order.input)
    stepped = space.columns[place]
    others = SearchSpace(
        (*space.columns[:place], *space.columns[place + 1 :]),
        (*space.sets[:place], *space.sets[place + 1 :]),
        space.countable,
    )
    waivers = {waiver.rules for waiver in table.waivers if (waiver.output, waiver.input) == (order.output, order.input)}
    # Only waivers depend on which of several rules with the same outcome decides.
    side = evolve(side, alike=()) if waivers else side
    proof = OrderProof()
    for piece in range(stepped.present - 1):
        judged = _Judged(table, order, waivers)
        below, above = (evolve(side, rules=mask) for mask in stepped.masks[piece : piece + 2])
        try:
            for deviation in deviations(others, below, above, budget, skip=judged.is_beyond):
                judged.judge(deviation)
        except OutOfStepsError:
            proof.complete = False
        for rules, broken in judged.waived.items():
            if rules not in proof.waived and not judged.is_beyond(broken.box):
                proof.waived[rules] = _step(table, others, stepped, piece, broken)
        if judged.smallest is not None:
            proof.refuted = _step(table, others, stepped, piece, judged.smallest)
        if proof.refuted is not None or not proof.complete:
            break
    return proof


@frozen
class _Broken:
    """A box of the other facts in which a step breaks an order."""

    box: Box
    values: tuple[Value, Value]
    rules: tuple[str, str]


@mutable
class _Judged:
    """The smallest break of an order in one step along its input, and the smallest break for each waiver."""

    table: DecisionTable
    order: Order
    waivers: Collection[tuple[str, str]]
    smallest: _Broken | None = None
    waived: dict[tuple[str, str], _Broken] = field(factory=dict)

    def is_beyond(self, box: Box) -> bool:
        """Return whether all inputs of a box are beyond the smallest break."""
        return self.smallest is not None and corner(box) >= corner(self.smallest.box)

    def judge(self, deviation: Deviation) -> None:
        """Keep a deviation that breaks the order in a smaller input than those before."""
        broken = self._broken(deviation)
        if broken is None:
            return
        if broken.rules not in self.waivers:
            if not self.is_beyond(broken.box):
                self.smallest = broken
            return
        known = self.waived.get(broken.rules)
        if known is None or corner(broken.box) < corner(known.box):
            self.waived[broken.rules] = broken

    def _broken(self, deviation: Deviation) -> _Broken | None:
        table, order = self.table, self.order
        output = next(domain for domain in table.outputs if domain.name == order.output)
        values = [
            result.get(output.name) if isinstance(result, FrozenMapping) else None for result in deviation.results
        ]
        if values[0] is None or values[1] is None:
            return None
        # A count or a sum is a number of its own, not a value of the output.
        numbers = table.aggregate in ("count", "sum")
        ranks: list[Any] = [value if numbers else rank_of(output, value) for value in values]
        below, above = ranks
        if below == above or (below < above) == order.rising:
            return None
        rules = [next((rule.id for rule in winners(table.compiled, mask)), "") for mask in deviation.rules]
        return _Broken(deviation.box, (values[0], values[1]), (rules[0], rules[1]))


def _step(table: DecisionTable, others: SearchSpace, stepped: Column, piece: int, broken: _Broken) -> Step:
    """Return the smallest step of a broken box."""
    known = witness_of(others.columns, others.in_pieces(corner(broken.box)))
    sides = []
    for value in (stepped.highest(piece), stepped.lowest(piece + 1)):
        facts = {**known, stepped.domain.name: value}
        named = [(domain.name, facts.get(domain.name)) for domain in table.inputs]
        sides.append(FrozenMapping({name: value for name, value in named if value is not None}))
    return Step(sides[0], sides[1], broken.values, broken.rules)
