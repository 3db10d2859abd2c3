"""Values over time."""

import itertools
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, strategies as st

from supportcore.errors import DefinitionError, NaiveDatetimeError, NoDecisionError, ZoneError
from supportcore.instants import micros
from supportcore.timelines import Edition, Editions, Piece, Timeline, together

CHANGES = st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 3)), max_size=12).map(
    lambda made: [(at, value, f"at {at}") for at, value in sorted(made, key=lambda one: one[0])]
)


def value_by_walking(first: int, changes: list[tuple[int, int, str]], instant: int) -> int:
    value = first
    for at, changed, _ in changes:
        if at <= instant:
            value = changed
    return value


@given(st.integers(0, 3), CHANGES, st.integers(-60, 60))
def test_the_value_is_that_of_the_last_change(first: int, changes: list[tuple[int, int, str]], instant: int) -> None:
    assert Timeline.of(first, changes).at_micros(instant) == value_by_walking(first, changes, instant)


@given(st.integers(0, 3), CHANGES)
def test_neighbouring_pieces_differ_and_meet(first: int, changes: list[tuple[int, int, str]]) -> None:
    pieces = Timeline.of(first, changes).pieces
    assert all(a.end == b.start and a.value != b.value for a, b in itertools.pairwise(pieces))


@given(CHANGES, CHANGES, st.integers(-60, 60))
def test_together_combines_the_values_at_each_instant(
    left: list[tuple[int, int, str]], right: list[tuple[int, int, str]], instant: int
) -> None:
    a, b = Timeline.of(0, left), Timeline.of(0, right)
    assert together(a, b, lambda x, y: 10 * x + y).at_micros(instant) == 10 * a.at_micros(instant) + b.at_micros(
        instant
    )


def test_the_last_of_two_changes_at_one_instant_holds() -> None:
    line = Timeline.of("a", [(5, "b", 1), (5, "a", 2), (6, "c", 3)])
    assert line.pieces == (Piece(None, 6, "a"), Piece(6, None, "c", 3))


def test_the_cause_is_taken_from_the_side_that_changed() -> None:
    line = together(Timeline.of(1, [(5, 2, "left")]), Timeline.of(1, [(7, 2, "right")]), int.__add__)
    assert [piece.because for piece in line.pieces] == [None, "left", "right"]


def test_pieces_are_clipped_to_a_span() -> None:
    line = Timeline.of("a", [(5, "b", None), (9, "c", None)])
    assert [(p.start, p.end, p.value) for p in line.between(3, 7)] == [(3, 5, "a"), (5, 7, "b")]
    assert [(p.start, p.end, p.value) for p in line.between(9, 10)] == [(9, 10, "c")]
    assert list(line.between(7, 7)) == []


def test_map_merges_pieces_with_equal_results() -> None:
    line = Timeline.of(1, [(5, 3, "x"), (9, 4, "y")]).map(lambda value: value % 2)
    assert [(p.start, p.value) for p in line.pieces] == [(None, 1), (9, 0)]
    assert [p.start for p in line.changes()] == [9]


def test_an_instant_without_a_zone_is_refused() -> None:
    line = Timeline.constant("a")
    assert line.at(datetime(2026, 1, 5, tzinfo=UTC)) == "a"
    with pytest.raises(NaiveDatetimeError):
        line.at(datetime(2026, 1, 5))


@pytest.mark.parametrize(("edges", "values"), [((), ()), ((), ("a", "b")), ((5,), ("a",)), ((5, 6), ("a", "b"))])
def test_an_incomplete_timeline_is_refused(edges: tuple[int, ...], values: tuple[str, ...]) -> None:
    with pytest.raises(DefinitionError, match=f"expected {len(edges) + 1} of each"):
        Timeline(edges, values, values)


@pytest.mark.parametrize("edges", [(5, 5), (5, 3)])
def test_edges_out_of_order_are_refused(edges: tuple[int, ...]) -> None:
    with pytest.raises(DefinitionError, match="are not in order; give each edge once, in order"):
        Timeline(edges, ("a", "b", "c"), (None, None, None))


def test_changes_out_of_order_are_refused() -> None:
    with pytest.raises(DefinitionError, match="at `3` follows the change at `5`; give changes in order"):
        Timeline.of("a", [(5, "b", None), (3, "c", None)])


