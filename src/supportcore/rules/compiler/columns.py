"""Compiled columns: a bit mask of rules for each piece of an axis (RUL-10).

Bit `k` of a piece's mask is set if the cell of rule `k` fits every value of the piece. Deciding, proving, comparing and
counting all read these masks, so that the proofs are about the table that runs.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from attrs import frozen

from supportcore.domains import Domain, Number, Value
from supportcore.rules.cells import ANYTHING, GIVEN, Between, Cell, Compare, Is, Missing, Not, OneOf, Term
from supportcore.rules.compiler.axes import Axis, Cut, Extent
from supportcore.rules.compiler.bits import runs_of

MOST_BYTES = 256


@frozen
class Column:
    """An input cut into pieces, each with the mask of the rules that fit there.

    Piece `k` runs from `cuts[k]` to `cuts[k + 1]`. The last piece of an optional input is the missing fact.
    """

    axis: Axis
    cuts: tuple[Cut, ...]
    masks: tuple[int, ...]

    @property
    def domain(self) -> Domain:
        """The domain of the input."""
        return self.axis.domain

    @property
    def present(self) -> int:
        """The number of pieces of values, without that of a missing fact."""
        return len(self.cuts) - 1

    def size(self, piece: int) -> int | None:
        """Return the number of values in a piece, `None` if they cannot be counted; a missing fact counts as one."""
        return 1 if piece == self.present else self.axis.size(self.cuts[piece], self.cuts[piece + 1])

    def lowest(self, piece: int) -> Value | None:
        """Return the lowest value of a piece, `None` for a missing fact."""
        return None if piece == self.present else self.axis.lowest(self.cuts[piece], self.cuts[piece + 1])

    def highest(self, piece: int) -> Value | None:
        """Return the highest value of a piece, `None` for a missing fact."""
        return None if piece == self.present else self.axis.highest(self.cuts[piece], self.cuts[piece + 1])


def column_of(axis: Axis, extents: Sequence[Extent | None], numbers: Sequence[int]) -> Column:
    """Return the column of the distinct cells with these extents, `None` for a free cell.

    `numbers` holds for each bit the number of its rule's cell.
    """
    rules = _masks_by_number(len(extents), numbers)
    fits_missing, first = 0, 0
    turned: dict[Cut, int] = {}
    for extent, mask in zip(extents, rules, strict=True):
        if extent is None or extent.missing:
            fits_missing |= mask
        for low, high in ((axis.low, axis.high),) if extent is None else extent.spans:
            if low == axis.low:
                first |= mask
            else:
                turned[low] = turned.get(low, 0) ^ mask
            if high != axis.high:
                turned[high] = turned.get(high, 0) ^ mask
    cuts = sorted(turned)
    masks = list(accumulate((turned[cut] for cut in cuts), int.__xor__, initial=first))
    if axis.domain.optional:
        masks.append(fits_missing)
    return Column(axis, (axis.low, *cuts, axis.high), tuple(masks))


def _masks_by_number(count: int, numbers: Sequence[int]) -> list[int]:
    """Return for each number the mask of the bits that have it."""
    if count <= MOST_BYTES:
        # One translation to binary digits per number, instead of one long integer per bit.
        held, digits = bytes(reversed(numbers)), bytearray(b"0" * MOST_BYTES)
        masks = []
        for number in range(count):
            digits[number] = ord("1")
            masks.append(int(held.translate(digits) or b"0", 2))
            digits[number] = ord("0")
        return masks
    masks = [0] * count
    for bit, number in enumerate(numbers):
        masks[number] |= 1 << bit
    return masks


def piece_of(column: Column, value: Value | None) -> int:
    """Return the piece of a value of the domain, or of a missing fact for `None`."""
    if value is None:
        return column.present
    return bisect_right(column.cuts, column.axis.position(value)) - 1


def cell_for(column: Column, pieces: int) -> Cell:
    """Return the cell that fits exactly the pieces of a mask.

    Not for subsets, whose cells cannot express every union.
    """
    missing, present = pieces >> column.present & 1, pieces & ((1 << column.present) - 1)
    if present.bit_count() == column.present:
        return GIVEN if column.domain.optional and not missing else ANYTHING
    spans = [(column.cuts[low], column.cuts[high]) for low, high in runs_of(present)]
    terms: list[Term | Not] = [term for low, high in spans for term in terms_of(column.axis, low, high)]
    if missing:
        terms.append(Missing())
    return terms[0] if len(terms) == 1 else OneOf(terms)


def terms_of(axis: Axis, low: Cut, high: Cut) -> Iterable[Term]:
    """Return the terms that together fit exactly a span of an axis."""
    if not axis.domain.ordered:
        return [Is(axis.value_at(place)) for place in range(low, high)]
    if isinstance(axis.domain, Number):
        return [_dense_term(axis, low, high)]
    if high == low + 1:
        return [Is(axis.value_at(low))]
    if high == axis.high:
        return [Compare(">=", axis.value_at(low))]
    if low == axis.low:
        return [Compare("<=", axis.value_at(high - 1))]
    if high == low + 2:
        return [Is(axis.value_at(low)), Is(axis.value_at(low + 1))]
    return [Between(axis.value_at(low), axis.value_at(high - 1))]


def _dense_term(axis: Axis, low: Cut, high: Cut) -> Term:
    low = axis.start(low)
    if low[0] == high[0]:
        return Is(low[0])
    if high == axis.high:
        return Compare(">=" if low[1] == 0 else ">", low[0])
    if low == axis.low:
        return Compare("<=" if high[1] == 1 else "<", high[0])
    return Between(low[0], high[0], low_closed=low[1] == 0, high_closed=high[1] == 1)
