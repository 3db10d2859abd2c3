"""Whether what a concept promises falls due, whenever in its period a clock begins (SLA-5, CAL-10)."""

from collections.abc import Iterator
from datetime import UTC, datetime

from supportcore.concept import ServiceConcept
from supportcore.errors import InstantRangeError, NeverOpenError, UnknownYearError
from supportcore.findings import Finding
from supportcore.instants import datetime_of, micros
from supportcore.sla import NamedDate, Terms
from supportcore.wording import instant_words


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
        words = "whether every promise falls due is not proven, as the concept names no period; add `valid`"
        yield Finding("targets.not-proven", "note", "valid", words)


def _of(path: str, terms: Terms, start: datetime, end: datetime) -> Iterator[Finding]:
    if isinstance(terms.aim, (NamedDate, datetime)):
        last, called = _last(terms.aim)
        if micros(last) < micros(end):
            at = f"{called}{instant_words('en', last.astimezone(end.tzinfo))}"
            if isinstance(terms.aim, NamedDate) and terms.aim.name is None:
                words = f"the plan ends with {at}; what begins after it has no date; add dates up to the period's end"
                yield Finding("targets.no-date", "error", path, words)
                return
            words = f"what begins after {at} is late at once; promise something else from then on"
            yield Finding("targets.past-date", "warning", path, words)
    for moment in (micros(end) - 1, micros(start)):
        try:
            _clocked(terms, moment)
        except (NeverOpenError, UnknownYearError, InstantRangeError) as error:
            at = instant_words("en", datetime_of(moment, end.tzinfo or UTC))
            yield Finding("targets.unclocked", "error", path, f"what begins at {at} cannot be clocked: {error}")
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
    return promised.plan[name], f"`{name}`, "
