"""Reading logs from files: the events of the rows, and the account of every row."""

import csv
import gzip
import time
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from supportcore.bounds import Bounds
from supportcore.errors import ConceptError
from supportcore.instants import zone
from supportcore.logs import Log, LogMapping, load_mapping, read_log, structure_mapping, write_rejects
from supportcore.tickets import (
    Actor,
    AgentReplied,
    Assigned,
    Closed,
    CustomerReplied,
    FactsChanged,
    Opened,
    Paused,
    PriorityOverridden,
    Reopened,
    Resolved,
    Resumed,
    Snoozed,
    WorkLogged,
    kind_name,
)

BERLIN = zone("Europe/Berlin")

SNAPSHOTS = """
format = 0
name = "desk"
zone = "Europe/Berlin"
dates = "day first"
missing = ["", "?"]
[[files]]
name = "rows"
rows = "snapshots"
ticket = "number"
time = "at"
in_order = true
by = { role = "agent", name = "who", roles = { robot = "bot" } }
[opened]
at = "opened"
by = { role = "customer", name = "caller" }
channel = "via"
[states]
column = "state"
open = ["New", "Active"]
resolved = ["Solved"]
closed = ["Closed"]
ignored = ["Unmatched"]
waiting = { customer = ["Waiting"] }
[assigned]
team = "team"
person = "person"
[facts]
impact = { column = "impact", words = { 1 = "high", 2 = "low" } }
users = { column = "users", kind = "whole number" }
"""
COLUMNS = "number,opened,at,who,caller,via,state,team,person,impact,users"
FIRST = "T-1,5.1.2026 09:00,5.1.2026 09:10,ann,carl,mail,New,desk,?,1,40"

CHANGES = """
format = 0
name = "tracker"
zone = "UTC"
dates = "year first"
[[files]]
name = "issues"
rows = "tickets"
ticket = "key"
[[files]]
name = "changelog"
rows = "changes"
ticket = "key"
time = "at"
change = { field = "field", before = "from", after = "to" }
[opened]
at = "created"
[states]
column = "status"
open = ["Open", "Doing"]
resolved = ["Done"]
closed = ["Closed"]
closing_resolves = true
[assigned]
person = "assignee"
[facts]
priority = "priority"
[[events]]
event = "agent replied"
at = "replied"
"""

ACTIONS = """
format = 0
name = "actions"
zone = "Europe/Berlin"
dates = "year first"
[[files]]
name = "rows"
rows = "snapshots"
ticket = "ticket"
time = "at"
id = "id"
[opened]
message = false
[[events]]
event = "work logged"
column = "action"
says = "work"
by = { role = "agent", name = "who" }
from = { minutes = "minutes", activity = "what" }
[[events]]
event = "priority overridden"
column = "prio"
changes = true
with = { reason = "set in the tool" }
from = { priority = "prio" }
[[events]]
event = "withdrawn"
column = "action"
says = "withdraw"
from = { event = "what" }
[[events]]
event = "customer replied"
column = "mails"
becomes = ["in", "both"]
"""


def mapping(text: str) -> LogMapping:
    return structure_mapping(tomllib.loads(text))


def log_of(tmp_path: Path, text: str, *contents: str, strict: bool = False) -> Log:
    paths = []
    for index, content in enumerate(contents):
        paths.append(tmp_path / f"{index}.csv")
        paths[-1].write_text(content, encoding="utf-8", newline="")
    log = read_log(mapping(text), *paths, strict=strict)
    assert log.rows == log.rows_with_events + log.unchanged + len(log.rejects)
    assert log.events == sum(map(len, log.histories.values()))
    return log


def snapshots(tmp_path: Path, *rows: str, strict: bool = False) -> Log:
    return log_of(tmp_path, SNAPSHOTS, "\n".join([COLUMNS, FIRST, *rows]) + "\n", strict=strict)


def events_of(log: Log, ticket: str = "T-1") -> list[str]:
    return [f"{event.at:%d.%m. %H:%M} {kind_name(type(event))}" for event in log.histories[ticket]]


def at(hour: int, minute: int = 0, day: int = 5) -> datetime:
    return datetime(2026, 1, day, hour, minute, tzinfo=BERLIN)


# Snapshots


