"""Splitting a box of inputs along the sets of pieces that its rules fit (RUL-10).

A box that no rule crosses in some column falls apart there, at no cost: tables that people grow as a tree fall apart to
the last rule. Otherwise a rule's own set is split off, chosen so that the rules in focus stop cutting one side or drop
out of the other.
"""

from collections.abc import Callable, Sequence

from attrs import frozen

from supportcore.rules.compiler.bits import bits_of
from supportcore.rules.proofs.space import Box, Fit, SearchSpace, SetColumn

MOST_TRIED = 8

Cost = Callable[[Fit, Fit, int, int], int]
"""The cost of a split: the fits of both sides, the rules alive in the box, and the rules in focus that cut it."""


@frozen
class Part:
    """A box, the rules that fit somewhere in it, and for each column the rules that fit everywhere in it."""

    box: Box
    everywhere: tuple[int, ...]
    alive: int

    @property
    def settled(self) -> int:
        """The rules that fit the whole box."""
        mask = self.alive
        for everywhere in self.everywhere:
            mask &= everywhere
        return mask


def part_of(space: SearchSpace, box: Box, rules: int) -> Part:
    """Return a box with the rules of a mask that fit somewhere in it."""
    fits = [column.fit(side) for column, side in zip(space.sets, box, strict=True)]
    for fit in fits:
        rules &= fit.somewhere
    return Part(box, tuple([fit.everywhere for fit in fits]), rules)


def narrowed(space: SearchSpace, part: Part, place: int, side: int) -> Part:
    """Return a part with a smaller set of pieces in one column."""
    fit = space.sets[place].fit(side)
    return Part(
        (*part.box[:place], side, *part.box[place + 1 :]),
        (*part.everywhere[:place], fit.everywhere, *part.everywhere[place + 1 :]),
        part.alive & fit.somewhere,
    )


def fallen_apart(space: SearchSpace, part: Part) -> list[Part]:
    """Return the parts of which no rule crosses the border, along the first column with such parts; else nothing."""
    for place, (everywhere, column) in enumerate(zip(part.everywhere, space.sets, strict=True)):
        if not part.alive & everywhere:
            sides = _separate(column, part.box[place], part.alive)
            if len(sides) > 1:
                return [narrowed(space, part, place, side) for side in sides]
    return []


def _separate(column: SetColumn, side: int, alive: int) -> list[int]:
    """Return the smallest sets of pieces that no rule crosses; the pieces that no rule fits are one set."""
    if alive.bit_count() < side.bit_count():
        cells = {column.cells[bit] & side for bit in bits_of(alive)}
        return _joined([(cell, cell) for cell in sorted(cells)], side)
    grown = 0
    runs: list[tuple[int, int]] = []
    for piece in bits_of(side):
        rules = column.masks[piece] & alive
        if rules & grown:
            grown |= rules
            runs[-1] = (runs[-1][0] | 1 << piece, grown)
        elif rules:
            grown = rules
            runs.append((1 << piece, rules))
    return _joined(runs, side)


def _joined(linked: list[tuple[int, int]], side: int) -> list[int]:
    """Return the unions of the sets whose links meet, and what they leave of the side."""
    apart: list[tuple[int, int]] = []
    met, free = 0, side
    for pieces, links in linked:
        free &= ~pieces
        if links & met:
            others = []
            for other in apart:
                if other[1] & links:
                    pieces, links = pieces | other[0], links | other[1]
                else:
                    others.append(other)
            apart = others
        apart.append((pieces, links))
        met |= links
        if len(apart) == 1 and not free:
            break
    sides = [pieces for pieces, _ in apart]
    return [*sides, free] if free else sides


def by_covering(inside: Fit, outside: Fit, alive: int, focus: int) -> int:
    """Return a cost that is low if many rules in focus stop cutting one side, and stop cutting or leave the other."""
    freed = (inside.everywhere & focus).bit_count() + 1
    left = (outside.everywhere & focus).bit_count() + (alive & ~outside.somewhere).bit_count() + 1
    return -freed * left


def by_balance(inside: Fit, outside: Fit, alive: int, focus: int) -> int:
    """Return a cost that is low if few rules are alive on both sides, and as many on one side as on the other."""
    return (alive & inside.somewhere).bit_count() ** 2 + (alive & outside.somewhere).bit_count() ** 2


def split(space: SearchSpace, part: Part, cutting: Sequence[int], focus: int, cost: Cost) -> tuple[Part, Part]:
    """Return a part inside and outside a set of some rule in focus, in the column that most of these rules cut.

    `cutting` holds for each column the rules that cut the part there; at least one of them is in focus.
    """
    counts = [(mask & focus).bit_count() for mask in cutting]
    place = counts.index(max(counts))
    column, side = space.sets[place], part.box[place]
    left = focused = cutting[place] & focus
    tried: dict[int, int] = {}
    turns = 0
    while left and len(tried) < MOST_TRIED and turns < 3 * MOST_TRIED:
        low = left & -left
        left ^= low
        turns += 1
        inside = column.cells[low.bit_length() - 1] & side
        if inside not in tried:
            tried[inside] = cost(column.fit(inside), column.fit(side & ~inside), part.alive, focused)
    chosen = min(tried, key=tried.__getitem__)
    return narrowed(space, part, place, chosen), narrowed(space, part, place, side & ~chosen)
