"""Days as people write them, with a year and for every year."""

from datetime import date

import pytest

from supportcore import DefinitionError
from supportcore.calendars.days import parse_day, parse_day_of_year

LAST_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def refusal(text: str) -> str:
    with pytest.raises(DefinitionError) as error:
        parse_day_of_year(text)
    return str(error.value)


def test_every_day_of_a_leap_year_is_one() -> None:
    for month, last in enumerate(LAST_DAYS, start=1):
        for day in (1, last):
            assert parse_day_of_year(f"every {month:02}-{day:02}") == (month, day)
        for day in (0, last + 1):
            text = f"every {month:02}-{day:02}"
            assert refusal(text) == f"`{text}` is not a day of any year; expected a day such as `every 12-24`"


@pytest.mark.parametrize("text", ["every 00-10", "every 13-10"])
def test_a_year_has_twelve_months(text: str) -> None:
    assert refusal(text) == f"`{text}` is not a day of any year; expected a day such as `every 12-24`"


def test_blanks_around_a_day_are_left_out() -> None:
    assert parse_day_of_year(" every   01-02 ") == (1, 2)
    assert parse_day(" 2026-01-02 ") == date(2026, 1, 2)


@pytest.mark.parametrize("given", ["01-02", "every 1-2", "each 01-02", 102, None])
def test_another_form_is_no_day_of_every_year(given: object) -> None:
    assert parse_day_of_year(given) is None
