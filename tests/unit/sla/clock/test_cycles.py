"""Reopenings, resets, chains of cycles, and what a trace says of them (SLA-2, SLA-7, SLA-13)."""

from datetime import timedelta

import pytest

from supportcore.calendars import WorkingDays
from supportcore.errors import DefinitionError
from supportcore.instants import micros
from supportcore.sla import Cause, Cycle, Metric, On, Reopen, Threshold, While, resolution, run_clocks
from supportcore.tickets import (
    AgentReplied,
    Cancelled,
    CustomerReplied,
    Event,
    FactsChanged,
    Opened,
    Paused,
    Reopened,
    Resolved,
    Resumed,
)
from tests.unit.sla.desk import GOLD, at, clock_of, opened

SOLVED: list[Event] = [opened(5, 9), Resolved("T", at(5, 10), id="solved"), Reopened("T", at(5, 12), id="again")]


def solved_again(reopen: Reopen, day: int = 5, hour: int = 12) -> tuple[Cycle, ...]:
    events: list[Event] = [*SOLVED[:2], Reopened("T", at(day, hour), id="again")]
    return clock_of(resolution().with_(reopen=reopen), events, at(day, hour + 1)).cycles


def test_restart_opens_a_fresh_cycle_of_the_same_chain() -> None:
    first, second = solved_again(Reopen("restart"))
    assert (first.result, first.elapsed) == ("met", timedelta(hours=1))
    assert (second.number, second.chain, second.elapsed, second.due_at) == (2, 1, timedelta(hours=1), at(5, 16))
    assert second.opened_by == Cause("reopened", "again")


def test_resume_carries_the_elapsed_time_and_not_the_gap() -> None:
    _, second = solved_again(Reopen("resume"))
    assert (second.elapsed, second.carried, second.due_at) == (timedelta(hours=2), 3_600_000_000, at(5, 15))
    assert [(segment.start, segment.end, segment.kind, segment.because) for segment in second.trace()] == [
        (at(5, 9), at(5, 10), "carried", Cause("cycle", "opened", "1")),
        (at(5, 12), at(5, 13), "counted", Cause("reopened", "again")),
    ]


def test_count_carries_the_gap_too() -> None:
    _, second = solved_again(Reopen("count"))
    assert (second.elapsed, second.due_at) == (timedelta(hours=4), at(5, 13))
    assert [(segment.start, segment.end, segment.kind, segment.because.name) for segment in second.trace()] == [
        (at(5, 9), at(5, 10), "carried", "1"),
        (at(5, 10), at(5, 12), "carried", ""),
        (at(5, 12), at(5, 13), "counted", ""),
    ]


def test_count_may_begin_beyond_the_target() -> None:
    _, second = solved_again(Reopen("count"), 5, 15)
    assert (second.due_at, second.breached_at, second.elapsed) == (at(5, 15), at(5, 15), timedelta(hours=7))


def test_ignore_opens_none() -> None:
    assert len(solved_again(Reopen("ignore"))) == 1


def test_after_the_window_otherwise_holds() -> None:
    within = Reopen("resume", within=timedelta(hours=2))
    assert solved_again(within)[1].carried > 0
    assert solved_again(within, 5, 13)[1].carried == 0
    assert len(solved_again(Reopen("resume", within=timedelta(hours=2), otherwise="ignore"), 5, 13)) == 1


def test_a_chain_of_resumed_cycles_carries_all_of_them() -> None:
    events: list[Event] = [*SOLVED, Resolved("T", at(5, 13), id="solved2"), Reopened("T", at(5, 14), id="again2")]
    cycle = clock_of(resolution().with_(reopen=Reopen("resume")), events, at(5, 15)).cycle
    assert cycle is not None
    assert [(segment.kind, segment.start.hour, segment.because.name) for segment in cycle.trace()] == [
        ("carried", 9, "1"),
        ("carried", 12, "2"),
        ("counted", 14, ""),
    ]


def test_a_reset_ends_the_cycle_with_its_result_and_starts_the_next_of_another_chain() -> None:
    update = Metric("update", start=On(Opened), reset=On(AgentReplied), stop=On(Resolved))
    clock = clock_of(update, [opened(5, 9), AgentReplied("T", at(5, 14), id="reply")], at(5, 15))
    assert [(cycle.result, cycle.chain, cycle.elapsed) for cycle in clock.cycles] == [
        ("missed", 1, timedelta(hours=5)),
        ("open", 2, timedelta(hours=1)),
    ]
    assert clock.cycles[1].opened_by == Cause("reset", "reply")


