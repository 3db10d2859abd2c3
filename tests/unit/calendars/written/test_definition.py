"""Calendars as they are written: values, precedence, and every problem at once with its path."""

import copy
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from supportcore import (
    BusinessCalendar,
    DayHours,
    DefinitionError,
    HolidayCalendar,
    ZoneError,
    always_open,
    public_holidays,
)
from supportcore.calendars import Closure, structure_definition
from supportcore.calendars.written.parsing import zone_name
from supportcore.errors import Problems

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = {"mon-fri": "09:00-17:00"}
MAY = date(2026, 5, 1)


def office(**parts: object) -> BusinessCalendar:
    return BusinessCalendar(**{"tz": "Europe/Berlin", "hours": WEEK, **parts})  # type: ignore[arg-type]


def problems(**parts: object) -> list[str]:
    found = Problems()
    arguments: dict[str, object] = {"tz": "Europe/Berlin", "hours": WEEK, **parts}
    assert structure_definition(found, **arguments) is None  # type: ignore[arg-type]
    return [str(problem) for problem in found]


def hours_on(calendar: BusinessCalendar, day: date) -> list[str]:
    start = datetime(day.year, day.month, day.day, tzinfo=BERLIN)
    end = start + timedelta(days=1)
    return [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in calendar.intervals(start, end)]


# A calendar is a value


def test_equal_definitions_are_equal_values_however_they_are_written() -> None:
    one = office(exceptions={date(2026, 12, 24): "09:00-12:00"}, closures={"2026-08-03 to 2026-08-14": "summer"})
    other = BusinessCalendar(
        tz=BERLIN,
        hours=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "9:00-17:00"),
        exceptions={"2026-12-24": {"hours": "09:00-12:00"}},
        closures={(date(2026, 8, 3), date(2026, 8, 14)): "summer"},
    )
    assert one == other
    assert hash(one) == hash(other)
    assert one != office()
    assert {one: "found"}[other] == "found"


def test_a_calendar_pickles_and_copies_by_its_definition_alone() -> None:
    calendar = office(holidays=public_holidays("DE", subdiv="NW"))
    fresh = len(pickle.dumps(calendar))
    calendar.between(datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))
    assert len(pickle.dumps(calendar)) == fresh
    assert pickle.loads(pickle.dumps(calendar)) == calendar
    assert copy.deepcopy(calendar) == calendar
    assert pickle.loads(pickle.dumps(calendar | office())) == calendar | office()


def test_a_calendar_does_not_change() -> None:
    with pytest.raises(AttributeError):
        office().definition = None  # type: ignore[misc, assignment]


def test_the_repr_of_a_calendar() -> None:
    calendar = office(holidays="DE")
    assert calendar.tz == "Europe/Berlin"
    assert calendar.zone is BERLIN
    assert calendar.holidays == public_holidays("DE")
    assert repr(always_open()).startswith("BusinessCalendar(UTC: mon-sun 00:00-24:00)")
    assert always_open(UTC) == always_open("UTC")


def test_the_days_of_a_calendar_are_in_the_order_of_the_year() -> None:
    every = ("every 12-31", "every 02-28", "every 10-03", "every 02-01")
    calendar = office(
        exceptions={**dict.fromkeys(every, ""), date(2026, 12, 24): "", "2025-12-24": ""},
        breaks={"2026-10-05": "09:00-10:00", "2026-02-05": "09:00-10:00"},
        closures={"2026-12-28 to 2026-12-30": "", "2026-08-03": ""},
        seasons={"2026-10-01": WEEK, "2026-02-01": {}},
    ).definition
    assert list(calendar.yearly) == [(2, 1), (2, 28), (10, 3), (12, 31)]
    assert list(calendar.exceptions) == [date(2025, 12, 24), date(2026, 12, 24)]
    assert list(calendar.breaks) == [date(2026, 2, 5), date(2026, 10, 5)]
    assert [closure.first for closure in calendar.closures] == [date(2026, 8, 3), date(2026, 12, 28)]
    assert [season.start for season in calendar.seasons] == [date(2026, 2, 1), date(2026, 10, 1)]


# Precedence


