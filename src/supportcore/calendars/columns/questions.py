"""Working time for whole columns, behind the extra `columns`.

Columns are numpy `datetime64` and `timedelta64` (instants in UTC), pyarrow arrays, or series of any frame that narwhals
knows (pandas, polars and others), whose instants have a zone.
"""

from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args

try:
    import numpy as np
except ImportError:
    from supportcore.errors import MissingExtraError

    raise MissingExtraError("whole columns need numpy; install it with `pip install 'supportcore[columns]'`") from None

from attrs import frozen
from numpy.typing import NDArray

from supportcore.calendars.columns.forms import (
    NEVER_OPEN,
    OUT_OF_RANGE,
    REASONS,
    UNKNOWN_CALENDAR,
    UNKNOWN_YEAR,
    Codes,
    Column,
    labels_of,
    read_durations,
    read_instants,
    read_names,
)
from supportcore.calendars.columns.kernels import (
    BLOCK,
    Instants,
    Openings,
    Writer,
    added,
    blocks,
    in_blocks,
    opened,
    openings_around,
    subtracted,
    worked,
)
from supportcore.calendars.engine.compiled import CompiledHours
from supportcore.calendars.engine.cover import FIRST, LAST
from supportcore.calendars.protocol import Calendar, compiled_of
from supportcore.errors import (
    DefinitionError,
    InstantRangeError,
    NeverOpenError,
    SupportcoreError,
    UnknownYearError,
    did_you_mean,
    listed,
)

OnError = Literal["raise", "null"]
Calendars = Calendar | Mapping[str, Calendar]

# Longer than what is open between any two instants, so that no sum of open time overflows.
LONGEST = LAST - FIRST + 1

CODES = ((NeverOpenError, NEVER_OPEN), (UnknownYearError, UNKNOWN_YEAR), (InstantRangeError, OUT_OF_RANGE))


@frozen(eq=False)
class Results:
    """Values with nulls, and for each null its reason in words; other rows have an empty reason."""

    values: Any
    reasons: Any


@frozen(eq=False)
class Question:
    """A calculation for every row: its columns, of which the first `instants` are instants, and its functions.

    `kernel` computes columns without nulls; `single` computes one row, to raise its error. `dtype` is the result's.
    """

    columns: tuple[Column, ...]
    instants: int
    kernel: Callable[..., tuple[Any, Codes | None]]
    single: Callable[..., object]
    dtype: type[np.int64] | type[np.bool_]


def between(calendar: Calendars, starts: Any, ends: Any, *, by: Any = None, errors: OnError = "raise") -> Any:
    """Return the open time from each start to its end, as `Calendar.between` does (CAL-5).

    `calendar` is one calendar for all rows, or a mapping of names to calendars with the column `by` of names. By
    default the first row without a result raises its error; with `errors="null"` the result is `Results`, with a null
    and a reason for each such row.

    >>> from supportcore import BusinessCalendar
    >>> office = BusinessCalendar(tz="UTC", hours={"mon-fri": "09:00-17:00"})
    >>> starts, ends = np.array(["2026-01-02T16:00"], "M8[us]"), np.array(["2026-01-05T10:00"], "M8[us]")
    >>> between(office, starts, ends).astype("m8[h]").tolist()
    [datetime.timedelta(seconds=7200)]
    """
    first, second = read_instants(starts, "the starts"), read_instants(ends, "the ends")
    question = Question((first, second), 2, _between, CompiledHours.between, np.int64)
    return _results(question, calendar, by, errors, first.form.durations)


def add(calendar: Calendars, starts: Any, durations: Any, *, by: Any = None, errors: OnError = "raise") -> Any:
    """Return the earliest instant at which each duration of open time has passed since its start (CAL-4).

    `durations` is a column or one `timedelta` for all rows; negative durations subtract. The other arguments are those
    of `between`.

    >>> from supportcore import BusinessCalendar
    >>> office = BusinessCalendar(tz="UTC", hours={"mon-fri": "09:00-17:00"})
    >>> from datetime import timedelta
    >>> add(office, np.array(["2026-01-02T16:00"], "M8[us]"), timedelta(hours=2)).tolist()
    [datetime.datetime(2026, 1, 5, 10, 0)]
    """
    first = read_instants(starts, "the starts")
    amounts = read_durations(durations, "the durations", len(first.micros))
    question = Question((first, amounts), 1, _add, CompiledHours.add, np.int64)
    return _results(question, calendar, by, errors, first.form.instants)


def is_open(calendar: Calendars, instants: Any, *, by: Any = None, errors: OnError = "raise") -> Any:
    """Return whether each instant is in the opening hours (CAL-6); the other arguments are those of `between`.

    >>> from supportcore import BusinessCalendar
    >>> office = BusinessCalendar(tz="UTC", hours={"mon-fri": "09:00-17:00"})
    >>> is_open(office, np.array(["2026-01-02T16:00", "2026-01-02T17:00"], "M8[us]")).tolist()
    [True, False]
    """
    first = read_instants(instants, "the instants")
    question = Question((first,), 1, _is_open, CompiledHours.is_open, np.bool_)
    return _results(question, calendar, by, errors, first.form.flags)


