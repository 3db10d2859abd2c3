"""Whatever stands in place of an argument is taken, or refused by an error of the library: never by one of the host."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import fields

from supportcore.calendars import WorkingDays
from supportcore.errors import SupportcoreError
from supportcore.reports import attainment, figures_over_time, service_figures
from supportcore.sla import (
    Agreement,
    ChangePolicy,
    Metric,
    NamedDate,
    On,
    Reopen,
    Target,
    Threshold,
    While,
    budget_findings,
    consumed,
    impact,
    operational_findings,
    outer_findings,
    reaction,
    reevaluate,
    resolution,
    run_clocks,
)
from supportcore.tickets import KINDS, Event, Opened, Paused, Reopened, Resolved, Resumed, holders_over_time
from tests.unit.sla.desk import ALWAYS, GOLD as TABLED, OFFICE, at

HOUR = timedelta(hours=1)
WHATEVER: list[Any] = [
    None, True, 0, -1, 1.5, float("nan"), float("inf"), Decimal("NaN"), Decimal("1.5"), Fraction(1, 3),
    "", "x", b"x", [], ["x"], [None], [["x"]], (), {}, {"x": 1}, {1: 2}, {"x": ["y"]}, set(), {"x"}, object(), object,
    datetime(2026, 1, 1), datetime(1, 1, 1, tzinfo=timezone(14 * HOUR)), date(2026, 1, 1),
    timedelta(-1), timedelta(0), timedelta.max, Opened, On(Opened), reaction(), Target(None), OFFICE,
]  # fmt: skip

OPENED = Opened("T", at(5, 8), facts={"priority": "major"}, id="opened")
HISTORY: list[Event] = [
    OPENED,
    Paused("T", at(5, 9), reason="customer"),
    Resumed("T", at(5, 10)),
    Resolved("T", at(5, 11)),
    Reopened("T", at(5, 13)),
]
GOLD = Agreement("gold", OFFICE, [reaction(), resolution()], targets={"resolution": "1 h"},
                 promises={"1 h": Target(HOUR)})  # fmt: skip


def answers(history: list[Event], agreement: Agreement) -> None:
    """Asks everything that may be asked of the clocks."""
    clocks = run_clocks(history, [agreement], as_of=at(9, 9))
    assert isinstance(clocks.findings, tuple)
    assert isinstance(clocks.next_instants(), tuple)
    assert isinstance(budget_findings(agreement), tuple)
    assert isinstance(operational_findings(agreement, GOLD), tuple)
    for clock in clocks.values():
        assert sum((one.used for one in clocks.levels(clock.agreement, clock.name)), timedelta()) == clock.elapsed
        assert clock.due_at is None or clock.due_at.tzinfo is not None
        assert sum((one.length for one in clock.trace() if one.kind in ("counted", "carried")), timedelta()) == (
            clock.elapsed
        )
        assert len(clock.thresholds) in (0, len(clock.metric.thresholds))


OWN: dict[str, Any] = {
    "reason": "x", "agreement": "gold", "event": "e", "priority": "p", "minutes": 3, "until": at(5, 9), "into": "U",
    "metric": "resolution", "due": at(5, 9), "start": at(5, 9), "end": at(5, 10), "score": 3,
}  # fmt: skip


def events_with(whatever: Any) -> Iterator[Callable[[], None]]:
    """Every kind of event with something in place of each of its fields, and the clocks of its ticket."""
    for kind in KINDS:
        names = [one.name for one in fields(kind) if one.init]
        whole = {name: OWN[name] for name in names if name in OWN} | {"ticket": "T", "at": at(5, 9)}
        for name in names:
            given = whole | {name: whatever}

            def asked(kind: type[Event] = kind, given: dict[str, Any] = given) -> None:
                event = kind(**given)
                answers([event] if kind is Opened else [OPENED, event], GOLD)

            yield asked


def metric_with(**given: Any) -> None:
    metric = Metric(**{"name": "m", "start": On(Opened), "stop": On(Resolved), "resume": On(Resumed), **given})
    answers(HISTORY, Agreement("g", OFFICE, metric))


def promise_of(target: Target) -> None:
    answers(HISTORY, Agreement("g", OFFICE, resolution(), targets={"resolution": "a"}, promises={"a": target}))


def agreement_with(**given: Any) -> None:
    whole = {"name": "g", "calendar": OFFICE, "metrics": resolution(), "targets": {"resolution": "a"}}
    answers(HISTORY, Agreement(**{**whole, "promises": {"a": Target(HOUR)}, **given}))


def parts_with(whatever: Any) -> Iterator[Callable[[], object]]:
    """Everything of which clocks are made, with something in place of each argument."""
    for name in ("name", "start", "stop", "pause", "resume", "reset", "cancel", "reopen", "thresholds", "change"):
        yield lambda name=name: metric_with(**{name: whatever})
    yield lambda: metric_with(budgets=whatever)
    shared = {"first": whatever, "second": whatever}
    yield lambda: agreement_with(metrics=resolution().with_(budgets=shared))
    yield lambda: agreement_with(metrics=resolution().with_(budgets=shared), promises={"a": Target(WorkingDays(1))})
    for name in (
        "name",
        "calendar",
        "metrics",
        "targets",
        "promises",
        "change",
        "priorities",
        "on_attachment",
        "hours",
        "inside",
    ):
        yield lambda name=name: agreement_with(**{name: whatever})
    for name in ("policy", "within", "otherwise"):
        yield lambda name=name: metric_with(reopen=Reopen(**{"policy": "resume", name: whatever}))
    for name in ("raised", "lowered", "attached"):
        yield lambda name=name: agreement_with(change=ChangePolicy(**{name: whatever}))
    yield lambda: promise_of(Target(whatever))
    yield lambda: promise_of(Target(HOUR, whatever))
    yield lambda: promise_of(Target(HOUR, hours=whatever))
    yield lambda: promise_of(Target(NamedDate(whatever)))
    yield lambda: promise_of(Target(NamedDate({"a": at(5, 9)}, whatever)))
    yield lambda: On(whatever)
    yield lambda: On(Opened, by=whatever)
    yield lambda: On(Paused, where=whatever)
    yield lambda: On(Paused, where={"reason": whatever})
    yield lambda: While(whatever)
    yield lambda: While({"state": whatever})
    yield lambda: Threshold.percent(whatever)
    yield lambda: Threshold.before(whatever)
    yield lambda: Threshold.after(whatever)
    yield lambda: Threshold.days_from_due(whatever)


def questions_with(whatever: Any) -> Iterator[Callable[[], object]]:
    """Every question, with something in place of each argument."""
    clocks = run_clocks([OPENED], [GOLD], as_of=at(5, 9))
    yield lambda: run_clocks(whatever, [GOLD], as_of=at(5, 9))
    yield lambda: run_clocks([whatever], [GOLD], as_of=at(5, 9))
    yield lambda: run_clocks([OPENED], whatever, as_of=at(5, 9))
    yield lambda: run_clocks([OPENED], [whatever], as_of=at(5, 9))
    yield lambda: run_clocks([OPENED], [GOLD], as_of=whatever)
    yield lambda: run_clocks([OPENED], [GOLD], as_of=at(5, 9), known_at=whatever)
    yield lambda: run_clocks([OPENED], [GOLD], facts=whatever, as_of=at(5, 9))
    yield lambda: clocks[whatever]
    yield lambda: clocks.next_instants(whatever)
    yield lambda: attainment(whatever)
    if not isinstance(whatever, type):  # a function of one's own raises what it will
        yield lambda: attainment([clocks], by=whatever)
        yield lambda: impact([GOLD], OFFICE, ALWAYS, [[OPENED]], facts=whatever, as_of=at(5, 9))
    yield lambda: attainment([clocks])[0].percentile(whatever)
    yield lambda: service_figures(whatever)
    yield lambda: figures_over_time(whatever, tz="UTC")
    yield lambda: figures_over_time([[OPENED]], every=whatever, tz="UTC")
    yield lambda: figures_over_time([[OPENED]], tz=whatever)
    yield lambda: holders_over_time(whatever)
    yield lambda: budget_findings(whatever)
    yield lambda: operational_findings(whatever, GOLD)
    yield lambda: operational_findings(GOLD, whatever)
    yield lambda: outer_findings(whatever)
    yield lambda: outer_findings({"gold": whatever})
    yield lambda: GOLD.choose(whatever)
    yield lambda: TABLED.choose(whatever)
    yield lambda: clocks.levels(whatever, "resolution")
    yield lambda: clocks.levels("gold", whatever)
    clock = clocks["gold", "resolution"]
    yield lambda: consumed(whatever, holders_over_time([OPENED]))
    yield lambda: consumed(clock.cycles[0], whatever)
    yield lambda: clock.outlasts(whatever)
    yield lambda: reevaluate(whatever, [GOLD], [GOLD], as_of=at(5, 9))
    yield lambda: reevaluate([OPENED], [GOLD], whatever, as_of=at(5, 9))
    yield lambda: impact(whatever, OFFICE, ALWAYS, [[OPENED]], as_of=at(5, 9))
    yield lambda: impact([whatever], OFFICE, ALWAYS, [[OPENED]], as_of=at(5, 9))
    yield lambda: impact([GOLD], OFFICE, ALWAYS, [[OPENED]], as_of=whatever)
    yield lambda: reevaluate([OPENED], whatever, [GOLD], as_of=at(5, 9))
    yield lambda: reevaluate([OPENED], [GOLD], [GOLD], as_of=whatever)
    yield lambda: reevaluate([OPENED], [GOLD], [GOLD], facts=whatever, as_of=at(5, 9))
    yield lambda: clock.next_instants(whatever)
    yield lambda: impact([GOLD], whatever, ALWAYS, [[OPENED]], as_of=at(5, 9))
    yield lambda: impact([GOLD], OFFICE, whatever, [[OPENED]], as_of=at(5, 9))
    yield lambda: impact([GOLD], OFFICE, ALWAYS, whatever, as_of=at(5, 9))


@pytest.mark.parametrize("made", [events_with, parts_with, questions_with])
@pytest.mark.parametrize("whatever", WHATEVER, ids=map(str, range(len(WHATEVER))))
def test_whatever_is_given_is_taken_or_refused_in_words(
    made: Callable[[Any], Iterator[Callable[[], object]]], whatever: Any
) -> None:
    messages = []
    for asked in made(whatever):
        try:
            asked()
        except SupportcoreError as error:
            messages.append(str(error))
    assert messages
    assert all(messages)
