"""Times as logs write them, read into instants: the order of day and month is said, never guessed."""

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
class Moment:
    """A time that was read: its instant after G-5, and the second one where the local time exists twice.

    `skipped` tells that the local time does not exist and was read with the offset before the gap.
    """

    instant: int
    second: int | None = None
    skipped: bool = False


def moment_reader(order: str, zone_name: str) -> Callable[[str], Moment]:
    """A function that reads the times of a log: with an offset as they are, without one in the zone named.

    `order` is one of `day first`, `month first`, `year first`. The function raises `ValueError` for another form, for a
    date that does not exist and for a date without a time.

    >>> read = moment_reader("day first", "Europe/Berlin")
    >>> read("29/2/2016 04:40")
    Moment(instant=1456717200000000, second=None, skipped=False)
    >>> read("25.10.2026 02:30")
    Moment(instant=1792888200000000, second=1792891800000000, skipped=False)
    """
    tz = zone(zone_name)
    days, offsets = cache(_day), cache(_fixed)

    @cache
    def read(text: str) -> Moment:
        parts = _parts(text, order)
        day = days(parts["day"], order)
        if parts["hour"] is None:
            raise ValueError(f"`{text}` has no time of day; a time such as `{EXAMPLES[order]}` is accepted")
        wall = datetime(day.year, day.month, day.day, *_time_of_day(parts, text))
        if parts["offset"]:
            return Moment(micros(wall.replace(tzinfo=offsets(parts["offset"]))))
        first = micros(wall.replace(tzinfo=tz, fold=0))
        other = micros(wall.replace(tzinfo=tz, fold=1))
        return Moment(first, second=other if other > first else None, skipped=other < first)

    return read


def day_reader(order: str) -> Callable[[str], date]:
    """A function that reads the days of a log; a time of day after the day is refused.

    >>> day_reader("month first")("2/29/2016")
    datetime.date(2016, 2, 29)
    """

    def read(text: str) -> date:
        parts = _parts(text, order)
        if parts["hour"] is not None:
            raise ValueError(f"`{text}` has a time of day; a day alone is accepted")
        return _day(parts["day"], order)

    return read


def _parts(text: str, order: str) -> re.Match[str]:
    parts = WRITTEN.fullmatch(text)
    if parts is None:
        raise ValueError(f"`{text}` is no time in the order `{order}`; times such as `{EXAMPLES[order]}` are accepted")
    return parts


def _day(text: str, order: str) -> date:
    written = dict(zip(DATE_ORDERS[order], SEPARATOR.split(text), strict=True))
    if len(written["year"]) != 4:
        raise ValueError(f"`{text}` is no day in the order `{order}` with a year of four digits")
    numbers = {name: int(digits) for name, digits in written.items()}
    if numbers["year"] in (1, 9999):
        raise ValueError(f"`{text}` stands at the end of the calendar; where it means nothing, name it under `missing`")
    try:
        return date(**numbers)
    except ValueError:
        hint = f"; the mapping says `{order}`" if numbers["month"] > 12 else ""
        raise ValueError(f"`{text}` is a day that does not exist{hint}") from None


def _time_of_day(parts: re.Match[str], text: str) -> tuple[int, int, int, int]:
    hour, minute, second = int(parts["hour"]), int(parts["minute"]), int(parts["second"] or 0)
    half = (parts["half"] or "").upper()
    if hour > 23 or minute > 59 or second > 59 or (half and not 1 <= hour <= 12):
        raise ValueError(f"`{text}` names a time of day that does not exist")
    if half:
        hour = hour % 12 + (12 if half == "PM" else 0)
    return hour, minute, second, int((parts["fraction"] or "").ljust(6, "0"))


def _fixed(offset: str) -> timezone:
    if offset == "Z":
        return UTC
    digits = offset[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 23 or minutes > 59:
        raise ValueError(f"`{offset}` is an offset that does not exist; one such as `+01:00` is accepted")
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if offset[0] == "-" else ahead)