def test_start_is_ignored_while_a_cycle_runs() -> None:
    next_reply = Metric("next reply", start=On(CustomerReplied), stop=On(AgentReplied))
    events = [
        opened(5, 9),
        CustomerReplied("T", at(5, 10)),
        CustomerReplied("T", at(5, 11)),
        AgentReplied("T", at(5, 12)),
        CustomerReplied("T", at(5, 13)),
    ]
    clock = clock_of(next_reply, events, at(5, 14))
    assert [(cycle.chain, cycle.elapsed) for cycle in clock.cycles] == [
        (1, timedelta(hours=2)),
        (2, timedelta(hours=1)),
    ]


def test_facts_can_start_stop_and_pause() -> None:
    waiting = Metric(
        "waiting",
        start=While({"state": "waiting"}),
        stop=While({"state": ["done", "new"]}),
        pause=While({"parked": True}),
    )
    events = [
        Opened("T", at(5, 9), facts={"state": "new"}, id="opened"),
        FactsChanged("T", at(5, 10), facts={"state": "waiting"}, id="waits"),
        FactsChanged("T", at(5, 11), facts={"parked": True}, id="parked"),
        FactsChanged("T", at(5, 12), facts={"parked": False}, id="back"),
        FactsChanged("T", at(5, 13), facts={"state": "done"}, id="done"),
    ]
    clock = clock_of(waiting, events, at(9))
    assert clock.cycle is not None
    assert (clock.cycle.started_at, clock.cycle.ended_at, clock.elapsed) == (at(5, 10), at(5, 13), timedelta(hours=2))
    assert [(segment.kind, segment.because) for segment in clock.trace()] == [
        ("counted", Cause("started", "waits")),
        ("paused", Cause("facts", "parked")),
        ("counted", Cause("facts", "back")),
    ]


