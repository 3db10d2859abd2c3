"""The laws of plans: they agree with the walk minute by minute, are prefix-stable, order-free, and sent once."""

from datetime import datetime
from typing import Any

from hypothesis import given, strategies as st

from supportcore.escalation import Plan, due
from tests.laws.escalation_cases import SPAN, START, Case, as_of_minutes, at, cases
from tests.oracles.escalation import Simulation


def messages_of(plan: Plan) -> list[tuple[Any, ...]]:
    return [
        (
            one.at,
            one.cycle,
            one.ladder,
            one.round,
            str(one.step),
            one.person,
            one.channel,
            one.effect,
            one.to,
            one.until,
            one.ended_by,
        )
        for one in plan.notifications
    ]


def before(found: list[tuple[Any, ...]], cut: datetime) -> list[tuple[Any, ...]]:
    """What fell due strictly before an instant, with ends that were known then."""
    return [
        (*one[:-2], *(one[-2:] if one[-2] is not None and one[-2] < cut else (None, None)))
        for one in found
        if one[0] < cut
    ]


@given(cases(), as_of_minutes)
def test_esc_2_the_plan_agrees_with_the_walk_minute_by_minute(case: Case, as_of: int) -> None:
    plan = case.plan(as_of)
    known = case.known(as_of)
    twin = Simulation(known.policy, known.events, **known.given())
    twin.run(START, SPAN)
    walked = [
        (
            one["at"],
            one["cycle"],
            one["ladder"],
            one["round"],
            str(one["step"]),
            one["person"],
            one["channel"],
            one["effect"],
            one["to"],
            one["until"],
            one["ended_by"],
        )
        for one in twin.messages
    ]
    assert sorted(messages_of(plan), key=repr) == sorted(walked, key=repr)
    assert [(one.at, one.cycle, one.ladder, one.round, str(one.step), one.reason.code) for one in plan.skipped] == [
        (one["at"], one["cycle"], one["ladder"], one["round"], str(one["step"]), one["why"]) for one in twin.misses
    ]
    assert [(one.at, one.cycle, one.ladder, one.round) for one in plan.unreached] == [
        (one["at"], one["cycle"], one["ladder"], one["round"]) for one in twin.unreached
    ]


@given(cases(), as_of_minutes, as_of_minutes)
def test_g_8_what_fell_due_before_a_later_event_stays(case: Case, one: int, other: int) -> None:
    early, late = sorted((one, other))
    cut = min((event.at for event in case.events if event.at > at(early)), default=at(SPAN))
    cut = min([cut, *(at(minute) for minute, _ in case.changes if minute > early)])
    then, now = messages_of(case.plan(early)), messages_of(case.plan(late))
    assert before(then, cut) == before(now, cut)


@given(cases(), as_of_minutes, st.randoms(use_true_random=False))
def test_g_7_the_order_of_the_events_given_does_not_matter(case: Case, as_of: int, shuffler: Any) -> None:
    shuffled = list(case.events)
    shuffler.shuffle(shuffled)
    other = Case(case.policy, tuple(shuffled), case.changes, case.clock)
    assert messages_of(other.plan(as_of)) == messages_of(case.plan(as_of))


@given(cases(), as_of_minutes)
def test_esc_3_keys_are_unique_and_instants_in_order(case: Case, as_of: int) -> None:
    found = case.plan(as_of).notifications
    assert len({one.key for one in found}) == len(found)
    assert [one.instant for one in found] == sorted(one.instant for one in found)
    assert all(one.ends is None or one.ends >= one.instant for one in found)


@given(cases(), as_of_minutes)
def test_esc_2_due_sends_each_key_once_and_then_nothing(case: Case, as_of: int) -> None:
    plan = case.plan(as_of)
    handled: frozenset[Any] = frozenset()
    for minute in range(0, SPAN, 7):
        now = due(plan, at(minute), handled)
        assert now.keys.isdisjoint(handled)
        assert {one.key for one in now.send} == now.keys - {late.notification.key for late in now.superseded}
        handled |= now.keys
        again = due(plan, at(minute), handled)
        assert (again.send, again.superseded) == ((), ())
    assert handled == {one.key for one in plan.notifications if one.at <= at(minute)}