def _results(question: Question, calendars: Calendars, by: Any, errors: OnError, write: Callable[..., Any]) -> Any:
    _check_errors(errors)
    count = len(question.columns[0].micros)
    if any(len(column.micros) != count for column in question.columns):
        lengths = listed(len(column.micros) for column in question.columns)
        raise DefinitionError(f"the columns have {lengths} rows; give each row a value in every column")
    _same_labels([column.form.labels for column in question.columns])
    if isinstance(calendars, Mapping):
        values, codes = _by_name(question, calendars, _row_names(calendars, by, count, question.columns[0].form.labels))
    elif by is None:
        values, codes = _of_calendar(compiled_of(calendars), question, question.columns)
    else:
        raise DefinitionError(
            "`by` names a calendar for each row, but only one is given; give a mapping of names to calendars"
        )
    if codes is not None and errors == "raise":
        raise _first_error(question, calendars, by, codes)
    found = write(values, None if codes is None else codes != 0)
    if errors == "raise":
        return found
    words = [""] * count if codes is None else [REASONS[code] for code in codes.tolist()]
    return Results(found, question.columns[0].form.texts(words))


def _row_names(calendars: Mapping[str, Calendar], by: Any, count: int, labels: Any) -> NDArray[np.object_]:
    if not calendars:
        raise DefinitionError("no calendar is given; give at least one by its name")
    if by is None:
        raise DefinitionError(
            f"several calendars are given ({listed(calendars)}) but no column `by` that names one for each row"
        )
    names = read_names(by)
    if len(names) != count:
        raise DefinitionError(f"`by` names calendars for {len(names)} rows, but there are {count}; give one for each")
    _same_labels([labels, labels_of(by)])
    return names


def _same_labels(given: list[Any]) -> None:
    """Raise `DefinitionError` if frames label their rows differently: rows are matched by position."""
    known = [labels for labels in given if labels is not None]
    if any(not labels.equals(known[0]) for labels in known[1:]):
        raise DefinitionError(
            "the columns label their rows differently, so their rows do not match; "
            "take them from one frame, or align them first"
        )


def _by_name(
    question: Question, calendars: Mapping[str, Calendar], names: NDArray[np.object_]
) -> tuple[NDArray[Any], Codes | None]:
    """Return the values of each calendar for its rows; rows with an unknown calendar get a code."""
    values = np.zeros(len(names), question.dtype)
    codes = np.full(len(names), UNKNOWN_CALENDAR, np.int8)
    for name, calendar in calendars.items():
        rows = np.flatnonzero(names == name)
        if len(rows):
            part = tuple(column.rows(rows) for column in question.columns)
            values[rows], without = _of_calendar(compiled_of(calendar), question, part)
            codes[rows] = 0 if without is None else without
    return values, codes if codes.any() else None


def _of_calendar(
    hours: CompiledHours, question: Question, columns: tuple[Column, ...]
) -> tuple[NDArray[Any], Codes | None]:
    """Return the values of one calendar, and codes if any row has no value."""
    count = len(columns[0].micros)
    if count == 0:
        return np.zeros(0, question.dtype), None
    codes = _unknown_rows(hours, columns, question.instants)
    if codes is None:
        return question.kernel(hours, *columns)
    values = np.zeros(count, question.dtype)
    rows = np.flatnonzero(codes == 0)
    if len(rows):
        values[rows], without = question.kernel(hours, *(column.rows(rows) for column in columns))
        if without is not None:
            codes[rows] = without
    return values, codes


def _unknown_rows(hours: CompiledHours, columns: tuple[Column, ...], instants: int) -> Codes | None:
    """Return codes for rows with nulls or unknown instants, `None` without such rows."""
    first, last = hours.cover.first, hours.cover.last
    outside = [column for column in columns[:instants] if column.low < first or column.high >= last]
    if not outside and all(column.codes is None for column in columns):
        return None
    codes = np.zeros(len(columns[0].micros), np.int8)
    for column in outside:
        codes[(column.micros < first) | (column.micros >= last)] = UNKNOWN_YEAR
        codes[(column.micros < FIRST) | (column.micros >= LAST)] = OUT_OF_RANGE
    for column in columns:
        if column.codes is not None:
            np.copyto(codes, column.codes, where=column.codes != 0)
    return codes


