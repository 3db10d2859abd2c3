"""A log of 442 issues of Apache Jira: every row accounted for, and the figures known of them."""

from collections.abc import Callable

import pytest

from supportcore.logs import Log
from supportcore.reports import fact_changes, fact_counts
from supportcore.tickets import Closed, Resolved
from tests.data_logs.accounts import account, adds_up, count


@pytest.fixture(scope="module")
def jira(log_of: Callable[[str], Log]) -> Log:
    return log_of("jira_apache")


def test_every_row_of_jira_is_accounted_for(jira: Log) -> None:
    assert account(jira) == (442 + 1_526, 1_836, 132, 0)
    assert len(jira.histories) == 442
    assert adds_up(jira)


def test_the_priorities_of_jira(jira: Log) -> None:
    assert fact_counts(jira.histories.values(), "recorded priority") == {
        "blocker": 16,
        "critical": 26,
        "major": 308,
        "minor": 83,
        "trivial": 9,
    }


def test_the_priority_changes_of_jira(jira: Log) -> None:
    changes = fact_changes(jira.histories.values(), "recorded priority")
    assert sum(changes.values()) == 21
    assert changes["major", "blocker"] == 5


def test_every_issue_of_jira_is_resolved_in_the_end(jira: Log) -> None:
    finished = [
        ticket
        for ticket, history in jira.histories.items()
        if any(isinstance(event, Resolved | Closed) for event in history)
    ]
    assert len(finished) == 442
    assert count(jira, Closed) == 152
    assert jira.findings == ()
