"""Rules that fit the same inputs: which they are, which contradict each other, and which are never needed (RUL-6)."""

from collections.abc import Iterator
from itertools import accumulate

from attrs import frozen

from supportcore.findings import Finding
from supportcore.rules.compiler.axes import Extent
from supportcore.rules.compiler.building import LISTS
from supportcore.rules.compiler.columns import Column
from supportcore.rules.deciding import outcome_with
from supportcore.rules.proofs.parts import Outcomes, counted_finding, inputs_part
from supportcore.rules.proofs.regions import count_of, region_of, witness_of
from supportcore.rules.proofs.search import Box, Budget, Judge, Ranges, Space, Span, search, uncovered
from supportcore.rules.tables import DecisionTable
from supportcore.wording import Phrase

MOST_PAIRS = 200
FEW_PIECES = 64
TRIED_PIECES = 12


def rivals_of(table: DecisionTable, space: Space) -> tuple[int, ...]:
    """For each rule, by its bit, the mask of the other rules that fit some input together with it."""
    every = (1 << len(table.rules)) - 1
    rivals = [every] * len(table.rules)
    laid = zip(space.columns, space.spans, space.places, table.compiled.extents, strict=True)
    for column, span, places, extents in laid:
        crossing = _crossing(column, span, places, extents)
        for bit, extent in enumerate(extents):
            if extent is not None:
                rivals[bit] &= crossing.of(extent)
    return tuple(mask & ~(1 << bit) for bit, mask in enumerate(rivals))


@frozen
class _Crossing:
    """Which rules fit somewhere in an extent of one column.

    Where every cell is one span, the rules that began before its end and did not end before its start; else the masks
    of all its pieces.
    """

    column: Column
    span: Span
    places: dict[object, int]
    began: tuple[int, ...] | None
    ended: tuple[int, ...]

    def of(self, extent: Extent) -> int:
        """The mask of these rules."""
        mask = self.column.masks[self.column.present] if extent.missing else 0
        for low, high in extent.spans:
            first, last = self.places[low], self.places[high]
            mask |= self.span.some(first, last) if self.began is None else self.began[last - 1] & ~self.ended[first]
        return mask


def _crossing(column: Column, span: Span, places: dict[object, int], extents: tuple[Extent | None, ...]) -> _Crossing:
    split = any(extent is not None and len(extent.spans) != 1 for extent in extents)
    if split or column.present <= FEW_PIECES:
        return _Crossing(column, span, places, None, ())
    begins, ends = [0] * len(column.cuts), [0] * len(column.cuts)
    for bit, extent in enumerate(extents):
        low, high = extent.spans[0] if extent is not None else (column.cuts[0], column.cuts[-1])
        begins[places[low]] |= 1 << bit
        ends[places[high]] |= 1 << bit
    return _Crossing(column, span, places, tuple(accumulate(begins, int.__or__)), tuple(accumulate(ends, int.__or__)))


def fill_everything(table: DecisionTable, space: Space) -> bool:
    """Whether rules of which no two meet leave nothing over: then their elementary cells add up to all of them."""
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


def conflicts(table: DecisionTable, space: Space, rivals: tuple[int, ...]) -> Iterator[Finding]:
    """Under unique all rules that fit together, under any those that disagree; else one note with their number."""
    made = table.compiled
    pairs, told = 0, 0
    same: dict[object, int] = {}
    for bit, place in enumerate(made.order):
        then = made.rules[place].then
        same[then] = same.get(then, 0) | 1 << bit
    for bit, mask in enumerate(rivals):
        later = mask >> bit << bit
        against = later if table.hit != "any" else later & ~same[made.rules[made.order[bit]].then]
        pairs += against.bit_count()
        while table.hit in ("unique", "any") and against and told < MOST_PAIRS:
            first = against & -against
            against ^= first
            told += 1
            yield _conflict(table, space, bit, first.bit_length() - 1)
    if table.hit not in ("unique", "any") and pairs:
        hit = Phrase(f"rules.hit.{table.hit}")
        yield counted_finding("rules.overlap", "note", table.name, count=pairs, pairs=pairs, hit=hit)
    elif pairs > told:
        left = pairs - told
        yield counted_finding("rules.conflict", "error", table.name, "more", count=left, pairs=left)


def _conflict(table: DecisionTable, space: Space, one: int, other: int) -> Finding:
    made, box = table.compiled, common_box(space, 1 << one | 1 << other)
    first, second = (made.rules[made.order[bit]] for bit in (one, other))
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


def common_box(space: Space, bits: int) -> Box:
    """Where all of some rules fit."""
    return tuple(
        sum(1 << place for place, mask in enumerate(column.masks) if mask & bits == bits) for column in space.columns
    )


def _box_of(table: DecisionTable, space: Space, bit: int) -> Box:
    """Where one rule fits: its cells, without a look at every piece."""
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
class Idle:
    """Rules covered by better ones or needed for nothing, and those of which that is not proven."""

    findings: tuple[Finding, ...]
    unproven: tuple[str, ...]


def idle_rules(table: DecisionTable, space: Space, rivals: tuple[int, ...], budget: Budget) -> Idle:
    """The rules that the table could do without."""
    made = table.compiled
    if table.hit in LISTS:
        return Idle((), ())
    idle, unproven = [], []
    for bit, place in enumerate(made.order):
        rule = made.rules[place]
        needed = _needed(table, space, bit, rivals[bit], budget)
        if needed is None:
            unproven.append(rule.id)
        elif not needed:
            box = _box_of(table, space, bit)
            region = region_of(space.columns, box)
            decides = table.hit in ("first", "priority")
            parts = {"rule": rule.id, "where": region} if decides else {"rule": rule.id}
            idle.append(
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
    return Idle(tuple(idle), tuple(unproven))


def _needed(table: DecisionTable, space: Space, bit: int, rivals: int, budget: Budget) -> bool | None:
    """Whether some answer rests on a rule; nothing where the steps ran out."""
    if table.hit in ("first", "priority"):
        better = rivals & ((1 << bit) - 1)
        if not better or not _best_place(table, space, bit, better):
            return True
        start = _around(table, space, bit)
        found = uncovered(space, better, budget, start=start, within=1 << bit, only_first=True)
    elif not rivals:
        return table.default != table.compiled.rules[table.compiled.order[bit]].then
    else:
        start = _around(table, space, bit)
        found = search(space, _missed(table, bit), budget, start=start, within=1 << bit, only_first=True)
    return bool(found.boxes) if found.complete else None


def _around(table: DecisionTable, space: Space, bit: int) -> Ranges:
    """The smallest range of pieces in each column that holds a rule."""
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


def _best_place(table: DecisionTable, space: Space, bit: int, better: int) -> int:
    """The better rules that fit at one place of a rule, chosen column by column so that few of them do."""
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
    """Some pieces of a range, its ends among them."""
    yield from range(low, high, max(1, (high - low) // TRIED_PIECES))
    yield high - 1


def _missed(table: DecisionTable, bit: int) -> Judge:
    """The judge of places where the answer would be another one without this rule."""
    made, own = table.compiled, 1 << bit
    then = made.rules[made.order[bit]].then
    same = sum(1 << other for other, place in enumerate(made.order) if made.rules[place].then == then and other != bit)

    def judge(somewhere: int, everywhere: int) -> bool | None:
        others, sure = somewhere & ~own, everywhere & ~own
        if table.hit == "unique" and sure.bit_count() > 1:
            return False
        if table.hit == "any" and sure & same and not others & ~same:
            return False
        if others != sure:
            return None
        return outcome_with(table, made, sure | own) != outcome_with(table, made, sure)

    return judge
