"""One call on a calendar against workclock, a calendar library in Rust, and against itself over a longer distance.

Both have the same hours and the same public holidays of North Rhine-Westphalia and are asked the same questions;
before anything is measured their answers are compared.
"""

import random
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import supportcore as sc
from benchmarks.budgets import Budget, built
from benchmarks.clock import ratio

BERLIN = ZoneInfo("Europe/Berlin")
QUESTIONS = 1000


@cache
def office() -> Any:
    """Our calendar."""
    calendar: Any = built(sc, "BusinessCalendar")
    public_holidays: Any = built(sc, "public_holidays")
    return calendar(
        tz="Europe/Berlin",
        hours={"mon-thu": "08:00-12:00, 13:00-17:00", "fri": "08:00-14:00"},
        holidays=public_holidays("DE", subdiv="NW"),
    )


@cache
def schedule() -> Any:
    """The same calendar in workclock."""
    import holidays
    from workclock import Holidays, Schedule, WorkDay

    struck = holidays.country_holidays("DE", subdiv="NW", years=range(2019, 2032))
    return Schedule(
        [
            WorkDay(time(8), time(12), days=[0, 1, 2, 3]),
            WorkDay(time(13), time(17), days=[0, 1, 2, 3]),
            WorkDay(time(8), time(14), days=[4]),
            Holidays(sorted(struck)),
        ],
        time_zone=BERLIN,
    )


@cache
def starts() -> list[datetime]:
    """Instants of six years in random order."""
    instants = random.Random(1)
    first = datetime(2021, 1, 1, tzinfo=UTC)
    return [(first + timedelta(minutes=instants.randrange(6 * 525_600))).astimezone(BERLIN) for _ in range(QUESTIONS)]


@cache
def pairs() -> list[tuple[datetime, datetime]]:
    """Each of those with an instant up to ninety days later."""
    distances = random.Random(2)
    return [(start, start + timedelta(minutes=distances.randrange(90 * 1440))) for start in starts()]


def between() -> float:
    """Our `between` over workclock's."""
    ours, theirs = office().between, schedule().between
    assert [ours(a, b) for a, b in pairs()] == [theirs(a, b) for a, b in pairs()]
    return ratio(lambda: [ours(a, b) for a, b in pairs()], lambda: [theirs(a, b) for a, b in pairs()])


def add(hours: int) -> float:
    """Our `add` of some hours over workclock's."""
    ours, theirs, amount = office().add, schedule().add, timedelta(hours=hours)
    assert [ours(start, amount) for start in starts()] == [theirs(start, amount) for start in starts()]
    return ratio(
        lambda: [ours(start, amount) for start in starts()], lambda: [theirs(start, amount) for start in starts()]
    )


def distance() -> float:
    """Our `add` of 400 hours over that of 4."""
    ours, far, near = office().add, timedelta(hours=400), timedelta(hours=4)
    return ratio(lambda: [ours(start, far) for start in starts()], lambda: [ours(start, near) for start in starts()])


BUDGETS = (
    Budget("one call, `between`", 1 / 3, "of workclock", between),
    Budget("one call, `add` of 4 h", 0.4, "of workclock", lambda: add(4)),
    Budget("one call, `add` of 400 h", 1 / 5, "of workclock", lambda: add(400)),
    Budget("one call, `add` of 400 h", 1.2, "of `add` of 4 h", distance),
    Budget("columns, 1 M rows, `between`", 1 / 100, "of workclock's batch call"),
    Budget("columns, 1 M rows, `add`", 1 / 60, "of workclock's batch call"),
    Budget("columns, 1 M rows, both", 15, "of `numpy.add` over the same bytes"),
)
