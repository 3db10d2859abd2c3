"""Whether the calendars of a concept are open at all, and known, in the time for which it is written (CAL-10)."""

from collections.abc import Iterator
from datetime import datetime

from supportcore.calendars import BusinessCalendar
from supportcore.concept import ServiceConcept
from supportcore.errors import NeverOpenError, UnknownYearError
from supportcore.findings import Finding
from supportcore.instants import datetime_of, micros


def opening_findings(concept: ServiceConcept) -> Iterator[Finding]:
    """What is wrong with the calendars over the concept's period.

    `calendars.never-open`: one has no opening hours in it. `calendars.closed-for-good`: one does not open any more
    afterwards. `calendars.unknown-year`: its holidays are not known for a year of it, an error, or for the year after
    it, a warning. `calendars.not-proven`: the concept names no
    period.
    """
    if concept.start is None or concept.end is None:
        yield Finding("calendars.not-proven", "note", "valid")
        return
    for name, calendar in concept.calendars.items():
        yield from _of(f"calendars.{name}", calendar, concept.start, concept.end)


def _of(path: str, calendar: BusinessCalendar, start: datetime, end: datetime) -> Iterator[Finding]:
    hours = calendar.compiled
    first, last = micros(start), micros(end)
    try:
        # to the last moment of the period, as its end is the first of a year whose holidays need not be known
        if next(hours.spans(first, last - 1), None) is None:
            yield Finding("calendars.never-open", "error", path)
            return
    except UnknownYearError:
        yield Finding("calendars.unknown-year", "error", path, _years(calendar, start.year))
        return
    try:
        hours.next_open(last)
    except NeverOpenError:
        closed = datetime_of(hours.previous_close(last), calendar.zone)
        yield Finding("calendars.closed-for-good", "warning", path, {"closed": closed})
    except UnknownYearError:
        parts = _years(calendar, end.year)
        yield Finding("calendars.unknown-year", "warning", path, parts, variant="afterwards")


def _years(calendar: BusinessCalendar, wanted: int) -> dict[str, str]:
    """The first year from `wanted` on whose holidays are not known, and the years that are known."""
    years = calendar.holidays.years
    assert years is not None, "only a range of years leaves some of them unknown"
    first, last = years
    unknown = wanted if not first <= wanted <= last else last + 1
    return {"year": str(unknown), "first": str(first), "last": str(last)}