def _first_error(question: Question, calendars: Calendars, by: Any, codes: Codes) -> SupportcoreError:
    """Return the error of the first row without a value: the error of a single call, with the row."""
    row = int(np.flatnonzero(codes)[0])
    code = int(codes[row])
    name = str(read_names(by)[row]) if isinstance(calendars, Mapping) else ""
    remedy = "correct it, or pass `errors='null'`"
    if isinstance(calendars, Mapping) and code == UNKNOWN_CALENDAR:
        near = did_you_mean(name, calendars)
        return DefinitionError(
            f"row {row}: `{name}` is not the name of a calendar; expected {listed(calendars)}{near}; {remedy}"
        )
    if all(column.codes is None or column.codes[row] == 0 for column in question.columns):
        chosen = calendars[name] if isinstance(calendars, Mapping) else calendars
        try:
            question.single(chosen.compiled, *(int(column.micros[row]) for column in question.columns))
        except SupportcoreError as error:
            return type(error)(f"row {row}: {error}; {remedy}")
    kind = InstantRangeError if code == OUT_OF_RANGE else DefinitionError
    return kind(f"row {row}: a value is {REASONS[code]}; {remedy}")


def _check_errors(errors: str) -> None:
    known = get_args(OnError)
    if errors not in known:
        near = did_you_mean(errors, known)
        raise DefinitionError(f"`errors` is `{errors}`; expected {listed(known)}{near}")


# Kernels for at least one row, without nulls, with instants that the calendar knows


def _between(hours: CompiledHours, starts: Column, ends: Column) -> tuple[Instants, Codes | None]:
    first, last = min(starts.low, ends.low), max(starts.high, ends.high)
    write = worked(openings_around(hours, first, last), first, last)
    out = np.empty_like(starts.micros)
    before = np.empty(BLOCK, np.int64)
    for rows in blocks(len(out)):
        block = out[rows]
        until = before[: len(block)]
        write(ends.micros[rows], block)
        write(starts.micros[rows], until)
        np.subtract(block, until, out=block)
    return out, None


def _is_open(hours: CompiledHours, instants: Column) -> tuple[NDArray[np.bool_], Codes | None]:
    out = np.empty(len(instants.micros), np.bool_)
    openings = openings_around(hours, instants.low, instants.high)
    in_blocks(opened(openings, instants.low, instants.high), instants.micros, out)
    return out, None


def _add(hours: CompiledHours, starts: Column, amounts: Column) -> tuple[Instants, Codes | None]:
    if max(-amounts.low, amounts.high) > LONGEST:
        amounts = Column.of(np.clip(amounts.micros, -LONGEST, LONGEST), None, amounts.form)
    openings = openings_around(hours, starts.low, starts.high)
    until = worked(openings, starts.low, starts.high)
    # Open time is monotone: all rows end between these two.
    ends = np.array([starts.low, starts.high])
    until(ends, ends)
    low, high = int(ends[0]) + amounts.low, int(ends[1]) + amounts.high
    ahead = back = 0
    if low <= openings.sums[0] or high > openings.sums[-1]:
        targets = _targets(until, starts, amounts)
        ahead = _grown(hours, starts, amounts, int(targets.argmax()))
        back = _grown(hours, starts, amounts, int(targets.argmin()))
        openings = openings_around(hours, starts.low, starts.high)
    if amounts.low > 0 and not ahead:
        return _added_at_once(until, added(openings, low, high), starts, amounts), None
    return _added_in_parts(openings, starts, amounts, _targets(until, starts, amounts), (ahead, back))


def _added_at_once(until: Writer, reach: Writer, starts: Column, amounts: Column) -> Instants:
    """Add positive amounts within the compiled openings, block by block so that each block stays in the cache."""
    out = np.empty_like(starts.micros)
    for rows in blocks(len(out)):
        block = out[rows]
        until(starts.micros[rows], block)
        np.add(block, amounts.micros[rows], out=block)
        reach(block, block)
    return out


def _added_in_parts(
    openings: Openings, starts: Column, amounts: Column, targets: Instants, why: tuple[int, int]
) -> tuple[Instants, Codes | None]:
    """Add positive, negative and zero amounts; rows that need more openings than exist get the codes in `why`."""
    later, earlier = amounts.micros > 0, amounts.micros < 0
    codes = np.zeros(len(targets), np.int8)
    codes[later & (targets > openings.sums[-1])] = why[0]
    codes[earlier & (targets < openings.sums[0])] = why[1]
    out = starts.micros.copy()
    for some, reached in ((later, added), (earlier, subtracted)):
        rows = np.flatnonzero(some & (codes == 0))
        if len(rows):
            part = targets[rows]
            in_blocks(reached(openings, int(part.min()), int(part.max())), part, part)
            out[rows] = part
    return out, codes if codes.any() else None


def _targets(until: Writer, starts: Column, amounts: Column) -> Instants:
    """Return the open time at which each row ends: the open time up to its start plus its amount."""
    targets = np.empty_like(starts.micros)
    in_blocks(until, starts.micros, targets)
    np.add(targets, amounts.micros, out=targets)
    return targets


def _grown(hours: CompiledHours, starts: Column, amounts: Column, row: int) -> int:
    """Compile the calendar as far as a row needs; return the code of its error, or 0."""
    try:
        hours.add(int(starts.micros[row]), int(amounts.micros[row]))
    except SupportcoreError as error:
        return next(code for kind, code in CODES if isinstance(error, kind))
    return 0
