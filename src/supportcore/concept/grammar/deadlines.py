"""Deadlines that count days: `2 working days`, `by 16:00 next working day` (CAL-8)."""

import re

from supportcore.calendars import By, DayForm, EndOfWorkingDay, WorkingDays
from supportcore.errors import DefinitionError

DAY = r"(?:the )?(?:(?P<which>same|next|\d{1,4}(?:st|nd|rd|th)) )?working day"
COUNTED = re.compile(r"(?P<days>\d{1,4}) working days?")
END = re.compile(rf"(?:the )?end of {DAY}")
BY = re.compile(rf"by (?P<time>\d{{1,2}}:\d{{2}})(?: (?:on )?{DAY})?")
EVEN_IF_CLOSED = ", even if closed"


def parse_day_form(text: str) -> DayForm | None:
    """Parse a deadline that counts days; return `None` if the text has none of their forms.

    The day on which the time begins is the same working day, or day 0. `, even if closed` at the end keeps an instant
    at which the calendar is closed. Raises `DefinitionError` for a form that names no instant.

    >>> parse_day_form("2 working days"), parse_day_form("end of next working day")
    (WorkingDays(days=2, when_closed='next_open'), EndOfWorkingDay(days=1))
    >>> parse_day_form("by 20:00 on the 2nd working day, even if closed")
    By(time='20:00', days=2, when_closed='keep')
    >>> parse_day_form("4 h") is None
    True
    """
    words = " ".join(text.split())
    kept = words.endswith(EVEN_IF_CLOSED)
    words = words.removesuffix(EVEN_IF_CLOSED)
    if found := COUNTED.fullmatch(words):
        days = int(found["days"])
        if days < 1:
            raise DefinitionError(
                f"`{text}` counts no day; write `end of the same working day`, or at least `1 working day`"
            )
        return WorkingDays(days, "keep" if kept else "next_open")
    if found := BY.fullmatch(words):
        return By(found["time"], _days_ahead(found["which"]), "keep" if kept else "next_open")
    if found := END.fullmatch(words):
        if kept:
            raise DefinitionError(f"`{text}`: a working day ends when it closes; remove `even if closed`")
        return EndOfWorkingDay(_days_ahead(found["which"]))
    return None


def _days_ahead(which: str | None) -> int:
    if which is None or which == "same":
        return 0
    return 1 if which == "next" else int(which[:-2])
