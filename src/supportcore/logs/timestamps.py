"""Parse the times and days of a log into instants and dates, in a declared order of day, month and year."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from attrs import frozen

from supportcore.instants import micros, zone

DATE_ORDERS = {
    "day first": ("day", "month", "year"),
    "month first": ("month", "day", "year"),
    "year first": ("year", "month", "day"),
}
EXAMPLES = {
    "day first": "29/2/2016 04:40",
    "month first": "2/29/2016 4:40 PM",
    "year first": "2016-02-29T04:40:00+01:00",
}
WRITTEN = re.compile(
    r"(?P<day>\d{1,4}([-./])\d{1,2}\2\d{1,4})"
    r"(?:(?:T| +)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,6}))?)?"
    r"(?: ?(?P<half>[AaPp][Mm]))?)?"
    r"(?: ?(?P<offset>Z|[+-]\d\d(?::?\d\d)?))?",
    re.ASCII,
)
SEPARATOR = re.compile(r"[-./]")


@frozen
class Timestamp:
    """A time in a log as an instant, resolved as G-5 says.

    `later` is the second instant of a local time that occurs twice. `in_gap` marks a local time that does not exist,
    read with the offset before the gap.
    """

    instant: int
    later: int | None = None
    in_gap: bool = False


def timestamp_parser(order: str, zone_name: str) -> Callable[[str], Timestamp]:
    """Return a function that parses the times of a log; a time without an offset is local time in `zone_name`.

    `order` is `day first`, `month first` or `year first`. The function raises `ValueError` for a text in another form,
    a date or time that does not exist, and a date without a time.

    >>> parse = timestamp_parser("day first", "Europe/Berlin")
    >>> parse("29/2/2016 04:40")
    Timestamp(instant=1456717200000000, later=None, in_gap=False)
    >>> parse("25.10.2026 02:30")
    Timestamp(instant=1792888200000000, later=1792891800000000, in_gap=False)
    """
    tz = zone(zone_name)
    days, offsets = cache(_parse_day), cache(_parse_offset)

    @cache
    def parse(text: str) -> Timestamp:
        parts = _parts(text, order)
        day = days(parts["day"], order)
        if parts["hour"] is None:
            raise ValueError(f"`{text}` has no time of day; expected a time such as `{EXAMPLES[order]}`")
        wall = datetime(day.year, day.month, day.day, *_time_of_day(parts, text))
        if parts["offset"]:
            return Timestamp(micros(wall.replace(tzinfo=offsets(parts["offset"]))))
        first = micros(wall.replace(tzinfo=tz, fold=0))
        second = micros(wall.replace(tzinfo=tz, fold=1))
        return Timestamp(first, later=second if second > first else None, in_gap=second < first)

    return parse


def day_parser(order: str) -> Callable[[str], date]:
    """Return a function that parses the days of a log; it raises `ValueError` for a day with a time.

    >>> day_parser("month first")("2/29/2016")
    datetime.date(2016, 2, 29)
    """

    def parse(text: str) -> date:
        parts = _parts(text, order)
        if parts["hour"] is not None:
            raise ValueError(f"`{text}` has a time of day; expected only a day")
        return _parse_day(parts["day"], order)

    return parse


def _parts(text: str, order: str) -> re.Match[str]:
    parts = WRITTEN.fullmatch(text)
    if parts is None:
        raise ValueError(f"`{text}` is not a time in the order `{order}`; expected a time such as `{EXAMPLES[order]}`")
    return parts


def _parse_day(text: str, order: str) -> date:
    written = dict(zip(DATE_ORDERS[order], SEPARATOR.split(text), strict=True))
    if len(written["year"]) != 4:
        raise ValueError(f"`{text}` is not a day in the order `{order}` with a year of four digits")
    numbers = {name: int(digits) for name, digits in written.items()}
    if numbers["year"] in (1, 9999):
        raise ValueError(f"`{text}` is a day at the end of the calendar; if it means “not known”, add it to `missing`")
    try:
        return date(**numbers)
    except ValueError:
        hint = f"; the mapping says `{order}`" if numbers["month"] > 12 else ""
        raise ValueError(f"`{text}` is a day that does not exist{hint}") from None


def _time_of_day(parts: re.Match[str], text: str) -> tuple[int, int, int, int]:
    hour, minute, second = int(parts["hour"]), int(parts["minute"]), int(parts["second"] or 0)
    half = (parts["half"] or "").upper()
    if hour > 23 or minute > 59 or second > 59 or (half and not 1 <= hour <= 12):
        raise ValueError(f"`{text}` has a time of day that does not exist")
    if half:
        hour = hour % 12 + (12 if half == "PM" else 0)
    return hour, minute, second, int((parts["fraction"] or "").ljust(6, "0"))


def _parse_offset(offset: str) -> timezone:
    if offset == "Z":
        return UTC
    digits = offset[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 23 or minutes > 59:
        raise ValueError(f"`{offset}` is an offset that does not exist; expected an offset such as `+01:00`")
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if offset[0] == "-" else ahead)
