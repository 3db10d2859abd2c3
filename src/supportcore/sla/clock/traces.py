"""The trace of a cycle: each of its stretches with kind and cause (SLA-13)."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from supportcore.instants import brief, datetime_of, span_of
from supportcore.sla.agreement.terms import Terms
from supportcore.sla.causes import Cause, CauseKind
from supportcore.sla.clock.timekeeping import stretches

if TYPE_CHECKING:
    from supportcore.sla.clock.cycles import Cycle

SegmentKind = Literal["closed", "holiday", "paused", "carried", "counted"]

# The kind of cause for each verdict of a calendar on time that is not open.
CAUSES: dict[str, CauseKind] = {
    "closed": "hours",
    "holiday": "holiday",
    "exception": "exception",
    "closure": "closure",
    "break": "break",
}


@frozen(repr=False)
class Segment:
    """A stretch `[start, end)` of a clock's time, with its kind and cause (SLA-13).

    The kind is the first that fits: `closed` and `holiday` are closed on the clock's calendar, `paused` is open time
    while the ticket waits, `carried` was used by an earlier cycle, and `counted` is used. `first` and `last` are start
    and end in integer microseconds.
    """

    first: int
    last: int
    kind: SegmentKind
    because: Cause
    tz: tzinfo = field(eq=False)

    def __repr__(self) -> str:
        cause = " ".join(filter(None, (self.because.kind, self.because.name)))
        return f"Segment({brief(self.start)} to {brief(self.end)}: {self.kind}, {cause})"

    @property
    def start(self) -> datetime:
        """The start of the segment."""
        return datetime_of(self.first, self.tz)

    @property
    def end(self) -> datetime:
        """The end of the segment, exclusive."""
        return datetime_of(self.last, self.tz)

    @property
    def length(self) -> timedelta:
        """The length of the segment, in elapsed time."""
        return span_of(self.last - self.first)


def segments_of(cycle: "Cycle") -> tuple[Segment, ...]:
    """Return the segments of a cycle: first those carried into it, then those that tile it from start to end."""
    chain = [cycle]
    while (carry := chain[-1].carry) is not None:
        chain.append(carry.cycle)
    carried: list[Segment] = []
    for earlier in chain[1:]:
        carried += (_as_carried(segment, chain) for segment in _tiles(earlier) if segment.kind == "counted")
    for later in chain:
        if later.carry is not None and later.carry.gap is not None:
            gap = later.carry.gap
            of_gap = _of_stretch(gap.start, gap.end, gap.terms, False, later.opened_by, later.tz)
            carried += (_as_carried(segment, chain) for segment in of_gap if segment.kind == "counted")
    carried.sort(key=lambda segment: segment.first)
    return (*carried, *_tiles(cycle))


def _as_carried(segment: Segment, chain: "list[Cycle]") -> Segment:
    """Return a segment used before, with the number of the cycle that used it as its cause."""
    number = next((cycle.number for cycle in chain if cycle.start <= segment.first and segment.last <= cycle.until), 0)
    cause = Cause("cycle", segment.because.event, str(number) if number else "")
    return Segment(segment.first, segment.last, "carried", cause, segment.tz)


def _tiles(cycle: "Cycle") -> list[Segment]:
    tiles: list[Segment] = []
    for stretch in stretches(cycle.marks, cycle.basis.counting, cycle.until):
        tiles += _of_stretch(stretch.start, stretch.end, stretch.terms, stretch.paused, stretch.cause, cycle.tz)
    return tiles


def _of_stretch(start: int, end: int, terms: Terms, paused: bool, cause: Cause, tz: tzinfo) -> Iterator[Segment]:
    for verdict in terms.calendar.compiled.verdicts(start, end):
        if verdict.kind == "counted":
            yield Segment(verdict.start, verdict.end, "paused" if paused else "counted", cause, tz)
        else:
            kind: SegmentKind = "holiday" if verdict.kind == "holiday" else "closed"
            because = Cause(CAUSES[verdict.kind], name=verdict.because or terms.calendar_name)
            yield Segment(verdict.start, verdict.end, kind, because, tz)
