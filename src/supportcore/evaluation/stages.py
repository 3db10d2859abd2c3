"""The stages of an evaluation: facts, priority, targets with their clocks, and scope (G-13)."""

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
from supportcore.wording import Joined, Names, Phrase


def case_of(
    concept: ServiceConcept | Editions[ServiceConcept],
    events: Iterable[Event],
    as_of: datetime,
    known_at: datetime | None,
    directory: Directory | None,
) -> Case:
    """Return what `evaluate` returns, and raise its errors."""
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
