"""The slow twin of deadlines that count days: it walks from date to date and looks for an open minute in each (CAL-8).

It knows as many days as the minutes that it reads, and returns None where a deadline needs a day beyond them.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from supportcore.calendars import By, EndOfWorkingDay, WorkingDays
from tests.oracles.calendars import MINUTE, MINUTES_A_DAY, MinuteByMinute

DayForm = WorkingDays | EndOfWorkingDay | By

MIDNIGHT_1970 = datetime(1970, 1, 1, tzinfo=UTC)


def deadline(minutes: MinuteByMinute, start: int, form: DayForm) -> int | None:
    """The instant at which a deadline that began at `start` falls due, in microseconds."""
    local = (MIDNIGHT_1970 + timedelta(microseconds=start)).astimezone(ZoneInfo(minutes.plain.tz))
    today = local.date()
    if isinstance(form, EndOfWorkingDay):
        return end_of_day(minutes, today, form.days, start)
    day: date | None = today
    if isinstance(form, WorkingDays) and form.days == 0:
        due: int | None = start
    elif isinstance(form, WorkingDays) and form.days < 0:
        for _ in range(-form.days):
            day = beside(minutes, day, -1)
        due = at_time(minutes, day, time_of(local))
    else:
        time = time_of(local) if isinstance(form, WorkingDays) else written(form.time)
        for _ in range(form.days):
            day = beside(minutes, day, 1)
        due = at_time(minutes, day, time)
        if due is not None and due < start:
            due = at_time(minutes, beside(minutes, day, 1), time)
    return due if due is None or form.when_closed == "keep" else within_hours(minutes, due)


def end_of_day(minutes: MinuteByMinute, today: date, days: int, start: int) -> int | None:
    """The last closing of the date so many dates with hours ahead; of the next such date where that has passed."""
    day: date | None = today
    for _ in range(days):
        day = beside(minutes, day, 1)
    closing = last_closing(minutes, day)
    if closing is None or closing < start:
        closing = last_closing(minutes, beside(minutes, day, 1))
    return closing


def beside(minutes: MinuteByMinute, day: date | None, way: int) -> date | None:
    """The next date with hours after a day, or the last before it."""
    while day is not None:
        day += timedelta(days=way)
        if not minutes.first + timedelta(days=2) <= day < minutes.first + timedelta(days=minutes.days - 2):
            return None
        if last_closing(minutes, day) is not None:
            return day
    return None


def last_closing(minutes: MinuteByMinute, day: date | None) -> int | None:
    """The end of the last open minute of a date; None where it has none."""
    if day is None:
        return None
    first, last = (minutes.wall(day, minute) - minutes.start for minute in (0, MINUTES_A_DAY))
    found = minutes.open.rfind(1, first, last)
    return None if found < 0 else (minutes.start + found + 1) * MINUTE


def within_hours(minutes: MinuteByMinute, instant: int) -> int | None:
    """The instant itself where it is open or the very end of hours, otherwise the next opening."""
    if minutes.is_open(instant) or minutes.is_open(instant - 1):
        return instant
    place = minutes.open.find(1, instant // MINUTE - minutes.start, len(minutes.open) - minutes.CUT)
    return None if place < 0 else (minutes.start + place) * MINUTE


def at_time(minutes: MinuteByMinute, day: date | None, time: int) -> int | None:
    """The instant of a wall time, in microseconds after midnight, on a date."""
    if day is None:
        return None
    return minutes.wall(day, time // MINUTE) * MINUTE + time % MINUTE


def time_of(local: datetime) -> int:
    """The wall time of a datetime, in microseconds after midnight."""
    midnight = local.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    return (local.replace(tzinfo=None) - midnight) // timedelta(microseconds=1)


def written(time: str) -> int:
    """A time such as `16:00`, in microseconds after midnight."""
    hours, rest = time.split(":")
    return (int(hours) * 60 + int(rest)) * MINUTE
