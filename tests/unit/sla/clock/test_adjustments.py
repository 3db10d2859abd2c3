"""Excused delays as pauses, and the time that they add to a target (SLA-8)."""

from datetime import timedelta
from itertools import combinations

from supportcore.calendars import By
from supportcore.instants import micros
from supportcore.sla import Agreement, Cause, Target, resolution, run_clocks
from supportcore.sla.clock.adjustments import Excuse, add_working_time, with_excuses
from supportcore.sla.clock.timekeeping import Mark
from supportcore.tickets import Excused
from tests.unit.sla.desk import ALWAYS, at, opened

MARKS = [Mark(1, False, Cause("started")), Mark(4, True, Cause("paused")), Mark(6, False, Cause("resumed"))]
SPANS = [(0, 1), (0, 2), (1, 3), (2, 3), (3, 5), (5, 6), (6, 7), (7, 9), (8, 9), (9, 12)]


def excuse(start: int, end: int) -> Excuse:
    return Excuse(start, end, "x", "cut")


def state_at(marks: list[Mark], instant: int) -> Mark:
    return [mark for mark in marks if mark.at <= instant][-1]


def test_excused_delays_are_pauses_with_the_causes_of_the_marks() -> None:
    until = 9
    for spans in [*combinations(SPANS, 1), *combinations(SPANS, 2), *combinations(SPANS, 3), *combinations(SPANS, 4)]:
        made = list(with_excuses(MARKS, [excuse(*span) for span in reversed(spans)], until))
        for instant in range(1, until):
            mark = state_at(MARKS, instant)
            found = state_at(made, instant)
            excused = any(start <= instant < end for start, end in spans)
            assert (found.paused, found.cause) == (mark.paused or excused, mark.cause)
        instants = [mark.at for mark in made]
        assert instants == sorted(set(instants))
        assert set(instants) <= {1, 4, 6} | {edge for span in spans for edge in span if edge < until}


def test_working_time_leaves_out_each_delay_to_come() -> None:
    hours = ALWAYS.compiled
    first, second, third = excuse(10, 20), excuse(30, 40), excuse(50, 60)
    assert add_working_time(hours, 0, 35, [third, first, second]) == 65
    assert add_working_time(hours, 0, 10, [first, second]) == 10
    assert add_working_time(hours, 25, 10, [first, second]) == 45
    assert add_working_time(hours, 15, 5, [first, second]) == 25
    assert add_working_time(hours, 0, 5, [first, excuse(0, 50)]) == 55


def test_a_delay_that_begins_when_a_day_form_is_due_does_not_move_it() -> None:
    """The calendar is in UTC, so that 17:00 is 18:00 in Berlin."""
    agreement = Agreement(
        "gold", ALWAYS, [resolution()], targets={"resolution": "day"}, promises={"day": Target(By("17:00", 0))}
    )
    due = {}
    for hour in (17, 18):
        excused = Excused("T", at(5, 10), start=at(5, hour), end=at(5, 19), reason="power cut")
        due[hour] = run_clocks([opened(), excused], [agreement], as_of=at(5, 12))["gold", "resolution"].due_at
    plain = run_clocks([opened()], [agreement], as_of=at(5, 12))["gold", "resolution"].due_at
    assert plain is not None
    assert {hour: micros(instant) - micros(plain) for hour, instant in due.items() if instant is not None} == {
        17: timedelta(hours=2) // timedelta(microseconds=1),
        18: 0,
    }
