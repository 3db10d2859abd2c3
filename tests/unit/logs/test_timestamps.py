"""Parsing the times and days of a log."""

import re
from datetime import UTC, date, datetime

import pytest

from supportcore.instants import micros, zone
from supportcore.logs.timestamps import Timestamp, day_parser, timestamp_parser


def at(*parts: int) -> int:
    return micros(datetime(*parts, tzinfo=UTC))  # type: ignore[misc, arg-type]  # the parts of a date are whole numbers


@pytest.mark.parametrize(
    ("order", "text", "instant"),
    [
        ("day first", "29/2/2016 04:40", at(2016, 2, 29, 4, 40)),
        ("day first", "29.02.2016 04:40:07", at(2016, 2, 29, 4, 40, 7)),
        ("month first", "2/29/2016 4:40 PM", at(2016, 2, 29, 16, 40)),
        ("month first", "2/29/2016 12:05 am", at(2016, 2, 29, 0, 5)),
        ("year first", "2016-02-29 04:40", at(2016, 2, 29, 4, 40)),
        ("year first", "2014-05-09T02:39:42.769+0000", at(2014, 5, 9, 2, 39, 42, 769_000)),
        ("year first", "2010-03-31T16:59:42+02:00", at(2010, 3, 31, 14, 59, 42)),
        ("year first", "2010-03-31T16:59:42-0530", at(2010, 3, 31, 22, 29, 42)),
        ("year first", "2010-03-31T16:59:42Z", at(2010, 3, 31, 16, 59, 42)),
        ("year first", "2010-03-31 16:59:42 +02", at(2010, 3, 31, 14, 59, 42)),
    ],
)
def test_times_in_each_order(order: str, text: str, instant: int) -> None:
    assert timestamp_parser(order, "UTC")(text) == Timestamp(instant)


def test_a_time_without_an_offset_is_local_time() -> None:
    assert timestamp_parser("day first", "Europe/Berlin")("5.1.2026 09:00") == Timestamp(at(2026, 1, 5, 8))


def test_a_repeated_local_time_has_a_later_instant() -> None:
    read = timestamp_parser("day first", "Europe/Berlin")
    assert read("25.10.2026 02:30") == Timestamp(at(2026, 10, 25, 0, 30), later=at(2026, 10, 25, 1, 30))
    assert read("25.10.2026 03:00").later is None


def test_a_local_time_in_a_gap_has_the_offset_before_it() -> None:
    timestamp = timestamp_parser("day first", "Europe/Berlin")("29.3.2026 02:30")
    assert timestamp == Timestamp(at(2026, 3, 29, 1, 30), in_gap=True)
    assert datetime.fromtimestamp(timestamp.instant / 1e6, zone("Europe/Berlin")).hour == 3


@pytest.mark.parametrize(
    ("order", "text", "words"),
    [
        ("day first", "2/29/2016 04:40", "`2/29/2016` is a day that does not exist; the mapping says `day first`"),
        ("day first", "30/2/2016 04:40", "`30/2/2016` is a day that does not exist"),
        ("day first", "29/2/16 04:40", "`29/2/16` is not a day in the order `day first` with a year of four digits"),
        (
            "day first",
            "2016-02-29 04:40",
            "`2016-02-29` is not a day in the order `day first` with a year of four digits",
        ),
        (
            "day first",
            "yesterday",
            "`yesterday` is not a time in the order `day first`; expected a time such as `29/2/2016 04:40`",
        ),
        ("day first", "29/2/2016", "`29/2/2016` has no time of day; expected a time such as `29/2/2016 04:40`"),
        ("day first", "29/2/2016 24:40", "`29/2/2016 24:40` has a time of day that does not exist"),
        ("month first", "2/29/2016 13:00 PM", "`2/29/2016 13:00 PM` has a time of day that does not exist"),
        (
            "year first",
            "2016-02-29T04:40+25:00",
            "`+25:00` is an offset that does not exist; expected an offset such as `+01:00`",
        ),
        (
            "year first",
            "0001-01-01T00:00:00",
            "`0001-01-01` is a day at the end of the calendar; if it means “not known”, add it to `missing`",
        ),
    ],
)
def test_a_malformed_time_is_refused(order: str, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(words)}"):
        timestamp_parser(order, "UTC")(text)


def test_a_day_has_no_time() -> None:
    assert day_parser("month first")("2/29/2016") == date(2016, 2, 29)
    with pytest.raises(ValueError, match=r"^`2/29/2016 10:00` has a time of day; expected only a day$"):
        day_parser("month first")("2/29/2016 10:00")
