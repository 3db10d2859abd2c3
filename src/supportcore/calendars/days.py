"""Days as people write them: `2026-12-24`, and `every 12-24` for every year."""

import re
from datetime import date, datetime
from typing import TypeGuard

from supportcore.errors import DefinitionError

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
YEARLY = re.compile(r"every\s+(\d{2})-(\d{2})", re.ASCII)
DAYS_IN_LEAP_YEAR = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DAY_FORM = "expected a day such as `2026-12-24`"


def is_day(given: object) -> TypeGuard[date]:
    """Return whether a value is a date and not a datetime, which Python counts as a date too.

    >>> is_day(date(2026, 12, 24)), is_day(datetime(2026, 12, 24))
    (True, False)
    """
    return isinstance(given, date) and not isinstance(given, datetime)


def parse_day(text: object, *, otherwise: str = "") -> date:
    """Return the day given as a date or as `2026-12-24`; `otherwise` ends the message where neither is given.

    Raises `DefinitionError`.

    >>> parse_day("2026-02-28")
    datetime.date(2026, 2, 28)
    >>> parse_day("2026-02-30")
    Traceback (most recent call last):
        ...
    supportcore.errors.DefinitionError: `2026-02-30` is not in the calendar; expected a day such as `2026-12-24`
    """
    if is_day(text):
        return text
    if isinstance(text, str) and ISO_DAY.fullmatch(text.strip()):
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            raise DefinitionError(f"`{text}` is not in the calendar; {DAY_FORM}{otherwise}") from None
    raise DefinitionError(f"`{text}` is not a day; {DAY_FORM}{otherwise}")


def parse_day_of_year(text: object) -> tuple[int, int] | None:
    """Return the month and day of `every 12-24`, or `None` for a text of another form.

    Raises `DefinitionError` for a day that no year has.

    >>> parse_day_of_year("every 02-29"), parse_day_of_year("2026-12-24")
    ((2, 29), None)
    """
    found = YEARLY.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None:
        return None
    month, day = int(found[1]), int(found[2])
    if not 1 <= month <= 12 or not 1 <= day <= DAYS_IN_LEAP_YEAR[month - 1]:
        raise DefinitionError(f"`{text}` is not a day of any year; expected a day such as `every 12-24`")
    return month, day
