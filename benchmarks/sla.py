"""Clocks over long histories and over a whole real log."""

import gc
import time
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import supportcore as sc
from benchmarks.budgets import Budget, NoFigureError, built
from benchmarks.calendars import office
from benchmarks.cases import OPENED, agreement, room
from benchmarks.clock import Work, calibrated_ms, ratio

LOG = Path(__file__).resolve().parents[2] / "shared" / "data" / "uci_dev_30pct.csv.gz"


def long_ticket(count: int) -> Any:
    """A ticket that alternates pauses and priorities."""
    made: list[Any] = [sc.Opened("T-1", OPENED, facts={"priority": "major"})]
    for number in range(1, count):
        at = OPENED + timedelta(minutes=7 * number)
        if number % 4 in (1, 2):
            kind: Any = sc.Paused if number % 4 == 1 else sc.Resumed
            more: dict[str, Any] = {"reason": "customer"} if number % 4 == 1 else {}
            made.append(kind("T-1", at, sequence=number, **more))
        else:
            priority = ("minor", "critical", "major")[number % 3]
            made.append(sc.FactsChanged("T-1", at, facts={"priority": priority}, sequence=number))
    return room("tickets").history_of(made)


@cache
def long_agreement(policy: str) -> Any:
    """A resolution whose calendar and target change with the priority, far from due."""
    sla, rules, domains = room("sla"), room("rules"), room("domains")
    always_open: Any = built(sc, "always_open")
    amounts = {"minor": (900, office()), "major": (700, always_open("UTC")), "critical": (300, office())}
    table = rules.DecisionTable(
        name="targets",
        hit="unique",
        inputs=[domains.Scale("priority", list(amounts))],
        outputs=[domains.Choice("resolution", list(amounts))],
        rules=[rules.Rule({"priority": priority}, {"resolution": priority}) for priority in amounts],
    )
    return sla.Agreement(
        "long",
        office(),
        [sla.resolution()],
        targets=table,
        promises={name: sla.Target(timedelta(days=days), calendar) for name, (days, calendar) in amounts.items()},
        change=sla.ChangePolicy(raised=policy, lowered=policy),
    )


def run_of(count: int) -> Work:
    """The run of a long ticket under the policy that recounts."""
    history, agreements, run_clocks = long_ticket(count), [long_agreement("retroactive")], room("sla").run_clocks
    return lambda: run_clocks(history, agreements, as_of=history.events[-1].at)


def linear() -> float:
    """Ten times the events over once the events, in turns."""
    works = run_of(10_000), run_of(1000)
    gc.collect()
    gc.freeze()  # what other rows left is no garbage of these
    try:
        return ratio(*works)
    finally:
        gc.unfreeze()


def whole_log_ms() -> float:
    """Three clocks for each of the 7,465 tickets of the incident log, after it was read."""
    if not LOG.is_file():
        raise NoFigureError("the log is not here")
    histories = list(room("logs").read_log("servicenow_uci", LOG).histories.values())
    as_of = max(history.events[-1].at for history in histories)
    facts = room("timelines").Timeline.constant(room("mappings").FrozenMapping({"priority": "major"}))

    def fold() -> None:
        for history in histories:
            room("sla").run_clocks(history, [agreement()], facts=facts, as_of=as_of)

    fold()
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        fold()
        best = min(best, time.perf_counter() - started)
    return calibrated_ms(best)


BUDGETS = (
    Budget("a ticket of 10,000 events that alternates, recounted", 12, "times one of 1,000", linear),
    Budget("the incident log: 7,465 tickets, three clocks each", 1000, "ms after reading", whole_log_ms),
)
