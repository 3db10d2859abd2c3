"""Instants: aware datetimes to integers and back, wall time in a zone."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
import tzdata
from dateutil.relativedelta import relativedelta

from supportcore.calendars import always_open
from supportcore.errors import DefinitionError, InstantRangeError, NaiveDatetimeError, ZoneError
from supportcore.instants import (
    DAY,
    HOUR,
    MINUTE,
    datetime_of,
    elapsed,
    micros,
    micros_of,
    midnights,
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
        "`as_of` `2026-01-05 09:00:00` has no time zone; give a time zone, for example "
        "`datetime(…, tzinfo=ZoneInfo('Europe/Berlin'))`"
    )
    with pytest.raises(NaiveDatetimeError, match=r"^the instant `2026-01-05 09:00:00` has no time zone; "):
        elapsed(datetime(2026, 1, 5, 9))


@pytest.mark.parametrize("name", ["localtime", "posixrules", "Factory", "right/Europe/Berlin", "posix/UTC"])
def test_a_zone_that_depends_on_the_machine_is_refused(name: str) -> None:
    with pytest.raises(ZoneError) as caught:
        zone(name)
    assert str(caught.value) == (
        f"the time zone `{name}` depends on the machine; expected a name such as `Europe/Berlin` or `UTC`"
    )
    with pytest.raises(ZoneError):
        always_open(name)


def test_a_missing_instant_of_pandas_is_refused() -> None:
    with pytest.raises(DefinitionError) as caught:
        micros(pd.NaT, where="`as_of`")
    assert str(caught.value) == (
        "`as_of` `NaT` is not a datetime; give a datetime with a time zone, for example "
        "`datetime(…, tzinfo=ZoneInfo('Europe/Berlin'))`"
    )


def test_nanoseconds_are_refused() -> None:
    with pytest.raises(DefinitionError) as caught:
        micros(pd.Timestamp("2026-01-05 10:00:00.000000999", tz="UTC"))
    assert str(caught.value) == (
        "the instant `2026-01-05 10:00:00.000000999+00:00` is finer than a microsecond; round it to microseconds"
    )
    with pytest.raises(DefinitionError) as caught:
        micros_of(pd.Timedelta("1us 1ns"))
    assert str(caught.value) == "`0 days 00:00:00.000001001` is finer than a microsecond; round it to microseconds"


@pytest.mark.parametrize("given", [pd.NaT, np.timedelta64(1, "h"), np.timedelta64("NaT"), relativedelta(hours=1), 1])
def test_only_a_timedelta_is_a_duration(given: timedelta) -> None:
    with pytest.raises(DefinitionError, match="is not a length of time; expected for example"):
        micros_of(given)


def test_a_timestamp_of_pandas_keeps_its_fold() -> None:
    second = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    assert micros(pd.Timestamp(second)) == micros(second)


def test_the_fold_decides_where_a_wall_time_exists_twice() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    assert micros(first.replace(fold=1)) - micros(first) == HOUR


def test_a_result_sets_the_fold() -> None:
    second = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    assert datetime_of(micros(second), BERLIN).fold == 1


def test_the_last_microsecond_survives_a_round_trip() -> None:
    instant = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert datetime_of(micros(instant), UTC) == instant


def test_an_instant_after_the_year_9999_is_refused() -> None:
    last = micros(datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC))
    with pytest.raises(InstantRangeError) as caught:
        datetime_of(last + 1, UTC)
    assert str(caught.value) == (
        "an instant `2932897 days, 0:00:00` from 1970 lies outside the years 1 to 9999 in `UTC`; give a nearer instant"
    )
    first = micros(datetime(1, 1, 1, tzinfo=UTC))
    with pytest.raises(InstantRangeError, match="lies outside the years 1 to 9999 in `America/New_York`"):
        datetime_of(first, zone("America/New_York"))


def test_an_instant_beyond_timedelta_is_refused() -> None:
    with pytest.raises(InstantRangeError) as caught:
        datetime_of(10**30, BERLIN)
    assert str(caught.value) == (
        "an instant `1000000000000000000000000000000` microseconds from 1970 lies outside the years 1 to 9999 in "
        "`Europe/Berlin`; give a nearer instant"
    )


def test_a_duration_beyond_timedelta_is_refused() -> None:
    with pytest.raises(InstantRangeError) as caught:
        span_of(10**30)
    assert str(caught.value) == (
        "a duration of `1000000000000000000000000000000` microseconds is beyond the range of `timedelta`; "
        "give a shorter duration"
    )
    assert span_of(HOUR + 1) == timedelta(hours=1, microseconds=1)


def test_durations_are_whole_microseconds() -> None:
    assert micros_of(timedelta(days=-1, microseconds=1)) == 1 - DAY
    assert micros_of(timedelta(days=2, seconds=3, microseconds=4)) == 2 * DAY + 3_000_004


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


def test_a_wall_time_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(InstantRangeError) as caught:
        wall(date(9999, 12, 31), 24 * HOUR, UTC)
    assert str(caught.value) == (
        "the wall time `9999-12-31` plus `86400000000` microseconds lies outside the years 1 to 9999; give a nearer day"
    )


def test_an_instant_is_the_same_in_any_zone_with_or_without_a_name() -> None:
    """A zone of the database is read by wall clock, which is quick; any other one by what it says."""
    known = micros(datetime(2026, 7, 1, 12, 30, 15, 7, tzinfo=UTC))
    for tz in (BERLIN, timezone(timedelta(hours=2)), UTC):
        shown = datetime_of(known, tz)
        assert shown.tzinfo is tz
        assert micros(shown) == known
    assert micros(datetime(1969, 12, 31, 23, 59, 59, 999_998, tzinfo=UTC)) == -2


class Unsure(tzinfo):
    """A zone that does not say how far it is from UTC."""

    def utcoffset(self, _: datetime | None) -> None:
        return None

    def dst(self, _: datetime | None) -> None:
        return None

    def tzname(self, _: datetime | None) -> str:
        return "unsure"


def test_a_zone_without_an_offset_is_refused() -> None:
    with pytest.raises(NaiveDatetimeError, match=r"^the instant `2026-01-05 09:00:00` has no time zone; "):
        micros(datetime(2026, 1, 5, 9, tzinfo=Unsure()))


class Nameless(tzinfo):
    """A zone of one's own, which has no hash."""

    __hash__ = None  # type: ignore[assignment]

    def utcoffset(self, _: datetime | None) -> timedelta:
        return timedelta(hours=2)

    def dst(self, _: datetime | None) -> timedelta:
        return timedelta()

    def tzname(self, _: datetime | None) -> str:
        return "nameless"


