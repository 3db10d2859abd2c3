"""Whether the calendars of a concept are open at all, and known, in the time for which it is written (CAL-10)."""

from collections.abc import Iterator
from datetime import datetime

from supportcore.calendars import BusinessCalendar
from supportcore.concept import ServiceConcept
from supportcore.errors import NeverOpenError, UnknownYearError
from supportcore.findings import Finding
from supportcore.instants import datetime_of, micros
from supportcore.wording import instant_words


def opening_findings(concept: ServiceConcept) -> Iterator[Finding]:
    """What is wrong with the calendars over the concept's period.

    `calendars.never-open`: one has no opening hours in it. `calendars.closed-for-good`: one does not open any more
    afterwards. `calendars.unknown-year`: its holidays are not known for a year of it, an error, or for the year after
    it, a warning. `calendars.not-proven`: the concept names no
    period.
    """
    if concept.start is None or concept.end is None:
        words = "whether each calendar opens is not proven, as the concept names no period; add `valid`"
        yield Finding("calendars.not-proven", "note", "valid", words)
        return
    for name, calendar in concept.calendars.items():
        yield from _of(f"calendars.{name}", calendar, concept.start, concept.end)


def _of(path: str, calendar: BusinessCalendar, start: datetime, end: datetime) -> Iterator[Finding]:
    hours = calendar.compiled
    first, last = micros(start), micros(end)
    try:
        # to the last moment of the period, as its end is the first of a year whose holidays need not be known
        if next(hours.spans(first, last - 1), None) is None:
            words = "has no opening hours in the time for which the concept is written"
            yield Finding("calendars.never-open", "error", path, words)
            return
    except UnknownYearError as error:
        yield Finding("calendars.unknown-year", "error", path, str(error))
        return
    try:
        hours.next_open(last)
    except NeverOpenError:
        at = instant_words("en", datetime_of(hours.previous_close(last), calendar.zone))
        words = f"closes for good at {at}; give it hours from then on, or use it no longer"
        yield Finding("calendars.closed-for-good", "warning", path, words)
    except UnknownYearError as error:
        yield Finding(
            "calendars.unknown-year", "warning", path, f"what falls due after the period is not known: {error}"
        )
