"""Columns give the scalar answers, bit for bit, over random calendars and instants (CAL-4 to CAL-6)."""

from datetime import date, timedelta

import numpy as np
from hypothesis import given, strategies as st
from hypothesis.strategies import DataObject

from supportcore import BusinessCalendar, SupportcoreError
from supportcore.calendars import CompiledHours, columns
from supportcore.calendars.columns.kernels import Search, openings_around, places_among
from supportcore.instants import DAY
from tests.laws.drawn_calendars import calendar_of, plain_calendars
from tests.oracles.calendars import Plain

NOTHING = np.datetime64("NaT", "us")


@st.composite
def rows(draw, odd: date) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    start = (odd.toordinal() - 719_163) * DAY
    instants = st.lists(st.integers(start - 40 * DAY, start + 40 * DAY), min_size=1, max_size=30)
    firsts = draw(instants)
    seconds = [draw(st.integers(start - 40 * DAY, start + 40 * DAY)) for _ in firsts]
    amounts = [draw(st.integers(-30 * DAY, 30 * DAY)) for _ in firsts]
    return np.array(firsts), np.array(seconds), np.array(amounts)


def single(ask, *values: int) -> int | None:
    try:
        return ask(*values)
    except SupportcoreError:
        return None


@given(plain_calendars(), st.data())
def test_columns_answer_like_single_calls(drawn: tuple[Plain, date], data: DataObject) -> None:
    plain, odd = drawn
    starts, ends, amounts = data.draw(rows(odd))
    calendar, hours = calendar_of(plain), calendar_of(plain).compiled
    some, other, durations = starts.view("M8[us]"), ends.view("M8[us]"), amounts.view("m8[us]")

    between = columns.between(calendar, some, other).view(np.int64)
    assert between.tolist() == [hours.between(*pair) for pair in zip(starts.tolist(), ends.tolist(), strict=True)]
    assert columns.is_open(calendar, some).tolist() == [hours.is_open(start) for start in starts.tolist()]

    told = columns.add(calendar, some, durations, errors="null")
    wanted = [single(hours.add, *pair) for pair in zip(starts.tolist(), amounts.tolist(), strict=True)]
    found = [None if np.isnat(value) else int(value.view(np.int64)) for value in told.values]
    assert found == wanted
    assert [reason != "" for reason in told.reasons] == [answer is None for answer in wanted]


@given(plain_calendars(), st.data())
def test_positive_amounts_take_the_quick_way_to_the_same_answers(drawn: tuple[Plain, date], data: DataObject) -> None:
    plain, odd = drawn
    starts, _, amounts = data.draw(rows(odd))
    amounts = np.abs(amounts) + 1
    calendar = calendar_of(plain)
    hours: CompiledHours = BusinessCalendar.of(calendar.definition).compiled
    wanted = [single(hours.add, *pair) for pair in zip(starts.tolist(), amounts.tolist(), strict=True)]
    told = columns.add(calendar, starts.view("M8[us]"), amounts.view("m8[us]"), errors="null")
    assert [None if np.isnat(value) else int(value.view(np.int64)) for value in told.values] == wanted


def test_the_search_answers_like_the_table() -> None:
    """Openings too close to each other for a table of slots are searched for; the answers are the same."""
    pair = "{0:02}:00-{0:02}:00:00.000002, {0:02}:00:00.000003-{0:02}:00:00.000004"
    calendar = BusinessCalendar(tz="UTC", hours={"mon-sun": ", ".join(pair.format(hour) for hour in range(24))})
    start = np.datetime64("2026-01-01T00:00", "us")
    instants = start + np.arange(500) * np.timedelta64(1_200_000_001, "us")
    hours = calendar.compiled
    given = instants.view(np.int64).tolist()
    opens = openings_around(hours, given[0], given[-1]).opens
    assert isinstance(places_among(opens, given[0], given[-1]), Search)
    assert columns.is_open(calendar, instants).tolist() == [hours.is_open(t) for t in given]
    later = instants[::-1].copy()
    assert columns.between(calendar, instants, later).view(np.int64).tolist() == [
        hours.between(a, b) for a, b in zip(given, reversed(given), strict=True)
    ]
    office = BusinessCalendar(
        tz="UTC", hours={"mon-fri": "09:00-17:00"}, exceptions={"2026-01-10": "09:00-09:00:00.000002"}
    )
    far = columns.add(office, instants, (np.arange(500) + 1) * np.timedelta64(3600, "s"))
    assert far.view(np.int64).tolist() == [
        office.compiled.add(t, (row + 1) * 3_600_000_000) for row, t in enumerate(given)
    ]
    for amount in (1, 2, 3, 101):
        added = columns.add(calendar, instants, timedelta(microseconds=amount))
        assert added.view(np.int64).tolist() == [hours.add(t, amount) for t in given]
