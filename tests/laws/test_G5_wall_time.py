"""G-5: wall-clock times follow the rule of RFC 5545, in every zone, on every day."""

from datetime import date, datetime, timedelta
from zoneinfo import available_timezones

from hypothesis import given, strategies as st

from supportcore.instants import DAY, MINUTE, datetime_of, midnights, wall, zone
from tests.laws.drawn_calendars import ODD_DAYS
from tests.oracles.calendars import MinuteByMinute, Plain
from tests.oracles.tally import same

CLOSED = ((),) * 7

odd_days = st.sampled_from(ODD_DAYS)
minutes_of_two_days = st.integers(0, 2 * 1440)
# Solar time with odd seconds is left out for the twin, which counts whole minutes.
zones = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(zone)
days = st.dates(date(1930, 1, 1), date(2037, 12, 31))


@given(odd_days, st.integers(-3, 3), minutes_of_two_days)
def test_a_wall_time_is_the_first_minute_that_shows_it_or_has_the_offset_before_the_gap(
    odd: tuple[str, date], nearby: int, minutes: int
) -> None:
    tz, near = odd
    day = near + timedelta(days=nearby)
    twin = MinuteByMinute(Plain(tz, CLOSED), near, 4)
    same("wall", wall(day, minutes * MINUTE, zone(tz)), twin.wall(day, minutes) * MINUTE)


@given(zones, days, st.integers(0, DAY - 1))
def test_a_wall_time_that_exists_is_shown_at_its_instant_and_not_before(tz, day: date, offset: int) -> None:
    shown = datetime(day.year, day.month, day.day) + timedelta(microseconds=offset)
    instant = wall(day, offset, tz)
    local = datetime_of(instant, tz)
    exists = local.replace(tzinfo=None) == shown
    assert not exists or local.fold == 0
    skipped = local.replace(tzinfo=None) - shown
    assert exists or timedelta() < skipped <= timedelta(days=1)


@given(zones, days, st.integers(1, 40))
def test_many_midnights_are_those_of_the_single_days(tz, first: date, count: int) -> None:
    assert midnights(first, count, tz) == [wall(first + timedelta(days=index), 0, tz) for index in range(count)]


@given(zones, days, st.integers(0, DAY))
def test_what_ends_at_a_wall_time_meets_what_begins_there(tz, day: date, offset: int) -> None:
    """24:00 of a day and 00:00 of the next are one instant, and so are 30:00 and 06:00."""
    assert wall(day, DAY + offset, tz) == wall(day + timedelta(days=1), offset, tz)


@given(zones, days)
def test_a_civil_day_never_runs_backwards(tz, first: date) -> None:
    starts = midnights(first, 5, tz)
    assert starts == sorted(starts)
