"""The example log: made by its script to the byte, and each of its rows accounted for."""

import runpy
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from supportcore.instants import micros
from supportcore.logs import Log, read_log
from supportcore.tickets import Opened, PageAcknowledged, kind_name
from tests.golden.worksheet import BERLIN

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def log() -> Log:
    return read_log(EXAMPLES / "hosting-log.toml", EXAMPLES / "hosting-2026.csv")


def test_the_script_makes_the_committed_file() -> None:
    made: str = runpy.run_path(str(EXAMPLES / "make_log.py"))["log"]()
    assert made.encode() == (EXAMPLES / "hosting-2026.csv").read_bytes()


def test_every_row_is_an_event_or_changes_nothing(log: Log) -> None:
    written = (EXAMPLES / "hosting-2026.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert log.rows == len(written)
    assert log.rows == log.rows_with_events + log.unchanged
    assert log.rejects == ()
    assert log.unchanged == 70
    assert list(log.histories) == list(dict.fromkeys(row.split(",")[1] for row in written))
    assert len(log.histories) == 207


def test_what_a_year_of_support_holds_is_in_it(log: Log) -> None:
    kinds = Counter(kind_name(type(event)) for history in log.histories.values() for event in history)
    rare = (
        "withdrawn",
        "cancelled",
        "reopened",
        "priority overridden",
        "page acknowledged",
        "facts changed",
        "resumed",
    )
    assert {kind: kinds[kind] for kind in rare if kinds[kind] < 4} == {}


@pytest.mark.parametrize("night", [datetime(2026, 3, 29), datetime(2026, 10, 25)])
def test_in_both_nights_of_a_changed_clock_somebody_is_called(log: Log, night: datetime) -> None:
    start, end = (micros(night.replace(hour=hour, tzinfo=BERLIN)) for hour in (0, 6))
    called = [
        event
        for history in log.histories.values()
        for event in history
        if isinstance(event, (Opened, PageAcknowledged)) and start <= event.instant < end
    ]
    assert {type(event) for event in called} == {Opened, PageAcknowledged}


def test_five_bad_rows_are_set_aside_with_their_reasons() -> None:
    log = read_log(EXAMPLES / "hosting-log.toml", EXAMPLES / "hosting-rejects.csv")
    assert (log.rows, log.rows_with_events, log.unchanged) == (8, 2, 1)
    assert [(reject.line, reject.reason) for reject in log.rejects] == [
        (3, "column `time`: `2026-02-30` is a day that does not exist"),
        (4, "column `ticket` names no ticket"),
        (5, "column `impact`: `everybody` is not under `words`; expected one of `user`, `team`, `site`"),
        (6, "column `reason`: is empty; the event needs its `reason`"),
        (8, "column `minutes`: `half an hour` is not a whole number; expected digits such as `40`"),
    ]
