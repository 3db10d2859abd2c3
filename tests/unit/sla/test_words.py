"""Explanations of clocks at their edges: a target just used up, excuses that only touch, parts of seconds."""

from datetime import timedelta

from supportcore.sla import resolution
from supportcore.tickets import Event, Excused, Opened, Paused, Resumed
from tests.unit.sla.desk import at, clock_of, opened


def lines_of(events: list[Event], day: int, hour: int, after: timedelta = timedelta()) -> list[str]:
    words = clock_of(resolution(), events, at(day, hour) + after).explain("en")
    return [line.strip() for line in words.splitlines()]


def test_a_target_just_used_up_has_nothing_left_and_is_not_exceeded() -> None:
    assert "used 4 h of 4 h, 0 min left" in lines_of([opened(5, 9)], 5, 13)


def test_only_excuses_that_overlap_the_cycle_are_named() -> None:
    events: list[Event] = [
        opened(5, 9),
        Excused("T", at(5, 9, 1), start=at(5, 9), end=at(5, 9, 30), reason="cut"),
        Excused("T", at(5, 9, 2), start=at(5, 8), end=at(5, 9), reason="before"),
        Excused("T", at(5, 9, 3), start=at(5, 12), end=at(5, 13), reason="to come"),
    ]
    assert "30 min of this excused: cut" in lines_of(events, 5, 12)


def test_sla_15_the_time_of_a_segment_rounds_up_where_it_is_used_and_down_elsewhere() -> None:
    start, part = at(5, 9), timedelta(milliseconds=1250)
    events = [Opened("T", start), Paused("T", start + part, reason="customer"), Resumed("T", start + 2 * part)]
    assert [line.partition(": ")[2] for line in lines_of(events, 5, 9, after=3 * part)[-3:]] == [
        "2 s counted",
        "1 s paused (customer)",
        "2 s counted",
    ]
