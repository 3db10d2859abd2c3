"""What is proved of a whole concept, what refutes it, and which proofs are not built yet (SVC-2)."""

from collections.abc import Iterable, Iterator

from supportcore.assurance.calendars import opening_findings
from supportcore.assurance.levels import fitting_findings
from supportcore.assurance.priority_steps import steps_findings, with_steps
from supportcore.assurance.promises import promised_findings
from supportcore.concept import Directory, ServiceConcept
from supportcore.escalation import Recipients, check_recipients
from supportcore.findings import SEVERITIES, Finding
from supportcore.instants import zone_database_version
from supportcore.rules import DecisionTable, verify
from supportcore.wording import Joined, Names, Phrase

# The proofs still to be built, by the section that each is about.
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
    """What can be proved of a concept so far: its tables, calendars and dates, and whom its ladders call.

    Each table is proved free of gaps, contradictions, dead rows and broken promises of monotonicity, or refuted with a
    witness. The steps after the table of priorities are proved to keep its order, calendars to be open in the time for
    which the concept is written, promises to fall due, the levels to fit inside them. The gravest findings come
    first; what is not proved yet is named in notes with the code `check.not-built`.

    >>> import supportcore as sc
    >>> [str(finding) for finding in check(sc.load(sc.example("hosting"))) if finding.severity != "note"]
    []
    """
    who = concept.directory if directory is None else directory
    found = [*_tables(concept), *opening_findings(concept), *promised_findings(concept), *fitting_findings(concept)]
    found += _calls(concept, who)
    found += [Finding("check.not-built", "note", path, {"proof": Phrase(proof)}) for path, proof in NOT_BUILT.items()]
    found.append(Finding("check.zones", "note", "timezone", {"version": zone_database_version()}))
    return tuple(sorted(found, key=lambda finding: SEVERITIES.index(finding.severity)))


def _tables(concept: ServiceConcept) -> Iterator[Finding]:
    for table in (concept.priority.table, *(one.targets for one in concept.every_agreement), concept.scope):
        if isinstance(table, DecisionTable):
            found = verify(table)
            if table is concept.priority.table:
                yield from steps_findings(concept.priority, found)
                found = with_steps(concept.priority, found)
            yield from found
            refuted = any(finding.severity != "note" for finding in found)
            empty = table.default is None and any(finding.code == "rules.gap" for finding in found)
            if not refuted and not empty:
                orders = Joined(_orders(table, found), "")
                yield Finding("check.proved", "note", table.name, {"orders": orders}, variant="table")


def _orders(table: DecisionTable, found: Iterable[Finding]) -> Iterator[Phrase]:
    """The orders that `verify` has proved of a table; notes in `found` name the columns with waived rows."""
    waived = {finding.path for finding in found if finding.code == "rules.waived"}
    for never, unless_waived, declared in (
        ("order.never-falls", "order.never-falls-unless-waived", table.rises),
        ("order.never-rises", "order.never-rises-unless-waived", table.falls),
    ):
        for output, facts in declared.items():
            key = unless_waived if f"{table.name}, column {output}" in waived else never
            yield Phrase(key, {"output": output, "facts": Names(facts)})


def _calls(concept: ServiceConcept, who: Directory) -> tuple[Finding, ...]:
    if concept.ladders is None:
        return ()
    return check_recipients(concept.ladders, Recipients(who.duties, who.people, who.roles))
