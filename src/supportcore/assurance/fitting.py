"""Whether what the levels may use of a clock fits inside what the customer is promised (SLA-11)."""

from collections.abc import Iterator

from supportcore.concept import ServiceConcept
from supportcore.findings import Finding
from supportcore.sla import budget_findings

__all__ = ["fitting_findings"]


def fitting_findings(concept: ServiceConcept) -> Iterator[Finding]:
    """What `budget_findings` finds of each agreement; `check.proved` for every clock whose budgets fit."""
    for agreement in concept.every_agreement:
        found = budget_findings(agreement)
        yield from found
        against = {finding.path for finding in found}
        for metric in agreement.metrics:
            path = f"clocks.{metric.name}.budgets"
            if metric.budgets and path not in against:
                words = f"proved: what the levels may use fits inside every promise for `{metric.name}`"
                yield Finding("check.proved", "note", path, words)
