"""The laws of working time as properties over random calendars, zones and instants (CAL-4, CAL-5, CAL-7)."""

import json
import pickle
from datetime import date, datetime, timedelta
from typing import Any

from attrs import evolve
from hypothesis import assume, given, strategies as st
from hypothesis.strategies import DrawFn

from supportcore import BusinessCalendar, InstantRangeError, NeverOpenError
from supportcore.calendars import as_plain, calendar_of as read_back
from supportcore.calendars.spans import common
from supportcore.instants import DAY, zone
from tests.laws.drawn_calendars import ODD_DAYS, calendar_of, plain_calendars

EPOCH = date(1970, 1, 1)
NO_HOURS = ((),) * 7
ZONES = sorted({name for name, _ in ODD_DAYS})

amounts = st.timedeltas(min_value=timedelta(microseconds=1), max_value=timedelta(days=40))


@st.composite
def calendars(draw: DrawFn) -> tuple[BusinessCalendar, date]:
    plain, odd = draw(plain_calendars())
    assume(any(plain.week) or any(any(week) for week in plain.seasons.values()))
    return calendar_of(plain), odd


@st.composite
def instants_near(draw: DrawFn, odd: date) -> datetime:
    tz = zone(draw(st.sampled_from(ZONES)))
    start = datetime(odd.year, odd.month, odd.day) - timedelta(days=8)
    shown = draw(st.datetimes(start, start + timedelta(days=20)))
    return shown.replace(tzinfo=tz, fold=draw(st.sampled_from([0, 1])))


@st.composite
def questions(draw: DrawFn, instants: int) -> tuple[BusinessCalendar, list[datetime]]:
    calendar, odd = draw(calendars())
    return calendar, [draw(instants_near(odd)) for _ in range(instants)]


def since(instant: datetime) -> timedelta:
    return instant - datetime(1970, 1, 1, tzinfo=zone("UTC"))


@given(questions(2))
def test_cal_5_between_is_signed(asked: tuple[BusinessCalendar, list[datetime]]) -> None:
    calendar, (a, b) = asked
    assert calendar.between(b, a) == -calendar.between(a, b)


@given(questions(3))
def test_cal_7_between_adds_up(asked: tuple[BusinessCalendar, list[datetime]]) -> None:
    calendar, (a, b, c) = asked
    assert calendar.between(a, c) == calendar.between(a, b) + calendar.between(b, c)


@given(questions(1), amounts)
def test_cal_7_add_and_between_are_inverse(asked: tuple[BusinessCalendar, list[datetime]], d: timedelta) -> None:
    calendar, (t,) = asked
    try:
        later, earlier = calendar.add(t, d), calendar.subtract(t, d)
    except (NeverOpenError, InstantRangeError):  # too few hours, within the horizon or the years answered for
        assume(False)
    assert calendar.between(t, later) == d
    assert calendar.between(earlier, t) == d


@given(questions(1), amounts)
def test_cal_4_add_is_the_earliest_and_subtract_the_latest(
    asked: tuple[BusinessCalendar, list[datetime]], d: timedelta
) -> None:
    calendar, (t,) = asked
    try:
        later, earlier = calendar.add(t, d), calendar.subtract(t, d)
    except (NeverOpenError, InstantRangeError):  # too few hours, within the horizon or the years answered for
        assume(False)
    moment = timedelta.resolution
    utc = zone("UTC")
    assert calendar.between(t, later.astimezone(utc) - moment) < d
    assert calendar.between(earlier.astimezone(utc) + moment, t) < d
    assert calendar.add(t, -d) == earlier
    assert calendar.subtract(t, -d) == later


@given(questions(1), amounts, amounts)
def test_cal_7_adding_twice_is_adding_the_sum(
    asked: tuple[BusinessCalendar, list[datetime]], a: timedelta, b: timedelta
) -> None:
    calendar, (t,) = asked
    try:
        assert calendar.add(calendar.add(t, a), b) == calendar.add(t, a + b)
    except (NeverOpenError, InstantRangeError):  # too few hours, within the horizon or the years answered for
        assume(False)


