"""The section `calendars` of a concept file."""

from datetime import date

import pytest

import supportcore as sc
from tests.unit.concept.small import at, loaded, problems_of


def test_a_calendar_may_have_every_argument_of_a_business_calendar() -> None:
    """CAL-1, CAL-11."""
    text = """
    [calendars.whole]
    timezone      = "Europe/Vienna"
    hours         = { mon-fri = "22:00-06:00" }
    holidays      = { country = "AT", categories = ["public", "bank"], add = { 2026-02-16 = "Carnival" } }
    exceptions    = { "every 12-24" = "closed", 2026-05-15 = { hours = "09:00-10:00", note = "bridge day" } }
    closures      = { "2026-08-03 to 2026-08-14" = "summer closure" }
    seasons       = { 2026-07-01 = { mon-fri = "07:00-13:00" } }
    breaks        = { 2026-06-03 = "23:00-23:30" }
    holiday_scope = "shift"
    """
    assert loaded(text).calendars["whole"] == sc.BusinessCalendar(
        tz="Europe/Vienna",
        hours={"mon-fri": "22:00-06:00"},
        holidays=sc.public_holidays("AT", categories=("public", "bank")).with_dates({date(2026, 2, 16): "Carnival"}),
        exceptions={"every 12-24": "closed", "2026-05-15": sc.DayHours("09:00-10:00", note="bridge day")},
        closures={"2026-08-03 to 2026-08-14": "summer closure"},
        seasons={"2026-07-01": {"mon-fri": "07:00-13:00"}},
        breaks={"2026-06-03": "23:00-23:30"},
        holiday_scope="shift",
    )


def test_holidays_may_be_own_days_only() -> None:
    own = '[calendars.own]\nhours = { mon-fri = "09:00-17:00" }\nholidays = { 2026-05-04 = "May fair" }\n'
    assert loaded(own).calendars["own"].holidays == sc.HolidayCalendar({date(2026, 5, 4): "May fair"})


@pytest.mark.parametrize(
    "parts",
    [
        'exceptions = { 2026-05-04 = "09:00-10:00" }',
        'exceptions = { "every 05-04" = "09:00-10:00" }',
        'seasons = { 2026-05-04 = { mon = "09:00-10:00" } }',
    ],
)
def test_a_calendar_that_opens_on_few_days_loads(parts: str) -> None:
    """CAL-10."""
    assert loaded(f"[calendars.rare]\nhours = {{}}\n{parts}\n").calendars["rare"].is_open(at("2026-05-04 09:30"))


def test_a_calendar_that_can_never_open_is_refused() -> None:
    """CAL-10."""
    never = '[calendars.never]\nhours = {{ {} }}\nbreaks = {{ 2026-05-04 = "09:00-10:00" }}\n'
    [problem] = problems_of(never.format('mon-fri = "closed"'))
    assert problem.endswith(
        "calendars.never: never opens: no day has hours; give some, such as mon-fri = `09:00-17:00`"
    )
