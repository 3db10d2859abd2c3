"""Working time for whole columns of integer instants: a table per slot of time instead of a search per row.

A slot is a power of two of microseconds, so short that at most one opening begins within, which then lasts beyond its
end. What a row needs is looked up by its slot; the rest is minimum, maximum and addition, in blocks that stay in the
cache.
"""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from supportcore.calendars.compiled import CompiledHours

__all__ = ["BLOCK", "Instants", "Openings", "added", "in_blocks", "opened", "openings_around", "subtracted", "worked"]

Instants = NDArray[np.int64]

Out = TypeVar("Out", Instants, NDArray[np.bool_])

BLOCK = 16_384
MOST_SLOTS = 1 << 18


@frozen(eq=False)
class Openings:
    """The stretch of a calendar that a column needs, as arrays; a sum more than openings."""

    opens: Instants
    sums: Instants

    @property
    def lengths(self) -> Instants:
        """How long each opening is."""
        return self.sums[1:] - self.sums[:-1]


def openings_around(hours: CompiledHours, first: int, last: int) -> Openings:
    """All openings of the stretch that is compiled around instants from the first to the last."""
    opens, sums = hours.stretch(first, last)
    return Openings(np.array(opens, dtype=np.int64), np.array(sums, dtype=np.int64))


@frozen(eq=False)
class Slots:
    """Which slot an instant lies in: `(instant - origin) >> shift`."""

    origin: int
    shift: int
    count: int

    def begins(self) -> Instants:
        """The first instant of each slot."""
        return self.origin + (np.arange(self.count, dtype=np.int64) << self.shift)


def slots_for(first: int, last: int, longest: int) -> Slots | None:
    """Slots over `[first, last]`, none longer than said; none at all where that takes too many."""
    shift = max(min(longest, last - first + 1).bit_length() - 1, 0)
    count = ((last - first) >> shift) + 1
    return Slots(first, shift, count) if count <= MOST_SLOTS else None


@frozen(eq=False)
class SlotTable:
    """For each slot the closing of the opening before it, the opening within or after it, and a constant.

    With them the open time up to an instant of the slot is
    `min(instant, close) + max(instant, open) + constant`. Before the first opening the closing is the slots' origin,
    after the last one the next opening lies beyond all slots.
    """

    slots: Slots
    closes: Instants
    opens: Instants
    constants: Instants


def slot_table(openings: Openings, first: int, last: int) -> SlotTable | None:
    """The table for instants of `[first, last]`; none where the openings are too short or too close for one."""
    opens, sums, lengths = openings.opens, openings.sums, openings.lengths
    near = slice(max(int(np.searchsorted(opens, first)) - 1, 0), int(np.searchsorted(opens, last, side="right")))
    longest = int(lengths[near].min()) if len(opens[near]) else last - first + 1
    slots = slots_for(first, last, longest)
    if slots is None:
        return None
    latest = np.searchsorted(opens, slots.begins(), side="right") - 1
    padded_opens = np.append(opens, last + 1)
    padded_closes = np.insert(opens + lengths, 0, first)
    closes, following = padded_closes[latest + 1], padded_opens[latest + 1]
    # At the slot's begin, where the opening within has not begun yet, this is the open time until then.
    begins = slots.begins()
    before = np.where(latest >= 0, sums[latest + 1] - np.maximum(closes - begins, 0), sums[0])
    return SlotTable(slots, closes, following, before - np.minimum(begins, closes) - following)


def worked(openings: Openings, first: int, last: int) -> Callable[[Instants, Instants], None]:
    """A function that writes the open time up to each instant of a block, all between `first` and `last`."""
    table = slot_table(openings, first, last)
    if table is None:
        return _worked_by_search(openings)
    slot, part = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)
    origin, shift = table.slots.origin, table.slots.shift
    closes, opens, constants = table.closes, table.opens, table.constants

    def write(instants: Instants, out: Instants) -> None:
        here, more = slot[: len(instants)], part[: len(instants)]
        np.subtract(instants, origin, out=here)
        np.right_shift(here, shift, out=here)
        _look_up(closes, here, out)
        np.minimum(instants, out, out=out)
        _look_up(opens, here, more)
        np.maximum(instants, more, out=more)
        np.add(out, more, out=out)
        _look_up(constants, here, more)
        np.add(out, more, out=out)

    return write


