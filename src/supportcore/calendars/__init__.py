"""Opening hours, holidays and exceptions, and exact working time between instants (CAL)."""

from supportcore.calendars.calendar import BusinessCalendar, always_open
from supportcore.calendars.combined import CombinedCalendar
from supportcore.calendars.deadlines import (
    By,
    DayForm,
    EndOfWorkingDay,
    WorkingDays,
    deadline,
    deadline_micros,
    has_hours,
    working_days,
)
from supportcore.calendars.engine.compiled import CompiledHours
from supportcore.calendars.engine.cover import Verdict
from supportcore.calendars.formats.ical import as_ical
from supportcore.calendars.formats.trees import as_plain, calendar_of
from supportcore.calendars.holidays.calendar import HolidayCalendar, HolidaySource
from supportcore.calendars.holidays.frozen import freeze, frozen_holidays
from supportcore.calendars.holidays.public import public_holidays
from supportcore.calendars.protocol import Calendar, Stretch
from supportcore.calendars.written.definition import Closure, Definition, Season
from supportcore.calendars.written.hours import DayHours
from supportcore.calendars.written.parsing import structure_definition

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
    "deadline",
    "deadline_micros",
    "freeze",
    "frozen_holidays",
    "has_hours",
    "public_holidays",
    "structure_definition",
    "working_days",
]
