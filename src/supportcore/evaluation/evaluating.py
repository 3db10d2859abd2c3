"""Evaluate the history of a ticket under a concept (SVC-5)."""

from collections.abc import Iterable
from datetime import datetime

from supportcore.concept import Directory, ServiceConcept
from supportcore.domains import Vocabulary
from supportcore.errors import (
    DefinitionError,
    FactError,
    HistoryError,
    MissingFactError,
    NoDecisionError,
    NotBuiltError,
)
from supportcore.evaluation.cases import Case
from supportcore.findings import Finding
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.priority import Override, derive
from supportcore.rules import Decision
from supportcore.sla import run_clocks
from supportcore.tickets import Event, Facts, History, facts_over_time, history_as_of, history_of, overrides_over_time
from supportcore.timelines import Editions, Timeline, together


def evaluate(
    concept: ServiceConcept | Editions[ServiceConcept],
    events: Iterable[Event],
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    directory: Directory | None = None,
) -> Case:
    """Return the case of a ticket as of an instant: facts → priority → scope → targets → clocks → plan (G-13, SVC-5).

    Only events up to `as_of` count and, with `known_at`, only events recorded by then (G-8). `directory` replaces the
    directory of the concept. Of several editions of a concept, pinned at `opening`, the ticket follows the edition in
    force at its opening (G-12).

    Raises `HistoryError` for events that contradict each other, `FactError` for facts outside the vocabulary of the
    concept and for an overridden priority outside its scale, `MissingFactError` if the table of targets needs a fact
    that is not known, and `DefinitionError` if `concept` or `directory` is a value of another type.

    >>> from datetime import UTC, timedelta
    >>> import supportcore as sc
    >>> at = datetime(2026, 3, 16, 9, tzinfo=UTC)
    >>> facts = {"kind": "outage", "impact": "a team", "business": "critical"}
    >>> facts |= {"contract": "managed", "source": "customer"}
    >>> opened = sc.Opened("T-1", at, facts=facts)
    >>> case = evaluate(sc.load(sc.example("hosting")), [opened], as_of=at + timedelta(hours=1))
    >>> case.priority, str(case.clock("reaction").due_at)
    ('critical', '2026-03-16 11:00:00+00:00')
    """
    history = history_as_of(history_of(events), as_of, known_at)
    if not history.events:
        raise HistoryError(f"the ticket has no event as of `{as_of}`; give at least its `Opened`, or a later `as_of`")
    if isinstance(concept, Editions):
        concept = _in_force(concept, history)
    check_concept(concept)
    if directory is not None and not isinstance(directory, Directory):
        raise DefinitionError(f"`directory` is `{directory}`; expected a `Directory` such as `concept.directory`")
    facts = _facts(concept.vocabulary, history)
    priorities = derive(concept.priority, facts, _overrides(concept, history))
    known = together(facts, priorities, lambda facts, state: facts.with_(priority=state.priority))
    clocks = run_clocks(history, concept.agreements, facts=known, as_of=as_of, words=concept.event_words)
    scope, undecided = _scope(concept, known.at(as_of))
    return Case(
        concept=concept,
        directory=concept.directory if directory is None else directory,
        history=history,
        as_of=as_of,
        facts=facts,
        known=known,
        priorities=priorities,
        scope=scope,
        clocks=clocks,
        undecided=undecided,
    )


def check_concept(given: object) -> None:
    """Raise `DefinitionError` for a value that is not a service concept, such as its name."""
    if not isinstance(given, ServiceConcept):
        raise DefinitionError(
            f"`{given}` is not a service concept; load it with `load`, or give `Editions` of concepts"
        )


def _in_force(editions: Editions[ServiceConcept], history: History) -> ServiceConcept:
    """Return the edition in force at the opening of the ticket; without an opening, at its first event."""
    if editions.pin != "opening":
        raise NotBuiltError(
            f"the concept `{editions.name}` is pinned at `{editions.pin}`, which this version does not support; pin it "
            "at `opening`, and use editions of its agreements for changes to running clocks"
        )
    return editions.edition_at((history.opening or history.events[0]).instant).value


def _facts(vocabulary: Vocabulary, history: History) -> Timeline[Facts]:
    """Return the facts over time, with customer and channel if the vocabulary has them, checked against it."""
    facts = facts_over_time(history)
    opening = history.opening
    if opening is not None:
        given = {"customer": opening.customer, "channel": opening.channel}
        extra: Facts = FrozenMapping({name: value for name, value in given.items() if value and name in vocabulary})
        if extra:
            opened = Timeline.of(EMPTY, [(opening.instant, extra, opening)])
            facts = together(facts, opened, lambda known, more: FrozenMapping({**more, **known}))
    problems = {
        str(problem): piece.because
        for piece in facts.pieces
        for problem in vocabulary.problems(piece.value, complete=False)
    }
    if problems:
        words = "; ".join(f"{problem} (event `{getattr(event, 'id', '')}`)" for problem, event in problems.items())
        raise FactError(f"ticket `{history.ticket}`: {words}")
    return facts


def _overrides(concept: ServiceConcept, history: History) -> tuple[Override, ...]:
    """Return the priorities set by hand over time; raise `FactError` for a priority outside the scale."""
    overrides: list[Override] = []
    for piece in overrides_over_time(history).changes():
        event = piece.value
        if event is None or piece.start is None:
            continue
        problem = concept.priority.scale.problem(event.priority)
        if problem:
            raise FactError(f"ticket `{history.ticket}`: {problem} (event `{event.id}`)")
        overrides.append(Override(piece.start, piece.end, event.priority, str(event.by), event.reason))
    return tuple(overrides)


def _scope(concept: ServiceConcept, facts: Facts) -> tuple[Decision | None, tuple[Finding, ...]]:
    from supportcore.wording import Joined, Names, Phrase

    if concept.scope is None:
        return None, ()
    try:
        return concept.scope.decide(facts), ()
    except MissingFactError:
        missing = [domain.name for domain in concept.scope.inputs if not domain.optional and domain.name not in facts]
        return None, (Finding("case.scope-open", "note", "scope", {"missing": Names(missing)}),)
    except NoDecisionError:
        known = (
            Phrase("case.fact", {"name": domain.name, "value": domain.show(facts[domain.name])})
            for domain in concept.scope.inputs
            if domain.name in facts
        )
        return None, (Finding("case.scope-gap", "error", "scope", {"facts": Joined(known, ", ")}),)
