"""Clocks over three real logs: every ticket evaluates, and its segments add up to the time on the wall (SLA-13)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from supportcore.calendars import BusinessCalendar
from supportcore.logs import Log
from supportcore.reports import attainment
from supportcore.sla import Agreement, Clocks, Target, periodic_update, reaction, resolution, run_clocks

TICKETS = {"servicenow_uci": 7465, "volvo_bpic13": 7554, "jira_apache": 442}
LOGS = [name if name == "jira_apache" else pytest.param(name, marks=pytest.mark.full) for name in TICKETS]

OFFICE = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "08:00-12:00, 13:00-17:00"})
METRICS = [reaction(), resolution(), periodic_update()]
AGREEMENT = Agreement(
    "standard",
    OFFICE,
    METRICS,
    targets={metric.name: "8 h" for metric in METRICS},
    promises={"8 h": Target(timedelta(hours=8))},
)


@pytest.fixture(scope="module", params=LOGS)
def log(request: pytest.FixtureRequest, log_of: Callable[[str], Log]) -> Log:
    return log_of(request.param)


@pytest.fixture(scope="module")
def clocks(log: Log) -> list[Clocks]:
    last = max(event.at for history in log.histories.values() for event in history)
    return [run_clocks(history, [AGREEMENT], as_of=last) for history in log.histories.values()]


def test_every_ticket_has_its_clocks(log: Log, clocks: list[Clocks]) -> None:
    assert len(clocks) in TICKETS.values()
    assert all(len(of_ticket) == 3 for of_ticket in clocks)
    found = attainment(clocks)
    assert [one.key[1] for one in found] == ["periodic update", "reaction", "resolution"]
    assert all(one.judged + one.open + one.not_applicable >= len(clocks) * 9 // 10 for one in found)


def test_the_segments_of_each_cycle_add_up_to_the_time_on_the_wall(clocks: list[Clocks]) -> None:
    for of_ticket in clocks:
        for clock in of_ticket.values():
            for cycle in clock.cycles:
                segments = cycle.trace()
                tiles = [segment for segment in segments if segment.kind != "carried"]
                used = [segment for segment in segments if segment.kind in ("counted", "carried")]
                assert sum(segment.last - segment.first for segment in tiles) == cycle.until - cycle.start
                assert sum(segment.last - segment.first for segment in used) == cycle.used
