"""Whole columns in every form: numpy, pyarrow and frames; nulls with reasons, errors with rows, a calendar per row."""

import builtins
import sys
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import narwhals as nw
import numpy as np
import pyarrow as pa
import pytest

from supportcore import (
    BusinessCalendar,
    DefinitionError,
    InstantRangeError,
    MissingExtraError,
    NaiveDatetimeError,
    NeverOpenError,
    UnknownYearError,
)
from supportcore.calendars import columns

office = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"})
HOUR = timedelta(hours=1)

# Monday 5 January 2026, in UTC: inside, closed, and at the closing.
TIMES = ["2026-01-05T09:00", "2026-01-05T20:00", "2026-01-05T16:00"]
NUMPY = np.array(TIMES, "M8[us]")
ARROW = pa.array([datetime.fromisoformat(text).replace(tzinfo=UTC) for text in TIMES], pa.timestamp("us", "UTC"))
OPEN = [True, False, False]

ACCEPTED = "expected numpy `datetime64` in UTC, pyarrow arrays, and series of a frame; their instants have a zone"


def later(hours: int) -> list[datetime]:
    return [office.add(datetime.fromisoformat(text).replace(tzinfo=UTC), hours * HOUR) for text in TIMES]


# Forms


@pytest.mark.parametrize("unit", ["m", "s", "ms", "us", "ns"])
def test_numpy_columns_of_any_unit(unit: str) -> None:
    column = NUMPY.astype(f"M8[{unit}]")
    flags = columns.is_open(office, column)
    assert (flags.dtype, flags.tolist()) == (np.bool_, OPEN)
    found = columns.add(office, column, np.array([60, 60, 60], "m8[m]"))
    assert found.dtype == np.dtype("M8[us]")
    assert found.tolist() == [answer.replace(tzinfo=None) for answer in later(1)]
    between = columns.between(office, column, column + np.timedelta64(1, "D"))
    assert between.dtype == np.dtype("m8[us]")
    assert between.tolist() == [8 * HOUR] * 3


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("chunked", [False, True])
def test_pyarrow_columns_of_any_unit_keep_their_zone(unit: str, chunked: bool) -> None:
    column: Any = ARROW.cast(pa.timestamp(unit, "America/New_York"))
    column = pa.chunked_array([column[:1], column[1:]]) if chunked else column
    kind = pa.ChunkedArray if chunked else pa.Array
    flags, found = columns.is_open(office, column), columns.add(office, column, HOUR)
    assert isinstance(flags, kind)
    assert isinstance(found, kind)
    assert flags.to_pylist() == OPEN
    assert found.type == pa.timestamp("us", "America/New_York")
    assert found.to_pylist() == later(1)
    durations = pa.array([HOUR] * 3, pa.duration(unit))
    assert columns.add(office, column, durations).to_pylist() == later(1)
    assert columns.between(office, column, found).to_pylist() == [HOUR] * 3


def test_a_series_gives_a_series() -> None:
    frame = nw.from_native(pa.table({"opened": ARROW}))
    column = frame["opened"]
    assert columns.is_open(office, column.to_native()).to_pylist() == OPEN
    found = columns.add(office, column, HOUR)
    assert found.to_pylist() == later(1)


def test_an_empty_column_has_an_empty_answer() -> None:
    none = NUMPY[:0]
    assert columns.between(office, none, none).tolist() == []
    assert columns.add(office, none, HOUR).tolist() == []
    assert columns.is_open(office, none, errors="null").values.tolist() == []


