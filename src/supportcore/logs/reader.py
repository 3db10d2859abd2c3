"""Read ticket logs from files, and write the rows that are set aside to one."""

import gzip
import zlib
from collections.abc import Container, Iterator, Sequence
from os import PathLike
from pathlib import Path

from supportcore.errors import ConceptError, Problem, listed
from supportcore.findings import Finding
from supportcore.logs.events.rows_to_events import rows_to_events
from supportcore.logs.log import Log, rejects_as_csv
from supportcore.logs.mapping.files import load_mapping
from supportcore.logs.mapping.mapping import FileShape, LogMapping
from supportcore.logs.rows.compiled_mapping import CompiledMapping, compile_mapping
from supportcore.logs.rows.records import LogFile
from supportcore.logs.rows.row_reader import read_rows
from supportcore.logs.rows.rows import Reject, Row
from supportcore.mappings import FrozenMapping
from supportcore.structuring.files import write_whole
from supportcore.tickets import History

GZIP = b"\x1f\x8b"


def read_log(mapping: LogMapping | str | PathLike[str], *paths: str | PathLike[str], strict: bool = False) -> Log:
    """Return the tickets of a log, read from CSV files (plain or gzip) through a mapping, with an account of every row.

    `mapping` is a mapping, the path of a mapping file, or the name of a mapping that comes with supportcore. `paths`
    are the files that the mapping describes, in its order; if it describes one file, any number of files of that shape.
    A row that cannot be read is set aside with its reason in `Log.rejects`; with `strict`, such rows raise an error.
    Events of one instant keep the order of the rows (G-6). The id of an event is that of its row, or its file and line.

    Raises `ConceptError` with every problem of the mapping, of the columns or, with `strict`, of the rows.
    """
    chosen = mapping if isinstance(mapping, LogMapping) else load_mapping(mapping)
    compiled = compile_mapping(chosen)
    tickets: dict[str, list[Row]] = {}
    rejects: list[Reject] = []
    found: set[str] = set()
    for row in read_rows(compiled, _files(chosen, [Path(path) for path in paths])):
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
        names = listed(shape.name for shape in shapes)
        message = f"the mapping describes {len(shapes)} files, in this order: {names}; {len(paths)} are given"
        raise ConceptError([Problem("", message)], mapping.name)
    is_ambiguous = len({path.name for path in paths}) < len(paths)
    return [
        _file(mapping, shape, path, str(path) if is_ambiguous else path.name)
        for shape, path in zip(shapes, paths, strict=True)
    ]


def _file(mapping: LogMapping, shape: FileShape, path: Path, name: str) -> LogFile:
    content = path.read_bytes()
    if content.startswith(GZIP):
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError, zlib.error):
            message = "is damaged or cut short, and cannot be unpacked; export or copy it again"
            raise ConceptError([Problem("", message)], name) from None
    try:
        text = content.decode(mapping.encoding, errors="surrogateescape")
    except (LookupError, UnicodeError) as error:
        message = (
            f"cannot be decoded as `{mapping.encoding}`: {error}; expected an encoding such as `utf-8` or `cp1252`"
        )
        raise ConceptError([Problem("encoding", message)], name) from None
    return LogFile(name, shape, text)
