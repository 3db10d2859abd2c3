"""The space of all inputs of a table, searched for the places that no rule of some set covers (RUL-6).

A box is a range of pieces in each column. It is empty of rules, or covered by one, or it is split in two where that
parts the rules best; what is left in the end are disjoint boxes that together are exact. The search is bounded by
steps.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from attrs import field, frozen, mutable

from supportcore.rules.compiler.columns import Column

MOST_STEPS = 50_000
WIDE = 24

Box = tuple[int, ...]
"""For each column the set of its pieces, as a bit mask."""

Ranges = tuple[tuple[int, int], ...]


@mutable
class Budget:
    """How many steps a proof may still take."""

    left: int = MOST_STEPS


@frozen
class Span:
    """The masks of one column, asked over ranges of pieces: which rules fit somewhere there, which everywhere.

    The rows answer for ranges whose length is a power of two; each is made when first asked for.
    """

    somewhere: list[tuple[int, ...]]
    everywhere: list[tuple[int, ...]]

    def some(self, low: int, high: int) -> int:
        """The rules that fit at least one of the pieces."""
        level = (high - low).bit_length() - 1
        row = self.somewhere[level] if level < len(self.somewhere) else self._row(self.somewhere, int.__or__, level)
        return row[low] | row[high - (1 << level)]

    def all(self, low: int, high: int) -> int:
        """The rules that fit all of the pieces."""
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
class Space:
    """All inputs of a table: its columns, made ready for ranges, and the weight of their pieces.

    The weight is the number of inputs where they can be counted in every column (`countable`), else that of
    elementary cells.
    `places` finds the piece that begins at a cut.
    """

    columns: tuple[Column, ...]
    countable: bool
    spans: tuple[Span, ...]
    weights: tuple[tuple[int, ...], ...]
    places: tuple[dict[object, int], ...]

    @staticmethod
    def of(columns: tuple[Column, ...]) -> "Space":
        """The space that some columns span."""
        countable = all(column.size(piece) is not None for column in columns for piece in range(len(column.masks)))
        weights = tuple(_weights(column, countable) for column in columns)
        spans = tuple(Span([column.masks], [column.masks]) for column in columns)
        places = tuple({cut: place for place, cut in enumerate(column.cuts)} for column in columns)
        return Space(columns, countable, spans, weights, places)

    def whole(self) -> Ranges:
        """Every piece of every column."""
        return tuple((0, len(column.masks)) for column in self.columns)

    def weight(self, ranges: Ranges) -> int:
        """The weight of a range of pieces in each column."""
        total = 1
        for (low, high), sums in zip(ranges, self.weights, strict=True):
            total *= sums[high] - sums[low]
        return total


@frozen
class Found:
    """The result of a search: disjoint boxes, and what was left unexamined when the steps ran out."""

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
"""Told which rules fit somewhere in a box and which everywhere: is the box wanted? Nothing where it must be split."""


def uncovered(
    space: Space,
    covering: int,
    budget: Budget,
    *,
    start: Ranges | None = None,
    within: int = 0,
    only_first: bool = False,
) -> Found:
    """The places that none of the covering rules fits; only where the rule `within` fits, if one is given.

    `start` bounds the search to a range of pieces in each column. With `only_first` it ends at the first such place.
    """

    def judge(somewhere: int, everywhere: int) -> bool | None:
        return False if everywhere & covering else (None if somewhere & covering else True)

    return search(space, judge, budget, covering=covering, start=start, within=within, only_first=only_first)


def search(
    space: Space,
    judge: Judge,
    budget: Budget,
    *,
    covering: int = 0,
    start: Ranges | None = None,
    within: int = 0,
    only_first: bool = False,
) -> Found:
    """The places that the judge wants. What the `covering` rules fit is never wanted, which shortens the search."""
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
            return Found(tuple(map(_box, found)), unexamined, complete=False, ranges=tuple(found))
        budget.left -= 1
        if wanted:
            open_parts.extend(_split(space, part, within))
        elif covering:
            open_parts.extend(_cut_down(space, part, somewhere & covering))
        else:
            open_parts.extend(_split(space, part, somewhere))
    return Found(tuple(map(_box, found)), ranges=tuple(found))


def _cut_down(space: Space, part: _Part, alive: int) -> Iterator[_Part]:
    """A part without what the rules cover that only one column still cuts; where there are none, split by the next."""
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


def _part(space: Space, ranges: Ranges) -> _Part:
    some = tuple(span.some(*ends) for span, ends in zip(space.spans, ranges, strict=True))
    every = tuple(span.all(*ends) for span, ends in zip(space.spans, ranges, strict=True))
    return _Part(ranges, some, every)


def _narrowed(space: Space, part: _Part, place: int, ends: tuple[int, int]) -> _Part:
    """A part with another range in one column."""
    span = space.spans[place]
    return _Part(
        (*part.ranges[:place], ends, *part.ranges[place + 1 :]),
        (*part.some[:place], span.some(*ends), *part.some[place + 1 :]),
        (*part.every[:place], span.all(*ends), *part.every[place + 1 :]),
    )


def _box(ranges: Ranges) -> Box:
    return tuple((1 << high) - (1 << low) for low, high in ranges)


def _split(space: Space, part: _Part, alive: int) -> Iterator[_Part]:
    """A part cut in two in the column that most rules cut, where that leaves the fewest of them on both sides."""
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


def joined(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """The same places in fewer boxes: those that differ in one column only are put together."""
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
