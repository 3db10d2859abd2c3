"""Working time for whole columns of integer instants: a table per slot of time instead of a search per row.

A slot is a power of two long, so short that at most one edge lies within. Moved on by what its slot says, a value from
the edge on gets into the next slot, and one before it does not: after that the values of a slot lie between the same
edges, and what a row needs is looked up by its slot. All is done in blocks that stay in the cache.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from supportcore.calendars.engine.compiled import CompiledHours

Instants = NDArray[np.int64]

# What writes an answer for each value of a block, even where the values stand.
Writer = Callable[[Instants, Instants], None]

Out = TypeVar("Out", Instants, NDArray[np.bool_])

BLOCK = 16_384
MOST_SLOTS = 1 << 18
FARTHEST_SLOT = 1 << 20


@frozen(eq=False)
class Openings:
    """The stretch of a calendar that a column needs, as arrays; a sum more than openings."""

    opens: Instants
    sums: Instants

    @property
    def lengths(self) -> Instants:
        """How long each opening is."""
        return self.sums[1:] - self.sums[:-1]

    @property
    def shifts(self) -> Instants:
        """What makes an instant within each opening the open time up to it."""
        return self.sums[:-1] - self.opens


def openings_around(hours: CompiledHours, first: int, last: int) -> Openings:
    """All openings of the stretch that is compiled around instants from the first to the last."""
    opens, sums = hours.stretch(first, last)
    return Openings(np.array(opens, dtype=np.int64), np.array(sums, dtype=np.int64))


# Where a value lies between rising edges


@frozen(eq=False)
class Slots:
    """Places of values by slots: the slot `(value - origin) >> shift` says what makes the value its place, shifted too.

    `passed` is how many edges the values have passed at the place `begin` and at each that follows.
    """

    origin: int
    shift: int
    begin: int
    moves: Instants
    passed: Instants

    def find(self, values: Instants, places: Instants, spare: Instants) -> None:
        """Writes the place of each value of a block."""
        since = np.subtract(values, self.origin, out=places) if self.origin else values
        _shift(since, self.shift, places)
        look_up(self.moves, places, spare)
        np.add(values, spare, out=spare)
        _shift(spare, self.shift, places)

    def table(self, told: Instants) -> Instants:
        """A table by places of what is told by the number of edges passed."""
        return _from(self.begin, told[self.passed])


@frozen(eq=False)
class Search:
    """Places of values by searching all edges: their places are the numbers of edges that they have passed."""

    edges: Instants

    def find(self, values: Instants, places: Instants, spare: Instants) -> None:
        """Writes the place of each value of a block."""
        places[:] = np.searchsorted(self.edges, values, side="right")

    def table(self, told: Instants) -> Instants:
        """A table by places of what is told by the number of edges passed."""
        return told


def places_among(edges: Instants, first: int, last: int) -> Slots | Search:
    """How to find places of values of `[first, last]`: by slots, or where those became too many by a search.

    The edges rise; a value has passed those that are not greater than itself.
    """
    before, after = (int(index) for index in np.searchsorted(edges, [first, last], side="right"))
    near = edges[before:after]
    longest = int(np.diff(near).min()) if len(near) > 1 else last - first + 1
    shift = longest.bit_length() - 1
    if (last - first) >> shift >= MOST_SLOTS:
        return Search(edges)
    # Counted from zero, slots spare their origin a subtraction.
    origin = 0 if first >= 0 and last >> shift < FARTHEST_SLOT else first
    begin, end = (first - origin) >> shift, (last - origin) >> shift
    slots = (near - origin) >> shift
    moves = np.full(end - begin + 1, -origin, np.int64)
    moves[slots - begin] = ((slots + 1) << shift) - near
    bounds = np.concatenate(([begin], slots + 1, [end + 2]))
    passed = np.repeat(np.arange(before, after + 1), np.diff(bounds))
    return Slots(origin, shift, begin, _from(begin, moves), passed)


def _shift(values: Instants, shift: int, out: Instants) -> None:
    # None is negative, and most processors shift numbers without sign more quickly.
    np.right_shift(values.view(np.uint64), shift, out=out.view(np.uint64))


def _from(begin: int, told: Instants) -> Instants:
    # What lies before is neither written nor read, so that it takes no memory.
    table = np.empty(begin + len(told), np.int64)
    table[begin:] = told
    return table


def look_up(table: Instants, places: Instants, out: Instants) -> None:
    """Writes what a table says for each place."""
    # Places are never out of bounds; any other mode would look whether they are, which takes longer.
    table.take(places, out=out, mode="wrap")


# What is asked


def worked(openings: Openings, first: int, last: int) -> Writer:
    """A function that writes the open time up to each instant of a block, all between `first` and `last`."""
    where = places_among(openings.opens, first, last)
    # An instant before all openings becomes more than the open time until then.
    shifts = where.table(np.insert(openings.shifts, 0, openings.sums[0] - first))
    most = where.table(openings.sums)
    places, spare = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)

    def write(instants: Instants, out: Instants) -> None:
        here, part = places[: len(instants)], spare[: len(instants)]
        where.find(instants, here, part)
        look_up(shifts, here, part)
        np.add(instants, part, out=out)
        look_up(most, here, part)
        np.minimum(out, part, out=out)

    return write


def opened(openings: Openings, first: int, last: int) -> Callable[[Instants, NDArray[np.bool_]], None]:
    """A function that writes whether each instant of a block is open, all between `first` and `last`."""
    where = places_among(openings.opens, first, last)
    closes = where.table(np.insert(openings.opens + openings.lengths, 0, first))
    places, spare = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)

    def write(instants: Instants, out: NDArray[np.bool_]) -> None:
        here, part = places[: len(instants)], spare[: len(instants)]
        where.find(instants, here, part)
        look_up(closes, here, part)
        np.less(instants, part, out=out)

    return write


def added(openings: Openings, first: int, last: int) -> Writer:
    """A function that writes the earliest instant by which each open time is reached, all of `[first, last]`.

    They are greater than the first sum of the openings and at most the last one.
    """
    return _reached(openings, openings.sums[1:-1] + 1, first, last)


def subtracted(openings: Openings, first: int, last: int) -> Writer:
    """A function that writes the latest instant until which each open time was reached, all of `[first, last]`.

    They are at least the first sum of the openings and smaller than the last one.
    """
    return _reached(openings, openings.sums[1:-1], first, last)


def _reached(openings: Openings, edges: Instants, first: int, last: int) -> Writer:
    """The same where the open time from each edge on lies within the next opening."""
    where = places_among(edges, first, last)
    shifts = where.table(openings.shifts)
    places, spare = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)

    def write(targets: Instants, out: Instants) -> None:
        here, part = places[: len(targets)], spare[: len(targets)]
        where.find(targets, here, part)
        look_up(shifts, here, part)
        np.subtract(targets, part, out=out)

    return write


# Blocks


def blocks(count: int, size: int = BLOCK) -> Iterator[slice]:
    """Rows in blocks, from the first to the last."""
    return (slice(begin, begin + size) for begin in range(0, count, size))


def in_blocks(write: Callable[[Instants, Out], None], given: Instants, out: Out) -> None:
    """Runs a writer over a column, block by block."""
    for rows in blocks(len(given)):
        write(given[rows], out[rows])
