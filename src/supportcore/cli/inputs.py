"""What the command line reads: concepts, histories and instants, everything that is wrong with them at once."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import TypeVar

from attrs import frozen

from supportcore.concept import EXAMPLES, ServiceConcept, example, load
from supportcore.errors import ConceptError, Problem, SupportcoreError, did_you_mean, listed
from supportcore.instants import HOUR, MINUTE, SECOND, datetime_of, micros, wall
from supportcore.logs import Log, load_mapping, read_log, write_rejects
from supportcore.tickets import Event, History, history_of
from supportcore.tickets.event_json import load_events

T = TypeVar("T")


@frozen
class Asked:
    """What a command was given: the concept, the tickets, how their log was read, and the instant, if one was named."""

    concept: ServiceConcept
    histories: Mapping[str, History]
    log: Log | None
    as_of: datetime | None


def asked(concept: str, files: Iterable[Path], mapping: str | None, as_of: str | None, *, strict: bool) -> Asked:
    """Everything that is to be read; an `ExceptionGroup` with every error where something cannot be."""
    errors: list[Exception] = []
    read = tried(errors, lambda: concept_read(concept))
    given = tried(errors, lambda: histories_read(list(files), mapping, strict=strict))
    zone = UTC if read is None else read.zone
    instant = None if as_of is None else tried(errors, lambda: instant_read(as_of, zone))
    if errors or read is None or given is None:
        raise ExceptionGroup("bad input", errors)
    return Asked(read, *given, instant)


def tried(errors: list[Exception], read: Callable[[], T]) -> T | None:
    """What `read` gives; none where it fails, and then its error, or each error of its group, is added to `errors`."""
    try:
        return read()
    except ExceptionGroup as group:
        errors.extend(group.exceptions)
    except (SupportcoreError, OSError) as error:
        errors.append(error)
    return None


def refusal(error: Exception) -> str:
    """An error in words for people; a file that cannot be opened is told without the number of the system's error."""
    if isinstance(error, OSError) and error.strerror is not None:
        where = "standard output" if error.filename is None else f"`{error.filename}`"
        return f"{where}: {error.strerror[:1].lower()}{error.strerror[1:]}"
    return str(error)


def concept_read(name: str) -> ServiceConcept:
    """The concept in a file, or the example of this name."""
    if name in EXAMPLES:
        return load(example(name))
    if Path(name).suffix == "" and not Path(name).exists():
        message = (
            f"`{name}` is no example and no file; accepted are {listed(EXAMPLES)} "
            f"and the paths of concept files{did_you_mean(name, EXAMPLES)}"
        )
        raise ConceptError([Problem("", message)])
    return load(name)


def instant_read(text: str, zone: tzinfo) -> datetime:
    """An instant such as `2026-03-12 10:15`; without an offset it is wall time in `zone` (G-5)."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        message = f"`{text}` is no instant; write it as `2026-03-12 10:15` or with an offset, `2026-03-12T10:15+01:00`"
        raise ConceptError([Problem("--as-of", message)]) from None
    try:
        if given.tzinfo is not None:
            return datetime_of(micros(given), zone)
        offset = given.hour * HOUR + given.minute * MINUTE + given.second * SECOND + given.microsecond
        return datetime_of(wall(given.date(), offset, zone), zone)
    except OverflowError:
        message = f"`{text}` lies outside the years 1 to 9999 in `{zone}`; ask for a nearer instant"
        raise ConceptError([Problem("--as-of", message)]) from None


def histories_read(files: list[Path], mapping: str | None, *, strict: bool) -> tuple[Mapping[str, History], Log | None]:
    """The tickets in files: events as JSON, or the CSV files of a log, together with how its rows were read."""
    errors: list[Exception] = []
    for file in files:
        tried(errors, partial(_opened, file))
    if mapping is None and (len(files) != 1 or files[0].suffix.lower() != ".json"):
        message = "tell with `--mapping` how the log is to be read; only events in one `.json` file need none"
        errors.append(ConceptError([Problem("--mapping", message)]))
    reader = None if mapping is None else tried(errors, lambda: load_mapping(mapping))
    if errors:
        raise ExceptionGroup("bad input", errors)
    if reader is not None:
        log = read_log(reader, *files, strict=strict)
        return log.histories, log
    return _events_read(files[0]), None


def _opened(path: Path) -> None:
    path.open("rb").close()


def _events_read(path: Path) -> Mapping[str, History]:
    """The tickets whose events stand in a file as JSON, everything that is wrong with them at once."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConceptError([Problem("", f"is not UTF-8 at byte {error.start}; save it as UTF-8")], str(path)) from None
    grouped: dict[str, list[Event]] = {}
    for event in load_events(text):
        grouped.setdefault(event.ticket, []).append(event)
    errors: list[Exception] = []
    made = {ticket: tried(errors, partial(history_of, events)) for ticket, events in grouped.items()}
    if errors:
        raise ConceptError([Problem("", str(error)) for error in errors], str(path))
    return {ticket: history for ticket, history in made.items() if history is not None}


def one_history(histories: Mapping[str, History], ticket: str | None) -> History:
    """The history of the ticket named, or of the only one."""
    if ticket is None and len(histories) == 1:
        return next(iter(histories.values()))
    if ticket is not None and ticket in histories:
        return histories[ticket]
    if not histories:
        message = "the files hold no ticket"
    elif ticket is None:
        message = f"there are {len(histories)} tickets; name one, for example `--ticket {next(iter(histories))}`"
    else:
        near = did_you_mean(ticket, histories)
        message = f"`{ticket}` is no ticket here; there are {listed(histories, most=5)}{near}"
    raise ConceptError([Problem("--ticket", message)])


def last_instant(histories: Mapping[str, History]) -> datetime | None:
    """The last instant at which anything happened."""
    every = [event for history in histories.values() for event in history]
    return max(every, key=lambda event: event.instant).at if every else None


def rejects_written(log: Log | None, path: Path) -> None:
    """Writes the rows that were set aside; only the files of a log have rows."""
    if log is None:
        message = "events in a `.json` file have no rows to set aside; leave it out"
        raise ConceptError([Problem("--rejects", message)])
    write_rejects(log, path)
