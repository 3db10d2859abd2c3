"""Replay many tickets under a concept: attainment, breaches, escalations and findings in one report (SVC-5)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from attrs import field, frozen

from supportcore.concept import Directory, ServiceConcept
from supportcore.equality import equality_key
from supportcore.errors import HistoryError, SupportcoreError, counted, shortened
from supportcore.escalation import Effect
from supportcore.evaluation import Case, check_concept, evaluate
from supportcore.findings import SEVERITIES, Severity
from supportcore.instants import brief, micros
from supportcore.mappings import several
from supportcore.reports.attained import Attained, attainment
from supportcore.tickets import Event
from supportcore.timelines import Editions


@frozen
class Breach:
    """A missed target: the last instant in time, and the overrun in working time."""

    ticket: str
    priority: str
    agreement: str
    metric: str
    cycle: int
    breached_at: datetime = field(eq=equality_key)
    overrun: timedelta


@frozen
class Escalation:
    """The number of notifications by a ladder with one effect and recipient, and of the tickets concerned."""

    ladder: str
    effect: Effect
    to: str
    notifications: int
    tickets: int


@frozen
class FindingCount:
    """The number of tickets with a finding of a code and severity."""

    code: str
    severity: Severity
    tickets: int


@frozen
class Failure:
    """A ticket that could not be evaluated, and the reason, in English."""

    ticket: str
    reason: str


@frozen(repr=False)
class Report:
    """The results of a replay as of an instant.

    `tickets` is the number of tickets with an event by then, including `failures`. `attainment` has a row for each
    agreement, metric and priority. `breaches` are in descending order of their overrun. `findings` count tickets, the
    gravest findings first.
    """

    concept: str
    as_of: datetime = field(eq=equality_key)
    tickets: int
    attainment: tuple[Attained, ...]
    breaches: tuple[Breach, ...]
    escalations: tuple[Escalation, ...]
    failures: tuple[Failure, ...]
    findings: tuple[FindingCount, ...]

    def __repr__(self) -> str:
        judged = sum(row.judged for row in self.attainment)
        kept = sum(row.met + row.excused for row in self.attainment)
        notifications = sum(escalation.notifications for escalation in self.escalations)
        numbers = (
            f"{kept} of {counted(judged, 'target')} met",
            counted(len(self.breaches), "breach", "breaches"),
            counted(notifications, "notification"),
            counted(len(self.failures), "failure"),
        )
        head = f"{shortened(self.concept)} as of {brief(self.as_of)}: {counted(self.tickets, 'ticket')}"
        return f"Report({', '.join((head, *numbers))})"


def replay(
    concept: ServiceConcept | Editions[ServiceConcept],
    histories: Iterable[Iterable[Event]],
    *,
    as_of: datetime,
    directory: Directory | None = None,
    progress: Callable[[], None] = lambda: None,
) -> Report:
    """Evaluate each ticket under a concept as of an instant, and return a report of the results.

    Of several editions of a concept, each ticket follows the edition in force at its opening (G-12). A ticket without
    an event by `as_of` is skipped. A ticket that cannot be evaluated is reported as a failure with its reason.
    `progress` is called after each ticket. Raises `DefinitionError` if `concept` is not a concept.

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
    failures: list[Failure] = []
    for given in histories:
        known = _events(given)
        if any(event.instant <= last for event in known):
            try:
                case = evaluate(concept, known, as_of=as_of, directory=directory)
                _ = case.plan
                cases.append(case)
            except SupportcoreError as error:
                failures.append(Failure(known[0].ticket, str(error)))
        progress()
    return report_of(concept, cases, as_of=as_of, failures=failures)


def _events(given: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events of a ticket; raise `HistoryError` if they are not an iterable of events."""
    events = several(given)
    others = [given] if isinstance(given, Event) else [event for event in events if not isinstance(event, Event)]
    if others:
        raise HistoryError(
            f"`{others[0]}` is not the events of a ticket; give a list for each ticket, as in `log.histories.values()`"
        )
    return events


def report_of(
    concept: ServiceConcept | Editions[ServiceConcept],
    cases: Iterable[Case],
    *,
    as_of: datetime,
    failures: Iterable[Failure] = (),
) -> Report:
    """Return the report of cases; priorities are in the order of the scale, that of the newest edition."""
    cases, failures = tuple(cases), tuple(failures)
    newest = concept.editions[-1].value if isinstance(concept, Editions) else concept
    tickets: Counter[tuple[str, Severity]] = Counter()
    for case in cases:
        tickets.update({(finding.code, finding.severity) for finding in case.findings})
    findings = (FindingCount(code, severity, count) for (code, severity), count in tickets.items())
    return Report(
        concept=concept.name,
        as_of=as_of,
        tickets=len(cases) + len(failures),
        attainment=_attained(newest, cases),
        breaches=tuple(sorted(breaches_of(cases), key=_by_overrun)),
        escalations=tuple(_escalations(cases)),
        failures=failures,
        findings=tuple(sorted(findings, key=lambda found: (SEVERITIES.index(found.severity), found.code))),
    )


def _attained(concept: ServiceConcept, cases: Iterable[Case]) -> tuple[Attained, ...]:
    """Return the attainment by agreement, metric and priority, the most urgent priority first."""
    rows = attainment([case.clocks for case in cases], by=["agreement", "metric", "priority"])
    ranks = {priority: rank for rank, priority in enumerate(concept.scale.members)}
    return tuple(sorted(rows, key=lambda row: (*map(str, row.key[:2]), -ranks.get(str(row.key[2]), -1))))


def _by_overrun(breach: Breach) -> tuple[timedelta, str, str, str, int]:
    return -breach.overrun, breach.ticket, breach.agreement, breach.metric, breach.cycle


def breaches_of(cases: Iterable[Case]) -> Iterator[Breach]:
    """Yield a breach for each cycle that exceeded its target, except cycles that a change of terms replaced."""
    for case in cases:
        for (agreement, metric), clock in case.clocks.items():
            for cycle in clock.cycles:
                if cycle.breached_at is not None and cycle.result != "superseded":
                    priority = cycle.priority or case.priority
                    at, overrun = cycle.breached_at, cycle.overrun
                    yield Breach(case.ticket, priority, agreement, metric, cycle.number, at, overrun)


def _escalations(cases: Iterable[Case]) -> Iterator[Escalation]:
    notified: dict[tuple[str, Effect, str], list[str]] = {}
    for case in cases:
        for notification in case.plan.notifications if case.plan is not None else ():
            if notification.instant <= micros(case.as_of):
                key = notification.ladder, notification.effect, notification.to
                notified.setdefault(key, []).append(case.ticket)
    for (ladder, effect, to), tickets in sorted(notified.items()):
        yield Escalation(ladder, effect, to, len(tickets), len(set(tickets)))
