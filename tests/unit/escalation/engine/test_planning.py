"""Smallest ladders for reasons, ends and rarer turns of a plan, each instant worked out by hand (ESC-2 to ESC-6)."""

from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from supportcore.errors import DefinitionError
from supportcore.escalation import (
    After,
    Ladder,
    LadderPolicy,
    LadderRow,
    Layer,
    Percent,
    Person,
    Plan,
    Reason,
    Roster,
    Rotation,
    Step,
    plan,
)
from supportcore.tickets import (
    Escalated,
    FactsChanged,
    Opened,
    PageAcknowledged,
    Reopened,
    Resolved,
    Snoozed,
    Withdrawn,
)
from supportcore.timelines import Timeline
from tests.unit.escalation.test_plan import (
    AT_80,
    BY_PRIORITY,
    MINUTE,
    NIGHT,
    OFFICE,
    PAIR,
    PEOPLE,
    START,
    at,
    changed,
    clock,
    planned,
    told,
)

HOUR = 60 * MINUTE
DAY = 24 * HOUR


def minutes(found: Plan) -> list[tuple[float, str]]:
    return [((one.at - START) / MINUTE, one.person) for one in found.notifications]


def reasons(found: Plan) -> list[Reason]:
    return [one.reason for one in found.notifications]


# Reasons and skipped steps name what they are about


def test_reasons_carry_the_values_of_their_sentences() -> None:
    office = Ladder("office", [Step("ann", After(HOUR, hours=OFFICE))])
    assert reasons(planned(office)) == [Reason("working time", {"after": HOUR})]
    assert reasons(planned(AT_80, clocks=clock((0, 60))))[1] == Reason(
        "percent", {"clock": "reaction", "share": Fraction(4, 5)}
    )
    by_hand = planned(
        Ladder("one", NIGHT.steps[:2]), [Escalated("T-1", at(10), by="agent:ann", reason="stuck")], as_of=10
    )
    assert reasons(by_hand)[1] == Reason("escalated", {"by": "agent:ann", "reason": "stuck"})
    handed_over = planned(Ladder("one", [Step("primary")]), horizon=DAY)
    assert reasons(handed_over)[1] == Reason("hand-over", {"from": ("ann",)})


def test_skipped_steps_name_their_recipient_and_why() -> None:
    acknowledged = planned(NIGHT, [PageAcknowledged("T-1", at(10))], as_of=10)
    assert [(one.to, one.reason) for one in acknowledged.skipped] == [("backup", Reason("acknowledged"))]

    no_channel = planned(Ladder("one", [Step("ann", channel="sms")]))
    assert [(one.to, one.reason) for one in no_channel.skipped] == [
        ("ann", Reason("no channel", {"people": ("ann",), "channel": "sms"}))
    ]

    again = planned(Ladder("one", [Step("dora"), Step("head", After(10 * MINUTE))]))
    assert [(one.to, one.reason) for one in again.skipped] == [("head", Reason("already paged", {"people": ("dora",)}))]


def test_a_skipped_manual_escalation_names_the_last_step_or_no_ladder() -> None:
    ladder = Ladder("one", [Step("ann"), Step("bob")])
    after_the_last = planned(ladder, [Escalated("T-1", at(10))], as_of=10)
    assert [(one.step, one.to, one.reason.code) for one in after_the_last.skipped] == [(2, "bob", "no step left")]
    snoozed = Snoozed("T-1", at(5), until=at(90))
    for events in ([], [snoozed]):
        without = planned(LadderPolicy([]), [*events, Escalated("T-1", at(10))], as_of=10)
        assert [(one.cycle, one.ladder, one.round, one.step, one.to) for one in without.skipped] == [(1, "", 0, 0, "")]


