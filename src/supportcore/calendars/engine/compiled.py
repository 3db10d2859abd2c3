"""A calendar compiled to sorted openings with running sums, over integer microseconds.

`worked(t)`, the open time up to an instant, is monotone and piecewise linear: `between` is a difference of it and `add`
its inverse. A call takes two bisections at any distance (CAL-13).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC
from itertools import accumulate, pairwise
from operator import sub
from typing import NoReturn

from supportcore.calendars.engine.cover import HORIZON, YEAR, Cover, Mark, Verdict
from supportcore.calendars.spans import Span
from supportcore.errors import NeverClosedError, NeverOpenError
from supportcore.instants import datetime_of, span_of
from supportcore.wording import duration_words

# More open time than any calendar has.
BEYOND = 1 << 62


# The compiled part `[start, end)`: start, end, the beginning of each opening, the open time before each opening and at
# the end, and the shifts. An instant in an opening plus the opening's shift is the open time up to it; the first shift
# is for instants before all openings. A plain tuple is the fastest to unpack, which every call does.
_Stretch = tuple[int, int, list[int], list[int], list[int]]


class CompiledHours:
    """Opening hours over integer microseconds since the epoch.

    The compiled part grows by several years at a time, as calls need it. A part is immutable and replaced as a whole,
    which keeps concurrent threads safe; no result depends on earlier calls (G-1).
    """

    __slots__ = ("_first", "_last", "_stretch", "cover")

    def __init__(self, cover: Cover) -> None:
        self.cover = cover
        self._stretch: _Stretch = (0, 0, [], [0], [BEYOND])
        # The last instant asked for, and its open time: the clocks of a ticket often ask for the instant of one event.
        self._last: tuple[int | None, int] = (None, 0)
        self._first: dict[str, _Stretch] = {}

    def between(self, a: int, b: int) -> int:
        """Return the open time from `a` to `b` in microseconds, negative if `b` is earlier (CAL-5).

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

    def worked(self, t: int) -> int:
        """Return the open time up to an instant, from an arbitrary origin: only differences have a meaning.

        >>> from supportcore.calendars import always_open
        >>> hours = always_open("UTC").compiled
        >>> hours.worked(50) - hours.worked(20)
        30
        """
        last, found = self._last
        if last == t:
            return found
        start, end, opens, sums, shifts = self._stretch
        if not start <= t < end:
            _, _, opens, sums, shifts = self._covering(t, t)
        index = bisect_right(opens, t)
        found, exact = sums[index], t + shifts[index]
        if exact < found:
            found = exact
        self._last = t, found
        return found

    def add(self, t: int, d: int) -> int:
        """Return the earliest instant `d` open microseconds after `t`; a negative `d` subtracts (CAL-4)."""
        if d <= 0:
            return self.subtract(t, -d) if d else t
        stretch = self._stretch
        if not stretch[0] <= t < stretch[1]:
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
        """Return the latest instant `d` open microseconds before `t`; a negative `d` adds, 0 returns `t` (CAL-4)."""
        if d <= 0:
            return self.add(t, -d) if d else t
        stretch = self._stretch
        if not stretch[0] <= t < stretch[1]:
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
        """Return whether an instant is open; false at the closing instant (CAL-6)."""
        start, end, opens, sums, _ = self._stretch
        if not start <= t < end:
            _, _, opens, sums, _ = self._covering(t, t)
        index = bisect_right(opens, t)
        return index > 0 and t < _close(opens, sums, index - 1)

    def next_open(self, t: int) -> int:
        """Return `t` if it is open, else the next opening (CAL-6)."""
        stretch = self._covering(t, t)
        while True:
            _, _, opens, sums, _ = stretch
            index = bisect_right(opens, t)
            if index and t < _close(opens, sums, index - 1):
                return t
            if index < len(opens):
                return opens[index]
            stretch = self._later(stretch, t)

    def next_close(self, t: int) -> int:
        """Return the closing of the current or else the next opening, always after `t` (CAL-6)."""
        stretch = self._covering(t, t)
        while True:
            _, end, opens, sums, _ = stretch
            index = bisect_right(opens, t)
            if index and t < _close(opens, sums, index - 1):
                index -= 1
            if index < len(opens) and _close(opens, sums, index) < end:
                return _close(opens, sums, index)
            if index == len(opens):
                stretch = self._later(stretch, t)
            else:
                stretch = self._until_closed(stretch, t, max(t, opens[index]))

    def previous_open(self, t: int) -> int:
        """Return the latest opening instant at or before `t` (CAL-6)."""
        stretch = self._covering(t, t)
        while True:
            start, _, opens, _, _ = stretch
            index = bisect_right(opens, t) - 1
            if index > 0 or (index == 0 and opens[0] > start):
                return opens[index]
            stretch = self._earlier(stretch, t) if index < 0 else self._since_closed(stretch, t)

    def previous_close(self, t: int) -> int:
        """Return the latest closing instant at or before `t` (CAL-6)."""
        stretch = self._covering(t, t)
        while True:
            start, _, opens, sums, _ = stretch
            index = bisect_right(opens, t) - 1
            ongoing = index >= 0 and _close(opens, sums, index) > t
            if index > 0 or (index == 0 and not ongoing):
                return _close(opens, sums, index - ongoing)
            cut = ongoing and opens[0] == start
            stretch = self._since_closed(stretch, t) if cut else self._earlier(stretch, t)

    def spans(self, a: int, b: int) -> Iterator[Span]:
        """Yield the open spans as `(open, close)`, clipped to `[a, b)`."""
        if a >= b:
            return
        _, _, opens, sums, _ = self._covering(a, b)
        index = max(bisect_right(opens, a) - 1, 0)
        while index < len(opens) and opens[index] < b:
            start, end = max(opens[index], a), min(_close(opens, sums, index), b)
            if start < end:
                yield start, end
            index += 1

    def spans_back(self, a: int, b: int) -> Iterator[Span]:
        """Yield the spans of `spans`, the latest first."""
        if a >= b:
            return
        _, _, opens, sums, _ = self._covering(a, b)
        index = bisect_left(opens, b) - 1
        while index >= 0 and _close(opens, sums, index) > a:
            yield max(opens[index], a), min(_close(opens, sums, index), b)
            index -= 1

    def verdicts(self, a: int, b: int) -> Iterator[Verdict]:
        """Yield a verdict on each stretch of `[a, b)`, without gaps; the counted ones add up to `between` (CAL-12)."""
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
        assert waiting is not None, "a non-empty stretch has a verdict"
        yield waiting

    def stretch(self, a: int, b: int) -> tuple[Sequence[int], Sequence[int]]:
        """Return the openings around `[a, b]`, and the open time before each opening and at the end, for columns."""
        _, _, opens, sums, _ = self._covering(a, b)
        return opens, sums

    # Growing the compiled part

    def _covering(self, a: int, b: int) -> _Stretch:
        """Return the compiled part, grown until it holds both instants."""
        stretch = self._stretch
        start, end, *_ = stretch
        if start <= a and b < end:
            return stretch
        first, last = self.cover.first, self.cover.last
        if a < first or a >= last:
            self.cover.refuse(a)
        if b >= last:
            self.cover.refuse(b)
        if start == end:
            margin = YEAR if b - a < 4 * YEAR else YEAR // 4
            start, end = max(first, a - margin), min(last, b + margin)
            # If several threads compile the first part at once, one of them sets the origin of open time.
            stretch = self._first.setdefault("", _stretched(start, end, self.cover.spans(start, end), 0))
            start, end, *_ = self._put(stretch)
        grow = max(4 * YEAR, end - start)
        if b >= end:
            stretch = self._grown_later(stretch, min(last, max(b + YEAR, end + grow)))
        if a < start:
            stretch = self._grown_earlier(stretch, max(first, min(a - YEAR, start - grow)))
        return stretch

    def _put(self, stretch: _Stretch) -> _Stretch:
        self._stretch = stretch
        return stretch

    def _grown_later(self, stretch: _Stretch, until: int) -> _Stretch:
        _, end, _, sums, _ = stretch
        return self._put(_joined(stretch, _stretched(end, until, self.cover.spans(end, until), sums[-1])))

    def _grown_earlier(self, stretch: _Stretch, since: int) -> _Stretch:
        start, _, _, sums, _ = stretch
        spans = self.cover.spans(since, start)
        first_sum = sums[0] - sum(closes - opens for opens, closes in spans)
        return self._put(_joined(_stretched(since, start, spans, first_sum), stretch))

    def _later(self, stretch: _Stretch, t: int, found: int = 0, wanted: int = 0) -> _Stretch:
        """Grow into the future while hours may follow; raise `NeverOpenError` if only `found` of `wanted` exist."""
        _, end, opens, sums, _ = stretch
        newest = _close(opens, sums, len(opens) - 1) if opens else t
        until = max(t, newest, self.cover.dated_until) + HORIZON
        beyond = end >= self.cover.last
        if end >= until or (beyond and not self.cover.at_most(end, until)):
            _never_open("after", t, until, found, wanted)
        return self._covering(t, self._reachable(end))

    def _earlier(self, stretch: _Stretch, t: int, found: int = 0, wanted: int = 0) -> _Stretch:
        """Grow into the past while hours may precede; raise `NeverOpenError` if only `found` of `wanted` exist."""
        start, _, opens, _, _ = stretch
        oldest = opens[0] if opens else t
        since = min(t, oldest, self.cover.dated_from) - HORIZON
        beyond = start <= self.cover.first
        if start <= since or (beyond and not self.cover.at_most(since, start)):
            _never_open("before", t, since, found, wanted)
        return self._covering(self._reachable(start - 1), t)

    def _until_closed(self, stretch: _Stretch, t: int, opened: int) -> _Stretch:
        until = max(opened, self.cover.dated_until) + HORIZON
        if stretch[1] >= until:
            _never_closed("after", opened, until)
        return self._covering(t, self._reachable(stretch[1]))

    def _since_closed(self, stretch: _Stretch, t: int) -> _Stretch:
        since = min(t, self.cover.dated_from) - HORIZON
        if stretch[0] <= since:
            _never_closed("before", t, since)
        return self._covering(self._reachable(stretch[0] - 1), t)

    def _reachable(self, instant: int) -> int:
        """Return a known instant unchanged; raise the error of the cover for any other."""
        if not self.cover.first <= instant < self.cover.last:
            self.cover.refuse(instant)
        return instant


