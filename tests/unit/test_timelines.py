"""Values over time."""

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from supportcore.errors import DefinitionError, NaiveDatetimeError
from supportcore.timelines import Piece, Timeline, together

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
def test_the_value_is_that_of_the_last_change_at_or_before(
    first: int, changes: list[tuple[int, int, str]], instant: int
) -> None:
    assert Timeline.of(first, changes).at_micros(instant) == value_by_walking(first, changes, instant)


@given(st.integers(0, 3), CHANGES)
def test_neighbours_differ_and_the_pieces_meet(first: int, changes: list[tuple[int, int, str]]) -> None:
    pieces = Timeline.of(first, changes).pieces
    assert all(a.end == b.start and a.value != b.value for a, b in itertools.pairwise(pieces))


@given(CHANGES, CHANGES, st.integers(-60, 60))
def test_two_timelines_together_say_at_each_instant_what_both_say(
    left: list[tuple[int, int, str]], right: list[tuple[int, int, str]], instant: int
) -> None:
    a, b = Timeline.of(0, left), Timeline.of(0, right)
    assert together(a, b, lambda x, y: 10 * x + y).at_micros(instant) == 10 * a.at_micros(instant) + b.at_micros(
        instant
    )


def test_of_two_changes_at_one_instant_the_last_holds() -> None:
    line = Timeline.of("a", [(5, "b", 1), (5, "a", 2), (6, "c", 3)])
    assert line.pieces == (Piece(None, 6, "a"), Piece(6, None, "c", 3))


def test_the_cause_is_that_of_the_side_that_changed() -> None:
    line = together(Timeline.of(1, [(5, 2, "left")]), Timeline.of(1, [(7, 2, "right")]), int.__add__)
    assert [piece.because for piece in line.pieces] == [None, "left", "right"]


def test_pieces_are_clipped_to_a_stretch() -> None:
    line = Timeline.of("a", [(5, "b", None), (9, "c", None)])
    assert [(p.start, p.end, p.value) for p in line.between(3, 7)] == [(3, 5, "a"), (5, 7, "b")]
    assert [(p.start, p.end, p.value) for p in line.between(9, 10)] == [(9, 10, "c")]
    assert list(line.between(7, 7)) == []


def test_a_function_of_the_value_joins_what_comes_out_equal() -> None:
    line = Timeline.of(1, [(5, 3, "x"), (9, 4, "y")]).map(lambda value: value % 2)
    assert [(p.start, p.value) for p in line.pieces] == [(None, 1), (9, 0)]
    assert [p.start for p in line.changes()] == [9]


def test_instants_are_asked_for_with_their_zone() -> None:
    line = Timeline.constant("a")
    assert line.at(datetime(2026, 1, 5, tzinfo=UTC)) == "a"
    with pytest.raises(NaiveDatetimeError):
        line.at(datetime(2026, 1, 5))


@pytest.mark.parametrize(
    "pieces",
    [
        (),
        (Piece(0, None, "a"),),
        (Piece(None, 5, "a"),),
        (Piece(None, 5, "a"), Piece(6, None, "b")),
    ],
)
def test_pieces_that_do_not_cover_time_are_refused(pieces: tuple[Piece[str], ...]) -> None:
    with pytest.raises(DefinitionError, match="must meet without gap"):
        Timeline(pieces)


@pytest.mark.parametrize(
    "pieces",
    [
        (Piece(None, 5, "a"), Piece(5, 5, "b"), Piece(5, None, "c")),
        (Piece(None, 5, "a"), Piece(5, 3, "b"), Piece(3, None, "c")),
        (Piece(None, None, "a"), Piece(None, None, "b")),
    ],
)
def test_pieces_without_length_are_refused(pieces: tuple[Piece[str], ...]) -> None:
    with pytest.raises(DefinitionError, match="must each have some length"):
        Timeline(pieces)


def test_changes_out_of_order_are_refused() -> None:
    with pytest.raises(DefinitionError, match="must be given in order; 3 comes after 5"):
        Timeline.of("a", [(5, "b", None), (3, "c", None)])
