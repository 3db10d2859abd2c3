"""What a running cycle counts and records: recounts on other calendars, targets used up, withdrawals (SLA-8, SLA-9)."""

from datetime import timedelta

from attrs import evolve

from supportcore.calendars import EndOfWorkingDay
from supportcore.sla import Agreement, ChangePolicy, Reopen, Target, Threshold, resolution, run_clocks
from supportcore.tickets import CustomerReplied, DueOverridden, Event, Excused, Paused, Reopened, Resolved, Withdrawn
from tests.unit.sla.desk import OFFICE, at, clock_of, opened
from tests.unit.sla.engine.test_changed_terms import by_priority, clock, now

RETROACTIVE = ChangePolicy(raised="retroactive", lowered="retroactive")
MINUTE = timedelta(minutes=1)


def paused(hour: int, minute: int = 0) -> Paused:
    return Paused("T", at(5, hour, minute), reason="customer")


def resumed(hour: int, minute: int = 0) -> CustomerReplied:
    return CustomerReplied("T", at(5, hour, minute))


def test_a_retroactive_change_recounts_every_stretch_on_its_calendar_each_time() -> None:
    """Critical and minor count in office hours from 08:00, major always.

    At 12:00 the ticket was due at 16:10 as a major one, which leaves 2:40 h at the raise of 13:30.
    """
    calendars = {"critical": OFFICE, "minor": OFFICE}
    events: list[Event] = [
        opened(5, 7, priority="critical"),
        paused(7, 30),
        resumed(7, 40),
        paused(9),
        resumed(9, 30),
        now("major", 10),
    ]
    lowered = clock(events, 10, RETROACTIVE, calendars)
    assert (lowered.elapsed, lowered.due_at, lowered.promise) == (140 * MINUTE, at(5, 15, 40), "major")
    events += [paused(11), resumed(11, 30), now("minor", 12)]
    again = clock(events, 12, RETROACTIVE, calendars)
    assert (again.elapsed, again.promise) == (timedelta(hours=3), "minor")
    events += [paused(13), now("major", 13, 30)]
    raised = clock(events, 14, RETROACTIVE, calendars)
    assert (raised.elapsed, raised.promise) == (290 * MINUTE, "major")
    assert (raised.due_at, raised.due_if_resumed_now) == (None, at(5, 16, 40))


def test_a_target_used_up_when_the_office_closed_keeps_its_terms_overnight() -> None:
    calendars = {"critical": OFFICE, "minor": OFFICE}
    found = clock([opened(5, 13, priority="critical"), now("minor", 18)], 19, calendars=calendars)
    assert (found.promise, found.due_at) == ("critical", at(5, 17))


def test_a_day_form_that_has_passed_keeps_its_terms_and_one_ahead_follows_the_change() -> None:
    agreement = Agreement(
        "gold",
        OFFICE,
        [resolution()],
        targets=by_priority(),
        promises={
            "critical": Target(EndOfWorkingDay(0)),
            "major": Target(timedelta(hours=16)),
            "minor": Target(timedelta(hours=24)),
        },
    )
    found = {
        hour: run_clocks([opened(priority="critical"), now("minor", hour)], [agreement], as_of=at(5, 20))
        for hour in (16, 18)
    }
    clocks = {hour: clocks["gold", "resolution"] for hour, clocks in found.items()}
    assert {hour: (one.promise, one.due_at) for hour, one in clocks.items()} == {
        16: ("minor", at(8, 15)),
        18: ("critical", at(5, 17)),
    }


HALF = Threshold.percent(50)


def due_set(hour: int, minute: int, due_hour: int, name: str) -> DueOverridden:
    return DueOverridden("T", at(5, hour, minute), metric="resolution", due=at(5, due_hour), reason="agreed", id=name)


def withdrawn(hour: int, minute: int, event: str) -> Withdrawn:
    return Withdrawn("T", at(5, hour, minute), event=event)


def armed(events: list[Event]) -> tuple[object, int]:
    """When half of the target is used, and how often that instant was set."""
    (threshold,) = clock_of(resolution(HALF), [opened(), *events], at(5, 16)).thresholds
    return threshold.at, threshold.arming