def _worked_by_search(openings: Openings) -> Callable[[Instants, Instants], None]:
    opens, sums = openings.opens, openings.sums

    def write(instants: Instants, out: Instants) -> None:
        index = np.searchsorted(opens, instants, side="right")
        out[:] = sums[index]
        some = index > 0
        before = index[some] - 1
        out[some] = np.minimum(out[some], sums[before] + instants[some] - opens[before])

    return write


def added(openings: Openings, first: int, last: int) -> Callable[[Instants, Instants], None]:
    """A function that writes the earliest instant by which each open time is reached, all of `[first, last]`."""
    opens, sums = openings.opens, openings.sums
    near = sums[max(int(np.searchsorted(sums, first)) - 1, 0) : int(np.searchsorted(sums, last)) + 1]
    slots = slots_for(first - 1, last - 1, int(np.diff(near).min()))
    if slots is None:
        return _added_by_search(openings)
    # The slots are those of the moment before: the opening looked for is the last whose sum lies below the target.
    current = np.clip(np.searchsorted(sums, slots.begins(), side="right") - 1, 0, len(opens) - 1)
    following = np.minimum(current + 1, len(opens) - 1)
    ends = sums[current + 1]
    now, then = opens[current] - sums[current], opens[following] - sums[following]
    jumps = then - now
    slot, part, rest = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)
    before, shift = slots.origin + 1, slots.shift

    def write(targets: Instants, out: Instants) -> None:
        here, jump, more = slot[: len(targets)], part[: len(targets)], rest[: len(targets)]
        np.subtract(targets, before, out=here)
        np.right_shift(here, shift, out=here)
        # All bits where the target lies beyond the end of the opening, none where it does not: no branch to mispredict.
        _look_up(ends, here, jump)
        np.subtract(jump, targets, out=jump)
        np.right_shift(jump, 63, out=jump)
        _look_up(jumps, here, more)
        np.bitwise_and(jump, more, out=jump)
        _look_up(now, here, more)
        np.add(jump, more, out=jump)
        np.add(targets, jump, out=out)

    return write


def _added_by_search(openings: Openings) -> Callable[[Instants, Instants], None]:
    opens, sums = openings.opens, openings.sums

    def write(targets: Instants, out: Instants) -> None:
        index = np.searchsorted(sums, targets, side="left") - 1
        out[:] = opens[index] + targets - sums[index]

    return write


def subtracted(openings: Openings, targets: Instants) -> Instants:
    """The latest instants until which each open time was reached."""
    index = np.searchsorted(openings.sums, targets, side="right") - 1
    found: Instants = openings.opens[index] + targets - openings.sums[index]
    return found


def opened(openings: Openings, first: int, last: int) -> Callable[[Instants, NDArray[np.bool_]], None]:
    """A function that writes whether each instant of a block is open, all between `first` and `last`."""
    table = slot_table(openings, first, last)
    if table is None:
        return _opened_by_search(openings)
    slot, edge = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)
    before = np.empty(BLOCK, np.bool_)
    origin, shift = table.slots.origin, table.slots.shift

    def write(instants: Instants, out: NDArray[np.bool_]) -> None:
        here, at, within = slot[: len(instants)], edge[: len(instants)], before[: len(instants)]
        np.subtract(instants, origin, out=here)
        np.right_shift(here, shift, out=here)
        _look_up(table.closes, here, at)
        np.less(instants, at, out=within)
        _look_up(table.opens, here, at)
        np.greater_equal(instants, at, out=out)
        np.logical_or(out, within, out=out)

    return write


def _opened_by_search(openings: Openings) -> Callable[[Instants, NDArray[np.bool_]], None]:
    closes = np.insert(openings.opens + openings.lengths, 0, np.iinfo(np.int64).min)

    def write(instants: Instants, out: NDArray[np.bool_]) -> None:
        latest = np.searchsorted(openings.opens, instants, side="right")
        np.less(instants, closes[latest], out=out)

    return write


def in_blocks(write: Callable[[Instants, Out], None], given: Instants, out: Out) -> None:
    """Runs a writer over a column, block by block."""
    for start in range(0, len(given), BLOCK):
        write(given[start : start + BLOCK], out[start : start + BLOCK])


def _look_up(table: Instants, slots: Instants, out: Instants) -> None:
    # Slots are never out of bounds; any other mode would look whether they are, which takes longer.
    np.take(table, slots, out=out, mode="wrap")