def test_the_nearer_entry_replaces_the_farther_one() -> None:
    """Dated exception, yearly exception, closure, holiday, season, weekly hours (CAL-1)."""
    thursday = date(2026, 12, 24)
    layers: list[tuple[dict[str, object], list[str]]] = [
        ({}, ["09:00-17:00"]),
        ({"seasons": {"2026-12-01": {"thu": "10:00-11:00"}}}, ["10:00-11:00"]),
        ({"holidays": HolidayCalendar({thursday: "a holiday"})}, []),
        ({"closures": {"2026-12-24": "closed"}}, []),
        ({"exceptions": {"every 12-24": "12:00-13:00"}}, ["12:00-13:00"]),
        ({"exceptions": {"every 12-24": "12:00-13:00", thursday: "14:00-15:00"}}, ["14:00-15:00"]),
    ]
    parts: dict[str, object] = {}
    for layer, expected in layers:
        parts |= layer
        assert hours_on(office(**parts), thursday) == expected


def test_the_name_is_that_of_the_entry_in_force() -> None:
    day = date(2026, 5, 1)
    start, end = datetime(2026, 5, 1, tzinfo=BERLIN), datetime(2026, 5, 2, tzinfo=BERLIN)

    def told(**parts: object) -> list[tuple[str, str]]:
        return [(stretch.kind, stretch.because) for stretch in office(**parts).breakdown(start, end)]

    holiday = HolidayCalendar({day: "Labour Day"})
    assert told(holidays=holiday) == [("holiday", "Labour Day")]
    assert told(holidays=holiday, closures={day.isoformat(): "strike"}) == [("closure", "strike")]
    assert told(holidays=holiday, exceptions={day: DayHours("", note="no power")}) == [("exception", "no power")]
    assert told(closures={"2026-05-01": "first", "2026-04-30 to 2026-05-02": "earlier"}) == [("closure", "earlier")]


def test_a_season_holds_until_the_next_one() -> None:
    calendar = office(seasons={date(2026, 6, 1): {"mon-fri": "07:00-15:00"}, "2026-09-01": WEEK})
    found = [hours_on(calendar, date(2026, month, 15)) for month in (4, 6, 7, 9)]
    assert found == [["09:00-17:00"], ["07:00-15:00"], ["07:00-15:00"], ["09:00-17:00"]]


def test_the_twenty_ninth_of_february_is_kept_in_leap_years() -> None:
    calendar = BusinessCalendar(tz="UTC", hours={}, exceptions={"every 02-29": "09:00-10:00"})
    first = calendar.next_open(datetime(2026, 1, 1, tzinfo=UTC))
    assert first == datetime(2028, 2, 29, 9, tzinfo=UTC)
    assert calendar.next_open(first + timedelta(hours=2)) == datetime(2032, 2, 29, 9, tzinfo=UTC)


def test_an_exception_may_open_on_a_holiday_and_a_break_only_takes_out() -> None:
    day = date(2026, 5, 1)
    calendar = office(
        holidays=HolidayCalendar({day: "Labour Day"}),
        exceptions={day: "08:00-12:00"},
        breaks={day: "07:00-09:00, 11:00-13:00", date(2026, 5, 2): "09:00-10:00"},
    )
    assert hours_on(calendar, day) == ["09:00-11:00"]
    assert hours_on(calendar, date(2026, 5, 2)) == []


# Problems


