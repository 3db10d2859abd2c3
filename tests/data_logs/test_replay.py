"""The three real logs replayed under concepts of their own: every ticket is evaluated and counted once."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

import supportcore as sc
from supportcore.cli.inputs import last_instant

CONCEPTS = Path(__file__).with_name("concepts")


# The numbers of tickets met, missed, open and not applicable, and of breached cycles: the earlier cycles of a reopened
# ticket count as breaches, but only its last cycle as missed.
Counts = tuple[int, int, int, int, int]


@pytest.mark.parametrize(
    ("concept", "mapping", "tickets", "reaction", "resolution"),
    [
        pytest.param(
            "servicenow",
            "servicenow_uci",
            7_465,
            (3_525, 3_940, 0, 0, 3_940),
            (6_205, 1_260, 0, 0, 1_276),
            marks=pytest.mark.full,
        ),
        pytest.param(
            "volvo",
            "volvo_bpic13",
            7_554,
            (4_024, 3_530, 0, 0, 3_530),
            (3_698, 608, 2, 3_246, 642),
            marks=pytest.mark.full,
        ),
        ("jira", "jira_apache", 442, (257, 185, 0, 0, 185), (27, 18, 0, 397, 18)),
    ],
)
def test_a_real_log_replays_whole(
    concept: str,
    mapping: str,
    tickets: int,
    reaction: Counts,
    resolution: Counts,
    log_of: Callable[[str], sc.Log],
) -> None:
    read = sc.load(CONCEPTS / f"{concept}.toml")
    log = log_of(mapping)
    assert log.rows == log.rows_with_events + log.unchanged + len(log.rejects)
    as_of = last_instant(log.histories)
    assert as_of is not None
    report = sc.replay(read, log.histories.values(), as_of=as_of + timedelta(days=1))
    assert report.failures == ()
    assert report.tickets == tickets == len(log.histories) == sum(reaction[:4]) == sum(resolution[:4])
    found = {}
    for metric in ("reaction", "resolution"):
        rows = [row for row in report.attainment if row.key[1] == metric]
        breaches = [breach for breach in report.breaches if breach.metric == metric]
        found[metric] = (
            sum(row.met for row in rows),
            sum(row.missed for row in rows),
            sum(row.open for row in rows),
            sum(row.not_applicable for row in rows),
            len(breaches),
        )
    assert found == {"reaction": reaction, "resolution": resolution}
    assert len(report.breaches) == reaction[4] + resolution[4]
