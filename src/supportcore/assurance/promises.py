"""Whether what a concept promises falls due, whenever in its period a clock begins (SLA-5, CAL-10)."""

from collections.abc import Iterator
from datetime import UTC, datetime

from supportcore.concept import ServiceConcept
from supportcore.errors import InstantRangeError, NeverOpenError, UnknownYearError
from supportcore.findings import Finding
from supportcore.instants import datetime_of, micros
from supportcore.sla import NamedDate, Terms
from supportcore.wording import Part

# The errors of a calendar that cannot count a cycle, and the variants of the finding about it.
UNCLOCKED: dict[type[Exception], str] = {
    NeverOpenError: "never-open",
    UnknownYearError: "unknown-year",
    InstantRangeError: "out-of-range",
}


def promised_findings(concept: ServiceConcept) -> Iterator[Finding]:
    """Promises, and what is only measured, against the concept's period, for clocks that nothing pauses.

    `targets.unclocked`: what begins at the last or the first moment has no due instant, or its hours are not known
    until then, or do not go on after it. As a later beginning is never due earlier (CAL-7), what is in order at both
    ends is so between them. `targets.no-date`: a plan has no date any more for what begins late in the period.
    `targets.past-date`: what begins after a date that is promised by itself is late at once. `targets.not-proven`: the
    concept names no period.
    """
    terms = [item for one in concept.every_agreement for item in one.terms.items()]
    if concept.start is not None and concept.end is not None:
        for name, each in terms:
            yield from _of(f"promises.{name}", each, concept.start, concept.end)
    elif terms:
        yield Finding("targets.not-proven", "note", "valid")


def _of(path: str, terms: Terms, start: datetime, end: datetime) -> Iterator[Finding]:
    if isinstance(terms.aim, (NamedDate, datetime)):
        last, name = _last(terms.aim)
        if micros(last) < micros(end):
            date = last.astimezone(end.tzinfo)
            if isinstance(terms.aim, NamedDate) and terms.aim.name is None:
                yield Finding("targets.no-date", "error", path, {"name": name, "date": date})
                return
            named: dict[str, Part] = {"name": name} if name else {}
            variant = "named" if name else ""
            yield Finding("targets.past-date", "warning", path, {"date": date, **named}, variant=variant)
    for moment in (micros(end) - 1, micros(start)):
        try:
            _clocked(terms, moment)
        except tuple(UNCLOCKED) as error:
            start_at = datetime_of(moment, end.tzinfo or UTC)
            yield Finding("targets.unclocked", "error", path, {"start": start_at}, variant=UNCLOCKED[type(error)])
            return


def _clocked(terms: Terms, start: int) -> None:
    """Ask what a clock that begins then asks of its calendar; raises what the calendar raises."""
    hours = terms.calendar.compiled
    due: int | None = start
    if terms.amount is not None:
        due = hours.add(start, terms.amount)
    elif terms.aim is not None:
        due = terms.instant_from(start)
    assert due is not None, "an aim has an instant"
    hours.between(start, due)
    hours.next_open(max(start, due))


def _last(promised: NamedDate | datetime) -> tuple[datetime, str]:
    if isinstance(promised, datetime):
        return promised, ""
    name = promised.name if promised.name is not None else list(promised.plan)[-1]
    return promised.plan[name], name
