"""The three real logs replayed under concepts of their own: every ticket is evaluated, none is lost, none crashes."""

from datetime import timedelta
from pathlib import Path

import pytest

import supportcore as sc
from supportcore.cli.inputs import last_instant

LOGS = Path(__file__).resolve().parents[3] / "shared" / "data"
CONCEPTS = Path(__file__).with_name("concepts")

pytestmark = pytest.mark.skipif(not LOGS.is_dir(), reason="the real ticket logs of `../shared/data` are not here")


@pytest.mark.parametrize(
    ("concept", "mapping", "files", "tickets"),
    [
        ("servicenow", "servicenow_uci", ["uci_dev_30pct.csv.gz"], 7_465),
        ("volvo", "volvo_bpic13", ["bpic13_incidents.csv.gz"], 7_554),
        ("jira", "jira_apache", ["apache_jira_issues.csv.gz", "apache_jira_changelog.csv.gz"], 442),
    ],
)
def test_a_real_log_replays_whole(concept: str, mapping: str, files: list[str], tickets: int) -> None:
    read = sc.load(CONCEPTS / f"{concept}.toml")
    log = sc.read_log(mapping, *(LOGS / name for name in files))
    assert log.rows == log.rows_with_events + log.unchanged + len(log.rejects)
    as_of = last_instant(log.histories)
    assert as_of is not None
    report = sc.replay(read, log.histories.values(), as_of=as_of + timedelta(days=1))
    assert report.failures == ()
    assert report.tickets == tickets == len(log.histories)
    for metric in ("reaction", "resolution"):
        rows = [row for row in report.attainment if row.key[0] == metric]
        assert sum(row.met + row.missed + row.open + row.not_applicable for row in rows) >= tickets
    assert len(report.breaches) >= sum(row.missed for row in report.attainment)
