"""The input of a command: concepts, histories and instants, with every error at once."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path

from attrs import frozen

from supportcore.cli.refusals import Refusal, attempt
from supportcore.concept import EXAMPLES, ServiceConcept, example, load
from supportcore.errors import ConceptError, Problem, nearest
from supportcore.instants import HOUR, MINUTE, SECOND, datetime_of, micros, wall
from supportcore.logs import Log, load_mapping, read_log, write_rejects
from supportcore.tickets import Event, History, history_of
from supportcore.tickets.event_json import load_events
from supportcore.wording import LANGUAGES, Language, Names, Phrase, near_phrase


@frozen
class ConceptInput:
    """The concept of a command, and the language of its output."""

    concept: ServiceConcept
    language: Language


@frozen
class TicketInput:
    """The concept and the tickets of a command; `log` is `None` for events, `as_of` without that option."""

    concept: ServiceConcept
    language: Language
    histories: Mapping[str, History]
    log: Log | None
    as_of: datetime | None

    def history(self, ticket: str | None) -> History:
        """Return the history of the named ticket, or of the only ticket."""
        histories = self.histories
        if not histories:
            raise Refusal(Phrase("command.no-ticket"))
        if ticket is None and len(histories) == 1:
            return next(iter(histories.values()))
        if ticket is None:
            raise Refusal(Phrase("command.many-tickets", {"count": len(histories), "first": next(iter(histories))}))
        if ticket not in histories:
            near = near_phrase(nearest(ticket, histories))
            raise Refusal(Phrase("command.unknown-ticket", {"given": ticket, "known": Names(histories), "near": near}))
        return histories[ticket]


def read_concept_input(concept: str, language: str | None) -> ConceptInput:
    """Read the concept and the language; raise an `ExceptionGroup` of every error."""
    errors: list[Exception] = []
    chosen = None if language is None else attempt(errors, partial(parse_language, language))
    loaded = attempt(errors, partial(read_concept, concept))
    if errors or loaded is None:
        raise ExceptionGroup("bad input", errors)
    return ConceptInput(loaded, chosen or loaded.language)


def read_ticket_input(
    concept: str,
    files: Iterable[Path],
    *,
    mapping: str | None,
    as_of: str | None,
    language: str | None,
    strict: bool,
    rejects: Path | None = None,
) -> TicketInput:
    """Read the concept, the tickets and the options; raise an `ExceptionGroup` of every error."""
    errors: list[Exception] = []
    given = list(files)
    if rejects is not None:
        others = (Path(name) for name in (concept, mapping) if name is not None)
        attempt(errors, partial(check_output, rejects, [*given, *others]))
    base = attempt(errors, partial(read_concept_input, concept, language))
    tickets = attempt(errors, partial(read_tickets, given, mapping, strict=strict))
    zone = UTC if base is None else base.concept.zone
    instant = None if as_of is None else attempt(errors, partial(parse_instant, as_of, zone))
    if errors or base is None or tickets is None:
        raise ExceptionGroup("bad input", errors)
    return TicketInput(base.concept, base.language, tickets.histories, tickets.log, instant)


def read_concept(name: str) -> ServiceConcept:
    """Load the concept in a file, or the example of this name."""
    if name in EXAMPLES:
        return load(example(name))
    if Path(name).suffix == "" and not Path(name).exists():
        near = near_phrase(nearest(name, EXAMPLES))
        raise Refusal(Phrase("command.concept", {"given": name, "examples": Names(EXAMPLES), "near": near}))
    _check_readable(Path(name))
    return load(name)


def parse_language(text: str) -> Language:
    """Parse the option `--language`."""
    for language in LANGUAGES:
        if text == language:
            return language
    raise Refusal(Phrase("command.language", {"given": text, "known": Names(LANGUAGES)}))


def parse_instant(text: str, zone: tzinfo) -> datetime:
    """Parse an instant such as `2026-03-12 10:15`; without an offset it is wall time in `zone` (G-5)."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(Phrase("command.no-instant", {"given": text})) from None
    try:
        if given.tzinfo is not None:
            return datetime_of(micros(given), zone)
        offset = given.hour * HOUR + given.minute * MINUTE + given.second * SECOND + given.microsecond
        return datetime_of(wall(given.date(), offset, zone), zone)
    except OverflowError:
        raise Refusal(Phrase("command.instant-range", {"given": text, "zone": str(zone)})) from None


@frozen
class Tickets:
    """Histories by ticket, and the log that they were read from, if any."""

    histories: Mapping[str, History]
    log: Log | None = None


def read_tickets(files: list[Path], mapping: str | None, *, strict: bool) -> Tickets:
    """Read events from a JSON file, or the CSV files of a log with its mapping."""
    errors: list[Exception] = []
    for file in files:
        attempt(errors, partial(_check_readable, file))
    if mapping is None and (len(files) != 1 or files[0].suffix.lower() != ".json"):
        errors.append(Refusal(Phrase("command.mapping")))
    if mapping is not None and mapping.endswith(".toml"):
        attempt(errors, partial(_check_readable, Path(mapping)))
    reader = None if mapping is None or errors else attempt(errors, partial(load_mapping, mapping))
    if errors:
        raise ExceptionGroup("bad input", errors)
    if reader is not None:
        log = read_log(reader, *files, strict=strict)
        return Tickets(log.histories, log)
    return Tickets(_read_events(files[0]))


def _check_readable(path: Path) -> None:
    """Raise the `OSError` of a file that cannot be opened."""
    path.open("rb").close()


def _read_events(path: Path) -> Mapping[str, History]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConceptError([Problem("", f"is not UTF-8 at byte {error.start}; save it as UTF-8")], str(path)) from None
    grouped: dict[str, list[Event]] = {}
    for event in load_events(text):
        grouped.setdefault(event.ticket, []).append(event)
    errors: list[Exception] = []
    histories = {ticket: attempt(errors, partial(history_of, events)) for ticket, events in grouped.items()}
    if errors:
        raise ConceptError([Problem("", str(error)) for error in errors], str(path))
    return {ticket: history for ticket, history in histories.items() if history is not None}


def last_instant(histories: Mapping[str, History]) -> datetime | None:
    """Return the instant of the last event; `None` without events."""
    events = [event for history in histories.values() for event in history]
    return max(events, key=lambda event: event.instant).at if events else None


def check_output(path: Path, inputs: Iterable[Path]) -> None:
    """Raise a `Refusal` if the file to be written is one of the inputs, under any of its names."""
    for given in inputs:
        if path.exists() and given.exists() and path.samefile(given):
            raise Refusal(Phrase("command.output-is-input", {"path": str(path)}))


def write_rows_set_aside(log: Log | None, path: Path) -> None:
    """Write the rows of a log that were set aside; raise an `ExceptionGroup` where that fails."""
    errors: list[Exception] = []
    if log is None:
        errors.append(Refusal(Phrase("command.no-rows")))
    else:
        attempt(errors, partial(write_rejects, log, path))
    if errors:
        raise ExceptionGroup("bad output", errors)