def test_a_manual_escalation_runs_a_step_that_the_first_of_two_acknowledgements_cancelled() -> None:
    events = [PageAcknowledged("T-1", at(5)), PageAcknowledged("T-1", at(8)), Escalated("T-1", at(10))]
    found = planned(Ladder("one", NIGHT.steps[:2]), events, as_of=10, horizon=HOUR)
    assert minutes(found) == [(0, "ann"), (10, "bob")]


# Rounds that reach nobody (ESC-6)


def test_a_vacant_last_resort_is_skipped_and_the_round_is_unreached() -> None:
    found = planned(Ladder("one", [Step("ann", channel="sms")], last_resort="vacant"))
    assert [(one.at, one.step, one.to, one.reason.code) for one in found.skipped] == [
        (START, 1, "ann", "no channel"),
        (START, "last resort", "vacant", "unbound role"),
    ]
    assert [one.at for one in found.unreached] == [START]


def test_an_inform_does_not_count_as_reaching_somebody_on_a_ladder_with_pages() -> None:
    found = planned(Ladder("one", [Step("vacant"), Step("head", After(10 * MINUTE), effect="inform")]))
    assert [one.at for one in found.unreached] == [START]


def test_an_inform_counts_as_reaching_somebody_on_a_ladder_of_informs() -> None:
    steps = [Step("vacant", effect="inform"), Step("head", After(10 * MINUTE), effect="inform")]
    assert planned(Ladder("one", steps)).unreached == ()


def test_a_later_page_at_a_share_of_a_clock_counts_only_if_the_share_will_be_used_up() -> None:
    ladder = Ladder("one", [Step("vacant"), Step("ann", Percent("reaction", Fraction(4, 5)))])
    assert planned(ladder, clocks=clock((0, 60))).unreached == ()
    assert [one.at for one in planned(ladder, clocks=clock((0, None))).unreached] == [START]


# Whom a page takes (ESC-6)


def test_an_inform_reaches_also_whom_the_round_has_paged() -> None:
    found = planned(Ladder("one", [Step("dora"), Step("head", After(10 * MINUTE), effect="inform")]))
    assert told(found) == [(0, "page", "dora", None), (10, "inform", "dora", None)]


def test_the_next_in_turn_is_one_person_who_has_the_channel() -> None:
    people = {**PEOPLE, "bob": Person("bob", ["mail"]), "ed": Person("ed", ["phone"])}
    duty = Roster("desk", [Layer(Rotation(["ann", "bob", "cem", "ed"], every="daily", start=PAIR.start, tz="UTC"))])
    ladder = Ladder("one", [Step("ann"), Step("desk", After(10 * MINUTE), channel="phone")])
    found = planned(ladder, people=people, duties={"desk": duty}, horizon=HOUR)
    assert minutes(found) == [(0, "ann"), (10, "cem")]


def test_everybody_on_a_duty_together_is_paged_who_was_not_paged_before() -> None:
    duties = {"desk": Roster("desk", [Layer(["ann", "bob", "cem"])])}
    ladder = Ladder("one", [Step("bob"), Step("desk", After(10 * MINUTE))])
    assert minutes(planned(ladder, duties=duties)) == [(0, "bob"), (10, "ann"), (10, "cem")]


# Duties handed over while a page is current (ESC-6)


def test_an_edge_of_the_duty_at_which_nobody_changes_hands_nothing_over() -> None:
    """The backup is paged because ann was paged already; at 08:00 ann is still on duty."""
    rotation = Rotation(["ann", "bob"], every="weekly", start=datetime(2026, 1, 5, 8), tz="UTC")
    duties = {"desk": Roster("desk", [Layer(rotation, hours=OFFICE), Layer(rotation)])}
    ladder = Ladder("one", [Step("ann"), Step("desk", After(10 * MINUTE))])
    found = planned(ladder, duties=duties, horizon=DAY)
    assert minutes(found) == [(0, "ann"), (10, "bob")]