def test_the_first_row_opens_the_ticket_with_the_customers_message(tmp_path: Path) -> None:
    history = snapshots(tmp_path).histories["T-1"]
    assert history.events == (
        Opened(
            "T-1",
            at(9),
            id="0.csv:2",
            by="customer:carl",
            facts={"impact": "high", "users": 40},
            channel="mail",
        ),
        CustomerReplied("T-1", at(9), id="0.csv:2/2", by="customer:carl", sequence=1),
        Assigned("T-1", at(9, 10), id="0.csv:2/3", by="agent:ann", sequence=2, team="desk"),
    )


def test_changes_between_rows_are_events(tmp_path: Path) -> None:
    log = snapshots(
        tmp_path,
        "T-1,5.1.2026 09:00,5.1.2026 10:00,bob,carl,mail,Waiting,net,bob,1,41",
        "T-1,5.1.2026 09:00,5.1.2026 11:00,bob,carl,mail,Active,net,bob,1,?",
        "T-1,5.1.2026 09:00,5.1.2026 12:00,bob,carl,mail,Solved,net,bob,1,?",
        "T-1,5.1.2026 09:00,5.1.2026 13:00,robot,carl,mail,Closed,net,bob,1,?",
        "T-1,5.1.2026 09:00,5.1.2026 14:00,bob,carl,mail,Waiting,net,bob,1,?",
    )
    agent, robot = Actor("agent", "bob"), Actor("bot", "robot")
    assert log.histories["T-1"].events[3:] == (
        FactsChanged("T-1", at(10), id="0.csv:3", by=agent, sequence=3, facts={"users": 41}),
        Assigned("T-1", at(10), id="0.csv:3/2", by=agent, sequence=4, team="net", person="bob"),
        Paused("T-1", at(10), id="0.csv:3/3", by=agent, sequence=5, reason="customer"),
        FactsChanged("T-1", at(11), id="0.csv:4", by=agent, sequence=6, removed=["users"]),
        Resumed("T-1", at(11), id="0.csv:4/2", by=agent, sequence=7),
        Resolved("T-1", at(12), id="0.csv:5", by=agent, sequence=8),
        Closed("T-1", at(13), id="0.csv:6", by=robot, sequence=9),
        Reopened("T-1", at(14), id="0.csv:7", by=agent, sequence=10),
        Paused("T-1", at(14), id="0.csv:7/2", by=agent, sequence=11, reason="customer"),
    )
    assert (log.rows, log.rows_with_events, log.unchanged) == (6, 6, 0)


def test_a_row_that_changes_nothing_is_counted_as_unchanged(tmp_path: Path) -> None:
    log = snapshots(tmp_path, FIRST.replace("09:10", "09:20"), FIRST.replace("09:10,ann", "09:30,bob"))
    assert (log.rows, log.rows_with_events, log.unchanged, log.events) == (3, 1, 2, 3)


def test_an_ignored_word_does_not_change_the_state(tmp_path: Path) -> None:
    log = snapshots(
        tmp_path,
        FIRST.replace("09:10", "10:00").replace("New", "Solved"),
        FIRST.replace("09:10", "11:00").replace("New", "Unmatched"),
        FIRST.replace("09:10", "12:00").replace("New", "Solved"),
        FIRST.replace("09:10", "13:00").replace("New", "Active"),
    )
    assert events_of(log)[3:] == ["05.01. 10:00 resolved", "05.01. 13:00 reopened"]
    assert log.unchanged == 2


def test_rows_out_of_order_give_events_in_the_order_of_time(tmp_path: Path) -> None:
    log = snapshots(
        tmp_path,
        FIRST.replace("09:10", "12:00").replace("New", "Solved"),
        FIRST.replace("09:10", "10:00").replace("New", "Waiting"),
    )
    assert events_of(log)[3:] == ["05.01. 10:00 paused", "05.01. 12:00 resolved"]


def test_rows_of_one_instant_keep_the_order_of_the_file(tmp_path: Path) -> None:
    log = snapshots(tmp_path, FIRST.replace("New", "Waiting"), FIRST.replace("New", "Solved"))
    assert events_of(log)[2:] == ["05.01. 09:10 assigned", "05.01. 09:10 paused", "05.01. 09:10 resolved"]


