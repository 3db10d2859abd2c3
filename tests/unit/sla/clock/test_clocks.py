"""Where a clock stands: phases, results, due, breach, and what to wait for."""

from datetime import UTC, timedelta
from fractions import Fraction

import pytest

from supportcore.domains import Choice, Scale
from supportcore.errors import HistoryError, NaiveDatetimeError, NoDecisionError
from supportcore.instants import micros
from supportcore.rules import DecisionTable, Rule
from supportcore.sla import Agreement, Cause, Metric, On, Target, Threshold, reaction, resolution, run_clocks
from supportcore.tickets import (
    AgentReplied,
    Attached,
    Cancelled,
    Closed,
    CustomerReplied,
    Event,
    FactsChanged,
    Merged,
    Opened,
    Paused,
    PriorityOverridden,
    ReceiptConfirmed,
    Reopened,
    Resolved,
    Resumed,
    Withdrawn,
    history_of,
)
from tests.unit.sla.desk import GOLD, OFFICE, PROMISES, at, clock_of, opened


def test_before_its_start_a_clock_is_pending() -> None:
    clock = run_clocks([], [GOLD], as_of=at(5, 12))["gold", "reaction"]
    assert (clock.phase, clock.result, clock.cycle, clock.cycles) == ("pending", "none", None, ())
    assert (clock.due_at, clock.due_if_resumed_now, clock.remaining, clock.breached_at) == (None, None, None, None)
    assert (clock.elapsed, clock.overrun) == (timedelta(), timedelta())
    assert (clock.target, clock.promise, clock.rule) == (None, "", None)
    assert (clock.trace(), clock.thresholds, clock.next_instants()) == ((), (), ())
    assert clock.instant_at(Fraction(1), micros(at(9))) is None


def test_a_running_clock_knows_what_is_left_and_why_it_was_chosen() -> None:
    clock = run_clocks([opened()], [GOLD], as_of=at(5, 10, 30))["gold", "resolution"]
    assert (clock.phase, clock.result) == ("running", "open")
    assert (clock.elapsed, clock.remaining) == (timedelta(minutes=90), timedelta(hours=14, minutes=30))
    assert clock.due_at == at(7, 16)  # eight hours on Monday, the holiday left out, eight on Wednesday
    assert (clock.promise, clock.target) == ("16 h", Target(timedelta(hours=16)))
    assert clock.rule is not None
    assert clock.rule.id == "r2"
    assert clock.cycle is not None
    assert (clock.cycle.priority, clock.cycle.calendar_name, clock.cycle.allowed) == (
        "major",
        "office",
        timedelta(hours=16),
    )
    assert clock.cycle.opened_by == Cause("started", "opened")


def test_results_are_in_the_zone_of_as_of() -> None:
    clock = run_clocks([opened()], [GOLD], as_of=at(5, 10).astimezone(UTC))["gold", "reaction"]
    assert clock.due_at is not None
    assert clock.due_at.tzinfo is UTC
    assert clock.cycle is not None
    assert clock.cycle.started_at.isoformat() == "2026-01-05T08:00:00+00:00"


def test_a_stop_in_time_meets_the_target_and_keeps_the_due_instant() -> None:
    clock = run_clocks([opened(), ReceiptConfirmed("T", at(5, 9, 30), id="told")], [GOLD], as_of=at(9))[
        "gold", "reaction"
    ]
    assert (clock.phase, clock.result, clock.due_at) == ("stopped", "met", at(5, 11))
    assert (clock.elapsed, clock.overrun, clock.breached_at) == (timedelta(minutes=30), timedelta(), None)
    assert clock.cycle is not None
    assert (clock.cycle.ended_at, clock.cycle.ended_by) == (at(5, 9, 30), Cause("stopped", "told"))
    assert clock.next_instants() == ()


def test_what_happens_in_closed_hours_after_due_is_still_in_time() -> None:
    clock = clock_of(resolution(), [opened(5, 13), Resolved("T", at(7, 7, 59))], at(9))
    assert (clock.due_at, clock.result, clock.breached_at) == (at(5, 17), "met", None)


