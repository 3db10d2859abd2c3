"""The compiler: one bit mask of rules per piece of each column (RUL-10).

Bit `k` of a piece's mask is set where the cell of the `k`-th rule fits every value of the piece. Deciding, proving,
comparing and counting all read these masks, so that what is proved is what runs.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from attrs import frozen

from supportcore.domains import Domain, Number, Value
from supportcore.rules.cells import ANYTHING, GIVEN, Between, Cell, Compare, Is, Missing, OneOf, Term
from supportcore.rules.compiler.axes import Axis, Cut, Extent

MANY_KINDS = 256


@frozen
class Column:
    """One input cut into pieces, each with the mask of the rules that fit there.

    Piece `k` runs from `cuts[k]` to `cuts[k + 1]`. Where the fact may be missing, one more piece stands for that, the
    last.
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
        """How many pieces stand for values, not for a missing one."""
        return len(self.cuts) - 1

    def size(self, piece: int) -> int | None:
        """How many values a piece holds; none where they cannot be counted. A missing fact counts as one."""
        return 1 if piece == self.present else self.axis.size(self.cuts[piece], self.cuts[piece + 1])

    def lowest(self, piece: int) -> Value | None:
        """The lowest value of a piece, nothing for a missing fact."""
        return None if piece == self.present else self.axis.lowest(self.cuts[piece], self.cuts[piece + 1])

    def highest(self, piece: int) -> Value | None:
        """The highest value of a piece, nothing for a missing fact."""
        return None if piece == self.present else self.axis.highest(self.cuts[piece], self.cuts[piece + 1])


def column_of(axis: Axis, kinds: Sequence[Extent | None], numbers: Sequence[int]) -> Column:
    """The column of an axis, given where each different cell lies and for each bit the number of its rule's cell.

    No extent stands for a cell that anything fits.
    """
    rules = _rules_of(len(kinds), numbers)
    fits_missing, first = 0, 0
    turned: dict[Cut, int] = {}
    for extent, mask in zip(kinds, rules, strict=True):
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


def _rules_of(count: int, numbers: Sequence[int]) -> list[int]:
    """For each number the mask of the rules that have it."""
    if count <= MANY_KINDS:
        told, digits = bytes(reversed(numbers)), bytearray(b"0" * MANY_KINDS)
        masks = []
        for number in range(count):
            digits[number] = ord("1")
            masks.append(int(told.translate(digits) or b"0", 2))
            digits[number] = ord("0")
        return masks
    masks = [0] * count
    for bit, number in enumerate(numbers):
        masks[number] |= 1 << bit
    return masks


def piece_of(column: Column, value: Value | None) -> int:
    """The piece in which a value of the domain lies; nothing stands for a missing fact."""
    if value is None:
        return column.present
    return bisect_right(column.cuts, column.axis.position(value)) - 1


def cell_for(column: Column, pieces: Iterable[int]) -> Cell:
    """The cell that fits exactly these pieces of a column; none for sets of words, which cells cannot always say."""
    wanted = sorted(set(pieces))
    missing = bool(wanted) and wanted[-1] == column.present
    present = wanted[:-1] if missing else wanted
    if len(present) == column.present:
        return GIVEN if column.domain.optional and not missing else ANYTHING
    spans: list[tuple[Cut, Cut]] = []
    for piece in present:
        low, high = column.cuts[piece], column.cuts[piece + 1]
        if spans and spans[-1][1] == low:
            spans[-1] = (spans[-1][0], high)
        else:
            spans.append((low, high))
    terms: list[Term] = [term for low, high in spans for term in terms_of(column.axis, low, high)]
    if missing:
        terms.append(Missing())
    return terms[0] if len(terms) == 1 else OneOf(terms)


def terms_of(axis: Axis, low: Cut, high: Cut) -> Iterable[Term]:
    """The terms that fit exactly a span of an axis."""
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
    if low[0] == high[0]:
        return Is(low[0])
    if high == axis.high:
        return Compare(">=" if low[1] == 0 else ">", low[0])
    if low == axis.low:
        return Compare("<=" if high[1] == 1 else "<", high[0])
    return Between(low[0], high[0], low_closed=low[1] == 0, high_closed=high[1] == 1)
