"""The three real logs replayed under concepts of their own: every ticket is evaluated, none is lost, none crashes."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

import supportcore as sc
from supportcore.cli.inputs import last_instant

CONCEPTS = Path(__file__).with_name("concepts")


@pytest.mark.parametrize(
    ("concept", "mapping", "tickets"),
    [
        pytest.param("servicenow", "servicenow_uci", 7_465, marks=pytest.mark.full),
        pytest.param("volvo", "volvo_bpic13", 7_554, marks=pytest.mark.full),
        ("jira", "jira_apache", 442),
    ],
)
def test_a_real_log_replays_whole(concept: str, mapping: str, tickets: int, log_of: Callable[[str], sc.Log]) -> None:
    read = sc.load(CONCEPTS / f"{concept}.toml")
    log = log_of(mapping)
    assert log.rows == log.rows_with_events + log.unchanged + len(log.rejects)
    as_of = last_instant(log.histories)
    assert as_of is not None
    report = sc.replay(read, log.histories.values(), as_of=as_of + timedelta(days=1))
    assert report.failures == ()
    assert report.tickets == tickets == len(log.histories)
    for metric in ("reaction", "resolution"):
        rows = [row for row in report.attainment if row.key[1] == metric]
        assert sum(row.met + row.missed + row.open + row.not_applicable for row in rows) >= tickets
    assert len(report.breaches) >= sum(row.missed for row in report.attainment)
