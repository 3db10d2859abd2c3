"""Counts over histories without a concept."""

from datetime import UTC, datetime, timedelta

import pytest

from supportcore.errors import DefinitionError
from supportcore.reports import LevelMoves, fact_changes, fact_counts, highest_levels, level_moves, observed
from supportcore.tickets import Assigned, Event, FactsChanged, Opened

LEVELS = ("first", "second", "third")
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def at(hour: int) -> datetime:
    return START + timedelta(hours=hour)


def levels(*names: str) -> list[Event]:
    return [Assigned("T-1", at(hour), level=name) for hour, name in enumerate(names)]


@pytest.mark.parametrize(
    ("names", "moves"),
    [
        ((), LevelMoves(0, 0, 0, 0)),
        (("third",), LevelMoves(0, 0, 0, 0)),
        (("first", "first", "second"), LevelMoves(1, 0, 0, 0)),
        (("first", "third", "first"), LevelMoves(1, 1, 1, 1)),
        (("first", "", "second", "first"), LevelMoves(1, 1, 0, 0)),
    ],
)
def test_moves_between_levels(names: tuple[str, ...], moves: LevelMoves) -> None:
    assert level_moves([levels(*names)], LEVELS) == moves


def test_moves_are_counted_within_a_ticket() -> None:
    assert level_moves([levels("first"), levels("third")], LEVELS) == LevelMoves(0, 0, 0, 0)


def test_events_may_be_given_in_any_order() -> None:
    assert level_moves([reversed(levels("first", "second"))], LEVELS) == LevelMoves(1, 0, 0, 0)


def test_an_unknown_level_is_refused_with_the_nearest() -> None:
    with pytest.raises(DefinitionError) as caught:
        level_moves([[Assigned("T-1", at(0), id="a", level="thrid")]], LEVELS)
    assert str(caught.value) == (
        "event `a` of ticket `T-1` has level `thrid`; expected one of `first`, `second`, `third`; did you mean `third`?"
    )


def test_the_highest_level_counts_each_ticket_once() -> None:
    histories = [levels("first", "third", "first"), levels("first"), levels(""), []]
    assert highest_levels(histories, LEVELS) == {"first": 1, "second": 0, "third": 1}


def known(hour: int, **facts: str) -> Event:
    return FactsChanged("T-1", at(hour), facts=facts, id=f"{hour}-{facts}")


def test_the_last_known_value_of_a_fact_counts() -> None:
    histories = [
        [Opened("T-1", at(0), facts={"priority": "minor"}), known(1, priority="major")],
        [Opened("T-2", at(0), facts={"priority": "major"})],
        [Opened("T-3", at(0), facts={"priority": "minor"}), FactsChanged("T-3", at(1), removed=["priority"])],
    ]
    assert fact_counts(histories, "priority") == {"major": 2}


def test_a_fact_changes_between_known_values() -> None:
    history = [
        Opened("T-1", at(0)),
        known(1, priority="minor"),
        known(2, priority="major", impact="high"),
        known(3, impact="low"),
        FactsChanged("T-1", at(4), removed=["priority"]),
        known(5, priority="minor"),
    ]
    assert fact_changes([history], "priority") == {("minor", "major"): 1}


def test_of_changes_at_one_instant_the_last_counts() -> None:
    history = [known(0, priority="minor"), known(1, priority="major"), known(1, priority="minor")]
    assert fact_changes([history[:1] + sorted(history[1:], key=lambda event: event.id)], "priority") == {}


def test_facts_and_outcome_are_observed_while_all_are_known() -> None:
    history = [
        Opened("T-1", at(0), facts={"impact": "high"}),
        known(1, urgency="low", priority="major"),
        known(2, team="x"),
        known(3, impact="low", priority="minor"),
    ]
    assert observed([history], ["impact", "urgency"], "priority") == (
        ({"impact": "high", "urgency": "low"}, {"priority": "major"}),
        ({"impact": "low", "urgency": "low"}, {"priority": "minor"}),
    )
