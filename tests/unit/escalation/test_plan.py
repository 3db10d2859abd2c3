"""`plan` on small ladders, each instant worked out by hand."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from supportcore.calendars import BusinessCalendar
from supportcore.errors import DefinitionError, NaiveDatetimeError
from supportcore.escalation import (
    After,
    ClockLike,
    Ladder,
    LadderPolicy,
    LadderRow,
    Layer,
    Percent,
    Person,
    Plan,
    Roster,
    Rotation,
    Step,
    plan,
)
from supportcore.instants import micros, micros_of
from supportcore.tickets import (
    Cancelled,
    Closed,
    Escalated,
    Event,
    FactsChanged,
    Opened,
    PageAcknowledged,
    Reopened,
    Resolved,
    Snoozed,
    Withdrawn,
)
from supportcore.timelines import Timeline

START = datetime(2026, 1, 5, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PEOPLE = {name: Person(name, ["phone", "mail"]) for name in ("ann", "bob", "cem", "dora")}
PAIR = Rotation(["ann", "bob", "cem"], every="daily", start=datetime(2026, 1, 5, 8), tz="UTC")
DUTIES = {"primary": Roster("primary", [Layer(PAIR)]), "backup": Roster("backup", [Layer(PAIR.ahead(1))])}
OFFICE = BusinessCalendar(tz="UTC", hours={"mon-fri": "08:00-17:00"})
NIGHT = Ladder(
    "night",
    [
        Step("primary"),
        Step("backup", After(30 * MINUTE)),
        Step("head", After(45 * MINUTE), effect="inform", channel="mail"),
    ],
)


def at(minutes: float) -> datetime:
    return START + minutes * MINUTE


def opened() -> Opened:
    return Opened("T-1", START)


def planned(ladder: Ladder | LadderPolicy, events: Sequence[Event] = (), *, as_of: float = 0, **given: Any) -> Plan:
    policy = LadderPolicy([LadderRow(ladder)]) if isinstance(ladder, Ladder) else ladder
    arguments: dict[str, Any] = {
        "priority": Timeline.constant("critical"),
        "duties": DUTIES,
        "people": PEOPLE,
        "roles": {"head": "dora", "vacant": None},
        "as_of": at(as_of),
        **given,
    }
    return plan(policy, [opened(), *events], **arguments)


def told(found: Plan) -> list[tuple[float, str, str, object]]:
    """Minute, effect, person, and what ended it at which minute."""
    return [
        (
            (one.at - START) / MINUTE,
            one.effect,
            one.person,
            None if one.until is None else (one.ended_by, (one.until - START) / MINUTE),
        )
        for one in found.notifications
    ]


def test_a_ladder_pages_the_duty_then_its_backup_and_informs_a_role() -> None:
    assert told(planned(NIGHT, horizon=timedelta(hours=2))) == [
        (0, "page", "ann", ("next step", 30)),
        (30, "page", "bob", None),
        (45, "inform", "dora", None),
    ]


def skipped(found: Plan) -> list[tuple[float, object, str]]:
    return [((one.at - START) / MINUTE, one.step, one.reason.code) for one in found.skipped]


def clock(*answers: tuple[float, float | None], ended: float | None = None) -> Mapping[str, ClockLike]:
    """A clock whose whole target is used up at the minute given last; each answer holds from a minute on."""

    class Known:
        def instant_at(self, fraction: Fraction, known_until: int) -> int | None:
            full = [minute for since, minute in answers if micros(at(since)) <= known_until][-1]
            return None if full is None else micros(START) + int(fraction * micros_of(full * MINUTE))

        def ended_by(self, instant: int) -> bool:
            return ended is not None and micros(at(ended)) <= instant

    return {"reaction": Known()}


def test_notifications_have_keys_and_reasons() -> None:
    first, second, _ = planned(NIGHT, horizon=timedelta(hours=2)).notifications
    assert (first.key.ticket, first.cycle, first.ladder, first.round, first.step) == ("T-1", 1, "night", 1, 1)
    assert (second.key.step, second.key.person, second.key.channel) == (2, "bob", "phone")
    assert (second.reason.code, second.reason.values["after"]) == ("after", 30 * MINUTE)


def test_the_plan_is_empty_before_the_ticket_is_opened() -> None:
    found = planned(NIGHT, as_of=-1)
    assert (found.notifications, found.horizon) == ((), None)


# Percent of a clock


AT_80 = Ladder("reaction", [Step("ann"), Step("head", Percent("reaction", Fraction(80, 100)), "inform")])


def test_a_step_waits_for_a_share_of_a_clock() -> None:
    found = planned(AT_80, clocks=clock((0, 60)))
    assert told(found) == [(0, "page", "ann", None), (48, "inform", "dora", None)]
    assert found.notifications[1].reason.values == {"clock": "reaction", "share": Fraction(4, 5)}


def test_a_share_already_used_up_when_the_ladder_starts_is_due_at_once() -> None:
    assert told(planned(AT_80, clocks=clock((0, 0))))[1] == (0, "inform", "dora", None)


def test_a_share_that_will_not_be_used_up_notifies_nobody() -> None:
    assert told(planned(AT_80, clocks=clock((0, None)))) == [(0, "page", "ann", None)]


def test_past_notifications_stay_when_the_clock_changes() -> None:
    events = [FactsChanged("T-1", at(50))]
    found = planned(AT_80, events, as_of=50, clocks=clock((0, 60), (50, 600)))
    assert told(found)[1:] == [(48, "inform", "dora", None)]


def test_a_step_at_the_instant_of_an_event_follows_the_event() -> None:
    events = [FactsChanged("T-1", at(48))]
    found = planned(AT_80, events, as_of=48, clocks=clock((0, 60), (48, 100)))
    assert told(found)[1:] == [(80, "inform", "dora", None)]


def test_a_share_is_reached_once_in_all_rounds() -> None:
    ladder = Ladder("reaction", AT_80.steps, rounds=3, every=60 * MINUTE)
    found = planned(ladder, clocks=clock((0, 60)))
    assert [minute for minute, effect, _, _ in told(found) if effect == "inform"] == [48]


def test_a_share_reached_in_an_earlier_cycle_notifies_nobody_in_the_next() -> None:
    events = [Resolved("T-1", at(60)), Reopened("T-1", at(90))]
    found = planned(AT_80, events, as_of=90, clocks=clock((0, 60)))
    assert [(one.cycle, one.effect) for one in found.notifications] == [(1, "page"), (1, "inform"), (2, "page")]


def test_a_share_reached_while_the_ticket_was_resolved_is_due_at_the_reopening() -> None:
    events = [Resolved("T-1", at(60)), Reopened("T-1", at(90))]
    found = planned(AT_80, events, as_of=90, clocks=clock((0, 100), (90, 100)))
    assert told(found)[1:] == [(90, "page", "ann", None), (90, "inform", "dora", None)]


def test_a_ladder_that_starts_after_the_end_of_a_clock_ignores_its_shares() -> None:
    policy = LadderPolicy([LadderRow(AT_80, ["critical"])])
    raised = Timeline.of("minor", [(micros(at(100)), "critical", "raised")])
    events = [FactsChanged("T-1", at(100))]
    running = planned(policy, events, as_of=100, priority=raised, clocks=clock((0, 60)))
    assert told(running) == [(100, "page", "ann", None), (100, "inform", "dora", None)]
    over = planned(policy, events, as_of=100, priority=raised, clocks=clock((0, 60), ended=55))
    assert told(over) == [(100, "page", "ann", None)]


def test_a_plan_for_an_earlier_instant_does_not_know_that_the_clock_ends_later() -> None:
    """G-8: the clock ends at minute 50, before the ladder starts at 720; at minute 0 nobody knows that it will."""
    policy = LadderPolicy([LadderRow(AT_80, hours=OFFICE)])
    events, clocks = [FactsChanged("T-1", at(50))], clock((0, 60), ended=50)
    page = (720, "page", "ann", ("hours changed", 1260))
    before = planned(policy, events, as_of=0, clocks=clocks, horizon=timedelta(days=1))
    assert told(before) == [page, (720, "inform", "dora", None)]
    after = planned(policy, events, as_of=50, clocks=clocks, horizon=timedelta(days=1))
    assert told(after) == [page]


def test_an_unknown_clock_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(DefinitionError) as caught:
        planned(Ladder("one", [Step("ann", Percent("reacton", Fraction(1, 2)))]), clocks={"reaction": None})
    assert str(caught.value) == (
        "a step waits for clock `reacton`, which the ticket does not have; expected one of `reaction`; "
        "did you mean `reaction`?"
    )


# Acknowledgement, closing, cycles


def test_an_acknowledgement_ends_pages_but_not_informs() -> None:
    found = planned(NIGHT, [PageAcknowledged("T-1", at(10))], as_of=10)
    assert told(found) == [(0, "page", "ann", ("acknowledged", 10)), (45, "inform", "dora", None)]
    assert skipped(found) == [(10, 2, "acknowledged")]


def test_an_acknowledgement_at_the_instant_of_a_step_comes_first() -> None:
    found = planned(NIGHT, [PageAcknowledged("T-1", at(30))], as_of=30)
    assert [person for _, effect, person, _ in told(found) if effect == "page"] == ["ann"]


def test_an_acknowledgement_does_not_cancel_a_page_with_unless_none() -> None:
    ladder = Ladder("one", [Step("ann"), Step("bob", After(30 * MINUTE), unless=None)])
    found = planned(ladder, [PageAcknowledged("T-1", at(10))], as_of=10)
    assert told(found) == [(0, "page", "ann", ("acknowledged", 10)), (30, "page", "bob", None)]


def test_an_acknowledged_ladder_does_not_repeat() -> None:
    ladder = Ladder("one", [Step("ann")], rounds=3, every=60 * MINUTE)
    assert len(planned(ladder).notifications) == 3
    assert len(planned(ladder, [PageAcknowledged("T-1", at(61))], as_of=61).notifications) == 2


@pytest.mark.parametrize(("kind", "word"), [(Resolved, "resolved"), (Closed, "closed"), (Cancelled, "cancelled")])
def test_resolved_closed_and_cancelled_end_everything(kind: Any, word: str) -> None:
    found = planned(NIGHT, [kind("T-1", at(20))], as_of=20)
    assert told(found) == [(0, "page", "ann", (word, 20))]
    assert found.horizon is None


def test_a_reopening_begins_a_cycle_in_which_everybody_may_be_paged_again() -> None:
    found = planned(NIGHT, [Resolved("T-1", at(20)), Reopened("T-1", at(60))], as_of=60, horizon=10 * MINUTE)
    assert [(one.cycle, one.round, one.person, one.at) for one in found.notifications] == [
        (1, 1, "ann", START),
        (2, 1, "ann", at(60)),
    ]


def test_a_reopening_of_an_open_ticket_changes_nothing() -> None:
    found = planned(NIGHT, [Reopened("T-1", at(10))], as_of=10, horizon=25 * MINUTE)
    assert [one.cycle for one in found.notifications] == [1, 1]


# Rounds


def test_rounds_repeat_and_count() -> None:
    ladder = Ladder("one", [Step("ann"), Step("bob", After(30 * MINUTE))], rounds=2)
    found = planned(ladder)
    assert told(found) == [
        (0, "page", "ann", ("next step", 30)),
        (30, "page", "bob", ("next round", 60)),
        (60, "page", "ann", ("next step", 90)),
        (90, "page", "bob", None),
    ]
    assert [one.round for one in found.notifications] == [1, 1, 2, 2]


def test_two_pages_at_one_instant_are_current_together() -> None:
    ladder = Ladder("both", [Step("ann"), Step("bob"), Step("cem", After(30 * MINUTE))])
    assert told(planned(ladder))[:2] == [
        (0, "page", "ann", ("next step", 30)),
        (0, "page", "bob", ("next step", 30)),
    ]


def test_a_later_inform_of_the_ladder_ends_the_earlier_inform_to_that_person() -> None:
    ladder = Ladder("one", [Step("head", effect="inform"), Step("dora", After(10 * MINUTE), effect="inform")])
    assert told(planned(ladder)) == [(0, "inform", "dora", ("later inform", 10)), (10, "inform", "dora", None)]


def test_working_time_zero_is_the_next_opening() -> None:
    ladder = Ladder("office", [Step("ann", After(hours=OFFICE)), Step("bob", After(60 * MINUTE, hours=OFFICE))])
    assert told(planned(ladder)) == [(12 * 60, "page", "ann", ("next step", 13 * 60)), (13 * 60, "page", "bob", None)]


# Empty steps


def test_an_empty_step_is_skipped_at_once_and_later_steps_keep_their_distances() -> None:
    ladder = Ladder(
        "one",
        [Step("vacant"), Step("ann", After(30 * MINUTE)), Step("bob", After(75 * MINUTE))],
        rounds=2,
    )
    found = planned(ladder)
    assert [entry[:3] for entry in told(found)] == [
        (0, "page", "ann"),
        (45, "page", "bob"),
        (90, "page", "ann"),
        (135, "page", "bob"),
    ]
    assert skipped(found) == [(0, 1, "unbound role"), (90, 1, "unbound role")]
    reason = found.notifications[0].reason
    assert (reason.code, reason.values["step"]) == ("in place of", 1)


def test_a_gap_in_the_duty_is_an_empty_step() -> None:
    duties = {"desk": Roster("desk", [Layer("bob", hours=OFFICE)])}
    found = planned(Ladder("one", [Step("desk"), Step("ann", After(30 * MINUTE))]), duties=duties)
    assert skipped(found) == [(0, 1, "gap")]
    assert told(found) == [(0, "page", "ann", None)]


def test_a_person_without_the_channel_is_skipped() -> None:
    people = {"ann": Person("ann", ["mail"]), "dora": Person("dora")}
    ladder = Ladder("one", [Step("ann", channel="phone"), Step("head", After(30 * MINUTE))])
    found = planned(ladder, people=people, duties={}, roles={"head": "dora"})
    assert skipped(found) == [(0, 1, "no channel"), (0, 2, "no channel")]
    assert [(one.at, one.ladder, one.round, one.cycle) for one in found.unreached] == [(START, "one", 1, 1)]


def test_another_recipient_takes_the_next_person_not_yet_paged() -> None:
    ladder = Ladder("one", [Step("ann"), Step("primary", After(10 * MINUTE)), Step("backup", After(20 * MINUTE))])
    assert [person for _, _, person, _ in told(planned(ladder, horizon=timedelta(hours=1)))] == ["ann", "bob", "cem"]


def test_another_recipient_is_skipped_if_everybody_was_paged() -> None:
    found = planned(Ladder("one", [Step("dora"), Step("head", After(10 * MINUTE))]))
    assert told(found) == [(0, "page", "dora", None)]
    assert skipped(found) == [(10, 2, "already paged")]
    assert found.unreached == ()


def test_a_step_to_an_earlier_recipient_repeats_the_page() -> None:
    ladder = Ladder("one", [Step("ann", channel="mail"), Step("ann", After(10 * MINUTE), channel="phone")])
    assert [(one.person, one.channel) for one in planned(ladder).notifications] == [("ann", "mail"), ("ann", "phone")]


def test_a_round_that_reaches_nobody_pages_the_last_resort() -> None:
    ladder = Ladder("one", [Step("vacant"), Step("vacant", After(30 * MINUTE))], last_resort="head")
    found = planned(ladder)
    assert told(found) == [(0, "page", "dora", None)]
    assert (found.notifications[0].step, found.notifications[0].reason.code) == ("last resort", "last resort")
    assert found.unreached == ()


def test_a_round_without_a_last_resort_is_unreached() -> None:
    found = planned(Ladder("one", [Step("vacant")]))
    assert (found.notifications, [one.at for one in found.unreached]) == ((), [START])


# Hand-over


def test_a_hand_over_during_an_unacknowledged_page_pages_the_next_person() -> None:
    found = planned(Ladder("one", [Step("primary")]), horizon=timedelta(days=1))
    assert told(found) == [(0, "page", "ann", ("hand-over", 720)), (720, "page", "bob", None)]
    assert found.notifications[1].reason.values == {"from": ("ann",)}
    assert found.notifications[1].step == 1


def test_a_hand_over_after_the_acknowledgement_pages_nobody() -> None:
    found = planned(Ladder("one", [Step("primary")]), [PageAcknowledged("T-1", at(1))], as_of=1)
    assert told(found) == [(0, "page", "ann", ("acknowledged", 1))]


# The ladder in force


URGENT = Ladder("urgent", [Step("ann"), Step("bob", After(30 * MINUTE))])
CALM = Ladder("calm", [Step("cem")])
BY_PRIORITY = LadderPolicy([LadderRow(URGENT, ["critical", "blocker"]), LadderRow(CALM, ["major"])])


def changed(*changes: tuple[float, str], first: str = "major") -> Timeline[str]:
    return Timeline.of(first, [(micros(at(minute)), value, None) for minute, value in changes])


def test_a_raise_replaces_the_ladder_acknowledged_or_not() -> None:
    priority = changed((20, "critical"))
    assert told(planned(BY_PRIORITY, as_of=20, priority=priority)) == [
        (0, "page", "cem", ("priority raised", 20)),
        (20, "page", "ann", ("next step", 50)),
        (50, "page", "bob", None),
    ]
    acknowledged = planned(BY_PRIORITY, [PageAcknowledged("T-1", at(10))], as_of=20, priority=priority)
    assert told(acknowledged) == [
        (0, "page", "cem", ("acknowledged", 10)),
        (20, "page", "ann", ("next step", 50)),
        (50, "page", "bob", None),
    ]


def test_a_raise_to_the_same_ladder_changes_nothing() -> None:
    priority = changed((20, "blocker"), first="critical")
    assert told(planned(BY_PRIORITY, as_of=20, priority=priority)) == told(planned(BY_PRIORITY))


def test_lowering_stands_down_everybody_paged_and_starts_the_weaker_ladder() -> None:
    found = planned(BY_PRIORITY, as_of=40, priority=changed((40, "major"), first="critical"))
    assert told(found) == [
        (0, "page", "ann", ("next step", 30)),
        (30, "page", "bob", ("priority lowered", 40)),
        (40, "stand-down", "ann", None),
        (40, "stand-down", "bob", None),
        (40, "page", "cem", None),
    ]
    stand_down = found.notifications[2]
    assert (stand_down.channel, stand_down.ladder, stand_down.step) == ("phone", "urgent", "stand-down")
    assert stand_down.reason.values == {"old": "critical", "new": "major"}


def test_lowering_after_an_acknowledgement_only_stands_down() -> None:
    priority = changed((40, "major"), first="critical")
    found = planned(BY_PRIORITY, [PageAcknowledged("T-1", at(10))], as_of=40, priority=priority)
    assert [entry[:3] for entry in told(found)] == [(0, "page", "ann"), (40, "stand-down", "ann")]


def test_lowering_below_every_ladder_stands_down_and_waits() -> None:
    found = planned(BY_PRIORITY, as_of=40, priority=changed((40, "minor"), (60, "major"), first="critical"))
    assert [entry[:3] for entry in told(found)][2:] == [(40, "stand-down", "ann"), (40, "stand-down", "bob")]
    later = planned(BY_PRIORITY, as_of=60, priority=changed((40, "minor"), (60, "major"), first="critical"))
    assert told(later)[-1] == (60, "page", "cem", None)


def test_a_return_to_a_ladder_counts_as_another_round() -> None:
    priority = changed((10, "major"), (20, "critical"), first="critical")
    found = planned(BY_PRIORITY, as_of=20, priority=priority)
    assert [(one.round, one.effect) for one in found.notifications if one.ladder == "urgent"] == [
        (1, "page"),
        (1, "stand-down"),
        (2, "page"),
        (2, "page"),
    ]


NIGHT_AND_DAY = LadderPolicy([LadderRow(CALM, hours=OFFICE), LadderRow(URGENT, hours=OFFICE, outside=True)])


def test_a_change_of_hours_starts_the_other_ladder_if_not_acknowledged() -> None:
    assert told(planned(NIGHT_AND_DAY, horizon=timedelta(hours=13))) == [
        (0, "page", "ann", ("next step", 30)),
        (30, "page", "bob", ("hours changed", 720)),
        (720, "page", "cem", None),
    ]


def test_a_change_of_hours_after_an_acknowledgement_changes_nothing() -> None:
    found = planned(NIGHT_AND_DAY, [PageAcknowledged("T-1", at(5))], as_of=5)
    assert told(found) == [(0, "page", "ann", ("acknowledged", 5))]


def test_without_a_ladder_the_plan_waits_for_the_next_change() -> None:
    policy = LadderPolicy([LadderRow(CALM, hours=OFFICE)])
    found = planned(policy, horizon=timedelta(days=1))
    assert told(found) == [(720, "page", "cem", ("hours changed", 1260))]


def test_a_change_of_hours_and_priority_at_one_instant_starts_one_ladder() -> None:
    policy = LadderPolicy([LadderRow(CALM, hours=OFFICE)])
    found = planned(policy, as_of=720, priority=changed((720, "blocker")), horizon=timedelta(hours=1))
    assert told(found) == [(720, "page", "cem", None)]


# Snooze and manual escalation


def test_a_snooze_holds_pages_which_keep_their_distances() -> None:
    ladder = Ladder("one", [*NIGHT.steps, Step("cem", After(60 * MINUTE))])
    found = planned(ladder, [Snoozed("T-1", at(10), until=at(100))], as_of=10, horizon=timedelta(hours=5))
    assert told(found) == [
        (0, "page", "ann", ("snoozed", 10)),
        (45, "inform", "dora", None),
        (100, "page", "bob", ("next step", 130)),
        (130, "page", "cem", None),
    ]
    assert found.notifications[2].reason.code == "snooze over"


def test_a_snooze_that_ends_before_the_next_step_moves_nothing() -> None:
    found = planned(NIGHT, [Snoozed("T-1", at(10), until=at(20))], as_of=10, horizon=timedelta(hours=2))
    assert [entry[:3] for entry in told(found)] == [
        entry[:3] for entry in told(planned(NIGHT, horizon=timedelta(hours=2)))
    ]


def test_a_withdrawn_snooze_releases_the_held_step() -> None:
    events = [Snoozed("T-1", at(10), id="s", until=at(300)), Withdrawn("T-1", at(50), event="s")]
    found = planned(Ladder("one", NIGHT.steps[:2]), events, as_of=50, horizon=timedelta(hours=2))
    assert told(found) == [(0, "page", "ann", ("snoozed", 10)), (50, "page", "bob", None)]


def test_a_manual_escalation_runs_the_next_step_acknowledged_or_not() -> None:
    events = [PageAcknowledged("T-1", at(5)), Escalated("T-1", at(10), by="agent:ann", reason="stuck")]
    found = planned(Ladder("one", NIGHT.steps[:2]), events, as_of=10, horizon=timedelta(hours=1))
    assert told(found) == [(0, "page", "ann", ("acknowledged", 5)), (10, "page", "bob", None)]
    assert found.notifications[1].reason.values == {"by": "agent:ann", "reason": "stuck"}


@pytest.mark.parametrize("escalated", [22, 25], ids=["during the snooze", "at its end"])
def test_pages_keep_their_distance_to_a_held_step_that_a_manual_escalation_runs(escalated: float) -> None:
    ladder = Ladder("one", [Step("ann"), Step("bob", After(20 * MINUTE)), Step("cem", After(30 * MINUTE))], rounds=2)
    events = [Snoozed("T-1", at(19), until=at(25)), Escalated("T-1", at(escalated))]
    assert told(planned(ladder, events, as_of=escalated, horizon=timedelta(minutes=30))) == [
        (0, "page", "ann", ("snoozed", 19)),
        (escalated, "page", "bob", ("next step", escalated + 10)),
        (escalated + 10, "page", "cem", ("next round", escalated + 20)),
        (escalated + 20, "page", "ann", None),
    ]


def test_pages_keep_their_distance_to_a_held_step_that_an_acknowledgement_cancels() -> None:
    steps = [Step("ann"), Step("bob", After(20 * MINUTE)), Step("cem", After(30 * MINUTE), unless=None)]
    events = [Snoozed("T-1", at(19), until=at(25)), PageAcknowledged("T-1", at(22))]
    found = planned(Ladder("one", steps), events, as_of=22)
    assert told(found) == [(0, "page", "ann", ("snoozed", 19)), (32, "page", "cem", None)]


def test_a_manual_escalation_after_the_last_step_begins_the_next_round_or_is_skipped() -> None:
    ladder = Ladder("one", [Step("ann")], rounds=2, every=60 * MINUTE)
    events = [Escalated("T-1", at(10)), Escalated("T-1", at(20))]
    found = planned(ladder, events, as_of=20)
    assert [(one.round, one.at) for one in found.notifications] == [(1, START), (2, at(10))]
    assert skipped(found) == [(20, 1, "no step left")]


def test_a_manual_escalation_without_a_ladder_is_skipped() -> None:
    found = planned(LadderPolicy([]), [Escalated("T-1", at(10))], as_of=10)
    assert skipped(found) == [(10, 0, "no ladder")]


def test_the_backup_is_paged_after_half_an_hour() -> None:
    """The primary and the backup of one rotation are never the same person."""
    first, second = planned(NIGHT, horizon=timedelta(hours=1)).notifications[:2]
    assert (first.person, second.person, second.at - first.at) == ("ann", "bob", timedelta(minutes=30))


def test_instants_are_in_the_zone_of_as_of() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    found = plan(
        LadderPolicy([LadderRow(CALM)]),
        [opened()],
        priority=Timeline.constant("major"),
        people=PEOPLE,
        as_of=START.astimezone(berlin),
    )
    assert found.notifications[0].at.isoformat() == "2026-01-05T21:00:00+01:00"


def test_the_horizon_is_elapsed_time_through_a_change_of_the_clock() -> None:
    evening = datetime(2026, 3, 28, 20, tzinfo=ZoneInfo("Europe/Berlin"))
    found = plan(
        LadderPolicy([LadderRow(Ladder("one", [Step("ann"), Step("bob", After(timedelta(hours=24)))]))]),
        [Opened("T-1", evening)],
        priority=Timeline.constant("major"),
        people=PEOPLE,
        as_of=evening,
        horizon=timedelta(hours=24),
    )
    assert len(found.notifications) == 1
    assert found.horizon is not None
    assert found.horizon.isoformat() == "2026-03-29T21:00:00+02:00"


def test_a_naive_as_of_is_refused() -> None:
    with pytest.raises(NaiveDatetimeError, match="`as_of` `2026-01-05 20:00:00` has no time zone"):
        plan(
            LadderPolicy([LadderRow(CALM)]),
            [opened()],
            priority=Timeline.constant("major"),
            people=PEOPLE,
            as_of=START.replace(tzinfo=None),
        )


# How plans are shown


def test_a_plan_is_explained_in_both_languages_without_a_case() -> None:
    found = planned(Ladder("one", [Step("vacant"), *NIGHT.steps]), horizon=timedelta(hours=2))
    german, english = found.explain("de").splitlines(), found.explain("en").splitlines()
    assert len(german) == len(english) == len(found.notifications) + len(found.skipped) == 4
    for person, clock_time in (("ann", "20:00"), ("bob", "20:30"), ("dora", "20:45")):
        assert any(f"Mo 05.01.2026 {clock_time}" in line and person in line for line in german)
        assert any(f"Mon 5 Jan 2026 {clock_time}" in line and person in line for line in english)
    assert found.explain() == found.explain("en")


def test_a_plan_is_explained_in_a_known_language() -> None:
    with pytest.raises(DefinitionError, match="`den`"):
        planned(NIGHT).explain("den")


def test_the_repr_of_a_plan_and_its_parts_is_one_short_line() -> None:
    found = planned(NIGHT, horizon=timedelta(hours=2))
    first, second, _ = found.notifications
    assert repr(found) == ("Plan(T-1 as of 2026-01-05 20:00+00:00: 3 notifications; next at 2026-01-05 20:30+00:00)")
    assert repr(first) == (
        "Notification(page ann by phone at 2026-01-05 20:00+00:00, night round 1 step 1, "
        "until 2026-01-05 20:30+00:00 (next step))"
    )
    assert repr(second.key) == "Key(T-1: cycle 1, night round 1 step 2, bob by phone)"
    lowered = planned(BY_PRIORITY, as_of=40, priority=changed((40, "major"), first="critical"))
    assert "urgent round 1 stand-down" in repr(lowered.notifications[2])


def test_the_repr_of_a_plan_counts_skipped_steps_and_unreached_rounds() -> None:
    assert repr(planned(Ladder("one", [Step("vacant")]))) == (
        "Plan(T-1 as of 2026-01-05 20:00+00:00: 0 notifications, 1 skipped step, 1 unreached round)"
    )
    many = planned(Ladder("one", [Step("vacant")] * 40), [Escalated("T-1", at(n), id=str(n)) for n in range(9)])
    assert len(repr(many)) < 200