def test_g_4_an_edition_holds_from_the_beginning_of_its_day_in_its_zone() -> None:
    fees = Editions("fees", {date(2027, 1, 1): 95, date(2026, 7, 1): 90}, pin="latest", tz="Europe/Berlin")
    assert [edition.since for edition in fees.editions] == ["2026-07-01", "2027-01-01"]
    assert fees.at(datetime(2026, 12, 31, 22, 59, 59, 999999, tzinfo=UTC)) == 90
    assert fees.at(datetime(2026, 12, 31, 23, tzinfo=UTC)) == 95
    with pytest.raises(NoDecisionError) as caught:
        fees.at(datetime(2026, 6, 30, 21, 59, tzinfo=UTC))
    assert str(caught.value) == (
        "no edition of `fees` is in force at `2026-06-30T21:59:00+00:00`; the first holds from `2026-07-01` on; "
        "give an earlier edition"
    )


def test_an_edition_may_hold_from_an_instant_on() -> None:
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert Editions("fees", {noon: 90}, pin="opening").editions == (
        Edition("2026-07-01T12:00:00+00:00", micros(noon), 90),
    )


def test_map_keeps_days_and_pin_of_editions() -> None:
    fees = Editions("fees", {date(2026, 7, 1): 90, date(2027, 1, 1): 95}, pin="opening", tz="UTC")
    doubled = fees.map(lambda fee: 2 * fee)
    assert doubled == Editions("fees", {date(2026, 7, 1): 180, date(2027, 1, 1): 190}, pin="opening", tz="UTC")


DAY = date(2026, 1, 1)
NO_EDITIONS: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"name": "", "editions": {DAY: 1}}, DefinitionError, "editions need a name"),
    (
        {"editions": {}},
        DefinitionError,
        "`fees` has no edition; give at least one, with its first day",
    ),
    (
        {"editions": {DAY: 1}, "pin": "lastest"},
        DefinitionError,
        "`lastest` is not a pin of `fees`; expected one of `opening`, `attachment`, `latest`; did you mean `latest`?",
    ),
    (
        {"editions": {DAY: 1}, "tz": None},
        DefinitionError,
        "an edition of `fees` holds from the day `2026-01-01`, whose time zone is unknown; "
        'give the zone, for example `tz="Europe/Berlin"`',
    ),
    (
        {"editions": {"2026-01-01": 1}},
        DefinitionError,
        "an edition of `fees` holds from `2026-01-01`; expected a date or an aware datetime",
    ),
    (
        {"editions": {DAY: 1, datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=1))): 2}},
        DefinitionError,
        "two editions of `fees` hold from one instant, `2026-01-01` and `2026-01-01T01:00:00+01:00`; keep one",
    ),
    (
        {"editions": {datetime(2026, 1, 1): 1}},
        NaiveDatetimeError,
        "an edition of `fees` `2026-01-01 00:00:00` has no time zone; "
        "give a time zone, for example `datetime(…, tzinfo=ZoneInfo('Europe/Berlin'))`",
    ),
    (
        {"editions": {DAY: 1}, "tz": "Europe/Berln"},
        ZoneError,
        "the zone of `fees` `Europe/Berln` is not in the zone database; expected a name such as `Europe/Berlin` "
        "or `UTC`; did you mean `Europe/Berlin`?",
    ),
]


@pytest.mark.parametrize(("given", "error", "words"), NO_EDITIONS, ids=[words[:40] for _, _, words in NO_EDITIONS])
def test_invalid_editions_are_refused(given: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error) as caught:
        Editions(**{"name": "fees", "pin": "latest", "tz": "UTC", **given})
    assert str(caught.value) == words


def test_the_repr_of_a_timeline_is_one_short_line() -> None:
    start = micros(datetime(2026, 1, 5, 9, tzinfo=UTC))
    assert repr(Timeline.constant("minor")) == "Timeline('minor')"
    line = Timeline.of("minor", [(start, "major", None), (start + 1, "x" * 50, None), (10**30, "minor", None)])
    assert repr(line) == (
        "Timeline('minor'; from 2026-01-05 09:00+00:00 'major'; "
        f"from 2026-01-05 09:00:00.000001+00:00 '{'x' * 39}…; 1 more)"
    )
    assert repr(Timeline.of("minor", [(10**30, "major", None)])) == f"Timeline('minor'; from {10**30} µs 'major')"
