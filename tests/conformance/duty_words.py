"""What the cases of duty and ladders share: how one is asked under its id, and daily hours from an hour of the day."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from supportcore import BusinessCalendar
from tests.conformance.frame import CaseResult, Difference, judge

Case = Mapping[str, Any]

HOUR = timedelta(hours=1)
MONDAY = datetime(2024, 1, 1, tzinfo=UTC)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

DAY_LONG = Difference("CAL-1", None, "equal ends are 24 hours")

DIFFERENCES = {"go-0102": DAY_LONG, "go-0104": DAY_LONG}


def asked(case: Case, expected: object, ask: Callable[[], object]) -> CaseResult:
    """The case, judged under its id and source."""
    differences = {name(case): DIFFERENCES[case["id"]]} if case["id"] in DIFFERENCES else {}
    return judge(name(case), expected, ask, differences)


def name(case: Case) -> str:
    """The id of a case and where it stands in its system."""
    return f"{case['id']} {case['source']}"


def daily(start: float, hours: float, days: Iterable[str] = WEEKDAYS, tz: str = "UTC") -> BusinessCalendar:
    """So many hours from an hour of the day, on certain days of the week."""
    return BusinessCalendar(tz=tz, hours={weekday(day): f"{_clock(start)}-{_clock(start + hours)}" for day in days})


def weekday(day: str) -> str:
    """The day of the week as supportcore writes it."""
    return ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[WEEKDAYS.index(day)]


def _clock(hour: float) -> str:
    if hour > 24:
        hour -= 24
    return f"{int(hour):02}:{round(hour % 1 * 60):02}"