def test_a_row_from_before_the_opening_is_known_but_starts_nothing(tmp_path: Path) -> None:
    log = snapshots(
        tmp_path,
        "T-2,5.1.2026 09:00,5.1.2026 08:00,ann,carl,mail,New,desk,?,1,40",
        "T-2,5.1.2026 09:00,5.1.2026 10:00,ann,carl,mail,New,desk,?,2,40",
    )
    assert events_of(log, "T-2") == [
        "05.01. 08:00 facts changed",
        "05.01. 08:00 assigned",
        "05.01. 09:00 opened",
        "05.01. 09:00 customer replied",
        "05.01. 10:00 facts changed",
    ]
    opening = log.histories["T-2"].opening
    assert opening is not None
    assert opening.facts == {"impact": "high", "users": 40}
    assert [str(finding) for finding in log.findings] == [
        "warning replay.before-opening at 0.csv:3: ticket `T-2`: the row is dated before the opening; "
        "its values are known but start nothing (SLA-1)"
    ]


def test_the_first_row_opens_a_ticket_without_an_opening(tmp_path: Path) -> None:
    log = snapshots(tmp_path, "T-2,?,5.1.2026 09:20,ann,carl,mail,New,desk,?,1,40")
    assert events_of(log, "T-2")[0] == "05.01. 09:20 opened"
    assert [str(finding) for finding in log.findings] == [
        "warning replay.no-opening at 0.csv:3: ticket `T-2`: column `opened` is empty in every row; "
        "the first row opens the ticket"
    ]


def test_the_order_of_the_rows_decides_in_a_repeated_hour(tmp_path: Path) -> None:
    opened = FIRST.replace("5.1.2026", "25.10.2026").replace("09:00", "01:00")
    log = snapshots(
        tmp_path,
        *(
            opened.replace("T-1", "T-2").replace("09:10", time).replace("40", users)
            for time, users in [("02:05", "0"), ("02:50", "1"), ("02:10", "2"), ("02:20", "3"), ("03:05", "4")]
        ),
    )
    changes = [event.at.isoformat()[11:] for event in log.histories["T-2"] if isinstance(event, FactsChanged)]
    assert changes == ["02:50:00+02:00", "02:10:00+01:00", "02:20:00+01:00", "03:05:00+01:00"]
    assert [(finding.code, finding.path) for finding in log.findings] == [
        ("replay.second-time", "0.csv:5"),
        ("replay.second-time", "0.csv:6"),
    ]


def test_the_first_instant_counts_in_a_repeated_hour_of_unordered_rows(tmp_path: Path) -> None:
    opened = FIRST.replace("5.1.2026", "25.10.2026").replace("09:00", "01:00")
    rows = [COLUMNS, opened.replace("09:10", "02:50"), opened.replace("09:10", "02:10").replace("40", "41")]
    log = log_of(tmp_path, SNAPSHOTS.replace("in_order = true", ""), "\n".join(rows))
    changes = [event.at.isoformat()[11:] for event in log.histories["T-1"] if isinstance(event, FactsChanged)]
    assert changes == ["02:50:00+02:00"]
    assert log.findings == ()


def test_a_local_time_in_a_gap_is_a_finding(tmp_path: Path) -> None:
    row = "T-2,29.3.2026 01:00,29.3.2026 02:30,ann,carl,mail,New,desk,?,1,40"
    log = snapshots(tmp_path, row)
    assert events_of(log, "T-2")[-1] == "29.03. 03:30 assigned"
    assert [finding.code for finding in log.findings] == ["replay.skipped-time"]


# Tickets and changes


ISSUES = "key,created,status,priority,replied\nA-1,2026-01-05T09:00Z,Done,major,2026-01-05T09:30Z\n"


def test_a_value_that_changes_later_starts_as_its_first_change_says(tmp_path: Path) -> None:
    changes = (
        "key,at,field,from,to\n"
        "A-1,2026-01-05T10:00Z,priority,minor,blocker\n"
        "A-1,2026-01-05T10:00Z,assignee,ann,bob\n"
        "A-1,2026-01-05T11:00Z,priority,blocker,major\n"
        "A-1,2026-01-05T11:00Z,labels,,x\n"
        "A-1,2026-01-05T12:00Z,status,Open,Doing\n"
        "A-1,2026-01-05T13:00Z,status,Doing,Done\n"
    )
    log = log_of(tmp_path, CHANGES, ISSUES, changes)
    history = log.histories["A-1"]
    assert events_of(log, "A-1") == [
        "05.01. 09:00 opened",
        "05.01. 09:00 customer replied",
        "05.01. 09:00 assigned",
        "05.01. 09:30 agent replied",
        "05.01. 10:00 facts changed",
        "05.01. 10:00 assigned",
        "05.01. 11:00 facts changed",
        "05.01. 13:00 resolved",
    ]
    assert history.opening is not None
    assert history.opening.facts == {"priority": "minor"}
    assert [event.person for event in history if isinstance(event, Assigned)] == ["ann", "bob"]
    assert [event.id for event in history if isinstance(event, AgentReplied)] == ["0.csv:2/4"]
    assert (log.rows, log.rows_with_events, log.unchanged) == (7, 5, 2)


