"""Tables of slots for whole columns: for all small calendars they say what counting says (CAL-4 to CAL-6, CAL-13)."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pytest

from supportcore import BusinessCalendar
from supportcore.calendars import columns
from supportcore.calendars.column_tables import (
    BLOCK,
    MOST_SLOTS,
    Instants,
    Openings,
    added,
    in_blocks,
    opened,
    openings_around,
    slot_table,
    slots_for,
    subtracted,
    worked,
)
from supportcore.instants import DAY, HOUR, micros_of

# Six cells of five instants each: openings of 5 to 30 instants, that begin at a multiple of 5.
CELL, CELLS = 5, 6
WORLD = CELL * CELLS
RANGES = [(first, last) for first in (0, 4, 5, 12, 24) for last in (4, 5, 9, 17, WORLD - 1) if first <= last]

# The open time before the first opening, as it is where a calendar has grown into the past.
BEFORE = -7


def array(values: object) -> Instants:
    return np.array(values, dtype=np.int64)


def calendars() -> Iterator[tuple[Openings, list[int]]]:
    """All small calendars with the instants at which they are open."""
    for number in range(1, 1 << CELLS):
        points = [point for point in range(WORLD) if number >> point // CELL & 1]
        opens = [point for point in points if point - 1 not in points]
        closes = [point + 1 for point in points if point + 1 not in points]
        lengths = [close - open_ for open_, close in zip(opens, closes, strict=True)]
        yield Openings(array(opens), BEFORE + np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)), points


def sums_by_counting(points: list[int], instants: Instants) -> list[int]:
    return [BEFORE + sum(point < instant for point in points) for instant in instants.tolist()]


@pytest.fixture(params=[True, False], ids=["table", "search"])
def by_table(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Either way to the answers; without room for slots the openings are searched."""
    if not request.param:
        monkeypatch.setattr("supportcore.calendars.column_tables.MOST_SLOTS", 0)
    return bool(request.param)


def test_open_time_and_openness_of_all_instants(by_table: bool) -> None:
    for openings, points in calendars():
        for first, last in RANGES:
            assert (slot_table(openings, first, last) is not None) == by_table
            instants = np.arange(first, last + 1)
            sums, flags = np.full(len(instants), 99), np.zeros(len(instants), np.bool_)
            worked(openings, first, last)(instants, sums)
            opened(openings, first, last)(instants, flags)
            assert sums.tolist() == sums_by_counting(points, instants)
            assert flags.tolist() == [instant in points for instant in instants.tolist()]


