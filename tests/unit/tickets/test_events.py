"""Events: what they carry, what they fill in, what they refuse."""

import pickle
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from supportcore.errors import DefinitionError, FactError, NaiveDatetimeError
from supportcore.instants import zone
from supportcore.mappings import FrozenMapping
from supportcore.tickets import (
    KINDS,
    Actor,
    AgentReplied,
    Assigned,
    Closed,
    CustomerReplied,
    Event,
    FactsChanged,
    Opened,
    Resolved,
    Snoozed,
    WorkLogged,
    kind_name,
    parse_actor,
    parse_kind,
)

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_an_event_has_default_actor_id_and_record() -> None:
    event = Resolved("T-1", AT)
    assert event.by == Actor("agent")
    assert event.id == "T-1/2026-01-05T09:00:00+00:00/Resolved/0"
    assert event.recorded == AT
    assert event.instant == event.recorded_instant == 1_767_603_600_000_000


def test_the_usual_actor_depends_on_the_kind() -> None:
    assert [kind("T-1", AT).by.role for kind in (Opened, CustomerReplied, AgentReplied, Assigned)] == [
        "customer",
        "customer",
        "agent",
        "agent",
    ]


def test_one_instant_in_two_zones_is_one_event() -> None:
    berlin = AT.astimezone(zone("Europe/Berlin"))
    assert Resolved("T-1", AT) == Resolved("T-1", berlin)
    assert hash(Resolved("T-1", AT)) == hash(Resolved("T-1", berlin))


def test_the_two_readings_of_a_doubled_hour_are_two_events() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=zone("Europe/Berlin"))
    assert Resolved("T-1", first) != Resolved("T-1", first.replace(fold=1))


def test_a_naive_datetime_is_refused() -> None:
    with pytest.raises(NaiveDatetimeError) as caught:
        Resolved("T-1", datetime(2026, 1, 5, 9))
    assert str(caught.value) == (
        "`at` of an event `2026-01-05 09:00:00` has no time zone; "
        "give a time zone, for example `datetime(…, tzinfo=ZoneInfo('Europe/Berlin'))`"
    )


def test_a_naive_recorded_is_refused() -> None:
    with pytest.raises(NaiveDatetimeError, match="`recorded` of an event"):
        Resolved("T-1", AT, recorded=datetime(2026, 1, 5, 9))


def test_facts_of_all_types_are_kept_and_frozen() -> None:
    given = {"text": "a", "flag": True, "count": 3, "share": Decimal("0.5"), "day": date(2026, 1, 5), "set": ["b", "a"]}
    event = Opened("T-1", AT, facts=given)
    assert event.facts == {**given, "set": frozenset({"a", "b"})}
    assert isinstance(event.facts, FrozenMapping)


@pytest.mark.parametrize(("value", "shown"), [(1.5, "1.5"), (None, "None"), (AT, "2026-01-05 09:00:00+00:00")])
def test_facts_of_another_type_are_refused(value: object, shown: str) -> None:
    with pytest.raises(FactError) as caught:
        Opened("T-1", AT, facts={"share": value})
    assert str(caught.value) == (
        f"fact `share`: `{shown}` is not a fact; expected a text, yes or no, a whole number, a decimal, a day, "
        'a time of day or a set of words; write a number with a point as `Decimal("…")`'
    )


def test_a_time_of_day_with_a_zone_is_no_fact() -> None:
    with pytest.raises(FactError) as caught:
        Opened("T-1", AT, facts={"at": time(9, tzinfo=UTC)})
    assert str(caught.value) == (
        "fact `at`: `09:00:00+00:00` has a zone; a time of day has none, an instant is not a fact"
    )


def test_minutes_of_work_are_a_whole_number() -> None:
    with pytest.raises(DefinitionError) as caught:
        WorkLogged("T-1", AT, minutes=True)
    assert str(caught.value) == "`minutes` of an event is `True`; expected a whole number"


def test_work_begins_at_the_event_by_default() -> None:
    assert WorkLogged("T-1", AT, minutes=10).start == AT
    assert WorkLogged("T-1", AT, minutes=10, start=AT - timedelta(minutes=10)).start == AT - timedelta(minutes=10)


def test_removed_facts_are_a_tuple_of_names() -> None:
    assert FactsChanged("T-1", AT, removed=["users"]).removed == ("users",)


def test_an_actor_is_written_as_role_and_name() -> None:
    assert str(parse_actor("agent:ann")) == "agent:ann"
    assert parse_actor("customer") == Actor("customer")
    assert parse_actor(Actor("bot", "receipts")) == Actor("bot", "receipts")


def test_an_unknown_role_is_refused_with_the_nearest() -> None:
    with pytest.raises(DefinitionError) as caught:
        parse_actor("agnet:ann")
    assert str(caught.value) == (
        "`agnet` is not the role of an actor; expected one of `owner`, `agent`, `supplier`, `monitoring`, `bot`, "
        "`system`, `other`, `customer`; did you mean `agent`?"
    )


def test_event_types_are_parsed_from_their_names() -> None:
    assert [parse_kind(kind_name(kind)) for kind in KINDS] == list(KINDS)
    assert kind_name(WorkLogged) == "work logged"


def test_events_that_differ_in_another_instant_are_different() -> None:
    until = [Snoozed("T-1", AT, until=AT + timedelta(hours=hours)) for hours in (1, 2, 2)]
    assert until[0] != until[1]
    assert until[1] == until[2]
    assert len(set(until)) == 2


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_no_kind_of_event_can_be_given_an_attribute(kind: type[Event]) -> None:
    assert kind.__dictoffset__ == 0
    assert kind.__setattr__ is not object.__setattr__


def test_kinds_without_fields_of_their_own_stay_apart() -> None:
    resolved, closed = Resolved("T-1", AT, id="a", by="agent"), Closed("T-1", AT, id="a", by="agent")
    assert resolved != closed
    assert repr(closed).startswith("Closed(ticket='T-1', ")
    assert pickle.loads(pickle.dumps(closed)) == closed == evolve(closed, id="a")
    with pytest.raises(FrozenInstanceError):
        closed.ticket = "T-2"  # type: ignore[misc]
