"""The example log's tickets that were worked out by hand, compared with what the library says of them."""

import csv
import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

import supportcore as sc
from supportcore.logs import Log, read_log
from tests.golden.worksheet import BERLIN, WORKSHEET, answers, rows_told, time_told, worksheet

EXAMPLES = Path(__file__).parents[2] / "examples"
BY_HAND = worksheet(WORKSHEET.read_text(encoding="utf-8"))
AS_OF = datetime(2027, 1, 1, tzinfo=BERLIN)


@cache
def log() -> Log:
    return read_log(EXAMPLES / "hosting-log.toml", EXAMPLES / "hosting-2026.csv", strict=True)


@cache
def hosting() -> sc.ServiceConcept:
    return sc.load(sc.example("hosting"))


def test_at_least_twenty_tickets_are_worked_out() -> None:
    assert len(BY_HAND) >= 20


@pytest.mark.parametrize("ticket", BY_HAND)
def test_the_library_agrees_with_the_worksheet(ticket: str) -> None:
    case = sc.evaluate(hosting(), log().histories[ticket], as_of=AS_OF)
    assert answers(case) == BY_HAND[ticket]


def test_each_row_of_the_tables_is_used() -> None:
    said = "\n".join(answer for answers in BY_HAND.values() for answer in answers.values())
    rows = ("o1", "o2", "o3", "m1", "m2", "m3", "x1", "s1", "s2", "s3", "s4", "h1", "h2", "h3", "h4")
    assert [row for row in rows if f" by {row}" not in said] == []


def logged_rows(tickets: Iterable[str]) -> dict[str, list[tuple[str, str, str]]]:
    """The rows of some tickets of the log: time, event, by whom."""
    logged: dict[str, list[tuple[str, str, str]]] = {ticket: [] for ticket in tickets}
    with (EXAMPLES / "hosting-2026.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["ticket"] in logged:
                at = time_told(datetime.fromisoformat(row["time"]))
                logged[row["ticket"]].append((at, row["event"], row["by"]))
    return logged


def test_the_rows_that_it_shows_are_those_of_the_log() -> None:
    assert rows_told(WORKSHEET.read_text(encoding="utf-8")) == logged_rows(BY_HAND)


TABLE = "## 0101-1: a title\n\n| result | value |\n|---|---|\n"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("| priority | minor |", "ticket 0101-1: the row `priority`: `minor` cannot be parsed"),
        ("| weather | fine |", "ticket 0101-1: the row `weather`: `fine` cannot be parsed"),
        ("priority minor", "ticket 0101-1: `priority minor` is not a row of result and value"),
        ("| notifications | 0 |\n| notifications | 0 |", "ticket 0101-1 has `notifications` twice"),
    ],
)
def test_a_row_that_is_not_understood_is_an_error(row: str, fault: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(fault)}$"):
        worksheet(TABLE + row)


def test_a_ticket_without_results_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"^ticket 0101-1 has no table of results$"):
        worksheet("## 0101-1: a title\n\nText.\n")
