"""When thresholds are reached at the instants of events, and by what was known (SLA-10)."""

from datetime import datetime
from fractions import Fraction

from attrs import astuple

from supportcore.instants import micros
from supportcore.sla import Threshold, resolution
from supportcore.tickets import CustomerReplied, DueOverridden, Event, Paused
from tests.unit.sla.desk import at, clock_of, opened

HALF = Threshold.percent(50)


def armed(events: list[Event], as_of: datetime) -> tuple[object, int]:
    """When half of the four hours is used, and how often that instant was set."""
    (threshold,) = clock_of(resolution(HALF), [opened(), *events], as_of).thresholds
    return threshold.at, threshold.arming


def by_hand(hour: int, due: datetime) -> DueOverridden:
    return DueOverridden("T", at(5, hour), metric="resolution", due=due, reason="agreed", id="m")


def test_a_share_used_up_at_the_instant_of_an_event_is_not_fixed_yet() -> None:
    assert armed([by_hand(11, at(5, 17))], at(5, 16)) == (at(5, 13), 2)
    assert armed([by_hand(12, at(5, 17))], at(5, 16)) == (at(5, 11), 1)


def test_a_share_used_up_when_a_pause_begins_is_reached() -> None:
    assert armed([Paused("T", at(5, 11), reason="customer")], at(5, 16)) == (at(5, 11), 1)
    assert armed([Paused("T", at(5, 10), reason="customer")], at(5, 16)) == (None, 1)


def test_a_share_of_a_due_instant_before_the_start_is_reached_at_the_start() -> None:
    assert armed([by_hand(10, at(4, 12))], at(5, 10, 30)) == (at(5, 9), 2)


def test_what_was_known_before_a_pause_names_the_instant_of_then() -> None:
    events = [opened(), Paused("T", at(5, 10), reason="customer"), CustomerReplied("T", at(5, 12))]
    clock = clock_of(resolution(), events, at(5, 16))
    half = Fraction(1, 2)
    known = {hour: clock.instant_at(half, micros(at(5, hour))) for hour in (9, 10, 12)}
    assert known == {9: micros(at(5, 11)), 10: None, 12: micros(at(5, 13))}


def test_the_next_instants_of_a_clock_are_whole_values_in_its_zone() -> None:
    clock = clock_of(resolution(HALF), [opened()], at(5, 10))
    assert [(*astuple(one, recurse=False)[1:], one.at.isoformat()) for one in clock.next_instants()] == [
        ("threshold", "gold", "resolution", "50 %", "2026-01-05T11:00:00+01:00"),
        ("due", "gold", "resolution", "", "2026-01-05T13:00:00+01:00"),
        ("breach", "gold", "resolution", "", "2026-01-05T13:00:00.000001+01:00"),
    ]
    evening = clock.next_instants(at(5, 18))
    assert [astuple(one, recurse=False) for one in evening] == [(at(7, 8), "opening", "gold", "resolution", "")]
