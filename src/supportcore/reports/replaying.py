"""Many tickets replayed under a concept: who was how urgent, what was late, who had to be told (SVC-5)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from attrs import frozen

from supportcore.concept import Directory, ServiceConcept
from supportcore.errors import HistoryError, SupportcoreError
from supportcore.escalation import Effect
from supportcore.evaluation import Case, check_concept, evaluate
from supportcore.findings import SEVERITIES, Severity
from supportcore.instants import micros
from supportcore.mappings import several
from supportcore.reports.attained import Attained, attainment
from supportcore.tickets import Event
from supportcore.timelines import Editions


@frozen
class Breach:
    """One target that was not kept: the last instant still in time, and by how much working time it is exceeded."""

    ticket: str
    priority: str
    agreement: str
    metric: str
    cycle: int
    breached_at: datetime
    overrun: timedelta


@frozen
class Escalation:
    """How often a step of a ladder told somebody, and for how many tickets."""

    ladder: str
    effect: Effect
    to: str
    notifications: int
    tickets: int


@frozen
class Counted:
    """In how many tickets there is a finding of a code."""

    code: str
    severity: Severity
    tickets: int


@frozen
class Report:
    """What a replay found, as of an instant.

    `tickets` counts those that were there by then. `attainment` holds a row for each agreement, metric and priority;
    breaches stand with the longest overrun first. `failures` are the tickets that could not be evaluated, each with
    the reason: none is dropped. `findings` counts the tickets of each finding, the gravest first.
    """

    concept: str
    as_of: datetime
    tickets: int
    attainment: tuple[Attained, ...]
    breaches: tuple[Breach, ...]
    escalations: tuple[Escalation, ...]
    failures: tuple[tuple[str, str], ...]
    findings: tuple[Counted, ...]


def replay(
    concept: ServiceConcept | Editions[ServiceConcept],
    histories: Iterable[Iterable[Event]],
    *,
    as_of: datetime,
    directory: Directory | None = None,
    progress: Callable[[], None] = lambda: None,
) -> Report:
    """Every ticket evaluated under a concept as of an instant, and what comes out of it all together.

    Of several editions of a concept each ticket follows the one in force at its opening (G-12). A ticket whose first
    event lies after `as_of` is not there yet. `progress` is called once for each ticket. A ticket that cannot be
    evaluated becomes a failure with its reason, and the others go on. Raises `DefinitionError` for what is no concept.

    >>> from datetime import UTC
    >>> import supportcore as sc
    >>> at = datetime(2026, 3, 16, 9, tzinfo=UTC)
    >>> facts = {"kind": "question", "impact": "one user", "business": "important"}
    >>> opened = sc.Opened("T-1", at, facts={**facts, "contract": "managed", "source": "customer"})
    >>> report = replay(sc.load(sc.example("hosting")), [[opened]], as_of=at + timedelta(days=7))
    >>> [(breach.metric, str(breach.overrun)) for breach in report.breaches]
    [('reaction', '1 day, 3:00:00')]
    """
    last = micros(as_of, where="`as_of`")
    if not isinstance(concept, Editions):
        check_concept(concept)
    cases: list[Case] = []
    failures: list[tuple[str, str]] = []
    for events in histories:
        known = _events(events)
        if any(event.instant <= last for event in known):
            try:
                case = evaluate(concept, known, as_of=as_of, directory=directory)
                _ = case.plan
                cases.append(case)
            except SupportcoreError as error:
                failures.append((known[0].ticket, str(error)))
        progress()
    return report_of(concept, cases, as_of=as_of, failures=failures)


def _events(given: Iterable[Event]) -> tuple[Event, ...]:
    """The events of a ticket, where they are a list of events."""
    every = several(given)
    strange = (given,) if isinstance(given, Event) else tuple(one for one in every if not isinstance(one, Event))
    if strange:
        raise HistoryError(
            f"`{strange[0]}` is not the events of a ticket; give a list for each, as in `log.histories.values()`"
        )
    return every


def report_of(
    concept: ServiceConcept | Editions[ServiceConcept],
    cases: Iterable[Case],
    *,
    as_of: datetime,
    failures: Iterable[tuple[str, str]] = (),
) -> Report:
    """The report over cases that were evaluated before; priorities stand in the order of the newest edition's scale."""
    every = tuple(cases)
    newest = concept.editions[-1].value if isinstance(concept, Editions) else concept
    failed = tuple(failures)
    found: Counter[tuple[str, Severity]] = Counter()
    for case in every:
        found.update({(finding.code, finding.severity) for finding in case.findings})
    counted = (Counted(code, severity, count) for (code, severity), count in found.items())
    late = sorted(breaches_of(every), key=_by_overrun)
    return Report(
        concept=concept.name,
        as_of=as_of,
        tickets=len(every) + len(failed),
        attainment=_attained(newest, every),
        breaches=tuple(late),
        escalations=tuple(_escalations(every)),
        failures=failed,
        findings=tuple(sorted(counted, key=lambda one: (SEVERITIES.index(one.severity), one.code))),
    )


def _attained(concept: ServiceConcept, cases: Iterable[Case]) -> tuple[Attained, ...]:
    """By agreement, metric and the priority that chose the promise, the most urgent first."""
    rows = attainment([case.clocks for case in cases], by=["agreement", "metric", "priority"])
    ranks = {priority: rank for rank, priority in enumerate(concept.scale.members)}
    return tuple(sorted(rows, key=lambda row: (*map(str, row.key[:2]), -ranks.get(str(row.key[2]), -1))))


def _by_overrun(breach: Breach) -> tuple[timedelta, str, str, str, int]:
    return -breach.overrun, breach.ticket, breach.agreement, breach.metric, breach.cycle


def breaches_of(cases: Iterable[Case]) -> Iterator[Breach]:
    """Every cycle of every clock that exceeded its target, those that a change of terms replaced left out."""
    for case in cases:
        for (agreement, metric), clock in case.clocks.items():
            for cycle in clock.cycles:
                if cycle.breached_at is not None and cycle.result != "superseded":
                    priority = cycle.priority or case.priority
                    at, overrun = cycle.breached_at, cycle.overrun
                    yield Breach(case.ticket, priority, agreement, metric, cycle.number, at, overrun)


def _escalations(cases: Iterable[Case]) -> Iterator[Escalation]:
    told: dict[tuple[str, Effect, str], list[str]] = {}
    for case in cases:
        for one in case.plan.notifications if case.plan is not None else ():
            if one.instant <= micros(case.as_of):
                told.setdefault((one.ladder, one.effect, one.to), []).append(case.ticket)
    for (ladder, effect, to), tickets in sorted(told.items()):
        yield Escalation(ladder, effect, to, len(tickets), len(set(tickets)))