def test_a_breach_is_the_last_instant_in_time_and_the_overrun_working_time() -> None:
    clock = clock_of(resolution(), [opened(5, 13)], at(7, 8, 20))
    assert (clock.due_at, clock.breached_at, clock.overrun) == (at(5, 17), at(7, 8), timedelta(minutes=20))
    assert (clock.phase, clock.result, clock.remaining) == ("running", "open", timedelta(minutes=-20))
    late = clock_of(resolution(), [opened(5, 13), Resolved("T", at(7, 8, 20))], at(9))
    assert (late.result, late.breached_at) == ("missed", at(7, 8))


def test_exactly_at_the_target_is_in_time() -> None:
    assert clock_of(resolution(), [opened(5, 9), Resolved("T", at(5, 13))], at(9)).result == "met"
    late = Resolved("T", at(5, 13) + timedelta(microseconds=1))
    assert clock_of(resolution(), [opened(5, 9), late], at(9)).result == "missed"


def test_a_metric_without_target_is_a_stopwatch() -> None:
    clock = clock_of(resolution(), [opened(5, 9)], at(5, 10), hours=None)
    assert (clock.phase, clock.result, clock.elapsed) == ("running", "none", timedelta(hours=1))
    assert (clock.due_at, clock.remaining, clock.overrun, clock.breached_at) == (None, None, timedelta(), None)
    assert clock.instant_at(Fraction(1, 2), micros(at(9))) is None
    stopped = clock_of(resolution(), [opened(5, 9), Resolved("T", at(5, 11))], at(9), hours=None)
    assert (stopped.phase, stopped.result) == ("stopped", "none")


def test_a_metric_that_the_targets_do_not_name_is_a_stopwatch_on_the_agreements_calendar() -> None:
    agreement = Agreement("gold", OFFICE, [reaction()], calendar_name="office")
    clock = run_clocks([opened(5, 16)], [agreement], as_of=at(7, 9))["gold", "reaction"]
    assert (clock.elapsed, clock.result, clock.promise, clock.target) == (timedelta(hours=2), "none", "", None)


def test_while_paused_nothing_is_due_but_what_it_would_be_if_resumed_now() -> None:
    events = [opened(5, 9), Paused("T", at(5, 10), reason="customer", id="p")]
    clock = clock_of(resolution(), events, at(5, 12))
    assert (clock.phase, clock.result, clock.due_at) == ("paused", "open", None)
    assert (clock.due_if_resumed_now, clock.elapsed) == (at(5, 15), timedelta(hours=1))
    assert clock.next_instants() == ()
    resumed = clock_of(resolution(), [*events, CustomerReplied("T", at(5, 12))], at(5, 12, 30))
    assert (resumed.due_at, resumed.due_if_resumed_now) == (at(5, 15), None)


def test_a_target_used_up_before_the_pause_stays_due() -> None:
    clock = clock_of(resolution(), [opened(5, 9), Paused("T", at(5, 14), reason="customer")], at(5, 16))
    assert (clock.phase, clock.due_at, clock.due_if_resumed_now) == ("paused", at(5, 13), at(5, 13))


def test_a_new_reason_to_wait_replaces_the_one_before() -> None:
    events = [
        opened(5, 9),
        Paused("T", at(5, 10), reason="customer"),
        Paused("T", at(5, 11), reason="supplier"),
        Resumed("T", at(5, 12)),
    ]
    assert clock_of(resolution(), events, at(5, 13)).elapsed == timedelta(hours=3)


def test_a_stop_and_a_reopening_end_the_pause() -> None:
    events = [
        opened(5, 9),
        Paused("T", at(5, 10), reason="customer"),
        Resolved("T", at(5, 11)),
        Reopened("T", at(5, 12)),
    ]
    clock = clock_of(resolution(), events, at(5, 13))
    assert (clock.phase, clock.elapsed) == ("running", timedelta(hours=1))
    not_solved = clock_of(resolution(), [*events[:2], Reopened("T", at(5, 12))], at(5, 13))
    assert (not_solved.phase, not_solved.elapsed) == ("running", timedelta(hours=2))


