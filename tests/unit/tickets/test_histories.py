"""Histories: their order, what they refuse, and what is known over time."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from supportcore.errors import HistoryError
from supportcore.tickets import (
    AgentReplied,
    Assigned,
    Closed,
    CustomerReplied,
    Event,
    FactsChanged,
    History,
    Opened,
    Paused,
    PriorityOverridden,
    Resolved,
    Resumed,
    Withdrawn,
    facts_over_time,
    history_as_of,
    history_of,
    overrides_over_time,
    parse_kind,
)

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def refusal(events: list[Event]) -> str:
    with pytest.raises(HistoryError) as caught:
        history_of(events)
    return str(caught.value)


# Their order: G-6


def test_the_instant_comes_first() -> None:
    late, early = Opened("T-1", AT + HOUR), Resolved("T-1", AT, sequence=9)
    assert history_of([late, early]).events == (early, late)


def test_then_the_sequence_of_the_source() -> None:
    second, first = Opened("T-1", AT, sequence=1), Resolved("T-1", AT, sequence=0)
    assert history_of([second, first]).events == (first, second)


def test_then_the_kind_in_the_order_of_declaration() -> None:
    closed, resolved, reply, opened = (kind("T-1", AT) for kind in (Closed, Resolved, CustomerReplied, Opened))
    assert history_of([closed, resolved, reply, opened]).events == (opened, reply, resolved, closed)


def test_then_the_id() -> None:
    b, a = Resumed("T-1", AT, id="b"), Resumed("T-1", AT, id="a")
    assert history_of([b, a]).events == (a, b)


def test_any_permutation_makes_the_same_history() -> None:
    events = [
        Opened("T-1", AT),
        CustomerReplied("T-1", AT),
        Paused("T-1", AT + HOUR, reason="customer"),
        Resolved("T-1", AT + HOUR),
    ]
    assert {history_of(order) for order in permutations(events)} == {History(tuple(events))}


# What a history refuses


def test_an_id_used_twice_is_refused() -> None:
    assert refusal([Opened("T-1", AT, id="a"), Resolved("T-1", AT, id="a")]) == (
        "event id `a` is used twice in ticket `T-1`; give each event an id of its own"
    )


def test_an_event_given_twice_without_an_id_is_refused() -> None:
    assert "is used twice in ticket `T-1`" in refusal([Resolved("T-1", AT), Resolved("T-1", AT)])


def test_events_of_two_tickets_are_refused() -> None:
    assert refusal([Opened("T-1", AT), Resolved("T-2", AT)]) == (
        "the history has events of two tickets, `T-1` and `T-2`; give the events of one ticket"
    )


def test_a_second_opening_is_refused() -> None:
    assert refusal([Opened("T-1", AT, id="a"), Opened("T-1", AT + HOUR, id="b")]) == (
        "ticket `T-1` is opened twice, by `a` and `b`; keep the first, or use `Reopened`"
    )


def test_a_withdrawal_of_an_unknown_event_is_refused() -> None:
    override = PriorityOverridden("T-1", AT, id="override-1", priority="major", reason="asked")
    assert refusal([override, Withdrawn("T-1", AT + HOUR, id="w", event="overide-1")]) == (
        "event `w` withdraws `overide-1`, which is not an earlier event of the ticket; did you mean `override-1`?"
    )


def test_a_withdrawal_of_a_later_event_is_refused() -> None:
    override = PriorityOverridden("T-1", AT + HOUR, id="o", priority="major", reason="asked")
    assert refusal([Withdrawn("T-1", AT, id="w", event="o"), override]) == (
        "event `w` withdraws `o`, which is not an earlier event of the ticket"
    )


def test_a_withdrawal_of_a_permanent_event_is_refused() -> None:
    assert refusal([Resolved("T-1", AT, id="r"), Withdrawn("T-1", AT + HOUR, id="w", event="r")]) == (
        "event `w` withdraws `r`, which is `resolved`; expected one of `attached`, "
        "`priority overridden`, `snoozed`, `due overridden`, `excused`"
    )


def test_an_unknown_event_type_is_refused() -> None:
    with pytest.raises(HistoryError) as caught:
        parse_kind("resolvd")
    assert str(caught.value).startswith("`resolvd` is not an event type; expected one of `opened`, `attached`, ")
    assert str(caught.value).endswith("`surveyed`; did you mean `resolved`?")


def test_a_bare_event_is_refused() -> None:
    message = refusal([Opened("T-1", AT), Event("T-1", AT)])
    assert message.startswith("`Event(ticket='T-1', ")
    assert "` is not an event; expected an event of type `opened`, `attached`, " in message


# A history as a value


def test_a_history_of_a_history_is_itself() -> None:
    history = history_of([Opened("T-1", AT)])
    assert history_of(history) is history


def test_a_history_knows_ticket_opening_and_length() -> None:
    opened = Opened("T-1", AT)
    history = history_of([Resolved("T-1", AT + HOUR), opened])
    assert (history.ticket, history.opening, len(history)) == ("T-1", opened, 2)


def test_no_events_make_an_empty_history() -> None:
    history = history_of([])
    assert (history.ticket, history.opening, len(history), list(history)) == ("", None, 0, [])


# What is seen: G-8


def test_events_after_as_of_are_left_out() -> None:
    opened, reply = Opened("T-1", AT), AgentReplied("T-1", AT + HOUR)
    assert history_as_of([opened, reply], AT).events == (opened,)
    assert history_as_of([opened, reply], AT + HOUR).events == (opened, reply)


def test_events_recorded_after_known_at_are_left_out() -> None:
    opened, reply = Opened("T-1", AT), AgentReplied("T-1", AT, recorded=AT + HOUR)
    assert history_as_of([opened, reply], AT + HOUR, known_at=AT).events == (opened,)
    assert history_as_of([opened, reply], AT + HOUR, known_at=AT + HOUR).events == (opened, reply)


# Facts and overrides over time


def test_facts_are_added_changed_and_removed() -> None:
    line = facts_over_time(
        [
            Opened("T-1", AT, facts={"impact": "low", "users": 3}),
            FactsChanged("T-1", AT + HOUR, facts={"impact": "high"}),
            FactsChanged("T-1", AT + 2 * HOUR, removed=["users"]),
        ]
    )
    assert [dict(piece.value) for piece in line.pieces] == [
        {},
        {"impact": "low", "users": 3},
        {"impact": "high", "users": 3},
        {"impact": "high"},
    ]


def test_a_fact_removed_and_given_by_one_event_is_given() -> None:
    line = facts_over_time([FactsChanged("T-1", AT, facts={"users": 4}, removed=["users"])])
    assert line.at(AT) == {"users": 4}


def test_the_cause_of_each_piece_of_the_facts_is_its_event() -> None:
    opened = Opened("T-1", AT, facts={"impact": "low"})
    same = FactsChanged("T-1", AT + HOUR, facts={"impact": "low"})
    assert facts_over_time([opened, same]).pieces[-1].because == opened


def test_the_later_of_two_overrides_holds_and_the_earlier_returns() -> None:
    first = PriorityOverridden("T-1", AT, id="1", priority="major", reason="asked")
    second = PriorityOverridden("T-1", AT + HOUR, id="2", priority="blocker", reason="asked again")
    back = Withdrawn("T-1", AT + 2 * HOUR, id="3", event="2")
    gone = Withdrawn("T-1", AT + 3 * HOUR, id="4", event="1")
    line = overrides_over_time([first, second, back, gone])
    assert [piece.value for piece in line.pieces] == [None, first, second, first, None]


def test_withdrawing_the_earlier_of_two_overrides_leaves_the_later() -> None:
    first = PriorityOverridden("T-1", AT, id="1", priority="major", reason="asked")
    second = PriorityOverridden("T-1", AT + HOUR, id="2", priority="blocker", reason="asked again")
    line = overrides_over_time([first, second, Withdrawn("T-1", AT + 2 * HOUR, id="3", event="1")])
    assert line.at(AT + 2 * HOUR) == second


def test_assignments_do_not_change_facts() -> None:
    assert facts_over_time([Assigned("T-1", AT, team="desk")]).pieces[-1].value == {}


def test_a_withdrawal_of_an_unrecorded_event_is_left_out() -> None:
    """G-8: the override was written down late, after it had been withdrawn."""
    opened = Opened("T-1", AT)
    override = PriorityOverridden("T-1", AT, priority="blocker", reason="x", id="o", recorded=AT + 8 * HOUR)
    withdrawn = Withdrawn("T-1", AT + HOUR, event="o")
    assert history_as_of([opened, override, withdrawn], AT + 2 * HOUR, known_at=AT + 2 * HOUR).events == (opened,)
    whole = history_as_of([opened, override, withdrawn], AT + 2 * HOUR, known_at=AT + 8 * HOUR)
    assert whole.events == (opened, override, withdrawn)


def test_the_repr_of_a_history_is_one_short_line() -> None:
    assert repr(history_of([])) == "History(no events)"
    assert repr(history_of([Opened("T-1", AT)])) == (
        "History(T-1: 1 event from 2026-01-05 09:00+00:00 to 2026-01-05 09:00+00:00)"
    )
    assert repr(history_of([Opened("T-1", AT), Resolved("T-1", AT + HOUR)])) == (
        "History(T-1: 2 events from 2026-01-05 09:00+00:00 to 2026-01-05 10:00+00:00)"
    )
