"""Compares working time with other libraries, and writes `docs/explanation/calendars-compared.md`.

It needs the packages of the group `bench`. A dash stands for a question that a library cannot express.
"""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from workclock import Holidays, Schedule, WorkDay

from benchmarks import calendars
from supportcore import BusinessCalendar, HolidayCalendar

PAGE = Path(__file__).parents[1] / "explanation" / "calendars-compared.md"
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YEAR = date(2030, 1, 1)
AT = datetime(2026, 1, 5, 16, tzinfo=BERLIN)

HEAD = """\
# Working time, compared

The script `docs/figures/compare_calendars.py` runs each question with supportcore and three other Python libraries. A
dash means that the library cannot express the question. Results in italics are wrong by the local clock, or count
something else.

| question | supportcore | workclock | pandas `CustomBusinessHour` | numpy `busday_count` |
|---|---|---|---|---|
"""

FEATURES = """
| feature | supportcore | workclock | pandas | numpy |
|---|---|---|---|---|
| hours of single dates | yes | no | no | no |
| union, intersection, difference | yes | no | no | no |
| the cause of every hour | yes | no | no | no |
| deadlines that count days | yes | no | whole days | whole days |
| public holidays with their years checked | yes | no | no | no |
| columns with nulls and reasons | yes | no | no | no |
"""


def hours(duration: timedelta) -> str:
    """A duration in hours."""
    return f"{duration / timedelta(hours=1):g} h"


def autumn() -> str:
    """The open time of a Sunday of 25 hours, open all day."""
    a, b = datetime(2026, 10, 25, tzinfo=BERLIN), datetime(2026, 10, 26, tzinfo=BERLIN)
    ours = BusinessCalendar(tz="Europe/Berlin", hours={"sun": "00:00-24:00"})
    theirs = Schedule([WorkDay(time(0), time(0), [6])], time_zone="Europe/Berlin")
    cells = [hours(ours.between(a, b)), hours(theirs.between(a, b)), "–", "–"]
    return row("a Sunday open all day, when clocks go back", cells, "25 h")


def night() -> str:
    """Two hours of a night shift that begin before the autumn change."""
    start = datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN)
    ours = BusinessCalendar(tz="Europe/Berlin", hours={"sat": "22:00-06:00"})
    theirs = Schedule([WorkDay(time(22), time(6), [5])], time_zone="Europe/Berlin")
    amount = timedelta(hours=2)
    shift = pd.offsets.CustomBusinessHour(2, start="22:00", end="06:00", weekmask="Sat")
    cells = [
        ours.add(start, amount).isoformat()[11:],
        theirs.add(start, amount).isoformat()[11:],
        (pd.Timestamp(start) + shift).isoformat()[11:],
        "–",
    ]
    return row("01:30 plus two hours of a night shift, when clocks go back", cells, "02:30:00+01:00")


def closing() -> str:
    """One hour from an hour before closing."""
    ours = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"})
    theirs = Schedule([WorkDay(time(9), time(17))], time_zone="Europe/Berlin")
    pandas_hour = pd.offsets.CustomBusinessHour(1, start="09:00", end="17:00")
    results = [ours.add(AT, timedelta(hours=1)), theirs.add(AT, timedelta(hours=1)), pd.Timestamp(AT) + pandas_hour]
    return row("16:00 plus one hour, closing at 17:00", [*(f"{t:%a %H:%M}" for t in results), "–"], "Mon 17:00")


def unknown_year() -> str:
    """A holiday after the last year that the holidays are known for."""
    known = HolidayCalendar({date(2026, 1, 1): "New Year"}, years=(2026, 2026))
    ours = BusinessCalendar(tz="UTC", hours={"mon-fri": "09:00-17:00"}, holidays=known)
    theirs = Schedule([WorkDay(time(9), time(17)), Holidays([date(2026, 1, 1)])], time_zone="UTC")
    a, b = (datetime(NEW_YEAR.year, 1, day, tzinfo=ZoneInfo("UTC")) for day in (1, 2))
    try:
        mine = hours(ours.between(a, b))
    except LookupError as error:
        mine = type(error).__name__
    count = int(np.busday_count(NEW_YEAR, date(2030, 1, 2), holidays=[date(2026, 1, 1)]))
    cells = [mine, hours(theirs.between(a, b)), "–", f"{count} day"]
    return row("1 January 2030, with holidays known for 2026 only", cells, "UnknownYearError")


def row(question: str, cells: list[str], right: str) -> str:
    """A row of the table, with wrong results in italics."""
    marked = [cell if cell in (right, "–") else f"*{cell}*" for cell in cells]
    return f"| {question} | {' | '.join(marked)} |\n"


def speed() -> str:
    """The time of single calls beside workclock's."""
    work = {
        "`between`": calendars.between(),
        "`add`, 4 h": calendars.add(4),
        "`add`, 400 h": calendars.add(400),
    }
    head = "\n| one call, office hours of North Rhine-Westphalia | time, as a fraction of workclock's |\n|---|---|\n"
    return head + "".join(f"| {name} | {share:.2f} |\n" for name, share in work.items())


if __name__ == "__main__":
    PAGE.write_text(HEAD + autumn() + night() + closing() + unknown_year() + FEATURES + speed(), encoding="utf-8")
