"""Days as people write them, with a year and for every year."""

from datetime import date

import pytest

from supportcore.calendars.days import read_day, read_day_of_year

LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def test_every_day_of_a_leap_year_is_one() -> None:
    for month, last in enumerate(LAST_DAYS, start=1):
        for day in (1, last):
            assert read_day_of_year(f"every {month:02}-{day:02}") == (month, day)
        for day in (0, last + 1):
            text = f"every {month:02}-{day:02}"
            assert read_day_of_year(text) == f"`{text}` is no day of a year; accepted are days such as `every 12-24`"


@pytest.mark.parametrize("text", ["every 00-10", "every 13-10"])
def test_a_year_has_twelve_months(text: str) -> None:
    assert read_day_of_year(text) == f"`{text}` is no day of a year; accepted are days such as `every 12-24`"


def test_blanks_around_a_day_are_left_out() -> None:
    assert read_day_of_year(" every   01-02 ") == (1, 2)
    assert read_day(" 2026-01-02 ") == date(2026, 1, 2)


@pytest.mark.parametrize("given", ["01-02", "every 1-2", "each 01-02", 102, None])
def test_another_form_is_no_day_of_every_year(given: object) -> None:
    assert read_day_of_year(given) is None
