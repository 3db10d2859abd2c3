"""Comparing two sets of rules over common inputs: the boxes in which their results differ (RUL-7, RUL-8)."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from attrs import field, frozen

from supportcore.rules.compiler.columns import Column
from supportcore.rules.deciding import result_with
from supportcore.rules.decisions import Outcome, Result
from supportcore.rules.proofs.alignment import CommonColumn
from supportcore.rules.proofs.search import StepBudget
from supportcore.rules.proofs.space import Box, SearchSpace, masks_of
from supportcore.rules.proofs.splitting import Part, fallen_apart, part_of, split_off
from supportcore.rules.tables import DecisionTable


class OutOfStepsError(Exception):
    """The steps of a proof ran out; the callers report it in their own words."""


@frozen
class Side:
    """One of two sets of rules: the mask `rules`, decided as in `table`.

    `bits` holds the table's bit for each bit of the mask. `alike` holds for each bit the rules with the same outcome;
    it is empty if it matters which rule decides.
    """

    table: DecisionTable
    rules: int
    bits: Sequence[int]
    alike: Sequence[int] = ()
    _results: dict[int, Result | None] = field(init=False, factory=dict)

    def relevant(self, alive: int, settled: int) -> int:
        """Return the rules that the result can depend on, where these rules fit somewhere and everywhere."""
        mask = alive & self.rules
        sure = mask & settled
        if not sure:
            return mask
        hit, first = self.table.hit, sure & -sure
        same = self.alike[first.bit_length() - 1] if self.alike else 0
        if hit in ("first", "priority"):
            mask &= (first << 1) - 1
            return mask & ((1 << (mask & ~same).bit_length()) - 1) | first if same else mask
        if hit == "unique" and sure != first:
            second = sure ^ first
            return first | second & -second
        if hit == "any" and same:
            other = mask & ~same
            contrary = other & sure
            return first | (contrary & -contrary or other)
        return mask

    def result(self, mask: int) -> Result | None:
        """Return the result where the rules of a mask fit, `None` without a decision."""
        if mask not in self._results:
            own = 0
            left = mask
            while left:
                low = left & -left
                left ^= low
                own |= 1 << self.bits[low.bit_length() - 1]
            self._results[mask] = result_with(self.table, own)
        return self._results[mask]


@frozen
class Deviation:
    """A box in which two sides have these rules, and so these results, `None` without a decision."""

    box: Box
    rules: tuple[int, int]
    results: tuple[Result | None, Result | None]


def deviations(
    space: SearchSpace,
    one: Side,
    other: Side,
    budget: StepBudget,
    *,
    start: Box | None = None,
    skip: Callable[[Box], bool] | None = None,
) -> Iterator[Deviation]:
    """Return the disjoint boxes inside `start` in which two sides have different results, without the boxes to `skip`.

    Of two boxes that differ in one column, that with the lowest input comes first. Raises `OutOfStepsError` if the
    steps run out.
    """
    alike = _decide_alike(one.table, other.table)
    defaults = alike and one.table.default == other.table.default
    open_parts = [part_of(space, space.whole if start is None else start, one.rules | other.rules)]
    while open_parts:
        part = open_parts.pop()
        if skip is not None and skip(part.box):
            continue
        settled = part.settled
        lower, upper = one.relevant(part.alive, settled), other.relevant(part.alive, settled)
        if lower == upper and alike and (defaults or lower & settled):
            continue
        if budget.left <= 0:
            raise OutOfStepsError
        budget.left -= 1
        alive = lower | upper
        loose = alive & ~settled
        if not loose:
            results = one.result(lower), other.result(upper)
            if results[0] != results[1]:
                yield Deviation(part.box, (lower, upper), results)
            continue
        part = Part(part.box, part.everywhere, alive)
        parts: Sequence[Part] = fallen_apart(space, part)
        if not parts:
            cutting = [alive & ~everywhere for everywhere in part.everywhere]
            # The first rule that only one side has decides most, so its box is worth the split.
            focus = (lower ^ upper) & loose or loose
            parts = split_off(space, part, cutting, focus & -focus)
        open_parts.extend(reversed(parts))


def corner(box: Box) -> Box:
    """Return the lowest piece of each column of a box; corners are ordered as the lowest inputs of the boxes."""
    return tuple([side & -side for side in box])


def _decide_alike(one: DecisionTable, other: DecisionTable) -> bool:
    """Return whether rules that fit decide alike in both tables."""
    if (one.hit, one.aggregate) != (other.hit, other.aggregate):
        return False
    return one.aggregate not in ("min", "max") or one.outputs == other.outputs


@frozen
class Versions:
    """Two tables over common columns; a rule that both tables have in common order has one bit."""

    space: SearchSpace
    old: Side
    new: Side


def versions_of(old: DecisionTable, new: DecisionTable, columns: Sequence[CommonColumn]) -> Versions:
    """Return two tables over their common columns."""
    outcomes = [_outcomes(table) for table in (old, new)]
    old_rules, new_rules = (
        list(zip(*cells, side, strict=True))
        for cells, side in zip(
            ([column.old for column in columns], [column.new for column in columns]), outcomes, strict=True
        )
    )
    pairs = _in_common_order(_matches(old_rules, new_rules))
    joint: list[tuple[int, int]] = []
    before, after = 0, 0
    for old_bit, new_bit in (*pairs, (len(old.rules), len(new.rules))):
        joint += [(bit, -1) for bit in range(before, old_bit)]
        joint += [(-1, bit) for bit in range(after, new_bit)]
        joint.append((old_bit, new_bit))
        before, after = old_bit + 1, new_bit + 1
    joint.pop()
    cells = [
        [column.old[old_bit] if old_bit >= 0 else column.new[new_bit] for old_bit, new_bit in joint]
        for column in columns
    ]
    laid = [
        Column(column.axis, column.cuts, masks_of(fitted, column.pieces))
        for column, fitted in zip(columns, cells, strict=True)
    ]
    sides = []
    for place, (table, side) in enumerate(zip((old, new), outcomes, strict=True)):
        bits = [pair[place] for pair in joint]
        sides.append(_side(table, bits, side))
    return Versions(SearchSpace.of(tuple(laid), cells), *sides)


def side_of(table: DecisionTable) -> Side:
    """Return all rules of a table."""
    return _side(table, range(len(table.rules)), _outcomes(table))


def _side(table: DecisionTable, bits: Sequence[int], outcomes: Sequence[Outcome]) -> Side:
    rules = sum(1 << place for place, bit in enumerate(bits) if bit >= 0)
    together: dict[Outcome, int] = {}
    for place, bit in enumerate(bits):
        if bit >= 0:
            together[outcomes[bit]] = together.get(outcomes[bit], 0) | 1 << place
    return Side(table, rules, bits, [together[outcomes[bit]] if bit >= 0 else 0 for bit in bits])


def _outcomes(table: DecisionTable) -> list[Outcome]:
    return [table.rules[place].then for place in table.compiled.order]


def _matches(old: Sequence[object], new: Sequence[object]) -> list[tuple[int, int]]:
    """Return the pairs of places at which two sequences hold the same, each place at most once."""
    places: dict[object, list[int]] = {}
    for place in range(len(new) - 1, -1, -1):
        places.setdefault(new[place], []).append(place)
    return [(place, found.pop()) for place, rule in enumerate(old) if (found := places.get(rule))]


def _in_common_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of pairs, ordered by their first places, whose second places rise."""
    ends: list[int] = []  # the lowest second place that ends a chain of each length
    lasts: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(lasts[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            lasts.append(number)
        else:
            ends[length], lasts[length] = place, number
    chain: list[tuple[int, int]] = []
    number = lasts[-1] if lasts else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]
