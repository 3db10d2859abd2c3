"""Arithmetic on spans of instants: sorted, disjoint, half-open pairs of integers (G-4)."""

from collections.abc import Iterable

__all__ = ["Span", "clipped", "common", "merged", "without"]

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same instants as sorted spans that neither overlap nor touch; a span turned around or empty vanishes (CAL-2).

    >>> merged([(5, 7), (1, 3), (3, 4), (9, 8)])
    [(1, 4), (5, 7)]
    """
    joined: list[Span] = []
    last_end: int | None = None
    for start, end in sorted(spans):
        if start >= end:
            continue
        if last_end is not None and start <= last_end:
            if end > last_end:
                joined[-1] = (joined[-1][0], end)
                last_end = end
        else:
            joined.append((start, end))
            last_end = end
    return joined


def without(spans: list[Span], removed: list[Span]) -> list[Span]:
    """The instants of `spans` that are not in `removed`; both merged, as is the result.

    >>> without([(0, 10), (20, 30)], [(2, 4), (9, 21)])
    [(0, 2), (4, 9), (21, 30)]
    """
    if not removed:
        return spans
    left: list[Span] = []
    index = 0
    for start, end in spans:
        while index < len(removed) and removed[index][1] <= start:
            index += 1
        ahead = index
        while ahead < len(removed) and removed[ahead][0] < end:
            if start < removed[ahead][0]:
                left.append((start, removed[ahead][0]))
            start = removed[ahead][1]
            ahead += 1
        if start < end:
            left.append((start, end))
    return left


def common(left: list[Span], right: list[Span]) -> list[Span]:
    """The instants in both; both merged, as is the result.

    >>> common([(0, 10), (20, 30)], [(5, 25)])
    [(5, 10), (20, 25)]
    """
    shared: list[Span] = []
    mine = theirs = 0
    while mine < len(left) and theirs < len(right):
        start = max(left[mine][0], right[theirs][0])
        end = min(left[mine][1], right[theirs][1])
        if start < end:
            shared.append((start, end))
        if left[mine][1] < right[theirs][1]:
            mine += 1
        else:
            theirs += 1
    return shared


def clipped(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """The part of sorted spans that lies within `[start, end)`.

    >>> clipped([(0, 10), (20, 30)], 5, 20)
    [(5, 10)]
    """
    return [(max(opens, start), min(closes, end)) for opens, closes in spans if closes > start and opens < end]
