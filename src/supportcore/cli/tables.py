"""Answers as tables for a terminal."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from rich import box
from rich.console import JustifyMethod
from rich.table import Table
from rich.text import Text

from supportcore.evaluation import Case
from supportcore.findings import Finding
from supportcore.instants import span_of
from supportcore.logs import Log
from supportcore.reports import Report
from supportcore.wording import duration_words, instant_words, say, share_words

MOST = 15  # breaches shown; the report holds all of them
STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}
RESULTS = {"met": "green", "missed": "bold red", "open": "cyan"}


def _table(title: str, *columns: str, right: Iterable[str] = (), folded: Iterable[str] = ()) -> Table:
    """A table without lines between its rows; only `folded` columns may break when the terminal is narrow."""
    head = Text(title, style="bold", no_wrap=True, overflow="ignore")
    table = Table(title=head, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        justify: JustifyMethod = "right" if column in right else "left"
        table.add_column(column, justify=justify, overflow="fold", no_wrap=column not in folded)
    return table


def findings_table(findings: Iterable[Finding]) -> Table:
    """Findings with their severity, code, place and words."""
    table = _table("Findings", "severity", "code", "where", "what", folded=["what"])
    for finding in findings:
        severity = Text(finding.severity, style=STYLES[finding.severity])
        table.add_row(severity, finding.code, Text(finding.path), Text(finding.explain()))
    return table


def _at(instant: datetime | None) -> str:
    return "" if instant is None else instant_words("en", instant)


def case_tables(case: Case) -> Iterator[Table]:
    """Priority and scope, clocks, notifications, and findings of a case."""
    head = _table(f"Ticket {case.ticket} as of {_at(case.as_of)}", "answer", "value", folded=["value"])
    head.add_row("priority", case.priority)
    if case.scope is not None:
        head.add_row("scope", Text(f"{case.scope['scope']}: {case.scope.because}"))
    head.add_row("next change", _at(case.next_instant) or "none")
    yield head
    clocks = _table(
        "Clocks", "clock", "cycle", "phase", "result", "promise", "due", "used", "exceeded by", folded=["promise"]
    )
    for (agreement, metric), clock in case.clocks.items():
        called = f"{metric} ({agreement})" if metric in case.ambiguous else metric
        for cycle in clock.cycles:
            clocks.add_row(
                called,
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
        told = _table(
            "Who is told", "when", "what", "who", "for", "channel", "ladder", "until", folded=["for", "until"]
        )
        for one in case.plan.notifications:
            planned = "" if one.at <= case.as_of else " (planned)"
            effect = say("en", f"effect.{one.effect}")
            ends = f"{_at(one.until)} {one.ended_by}" if one.until is not None else ""
            told.add_row(_at(one.at) + planned, effect, one.person, one.to, one.channel, one.ladder, ends)
        yield told
    if case.findings:
        yield findings_table(case.findings)


def _tickets(count: int) -> str:
    return f"{count} ticket" if count == 1 else f"{count} tickets"


def log_lines(log: Log) -> str:
    """How the rows of a log were read: nothing is lost, and odd rows are counted by what is odd about them."""
    lines = [
        f"{log.rows} rows read = {log.rows_with_events} with events + {log.unchanged} that changed nothing "
        f"+ {len(log.rejects)} set aside; {log.events} events of {_tickets(len(log.histories))}"
    ]
    if log.rejects:
        lines.append("the rows set aside, each with its reason, are written with `--rejects FILE`")
    odd = Counter((finding.severity, finding.code) for finding in log.findings)
    lines += [f"{severity} {code}: {count} in the log" for (severity, code), count in sorted(odd.items())]
    return "\n".join(lines)


def aside_line(log: Log, ticket: str) -> str:
    """That rows were set aside, and how many of them are one ticket's."""
    its = sum(reject.ticket == ticket for reject in log.rejects)
    return (
        f"{len(log.rejects)} of {log.rows} rows were set aside, {its} of them of ticket {ticket}; "
        "`supportcore replay` writes them with `--rejects FILE`"
    )


def report_tables(report: Report, tickets: int) -> Iterator[Table]:
    """Attainment by clock and priority, breaches, escalations, and what could not be evaluated.

    `tickets` are those of the log, some of which may not be there yet as of the report.
    """
    of = _tickets(report.tickets) if report.tickets == tickets else f"{report.tickets} of {_tickets(tickets)}"
    attained = _table(
        f"Attainment of {of} as of {_at(report.as_of)}",
        *("clock", "priority", "met", "missed", "open", "none", "share", "95 % interval", "longest overrun"),
        right=("met", "missed", "open", "none", "share", "95 % interval", "longest overrun"),
    )
    for row in report.attainment:
        agreement, metric, priority = map(str, row.key)
        share = "" if row.share is None else share_words("en", row.share)
        interval = "" if row.interval is None else " to ".join(f"{100 * end:.1f}" for end in row.interval)
        overrun = row.worst.overrun if row.worst is not None else 0
        worst = duration_words("en", span_of(overrun)) if overrun else ""
        counts = map(str, (row.met, row.missed, row.open, row.not_applicable))
        attained.add_row(_clock(report, agreement, metric), priority, *counts, share, interval, worst)
    yield attained
    columns = ("ticket", "priority", "clock", "cycle", "in time until", "exceeded by")
    late = _table(f"Breaches ({len(report.breaches)})", *columns)
    for breach in report.breaches[:MOST]:
        overrun_words = duration_words("en", breach.overrun)
        at = _at(breach.breached_at)
        clock = _clock(report, breach.agreement, breach.metric)
        late.add_row(breach.ticket, breach.priority, clock, str(breach.cycle), at, overrun_words)
    if len(report.breaches) > MOST:
        late.caption = f"the {MOST} longest of {len(report.breaches)}"
    yield late
    counted = ("notifications", "tickets")
    told = _table("Escalations", "ladder", "effect", "to", *counted, right=counted)
    for line in report.escalations:
        effect = say("en", f"effect.{line.effect}")
        told.add_row(line.ladder, effect, line.to, str(line.notifications), str(line.tickets))
    yield told
    if report.failures:
        failed = _table(f"Not evaluated ({len(report.failures)})", "ticket", "why", folded=["why"])
        for ticket, why in report.failures:
            failed.add_row(ticket, Text(why))
        yield failed
    if report.findings:
        found = _table("Findings", "severity", "code", "tickets", right=("tickets",))
        for one in report.findings:
            found.add_row(Text(one.severity, style=STYLES[one.severity]), one.code, str(one.tickets))
        yield found


def _clock(report: Report, agreement: str, metric: str) -> str:
    """The name of a clock, with that of its agreement where the report knows several."""
    several = len({row.key[0] for row in report.attainment}) > 1
    return f"{metric} ({agreement})" if several else metric