def test_the_instant_by_which_an_open_time_is_reached(by_table: bool) -> None:
    for openings, points in calendars():
        most = len(points)
        for first, last in ((1, most), (1, 1), (most, most), (2, most - 1), (most // 2, most)):
            if 1 <= first <= last:
                targets = np.arange(BEFORE + first, BEFORE + last + 1)
                found = np.full(len(targets), 99)
                added(openings, int(targets[0]), int(targets[-1]))(targets, found)
                assert found.tolist() == [points[amount - 1] + 1 for amount in range(first, last + 1)]


def test_the_instant_until_which_an_open_time_was_reached() -> None:
    for openings, points in calendars():
        targets = np.arange(BEFORE, BEFORE + len(points))
        assert subtracted(openings, targets).tolist() == points


def test_nothing_is_searched_where_there_is_room_for_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search has the same answers, but takes many times as long."""
    for question in ("worked", "added", "opened"):
        monkeypatch.setattr(f"supportcore.calendars.column_tables._{question}_by_search", pytest.fail)
    openings = Openings(array([5, 15]), array([0, 5, 15]))
    instants, found, flags = np.array([0, 7, 24, 25]), np.zeros(4, np.int64), np.zeros(4, np.bool_)
    worked(openings, 0, 25)(instants, found)
    assert found.tolist() == [0, 2, 14, 15]
    opened(openings, 0, 25)(instants, flags)
    assert flags.tolist() == [False, True, True, False]
    added(openings, 1, 15)(np.array([1, 5, 6, 15]), found)
    assert found.tolist() == [6, 10, 16, 25]


# Slots


@pytest.mark.parametrize(
    ("first", "last", "longest", "shift", "count"),
    [
        (0, 99, 10, 3, 13),
        (1000, 1099, 10, 3, 13),
        (1000, 1103, 8, 3, 13),
        (1000, 1104, 8, 3, 14),
        (1000, 1002, 100, 1, 2),
        (1000, 1003, 100, 2, 1),
        (1000, 1004, 1, 0, 5),
        (1000, 1000, 100, 0, 1),
        (0, MOST_SLOTS - 1, 1, 0, MOST_SLOTS),
    ],
)
def test_slots_are_the_longest_powers_of_two_that_fit(
    first: int, last: int, longest: int, shift: int, count: int
) -> None:
    slots = slots_for(first, last, longest)
    assert slots is not None
    assert (slots.origin, slots.shift, slots.count) == (first, shift, count)
    assert slots.begins().tolist()[:3] == [first, first + (1 << shift), first + (2 << shift)][:count]
    assert len(slots.begins()) == count


def test_too_many_slots_are_none() -> None:
    assert slots_for(0, MOST_SLOTS, 1) is None
    assert slots_for(-MOST_SLOTS, 1, 1) is None


def test_slots_follow_the_shortest_opening_near_by_and_no_other() -> None:
    """Openings of 64, 1, 64, 1 and 64 instants: a short one far away makes no slot shorter."""
    lengths = [64, 1, 64, 1, 64]
    openings = Openings(array([0, 200, 300, 500, 600]), array(np.cumsum([0, *lengths])))
    for first, last, shift in (
        (320, 400, 6),  # within and after the third, before the short ones
        (-50, 80, 6),  # before and after the first
        (-300, -10, 8),  # before all
        (310, 500, 0),  # to the beginning of a short one
        (310, 499, 6),
        (200, 290, 0),  # in a short one
        (205, 290, 0),  # after a short one
        (300, 390, 0),  # from the opening on, with the one before it
        (301, 390, 6),
        (620, 900, 6),  # after all
    ):
        table = slot_table(openings, first, last)
        assert table is not None
        assert (table.slots.origin, table.slots.shift) == (first, shift), (first, last)


def test_what_is_compiled_is_whole_numbers_even_where_nothing_opens() -> None:
    for hours in ({}, {"mon": "09:00-17:00"}):
        openings = openings_around(BusinessCalendar(tz="UTC", hours=hours).compiled, 0, 5)
        assert (openings.opens.dtype, openings.sums.dtype) == (np.int64, np.int64)
        assert openings.lengths.tolist() == [8 * HOUR] * len(openings.opens)


# Blocks


def test_a_column_is_written_block_by_block_to_its_end() -> None:
    given = np.arange(2 * BLOCK + 3)
    out = np.zeros_like(given)
    seen = []

    def write(block: Instants, into: Instants) -> None:
        seen.append((int(block[0]), len(block)))
        into[:] = -block

    in_blocks(write, given, out)
    assert seen == [(0, BLOCK), (BLOCK, BLOCK), (2 * BLOCK, 3)]
    assert out.tolist() == (-given).tolist()


def test_a_column_of_several_blocks_has_the_answers_of_single_calls() -> None:
    office = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"})
    count = 2 * BLOCK + 5
    starts = (1_767_600_000_000_000 + np.arange(count) * 977 * 1_000_000).astype("M8[us]")
    ends = starts[::-1].copy()
    rows = [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK - 1, 2 * BLOCK, count - 1]
    hours = office.compiled
    begun, ended = starts.view(np.int64), ends.view(np.int64)
    between = columns.between(office, starts, ends).view(np.int64)
    assert [between[row] for row in rows] == [hours.between(int(begun[row]), int(ended[row])) for row in rows]
    later = columns.add(office, starts, timedelta(hours=30)).view(np.int64)
    assert [later[row] for row in rows] == [hours.add(int(begun[row]), micros_of(timedelta(hours=30))) for row in rows]
    mixed = np.where(np.arange(count) % 3 == 0, -DAY, DAY // 7).view("m8[us]")
    either = columns.add(office, starts, mixed).view(np.int64)
    assert [either[row] for row in rows] == [hours.add(int(begun[row]), int(mixed.view(np.int64)[row])) for row in rows]
    flags = columns.is_open(office, starts)
    assert [bool(flags[row]) for row in rows] == [hours.is_open(int(begun[row])) for row in rows]
