"""Hypothesis strategies for tickets: instants, facts, events of every kind, histories."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from supportcore.instants import datetime_of, zone
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


def micros_in_2026() -> st.SearchStrategy[int]:
    """Instants of one year as microseconds, many of them near the clock changes of Berlin."""
    start = int(FIRST.timestamp()) * 1_000_000
    anywhere = st.integers(0, 365 * 24 * 60 - 1).map(lambda minute: start + minute * MINUTE)
    changes = [int(change.timestamp()) * 1_000_000 for change in CHANGES]
    near = st.builds(lambda base, minute: base + minute * MINUTE, st.sampled_from(changes), st.integers(0, 119))
    exact = st.integers(start, start + 365 * 24 * 60 * MINUTE)
    return st.one_of(anywhere, near, exact)


def instants() -> st.SearchStrategy[datetime]:
    """Aware datetimes of one year: in named zones, with their folds, and with a plain offset."""
    zones = st.sampled_from(ZONES).map(zone)
    offsets = st.just(UTC)
    return st.builds(datetime_of, micros_in_2026(), st.one_of(zones, offsets))


def names() -> st.SearchStrategy[str]:
    """Short names, with the letters that break careless writers."""
    return st.text(alphabet='abcÄß :/,"\\[]', min_size=1, max_size=6)


def facts_of_any_kind() -> st.SearchStrategy[Fact]:
    """A fact: text, flag, whole number, decimal, day or set of words."""
    return st.one_of(
        names(),
        st.booleans(),
        st.integers(-(10**9), 10**9),
        st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-1000, max_value=1000),
        st.dates(date(2025, 1, 1), date(2027, 12, 31)),
        st.frozensets(names(), max_size=3),
        st.just(Decimal("1E+3")),
    )


def facts() -> st.SearchStrategy[dict[str, Fact]]:
    """A few facts by name."""
    return st.dictionaries(names(), facts_of_any_kind(), max_size=3)


def actors() -> st.SearchStrategy[Actor]:
    """Actors of every role, some with a name."""
    return st.builds(Actor, st.sampled_from(ROLES), st.one_of(st.just(""), names()))


OWN: dict[type[Event], dict[str, st.SearchStrategy[Any]]] = {
    Opened: {"facts": facts(), "customer": st.just("acme"), "channel": st.sampled_from(["", "mail"])},
    Attached: {"agreement": names()},
    Withdrawn: {"event": names()},
    FactsChanged: {"facts": facts(), "removed": st.lists(names(), max_size=2)},
    PriorityOverridden: {"priority": names(), "reason": names()},
    Paused: {"reason": st.sampled_from(["customer", "supplier"])},
    WorkLogged: {"minutes": st.integers(0, 600), "start": instants()},
    Snoozed: {"until": instants()},
    Merged: {"into": names()},
    DueOverridden: {"metric": names(), "due": instants(), "reason": names()},
    Excused: {"start": instants(), "end": instants(), "reason": names()},
    Surveyed: {"score": st.integers(1, 5)},
}


def events_of(kind: type[Event], ticket: str = "T-1") -> st.SearchStrategy[Event]:
    """Events of one kind, of one ticket; some were recorded later than they happened, some have an id of their own."""
    return st.builds(
        kind,
        st.just(ticket),
        instants(),
        by=actors(),
        sequence=st.integers(0, 3),
        **OWN.get(kind, {}),
    )


def events(ticket: str = "T-1") -> st.SearchStrategy[Event]:
    """Events of any kind, of one ticket."""
    return st.sampled_from(KINDS).flatmap(lambda kind: events_of(kind, ticket))


@st.composite
def histories(draw: st.DrawFn, kinds: tuple[type[Event], ...] = KINDS, most: int = 8) -> History:
    """A ticket's history: opened once, then up to `most` events of the kinds given, many at one and the same instant.

    Withdrawals name an override that stands before them; every event has an id of its own.
    """
    start = draw(micros_in_2026())
    tz = zone(draw(st.sampled_from(ZONES)))
    others = [kind for kind in kinds if kind not in (Opened, Withdrawn)]
    made: list[Event] = [Opened("T-1", datetime_of(start, tz), id="e0", facts=draw(facts()))]
    at = start
    for index in range(1, draw(st.integers(0, most)) + 1):
        at += draw(st.sampled_from([0, 0, 1, MINUTE, 90 * MINUTE, 24 * 60 * MINUTE]))
        shared: dict[str, Any] = {"id": f"e{index}", "sequence": index, "by": draw(actors())}
        overrides = [event.id for event in made if isinstance(event, PriorityOverridden)]
        if overrides and Withdrawn in kinds and draw(st.booleans()):
            target = draw(st.sampled_from(overrides))
            made.append(Withdrawn("T-1", datetime_of(at, tz), event=target, **shared))
            continue
        kind = draw(st.sampled_from(others))
        own = {name: draw(values) for name, values in OWN.get(kind, {}).items()}
        late = timedelta(minutes=draw(st.sampled_from([0, 0, 5])))
        when = datetime_of(at, tz)
        made.append(kind("T-1", when, recorded=when + late, **shared, **own))
    return history_of(made)
