"""One call on a calendar against workclock, a calendar library in Rust, and against itself over a longer distance.

Both have the same hours and the same public holidays of North Rhine-Westphalia and are asked the same questions;
before anything is measured their answers are compared.
"""

import random
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import supportcore as sc
from benchmarks.budgets import Budget, built
from benchmarks.clock import ms_of, ratio, ratio_of_calls

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
    return ratio_of_calls(ours, theirs, pairs())


def add(hours: int) -> float:
    """Our `add` of some hours over workclock's."""
    ours, theirs, amount = office().add, schedule().add, timedelta(hours=hours)
    assert [ours(start, amount) for start in starts()] == [theirs(start, amount) for start in starts()]
    return ratio_of_calls(ours, theirs, [(start, amount) for start in starts()])


def distance() -> float:
    """Our `add` of 400 hours over that of 4, from the same starts, in a calendar that has compiled what both need."""
    ours, far, near = office().add, timedelta(hours=400), timedelta(hours=4)
    return ratio_of_calls(
        lambda start: ours(start, far), lambda start: ours(start, near), [(start,) for start in starts()]
    )


ROWS = 1_000_000


@cache
def columns() -> dict[str, Any]:
    """A million starts of six years, ends up to ninety days later, amounts up to 400 hours, as integers."""
    import numpy as np

    rows = np.random.default_rng(3)
    day = 86_400_000_000
    starts = rows.integers(18_628 * day, 20_819 * day, ROWS)
    distances, amounts = rows.integers(0, 90 * day, ROWS), rows.integers(1, 400 * 3_600_000_000, ROWS)
    return {"starts": starts, "ends": starts + distances, "amounts": amounts}


def column_work() -> tuple[Callable[[], object], Callable[[], object], Callable[[], object]]:
    """Our `between` and `add` over the million rows, and `numpy.add` over the same bytes."""
    import numpy as np

    from supportcore.calendars import columns as asked

    rows = columns()
    starts, ends, amounts = (rows[name] for name in ("starts", "ends", "amounts"))
    return (
        lambda: asked.between(office(), starts.view("M8[us]"), ends.view("M8[us]")),
        lambda: asked.add(office(), starts.view("M8[us]"), amounts.view("m8[us]")),
        lambda: np.add(starts, ends),
    )


def column_between() -> float:
    """Our `between` over columns, per row, over workclock's on a part of the rows."""
    ours, _, _ = column_work()
    part = {name: values[: ROWS // 50] for name, values in columns().items()}
    starts, ends = part["starts"].view("M8[us]"), part["ends"].view("M8[us]")
    return ratio(ours, lambda: schedule().between_many(starts, ends), rounds=3) / 50


def column_add() -> float:
    """Our `add` over columns, per row, over workclock's on a part of the rows."""
    _, ours, _ = column_work()
    part = {name: values[: ROWS // 50] for name, values in columns().items()}
    starts, amounts = part["starts"].view("M8[us]"), part["amounts"].view("m8[us]")
    return ratio(ours, lambda: schedule().add_many(starts, amounts.tolist()), rounds=3) / 50


def column_bytes() -> float:
    """The slower of our two over `numpy.add`."""
    between_rows, add_rows, plain = column_work()
    return max(ratio(between_rows, plain), ratio(add_rows, plain))


def first_call() -> float:
    """The first answer of a new calendar with given dates over eleven years."""
    definition = office().definition
    kind: Any = built(sc, "BusinessCalendar")
    a, b = datetime(2020, 1, 1, tzinfo=BERLIN), datetime(2030, 12, 31, tzinfo=BERLIN)
    return ms_of(lambda: kind.of(definition).between(a, b))


def compiled_mb() -> float:
    """What a calendar holds after it was asked about ten years, less what it was defined by."""
    definition = office().definition
    kind: Any = built(sc, "BusinessCalendar")
    fresh = kind.of(definition)
    tracemalloc.start()
    fresh.between(datetime(2020, 1, 1, tzinfo=BERLIN), datetime(2030, 1, 1, tzinfo=BERLIN))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / 1_000_000


BUDGETS = (
    Budget("one call, `between`", 1 / 3, "of workclock", between),
    Budget("one call, `add` of 4 h", 0.4, "of workclock", lambda: add(4)),
    Budget("one call, `add` of 400 h", 1 / 5, "of workclock", lambda: add(400)),
    Budget("one call, `add` of 400 h", 1.2, "of `add` of 4 h", distance),
    Budget("a new calendar's first answer, 11 years", 10, "ms", first_call),
    Budget("a compiled calendar, 10 years", 1, "MB", compiled_mb),
    Budget("columns, 1 M rows, `between`", 1 / 100, "of workclock's batch call", column_between),
    Budget("columns, 1 M rows, `add`", 1 / 60, "of workclock's batch call", column_add),
    Budget("columns, 1 M rows, both", 15, "of `numpy.add` over the same bytes", column_bytes),
)
