"""From a history to its clocks: one pass over events and facts for each agreement (SLA-1)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter

from supportcore.errors import DefinitionError
from supportcore.instants import micros
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.clock.clocks import Clock, Clocks
from supportcore.sla.engine.agreement_fold import Fold, Step
from supportcore.sla.engine.editions import Promised, every_promised, followed
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
) -> Clocks:
    """Every clock of a ticket as it stands at an instant (SLA-1).

    `agreements` are what is promised, each as it is or in `Editions`, of which the ticket follows the one that their
    pin says (G-12). `events` are those of one ticket, in any order; only those up to `as_of` are seen, and with
    `known_at` only those recorded by then (G-8). `facts` are the facts over time from which targets are chosen,
    `priority` among them; by default those that the events themselves state, an overridden priority in place. Where
    facts change at the instant of the event that changed them, the change comes in that event's place (G-6), any
    other before the events of its instant, as a new edition does; what becomes known at the opening's own instant
    holds from the opening on.

    Raises `HistoryError` for a history that contradicts itself, `DefinitionError` for two agreements of one name
    and for editions that cannot follow one another, `NoDecisionError` for a ticket from before the first edition, and
    what the tables of targets raise, `NeverOpenError` for a clock that runs on a calendar without enough hours
    ahead (CAL-10); a history is never half-evaluated.

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
    every = every_promised(agreements)
    line = _own_facts(history) if facts is None else facts
    if not isinstance(line, Timeline):
        raise DefinitionError(f"`facts` is `{line}`; facts over time are accepted, as `facts_over_time` makes them")
    ticket, opening = history.ticket, history.opening
    known, steps = (EMPTY, ()) if opening is None else _steps(history, line, opening.instant, now)
    clocks: dict[tuple[str, str], Clock] = {}
    began: dict[str, Agreement] = {}
    for promised in every:
        coming: tuple[int, ...] = ()
        if isinstance(promised, Agreement):
            agreement, own = promised, steps
        else:
            agreement, own, coming = followed(promised, history, steps, now)
        began[promised.name] = agreement
        fold = Fold(agreement, promised.name, known, as_of)
        fold.take(own)
        for metric, cycles in zip(agreement.metrics, fold.finish(now), strict=True):
            # made at once, as cycles are, without a call for each field
            clock = tuple.__new__(Clock, (ticket, promised.name, metric, cycles, as_of, coming))
            clocks[promised.name, metric.name] = clock
    return Clocks(FrozenMapping(clocks), history, FrozenMapping(began))


def _seen(events: Iterable[Event], as_of: datetime, now: int, known_at: datetime | None) -> History:
    """The events up to an instant; a history that is in order already is only cut."""
    if known_at is not None:
        return history_as_of(events, as_of, known_at)
    history = history_of(events)
    if not history.events or history.events[-1].instant <= now:
        return history
    return History(history.events[: bisect_right(history.events, now, key=INSTANT)])


def _own_facts(history: History) -> Timeline[Facts]:
    """The facts that the events state, with an overridden priority in place of the stated one."""
    line, overrides = facts_over_time(history), overrides_over_time(history)
    return together(line, overrides, _overridden) if overrides.edges else line


def _overridden(facts: Facts, override: PriorityOverridden | None) -> Facts:
    return facts if override is None else facts.with_(priority=override.priority)


def _steps(history: History, line: Timeline[Facts], opening: int, now: int) -> tuple[Facts, Sequence[Step]]:
    """The facts that hold at the opening, those known before among them; events and changes from there on (SLA-1)."""
    events, count = history.events, len(history.events)
    told = bisect_left(events, opening, key=INSTANT)
    known = bisect_right(line.edges, opening)
    steps: list[Step] = []
    for place in range(known, bisect_right(line.edges, now)):
        start, because = line.edges[place], line.causes[place + 1]
        upto = bisect_left(events, start, told, key=INSTANT)
        if isinstance(because, Event) and because.instant == start:  # the change comes in its place (G-6)
            while upto < count and events[upto].instant == start and events[upto] is not because:
                upto += 1
        steps += events[told:upto]
        steps.append((start, line.values[place + 1], because))
        told = upto
    steps += events[told:]
    return line.values[known], steps
