"""Calendars in other forms: trees of plain data, and iCalendar."""
