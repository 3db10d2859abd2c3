"""The `repr` of clocks, cycles and segments: one line that states the result."""

from supportcore.sla import resolution, run_clocks
from supportcore.tickets import CustomerReplied, Paused, Resolved
from tests.unit.sla.desk import GOLD, at, clock_of, opened

PAUSED = Paused("T", at(5, 10), reason="customer", id="p")
DUE = "due 2026-01-05 14:00+01:00"


def test_the_repr_of_a_clock_and_of_a_cycle_states_result_due_instant_and_time_used() -> None:
    clock = clock_of(resolution(), [opened(), PAUSED, CustomerReplied("T", at(5, 11))], at(5, 12))
    assert repr(clock) == f"Clock(resolution of T: running, {DUE}, used 2 h of 4 h)"
    assert repr(clock.cycles) == f"(Cycle(1: running, {DUE}, used 2 h of 4 h),)"
    met = clock_of(resolution(), [opened(), Resolved("T", at(5, 10, 30))], at(5, 12))
    assert repr(met) == "Clock(resolution of T: met, used 1 h 30 min of 4 h)"
    stopwatch = clock_of(resolution(), [opened()], at(5, 12), hours=None)
    assert repr(stopwatch) == "Clock(resolution of T: running, used 3 h)"
    paused = clock_of(resolution(), [opened(), PAUSED], at(5, 12))
    assert repr(paused) == "Clock(resolution of T: paused, used 1 h of 4 h)"


def test_the_repr_of_a_segment_states_its_stretch_kind_and_cause() -> None:
    clock = clock_of(resolution(), [opened(), PAUSED], at(5, 12))
    assert [repr(segment) for segment in clock.trace()] == [
        "Segment(2026-01-05 09:00+01:00 to 2026-01-05 10:00+01:00: counted, started)",
        "Segment(2026-01-05 10:00+01:00 to 2026-01-05 12:00+01:00: paused, paused customer)",
    ]


def test_the_repr_of_the_clocks_of_a_ticket_states_each_result() -> None:
    running = run_clocks([opened()], [GOLD], as_of=at(5, 10))
    assert repr(running) == (
        "Clocks(T: reaction running, due 2026-01-05 11:00+01:00; resolution running, due 2026-01-07 16:00+01:00)"
    )
    ended = run_clocks([opened(), Resolved("T", at(5, 10))], [GOLD], as_of=at(5, 10))
    assert repr(ended) == "Clocks(T: reaction met; resolution met)"
    pending = run_clocks([], [GOLD], as_of=at(5, 10))
    assert repr(pending) == "Clocks(: reaction pending; resolution pending)"
    assert repr(run_clocks([], [], as_of=at(5, 10))) == "Clocks(: no clocks)"
