"""Deadlines that count days: two working days, the end of the next working day, by 16:00 (CAL-8)."""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from typing import Literal, get_args

from attrs import field, frozen

from supportcore.calendars.days import is_day
from supportcore.calendars.engine.compiled import CompiledHours
from supportcore.calendars.protocol import Calendar, compiled_of
from supportcore.calendars.written.hours import parse_time_of_day, time_text
from supportcore.calendars.written.parsing import zone_name
from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.instants import DAY, datetime_of, micros, wall, zone

WhenClosed = Literal["next_open", "keep"]


def _closed_word(_: object, __: object, word: str) -> None:
    known = get_args(WhenClosed)
    if word not in known:
        raise DefinitionError(f"`when_closed` is `{word}`; expected {listed(known)}{did_you_mean(word, known)}")


def _whole_days(_: object, __: object, days: int) -> None:
    if type(days) is not int:
        raise DefinitionError(f"`{days}` is not a number of days; expected a whole number such as 2")


def _days_ahead(_: object, attribute: object, days: int) -> None:
    _whole_days(_, attribute, days)
    if days < 0:
        raise DefinitionError(f"`{days}` days lie in the past; expected 0 for the same date, or more for a later date")


@frozen
class WorkingDays:
    """The same wall time on the n-th next date with opening hours, or on the n-th previous date for a negative n.

    A result in closed time moves to the next opening, unless `when_closed="keep"`.

    >>> from datetime import UTC
    >>> from supportcore import BusinessCalendar
    >>> office = BusinessCalendar(tz="UTC", hours={"mon-thu": "09:00-17:00", "fri": "09:00-14:00"})
    >>> deadline(office, datetime(2026, 1, 1, 16, tzinfo=UTC), WorkingDays(2)).isoformat()
    '2026-01-05T16:00:00+00:00'
    >>> deadline(office, datetime(2026, 1, 1, 16, tzinfo=UTC), WorkingDays(1)).isoformat()
    '2026-01-05T09:00:00+00:00'
    """

    days: int = field(validator=_whole_days)
    when_closed: WhenClosed = field(default="next_open", validator=_closed_word)


@frozen
class EndOfWorkingDay:
    """The last closing of the n-th next date with opening hours, midnight at the latest; 0 is the date of the start.

    >>> from datetime import UTC
    >>> from supportcore import BusinessCalendar
    >>> office = BusinessCalendar(tz="UTC", hours={"mon-thu": "09:00-17:00", "fri": "09:00-14:00"})
    >>> deadline(office, datetime(2026, 1, 1, 16, tzinfo=UTC), EndOfWorkingDay(1)).isoformat()
    '2026-01-02T14:00:00+00:00'
    """

    days: int = field(validator=_days_ahead)


def _clock_text(text: str) -> str:
    return time_text(parse_time_of_day(text))


@frozen
class By:
    """A wall time on the n-th next date with opening hours; 0 is the date of the start.

    A result in closed time moves to the next opening, unless `when_closed="keep"`.

    >>> from datetime import UTC
    >>> from supportcore import BusinessCalendar
    >>> office = BusinessCalendar(tz="UTC", hours={"mon-thu": "09:00-17:00", "fri": "09:00-14:00"})
    >>> deadline(office, datetime(2026, 1, 7, 11, tzinfo=UTC), By("16:00", 1)).isoformat()
    '2026-01-08T16:00:00+00:00'
    >>> By("16:00", 1)
    By(time='16:00', days=1, when_closed='next_open')
    """

    time: str = field(converter=_clock_text)
    days: int = field(default=0, validator=_days_ahead)
    when_closed: WhenClosed = field(default="next_open", validator=_closed_word)


DayForm = WorkingDays | EndOfWorkingDay | By


def deadline(calendar: Calendar, start: datetime, form: DayForm, *, tz: str | tzinfo | None = None) -> datetime:
    """Return the instant at which a deadline that counts days is due, in the zone of `start` (CAL-8).

    Dates are local to the calendar's zone; a calendar over several zones needs `tz`. A result before the start moves to
    the next date with opening hours. A closing instant counts as open. Raises `DefinitionError` for any other form.
    """
    begun = micros(start)
    assert start.tzinfo is not None, "`micros` refuses naive datetimes"
    if not isinstance(form, DayForm):
        raise DefinitionError(
            f"`{form}` is not a deadline that counts days; expected one such as `WorkingDays(2)`, "
            "`EndOfWorkingDay(1)` or `By('16:00', 1)`"
        )
    return datetime_of(deadline_micros(compiled_of(calendar), _days_zone(calendar, tz), begun, form), start.tzinfo)


