"""Clocks as German and English sentences: promises, time used, due instants and segments (G-10, SLA-13)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from supportcore.instants import datetime_of
from supportcore.wording import (
    INDENT,
    Language,
    Part,
    Phrase,
    Term,
    duration_words,
    in_words,
    indented,
    metric_words,
    remaining_words,
    say,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supportcore.sla.clock.clocks import Clock
    from supportcore.sla.clock.cycles import Cycle
    from supportcore.sla.clock.levels import LevelUse
    from supportcore.sla.clock.traces import Segment


def clock_lines(language: Language, clock: "Clock", agreement: str = "") -> Iterator[str]:
    """Yield the heading of a clock, with the agreement if it is given, and the lines of its cycles."""
    metric = metric_words(language, clock.name)
    if agreement:
        yield say(language, "clock.head-of", metric=metric, agreement=agreement)
    else:
        yield say(language, "clock.head", metric=metric)
    yield from cycles_lines(language, clock)


def cycles_lines(language: Language, clock: "Clock") -> Iterator[str]:
    """Yield the lines of the cycles of a clock: terms, instants and segments of each."""
    if not clock.cycles:
        yield INDENT + say(language, "clock.not-started")
    for cycle in clock.cycles:
        yield from indented(_cycle(language, cycle))


def level_lines(language: Language, uses: "Iterable[LevelUse]") -> Iterator[str]:
    """Yield a line for the time that each level used of the last cycle, compared with its budget (SLA-11)."""
    for use in uses:
        if not use.level:
            yield say(language, "clock.level-none", used=use.used)
        elif use.budget is None or use.left is None:
            yield say(language, "clock.level", level=use.level, used=use.used)
        else:
            budget = remaining_words(language, use.budget)
            if use.overrun:
                over = use.overrun
                yield say(language, "clock.level-over", level=use.level, used=use.used, budget=budget, overrun=over)
            else:
                left = remaining_words(language, use.left)
                yield say(language, "clock.level-of", level=use.level, used=use.used, budget=budget, left=left)
        if use.excused:
            yield INDENT + say(language, "clock.level-excused", excused=use.excused)


def promise_words(language: Language, cycle: "Cycle") -> str:
    """Return the promise of a cycle and the hours that count; an empty text if nothing is promised."""
    if cycle.target is None or cycle.allowed is None:
        return ""
    promise: Part = cycle.target if cycle.named_date is None else _date(cycle.promise)
    if not cycle.calendar_name:
        return in_words(language, promise)
    return say(language, "target.in-hours", target=promise, hours=_calendar(cycle.calendar_name))


def _cycle(language: Language, cycle: "Cycle") -> Iterator[str]:
    state = f"phase.{cycle.phase}" if cycle.result == "open" else f"result.{cycle.result}"
    yield say(language, "clock.cycle", number=cycle.number, state=Phrase(state))
    yield from indented(_terms(language, cycle))
    yield from indented(_instants(language, cycle))
    for segment in cycle.trace():
        yield INDENT * 2 + _segment(language, segment)


def _terms(language: Language, cycle: "Cycle") -> Iterator[str]:
    changed = cycle.changed_by or cycle.opened_by
    if changed.kind == "edition":
        yield say(language, "clock.edition", edition=cycle.agreement, since=_since(changed.name))
    if cycle.allowed is None:
        yield say(language, "clock.no-promise")
        yield say(language, "clock.used", elapsed=cycle.elapsed)
        return
    if cycle.target is not None:
        promise = promise_words(language, cycle)
        if cycle.rule is None:
            yield say(language, "clock.promise", promise=promise)
        else:
            yield say(language, "clock.promise-rule", promise=promise, rule=cycle.rule.id)
    if cycle.named_date is not None:
        yield say(language, "clock.promise-date", name=cycle.named_date)
    amount = None if cycle.target is None else cycle.target.amount
    allowed = remaining_words(language, cycle.allowed)
    if cycle.override is not None:
        due = datetime_of(cycle.override.due, cycle.tz)
        yield say(language, "clock.by-hand", instant=due, reason=cycle.override.reason)
    elif isinstance(amount, timedelta) and amount != cycle.allowed:
        yield say(language, "clock.promise-cut", allowed=allowed)
    remaining = cycle.allowed - cycle.elapsed + cycle.excused
    if remaining < timedelta(0):
        yield say(language, "clock.used-up", elapsed=cycle.elapsed, allowed=allowed)
    else:
        left = remaining_words(language, remaining)
        yield say(language, "clock.used-of", elapsed=cycle.elapsed, allowed=allowed, remaining=left)
    if cycle.excused:
        excuses = (
            excuse
            for excuse in cycle.excuses
            if excuse.start < cycle.until and (cycle.carried or excuse.end > cycle.start)
        )
        reasons = ", ".join(dict.fromkeys(excuse.reason for excuse in excuses))
        yield say(language, "clock.excused", excused=cycle.excused, reasons=reasons)


def _instants(language: Language, cycle: "Cycle") -> Iterator[str]:
    named: dict[str, datetime | None] = {
        "clock.started": cycle.started_at,
        "clock.due": cycle.due_at,
        "clock.ended": cycle.ended_at,
        "clock.due-if-resumed": cycle.due_if_resumed_now,
    }
    yield ", ".join(say(language, key, instant=instant) for key, instant in named.items() if instant is not None)
    if cycle.breached_at is not None:
        yield say(language, "clock.breached", instant=cycle.breached_at, overrun=cycle.overrun)


def _segment(language: Language, segment: "Segment") -> str:
    because = _because(segment)
    key = "clock.segment-because" if because else "clock.segment"
    parts: dict[str, Part] = {"because": because} if because else {}
    kind = Phrase(f"kind.{segment.kind}")
    used = segment.kind in ("counted", "carried")
    length = (duration_words if used else remaining_words)(language, segment.length)
    return say(language, key, start=segment.start, end=segment.end, length=length, kind=kind, **parts)


def _because(segment: "Segment") -> Part:
    """Return the cause of a segment; an empty text if its kind is enough."""
    name = segment.because.name
    if segment.because.kind == "edition":
        return Phrase("cause.edition", {"since": _since(name)})
    if segment.kind == "carried" and name:
        return Phrase("cause.cycle", {"number": name})
    if segment.kind == "paused":
        return Term("waiting", name)
    return _calendar(name) if segment.because.kind == "hours" else name


def _date(promise: str) -> Part:
    """Return a promise of a date as concepts write it: `next release`, `release 7.1`."""
    name = promise.partition(",")[0]
    if name.startswith("next "):
        return Phrase("target.next-date", {"plan": name.removeprefix("next ")})
    return Phrase("target.date", {"name": name})


def _calendar(name: str) -> Part:
    """Return the name of a calendar as concepts write it: `always`, `office`, `outside office`."""
    if name.startswith("outside "):
        return Phrase("calendar.outside", {"hours": _calendar(name.removeprefix("outside "))})
    return Term("calendar", name)


def _since(text: str) -> Part:
    """Return the day or instant from which an edition is in force."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
