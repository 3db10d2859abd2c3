"""The `repr` of clocks, cycles and segments, their explanations, and which clock outlasts another (SLA-11)."""

import pytest
from attrs import evolve

from supportcore.errors import DefinitionError
from supportcore.sla import Agreement, resolution, run_clocks
from supportcore.tickets import CustomerReplied, Paused, Resolved
from tests.unit.sla.desk import GOLD, OFFICE, at, clock_of, opened

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
    assert repr(pending["gold", "reaction"]) == "Clock(reaction of : pending)"
    assert repr(run_clocks([], [], as_of=at(5, 10))) == "Clocks(: no clocks)"


def test_the_repr_of_many_clocks_names_agreements_where_metrics_are_alike_and_counts_the_rest() -> None:
    agreements = [evolve(GOLD, name=name) for name in ("gold", "silver", "bronze")]
    assert repr(run_clocks([opened()], agreements, as_of=at(5, 10))) == (
        "Clocks(T: gold reaction running, due 2026-01-05 11:00+01:00; "
        "gold resolution running, due 2026-01-07 16:00+01:00; 4 more)"
    )


def test_the_repr_of_clocks_shortens_names() -> None:
    def shown(length: int) -> str:
        metrics = [resolution().with_(name=f"{number}{'n' * (length - 1)}") for number in range(3)]
        return repr(run_clocks([opened()], [Agreement("gold", OFFICE, metrics)], as_of=at(5, 10)))

    long = "n" * 29
    assert shown(30) == f"Clocks(T: 0{long} running; 1{long} running; 2{long} running)"
    assert shown(31) == f"Clocks(T: 0{long}… running; 1{long}… running; 1 more)"


def test_a_clock_explains_itself_in_english_and_german() -> None:
    clock = clock_of(resolution(), [opened(), PAUSED], at(5, 12))
    english = """\
Clock “resolution” (gold)
  Cycle 1: paused
    promise: 4 h, office
    used 1 h of 4 h, 3 h left
    started Mon 5 Jan 2026 09:00, due Mon 5 Jan 2026 15:00 if resumed now
      Mon 5 Jan 2026 09:00 to Mon 5 Jan 2026 10:00: 1 h counted
      Mon 5 Jan 2026 10:00 to Mon 5 Jan 2026 12:00: 2 h paused (customer)"""
    assert (clock.explain(), clock.explain("en")) == (english, english)
    assert clock.explain("de").splitlines()[:4] == [
        "Lösungszeit (gold)",
        "  Durchlauf 1: pausiert",
        "    Zusage: 4 h, office",
        "    verbraucht 1 h von 4 h, verbleibend 3 h",
    ]


def test_a_clock_outlasts_no_clock_that_does_not_run_towards_a_target() -> None:
    """The first clock is due at 13:00, the others at 10:00 if they run towards a target at all."""
    inner = clock_of(resolution(), [opened()], at(5, 11))
    ended = clock_of(resolution(), [opened(), Resolved("T", at(5, 9, 30))], at(5, 11), hours=1)
    pending = clock_of(resolution(), [], at(5, 11), hours=1)
    stopwatch = clock_of(resolution(), [opened()], at(5, 11), hours=None)
    late = clock_of(resolution(), [opened(), Resolved("T", at(5, 10, 30))], at(5, 11), hours=2)
    outer = clock_of(resolution(), [opened()], at(5, 11), hours=1)
    assert inner.outlasts(outer) is not None
    for other in (ended, pending, stopwatch, late, inner):
        assert inner.outlasts(other) is None
        assert other.outlasts(outer) is None or other is inner
    with pytest.raises(DefinitionError) as raised:
        inner.outlasts("gold")  # type: ignore[arg-type]
    assert str(raised.value) == "`gold` is not a clock; give one of those that `run_clocks` returns"
