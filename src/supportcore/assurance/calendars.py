"""Prove that the calendars of a concept open, and know their holidays, within its period (CAL-10, CAL-11)."""

from collections.abc import Iterator
from datetime import datetime

from supportcore.calendars import BusinessCalendar
from supportcore.concept import ServiceConcept
from supportcore.errors import NeverOpenError, UnknownYearError
from supportcore.findings import Finding
from supportcore.instants import datetime_of, micros


def calendar_findings(concept: ServiceConcept) -> Iterator[Finding]:
    """Report calendars that do not open, or do not know their holidays, within the concept's period.

    - `calendars.never-open`: a calendar has no opening hours in the period.
    - `calendars.closed-for-good`: a calendar never opens again after the period.
    - `calendars.unknown-year`: a calendar does not know its holidays for a year of the period (an error), or for the
      year after it (a warning).
    - `calendars.not-proven`: the concept names no period.
    """
    if concept.start is None or concept.end is None:
        yield Finding("calendars.not-proven", "note", "valid")
        return
    for name, calendar in concept.calendars.items():
        yield from _findings(f"calendars.{name}", calendar, concept.start, concept.end)


def _findings(path: str, calendar: BusinessCalendar, start: datetime, end: datetime) -> Iterator[Finding]:
    hours = calendar.compiled
    first, last = micros(start), micros(end)
    try:
        # the end itself may begin a year whose holidays are not known, and need not be
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
    """Return the first year from `wanted` on without known holidays, and the first and last year with them."""
    years = calendar.holidays.years
    assert years is not None, "only a range of years leaves some of them unknown"
    first, last = years
    unknown = wanted if not first <= wanted <= last else last + 1
    return {"year": str(unknown), "first": str(first), "last": str(last)}