def test_a_cancelled_clock_has_no_result() -> None:
    clock = clock_of(resolution(), [opened(5, 9), Cancelled("T", at(5, 16))], at(9))
    assert (clock.phase, clock.result, clock.elapsed) == ("cancelled", "none", timedelta(hours=7))


def test_a_merged_ticket_ends_as_superseded_and_starts_nothing_more() -> None:
    events: list[Event] = [opened(5, 9), Merged("T", at(5, 10), into="U"), Reopened("T", at(5, 11))]
    clock = clock_of(resolution(), events, at(9))
    assert (clock.phase, clock.result, len(clock.cycles)) == ("stopped", "superseded", 1)


def test_events_after_the_instant_are_not_seen() -> None:
    events = [opened(5, 9), Resolved("T", at(5, 11))]
    for given in (events, history_of(events)):
        clock = run_clocks(given, [GOLD], as_of=at(5, 10))["gold", "resolution"]
        assert clock.phase == "running"
        assert run_clocks(given, [GOLD], as_of=at(5, 11))["gold", "resolution"].phase == "stopped"


def test_events_recorded_later_than_was_known_are_not_seen() -> None:
    events = [opened(5, 9), Resolved("T", at(5, 11), recorded=at(7, 9))]
    clock = run_clocks(events, [GOLD], as_of=at(9), known_at=at(5, 16))["gold", "resolution"]
    assert clock.phase == "running"


def test_a_recorded_override_takes_the_place_of_the_stated_priority() -> None:
    override = PriorityOverridden("T", at(5, 9), priority="critical", reason="board", id="x")
    events = [opened(5, 9, priority="minor"), override]
    clock = run_clocks(events, [GOLD], as_of=at(5, 10))["gold", "reaction"]
    assert (clock.promise, clock.due_at) == ("1 h", at(5, 10))
    withdrawn = run_clocks([*events, Withdrawn("T", at(5, 9, 30), event="x")], [GOLD], as_of=at(5, 9, 40))
    assert withdrawn["gold", "reaction"].promise == "2 h"


def test_what_is_withdrawn_before_a_clock_starts_does_not_concern_it() -> None:
    events = [
        opened(5, 9),
        PriorityOverridden("T", at(5, 9, 10), priority="critical", reason="board", id="x"),
        Withdrawn("T", at(5, 9, 20), event="x"),
    ]
    waits = Metric("waits", start=On(CustomerReplied), stop=On(Resolved))
    assert clock_of(waits, events, at(5, 10)).phase == "pending"


def test_facts_from_before_the_opening_hold_but_start_nothing() -> None:
    events = [FactsChanged("T", at(4, 9), facts={"priority": "critical"}), Opened("T", at(5, 9))]
    clock = run_clocks(events, [GOLD], as_of=at(5, 9, 30))["gold", "reaction"]
    assert (clock.promise, clock.elapsed) == ("1 h", timedelta(minutes=30))


def test_an_event_solved_before_its_priority_changed_at_the_same_instant_keeps_its_result() -> None:
    solved = Resolved("T", at(5, 11), sequence=1)
    raised = FactsChanged("T", at(5, 11), facts={"priority": "critical"}, sequence=2)
    clock = run_clocks([opened(), solved, raised], [GOLD], as_of=at(9))["gold", "resolution"]
    assert (len(clock.cycles), clock.promise) == (1, "16 h")
    raised = FactsChanged("T", at(5, 11), facts={"priority": "critical"}, sequence=0)
    clock = run_clocks([opened(), solved, raised], [GOLD], as_of=at(9))["gold", "resolution"]
    assert [cycle.promise for cycle in clock.cycles] == ["16 h", "4 h"]


