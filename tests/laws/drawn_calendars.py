"""Random calendars, as plain values for the oracle and as the real thing, near the days on which clocks change."""

from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from supportcore import BusinessCalendar, DayHours, HolidayCalendar
from supportcore.instants import MINUTE
from tests.oracles.calendars import Plain, Spans

# Zones and days around which something odd happens: clocks change at midnight, by half an hour, by two hours;
# a day is left out at the date line; a summer time is interrupted.
ODD_DAYS = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("Europe/Berlin", date(2024, 2, 28)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2018, 2, 18)),
    ("Africa/Cairo", date(2014, 5, 16)),
    ("Africa/Cairo", date(2024, 4, 26)),
    ("Africa/Cairo", date(2024, 11, 1)),
    ("Asia/Beirut", date(2024, 3, 31)),
    ("Asia/Beirut", date(2024, 10, 27)),
    ("Australia/Lord_Howe", date(2024, 4, 7)),
    ("Australia/Lord_Howe", date(2024, 10, 6)),
    ("Antarctica/Troll", date(2024, 3, 31)),
    ("Antarctica/Troll", date(2024, 10, 27)),
    ("America/St_Johns", date(2006, 10, 29)),
    ("America/Havana", date(2024, 11, 3)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Africa/Casablanca", date(2024, 3, 10)),
    ("America/New_York", date(2024, 11, 3)),
    ("Asia/Kathmandu", date(2024, 1, 1)),
    ("UTC", date(2024, 12, 30)),
]


def clock_minutes(last: int) -> SearchStrategy[int]:
    return st.one_of(
        st.sampled_from([minute for minute in (0, 30, 60, 90, 120, 150, 180, 540, 1020, 1410, 1440) if minute <= last]),
        st.integers(0, last),
    )


# Strategies are made once: to make them anew in each draw costs more than the draw.
STARTS, ENDS = clock_minutes(1439), clock_minutes(1440)


@st.composite
def spans(draw: DrawFn, counts: SearchStrategy[int]) -> Spans:
    found = []
    for _ in range(draw(counts)):
        start, end = draw(STARTS), draw(ENDS)
        found.append((start, end if end > start else end + 1440))
    return tuple(found)


UP_TO_ONE, UP_TO_TWO, UP_TO_THREE = (spans(st.integers(0, most)) for most in (1, 2, 3))
ONE_OR_TWO = spans(st.integers(1, 2))


@st.composite
def weeks(draw: DrawFn) -> tuple[Spans, ...]:
    ordinary, weekend = draw(UP_TO_THREE), draw(UP_TO_ONE)
    other = draw(UP_TO_THREE)
    return (ordinary,) * 4 + (other,) + (weekend,) * 2


# Days near the odd one, as a distance from it.
NEAR = st.integers(-5, 9)
ZONES_AND_DAYS = st.sampled_from(ODD_DAYS)
WEEKS = weeks()
HOLIDAYS = st.lists(NEAR, max_size=3)
EXCEPTIONS = st.dictionaries(NEAR, UP_TO_TWO, max_size=3)
YEARLY = st.dictionaries(NEAR, UP_TO_TWO, max_size=1)
CLOSURES = st.lists(st.tuples(NEAR, st.integers(0, 3)), max_size=1)
SEASONS = st.dictionaries(NEAR, WEEKS, max_size=1)
BREAKS = st.dictionaries(NEAR, ONE_OR_TWO, max_size=2)
SCOPES = st.sampled_from(["day", "shift"])

Drawn = TypeVar("Drawn")


@st.composite
def plain_calendars(draw: DrawFn) -> tuple[Plain, date]:
    """A calendar, and a day near which it has its odd days."""
    tz, odd = draw(ZONES_AND_DAYS)

    def on(ahead: int) -> date:
        return odd + timedelta(days=ahead)

    def dated(drawn: dict[int, Drawn]) -> dict[date, Drawn]:
        return {on(ahead): value for ahead, value in drawn.items()}

    plain = Plain(
        tz=tz,
        week=draw(WEEKS),
        holidays=frozenset(map(on, draw(HOLIDAYS))),
        exceptions=dated(draw(EXCEPTIONS)),
        yearly={(day.month, day.day): hours for day, hours in dated(draw(YEARLY)).items()},
        closures=tuple((on(first), on(first + more)) for first, more in draw(CLOSURES)),
        seasons=dated(draw(SEASONS)),
        breaks=dated(draw(BREAKS)),
        holiday_scope=draw(SCOPES),
    )
    return plain, odd


def hours_of(found: Spans) -> DayHours:
    return DayHours([(start * MINUTE, end * MINUTE) for start, end in found])


def text_of(found: Spans) -> str:
    def clock(minutes: int) -> str:
        return f"{minutes // 60:02}:{minutes % 60:02}"

    return ", ".join(f"{clock(start)}-{clock(end if end <= 1440 else end - 1440)}" for start, end in found)


def week_of(week: tuple[Spans, ...]) -> dict[str, str]:
    return {day: text_of(hours) for day, hours in zip("mon tue wed thu fri sat sun".split(), week, strict=True)}


def calendar_of(plain: Plain) -> BusinessCalendar:
    """The real calendar, built as people would write it."""
    exceptions = {day.isoformat(): text_of(hours) for day, hours in plain.exceptions.items()}
    yearly = {f"every {month:02}-{day:02}": text_of(hours) for (month, day), hours in plain.yearly.items()}
    return BusinessCalendar(
        tz=plain.tz,
        hours=week_of(plain.week),
        holidays=HolidayCalendar(dict.fromkeys(plain.holidays, "holiday")),
        exceptions={**exceptions, **yearly},
        closures={f"{first} to {last}": "closure" for first, last in plain.closures},
        seasons={start.isoformat(): week_of(week) for start, week in plain.seasons.items()},
        breaks={day: hours_of(hours) for day, hours in plain.breaks.items()},
        holiday_scope=plain.holiday_scope,
    )
