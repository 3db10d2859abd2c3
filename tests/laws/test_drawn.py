"""The strategies of the laws draw every kind of clock and plan, so that no law holds only for lack of cases."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings, strategies as st

from supportcore.escalation import Plan
from supportcore.sla import Clocks, Cycle, run_clocks
from tests.laws.escalation_cases import as_of_minutes, cases
from tests.laws.sla_cases import LONG, SHORT, Measure, agreed, histories

pytestmark = pytest.mark.full

DRAWS_PER_SEED = 10

# Kinds of cycles, and of the clocks of a ticket.
CYCLE_KINDS: dict[str, Callable[[Cycle], object]] = {
    "runs, and is due": lambda cycle: cycle.end is None and cycle.due,
    "is paused": lambda cycle: cycle.phase == "paused",
    "is met": lambda cycle: cycle.result == "met",
    "is breached": lambda cycle: cycle.breached,
    "is replaced by a change": lambda cycle: cycle.result == "superseded",
    "carries time": lambda cycle: cycle.carried,
    "carries the time between": lambda cycle: cycle.carry and cycle.carry.gap,
    "has an excused delay": lambda cycle: cycle.excused,
    "is due by hand": lambda cycle: cycle.override,
    "follows another edition": lambda cycle: cycle.changed_by is not None and cycle.changed_by.kind == "edition",
}
CLOCKS_KINDS: dict[str, Callable[[Clocks], object]] = {
    "wait for an edition": lambda clocks: any(clock.coming for clock in clocks.values()),
    "wait for the opening": lambda clocks: not any(clock.cycles for clock in clocks.values()),
}


def kinds_of_clocks(clocks: Clocks) -> Iterable[str]:
    cycles = [cycle for clock in clocks.values() for cycle in clock.cycles]
    yield from (name for name, holds in CYCLE_KINDS.items() if any(map(holds, cycles)))
    yield from (name for name, holds in CLOCKS_KINDS.items() if holds(clocks))


# How notifications end, why steps are skipped, and what else a plan may contain.
PLAN_KINDS = {
    "ended by acknowledged", "ended by cancelled", "ended by closed", "ended by hand-over", "ended by hours changed",
    "ended by later inform", "ended by next round", "ended by next step", "ended by priority lowered",
    "ended by priority raised", "ended by resolved", "ended by snoozed", "skipped for acknowledged",
    "skipped for already paged", "skipped for empty", "skipped for gap", "skipped for no channel",
    "skipped for unbound role", "last resort", "stand-down", "unreached", "cycle 2", "round 3",
}  # fmt: skip


def kinds_of_plan(plan: Plan) -> Iterable[str]:
    for one in plan.notifications:
        yield f"ended by {one.ended_by}"
        yield str(one.step)
        yield f"cycle {one.cycle}"
        yield f"round {one.round}"
    yield from (f"skipped for {one.reason.code}" for one in plan.skipped)
    yield from ("unreached" for _ in plan.unreached)


def draws(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """Draw `count` values, the same in each run: a few from each of many seeds, since draws of one seed are alike."""
    found: list[Any] = []
    for number in range(count // DRAWS_PER_SEED):

        @seed(number)
        @settings(
            max_examples=DRAWS_PER_SEED, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
        )
        @given(strategy)
        def draw(value: Any) -> None:
            found.append(value)

        draw()
    return found


@pytest.mark.parametrize("measure", [LONG, SHORT], ids=["long", "short"])
def test_every_kind_of_clock_is_drawn(measure: Measure) -> None:
    drawn = st.tuples(histories(measure, by_hand=True), agreed(measure, target=measure.targets), measure.instants)
    seen = {
        name
        for events, agreement, as_of in draws(drawn, 250)
        for name in kinds_of_clocks(run_clocks(events, [agreement], as_of=as_of))
    }
    assert {*CYCLE_KINDS, *CLOCKS_KINDS} - seen == set()


def test_every_kind_of_plan_is_drawn() -> None:
    seen = {
        name
        for case, as_of in draws(st.tuples(cases(), as_of_minutes), 500)
        for name in kinds_of_plan(case.plan(as_of))
    }
    assert PLAN_KINDS - seen == set()