def test_what_the_next_instants_are() -> None:
    metric = resolution(
        Threshold.percent(50), Threshold.before(timedelta(minutes=30)), Threshold.after(timedelta(hours=1))
    )
    agreement = Agreement(
        "gold", OFFICE, [metric], targets={"resolution": "4 h"}, promises={"4 h": Target(timedelta(hours=4))}
    )
    clocks = run_clocks([opened(5, 13)], [agreement], as_of=at(5, 16, 45))
    found = [(one.at, one.what, one.threshold) for one in clocks.next_instants()]
    assert found == [
        (at(5, 17), "due", ""),
        (at(7, 8) + timedelta(microseconds=1), "breach", ""),
        (at(7, 9), "threshold", "1:00:00 after due"),
    ]
    evening = [(one.at, one.what) for one in clocks.next_instants(at(5, 18))]
    assert evening[0] == (at(7, 8), "opening")
    assert [(one.at, one.is_due) for one in clocks["gold", "resolution"].thresholds] == [
        (at(5, 15), True),
        (at(5, 16, 30), True),
        (at(7, 9), False),
    ]


def test_a_threshold_re_arms_when_its_instant_moves_and_stays_once_due() -> None:
    metric = resolution(Threshold.percent(50))
    paused = [opened(5, 9), Paused("T", at(5, 10), reason="customer"), CustomerReplied("T", at(5, 12))]
    (moved,) = clock_of(metric, paused, at(5, 12)).thresholds
    assert (moved.at, moved.arming, moved.is_due, moved.cycle) == (at(5, 13), 2, False, 1)
    (waiting,) = clock_of(metric, paused[:2], at(5, 11)).thresholds
    assert (waiting.at, waiting.arming) == (None, 1)
    (due,) = clock_of(metric, [opened(5, 9), Paused("T", at(5, 12), reason="customer")], at(5, 16)).thresholds
    assert (due.at, due.arming, due.is_due) == (at(5, 11), 1, True)


def test_pausing_outside_the_hours_does_not_re_arm() -> None:
    events = [opened(5, 16), Paused("T", at(5, 18), reason="customer"), CustomerReplied("T", at(5, 19))]
    (threshold,) = clock_of(resolution(Threshold.percent(50)), events, at(5, 20)).thresholds
    assert (threshold.at, threshold.arming) == (at(7, 9), 1)


def test_a_share_is_that_of_the_cycle_running_at_the_time() -> None:
    events = [opened(5, 9), Resolved("T", at(5, 10)), Reopened("T", at(7, 9))]
    clock = clock_of(resolution(), events, at(9))
    half = Fraction(1, 2)
    assert clock.instant_at(half, micros(at(5, 9))) == micros(at(5, 11))
    assert clock.instant_at(half, micros(at(5, 10))) is None
    assert clock.instant_at(half, micros(at(7, 9))) == micros(at(7, 11))
    assert clock.instant_at(half, micros(at(5, 8))) is None


def test_an_agreement_on_attachment_counts_from_the_opening_once_attached() -> None:
    agreement = Agreement(
        "gold", OFFICE, [resolution()], targets={"resolution": "4 h"}, on_attachment=True,
        promises={"4 h": Target(timedelta(hours=4))},
    )  # fmt: skip
    attached = Attached("T", at(5, 11), agreement="gold", id="a")
    before = run_clocks([opened(5, 9), attached], [agreement], as_of=at(5, 10))["gold", "resolution"]
    assert (before.result, before.due_at, before.elapsed) == ("none", None, timedelta(hours=1))
    after = run_clocks([opened(5, 9), attached], [agreement], as_of=at(5, 12))["gold", "resolution"]
    assert (after.result, after.due_at, after.elapsed) == ("open", at(5, 13), timedelta(hours=3))
    gone = Withdrawn("T", at(5, 12), event="a")
    later = run_clocks([opened(5, 9), attached, gone], [agreement], as_of=at(5, 15))["gold", "resolution"]
    assert (later.result, later.due_at) == ("none", None)


