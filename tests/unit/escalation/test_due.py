"""`due`: what is current and not handled is sent once; what is late comes back as superseded."""

from datetime import UTC, datetime, timedelta

import pytest

from supportcore.errors import DefinitionError, NaiveDatetimeError
from supportcore.escalation import After, Ladder, LadderPolicy, LadderRow, Person, Plan, Step, due, plan
from supportcore.tickets import Event, Opened, Resolved
from supportcore.timelines import Timeline

START = datetime(2026, 1, 5, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PEOPLE = {name: Person(name, ["phone"]) for name in ("ann", "bob")}
POLICY = LadderPolicy([LadderRow(Ladder("one", [Step("ann"), Step("bob", After(30 * MINUTE))]))])


def planned(*events: Event) -> Plan:
    last = max((event.at for event in events), default=START)
    return plan(POLICY, [Opened("T-1", START), *events], priority=Timeline.constant("major"), people=PEOPLE, as_of=last)


def test_a_current_notification_is_sent() -> None:
    found = due(planned(), START)
    assert [one.person for one in found.send] == ["ann"]
    assert (found.superseded, found.keys) == ((), {found.send[0].key})


def test_a_notification_is_not_sent_before_its_instant() -> None:
    found = due(planned(), START - MINUTE)
    assert (found.send, found.superseded, found.keys) == ((), (), frozenset())


def test_a_handled_notification_is_not_sent_again() -> None:
    first = due(planned(), START)
    assert due(planned(), START + MINUTE, first.keys).keys == frozenset()
    assert [one.person for one in due(planned(), START + 30 * MINUTE, list(first.keys)).send] == ["bob"]


def test_a_late_notification_is_superseded_with_reason_and_lateness() -> None:
    found = due(planned(), START + 45 * MINUTE)
    assert [one.person for one in found.send] == ["bob"]
    (late,) = found.superseded
    assert (late.notification.person, late.ended_by, late.lateness) == ("ann", "next step", 45 * MINUTE)
    assert len(found.keys) == 2


def test_a_notification_is_not_sent_at_its_end() -> None:
    found = due(planned(Resolved("T-1", START + 10 * MINUTE)), START + 10 * MINUTE)
    assert (found.send, [one.ended_by for one in found.superseded]) == ((), ["resolved"])


def test_a_now_beyond_the_horizon_is_refused() -> None:
    old = Plan("T-1", START, START + MINUTE, ())
    assert due(old, START).keys == frozenset()
    for ask in (due, Plan.current):
        with pytest.raises(DefinitionError) as caught:
            ask(old, START + MINUTE)
        assert str(caught.value) == (
            "`2026-01-05 20:01:00+00:00` is beyond the plan of ticket `T-1`, which ends before "
            "`2026-01-05 20:01:00+00:00`; make a new plan as of now"
        )


def test_now_needs_a_zone() -> None:
    with pytest.raises(NaiveDatetimeError, match="`now` `2026-01-05 20:00:00` has no time zone"):
        due(planned(), START.replace(tzinfo=None))


def test_the_next_instant_is_strictly_after_the_given_instant() -> None:
    found = planned()
    assert found.next_instant(START - MINUTE) == START
    assert found.next_instant(START) == START + 30 * MINUTE
    assert found.next_instant(START + 30 * MINUTE) is None


def test_current_notifications() -> None:
    found = planned()
    assert [one.person for one in found.current(START + 29 * MINUTE)] == ["ann"]
    assert [one.person for one in found.current(START + 30 * MINUTE)] == ["bob"]
    assert found.current(START - MINUTE) == ()
