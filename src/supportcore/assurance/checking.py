"""What is proved of a whole concept, what refutes it, and which proofs are not built yet (SVC-2)."""

from collections.abc import Iterable, Iterator

from supportcore.assurance.calendars import opening_findings
from supportcore.assurance.levels import fitting_findings
from supportcore.assurance.priority_steps import steps_findings, with_steps
from supportcore.assurance.promises import promised_findings
from supportcore.concept import Directory, ServiceConcept
from supportcore.errors import listed
from supportcore.escalation import Recipients, check_recipients
from supportcore.findings import SEVERITIES, Finding
from supportcore.instants import zone_database_version
from supportcore.rules import DecisionTable, verify

# Where a proof will stand, and what it will show.
NOT_BUILT = (
    ("priority", "its translation to other scales"),
    ("targets", "gaps over what the priority table can produce, as one composition of both tables"),
    ("ladders", "each priority reaches a person at every instant, and before its target"),
    ("on_call", "everyone serves, and rotations promised to differ never meet"),
    ("routing", "every request finds a level"),
    ("contracts", "no more work ever costs less"),
    ("checklist", "which parts of a service concept are left open"),
)


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
    found += [Finding("check.not-built", "note", path, f"not proved yet: {what}") for path, what in NOT_BUILT]
    found.append(
        Finding("check.zones", "note", "timezone", f"local times follow the zone database {zone_database_version()}")
    )
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
                yield Finding("check.proved", "note", table.name, _proved(table, found))


def _proved(table: DecisionTable, found: Iterable[Finding]) -> str:
    """What `verify` has proved of a table where all that it found are notes; waived rows are named by these."""
    words = ["proved: every combination of facts is decided, and every row decides some of them"]
    waived = {finding.path for finding in found if finding.code == "rules.waived"}
    for direction, declared in (("falls", table.rises), ("rises", table.falls)):
        for output, facts in declared.items():
            but = ", but for the rows that are waived" if f"{table.name}, column {output}" in waived else ""
            words.append(f"`{output}` never {direction} when one of {listed(facts)} rises{but}")
    return "; ".join(words)


def _calls(concept: ServiceConcept, who: Directory) -> tuple[Finding, ...]:
    if concept.ladders is None:
        return ()
    return check_recipients(concept.ladders, Recipients(who.duties, who.people, who.roles))
