"""Pauses, ends, resets and reopenings of one clock, with their causes (SLA-2, SLA-4, SLA-5, SLA-7)."""

from datetime import timedelta

from supportcore.calendars import EndOfWorkingDay
from supportcore.domains import Choice, Scale
from supportcore.rules import DecisionTable, Rule
from supportcore.sla import (
    Agreement,
    Cause,
    ChangePolicy,
    Clock,
    Metric,
    On,
    Reopen,
    Target,
    While,
    next_reply,
    resolution,
    run_clocks,
)
from supportcore.tickets import (
    AgentReplied,
    Cancelled,
    Closed,
    CustomerReplied,
    Event,
    FactsChanged,
    Merged,
    Opened,
    Paused,
    Reopened,
    Resolved,
    Resumed,
)
from tests.unit.sla.desk import ALWAYS, OFFICE, PROMISES, at, clock_of, opened
from tests.unit.sla.engine.test_changed_terms import clock, now

CUSTOMER = Paused("T", at(5, 10), reason="customer", id="p")


def causes(found: Clock) -> list[tuple[str, Cause]]:
    return [(segment.kind, segment.because) for segment in found.trace()]


STARTED = ("counted", Cause("started", "opened"))


def test_what_ends_a_cycle_is_its_cause() -> None:
    ends: list[tuple[Event, Cause, str]] = [
        (Merged("T", at(5, 11), into="U", id="m"), Cause("merged", "m"), "stopped"),
        (Cancelled("T", at(5, 11), id="c"), Cause("cancelled", "c"), "cancelled"),
        (Resolved("T", at(5, 11), id="r"), Cause("stopped", "r"), "stopped"),
    ]
    for event, cause, phase in ends:
        (cycle,) = clock_of(resolution(), [opened(), event], at(9)).cycles
        assert (cycle.ended_by, cycle.phase, cycle.ended_at) == (cause, phase, at(5, 11))


def test_what_ends_a_pause_is_the_cause_of_what_follows_and_counts_once() -> None:
    resumed = Resumed("T", at(5, 11), id="on")
    again = Resumed("T", at(5, 12), id="again")
    reopened = Reopened("T", at(5, 11), id="back")
    waited = [STARTED, ("paused", Cause("paused", "p", "customer"))]
    for events, cause in (([resumed, again], Cause("resumed", "on")), ([reopened, again], Cause("reopened", "back"))):
        found = clock_of(resolution(), [opened(), CUSTOMER, *events], at(5, 13))
        assert causes(found) == [*waited, ("counted", cause)]


def test_a_cycle_after_one_that_ended_paused_knows_nothing_of_the_pause() -> None:
    events = [opened(), CUSTOMER, Resolved("T", at(5, 11)), Reopened("T", at(5, 12), id="back")]
    found = clock_of(resolution(), [*events, Resumed("T", at(5, 13))], at(5, 14))
    assert causes(found) == [("counted", Cause("reopened", "back"))]


def test_an_event_without_a_reason_may_pause_and_another_wait_does_not_end_that() -> None:
    metric = resolution().with_(pause=[On(AgentReplied), On(Paused, where={"reason": "customer"})])
    events: list[Event] = [opened(), AgentReplied("T", at(5, 10), id="a")]
    waiting = [STARTED, ("paused", Cause("paused", "a", ""))]
    assert causes(clock_of(metric, events, at(5, 12))) == waiting
    supplier = Paused("T", at(5, 11), reason="supplier", id="s")
    assert causes(clock_of(metric, [*events, supplier], at(5, 12))) == waiting
    replaced = clock_of(metric, [opened(), CUSTOMER, supplier], at(5, 12))
    assert causes(replaced) == [
        STARTED,
        ("paused", Cause("paused", "p", "customer")),
        ("counted", Cause("resumed", "s")),
    ]


def test_a_start_after_a_stop_is_no_reopening() -> None:
    events = [
        Opened("T", at(5, 9)),
        CustomerReplied("T", at(5, 10), id="one", by="customer"),
        AgentReplied("T", at(5, 11)),
        CustomerReplied("T", at(5, 12), id="two", by="customer"),
    ]
    for metric in (next_reply(), next_reply().with_(reopen=Reopen("restart"))):
        cycles = clock_of(metric, events, at(5, 13)).cycles
        assert [cycle.chain for cycle in cycles] == [*range(1, len(cycles) + 1)]
        assert cycles[-1].opened_by == Cause("started", "two")