def test_clocks_are_found_by_agreement_and_metric() -> None:
    clocks = run_clocks([opened()], [GOLD], as_of=at(5, 10))
    assert list(clocks) == [("gold", "reaction"), ("gold", "resolution")]
    assert len(clocks) == 2
    assert clocks["gold", "reaction"].name == "reaction"
    with pytest.raises(KeyError) as caught:
        clocks["gold", "reation"]
    assert caught.value.args[0] == (
        "`gold reation` is not a clock here; expected one of `gold reaction`, `gold resolution`; did "
        "you mean `gold reaction`?"
    )


def test_without_agreements_there_are_no_clocks() -> None:
    with pytest.raises(KeyError) as caught:
        run_clocks([opened()], [], as_of=at(5, 10))["gold", "reaction"]
    assert caught.value.args[0] == "`gold reaction` is not a clock here; there are no clocks"


def test_bad_input_is_an_error() -> None:
    twice = [opened(), AgentReplied("T", at(5, 10), id="opened")]
    with pytest.raises(HistoryError, match="event id `opened` is used twice"):
        run_clocks(twice, [GOLD], as_of=at(9))
    with pytest.raises(NaiveDatetimeError, match="`as_of`"):
        run_clocks([opened()], [GOLD], as_of=at(9).replace(tzinfo=None))
    with pytest.raises(ValueError, match="each agreement needs a name of its own; the names are `gold`, `gold`"):
        run_clocks([opened()], [GOLD, GOLD], as_of=at(9))


def test_what_was_odd_about_the_history_is_said() -> None:
    events = [
        AgentReplied("T", at(4, 9), id="early"),
        opened(),
        Resumed("T", at(5, 10), id="resumed"),
        Paused("T", at(5, 11), reason="customer", id="p1"),
        Paused("T", at(5, 12), reason="supplier", id="p2"),
        Attached("T", at(5, 12), agreement="gold", id="a1"),
        Attached("T", at(5, 12), agreement="gild", id="a2"),
        Closed("T", at(5, 13), id="closed"),
        CustomerReplied("T", at(5, 14), id="late"),
        Reopened("T", at(5, 15), id="reopened"),
        CustomerReplied("T", at(5, 16), id="fine"),
    ]
    found = run_clocks(events, [GOLD], as_of=at(9)).findings
    assert [str(finding) for finding in found] == [
        "warning sla.before-opening at tickets.T.early: event `early` (agent replied) is dated before the opening; "
        "it starts and stops nothing",
        "note sla.resume-without-pause at tickets.T.resumed: event `resumed` (resumed) ends a pause, "
        "but the ticket is not paused",
        "note sla.pause-replaced at tickets.T.p2: event `p2` (paused) replaces waiting for `customer` with "
        "waiting for `supplier`",
        "note sla.after-close at tickets.T.late: event `late` (customer replied) is dated after the ticket was closed",
        "note sla.attached-anyway at tickets.T.a1: event `a1` (attached) attaches `gold`, "
        "which applies from the opening on anyway",
        "warning sla.unknown-agreement at tickets.T.a2: event `a2` (attached) attaches the unknown "
        "agreement `gild`; expected one of `gold`; did you mean `gold`?",
        "warning sla.unknown-reason at tickets.T.p2: event `p2` (paused) names the waiting reason `supplier`, "
        "which is not known; expected one of `customer`",
    ]


def test_a_history_without_opening_starts_nothing_and_says_so() -> None:
    clocks = run_clocks([CustomerReplied("T", at(5, 9))], [GOLD], as_of=at(9))
    assert clocks["gold", "reaction"].phase == "pending"
    assert [str(finding) for finding in clocks.findings] == [
        "warning sla.not-opened at tickets.T: ticket `T` has no opening, so none of its clocks starts"
    ]
    assert run_clocks([], [GOLD], as_of=at(9)).findings == ()


