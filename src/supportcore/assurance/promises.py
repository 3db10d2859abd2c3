"""Prove that every promise of a concept falls due, whenever in its period a clock begins (SLA-5, CAL-10)."""

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


def promise_findings(concept: ServiceConcept) -> Iterator[Finding]:
    """Report promises that have no due instant for cycles without a pause that begin within the concept's period.

    - `targets.unclocked`: a cycle that begins at the first or the last instant of the period has no due instant, its
      calendar does not know the holidays until then, or the calendar never opens after it. A later cycle is never due
      earlier (CAL-7), so a promise that holds at both ends holds between them.
    - `targets.no-date`: a plan has no date for cycles that begin late in the period.
    - `targets.past-date`: cycles that begin after a promised date are late at once.
    - `targets.not-proven`: the concept names no period.
    """
    named_terms = [item for agreement in concept.every_agreement for item in agreement.terms.items()]
    if concept.start is not None and concept.end is not None:
        for name, terms in named_terms:
            yield from _findings(f"promises.{name}", terms, concept.start, concept.end)
    elif named_terms:
        yield Finding("targets.not-proven", "note", "valid")


def _findings(path: str, terms: Terms, start: datetime, end: datetime) -> Iterator[Finding]:
    if isinstance(terms.aim, (NamedDate, datetime)):
        name = _last_name(terms.aim)
        last = terms.aim if isinstance(terms.aim, datetime) else terms.aim.plan[name]
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
    """Compute the due instant of a cycle that begins at `start`; let the errors of its calendar through."""
    hours = terms.calendar.compiled
    due: int | None = start
    if terms.amount is not None:
        due = hours.add(start, terms.amount)
    elif terms.aim is not None:
        due = terms.instant_from(start)
    assert due is not None, "an aim has an instant"
    hours.between(start, due)
    hours.next_open(max(start, due))


def _last_name(aim: NamedDate | datetime) -> str:
    """Return the name of the last date that a promise can take; empty for a date without a name."""
    if isinstance(aim, datetime):
        return ""
    return list(aim.plan)[-1] if aim.name is None else aim.name
