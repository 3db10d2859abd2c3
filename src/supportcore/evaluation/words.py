"""A case as German and English sentences: facts, priority, scope, clocks, plan and findings (G-10)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from supportcore.escalation.words import plan_lines
from supportcore.instants import micros
from supportcore.priority.words import priority_lines
from supportcore.rules.phrases import value_words
from supportcore.sla.words import clock_lines, level_lines
from supportcore.wording import INDENT, Joined, Language, MetricName, Part, Phrase, Term, indented, say

if TYPE_CHECKING:
    from supportcore.domains import Domain, Value
    from supportcore.evaluation.cases import Case


def case_lines(language: Language, case: "Case") -> Iterator[str]:
    """Yield the lines of a case's explanation."""
    tz = case.as_of.tzinfo or case.concept.zone
    opened = None if case.history.opening is None else case.history.opening.instant
    yield say(language, "case.head", ticket=case.ticket, as_of=case.as_of, zone=str(case.as_of.tzinfo))
    yield say(language, "case.concept", concept=case.concept.name)
    yield ""
    yield _facts(language, case)
    yield say(language, "priority.head", priority=case.priority)
    yield from indented(priority_lines(language, case.priorities, tz, opened))
    if case.concept.scope is not None:
        yield ""
        yield from _scope(language, case)
    for (agreement, metric), clock in case.clocks.items():
        yield ""
        yield from clock_lines(language, clock, agreement if metric in case.ambiguous else "")
        if clock.metric.budgets and clock.cycles:
            yield from (INDENT * 2 + line for line in level_lines(language, case.clocks.levels(agreement, metric)))
    if case.plan is not None:
        yield ""
        yield say(language, "plan.head")
        yield from indented(plan_lines(language, case.plan))
    yield ""
    yield _next(language, case)
    if case.findings:
        yield ""
        yield say(language, "case.findings")
        yield from indented(finding.line(language) for finding in case.findings)


def _facts(language: Language, case: "Case") -> str:
    known = case.facts.at(case.as_of)
    if not known:
        return say(language, "case.facts-unknown")
    facts = (
        Phrase(
            "case.fact", {"name": Term("fact", name), "value": _value(language, case.concept.vocabulary[name], value)}
        )
        for name, value in known.items()
    )
    return say(language, "case.facts", facts=Joined(facts, ", "))


def _value(language: Language, domain: "Domain", value: "Value") -> Part:
    if isinstance(value, bool):
        return Phrase("flag.yes" if value else "flag.no")
    return Term("channel", str(value)) if domain.name == "channel" else value_words(language, domain, value)


def _scope(language: Language, case: "Case") -> Iterator[str]:
    decision = case.scope
    if decision is None:
        yield say(language, "scope.open")
        return
    scope = Term("coverage", str(decision["scope"]))
    if decision.rule is None:
        yield say(language, "scope.default", scope=scope)
    else:
        yield say(language, "scope.rule", scope=scope, rule=decision.rule.id, because=decision.because)
    if "send to" in decision.value:
        yield INDENT + say(language, "scope.send-to", to=str(decision["send to"]))


def _next(language: Language, case: "Case") -> str:
    if case.next_instant is None:
        return say(language, "next.nothing")
    next_micros = micros(case.next_instant)
    changes = [
        Phrase(f"next.{upcoming.what}", {"metric": MetricName(upcoming.metric)})
        for upcoming in case.clocks.next_instants(case.as_of)
        if micros(upcoming.at) == next_micros
    ]
    for notice in case.plan.notifications if case.plan is not None else ():
        if notice.instant == next_micros:
            effect = Phrase(f"effect.{notice.effect}")
            changes.append(Phrase("next.notification", {"effect": effect, "person": notice.person}))
    return say(language, "next.changes", instant=case.next_instant, changes=Joined(dict.fromkeys(changes), "; "))
