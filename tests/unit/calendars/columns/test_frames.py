"""Series of pandas and polars: answers in their own form, on the rows that they belong to."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from supportcore import BusinessCalendar, DefinitionError, NaiveDatetimeError, always_open
from supportcore.calendars import columns
from supportcore.instants import zone

office = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"})
BOTH = {"office": office, "always": always_open("UTC")}
HOUR = timedelta(hours=1)

# Monday 5 January 2026: inside, closed, and at the closing.
OPENED = [datetime(2026, 1, 5, hour, tzinfo=UTC).astimezone(zone("Europe/Berlin")) for hour in (9, 20, 16)]
LATER = [office.add(opened, HOUR) for opened in OPENED]
LABELS = [7, 3, 5]


def pandas_series(values: list[Any], labels: list[int] = LABELS) -> Any:
    return pytest.importorskip("pandas").Series(values, name="opened", index=labels)


def polars_series(values: list[Any]) -> Any:
    polars = pytest.importorskip("polars")
    made = polars.Series("opened", values)
    return made.dt.convert_time_zone("Europe/Berlin") if made.dtype == polars.Datetime else made


SERIES = [pytest.param(pandas_series, id="pandas"), pytest.param(polars_series, id="polars")]


@pytest.mark.parametrize("series", SERIES)
def test_the_answers_are_series_with_the_name_and_zone_of_the_one_given(series: Any) -> None:
    given = series(OPENED)
    found = columns.add(office, given, HOUR)
    assert type(found) is type(given)
    assert found.name == "opened"
    assert "Europe/Berlin" in str(found.dtype)
    assert list(found) == LATER
    assert list(columns.add(office, given, series([HOUR] * 3))) == LATER
    assert list(columns.between(office, given, given + HOUR)) == [HOUR, timedelta(), timedelta()]
    assert list(columns.is_open(office, given)) == [True, False, False]


@pytest.mark.parametrize("series", SERIES)
def test_rows_without_an_answer_are_null_or_an_error(series: Any) -> None:
    given = series([OPENED[0], None, datetime(1850, 1, 1, tzinfo=UTC).astimezone(zone("Europe/Berlin"))])
    told = columns.add(office, given, HOUR, errors="null")
    assert next(iter(told.values)) == LATER[0]
    assert [value == value and value is not None for value in told.values] == [True, False, False]
    assert list(told.reasons) == ["", "missing", "out of range"]
    assert type(told.reasons) is type(given)
    assert list(columns.is_open(office, given, errors="null").values) == [True, None, None]
    with pytest.raises(DefinitionError, match=r"^row 1: a value is missing; correct it"):
        columns.add(office, given, HOUR)


@pytest.mark.parametrize("series", SERIES)
def test_each_row_may_name_its_calendar(series: Any) -> None:
    names = series(["office", "always", "office"])
    assert list(columns.is_open(BOTH, series(OPENED), by=names)) == [True, True, False]
    assert list(columns.is_open(BOTH, series(OPENED), by=["office", "always", "office"])) == [True, True, False]


def test_instants_without_a_zone_are_refused() -> None:
    for given in (pandas_series(OPENED).dt.tz_localize(None), polars_series(OPENED).dt.replace_time_zone(None)):
        with pytest.raises(NaiveDatetimeError, match=r"^the instants have no time zone; give the column one"):
            columns.is_open(office, given)


@pytest.mark.parametrize("series", SERIES)
def test_a_whole_frame_is_no_column(series: Any) -> None:
    with pytest.raises(DefinitionError, match=r"^the instants are not a column of instants"):
        columns.is_open(office, series(OPENED).to_frame())


def test_answers_keep_the_labels_of_their_rows() -> None:
    """A frame of which some rows were taken, or that was sorted, gets each answer where its question was."""
    frame = pandas_series(OPENED).to_frame()
    chosen = frame[frame["opened"] > OPENED[0]]
    frame["due"] = columns.add(office, chosen["opened"], HOUR)
    assert list(frame["due"].isna()) == [True, False, False]
    assert list(frame["due"])[1:] == LATER[1:]
    told = columns.is_open(office, frame["opened"], errors="null")
    assert list(told.values.index) == list(told.reasons.index) == LABELS


def test_columns_that_label_their_rows_differently_are_refused() -> None:
    message = (
        "the columns label their rows differently, so their rows do not match; "
        "take them from one frame, or align them first"
    )
    given = pandas_series(OPENED)
    for ask in (
        lambda: columns.between(office, given, pandas_series(OPENED, [3, 5, 7])),
        lambda: columns.add(office, given, pandas_series([HOUR] * 3, [0, 1, 2])),
        lambda: columns.is_open(BOTH, given, by=pandas_series(["office"] * 3, [0, 1, 2])),
    ):
        with pytest.raises(DefinitionError) as error:
            ask()
        assert str(error.value) == message
    ends = np.array([opened.astimezone(UTC).replace(tzinfo=None) for opened in LATER], "M8[us]")
    assert list(columns.between(office, given, ends)) == [HOUR] * 3


def test_a_frame_of_polars_takes_the_answers_as_a_column() -> None:
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"opened": polars_series(OPENED), "calendar": ["office", "always", "office"]})
    names = frame["calendar"].cast(polars.Categorical)
    with_due = frame.with_columns(due=columns.add(BOTH, frame["opened"], HOUR, by=names))
    assert with_due["due"].to_list() == [LATER[0], OPENED[1] + HOUR, LATER[2]]


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_any_unit_of_polars(unit: str) -> None:
    assert list(columns.add(office, polars_series(OPENED).dt.cast_time_unit(unit), HOUR)) == LATER
