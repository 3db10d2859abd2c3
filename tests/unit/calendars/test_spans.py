"""Arithmetic on spans, against sets of whole numbers."""

from itertools import pairwise

from hypothesis import given, strategies as st

from supportcore.calendars.spans import Span, clipped, common, merged, without

spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12).map(merged)
numbers = st.integers(0, 60)


def points(found: list[Span]) -> set[int]:
    return {point for start, end in found for point in range(start, end)}


def is_merged(found: list[Span]) -> bool:
    edges = [edge for span in found for edge in span]
    return all(one < other for one, other in pairwise(edges))


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12))
def test_merging_keeps_the_points(given_spans: list[Span]) -> None:
    found = merged(given_spans)
    assert points(found) == points(given_spans)
    assert is_merged(found)


@given(spans, spans)
def test_taking_out_and_sharing_are_those_of_sets(left: list[Span], right: list[Span]) -> None:
    assert points(without(left, right)) == points(left) - points(right)
    assert points(common(left, right)) == points(left) & points(right)
    assert is_merged(without(left, right))
    assert is_merged(common(left, right))


def cells(found: set[int]) -> list[Span]:
    """The points as spans that neither overlap nor touch."""
    starts = sorted(point for point in found if point - 1 not in found)
    ends = sorted(point + 1 for point in found if point + 1 not in found)
    return list(zip(starts, ends, strict=True))


SMALL = [{point for point in range(6) if number >> point & 1} for number in range(64)]


def test_all_small_sets_are_merged_taken_out_shared_and_clipped() -> None:
    for left in SMALL:
        assert merged([(point, point + 1) for point in sorted(left, reverse=True)]) == cells(left)
        for right in SMALL:
            assert without(cells(left), cells(right)) == cells(left - right)
            assert common(cells(left), cells(right)) == cells(left & right)
        for start in range(-1, 7):
            for end in range(start + 1, 8):
                assert clipped(cells(left), start, end) == cells(left & set(range(start, end)))


def test_empty_spans_vanish() -> None:
    assert merged([(3, 3), (1, 3), (3, 2), (4, 4)]) == [(1, 3)]


@given(spans, numbers, st.integers(1, 60))
def test_clipping_shares_with_one_span(found: list[Span], start: int, length: int) -> None:
    assert clipped(found, start, start + length) == common(found, [(start, start + length)])
