"""Tables of slots for whole columns: for all small calendars they say what counting says (CAL-4 to CAL-6, CAL-13)."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pytest

from supportcore import BusinessCalendar
from supportcore.calendars import columns
from supportcore.calendars.columns.kernels import (
    BLOCK,
    FARTHEST_SLOT,
    MOST_SLOTS,
    Instants,
    Openings,
    Search,
    Slots,
    added,
    blocks,
    in_blocks,
    opened,
    openings_around,
    places_among,
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


@pytest.fixture(params=[True, False], ids=["slots", "search"])
def by_slots(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Either way to the answers; without room for slots the openings are searched."""
    if not request.param:
        monkeypatch.setattr("supportcore.calendars.columns.kernels.MOST_SLOTS", 0)
    return bool(request.param)


# Where the small world begins: before 1970, across it, and after it.
BEGINS = (-2 * WORLD, -WORLD // 2, 0, 7)


@pytest.mark.parametrize("begin", BEGINS)
def test_open_time_and_openness_of_all_instants(by_slots: bool, begin: int) -> None:
    for openings, points in calendars():
        moved = Openings(openings.opens + begin, openings.sums)
        for first, last in RANGES:
            assert isinstance(places_among(moved.opens, begin + first, begin + last), Slots) == by_slots
            instants = np.arange(first, last + 1)
            sums, flags = np.full(len(instants), 99), np.zeros(len(instants), np.bool_)
            worked(moved, begin + first, begin + last)(begin + instants, sums)
            opened(moved, begin + first, begin + last)(begin + instants, flags)
            assert sums.tolist() == sums_by_counting(points, instants)
            assert flags.tolist() == [instant in points for instant in instants.tolist()]


@pytest.mark.parametrize("before", [0, -BEFORE, 100])
def test_the_instants_between_which_an_open_time_is_reached(by_slots: bool, before: int) -> None:
    for openings, points in calendars():
        moved = Openings(openings.opens, openings.sums + before)
        none, most = BEFORE + before, len(points)
        for first, last in ((1, most), (1, 1), (most, most), (2, most - 1), (most // 2, most)):
            if 1 <= first <= last:
                targets = np.arange(none + first, none + last + 1)
                found = np.full(len(targets), 99)
                added(moved, int(targets[0]), int(targets[-1]))(targets, found)
                assert found.tolist() == [points[amount - 1] + 1 for amount in range(first, last + 1)]
                subtracted(moved, int(targets[0]) - 1, int(targets[-1]) - 1)(targets - 1, found)
                assert found.tolist() == [points[amount - 1] for amount in range(first, last + 1)]


def test_answers_may_take_the_place_of_what_was_asked() -> None:
    openings = Openings(array([5, 15]), array([0, 5, 15]))
    block = np.arange(26)
    worked(openings, 0, 25)(block, block)
    assert block.tolist() == [*[0] * 6, 1, 2, 3, 4, *[5] * 6, *range(6, 16)]
    block = np.arange(1, 16)
    added(openings, 1, 15)(block, block)
    assert block.tolist() == [*range(6, 11), *range(16, 26)]


def test_sums_of_three_centuries_are_exact_to_the_microsecond() -> None:
    """They are more than floats can tell apart."""
    most = 2**53
    openings = Openings(array([0, most + 10]), array([0, most + 1, most + 5]))
    found = np.zeros(4, np.int64)
    worked(openings, 0, most + 14)(array([most, most + 1, most + 9, most + 12]), found)
    assert (found - most).tolist() == [0, 1, 1, 3]


def test_nothing_is_searched_where_there_is_room_for_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search has the same answers, but takes many times as long."""
    monkeypatch.setattr("supportcore.calendars.columns.kernels.Search", pytest.fail)
    openings = Openings(array([5, 15]), array([0, 5, 15]))
    instants, found, flags = np.array([0, 7, 24, 25]), np.zeros(4, np.int64), np.zeros(4, np.bool_)
    worked(openings, 0, 25)(instants, found)
    assert found.tolist() == [0, 2, 14, 15]
    opened(openings, 0, 25)(instants, flags)
    assert flags.tolist() == [False, True, True, False]
    added(openings, 1, 15)(np.array([1, 5, 6, 15]), found)
    assert found.tolist() == [6, 10, 16, 25]
    subtracted(openings, 0, 14)(np.array([0, 4, 5, 14]), found)
    assert found.tolist() == [5, 9, 15, 24]


# Slots


@pytest.mark.parametrize(
    ("first", "last", "gap", "shift", "count"),
    [
        (0, 99, 10, 3, 13),
        (1000, 1099, 10, 3, 13),
        (1000, 1103, 8, 3, 13),
        (1000, 1104, 8, 3, 14),
        (1003, 1104, 8, 3, 14),
        (-1000, -901, 10, 3, 13),
        (-1000, -896, 8, 3, 14),
        (0, MOST_SLOTS - 1, 1, 0, MOST_SLOTS),
    ],
)
def test_slots_are_the_longest_powers_of_two_without_a_second_edge(
    first: int, last: int, gap: int, shift: int, count: int
) -> None:
    found = places_among(array([first + 1, first + 1 + gap, last]), first, last)
    assert isinstance(found, Slots)
    assert (found.origin, found.shift, found.begin) == ((0, shift, first >> shift) if first >= 0 else (first, shift, 0))
    assert len(found.moves) - found.begin == count
    assert len(found.passed) == count + 1


@pytest.mark.parametrize(("first", "last"), [(1000, 1002), (1000, 1003), (1000, 1000), (-5, 90)])
def test_with_an_edge_or_none_slots_are_as_long_as_the_whole(first: int, last: int) -> None:
    for edges in ([], [last], [first - 1, first, last + 1], [first - 2, first - 1]):
        found = places_among(array(edges), first, last)
        assert isinstance(found, Slots)
        assert found.shift == (last - first + 1).bit_length() - 1, edges


def test_too_many_slots_are_searched_for() -> None:
    edges = array([5, 6])
    assert isinstance(places_among(edges, 0, MOST_SLOTS), Search)
    assert isinstance(places_among(edges, -MOST_SLOTS, 6), Search)
    assert isinstance(places_among(edges, 5 - MOST_SLOTS, 5), Slots)


def test_slots_are_counted_from_zero_unless_that_is_too_far() -> None:
    """What lies before the first place takes no memory, but only so much of it is spent."""
    near, far = FARTHEST_SLOT - 1, FARTHEST_SLOT
    for last, gap, origin in ((near, 1, 0), (far, 1, far - 20), (8 * near, 8, 0), (8 * far, 8, 8 * far - 20)):
        edges = array([last - 9, last - 9 + gap])
        found = places_among(edges, last - 20, last)
        assert isinstance(found, Slots)
        assert (found.origin, found.begin) == (origin, (last - 20 - origin) // gap)
        values, places, spare = np.arange(last - 20, last + 1), np.zeros(21, np.int64), np.zeros(21, np.int64)
        found.find(values, places, spare)
        assert found.table(np.arange(3))[places].tolist() == np.searchsorted(edges, values, side="right").tolist()


def test_slots_follow_the_closest_edges_near_by_and_no_others() -> None:
    """Edges 64 apart, but for two pairs: a close pair far away makes no slot shorter."""
    edges = array([0, 64, 128, 129, 256, 320, 324, 400])
    for first, last, shift in (
        (-50, 128, 6),  # before the first pair
        (-50, 129, 0),
        (127, 140, 0),
        (128, 140, 3),  # from the one on: there is only the other
        (129, 320, 6),  # between the pairs
        (129, 323, 6),
        (129, 324, 2),
        (324, 500, 7),  # after the second pair
        (500, 531, 5),  # after all
    ):
        found = places_among(edges, first, last)
        assert isinstance(found, Slots)
        assert found.shift == shift, (first, last)


def test_what_is_compiled_is_whole_numbers_even_where_nothing_opens() -> None:
    for hours in ({}, {"mon": "09:00-17:00"}):
        openings = openings_around(BusinessCalendar(tz="UTC", hours=hours).compiled, 0, 5)
        assert (openings.opens.dtype, openings.sums.dtype) == (np.int64, np.int64)
        assert openings.lengths.tolist() == [8 * HOUR] * len(openings.opens)


# Blocks


def test_blocks_are_of_one_size_and_end_behind_the_last_row() -> None:
    assert list(blocks(0)) == []
    assert list(blocks(BLOCK)) == [slice(0, BLOCK)]
    assert list(blocks(BLOCK + 1)) == [slice(0, BLOCK), slice(BLOCK, 2 * BLOCK)]
    assert list(blocks(5, 2)) == [slice(0, 2), slice(2, 4), slice(4, 6)]


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
