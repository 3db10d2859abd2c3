"""Split the text of a CSV file into records, and check the columns that its first record names."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.errors import ConceptError, Problem, Problems, did_you_mean, listed
from supportcore.logs.mapping.mapping import FileShape
from supportcore.logs.rows.compiled_mapping import CompiledMapping


@frozen
class LogFile:
    """A file of a log: its name, its shape in the mapping, and its lines, which can be read once."""

    name: str
    shape: FileShape
    lines: Iterator[str]


@frozen
class Record:
    """A record of a CSV file, with the number of its first line; `error` says why it could not be split into cells."""

    line: int
    cells: tuple[str, ...]
    error: str = ""


@frozen
class Table:
    """A log file with the positions of its columns, and an iterator over its records after the first."""

    file: LogFile
    columns: Mapping[str, int]
    records: Iterator[Record]


def open_tables(compiled: CompiledMapping, files: Iterable[LogFile], bounds: Bounds) -> list[Table]:
    """Return the tables in files; raise `ConceptError` with all columns of the mapping that they lack."""
    tables = [_table(file, compiled.mapping.delimiter, bounds) for file in files]
    problems = Problems()
    for table in tables:
        _check_own_columns(compiled, table, problems)
    _check_named_columns(compiled, tables, problems)
    problems.raise_if_any(compiled.mapping.name)
    return tables


def read_records(lines: Iterable[str], delimiter: str, bounds: Bounds = DEFAULT_BOUNDS) -> Iterator[Record]:
    """Yield the records in the lines of a CSV text; skip empty lines, and keep the text of a record that is not CSV.

    >>> [record.cells for record in read_records(["a,b\\n", "\\n", "1,2\\n"], ",")]
    [('a', 'b'), ('1', '2')]
    """
    taken: list[str] = []

    def taking() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    reader = csv.reader(taking(), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        taken.clear()
        usual = csv.field_size_limit(bounds.log_cell)  # of all readers, so it is put back
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            is_long = "field limit" in str(error)
            reason = f"the row has {bounds.excess('log_cell')}" if is_long else f"the row is not CSV: {error}"
            yield Record(line, ("".join(taken).rstrip("\r\n"),), reason)
            continue
        finally:
            csv.field_size_limit(usual)
        if cells:
            yield Record(line, tuple(cells))


def _table(file: LogFile, delimiter: str, bounds: Bounds) -> Table:
    records = read_records(file.lines, delimiter, bounds)
    header = next(records, None)
    if header is None:
        raise ConceptError([Problem("", "the file is empty; its first row names the columns")], file.name)
    names = [name.strip() for name in header.cells]
    if message := bounds.excess("log_columns", len(names)):
        raise ConceptError([Problem("", f"has {message}", header.line)], file.name)
    repeated = sorted(name for name, count in Counter(names).items() if count > 1)
    if header.error or repeated:
        message = header.error or f"more than one column is named {listed(repeated)}; give each column its own name"
        raise ConceptError([Problem("", message, header.line)], file.name)
    return Table(file, {name: index for index, name in enumerate(names)}, records)


def _check_own_columns(compiled: CompiledMapping, table: Table, problems: Problems) -> None:
    """Record the columns that the shape of a file names and the file lacks."""
    shape, opened = table.file.shape, compiled.mapping.opened
    needed = {"ticket": shape.ticket, "time": shape.time, "id": shape.id}
    if shape.by is not None:
        needed["by.name"] = shape.by.name
    if shape.change is not None:
        needed |= {"change.field": shape.change.field, "change.before": shape.change.before}
        needed |= {"change.after": shape.change.after}
    if shape.rows != "changes":
        needed |= {"opened.at": opened.at, "opened.by.name": opened.by.name}
    for path, column in needed.items():
        if column and column not in table.columns:
            problems.add(f"{table.file.name}, {path}", _no_column(column, table.columns))


def _check_named_columns(compiled: CompiledMapping, tables: Sequence[Table], problems: Problems) -> None:
    """Record the named columns that no file has.

    In a log with changes, a tracked value may be the name of a changed field instead.
    """
    has_changes = any(table.file.shape.rows == "changes" for table in tables)
    fields = {value.column for value in compiled.tracked} if has_changes else set()
    known = list(dict.fromkeys(name for table in tables for name in table.columns))
    for named in compiled.columns:
        if named.column not in known and named.column not in fields:
            problems.add(named.path, _no_column(named.column, known))


def _no_column(column: str, columns: Iterable[str]) -> str:
    names = list(columns)
    return f"`{column}` is not a column; the file has {listed(names, most=40)}{did_you_mean(column, names)}"
