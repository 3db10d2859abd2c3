"""Answers as tables for a terminal."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from rich.table import Table
from rich.text import Text

from supportcore.evaluation import Case
from supportcore.findings import Finding
from supportcore.replay import Log, Report
from supportcore.wording import duration_words, instant_words, say, share_words

__all__ = ["case_tables", "findings_table", "log_lines", "report_tables"]

STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}
RESULTS = {"met": "green", "missed": "bold red", "open": "cyan"}


def _table(title: str, *columns: str, right: Iterable[str] = ()) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    return table


def findings_table(findings: Iterable[Finding]) -> Table:
    """Findings with their severity, code, place and words."""
    table = _table("Findings", "severity", "code", "where", "what")
    for finding in findings:
        severity = Text(finding.severity, style=STYLES[finding.severity])
        table.add_row(severity, finding.code, Text(finding.path), Text(finding.message))
    return table


def _at(instant: datetime | None) -> str:
    return "" if instant is None else instant_words("en", instant)


def case_tables(case: Case) -> Iterator[Table]:
    """Priority and scope, clocks, notifications, and findings of a case."""
    head = _table(f"Ticket {case.ticket} as of {_at(case.as_of)}", "answer", "value")
    head.add_row("priority", case.priority)
    if case.scope is not None:
        head.add_row("scope", Text(f"{case.scope['scope']}: {case.scope.because}"))
    head.add_row("next change", _at(case.next_instant) or "none")
    yield head
    clocks = _table("Clocks", "clock", "cycle", "phase", "result", "promise", "due", "used", "exceeded by")
    for (_, metric), clock in case.clocks.items():
        for cycle in clock.cycles:
            clocks.add_row(
                metric,
                str(cycle.number),
                cycle.phase,
                Text(cycle.result, style=RESULTS.get(cycle.result, "")),
                cycle.promise,
                _at(cycle.due_at),
                duration_words("en", cycle.elapsed),
                duration_words("en", cycle.overrun) if cycle.overrun else "",
            )
    yield clocks
    if case.plan is not None and case.plan.notifications:
        told = _table("Who is told", "when", "what", "who", "for", "channel", "ladder", "until")
        for one in case.plan.notifications:
            planned = "" if one.at <= case.as_of else " (planned)"
            effect = say("en", f"effect.{one.effect}")
            ends = f"{_at(one.until)} {one.ended_by}" if one.until is not None else ""
            told.add_row(_at(one.at) + planned, effect, one.person, one.to, one.channel, one.ladder, ends)
        yield told
    if case.findings:
        yield findings_table(case.findings)


def log_lines(log: Log) -> str:
    """How the rows of a log were read: nothing is lost."""
    return (
        f"{log.rows} rows read = {log.rows_with_events} with events + {log.unchanged} that changed nothing "
        f"+ {len(log.rejects)} set aside; {log.events} events of {len(log.histories)} tickets"
    )


def report_tables(report: Report) -> Iterator[Table]:
    """Attainment by priority and metric, breaches, escalations, and what could not be evaluated."""
    counted = ("tickets", "met", "missed", "open")
    attained = _table(
        f"Attainment of {report.tickets} tickets as of {_at(report.as_of)}",
        "metric", "priority", "met", "missed", "open", "share met", "95 % interval", "longest overrun",
        right=(*counted, "share met", "longest overrun"),
    )  # fmt: skip
    for row in report.attainment:
        share = "" if row.share is None else share_words("en", row.share)
        interval = "" if row.interval is None else " to ".join(f"{100 * end:.1f} %" for end in row.interval)
        worst = duration_words("en", row.worst) if row.worst else ""
        attained.add_row(row.metric, row.group, str(row.met), str(row.missed), str(row.open), share, interval, worst)
    yield attained
    breaches = _table(
        f"Breaches ({len(report.breaches)})", "ticket", "priority", "clock", "cycle", "in time until", "exceeded by"
    )
    for breach in report.breaches[:20]:
        breaches.add_row(
            breach.ticket, breach.priority, breach.metric, str(breach.cycle), _at(breach.breached_at),
            duration_words("en", breach.overrun),
        )  # fmt: skip
    if len(report.breaches) > 20:
        breaches.caption = f"the 20 longest of {len(report.breaches)}"
    yield breaches
    told = _table(
        "Escalations", "ladder", "effect", "step", "notifications", "tickets", right=("notifications", "tickets")
    )
    for line in report.escalations:
        told.add_row(line.ladder, line.effect, str(line.step), str(line.notifications), str(line.tickets))
    yield told
    if report.failures:
        failed = _table(f"Not evaluated ({len(report.failures)})", "ticket", "why")
        for ticket, why in report.failures:
            failed.add_row(ticket, Text(why))
        yield failed
    if report.findings:
        found = _table("Findings", "code", "tickets", right=("tickets",))
        for code, count in report.findings:
            found.add_row(code, str(count))
        yield found
