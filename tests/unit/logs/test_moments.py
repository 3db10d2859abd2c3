"""Times as logs write them."""

import re
from datetime import UTC, date, datetime

import pytest

from supportcore.instants import micros, zone
from supportcore.logs.moments import Moment, day_reader, moment_reader


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
def test_times_are_read_in_the_order_said(order: str, text: str, instant: int) -> None:
    assert moment_reader(order, "UTC")(text) == Moment(instant)


def test_a_time_without_offset_is_meant_in_the_zone_of_the_mapping() -> None:
    assert moment_reader("day first", "Europe/Berlin")("5.1.2026 09:00") == Moment(at(2026, 1, 5, 8))


def test_a_time_that_exists_twice_is_the_first_and_knows_the_second() -> None:
    read = moment_reader("day first", "Europe/Berlin")
    assert read("25.10.2026 02:30") == Moment(at(2026, 10, 25, 0, 30), second=at(2026, 10, 25, 1, 30))
    assert read("25.10.2026 03:00").second is None


def test_a_time_that_does_not_exist_is_read_with_the_offset_before_the_gap() -> None:
    moment = moment_reader("day first", "Europe/Berlin")("29.3.2026 02:30")
    assert moment == Moment(at(2026, 3, 29, 1, 30), skipped=True)
    assert datetime.fromtimestamp(moment.instant / 1e6, zone("Europe/Berlin")).hour == 3


@pytest.mark.parametrize(
    ("order", "text", "words"),
    [
        ("day first", "2/29/2016 04:40", "`2/29/2016` is a day that does not exist; the mapping says `day first`"),
        ("day first", "30/2/2016 04:40", "`30/2/2016` is a day that does not exist"),
        ("day first", "29/2/16 04:40", "`29/2/16` is no day in the order `day first` with a year of four digits"),
        ("day first", "2016-02-29 04:40", "`2016-02-29` is no day in the order `day first` with a year of four digits"),
        (
            "day first",
            "yesterday",
            "`yesterday` is no time in the order `day first`; times such as `29/2/2016 04:40` are accepted",
        ),
        ("day first", "29/2/2016", "`29/2/2016` has no time of day; a time such as `29/2/2016 04:40` is accepted"),
        ("day first", "29/2/2016 24:40", "`29/2/2016 24:40` names a time of day that does not exist"),
        ("month first", "2/29/2016 13:00 PM", "`2/29/2016 13:00 PM` names a time of day that does not exist"),
        ("year first", "2016-02-29T04:40+25:00", "`+25:00` is an offset that does not exist; one such as `+01:00` is "),
        (
            "year first",
            "0001-01-01T00:00:00",
            "`0001-01-01` stands at the end of the calendar; where it means nothing, name it under `missing`",
        ),
    ],
)
def test_what_is_no_time_is_refused(order: str, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(words)}"):
        moment_reader(order, "UTC")(text)


def test_a_day_is_a_day_alone() -> None:
    assert day_reader("month first")("2/29/2016") == date(2016, 2, 29)
    with pytest.raises(ValueError, match=r"^`2/29/2016 10:00` has a time of day; a day alone is accepted$"):
        day_reader("month first")("2/29/2016 10:00")
