"""Turn the rows of a ticket into events: each difference from the values before a row is an event."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from attrs import frozen

from supportcore.errors import HistoryError
from supportcore.findings import Finding, Severity
from supportcore.instants import datetime_of
from supportcore.logs.events.states import state_steps
from supportcore.logs.rows.compiled_mapping import CompiledMapping, CompiledRule
from supportcore.logs.rows.rows import Reject, Row, Values
from supportcore.tickets import (
    Actor,
    Assigned,
    CustomerReplied,
    Event,
    Fact,
    FactsChanged,
    History,
    Opened,
    history_of,
)
from supportcore.wording import Names, Part, Phrase

HOLDER = ("level", "team", "person")
FACT = "fact:"

TimedRow = tuple[int, Row]


@frozen
class TicketEvents:
    """The history of a ticket, with the number of its rows that give events and of those that change nothing."""

    history: History
    rows_with_events: int
    unchanged: int
    rejects: tuple[Reject, ...]
    findings: tuple[Finding, ...]


def rows_to_events(compiled: CompiledMapping, rows: Sequence[Row]) -> TicketEvents:
    """Return the history that the rows of one ticket give.

    Rows count in the order of their instants, rows of one instant in the order of the files (G-6). The opening carries
    the facts known at its instant, or those of the first row if that is later. Rows dated before the opening give
    events at their own instants, which are known but start nothing (SLA-1); a finding reports them. If the events
    contradict each other, as when one withdraws an event that does not exist, all rows of the ticket are set aside.
    """
    tickets = [row for row in rows if row.file.shape.rows == "tickets"]
    findings: list[Finding] = []
    if tickets or any(row.file.shape.rows == "changes" for row in rows):
        kept, rejects = _with_one_ticket_row(rows, tickets)
    else:
        kept, rejects = _with_one_opening(rows)
    if not kept:
        return TicketEvents(History(()), 0, 0, tuple(rejects), ())
    timed = _timed(kept, findings)
    recorder = _Recorder(compiled, rows[0].ticket)
    if tickets:
        _record_changes(recorder, kept[0], timed[1:], findings)
    else:
        _record_snapshots(recorder, timed, findings)
    try:
        history = history_of(recorder.events)
    except HistoryError as error:
        rejects += [row.rejected(f"the events of the ticket contradict each other: {error}") for row in kept]
        return TicketEvents(History(()), 0, 0, tuple(rejects), ())
    count = len(recorder.counts)
    return TicketEvents(history, count, len(kept) - count, tuple(rejects), tuple(findings))


# The rows that count


def _with_one_ticket_row(rows: Sequence[Row], tickets: Sequence[Row]) -> tuple[list[Row], list[Reject]]:
    """Keep the first row of `tickets` and all changes; without such a row, set all rows aside."""
    if not tickets:
        return [], [row.rejected(f"no row opens ticket `{row.ticket}`") for row in rows]
    first, *others = tickets
    rejects = [row.rejected(f"ticket `{row.ticket}` has a row in {first.place} already") for row in others]
    return [first, *(row for row in rows if row.file.shape.rows != "tickets")], rejects


def _with_one_opening(rows: Sequence[Row]) -> tuple[list[Row], list[Reject]]:
    """Set aside the rows whose opening differs from the first opening in the log."""
    first = next((row for row in rows if row.opened is not None), None)
    if first is None:
        return list(rows), []
    kept, rejects = [], []
    for row in rows:
        if row.opened is None or row.opened == first.opened:
            kept.append(row)
        else:
            rejects.append(row.rejected(f"the row has another instant of opening than {first.place}"))
    return kept, rejects


def _timed(rows: Iterable[Row], findings: list[Finding]) -> list[TimedRow]:
    """Return each row with its instant, the later of two possible ones only if the order of the rows requires it."""
    last: dict[str, int] = {}
    timed: list[TimedRow] = []
    for row in rows:
        timestamp = row.timestamp or row.opened
        assert timestamp is not None
        instant, before = timestamp.instant, last.get(row.file.name)
        if timestamp.later is not None and row.file.shape.in_order and before is not None:
            if instant < before <= timestamp.later:
                instant = timestamp.later
                findings.append(_finding(row, "note", "replay.second-time"))
        elif timestamp.in_gap:
            findings.append(_finding(row, "note", "replay.skipped-time"))
        last[row.file.name] = instant
        timed.append((instant, row))
    return timed


def _finding(row: Row, severity: Severity, code: str, **parts: Part) -> Finding:
    return Finding(code, severity, row.place, {"ticket": row.ticket, **parts})


def _note_early(row: Row, instant: int, opened_at: int, findings: list[Finding]) -> None:
    if instant < opened_at:
        findings.append(_finding(row, "warning", "replay.before-opening"))


def _value_words(fact: Fact | None) -> Part:
    return Phrase("value.none") if fact is None else Names([str(fact)])


# Events


def _record_changes(recorder: "_Recorder", ticket: Row, changes: list[TimedRow], findings: list[Finding]) -> None:
    """Record a row of `tickets` and its changes; a value that changes later starts as its first change says."""
    assert ticket.opened is not None
    opened_at = ticket.opened.instant
    changes = sorted(changes, key=itemgetter(0))
    first: dict[str, Fact | None] = {}
    for _, row in changes:
        for name, value in row.before.items():
            first.setdefault(name, value)
    start = {**ticket.values, **first}
    recorder.record_opening(ticket, opened_at, start)
    recorder.record_row(ticket, opened_at, start)
    for instant, row in changes:
        _note_early(row, instant, opened_at, findings)
        for name, value in row.before.items():
            current = recorder.values.get(name)
            if current != value:
                parts = {"before": _value_words(value), "after": _value_words(current)}
                findings.append(_finding(row, "warning", "replay.broken-chain", **parts))
        recorder.record_row(row, instant, row.values)


def _record_snapshots(recorder: "_Recorder", timed: list[TimedRow], findings: list[Finding]) -> None:
    timed = sorted(timed, key=itemgetter(0))
    opener = next((row for _, row in timed if row.opened is not None), timed[0][1])
    column = recorder.compiled.mapping.opened.at
    if opener.opened is None and column:
        findings.append(_finding(opener, "warning", "replay.no-opening", column=column))
    opened_at = opener.opened.instant if opener.opened is not None else timed[0][0]
    early = [(instant, row) for instant, row in timed if instant < opened_at]
    for instant, row in early:
        _note_early(row, instant, opened_at, findings)
        recorder.record_row(row, instant, row.values)
    recorder.record_opening(opener, opened_at, recorder.values if early else timed[0][1].values)
    for instant, row in timed[len(early) :]:
        recorder.record_row(row, instant, row.values)


class _Recorder:
    """Record the events of a ticket, row by row, and the values after them."""

    def __init__(self, compiled: CompiledMapping, ticket: str) -> None:
        self.compiled, self.ticket = compiled, ticket
        self.events: list[Event] = []
        self.values: dict[str, Fact | None] = {}
        self.counts: dict[str, int] = {}  # of events, by the place of their row
        self.recorded: set[tuple[int, int]] = set()  # rule and instant of events whose instant is in a column
        states = compiled.mapping.states
        self.closing_resolves = states is not None and states.closing_resolves

    def record(self, row: Row, kind: type[Event], instant: int, author: Actor | None, own: Mapping[str, Any]) -> None:
        """Record an event with the id of its row, numbered from the second event of a row on."""
        count = self.counts[row.place] = self.counts.get(row.place, 0) + 1
        common: dict[str, Any] = {"by": author} if author is not None else {}
        name = row.id if count == 1 else f"{row.id}/{count}"
        at = datetime_of(instant, self.compiled.tz)
        self.events.append(kind(self.ticket, at, id=name, sequence=len(self.events), **{**common, **own}))

    def record_opening(self, row: Row, instant: int, values: Values) -> None:
        """Record the opening and the customer's message at the same instant (SLA-2)."""
        facts = _facts(values)
        own = {name: value for name in ("customer", "channel") if (value := values.get(name)) is not None}
        self.record(row, Opened, instant, row.opener, {"facts": facts, **own})
        if self.compiled.mapping.opened.message:
            self.record(row, CustomerReplied, instant, row.opener, {})
        self.values |= {f"{FACT}{name}": value for name, value in facts.items()}

    def record_row(self, row: Row, instant: int, values: Values) -> None:
        """Record an event for each value of a row that differs from the values before it."""
        changed = {name: value for name, value in values.items() if self.values.get(name) != value}
        state = self.values.get("state") or "open"
        self.values |= changed
        if changed.get("state", "") is None:
            self.values["state"] = state
        facts = {name: value for name, value in changed.items() if name.startswith(FACT)}
        if facts:
            removed = [name.removeprefix(FACT) for name, value in facts.items() if value is None]
            self.record(row, FactsChanged, instant, row.author, {"facts": _facts(facts), "removed": removed})
        if any(name in changed for name in HOLDER):
            holder = {name: self.values.get(name) or "" for name in HOLDER}
            self.record(row, Assigned, instant, row.author, holder)
        after = changed.get("state")
        if after is not None:
            for kind, own in state_steps(str(state), str(after), closing_resolves=self.closing_resolves):
                self.record(row, kind, instant, row.author, own)
        for rule in self.compiled.rules:
            if rule.index in row.rule_fields:
                self.record_rule(row, rule, instant, changed)

    def record_rule(self, row: Row, rule: CompiledRule, instant: int, changed: Values) -> None:
        """Record the event of a rule, unless an earlier row gave it."""
        if rule.rule.at:
            instant = row.rule_timestamps[rule.index].instant
            if (rule.index, instant) in self.recorded:
                return
            self.recorded.add((rule.index, instant))
        elif not rule.rule.says and rule.value_name not in changed:
            return
        self.record(row, rule.kind, instant, row.author, row.rule_fields[rule.index])


def _facts(values: Values) -> dict[str, Fact]:
    return {
        name.removeprefix(FACT): value for name, value in values.items() if name.startswith(FACT) and value is not None
    }
