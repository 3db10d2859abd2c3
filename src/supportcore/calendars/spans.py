"""Set operations on spans of instants: sorted, disjoint, half-open pairs of integers (G-4)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import lt

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the union of spans, sorted and neither overlapping nor touching; reversed and empty spans vanish (CAL-2).

    >>> merged([(5, 7), (1, 3), (3, 4), (9, 8)])
    [(1, 4), (5, 7)]
    """
    ordered = sorted(spans)
    starts, ends = [start for start, _ in ordered], [end for _, end in ordered]
    if all(map(lt, starts, ends)) and all(map(lt, ends, starts[1:])):
        return ordered
    joined: list[Span] = []
    last_end: int | None = None
    for start, end in ordered:
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
    """Return the instants of `spans` that are not in `removed`; arguments and result are merged spans.

    >>> without([(0, 10), (20, 30)], [(2, 4), (9, 21)])
    [(0, 2), (4, 9), (21, 30)]
    """
    left: list[Span] = []
    done = 0
    rest: int | None = None  # the start of the rest of spans[done], once its beginning is removed
    for start, end in removed:
        # Copy whole spans before the removed one at once: few removals from many spans stay cheap.
        first = bisect_right(spans, start, lo=done, key=_end_of)
        if rest is not None and first > done:
            left.append((rest, spans[done][1]))
            done, rest = done + 1, None
        left += spans[done:first]
        done = first
        last = bisect_left(spans, end, lo=done, key=_start_of)
        if done < last:
            begin = spans[done][0] if rest is None else rest
            if begin < start:
                left.append((begin, start))
            done, rest = (last - 1, end) if spans[last - 1][1] > end else (last, None)
    if rest is not None:
        left.append((rest, spans[done][1]))
        done += 1
    return left + spans[done:]


def _start_of(span: Span) -> int:
    return span[0]


def _end_of(span: Span) -> int:
    return span[1]


def common(left: list[Span], right: list[Span]) -> list[Span]:
    """Return the instants in both; arguments and result are merged spans.

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
    """Return sorted spans clipped to the non-empty `[start, end)`.

    >>> clipped([(0, 10), (20, 30)], 5, 20)
    [(5, 10)]
    """
    given = list(spans)
    inside = given[bisect_right(given, start, key=_end_of) : bisect_left(given, end, key=_start_of)]
    if inside and inside[0][0] < start:
        inside[0] = (start, inside[0][1])
    if inside and inside[-1][1] > end:
        inside[-1] = (inside[-1][0], end)
    return inside
