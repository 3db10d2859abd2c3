"""The normalised parts of a calendar, by which calendars compare."""

from datetime import date
from typing import Literal

from attrs import field, frozen

from supportcore.calendars.holidays.calendar import HolidayCalendar
from supportcore.calendars.written.hours import DayHours, Week
from supportcore.mappings import EMPTY, FrozenMapping

HolidayScope = Literal["day", "shift"]


@frozen(order=True)
class Closure:
    """Closed from the first day to the last, both included, for a named reason."""

    first: date
    last: date
    name: str = ""


@frozen
class Season:
    """Weekly hours from a date until the next season begins."""

    start: date
    week: Week


@frozen
class Definition:
    """All parts of a calendar (CAL-1).

    Precedence: dated exception, yearly exception, closure, holiday, season, weekly hours; breaks then take hours out of
    the result. The keys of `yearly` are months and days. With the `holiday_scope` `day`, holidays, closures and
    exceptions close the civil day; with `shift` they drop the whole shifts that start on it (CAL-3).
    """

    tz: str
    week: Week
    holidays: HolidayCalendar = field(factory=HolidayCalendar)
    exceptions: FrozenMapping[date, DayHours] = EMPTY
    yearly: FrozenMapping[tuple[int, int], DayHours] = EMPTY
    closures: tuple[Closure, ...] = ()
    seasons: tuple[Season, ...] = ()
    breaks: FrozenMapping[date, DayHours] = EMPTY
    holiday_scope: HolidayScope = "day"

    def dates(self) -> list[date]:
        """Return every date with an entry of its own, unsorted."""
        days = [*self.exceptions, *self.breaks, *(season.start for season in self.seasons)]
        days += [day for closure in self.closures for day in (closure.first, closure.last)]
        return days + list(self.holidays.dates)
