"""Days as people write them: `2026-12-24`, and `every 12-24` for every year."""

import re
from datetime import date, datetime
from typing import TypeGuard

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
YEARLY = re.compile(r"every\s+(\d{2})-(\d{2})", re.ASCII)
DAYS_IN_LEAP_YEAR = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DAY_FORM = "accepted are days such as `2026-12-24`"


def is_day(given: object) -> TypeGuard[date]:
    """Whether something is a date and not, as Python has it, a datetime too.

    >>> is_day(date(2026, 12, 24)), is_day(datetime(2026, 12, 24))
    (True, False)
    """
    return isinstance(given, date) and not isinstance(given, datetime)


def read_day(text: object) -> date | str:
    """A day given as itself or as `2026-12-24`; where it is neither, a sentence that says so.

    >>> read_day("2026-02-28"), read_day("2026-02-30")
    (datetime.date(2026, 2, 28), '`2026-02-30` is no day of the calendar; accepted are days such as `2026-12-24`')
    """
    if is_day(text):
        return text
    if isinstance(text, str) and ISO_DAY.fullmatch(text.strip()):
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            return f"`{text}` is no day of the calendar; {DAY_FORM}"
    return f"`{text}` is no day; {DAY_FORM}"


def read_day_of_year(text: object) -> tuple[int, int] | str | None:
    """The month and day of `every 12-24`; a sentence where there is no such day, none where it is another form.

    >>> read_day_of_year("every 02-29"), read_day_of_year("2026-12-24")
    ((2, 29), None)
    """
    found = YEARLY.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None:
        return None
    month, day = int(found[1]), int(found[2])
    if not 1 <= month <= 12 or not 1 <= day <= DAYS_IN_LEAP_YEAR[month - 1]:
        return f"`{text}` is no day of a year; accepted are days such as `every 12-24`"
    return month, day
