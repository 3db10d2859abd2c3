"""Searching all inputs of a table for the boxes that no rule of some set fits (RUL-6).

A box is a set of pieces in each column. A rule that only one column still cuts takes its pieces away from the box; a
box without rules is found; any other box is split. The boxes found are disjoint and exact. A budget of steps bounds the
search.
"""

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen, mutable

from supportcore.rules.compiler.bits import bits_of
from supportcore.rules.proofs.space import Box, SearchSpace, volume
from supportcore.rules.proofs.splitting import Part, fallen_apart, part_of, split_to_cover

MOST_STEPS = 50_000


@mutable
class StepBudget:
    """The steps that are left for a proof."""

    left: int = MOST_STEPS


@frozen
class SearchResult:
    """Disjoint boxes, and the weight of the inputs left unexamined when the steps ran out."""

    boxes: tuple[Box, ...]
    unexamined: int = 0
    complete: bool = True


@frozen
class _CutPart:
    """A part without the rules that only one column cut, and for each column the rules that still cut it."""

    part: Part
    cutting: list[int]


def uncovered(
    space: SearchSpace, covering: int, budget: StepBudget, *, start: Box | None = None, only_first: bool = False
) -> SearchResult:
    """Return the boxes inside `start` that no rule of the mask `covering` fits; with `only_first` at most one box."""
    found: list[Box] = []
    open_parts = [part_of(space, space.whole if start is None else start, covering)]
    while open_parts and not (found and only_first):
        part = open_parts.pop()
        if not part.alive:
            found.append(part.box)
            continue
        if part.settled:
            continue
        if budget.left <= 0:
            unexamined = sum(space.weight(part.box) for part in (*open_parts, part))
            return SearchResult(tuple(found), unexamined, complete=False)
        budget.left -= 1
        cut = _cut_down(space, part)
        if cut is None:
            continue
        if not cut.part.alive:
            found.append(cut.part.box)
            continue
        parts: Sequence[Part] = fallen_apart(space, cut.part)
        if not parts:
            parts = split_to_cover(space, cut.part, cut.cutting, _close_to_covering(cut))
        # The part with the fewest rules comes first: it is nearest to a box without rules.
        open_parts.extend(sorted(parts, key=_rules_alive, reverse=True))
    return SearchResult(tuple(found))


def _rules_alive(part: Part) -> int:
    return part.alive.bit_count()


def find_gaps(space: SearchSpace, overlaps: Sequence[int], budget: StepBudget) -> SearchResult:
    """Return the boxes that no rule fits, merged; `overlaps` holds for each rule the rules that overlap it.

    Rules without overlaps among them that fill at least half of all inputs are searched first: they often are a tree,
    which falls apart, and the other rules are exceptions that only matter in what the tree leaves.
    """
    every = (1 << len(overlaps)) - 1
    volumes = [volume(box) for box in space.boxes]
    disjoint, filled = max((_disjoint(order, overlaps, volumes) for order in _orders(overlaps, volumes)), key=_filled)
    whole = volume(space.whole)
    if filled == whole:
        return SearchResult(())
    first = disjoint if 2 * filled >= whole else every
    rough = uncovered(space, first, budget)
    results = [rough]
    if first != every:
        results = [uncovered(space, every & ~first, budget, start=box) for box in _merged_if(rough)]
        results.append(SearchResult((), rough.unexamined, rough.complete))
    complete = all(result.complete for result in results)
    found = SearchResult(
        tuple(box for result in results for box in result.boxes), sum(result.unexamined for result in results), complete
    )
    return SearchResult(_merged_if(found), found.unexamined, complete)


def _merged_if(found: SearchResult) -> tuple[Box, ...]:
    """Return the boxes merged; merging the many small boxes of an unfinished proof would take too long."""
    return merged(found.boxes) if found.complete else found.boxes


def _orders(overlaps: Sequence[int], volumes: Sequence[int]) -> Iterator[list[int]]:
    """Return the rules from that with the fewest overlaps, and from the largest one."""
    places = range(len(overlaps))
    yield sorted(places, key=lambda bit: overlaps[bit].bit_count())
    if any(overlaps):
        yield sorted(places, key=lambda bit: -volumes[bit])


def _disjoint(order: Iterable[int], overlaps: Sequence[int], volumes: Sequence[int]) -> tuple[int, int]:
    """Return rules without overlaps, each taken in order if it overlaps none before, and the volume that they fill."""
    taken, filled = 0, 0
    for bit in order:
        if not taken & overlaps[bit]:
            taken |= 1 << bit
            filled += volumes[bit]
    return taken, filled


def _filled(taken: tuple[int, int]) -> int:
    return taken[1]


def _cut_down(space: SearchSpace, part: Part) -> _CutPart | None:
    """Return what the rules that only one column cuts leave of a part, `None` if rules cover the part."""
    while True:
        once, twice = 0, 0
        cutting = [part.alive & ~everywhere for everywhere in part.everywhere]
        for mask in cutting:
            twice |= once & mask
            once |= mask
        if part.alive & ~once:
            return None
        single = once & ~twice
        if not single:
            return _CutPart(part, cutting)
        box, everywhere, alive = list(part.box), list(part.everywhere), part.alive
        for place, mask in enumerate(cutting):
            if mask & single:
                column = space.sets[place]
                for bit in bits_of(mask & single):
                    box[place] &= ~column.cells[bit]
                if not box[place]:
                    return None
                fit = column.fit(box[place])
                everywhere[place] = fit.everywhere
                alive &= fit.somewhere
        part = Part(tuple(box), tuple(everywhere), alive)


def _close_to_covering(cut: _CutPart) -> int:
    """Return the rules that exactly two columns cut, or all rules if each is cut by more."""
    once, twice, more = 0, 0, 0
    for mask in cut.cutting:
        more |= twice & mask
        twice |= once & mask
        once |= mask
    return twice & ~more or cut.part.alive


def merged(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """Return the union of boxes as fewer boxes: boxes that differ in one column only are merged."""
    current = list(dict.fromkeys(boxes))
    before = len(current) + 1
    while len(current) < before:
        before = len(current)
        for place in range(len(current[0]) if current else 0):
            together: dict[Box, int] = {}
            for box in current:
                rest = (*box[:place], *box[place + 1 :])
                together[rest] = together.get(rest, 0) | box[place]
            current = [(*rest[:place], pieces, *rest[place:]) for rest, pieces in together.items()]
    return tuple(current)
