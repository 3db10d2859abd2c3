"""Instants as integers: aware datetimes to microseconds since the epoch and back, and wall time in a zone (G-2, G-5).

The library computes on integers, because aware datetimes of one zone subtract by wall clock, and datetimes of two zones
compare unequal at folds (PEP 495). Only this module converts between the two.
"""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from importlib import import_module
from itertools import groupby
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError, available_timezones

from supportcore.errors import (
    DefinitionError,
    InstantRangeError,
    NaiveDatetimeError,
    ZoneError,
    did_you_mean,
)

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

NO_TIME = timedelta()
MICROSECOND = timedelta.resolution
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Names in the folder of the zone database that are no zones of the database: the zone of the machine, the rules for
# it, the zone of a machine without one, and copies with and without leap seconds that some machines have.
_OF_THE_MACHINE = re.compile(r"(?:localtime|posixrules|Factory)$|(?:right|posix)/", re.IGNORECASE)
EPOCH_ORDINAL = EPOCH.toordinal()


@cache
def _epoch_in(tz: ZoneInfo) -> datetime:
    """Return the wall time 1970-01-01 00:00 of a zone, from which its datetimes subtract quickly by wall clock."""
    return datetime(1970, 1, 1, tzinfo=tz)


def elapsed(instant: datetime, *, where: str = "the instant") -> timedelta:
    """Return the time from 1970-01-01 00:00 UTC to an aware datetime; its fold decides in a doubled hour.

    Raises `NaiveDatetimeError` for a datetime without a zone (G-2), `DefinitionError` for another value, the missing
    instant of pandas among them, and for an instant finer than a microsecond.

    >>> elapsed(datetime(1970, 1, 1, 1, 0, 1, tzinfo=zone("Europe/Berlin")))
    datetime.timedelta(seconds=1)
    """
    if type(instant) is not datetime:
        instant = _plain_datetime(instant, where)
    try:
        tz = instant.tzinfo
        if type(tz) is ZoneInfo:
            return instant - _epoch_in(tz) - (tz.utcoffset(instant) or NO_TIME)
        return instant - EPOCH
    except TypeError:
        raise NaiveDatetimeError(
            f"{where} `{instant}` has no time zone; "
            "give a time zone, for example `datetime(…, tzinfo=ZoneInfo('Europe/Berlin'))`"
        ) from None


def _plain_datetime(given: object, where: str) -> datetime:
    """Return an object of a subclass of `datetime` as a plain datetime; raise `DefinitionError` if it is no instant.

    The missing instant of pandas is a datetime by type, and a timestamp of pandas may have nanoseconds (G-2, G-9).
    """
    if not isinstance(given, datetime) or given != given:
        raise DefinitionError(
            f"{where} `{given}` is not a datetime; "
            "give a datetime with a time zone, for example `datetime(…, tzinfo=ZoneInfo('Europe/Berlin'))`"
        )
    if getattr(given, "nanosecond", 0):
        raise DefinitionError(f"{where} `{given}` is finer than a microsecond; round it to microseconds")
    return datetime(
        given.year,
        given.month,
        given.day,
        given.hour,
        given.minute,
        given.second,
        given.microsecond,
        given.tzinfo,
        fold=given.fold,
    )


def instant_after(gap: timedelta, tz: tzinfo) -> datetime:
    """Return the aware datetime in a zone that is `gap` after 1970-01-01 00:00 UTC, with its fold.

    Raises `InstantRangeError` outside the years 1 to 9999.

    >>> instant_after(timedelta(seconds=1), zone("Europe/Berlin")).isoformat()
    '1970-01-01T01:00:01+01:00'
    """
    try:
        if type(tz) is ZoneInfo:
            return tz.fromutc(_epoch_in(tz) + gap)
        return (EPOCH + gap).astimezone(tz)
    except OverflowError:
        raise InstantRangeError(
            f"an instant `{gap}` from 1970 lies outside the years 1 to 9999 in `{tz}`; give a nearer instant"
        ) from None


