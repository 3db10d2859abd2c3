"""A case explained to people: every answer with its reasons, in German or English (G-10)."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from supportcore.escalation import Notification, Reason
from supportcore.escalation.plans import Skipped, StepMark
from supportcore.instants import datetime_of, micros
from supportcore.rules import Decision
from supportcore.sla import Clock, Cycle, LevelUse, NamedDate, Segment, trace
from supportcore.wording import Language, duration_words, finding_line, instant_words, metric_words, say, share_words

if TYPE_CHECKING:
    from supportcore.evaluation.cases import Case

__all__ = ["explained"]

INDENT = "  "


def explained(case: "Case", language: Language) -> str:
    """The explanation of a case as text of several lines; `Case.explain` is the way to it."""
    as_of = instant_words(language, case.as_of)
    lines = [
        say(language, "case.head", ticket=case.ticket, as_of=as_of, zone=str(case.as_of.tzinfo)),
        say(language, "case.concept", concept=case.concept.name),
        "",
        say(language, "case.facts") + ": " + _facts(case, language),
        say(language, "case.priority") + f": {case.priority}",
        *_indented(_priorities(case, language)),
    ]
    if case.concept.scope is not None:
        lines += ["", *_scope(case.scope, language)]
    for (agreement, metric), clock in case.clocks.items():
        head = say(language, "case.clock", metric=metric_words(language, metric))
        lines += ["", head + (f" ({agreement})" if metric in case.ambiguous else ""), *_cycles(clock, language)]
        if clock.metric.budgets and clock.cycles:
            lines += (INDENT * 2 + line for line in _levels(case.clocks.levels(agreement, metric), language))
    if case.plan is not None:
        lines += ["", say(language, "case.ladder"), *_indented(_plan(case, language))]
    lines += ["", _next(case, language)]
    if case.findings:
        lines += ["", say(language, "case.findings"), *_indented(finding_line(language, one) for one in case.findings)]
    return "\n".join(lines)


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (INDENT + line for line in lines)


def _facts(case: "Case", language: Language) -> str:
    vocabulary = case.concept.vocabulary
    known = case.facts.at(case.as_of)
    said = [f"{name} {vocabulary[name].show(value)}" for name, value in known.items()]
    return ", ".join(said) or say(language, "case.facts-none")


def _priorities(case: "Case", language: Language) -> Iterator[str]:
    zone = case.as_of.tzinfo or case.concept.zone
    for piece in case.priorities.pieces:
        state = piece.value
        since = say(language, "case.from-the-start")
        if piece.start is not None:
            since = say(language, "case.since", instant=instant_words(language, datetime_of(piece.start, zone)))
        if state.override is not None:
            yield say(
                language,
                "case.priority-overridden",
                since=since,
                priority=state.priority,
                actor=state.override.actor,
                reason=state.override.reason,
                derived=state.derived,
            )
        elif state.decision is None:
            if piece.end is None or case.history.opening is None or piece.end > case.history.opening.instant:
                yield say(language, "case.priority-provisional", since=since, priority=state.priority)
        else:
            table = state.steps[0].before if state.steps else state.priority
            rule = state.decision.rule
            if rule is None:
                yield say(language, "case.priority-default", since=since, priority=table)
            else:
                said = {"since": since, "priority": table, "rule": rule.id, "because": rule.because}
                yield say(language, "case.priority-derived", **said)
            for applied in state.steps:
                raised = {"name": applied.step.name, "before": applied.before, "after": applied.after}
                yield INDENT + say(language, "case.priority-step", **raised)


def _scope(decision: Decision | None, language: Language) -> Iterator[str]:
    if decision is None:
        yield say(language, "case.scope") + ": " + say(language, "case.scope-open")
        return
    row = say(
        language,
        "case.scope-row",
        scope=decision["scope"],
        rule="" if decision.rule is None else decision.rule.id,
        because=decision.because,
    )
    yield say(language, "case.scope") + ": " + row
    if "send to" in decision.value:
        yield INDENT + say(language, "case.send-to", to=decision["send to"])


def _cycles(clock: Clock, language: Language) -> Iterator[str]:
    if not clock.cycles:
        yield INDENT + say(language, "case.clock-pending")
    for cycle in clock.cycles:
        yield from _indented(_cycle(cycle, language))


def _levels(uses: Iterable[LevelUse], language: Language) -> Iterator[str]:
    """What each level used of the last cycle, against its budget (SLA-11)."""
    for use in uses:
        said = {"level": use.level, "used": duration_words(language, use.used)}
        if use.budget is None or use.left is None:
            yield say(language, "case.level" if use.level else "case.level-none", **said)
        elif use.overrun:
            of = {"budget": duration_words(language, use.budget), "overrun": duration_words(language, use.overrun)}
            yield say(language, "case.level-over", **said, **of)
        else:
            of = {"budget": duration_words(language, use.budget), "left": duration_words(language, use.left)}
            yield say(language, "case.level-of", **said, **of)
        if use.excused:
            yield INDENT + say(language, "case.level-excused", excused=duration_words(language, use.excused))


def _cycle(cycle: Cycle, language: Language) -> Iterator[str]:
    if cycle.result == "open":
        phase = say(language, f"phase.{cycle.phase}")
        yield say(language, "case.cycle-open", number=cycle.number, phase=phase)
    else:
        result = say(language, f"result.{cycle.result}")
        yield say(language, "case.cycle", number=cycle.number, result=result)
    yield from _indented(_terms(cycle, language))
    yield from _indented(_instants(cycle, language))
    for segment in trace(cycle):
        yield INDENT * 2 + _segment(segment, language)


def _terms(cycle: Cycle, language: Language) -> Iterator[str]:
    changed = cycle.changed_by or cycle.opened_by
    if changed.kind == "edition":
        yield say(language, "case.edition", edition=cycle.agreement, since=changed.name)
    if cycle.allowed is None:
        yield say(language, "case.no-promise")
        yield say(language, "case.used", elapsed=duration_words(language, cycle.elapsed))
        return
    if cycle.rule is not None and cycle.promise:
        yield say(language, "case.promise", promise=cycle.promise, rule=cycle.rule.id)
    elif cycle.promise:
        yield say(language, "case.promise-alone", promise=cycle.promise)
    amount = None if cycle.target is None else cycle.target.amount
    if isinstance(amount, NamedDate):
        meant = next((name for name, date in amount.plan.items() if micros(date) == cycle.basis.instant), "")
        yield say(language, "case.promise-date", name=meant)
    if cycle.override is not None:
        due = instant_words(language, datetime_of(cycle.override.due, cycle.tz))
        yield say(language, "case.by-hand", instant=due, reason=cycle.override.reason)
    elif isinstance(amount, timedelta) and amount != cycle.allowed:
        yield say(language, "case.promise-cut", allowed=duration_words(language, cycle.allowed))
    yield say(
        language,
        "case.used-of",
        elapsed=duration_words(language, cycle.elapsed),
        allowed=duration_words(language, cycle.allowed),
        remaining=duration_words(language, cycle.allowed - cycle.elapsed + cycle.excused),
    )
    if cycle.excused:
        met = (one for one in cycle.excuses if one.start < cycle.until and (cycle.carried or one.end > cycle.start))
        reasons = ", ".join(dict.fromkeys(excuse.reason for excuse in met))
        yield say(language, "case.excused", excused=duration_words(language, cycle.excused), reasons=reasons)


def _instants(cycle: Cycle, language: Language) -> Iterator[str]:
    named: list[tuple[str, datetime | None]] = [
        ("case.started", cycle.started_at),
        ("case.due", cycle.due_at),
        ("case.ended", cycle.ended_at),
        ("case.due-if-resumed", cycle.due_if_resumed_now),
    ]
    yield ", ".join(
        say(language, key, instant=instant_words(language, instant)) for key, instant in named if instant is not None
    )
    if cycle.breached_at is not None:
        overrun = duration_words(language, cycle.overrun)
        yield say(language, "case.breached", instant=instant_words(language, cycle.breached_at), overrun=overrun)


def _segment(segment: Segment, language: Language) -> str:
    kind = say(language, f"kind.{segment.kind}")
    if segment.because.kind == "edition":
        kind += f" ({say(language, 'case.edition-since', since=segment.because.name)})"
    elif segment.because.name:
        kind += f" ({segment.because.name})"
    return say(
        language,
        "case.segment",
        start=instant_words(language, segment.start),
        end=instant_words(language, segment.end),
        length=duration_words(language, segment.length),
        kind=kind,
    )


def _step(step: StepMark, language: Language) -> str:
    if isinstance(step, int):
        return say(language, "case.step", number=step)
    return say(language, "case.last-resort" if step == "last resort" else "case.stand-down")


def _why(reason: Reason, language: Language) -> str:
    values = {name: _worded(name, value, language) for name, value in reason.values.items()}
    return say(language, f"reason.{reason.code}", **values)


def _worded(name: str, value: object, language: Language) -> object:
    if name == "clock":
        return metric_words(language, str(value))
    if isinstance(value, timedelta):
        return duration_words(language, value)
    return share_words(language, value) if isinstance(value, Fraction) else value


def _plan(case: "Case", language: Language) -> Iterator[str]:
    plan = case.plan
    assert plan is not None, "asked only where there is one"
    lines: list[tuple[int, str]] = [(one.instant, _told(one, case.as_of, language)) for one in plan.notifications]
    lines += [(skipped.instant, _skipped(skipped, language)) for skipped in plan.skipped]
    for missed in plan.unreached:
        at = instant_words(language, missed.at)
        lines.append(
            (missed.instant, say(language, "case.unreached", instant=at, ladder=missed.ladder, round=missed.round))
        )
    if not lines:
        yield say(language, "case.ladder-none")
    for _, line in sorted(lines, key=lambda one: one[0]):
        yield line


def _skipped(skipped: Skipped, language: Language) -> str:
    at, why = instant_words(language, skipped.at), _why(skipped.reason, language)
    if not skipped.ladder:
        return say(language, "case.escalated-in-vain", instant=at, why=why)
    step = _step(skipped.step, language)
    return say(language, "case.skipped", instant=at, ladder=skipped.ladder, step=step, to=skipped.to, why=why)


def _told(one: Notification, as_of: datetime, language: Language) -> str:
    words = say(
        language,
        "case.told",
        instant=instant_words(language, one.at),
        effect=say(language, f"effect.{one.effect}"),
        person=one.person,
        to=one.to,
        channel=one.channel,
        ladder=one.ladder,
        round=one.round,
        step=_step(one.step, language),
        why=_why(one.reason, language),
    )
    if one.until is not None and one.ended_by is not None:
        ending = say(language, f"ending.{one.ended_by}")
        until = instant_words(language, one.until)
        words += "; " + say(language, "case.current-until", instant=until, ending=ending)
    return words if one.at <= as_of else f"{words}; {say(language, 'case.planned')}"


def _next(case: "Case", language: Language) -> str:
    if case.next_instant is None:
        return say(language, "case.next-none")
    return say(language, "case.next", instant=instant_words(language, case.next_instant))