def test_closing_resolves_with_closing_resolves(tmp_path: Path) -> None:
    changes = "key,at,field,from,to\nA-1,2026-01-05T10:00Z,status,Open,Closed\n"
    log = log_of(tmp_path, CHANGES, ISSUES, changes)
    assert events_of(log, "A-1")[-2:] == ["05.01. 10:00 resolved", "05.01. 10:00 closed"]


def test_a_change_that_starts_from_another_value_is_a_finding(tmp_path: Path) -> None:
    changes = (
        "key,at,field,from,to\n"
        "A-1,2026-01-05T10:00Z,priority,minor,blocker\n"
        "A-1,2026-01-05T11:00Z,priority,trivial,major\n"
        "A-1,2026-01-05T11:00Z,assignee,,bob\n"
    )
    log = log_of(tmp_path, CHANGES, ISSUES, changes)
    assert [str(finding) for finding in log.findings] == [
        "warning replay.broken-chain at 1.csv:3: ticket `A-1`: the change starts from `trivial`, "
        "but the change before led to `blocker`"
    ]


def test_changes_of_an_unknown_ticket_and_second_rows_of_a_ticket_are_set_aside(tmp_path: Path) -> None:
    changes = "key,at,field,from,to\nA-2,2026-01-05T10:00Z,priority,minor,blocker\n"
    log = log_of(tmp_path, CHANGES, ISSUES + ISSUES.splitlines()[1] + "\n", changes)
    assert [(reject.file, reject.line, reject.reason) for reject in log.rejects] == [
        ("0.csv", 3, "ticket `A-1` has a row in 0.csv:2 already"),
        ("1.csv", 2, "no row opens ticket `A-2`"),
    ]


RULE = """
[[events]]
event = "escalated"
column = "priority"
becomes = ["major", "minor"]
"""


def test_the_value_at_the_opening_is_no_change(tmp_path: Path) -> None:
    changes = (
        "key,at,field,from,to\n"
        "A-1,2026-01-05T10:00Z,priority,minor,blocker\n"
        "A-1,2026-01-05T11:00Z,priority,blocker,major\n"
    )
    log = log_of(tmp_path, CHANGES + RULE, ISSUES, changes)
    assert [line for line in events_of(log, "A-1") if "escalated" in line] == ["05.01. 11:00 escalated"]


def test_a_row_of_tickets_needs_an_opening(tmp_path: Path) -> None:
    log = log_of(tmp_path, CHANGES, ISSUES.replace("2026-01-05T09:00Z", ""), "key,at,field,from,to\n")
    assert [reject.reason for reject in log.rejects] == ["column `created` has no time"]


def test_an_instant_repeated_in_every_row_is_one_event(tmp_path: Path) -> None:
    rule = '[[events]]\nevent = "agent replied"\nat = "replied"\n'
    rows = [f"{row},5.1.2026 {reply}" for row, reply in [(FIRST, "10:00"), (FIRST, "10:00"), (FIRST, "11:00")]]
    log = log_of(tmp_path, SNAPSHOTS + rule, "\n".join([f"{COLUMNS},replied", *rows]))
    assert events_of(log)[3:] == ["05.01. 10:00 agent replied", "05.01. 11:00 agent replied"]
    assert (log.rows_with_events, log.unchanged) == (2, 1)


def test_a_column_without_values_is_a_finding(tmp_path: Path) -> None:
    changes = "key,at,field,from,to\nA-1,2026-01-05T10:00Z,status,Open,Done\n"
    log = log_of(tmp_path, CHANGES, ISSUES, changes)
    assert [str(finding) for finding in log.findings] == [
        "warning replay.unnamed at person: no column and no changed field of the log is called `assignee`"
    ]


