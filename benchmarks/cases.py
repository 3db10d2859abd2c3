"""One ticket: its clocks, the plan of its ladder, and its whole case, in calibrated time."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import attrs

import supportcore as sc
from benchmarks.budgets import Budget, NoFigureError, built
from benchmarks.calendars import BERLIN, office
from benchmarks.clock import ms_of

OPENED = datetime(2026, 3, 16, 9, 5, tzinfo=BERLIN)
PRIORITIES = ["minor", "major", "critical", "blocker"]
FACTS = {"kind": "outage", "impact": "a team", "business": "critical", "contract": "managed", "source": "customer"}


def room(name: str) -> Any:
    """A package of the library, for names that `supportcore` itself does not export."""
    try:
        return __import__(f"supportcore.{name}", fromlist=["__all__"])
    except ImportError:
        raise NoFigureError("not built yet") from None


def events(facts: dict[str, object], changed: dict[str, object]) -> list[Any]:
    """Ten events of a ticket over two days: pauses, a change of facts, a solution."""
    happened: list[tuple[str, float, dict[str, object]]] = [
        ("Opened", 0, {"facts": facts}),
        ("ReceiptConfirmed", 0.25, {}),
        ("AgentReplied", 1.5, {}),
        ("Paused", 1.6, {"reason": "customer"}),
        ("CustomerReplied", 4, {}),
        ("Resumed", 4.1, {}),
        ("FactsChanged", 5, {"facts": changed}),
        ("WorkLogged", 6, {"minutes": 45}),
        ("AgentReplied", 25, {}),
        ("Resolved", 27.5, {}),
    ]
    made: list[Any] = []
    for kind, hours, own in happened:
        event: Any = built(sc, kind)
        made.append(event("T-1", OPENED + timedelta(hours=hours), **own))
    return made


@cache
def agreement() -> Any:
    """Reaction, resolution and the next update, each with a promise that a table chooses by priority."""
    sla, rules = room("sla"), room("rules")
    amounts = {"1 h": 1, "4 h": 4, "8 h": 8, "16 h": 16}
    promises = {name: sla.Target(timedelta(hours=hours), office()) for name, hours in amounts.items()}
    update = sla.Metric(
        "update",
        start=sla.On(sc.Opened),
        stop=sla.On(sc.Resolved),
        reset=sla.On(sc.AgentReplied),
    )
    chosen = [("blocker", "1 h", "4 h"), ("critical", "1 h", "8 h"), ("major", "4 h", "16 h"), ("minor", "8 h", "16 h")]
    targets = rules.DecisionTable(
        name="targets",
        hit="first",
        inputs=[room("domains").Scale("priority", PRIORITIES)],
        outputs=[room("domains").Choice(metric, list(amounts)) for metric in ("reaction", "resolution", "update")],
        rules=[
            rules.Rule({"priority": priority}, {"reaction": reaction, "resolution": resolution, "update": "4 h"})
            for priority, reaction, resolution in chosen
        ],
    )
    metrics = [sla.reaction(), sla.resolution(), update]
    return sla.Agreement("standard", office(), metrics, targets=targets, promises=promises)


def clocks_ms() -> float:
    """Three clocks over ten events that are already built."""
    sla = room("sla")
    given, agreements = events({"priority": "major"}, {"priority": "critical"}), [agreement()]
    as_of = OPENED + timedelta(days=3)
    assert len(sla.run_clocks(given, agreements, as_of=as_of)) == 3
    return ms_of(lambda: sla.run_clocks(given, agreements, as_of=as_of))


def plan_ms() -> float:
    """The plan of six steps, a week ahead."""
    ladders, timelines = room("escalation"), room("timelines")
    steps = [ladders.Step(f"person {n}", ladders.After(timedelta(minutes=30 * n))) for n in range(6)]
    policy = ladders.LadderPolicy([ladders.LadderRow(ladders.Ladder("night", steps))])
    people = {f"person {n}": ladders.Person(f"person {n}", ["phone"]) for n in range(6)}
    priority = timelines.Timeline.constant("critical")
    history = room("tickets").history_of(events({}, {})[:1])

    def planned() -> Any:
        return ladders.plan(policy, history, priority=priority, people=people, as_of=OPENED, horizon=timedelta(days=7))

    assert len(planned().notifications) == 6
    return ms_of(planned)


def on_call_ms() -> float:
    """Who is on call, asked again of the same roster."""
    duty = room("escalation")
    pair = duty.Rotation(["ann", "bob", "cem"], every="weekly", start=datetime(2026, 1, 5, 8), tz="Europe/Berlin")
    roster = duty.Roster("primary", [duty.Layer(pair)])
    at = datetime(2026, 6, 3, 20, tzinfo=UTC)
    assert roster.on_call(at) == ("ann",)
    return ms_of(lambda: roster.on_call(at))


def evaluate_ms() -> float:
    """A whole case: ten events, three clocks, a priority table and a scope table; the plan is not asked for."""
    evaluate: Any = built(sc, "evaluate")
    load: Any = built(sc, "load")
    example: Any = built(sc, "example")
    concept = attrs.evolve(load(example("hosting")), agreements=(agreement(),))
    given, as_of = events(dict(FACTS), {"impact": "the whole site"}), OPENED + timedelta(days=3)
    assert len(evaluate(concept, given, as_of=as_of).clocks) == 3
    return ms_of(lambda: evaluate(concept, given, as_of=as_of))


BUDGETS = (
    Budget("three clocks with target selection, ten events", 0.12, "ms from built events", clocks_ms),
    Budget("`plan`, six steps, a week", 0.3, "ms", plan_ms),
    Budget("who is on call, warm", 0.002, "ms", on_call_ms),
    Budget("`evaluate`, ten events, three clocks, plan left lazy", 0.25, "ms", evaluate_ms),
)
