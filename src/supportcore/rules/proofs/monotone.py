"""Whether an output never falls, or never rises, along an input: proved over adjacent steps (RUL-7)."""

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

from attrs import field, frozen, mutable

from supportcore.domains import Value
from supportcore.mappings import FrozenMapping
from supportcore.rules.compiler.building import Built, Parts, rank_of
from supportcore.rules.compiler.columns import Column
from supportcore.rules.deciding import outcome_with, winners
from supportcore.rules.proofs.regions import Facts
from supportcore.rules.proofs.search import Budget


@frozen
class Order:
    """What is declared: that an output rises, or else falls, with an input."""

    output: str
    input: str
    rising: bool


@frozen
class Step:
    """Two inputs that differ in one step, and what the table answers to each."""

    lower: Facts
    upper: Facts
    answers: tuple[Value, Value]
    rules: tuple[str, str]


@mutable
class Walk:
    """What the proof of one order found: the smallest pair against it, waived pairs, whether it came to its end."""

    refuted: Step | None = None
    waived: dict[tuple[str, str], Step] = field(factory=dict)
    complete: bool = True


def orders_of(parts: Parts) -> Iterator[Order]:
    """Everything that a table declares, in its order."""
    for rising, declared in ((True, parts.rises), (False, parts.falls)):
        for output, names in declared.items():
            for name in names:
                yield Order(output, name, rising)


def prove_order(parts: Parts, made: Built, order: Order, budget: Budget) -> Walk:
    """Compare both sides of every step along the input, all others alike, up to the first pair against it."""
    stepped = next(column for column in made.columns if column.domain.name == order.input)
    others = tuple(column for column in made.columns if column.domain.name != order.input)
    turns = tuple(turns_of(column) for column in others)
    proof = _Proof(parts, made, order, stepped, others, _settled(parts, others), turns, budget)
    for piece in range(stepped.present - 1):
        _compare(proof, piece, stepped.masks[piece], stepped.masks[piece + 1], ())
        if proof.walk.refuted is not None or not proof.walk.complete:
            break
    return proof.walk


@frozen
class _Proof:
    parts: Parts
    made: Built
    order: Order
    stepped: Column
    others: tuple[Column, ...]
    settled: tuple[int, ...]
    turns: tuple[tuple[tuple[int, int], ...], ...]
    budget: Budget
    walk: Walk = field(factory=Walk)
    seen: set[tuple[int, int, int]] = field(factory=set)


def turns_of(column: Column) -> tuple[tuple[int, int], ...]:
    """For each piece of a column its mask, and the rules that fit only one of it and the piece before."""
    return tuple((mask, mask ^ before) for mask, before in zip(column.masks, (0, *column.masks), strict=False))


def _settled(parts: Parts, columns: Sequence[Column]) -> tuple[int, ...]:
    """For each column the rules that anything fits from it on, and last all of them."""
    masks = [(1 << len(parts.rules)) - 1]
    for column in reversed(columns):
        masks.append(reduce(int.__and__, column.masks, masks[-1]))
    return tuple(reversed(masks))


def _compare(proof: _Proof, piece: int, lower: int, upper: int, chosen: tuple[int, ...]) -> None:
    """Compare the rules alive below and above one step; `chosen` are the pieces of the other columns so far."""
    level = len(chosen)
    settled = proof.settled[level]
    if proof.parts.hit in ("first", "priority"):
        lower, upper = up_to_the_winner(lower, settled), up_to_the_winner(upper, settled)
    if lower == upper or (level, lower, upper) in proof.seen:
        return
    if proof.budget.left <= 0:
        proof.walk.complete = False
        return
    proof.budget.left -= 1
    if not (lower | upper) & ~settled:
        _judge(proof, piece, lower, upper, chosen)
    else:
        pairs: dict[tuple[int, int], int] = {}
        alive = lower | upper
        for place, (mask, turned) in enumerate(proof.turns[level]):
            if alive & turned or not place:
                pairs.setdefault((lower & mask, upper & mask), place)
        for (below, above), place in pairs.items():
            _compare(proof, piece, below, above, (*chosen, place))
            if proof.walk.refuted is not None or not proof.walk.complete:
                return
    proof.seen.add((level, lower, upper))


def up_to_the_winner(mask: int, settled: int) -> int:
    """The rules that can still win: none behind the first that wins whatever follows."""
    sure = mask & settled
    return mask & (((sure & -sure) << 1) - 1) if sure else mask


def _judge(proof: _Proof, piece: int, lower: int, upper: int, chosen: tuple[int, ...]) -> None:
    output = next(domain for domain in proof.parts.outputs if domain.name == proof.order.output)
    answers = [outcome_with(proof.parts, proof.made, mask) for mask in (lower, upper)]
    values = [None if not isinstance(answer, FrozenMapping) else answer.get(output.name) for answer in answers]
    if values[0] is None or values[1] is None:
        return
    # A count or a sum is a number, whatever the output of the rules is.
    numbers = proof.parts.aggregate in ("count", "sum")
    ranks: list[Any] = [value if numbers else rank_of(output, value) for value in values]
    below, above = ranks
    if below == above or (below < above) == proof.order.rising:
        return
    step = Step(
        _facts(proof, chosen, proof.stepped.highest(piece)),
        _facts(proof, chosen, proof.stepped.lowest(piece + 1)),
        (values[0], values[1]),
        (_winner(proof, lower), _winner(proof, upper)),
    )
    waived = any(
        (waiver.output, waiver.input) == (proof.order.output, proof.order.input) and waiver.rules == step.rules
        for waiver in proof.parts.waivers
    )
    if waived:
        proof.walk.waived.setdefault(step.rules, step)
    else:
        proof.walk.refuted = step


def _winner(proof: _Proof, mask: int) -> str:
    return next((rule.id for rule in winners(proof.made, mask)), "")


def _facts(proof: _Proof, chosen: tuple[int, ...], stepped: Value | None) -> Facts:
    pieces = (*chosen, *(0 for _ in proof.others[len(chosen) :]))
    known = {column.domain.name: column.lowest(piece) for column, piece in zip(proof.others, pieces, strict=True)}
    known[proof.stepped.domain.name] = stepped
    named = [(domain.name, known[domain.name]) for domain in proof.parts.inputs]
    return FrozenMapping({name: value for name, value in named if value is not None})
