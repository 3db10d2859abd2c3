"""What a calendar answers about single instants, at its boundaries, over odd days, and where it has no answer."""

import threading
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from supportcore import (
    BusinessCalendar,
    DefinitionError,
    HolidayCalendar,
    InstantRangeError,
    NaiveDatetimeError,
    NeverClosedError,
    NeverOpenError,
    UnknownYearError,
    always_open,
    public_holidays,
)
from supportcore.instants import micros

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)

office = BusinessCalendar(tz="Europe/Berlin", hours={"mon-thu": "08:00-12:00, 13:00-17:00", "fri": "08:00-14:00"})


def berlin(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=BERLIN, fold=fold)  # type: ignore[arg-type]


# At the edges


def test_an_opening_is_open_and_a_closing_is_not() -> None:
    moment = timedelta.resolution
    assert office.is_open(berlin(2026, 1, 5, 8))
    assert not office.is_open(berlin(2026, 1, 5, 8) - moment)
    assert not office.is_open(berlin(2026, 1, 5, 12))
    assert office.is_open(berlin(2026, 1, 5, 12) - moment)


@pytest.mark.parametrize(
    ("question", "at_opening", "inside", "at_closing", "closed"),
    [
        ("next_open", (5, 8), (5, 9), (5, 13), (5, 13)),
        ("next_close", (5, 12), (5, 12), (5, 17), (5, 17)),
        ("previous_open", (5, 8), (5, 8), (5, 8), (5, 8)),
        ("previous_close", (2, 14), (2, 14), (5, 12), (5, 12)),
    ],
)
def test_the_neighbouring_edges(
    question: str,
    at_opening: tuple[int, int],
    inside: tuple[int, int],
    at_closing: tuple[int, int],
    closed: tuple[int, int],
) -> None:
    ask = getattr(office, question)
    asked = [berlin(2026, 1, 5, 8), berlin(2026, 1, 5, 9), berlin(2026, 1, 5, 12), berlin(2026, 1, 5, 12, 30)]
    assert [ask(t) for t in asked] == [
        berlin(2026, 1, day, hour) for day, hour in (at_opening, inside, at_closing, closed)
    ]


def test_time_used_up_at_closing_is_due_at_closing_or_at_the_next_opening() -> None:
    start = berlin(2026, 1, 5, 16)
    assert office.add(start, HOUR) == berlin(2026, 1, 5, 17)
    assert office.add(start, HOUR, at_close="next_open") == berlin(2026, 1, 6, 8)
    assert office.add(start, HOUR / 2, at_close="next_open") == berlin(2026, 1, 5, 16, 30)
    closed = berlin(2026, 1, 5, 18)
    assert office.add(closed, timedelta(), at_close="next_open") == closed
    with pytest.raises(DefinitionError) as error:
        office.add(start, HOUR, at_close="open")  # type: ignore[arg-type]
    assert str(error.value) == "`at_close` is `open`; expected `close`, `next_open`; did you mean `next_open`?"


def test_subtracting_is_the_mirror_and_nothing_moves_nothing() -> None:
    monday = berlin(2026, 1, 5, 9)
    assert office.subtract(monday, 2 * HOUR) == berlin(2026, 1, 2, 13)
    assert office.subtract(monday, HOUR) == berlin(2026, 1, 5, 8)
    assert office.subtract(monday, timedelta()) == monday
    assert office.add(monday, -2 * HOUR) == office.subtract(monday, 2 * HOUR)
    assert office.subtract(monday, -2 * HOUR) == office.add(monday, 2 * HOUR)


def test_a_result_has_the_zone_of_the_given_instant() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    found = office.add(datetime(2026, 1, 5, 16, tzinfo=tokyo), HOUR)
    assert found.tzinfo is tokyo
    assert found.isoformat() == "2026-01-05T17:00:00+09:00"
    opens, closes = next(office.intervals(datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 6, tzinfo=UTC)))
    assert (opens.tzinfo, closes.tzinfo) == (UTC, UTC)


