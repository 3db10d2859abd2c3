"""What the command line reads: instants, concepts and histories."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from supportcore.concept import ServiceConcept
from supportcore.errors import ConceptError, Problem, did_you_mean, listed
from supportcore.instants import HOUR, MINUTE, SECOND, datetime_of, wall
from supportcore.replay import Log, load_mapping, read_log
from supportcore.tickets import Event, History, history_of
from supportcore.tickets.interchange import load_events

__all__ = ["histories_read", "instant_read", "last_instant", "one_history"]


def instant_read(text: str, concept: ServiceConcept) -> datetime:
    """An instant such as `2026-03-12 10:15`; without an offset it is wall time in the concept's zone (G-5)."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        message = f"`{text}` is no instant; write it as `2026-03-12 10:15` or with an offset, `2026-03-12T10:15+01:00`"
        raise ConceptError([Problem("--as-of", message)]) from None
    if given.tzinfo is not None:
        return given.astimezone(concept.zone)
    offset = given.hour * HOUR + given.minute * MINUTE + given.second * SECOND + given.microsecond
    return datetime_of(wall(given.date(), offset, concept.zone), concept.zone)


def histories_read(files: list[Path], mapping: str | None, *, strict: bool) -> tuple[Mapping[str, History], Log | None]:
    """The tickets in files: events as JSON, or the CSV files of a log, together with how its rows were read."""
    if mapping is not None:
        log = read_log(load_mapping(mapping), *files, strict=strict)
        return log.histories, log
    if len(files) != 1 or files[0].suffix != ".json":
        message = "tell with `--mapping` how the log is to be read; only events in one `.json` file need none"
        raise ConceptError([Problem("--mapping", message)])
    grouped: dict[str, list[Event]] = {}
    for event in load_events(files[0].read_text(encoding="utf-8")):
        grouped.setdefault(event.ticket, []).append(event)
    return {ticket: history_of(events) for ticket, events in grouped.items()}, None


def one_history(histories: Mapping[str, History], ticket: str | None) -> History:
    """The history of the ticket named, or of the only one."""
    if ticket is None and len(histories) == 1:
        return next(iter(histories.values()))
    if ticket is None:
        message = f"there are {len(histories)} tickets; name one, for example `--ticket {next(iter(histories), 'T-1')}`"
        raise ConceptError([Problem("--ticket", message)])
    if ticket not in histories:
        message = (
            f"`{ticket}` is no ticket here; there are {listed(histories, most=5)}{did_you_mean(ticket, histories)}"
        )
        raise ConceptError([Problem("--ticket", message)])
    return histories[ticket]


def last_instant(histories: Mapping[str, History]) -> datetime | None:
    """The last instant at which anything happened."""
    every = [event for history in histories.values() for event in history]
    return max(every, key=lambda event: event.instant).at if every else None
