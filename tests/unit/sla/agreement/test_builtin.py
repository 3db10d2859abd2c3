"""The metrics that come ready made, over one history (SLA-2, SLA-4)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from supportcore.sla import (
    Agreement,
    Metric,
    agent_work,
    first_reply,
    next_reply,
    periodic_update,
    reaction,
    requester_wait,
    resolution,
    run_clocks,
)
from supportcore.tickets import (
    AgentReplied,
    Cancelled,
    Closed,
    CustomerReplied,
    Event,
    Opened,
    Paused,
    ReceiptConfirmed,
    Reopened,
    Resolved,
    Resumed,
)
from tests.unit.sla.desk import ALWAYS, at

EVERY: tuple[Callable[[], Metric], ...] = (
    reaction,
    first_reply,
    next_reply,
    periodic_update,
    resolution,
    requester_wait,
    agent_work,
)
HISTORY: list[Event] = [
    Opened("T", at(5, 9)),
    CustomerReplied("T", at(5, 9)),
    ReceiptConfirmed("T", at(5, 9, 10)),
    AgentReplied("T", at(5, 9, 20), by="bot"),
    AgentReplied("T", at(5, 9, 30)),
    Paused("T", at(5, 10), reason="customer"),
    CustomerReplied("T", at(5, 11)),
    CustomerReplied("T", at(5, 11, 10)),
    AgentReplied("T", at(5, 11, 30)),
    Paused("T", at(5, 12), reason="supplier"),
    Resumed("T", at(5, 13)),
    Resolved("T", at(5, 14)),
    Reopened("T", at(5, 15)),
    Resolved("T", at(5, 16)),
]


def lengths(metric: Metric, events: list[Event]) -> list[int]:
    """How many minutes each cycle took, round the clock."""
    clock = run_clocks(events, [Agreement("gold", ALWAYS, [metric])], as_of=at(9))["gold", metric.name]
    return [cycle.elapsed // timedelta(minutes=1) for cycle in clock.cycles]


@pytest.mark.parametrize(
    ("metric", "minutes"),
    [
        (reaction(), [10]),  # the customer is told
        (first_reply(), [30]),  # the bot's answer is none
        (next_reply(), [30, 30]),  # from the oldest message without an answer
        (periodic_update(), [30, 60, 150, 60]),
        (resolution(), [240, 60]),
        (requester_wait(), [240, 300]),
        (agent_work(), [180, 240]),
    ],
    ids=lambda given: given.name if isinstance(given, Metric) else "",
)
def test_what_the_built_in_metrics_count(metric: Metric, minutes: list[int]) -> None:
    assert lengths(metric, HISTORY) == minutes


@pytest.mark.parametrize("make", EVERY)
@pytest.mark.parametrize("end", [Resolved, Closed])
def test_all_of_them_end_at_the_solution(make: Callable[[], Metric], end: type[Event]) -> None:
    events = [Opened("T", at(5, 9)), CustomerReplied("T", at(5, 9)), end("T", at(5, 10))]
    assert lengths(make(), events) == [60]


@pytest.mark.parametrize("make", EVERY)
def test_all_of_them_fall_away_when_the_ticket_does(make: Callable[[], Metric]) -> None:
    events = [Opened("T", at(5, 9)), CustomerReplied("T", at(5, 9)), Cancelled("T", at(5, 10))]
    metric = make()
    clock = run_clocks(events, [Agreement("gold", ALWAYS, [metric])], as_of=at(9))["gold", metric.name]
    assert (clock.phase, clock.result) == ("cancelled", "none")


def test_sla_4_waiting_for_the_customer_does_not_hide_an_unanswered_reaction() -> None:
    events = [Opened("T", at(5, 9)), Paused("T", at(5, 10), reason="customer"), AgentReplied("T", at(5, 12))]
    assert lengths(reaction(), events) == [180]
