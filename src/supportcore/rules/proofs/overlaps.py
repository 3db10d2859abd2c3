"""Rules that overlap: pairs that contradict each other, and rules that are never needed (RUL-6)."""

from collections.abc import Iterator
from itertools import accumulate

from attrs import frozen

from supportcore.findings import Finding
from supportcore.rules.compiler.axes import Extent
from supportcore.rules.compiler.columns import Column
from supportcore.rules.deciding import result_with
from supportcore.rules.decisions import LISTS
from supportcore.rules.proofs.parts import Outcomes, counted_finding, inputs_part
from supportcore.rules.proofs.regions import count_of, region_of, witness_of
from supportcore.rules.proofs.search import Box, Judge, RangeMasks, Ranges, SearchSpace, StepBudget, search, uncovered
from supportcore.rules.tables import DecisionTable
from supportcore.wording import Phrase

MOST_PAIRS = 200
FEW_PIECES = 64
TRIED_PIECES = 12


def find_overlaps(table: DecisionTable, space: SearchSpace) -> tuple[int, ...]:
    """Return for each rule, by its bit, the mask of the other rules that overlap it."""
    every = (1 << len(table.rules)) - 1
    overlaps = [every] * len(table.rules)
    laid = zip(space.columns, space.spans, space.places, table.compiled.extents, strict=True)
    for column, span, places, extents in laid:
        index = _index_of(column, span, places, extents)
        for bit, extent in enumerate(extents):
            if extent is not None:
                overlaps[bit] &= index.overlapping(extent)
    return tuple(mask & ~(1 << bit) for bit, mask in enumerate(overlaps))


@frozen
class _ExtentIndex:
    """The rules that fit somewhere in an extent of one column.

    If every cell is one span, these are the rules that begin before its end, without those that end before its start.
    Otherwise `began` is `None`, and the masks of the pieces are merged.
    """

    column: Column
    span: RangeMasks
    places: dict[object, int]
    began: tuple[int, ...] | None
    ended: tuple[int, ...]

    def overlapping(self, extent: Extent) -> int:
        """Return the mask of the rules that fit somewhere in the extent."""
        mask = self.column.masks[self.column.present] if extent.missing else 0
        for low, high in extent.spans:
            first, last = self.places[low], self.places[high]
            mask |= self.span.some(first, last) if self.began is None else self.began[last - 1] & ~self.ended[first]
        return mask


def _index_of(
    column: Column, span: RangeMasks, places: dict[object, int], extents: tuple[Extent | None, ...]
) -> _ExtentIndex:
    split = any(extent is not None and len(extent.spans) != 1 for extent in extents)
    if split or column.present <= FEW_PIECES:
        return _ExtentIndex(column, span, places, None, ())
    begins, ends = [0] * len(column.cuts), [0] * len(column.cuts)
    for bit, extent in enumerate(extents):
        low, high = extent.spans[0] if extent is not None else (column.cuts[0], column.cuts[-1])
        begins[places[low]] |= 1 << bit
        ends[places[high]] |= 1 << bit
    return _ExtentIndex(
        column, span, places, tuple(accumulate(begins, int.__or__)), tuple(accumulate(ends, int.__or__))
    )


def fill_everything(table: DecisionTable, space: SearchSpace) -> bool:
    """Return whether rules without overlaps cover every input: if so, their elementary regions add up to all."""
    cells = [1] * len(table.rules)
    for column, places, extents in zip(space.columns, space.places, table.compiled.extents, strict=True):
        for bit, extent in enumerate(extents):
            if extent is None:
                cells[bit] *= len(column.masks)
            else:
                cells[bit] *= sum(places[high] - places[low] for low, high in extent.spans) + extent.missing
    whole = 1
    for column in space.columns:
        whole *= len(column.masks)
    return sum(cells) == whole


def find_conflicts(table: DecisionTable, space: SearchSpace, overlaps: tuple[int, ...]) -> Iterator[Finding]:
    """Return the pairs of rules that overlap, under `any` only those that disagree.

    Under `unique` and `any` each pair is an error, beyond 200 pairs their number; otherwise the number is a note.
    """
    compiled = table.compiled
    pairs, listed = 0, 0
    same: dict[object, int] = {}
    for bit, place in enumerate(compiled.order):
        then = compiled.rules[place].then
        same[then] = same.get(then, 0) | 1 << bit
    for bit, mask in enumerate(overlaps):
        later = mask >> bit << bit
        against = later if table.hit != "any" else later & ~same[compiled.rules[compiled.order[bit]].then]
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
    compiled, box = table.compiled, _common_box(space, 1 << one | 1 << other)
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