def test_all_problems_of_a_calendar_are_reported_together() -> None:
    assert problems(
        tz="Europe/Berln",
        hours={"mon-thu": "17:00-9"},
        exceptions={"every 13-01": "", "2026-02-30": "closd", date(2026, 1, 1): {"hour": "09:00-10:00"}},
        breaks={"2026-06-03": "", "june": "10:00-11:00", "2026-06-04": "x"},
        closures={"2026-08-14 to 2026-08-03": "summer", "a to b to c": "x", 5: "y", "2026-01-01": 7},
        seasons={"2026-06-01": {"mon": "x"}, "summer": {}},
        holiday_scope="days",
    ) == [
        "tz: the time zone `Europe/Berln` is not in the zone database; expected a name such as `Europe/Berlin` or "
        "`UTC`; did you mean `Europe/Berlin`?",
        "hours.mon-thu: `9` in `17:00-9` is not a time of day; write hours and minutes, as in `09:00`",
        "exceptions.every 13-01: `every 13-01` is not a day of any year; expected a day such as `every 12-24`",
        "exceptions.2026-02-30: `closd` is not a span of opening hours; expected spans such as "
        "`08:00-12:00, 13:00-17:00`, over midnight `22:00-06:00`, or `closed`",
        "exceptions.2026-02-30: `2026-02-30` is not in the calendar; expected a day such as `2026-12-24` or, "
        "for every year, `every 12-24`",
        "exceptions.2026-01-01: `{'hour': '09:00-10:00'}` is not an entry for a day; expected `hours` and, as a text, "
        "`note`",
        "breaks.2026-06-03: removes no hours; give a span, or leave the break out",
        "breaks.june: `june` is not a day; expected a day such as `2026-12-24`",
        "breaks.2026-06-04: `x` is not a span of opening hours; expected spans such as `08:00-12:00, 13:00-17:00`, "
        "over midnight `22:00-06:00`, or `closed`",
        "closures.2026-08-14 to 2026-08-03: ends on `2026-08-03`, before it begins on `2026-08-14`; swap the days",
        "closures.a to b to c: `a` is not a day; expected a day such as `2026-12-24`",
        "closures.a to b to c: `b` is not a day; expected a day such as `2026-12-24`",
        "closures.a to b to c: `c` is not a day; expected a day such as `2026-12-24`",
        "closures.a to b to c: `a to b to c` is not a stretch of days; expected `2026-08-03 to 2026-08-14`, or one day",
        "closures.5: `5` is not a day; expected a day such as `2026-12-24`",
        "closures.2026-01-01: the name `7` of a closure is not a text",
        "seasons.2026-06-01.mon: `x` is not a span of opening hours; expected spans such as "
        "`08:00-12:00, 13:00-17:00`, over midnight `22:00-06:00`, or `closed`",
        "seasons.summer: `summer` is not a day; expected a day such as `2026-12-24`",
        "holiday_scope: `days` is not a holiday scope; expected `day`, `shift`; did you mean `day`?",
    ]


@pytest.mark.parametrize(
    ("part", "form"),
    [
        ("exceptions", "`2026-12-24` = `08:00-12:00`, `every 12-24` = `closed`"),
        ("breaks", "`2026-06-03` = `10:00-11:30`"),
        ("closures", "`2026-08-03 to 2026-08-14` = `summer closure`"),
        ("seasons", "`2026-06-01` = {mon-fri = `07:00-15:00`}"),
    ],
)
def test_a_part_that_is_no_table_is_worded(part: str, form: str) -> None:
    assert problems(**{part: "2026-12-24"}) == [f"{part}: `2026-12-24` is not a table; expected a table such as {form}"]


@pytest.mark.parametrize(
    "entry", [{"hours": "09:00-10:00", "notes": "x"}, {"hours": "09:00-10:00", "note": 5}, {"note": "x"}, {"notes": 5}]
)
def test_an_entry_with_other_parts_than_hours_and_a_note_is_worded(entry: object) -> None:
    said = f"`{entry}` is not an entry for a day; expected `hours` and, as a text, `note`"
    assert problems(exceptions={"2026-12-24": entry}, breaks={"2026-12-28": entry}) == [
        f"exceptions.2026-12-24: {said}",
        f"breaks.2026-12-28: {said}",
    ]


def test_the_hours_of_an_entry_come_with_its_note_or_without() -> None:
    noted = {"hours": "09:00-10:00", "note": "stock-taking"}
    calendar = office(exceptions={"2026-12-24": noted, "2026-12-28": {"hours": "09:00-10:00"}}, breaks={MAY: noted})
    first, second = calendar.definition.exceptions.values()
    assert (first, first.note) == (DayHours("09:00-10:00", note="stock-taking"), "stock-taking")
    assert (second, second.note) == (DayHours("09:00-10:00"), "")
    assert calendar.definition.breaks[MAY] == first


def test_stretches_of_days_are_read_as_texts_and_as_pairs() -> None:
    first, last = date(2026, 8, 3), date(2026, 8, 14)
    calendar = office(closures={(first, last): "summer", "2026-05-01": "May", ("2026-12-28", "2026-12-30"): ""})
    assert calendar.definition.closures == (
        Closure(MAY, MAY, "May"),
        Closure(first, last, "summer"),
        Closure(date(2026, 12, 28), date(2026, 12, 30), ""),
    )
    assert problems(closures={(last, first): "summer", (): "x", (first, "later"): 5}) == [
        "closures.2026-08-14 to 2026-08-03: ends on `2026-08-03`, before it begins on `2026-08-14`; swap the days",
        "closures: `()` is not a stretch of days; expected `2026-08-03 to 2026-08-14`, or one day",
        "closures.2026-08-03 to later: `later` is not a day; expected a day such as `2026-12-24`",
        "closures.2026-08-03 to later: the name `5` of a closure is not a text",
    ]


