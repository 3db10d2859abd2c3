"""The real logs, each read once, however many tests ask for it.

They are public research data and no part of the project. They lie beside it in `../shared/data`.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from supportcore.logs import Log, read_log

LOGS = Path(__file__).resolve().parents[3] / "shared" / "data"
FILES = {
    "servicenow_uci": ["uci_dev_30pct.csv.gz"],
    "volvo_bpic13": ["bpic13_incidents.csv.gz"],
    "jira_apache": ["apache_jira_issues.csv.gz", "apache_jira_changelog.csv.gz"],
}


@pytest.fixture(scope="session")
def log_of() -> Callable[[str], Log]:
    """Reads the log of a mapping; skips where the logs are not here."""
    if not LOGS.is_dir():
        pytest.skip("the real ticket logs of `../shared/data` are not here")
    return cache(lambda mapping: read_log(mapping, *(LOGS / name for name in FILES[mapping])))
