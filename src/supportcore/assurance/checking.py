"""Check a whole concept: prove its properties, refute them with witnesses, and name the missing proofs (SVC-2)."""

from collections.abc import Iterable, Iterator

from supportcore.assurance.calendars import calendar_findings
from supportcore.assurance.levels import level_findings
from supportcore.assurance.priority_steps import step_findings, with_steps
from supportcore.assurance.promises import promise_findings
from supportcore.concept import Directory, ServiceConcept
from supportcore.escalation import Recipients, check_recipients
from supportcore.findings import SEVERITIES, Finding
from supportcore.instants import zone_database_version
from supportcore.rules import DecisionTable, verify
from supportcore.wording import Joined, Names, Phrase

# The proofs that are not built yet, by section.
NOT_BUILT = {
    "priority": "proof.translation",
    "targets": "proof.composition",
    "ladders": "proof.ladders",
    "on_call": "proof.duty",
    "routing": "proof.routing",
    "contracts": "proof.contracts",
    "checklist": "proof.checklist",
}


def check(concept: ServiceConcept, *, directory: Directory | None = None) -> tuple[Finding, ...]:
    """Check the tables, calendars, promises, levels and ladders of a concept; return the findings, gravest first.

    `check` proves that each table is free of gaps, contradictions, dead rows and broken promises of monotonicity, or
    refutes it with a witness. It proves that the steps after the table of priorities keep its order, that calendars
    open within the concept's period, that promises fall due, that levels fit inside them, and that everybody whom a
    ladder calls can be reached. A note with the code `check.not-built` names each proof that is still missing.
    `directory` replaces the concept's own.

    Raises `DefinitionError` if a ladder calls a name that the directory does not have.

    >>> import supportcore as sc
    >>> [str(finding) for finding in check(sc.load(sc.example("hosting"))) if finding.severity != "note"]
    []
    """
    found = [*_table_findings(concept), *calendar_findings(concept), *promise_findings(concept)]
    found += [*level_findings(concept), *_ladder_findings(concept, directory or concept.directory)]
    found += [Finding("check.not-built", "note", path, {"proof": Phrase(proof)}) for path, proof in NOT_BUILT.items()]
    found.append(Finding("check.zones", "note", "timezone", {"version": zone_database_version()}))
    return tuple(sorted(found, key=lambda finding: SEVERITIES.index(finding.severity)))


def _table_findings(concept: ServiceConcept) -> Iterator[Finding]:
    for table in (concept.priority.table, *(agreement.targets for agreement in concept.every_agreement), concept.scope):
        if isinstance(table, DecisionTable):
            found = verify(table)
            if table is concept.priority.table:
                yield from step_findings(concept.priority, found)
                found = with_steps(concept.priority, found)
            yield from found
            refuted = any(finding.severity != "note" for finding in found)
            empty = table.default is None and any(finding.code == "rules.gap" for finding in found)
            if not refuted and not empty:
                orders = Joined(_orders(table, found), "")
                yield Finding("check.proved", "note", table.name, {"orders": orders}, variant="table")


def _orders(table: DecisionTable, found: Iterable[Finding]) -> Iterator[Phrase]:
    """Yield the orders that `verify` has proved of a table; its findings name the columns with waived rows."""
    waived = {finding.path for finding in found if finding.code == "rules.waived"}
    for never, unless_waived, declared in (
        ("order.never-falls", "order.never-falls-unless-waived", table.rises),
        ("order.never-rises", "order.never-rises-unless-waived", table.falls),
    ):
        for output, facts in declared.items():
            key = unless_waived if f"{table.name}, column {output}" in waived else never
            yield Phrase(key, {"output": output, "facts": Names(facts)})


def _ladder_findings(concept: ServiceConcept, directory: Directory) -> tuple[Finding, ...]:
    if concept.ladders is None:
        return ()
    return check_recipients(concept.ladders, Recipients(directory.duties, directory.people, directory.roles))