def test_results_in_a_fold_have_its_side() -> None:
    night = BusinessCalendar(tz="Europe/Berlin", hours={"sat": "22:00-06:00"})
    found = night.add(berlin(2026, 10, 24, 22), 5 * HOUR)
    assert (found.hour, found.fold) == (2, 1)


def test_intervals_are_clipped_and_run_in_both_directions() -> None:
    a, b = berlin(2026, 1, 5, 9), berlin(2026, 1, 6, 8)
    spans = [(a, berlin(2026, 1, 5, 12)), (berlin(2026, 1, 5, 13), berlin(2026, 1, 5, 17))]
    assert list(office.intervals(a, b)) == spans
    assert list(office.intervals(b, a)) == spans[::-1]
    assert list(office.intervals(a, a)) == []
    assert list(office.compiled.spans(5, 5)) == list(office.compiled.spans_back(5, 5)) == []


def test_a_breakdown_of_nothing_is_empty() -> None:
    assert office.breakdown(berlin(2026, 1, 6), berlin(2026, 1, 6)) == ()
    assert office.breakdown(berlin(2026, 1, 6), berlin(2026, 1, 5)) == ()


def test_a_breakdown_shows_every_cause() -> None:
    calendar = BusinessCalendar(
        tz="Europe/Berlin",
        hours={"mon-fri": "09:00-17:00"},
        holidays=HolidayCalendar({date(2026, 1, 6): "Epiphany"}),
        exceptions={"2026-01-05": {"hours": "09:00-12:00", "note": "stock-taking"}},
        breaks={"2026-01-05": {"hours": "10:00-11:00", "note": "fire drill"}, "2026-01-07": "16:00-18:00"},
    )
    told = calendar.breakdown(berlin(2026, 1, 5), berlin(2026, 1, 8))
    assert [(s.start.isoformat()[8:16], s.end.isoformat()[8:16], s.kind, s.because) for s in told] == [
        ("05T00:00", "05T09:00", "exception", "stock-taking"),
        ("05T09:00", "05T10:00", "counted", "stock-taking"),
        ("05T10:00", "05T11:00", "break", "fire drill"),
        ("05T11:00", "05T12:00", "counted", "stock-taking"),
        ("05T12:00", "06T00:00", "exception", "stock-taking"),
        ("06T00:00", "07T00:00", "holiday", "Epiphany"),
        ("07T00:00", "07T09:00", "closed", ""),
        ("07T09:00", "07T16:00", "counted", ""),
        ("07T16:00", "07T17:00", "break", ""),
        ("07T17:00", "08T00:00", "closed", ""),
    ]


def test_a_shift_dropped_whole_has_the_cause_of_its_day() -> None:
    night = BusinessCalendar(
        tz="UTC",
        hours={"mon-sun": "22:00-06:00"},
        holidays=HolidayCalendar({date(2026, 1, 6): "Epiphany"}),
        holiday_scope="shift",
    )
    told = night.breakdown(datetime(2026, 1, 6, tzinfo=UTC), datetime(2026, 1, 7, 22, tzinfo=UTC))
    assert [(s.start.isoformat()[8:16], s.kind) for s in told] == [
        ("06T00:00", "counted"),
        ("06T06:00", "holiday"),
        ("07T06:00", "closed"),
    ]


# Odd days (CAL-2, CAL-3, G-5)


def test_the_day_of_the_autumn_change_has_twenty_five_hours() -> None:
    all_day = BusinessCalendar(tz="Europe/Berlin", hours={"sun": "00:00-24:00"})
    assert all_day.between(berlin(2026, 10, 25), berlin(2026, 10, 26)) == 25 * HOUR
    assert all_day.between(berlin(2026, 3, 29), berlin(2026, 3, 30)) == 23 * HOUR


def test_a_span_that_the_spring_change_turns_around_vanishes() -> None:
    """02:45 does not exist and is read as 03:45; a span from there to 03:15 ends before it starts."""
    calendar = BusinessCalendar(tz="Europe/Berlin", hours={"sun": "02:45-03:15"})
    assert calendar.between(berlin(2026, 3, 29), berlin(2026, 3, 30)) == timedelta()
    assert calendar.between(berlin(2026, 3, 22), berlin(2026, 3, 23)) == HOUR / 2