def test_a_due_instant_set_by_hand_and_its_withdrawal_move_thresholds() -> None:
    """Half of four hours is used at 11:00, half of the three hours until 12:00 at 10:30."""
    by_hand = due_set(10, 0, 12, "m")
    assert armed([by_hand]) == (at(5, 10, 30), 2)
    assert armed([by_hand, withdrawn(10, 15, "m")]) == (at(5, 11), 3)
    assert armed([by_hand, withdrawn(10, 45, "m")]) == (at(5, 10, 30), 2)


def test_withdrawn_due_instants_give_way_to_earlier_ones_and_to_later_ones() -> None:
    first, second = due_set(9, 10, 15, "one"), due_set(9, 20, 17, "two")
    histories: list[tuple[list[Event], int]] = [
        ([first, second], 17),
        ([first, second, withdrawn(9, 30, "two")], 15),
        ([first, second, withdrawn(9, 30, "one")], 17),
        ([first, second, withdrawn(9, 30, "one"), withdrawn(9, 40, "two")], 13),
        ([first, withdrawn(9, 15, "one"), second], 17),
        ([first, withdrawn(9, 15, "one"), second, withdrawn(9, 30, "two")], 13),
    ]
    for events, hour in histories:
        assert clock_of(resolution(), [opened(), *events], at(5, 10)).due_at == at(5, hour)


def test_an_excused_delay_moves_the_thresholds_ahead() -> None:
    excused = Excused("T", at(5, 10), start=at(5, 10, 30), end=at(5, 11, 30), reason="power cut", id="x")
    assert armed([excused]) == (at(5, 12), 2)
    assert armed([excused, withdrawn(10, 10, "x")]) == (at(5, 11), 3)
    counted = Excused("T", at(5, 10), start=at(5, 9), end=at(5, 9, 30), reason="power cut", id="x")
    assert armed([counted]) == (at(5, 11, 30), 2)


def test_a_lowering_is_not_cut_by_what_was_promised_under_that_priority_before() -> None:
    """Minor is due at 09:00 on Tuesday; a pause of an hour under critical moves it to 10:00."""
    policy = ChangePolicy(raised="carry", lowered="retroactive")
    events = [opened(priority="minor"), now("critical", 10), paused(10, 30), resumed(11, 30), now("minor", 12)]
    assert clock(events, 12, policy).due_at == at(6, 10)


def test_a_raise_that_would_be_due_a_microsecond_later_keeps_the_terms() -> None:
    policy = ChangePolicy(raised="carry")
    longer = 24 + timedelta(microseconds=1) / timedelta(hours=1)
    found = clock([opened(priority="minor"), now("major", 10)], 12, policy, amounts={"major": longer})
    assert (found.promise, found.due_at) == ("minor", at(6, 9))


def test_what_was_used_counts_against_a_day_form_that_carries_it() -> None:
    agreement = Agreement(
        "gold",
        OFFICE,
        [resolution().with_(reopen=Reopen("resume"))],
        targets=by_priority(),
        promises={
            "critical": Target(EndOfWorkingDay(0)),
            "major": Target(timedelta(hours=16)),
            "minor": Target(timedelta(hours=24)),
        },
        change=ChangePolicy(raised="carry", lowered="retroactive"),
    )
    carried = run_clocks([opened(), now("critical", 11)], [agreement], as_of=at(5, 12))["gold", "resolution"]
    assert (carried.promise, carried.due_at, carried.elapsed) == ("critical", at(5, 15), timedelta(hours=3))
    day = evolve(agreement, change=ChangePolicy(raised="retroactive"))
    events = [opened(), Resolved("T", at(5, 10)), Reopened("T", at(5, 11)), now("critical", 12)]
    resumed_cycle = run_clocks(events, [day], as_of=at(5, 13))["gold", "resolution"]
    assert (resumed_cycle.promise, resumed_cycle.due_at) == ("critical", at(5, 16))