def _close(opens: list[int], sums: list[int], index: int) -> int:
    """Return the end of an opening."""
    return opens[index] + sums[index + 1] - sums[index]


def _stretched(start: int, end: int, spans: list[Span], first_sum: int) -> _Stretch:
    begins = [opens for opens, _ in spans]
    sums = list(accumulate([closes - opens for opens, closes in spans], initial=first_sum))
    return start, end, begins, sums, [BEYOND, *map(sub, sums, begins)]


def _joined(left: _Stretch, right: _Stretch) -> _Stretch:
    """Join two adjacent parts; a span cut at their border becomes whole again."""
    start, _, opens, sums, shifts = left
    _, end, later, more, further = right
    first = 1 if later and opens and later[0] == _close(opens, sums, len(opens) - 1) else 0
    return start, end, opens + later[first:], sums[:-1] + more[first:], shifts + further[first + 1 :]


def _verdict(start: int, end: int, is_open: bool, mark: Mark | None) -> Verdict:
    if is_open:
        return Verdict(start, end, "counted", mark.because if mark and mark.kind == "exception" else "")
    return Verdict(start, end, mark.kind, mark.because) if mark else Verdict(start, end, "closed", "")


def _never_open(side: str, t: int, horizon: int, found: int, wanted: int) -> NoReturn:
    hours = "no opening hours"
    if found:
        hours = f"only {duration_words('en', span_of(found))} of {duration_words('en', span_of(wanted))} are open"
    raise NeverOpenError(
        f"{hours} {side} `{datetime_of(t, UTC).isoformat()}`, searched to `{datetime_of(horizon, UTC).isoformat()}`; "
        "give the calendar weekly hours, or a shorter duration"
    )


def _never_closed(side: str, t: int, horizon: int) -> NoReturn:
    raise NeverClosedError(
        f"no closing {side} `{datetime_of(t, UTC).isoformat()}`, searched to `{datetime_of(horizon, UTC).isoformat()}`"
        "; the calendar is always open there and never closes"
    )