def test_the_path_leads_into_a_part_with_any_ending() -> None:
    assert problems(holidays={"X": "y"}) == ["holidays.X: `X` is not a day; expected a day such as `2026-12-24`"]
    assert problems(holidays=7)[0].startswith("holidays: `7` does not describe holidays; ")


def test_a_zone_that_is_none_has_no_name() -> None:
    with pytest.raises(DefinitionError):
        zone_name(3)
    with pytest.raises(ZoneError):
        zone_name("Mars/Base")
    assert zone_name(UTC) == "UTC"
    assert zone_name(BERLIN) == "Europe/Berlin"


@pytest.mark.parametrize("part", ["exceptions", "breaks", "closures", "seasons"])
@pytest.mark.parametrize("nothing", [None, (), []])
def test_a_part_may_be_left_empty(part: str, nothing: object) -> None:
    assert office(**{part: nothing}) == office()


def test_a_date_twice_with_different_hours_is_a_problem() -> None:
    day = date(2026, 12, 24)
    assert problems(exceptions={day: "09:00-12:00", "2026-12-24": ""}) == [
        "exceptions.2026-12-24: is given twice, with `09:00-12:00` and with `closed`; keep one of them"
    ]
    assert problems(
        exceptions={"every 12-24": "09:00-12:00", "every  12-24": ""},
        breaks={day: "09:00-12:00", "2026-12-24": "09:00-13:00"},
    ) == [
        "exceptions.every  12-24: is given twice, with `09:00-12:00` and with `closed`; keep one of them",
        "breaks.2026-12-24: is given twice, with `09:00-12:00` and with `09:00-13:00`; keep one of them",
    ]
    assert office(exceptions={day: "09:00-12:00", "2026-12-24": "9:00-12:00"}) == office(
        exceptions={day: "09:00-12:00"}
    )


def test_a_problem_is_kept_before_a_correct_entry() -> None:
    found = problems(
        exceptions={"2026-12-24": "x", "every 12-31": "", "2026-12-28": ""},
        breaks={"2026-06-03": "", "2026-06-04": "10:00-11:00"},
        closures={"may": "", "2026-05-01": ""},
        seasons={"june": {}, "2026-06-01": {}},
    )
    assert [problem.split(":")[0] for problem in found] == [
        "exceptions.2026-12-24",
        "breaks.2026-06-03",
        "closures.may",
        "seasons.june",
    ]


def test_contradictory_seasons_are_a_problem() -> None:
    day = date(2026, 6, 1)
    assert problems(seasons={day: {"mon": "09:00-10:00"}, "2026-06-01": {"mon": "09:00-11:00"}}) == [
        "seasons.2026-06-01: a season that begins on `2026-06-01` is given twice, with other hours; keep one of them"
    ]


@pytest.mark.parametrize("key", [datetime(2026, 12, 24), 20261224, None])
def test_what_is_no_date_is_a_problem(key: object) -> None:
    (problem,) = problems(exceptions={key: ""})
    assert f"`{key}` is not a day; expected a day such as `2026-12-24` or, for every year, `every 12-24`" in problem


@pytest.mark.parametrize("tz", [3, None, timezone(timedelta(hours=1))])
def test_a_zone_without_a_name_is_a_problem(tz: object) -> None:
    assert problems(tz=tz) == [f"tz: `{tz}` is not a named time zone; expected a name such as `Europe/Berlin` or `UTC`"]


def test_an_unknown_zone_alone_is_a_zone_error() -> None:
    with pytest.raises(ZoneError) as error:
        office(tz="Mars/Base")
    assert str(error.value) == (
        "tz: the time zone `Mars/Base` is not in the zone database; expected a name such as `Europe/Berlin` or `UTC`"
    )


def test_one_problem_is_its_own_message_and_many_are_a_list() -> None:
    with pytest.raises(DefinitionError) as one:
        office(hours={"mon": "25:00-26:00"})
    assert str(one.value) == (
        "hours.mon: `25:00` in `25:00-26:00` is not a time to start at; expected `00:00` to `23:59`"
    )
    with pytest.raises(DefinitionError) as many:
        office(hours={"mon": "9-10"}, holiday_scope="x")
    assert str(many.value) == (
        "2 problems in the calendar\n"
        "  hours.mon: `9` in `9-10` is not a time of day; write hours and minutes, as in `09:00`\n"
        "  holiday_scope: `x` is not a holiday scope; expected `day`, `shift`"
    )
