"""Proving that an output never falls, or never rises, along an input, over adjacent steps (RUL-7)."""

from collections.abc import Iterator
from functools import reduce
from typing import Any

from attrs import field, frozen, mutable

from supportcore.domains import Value
from supportcore.mappings import FrozenMapping
from supportcore.rules.compiler.columns import Column
from supportcore.rules.compiler.compiling import rank_of
from supportcore.rules.deciding import result_with, winners
from supportcore.rules.proofs.regions import Facts
from supportcore.rules.proofs.search import StepBudget
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


def prove_order(table: DecisionTable, order: Order, budget: StepBudget) -> OrderProof:
    """Compare both sides of every step along the input, with all other facts unchanged, up to the first refutation."""
    columns = table.compiled.columns
    stepped = next(column for column in columns if column.domain.name == order.input)
    others = tuple(column for column in columns if column.domain.name != order.input)
    changed = tuple(changed_rules(column) for column in others)
    comparison = _Comparison(
        table, order, stepped, others, settled_rules((1 << len(table.rules)) - 1, others), changed, budget
    )
    for piece in range(stepped.present - 1):
        _compare(comparison, piece, stepped.masks[piece], stepped.masks[piece + 1], ())
        if comparison.proof.refuted is not None or not comparison.proof.complete:
            break
    return comparison.proof


@frozen
class _Comparison:
    table: DecisionTable
    order: Order
    stepped: Column
    others: tuple[Column, ...]
    settled: tuple[int, ...]
    changed: tuple[tuple[int, ...], ...]
    budget: StepBudget
    proof: OrderProof = field(factory=OrderProof)
    seen: set[tuple[int, int, int]] = field(factory=set)


def changed_rules(column: Column) -> tuple[int, ...]:
    """Return for each piece of a column the rules that fit either this piece or the piece before, but not both."""
    return tuple(mask ^ before for mask, before in zip(column.masks, (0, *column.masks), strict=False))


def settled_rules(every: int, columns: tuple[Column, ...]) -> tuple[int, ...]:
    """Return for each column the rules of a mask that fit all inputs from this column on, and last the mask itself."""
    masks = [every]
    for column in reversed(columns):
        masks.append(reduce(int.__and__, column.masks, masks[-1]))
    return tuple(reversed(masks))


def _compare(comparison: _Comparison, piece: int, lower: int, upper: int, chosen: tuple[int, ...]) -> None:
    """Compare the rules alive below and above a step; `chosen` holds the pieces of the other columns so far."""
    level, proof = len(chosen), comparison.proof
    settled = comparison.settled[level]
    if comparison.table.hit in ("first", "priority"):
        lower, upper = up_to_the_winner(lower, settled), up_to_the_winner(upper, settled)
    if lower == upper or (level, lower, upper) in comparison.seen:
        return
    if comparison.budget.left <= 0:
        proof.complete = False
        return
    comparison.budget.left -= 1
    if not (lower | upper) & ~settled:
        _judge(comparison, piece, lower, upper, chosen)
    else:
        pairs: dict[tuple[int, int], int] = {}
        alive = lower | upper
        column = zip(comparison.others[level].masks, comparison.changed[level], strict=True)
        for place, (mask, changed) in enumerate(column):
            if alive & changed or not place:
                pairs.setdefault((lower & mask, upper & mask), place)
        for (below, above), place in pairs.items():
            _compare(comparison, piece, below, above, (*chosen, place))
            if proof.refuted is not None or not proof.complete:
                return
    comparison.seen.add((level, lower, upper))


def up_to_the_winner(mask: int, settled: int) -> int:
    """Return the rules of a mask that can still win: those up to the first settled rule."""
    sure = mask & settled
    return mask & (((sure & -sure) << 1) - 1) if sure else mask


def _judge(comparison: _Comparison, piece: int, lower: int, upper: int, chosen: tuple[int, ...]) -> None:
    """Record the step at a piece if the values of the output break the order."""
    table, order = comparison.table, comparison.order
    output = next(domain for domain in table.outputs if domain.name == order.output)
    results = [result_with(table, mask) for mask in (lower, upper)]
    values = [result.get(output.name) if isinstance(result, FrozenMapping) else None for result in results]
    if values[0] is None or values[1] is None:
        return
    # A count or a sum is a number of its own, not a value of the output.
    numbers = table.aggregate in ("count", "sum")
    ranks: list[Any] = [value if numbers else rank_of(output, value) for value in values]
    below, above = ranks
    if below == above or (below < above) == order.rising:
        return
    step = Step(
        _facts(comparison, chosen, comparison.stepped.highest(piece)),
        _facts(comparison, chosen, comparison.stepped.lowest(piece + 1)),
        (values[0], values[1]),
        (_winner(table, lower), _winner(table, upper)),
    )
    waived = any(
        (waiver.output, waiver.input) == (order.output, order.input) and waiver.rules == step.rules
        for waiver in table.waivers
    )
    if waived:
        comparison.proof.waived.setdefault(step.rules, step)
    else:
        comparison.proof.refuted = step


def _winner(table: DecisionTable, mask: int) -> str:
    return next((rule.id for rule in winners(table.compiled, mask)), "")


def _facts(comparison: _Comparison, chosen: tuple[int, ...], stepped: Value | None) -> Facts:
    others = comparison.others
    pieces = (*chosen, *(0 for _ in others[len(chosen) :]))
    known = {column.domain.name: column.lowest(piece) for column, piece in zip(others, pieces, strict=True)}
    known[comparison.stepped.domain.name] = stepped
    named = [(domain.name, known[domain.name]) for domain in comparison.table.inputs]
    return FrozenMapping({name: value for name, value in named if value is not None})
