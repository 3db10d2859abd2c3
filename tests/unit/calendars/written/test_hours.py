"""Opening hours as people write them, and the words for what cannot be read."""

import pytest

from supportcore import DayHours, DefinitionError
from supportcore.calendars.written.hours import (
    WEEKDAYS,
    Week,
    day_ranges,
    parse_hours,
    parse_time_of_day,
    parse_weekdays,
    structure_week,
)
from supportcore.errors import Problems
from supportcore.instants import DAY, HOUR, MINUTE, SECOND


def hours_and_messages(text: object) -> tuple[list[tuple[int, int]], list[str]]:
    problems = Problems()
    return list(parse_hours(text, problems)), [problem.message for problem in problems]


def days_and_messages(text: object) -> tuple[list[int], list[str]]:
    problems = Problems()
    return parse_weekdays(text, problems), [problem.message for problem in problems]


def week_and_problems(hours: object) -> tuple[Week, list[str]]:
    problems = Problems()
    return structure_week(hours, problems.at("hours")), [str(problem) for problem in problems]


FORM = "expected spans such as `08:00-12:00, 13:00-17:00`, over midnight `22:00-06:00`, or `closed`"


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("08:00-12:00, 13:00-17:00", [(8 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR)]),
        ("8:00-12:00", [(8 * HOUR, 12 * HOUR)]),
        ("08:00–12:00", [(8 * HOUR, 12 * HOUR)]),
        ("22:00-06:00", [(22 * HOUR, 30 * HOUR)]),
        ("00:00-24:00", [(0, DAY)]),
        ("00:00-00:00", [(0, DAY)]),
        ("08:00-08:00", [(8 * HOUR, 32 * HOUR)]),
        ("20:00-24:00", [(20 * HOUR, DAY)]),
        ("12:00-13:00, 09:00-12:00, 9:00-12:00", [(9 * HOUR, 12 * HOUR), (12 * HOUR, 13 * HOUR)]),
        ("08:00:30-09:00:00.5", [(8 * HOUR + 30 * SECOND, 9 * HOUR + SECOND // 2)]),
        ("08:59:59-09:00:59", [(9 * HOUR - SECOND, 9 * HOUR + 59 * SECOND)]),
        ("", []),
        (" Closed ", []),
    ],
)
def test_spans_are_read(text: str, spans: list[tuple[int, int]]) -> None:
    assert hours_and_messages(text) == (spans, [])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("17:00-9", "`9` in `17:00-9` is not a time of day; write hours and minutes, as in `09:00`"),
        ("09:00", f"`09:00` is not a span of opening hours; {FORM}"),
        ("25:00-26:00", "`25:00` in `25:00-26:00` is not a time to start at; expected `00:00` to `23:59`"),
        ("24:00-06:00", "`24:00` in `24:00-06:00` is not a time to start at; expected `00:00` to `23:59`"),
        ("08:60-09:00", "`08:60` in `08:60-09:00` is not a time to start at; expected `00:00` to `23:59`"),
        ("08:00-24:01", "`24:01` in `08:00-24:01` is not a time to end at; expected `00:00` to `24:00`"),
        (
            "08:00-09:00:60",
            "`09:00:60` in `08:00-09:00:60` is not a time to end at; expected `00:00` to `24:00`",
        ),
        (True, f"`True` is not a text with opening hours; {FORM}"),
    ],
)
def test_what_is_no_span_is_worded(text: object, fault: str) -> None:
    assert hours_and_messages(text) == ([], [fault])


def test_every_problem_of_a_day_is_reported() -> None:
    _, faults = hours_and_messages("9-10, 11:00")
    assert faults == [
        "`9` in `9-10` is not a time of day; write hours and minutes, as in `09:00`",
        f"`11:00` is not a span of opening hours; {FORM}",
    ]
    with pytest.raises(DefinitionError) as error:
        DayHours("9-10, 11:00")
    assert str(error.value) == "; ".join(faults)


def test_a_day_is_a_value_with_its_text() -> None:
    day = DayHours("09:00-12:00", note="Christmas Eve")
    assert repr(day) == "DayHours('09:00-12:00', note='Christmas Eve')"
    assert repr(DayHours("22:00-06:00")) == "DayHours('22:00-06:00')"
    assert str(DayHours()) == "closed"
    assert DayHours("09:00-12:00") == DayHours([(9 * HOUR, 12 * HOUR)])
    assert hash(DayHours("09:00-12:00")) == hash(DayHours("9:00-12:00"))


