"""Durations, shares, instants and periods of a concept file: `4 h`, `80 %`, `2026-01-01 to 2027-12-31`."""

import re
from datetime import date, datetime, timedelta, tzinfo
from fractions import Fraction

from attrs import field, frozen

from supportcore.calendars.written.hours import parse_time_of_day
from supportcore.equality import equality_key
from supportcore.errors import DefinitionError
from supportcore.instants import DAY, datetime_of, wall

UNITS = {"s": 1, "min": 60, "h": 3600}
# Units as people write them elsewhere, to suggest the text to write here.
OTHER_UNITS = {
    **dict.fromkeys("s sec secs second seconds sek sekunde sekunden".split(), 1),
    **dict.fromkeys("m min mins minute minutes minuten".split(), 60),
    **dict.fromkeys("h hr hrs hour hours std stunde stunden".split(), 3600),
}
OTHER_PART = re.compile(r"(\d{1,9})(?:[.,](\d{1,9}))? ?([^\W\d_]{1,10})")
DAYS = re.compile(r"(\d{1,9}) ?(?:(business |work|working |calendar )?days?|(weeks?))", re.IGNORECASE)
PART = re.compile(r"(\d{1,9})\s*(s|min|h)")
PERCENT = re.compile(r"(\d{1,9})\s*%")


@frozen
class Period:
    """The half-open time from `start` to `end`."""

    start: datetime = field(eq=equality_key)
    end: datetime = field(eq=equality_key)


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
        raise DefinitionError(f"`{text}` is not a duration; {duration_remedy(text)}")
    return timedelta(seconds=sum(int(number) * UNITS[unit] for number, unit in parts))


def duration_remedy(text: str) -> str:
    """Return what to write in place of a text that is not a duration.

    >>> duration_remedy("1,5 hours")
    'write `1 h 30 min`'
    """
    days = DAYS.fullmatch(text.strip())
    if days is not None:
        return f"write `{working_days(days)}`"
    written = written_with_units(text)
    return f"write `{written}`" if written else "write it with its unit, such as `30 min` or `4 h`"


def working_days(days: re.Match[str]) -> str:
    """Return days or weeks as working days, a week as five of them."""
    number = int(days[1]) * (5 if days[3] else 1)
    return f"{number} working day{'' if number == 1 else 's'}"


def written_with_units(text: str) -> str | None:
    """Return a duration with other units, or with decimals, as it is written here; `None` for any other text."""
    words = text.strip().casefold().removeprefix("pt")
    seconds = Fraction(0)
    for whole, decimals, unit in OTHER_PART.findall(words):
        if unit not in OTHER_UNITS:
            return None
        seconds += Fraction(f"{whole}.{decimals or 0}") * OTHER_UNITS[unit]
    if seconds.denominator != 1 or not seconds or OTHER_PART.sub("", words).strip():
        return None
    hours, rest = divmod(int(seconds), 3600)
    parts = ((hours, "h"), (rest // 60, "min"), (rest % 60, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def parse_percent(text: str) -> Fraction:
    """Parse a share in percent.

    >>> parse_percent("80 %")
    Fraction(4, 5)
    """
    found = PERCENT.fullmatch(text.strip())
    if not found:
        raise DefinitionError(f"`{text}` is not a share; write it as `80 %`")
    return Fraction(int(found[1]), 100)


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
