"""All inputs of a table as sets of pieces, and the rules that fit such sets (RUL-10).

A set of pieces is a bit mask, so a set may hold members of a choice that are no neighbours, or a range with a hole.
"""

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

from attrs import field, frozen

from supportcore.rules.compiler.axes import Extent
from supportcore.rules.compiler.bits import bits_of, runs_of
from supportcore.rules.compiler.columns import Column
from supportcore.rules.tables import DecisionTable

Box = tuple[int, ...]
"""A set of pieces for each column, as a bit mask."""

# Subsets have a piece for each combination of their words; many of these combinations fit the same rules.
FEW_DISTINCT = 4


class Fit(NamedTuple):
    """The rules that fit somewhere in a set of pieces of one column, and those that fit everywhere in it."""

    somewhere: int
    everywhere: int


@frozen(eq=False)
class SetColumn:
    """A column whose pieces are read as a set.

    `masks` holds the rules that fit each piece, `cells` the pieces that each rule fits. `pieces` maps each piece to the
    pieces of the compiled column, of which there are more if many of them fit the same rules.
    """

    masks: tuple[int, ...]
    cells: tuple[int, ...]
    pieces: tuple[int, ...]
    sums: tuple[int, ...]
    whole: int
    _known: dict[int, Fit] = field(init=False, factory=dict)
    _weights: dict[int, int] = field(init=False, factory=dict)
    # Row `k` holds the masks of all ranges of 2**k pieces; rows are added when they are first needed.
    _somewhere: list[tuple[int, ...]] = field(init=False, factory=list)
    _everywhere: list[tuple[int, ...]] = field(init=False, factory=list)

    def fit(self, side: int) -> Fit:
        """Return the rules that fit somewhere, and everywhere, in a set of pieces."""
        known = self._known.get(side)
        if known is None:
            everywhere = -1
            for low, high in runs_of(side):
                level = (high - low).bit_length() - 1
                row = self._everywhere[level] if level < len(self._everywhere) else self._row_of_all(level)
                everywhere &= row[low] & row[high - (1 << level)]
            known = self._known[side] = Fit(self.meeting(side), everywhere)
        return known

    def meeting(self, side: int) -> int:
        """Return the rules that fit somewhere in a set of pieces."""
        somewhere = 0
        for low, high in runs_of(side):
            level = (high - low).bit_length() - 1
            row = self._somewhere[level] if level < len(self._somewhere) else self._row_of_any(level)
            somewhere |= row[low] | row[high - (1 << level)]
        return somewhere

    def _row_of_all(self, level: int) -> tuple[int, ...]:
        return _row(self._everywhere, self.masks, int.__and__, level)

    def _row_of_any(self, level: int) -> tuple[int, ...]:
        return _row(self._somewhere, self.masks, int.__or__, level)

    def in_pieces(self, side: int) -> int:
        """Return a set of pieces as pieces of the compiled column."""
        if len(self.pieces) == self.pieces[-1].bit_length():
            return side
        made = 0
        for place in bits_of(side):
            made |= self.pieces[place]
        return made

    def weight(self, side: int) -> int:
        """Return the sum of the weights of a set of pieces."""
        known = self._weights.get(side)
        if known is None:
            known = self._weights[side] = sum([self.sums[high] - self.sums[low] for low, high in runs_of(side)])
        return known


def _row(
    rows: list[tuple[int, ...]], masks: tuple[int, ...], join: Callable[[int, int], int], level: int
) -> tuple[int, ...]:
    """Return the masks of all ranges of 2**level pieces, from those of ranges half as long."""
    while len(rows) <= level:
        last = rows[-1] if rows else masks
        rows.append(tuple(map(join, last, last[1 << (len(rows) - 1) :])) if rows else masks)
    return rows[level]


def cells_of(column: Column, extents: Sequence[Extent | None]) -> list[int]:
    """Return the pieces of a compiled column that each rule fits, from the extents of their cells."""
    places = {cut: place for place, cut in enumerate(column.cuts)}
    # Rules with one cell share its extent, and comparing identities is much cheaper than comparing extents.
    known: dict[int, int] = {id(None): (1 << len(column.masks)) - 1}
    cells = []
    for extent in extents:
        pieces = known.get(id(extent))
        if pieces is None:
            assert extent is not None
            pieces = extent.missing << column.present
            for low, high in extent.spans:
                pieces |= (1 << places[high]) - (1 << places[low])
            known[id(extent)] = pieces
        cells.append(pieces)
    return cells


def masks_of(cells: Sequence[int], pieces: int) -> tuple[int, ...]:
    """Return the rules that fit each of so many pieces, from the pieces that each rule fits."""
    turned = [0] * (pieces + 1)
    for bit, cell in enumerate(cells):
        for low, high in runs_of(cell):
            turned[low] ^= 1 << bit
            turned[high] ^= 1 << bit
    return tuple(accumulate(turned[:-1], int.__xor__))


def _set_column(column: Column, cells: Sequence[int], countable: bool) -> SetColumn:
    sizes = [column.size(piece) or 0 if countable else 1 for piece in range(len(column.masks))]
    together: dict[int, int] = {}
    for piece, mask in enumerate(column.masks):
        together[mask] = together.get(mask, 0) | 1 << piece
    masks, pieces = column.masks, tuple(together.values())
    if len(together) * FEW_DISTINCT > len(masks):
        pieces = tuple([1 << piece for piece in range(len(masks))])
    else:
        masks = tuple(together)
        sizes = [sum(sizes[piece] for piece in bits_of(held)) for held in pieces]
        joined = {cell: sum(1 << at for at, held in enumerate(pieces) if held & cell) for cell in set(cells)}
        cells = [joined[cell] for cell in cells]
    return SetColumn(masks, tuple(cells), pieces, tuple(accumulate(sizes, initial=0)), (1 << len(masks)) - 1)


@frozen
class SearchSpace:
    """All inputs of a table, or of two tables with common columns.

    The weight of a box is its number of inputs if every column is `countable`, else its number of elementary regions.
    """

    columns: tuple[Column, ...]
    sets: tuple[SetColumn, ...]
    countable: bool

    @staticmethod
    def of(columns: tuple[Column, ...], cells: Sequence[Sequence[int]]) -> "SearchSpace":
        """Return the space of some columns; `cells` holds for each column the pieces that each rule fits."""
        countable = all(column.size(piece) is not None for column in columns for piece in range(len(column.masks)))
        sets = tuple(_set_column(column, fitted, countable) for column, fitted in zip(columns, cells, strict=True))
        return SearchSpace(columns, sets, countable)

    @staticmethod
    def of_table(table: DecisionTable) -> "SearchSpace":
        """Return the space of the inputs of a table."""
        columns = table.compiled.columns
        return SearchSpace.of(columns, [*map(cells_of, columns, table.compiled.extents)])

    @property
    def whole(self) -> Box:
        """The box of all inputs."""
        return tuple(column.whole for column in self.sets)

    @property
    def boxes(self) -> list[Box]:
        """The box that each rule fits."""
        return list(zip(*(column.cells for column in self.sets), strict=True))

    def weight(self, box: Box) -> int:
        """Return the weight of a box."""
        total = 1
        for side, column in zip(box, self.sets, strict=True):
            total *= column.weight(side)
        return total

    def in_pieces(self, box: Box) -> Box:
        """Return a box in the pieces of the compiled columns."""
        return tuple(column.in_pieces(side) for side, column in zip(box, self.sets, strict=True))


def volume(box: Box) -> int:
    """Return the number of elementary regions in a box."""
    total = 1
    for side in box:
        total *= side.bit_count()
    return total