def test_every_duty_with_a_current_page_is_handed_over() -> None:
    """At 08:00 nobody changes on the first duty, nobody with a channel follows on the second, the third changes."""
    people = {**PEOPLE, "mute": Person("mute")}
    duties = {
        "steady": Roster("steady", [Layer("dora", hours=OFFICE), Layer("dora")]),
        "silent": Roster("silent", [Layer("mute", hours=OFFICE), Layer("cem")]),
        "primary": Roster("primary", [Layer(PAIR)]),
    }
    ladder = Ladder("one", [Step("steady"), Step("silent"), Step("primary")])
    found = planned(ladder, people=people, duties=duties, horizon=DAY)
    assert told(found) == [
        (0, "page", "dora", None),
        (0, "page", "cem", None),
        (0, "page", "ann", ("hand-over", 720)),
        (720, "page", "bob", None),
    ]


def test_the_page_of_a_last_resort_is_handed_over_too() -> None:
    found = planned(Ladder("one", [Step("vacant")], last_resort="primary"), horizon=DAY)
    assert [(one.step, one.to, one.person) for one in found.notifications] == [
        ("last resort", "primary", "ann"),
        ("last resort", "primary", "bob"),
    ]


# Ends of notifications


def test_a_page_at_the_instant_of_the_next_round_stays_current() -> None:
    """At 08:00 the office opens and the second round starts."""
    ladder = Ladder("one", [Step("ann"), Step("bob", After(hours=OFFICE))], rounds=2, every=12 * HOUR)
    found = planned(ladder)
    assert told(found) == [
        (0, "page", "ann", ("next step", 720)),
        (720, "page", "bob", None),
        (720, "page", "ann", None),
        (720, "page", "bob", None),
    ]
    assert [one.round for one in found.notifications] == [1, 1, 2, 2]


def test_an_inform_ends_only_earlier_informs_of_its_ladder_to_its_person() -> None:
    steps = [
        Step("dora"),
        Step("ann", effect="inform"),
        Step("head", effect="inform"),
        Step("dora", effect="inform"),
        Step("dora", After(10 * MINUTE), effect="inform"),
    ]
    assert told(planned(Ladder("one", steps))) == [
        (0, "page", "dora", None),
        (0, "inform", "ann", None),
        (0, "inform", "dora", ("later inform", 10)),
        (0, "inform", "dora", ("later inform", 10)),
        (10, "inform", "dora", None),
    ]


def test_a_page_ends_the_stand_down_of_its_person_only() -> None:
    """Raised again after 60 minutes, ann is called again; bob, who stood down too, is not needed yet."""
    found = planned(BY_PRIORITY, as_of=60, priority=changed((40, "minor"), (60, "critical"), first="critical"))
    stand_downs = [one for one in told(found) if one[1] == "stand-down"]
    assert stand_downs == [
        (40, "stand-down", "ann", ("called again", 60)),
        (40, "stand-down", "bob", ("called again", 90)),
    ]


def test_a_page_does_not_end_an_earlier_inform() -> None:
    ladder = Ladder("one", [Step("dora", effect="inform"), Step("dora", After(10 * MINUTE))])
    assert told(planned(ladder)) == [(0, "inform", "dora", None), (10, "page", "dora", None)]


def test_a_stand_down_names_the_recipient_paged_and_the_cycle() -> None:
    duty = Ladder("urgent", [Step("primary")])
    policy = LadderPolicy([LadderRow(duty, ["critical"])])
    events = [Resolved("T-1", at(10)), Reopened("T-1", at(20))]
    found = planned(policy, events, as_of=40, priority=changed((40, "minor"), first="critical"))
    last = found.notifications[-1]
    assert (last.effect, last.to, last.person, last.cycle) == ("stand-down", "primary", "ann", 2)


# Steps that move nothing keep their reason


def test_a_step_at_the_instant_of_a_skipped_step_keeps_its_reason() -> None:
    assert reasons(planned(Ladder("one", [Step("vacant"), Step("ann")]))) == [Reason("after", {"after": 0 * MINUTE})]


