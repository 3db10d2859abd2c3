"""Prove that the levels of a concept fit inside its promises to the customer (SLA-11)."""

from collections.abc import Iterator
from itertools import pairwise

from attrs import frozen

from supportcore.concept import ServiceConcept
from supportcore.findings import Finding
from supportcore.sla import Agreement, Promised, budget_findings, operational_findings, outer_findings
from supportcore.timelines import Editions

# The instants of a ticket that choose an edition, in their order (G-12).
PINS = ("opening", "attachment", "latest")
ATTACHED = PINS.index("attachment")


@frozen
class _InForce:
    """An agreement and the time in which it is in force, in microseconds; `None` for an open end."""

    agreement: Agreement
    start: int | None = None
    end: int | None = None


def level_findings(concept: ServiceConcept) -> Iterator[Finding]:
    """Compare the budgets of each clock with its promises, and each operational agreement with its outer agreement.

    Return the findings of `budget_findings`, `outer_findings` and `operational_findings`, and `check.proved` for every
    clock whose budgets fit. Editions are compared only if one ticket can be under both (G-12).
    """
    for agreement in concept.every_agreement:
        found = budget_findings(agreement)
        yield from found
        refuted = {finding.path for finding in found}
        for metric in agreement.metrics:
            path = f"clocks.{metric.name}.budgets"
            if metric.budgets and path not in refuted:
                yield Finding("check.proved", "note", path, {"metric": metric.name}, variant="budgets")
    in_force = {promised.name: _in_force(promised) for promised in concept.agreements}
    latest = {name: editions[-1].agreement for name, editions in in_force.items()}
    outer_of_each = (
        finding
        for name, editions in in_force.items()
        for edition in editions
        for finding in outer_findings({**latest, name: edition.agreement})
    )
    yield from dict.fromkeys(outer_of_each)
    by_name = {promised.name: promised for promised in concept.agreements}
    for name, promised in by_name.items():
        for edition in in_force[name]:
            outer = by_name.get(edition.agreement.inside)
            if outer is not None and outer is not promised:
                for other in _concurrent(_pin_rank(promised), edition, outer):
                    yield from operational_findings(edition.agreement, other)


def _concurrent(rank: int, edition: _InForce, other: Promised) -> Iterator[Agreement]:
    """Yield the editions of `other` that one ticket can be under together with `edition`, whose pin has this rank.

    A ticket reaches the instants of its pins in their order; two attachments may come in any order.
    """
    other_rank = _pin_rank(other)
    for candidate in _in_force(other):
        begins = edition.start is None or candidate.end is None or edition.start < candidate.end
        ends = candidate.start is None or edition.end is None or candidate.start < edition.end
        any_order = rank == other_rank == ATTACHED
        if any_order or ((begins or rank > other_rank) and (ends or rank < other_rank)):
            yield candidate.agreement


def _pin_rank(promised: Promised) -> int:
    """Return the index of an agreement's pin in `PINS`; an agreement without editions counts as attached."""
    return PINS.index(promised.pin) if isinstance(promised, Editions) else ATTACHED


def _in_force(promised: Promised) -> list[_InForce]:
    """Return an agreement, in force at any time, or each edition until the next one."""
    if isinstance(promised, Agreement):
        return [_InForce(promised)]
    editions = promised.editions
    ended = [_InForce(edition.value, edition.start, successor.start) for edition, successor in pairwise(editions)]
    return [*ended, _InForce(editions[-1].value, editions[-1].start)]
