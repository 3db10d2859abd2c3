"""Rules that overlap: pairs that contradict each other, and rules that are never needed (RUL-6)."""

from collections.abc import Iterator

from attrs import evolve, frozen

from supportcore.findings import Finding
from supportcore.rules.compiler.bits import runs_of
from supportcore.rules.decisions import LISTS
from supportcore.rules.proofs.comparing import OutOfStepsError, Side, deviations
from supportcore.rules.proofs.parts import Outcomes, counted_finding, inputs_part
from supportcore.rules.proofs.regions import count_of, region_of, witness_of
from supportcore.rules.proofs.search import StepBudget, uncovered
from supportcore.rules.proofs.space import Box, SearchSpace
from supportcore.rules.tables import DecisionTable
from supportcore.wording import Phrase

MOST_PAIRS = 200
TRIED_PIECES = 12


def find_overlaps(space: SearchSpace) -> tuple[int, ...]:
    """Return for each rule, by its bit, the mask of the other rules that overlap it."""
    rules = len(space.boxes)
    overlaps = [~(1 << bit) for bit in range(rules)]
    for column in space.sets:
        meeting = {cell: column.meeting(cell) for cell in set(column.cells)}
        for bit, cell in enumerate(column.cells):
            overlaps[bit] &= meeting[cell]
    every = (1 << rules) - 1
    return tuple([mask & every for mask in overlaps])


def find_conflicts(side: Side, space: SearchSpace, overlaps: tuple[int, ...]) -> Iterator[Finding]:
    """Return the pairs of rules that overlap, under `any` only those that disagree.

    Under `unique` and `any` each pair is an error, beyond 200 pairs their number; otherwise the number is a note.
    """
    table, (pairs, listed) = side.table, (0, 0)
    for bit, mask in enumerate(overlaps):
        later = mask >> bit << bit
        against = later if table.hit != "any" else later & ~side.alike[bit]
        pairs += against.bit_count()
        while table.hit in ("unique", "any") and against and listed < MOST_PAIRS:
            first = against & -against
            against ^= first
            listed += 1
            yield _conflict(table, space, bit, first.bit_length() - 1)
    if table.hit not in ("unique", "any") and pairs:
        hit = Phrase(f"rules.hit.{table.hit}")
        yield counted_finding("rules.overlap", "note", table.name, count=pairs, pairs=pairs, hit=hit)
    elif pairs > listed:
        left = pairs - listed
        yield counted_finding("rules.conflict", "error", table.name, "more", count=left, pairs=left)


def _conflict(table: DecisionTable, space: SearchSpace, one: int, other: int) -> Finding:
    compiled, box = table.compiled, _meeting(space, one, other)
    first, second = (compiled.rules[compiled.order[bit]] for bit in (one, other))
    region, count = region_of(space.columns, box), count_of(space.columns, box)
    return counted_finding(
        "rules.conflict",
        "error",
        table.name,
        witness=(witness_of(space.columns, box),),
        region=region,
        count=count,
        rules=f"{first.id}, {second.id}",
        where=region,
        inputs=inputs_part(count),
        outcomes=Outcomes(table.outputs, (first.then, second.then)),
    )


def _meeting(space: SearchSpace, one: int, other: int) -> Box:
    """Return the box that two rules fit, in the pieces of the compiled columns."""
    sides = [(column.cells[one], column.cells[other]) for column in space.sets]
    return space.in_pieces(tuple(first & second for first, second in sides))


def unneeded_bits(
    side: Side, space: SearchSpace, overlaps: tuple[int, ...], budget: StepBudget
) -> Iterator[tuple[int, bool]]:
    """Return the rules, by their bits, on which no outcome rests, each with whether that is proved."""
    if side.table.hit in LISTS:
        return
    for bit, box in enumerate(space.boxes):
        needed = _needed(side, space, bit, box, overlaps[bit], budget)
        if not needed:
            yield bit, needed is False


@frozen
class UnneededRules:
    """Findings on rules that the table can do without, and the names of rules of which that is not proven."""

    findings: tuple[Finding, ...]
    unproven: tuple[str, ...]


def find_unneeded(side: Side, space: SearchSpace, overlaps: tuple[int, ...], budget: StepBudget) -> UnneededRules:
    """Return the rules that never decide, or whose removal changes no outcome."""
    table, boxes = side.table, space.boxes
    unneeded, unproven = [], []
    for bit, proved in unneeded_bits(side, space, overlaps, budget):
        rule = table.rules[table.compiled.order[bit]]
        if not proved:
            unproven.append(rule.id)
            continue
        box = space.in_pieces(boxes[bit])
        region = region_of(space.columns, box)
        decides = table.hit in ("first", "priority")
        parts = {"rule": rule.id, "where": region} if decides else {"rule": rule.id}
        unneeded.append(
            counted_finding(
                "rules.dead" if decides else "rules.redundant",
                "warning",
                f"{table.name}, rule {rule.id}",
                witness=(witness_of(space.columns, box),),
                region=region,
                count=count_of(space.columns, box),
                **parts,
            )
        )
    return UnneededRules(tuple(unneeded), tuple(unproven))


def _needed(side: Side, space: SearchSpace, bit: int, box: Box, overlapping: int, budget: StepBudget) -> bool | None:
    """Return whether some outcome rests on a rule, by its bit and its box; `None` if the steps run out."""
    table = side.table
    if table.hit in ("first", "priority"):
        better = overlapping & ((1 << bit) - 1)
        if not better or not _best_place(space, box, better):
            return True
        found = uncovered(space, better, budget, start=box, only_first=True)
        return bool(found.boxes) if found.boxes or found.complete else None
    if not overlapping:
        return table.default != table.rules[table.compiled.order[bit]].then
    sides = evolve(side, rules=overlapping | 1 << bit), evolve(side, rules=overlapping)
    try:
        return next(deviations(space, *sides, budget, start=box), None) is not None
    except OutOfStepsError:
        return None


def _best_place(space: SearchSpace, box: Box, better: int) -> int:
    """Return the better rules that fit one place of a box, chosen column by column so that few of them do."""
    sides = sorted(zip(space.sets, box, strict=True), key=lambda side: side[0].whole != side[1])
    for column, side in sides:
        better = min((column.masks[piece] & better for piece in _some_of(side)), key=int.bit_count)
        if not better:
            break
    return better


def _some_of(side: int) -> Iterator[int]:
    """Return some pieces of a set, both ends of each run among them."""
    for low, high in runs_of(side):
        yield from range(low, high, max(1, (high - low) // TRIED_PIECES))
        yield high - 1
