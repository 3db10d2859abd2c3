"""The case of a ticket: the results of a concept for it as of an instant, with their reasons (SVC-5)."""

from datetime import datetime
from functools import cached_property

from attrs import field, frozen

from supportcore.concept import Directory, ServiceConcept
from supportcore.equality import equality_key
from supportcore.errors import UnknownNameError, did_you_mean, listed, shortened
from supportcore.escalation import Plan, plan
from supportcore.findings import Finding
from supportcore.instants import brief, datetime_of, micros
from supportcore.priority import PriorityState
from supportcore.rules import Decision
from supportcore.sla import Clock, Clocks
from supportcore.sla.clock.repr_words import clocks_words
from supportcore.tickets import Facts, History
from supportcore.timelines import Timeline
from supportcore.wording import language_named


@frozen(slots=False, repr=False)  # with slots, attrs would drop the docstrings of cached properties
class Case:
    """The results of a concept for one ticket as of an instant.

    `facts` are the known facts over time. `known` adds the priority in force; targets and scope are decided from it
    (G-13), and what-if functions take it as their `facts`. `priorities` is the priority over time with its derivation.
    `undecided` is the finding that says why the scope is not decided. `plan` is computed on first use.
    """

    concept: ServiceConcept
    directory: Directory
    history: History
    as_of: datetime = field(eq=equality_key)
    facts: Timeline[Facts]
    known: Timeline[Facts]
    priorities: Timeline[PriorityState]
    scope: Decision | None
    clocks: Clocks
    undecided: tuple[Finding, ...] = ()

    def __repr__(self) -> str:
        head = f"{shortened(self.ticket, 20)} as of {brief(self.as_of)}"
        return f"Case({head}: {shortened(self.priority, 20)}; {clocks_words(self.clocks.values())})"

    @property
    def ticket(self) -> str:
        """The name of the ticket."""
        return self.history.ticket

    @property
    def priority(self) -> str:
        """The priority in force: derived from the facts, or overridden by hand, or provisional (PRI-2)."""
        return self.priorities.at(self.as_of).priority

    @property
    def ambiguous(self) -> frozenset[str]:
        """The metrics that several agreements measure."""
        names = [metric for _, metric in self.clocks]
        return frozenset(metric for metric in names if names.count(metric) > 1)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Findings about the ticket: outside the period of the concept, scope undecided, events that no clock uses."""
        return (*_validity(self.concept, self.history), *self.undecided, *self.clocks.findings)

    def clock(self, metric: str) -> Clock:
        """Return the clock of a metric; raise `UnknownNameError` if no agreement or more than one measures it."""
        found = [clock for (_, name), clock in self.clocks.items() if name == metric]
        if len(found) == 1:
            return found[0]
        known = sorted({name for _, name in self.clocks})
        if found:
            raise UnknownNameError(
                f"`{metric}` is measured by several agreements; use `case.clocks[agreement, metric]`"
            )
        raise UnknownNameError(
            f"`{metric}` is not a metric of the concept; expected one of {listed(known)}{did_you_mean(metric, known)}"
        )

    @cached_property
    def plan(self) -> Plan | None:
        """The past and future notifications without further events (ESC-2); `None` if the concept has no ladders.

        If several agreements measure a metric, a ladder step at a share of it follows the first agreement.
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
        """The next instant after `as_of` at which a result changes without an event: set one timer for it (SLA-12)."""
        after = micros(self.as_of)
        instants = [micros(upcoming.at) for upcoming in self.clocks.next_instants(self.as_of)]
        if self.plan is not None:
            step = self.plan.next_instant(self.as_of)
            instants += [] if step is None else [micros(step)]
        ahead = [instant for instant in instants if instant > after]
        return datetime_of(min(ahead), self.as_of.tzinfo or self.concept.zone) if ahead else None

    def explain(self, language: str = "") -> str:
        """Return priority, scope, clocks and plan with their reasons, in German (`de`) or English (`en`).

        Without `language`, the language of the concept.
        """
        from supportcore.evaluation.words import case_lines

        return "\n".join(case_lines(language_named(language) if language else self.concept.language, self))


def _validity(concept: ServiceConcept, history: History) -> tuple[Finding, ...]:
    opening = history.opening
    if opening is None:
        return ()
    early = concept.start is not None and opening.instant < micros(concept.start)
    late = concept.end is not None and opening.instant >= micros(concept.end)
    if not early and not late:
        return ()
    opened = datetime_of(opening.instant, concept.zone)
    return (Finding("case.validity", "warning", "valid", {"opened": opened}),)
