"""Definitions become spans of instants: on odd days minute by minute, and as far as they are known (CAL-1 to CAL-3)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from supportcore import BusinessCalendar, HolidayCalendar, InstantRangeError, UnknownYearError
from supportcore.calendars import Verdict
from supportcore.calendars.engine.cover import FIRST, LAST, Cover, Mark
from supportcore.instants import DAY, HOUR, datetime_of, micros
from tests.laws.drawn_calendars import ODD_DAYS, calendar_of
from tests.oracles.calendars import MINUTE, MINUTES_A_DAY, MinuteByMinute, Plain

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")

# Hours in minutes after midnight: at night, around the clock, from noon to noon, and pieces around the clock changes.
NIGHT = ((1320, 1800),)
ALL_DAY = ((0, 1440),)
NOON = ((720, 2160),)
PIECES = ((0, 30), (30, 60), (90, 120), (120, 150), (150, 180), (165, 195), (1380, 1440))
SPAN = 9


def alike(hours: tuple[tuple[int, int], ...]) -> tuple[tuple[tuple[int, int], ...], ...]:
    return (hours,) * 7


def night_with_everything(tz: str, odd: date, scope: str) -> Plain:
    """Each kind of entry on or beside the odd day."""
    day = timedelta(days=1)
    return Plain(
        tz=tz,
        week=(NIGHT, NIGHT, PIECES, NIGHT, NOON, (), NIGHT),
        holidays=frozenset({odd - 2 * day, odd + 3 * day}),
        exceptions={odd: ((60, 240), (1350, 1530)), odd - 3 * day: ()},
        yearly={((odd + day).month, (odd + day).day): ((150, 165), (720, 2160))},
        closures=((odd - 3 * day, odd - 2 * day), (odd + 4 * day, odd + 4 * day)),
        seasons={odd - day: alike(NOON), odd + 2 * day: alike(NIGHT)},
        breaks={odd: ((1410, 1590),), odd - day: ((1380, 1500), (720, 721)), odd + 3 * day: ((0, 300),)},
        holiday_scope=scope,
    )


def plain_night(tz: str, odd: date, scope: str) -> Plain:
    return Plain(tz=tz, week=alike(NIGHT), holidays=frozenset({odd + timedelta(days=1)}), holiday_scope=scope)


def pieces(tz: str, odd: date, scope: str) -> Plain:
    return Plain(tz=tz, week=alike(PIECES), exceptions={odd: PIECES}, holiday_scope=scope)


def around_the_clock(tz: str, odd: date, scope: str) -> Plain:
    return Plain(tz=tz, week=alike(ALL_DAY), holidays=frozenset({odd}), holiday_scope=scope)


def closed_around_the_clock_once_a_year(tz: str, odd: date, scope: str) -> Plain:
    return Plain(tz=tz, week=alike(ALL_DAY), yearly={(odd.month, odd.day): ()}, holiday_scope=scope)


def spans_of(twin: MinuteByMinute, first: int, last: int) -> list[tuple[int, int]]:
    """The open spans of the twin between two of its minutes."""
    found = []
    here, end = first - twin.start, last - twin.start
    while (opens := twin.open.find(1, here, end)) >= 0:
        closes = twin.open.find(0, opens, end)
        here = end if closes < 0 else closes
        found.append(((twin.start + opens) * MINUTE, (twin.start + here) * MINUTE))
    return found


@pytest.mark.parametrize("scope", ["day", "shift"])
@pytest.mark.parametrize(
    "written", [night_with_everything, plain_night, pieces, around_the_clock, closed_around_the_clock_once_a_year]
)
def test_odd_days_minute_by_minute(written: Callable[[str, date, str], Plain], scope: str) -> None:
    """CAL-2, CAL-3, G-5: each span of the days around a clock change, asked from before and from within."""
    for tz, odd in ODD_DAYS:
        plain = written(tz, odd, scope)
        twin = MinuteByMinute(plain, odd - timedelta(days=4), SPAN)
        first = twin.start + twin.MARGIN * MINUTES_A_DAY
        last = first + SPAN * MINUTES_A_DAY
        for begin in (first, first + 3 * MINUTES_A_DAY, first + 4 * MINUTES_A_DAY + 90):
            wanted = spans_of(twin, begin, last)
            cover = calendar_of(plain).compiled.cover
            assert cover.spans(begin * MINUTE, last * MINUTE) == wanted
            assert cover.spans(begin * MINUTE, (last - 90) * MINUTE) == spans_of(twin, begin, last - 90)


# How far a definition knows


def cover(**parts: object) -> Cover:
    return BusinessCalendar(**{"tz": "UTC", "hours": {"mon": "09:00-17:00"}, **parts}).compiled.cover  # type: ignore[arg-type]


def begin(year: int, month: int, day: int, tz: ZoneInfo = BERLIN) -> int:
    return micros(datetime(year, month, day, tzinfo=tz))


def test_without_holidays_of_some_years_all_of_time_is_known() -> None:
    assert (cover().first, cover().last) == (FIRST, LAST)
    own = cover(holidays=HolidayCalendar({date(2026, 5, 1): "Labour Day"}))
    assert (own.first, own.last) == (FIRST, LAST)


def test_the_years_of_the_holidays_are_known_whole() -> None:
    days = HolidayCalendar({}, years=(2026, 2027))
    by_day = cover(tz="Europe/Berlin", holidays=days)
    assert (by_day.first, by_day.last) == (begin(2026, 1, 1), begin(2028, 1, 1))
    by_shift = cover(tz="Europe/Berlin", holidays=days, holiday_scope="shift")
    assert (by_shift.first, by_shift.last) == (begin(2026, 1, 2), begin(2028, 1, 1))


def test_no_years_go_beyond_those_that_calendars_answer_for() -> None:
    ever = HolidayCalendar({}, years=(1850, 2300))
    west, east = cover(tz="America/New_York", holidays=ever), cover(tz="Europe/Berlin", holidays=ever)
    assert (west.first, west.last) == (begin(1900, 1, 1, NEW_YORK), LAST)
    assert (east.first, east.last) == (FIRST, begin(2200, 1, 1))


@pytest.mark.parametrize(("years", "edge"), [((2300, 2400), LAST), ((1700, 1800), FIRST)])
def test_years_that_all_lie_beyond_are_never_known(years: tuple[int, int], edge: int) -> None:
    never = cover(holidays=HolidayCalendar({}, years=years))
    assert (never.first, never.last) == ((LAST, LAST) if edge == LAST else (FIRST, FIRST))


OPENED, CLOSED_AGAIN = begin(2026, 5, 4), begin(2026, 5, 10)
YEARS = 4 * 366 * DAY


def test_a_season_that_begins_on_a_day_of_another_length_has_its_own_hours_only() -> None:
    """CAL-2: on 29 March 2026, which has 23 hours, nothing is left of the hours before."""
    calendar = BusinessCalendar(tz="Europe/Berlin", hours={"sun": "09:00-17:00"}, seasons={"2026-03-29": {}})
    assert calendar.is_open(datetime(2026, 3, 22, 12, tzinfo=BERLIN))
    assert not calendar.is_open(datetime(2026, 3, 29, 12, tzinfo=BERLIN))


@pytest.mark.parametrize(
    ("parts", "goes_on"),
    [
        ({}, (True, True)),
        ({"hours": {}}, (False, False)),
        ({"hours": {}, "exceptions": {"every 05-04": "09:00-10:00"}}, (True, True)),
        ({"hours": {}, "exceptions": {"every 05-04": "closed", "2026-01-01": "closed"}}, (False, False)),
        (
            {"hours": {}, "holidays": HolidayCalendar({date(2026, 5, 4): "one"}), "closures": {"2026-05-04": ""}},
            (False, False),
        ),
        (
            {"hours": {}, "exceptions": {"2026-05-04": "09:00-10:00", "2026-05-08": "23:00-01:00", "2026-06-01": ""}},
            (False, False),
        ),
        (
            {"hours": {}, "seasons": {"2020-01-01": {}, "2026-05-04": {"mon": "09:00-10:00"}, "2026-05-08": {}}},
            (False, False),
        ),
        ({"hours": {}, "seasons": {"2026-05-04": {"mon": "09:00-10:00"}}}, (False, True)),
        (
            {"hours": {}, "seasons": {"2026-05-04": {"mon": "09:00-10:00"}, "2027-01-01": {"tue": "09:00-10:00"}}},
            (False, True),
        ),
        ({"seasons": {"2026-05-08": {}}}, (True, False)),
        ({"seasons": {"2026-05-08": {}, "2027-01-01": {}}}, (True, False)),
        ({"seasons": {"2026-05-01": {}}, "exceptions": {"2026-05-08": "09:00-10:00"}}, (True, False)),
    ],
)
def test_before_the_first_and_after_the_last_hours_it_is_closed_for_good(
    parts: dict[str, object], goes_on: tuple[bool, bool]
) -> None:
    """Whatever the holidays are, known or not. Hours of the last day may reach into the one after it."""
    known = HolidayCalendar({date(2026, 5, 1): "Labour Day"}, years=(2026, 2026))
    found = cover(**{"tz": "Europe/Berlin", "holidays": known, **parts})
    before, after = found.at_most(OPENED - YEARS, OPENED), found.at_most(CLOSED_AGAIN, CLOSED_AGAIN + YEARS)
    assert (bool(before), bool(after)) == goes_on


def test_at_most_is_what_would_be_open_without_holidays() -> None:
    days = HolidayCalendar({date(2026, 5, 4): "a Monday"}, years=(2026, 2026))
    found, other = cover(holidays=days, hours={"mon": "09:00-17:00"}), cover(hours={"mon": "09:00-17:00"})
    assert found.at_most(OPENED, OPENED + YEARS) == other.spans(OPENED, OPENED + YEARS)


def test_the_dates_of_a_definition_lie_between_two_midnights() -> None:
    """Beyond them the calendar only repeats itself, which bounds every search (CAL-10)."""
    none = cover()
    assert (none.dated_from, none.dated_until) == (LAST, FIRST)
    every_kind: list[dict[str, object]] = [
        {"exceptions": {"2026-05-04": "closed", "2026-05-08": ""}},
        {"breaks": {"2026-05-04": "09:00-10:00", "2026-05-08": "09:00-10:00"}},
        {"closures": {"2026-05-04 to 2026-05-08": ""}},
        {"seasons": {"2026-05-04": {}, "2026-05-08": {"mon": "09:00-10:00"}}},
        {"holidays": HolidayCalendar({date(2026, 5, 4): "one", date(2026, 5, 8): "two"})},
        {"exceptions": {"2026-05-08": ""}, "closures": {"2026-05-04": ""}},
    ]
    for parts in every_kind:
        found = cover(tz="Europe/Berlin", **parts)
        assert (found.dated_from, found.dated_until) == (begin(2026, 5, 4), begin(2026, 5, 9))
    beyond = cover(exceptions={"1850-01-01": "", "2300-01-01": ""})
    assert (beyond.dated_from, beyond.dated_until) == (FIRST, LAST)


def test_what_is_not_known_is_refused_for_its_reason() -> None:
    days = HolidayCalendar({}, years=(2026, 2027))
    calendar = BusinessCalendar(tz="UTC", hours={"mon": "09:00-17:00"}, holidays=days, holiday_scope="shift")
    for instant, reason in (
        (FIRST, "the holidays are unknown for `1900`"),
        (LAST - 1, "the holidays are unknown for `2199`"),
        (begin(2025, 12, 31), "the holidays are unknown for `2025`"),
        (micros(datetime(2026, 1, 1, 23, 59, tzinfo=UTC)), "the holidays are unknown for `2025`"),
        (micros(datetime(2028, 1, 1, tzinfo=UTC)), "the holidays are unknown for `2028`"),
    ):
        with pytest.raises(UnknownYearError) as unknown:
            calendar.compiled.is_open(instant)
        assert str(unknown.value).startswith(reason)
    for instant, shown in ((FIRST - 1, "1899-12-31T23:59:59.999999"), (LAST, "2200-01-01T00:00:00")):
        with pytest.raises(InstantRangeError) as beyond:
            calendar.compiled.is_open(instant)
        assert str(beyond.value) == (
            f"`{shown}+00:00` is outside the years 1900 to 2199 that calendars know; "
            "give an instant within them, and `None` instead of a sentinel for `unknown` or `never`"
        )
    calendar.compiled.is_open(begin(2026, 1, 3))


def test_the_year_not_known_is_the_one_that_the_wall_shows() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    calendar = BusinessCalendar(
        tz="Asia/Tokyo", hours={"mon": "09:00-17:00"}, holidays=HolidayCalendar({}, years=(2026, 2026))
    )
    new_year = datetime(2027, 1, 1, tzinfo=tokyo)
    with pytest.raises(UnknownYearError, match="unknown for `2027`"):
        calendar.is_open(new_year)
    assert not calendar.is_open(new_year - timedelta.resolution)


# Marks


def marks(calendar: BusinessCalendar, a: datetime, b: datetime) -> list[tuple[str, str, str, str]]:
    def shown(instant: int) -> str:
        return f"{datetime_of(instant, BERLIN):%d %H:%M}"

    found: list[Mark] = calendar.compiled.cover.marks(micros(a), micros(b))
    return [(shown(mark.start), shown(mark.end), mark.kind, mark.because) for mark in found]


def test_marks_are_whole_days_clipped_to_what_is_asked() -> None:
    calendar = BusinessCalendar(
        tz="Europe/Berlin",
        hours={"mon-fri": "09:00-17:00"},
        holidays=HolidayCalendar({date(2026, 3, 27): "Friday", date(2026, 3, 31): "Tuesday"}),
        closures={"2026-03-28 to 2026-03-30": "spring"},
    )
    march = [datetime(2026, 3, day, 12, tzinfo=BERLIN) for day in (27, 31)]
    assert marks(calendar, *march) == [
        ("27 12:00", "28 00:00", "holiday", "Friday"),
        ("28 00:00", "29 00:00", "closure", "spring"),
        ("29 00:00", "30 00:00", "closure", "spring"),
        ("30 00:00", "31 00:00", "closure", "spring"),
        ("31 00:00", "31 12:00", "holiday", "Tuesday"),
    ]
    assert marks(calendar, march[0] - timedelta(hours=60), march[0] - timedelta(hours=12)) == []


def test_each_kind_of_exception_is_marked_with_its_note() -> None:
    calendar = BusinessCalendar(
        tz="Europe/Berlin",
        hours={"mon-fri": "09:00-17:00"},
        exceptions={
            "every 12-24": {"hours": "09:00-12:00", "note": "Christmas Eve"},
            "2026-12-28": {"hours": "", "note": "stock-taking"},
        },
    )
    assert marks(calendar, datetime(2026, 12, 23, tzinfo=BERLIN), datetime(2026, 12, 30, tzinfo=BERLIN)) == [
        ("24 00:00", "25 00:00", "exception", "Christmas Eve"),
        ("28 00:00", "29 00:00", "exception", "stock-taking"),
    ]


def test_a_break_is_marked_where_it_takes_something() -> None:
    calendar = BusinessCalendar(
        tz="Europe/Berlin",
        hours={"mon-fri": "22:00-06:00"},
        breaks={"2026-01-05": {"hours": "05:00-23:00", "note": "drill"}, "2026-01-06": "23:30-01:00"},
    )
    assert marks(calendar, datetime(2026, 1, 5, 5, 30, tzinfo=BERLIN), datetime(2026, 1, 7, 0, 30, tzinfo=BERLIN)) == [
        ("05 22:00", "05 23:00", "break", "drill"),
        ("06 23:30", "07 00:30", "break", ""),
    ]


def test_shifts_dropped_whole_are_marked_as_their_season_has_them() -> None:
    calendar = BusinessCalendar(
        tz="Europe/Berlin",
        hours={"mon-sun": "20:00-04:00"},
        seasons={"2026-01-06": {"mon-sun": "22:00-06:00"}},
        holidays=HolidayCalendar({date(2026, 1, 5): "Monday", date(2026, 1, 6): "Epiphany"}),
        exceptions={"2026-01-08": {"hours": "23:00-01:00", "note": "late"}},
        holiday_scope="shift",
    )
    asked = datetime(2026, 1, 5, 10, tzinfo=BERLIN), datetime(2026, 1, 10, tzinfo=BERLIN)
    told = [(s.start.day, s.start.hour, s.kind, s.because) for s in calendar.breakdown(*asked)]
    assert told == [
        (5, 10, "holiday", "Monday"),
        (6, 0, "holiday", "Epiphany"),
        (7, 6, "closed", ""),
        (7, 22, "counted", ""),
        (8, 0, "counted", "late"),
        (8, 6, "exception", "late"),
        (8, 23, "counted", "late"),
        (9, 1, "exception", "late"),
        (9, 6, "closed", ""),
        (9, 22, "counted", ""),
    ]


def test_the_verdicts_of_a_day_begin_and_end_with_what_is_asked() -> None:
    calendar = BusinessCalendar(tz="UTC", hours={"mon": "09:00-17:00"})
    monday = micros(datetime(2026, 1, 5, tzinfo=UTC))
    assert list(calendar.compiled.verdicts(monday + 16 * HOUR, monday + DAY)) == [
        Verdict(monday + 16 * HOUR, monday + 17 * HOUR, "counted", ""),
        Verdict(monday + 17 * HOUR, monday + DAY, "closed", ""),
    ]
