"""Amounts as people write them in a concept file: `30 min`, `4 h`, `80 % of reaction`, `2026-01-01 to 2027-12-31`."""

import re
from datetime import date, datetime, timedelta, tzinfo
from fractions import Fraction

from supportcore.calendars.written.hours import parse_time_of_day
from supportcore.errors import DefinitionError
from supportcore.instants import DAY, datetime_of, wall

UNITS = {"s": 1, "min": 60, "h": 3600}
PART = re.compile(r"(\d{1,9})\s*(s|min|h)")
PERCENT = re.compile(r"(\d{1,9})\s*%(?:\s+of\s+(.+))?")


def duration_read(text: str) -> timedelta:
    """A duration with its unit; `DefinitionError` without one.

    >>> duration_read("1 h 30 min")
    datetime.timedelta(seconds=5400)
    >>> duration_read("90")
    Traceback (most recent call last):
        ...
    supportcore.errors.DefinitionError: `90` is no duration; write it with its unit, such as `30 min` or `4 h`
    """
    parts = PART.findall(text)
    units = [unit for _, unit in parts]
    if not parts or PART.sub("", text).strip() or len(set(units)) < len(units):
        raise DefinitionError(f"`{text}` is no duration; write it with its unit, such as `30 min` or `4 h`")
    return timedelta(seconds=sum(int(number) * UNITS[unit] for number, unit in parts))


def percent_read(text: str) -> Fraction:
    """A share in percent.

    >>> percent_read("80 %")
    Fraction(4, 5)
    """
    found = PERCENT.fullmatch(text.strip())
    if not found or found[2]:
        raise DefinitionError(f"`{text}` is no share; write it as `80 %`")
    return Fraction(int(found[1]), 100)


def percent_of_read(text: str) -> tuple[Fraction, str]:
    """A share of a named clock.

    >>> percent_of_read("80 % of reaction")
    (Fraction(4, 5), 'reaction')
    """
    found = PERCENT.fullmatch(text.strip())
    if not found or not found[2]:
        raise DefinitionError(f"`{text}` is no share of a clock; write it as `80 % of reaction`")
    return Fraction(int(found[1]), 100), found[2].strip()


def instant_read(text: str, tz: tzinfo) -> datetime:
    """An instant as a day with a wall time, or as a day alone, which is meant until its end (G-4, G-5).

    >>> from zoneinfo import ZoneInfo
    >>> str(instant_read("2026-03-02 12:00", ZoneInfo("Europe/Berlin")))
    '2026-03-02 12:00:00+01:00'
    >>> str(instant_read("2026-03-02", ZoneInfo("Europe/Berlin")))
    '2026-03-03 00:00:00+01:00'
    """
    day, _, clock = text.strip().partition(" ")
    try:
        return datetime_of(wall(date.fromisoformat(day), parse_time_of_day(clock.strip()) if clock else DAY, tz), tz)
    except (ValueError, OverflowError):
        raise DefinitionError(
            f"`{text}` is no day of the calendar; write it as `2026-03-02`, or with a time as `2026-03-02 12:00`"
        ) from None


def period_read(text: str, tz: tzinfo) -> tuple[datetime, datetime]:
    """The half-open instants of a period whose two days are both included (G-4).

    >>> from zoneinfo import ZoneInfo
    >>> [str(end) for end in period_read("2026-01-01 to 2026-12-31", ZoneInfo("Europe/Berlin"))]
    ['2026-01-01 00:00:00+01:00', '2027-01-01 00:00:00+01:00']
    """
    first, _, last = text.partition(" to ")
    try:
        start, end = date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
    except ValueError:
        raise DefinitionError(f"`{text}` is no period; write both days, such as `2026-01-01 to 2026-12-31`") from None
    if end < start:
        raise DefinitionError(f"`{text}` ends before it begins; write the earlier day first")
    return datetime_of(wall(start, 0, tz), tz), datetime_of(wall(end + timedelta(days=1), 0, tz), tz)
