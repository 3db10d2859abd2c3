"""Whether what the levels may use of a clock fits inside what the customer is promised (SLA-11)."""

from collections.abc import Iterator
from itertools import pairwise

from supportcore.concept import ServiceConcept
from supportcore.findings import Finding
from supportcore.sla import Agreement, Promised, budget_findings, operational_findings, outer_findings
from supportcore.timelines import Editions

# A ticket is opened, then attached, then has clocks that begin while some edition is the latest (G-12).
PINS = ("opening", "attachment", "latest")
ATTACHED = PINS.index("attachment")

# From an instant to another, in microseconds; none where there is no end.
Period = tuple[int | None, int | None, Agreement]


def fitting_findings(concept: ServiceConcept) -> Iterator[Finding]:
    """The budgets of each clock against its promises, and each operational agreement against the one around it.

    What `budget_findings`, `outer_findings` and `operational_findings` find, `check.proved` for every clock whose
    budgets fit among it. Of editions those are compared that one ticket may follow together (G-12).
    """
    for agreement in concept.every_agreement:
        found = budget_findings(agreement)
        yield from found
        against = {finding.path for finding in found}
        for metric in agreement.metrics:
            path = f"clocks.{metric.name}.budgets"
            if metric.budgets and path not in against:
                yield Finding("check.proved", "note", path, {"metric": metric.name}, variant="budgets")
    promised = {one.name: one for one in concept.agreements}
    latest = {name: _periods(one)[-1][2] for name, one in promised.items()}
    every = [(name, edition) for name, one in promised.items() for _, _, edition in _periods(one)]
    yield from dict.fromkeys(found for name, one in every for found in outer_findings({**latest, name: one}))
    for one in promised.values():
        for start, end, inner in _periods(one):
            if inner.inside in promised and inner.inside != one.name:
                for outer in _beside(_place(one), start, end, promised[inner.inside]):
                    yield from operational_findings(inner, outer)


def _beside(place: int, start: int | None, end: int | None, other: Promised) -> Iterator[Agreement]:
    """The editions of another agreement that a ticket may follow beside one of this period, pinned at this place.

    Both follow what is in force at an instant of the ticket's, that of the later place at a later one; two attachments
    come in any order.
    """
    its = _place(other)
    for first, last, edition in _periods(other):
        begins = start is None or last is None or start < last
        ends = first is None or end is None or first < end
        if place == its == ATTACHED or ((begins or place > its) and (ends or place < its)):
            yield edition


def _place(promised: Promised) -> int:
    """At which of a ticket's instants, which come in this order, it says what is followed; without editions at any."""
    return PINS.index(promised.pin) if isinstance(promised, Editions) else ATTACHED


def _periods(promised: Promised) -> list[Period]:
    """What is promised from when to when: an agreement always, an edition until the next one."""
    if isinstance(promised, Agreement):
        return [(None, None, promised)]
    editions = promised.editions
    ended = [(one.start, other.start, one.value) for one, other in pairwise(editions)]
    return [*ended, (editions[-1].start, None, editions[-1].value)]
