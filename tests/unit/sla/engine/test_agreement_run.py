"""Steps in order, facts that start clocks, attachments and excuses, each as whole clocks (SLA-1, SLA-2, SLA-8, G-6)."""

from datetime import timedelta

from supportcore.instants import micros
from supportcore.mappings import FrozenMapping
from supportcore.sla import Agreement, Cause, Clock, Metric, On, Target, While, resolution, run_clocks
from supportcore.sla.clock.adjustments import Excuse
from supportcore.tickets import (
    AgentReplied,
    Attached,
    CustomerReplied,
    Event,
    Excused,
    FactsChanged,
    Opened,
    Resolved,
    Resumed,
    Withdrawn,
)
from supportcore.timelines import Timeline
from tests.unit.sla.desk import GOLD, OFFICE, PROMISES, at, clock_of, opened

RAISED = FactsChanged("T", at(5, 11), facts={"priority": "critical"}, id="raised", sequence=2)


def promises_and_causes(clock: Clock) -> list[tuple[str, Cause]]:
    return [(cycle.promise, cycle.opened_by) for cycle in clock.cycles]


def test_a_change_takes_the_place_of_its_event_among_those_of_its_instant() -> None:
    replied = AgentReplied("T", at(5, 11), sequence=1)
    resolved = Resolved("T", at(5, 11), sequence=3)
    clock = run_clocks([opened(), replied, RAISED, resolved], [GOLD], as_of=at(9))["gold", "resolution"]
    assert promises_and_causes(clock) == [("16 h", Cause("started", "opened")), ("4 h", Cause("changed", "raised"))]


def test_a_change_without_an_event_of_its_instant_comes_before_the_events_of_its_instant() -> None:
    """A cause of another instant or none; an event that the history does not have comes after those that it has."""
    before = FrozenMapping({"priority": "major"})
    after = FrozenMapping({"priority": "critical"})
    earlier = FactsChanged("T", at(5, 10), facts={"priority": "critical"}, id="earlier")
    resolved = Resolved("T", at(5, 11), id="resolved")
    expected: list[tuple[object, list[tuple[str, Cause]]]] = [
        (None, [("16 h", Cause("started", "opened")), ("4 h", Cause("changed", ""))]),
        (earlier, [("16 h", Cause("started", "opened")), ("4 h", Cause("changed", "earlier"))]),
        (RAISED, [("16 h", Cause("started", "opened"))]),
    ]
    for because, cycles in expected:
        facts = Timeline.of(before, [(micros(at(5, 11)), after, because)])
        clock = run_clocks([opened(), resolved], [GOLD], facts=facts, as_of=at(9))["gold", "resolution"]
        assert promises_and_causes(clock) == cycles


WORK = Metric("work", start=While({"state": "in work"}), stop=On(Resolved))


def test_facts_start_a_clock_at_the_opening_and_not_before() -> None:
    known: list[Event] = [Opened("T", at(5, 9), facts={"state": "in work"}, id="opened")]
    before: list[Event] = [
        FactsChanged("T", at(4, 9), facts={"state": "in work"}),
        Opened("T", at(5, 9), facts={}, id="opened"),
    ]
    for events in (known, before):
        clock = clock_of(WORK, events, at(5, 10))
        assert clock.cycle is not None
        assert (clock.cycle.started_at, clock.cycle.opened_by) == (at(5, 9), Cause("started", "opened"))
        assert clock.elapsed == timedelta(hours=1)


def test_a_resumption_without_a_pause_leaves_the_trace_as_it_is() -> None:
    events = [opened(), Resumed("T", at(5, 10)), CustomerReplied("T", at(5, 11))]
    (segment,) = clock_of(resolution(), events, at(5, 12)).trace()
    assert (segment.start, segment.end, segment.because) == (at(5, 9), at(5, 12), Cause("started", "opened"))


def test_attachments_and_their_withdrawal_are_the_causes_of_changed_terms() -> None:
    agreement = Agreement(
        "gold", OFFICE, [resolution()], targets={"resolution": "4 h"}, on_attachment=True, promises=PROMISES
    )
    attached = Attached("T", at(5, 10), agreement="gold", id="a")
    withdrawn = Withdrawn("T", at(5, 11), event="a", id="w")
    found = {
        len(events): run_clocks(events, [agreement], as_of=at(5, 12))["gold", "resolution"].cycles[-1]
        for events in ([opened()], [opened(), attached], [opened(), attached, withdrawn])
    }
    assert {number: (cycle.promise, cycle.changed_by) for number, cycle in found.items()} == {
        1: ("", None),
        2: ("4 h", Cause("changed", "a")),
        3: ("", Cause("changed", "w")),
    }


def test_excuses_have_their_event_and_reason_until_they_are_withdrawn() -> None:
    first = Excused("T", at(5, 10), start=at(5, 9), end=at(5, 10), reason="power cut", id="one")
    second = Excused("T", at(5, 12), start=at(5, 10), end=at(5, 11), reason="flood", id="two")
    gone = Withdrawn("T", at(5, 11), event="one")
    one = Excuse(micros(at(5, 9)), micros(at(5, 10)), "one", "power cut")
    two = Excuse(micros(at(5, 10)), micros(at(5, 11)), "two", "flood")
    histories: list[tuple[list[Event], tuple[Excuse, ...], int]] = [
        ([first], (one,), 14),
        ([first, second], (one, two), 15),
        ([first, gone], (), 13),
        ([first, gone, second], (two,), 14),
    ]
    for events, excuses, hour in histories:
        clock = clock_of(resolution(), [opened(), *events], at(5, 12, 30))
        assert clock.cycle is not None
        assert (clock.cycle.excuses, clock.due_at) == (excuses, at(5, hour))
        assert [state.excuses for state in clock.cycle.states][-1] == excuses


def test_targets_of_two_metrics_stay_with_their_metrics() -> None:
    first, second = resolution(), resolution().with_(name="repair", start=On(AgentReplied))
    agreement = Agreement(
        "gold",
        OFFICE,
        [first, second],
        targets={"resolution": "4 h", "repair": "1 h"},
        promises={"4 h": Target(timedelta(hours=4)), "1 h": Target(timedelta(hours=1))},
    )
    clocks = run_clocks([opened(), AgentReplied("T", at(5, 10))], [agreement], as_of=at(5, 11))
    assert [(name, clock.promise, clock.due_at) for (_, name), clock in clocks.items()] == [
        ("resolution", "4 h", at(5, 13)),
        ("repair", "1 h", at(5, 11)),
    ]
