"""Report the events of a history that clocks ignore or replace (SLA-1, SLA-4, G-9)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from supportcore.errors import nearest
from supportcore.findings import Finding, Severity
from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.agreement.conditions import Condition, On
from supportcore.sla.agreement.metrics import Metric
from supportcore.sla.checks.event_words import EventWords
from supportcore.tickets import (
    AgentReplied,
    Assigned,
    Attached,
    Cancelled,
    Closed,
    CustomerReplied,
    DueOverridden,
    Event,
    History,
    Merged,
    Opened,
    Paused,
    Reopened,
    Resolved,
    Resumed,
    kind_name,
)
from supportcore.wording import Names, Part, Phrase, Term, near_phrase

OVER = (Resolved, Closed, Cancelled, Merged)
ENDS_WAITING = (Resolved, Closed, Cancelled, Merged, Reopened)
LATE = (AgentReplied, CustomerReplied, Paused)


# Start and end of a cycle in microseconds; the end of an open cycle is `None`.
Span = tuple[int, int | None]


def remarks(
    history: History, agreements: Mapping[str, Agreement], ran: Mapping[tuple[str, str], Sequence[Span]]
) -> tuple[Finding, ...]:
    """Return findings about the events of a ticket; `ran` holds the cycles of each clock by agreement and metric.

    - `sla.not-opened`: without an opening no clock starts.
    - `sla.before-opening`: an event before the opening starts and stops nothing.
    - `sla.pause-replaced`: a new reason to wait replaces the reason before.
    - `sla.resume-without-pause`: a resumption of a ticket that does not wait.
    - `sla.after-close`: a message or pause after the ticket was closed, cancelled or merged.
    - `sla.reopened-while-open`: a reopening of an open ticket.
    - `sla.reopened-after-merge`: a reopening of a merged ticket, whose clocks have ended for good (SLA-7).
    - `sla.unknown-agreement`: an attachment or a manual due instant for an agreement that is not given.
    - `sla.attached-anyway`: an attachment of an agreement that applies from the opening on.
    - `sla.unknown-metric`: a manual due instant for an unknown metric.
    - `sla.due-without-cycle`: a manual due instant for a clock that does not run at that instant.
    """
    opening = history.opening
    if opening is None:
        name = history.ticket
        unopened = Finding("sla.not-opened", "warning", f"tickets.{name}", {"ticket": name})
        return (unopened,) if history.events else ()
    found = [_before(event) for event in history if event.instant < opening.instant]
    pauses = [metric for agreement in agreements.values() for metric in agreement.metrics if metric.pause]
    found += _waiting([event for event in history if event.instant >= opening.instant], pauses)
    kinds = set(map(type, history))
    if Attached in kinds:
        found += _attached(history, agreements)
    if DueOverridden in kinds:
        found += _overruled(history, agreements, ran)
    return tuple(found)


def _finding(event: Event, code: str, severity: Severity, variant: str = "", **parts: Part) -> Finding:
    path = f"tickets.{event.ticket}.{event.id}"
    own = {"event": event.id, "kind": _kind(event), **parts}
    return Finding(code, severity, path, own, variant=variant, witness=(event,))


def _kind(event: Event) -> Phrase:
    return Phrase(f"event.{kind_name(type(event))}")


def _before(event: Event) -> Finding:
    return _finding(event, "sla.before-opening", "warning")


def _waiting(events: Sequence[Event], metrics: Sequence[Metric]) -> Iterator[Finding]:
    """Yield findings about pauses, messages and reopenings that do not fit the state of the ticket."""
    waiting: Paused | None = None
    ended: Event | None = None
    over = False
    merged: Merged | None = None
    for event in events:
        if isinstance(event, Paused):
            if waiting is not None:
                before, after = Term("waiting", waiting.reason), Term("waiting", event.reason)
                yield _finding(event, "sla.pause-replaced", "note", before=before, after=after)
            waiting = event
        elif isinstance(event, Resumed):
            if waiting is None:
                yield _finding(event, "sla.resume-without-pause", "note")
            waiting = None
        elif isinstance(event, ENDS_WAITING) or (waiting is not None and _ends_pause(event, waiting, metrics)):
            waiting = None
        if isinstance(event, LATE) and ended is not None:
            yield _finding(event, "sla.after-close", "note", ended=_kind(ended))
        if isinstance(event, OVER):
            over = True
            merged = event if isinstance(event, Merged) else merged
            ended = event if not isinstance(event, Resolved) else ended
        elif isinstance(event, Reopened):
            if merged is not None:
                yield _finding(event, "sla.reopened-after-merge", "warning", into=merged.into)
                continue
            if not over:
                yield _finding(event, "sla.reopened-while-open", "note")
            over, ended = False, None


def _ends_pause(event: Event, waiting: Paused, metrics: Iterable[Metric]) -> bool:
    """Return whether an event resumes every metric that a pause has paused, as a customer's reply may."""
    paused = [metric for metric in metrics if _is_met(metric.pause, waiting)]
    return bool(paused) and all(_is_met(metric.resume, event) for metric in paused)