def _common_box(space: SearchSpace, bits: int) -> Box:
    """Return the box that all rules of a mask fit."""
    return tuple(
        sum(1 << place for place, mask in enumerate(column.masks) if mask & bits == bits) for column in space.columns
    )


def _box_of(table: DecisionTable, space: SearchSpace, bit: int) -> Box:
    """Return the box that one rule fits, from its cells."""
    box = []
    for column, places, extents in zip(space.columns, space.places, table.compiled.extents, strict=True):
        extent = extents[bit]
        pieces = (1 << len(column.masks)) - 1
        if extent is not None:
            pieces = sum((1 << places[high]) - (1 << places[low]) for low, high in extent.spans)
            pieces |= extent.missing << column.present
        box.append(pieces)
    return tuple(box)


@frozen
class UnneededRules:
    """Findings on rules that the table can do without, and the names of rules of which that is not proven."""

    findings: tuple[Finding, ...]
    unproven: tuple[str, ...]


def find_unneeded(
    table: DecisionTable, space: SearchSpace, overlaps: tuple[int, ...], budget: StepBudget
) -> UnneededRules:
    """Return the rules that never decide, or whose removal changes no outcome."""
    if table.hit in LISTS:
        return UnneededRules((), ())
    unneeded, unproven = [], []
    for bit, place in enumerate(table.compiled.order):
        rule = table.rules[place]
        needed = _needed(table, space, bit, overlaps[bit], budget)
        if needed is None:
            unproven.append(rule.id)
        elif not needed:
            box = _box_of(table, space, bit)
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


def _needed(table: DecisionTable, space: SearchSpace, bit: int, overlapping: int, budget: StepBudget) -> bool | None:
    """Return whether some outcome rests on a rule, `None` if the steps run out."""
    if table.hit in ("first", "priority"):
        better = overlapping & ((1 << bit) - 1)
        if not better or not _best_place(table, space, bit, better):
            return True
        start = _around(table, space, bit)
        found = uncovered(space, better, budget, start=start, within=1 << bit, only_first=True)
    elif not overlapping:
        return table.default != table.rules[table.compiled.order[bit]].then
    else:
        start = _around(table, space, bit)
        found = search(space, _judge_of_loss(table, bit), budget, start=start, within=1 << bit, only_first=True)
    return bool(found.boxes) if found.complete else None


def _around(table: DecisionTable, space: SearchSpace, bit: int) -> Ranges:
    """Return the smallest range of pieces in each column that holds a rule."""
    ranges = []
    for column, places, extents in zip(space.columns, space.places, table.compiled.extents, strict=True):
        extent = extents[bit]
        if extent is None:
            ranges.append((0, len(column.masks)))
            continue
        ends = [places[end] for span in extent.spans for end in span]
        ends += [column.present, column.present + 1] if extent.missing else []
        ranges.append((min(ends), max(ends)))
    return tuple(ranges)


def _best_place(table: DecisionTable, space: SearchSpace, bit: int, better: int) -> int:
    """Return the better rules that fit one place of a rule, chosen column by column so that few of them do."""
    free = [place for place, extents in enumerate(table.compiled.extents) if extents[bit] is None]
    for place in (*free, *(place for place in range(len(space.columns)) if place not in free)):
        masks, extent = space.columns[place].masks, table.compiled.extents[place][bit]
        spans = [(0, len(masks))]
        if extent is not None:
            at = space.places[place]
            spans = [(at[low], at[high]) for low, high in extent.spans]
            spans += [(len(masks) - 1, len(masks))] if extent.missing else []
        tried = {piece for low, high in spans for piece in _some_of(low, high)}
        better = min((masks[piece] & better for piece in tried), key=int.bit_count)
        if not better:
            break
    return better


def _some_of(low: int, high: int) -> Iterator[int]:
    """Return some pieces of a range, both ends among them."""
    yield from range(low, high, max(1, (high - low) // TRIED_PIECES))
    yield high - 1


def _judge_of_loss(table: DecisionTable, bit: int) -> Judge:
    """Return the judge of boxes whose result would change without a rule."""
    order, own = table.compiled.order, 1 << bit
    then = table.rules[order[bit]].then
    same = sum(1 << other for other, place in enumerate(order) if table.rules[place].then == then and other != bit)

    def judge(somewhere: int, everywhere: int) -> bool | None:
        others, sure = somewhere & ~own, everywhere & ~own
        if table.hit == "unique" and sure.bit_count() > 1:
            return False
        if table.hit == "any" and sure & same and not others & ~same:
            return False
        if others != sure:
            return None
        return result_with(table, sure | own) != result_with(table, sure)

    return judge