def test_a_column_of_instants_cannot_be_a_changed_field(tmp_path: Path) -> None:
    changes = "key,at,field,from,to\n"
    message = columns_wrong(tmp_path, CHANGES.replace('"replied"', '"replid"'), ISSUES, changes)
    assert message.startswith("1 problem in tracker\n  events[0].at: `replid` is not a column; the file has ")


def test_a_rule_may_need_a_column_that_changes_do_not_have(tmp_path: Path) -> None:
    rule = '[[events]]\nevent = "escalated"\ncolumn = "priority"\nbecomes = "blocker"\nfrom = { reason = "status" }\n'
    changes = "key,at,field,from,to\nA-1,2026-01-05T10:00Z,priority,minor,blocker\n"
    log = log_of(tmp_path, CHANGES + rule, ISSUES, changes)
    assert [reject.reason for reject in log.rejects] == ["`status` is not a column of this file"]


def test_tickets_alone_are_a_log(tmp_path: Path) -> None:
    text = (
        CHANGES[: CHANGES.index('[[files]]\nname = "changelog"')]
        + '[opened]\nat = "created"\n[[events]]\nevent = "resolved"\nat = "done"\n'
        + '[[events]]\nevent = "snoozed"\nat = "created"\nfrom = { until = "done" }\n'
    )
    issues = "key,created,done\nA-1,2026-01-05T09:00Z,2026-01-05T10:00Z\nA-2,2026-01-05T09:00Z,\n"
    log = log_of(tmp_path, text, issues)
    assert events_of(log, "A-1") == [
        "05.01. 09:00 opened",
        "05.01. 09:00 customer replied",
        "05.01. 09:00 snoozed",
        "05.01. 10:00 resolved",
    ]
    snoozed = log.histories["A-1"].events[2]
    assert isinstance(snoozed, Snoozed)
    assert snoozed.until == log.histories["A-1"].events[3].at
    assert [reject.reason for reject in log.rejects] == ["column `done`: is empty; the event needs its `until`"]


# Rows that are actions


ACTED = "id,ticket,at,who,action,minutes,what,prio,mails\n"


def test_each_row_that_says_a_word_is_an_event(tmp_path: Path) -> None:
    log = log_of(
        tmp_path,
        ACTIONS,
        ACTED
        + "1,T-1,2026-01-05 09:00,ann,work,15,analysis,,\n"
        + "2,T-1,2026-01-05 09:30,ann,work,15,analysis,major,in\n"
        + "3,T-1,2026-01-05 10:00,ann,withdraw,,2/2,major,in\n"
        + "4,T-1,2026-01-05 11:00,ann,work,20,,blocker,both\n",
    )
    history = log.histories["T-1"]
    assert events_of(log)[1:] == [
        "05.01. 09:00 work logged",
        "05.01. 09:30 work logged",
        "05.01. 09:30 priority overridden",
        "05.01. 09:30 customer replied",
        "05.01. 10:00 withdrawn",
        "05.01. 11:00 work logged",
        "05.01. 11:00 priority overridden",
        "05.01. 11:00 customer replied",
    ]
    assert [str(event.by) for event in history if isinstance(event, WorkLogged)] == ["agent:ann"] * 3
    assert [event.priority for event in history if isinstance(event, PriorityOverridden)] == ["major", "blocker"]


def test_all_rows_of_a_contradictory_ticket_are_set_aside(tmp_path: Path) -> None:
    log = log_of(
        tmp_path,
        ACTIONS,
        ACTED + "1,T-1,2026-01-05 09:00,ann,work,15,,,\n2,T-1,2026-01-05 10:00,ann,withdraw,,9,,\n",
    )
    assert len(log.histories) == 0
    reason = (
        "the events of the ticket contradict each other: event `2` withdraws `9`, "
        "which is not an earlier event of the ticket"
    )
    assert [(reject.line, reject.reason) for reject in log.rejects] == [(2, reason), (3, reason)]


def test_a_repeated_id_sets_its_row_aside(tmp_path: Path) -> None:
    log = log_of(
        tmp_path,
        ACTIONS,
        ACTED + "1,T-1,2026-01-05 09:00,ann,work,15,,,\n1,T-1,2026-01-05 10:00,ann,work,15,,,\n",
    )
    assert [reject.reason for reject in log.rejects] == ["line 2 has the id `1` too"]