@given(questions(2), amounts, amounts)
def test_cal_7_add_is_monotone(asked: tuple[BusinessCalendar, list[datetime]], d: timedelta, more: timedelta) -> None:
    calendar, instants = asked
    first, second = sorted(instants, key=since)
    try:
        assert since(calendar.add(first, d)) <= since(calendar.add(second, d))
        assert since(calendar.add(first, d)) <= since(calendar.add(first, d + more))
    except (NeverOpenError, InstantRangeError):  # too few hours, within the horizon or the years answered for
        assume(False)


@given(questions(3))
def test_cal_7_between_is_monotone(asked: tuple[BusinessCalendar, list[datetime]]) -> None:
    calendar, instants = asked
    a, b, c = sorted(instants, key=since)
    assert timedelta() <= calendar.between(a, b) <= calendar.between(a, c) <= timedelta(days=60)


@given(questions(1))
def test_cal_4_nothing_added_is_the_instant_itself(asked: tuple[BusinessCalendar, list[datetime]]) -> None:
    calendar, (t,) = asked
    same = calendar.add(t, timedelta())
    assert since(same) == since(t)
    assert same.tzinfo is t.tzinfo


@given(questions(2))
def test_cal_12_what_is_counted_adds_up(asked: tuple[BusinessCalendar, list[datetime]]) -> None:
    calendar, instants = asked
    a, b = sorted(instants, key=since)
    told = calendar.breakdown(a, b)
    counted = sum((stretch.length for stretch in told if stretch.kind == "counted"), timedelta())
    assert counted == calendar.between(a, b)
    open_time = sum((since(end) - since(start) for start, end in calendar.intervals(a, b)), timedelta())
    assert open_time == counted
    assert sum((stretch.length for stretch in told), timedelta()) == since(b) - since(a)


@given(questions(2))
def test_earlier_queries_change_no_result(asked: tuple[BusinessCalendar, list[datetime]]) -> None:
    """G-1: a calendar that has compiled other years already answers like a new one."""
    calendar, (a, b) = asked
    fresh = BusinessCalendar.of(calendar.definition)
    fresh.between(a.replace(year=1990, day=1), b.replace(year=2040, day=1))
    assert fresh.between(a, b) == calendar.between(a, b)
    assert fresh.breakdown(a, b) == calendar.breakdown(a, b)


@given(plain_calendars(), st.booleans())
def test_cal_10_holidays_only_take_hours_away(drawn: tuple[Any, date], closed_at_last: bool) -> None:
    plain, odd = drawn
    if closed_at_last:
        plain = evolve(plain, seasons={**plain.seasons, odd + timedelta(days=20): NO_HOURS})
    cover = calendar_of(plain).compiled.cover
    start, end = ((odd + timedelta(days=days) - EPOCH).days * DAY for days in (-400, 400))
    open_spans, at_most = cover.spans(start, end), cover.at_most(start, end)
    assert common(open_spans, at_most) == open_spans
    calendar = evolve(plain, holidays=frozenset())
    assert at_most == calendar_of(calendar).compiled.cover.spans(start, end)
    if not plain.yearly:
        late = end - 365 * DAY, end
        assert cover.at_most(*late) == [] or not closed_at_last


@given(calendars())
def test_a_calendar_written_as_a_tree_is_read_back_as_its_equal(drawn: tuple[BusinessCalendar, date]) -> None:
    calendar, _ = drawn
    again = read_back(json.loads(json.dumps(as_plain(calendar))))
    assert (again, hash(again)) == (calendar, hash(calendar))
    assert pickle.loads(pickle.dumps(calendar)) == calendar
    assert read_back(as_plain(calendar, frozen=True)) == calendar