def test_a_step_at_the_end_of_a_snooze_keeps_its_reason() -> None:
    found = planned(NIGHT, [Snoozed("T-1", at(10), until=at(30))], as_of=10, horizon=40 * MINUTE)
    assert reasons(found)[1] == Reason("after", {"after": 30 * MINUTE})


# Plans as values


def test_the_next_instant_is_in_the_zone_of_the_given_datetime() -> None:
    after = START.astimezone(ZoneInfo("Europe/Berlin"))
    found = planned(NIGHT).next_instant(after)
    assert found is not None
    assert found.isoformat() == "2026-01-05T21:30:00+01:00"


def test_the_repr_of_a_notification_without_an_end_names_none() -> None:
    last = planned(Ladder("one", [Step("ann")])).notifications[0]
    assert repr(last) == "Notification(page ann by phone at 2026-01-05 20:00+00:00, one round 1 step 1)"


def test_each_line_of_an_explanation_is_about_one_notification() -> None:
    found = planned(NIGHT, horizon=HOUR)
    whole = found.explain().splitlines()
    singly = [Plan("T-1", found.as_of, found.horizon, (one,)).explain() for one in found.notifications]
    assert whole == singly


# Events and priorities


def test_a_snooze_after_a_withdrawn_snooze_holds_pages() -> None:
    events = [
        Snoozed("T-1", at(10), id="first", until=at(90)),
        Withdrawn("T-1", at(15), event="first"),
        Snoozed("T-1", at(20), id="second", until=at(50)),
    ]
    found = planned(Ladder("one", NIGHT.steps[:2]), events, as_of=20, horizon=2 * HOUR)
    assert minutes(found) == [(0, "ann"), (50, "bob")]


def test_a_raise_ends_an_acknowledgement_so_that_rounds_follow() -> None:
    urgent = Ladder("urgent", [Step("ann")], rounds=2, every=HOUR)
    policy = LadderPolicy([LadderRow(urgent, ["critical"]), LadderRow(Ladder("calm", [Step("cem")]), ["major"])])
    found = planned(policy, [PageAcknowledged("T-1", at(10))], as_of=20, priority=changed((20, "critical")))
    assert minutes(found) == [(0, "cem"), (20, "ann"), (80, "ann")]


def test_a_stand_down_shows_both_priorities() -> None:
    found = planned(BY_PRIORITY, as_of=40, priority=changed((40, "minor"), first="critical"))
    lowered = Reason("priority lowered", {"old": "critical", "new": "minor"})
    assert reasons(found)[2:] == [lowered, lowered]


def test_a_priority_counts_before_other_events_of_its_instant() -> None:
    """The manual escalation runs the next step of the ladder that the new priority brings."""
    priority = changed((10, "critical"))
    escalated = [Escalated("T-1", at(10))]
    brought = [FactsChanged("T-1", at(10), facts={"vip": True}), *escalated]
    for events in (escalated, brought):
        found = planned(BY_PRIORITY, events, as_of=10, priority=priority, horizon=HOUR)
        assert minutes(found) == [(0, "cem"), (10, "ann"), (40, "bob")]
        assert (reasons(found)[1].code, found.skipped) == ("escalated", ())


def test_a_last_resort_without_a_channel_is_skipped_and_the_round_is_unreached() -> None:
    people = {**PEOPLE, "mute": Person("mute")}
    found = planned(Ladder("one", [Step("vacant")], last_resort="mute"), people=people)
    assert [(one.step, one.to, one.reason.code) for one in found.skipped] == [
        (1, "vacant", "unbound role"),
        ("last resort", "mute", "no channel"),
    ]
    assert [one.at for one in found.unreached] == [START]


