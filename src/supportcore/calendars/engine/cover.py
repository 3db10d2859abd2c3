"""The compiler's input: the open spans and marks of any stretch of time, and how far they are known."""

from collections.abc import Callable
from datetime import UTC
from typing import NamedTuple, NoReturn

from attrs import frozen

from supportcore.calendars.spans import Span, clipped, merged, without
from supportcore.errors import InstantRangeError
from supportcore.instants import DAY, datetime_of

YEAR = 366 * DAY

# Before 1900 zones had no agreed offsets, and sentinel dates of other systems (1 January of year 1, 31 December 9999)
# must not pass for instants.
FIRST_YEAR, LAST_YEAR = 1900, 2199
FIRST = -25_567 * DAY
LAST = 84_006 * DAY

# A calendar that opens at all opens within eight years of its last dated entry (29 February of a yearly exception).
HORIZON = 30 * YEAR

Kind = str


class Mark(NamedTuple):
    """A stretch `[start, end)` of a holiday, exception, closure or break, with its name."""

    start: int
    end: int
    kind: Kind
    because: str


@frozen
class Verdict:
    """A stretch `[start, end)` in integer microseconds and whether it counts (CAL-12).

    `kind` is `counted`, `closed` (outside the opening hours), `holiday`, `exception`, `closure` or `break`. `because`
    is the name of the holiday or closure, or the note of the exception or break, and empty for ordinary hours.
    """

    start: int
    end: int
    kind: Kind
    because: str


def _anything(a: int, b: int) -> list[Span]:
    return [(a, b)]


@frozen
class Cover:
    """The opening hours of any stretch of time, and the bounds within which they are known.

    `spans(a, b)` returns the merged open spans clipped to `[a, b)`, and `marks(a, b)` the sorted, disjoint marks that
    overlap it. The hours are known within `[first, last)`; `refuse(t)` raises the error for an instant outside.
    `dated_from` and `dated_until` enclose all dated entries; outside, the calendar repeats itself. `at_most(a, b)`
    returns an upper bound of the open spans where holidays are unknown, as if there were none.
    """

    spans: Callable[[int, int], list[Span]]
    marks: Callable[[int, int], list[Mark]]
    refuse: Callable[[int], NoReturn]
    first: int = FIRST
    last: int = LAST
    dated_from: int = LAST
    dated_until: int = FIRST
    at_most: Callable[[int, int], list[Span]] = _anything


def outside_range(instant: int) -> NoReturn:
    """Raise the error for an instant outside the years of all calendars."""
    try:
        given = f"`{datetime_of(instant, UTC).isoformat()}`"
    except InstantRangeError:
        given = "the instant"
    raise InstantRangeError(
        f"{given} is outside the years {FIRST_YEAR} to {LAST_YEAR} that calendars know; "
        "give an instant within them, and `None` instead of a sentinel for `unknown` or `never`"
    )


def layered(layers: list[list[Mark]], a: int, b: int) -> list[Mark]:
    """Return the marks of several layers as disjoint marks; on overlaps the first layer and its first mark win."""
    taken: list[Span] = []
    kept: list[Mark] = []
    for mark in (mark for layer in layers for mark in layer):
        for start, end in without(clipped([(mark.start, mark.end)], a, b), taken):
            kept.append(Mark(start, end, mark.kind, mark.because))
        taken = merged([*taken, (mark.start, mark.end)])
    return sorted(kept)
