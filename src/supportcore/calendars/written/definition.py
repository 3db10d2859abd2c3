"""What a calendar is made of, normalised: the value that two calendars are compared by."""

from datetime import date
from typing import Literal

from attrs import field, frozen

from supportcore.calendars.holidays.calendar import HolidayCalendar
from supportcore.calendars.written.hours import DayHours, Week
from supportcore.mappings import EMPTY, FrozenMapping

HolidayScope = Literal["day", "shift"]


@frozen(order=True)
class Closure:
    """Closed from the first day to the last, both included, under a name."""

    first: date
    last: date
    name: str = ""


@frozen
class Season:
    """Weekly hours that hold from a date on, until the next season begins."""

    start: date
    week: Week


@frozen
class Definition:
    """All parts of a calendar (CAL-1).

    Precedence: dated exception, yearly exception, closure, holiday, season, weekly hours. Breaks take hours out of what
    the day then has. `yearly` has months and days as keys. `holiday_scope` is `day` where holidays, closures and
    exceptions take the civil day out, and `shift` where they drop the shifts that start on that day, whole (CAL-3).
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
        """Every day that has an entry of its own, unsorted."""
        days = [*self.exceptions, *self.breaks, *(season.start for season in self.seasons)]
        days += [day for closure in self.closures for day in (closure.first, closure.last)]
        return days + list(self.holidays.dates)
