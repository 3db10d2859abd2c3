"""Durations, shares, instants and periods of a concept file: `4 h`, `80 %`, `2026-01-01 to 2027-12-31`."""

import re
from datetime import date, datetime, timedelta, tzinfo
from fractions import Fraction

from attrs import frozen

from supportcore.calendars.written.hours import parse_time_of_day
from supportcore.errors import DefinitionError
from supportcore.escalation import Percent
from supportcore.instants import DAY, datetime_of, wall

UNITS = {"s": 1, "min": 60, "h": 3600}
PART = re.compile(r"(\d{1,9})\s*(s|min|h)")
PERCENT = re.compile(r"(\d{1,9})\s*%(?:\s+of\s+(\S.*))?")


@frozen
class Period:
    """The half-open time from `start` to `end`."""

    start: datetime
    end: datetime


def parse_duration(text: str) -> timedelta:
    """Parse a duration with its unit; raise `DefinitionError` if the unit is missing.

    >>> parse_duration("1 h 30 min")
    datetime.timedelta(seconds=5400)
    >>> parse_duration("90")
    Traceback (most recent call last):
        ...
    supportcore.errors.DefinitionError: `90` is not a duration; write it with its unit, such as `30 min` or `4 h`
    """
    parts = PART.findall(text)
    units = [unit for _, unit in parts]
    if not parts or PART.sub("", text).strip() or len(set(units)) < len(units):
        raise DefinitionError(f"`{text}` is not a duration; write it with its unit, such as `30 min` or `4 h`")
    return timedelta(seconds=sum(int(number) * UNITS[unit] for number, unit in parts))


def parse_percent(text: str) -> Fraction:
    """Parse a share in percent.

    >>> parse_percent("80 %")
    Fraction(4, 5)
    """
    found = PERCENT.fullmatch(text.strip())
    if not found or found[2]:
        raise DefinitionError(f"`{text}` is not a share; write it as `80 %`")
    return Fraction(int(found[1]), 100)


def parse_percent_of_clock(text: str) -> Percent:
    """Parse a share of a clock.

    >>> parse_percent_of_clock("80 % of reaction")
    Percent(clock='reaction', share=Fraction(4, 5))
    """
    found = PERCENT.fullmatch(text.strip())
    if not found or not found[2]:
        raise DefinitionError(f"`{text}` is not a share of a clock; write it as `80 % of reaction`")
    return Percent(found[2].strip(), Fraction(int(found[1]), 100))


def parse_instant(text: str, tz: tzinfo) -> datetime:
    """Parse a day with a wall time, or a day alone, which becomes the instant at its end (G-4, G-5).

    >>> from zoneinfo import ZoneInfo
    >>> str(parse_instant("2026-03-02 12:00", ZoneInfo("Europe/Berlin")))
    '2026-03-02 12:00:00+01:00'
    >>> str(parse_instant("2026-03-02", ZoneInfo("Europe/Berlin")))
    '2026-03-03 00:00:00+01:00'
    """
    day, _, clock = text.strip().partition(" ")
    try:
        return datetime_of(wall(date.fromisoformat(day), parse_time_of_day(clock.strip()) if clock else DAY, tz), tz)
    except (ValueError, OverflowError):
        raise DefinitionError(
            f"`{text}` is not a day of the calendar; write it as `2026-03-02`, or with a time as `2026-03-02 12:00`"
        ) from None


def parse_period(text: str, tz: tzinfo) -> Period:
    """Parse a period from one day to another, both included (G-4).

    >>> from zoneinfo import ZoneInfo
    >>> period = parse_period("2026-01-01 to 2026-12-31", ZoneInfo("Europe/Berlin"))
    >>> str(period.start), str(period.end)
    ('2026-01-01 00:00:00+01:00', '2027-01-01 00:00:00+01:00')
    """
    first, _, last = text.partition(" to ")
    try:
        start, end = date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
    except ValueError:
        raise DefinitionError(
            f"`{text}` is not a period; write both days, such as `2026-01-01 to 2026-12-31`"
        ) from None
    if end < start:
        raise DefinitionError(f"`{text}` ends before it begins; write the earlier day first")
    return Period(datetime_of(wall(start, 0, tz), tz), datetime_of(wall(end + timedelta(days=1), 0, tz), tz))
