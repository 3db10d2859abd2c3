"""Why a clock stands where it stands: every stretch of a cycle with its kind and cause (SLA-13)."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from supportcore.instants import datetime_of, span_of
from supportcore.sla.agreement.terms import Terms
from supportcore.sla.clock.causes import Because, Cause, CauseKind
from supportcore.sla.clock.timekeeping import stretches

if TYPE_CHECKING:
    from supportcore.sla.clock.cycles import Cycle

SegmentKind = Literal["closed", "holiday", "paused", "carried", "counted"]

# How the verdict of a calendar on time that is not open is told by its cause.
CAUSES: dict[str, CauseKind] = {
    "closed": "hours",
    "holiday": "holiday",
    "exception": "exception",
    "closure": "closure",
    "break": "break",
}


@frozen
class Segment:
    """A stretch `[start, end)` of a clock's life, the first kind that fits, and its cause (SLA-13).

    `closed` and `holiday` are not open on the calendar that counts, `paused` is open but waiting, `counted` is
    used, and `carried` was used by an earlier cycle. `first` and `last` are start and end in integer microseconds.
    """

    first: int
    last: int
    kind: SegmentKind
    because: Cause
    tz: tzinfo = field(repr=False, eq=False)

    @property
    def start(self) -> datetime:
        """Where it begins."""
        return datetime_of(self.first, self.tz)

    @property
    def end(self) -> datetime:
        """Where it ends; not part of it."""
        return datetime_of(self.last, self.tz)

    @property
    def length(self) -> timedelta:
        """How long it is, in elapsed time."""
        return span_of(self.last - self.first)


def segments_of(cycle: "Cycle") -> tuple[Segment, ...]:
    """The segments of a cycle: first those that were carried into it, then those that tile it from start to end."""
    line = [cycle]
    while line[-1].carried_from is not None:
        line.append(line[-1].carried_from)
    used: list[Segment] = []
    for one in reversed(line[1:]):
        used += (segment for segment in _tiles(one) if segment.kind == "counted")
    carried = [_carried(segment, line) for segment in used]
    for one in line:
        if one.gap is not None:
            start, end, terms = one.gap
            carried += (
                _carried(segment, line)
                for segment in _of_stretch(start, end, terms, None, one.opened, one.tz)
                if segment.kind == "counted"
            )
    carried.sort(key=lambda segment: segment.first)
    return (*carried, *_tiles(cycle))


def _carried(segment: Segment, line: "list[Cycle]") -> Segment:
    """A segment used before, with the number of the cycle that used it."""
    number = next((one.number for one in line if one.start <= segment.first and segment.last <= one.until), 0)
    cause = Cause("cycle", segment.because.event, str(number) if number else "")
    return Segment(segment.first, segment.last, "carried", cause, segment.tz)


def _tiles(cycle: "Cycle") -> list[Segment]:
    tiles: list[Segment] = []
    for stretch in stretches(cycle.marks, cycle.basis.counting, cycle.until):
        pause = stretch.because if stretch.paused else None
        tiles += _of_stretch(stretch.start, stretch.end, stretch.terms, pause, stretch.because, cycle.tz)
    return tiles


def _of_stretch(
    start: int, end: int, terms: Terms, pause: Because | None, because: Because, tz: tzinfo
) -> Iterator[Segment]:
    for verdict in terms.calendar.compiled.verdicts(start, end):
        if verdict.kind == "counted":
            kind: SegmentKind = "counted" if pause is None else "paused"
            yield Segment(verdict.start, verdict.end, kind, Cause(*because), tz)
        else:
            kind = "holiday" if verdict.kind == "holiday" else "closed"
            cause = Cause(CAUSES[verdict.kind], name=verdict.because or terms.hours)
            yield Segment(verdict.start, verdict.end, kind, cause, tz)
