"""What is of the wrong kind altogether is told in the library's words, never in the host language's (G-9)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from supportcore import (
    BusinessCalendar,
    ConceptError,
    DayHours,
    DefinitionError,
    HolidayCalendar,
    NaiveDatetimeError,
    NeverOpenError,
    SupportcoreError,
    always_open,
    public_holidays,
)
from supportcore.calendars import (
    By,
    WorkingDays,
    as_ical,
    as_plain,
    calendar_of,
    deadline,
    freeze,
    frozen_holidays,
    has_hours,
    working_days,
)

office = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"})
T = datetime(2026, 1, 5, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOTHING = HolidayCalendar({})

NO_INSTANT = (
    "is not a datetime; give a datetime with a time zone, for example `datetime(…, tzinfo=ZoneInfo('Europe/Berlin'))`"
)
NO_DURATION = "is not a length of time; expected for example `timedelta(hours=4)`"
NO_CALENDAR = "is not a calendar; expected a `BusinessCalendar` or a combination by `|`, `&` and `-`"
NO_YEARS = "is not a first and a last year; expected a pair such as `(2020, 2030)`"
NO_CATEGORIES = "are not categories of holidays; expected texts such as `public`"
NO_HOLIDAYS = "is not a table of holidays; expected dates with their names"
NO_DAY = "is not a day; expected a date such as `date(2026, 12, 24)`"
NO_HOURS = (
    "are not opening hours; expected spans such as `08:00-12:00, 13:00-17:00`, over midnight `22:00-06:00`, "
    "or `closed`, or pairs of microseconds after midnight"
)


@pytest.mark.parametrize("wrong", [None, 5, True, 4.5, "2026-01-05", date(2026, 1, 5), time(9)])
@pytest.mark.parametrize(
    "ask",
    [
        office.is_open,
        office.next_open,
        office.next_close,
        office.previous_open,
        office.previous_close,
        lambda wrong: office.between(wrong, T),
        lambda wrong: office.between(T, wrong),
        lambda wrong: office.add(wrong, HOUR),
        lambda wrong: office.subtract(wrong, HOUR),
        lambda wrong: office.intervals(wrong, T),
        lambda wrong: office.intervals(T, wrong),
        lambda wrong: office.breakdown(wrong, T),
        lambda wrong: office.breakdown(T, wrong),
        lambda wrong: deadline(office, wrong, WorkingDays(1)),
        lambda wrong: as_ical(office, T, T + HOUR, name="office", stamp=wrong),
    ],
)
def test_what_is_no_instant(ask: Callable[[object], object], wrong: object) -> None:
    with pytest.raises(DefinitionError) as error:
        ask(wrong)
    assert str(error.value) == f"the instant `{wrong}` {NO_INSTANT}"


def test_a_datetime_without_a_zone_is_no_other_kind() -> None:
    with pytest.raises(NaiveDatetimeError, match=r"^the instant `2026-01-05 00:00:00` has no time zone"):
        office.is_open(datetime(2026, 1, 5))


@pytest.mark.parametrize("wrong", [None, 5, True, 4.5, "4h"])
@pytest.mark.parametrize("ask", [office.add, office.subtract])
def test_what_is_no_duration(ask: Callable[[datetime, object], object], wrong: object) -> None:
    with pytest.raises(DefinitionError) as error:
        ask(T, wrong)
    assert str(error.value) == f"`{wrong}` {NO_DURATION}"


@pytest.mark.parametrize("wrong", [None, 5, "office", {}])
@pytest.mark.parametrize(
    "ask",
    [
        lambda wrong: office | wrong,
        lambda wrong: office & wrong,
        lambda wrong: (office | office) - wrong,
        lambda wrong: deadline(wrong, T, WorkingDays(1)),
        lambda wrong: has_hours(wrong, date(2026, 1, 5)),
        lambda wrong: list(working_days(wrong, date(2026, 1, 5), date(2026, 1, 6))),
        lambda wrong: as_plain(wrong),
        lambda wrong: as_ical(wrong, T, T + HOUR, name="office", stamp=T),
    ],
)
def test_what_is_no_calendar(ask: Callable[[object], object], wrong: object) -> None:
    with pytest.raises(DefinitionError) as error:
        ask(wrong)
    assert str(error.value) == f"`{wrong}` {NO_CALENDAR}"


@pytest.mark.parametrize("wrong", [None, 5, "2026-01-05", T])
def test_what_is_no_day(wrong: object) -> None:
    for ask in (
        lambda: has_hours(office, wrong),
        lambda: list(working_days(office, wrong, date(2026, 1, 6))),
        lambda: list(working_days(office, date(2026, 1, 6), wrong)),
    ):
        with pytest.raises(DefinitionError) as error:
            ask()
        assert str(error.value) == f"`{wrong}` {NO_DAY}"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: HolidayCalendar(None), f"`None` {NO_HOLIDAYS}"),
        (lambda: NOTHING.with_dates([T]), f"`{[T]}` {NO_HOLIDAYS}"),
        (lambda: HolidayCalendar({}, years=5), f"`5` {NO_YEARS}"),
        (lambda: HolidayCalendar({}, years=(2026,)), f"`(2026,)` {NO_YEARS}"),
        (lambda: HolidayCalendar({}, years=(2026.5, 2027)), f"`(2026.5, 2027)` {NO_YEARS}"),
        (lambda: NOTHING.in_years("2026", 2027), f"`('2026', 2027)` {NO_YEARS}"),
        (lambda: public_holidays("DE", years=2026), f"`2026` {NO_YEARS}"),
        (lambda: public_holidays("DE", years=(2026, True)), f"`(2026, True)` {NO_YEARS}"),
        (lambda: public_holidays(None), "`None` is not a country; expected a text"),
        (lambda: public_holidays(["DE"]), "`['DE']` is not a country; expected a text"),
        (lambda: public_holidays("DE", subdiv=5), "`5` is not a subdivision; expected a text"),
        (lambda: public_holidays("DE", language=5), "`5` is not a language; expected a text"),
        (lambda: public_holidays("DE", categories=None), f"`None` {NO_CATEGORIES}"),
        (lambda: public_holidays("DE", categories=[5]), f"`[5]` {NO_CATEGORIES}"),
        (lambda: public_holidays("DE", categories=()), f"`()` {NO_CATEGORIES}"),
        (
            lambda: freeze({}, "unused"),
            "`{}` is not a `HolidayCalendar`; freeze the holidays of a calendar, not the calendar",
        ),
        (lambda: DayHours(None), f"`None` {NO_HOURS}"),
        (lambda: DayHours([(1,)]), f"`[(1,)]` {NO_HOURS}"),
        (lambda: DayHours([(0.5, 1.5)]), f"`[(0.5, 1.5)]` {NO_HOURS}"),
        (lambda: DayHours("09:00-17:00", note=5), "the note `5` of a day's hours is not a text"),
        (lambda: office.add(T, HOUR, at_close=None), "`at_close` is `None`; expected `close`, `next_open`"),
        (lambda: WorkingDays(1, when_closed=[]), "`when_closed` is `[]`; expected `next_open`, `keep`"),
        (lambda: By(time(16)), "`16:00:00` is not a time of day; expected `00:00` to `24:00`, as in `16:00`"),
        (
            lambda: deadline(office, T, "WorkingDays"),
            "`WorkingDays` is not a deadline that counts days; expected one such as `WorkingDays(2)`, "
            "`EndOfWorkingDay(1)` or `By('16:00', 1)`",
        ),
        (
            lambda: as_ical(office, T, T + HOUR, name="", stamp=T),
            "`` is not a name for the calendar; expected a text on one line, which becomes part of each event's uid",
        ),
        (
            lambda: as_plain(office | always_open("UTC")),
            "a combined calendar does not fit one table; write its parts, and combine them again",
        ),
        (
            lambda: calendar_of(5),
            "`5` is not a table of a calendar; expected its parts `tz`, `hours`, `holidays`, `exceptions`, `breaks`, "
            "`closures`, `seasons`, `holiday_scope`",
        ),
    ],
)
def test_each_wrong_kind_is_refused_with_a_message(make: Callable[[], object], message: str) -> None:
    with pytest.raises(DefinitionError) as error:
        make()
    assert str(error.value) == message


def test_holidays_that_are_not_there_to_be_read(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.json"
    with pytest.raises(ConceptError) as error:
        frozen_holidays(nowhere)
    assert str(error.value) == (
        f"1 problem in {nowhere}\n  cannot be read: No such file or directory; "
        "give the path of a file that `freeze` wrote"
    )


@pytest.mark.parametrize(
    ("parts", "paths"),
    [
        ({"holidays": "DE-"}, ["holidays"]),
        ({"holidays": {"country": None}}, ["holidays.country"]),
        ({"holidays": {"country": "DE", "categories": []}}, ["holidays.categories"]),
        ({"holidays": {"country": "DE", "language": "xx"}}, ["holidays"]),
        (
            {"holidays": {"dates": {}, "source": {"country": 5, "version": None}}},
            ["holidays.source.country", "holidays.source.version"],
        ),
        ({"hours": {"mon": "٠٩:٠٠-١٧:٠٠"}}, ["hours.mon"]),
    ],
)
def test_the_place_is_named(parts: dict[str, object], paths: list[str]) -> None:
    with pytest.raises(SupportcoreError) as error:
        BusinessCalendar(**{"tz": "UTC", "hours": {}, **parts})
    told = str(error.value).splitlines()
    assert [line.strip().partition(": ")[0] for line in (told[1:] if len(told) > 1 else told)] == paths


def test_days_beyond_the_known_years_are_accepted() -> None:
    calendar = BusinessCalendar(
        tz="Europe/Berlin",
        hours={},
        seasons={"0001-01-01": {"mon-fri": "09:00-17:00"}},
        exceptions={"1777-12-18": "08:00-09:00", "9999-12-31": "08:00-09:00"},
        breaks={"0001-01-01": "10:00-11:00", "9999-12-31": "10:00-11:00"},
        closures={"2026-08-03 to 9999-12-31": "closed for good"},
    )
    assert calendar.next_open(T) == T
    august = datetime(2026, 8, 3, 9, tzinfo=UTC)
    assert calendar.previous_close(august) == datetime(2026, 7, 31, 15, tzinfo=UTC)
    with pytest.raises(NeverOpenError):
        calendar.next_open(august)


def test_holidays_beyond_the_known_years_are_accepted() -> None:
    far = HolidayCalendar({date(1, 1, 1): "first", date(9999, 12, 31): "last"}, years=(1, 9999))
    calendar = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"}, holidays=far)
    assert calendar.next_open(T) == T
    for years in ((1700, 1800), (5000, 10_000)):
        unknown = BusinessCalendar(tz="UTC", hours={}, holidays=HolidayCalendar({}, years=years))
        with pytest.raises(LookupError, match="unknown for `2026`"):
            unknown.is_open(T)
