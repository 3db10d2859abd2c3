"""The page of refused calendars is what is raised, and the pictures of clock changes are what their script draws."""

import re
import runpy
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import supportcore as sc
from supportcore.calendars import deadline

DOCS = Path(__file__).parents[3] / "docs"
ROW = re.compile(r"\| `(?P<given>.+)` \| `(?P<error>\w+Error)` \| (?P<message>.+) \|")
ROWS = [
    found.groups()
    for line in (DOCS / "evidence" / "refused-calendars.md").read_text(encoding="utf-8").splitlines()
    if (found := ROW.fullmatch(line))
]
FIGURES = runpy.run_path(str(DOCS / "figures" / "clock_changes.py"), run_name="figures")


def office(**parts: object) -> sc.BusinessCalendar:
    return sc.BusinessCalendar(**{"tz": "Europe/Berlin", "hours": {"mon-fri": "09:00-17:00"}, **parts})


def week(hours: str) -> sc.BusinessCalendar:
    return office(hours={"mon-fri": hours})


NAMES = {
    "office": office,
    "week": week,
    "date": date,
    "datetime": datetime,
    "deadline": deadline,
    "timedelta": timedelta,
    "timezone": timezone,
    "UTC": UTC,
    "HolidayCalendar": sc.HolidayCalendar,
    "always_open": sc.always_open,
}


def test_the_table_is_found() -> None:
    assert len(ROWS) >= 36


@pytest.mark.parametrize(("given", "error", "message"), ROWS, ids=[row[0] for row in ROWS])
def test_a_documented_error_is_raised_with_its_message(given: str, error: str, message: str) -> None:
    with pytest.raises(getattr(sc, error)) as raised:
        eval(given, dict(NAMES))
    assert str(raised.value) == message


@pytest.mark.parametrize("name", FIGURES["PICTURES"])
def test_a_picture_is_what_the_script_draws(name: str) -> None:
    drawn = FIGURES["picture"](*FIGURES["PICTURES"][name])
    assert (DOCS / "figures" / name).read_text(encoding="utf-8") == drawn
