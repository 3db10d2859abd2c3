"""Ticket logs read from files, and the rows set aside written to one: the edge where rows become events."""

import gzip
import zlib
from collections.abc import Container, Iterator, Sequence
from os import PathLike
from pathlib import Path

from supportcore.errors import ConceptError, Problem, listed
from supportcore.findings import Finding
from supportcore.instants import zone
from supportcore.logs.events.telling import tell
from supportcore.logs.log import Log, rejects_as_csv
from supportcore.logs.mapping.files import load_mapping
from supportcore.logs.mapping.mapping import FileShape, LogMapping
from supportcore.logs.rows.rows import LogFile, Reject, Row, read_rows
from supportcore.logs.rows.wanted import Asked, asked_by
from supportcore.mappings import FrozenMapping
from supportcore.tickets import History

GZIP = b"\x1f\x8b"


def read_log(mapping: LogMapping | str | PathLike[str], *paths: str | PathLike[str], strict: bool = False) -> Log:
    """The tickets of a log, read from CSV files (gzip too) as a mapping says; no row is lost.

    `mapping` is a mapping, the path of a mapping file, or the name of one of supportcore's own. `paths` are as many as
    the mapping describes files, in its order; where it describes one, any number of that kind. A row that cannot be
    read is set aside with its reason in `Log.rejects`; with `strict` such rows are an error. Events of one instant keep
    the order of the rows (G-6); the id of an event is that of the row that gave it, or its file and line.

    Raises `ConceptError` with everything that is wrong with the mapping, with the columns, or, with `strict`, with the
    rows.
    """
    chosen = mapping if isinstance(mapping, LogMapping) else load_mapping(mapping)
    asked, tz = asked_by(chosen), zone(chosen.zone)
    tickets: dict[str, list[Row]] = {}
    rejects: list[Reject] = []
    rows = 0
    named: set[str] = set()
    for row in read_rows(asked, _files(chosen, [Path(path) for path in paths])):
        rows += 1
        if isinstance(row, Reject):
            rejects.append(row)
        else:
            tickets.setdefault(row.ticket, []).append(row)
            named.update(row.values)
    histories: dict[str, History] = {}
    findings = [*_unnamed(asked, named)] if rows > len(rejects) else []
    giving = unchanged = events = 0
    for ticket, its_rows in tickets.items():
        told = tell(asked, tz, its_rows)
        giving, unchanged = giving + told.rows_with_events, unchanged + told.unchanged
        rejects += told.rejects
        findings += told.findings
        events += len(told.history)
        if told.history.events:
            histories[ticket] = told.history
    if strict and rejects:
        problems = [Problem(reject.file, reject.reason, reject.line) for reject in rejects]
        raise ConceptError(problems, chosen.name)
    return Log(FrozenMapping(histories), rows, giving, unchanged, events, tuple(rejects), tuple(findings))


def _unnamed(asked: Asked, named: Container[str]) -> Iterator[Finding]:
    for slot in asked.slots:
        if slot.name not in named:
            yield Finding("replay.unnamed", "warning", slot.name, {"column": slot.column})


def write_rejects(log: Log, path: str | PathLike[str]) -> None:
    """Writes the rows set aside to a CSV file in UTF-8: file, line, ticket, reason, and the row itself.

    With none set aside the file holds the names of the columns alone. Bytes that could not be read are written as
    `\\udcf6`.
    """
    Path(path).write_text(rejects_as_csv(log), encoding="utf-8", errors="backslashreplace", newline="")


def _files(mapping: LogMapping, paths: Sequence[Path]) -> list[LogFile]:
    shapes = mapping.files if len(mapping.files) > 1 else mapping.files * max(len(paths), 1)
    if len(paths) != len(shapes):
        named = listed(shape.name for shape in shapes)
        message = f"{len(paths)} files are given; the mapping describes {len(shapes)}, in this order: {named}"
        raise ConceptError([Problem("", message)], mapping.name)
    alike = len({path.name for path in paths}) < len(paths)
    return [
        _file(mapping, shape, path, str(path) if alike else path.name)
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
        message = f"`{mapping.encoding}` cannot be read: {error}; name another `encoding`, such as `utf-8` or `cp1252`"
        raise ConceptError([Problem("encoding", message)], name) from None
    return LogFile(name, shape, text)
