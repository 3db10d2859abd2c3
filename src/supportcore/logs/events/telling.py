"""The rows of one ticket told as events: what differs from the row before is what happened."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from attrs import frozen

from supportcore.errors import HistoryError
from supportcore.findings import Finding, Severity
from supportcore.instants import datetime_of
from supportcore.logs.events.states import state_steps
from supportcore.logs.mapping.mapping import EventRule
from supportcore.logs.rows.rows import Reject, Row, Values
from supportcore.logs.rows.wanted import Asked
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


@frozen
class Told:
    """The history of one ticket, and where its rows went: how many gave events, how many none, which were set aside."""

    history: History
    rows_with_events: int
    unchanged: int
    rejects: tuple[Reject, ...]
    findings: tuple[Finding, ...]


def tell(asked: Asked, tz: tzinfo, rows: Sequence[Row]) -> Told:
    """The events that the rows of one ticket tell.

    Rows count in the order of their instants, rows of one instant in that of the files (G-6). The opening carries the
    facts known then, or, where the first row comes later, those of the first row: nothing older is known. Rows from
    before the opening give their events at their own instants, where they are known but start nothing (SLA-1); a
    finding says so. Rows that make no history, such as one that withdraws what was never there, are set aside with all
    the others of their ticket.
    """
    base = [row for row in rows if row.file.shape.rows == "tickets"]
    findings: list[Finding] = []
    if any(row.file.shape.rows == "changes" for row in rows) or base:
        kept, rejects = _one_base(rows, base)
    else:
        kept, rejects = _one_opening(rows)
    if not kept:
        return Told(History(()), 0, 0, tuple(rejects), ())
    timed = _timed(kept, findings)
    teller = _Teller(asked, tz, rows[0].ticket)
    if base:
        _tell_changes(teller, kept[0], timed[1:], findings)
    else:
        _tell_snapshots(teller, timed, findings)
    try:
        history = history_of(teller.events)
    except HistoryError as error:
        rejects += [row.rejected(f"the ticket contradicts itself: {error}") for row in kept]
        return Told(History(()), 0, 0, tuple(rejects), ())
    giving = len(teller.given)
    return Told(history, giving, len(kept) - giving, tuple(rejects), tuple(findings))


# Which rows count


def _one_base(rows: Sequence[Row], base: Sequence[Row]) -> tuple[list[Row], list[Reject]]:
    if not base:
        return [], [row.rejected(f"no row opens ticket `{row.ticket}`") for row in rows]
    first, *others = base
    rejects = [row.rejected(f"ticket `{row.ticket}` stands already in {first.place}") for row in others]
    return [first, *(row for row in rows if row.file.shape.rows != "tickets")], rejects


def _one_opening(rows: Sequence[Row]) -> tuple[list[Row], list[Reject]]:
    first = next((row for row in rows if row.opening is not None), None)
    if first is None or first.opening is None:
        return list(rows), []
    kept, rejects = [], []
    for row in rows:
        if row.opening is None or row.opening == first.opening:
            kept.append(row)
        else:
            reason = f"the row has another instant of opening than {first.place}, which came before it"
            rejects.append(row.rejected(reason))
    return kept, rejects


def _timed(rows: Iterable[Row], findings: list[Finding]) -> list[tuple[int, Row]]:
    """The rows with their instants; of a local time that exists twice the second only where the order demands it."""
    last: dict[str, int] = {}
    made: list[tuple[int, Row]] = []
    for row in rows:
        moment = row.moment or row.opening
        assert moment is not None
        instant, before = moment.instant, last.get(row.file.name)
        if moment.second is not None and row.file.shape.in_order and before is not None:
            if instant < before <= moment.second:
                instant = moment.second
                findings.append(_finding(row, "note", "replay.second-time"))
        elif moment.skipped:
            findings.append(_finding(row, "note", "replay.skipped-time"))
        last[row.file.name] = instant
        made.append((instant, row))
    return made


def _finding(row: Row, severity: Severity, code: str, **parts: Part) -> Finding:
    return Finding(code, severity, row.place, {"ticket": row.ticket, **parts})


def _value(fact: Fact | None) -> Part:
    return Phrase("value.none") if fact is None else Names([str(fact)])


# Telling


def _tell_changes(teller: "_Teller", base: Row, changes: list[tuple[int, Row]], findings: list[Finding]) -> None:
    """A table of tickets as they are now: what changed later began as the first change says that it was."""
    assert base.opening is not None
    changes = sorted(changes, key=lambda one: one[0])
    first: dict[str, Fact | None] = {}
    for _, row in changes:
        for name, value in row.before.items():
            first.setdefault(name, value)
    start = {**base.values, **first}
    teller.opening(base, base.opening.instant, start)
    teller.row(base, base.opening.instant, start)
    for instant, row in changes:
        _note_early(row, instant, base.opening.instant, findings)
        for name, value in row.before.items():
            if teller.now.get(name) != value:
                values = {"before": _value(value), "after": _value(teller.now.get(name))}
                findings.append(_finding(row, "warning", "replay.broken-chain", **values))
        teller.row(row, instant, row.values)


def _tell_snapshots(teller: "_Teller", timed: list[tuple[int, Row]], findings: list[Finding]) -> None:
    timed = sorted(timed, key=lambda one: one[0])
    opener = next((row for _, row in timed if row.opening is not None), timed[0][1])
    if opener.opening is None and teller.asked.mapping.opened.at:
        column = teller.asked.mapping.opened.at
        findings.append(_finding(opener, "warning", "replay.no-opening", column=column))
    opened_at = opener.opening.instant if opener.opening is not None else timed[0][0]
    early = [one for one in timed if one[0] < opened_at]
    for instant, row in early:
        _note_early(row, instant, opened_at, findings)
        teller.row(row, instant, row.values)
    first = teller.now if early else timed[0][1].values
    teller.opening(opener, opened_at, first)
    for instant, row in timed[len(early) :]:
        teller.row(row, instant, row.values)


def _note_early(row: Row, instant: int, opened_at: int, findings: list[Finding]) -> None:
    if instant < opened_at:
        findings.append(_finding(row, "warning", "replay.before-opening"))


class _Teller:
    """The events told so far and what is known after them."""

    def __init__(self, asked: Asked, tz: tzinfo, ticket: str) -> None:
        self.asked, self.tz, self.ticket = asked, tz, ticket
        self.events: list[Event] = []
        self.given: dict[str, int] = {}
        self.now: dict[str, Fact | None] = {}
        self.told: set[tuple[int, int]] = set()
        states = asked.mapping.states
        self.closing_resolves = states is not None and states.closing_resolves

    def add(self, row: Row, kind: type[Event], instant: int, by: Actor | None, own: Mapping[str, Any]) -> None:
        """One more event; its id names the row that gave it."""
        count = self.given[row.place] = self.given.get(row.place, 0) + 1
        known: dict[str, Any] = {"by": by} if by is not None else {}
        name = row.id if count == 1 else f"{row.id}/{count}"
        at = datetime_of(instant, self.tz)
        self.events.append(kind(self.ticket, at, id=name, sequence=len(self.events), **{**known, **own}))

    def opening(self, row: Row, instant: int, values: Values) -> None:
        """The opening, with the customer's message at the same instant (SLA-2)."""
        facts = _facts(values)
        own = {name: value for name in ("customer", "channel") if (value := values.get(name)) is not None}
        self.add(row, Opened, instant, row.opener, {"facts": facts, **own})
        if self.asked.mapping.opened.message:
            self.add(row, CustomerReplied, instant, row.opener, {})
        self.now |= {f"fact:{name}": value for name, value in facts.items()}

    def row(self, row: Row, instant: int, values: Values) -> None:
        """What a row says that was not so before it."""
        changed = {name: value for name, value in values.items() if self.now.get(name) != value}
        before = self.now.get("state") or "open"
        self.now |= changed if changed.get("state", "") is not None else {**changed, "state": before}
        facts = {name: value for name, value in changed.items() if name.startswith("fact:")}
        if facts:
            removed = [name.removeprefix("fact:") for name, value in facts.items() if value is None]
            self.add(row, FactsChanged, instant, row.author, {"facts": _facts(facts), "removed": removed})
        if any(name in changed for name in HOLDER):
            holder = {name: self.now.get(name) or "" for name in HOLDER}
            self.add(row, Assigned, instant, row.author, holder)
        after = changed.get("state")
        if after is not None:
            for kind, own in state_steps(str(before), str(after), closing_resolves=self.closing_resolves):
                self.add(row, kind, instant, row.author, own)
        for index, rule in self.asked.rules:
            self.rule(row, index, rule, instant, values, changed)

    def rule(self, row: Row, index: int, rule: EventRule, instant: int, values: Values, changed: Values) -> None:
        """The event of one rule, where the row has it."""
        own = row.details.get(index)
        if own is None:
            return
        name = f"rule:{index}"
        if rule.at:
            instant = row.happenings[index].instant
            if (index, instant) in self.told:
                return
            self.told.add((index, instant))
        elif not rule.says and name not in changed:
            return
        self.add(row, self.asked.kinds[index], instant, row.author, own)


def _facts(values: Values) -> dict[str, Fact]:
    return {
        name.removeprefix("fact:"): value
        for name, value in values.items()
        if name.startswith("fact:") and value is not None
    }
