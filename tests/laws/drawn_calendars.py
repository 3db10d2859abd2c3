"""Random calendars, as plain values for the oracle and as the real thing, near the days on which clocks change."""

from datetime import date, timedelta

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


@st.composite
def spans(draw: DrawFn, most: int = 3) -> Spans:
    found = []
    for _ in range(draw(st.integers(0, most))):
        start, end = draw(clock_minutes(1439)), draw(clock_minutes(1440))
        found.append((start, end if end > start else end + 1440))
    return tuple(found)


@st.composite
def weeks(draw: DrawFn) -> tuple[Spans, ...]:
    ordinary, weekend = draw(spans()), draw(spans(1))
    other = draw(spans())
    return (ordinary,) * 4 + (other,) + (weekend,) * 2


@st.composite
def plain_calendars(draw: DrawFn) -> tuple[Plain, date]:
    """A calendar, and a day near which it has its odd days."""
    tz, odd = draw(st.sampled_from(ODD_DAYS))
    near = st.integers(-5, 9).map(lambda days: odd + timedelta(days=days))
    few = {"max_size": 3}
    closures = draw(st.lists(st.tuples(near, st.integers(0, 3)), max_size=1))
    yearly = draw(st.dictionaries(near, spans(2), max_size=1))
    plain = Plain(
        tz=tz,
        week=draw(weeks()),
        holidays=frozenset(draw(st.lists(near, **few))),
        exceptions=draw(st.dictionaries(near, spans(2), **few)),
        yearly={(day.month, day.day): hours for day, hours in yearly.items()},
        closures=tuple((first, first + timedelta(days=more)) for first, more in closures),
        seasons=draw(st.dictionaries(near, weeks(), max_size=1)),
        breaks=draw(st.dictionaries(near, spans(2).filter(len), max_size=2)),
        holiday_scope=draw(st.sampled_from(["day", "shift"])),
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