@pytest.mark.parametrize(
    ("column", "error", "message"),
    [
        (
            np.array([1, 2, 3]),
            DefinitionError,
            "the instants are `int64` in 1 dimensions, not one column of instants; " + ACCEPTED,
        ),
        (
            pa.array([1]),
            DefinitionError,
            "the instants are `int64`, not instants; " + ACCEPTED,
        ),
        (
            ["2026-01-05"],
            DefinitionError,
            "the instants are not a column of instants; " + ACCEPTED,
        ),
        (
            ARROW.cast(pa.timestamp("us")),
            NaiveDatetimeError,
            "the instants have no time zone; give the column one, such as `UTC`",
        ),
    ],
)
def test_another_column_is_refused(column: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as raised:
        columns.is_open(office, column)
    assert str(raised.value) == message


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(DefinitionError) as error:
        columns.between(office, NUMPY, NUMPY[:2])
    assert str(error.value) == "the columns have `3`, `2` rows; give each row a value in every column"


# Rows without an answer


def test_rows_without_an_answer_are_null_with_a_reason() -> None:
    german = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"}, holidays="DE")
    column = np.array(["2026-01-05T09:00", "NaT", "1980-01-01", "0001-01-01", "9999-01-01"], "M8[us]")
    told = columns.is_open(german, column, errors="null")
    assert told.values.tolist() == [True, None, None, None, None]
    assert told.reasons.tolist() == ["", "missing", "unknown year", "out of range", "out of range"]
    durations = columns.between(german, column, column, errors="null")
    assert np.isnat(durations.values).tolist() == [False, True, True, True, True]


def test_rows_without_errors_have_no_reasons() -> None:
    told = columns.add(office, NUMPY, HOUR, errors="null")
    assert told.reasons.tolist() == ["", "", ""]
    assert told.values.tolist() == [answer.replace(tzinfo=None) for answer in later(1)]


def test_pyarrow_nulls_stay_nulls() -> None:
    column = pa.array([*ARROW.to_pylist(), None], pa.timestamp("us", "UTC"))
    told = columns.add(office, column, HOUR, errors="null")
    assert told.values.to_pylist() == [*later(1), None]
    assert told.reasons.to_pylist() == ["", "", "", "missing"]


@pytest.mark.parametrize(
    "column",
    [
        np.array([1_767_603_600_000_000_001], "M8[ns]"),
        pa.array([1_767_603_600_000_000_001], pa.timestamp("ns", "UTC")),
    ],
)
def test_what_is_finer_than_a_microsecond_is_not_cut_off(column: Any) -> None:
    with pytest.raises(DefinitionError) as error:
        columns.is_open(office, column)
    assert str(error.value) == ("row 0: a value is finer than a microsecond; correct it, or pass `errors='null'`")


def test_hours_that_do_not_suffice_are_null() -> None:
    closing_down = BusinessCalendar(tz="UTC", hours={"mon-fri": "09:00-17:00"}, seasons={"2026-01-06": {}})
    starts = np.array(["2026-01-05T09:00"] * 4, "M8[us]")
    hours = np.array([1, 9, -1, 0], "m8[h]")
    told = columns.add(closing_down, starts, hours, errors="null")
    assert told.reasons.tolist() == ["", "never open", "", ""]
    assert told.values[[0, 2, 3]].tolist() == [
        datetime(2026, 1, 5, 10),
        datetime(2026, 1, 2, 16),
        datetime(2026, 1, 5, 9),
    ]
    assert columns.add(closing_down, starts[2:], hours[2:]).tolist() == told.values[2:].tolist()
    to_the_end = columns.add(closing_down, starts[[2, 2]], np.array([8, 9], "m8[h]"), errors="null")
    assert to_the_end.reasons.tolist() == ["", "never open"]
    assert to_the_end.values.tolist() == [datetime(2026, 1, 5, 17), None]
    opening = BusinessCalendar(tz="UTC", hours={}, seasons={"2026-01-05": {"mon-fri": "09:00-17:00"}})
    back = columns.add(
        opening, np.array(["2026-01-05T10:00"] * 2, "M8[us]"), np.array([-1, -2], "m8[h]"), errors="null"
    )
    assert back.reasons.tolist() == ["", "never open"]


def test_the_longest_amount_and_the_latest_start_need_not_be_of_one_row() -> None:
    """Together they would be more than there is; each row by itself is answered."""
    closing_down = BusinessCalendar(tz="UTC", hours={"mon-fri": "09:00-17:00"}, seasons={"2026-02-02": {}})
    starts = np.array(["2026-01-05T09:00", "2026-01-30T09:00"], "M8[us]")
    found = columns.add(closing_down, starts, np.array([160, 8], "m8[h]"))
    assert found.tolist() == [datetime(2026, 1, 30, 17)] * 2
    told = columns.add(closing_down, starts, np.array([161, 8], "m8[h]"), errors="null")
    assert told.reasons.tolist() == ["never open", ""]
    assert told.values.tolist() == [None, datetime(2026, 1, 30, 17)]


def test_missing_starts_leave_the_other_rows_as_they_are() -> None:
    closing_down = BusinessCalendar(tz="UTC", hours={"mon-fri": "09:00-17:00"}, seasons={"2026-01-06": {}})
    starts = np.array(["2026-01-05T09:00", "NaT", "2026-01-05T09:00"], "M8[us]")
    told = columns.add(closing_down, starts, np.array([1, 1, 9], "m8[h]"), errors="null")
    assert told.reasons.tolist() == ["", "missing", "never open"]
    nothing = columns.is_open(office, np.array(["NaT", "NaT"], "M8[us]"), errors="null")
    assert nothing.values.tolist() == [None, None]


@pytest.mark.parametrize(
    ("start", "hours", "error"),
    [
        ("1880-01-01", 1, InstantRangeError),
        ("1980-01-01", 1, UnknownYearError),
        ("2100-12-30", 500, UnknownYearError),
    ],
)
def test_the_first_row_without_an_answer_raises_its_own_error(start: str, hours: int, error: type[Exception]) -> None:
    german = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"}, holidays="DE")
    column = np.array(["2026-01-05T09:00", start], "M8[us]")
    with pytest.raises(error, match=r"^row 1: .*; correct it, or pass `errors='null'`$"):
        columns.add(german, column, hours * HOUR)


def test_an_open_question_about_a_closed_calendar_raises_too() -> None:
    with pytest.raises(NeverOpenError, match=r"^row 0: no opening hours after"):
        columns.add(BusinessCalendar(tz="UTC", hours={}), NUMPY, HOUR)


def test_a_missing_value_raises_with_its_row() -> None:
    with pytest.raises(DefinitionError) as error:
        columns.is_open(office, np.array(["2026-01-05", "NaT"], "M8[us]"))
    assert str(error.value) == "row 1: a value is missing; correct it, or pass `errors='null'`"


def test_the_choice_what_to_do_is_checked() -> None:
    with pytest.raises(DefinitionError) as error:
        columns.is_open(office, NUMPY, errors="nul")  # type: ignore[arg-type]
    assert str(error.value) == "`errors` is `nul`; expected `raise`, `null`; did you mean `null`?"


# What 64 bits cannot say

MOST = np.iinfo(np.int64).max


@pytest.mark.parametrize(
    "column",
    [
        np.array([MOST // 1_000_000 + 1, 0], "M8[s]"),
        np.array([-(10**15), 0], "M8[Y]"),
        # So many seconds too many that the microseconds come round to this year again.
        pa.array([2**64 // 1_000_000 + 1_767_603_600, 0], pa.timestamp("s", "UTC")),
    ],
)
def test_an_instant_beyond_microseconds_is_out_of_range(column: Any) -> None:
    told = columns.is_open(office, column, errors="null")
    assert next(iter(told.reasons)) in ("out of range", pa.scalar("out of range"))
    with pytest.raises(InstantRangeError, match=r"^row 0: a value is out of range; correct it"):
        columns.is_open(office, column)


@pytest.mark.parametrize("amount", [np.timedelta64(MOST, "us"), np.timedelta64(-MOST, "us")])
def test_more_than_all_of_time_is_never_reached(amount: np.timedelta64) -> None:
    """The open time before a start and the amount would not fit into 64 bits together."""
    told = columns.add(office, NUMPY, np.array([amount] * 3), errors="null")
    assert told.reasons.tolist() == ["out of range"] * 3
    assert np.isnat(told.values).all()


def test_all_of_time_back_from_a_time_long_before_the_first_that_was_asked_for() -> None:
    """What is open before a start is negative there, so that it and the amount would come round to the other side."""
    calendar = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"})
    assert columns.is_open(calendar, NUMPY).tolist() == OPEN
    long_ago = np.array(["2001-01-03T09:00"] * 2, "M8[us]")
    told = columns.add(calendar, long_ago, np.array([-MOST, -3_600_000_000], "m8[us]"), errors="null")
    assert told.reasons.tolist() == ["out of range", ""]
    assert told.values.tolist() == [None, datetime(2001, 1, 3, 8)]


@pytest.mark.parametrize("amount", [timedelta.max, timedelta.min])
def test_a_duration_longer_than_64_bits_is_counted_like_a_single_one(amount: timedelta) -> None:
    with pytest.raises(InstantRangeError):
        office.add(datetime(2026, 1, 5, 9, tzinfo=UTC), amount)
    assert columns.add(office, NUMPY, amount, errors="null").reasons.tolist() == ["out of range"] * 3


@pytest.mark.parametrize("unit", ["M", "Y"])
def test_months_have_no_one_length(unit: str) -> None:
    with pytest.raises(DefinitionError) as error:
        columns.add(office, NUMPY, np.array([1, 1, 1], f"m8[{unit}]"))
    assert str(error.value) == (
        f"the durations are `timedelta64[{unit}]`, whose unit has no fixed length; convert them, such as to `m8[us]`"
    )


def test_numbers_without_a_unit_are_no_durations() -> None:
    with pytest.raises(DefinitionError, match=r"^the durations are `timedelta64`, whose unit has no fixed length"):
        columns.add(office, NUMPY, np.array([1, 1, 1]).view("m8"))


def test_durations_of_another_kind_are_refused() -> None:
    for wrong in (5, None, [HOUR] * 3):
        with pytest.raises(DefinitionError) as error:
            columns.add(office, NUMPY, wrong)
        assert str(error.value) == (
            "the durations are not a column of durations; expected numpy `timedelta64`, pyarrow arrays, series of a "
            "frame, and one `timedelta` for all rows"
        )


# A calendar per row

night = BusinessCalendar(tz="UTC", hours={"mon-sun": "20:00-06:00"})
BOTH = {"office": office, "night": night, "unused": night}


@pytest.mark.parametrize("names", [["office", "night", "night"], pa.array(["office", "night", "night"])])
def test_each_row_may_have_its_own_calendar(names: Any) -> None:
    assert columns.is_open(BOTH, NUMPY, by=names).tolist() == [True, True, False]


def test_a_row_without_a_known_calendar_has_no_answer() -> None:
    told = columns.is_open(BOTH, NUMPY, by=["office", "nigth", None], errors="null")
    assert told.values.tolist() == [True, None, None]
    assert told.reasons.tolist() == ["", "unknown calendar", "unknown calendar"]
    with pytest.raises(DefinitionError) as error:
        columns.is_open(BOTH, NUMPY, by=["office", "nigth", None])
    assert str(error.value) == (
        "row 1: `nigth` is not the name of a calendar; expected `office`, `night`, `unused`; did you mean `night`?; "
        "correct it, or pass `errors='null'`"
    )


def test_rows_keep_their_reasons_by_calendar() -> None:
    closed = BusinessCalendar(tz="UTC", hours={})
    choice = {"office": office, "closed": closed}
    told = columns.add(choice, NUMPY, HOUR, by=["closed", "office", "office"], errors="null")
    assert told.reasons.tolist() == ["never open", "", ""]
    with pytest.raises(NeverOpenError, match=r"^row 0: "):
        columns.add(choice, NUMPY, HOUR, by=["closed", "office", "office"])


def test_several_calendars_need_a_name_for_every_row() -> None:
    with pytest.raises(DefinitionError) as error:
        columns.is_open(BOTH, NUMPY)
    assert str(error.value) == (
        "several calendars are given (`office`, `night`, `unused`) but no column `by` that names one for each row"
    )
    with pytest.raises(DefinitionError) as error:
        columns.is_open(BOTH, NUMPY, by=["office"])
    assert str(error.value) == "`by` names calendars for 1 rows, but there are 3; give one for each"


@pytest.mark.parametrize(
    ("calendars", "by", "message"),
    [
        ({}, ["office"] * 3, "no calendar is given; give at least one by its name"),
        (BOTH, "office", "`by` is `office`, not a column; give the name of a calendar for each row"),
        (BOTH, 5, "`by` is `5`, not a column; give the name of a calendar for each row"),
        (
            office,
            ["office"] * 3,
            "`by` names a calendar for each row, but only one is given; give a mapping of names to calendars",
        ),
        (
            {"office": None},
            ["office"] * 3,
            "`None` is not a calendar; expected a `BusinessCalendar` or a combination by `|`, `&` and `-`",
        ),
        (
            None,
            None,
            "`None` is not a calendar; expected a `BusinessCalendar` or a combination by `|`, `&` and `-`",
        ),
    ],
)
def test_what_names_no_calendars_is_refused(calendars: Any, by: Any, message: str) -> None:
    with pytest.raises(DefinitionError) as error:
        columns.is_open(calendars, NUMPY, by=by)
    assert str(error.value) == message


# Without the extra


def without(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    found = builtins.__import__

    def import_others(name: str, *rest: object) -> object:
        if name == package:
            raise ImportError(name)
        return found(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", import_others)


def test_numpy_missing_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "numpy")
    monkeypatch.delitem(sys.modules, "supportcore.calendars.columns.questions")
    with pytest.raises(MissingExtraError) as error:
        import_module("supportcore.calendars.columns.questions")
    assert str(error.value) == ("whole columns need numpy; install it with `pip install 'supportcore[columns]'`")


def test_other_columns_need_the_other_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "narwhals")
    assert columns.is_open(office, NUMPY).tolist() == OPEN
    with pytest.raises(MissingExtraError) as error:
        columns.is_open(office, ARROW)
    assert str(error.value) == (
        "columns other than numpy arrays need pyarrow and narwhals; "
        "install them with `pip install 'supportcore[columns]'`"
    )


# Every row its own values, every question its own words


def test_each_column_is_called_by_its_name_in_its_errors() -> None:
    asks: list[tuple[str, Any]] = [
        ("the starts", lambda wrong: columns.between(office, wrong, NUMPY)),
        ("the ends", lambda wrong: columns.between(office, NUMPY, wrong)),
        ("the starts", lambda wrong: columns.add(office, wrong, HOUR)),
        ("the instants", lambda wrong: columns.is_open(office, wrong)),
    ]
    for name, ask in asks:
        with pytest.raises(DefinitionError) as error:
            ask([1])
        assert str(error.value) == f"{name} are not a column of instants; {ACCEPTED}"


def test_every_question_may_have_a_calendar_per_row_and_rows_without_an_answer() -> None:
    """CAL-4 to CAL-6: what is known is exact beside what is missing, not known, or not named."""
    names = ["office", "night", "office", "nigth"]
    starts = np.array([*TIMES[:2], "NaT", TIMES[0]], "M8[us]")
    ends = starts + np.timedelta64(1, "D")
    told = columns.between(BOTH, starts, ends, by=names, errors="null")
    assert (told.values.dtype, told.values.tolist()) == (np.dtype("m8[us]"), [8 * HOUR, 10 * HOUR, None, None])
    assert told.reasons.tolist() == ["", "", "missing", "unknown calendar"]
    told = columns.add(BOTH, starts, np.array([8, 10, 1, 1], "m8[h]"), by=names, errors="null")
    assert told.values.dtype == np.dtype("M8[us]")
    assert told.values.tolist() == [datetime(2026, 1, 6, 9), datetime(2026, 1, 6, 6), None, None]
    told = columns.is_open(BOTH, starts, by=names, errors="null")
    assert told.values.tolist() == [True, True, None, None]
    assert all(type(value) is bool for value in told.values[:2])
    with pytest.raises(DefinitionError, match=r"^row 2: a value is missing; correct it"):
        columns.between(BOTH, starts, ends, by=names)


def test_a_row_with_an_error_raises_the_error_of_a_single_call() -> None:
    german = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"}, holidays="DE")
    unknown = np.array([TIMES[0], "1980-01-01T09:00"], "M8[us]")
    far = datetime(1980, 1, 1, 9, tzinfo=UTC)
    asks: list[tuple[Any, Any]] = [
        (
            lambda: columns.between(german, NUMPY[:2], unknown),
            lambda: german.between(NUMPY[1].item().replace(tzinfo=UTC), far),
        ),
        (lambda: columns.between(german, unknown, NUMPY[:2]), lambda: german.between(far, far)),
        (lambda: columns.add(german, unknown, HOUR), lambda: german.add(far, HOUR)),
        (lambda: columns.is_open({"de": german}, unknown, by=["de", "de"]), lambda: german.is_open(far)),
    ]
    for ask, single in asks:
        with pytest.raises(UnknownYearError) as wanted:
            single()
        with pytest.raises(UnknownYearError) as error:
            ask()
        assert str(error.value) == f"row 1: {wanted.value}; correct it, or pass `errors='null'`"


@pytest.mark.parametrize(
    ("holidays", "reason"), [("DE", "unknown year"), (None, "out of range")], ids=["some years", "all of time"]
)
def test_the_first_and_the_last_known_instant_have_answers(holidays: str | None, reason: str) -> None:
    """G-4, CAL-11: what a calendar knows begins with its first instant and ends before its last."""
    calendar = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"}, holidays=holidays)
    first, last = calendar.compiled.cover.first, calendar.compiled.cover.last
    edges = np.array([first - 1, first, last - 1, last])
    told = columns.is_open(calendar, edges.view("M8[us]"), errors="null")
    assert told.reasons.tolist() == [reason, "", "", reason]
    assert told.values.tolist() == [None, False, False, None]
    for known in (first, last - 1):
        assert columns.is_open(calendar, np.array([known]).view("M8[us]")).tolist() == [False]
    for unknown in (first - 1, last):
        with pytest.raises((UnknownYearError, InstantRangeError), match=r"^row 0: "):
            columns.is_open(calendar, np.array([unknown]).view("M8[us]"))


def test_a_missing_value_leaves_the_others_exact() -> None:
    starts = np.array([TIMES[0], "NaT"], "M8[us]")
    flags = columns.is_open(office, starts, errors="null").values
    assert flags[0] is True
    between = columns.between(office, starts, starts + np.timedelta64(1, "D"), errors="null").values
    assert between.tolist() == [8 * HOUR, None]
    added = columns.add(office, starts, HOUR, errors="null").values
    assert added.tolist() == [later(1)[0].replace(tzinfo=None), None]


def test_no_rows_have_answers_of_the_same_kind_as_many() -> None:
    none = NUMPY[:0]
    assert columns.between(office, none, none).dtype == "m8[us]"
    assert columns.add(office, none, HOUR).dtype == "M8[us]"
    assert columns.is_open(office, none).dtype == np.bool_