def test_a_table_that_decides_nothing_is_no_error_while_no_clock_starts() -> None:
    table = DecisionTable(
        name="targets",
        hit="first",
        inputs=[Scale("priority", ["minor", "major"])],
        outputs=[Choice("wait", ["1 h"])],
        rules=[Rule({"priority": "minor"}, {"wait": "1 h"})],
    )
    metric = Metric("wait", start=On(AgentReplied), pause=On(Paused), resume=On(Resumed), stop=On(Closed))
    agreement = Agreement("gold", OFFICE, [metric], targets=table, promises=PROMISES)
    events = [opened(), Paused("T", at(5, 10), reason="supplier"), Closed("T", at(5, 11))]
    assert run_clocks(events, [agreement], as_of=at(5, 12))["gold", "wait"].phase == "pending"


def changed(hour: int, **facts: str) -> FactsChanged:
    return FactsChanged("T", at(5, hour), facts=facts, id=f"c{hour}")


def test_conditions_over_facts_take_effect_once_and_together() -> None:
    metric = Metric("work", start=On(Opened), stop=While({"state": "done"}), reset=While({"turn": "yes"}))
    once = clock_of(metric, [opened(), changed(10, turn="yes"), changed(11, state="new")], at(5, 12))
    assert [cycle.opened_by for cycle in once.cycles] == [Cause("started", "opened"), Cause("reset", "c10")]
    again = [opened(), changed(10, turn="yes"), changed(11, turn="no"), changed(12, turn="yes")]
    assert [cycle.opened_by.event for cycle in clock_of(metric, again, at(5, 13)).cycles] == ["opened", "c10", "c12"]
    (both,) = clock_of(metric, [opened(), changed(10, turn="yes", state="done")], at(5, 12)).cycles
    assert both.ended_by == Cause("stopped", "c10")


def test_what_a_reopened_cycle_carries_counts_against_its_day_form() -> None:
    """Two hours were used before, so that two hours before the end of Wednesday's office hours it is due."""
    metric = resolution().with_(reopen=Reopen("resume"))
    agreement = Agreement(
        "gold", OFFICE, [metric], targets={"resolution": "day"}, promises={"day": Target(EndOfWorkingDay(0))}
    )
    events = [opened(), Resolved("T", at(5, 11)), Reopened("T", at(7, 9))]
    found = run_clocks(events, [agreement], as_of=at(7, 10))["gold", "resolution"]
    assert (found.due_at, found.elapsed) == (at(7, 15), timedelta(hours=3))
    fresh = run_clocks([opened(7, 9)], [agreement], as_of=at(7, 10))["gold", "resolution"]
    assert fresh.due_at == at(7, 17)


def test_carried_segments_are_in_the_zone_of_the_clock() -> None:
    metric = resolution().with_(reopen=Reopen("count"))
    events = [opened(), Resolved("T", at(5, 11)), Reopened("T", at(5, 13), id="back")]
    found = clock_of(metric, events, at(5, 14))
    assert [(segment.kind, segment.start.isoformat(), segment.because) for segment in found.trace()] == [
        ("carried", "2026-01-05T09:00:00+01:00", Cause("cycle", "opened", "1")),
        ("carried", "2026-01-05T11:00:00+01:00", Cause("cycle", "back", "")),
        ("counted", "2026-01-05T13:00:00+01:00", Cause("reopened", "back")),
    ]


def test_each_change_of_the_calendar_is_the_cause_of_the_time_that_it_counts() -> None:
    """Three calendars in turn; a pause has its own cause, and so has a stretch that begins when a change does."""
    carry = ChangePolicy(raised="carry", lowered="carry")
    calendars = {"critical": OFFICE, "major": ALWAYS, "minor": OFFICE}
    amounts: dict[str, float | None] = {"critical": 4, "major": 20, "minor": 40}
    events: list[Event] = [
        opened(5, 9, priority="critical"),
        now("major", 10),
        Paused("T", at(5, 11), reason="customer", id="p"),
        now("minor", 12),
        CustomerReplied("T", at(5, 13), id="on"),
    ]
    found = clock(events, 14, carry, calendars, amounts)
    assert causes(found) == [
        STARTED,
        ("counted", Cause("changed", "major10")),
        ("paused", Cause("paused", "p", "customer")),
        ("paused", Cause("paused", "p", "customer")),
        ("counted", Cause("resumed", "on")),
    ]
    running = [opened(5, 9, priority="critical"), now("major", 10), now("minor", 11)]
    assert [(segment.start, segment.because) for segment in clock(running, 12, carry, calendars, amounts).trace()] == [
        (at(5, 9), Cause("started", "opened")),
        (at(5, 10), Cause("changed", "major10")),
        (at(5, 11), Cause("changed", "minor11")),
    ]
    together = [
        opened(5, 9, priority="critical"),
        CUSTOMER,
        CustomerReplied("T", at(5, 11), id="on", sequence=1),
        FactsChanged("T", at(5, 11), facts={"priority": "minor"}, id="lower", sequence=2),
    ]
    assert causes(clock(together, 12, carry, calendars, amounts))[-1] == ("counted", Cause("resumed", "on"))