def test_a_missing_field_of_an_event_sets_its_row_aside(tmp_path: Path) -> None:
    log = log_of(
        tmp_path,
        ACTIONS,
        ACTED + "1,T-1,2026-01-05 09:00,ann,work,,,,\n2,T-1,2026-01-05 09:00,ann,work,1.5,,,\n",
    )
    assert [reject.reason for reject in log.rejects] == [
        "column `minutes`: is empty; the event needs its `minutes`",
        "column `minutes`: `1.5` is not a whole number; expected digits such as `40`",
    ]


# Rows set aside


def rejected(tmp_path: Path, row: str) -> str:
    log = snapshots(tmp_path, row)
    [reject] = log.rejects
    assert (reject.file, reject.line, log.rows, log.rows_with_events) == ("0.csv", 3, 2, 1)
    return reject.reason


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (FIRST + ",x", "the row has 12 cells; the first row names 11 columns"),
        ("T-1", "the row has 1 cell; the first row names 11 columns"),
        (FIRST.replace("T-1", ""), "column `number` names no ticket"),
        (FIRST.replace("5.1.2026 09:10", "?"), "column `at` has no time"),
        (
            FIRST.replace("5.1.2026 09:10", "1/31/2026 9:10"),
            "column `at`: `1/31/2026` is a day that does not exist; the mapping says `day first`",
        ),
        (
            FIRST.replace(",1,40", ",3,many"),
            "column `impact`: `3` is not under `words`; expected one of `1`, `2`; "
            "column `users`: `many` is not a whole number; expected digits such as `40`",
        ),
        (
            FIRST.replace("New", "Nwe"),
            "column `state`: `Nwe` is not a state of the mapping; expected one of `New`, `Active`, `Solved`, `Closed`, "
            "`Waiting`, `Unmatched`; did you mean `New`?",
        ),
        (
            FIRST.replace("09:00", "08:00"),
            "the row has another instant of opening than 0.csv:2",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_set_aside_with_the_reason(tmp_path: Path, row: str, reason: str) -> None:
    assert rejected(tmp_path, row) == reason


def test_a_row_that_is_not_csv_is_set_aside(tmp_path: Path) -> None:
    log = snapshots(tmp_path, 'T-1,"5.1.2026" 09:00,x', FIRST.replace("09:10", "09:20").replace("40", "41"))
    [reject] = log.rejects
    assert (reject.line, reject.cells) == (3, ('T-1,"5.1.2026" 09:00,x',))
    assert reject.reason.startswith("the row is not CSV: ")
    assert events_of(log)[-1] == "05.01. 09:20 facts changed"


def test_a_row_in_another_encoding_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = [COLUMNS, FIRST, FIRST.replace("carl", "jörg").replace("T-1", "T-2")]
    path.write_bytes("\n".join(rows).encode("cp1252"))
    log = read_log(mapping(SNAPSHOTS), path)
    assert [reject.reason for reject in log.rejects] == [
        "the row is not encoded in `utf-8-sig`; set `encoding` to that of the file"
    ]
    assert read_log(mapping('encoding = "cp1252"\n' + SNAPSHOTS), path).rejects == ()
    write_rejects(log, tmp_path / "rejects.csv")
    assert "j\\udcf6rg" in (tmp_path / "rejects.csv").read_text(encoding="utf-8")


def test_a_cell_may_hold_lines_and_the_line_number_is_that_of_the_row(tmp_path: Path) -> None:
    log = snapshots(tmp_path, FIRST.replace("desk", '"the\ndesk"').replace("09:10", "10:00"), FIRST.replace("T-1", ""))
    assert [reject.line for reject in log.rejects] == [5]
    assert log.rows == 3


def test_empty_lines_are_skipped(tmp_path: Path) -> None:
    assert snapshots(tmp_path, "", "").rows == 1


def test_strict_raises_an_error_with_all_rejects(tmp_path: Path) -> None:
    with pytest.raises(ConceptError) as caught:
        snapshots(tmp_path, FIRST.replace("T-1", ""), "T-1", strict=True)
    assert str(caught.value) == (
        "2 problems in desk\n"
        "  line 3, 0.csv: column `number` names no ticket\n"
        "  line 4, 0.csv: the row has 1 cell; the first row names 11 columns"
    )


def test_strict_accepts_a_log_without_rejects(tmp_path: Path) -> None:
    assert snapshots(tmp_path, strict=True).rows == 1


def test_rejects_are_written_with_the_row_itself(tmp_path: Path) -> None:
    log = snapshots(tmp_path, FIRST.replace("T-1", "").replace("desk", '"the, desk"'), "T-1")
    write_rejects(log, tmp_path / "rejects.csv")
    with (tmp_path / "rejects.csv").open(encoding="utf-8", newline="") as written:
        rows = list(csv.reader(written))
    assert rows[0] == ["file", "line", "ticket", "reason", "row"]
    assert rows[1][:4] == ["0.csv", "3", "", "column `number` names no ticket"]
    assert next(csv.reader([rows[1][4]]))[7] == "the, desk"
    assert rows[2] == ["0.csv", "4", "T-1", "the row has 1 cell; the first row names 11 columns", "T-1"]


def test_a_column_without_a_name_is_not_a_default(tmp_path: Path) -> None:
    """Some tools export the number of a row under an empty name."""
    rule = '[[events]]\nevent = "agent replied"\ncolumn = "state"\nbecomes = "Active"\n'
    text = SNAPSHOTS.replace(', name = "who"', "") + rule
    log = log_of(
        tmp_path, text, f",{COLUMNS}\n0,{FIRST}\n1,{FIRST.replace('09:10', '09:20').replace('New', 'Active')}\n"
    )
    assert events_of(log)[-1] == "05.01. 09:20 agent replied"
    assert str(log.histories["T-1"].events[-1].by) == "agent"


# Files


def test_gzip_and_byte_order_marks_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "log.csv.gz"
    path.write_bytes(gzip.compress(f"\ufeff{COLUMNS}\r\n{FIRST}\r\n".encode()))
    log = read_log(mapping(SNAPSHOTS), path)
    assert (log.rows, len(log.histories)) == (1, 1)


def test_several_files_of_one_kind_are_one_log(tmp_path: Path) -> None:
    log = log_of(
        tmp_path,
        SNAPSHOTS,
        f"{COLUMNS}\n{FIRST}\n",
        f"{COLUMNS}\n{FIRST.replace('09:10', '10:00').replace('New', 'Solved')}\n",
    )
    assert events_of(log)[-1] == "05.01. 10:00 resolved"
    assert log.histories["T-1"].events[-1].id == "1.csv:2"


def test_files_of_one_name_in_two_folders_are_named_by_their_paths(tmp_path: Path) -> None:
    paths = []
    for folder, row in (("a", FIRST), ("b", FIRST.replace("09:10", "10:00").replace("New", "Solved"))):
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "log.csv")
        paths[-1].write_text(f"{COLUMNS}\n{row}\n", encoding="utf-8")
    log = read_log(mapping(SNAPSHOTS), *paths)
    assert log.histories["T-1"].events[-1].id == f"{paths[1]}:2"


