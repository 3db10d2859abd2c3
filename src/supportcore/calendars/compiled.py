"""A calendar as a monotone function: sorted openings with running sums over integer instants, made when needed.

`worked(t)`, the open time up to an instant, is piecewise linear: `between` is a difference of it and `add` its inverse.
Each is two bisections, whatever the distance (CAL-13).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC
from itertools import pairwise
from operator import sub
from typing import NamedTuple, NoReturn

from supportcore.calendars.cover import HORIZON, YEAR, Cover, Mark, Verdict
from supportcore.calendars.spans import Span
from supportcore.errors import NeverClosedError, NeverOpenError
from supportcore.instants import datetime_of, span_of
from supportcore.wording import duration_words

__all__ = ["CompiledHours"]

# More open time than there is.
BEYOND = 1 << 62


class _Stretch(NamedTuple):
    """The openings within `[start, end)`: when each begins and the open time before it; the last sum is the whole.

    Within an opening its shift makes an instant the open time up to it. The first one is for instants before all.
    """

    start: int
    end: int
    opens: list[int]
    sums: list[int]
    shifts: list[int]

    def close(self, index: int) -> int:
        return self.opens[index] + self.sums[index + 1] - self.sums[index]


class CompiledHours:
    """The integer face of a calendar, for the engines above: microseconds since the epoch in, microseconds out.

    What is compiled grows with what is asked, a stretch of years at a time. A stretch never changes once made and is
    put in place whole, so that threads may ask at the same time; no answer depends on what was asked before (G-1).
    """

    __slots__ = ("_stretch", "cover")

    def __init__(self, cover: Cover) -> None:
        self.cover = cover
        self._stretch = _Stretch(0, 0, [], [0], [BEYOND])

    def between(self, a: int, b: int) -> int:
        """The open time from `a` to `b` in microseconds, negative where `b` is earlier (CAL-5).

        >>> from supportcore.calendars import always_open
        >>> always_open("UTC").compiled.between(50, 20)
        -30
        """
        start, end, opens, sums, shifts = self._stretch
        if not start <= a <= b < end:
            _, _, opens, sums, shifts = self._covering(min(a, b), max(a, b))
        index = bisect_right(opens, a)
        before, exact = sums[index], a + shifts[index]
        if exact < before:
            before = exact
        index = bisect_right(opens, b)
        after, exact = sums[index], b + shifts[index]
        return (exact if exact < after else after) - before

    def add(self, t: int, d: int) -> int:
        """The earliest instant `d` open microseconds after `t`; mirrored for `d` below 0; `t` itself for 0 (CAL-4)."""
        if d <= 0:
            return self.subtract(t, -d) if d else t
        stretch = self._stretch
        if not stretch.start <= t < stretch.end:
            stretch = self._covering(t, t)
        while True:
            _, _, opens, sums, shifts = stretch
            index = bisect_right(opens, t)
            target, exact = sums[index], t + shifts[index]
            if exact < target:
                target = exact
            left = sums[-1] - target
            target += d
            if target <= sums[-1]:
                index = bisect_left(sums, target) - 1
                return opens[index] + target - sums[index]
            stretch = self._later(stretch, t, left, d)

    def subtract(self, t: int, d: int) -> int:
        """The latest instant `d` open microseconds before `t`; mirrored for `d` below 0; `t` itself for 0 (CAL-4)."""
        if d <= 0:
            return self.add(t, -d) if d else t
        stretch = self._stretch
        if not stretch.start <= t < stretch.end:
            stretch = self._covering(t, t)
        while True:
            _, _, opens, sums, shifts = stretch
            index = bisect_right(opens, t)
            target, exact = sums[index], t + shifts[index]
            if exact < target:
                target = exact
            left = target - sums[0]
            target -= d
            if target >= sums[0]:
                index = bisect_right(sums, target) - 1
                return opens[index] + target - sums[index]
            stretch = self._earlier(stretch, t, left, d)

    def is_open(self, t: int) -> bool:
        """Whether an instant is open; false at the closing instant (CAL-6)."""
        stretch = self._stretch
        if not stretch.start <= t < stretch.end:
            stretch = self._covering(t, t)
        index = bisect_right(stretch.opens, t)
        return index > 0 and t < stretch.close(index - 1)

    def next_open(self, t: int) -> int:
        """`t` itself where it is open, else the next opening (CAL-6)."""
        stretch = self._covering(t, t)
        while True:
            index = bisect_right(stretch.opens, t)
            if index and t < stretch.close(index - 1):
                return t
            if index < len(stretch.opens):
                return stretch.opens[index]
            stretch = self._later(stretch, t)

    def next_close(self, t: int) -> int:
        """The end of the opening that `t` is in, or else of the next one; always after `t` (CAL-6)."""
        stretch = self._covering(t, t)
        while True:
            index = bisect_right(stretch.opens, t)
            if index and t < stretch.close(index - 1):
                index -= 1
            if index < len(stretch.opens) and stretch.close(index) < stretch.end:
                return stretch.close(index)
            if index == len(stretch.opens):
                stretch = self._later(stretch, t)
            else:
                stretch = self._until_closed(stretch, t, max(t, stretch.opens[index]))

    def previous_open(self, t: int) -> int:
        """The latest opening instant at or before `t` (CAL-6)."""
        stretch = self._covering(t, t)
        while True:
            index = bisect_right(stretch.opens, t) - 1
            if index > 0 or (index == 0 and stretch.opens[0] > stretch.start):
                return stretch.opens[index]
            stretch = self._earlier(stretch, t) if index < 0 else self._since_closed(stretch, t)

    def previous_close(self, t: int) -> int:
        """The latest closing instant at or before `t` (CAL-6)."""
        stretch = self._covering(t, t)
        while True:
            index = bisect_right(stretch.opens, t) - 1
            ongoing = index >= 0 and stretch.close(index) > t
            if index > 0 or (index == 0 and not ongoing):
                return stretch.close(index - ongoing)
            cut = ongoing and stretch.opens[0] == stretch.start
            stretch = self._since_closed(stretch, t) if cut else self._earlier(stretch, t)

    def spans(self, a: int, b: int) -> Iterator[Span]:
        """The open spans as `(open, close)`, clipped to `[a, b)`; none where that is empty."""
        if a >= b:
            return
        stretch = self._covering(a, b)
        index = max(bisect_right(stretch.opens, a) - 1, 0)
        while index < len(stretch.opens) and stretch.opens[index] < b:
            start, end = max(stretch.opens[index], a), min(stretch.close(index), b)
            if start < end:
                yield start, end
            index += 1

    def spans_back(self, a: int, b: int) -> Iterator[Span]:
        """The same spans as `spans`, the latest first."""
        if a >= b:
            return
        stretch = self._covering(a, b)
        index = bisect_left(stretch.opens, b) - 1
        while index >= 0 and stretch.close(index) > a:
            yield max(stretch.opens[index], a), min(stretch.close(index), b)
            index -= 1

    def verdicts(self, a: int, b: int) -> Iterator[Verdict]:
        """What each stretch of `[a, b)` counts as and why, without gap; those counted make up `between` (CAL-12)."""
        if a >= b:
            return
        open_spans, marks = list(self.spans(a, b)), self.cover.marks(a, b)
        edges = sorted({a, b, *(edge for span in open_spans for edge in span), *(e for m in marks for e in m[:2])})
        waiting: Verdict | None = None
        mark = opening = 0
        for start, end in pairwise(edges):
            while mark < len(marks) and marks[mark].end <= start:
                mark += 1
            while opening < len(open_spans) and open_spans[opening][1] <= start:
                opening += 1
            here = marks[mark] if mark < len(marks) and marks[mark].start <= start else None
            is_open = opening < len(open_spans) and open_spans[opening][0] <= start
            found = _verdict(start, end, is_open, here)
            if waiting and waiting.kind == found.kind and waiting.because == found.because:
                waiting = Verdict(waiting.start, end, found.kind, found.because)
                continue
            if waiting:
                yield waiting
            waiting = found
        assert waiting is not None, "a stretch that is not empty has a verdict"
        yield waiting

    def stretch(self, a: int, b: int) -> tuple[Sequence[int], Sequence[int]]:
        """The openings around `[a, b]`, and the open time before each and at the end, for whole columns."""
        covering = self._covering(a, b)
        return covering.opens, covering.sums

    # How it grows

    def _covering(self, a: int, b: int) -> _Stretch:
        """The stretch, after it was made to hold both instants."""
        stretch = self._stretch
        if stretch.start <= a and b < stretch.end:
            return stretch
        first, last = self.cover.first, self.cover.last
        if a < first or a >= last:
            self.cover.refuse(a)
        if b >= last:
            self.cover.refuse(b)
        if stretch.start == stretch.end:
            margin = YEAR if b - a < 4 * YEAR else YEAR // 4
            start, end = max(first, a - margin), min(last, b + margin)
            return self._put(_stretched(start, end, self.cover.spans(start, end), 0))
        grow = max(4 * YEAR, stretch.end - stretch.start)
        if b >= stretch.end:
            stretch = self._grown_later(stretch, min(last, max(b + YEAR, stretch.end + grow)))
        if a < stretch.start:
            stretch = self._grown_earlier(stretch, max(first, min(a - YEAR, stretch.start - grow)))
        return stretch

    def _put(self, stretch: _Stretch) -> _Stretch:
        self._stretch = stretch
        return stretch

    def _grown_later(self, stretch: _Stretch, end: int) -> _Stretch:
        spans = self.cover.spans(stretch.end, end)
        return self._put(_joined(stretch, _stretched(stretch.end, end, spans, stretch.sums[-1])))

    def _grown_earlier(self, stretch: _Stretch, start: int) -> _Stretch:
        spans = self.cover.spans(start, stretch.start)
        first_sum = stretch.sums[0] - sum(closes - opens for opens, closes in spans)
        return self._put(_joined(_stretched(start, stretch.start, spans, first_sum), stretch))

    def _later(self, stretch: _Stretch, t: int, found: int = 0, wanted: int = 0) -> _Stretch:
        """A stretch that reaches further into the future, while that may help; `found` of `wanted` was there."""
        newest = stretch.close(len(stretch.opens) - 1) if stretch.opens else t
        until = max(t, newest, self.cover.dated_until) + HORIZON
        beyond = stretch.end >= self.cover.last
        if stretch.end >= until or (beyond and not self.cover.at_most(stretch.end, until)):
            _never_open("after", t, until, found, wanted)
        return self._covering(t, self._reachable(stretch.end))

    def _earlier(self, stretch: _Stretch, t: int, found: int = 0, wanted: int = 0) -> _Stretch:
        """A stretch that reaches further into the past, while that may help."""
        oldest = stretch.opens[0] if stretch.opens else t
        since = min(t, oldest, self.cover.dated_from) - HORIZON
        beyond = stretch.start <= self.cover.first
        if stretch.start <= since or (beyond and not self.cover.at_most(since, stretch.start)):
            _never_open("before", t, since, found, wanted)
        return self._covering(self._reachable(stretch.start - 1), t)

    def _until_closed(self, stretch: _Stretch, t: int, opened: int) -> _Stretch:
        until = max(opened, self.cover.dated_until) + HORIZON
        if stretch.end >= until:
            _never_closed("after", opened, until)
        return self._covering(t, self._reachable(stretch.end))

    def _since_closed(self, stretch: _Stretch, t: int) -> _Stretch:
        since = min(t, self.cover.dated_from) - HORIZON
        if stretch.start <= since:
            _never_closed("before", t, since)
        return self._covering(self._reachable(stretch.start - 1), t)

    def _reachable(self, instant: int) -> int:
        """The instant itself, if the definition says anything about it; else its error."""
        if not self.cover.first <= instant < self.cover.last:
            self.cover.refuse(instant)
        return instant


def _stretched(start: int, end: int, spans: list[Span], first_sum: int) -> _Stretch:
    sums = [first_sum]
    total = first_sum
    for opens, closes in spans:
        total += closes - opens
        sums.append(total)
    begins = [opens for opens, _ in spans]
    return _Stretch(start, end, begins, sums, [BEYOND, *map(sub, sums, begins)])


def _joined(left: _Stretch, right: _Stretch) -> _Stretch:
    """Two stretches that meet as one; a span cut where they meet becomes whole again."""
    first = 1 if right.opens and left.opens and right.opens[0] == left.close(len(left.opens) - 1) else 0
    opens, sums = left.opens + right.opens[first:], left.sums[:-1] + right.sums[first:]
    return _Stretch(left.start, right.end, opens, sums, left.shifts + right.shifts[first + 1 :])


def _verdict(start: int, end: int, is_open: bool, mark: Mark | None) -> Verdict:
    if is_open:
        return Verdict(start, end, "counted", mark.because if mark and mark.kind == "exception" else "")
    return Verdict(start, end, mark.kind, mark.because) if mark else Verdict(start, end, "closed", "")


def _never_open(side: str, t: int, horizon: int, found: int, wanted: int) -> NoReturn:
    told = "no opening hours"
    if found:
        told = f"only {duration_words('en', span_of(found))} of {duration_words('en', span_of(wanted))} are open"
    raise NeverOpenError(
        f"{told} {side} `{datetime_of(t, UTC).isoformat()}`, searched to `{datetime_of(horizon, UTC).isoformat()}`; "
        "give the calendar weekly hours, or ask for less"
    )


def _never_closed(side: str, t: int, horizon: int) -> NoReturn:
    raise NeverClosedError(
        f"no closing {side} `{datetime_of(t, UTC).isoformat()}`, searched to `{datetime_of(horizon, UTC).isoformat()}`"
        "; the calendar is always open there, so do not wait for it to close"
    )