def test_touching_spans_meet_as_instants_not_as_wall_time() -> None:
    """In Cairo 00:00 became 01:00: from 00:00 to 00:30 is half an hour then, from 00:30 to 01:00 runs backwards."""
    cairo = ZoneInfo("Africa/Cairo")
    a, b = datetime(2014, 5, 16, tzinfo=cairo), datetime(2014, 5, 17, tzinfo=cairo)
    parts = BusinessCalendar(tz="Africa/Cairo", hours={"fri": "00:00-00:30, 00:30-01:00"})
    whole = BusinessCalendar(tz="Africa/Cairo", hours={"fri": "00:00-01:00"})
    assert parts.between(a, b) == HOUR / 2
    assert whole.between(a, b) == timedelta()
    a, b = a + timedelta(days=7), b + timedelta(days=7)
    assert parts.between(a, b) == whole.between(a, b) == HOUR


def test_a_holiday_cuts_a_night_shift_at_midnight_and_leaves_its_tail() -> None:
    days = HolidayCalendar({date(2026, 1, 6): "Epiphany"})
    cut = BusinessCalendar(tz="UTC", hours={"mon-sun": "22:00-06:00"}, holidays=days)
    whole = BusinessCalendar(tz="UTC", hours={"mon-sun": "22:00-06:00"}, holidays=days, holiday_scope="shift")
    a, b = datetime(2026, 1, 5, 12, tzinfo=UTC), datetime(2026, 1, 7, 12, tzinfo=UTC)
    assert [(o.day, o.hour, c.day, c.hour) for o, c in cut.intervals(a, b)] == [(5, 22, 6, 0), (7, 0, 7, 6)]
    assert [(o.day, o.hour, c.day, c.hour) for o, c in whole.intervals(a, b)] == [(5, 22, 6, 6)]


def test_an_exception_over_midnight_reaches_into_a_closed_day() -> None:
    calendar = BusinessCalendar(
        tz="UTC", hours={}, exceptions={date(2026, 1, 5): "22:00-02:00", date(2026, 1, 6): "closed"}
    )
    a = datetime(2026, 1, 5, tzinfo=UTC)
    assert calendar.between(a, a + timedelta(days=3)) == 4 * HOUR


def test_a_day_that_the_zone_left_out_has_no_hours() -> None:
    """Samoa went from Thursday 29 to Saturday 31 December 2011; Friday's hours are not Saturday's."""
    apia = ZoneInfo("Pacific/Apia")
    calendar = BusinessCalendar(
        tz="Pacific/Apia", hours={"mon-fri": "09:00-17:00"}, exceptions={date(2011, 12, 30): "10:00-12:00"}
    )
    a, b = datetime(2011, 12, 29, tzinfo=apia), datetime(2012, 1, 2, tzinfo=apia)
    assert [(o.day, o.hour) for o, _ in calendar.intervals(a, b)] == [(29, 9)]


# Without an answer


@pytest.mark.parametrize("question", ["is_open", "next_open", "next_close", "previous_open", "previous_close"])
def test_an_instant_without_a_zone_is_refused(question: str) -> None:
    with pytest.raises(NaiveDatetimeError) as error:
        getattr(office, question)(datetime(2026, 1, 5))
    assert str(error.value) == (
        "the instant `2026-01-05 00:00:00` has no time zone; give a time zone, for example "
        "`datetime(…, tzinfo=ZoneInfo('Europe/Berlin'))`"
    )


@pytest.mark.parametrize("year", [1, 1899, 2200, 9999])
def test_an_instant_beyond_the_years_that_calendars_answer_for_is_refused(year: int) -> None:
    with pytest.raises(InstantRangeError) as error:
        office.is_open(datetime(year, 7, 1, tzinfo=UTC))
    assert str(error.value) == (
        f"`{year:04}-07-01T00:00:00+00:00` is outside the years 1900 to 2199 that calendars know; "
        "give an instant within them, and `None` instead of a sentinel for `unknown` or `never`"
    )