def _is_met(conditions: Iterable[Condition], event: Event) -> bool:
    return any(isinstance(condition, On) and condition.matches(event) for condition in conditions)


def unknown_words(history: History, words: EventWords) -> Iterator[Finding]:
    """The findings about words in events that nothing knows (SLA-17).

    `sla.unknown-reason`, `sla.unknown-level`, `sla.unknown-channel`.
    """
    for event in history:
        match event:
            case Paused(reason=word) if words.reasons is not None and word not in words.reasons:
                yield _unknown_word(event, "sla.unknown-reason", word, words.reasons)
            case Assigned(level=word) if word and words.levels is not None and word not in words.levels:
                yield _unknown_word(event, "sla.unknown-level", word, words.levels)
            case Opened(channel=word) if word and words.channels is not None and word not in words.channels:
                yield _unknown_word(event, "sla.unknown-channel", word, words.channels)


def _unknown_word(event: Event, code: str, word: str, known: Iterable[str]) -> Finding:
    parts: dict[str, Part] = {"word": word, **_known_names(word, sorted(known))}
    return _finding(event, code, "warning", "", **parts)


def _attached(history: History, known: Mapping[str, Agreement]) -> Iterator[Finding]:
    for event in history:
        if not isinstance(event, Attached):
            continue
        name = event.agreement
        if name not in known:
            parts = _known_names(name, known)
            yield _finding(event, "sla.unknown-agreement", "warning", "attached", agreement=name, **parts)
        elif not known[name].on_attachment:
            yield _finding(event, "sla.attached-anyway", "note", agreement=name)


def _overruled(
    history: History, known: Mapping[str, Agreement], ran: Mapping[tuple[str, str], Sequence[Span]]
) -> Iterator[Finding]:
    """Yield findings about manual due instants without an effect."""
    for event in history:
        if not isinstance(event, DueOverridden):
            continue
        own, metric = event.agreement, event.metric
        if own and own not in known:
            parts = {"metric": metric, "agreement": own, **_known_names(own, known)}
            yield _finding(event, "sla.unknown-agreement", "warning", "due", **parts)
            continue
        spans_of: dict[str, list[Span]] = {}
        for (agreement, name), spans in ran.items():
            if own in ("", agreement):
                spans_of.setdefault(name, []).extend(spans)
        variant, named = ("of-agreement", {"agreement": own}) if own else ("", {})
        if metric not in spans_of:
            parts = {"metric": metric, **named, **_known_names(metric, spans_of)}
            yield _finding(event, "sla.unknown-metric", "warning", variant, **parts)
        elif not any(
            start <= event.instant and (end is None or event.instant < end) for start, end in spans_of[metric]
        ):
            yield _finding(event, "sla.due-without-cycle", "warning", variant, metric=metric, **named)


def _known_names(name: str, known: Iterable[str]) -> dict[str, Part]:
    """Return the known names, and the nearest of them to an unknown name."""
    names = list(known)
    return {"known": Names(names), "near": near_phrase(nearest(name, names))}
