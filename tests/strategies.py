"""Hypothesis strategies for tickets: instants, facts, events of every kind, histories."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from supportcore.instants import datetime_of, micros, zone
from supportcore.tickets import (
    KINDS,
    ROLES,
    Actor,
    Attached,
    DueOverridden,
    Event,
    Excused,
    Fact,
    FactsChanged,
    History,
    Merged,
    Opened,
    Paused,
    PriorityOverridden,
    Snoozed,
    Surveyed,
    Withdrawn,
    WorkLogged,
    history_of,
)

# A year with both clock changes of Europe and of America, so that folds and gaps are drawn often enough.
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC")
MINUTE = 60_000_000
CHANGES = (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 3, 29, 0, 30, tzinfo=UTC))


START = int(FIRST.timestamp()) * 1_000_000
YEAR = 365 * 24 * 60

# Strategies are made once: making them anew at every draw takes longer than drawing.
MICROS = st.one_of(
    st.integers(0, YEAR - 1).map(lambda minute: START + minute * MINUTE),
    st.builds(
        lambda base, minute: base + minute * MINUTE,
        st.sampled_from([int(change.timestamp()) * 1_000_000 for change in CHANGES]),
        st.integers(0, 119),
    ),
    st.integers(START, START + YEAR * MINUTE),
)
NAMED_ZONES = st.sampled_from([zone(name) for name in ZONES])
INSTANTS = st.builds(datetime_of, MICROS, st.one_of(NAMED_ZONES, st.just(UTC)))
NAMES = st.text(alphabet='abcÄß :/,"\\[]', min_size=1, max_size=4)
FACT: st.SearchStrategy[Fact] = st.one_of(
    NAMES,
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-1000, max_value=1000),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    st.times(),
    st.frozensets(NAMES, max_size=3),
    st.just(Decimal("1E+3")),
)
FACTS = st.dictionaries(NAMES, FACT, max_size=3)
ACTORS = st.builds(Actor, st.sampled_from(ROLES), st.one_of(st.just(""), NAMES))


def instants() -> st.SearchStrategy[datetime]:
    """Aware datetimes of one year, many near the clock changes: in named zones with their folds, and in UTC."""
    return INSTANTS


def facts() -> st.SearchStrategy[dict[str, Fact]]:
    """A few facts by name: texts, flags, whole numbers, decimals, days, times of day and sets of words."""
    return FACTS


def actors() -> st.SearchStrategy[Actor]:
    """Actors of every role, some with a name."""
    return ACTORS


OWN: dict[type[Event], dict[str, st.SearchStrategy[Any]]] = {
    Opened: {"facts": FACTS, "customer": st.just("acme"), "channel": st.sampled_from(["", "mail"])},
    Attached: {"agreement": NAMES},
    Withdrawn: {"event": NAMES},
    FactsChanged: {"facts": FACTS, "removed": st.lists(NAMES, max_size=2)},
    PriorityOverridden: {"priority": NAMES, "reason": NAMES},
    Paused: {"reason": st.sampled_from(["customer", "supplier"])},
    WorkLogged: {"minutes": st.integers(0, 600), "start": INSTANTS},
    Snoozed: {"until": INSTANTS},
    Merged: {"into": NAMES},
    DueOverridden: {
        "metric": NAMES,
        "due": INSTANTS,
        "reason": NAMES,
        "agreement": st.one_of(st.just(""), NAMES),
    },
    Excused: {"start": INSTANTS, "end": INSTANTS, "reason": NAMES},
    Surveyed: {"score": st.integers(1, 5)},
}


def made(kind: type[Event], ticket: str, at: datetime, **own: Any) -> Event:
    """An event of a kind; a delay that was drawn the wrong way round is turned."""
    if kind is Excused:
        own["start"], own["end"] = sorted((own["start"], own["end"]), key=micros)
    return kind(ticket, at, **own)


def events_of(kind: type[Event], ticket: str = "T-1") -> st.SearchStrategy[Event]:
    """Events of one kind, of one ticket; some were recorded later than they happened, some have an id of their own."""
    return st.builds(
        made,
        st.just(kind),
        st.just(ticket),
        INSTANTS,
        by=ACTORS,
        sequence=st.integers(0, 3),
        **OWN.get(kind, {}),
    )


def events(ticket: str = "T-1") -> st.SearchStrategy[Event]:
    """Events of any kind, of one ticket."""
    return st.sampled_from(KINDS).flatmap(lambda kind: events_of(kind, ticket))


GAPS = st.sampled_from([0, 0, 1, MINUTE, 90 * MINUTE, 24 * 60 * MINUTE])
LATENESS = st.sampled_from([timedelta(), timedelta(), timedelta(minutes=5)])


@st.composite
def histories(draw: st.DrawFn, kinds: tuple[type[Event], ...] = KINDS, most: int = 8) -> History:
    """A ticket's history: opened once, then up to `most` events of the kinds given, many at one and the same instant.

    Withdrawals name an override that stands before them; every event has an id of its own.
    """
    at = draw(MICROS)
    tz = draw(NAMED_ZONES)
    drawn: list[Event] = [Opened("T-1", datetime_of(at, tz), id="e0", facts=draw(FACTS))]
    chosen = draw(st.lists(st.sampled_from([kind for kind in kinds if kind is not Opened]), max_size=most))
    for index, kind in enumerate(chosen, start=1):
        at += draw(GAPS)
        when = datetime_of(at, tz)
        shared: dict[str, Any] = {"id": f"e{index}", "sequence": index, "by": draw(ACTORS)}
        overrides = [event.id for event in drawn if isinstance(event, PriorityOverridden)]
        if kind is Withdrawn:
            if overrides:
                drawn.append(Withdrawn("T-1", when, event=draw(st.sampled_from(overrides)), **shared))
            continue
        own = {name: draw(values) for name, values in OWN.get(kind, {}).items()}
        drawn.append(made(kind, "T-1", when, recorded=when + draw(LATENESS), **shared, **own))
    return history_of(drawn)
