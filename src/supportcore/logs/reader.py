"""Read ticket logs from files, and write the rows that are set aside to one."""

import gzip
import io
import zlib
from collections.abc import Container, Iterator, Sequence
from os import PathLike
from pathlib import Path

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.errors import ConceptError, Problem, Problems, listed
from supportcore.findings import Finding
from supportcore.logs.events.rows_to_events import rows_to_events
from supportcore.logs.log import Log, rejects_as_csv
from supportcore.logs.mapping.files import load_mapping
from supportcore.logs.mapping.mapping import LogMapping
from supportcore.logs.rows.compiled_mapping import CompiledMapping, compile_mapping
from supportcore.logs.rows.records import LogFile
from supportcore.logs.rows.row_reader import read_rows
from supportcore.logs.rows.rows import Reject, Row
from supportcore.mappings import FrozenMapping
from supportcore.structuring.files import write_whole
from supportcore.tickets import History

GZIP = b"\x1f\x8b"


def read_log(
    mapping: LogMapping | str | PathLike[str],
    *paths: str | PathLike[str],
    strict: bool = False,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> Log:
    """Return the tickets of a log, read from CSV files (plain or gzip) through a mapping, with an account of every row.

    `mapping` is a mapping, the path of a mapping file, or the name of a mapping that comes with supportcore. `paths`
    are the files that the mapping describes, in its order; if it describes one file, any number of files of that shape.
    A row that cannot be read is set aside with its reason in `Log.rejects`; with `strict`, such rows raise an error.
    Events of one instant keep the order of the rows (G-6). The id of an event is that of its row, or its file and line.

    Files are read row by row. A row with a cell beyond `bounds.log_cell` is set aside; a file with more columns than
    `bounds.log_columns` is refused.

    Raises `ConceptError` with every problem of the mapping, the files, the columns or, with `strict`, the rows.
    """
    chosen = mapping if isinstance(mapping, LogMapping) else load_mapping(mapping, bounds=bounds)
    compiled = compile_mapping(chosen)
    tickets: dict[str, list[Row]] = {}
    rejects: list[Reject] = []
    found: set[str] = set()
    for row in read_rows(compiled, _files(chosen, [Path(path) for path in paths]), bounds):
        if isinstance(row, Reject):
            rejects.append(row)
        else:
            tickets.setdefault(row.ticket, []).append(row)
            found.update(row.values)
    rows = len(rejects) + sum(map(len, tickets.values()))
    findings = [*_columns_not_found(compiled, found)] if tickets else []
    histories: dict[str, History] = {}
    rows_with_events = unchanged = events = 0
    for ticket, ticket_rows in tickets.items():
        read = rows_to_events(compiled, ticket_rows)
        rows_with_events += read.rows_with_events
        unchanged += read.unchanged
        events += len(read.history)
        rejects += read.rejects
        findings += read.findings
        if read.history.events:
            histories[ticket] = read.history
    if strict and rejects:
        problems = [Problem(reject.file, reject.reason, reject.line) for reject in rejects]
        raise ConceptError(problems, chosen.name)
    return Log(FrozenMapping(histories), rows, rows_with_events, unchanged, events, tuple(rejects), tuple(findings))


def _columns_not_found(compiled: CompiledMapping, found: Container[str]) -> Iterator[Finding]:
    for value in compiled.tracked:
        if value.name not in found:
            yield Finding("replay.unnamed", "warning", value.name, {"column": value.column})


def write_rejects(log: Log, path: str | PathLike[str]) -> None:
    """Write the rows that are set aside to a CSV file in UTF-8: file, line, ticket, reason, and the text of the row.

    If no row is set aside, the file holds only the names of these columns. A byte that could not be decoded is written
    as in `\\udcf6`.
    """
    write_whole(path, rejects_as_csv(log).encode("utf-8", errors="backslashreplace"))


def _files(mapping: LogMapping, paths: Sequence[Path]) -> list[LogFile]:
    shapes = mapping.files if len(mapping.files) > 1 else mapping.files * max(len(paths), 1)
    if len(paths) != len(shapes):
        described = listed(shape.name for shape in shapes)
        message = f"the mapping describes {len(shapes)} files, in this order: {described}; {len(paths)} are given"
        raise ConceptError([Problem("", message)], mapping.name)
    is_ambiguous = len({path.name for path in paths}) < len(paths)
    names = [str(path) if is_ambiguous else path.name for path in paths]
    problems = Problems()
    for path, name in zip(paths, names, strict=True):
        with problems:
            _check_readable(path, name)
    problems.raise_if_any(mapping.name)
    try:
        "".encode(mapping.encoding)
    except (LookupError, ValueError) as error:
        raise _undecodable(mapping.encoding, error, names[0]) from None
    return [
        LogFile(name, shape, _lines(path, mapping.encoding, name))
        for shape, path, name in zip(shapes, paths, names, strict=True)
    ]


def _check_readable(path: Path, name: str) -> None:
    try:
        path.open("rb").close()
    except (OSError, ValueError) as error:  # `ValueError` for a path that holds a NUL
        reason = error.strerror if isinstance(error, OSError) else str(error)
        message = f"cannot be read: {reason}; give the path of a CSV file"
        raise ConceptError([Problem(name, message)]) from None


def _lines(path: Path, encoding: str, name: str) -> Iterator[str]:
    """Yield the lines of a file, unpacked if it is packed, each with its line end."""
    with path.open("rb") as file:
        packed = file.read(len(GZIP)) == GZIP
        file.seek(0)
        content = gzip.GzipFile(fileobj=file) if packed else file
        try:
            with io.TextIOWrapper(content, encoding, errors="surrogateescape", newline="") as lines:
                yield from lines
        except UnicodeError as error:
            raise _undecodable(encoding, error, name) from None
        except (OSError, EOFError, zlib.error):
            message = "is damaged or cut short, and cannot be unpacked; export or copy it again"
            raise ConceptError([Problem("", message)], name) from None


def _undecodable(encoding: str, error: Exception, name: str) -> ConceptError:
    message = f"cannot be decoded as `{encoding}`: {error}; expected an encoding such as `utf-8` or `cp1252`"
    return ConceptError([Problem("encoding", message)], name)
