"""Opening hours, holidays and exceptions, compiled to a timeline that is asked in constant time (CAL)."""

from supportcore.calendars.calendar import BusinessCalendar, always_open
from supportcore.calendars.combined import CombinedCalendar
from supportcore.calendars.compiled import CompiledHours
from supportcore.calendars.cover import Verdict
from supportcore.calendars.day_forms import (
    By,
    DayForm,
    EndOfWorkingDay,
    WorkingDays,
    due,
    due_micros,
    has_hours,
    working_days,
)
from supportcore.calendars.definition import Closure, Definition, Season
from supportcore.calendars.face import Calendar, Stretch
from supportcore.calendars.freezing import freeze, frozen_holidays
from supportcore.calendars.holiday_calendar import HolidayCalendar, HolidaySource
from supportcore.calendars.hours import DayHours
from supportcore.calendars.ical import as_ical
from supportcore.calendars.plain import as_plain, calendar_of
from supportcore.calendars.public_holidays import public_holidays
from supportcore.calendars.reading import definition_of
from supportcore.calendars.summary import summary

__all__ = [
    "BusinessCalendar",
    "By",
    "Calendar",
    "Closure",
    "CombinedCalendar",
    "CompiledHours",
    "DayForm",
    "DayHours",
    "Definition",
    "EndOfWorkingDay",
    "HolidayCalendar",
    "HolidaySource",
    "Season",
    "Stretch",
    "Verdict",
    "WorkingDays",
    "always_open",
    "as_ical",
    "as_plain",
    "calendar_of",
    "definition_of",
    "due",
    "due_micros",
    "freeze",
    "frozen_holidays",
    "has_hours",
    "public_holidays",
    "summary",
    "working_days",
]
