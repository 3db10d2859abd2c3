"""The clocks and their slow twin agree."""

from datetime import datetime

from hypothesis import given

from supportcore.instants import micros
from supportcore.sla import Agreement, Cycle, run_clocks
from supportcore.tickets import Event
from tests.laws.sla_cases import DAYS, FIRST, agreements, histories, instants
from tests.oracles.sla import NEVER, Twin, TwinCycle, twins


def of_engine(cycle: Cycle) -> dict[str, object]:
    return {
        "start": cycle.start,
        "end": cycle.end,
        "chain": cycle.chain,
        "phase": cycle.phase,
        "result": cycle.result,
        "used": cycle.used,
        "allowed": cycle.basis.allowed,
        "due": cycle.due,
        "in time until": cycle.in_time_until,
    }


def of_twin(twin: Twin, cycle: TwinCycle, now: int) -> dict[str, object]:
    paused = cycle.end is None and (twin.waiting is not None or twin.holding)
    due = in_time = NEVER
    if cycle.allowed is not None:
        until = cycle.end if cycle.end is not None else now
        due = twin.reached(cycle, cycle.allowed, None if paused else until)[0]
        in_time = twin.reached(cycle, cycle.allowed, None)[1]
    result = "none" if cycle.allowed is None and cycle.result == "open" else cycle.result
    return {
        "start": cycle.start,
        "end": cycle.end,
        "chain": cycle.chain,
        "phase": "paused" if paused else cycle.phase,
        "result": result,
        "used": twin.elapsed(cycle),
        "allowed": cycle.allowed,
        "due": None if due == NEVER else due,
        "in time until": None if in_time == NEVER else in_time,
    }


@given(histories(), agreements(), instants)
def test_sla_1_the_fold_is_what_a_minute_by_minute_count_finds(
    events: list[Event], agreement: Agreement, as_of: datetime
) -> None:
    clocks = run_clocks(events, [agreement], as_of=as_of)
    for twin in twins(events, agreement, as_of, FIRST, DAYS + 60):
        clock = clocks["gold", twin.metric.name]
        expected = [of_twin(twin, cycle, micros(as_of)) for cycle in twin.cycles]
        assert [of_engine(cycle) for cycle in clock.cycles] == expected
