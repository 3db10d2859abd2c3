"""When amounts and day forms are reached and exceeded, with pauses before and around that (SLA-5, SLA-6)."""

from datetime import datetime

import pytest

from supportcore.calendars import EndOfWorkingDay
from supportcore.sla import Agreement, Clock, Target, resolution, run_clocks
from supportcore.tickets import CustomerReplied, Event, Paused
from tests.unit.sla.desk import OFFICE, at, clock_of, opened


def paused(day: int, hour: int, minute: int = 0) -> Paused:
    return Paused("T", at(day, hour, minute), reason="customer")


def resumed(day: int, hour: int, minute: int = 0) -> CustomerReplied:
    return CustomerReplied("T", at(day, hour, minute))


TWICE: list[Event] = [paused(5, 10), resumed(5, 11), paused(5, 12), resumed(5, 13)]


def end_of_day(events: list[Event], as_of: datetime, days: int = 0) -> Clock:
    """Due when the office closes, without pauses on the 5th at 17:00; it opens again on the 7th at 08:00."""
    agreement = Agreement(
        "gold", OFFICE, [resolution()], targets={"resolution": "day"}, promises={"day": Target(EndOfWorkingDay(days))}
    )
    return run_clocks([opened(), *events], [agreement], as_of=as_of)["gold", "resolution"]


def test_an_amount_adds_up_over_several_pauses() -> None:
    """An hour each before, between and after the pauses, then one more."""
    clock = clock_of(resolution(), [opened(), *TWICE], at(5, 16))
    assert (clock.due_at, clock.breached_at) == (at(5, 15), at(5, 15))


DAY_FORMS: list[tuple[list[Event], datetime, datetime | None, datetime | None, datetime | None]] = [
    (TWICE, at(7, 9), at(7, 10), None, None),
    (TWICE, at(7, 10), at(7, 10), None, None),
    (TWICE, at(7, 10, 1), at(7, 10), at(7, 10), None),
    ([*TWICE, paused(7, 10)], at(7, 10), at(7, 10), None, at(7, 10)),
    ([*TWICE, paused(7, 10)], at(7, 12), at(7, 10), at(7, 10), at(7, 10)),
    ([*TWICE, paused(7, 9, 30)], at(7, 12), None, None, at(7, 12, 30)),
    ([*TWICE, paused(7, 9, 30), resumed(7, 12)], at(7, 13), at(7, 12, 30), at(7, 12, 30), None),
    ([], at(5, 17), at(5, 17), None, None),
    ([paused(5, 17)], at(5, 18), at(5, 17), at(5, 17), at(5, 17)),
    ([paused(5, 17, 30)], at(5, 18), at(5, 17), at(5, 17), at(5, 17)),
    ([paused(5, 16)], at(5, 18), None, None, at(7, 9)),
]


@pytest.mark.parametrize(("events", "as_of", "due", "breached", "resumed_now"), DAY_FORMS)
def test_pauses_move_a_day_form_until_it_is_reached(
    events: list[Event],
    as_of: datetime,
    due: datetime | None,
    breached: datetime | None,
    resumed_now: datetime | None,
) -> None:
    clock = end_of_day(events, as_of)
    assert (clock.due_at, clock.breached_at, clock.due_if_resumed_now) == (due, breached, resumed_now)


def test_a_pause_before_open_time_leaves_a_day_form_open() -> None:
    clock = end_of_day([paused(5, 18)], at(7, 7), days=1)
    assert (clock.due_at, clock.due_if_resumed_now) == (None, at(7, 17))