def micros(instant: datetime, *, where: str = "the instant") -> int:
    """Return microseconds from 1970-01-01 00:00 UTC to an aware datetime; its fold decides in a doubled hour.

    Raises the errors of `elapsed`.

    >>> micros(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    gap = elapsed(instant, where=where)
    return (gap.days * 86_400 + gap.seconds) * SECOND + gap.microseconds


def datetime_of(instant: int, tz: tzinfo) -> datetime:
    """Return the aware datetime of an instant in microseconds in a zone, with its fold.

    Raises `InstantRangeError` outside the years 1 to 9999.

    >>> datetime_of(1_000_000, UTC).isoformat()
    '1970-01-01T00:00:01+00:00'
    """
    try:
        gap = MICROSECOND * instant
    except OverflowError:
        raise InstantRangeError(
            f"an instant `{instant}` microseconds from 1970 lies outside the years 1 to 9999 in `{tz}`; "
            "give a nearer instant"
        ) from None
    return instant_after(gap, tz)


def micros_of(duration: timedelta) -> int:
    """Return a duration as whole microseconds.

    Raises `DefinitionError` for another value, and for a duration finer than a microsecond.

    >>> micros_of(timedelta(hours=1)) == HOUR
    True
    """
    if type(duration) is not timedelta:
        _check_duration(duration)
    return (duration.days * 86_400 + duration.seconds) * SECOND + duration.microseconds


def _check_duration(given: object) -> None:
    if not isinstance(given, timedelta) or given != given:
        raise DefinitionError(f"`{given}` is not a length of time; expected for example `timedelta(hours=4)`")
    if getattr(given, "nanoseconds", 0):
        raise DefinitionError(f"`{given}` is finer than a microsecond; round it to microseconds")


def span_of(duration: int) -> timedelta:
    """Return whole microseconds as a duration; raise `InstantRangeError` beyond the range of `timedelta`.

    >>> span_of(HOUR)
    datetime.timedelta(seconds=3600)
    """
    try:
        return timedelta(microseconds=duration)
    except OverflowError:
        raise InstantRangeError(
            f"a duration of `{duration}` microseconds is beyond the range of `timedelta`; give a shorter duration"
        ) from None


def wall(day: date, offset: int, tz: tzinfo) -> int:
    """Return the instant at which a zone's clock shows `offset` microseconds after midnight of a day (G-5, RFC 5545).

    A wall time that does not exist is read with the UTC offset before the gap; of a doubled wall time, the first
    counts. An `offset` of 24 hours or more reaches into the following days, like a span over midnight. Raises
    `InstantRangeError` at the ends of the calendar.

    >>> berlin = zone("Europe/Berlin")
    >>> datetime_of(wall(date(2026, 3, 29), 2 * HOUR + 30 * MINUTE, berlin), berlin).isoformat()
    '2026-03-29T03:30:00+02:00'
    >>> datetime_of(wall(date(2026, 10, 25), 2 * HOUR + 30 * MINUTE, berlin), berlin).isoformat()
    '2026-10-25T02:30:00+02:00'
    """
    try:
        shown = datetime(day.year, day.month, day.day) + timedelta(microseconds=offset)
        return micros(shown.replace(tzinfo=tz, fold=0))
    except OverflowError:
        raise InstantRangeError(
            f"the wall time `{day}` plus `{offset}` microseconds lies outside the years 1 to 9999; give a nearer day"
        ) from None


def midnights(first: date, count: int, tz: tzinfo) -> list[int]:
    """Return the instants at which `count` days from `first` on begin: `wall(day, 0, tz)` of each day, but faster.

    >>> [datetime_of(start, UTC).isoformat() for start in midnights(date(2026, 3, 29), 2, zone("Europe/Berlin"))]
    ['2026-03-28T23:00:00+00:00', '2026-03-29T22:00:00+00:00']
    """
    ordinal = first.toordinal()
    starts: list[int] = []
    # Days with an equal UTC offset form a range.
    for offset, days in groupby(map(tz.utcoffset, map(datetime.fromordinal, range(ordinal, ordinal + count)))):
        assert offset is not None, "a zone knows its offset at every wall time"
        length = len(list(days))
        begin = (ordinal - EPOCH_ORDINAL) * DAY - micros_of(offset)
        starts += range(begin, begin + length * DAY, DAY)
        ordinal += length
    return starts


def brief(instant: datetime) -> str:
    """Return an aware datetime for a `repr`: to the minute, or in full if it has seconds.

    >>> brief(datetime(2026, 3, 17, 10, tzinfo=UTC)), brief(datetime(2026, 3, 17, 10, 0, 1, tzinfo=UTC))
    ('2026-03-17 10:00+00:00', '2026-03-17 10:00:01+00:00')
    """
    whole = not instant.second and not instant.microsecond
    return instant.isoformat(" ", "minutes" if whole else "auto")


def zone(name: str, *, where: str = "the time zone") -> ZoneInfo:
    """Return the zone with a name in the zone database; raise `ZoneError` with the nearest name for an unknown one.

    A name whose zone depends on the machine, such as `localtime`, is refused too (G-1).

    >>> zone("Europe/Berlin")
    zoneinfo.ZoneInfo(key='Europe/Berlin')
    """
    if _OF_THE_MACHINE.match(str(name)):
        raise ZoneError(f"{where} `{name}` depends on the machine; expected a name such as `Europe/Berlin` or `UTC`")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = did_you_mean(name, available_timezones())
        raise ZoneError(
            f"{where} `{name}` is not in the zone database; expected a name such as `Europe/Berlin` or `UTC`{near}"
        ) from None


def zone_database_version() -> str:
    """Return the release of the zone database, the only ambient input of results (G-1).

    Like `zoneinfo`, it looks for the system's database first, then for the `tzdata` package.
    """
    for folder in map(Path, TZPATH):
        if not folder.is_dir():
            continue
        for name in ("tzdata.zi", "+VERSION"):
            if (folder / name).is_file():
                first = (folder / name).read_text(encoding="ascii", errors="replace")[:80].splitlines()[0]
                found = re.search(r"\d{4}[a-z]+", first)
                if found:
                    return f"{found.group()} (system)"
        return "unknown (system)"
    release: str = import_module("tzdata").IANA_VERSION
    return f"{release} (tzdata)"