def test_either_end_of_a_question_may_lie_beyond() -> None:
    inside, beyond = datetime(2026, 1, 5, tzinfo=UTC), datetime(2300, 1, 5, tzinfo=UTC)
    for a, b in ((inside, beyond), (beyond, inside)):
        with pytest.raises(InstantRangeError, match=r"^`2300-01-05T00:00:00\+00:00` is outside the years 1900 to 2199"):
            office.between(a, b)


def test_an_instant_beyond_datetime_is_refused() -> None:
    with pytest.raises(InstantRangeError, match=r"^the instant is outside the years 1900 to 2199"):
        office.compiled.is_open(10**18)


def test_the_first_and_the_last_year_are_answered() -> None:
    first, last = datetime(1900, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, 23, tzinfo=UTC)
    assert not office.is_open(first)
    assert not office.is_open(last)
    assert office.between(first, last) > timedelta(days=20_000)
    with pytest.raises(InstantRangeError):
        office.add(last, timedelta(days=30))
    with pytest.raises(InstantRangeError):
        office.subtract(first, timedelta(days=30))


def test_a_calendar_that_never_opens_reports_its_horizon() -> None:
    empty = BusinessCalendar(tz="UTC", hours={})
    start = datetime(2026, 1, 5, tzinfo=UTC)
    assert empty.between(start, start + timedelta(days=9)) == timedelta()
    with pytest.raises(NeverOpenError) as error:
        empty.next_open(start)
    assert str(error.value).startswith("no opening hours after `2026-01-05T00:00:00+00:00`, searched to `20")
    assert str(error.value).endswith("`; give the calendar weekly hours, or a shorter duration")
    for ask in (empty.next_close, empty.previous_open, empty.previous_close):
        with pytest.raises(NeverOpenError):
            ask(start)


def test_hours_that_end_some_day_are_not_enough_for_ever() -> None:
    closing_down = BusinessCalendar(tz="UTC", hours={"mon-fri": "09:00-17:00"}, seasons={"2026-02-01": {}})
    start = datetime(2026, 1, 30, 9, tzinfo=UTC)
    with pytest.raises(NeverOpenError) as error:
        closing_down.add(start, 9 * HOUR)
    assert str(error.value).startswith("only 8 h of 9 h are open after `2026-01-30T09:00:00+00:00`, searched to")
    with pytest.raises(NeverOpenError, match=r"^no opening hours before"):
        BusinessCalendar(tz="UTC", hours={}, exceptions={"2026-01-05": "09:00-10:00"}).subtract(
            datetime(2026, 1, 5, 9, tzinfo=UTC), HOUR
        )


def test_the_first_opening_of_all_has_no_closing_before_it() -> None:
    once = BusinessCalendar(tz="UTC", hours={}, exceptions={"2026-01-05": "09:00-10:00"})
    with pytest.raises(NeverOpenError, match=r"^no opening hours before `2026-01-05T09:30:00\+00:00`"):
        once.previous_close(datetime(2026, 1, 5, 9, 30, tzinfo=UTC))


def test_the_only_opening_is_found_however_far_away() -> None:
    once = BusinessCalendar(tz="UTC", hours={}, exceptions={"2150-05-05": "09:00-10:00"})
    assert once.next_open(datetime(1950, 1, 1, tzinfo=UTC)) == datetime(2150, 5, 5, 9, tzinfo=UTC)
    assert once.previous_close(datetime(2199, 1, 1, tzinfo=UTC)) == datetime(2150, 5, 5, 10, tzinfo=UTC)
    past = BusinessCalendar(tz="UTC", hours={}, exceptions={"1910-05-05": "09:00-10:00"})
    assert past.previous_open(datetime(2100, 1, 1, tzinfo=UTC)) == datetime(1910, 5, 5, 9, tzinfo=UTC)


def test_what_never_closes_says_so() -> None:
    always, start = always_open("UTC"), datetime(2026, 1, 5, tzinfo=UTC)
    assert always.next_open(start) == start
    assert always.add(start, 100_000 * HOUR) == start + 100_000 * HOUR
    assert always.subtract(start, 100_000 * HOUR) == start - 100_000 * HOUR
    with pytest.raises(NeverClosedError) as error:
        always.next_close(start)
    assert str(error.value).startswith("no closing after `2026-01-05T00:00:00+00:00`, searched to `20")
    assert str(error.value).endswith("`; the calendar is always open there and never closes")
    for ask in (always.previous_open, always.previous_close):
        with pytest.raises(NeverClosedError, match=r"^no closing before"):
            ask(start)


