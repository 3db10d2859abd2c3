"""Two large real logs read through the project's own mappings: every row accounted for, and what is known of them."""

import csv
import gzip
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from supportcore.logs import Log
from supportcore.reports import LevelMoves, highest_levels, level_moves, observed
from supportcore.rules import recover
from supportcore.tickets import Cancelled, Paused, Reopened, hand_overs
from tests.data_logs.accounts import account, adds_up, count

pytestmark = pytest.mark.full

LOGS = Path(__file__).resolve().parents[3] / "shared" / "data"
LEVELS = ("first", "second", "third")


@pytest.fixture(scope="module")
def servicenow(log_of: Callable[[str], Log]) -> Log:
    return log_of("servicenow_uci")


@pytest.fixture(scope="module")
def volvo(log_of: Callable[[str], Log]) -> Log:
    return log_of("volvo_bpic13")


# Nothing is lost


def test_every_row_of_servicenow_is_accounted_for(servicenow: Log) -> None:
    assert account(servicenow) == (42_366, 32_340, 10_026, 0)
    assert len(servicenow.histories) == 7_465
    assert adds_up(servicenow)


def test_every_row_of_volvo_is_accounted_for(volvo: Log) -> None:
    assert account(volvo) == (65_533, 53_360, 12_173, 0)
    assert len(volvo.histories) == 7_554
    assert adds_up(volvo)


# ServiceNow: impact × urgency → priority


def test_the_priority_matrix_of_servicenow_has_eight_cells_and_no_contradiction(servicenow: Log) -> None:
    pairs = observed(servicenow.histories.values(), ["impact", "urgency"], "recorded priority")
    cells = {(facts["impact"], facts["urgency"], outcome["recorded priority"]) for facts, outcome in pairs}
    assert cells == {
        ("high", "high", "critical"),  # 11 → 1
        ("high", "medium", "high"),  # 12 → 2
        ("medium", "high", "high"),  # 21 → 2
        ("medium", "medium", "moderate"),  # 22 → 3
        ("medium", "low", "low"),  # 23 → 4
        ("low", "high", "moderate"),  # 31 → 3
        ("low", "medium", "low"),  # 32 → 4
        ("low", "low", "low"),  # 33 → 4
    }
    assert len({(impact, urgency) for impact, urgency, _ in cells}) == 8


def test_the_matrix_of_servicenow_is_recovered_as_a_table(servicenow: Log) -> None:
    pairs = observed(servicenow.histories.values(), ["impact", "urgency"], "recorded priority")
    found = recover([facts for facts, _ in pairs], [outcome for _, outcome in pairs])
    assert found.contradictions == ()
    assert len(found.table.rules) == 8
    assert found.table.decide({"impact": "low", "urgency": "high"}).value == {"recorded priority": "moderate"}


def test_the_odd_rows_of_servicenow_are_found_and_start_nothing(servicenow: Log) -> None:
    assert Counter(finding.code for finding in servicenow.findings) == {"replay.before-opening": 2}
    for finding, ticket in zip(servicenow.findings, ["0000130", "0000131"], strict=True):
        assert f"ticket `{ticket}`" in finding.message
        history = servicenow.histories[ticket]
        assert history.opening is not None
        assert history.events[0].instant < history.opening.instant


def test_the_waiting_states_of_servicenow_become_pauses(servicenow: Log) -> None:
    # Counted by hand over the rows: how often an incident comes to wait, by what it waits for.
    reasons = {"Awaiting User Info": "customer", "Awaiting Vendor": "supplier"}
    reasons |= {"Awaiting Problem": "problem", "Awaiting Evidence": "evidence"}
    expected: Counter[str] = Counter()
    before = ("", "")
    with gzip.open(LOGS / "uci_dev_30pct.csv.gz", "rt", encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            now = (row["number"], row["incident_state"])
            if now != before and now[1] in reasons:
                expected[reasons[now[1]]] += 1
            before = now
    histories = servicenow.histories.values()
    paused = Counter(event.reason for history in histories for event in history if isinstance(event, Paused))
    assert paused == expected
    assert paused["customer"] == 1_739


def test_the_reopenings_of_servicenow_are_those_of_its_own_counter(servicenow: Log) -> None:
    with gzip.open(LOGS / "uci_dev_30pct.csv.gz", "rt", encoding="utf-8", newline="") as rows:
        highest: dict[str, int] = {}
        for row in csv.DictReader(rows):
            highest[row["number"]] = max(highest.get(row["number"], 0), int(row["reopen_count"]))
    reopened = {
        ticket: sum(isinstance(event, Reopened) for event in history)
        for ticket, history in servicenow.histories.items()
    }
    assert reopened == highest
    assert sum(reopened.values()) == 77


# Volvo: support lines


def test_the_moves_between_the_lines_of_volvo(volvo: Log) -> None:
    moves = level_moves(volvo.histories.values(), LEVELS)
    assert moves == LevelMoves(up=3_245, down=1_755, up_skipping=196, down_skipping=111)


def test_the_hand_overs_of_volvo(volvo: Log) -> None:
    assert sum(map(hand_overs, volvo.histories.values())) == 9_454


def test_the_highest_lines_of_volvo(volvo: Log) -> None:
    assert highest_levels(volvo.histories.values(), LEVELS) == {"first": 4_546, "second": 2_468, "third": 540}


def test_one_incident_of_volvo_was_cancelled(volvo: Log) -> None:
    assert count(volvo, Cancelled) == 1
