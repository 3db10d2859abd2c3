"""One ticket's case: everything that a concept says about it as of an instant, each answer with its reasons (SVC-5)."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

from attrs import frozen

from supportcore.concept import Directory, ServiceConcept
from supportcore.domains import Vocabulary
from supportcore.errors import (
    DefinitionError,
    FactError,
    HistoryError,
    MissingFactError,
    NoDecisionError,
    NotBuiltError,
    UnknownNameError,
    did_you_mean,
    listed,
)
from supportcore.escalation import Plan, plan
from supportcore.findings import Finding
from supportcore.instants import datetime_of, micros
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.priority import Override, PriorityState, derive
from supportcore.rules import Decision
from supportcore.sla import Clock, Clocks, run_clocks
from supportcore.tickets import Event, Facts, History, facts_over_time, history_of, overrides_over_time, seen
from supportcore.timelines import Editions, Timeline, together
from supportcore.wording import finding_of, language_named

__all__ = ["Case", "evaluate"]


@frozen(slots=False)  # with slots, attrs would drop the docstrings of cached properties
class Case:
    """What a concept says about one ticket as of an instant.

    `priorities` is the priority over time with its derivation, `facts` what was known over time. `plan` and what
    is made of it are computed when asked for, and `findings`: what is odd about the ticket, with `undecided`, why
    its scope is not known.
    """

    concept: ServiceConcept
    directory: Directory
    history: History
    as_of: datetime
    facts: Timeline[Facts]
    priorities: Timeline[PriorityState]
    scope: Decision | None
    clocks: Clocks
    undecided: tuple[Finding, ...] = ()

    @property
    def ticket(self) -> str:
        """The ticket's name."""
        return self.history.ticket

    @property
    def priority(self) -> str:
        """The priority in force: derived from the facts, or overridden by hand, or provisional (PRI-2)."""
        return self.priorities.at(self.as_of).priority

    @cached_property
    def known(self) -> Timeline[Facts]:
        """The facts over time from which targets and scope are decided: `facts`, and the priority in force (G-13).

        What-if questions take it as their `facts`.
        """
        return _known(self.facts, self.priorities)

    @property
    def ambiguous(self) -> frozenset[str]:
        """The metrics that several agreements measure."""
        names = [metric for _, metric in self.clocks]
        return frozenset(metric for metric in names if names.count(metric) > 1)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is odd: a ticket from outside the concept's time, a scope that is open, events that meet no clock."""
        return (*_validity(self.concept, self.history), *self.undecided, *self.clocks.findings)

    def clock(self, metric: str) -> Clock:
        """The clock of a metric; `LookupError` with the nearest name where there is none or more than one."""
        found = [clock for (_, name), clock in self.clocks.items() if name == metric]
        if len(found) == 1:
            return found[0]
        known = sorted({name for _, name in self.clocks})
        if found:
            raise UnknownNameError(
                f"`{metric}` is measured by several agreements; ask `case.clocks[agreement, metric]`"
            )
        raise UnknownNameError(
            f"`{metric}` is no metric of the concept; accepted are {listed(known)}{did_you_mean(metric, known)}"
        )

    @cached_property
    def plan(self) -> Plan | None:
        """Who was and will be told, if nothing else happens (ESC-2); none where the concept has no ladders.

        Where several agreements measure a metric, a step at a share of it follows the first of them.
        """
        if self.concept.ladders is None:
            return None
        return plan(
            self.concept.ladders,
            self.history,
            priority=self.priorities.map(lambda state: state.priority),
            clocks={metric: clock for (_, metric), clock in reversed(list(self.clocks.items()))},
            duties=self.directory.duties,
            people=self.directory.people,
            roles=self.directory.roles,
            as_of=self.as_of,
        )

    @cached_property
    def next_instant(self) -> datetime | None:
        """The next instant after `as_of` at which an answer changes by itself: set one timer for it (SLA-12)."""
        after = micros(self.as_of)
        instants = [micros(coming.at) for coming in self.clocks.next_instants(self.as_of)]
        if self.plan is not None:
            step = self.plan.next_instant(self.as_of)
            instants += [] if step is None else [micros(step)]
        ahead = [instant for instant in instants if instant > after]
        return datetime_of(min(ahead), self.as_of.tzinfo or self.concept.zone) if ahead else None

    def explain(self, language: str = "") -> str:
        """Every answer with its reasons, in German (`de`) or English (`en`); by default in the concept's language."""
        from supportcore.evaluation.explanations import explained

        return explained(self, language_named(language) if language else self.concept.language)


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
    history = seen(history_of(events), as_of, known_at)
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
    known = _known(facts, priorities)
    clocks = run_clocks(history, concept.agreements, facts=known, as_of=as_of)
    scope, undecided = _scope(concept, known.at(as_of))
    return Case(
        concept=concept,
        directory=concept.directory if directory is None else directory,
        history=history,
        as_of=as_of,
        facts=facts,
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


def _known(facts: Timeline[Facts], priorities: Timeline[PriorityState]) -> Timeline[Facts]:
    return together(facts, priorities, lambda each, state: each.with_(priority=state.priority))


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
    except MissingFactError as error:
        return None, (Finding("case.scope-open", "note", "scope", f"cannot be decided yet: {error}"),)
    except NoDecisionError as error:
        return None, (Finding("case.scope-gap", "error", "scope", str(error)),)


def _validity(concept: ServiceConcept, history: History) -> tuple[Finding, ...]:
    opening = history.opening
    if opening is None:
        return ()
    early = concept.start is not None and opening.instant < micros(concept.start)
    late = concept.end is not None and opening.instant >= micros(concept.end)
    if not early and not late:
        return ()
    return (finding_of("case.validity", "warning", "valid", at=str(opening.at)),)