def test_a_long_opening_is_one_however_it_is_compiled() -> None:
    shut_once = BusinessCalendar(tz="UTC", hours={"mon-sun": "00:00-24:00"}, exceptions={"2026-01-05": ""})
    assert shut_once.next_close(datetime(2026, 1, 6, tzinfo=UTC) - 30 * HOUR) == datetime(2026, 1, 5, tzinfo=UTC)
    assert shut_once.previous_open(datetime(2040, 1, 1, tzinfo=UTC)) == datetime(2026, 1, 6, tzinfo=UTC)
    assert shut_once.previous_close(datetime(2040, 1, 1, tzinfo=UTC)) == datetime(2026, 1, 5, tzinfo=UTC)
    assert shut_once.next_close(datetime(2010, 1, 1, tzinfo=UTC)) == datetime(2026, 1, 5, tzinfo=UTC)


def test_years_that_the_holidays_are_not_known_for_have_no_answer() -> None:
    calendar = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"}, holidays="DE-NW")
    assert calendar.is_open(berlin(1991, 1, 2, 10))
    for year in (1990, 2101):
        with pytest.raises(UnknownYearError) as error:
            calendar.is_open(berlin(year, 7, 1))
        assert str(error.value) == (
            f"the holidays of `DE-NW` are unknown for `{year}`; they are known for 1991 to 2100; "
            "stay within these years, or add the missing dates and widen `years`"
        )
    with pytest.raises(UnknownYearError):
        calendar.add(berlin(2100, 12, 1), 1000 * HOUR)
    with pytest.raises(UnknownYearError):
        calendar.previous_close(berlin(1991, 1, 1, 12))


def test_a_shift_from_an_unknown_year_is_not_guessed() -> None:
    days = HolidayCalendar({date(2026, 1, 6): "Epiphany"}, years=(2026, 2026))
    hours = {"mon-sun": "22:00-06:00"}
    by_day = BusinessCalendar(tz="UTC", hours=hours, holidays=days)
    by_shift = BusinessCalendar(tz="UTC", hours=hours, holidays=days, holiday_scope="shift")
    new_year = datetime(2026, 1, 1, 3, tzinfo=UTC)
    assert by_day.is_open(new_year)
    with pytest.raises(UnknownYearError, match=r"unknown for `2025`"):
        by_shift.is_open(new_year)
    assert by_shift.is_open(datetime(2026, 1, 2, 3, tzinfo=UTC))


# The compiled stretch


def test_many_threads_may_ask_first() -> None:
    fresh = BusinessCalendar(
        tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"}, holidays=public_holidays("DE", subdiv="NW")
    )
    asked = [(berlin(year, 1, 1), berlin(year + 9, 6, 1)) for year in range(1995, 2085, 5)]
    wanted = [BusinessCalendar.of(fresh.definition).between(a, b) for a, b in asked]
    found: dict[int, timedelta] = {}
    gate = threading.Barrier(len(asked))

    def ask(index: int) -> None:
        gate.wait()
        found[index] = fresh.between(*asked[index])

    threads = [threading.Thread(target=ask, args=(index,)) for index in range(len(asked))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[index] for index in range(len(asked))] == wanted


def test_a_compiled_calendar_is_small() -> None:
    """Under 1 MB for ten years, as the budgets of the design ask."""
    import tracemalloc

    calendar = BusinessCalendar(
        tz="Europe/Berlin",
        hours={"mon-thu": "08:00-12:00, 13:00-17:00", "fri": "08:00-14:00"},
        holidays=public_holidays("DE", subdiv="NW"),
    )
    tracemalloc.start()
    calendar.between(berlin(2020, 1, 1), berlin(2029, 12, 31))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    years = (calendar.compiled._stretch[1] - calendar.compiled._stretch[0]) / micros(berlin(1971, 1, 1))
    assert held / years < 100_000