def test_a_priority_without_promise_is_no_decision() -> None:
    table = DecisionTable(
        name="targets",
        hit="first",
        inputs=[Scale("priority", ["minor", "major"])],
        outputs=[Choice("reaction", ["1 h"])],
        rules=[Rule({"priority": "minor"}, {"reaction": "1 h"})],
    )
    agreement = Agreement("gold", OFFICE, [reaction()], targets=table, promises=PROMISES)
    with pytest.raises(NoDecisionError, match="no rule of table `targets` fits priority major"):
        run_clocks([opened()], [agreement], as_of=at(5, 10))


def test_a_stopwatch_waits_for_openings_alone() -> None:
    clock = clock_of(resolution(Threshold.percent(50)), [opened(5, 9)], at(5, 18), hours=None)
    assert [(one.what, one.at) for one in clock.next_instants()] == [("opening", at(7, 8))]


def test_whether_the_cycle_of_an_instant_had_ended_by_then() -> None:
    clock = clock_of(resolution(), [opened(5, 9), Resolved("T", at(5, 10))], at(9))
    assert [clock.ended_by(micros(at(5, hour))) for hour in (8, 9, 10)] == [False, False, True]


def test_another_reason_of_the_same_pause_goes_on_pausing() -> None:
    both = resolution().with_(pause=On(Paused, where={"reason": {"customer", "supplier"}}))
    events = [
        opened(5, 9),
        Paused("T", at(5, 10), reason="customer", id="p1"),
        Paused("T", at(5, 11), reason="supplier", id="p2"),
        Resumed("T", at(5, 12)),
    ]
    clock = clock_of(both, events, at(5, 13))
    assert [(segment.kind, segment.because.event) for segment in clock.trace()][1:3] == [
        ("paused", "p1"),
        ("paused", "p2"),
    ]
    assert clock.elapsed == timedelta(hours=2)
    of_both = Agreement("gold", OFFICE, both)
    assert [finding.code for finding in run_clocks(events, [of_both], as_of=at(9)).findings] == ["sla.pause-replaced"]


def test_a_ticket_merged_after_its_end_keeps_its_result() -> None:
    events: list[Event] = [opened(5, 9), Resolved("T", at(5, 10)), Merged("T", at(5, 11), into="U")]
    assert clock_of(resolution(), events, at(9)).result == "met"


def test_attachments_of_others_and_twice_change_nothing() -> None:
    agreement = Agreement(
        "gold", OFFICE, [resolution()], targets={"resolution": "4 h"}, on_attachment=True, promises=PROMISES
    )
    events: list[Event] = [
        opened(5, 9),
        Attached("T", at(5, 10), agreement="silver", id="other"),
        Attached("T", at(5, 11), agreement="gold", id="one"),
        Attached("T", at(5, 12), agreement="gold", id="two"),
        Withdrawn("T", at(5, 12, 10), event="other"),
        Withdrawn("T", at(5, 12, 20), event="one"),
    ]
    clocks = run_clocks(events, [agreement], as_of=at(5, 12, 30))
    clock = clocks["gold", "resolution"]
    assert (clock.due_at, clock.result) == (at(5, 13), "open")
    assert [finding.code for finding in clocks.findings] == ["sla.unknown-agreement"]
    pending = [*events[:1], Resolved("T", at(5, 9, 30)), *events[1:]]
    assert run_clocks(pending, [agreement], as_of=at(9))["gold", "resolution"].result == "none"


def test_terms_are_chosen_for_the_clocks_that_run() -> None:
    events = [
        opened(5, 9),
        ReceiptConfirmed("T", at(5, 9, 30)),
        FactsChanged("T", at(5, 10), facts={"priority": "critical"}),
    ]
    clocks = run_clocks(events, [GOLD], as_of=at(5, 11))
    assert clocks["gold", "reaction"].promise == "2 h"
    assert [cycle.promise for cycle in clocks["gold", "resolution"].cycles] == ["16 h", "4 h"]
