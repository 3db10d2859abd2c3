"""Clocks as German and English sentences: what was promised, what has been used, when what is due (G-10, SLA-13)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from supportcore.instants import datetime_of
from supportcore.wording import INDENT, Language, duration_words, indented, instant_words, metric_words, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supportcore.sla.clock.clocks import Clock
    from supportcore.sla.clock.cycles import Cycle
    from supportcore.sla.clock.levels import LevelUse
    from supportcore.sla.clock.traces import Segment


def clock_lines(language: Language, clock: "Clock", agreement: str = "") -> Iterator[str]:
    """A clock under its heading, which names the agreement where one is given."""
    head = say(language, "case.clock", metric=metric_words(language, clock.name))
    yield f"{head} ({agreement})" if agreement else head
    yield from cycles_lines(language, clock)


def cycles_lines(language: Language, clock: "Clock") -> Iterator[str]:
    """The cycles of a clock, each with its terms, its instants and its trace."""
    if not clock.cycles:
        yield INDENT + say(language, "case.clock-pending")
    for cycle in clock.cycles:
        yield from indented(_cycle(cycle, language))


def level_lines(language: Language, uses: "Iterable[LevelUse]") -> Iterator[str]:
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


def _cycle(cycle: "Cycle", language: Language) -> Iterator[str]:
    if cycle.result == "open":
        phase = say(language, f"phase.{cycle.phase}")
        yield say(language, "case.cycle-open", number=cycle.number, phase=phase)
    else:
        result = say(language, f"result.{cycle.result}")
        yield say(language, "case.cycle", number=cycle.number, result=result)
    yield from indented(_terms(cycle, language))
    yield from indented(_instants(cycle, language))
    for segment in cycle.trace():
        yield INDENT * 2 + _segment(segment, language)


def _terms(cycle: "Cycle", language: Language) -> Iterator[str]:
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
    if cycle.named_date is not None:
        yield say(language, "case.promise-date", name=cycle.named_date)
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


def _instants(cycle: "Cycle", language: Language) -> Iterator[str]:
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


def _segment(segment: "Segment", language: Language) -> str:
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
