"""Prove that the budgets of levels fit inside the customer's promise (SLA-11)."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from fractions import Fraction

from supportcore.errors import DefinitionError
from supportcore.findings import Finding
from supportcore.instants import micros_of
from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.agreement.budgets import Budget
from supportcore.sla.agreement.terms import Terms
from supportcore.wording import Joined, Part, Phrase


def budget_findings(agreement: Agreement) -> tuple[Finding, ...]:
    """Compare the budgets of each metric with each promise that `targets` can choose; return the findings (SLA-11).

    Lengths count on the calendar of the promise. `sla.budget-exceeds`, an error: together the budgets exceed the
    promise. `sla.budget-not-proven`, a note: there is no promise, or the promise is a day form or a date, whose length
    depends on its start, so that only shares can be compared with it. Raises `DefinitionError` unless `agreement` is an
    agreement.

    >>> from supportcore.calendars import always_open
    >>> from supportcore.sla import Target, resolution
    >>> shared = resolution().with_(budgets={"first": timedelta(hours=3), "second": Fraction(1, 2)})
    >>> gold = Agreement("gold", always_open("UTC"), shared, targets={"resolution": "4 h"},
    ...                  promises={"4 h": Target(timedelta(hours=4))})
    >>> print(*budget_findings(gold))
    error sla.budget-exceeds at clocks.resolution.budgets: the levels may use more (first 3 h, second 50 %) \
than `4 h` of agreement `gold` allows; give them less
    """
    if not isinstance(agreement, Agreement):
        raise DefinitionError(f"`{agreement}` is not an agreement; expected `Agreement(…)`")
    found: list[Finding] = []
    for metric in agreement.metrics:
        if not metric.budgets:
            continue
        path = f"clocks.{metric.name}.budgets"
        terms_of_promises = [agreement.terms[name] for name in agreement.promises_for(metric.name)]
        promised = [terms for terms in terms_of_promises if terms.amount is not None or terms.aim is not None]
        if not promised:
            parts = {"agreement": agreement.name, "metric": metric.name}
            found.append(Finding("sla.budget-not-proven", "note", path, parts, variant="no-promise"))
        for terms in promised:
            found += _against(metric.budgets, terms, path)
    return tuple(found)


def _against(budgets: Mapping[str, Budget], terms: Terms, path: str) -> Iterator[Finding]:
    shares = sum((budget for budget in budgets.values() if isinstance(budget, Fraction)), Fraction(0))
    lengths = sum(micros_of(budget) for budget in budgets.values() if isinstance(budget, timedelta))
    named = (Phrase("budget.level", {"level": level, "budget": budget}) for level, budget in budgets.items())
    parts: dict[str, Part] = {
        "budgets": Joined(named, ", "),
        "promise": terms.promise,
        "agreement": terms.agreement,
    }
    if terms.amount is not None:
        exceeds = lengths + shares * terms.amount > terms.amount
    else:
        exceeds = shares > 1 or (shares == 1 and lengths > 0)
    if exceeds:
        yield Finding("sla.budget-exceeds", "error", path, parts)
    elif terms.amount is None and lengths:
        yield Finding("sla.budget-not-proven", "note", path, parts)
