"""From a history to its clocks: one pass over events and facts for each agreement (SLA-1)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter

from supportcore.errors import DefinitionError
from supportcore.instants import micros
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.agreement.promised import Promised, checked
from supportcore.sla.checks.event_words import EventWords
from supportcore.sla.clock.clocks import Clock, Clocks
from supportcore.sla.engine.agreement_run import AgreementRun, Step
from supportcore.sla.engine.clock_run import NewFacts
from supportcore.sla.engine.editions import pinned
from supportcore.tickets import (
    Event,
    Facts,
    History,
    PriorityOverridden,
    facts_over_time,
    history_as_of,
    history_of,
    overrides_over_time,
)
from supportcore.timelines import Timeline, together

INSTANT = attrgetter("instant")


def run_clocks(
    events: Iterable[Event],
    agreements: Iterable[Promised],
    *,
    facts: Timeline[Facts] | None = None,
    as_of: datetime,
    known_at: datetime | None = None,
    words: EventWords | None = None,
) -> Clocks:
    """Return every clock of a ticket as of an instant (SLA-1).

    `agreements` are agreements, or `Editions` of agreements, of which the ticket follows the edition selected by their
    pin (G-12). `events` are the events of one ticket, in any order; only events up to `as_of` count and, with
    `known_at`, only events recorded by then (G-8). `words` are the words that events may use, by default those that the
    agreements name (SLA-17).

    `facts` are the facts over time from which targets are chosen, `priority` among them; by default the facts in the
    events, with an overridden priority in place. Facts known at the instant of the opening hold from the opening on. A
    change of facts takes the place of the event that caused it, if both have one instant (G-6); any other change, and
    a new edition, comes before the events of its instant.

    Raises `HistoryError` for a history that contradicts itself, `DefinitionError` for two agreements with one name and
    for editions between which a running clock cannot change, `NoDecisionError` for a ticket opened before the first
    edition, `NeverOpenError` for a clock that runs on a calendar with too few hours ahead (CAL-10), and the errors of
    the tables of targets.

    >>> from datetime import UTC, timedelta
    >>> from supportcore.calendars import always_open
    >>> from supportcore.sla import Agreement, Target, reaction
    >>> from supportcore.tickets import AgentReplied, Opened
    >>> gold = Agreement("gold", always_open("UTC"), [reaction()], targets={"reaction": "1 h"},
    ...                  promises={"1 h": Target(timedelta(hours=1))})
    >>> at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    >>> events = [Opened("T-1", at), AgentReplied("T-1", at + timedelta(minutes=20))]
    >>> clock = run_clocks(events, [gold], as_of=at + timedelta(days=1))["gold", "reaction"]
    >>> clock.due_at.isoformat(), clock.phase, clock.result
    ('2026-01-05T10:00:00+00:00', 'stopped', 'met')
    """
    now = micros(as_of, where="`as_of`")
    history = _seen(events, as_of, now, known_at)
    promises = checked(agreements)
    line = _own_facts(history) if facts is None else facts
    if not isinstance(line, Timeline):
        raise DefinitionError(f"`facts` is `{line}`; give facts over time, as `facts_over_time` returns them")
    zone, opening, ticket = as_of.tzinfo, history.opening, history.ticket
    assert zone is not None, "an instant is aware"
    known, steps = (EMPTY, ()) if opening is None else _steps(history, line, opening.instant, now)
    clocks: dict[tuple[str, str], Clock] = {}
    began: dict[str, Agreement] = {}
    for promised in promises:
        editions = pinned(promised, history, steps, now)
        agreement = began[promised.name] = editions.agreement
        run = AgreementRun(agreement, promised.name, known, zone)
        run.take(editions.steps)
        for metric, cycles in zip(agreement.metrics, run.finish(now), strict=True):
            clock = Clock(ticket, promised.name, metric, cycles, as_of, editions.coming)
            clocks[promised.name, metric.name] = clock
    return Clocks(FrozenMapping(clocks), history, FrozenMapping(began), words)


def _seen(events: Iterable[Event], as_of: datetime, now: int, known_at: datetime | None) -> History:
    """Return the events up to an instant, and with `known_at` only those recorded by then."""
    if known_at is not None:
        return history_as_of(events, as_of, known_at)
    history = history_of(events)
    if not history.events or history.events[-1].instant <= now:
        return history
    return History(history.events[: bisect_right(history.events, now, key=INSTANT)])


def _own_facts(history: History) -> Timeline[Facts]:
    """Return the facts in the events, with an overridden priority in place of the stated priority."""
    line, overrides = facts_over_time(history), overrides_over_time(history)
    return together(line, overrides, _overridden) if overrides.edges else line


def _overridden(facts: Facts, override: PriorityOverridden | None) -> Facts:
    return facts if override is None else facts.with_(priority=override.priority)


def _steps(history: History, line: Timeline[Facts], opening: int, now: int) -> tuple[Facts, Sequence[Step]]:
    """Return the facts at the opening, and the events and changes of facts from the opening on (SLA-1)."""
    events = history.events
    done = bisect_left(events, opening, key=INSTANT)
    first = bisect_right(line.edges, opening)
    steps: list[Step] = []
    for place in range(first, bisect_right(line.edges, now)):
        start, because = line.edges[place], line.causes[place + 1]
        upto = bisect_left(events, start, done, key=INSTANT)
        if isinstance(because, Event) and because.instant == start:  # the change takes the place of its event (G-6)
            while upto < len(events) and events[upto].instant == start and events[upto] is not because:
                upto += 1
        steps += events[done:upto]
        steps.append(NewFacts(start, str(getattr(because, "id", "")), line.values[place + 1]))
        done = upto
    steps += events[done:]
    return line.values[first], steps
