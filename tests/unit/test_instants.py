"""Instants: aware datetimes to integers and back, wall time in a zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from supportcore.errors import InstantRangeError, NaiveDatetimeError, ZoneError
from supportcore.instants import (
    DAY,
    HOUR,
    MINUTE,
    datetime_of,
    micros,
    micros_of,
    span_of,
    wall,
    zone,
    zone_database_version,
)

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_naive_datetime_is_refused_with_the_remedy() -> None:
    with pytest.raises(NaiveDatetimeError) as caught:
        micros(datetime(2026, 1, 5, 9), where="`as_of`")
    assert str(caught.value) == (
        "`as_of` `2026-01-05 09:00:00` has no time zone; give it one, for example "
        "`datetime(…, tzinfo=ZoneInfo('Europe/Berlin'))`"
    )


def test_the_fold_decides_where_a_wall_time_exists_twice() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    assert micros(first.replace(fold=1)) - micros(first) == HOUR


def test_a_result_sets_the_fold() -> None:
    second = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    assert datetime_of(micros(second), BERLIN).fold == 1


def test_the_last_microsecond_survives_the_way_there_and_back() -> None:
    instant = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert datetime_of(micros(instant), UTC) == instant


def test_beyond_the_year_9999_there_is_no_datetime() -> None:
    last = micros(datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC))
    with pytest.raises(InstantRangeError, match="outside the years 1 to 9999"):
        datetime_of(last + 1, UTC)


def test_a_duration_that_a_timedelta_cannot_say_is_an_error() -> None:
    with pytest.raises(InstantRangeError, match="longer than a timedelta can say"):
        span_of(10**30)


def test_durations_are_whole_microseconds() -> None:
    assert micros_of(timedelta(days=-1, microseconds=1)) == 1 - DAY


@pytest.mark.parametrize(
    ("day", "offset", "shown"),
    [
        (date(2026, 3, 29), 2 * HOUR, "2026-03-29T03:00:00+02:00"),
        (date(2026, 3, 29), 2 * HOUR + 45 * MINUTE, "2026-03-29T03:45:00+02:00"),
        (date(2026, 3, 29), 3 * HOUR + 15 * MINUTE, "2026-03-29T03:15:00+02:00"),
        (date(2026, 10, 25), 2 * HOUR, "2026-10-25T02:00:00+02:00"),
        (date(2026, 10, 25), 24 * HOUR, "2026-10-26T00:00:00+01:00"),
    ],
)
def test_wall_times_follow_rfc_5545(day: date, offset: int, shown: str) -> None:
    """G-5: what does not exist is read with the offset before the gap, what exists twice is the first."""
    assert datetime_of(wall(day, offset, BERLIN), BERLIN).isoformat() == shown


def test_a_wall_time_beyond_the_calendar_is_an_error() -> None:
    with pytest.raises(InstantRangeError, match="outside the years 1 to 9999"):
        wall(date(9999, 12, 31), 24 * HOUR, UTC)


def test_an_unknown_zone_is_answered_with_the_nearest() -> None:
    with pytest.raises(ZoneError) as caught:
        zone("Europe/Berln")
    assert str(caught.value) == (
        "the time zone `Europe/Berln` is not in the zone database; accepted are names such as `Europe/Berlin` or "
        "`UTC`; did you mean `Europe/Berlin`?"
    )


@pytest.mark.parametrize("name", ["", "/etc/passwd", "..", "Europe"])
def test_what_is_no_zone_name_is_an_error_too(name: str) -> None:
    with pytest.raises(ZoneError, match="is not in the zone database"):
        zone(name)


def test_the_release_of_the_zone_database_is_reported() -> None:
    year, _, source = zone_database_version().partition(" ")
    assert 2020 <= int(year[:4]) <= 2100
    assert source in ("(system)", "(tzdata)")
