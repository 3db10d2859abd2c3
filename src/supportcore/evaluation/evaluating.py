"""Evaluate one ticket's history under a concept (SVC-5)."""

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


def evaluate(
    concept: ServiceConcept | Editions[ServiceConcept],
    events: Iterable[Event],
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    directory: Directory | None = None,
) -> Case:
    """The case of one ticket as of an instant: facts → priority → scope → targets → clocks → ladder plan (G-13, SVC-5).

    Only events up to `as_of` are seen, and with `known_at` only those recorded by then (G-8). `directory` replaces
    the one that the concept holds. Of several editions of a concept, pinned at `opening`, the ticket follows the one in
    force when it was opened (G-12). Raises `HistoryError` for events that contradict each other, `FactError` for facts
    outside the concept's vocabulary and for an overridden priority outside its scale, `MissingFactError` where the
    table of targets needs a fact that is not known, and `DefinitionError` for what is no concept or directory.

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
        raise HistoryError(
            f"the ticket has no event as of `{as_of}`; give at least its `Opened`, or ask for a later instant"
        )
    if isinstance(concept, Editions):
        concept = _in_force(concept, history)
    check_concept(concept)
    if directory is not None and not isinstance(directory, Directory):
        raise DefinitionError(f"`directory` is `{directory}`; a `Directory` is accepted, as `concept.directory` is one")
    facts = _facts(concept.vocabulary, history)
    priorities = derive(concept.priority, facts, _overrides(concept, history))
    known = together(facts, priorities, lambda each, state: each.with_(priority=state.priority))
    clocks = run_clocks(history, concept.agreements, facts=known, as_of=as_of)
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
    """`DefinitionError` for what is no service concept, such as the name of one."""
    if not isinstance(given, ServiceConcept):
        raise DefinitionError(f"`{given}` is no service concept; give one that `load` answers, or `Editions` of some")


def _in_force(editions: Editions[ServiceConcept], history: History) -> ServiceConcept:
    """The concept that was in force when the ticket was opened; for one that was not, at its first event."""
    if editions.pin != "opening":
        raise NotBuiltError(
            f"the concept `{editions.name}` is pinned at `{editions.pin}`, which is not built yet; pin it at "
            "`opening`, and what changes for running clocks by editions of the agreements in it"
        )
    return editions.edition_at((history.opening or history.events[0]).instant).value


def _facts(vocabulary: Vocabulary, history: History) -> Timeline[Facts]:
    """The ticket's facts over time, with customer and channel where the vocabulary has them, checked against it."""
    facts = facts_over_time(history)
    opening = history.opening
    if opening is not None:
        said = {"customer": opening.customer, "channel": opening.channel}
        extra: Facts = FrozenMapping({name: value for name, value in said.items() if value and name in vocabulary})
        if extra:
            opened = Timeline.of(EMPTY, [(opening.instant, extra, opening)])
            facts = together(facts, opened, lambda each, more: FrozenMapping({**more, **each}))
    wrong = {
        str(problem): piece.because
        for piece in facts.pieces
        for problem in vocabulary.problems(piece.value, complete=False)
    }
    if wrong:
        words = "; ".join(f"{words} (event `{getattr(event, 'id', '')}`)" for words, event in wrong.items())
        raise FactError(f"ticket `{history.ticket}`: {words}")
    return facts


def _overrides(concept: ServiceConcept, history: History) -> tuple[Override, ...]:
    """The priorities set by hand over time, each one of the concept's scale."""
    made: list[Override] = []
    for piece in overrides_over_time(history).changes():
        event = piece.value
        if event is None or piece.start is None:
            continue
        problem = concept.priority.scale.problem(event.priority)
        if problem:
            raise FactError(f"ticket `{history.ticket}`: {problem} (event `{event.id}`)")
        made.append(Override(piece.start, piece.end, event.priority, str(event.by), event.reason))
    return tuple(made)


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
