"""A calendar that opens no more says so, also where its holidays are not known for ever (CAL-10)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from supportcore import BusinessCalendar, HolidayCalendar, InstantRangeError, NeverOpenError, UnknownYearError
from supportcore.calendars import Calendar, EndOfWorkingDay, deadline

MONDAY = datetime(2026, 1, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
KNOWN = HolidayCalendar({}, years=(2025, 2027))
WEEK = {"mon-fri": "09:00-17:00"}
NIGHTS = {"mon-sun": "22:00-06:00"}


def calendar(**parts: object) -> BusinessCalendar:
    return BusinessCalendar(**{"tz": "UTC", "hours": {}, "holidays": KNOWN, **parts})


CLOSED = calendar()
ONCE = calendar(exceptions={"2026-01-05": "09:00-17:00"})
CLOSING = calendar(hours=NIGHTS, seasons={"2026-01-05": {}})
OPENING = calendar(seasons={"2026-01-01": {}, "2026-01-05": NIGHTS})


@pytest.mark.parametrize("holidays", [None, "DE-NW", KNOWN])
def test_a_calendar_without_hours_never_opens_with_any_holidays(holidays: object) -> None:
    closed = calendar(holidays=holidays)
    for ask in (closed.next_open, closed.next_close, closed.previous_open, closed.previous_close):
        with pytest.raises(NeverOpenError):
            ask(MONDAY)
    for ask in (closed.add, closed.subtract):
        with pytest.raises(NeverOpenError, match=r"^no opening hours (after|before)"):
            ask(MONDAY, HOUR)
    with pytest.raises(NeverOpenError):
        deadline(closed, MONDAY, EndOfWorkingDay(1))


@pytest.mark.parametrize(
    ("hours", "last", "ahead"),
    [
        (ONCE, datetime(2026, 1, 5, 17, tzinfo=UTC), timedelta(hours=5)),
        (ONCE | CLOSED, datetime(2026, 1, 5, 17, tzinfo=UTC), timedelta(hours=5)),
        (CLOSED | ONCE, datetime(2026, 1, 5, 17, tzinfo=UTC), timedelta(hours=5)),
        (ONCE & calendar(hours=WEEK), datetime(2026, 1, 5, 17, tzinfo=UTC), timedelta(hours=5)),
        (calendar(hours=WEEK) & ONCE, datetime(2026, 1, 5, 17, tzinfo=UTC), timedelta(hours=5)),
        (ONCE - calendar(hours=NIGHTS), datetime(2026, 1, 5, 17, tzinfo=UTC), timedelta(hours=5)),
    ],
)
def test_what_is_left_is_given_and_no_more(hours: Calendar, last: datetime, ahead: timedelta) -> None:
    assert hours.add(MONDAY, ahead) == last
    with pytest.raises(NeverOpenError, match=r"^only 5 h of 6 h are open after"):
        hours.add(MONDAY, ahead + HOUR)
    with pytest.raises(NeverOpenError, match=r"^only 3 h of 4 h are open before"):
        hours.subtract(MONDAY, 4 * HOUR)


def test_the_last_shift_of_a_season_runs_to_its_end() -> None:
    sunday = MONDAY - timedelta(days=1)
    assert CLOSING.add(sunday, 8 * HOUR) == datetime(2026, 1, 5, 6, tzinfo=UTC)
    with pytest.raises(NeverOpenError):
        CLOSING.add(sunday, 9 * HOUR)
    with pytest.raises(UnknownYearError):
        CLOSING.subtract(MONDAY, 10_000 * HOUR)


def test_before_the_first_season_nothing_opens() -> None:
    assert OPENING.next_open(MONDAY) == datetime(2026, 1, 5, 22, tzinfo=UTC)
    with pytest.raises(NeverOpenError):
        OPENING.previous_open(MONDAY)
    with pytest.raises(UnknownYearError):
        OPENING.add(MONDAY, 10_000 * HOUR)


def test_a_yearly_exception_may_open_again() -> None:
    with pytest.raises(UnknownYearError):
        calendar(exceptions={"every 02-29": "09:00-17:00"}).next_open(MONDAY)
    with pytest.raises(NeverOpenError):
        calendar(exceptions={"every 12-24": "closed"}).next_open(MONDAY)


def test_the_horizon_ends_with_the_known_years() -> None:
    late, early = datetime(2190, 1, 1, tzinfo=UTC), datetime(1910, 1, 1, tzinfo=UTC)
    closed = calendar(holidays=None)
    with pytest.raises(NeverOpenError, match="searched to `2220-01-25T00:00:00"):
        closed.next_open(late)
    with pytest.raises(NeverOpenError, match="searched to `1879-12-09T00:00:00"):
        closed.previous_open(early)
    leap = calendar(holidays=None, exceptions={"every 02-29": "09:00-17:00"})
    with pytest.raises(InstantRangeError):
        leap.next_open(datetime(2197, 1, 1, tzinfo=UTC))
    with pytest.raises(InstantRangeError):
        leap.previous_open(datetime(1903, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "hours",
    [
        calendar(hours=WEEK) & calendar(hours=NIGHTS),
        calendar(hours=WEEK, holidays="DE-NW") & calendar(hours=NIGHTS, holidays="DE-NW"),
        calendar(hours=WEEK) - calendar(hours=WEEK, holidays=None),
        calendar() | calendar(hours=WEEK) & calendar(hours=NIGHTS),
    ],
)
def test_hours_that_never_meet_are_never_open(hours: Calendar) -> None:
    with pytest.raises(NeverOpenError):
        hours.next_open(MONDAY)
    with pytest.raises(NeverOpenError):
        hours.previous_open(MONDAY)


def test_what_is_taken_away_may_open_on_its_holidays() -> None:
    """Nobody can say that it does not where they are not known."""
    holidays = calendar(hours=WEEK, holidays=None) - calendar(hours=WEEK)
    with pytest.raises(UnknownYearError):
        holidays.next_open(MONDAY)
    some = calendar(hours=WEEK, holidays=HolidayCalendar({date(2026, 5, 1): "Labour Day"}))
    opened = (calendar(hours=WEEK, holidays=None) - some).next_open(MONDAY)
    assert opened == datetime(2026, 5, 1, 9, tzinfo=UTC)


def test_the_message_does_not_depend_on_earlier_queries() -> None:
    told = []
    for years in ([], [2025], [2025, 2027]):
        fresh = calendar(exceptions={"2026-01-05": "09:00-17:00"})
        for year in years:
            fresh.is_open(MONDAY.replace(year=year))
        with pytest.raises(NeverOpenError) as error:
            fresh.add(MONDAY, 6 * HOUR)
        told.append(str(error.value))
    assert len(set(told)) == 1