def columns_wrong(tmp_path: Path, text: str, *contents: str) -> str:
    with pytest.raises(ConceptError) as caught:
        log_of(tmp_path, text, *contents)
    return str(caught.value)


def test_all_missing_columns_are_reported_together(tmp_path: Path) -> None:
    columns = COLUMNS.replace("number", "nmber").replace("impact", "impct").replace("opened", "open")
    named = "`nmber`, `open`, `at`, `who`, `caller`, `via`, `state`, `team`, `person`, `impct`, `users`"
    assert columns_wrong(tmp_path, SNAPSHOTS, f"{columns}\n{FIRST}\n") == (
        "3 problems in desk\n"
        f"  0.csv, ticket: `number` is not a column; the file has {named}; did you mean `nmber`?\n"
        f"  0.csv, opened.at: `opened` is not a column; the file has {named}; did you mean `open`?\n"
        f"  facts.impact: `impact` is not a column; the file has {named}; did you mean `impct`?"
    )


def test_a_repeated_column_is_refused(tmp_path: Path) -> None:
    assert columns_wrong(tmp_path, SNAPSHOTS, f"{COLUMNS},users\n") == (
        "1 problem in 0.csv\n  line 1: more than one column is named `users`; give each column its own name"
    )


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert columns_wrong(tmp_path, SNAPSHOTS, "\n") == (
        "1 problem in 0.csv\n  the file is empty; its first row names the columns"
    )


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_number_of_files_must_match_the_mapping(tmp_path: Path, count: int) -> None:
    assert columns_wrong(tmp_path, CHANGES, *[ISSUES] * count) == (
        "1 problem in tracker\n"
        f"  the mapping describes 2 files, in this order: `issues`, `changelog`; {count} are given"
    )


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    message = columns_wrong(tmp_path, 'encoding = "klingon"\n' + SNAPSHOTS, COLUMNS)
    assert message.startswith("1 problem in 0.csv\n  encoding: cannot be decoded as `klingon`: ")
    assert message.endswith("expected an encoding such as `utf-8` or `cp1252`")