def test_a_custom_zone_needs_no_hash() -> None:
    assert datetime_of(0, Nameless()).isoformat() == "1970-01-01T02:00:00+02:00"
    assert micros(datetime(1970, 1, 1, 2, tzinfo=Nameless())) == 0


def test_midnights_are_the_wall_times_of_their_days() -> None:
    """Also where a day begins at one o'clock, or was left out at the date line."""
    for name, first in (
        ("America/Sao_Paulo", date(2018, 11, 2)),
        ("Pacific/Apia", date(2011, 12, 28)),
        ("UTC", date.min),
    ):
        tz = zone(name)
        assert midnights(first, 5, tz) == [wall(first + timedelta(days=ahead), 0, tz) for ahead in range(5)]
    assert midnights(date(2026, 1, 1), 0, BERLIN) == []


class Forgetful(Unsure):
    """A zone that says its offset on the first day of the year only."""

    def utcoffset(self, shown: datetime | None) -> timedelta | None:  # type: ignore[override]
        return timedelta() if shown is not None and shown.day == 1 else None


def test_midnights_stop_where_a_zone_has_no_offset() -> None:
    assert midnights(date(1970, 1, 1), 1, Forgetful()) == [0]
    with pytest.raises(AssertionError, match=r"^a zone knows its offset at every wall time\b"):
        midnights(date(1970, 1, 1), 2, Forgetful())


def test_an_unknown_zone_is_refused_with_the_nearest() -> None:
    with pytest.raises(ZoneError) as caught:
        zone("Europe/Berln")
    assert str(caught.value) == (
        "the time zone `Europe/Berln` is not in the zone database; expected a name such as `Europe/Berlin` or "
        "`UTC`; did you mean `Europe/Berlin`?"
    )


@pytest.mark.parametrize("name", ["", "/etc/passwd", "..", "Europe"])
def test_an_invalid_zone_name_is_refused(name: str) -> None:
    with pytest.raises(ZoneError, match="is not in the zone database"):
        zone(name)


def test_the_release_of_the_zone_database_is_reported() -> None:
    year, _, source = zone_database_version().partition(" ")
    assert 2020 <= int(year[:4]) <= 2100
    assert source in ("(system)", "(tzdata)")


def released(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> str:
    monkeypatch.setattr("supportcore.instants.TZPATH", tuple(map(str, folders)))
    return zone_database_version()


def test_the_release_is_read_from_either_system_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The first folder that exists is the one that `zoneinfo` reads; a byte that is no text is no obstacle.

    Eighty characters are looked at; the whole file, all on one line, could be long.
    """
    none, some, other = tmp_path / "none", tmp_path / "some", tmp_path / "other"
    some.mkdir()
    other.mkdir()
    (other / "+VERSION").write_text("2019c\n")
    assert released(monkeypatch, none, some, other) == "unknown (system)"
    (some / "+VERSION").write_bytes(b"\xff 2025b\n2024a\n")
    assert released(monkeypatch, none, some, other) == "2025b (system)"
    (some / "tzdata.zi").write_text("# version 2026a\n# more\n")
    assert released(monkeypatch, none, some, other) == "2026a (system)"
    (some / "tzdata.zi").write_text("# no version\n# 2024a\n")
    assert released(monkeypatch, none, some, other) == "2025b (system)"
    (some / "tzdata.zi").write_text("#" + 75 * " " + "2024a\n")
    assert released(monkeypatch, none, some, other) == "2025b (system)"


def test_a_release_is_written_in_plain_digits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Digits of other scripts are none here, whatever the machine takes for text."""
    (tmp_path / "+VERSION").write_text("٢٠٢٥a 2024b\n", encoding="utf-8")
    assert released(monkeypatch, tmp_path) == "2024b (system)"


def test_without_a_system_database_the_release_is_that_of_the_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert released(monkeypatch, tmp_path / "none") == f"{tzdata.IANA_VERSION} (tzdata)"
