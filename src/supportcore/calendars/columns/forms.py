"""Columns of instants and durations as integer arrays, and results in the form of the given column.

Numpy arrays hold UTC instants (`datetime64`); pyarrow arrays and series of any frame that narwhals knows hold instants
with a time zone. A result has the form of the given column, and its instants have the column's zone.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from supportcore.calendars.columns.kernels import BLOCK, Instants, blocks
from supportcore.errors import DefinitionError, MissingExtraError, NaiveDatetimeError
from supportcore.instants import SECOND, micros_of

REASONS = ("", "missing", "finer than a microsecond", "out of range", "unknown year", "never open", "unknown calendar")
MISSING, FINER, OUT_OF_RANGE, UNKNOWN_YEAR, NEVER_OPEN, UNKNOWN_CALENDAR = range(1, len(REASONS))

NOT_A_TIME = int(np.iinfo(np.int64).min)
# The microseconds that 64 bits hold, without the first year, where numpy overflows as it rounds down to a coarser unit.
HELD = (366 * 86_400 * SECOND - np.iinfo(np.int64).max, np.iinfo(np.int64).max)
FINER_UNITS = ("ns", "ps", "fs", "as")
PER_SECOND = {"s": 1, "ms": 1_000, "us": SECOND, "ns": 1_000 * SECOND}
ACCEPTED = {
    "instants": (
        "expected numpy `datetime64` in UTC, pyarrow arrays, and series of a frame; their instants have a zone"
    ),
    "durations": ("expected numpy `timedelta64`, pyarrow arrays, series of a frame, and one `timedelta` for all rows"),
}

Codes = NDArray[np.int8]


@frozen(eq=False)
class Form:
    """The form of a column: `instants`, `durations`, `flags` and `texts` turn arrays into columns of this form.

    Each takes the values and, if there are nulls, which rows are null. `labels` are a frame's row labels (the index of
    pandas), which the results carry too.
    """

    instants: Callable[[Instants, NDArray[np.bool_] | None], Any]
    durations: Callable[[Instants, NDArray[np.bool_] | None], Any]
    flags: Callable[[NDArray[np.bool_], NDArray[np.bool_] | None], Any]
    texts: Callable[[list[str]], Any]
    labels: Any = None


@frozen(eq=False)
class Column:
    """A column as microseconds, with a code of `REASONS` for each null and its form.

    `low` and `high` are the smallest and the greatest value.
    """

    micros: Instants
    codes: Codes | None
    form: Form
    low: int
    high: int

    @staticmethod
    def of(micros: Instants, codes: Codes | None, form: "Form") -> "Column":
        """Return the column of some values, with their bounds."""
        there = micros if codes is None else micros[codes == 0]
        # Block by block: the maximum finds the block in the cache.
        bounds = [(there[rows].min(), there[rows].max()) for rows in blocks(len(there), 4 * BLOCK)] or [(0, 0)]
        return Column(micros, codes, form, int(min(low for low, _ in bounds)), int(max(high for _, high in bounds)))

    def rows(self, rows: NDArray[np.intp]) -> "Column":
        """Return the column of some of its rows."""
        return Column.of(self.micros[rows], None if self.codes is None else self.codes[rows], self.form)


def read_instants(column: Any, where: str) -> Column:
    """Return a column of instants; raise `NaiveDatetimeError` if it has no zone."""
    return _read(column, where, "M", "instants")


def read_durations(column: Any, where: str, count: int) -> Column:
    """Return a column of durations; one `timedelta` becomes a column of `count` rows."""
    if isinstance(column, timedelta):
        most = np.iinfo(np.int64).max
        return Column.of(np.full(count, max(-most, min(micros_of(column), most)), np.int64), None, NUMPY)
    return _read(column, where, "m", "durations")


def read_names(column: Any) -> NDArray[np.object_]:
    """Return a column of names, with `None` for nulls; raise `DefinitionError` for anything else."""
    if isinstance(column, str) or not isinstance(column, Iterable):
        raise DefinitionError(f"`by` is `{column}`, not a column; give the name of a calendar for each row")
    values = column.to_pylist() if hasattr(column, "to_pylist") else list(column)
    names: NDArray[np.object_] = np.empty(len(values), dtype=object)
    names[:] = [value if isinstance(value, str) else None for value in values]
    return names


def _read(column: Any, where: str, kind: str, what: str) -> Column:
    if isinstance(column, np.ndarray):
        if column.dtype.kind != kind or column.ndim != 1:
            raise DefinitionError(
                f"{where} are `{column.dtype}` in {column.ndim} dimensions, not one column of {what}; {ACCEPTED[what]}"
            )
        unit, _ = np.datetime_data(column.dtype)
        if unit == "generic" or (kind == "m" and unit in ("Y", "M")):
            raise DefinitionError(
                f"{where} are `{column.dtype}`, whose unit has no fixed length; convert them, such as to `{kind}8[us]`"
            )
        if isinstance(column, np.ma.MaskedArray):
            column = np.where(np.ma.getmaskarray(column), np.array("NaT", column.dtype), column.data)
        return _read_numpy(column, f"{kind}8[us]", unit in FINER_UNITS)
    pyarrow, narwhals = _packages()
    if isinstance(column, pyarrow.Array | pyarrow.ChunkedArray):
        return _read_arrow(pyarrow, column, where, what, None)
    try:
        series = narwhals.from_native(column, series_only=True)
    except TypeError:
        raise DefinitionError(f"{where} are not a column of {what}; {ACCEPTED[what]}") from None
    labels = narwhals.maybe_get_index(series)

    def back(array: Any) -> Any:
        table = pyarrow.table({series.name or "": array})
        made = narwhals.from_arrow(table, backend=series.implementation)[series.name or ""].alias(series.name)
        return (made if labels is None else narwhals.maybe_set_index(made, index=labels)).to_native()

    return _read_arrow(pyarrow, series.to_arrow(), where, what, back, labels)


def labels_of(column: Any) -> Any:
    """Return the row labels of a column, or `None`."""
    if isinstance(column, np.ndarray | list | tuple):
        return None
    _, narwhals = _packages()
    series = narwhals.from_native(column, series_only=True, pass_through=True)
    return narwhals.maybe_get_index(series) if isinstance(series, narwhals.Series) else None


def _packages() -> tuple[Any, Any]:
    try:
        import narwhals
        import pyarrow
    except ImportError:
        raise MissingExtraError(
            "columns other than numpy arrays need pyarrow and narwhals; "
            "install them with `pip install 'supportcore[columns]'`"
        ) from None
    return pyarrow, narwhals


# Numpy


def _read_numpy(column: NDArray[Any], dtype: str, finer: bool) -> Column:
    if column.dtype == np.dtype(dtype):
        return _without_nat(column.view(np.int64))
    exact = _in_microseconds(column, dtype)
    missing = np.isnat(column)
    changed = (exact.astype(column.dtype) != column) & ~missing
    return Column.of(exact.view(np.int64), _codes(missing, changed, FINER if finer else OUT_OF_RANGE), NUMPY)


def _in_microseconds(column: NDArray[Any], dtype: str) -> NDArray[Any]:
    """Return the column in microseconds; a value that they cannot hold becomes not-a-time or wraps around."""
    try:
        return column.astype(dtype)
    except OverflowError:  # numpy 2.5 and later raise, earlier releases wrap around
        low, high = np.array(HELD, dtype).astype(column.dtype)
        held: NDArray[Any] = np.where((low < column) & (column <= high), column, np.array("NaT", column.dtype))
        return held.astype(dtype)


def _without_nat(micros: Instants) -> Column:
    column = Column.of(micros, None, NUMPY)
    if column.low != NOT_A_TIME:
        return column
    missing = micros == NOT_A_TIME
    return Column.of(micros, _codes(missing, np.zeros_like(missing), 0), NUMPY)


def _codes(missing: NDArray[np.bool_], changed: NDArray[np.bool_], why: int) -> Codes | None:
    """Return codes for nulls and for values that microseconds cannot represent, `None` without any."""
    if not missing.any() and not changed.any():
        return None
    return np.where(missing, MISSING, np.where(changed, why, 0)).astype(np.int8)


def _numpy_times(dtype: str) -> Callable[[Instants, NDArray[np.bool_] | None], Any]:
    def write(values: Instants, without: NDArray[np.bool_] | None) -> Any:
        times = values.view(dtype)
        if without is not None:
            times[without] = np.array("NaT", dtype)
        return times

    return write


def _numpy_flags(values: NDArray[np.bool_], without: NDArray[np.bool_] | None) -> Any:
    if without is None:
        return values
    flags = values.astype(object)
    flags[without] = None
    return flags


def _numpy_texts(texts: list[str]) -> Any:
    return np.array(texts, dtype=object)


NUMPY = Form(_numpy_times("M8[us]"), _numpy_times("m8[us]"), _numpy_flags, _numpy_texts)


# Pyarrow, and through it every other frame


def _read_arrow(
    pyarrow: Any, column: Any, where: str, what: str, back: Callable[[Any], Any] | None, labels: Any = None
) -> Column:
    given = column.combine_chunks() if isinstance(column, pyarrow.ChunkedArray) else column
    fits = pyarrow.types.is_timestamp(given.type) if what == "instants" else pyarrow.types.is_duration(given.type)
    if not fits:
        raise DefinitionError(f"{where} are `{given.type}`, not {what}; {ACCEPTED[what]}")
    zone = given.type.tz if what == "instants" else None
    if what == "instants" and zone is None:
        raise NaiveDatetimeError(f"{where} have no time zone; give the column one, such as `UTC`")
    missing = np.asarray(given.is_null())
    counts = np.asarray(given.view(pyarrow.int64()).fill_null(0)).astype(np.int64)
    per_second = PER_SECOND[given.type.unit]
    if per_second <= SECOND:
        exact = counts * (SECOND // per_second)
        codes = _codes(missing, exact // (SECOND // per_second) != counts, OUT_OF_RANGE)
    else:
        exact, rest = np.divmod(counts, per_second // SECOND)
        codes = _codes(missing, rest != 0, FINER)
    return Column.of(exact, codes, _arrow_form(pyarrow, zone, back or _in_chunks_like(pyarrow, column), labels))


def _in_chunks_like(pyarrow: Any, column: Any) -> Callable[[Any], Any]:
    if isinstance(column, pyarrow.ChunkedArray):
        return lambda array: pyarrow.chunked_array([array])
    return lambda array: array


def _arrow_form(pyarrow: Any, zone: str | None, back: Callable[[Any], Any], labels: Any) -> Form:
    def times(kind: Any) -> Callable[[Instants, NDArray[np.bool_] | None], Any]:
        return lambda values, without: back(pyarrow.array(values, pyarrow.int64(), mask=without).view(kind))

    return Form(
        times(pyarrow.timestamp("us", zone or "UTC")),
        times(pyarrow.duration("us")),
        lambda values, without: back(pyarrow.array(values, pyarrow.bool_(), mask=without)),
        lambda texts: back(pyarrow.array(texts, pyarrow.string())),
        labels,
    )
