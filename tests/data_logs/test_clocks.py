"""Clocks over three real logs: every ticket evaluates, and its segments add up to the time on the wall (SLA-13)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from supportcore.calendars import BusinessCalendar
from supportcore.logs import Log
from supportcore.reports import attainment
from supportcore.sla import Agreement, Clocks, Target, periodic_update, reaction, resolution, run_clocks

TICKETS = {"servicenow_uci": 7465, "volvo_bpic13": 7554, "jira_apache": 442}
# The number of updates due, a new one after each reply of the desk, and of the cycles of all three clocks.
UPDATES = {"servicenow_uci": 7465, "volvo_bpic13": 7554, "jira_apache": 736}
CYCLES = {"servicenow_uci": 22_549, "volvo_bpic13": 23_822, "jira_apache": 1_652}
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
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def clocks(name: str, log_of: Callable[[str], Log]) -> list[Clocks]:
    log = log_of(name)
    last = max(event.at for history in log.histories.values() for event in history)
    return [run_clocks(history, [AGREEMENT], as_of=last) for history in log.histories.values()]


def test_every_ticket_has_its_clocks(name: str, clocks: list[Clocks]) -> None:
    assert [len(of_ticket) for of_ticket in clocks] == [3] * TICKETS[name]
    assert {one.key[1]: one.judged + one.open + one.not_applicable for one in attainment(clocks)} == {
        "periodic update": UPDATES[name],
        "reaction": TICKETS[name],
        "resolution": TICKETS[name],
    }


def test_the_segments_of_each_cycle_add_up_to_the_time_on_the_wall(name: str, clocks: list[Clocks]) -> None:
    assert sum(len(clock.cycles) for of_ticket in clocks for clock in of_ticket.values()) == CYCLES[name]
    for of_ticket in clocks:
        for clock in of_ticket.values():
            for cycle in clock.cycles:
                segments = cycle.trace()
                tiles = [segment for segment in segments if segment.kind != "carried"]
                used = [segment for segment in segments if segment.kind in ("counted", "carried")]
                assert sum(segment.last - segment.first for segment in tiles) == cycle.until - cycle.start
                assert sum(segment.last - segment.first for segment in used) == cycle.used
