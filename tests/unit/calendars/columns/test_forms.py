"""Columns read and written: bounds, codes and units of every form, and answers back in the form that was given."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from supportcore import DefinitionError, NaiveDatetimeError
from supportcore.calendars.columns.forms import (
    FINER,
    MISSING,
    NUMPY,
    OUT_OF_RANGE,
    Column,
    Form,
    labels_of,
    read_durations,
    read_instants,
    read_names,
)
from supportcore.calendars.columns.kernels import BLOCK

MOST = np.iinfo(np.int64).max
NEW_YEAR = 1_767_225_600
INSTANTS = "expected numpy `datetime64` in UTC, pyarrow arrays, and series of a frame; their instants have a zone"
DURATIONS = "expected numpy `timedelta64`, pyarrow arrays, series of a frame, and one `timedelta` for all rows"


def codes(column: Column) -> list[int] | None:
    return None if column.codes is None else column.codes.tolist()


# Bounds


@pytest.mark.parametrize(
    ("values", "without", "bounds"),
    [
        ([5, 1, 9], None, (1, 9)),
        ([5, 1, 9], [0, 0, 1], (1, 5)),
        ([5, 1, 9], [0, 2, 3], (5, 5)),
        ([5, 1, 9], [1, 1, 1], (0, 0)),
        ([], None, (0, 0)),
    ],
)
def test_bounds_are_those_of_the_values_that_there_are(
    values: list[int], without: list[int] | None, bounds: tuple[int, int]
) -> None:
    given = None if without is None else np.array(without, np.int8)
    column = Column.of(np.array(values, np.int64), given, NUMPY)
    assert (column.low, column.high) == bounds
    assert column.micros.tolist() == values
    assert codes(column) == without
    assert column.form is NUMPY


@pytest.mark.parametrize(("lowest", "highest"), [(0, -1), (-1, 0), (7 * BLOCK, 1), (BLOCK, 5 * BLOCK)])
def test_bounds_of_a_long_column_may_stand_in_any_row(lowest: int, highest: int) -> None:
    micros = np.full(9 * BLOCK + 3, 5)
    micros[lowest], micros[highest] = -7, 9
    column = Column.of(micros, None, NUMPY)
    assert (column.low, column.high) == (-7, 9)


def test_some_rows_of_a_column_keep_their_codes_and_form() -> None:
    column = Column.of(np.array([5, 1, 9]), np.array([0, 0, 3], np.int8), NUMPY)
    some = column.rows(np.array([2, 0]))
    assert (some.micros.tolist(), codes(some), some.form) == ([9, 5], [3, 0], NUMPY)
    assert (some.low, some.high) == (5, 5)
    whole = Column.of(np.array([5, 1, 9]), None, NUMPY).rows(np.array([1, 2]))
    assert (whole.micros.tolist(), codes(whole), whole.form) == ([1, 9], None, NUMPY)


# Numpy


@pytest.mark.parametrize(
    ("duration", "micros"),
    [
        (timedelta(microseconds=-7), -7),
        (timedelta.max, MOST),
        (timedelta.min, -MOST),
        (timedelta(microseconds=MOST - 1), MOST - 1),
    ],
)
def test_one_duration_is_that_of_every_row(duration: timedelta, micros: int) -> None:
    column = read_durations(duration, "the durations", 3)
    assert (column.micros.dtype, column.micros.tolist()) == (np.int64, [micros] * 3)
    assert (column.low, column.high, column.codes, column.form) == (micros, micros, None, NUMPY)


@pytest.mark.parametrize("unit", ["Y", "M", "W", "D", "h", "m", "s", "ms", "us", "ns"])
def test_instants_of_any_unit_are_microseconds(unit: str) -> None:
    given = np.array(["2026-01-01", "2026-01-01"], "M8[D]").astype(f"M8[{unit}]")
    column = read_instants(given, "the instants")
    assert column.micros.dtype == np.int64
    # The week that numpy counts in begins on a Thursday, as 1 January 2026 was one.
    assert column.micros.tolist() == [NEW_YEAR * 1_000_000] * 2
    assert column.codes is None


@pytest.mark.parametrize(("unit", "per_microsecond"), [("ns", 10**3), ("ps", 10**6), ("fs", 10**9), ("as", 10**12)])
def test_units_finer_than_a_microsecond_are_read_where_they_are_whole(unit: str, per_microsecond: int) -> None:
    counts = np.array([per_microsecond, per_microsecond + 1, -per_microsecond, np.iinfo(np.int64).min])
    for given, column in (
        (counts.view(f"M8[{unit}]"), read_instants(counts.view(f"M8[{unit}]"), "the instants")),
        (counts.view(f"m8[{unit}]"), read_durations(counts.view(f"m8[{unit}]"), "the durations", 4)),
    ):
        assert codes(column) == [0, FINER, 0, MISSING], given.dtype
        assert column.micros[[0, 2]].tolist() == [1, -1]
        assert (column.low, column.high) == (-1, 1)


def test_missing_values_are_no_bounds() -> None:
    column = read_instants(np.array(["2026-01-01", "NaT"], "M8[us]"), "the instants")
    assert codes(column) == [0, MISSING]
    assert (column.low, column.high) == (NEW_YEAR * 1_000_000, NEW_YEAR * 1_000_000)
    coarse = read_instants(np.array(["NaT", "2026-01-01"], "M8[D]"), "the instants")
    assert codes(coarse) == [MISSING, 0]
    beyond = read_durations(np.array([MOST // 1000, 1, MOST // 1_000_000], "m8[s]"), "the durations", 3)
    assert codes(beyond) == [OUT_OF_RANGE, 0, 0]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            np.array([["2026-01-01"]], "M8[us]"),
            f"the instants are `datetime64[us]` in 2 dimensions, not one column of instants; {INSTANTS}",
        ),
        (
            np.array([1], "m8[us]"),
            f"the instants are `timedelta64[us]` in 1 dimensions, not one column of instants; {INSTANTS}",
        ),
        (
            np.array([0]).view("M8"),
            "the instants are `datetime64`, whose unit has no fixed length; convert them, such as to `M8[us]`",
        ),
        (pa.array([1], pa.duration("us")), f"the instants are `duration[us]`, not instants; {INSTANTS}"),
    ],
)
def test_what_is_no_column_of_instants_says_so(given: Any, message: str) -> None:
    with pytest.raises(DefinitionError) as error:
        read_instants(given, "the instants")
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            np.array([1]),
            f"the durations are `int64` in 1 dimensions, not one column of durations; {DURATIONS}",
        ),
        (
            np.array(["2026-01-01"], "M8[us]"),
            f"the durations are `datetime64[us]` in 1 dimensions, not one column of durations; {DURATIONS}",
        ),
        (
            np.array([1]).view("m8"),
            "the durations are `timedelta64`, whose unit has no fixed length; convert them, such as to `m8[us]`",
        ),
        (pa.array([1], pa.timestamp("us")), f"the durations are `timestamp[us]`, not durations; {DURATIONS}"),
        ("4 h", f"the durations are not a column of durations; {DURATIONS}"),
    ],
)
def test_what_is_no_column_of_durations_says_so(given: Any, message: str) -> None:
    with pytest.raises(DefinitionError) as error:
        read_durations(given, "the durations", 1)
    assert str(error.value) == message


def written(form: Form, without: list[bool] | None) -> list[Any]:
    """Microseconds 0 and 1, and the flags no and yes, as a form writes them."""
    mask = None if without is None else np.array(without)
    return [
        form.instants(np.array([0, 1]), mask),
        form.durations(np.array([0, 1]), mask),
        form.flags(np.array([False, True]), mask),
        form.texts(["", "missing"]),
    ]


def test_answers_of_numpy() -> None:
    instants, durations, flags, texts = written(NUMPY, None)
    assert (instants.dtype, instants.astype(int).tolist()) == ("M8[us]", [0, 1])
    assert (durations.dtype, durations.astype(int).tolist()) == ("m8[us]", [0, 1])
    assert (flags.dtype, flags.tolist()) == (np.bool_, [False, True])
    assert (texts.dtype, texts.tolist()) == (object, ["", "missing"])
    instants, durations, flags, _ = written(NUMPY, [False, True])
    assert np.isnat(instants).tolist() == np.isnat(durations).tolist() == [False, True]
    assert flags.tolist() == [False, None]
    assert NUMPY.labels is None


# Pyarrow


def stamps(unit: str, *counts: int | None, tz: str = "Europe/Berlin") -> Any:
    return pa.array(counts, pa.timestamp(unit, tz))


@pytest.mark.parametrize(("unit", "per_second"), [("s", 1), ("ms", 10**3), ("us", 10**6), ("ns", 10**9)])
def test_arrow_units_are_microseconds(unit: str, per_second: int) -> None:
    column = read_instants(stamps(unit, NEW_YEAR * per_second, None, -per_second), "the instants")
    assert column.micros.dtype == np.int64
    assert column.micros[[0, 2]].tolist() == [NEW_YEAR * 1_000_000, -1_000_000]
    assert codes(column) == [0, MISSING, 0]
    assert (column.low, column.high) == (-1_000_000, NEW_YEAR * 1_000_000)
    amounts = read_durations(pa.array([3 * per_second], pa.duration(unit)), "the durations", 1)
    assert (amounts.micros.tolist(), amounts.codes) == ([3_000_000], None)


def test_arrow_values_beyond_microseconds_have_codes() -> None:
    finer = read_instants(stamps("ns", 1000, 1001, None, -1000), "the instants")
    assert codes(finer) == [0, FINER, MISSING, 0]
    assert finer.micros[[0, 3]].tolist() == [1, -1]
    beyond = read_instants(stamps("ms", MOST // 1000, MOST // 1000 + 1, None), "the instants")
    assert codes(beyond) == [0, OUT_OF_RANGE, MISSING]
    assert beyond.micros[0] == MOST // 1000 * 1000


def test_arrow_instants_have_a_zone_and_durations_need_none() -> None:
    with pytest.raises(NaiveDatetimeError) as error:
        read_instants(pa.array([1], pa.timestamp("s")), "the starts")
    assert str(error.value) == "the starts have no time zone; give the column one, such as `UTC`"
    assert read_durations(pa.array([1], pa.duration("s")), "the durations", 1).low == 1_000_000


@pytest.mark.parametrize("chunked", [False, True])
def test_answers_of_arrow(chunked: bool) -> None:
    given = stamps("s", 0, 1)
    form = read_instants(pa.chunked_array([given[:1], given[1:]]) if chunked else given, "the instants").form
    kind = pa.ChunkedArray if chunked else pa.Array
    types = [pa.timestamp("us", "Europe/Berlin"), pa.duration("us"), pa.bool_(), pa.string()]
    for without, flags in ((None, [False, True]), ([False, True], [False, None])):
        answers = written(form, without)
        assert all(isinstance(answer, kind) for answer in answers)
        assert [answer.type for answer in answers] == types
        instants = [None if value is None else value.timestamp() for value in answers[0].to_pylist()]
        assert instants == ([0.0, 0.000001] if without is None else [0.0, None])
        assert answers[1].is_null().to_pylist() == (without or [False, False])
        assert answers[2].to_pylist() == flags
        assert answers[3].to_pylist() == ["", "missing"]
    assert form.texts([]).type == pa.string()
    assert form.labels is None


def test_instants_returned_for_durations_are_in_utc() -> None:
    form = read_durations(pa.array([1], pa.duration("s")), "the durations", 1).form
    assert form.instants(np.array([0]), None).type == pa.timestamp("us", "UTC")


# Frames


def test_series_without_a_name_have_answers_without_one() -> None:
    pandas = pytest.importorskip("pandas")
    given = pandas.Series([datetime(2026, 1, 5, tzinfo=UTC)] * 2, index=["a", "b"])
    column = read_instants(given, "the instants")
    assert column.form.labels.equals(given.index)
    for answer in written(column.form, [False, True]):
        assert answer.name is None
        assert list(answer.index) == ["a", "b"]
    named = written(read_instants(given.rename("opened"), "the instants").form, None)
    assert [answer.name for answer in named] == ["opened"] * 4


def test_only_some_frames_label_their_rows() -> None:
    pandas = pytest.importorskip("pandas")
    series = pandas.Series(["office"], index=[7])
    assert labels_of(series).equals(series.index)
    assert [labels_of(other) for other in (["office"], ("office",), np.array(["office"]), pa.array(["office"]))] == [
        None
    ] * 4


# Names


def test_names_are_texts_or_none() -> None:
    for given in (["a", None, 3], ("a", None, 3), np.array(["a", None, 3], object)):
        names = read_names(given)
        assert (names.dtype, names.tolist()) == (object, ["a", None, None])
    assert read_names(pa.array(["a", None])).tolist() == ["a", None]
    assert read_names([]).tolist() == []


@pytest.mark.parametrize("unit", ["us", "ns", "s"])
def test_a_masked_row_is_a_missing_row(unit: str) -> None:
    given = np.ma.masked_array(np.array([NEW_YEAR, NEW_YEAR], "M8[s]").astype(f"M8[{unit}]"), mask=[False, True])
    column = read_instants(given, "starts")
    assert codes(column) == [0, MISSING]
    amounts = np.ma.masked_array(np.array([1, 2], f"m8[{unit}]"), mask=[True, True])
    assert codes(read_durations(amounts.astype("m8[s]"), "durations", 2)) == [MISSING, MISSING]


def test_a_column_with_nothing_masked_has_every_row() -> None:
    given = np.ma.masked_array(np.array([NEW_YEAR], "M8[us]"))
    assert codes(read_instants(given, "starts")) is None


def test_one_duration_finer_than_a_microsecond_is_refused() -> None:
    with pytest.raises(DefinitionError, match="is finer than a microsecond"):
        read_durations(pd.Timedelta(1, "ns"), "durations", 2)