def test_all_instants_are_in_the_zone_of_as_of() -> None:
    ladder = Ladder("one", [Step("dora", effect="inform"), Step("vacant")])
    found = plan(
        LadderPolicy([LadderRow(ladder)]),
        [Opened("T-1", START)],
        priority=Timeline.constant("critical"),
        people=PEOPLE,
        roles={"vacant": None},
        as_of=START.astimezone(ZoneInfo("Europe/Berlin")),
    )
    instants = [one.at.isoformat() for one in (*found.notifications, *found.skipped, *found.unreached)]
    assert instants == ["2026-01-05T21:00:00+01:00"] * 3


def test_a_clock_that_a_ticket_without_clocks_does_not_have_is_refused() -> None:
    with pytest.raises(DefinitionError) as raised:
        planned(AT_80)
    assert str(raised.value) == ("a step waits for clock `reaction`, which the ticket does not have; expected no clock")


# Snoozes, duties and rounds together


def test_a_hand_over_waits_for_the_end_of_a_snooze() -> None:
    """A manual escalation pages during a snooze; at 08:00 bob comes on duty and an inform falls due."""
    ladder = Ladder("one", [Step("cem"), Step("primary", After(HOUR)), Step("dora", After(12 * HOUR), "inform")])
    events = [Snoozed("T-1", at(10), until=at(800)), Escalated("T-1", at(20))]
    found = planned(ladder, events, as_of=20, horizon=DAY)
    assert told(found)[1:] == [
        (20, "page", "ann", ("hand-over", 800)),
        (720, "inform", "dora", None),
        (800, "page", "bob", None),
    ]


def test_the_next_round_waits_for_the_end_of_a_snooze() -> None:
    ladder = Ladder("one", [Step("ann")], rounds=2, every=HOUR)
    snoozed = Snoozed("T-1", at(10), until=at(100))
    for events in ([snoozed], [snoozed, FactsChanged("T-1", at(70))]):
        found = planned(ladder, events, as_of=70)
        assert told(found) == [(0, "page", "ann", ("snoozed", 10)), (100, "page", "ann", None)]
        assert [reason.code for reason in reasons(found)] == ["after", "after"]


def test_a_snooze_does_not_hold_the_rounds_of_informs() -> None:
    ladder = Ladder("one", [Step("ann", effect="inform")], rounds=2, every=HOUR)
    found = planned(ladder, [Snoozed("T-1", at(10), until=at(100))], as_of=10)
    assert told(found) == [(0, "inform", "ann", ("later inform", 60)), (60, "inform", "ann", None)]


def test_an_acknowledgement_keeps_the_ladder_although_the_priority_changes_before_the_hours_do() -> None:
    policy = LadderPolicy(
        [LadderRow(Ladder("day", [Step("cem")]), hours=OFFICE), LadderRow(Ladder("one", [Step("ann")]))]
    )
    found = planned(policy, [PageAcknowledged("T-1", at(10))], as_of=20, priority=changed((20, "blocker")), horizon=DAY)
    assert told(found) == [(0, "page", "ann", ("acknowledged", 10))]


# Shares of clocks


def test_a_clock_that_the_ticket_does_not_have_notifies_nobody() -> None:
    assert told(planned(AT_80, clocks={"reaction": None})) == [(0, "page", "ann", None)]


def test_a_share_used_up_at_the_instant_of_the_resolution_falls_due_at_the_reopening() -> None:
    events = [Resolved("T-1", at(48)), Reopened("T-1", at(100))]
    found = planned(AT_80, events, as_of=100, clocks=clock((0, 60)))
    assert told(found) == [
        (0, "page", "ann", ("resolved", 48)),
        (100, "page", "ann", None),
        (100, "inform", "dora", None),
    ]


def test_a_share_used_up_when_the_round_starts_falls_due_although_the_clock_ends_then() -> None:
    found = planned(AT_80, clocks=clock((0, 0), ended=0))
    assert told(found) == [(0, "page", "ann", None), (0, "inform", "dora", None)]