def test_a_trace_names_pauses_holidays_and_hours() -> None:
    events = [
        opened(5, 16),
        Paused("T", at(7, 9), reason="customer", id="asked"),
        CustomerReplied("T", at(7, 11), id="answer"),
    ]
    clock = run_clocks(events, [GOLD], as_of=at(7, 12))["gold", "resolution"]
    assert [(segment.start, segment.kind, segment.because) for segment in clock.trace()] == [
        (at(5, 16), "counted", Cause("started", "opened")),
        (at(5, 17), "closed", Cause("hours", name="office")),
        (at(6), "holiday", Cause("holiday", name="Epiphany")),
        (at(7), "closed", Cause("hours", name="office")),
        (at(7, 8), "counted", Cause("started", "opened")),
        (at(7, 9), "paused", Cause("paused", "asked", "customer")),
        (at(7, 11), "counted", Cause("resumed", "answer")),
    ]
    assert clock.trace()[0].length == timedelta(hours=1)
    assert clock.trace()[0].end == at(5, 17)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda: Metric("", start=On(Opened), stop=On(Resolved)),
            "`name` of a metric is ``; give a text",
        ),
        (lambda: Metric("m", stop=On(Resolved)), "metric `m` can never start; give it `start=On(…)`"),
        (lambda: Metric("m", start=On(Opened)), "metric `m` can never stop; give it `stop=On(…)` or `reset=On(…)`"),
        (
            lambda: Metric("m", start=On(Opened), stop=On(Resolved), pause=On(Paused)),
            "a pause of metric `m` can never end; give it `resume=On(…)`",
        ),
        (
            lambda: Reopen("resum"),
            "`policy` of `Reopen` is `resum`; expected one of `ignore`, `restart`, `resume`, `count`; did you "
            "mean `resume`?",
        ),
        (
            lambda: Reopen("resume", otherwise="count"),
            "`otherwise` of `Reopen` is `count`; expected one of `restart`, `ignore`",
        ),
        (
            lambda: Reopen("resume", within=timedelta(days=-1)),
            "`within` of `Reopen` is `-1 day, 0:00:00`; give a length of at least 0, or a day form such as "
            "`WorkingDays(5)`",
        ),
    ],
)
def test_metrics_that_cannot_be_are_refused(make: object, words: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        make()
    assert str(caught.value) == words


def test_resume_on_any_of_several_conditions() -> None:
    events = [opened(5, 9), Paused("T", at(5, 10), reason="customer"), Resumed("T", at(5, 11))]
    assert clock_of(resolution(), events, at(5, 12)).elapsed == timedelta(hours=2)


def test_the_window_may_be_a_day_form() -> None:
    within = Reopen("resume", within=WorkingDays(1))  # solved on Monday at ten, the 6th is a holiday
    assert solved_again(within, 7, 10)[1].carried > 0
    assert solved_again(within, 7, 11)[1].carried == 0


def test_sla_4_a_stop_ends_the_waiting_of_a_clock_that_does_not_run() -> None:
    reply = Metric(
        "reply",
        start=On(CustomerReplied),
        stop=On(Resolved),
        cancel=On(Cancelled),
        pause=On(Paused),
        resume=On(Resumed),
    )
    asked, again = Paused("T", at(5, 9, 30), reason="customer"), CustomerReplied("T", at(5, 11))
    for end in (Resolved("T", at(5, 10)), Cancelled("T", at(5, 10))):
        assert clock_of(reply, [opened(5, 9), asked, end, again], at(5, 12)).phase == "running"
    assert clock_of(reply, [opened(5, 9), asked, again], at(5, 12)).phase == "paused"


def test_sla_2_a_reopening_that_is_ignored_may_still_be_a_start() -> None:
    again = Metric("again", start=On(Opened, Reopened), stop=On(Resolved))
    clock = clock_of(again, SOLVED, at(5, 13))
    assert [(cycle.chain, cycle.elapsed, cycle.opened_by) for cycle in clock.cycles] == [
        (1, timedelta(hours=1), Cause("started", "opened")),
        (2, timedelta(hours=1), Cause("started", "again")),
    ]
    joined = clock_of(again.with_(reopen=Reopen("resume")), SOLVED, at(5, 13))
    assert [(cycle.chain, cycle.opened_by.kind) for cycle in joined.cycles] == [(1, "started"), (1, "reopened")]


def test_sla_7_what_was_cancelled_may_be_reopened_too() -> None:
    events: list[Event] = [opened(5, 9), Cancelled("T", at(5, 10)), Reopened("T", at(5, 11))]
    clock = clock_of(resolution().with_(reopen=Reopen("resume")), events, at(5, 12))
    assert [(cycle.phase, cycle.result, cycle.elapsed) for cycle in clock.cycles] == [
        ("cancelled", "none", timedelta(hours=1)),
        ("running", "open", timedelta(hours=2)),
    ]


def test_sla_2_a_reset_under_a_pause_goes_on_paused() -> None:
    update = Metric(
        "update", start=On(Opened), reset=On(AgentReplied), stop=On(Resolved), pause=On(Paused), resume=On(Resumed)
    )
    events = [opened(5, 9), Paused("T", at(5, 10), reason="customer"), AgentReplied("T", at(5, 11))]
    clock = clock_of(update, events, at(5, 12))
    assert [(cycle.phase, cycle.elapsed) for cycle in clock.cycles] == [
        ("stopped", timedelta(hours=1)),
        ("paused", timedelta()),
    ]


def test_a_cycle_shows_its_result_and_the_time_used() -> None:
    first, _ = solved_again(Reopen("restart"))
    assert repr(first) == "Cycle(1: met, used 1 h of 4 h)"


def test_at_the_instant_of_a_new_cycle_that_cycle_counts() -> None:
    clock = clock_of(resolution().with_(reopen=Reopen("restart")), SOLVED, at(5, 13))
    asked = [at(5, 9), at(5, 10), at(5, 12) - timedelta(microseconds=1), at(5, 12)]
    assert [clock.ended_by(micros(instant)) for instant in asked] == [False, True, True, False]
    assert not clock.ended_by(micros(at(5, 8)))


def test_sla_10_a_threshold_is_due_at_its_own_instant() -> None:
    metric = resolution(Threshold.percent(50))
    (before,) = clock_of(metric, [opened(5, 9)], at(5, 11) - timedelta(microseconds=1)).thresholds
    (reached,) = clock_of(metric, [opened(5, 9)], at(5, 11)).thresholds
    assert (before.at, before.is_due, reached.at, reached.is_due) == (at(5, 11), False, at(5, 11), True)
