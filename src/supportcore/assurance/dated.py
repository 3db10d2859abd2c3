"""Whether the dates that a concept promises lie ahead in the time for which it is written (SLA-5)."""

from collections.abc import Iterator
from datetime import datetime

from supportcore.concept import ServiceConcept
from supportcore.findings import Finding
from supportcore.instants import micros
from supportcore.sla import NamedDate
from supportcore.wording import instant_words

__all__ = ["dated_findings"]


def dated_findings(concept: ServiceConcept) -> Iterator[Finding]:
    """Promises that are dates, against the end of the concept's period.

    `targets.no-date`: a plan has no date any more for what begins late in it. `targets.past-date`: what begins after a
    date that is promised by itself is late at once. `targets.not-proven`: the concept names no period.
    """
    for agreement in concept.agreements:
        for name, target in agreement.promises.items():
            if isinstance(target.amount, (NamedDate, datetime)):
                finding = _of(f"promises.{name}", target.amount, concept)
                if finding is not None:
                    yield finding


def _of(path: str, promised: NamedDate | datetime, concept: ServiceConcept) -> Finding | None:
    if concept.end is None:
        words = "whether the date lies ahead is not proven, as the concept names no period; add `valid`"
        return Finding("targets.not-proven", "note", path, words)
    last, called = _last(promised)
    if micros(last) >= micros(concept.end):
        return None
    at = f"{called}{instant_words('en', last.astimezone(concept.zone))}"
    if isinstance(promised, NamedDate) and promised.name is None:
        words = f"the plan ends with {at}; what begins after it has no date; add dates up to the end of the period"
        return Finding("targets.no-date", "error", path, words)
    words = f"what begins after {at} is late at once; promise something else from then on"
    return Finding("targets.past-date", "warning", path, words)


def _last(promised: NamedDate | datetime) -> tuple[datetime, str]:
    if isinstance(promised, datetime):
        return promised, ""
    name = promised.name if promised.name is not None else list(promised.plan)[-1]
    return promised.plan[name], f"`{name}`, "
