"""Searching all inputs of a table for the boxes that no rule of some set covers (RUL-6).

A box is a range of pieces in each column. A box that no rule fits is found, a box that a rule covers is dropped, and
any other is split where that separates the rules best. The boxes found are disjoint and exact. A budget of steps bounds
the search.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from attrs import field, frozen, mutable

from supportcore.rules.compiler.columns import Column

MOST_STEPS = 50_000
WIDE = 24

Box = tuple[int, ...]
"""A set of pieces for each column, as a bit mask."""

Ranges = tuple[tuple[int, int], ...]


@mutable
class StepBudget:
    """The steps that are left for a proof."""

    left: int = MOST_STEPS


@frozen
class RangeMasks:
    """The rules that fit somewhere, and everywhere, in a range of pieces of one column.

    Row `k` of a list holds the masks of all ranges of 2**k pieces; rows are added when they are first needed.
    """

    somewhere: list[tuple[int, ...]]
    everywhere: list[tuple[int, ...]]

    def some(self, low: int, high: int) -> int:
        """Return the mask of the rules that fit at least one of the pieces."""
        level = (high - low).bit_length() - 1
        row = self.somewhere[level] if level < len(self.somewhere) else self._row(self.somewhere, int.__or__, level)
        return row[low] | row[high - (1 << level)]

    def all(self, low: int, high: int) -> int:
        """Return the mask of the rules that fit all of the pieces."""
        level = (high - low).bit_length() - 1
        row = self.everywhere[level] if level < len(self.everywhere) else self._row(self.everywhere, int.__and__, level)
        return row[low] & row[high - (1 << level)]

    def _row(self, rows: list[tuple[int, ...]], join: Callable[[int, int], int], level: int) -> tuple[int, ...]:
        while len(rows) <= level:
            last = rows[-1]
            rows.append(tuple(map(join, last, last[1 << (len(rows) - 1) :])))
        return rows[level]


def _weights(column: Column, countable: bool) -> tuple[int, ...]:
    sizes = [column.size(piece) if countable else 1 for piece in range(len(column.masks))]
    return tuple(accumulate((size or 0 for size in sizes), initial=0))


@frozen
class SearchSpace:
    """All inputs of a table, and the weight of the pieces of its columns.

    The weight of a box is its number of inputs if every column is `countable`, else its number of elementary regions.
    `weights` holds running sums; `places` maps a cut to the piece that begins there.
    """

    columns: tuple[Column, ...]
    countable: bool
    spans: tuple[RangeMasks, ...]
    weights: tuple[tuple[int, ...], ...]
    places: tuple[dict[object, int], ...]

    @staticmethod
    def of(columns: tuple[Column, ...]) -> "SearchSpace":
        """Return the space of some columns."""
        countable = all(column.size(piece) is not None for column in columns for piece in range(len(column.masks)))
        weights = tuple(_weights(column, countable) for column in columns)
        spans = tuple(RangeMasks([column.masks], [column.masks]) for column in columns)
        places = tuple({cut: place for place, cut in enumerate(column.cuts)} for column in columns)
        return SearchSpace(columns, countable, spans, weights, places)

    def whole(self) -> Ranges:
        """Return the range of all pieces of each column."""
        return tuple((0, len(column.masks)) for column in self.columns)

    def weight(self, ranges: Ranges) -> int:
        """Return the weight of a range of pieces in each column."""
        total = 1
        for (low, high), sums in zip(ranges, self.weights, strict=True):
            total *= sums[high] - sums[low]
        return total


@frozen
class SearchResult:
    """Disjoint boxes, and the weight left unexamined when the steps ran out; `ranges` are the boxes as ranges."""

    boxes: tuple[Box, ...]
    unexamined: int = 0
    complete: bool = True
    ranges: tuple[Ranges, ...] = field(default=(), repr=False)


@frozen
class _Part:
    ranges: Ranges
    some: tuple[int, ...]
    every: tuple[int, ...]


Judge = Callable[[int, int], bool | None]
"""Whether a box is wanted, given the rules that fit somewhere in it and everywhere; `None` if it must be split."""


def uncovered(
    space: SearchSpace,
    covering: int,
    budget: StepBudget,
    *,
    start: Ranges | None = None,
    within: int = 0,
    only_first: bool = False,
) -> SearchResult:
    """Return the boxes that no rule of the mask `covering` fits.

    `start` bounds the search to a range of pieces in each column, `within` to inputs that the rules of that mask fit.
    With `only_first` the search ends at the first box.
    """

    def judge(somewhere: int, everywhere: int) -> bool | None:
        return False if everywhere & covering else (None if somewhere & covering else True)

    return search(space, judge, budget, covering=covering, start=start, within=within, only_first=only_first)


def search(
    space: SearchSpace,
    judge: Judge,
    budget: StepBudget,
    *,
    covering: int = 0,
    start: Ranges | None = None,
    within: int = 0,
    only_first: bool = False,
) -> SearchResult:
    """Return the boxes that the judge wants; it must not want boxes that a rule of the mask `covering` fits."""
    found: list[Ranges] = []
    open_parts = [_part(space, start or space.whole())]
    while open_parts:
        part = open_parts.pop()
        somewhere, everywhere = ~0, ~0
        for some in part.some:
            somewhere &= some
        for every in part.every:
            everywhere &= every
        if within and not somewhere & within:
            continue
        inside = not within or bool(everywhere & within)
        wanted = judge(somewhere, everywhere)
        if wanted is False:
            continue
        if wanted and inside:
            found.append(part.ranges)
            if only_first:
                break
            continue
        if budget.left <= 0:
            open_parts.append(part)
            unexamined = sum(space.weight(part.ranges) for part in open_parts)
            return SearchResult(tuple(map(_box, found)), unexamined, complete=False, ranges=tuple(found))
        budget.left -= 1
        if wanted:
            open_parts.extend(_split(space, part, within))
        elif covering:
            open_parts.extend(_cut_down(space, part, somewhere & covering))
        else:
            open_parts.extend(_split(space, part, somewhere))
    return SearchResult(tuple(map(_box, found)), ranges=tuple(found))


def _cut_down(space: SearchSpace, part: _Part, alive: int) -> Iterator[_Part]:
    """Return what is left of a part without the rules that only one column still cuts; split it without such rules."""
    cutting = [alive & ~every for every in part.every]
    once, twice, more = 0, 0, 0
    for mask in cutting:
        more |= twice & mask
        twice |= once & mask
        once |= mask
    single = once & ~twice
    if not single:
        yield from _split(space, part, twice & ~more or alive)
        return
    chosen = max(range(len(cutting)), key=lambda place: (cutting[place] & single).bit_count())
    covered = cutting[chosen] & single
    low, high = part.ranges[chosen]
    masks = space.columns[chosen].masks
    free = [place for place in range(low, high) if not masks[place] & covered]
    runs: list[tuple[int, int]] = []
    for place in free:
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    for ends in runs:
        yield _narrowed(space, part, chosen, ends)


def _part(space: SearchSpace, ranges: Ranges) -> _Part:
    some = tuple(span.some(*ends) for span, ends in zip(space.spans, ranges, strict=True))
    every = tuple(span.all(*ends) for span, ends in zip(space.spans, ranges, strict=True))
    return _Part(ranges, some, every)


def _narrowed(space: SearchSpace, part: _Part, place: int, ends: tuple[int, int]) -> _Part:
    """Return a part with another range in one column."""
    span = space.spans[place]
    return _Part(
        (*part.ranges[:place], ends, *part.ranges[place + 1 :]),
        (*part.some[:place], span.some(*ends), *part.some[place + 1 :]),
        (*part.every[:place], span.all(*ends), *part.every[place + 1 :]),
    )


def _box(ranges: Ranges) -> Box:
    return tuple((1 << high) - (1 << low) for low, high in ranges)


def _split(space: SearchSpace, part: _Part, alive: int) -> Iterator[_Part]:
    """Return both halves of a part, cut in the column that most rules cut, where fewest rules lie on both sides."""
    most, chosen = 0, -1
    for place, ((low, high), every) in enumerate(zip(part.ranges, part.every, strict=True)):
        cutting = (alive & ~every).bit_count()
        if high - low > 1 and cutting > most:
            most, chosen = cutting, place
    low, high = part.ranges[chosen]
    span = space.spans[chosen]
    best, at = -1, low + 1
    for cut in range(low + 1, high, max(1, (high - low) // WIDE)):
        left = (alive & span.some(low, cut)).bit_count()
        right = (alive & span.some(cut, high)).bit_count()
        cost = left * left + right * right
        if best < 0 or cost < best:
            best, at = cost, cut
    yield _narrowed(space, part, chosen, (at, high))
    yield _narrowed(space, part, chosen, (low, at))


def merged(boxes: Sequence[Box]) -> tuple[Box, ...]:
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
