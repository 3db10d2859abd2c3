"""Splitting a box of inputs along the sets of pieces that its rules fit (RUL-10).

A box that no rule crosses in some column falls apart there, at no cost: tables that people grow as a tree fall apart to
the last rule. Otherwise the pieces of one rule are split off.
"""

from collections.abc import Sequence
from typing import NamedTuple

from supportcore.rules.compiler.bits import bits_of
from supportcore.rules.proofs.space import Box, SearchSpace, SetColumn

MOST_TRIED = 8


class Part(NamedTuple):
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
    somewhere, everywhere = space.sets[place].fit(side)
    box, every = [*part.box], [*part.everywhere]
    box[place], every[place] = side, everywhere
    return Part(tuple(box), tuple(every), part.alive & somewhere)


def fallen_apart(space: SearchSpace, part: Part) -> list[Part]:
    """Return the parts of which no rule crosses the border, along the first column with such parts; else nothing.

    The part with the lowest input comes first.
    """
    for place, everywhere in enumerate(part.everywhere):
        if not part.alive & everywhere:
            sides = _separate(space.sets[place], part.box[place], part.alive)
            if len(sides) > 1:
                return [narrowed(space, part, place, side) for side in sorted(sides, key=_lowest)]
    return []


def _lowest(side: int) -> int:
    return side & -side


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


def split_off(space: SearchSpace, part: Part, cutting: Sequence[int], rule: int) -> tuple[Part, Part]:
    """Return a part inside and outside the pieces of a rule, in the column that most rules cut among those it cuts.

    The side with the lowest input comes first. `cutting` holds for each column the rules that cut the part there;
    `rule` is the mask of one of them.
    """
    counts = [mask.bit_count() if mask & rule else 0 for mask in cutting]
    place = counts.index(max(counts))
    return _sides(space, part, place, space.sets[place].cells[rule.bit_length() - 1] & part.box[place])


def split_to_cover(space: SearchSpace, part: Part, cutting: Sequence[int], focus: int) -> tuple[Part, Part]:
    """Return a part inside and outside the pieces of some rule in focus, in the column that most of these rules cut.

    The pieces are chosen so that many rules in focus stop cutting one side, and stop cutting or leave the other. The
    side with the lowest input comes first.
    """
    counts = [(mask & focus).bit_count() for mask in cutting]
    place = counts.index(max(counts))
    column, side, left = space.sets[place], part.box[place], cutting[place] & focus
    focus = left
    costs: dict[int, int] = {}
    turns = 0
    while left and len(costs) < MOST_TRIED and turns < 3 * MOST_TRIED:
        low = left & -left
        left ^= low
        turns += 1
        inside = column.cells[low.bit_length() - 1] & side
        if inside not in costs:
            within, beyond = column.fit(inside), column.fit(side & ~inside)
            freed = (within.everywhere & focus).bit_count() + 1
            gone = (beyond.everywhere & focus).bit_count() + (part.alive & ~beyond.somewhere).bit_count() + 1
            costs[inside] = -freed * gone
    return _sides(space, part, place, min(costs, key=costs.__getitem__))


def _sides(space: SearchSpace, part: Part, place: int, inside: int) -> tuple[Part, Part]:
    first, second = sorted((inside, part.box[place] & ~inside), key=_lowest)
    return narrowed(space, part, place, first), narrowed(space, part, place, second)