def test_a_day_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(DefinitionError) as error:
        DayHours("9-5")
    assert str(error.value) == "`9` in `9-5` is not a time of day; write hours and minutes, as in `09:00`"


@pytest.mark.parametrize(
    "text", ["09:00-12:00, 13:00-17:00", "22:00-06:00", "00:00-24:00", "08:00-08:00", "08:00:30-09:00:00.5"]
)
def test_the_text_of_a_day_parses_as_the_day(text: str) -> None:
    assert str(DayHours(text)) == text


@pytest.mark.parametrize("span", [(-1, HOUR), (DAY, DAY + HOUR), (HOUR, HOUR), (HOUR, DAY + HOUR + 1)])
def test_a_span_that_is_none_of_a_day_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(DefinitionError) as error:
        DayHours([span])
    assert str(error.value) == (
        f"the span from `{span[0]}` to `{span[1]}` microseconds after midnight does not fit a day; "
        "start it before 24:00 and end it within 24 hours"
    )


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon", [0]),
        ("mon-thu", [0, 1, 2, 3]),
        ("fri-mon", [4, 5, 6, 0]),
        ("sat, sun", [5, 6]),
        ("Monday–Wednesday, Fri", [0, 1, 2, 4]),
        ("mon-mon", [0]),
    ],
)
def test_days_of_the_week_are_read(text: str, days: list[int]) -> None:
    assert days_and_messages(text) == (days, [])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("tus", "`tus` is not a day of the week; expected `mon` to `sun`; did you mean `tue`?"),
        ("mon-wednsday", "`wednsday` is not a day of the week; expected `mon` to `sun`; did you mean `wednesday`?"),
        ("mon-wed-fri", "`mon-wed-fri` is not a range of days; write its first and last day, as in `mon-thu`"),
        (3, "`3` is not a day of the week; expected `mon` to `sun`, ranges such as `mon-thu`, or lists"),
    ],
)
def test_what_is_no_day_of_the_week_is_worded(text: object, fault: str) -> None:
    assert days_and_messages(text) == ([], [fault])


def test_unknown_days_of_the_week_are_reported_and_the_others_kept() -> None:
    assert days_and_messages("tus, fri, mon-xyz, sat") == (
        [4, 5],
        [
            "`tus` is not a day of the week; expected `mon` to `sun`; did you mean `tue`?",
            "`xyz` is not a day of the week; expected `mon` to `sun`",
        ],
    )


def test_each_day_has_its_own_hours() -> None:
    texts = {day: f"0{hour}:00-09:00" for hour, day in enumerate(WEEKDAYS)}
    week, problems = week_and_problems(texts)
    assert [str(day) for day in week] == list(texts.values())
    assert problems == []


def test_all_problems_of_a_week_are_reported_with_their_paths() -> None:
    _, problems = week_and_problems({"mon-thu": "8-12", "thu": "09:00-10:00", "xyz": ""})
    assert problems == [
        "hours.mon-thu: `8` in `8-12` is not a time of day; write hours and minutes, as in `09:00`",
        "hours.thu: `thu` is given twice, also by `mon-thu`; keep one of them",
        "hours.xyz: `xyz` is not a day of the week; expected `mon` to `sun`",
    ]


def test_hours_that_are_no_table_are_worded() -> None:
    _, problems = week_and_problems("09:00-17:00")
    assert problems == ["hours: `09:00-17:00` is not a table of days and hours, such as mon-fri = `09:00-17:00`"]


def test_neighbouring_days_with_equal_hours_are_written_together() -> None:
    week, _ = week_and_problems({"mon-thu": "08:00-17:00", "fri": "08:00-14:00", "sun": DayHours("10:00-12:00")})
    assert [(key, str(day)) for key, day in day_ranges(week)] == [
        ("mon-thu", "08:00-17:00"),
        ("fri", "08:00-14:00"),
        ("sun", "10:00-12:00"),
    ]


@pytest.mark.parametrize("text", ["16", "24:30", 16, ""])
def test_a_time_of_day_is_read_or_refused(text: object) -> None:
    assert parse_time_of_day("16:30") == 16 * HOUR + 30 * MINUTE
    with pytest.raises(DefinitionError) as error:
        parse_time_of_day(text)
    assert str(error.value) == f"`{text}` is not a time of day; expected `00:00` to `24:00`, as in `16:00`"