def has_hours(calendar: Calendar, day: date, *, tz: str | tzinfo | None = None) -> bool:
    """Return whether the calendar is open at any instant of a civil day."""
    return _has_hours(compiled_of(calendar), _days_zone(calendar, tz), _day(day))


def working_days(calendar: Calendar, first: date, last: date, *, tz: str | tzinfo | None = None) -> Iterator[date]:
    """Yield the dates with opening hours from the first to the last, both included.

    >>> from supportcore import BusinessCalendar
    >>> office = BusinessCalendar(tz="UTC", hours={"mon-fri": "09:00-17:00"})
    >>> [day.day for day in working_days(office, date(2026, 1, 1), date(2026, 1, 6))]
    [1, 2, 5, 6]
    """
    hours, zone_of_days = compiled_of(calendar), _days_zone(calendar, tz)
    for ordinal in range(_day(first).toordinal(), _day(last).toordinal() + 1):
        day = date.fromordinal(ordinal)
        if _has_hours(hours, zone_of_days, day):
            yield day


def _day(given: date) -> date:
    if not is_day(given):
        raise DefinitionError(f"`{given}` is not a day; expected a date such as `date(2026, 12, 24)`")
    return given


def deadline_micros(hours: CompiledHours, tz: tzinfo, start: int, form: DayForm) -> int:
    """Return `deadline` as integer microseconds, from compiled hours and the zone of the dates."""
    local = datetime_of(start, tz)
    today = local.date()
    if isinstance(form, WorkingDays) and form.days <= 0:
        reached = start if form.days == 0 else wall(_date_before(hours, tz, today, -form.days), _time_of(local), tz)
        return _opened(hours, reached, form.when_closed)
    day = _date_after(hours, tz, today, form.days)
    reached = _on(hours, tz, day, form, local)
    if reached < start:
        reached = _on(hours, tz, _date_after(hours, tz, day, 1), form, local)
    return reached if isinstance(form, EndOfWorkingDay) else _opened(hours, reached, form.when_closed)


def _on(hours: CompiledHours, tz: tzinfo, day: date, form: DayForm, start: datetime) -> int:
    if isinstance(form, By):
        return wall(day, parse_time_of_day(form.time), tz)
    if isinstance(form, WorkingDays):
        return wall(day, _time_of(start), tz)
    begins, ends = wall(day, 0, tz), wall(day, DAY, tz)
    last = next(hours.spans_back(begins, ends), None)
    # Without a closing on the date, a result before the start makes the caller take the next date.
    return last[1] if last else begins - 1


def _opened(hours: CompiledHours, reached: int, when_closed: WhenClosed) -> int:
    if when_closed == "keep" or hours.between(reached - 1, reached):
        return reached
    return hours.next_open(reached)


def _time_of(local: datetime) -> int:
    return parse_time_of_day(local.time().isoformat())


def _date_after(hours: CompiledHours, tz: tzinfo, day: date, count: int) -> date:
    """Return the count-th date with opening hours after a day, the day itself for 0."""
    for _ in range(count):
        day = datetime_of(hours.next_open(wall(day, DAY, tz)), tz).date()
    return day


def _date_before(hours: CompiledHours, tz: tzinfo, day: date, count: int) -> date:
    for _ in range(count):
        last_moment = hours.subtract(wall(day, 0, tz), 1)
        day = datetime_of(last_moment, tz).date()
    return day


def _has_hours(hours: CompiledHours, tz: tzinfo, day: date) -> bool:
    return hours.between(wall(day, 0, tz), wall(day, DAY, tz)) > 0


def _days_zone(calendar: Calendar, tz: str | tzinfo | None) -> tzinfo:
    if tz is not None:
        return zone(zone_name(tz))
    if calendar.zone is None:
        raise DefinitionError(
            "this calendar combines several zones and has no dates of its own; give the zone of the dates, "
            "such as `tz='Europe/Berlin'`"
        )
    return calendar.zone