def test_a_mapping_may_be_given_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text(SNAPSHOTS, encoding="utf-8")
    (tmp_path / "log.csv").write_text(f"{COLUMNS}\n{FIRST}\n", encoding="utf-8")
    by_path = read_log(tmp_path / "desk.toml", tmp_path / "log.csv")
    assert by_path == read_log(mapping(SNAPSHOTS), tmp_path / "log.csv")


def test_a_damaged_gzip_file_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(f"{COLUMNS}\n".encode() * 1000)
    for content in (whole[:40], whole[:-6] + b"xxxxxx", b"\x1f\x8brubbish"):
        (tmp_path / "log.csv.gz").write_bytes(content)
        with pytest.raises(ConceptError) as caught:
            read_log(mapping(SNAPSHOTS), tmp_path / "log.csv.gz")
        assert str(caught.value) == (
            "1 problem in log.csv.gz\n  is damaged or cut short, and cannot be unpacked; export or copy it again"
        )


def test_files_that_cannot_be_opened_are_reported_together(tmp_path: Path) -> None:
    with pytest.raises(ConceptError) as caught:
        read_log(mapping(SNAPSHOTS), tmp_path / "none.csv", tmp_path, "a\0.csv")
    assert [problem.message.partition(";")[0] for problem in caught.value.problems] == [
        "cannot be read: No such file or directory",
        "cannot be read: Is a directory",
        "cannot be read: embedded null byte",
    ]
    for path in (tmp_path / "none.toml", "a\0.toml"):
        with pytest.raises(ConceptError, match=r"cannot be read: .*; give the path of a mapping file"):
            load_mapping(path)


def test_many_columns_and_long_cells_are_bounded(tmp_path: Path) -> None:
    (tmp_path / "wide.csv").write_text(f"{COLUMNS},{','.join(map(str, range(10_000)))}\n", encoding="utf-8")
    with pytest.raises(ConceptError, match="has more than 10,000 columns; make it smaller, or read it with"):
        read_log(mapping(SNAPSHOTS), tmp_path / "wide.csv")
    wide = read_log(mapping(SNAPSHOTS), tmp_path / "wide.csv", bounds=Bounds(log_columns=20_000))
    assert (len(wide.histories), wide.rejects) == (0, ())
    long = FIRST.replace("ann", "x" * 500_000)
    (tmp_path / "long.csv").write_text(f"{COLUMNS}\n{long}\n", encoding="utf-8")
    assert read_log(mapping(SNAPSHOTS), tmp_path / "long.csv").rejects == ()
    [reject] = read_log(mapping(SNAPSHOTS), tmp_path / "long.csv", bounds=Bounds(log_cell=1000)).rejects
    assert reject.reason.startswith(
        "the row has more than 1,000 characters in a cell; make it smaller, or read it with"
    )


def test_rows_that_are_not_csv_take_time_in_proportion(tmp_path: Path) -> None:
    """Each row that is not CSV once took the file from its beginning."""
    times = []
    for rows in (1_000, 8_000):
        (tmp_path / "bad.csv").write_text(f"{COLUMNS}\n" + '"a"b,c\n' * rows, encoding="utf-8")
        best = float("inf")
        for _ in range(3):
            began = time.process_time()
            log = read_log(mapping(SNAPSHOTS), tmp_path / "bad.csv")
            best = min(best, time.process_time() - began)
        assert (len(log.rejects), log.rejects[-1].line, log.rejects[-1].cells) == (rows, rows + 1, ('"a"b,c',))
        times.append(best)
    assert times[1] < 24 * times[0]


def test_a_mapping_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(ConceptError, match="is not UTF-8 at byte 8; save it as UTF-8"):
        load_mapping(tmp_path / "mapping.toml")


def test_the_repr_of_a_log_counts_its_rows(tmp_path: Path) -> None:
    assert repr(snapshots(tmp_path, FIRST.replace("T-1", ""))) == (
        "Log(1 ticket, 3 events; 2 rows: 1 with events, 0 unchanged, 1 set aside; 0 findings)"
    )
