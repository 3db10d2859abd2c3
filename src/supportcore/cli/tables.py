"""Results as tables for a terminal, in German or English."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from attrs import frozen
from rich import box
from rich.console import JustifyMethod
from rich.table import Table
from rich.text import Text

from supportcore.cli.screen import VisibleTable, visible
from supportcore.evaluation import Case
from supportcore.findings import Finding
from supportcore.instants import micros, span_of
from supportcore.logs import Log
from supportcore.reports import Report
from supportcore.sla.words import promise_words
from supportcore.wording import Language, duration_words, instant_words, say, share_words, term

MOST = 15  # breaches shown; the report holds all of them
STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}
RESULTS = {"met": "green", "missed": "bold red", "open": "cyan"}
ATTAINMENT = ("met", "missed", "open", "none", "share", "interval", "longest-overrun")


def findings_table(language: Language, findings: Iterable[Finding]) -> Table:
    """Return a table of findings with severity, code, place and sentence."""
    table = _table(language, _say(language, "findings"), "severity", "code", "place", "sentence", folded=["sentence"])
    for finding in findings:
        severity = Text(say(language, f"severity.{finding.severity}"), style=STYLES[finding.severity])
        table.add_row(severity, finding.code, Text(finding.path), Text(finding.explain(language)))
    return table


def case_tables(language: Language, case: Case) -> Iterator[Table]:
    """Yield the tables of a case: priority and scope, clocks, notifications, and findings."""
    title = say(language, "command.case", ticket=case.ticket, as_of=case.as_of)
    head = _table(language, title, "key", "value", folded=["value"])
    head.add_row(_say(language, "priority"), case.priority)
    if case.scope is not None:
        scope = term(language, "coverage", str(case.scope["scope"]))
        words = say(language, "command.scope-because", scope=scope, because=case.scope.because)
        head.add_row(_say(language, "scope"), Text(words))
    head.add_row(_say(language, "next-change"), _instant(language, case.next_instant) or _say(language, "no-change"))
    yield head
    yield _clocks_table(language, case)
    if case.plan is not None and case.plan.notifications:
        yield _notifications_table(language, case)
    if case.findings:
        yield findings_table(language, case.findings)


def _clocks_table(language: Language, case: Case) -> Table:
    columns = ("clock", "cycle", "phase", "result", "promise", "due", "used", "overrun")
    clocks = _table(language, _say(language, "clocks"), *columns, folded=["promise"])
    for (agreement, metric), clock in case.clocks.items():
        name = _metric(language, metric, agreement if metric in case.ambiguous else "")
        for cycle in clock.cycles:
            clocks.add_row(
                name,
                str(cycle.number),
                say(language, f"phase.{cycle.phase}"),
                Text(say(language, f"result.{cycle.result}"), style=RESULTS.get(cycle.result, "")),
                promise_words(language, cycle),
                _instant(language, cycle.due_at),
                duration_words(language, cycle.elapsed),
                duration_words(language, cycle.overrun) if cycle.overrun else "",
            )
    return clocks


def _notifications_table(language: Language, case: Case) -> Table:
    assert case.plan is not None
    columns = ("when", "effect", "person", "recipient", "channel", "ladder", "until")
    table = _table(language, _say(language, "notifications"), *columns, folded=["recipient", "until"])
    for notification in case.plan.notifications:
        at, until = _instant(language, notification.at), _instant(language, notification.until)
        if notification.instant > micros(case.as_of):
            at = say(language, "command.planned", instant=at)
        if notification.ended_by is not None:
            ending = say(language, f"ending.{notification.ended_by}")
            until = say(language, "command.until-because", instant=until, ending=ending)
        table.add_row(
            at,
            say(language, f"effect.{notification.effect}"),
            notification.person,
            notification.to,
            term(language, "channel", notification.channel),
            notification.ladder,
            until,
        )
    return table


def log_lines(language: Language, log: Log) -> str:
    """Return how the rows of a log were read, with the number of each kind of finding about them."""
    lines = [
        say(
            language,
            "command.rows",
            rows=log.rows,
            used=log.rows_with_events,
            unchanged=log.unchanged,
            rejected=len(log.rejects),
            events=log.events,
            tickets=_tickets(language, len(log.histories)),
        )
    ]
    if log.rejects:
        lines.append(_say(language, "rejects"))
    found = Counter((finding.severity, finding.code) for finding in log.findings)
    for (severity, code), count in sorted(found.items()):
        severity_words = say(language, f"severity.{severity}")
        lines.append(say(language, "command.odd-rows", severity=severity_words, code=code, count=count))
    return "\n".join(lines)


def rejected_line(language: Language, log: Log, ticket: str) -> str:
    """Return how many rows were set aside, and how many of them belong to a ticket."""
    own = sum(reject.ticket == ticket for reject in log.rejects)
    return say(language, "command.rejected", rejected=len(log.rejects), rows=log.rows, own=own, ticket=ticket)


def report_tables(language: Language, report: Report, tickets: int) -> Iterator[Table]:
    """Yield the tables of a report: attainment, breaches, escalations, failures and findings.

    `tickets` counts the tickets of the log, of which some may begin only after the report's instant.
    """
    words = _tickets(language, tickets)
    if report.tickets != tickets:
        words = say(language, "command.tickets-of", part=report.tickets, tickets=words)
    view = _ReportView(language, report)
    yield view.attainment(say(language, "command.attainment", tickets=words, as_of=report.as_of))
    yield view.breaches()
    yield view.escalations()
    if report.failures:
        title = say(language, "command.failures", count=len(report.failures))
        failed = _table(language, title, "ticket-column", "why", folded=["why"])
        for failure in report.failures:
            failed.add_row(failure.ticket, Text(failure.reason))
        yield failed
    if report.findings:
        columns = ("severity", "code", "ticket-count")
        found = _table(language, _say(language, "findings"), *columns, right=["ticket-count"])
        for counted in report.findings:
            severity = Text(say(language, f"severity.{counted.severity}"), style=STYLES[counted.severity])
            found.add_row(severity, counted.code, str(counted.tickets))
        yield found


@frozen
class _ReportView:
    """A report in a language."""

    language: Language
    report: Report

    def attainment(self, title: str) -> Table:
        table = _table(self.language, title, "clock", "priority", *ATTAINMENT, right=ATTAINMENT)
        for row in self.report.attainment:
            agreement, metric, priority = map(str, row.key)
            counts = map(str, (row.met, row.missed, row.open, row.not_applicable))
            share = "" if row.share is None else share_words(self.language, row.share)
            overrun = row.worst.overrun if row.worst is not None else 0
            longest = duration_words(self.language, span_of(overrun)) if overrun else ""
            interval = "" if row.interval is None else self._interval(*row.interval)
            table.add_row(self._clock(agreement, metric), priority, *counts, share, interval, longest)
        return table

    def breaches(self) -> Table:
        breaches = self.report.breaches
        columns = ("ticket-column", "priority", "clock", "cycle", "in-time-until", "overrun")
        table = _table(self.language, say(self.language, "command.breaches", count=len(breaches)), *columns)
        for breach in breaches[:MOST]:
            clock = self._clock(breach.agreement, breach.metric)
            at, overrun = _instant(self.language, breach.breached_at), duration_words(self.language, breach.overrun)
            table.add_row(breach.ticket, breach.priority, clock, str(breach.cycle), at, overrun)
        if len(breaches) > MOST:
            table.caption = say(self.language, "command.longest", shown=MOST, count=len(breaches))
        return table

    def escalations(self) -> Table:
        counts = ("notification-count", "ticket-count")
        title = _say(self.language, "escalations")
        table = _table(self.language, title, "ladder", "effect", "to", *counts, right=counts)
        for escalation in self.report.escalations:
            effect = say(self.language, f"effect.{escalation.effect}")
            numbers = str(escalation.notifications), str(escalation.tickets)
            table.add_row(escalation.ladder, effect, escalation.to, *numbers)
        return table

    def _clock(self, agreement: str, metric: str) -> str:
        several = len({row.key[0] for row in self.report.attainment}) > 1
        return _metric(self.language, metric, agreement if several else "")

    def _interval(self, low: float, high: float) -> str:
        ends = [f"{100 * end:.1f}" for end in (low, high)]
        if self.language == "de":
            ends = [end.replace(".", ",") for end in ends]
        return say(self.language, "command.from-to", low=ends[0], high=ends[1])


def _table(
    language: Language, title: str, *columns: str, right: Iterable[str] = (), folded: Iterable[str] = ()
) -> Table:
    """Return a table without lines between its rows; only `folded` columns may break in a narrow terminal.

    `columns` are keys of the catalogue below `command`.
    """
    head = Text(visible(title), style="bold", no_wrap=True, overflow="ignore")
    table = VisibleTable(title=head, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        justify: JustifyMethod = "right" if column in right else "left"
        table.add_column(_say(language, column), justify=justify, overflow="fold", no_wrap=column not in folded)
    return table


def _say(language: Language, key: str) -> str:
    return say(language, f"command.{key}")


def _instant(language: Language, instant: datetime | None) -> str:
    return "" if instant is None else instant_words(language, instant)


def _tickets(language: Language, count: int) -> str:
    return _say(language, "ticket") if count == 1 else say(language, "command.tickets", count=count)


def _metric(language: Language, metric: str, agreement: str) -> str:
    """Return the name of a clock, with its agreement if several agreements measure the metric."""
    name = metric if language == "en" else term(language, "metric", metric)
    return say(language, "command.clock-of", metric=name, agreement=agreement) if agreement else name
