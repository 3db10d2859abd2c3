"""Opening hours, holidays and exceptions, compiled to a timeline that is asked in constant time (CAL)."""

from supportcore.calendars.calendar import BusinessCalendar, always_open
from supportcore.calendars.compiled import CompiledHours, Verdict
from supportcore.calendars.definition import Closure, Definition, Season
from supportcore.calendars.face import Calendar, Stretch
from supportcore.calendars.holiday_calendar import HolidayCalendar, HolidaySource
from supportcore.calendars.hours import DayHours
from supportcore.calendars.public_holidays import public_holidays
from supportcore.calendars.reading import definition_of

__all__ = [
    "BusinessCalendar",
    "Calendar",
    "Closure",
    "CompiledHours",
    "DayHours",
    "Definition",
    "HolidayCalendar",
    "HolidaySource",
    "Season",
    "Stretch",
    "Verdict",
    "always_open",
    "definition_of",
    "public_holidays",
]
