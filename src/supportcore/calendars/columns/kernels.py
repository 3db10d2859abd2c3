"""Working time for whole columns of integer instants: one table lookup per row instead of a search.

Time is divided into slots. A slot's length is a power of two, short enough that it holds at most one edge. Each slot
has a shift that moves the values from its edge on into the next slot and leaves the earlier ones. All values of a slot
then lie between the same two edges, so a table by slots gives what a row needs. Blocks of rows stay in the cache.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from supportcore.calendars.engine.compiled import CompiledHours

Instants = NDArray[np.int64]

# Writes a result for each value of a block; the output may be the input.
Writer = Callable[[Instants, Instants], None]

Out = TypeVar("Out", Instants, NDArray[np.bool_])

BLOCK = 16_384
MOST_SLOTS = 1 << 18
FARTHEST_SLOT = 1 << 20


@frozen(eq=False)
class Openings:
    """The openings that a column needs, as arrays, with one sum more than openings."""

    opens: Instants
    sums: Instants

    @property
    def lengths(self) -> Instants:
        """The length of each opening."""
        return self.sums[1:] - self.sums[:-1]

    @property
    def shifts(self) -> Instants:
        """The difference between the open time up to an instant in each opening and the instant."""
        return self.sums[:-1] - self.opens


def openings_around(hours: CompiledHours, first: int, last: int) -> Openings:
    """Return all compiled openings around the instants from the first to the last."""
    opens, sums = hours.stretch(first, last)
    return Openings(np.array(opens, dtype=np.int64), np.array(sums, dtype=np.int64))


# The position of a value among ascending edges


@frozen(eq=False)
class Slots:
    """Positions of values by slots: `moves[(value - origin) >> shift]` plus the value, shifted too, is its position.

    `passed` is the number of edges passed at the position `begin` and at each later one.
    """

    origin: int
    shift: int
    begin: int
    moves: Instants
    passed: Instants

    def find(self, values: Instants, places: Instants, spare: Instants) -> None:
        """Write the position of each value of a block."""
        since = np.subtract(values, self.origin, out=places) if self.origin else values
        _shift(since, self.shift, places)
        look_up(self.moves, places, spare)
        np.add(values, spare, out=spare)
        _shift(spare, self.shift, places)

    def table(self, entries: Instants) -> Instants:
        """Return a table by positions from a table by the number of edges passed."""
        return _from(self.begin, entries[self.passed])


@frozen(eq=False)
class Search:
    """Positions of values by bisection: the position is the number of edges passed."""

    edges: Instants

    def find(self, values: Instants, places: Instants, spare: Instants) -> None:
        """Write the position of each value of a block."""
        places[:] = np.searchsorted(self.edges, values, side="right")

    def table(self, entries: Instants) -> Instants:
        """Return a table by positions from a table by the number of edges passed."""
        return entries


def places_among(edges: Instants, first: int, last: int) -> Slots | Search:
    """Return slots for values of `[first, last]`, or a search if there would be too many slots.

    The edges ascend; a value has passed the edges that are not greater than the value.
    """
    before, after = (int(index) for index in np.searchsorted(edges, [first, last], side="right"))
    near = edges[before:after]
    longest = int(np.diff(near).min()) if len(near) > 1 else last - first + 1
    shift = longest.bit_length() - 1
    if (last - first) >> shift >= MOST_SLOTS:
        return Search(edges)
    # An origin of zero saves a subtraction per row.
    origin = 0 if first >= 0 and last >> shift < FARTHEST_SLOT else first
    begin, end = (first - origin) >> shift, (last - origin) >> shift
    slots = (near - origin) >> shift
    moves = np.full(end - begin + 1, -origin, np.int64)
    moves[slots - begin] = ((slots + 1) << shift) - near
    bounds = np.concatenate(([begin], slots + 1, [end + 2]))
    passed = np.repeat(np.arange(before, after + 1), np.diff(bounds))
    return Slots(origin, shift, begin, _from(begin, moves), passed)


def _shift(values: Instants, shift: int, out: Instants) -> None:
    # The values are not negative, and most processors shift unsigned integers faster.
    np.right_shift(values.view(np.uint64), shift, out=out.view(np.uint64))


def _from(begin: int, entries: Instants) -> Instants:
    # The entries before `begin` are never touched and take no memory.
    table = np.empty(begin + len(entries), np.int64)
    table[begin:] = entries
    return table


def look_up(table: Instants, places: Instants, out: Instants) -> None:
    """Write the table's entry for each position."""
    # Positions are never out of bounds; the other modes check that, which takes longer.
    table.take(places, out=out, mode="wrap")


# Calculations


def worked(openings: Openings, first: int, last: int) -> Writer:
    """Return a writer of the open time up to each instant of `[first, last]`."""
    where = places_among(openings.opens, first, last)
    # The first shift lifts instants before all openings above their open time, so that the minimum is right.
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
    """Return a writer of whether each instant of `[first, last]` is open."""
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
    """Return a writer of the earliest instant at which each open time of `[first, last]` is reached.

    The open times are greater than the first sum of the openings and at most the last sum.
    """
    return _reached(openings, openings.sums[1:-1] + 1, first, last)


def subtracted(openings: Openings, first: int, last: int) -> Writer:
    """Return a writer of the latest instant at which each open time of `[first, last]` is reached.

    The open times are at least the first sum of the openings and smaller than the last sum.
    """
    return _reached(openings, openings.sums[1:-1], first, last)


def _reached(openings: Openings, edges: Instants, first: int, last: int) -> Writer:
    """Return a writer of the instant of each open time, where each edge begins the next opening."""
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
    """Return slices of so many rows, block by block."""
    return (slice(begin, begin + size) for begin in range(0, count, size))


def in_blocks(write: Callable[[Instants, Out], None], given: Instants, out: Out) -> None:
    """Run a writer over a column, block by block."""
    for rows in blocks(len(given)):
        write(given[rows], out[rows])
