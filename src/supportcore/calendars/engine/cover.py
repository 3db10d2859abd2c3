"""What a calendar's definition says of a stretch of time, and how far it knows: what the compiler is fed with."""

from collections.abc import Callable
from datetime import UTC
from typing import NamedTuple, NoReturn

from attrs import frozen

from supportcore.calendars.spans import Span, clipped, merged, without
from supportcore.errors import InstantRangeError
from supportcore.instants import DAY, datetime_of

YEAR = 366 * DAY

# Calendars answer for the years 1900 to 2199: before them zones had no offsets that anybody agreed on, and the sentinel
# dates of other systems (1 January of year 1, 31 December 9999) must not pass for instants.
FIRST_YEAR, LAST_YEAR = 1900, 2199
FIRST = -25_567 * DAY
LAST = 84_006 * DAY

# A calendar that opens at all opens within eight years of its last dated entry (29 February of a yearly exception).
HORIZON = 30 * YEAR

Kind = str


class Mark(NamedTuple):
    """A stretch `[start, end)` that has a cause of its own: the holiday, exception, closure or break and its name."""

    start: int
    end: int
    kind: Kind
    because: str


@frozen
class Verdict:
    """What a stretch `[start, end)` counts as, in integer instants, and why (CAL-12).

    `kind` is `counted`, `closed` (outside the opening hours), `holiday`, `exception`, `closure` or `break`; `because`
    is the name of the holiday or closure or the note of the exception, and empty for ordinary hours.
    """

    start: int
    end: int
    kind: Kind
    because: str


def _anything(a: int, b: int) -> list[Span]:
    return [(a, b)]


@frozen
class Cover:
    """What a calendar's definition can say about any stretch: its spans, its marks, and how far it knows.

    `spans(a, b)` are the merged spans clipped to `[a, b)` and `marks(a, b)` the sorted, disjoint marks that meet it.
    `first` and `last` bound what is known; `refuse(t)` raises the error that says why there is no answer beyond them.
    `dated_from` and `dated_until` hold all entries with a date: beyond them the calendar only repeats itself.
    `at_most(a, b)` holds whatever may be open in a stretch that is not known, as if it had no holidays.
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
    """Raises the error for an instant outside the years that calendars answer for."""
    try:
        given = f"`{datetime_of(instant, UTC).isoformat()}`"
    except InstantRangeError:
        given = "the instant"
    raise InstantRangeError(
        f"{given} is outside the years {FIRST_YEAR} to {LAST_YEAR} that calendars answer for; "
        "give an instant within them, and none for `unknown` or `never`"
    )


def layered(layers: list[list[Mark]], a: int, b: int) -> list[Mark]:
    """Marks of several layers as disjoint ones; where they overlap, the first layer and in it the first mark holds."""
    taken: list[Span] = []
    kept: list[Mark] = []
    for mark in (mark for layer in layers for mark in layer):
        for start, end in without(clipped([(mark.start, mark.end)], a, b), taken):
            kept.append(Mark(start, end, mark.kind, mark.because))
        taken = merged([*taken, (mark.start, mark.end)])
    return sorted(kept)
