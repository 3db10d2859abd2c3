"""Laws of tickets: the order of events (G-6), freedom from the order given (G-7), events as JSON (SVC-6)."""

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from attrs import fields
from hypothesis import given, settings, strategies as st

from supportcore.errors import ConceptError
from supportcore.tickets import (
    KINDS,
    Actor,
    Event,
    FactsChanged,
    History,
    Opened,
    Paused,
    Surveyed,
    event_order,
    facts_over_time,
    history_as_of,
    history_of,
    kind_name,
    overrides_over_time,
)
from supportcore.tickets.event_json import dump_events, load_events
from tests.strategies import events, events_of, histories


def whole(event: Event) -> dict[str, object]:
    """All that an event carries, its instants with wall time, fold and zone."""
    own = {one.name: getattr(event, one.name) for one in fields(type(event))}
    return {name: shown(value) for name, value in own.items()}


def shown(value: object) -> object:
    tz = getattr(value, "tzinfo", None)
    return value if tz is None else (repr(value), getattr(value, "fold", None), getattr(tz, "key", None))


@given(histories(), st.data())
def test_g_7_any_permutation_of_the_events_is_the_same_history(history: History, data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(history.events))
    again = history_of(mixed)
    assert again == history
    assert facts_over_time(mixed) == facts_over_time(history)
    assert overrides_over_time(mixed) == overrides_over_time(history)


@given(histories())
def test_g_6_events_stand_by_instant_then_sequence_then_kind_then_id(history: History) -> None:
    assert all(event_order(before) < event_order(after) for before, after in pairwise(history))


@given(histories(), st.data())
def test_g_8_a_later_event_changes_nothing_of_what_was_seen(history: History, data: st.DataObject) -> None:
    moment = data.draw(st.sampled_from(history.events)).at
    before = history_as_of(history, moment)
    assert before.events == history.events[: len(before)]
    assert all(event.instant > before.events[-1].instant for event in history.events[len(before) :])


NASTY = st.text(max_size=5) | st.sampled_from(
    ["", '"', "\\", "\x00", "\x1b[31m", "\x85", "\r\n", ": - ", "\ufeff", "\ud800"]
)


@given(NASTY, NASTY, NASTY, NASTY, st.integers() | st.just(10**5001))
def test_svc_6_events_with_any_texts_come_back_or_are_refused(
    ticket: str, given_id: str, text: str, name: str, number: int
) -> None:
    at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    shared: dict[str, Any] = {"id": given_id, "by": Actor("agent", name)}
    given_events = (
        Opened(ticket, at, facts={name: text, f"{name}n": number, f"{name}s": {text}}, customer=text, **shared),
        Paused(ticket, at, reason=text, **shared),
        FactsChanged(ticket, at, removed=[text, name], **shared),
        Surveyed(ticket, at, score=number, **shared),
    )
    fits = abs(number) < 10**100 and not any(
        "\ud800" <= letter <= "\udfff" for letter in ticket + given_id + text + name
    )
    try:
        written = dump_events(given_events)
    except ConceptError:
        assert not fits
    else:
        assert fits
        assert load_events(written) == given_events


@given(st.lists(events(), max_size=5))
def test_svc_6_events_of_any_kind_come_back_as_they_were(given_events: list[Event]) -> None:
    back = load_events(dump_events(given_events))
    assert list(map(whole, back)) == list(map(whole, given_events))
    assert back == tuple(given_events)


@pytest.mark.parametrize("kind", KINDS, ids=kind_name)
@given(data=st.data())
@settings(max_examples=10)
def test_svc_6_every_kind_of_event_comes_back(kind: type[Event], data: st.DataObject) -> None:
    event = data.draw(events_of(kind))
    assert load_events(dump_events([event])) == (event,)


@given(histories())
def test_svc_6_writing_what_was_read_is_the_same_text(history: History) -> None:
    text = dump_events(history)
    assert dump_events(load_events(text)) == text
