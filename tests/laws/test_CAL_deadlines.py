"""Deadlines that count days fall due when their slow twin says, which walks from date to date (CAL-8)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, strategies as st

from supportcore.calendars import By, DayForm, EndOfWorkingDay, WorkingDays, deadline
from supportcore.instants import DAY, MINUTE
from tests.laws.drawn_calendars import calendar_of, plain_calendars
from tests.oracles import deadlines
from tests.oracles.calendars import MinuteByMinute, Plain
from tests.oracles.tally import same

SPAN = 14
DRAWS = 8

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

closed = st.sampled_from(["next_open", "keep"])
times = st.sampled_from(["00:00", "00:30", "02:30", "09:00", "16:45", "23:30", "24:00"])
forms = st.one_of(
    st.builds(WorkingDays, st.integers(-3, 4), closed),
    st.builds(EndOfWorkingDay, st.integers(0, 3)),
    st.builds(By, times, st.integers(0, 3), closed),
)
# A start lies so many microseconds after the first day, or is that opening or closing of the calendar, or is a time of
# day, in minutes, so many days after the first.
starts = st.one_of(
    st.integers(0, SPAN * DAY - 1),
    st.tuples(st.just("edge"), st.integers(0, 40)),
    st.tuples(st.integers(3, 7), st.sampled_from([0, 30, 150, 540, 1005, 1410])),
)


def test_the_twin_has_no_answer_where_a_deadline_lies_beyond_its_days() -> None:
    minutes = MinuteByMinute(Plain("UTC", (((480, 1020),),) * 7), date(2026, 1, 5), 3)
    start = (datetime(2026, 1, 7, 9, tzinfo=UTC) - EPOCH) // MICROSECOND
    assert deadlines.deadline(minutes, start, EndOfWorkingDay(2)) == start + 2 * DAY + 8 * 60 * MINUTE
    assert deadlines.deadline(minutes, start, EndOfWorkingDay(3)) is None
    assert deadlines.deadline(minutes, start, WorkingDays(-4)) == start - 4 * DAY
    assert deadlines.deadline(minutes, start, WorkingDays(-5)) is None


def start_of(minutes: MinuteByMinute, first: date, drawn: Any) -> int:
    """The instant that a drawn start stands for."""
    if isinstance(drawn, int):
        return (first.toordinal() - EPOCH.toordinal()) * DAY + drawn
    day, place = drawn
    if day == "edge":
        edges = sorted(edge for kind in minutes.edges() for edge in kind)
        return edges[place % len(edges)] if edges else start_of(minutes, first, place)
    return minutes.wall(first + timedelta(days=day), place) * MINUTE


@given(plain_calendars(), st.lists(st.tuples(starts, forms), min_size=DRAWS, max_size=DRAWS))
def test_cal_8_a_deadline_falls_due_as_in_the_slow_twin(
    drawn: tuple[Plain, date], asked: list[tuple[Any, DayForm]]
) -> None:
    plain, odd = drawn
    first = odd - timedelta(days=5)
    minutes = MinuteByMinute(plain, first, SPAN)
    calendar = calendar_of(plain)
    for drawn_start, form in asked:
        start = start_of(minutes, first, drawn_start)
        expected = deadlines.deadline(minutes, start, form)
        if expected is not None:
            found = deadline(calendar, EPOCH + start * MICROSECOND, form)
            same("deadline", (found - EPOCH) // MICROSECOND, expected)
