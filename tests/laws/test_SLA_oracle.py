"""The clocks and their slow twin agree."""

from datetime import datetime

from attrs import astuple
from hypothesis import given

from supportcore.instants import micros, micros_of
from supportcore.sla import Cycle, Promised, run_clocks
from supportcore.sla.clock.thresholds_reached import threshold_reached
from supportcore.tickets import Event
from tests.laws.sla_cases import METRICS, SHORT, agreed, choosing, handed, histories, moments
from tests.oracles.levels import used_by_level
from tests.oracles.sla import answers, standing_excuses, twins, warnings_of


def of_engine(cycle: Cycle) -> dict[str, object]:
    gross = cycle.gross
    return {
        "start": cycle.start,
        "end": cycle.end,
        "chain": cycle.chain,
        "phase": cycle.phase,
        "allowed": cycle.basis.allowed,
        "agreement": cycle.agreement,
        "used": cycle.used,
        "gross": (gross.result, gross.due, gross.in_time_until),
        "excused": micros_of(cycle.excused),
        "net": (cycle.result, cycle.due, cycle.in_time_until),
    }


@given(moments(histories(SHORT, by_hand=True), SHORT.instants), agreed(SHORT, target=SHORT.targets, chosen_by=choosing))
def test_sla_1_the_fold_is_what_a_second_by_second_count_finds(
    asked: tuple[list[Event], datetime], agreement: Promised
) -> None:
    events, as_of = asked
    clocks = run_clocks(events, [agreement], as_of=as_of)
    excuses = standing_excuses(events, as_of)
    expected: dict[str, object] = {name: [] for name in METRICS}  # before the opening the twin has no clocks
    for twin in twins(events, agreement, as_of):
        expected[twin.metric.name] = [answers(twin, cycle, micros(as_of), excuses) for cycle in twin.cycles]
    assert {name: [of_engine(cycle) for cycle in clock.cycles] for (_, name), clock in clocks.items()} == expected


@given(moments(histories(SHORT), SHORT.instants), agreed(SHORT, chosen_by=choosing))
def test_sla_10_thresholds_are_reached_and_moved_as_in_the_twin(
    asked: tuple[list[Event], datetime], agreement: Promised
) -> None:
    events, as_of = asked
    clocks = run_clocks(events, [agreement], as_of=as_of)
    expected: dict[str, object] = {name: [] for name in METRICS}
    for twin in twins(events, agreement, as_of):
        expected[twin.metric.name] = [warnings_of(twin, cycle) for cycle in twin.cycles]
    assert {
        name: [
            {one.name: astuple(threshold_reached(cycle, one, micros(as_of))) for one in clock.metric.thresholds}
            for cycle in clock.cycles
        ]
        for (_, name), clock in clocks.items()
    } == expected


@given(moments(handed(SHORT, by_hand=True), SHORT.instants), agreed(SHORT, chosen_by=choosing))
def test_sla_11_each_level_used_what_the_twin_counts_and_all_of_it_is_elapsed(
    asked: tuple[list[Event], datetime], agreement: Promised
) -> None:
    events, as_of = asked
    clocks = run_clocks(events, [agreement], as_of=as_of)
    excuses = standing_excuses(events, as_of)
    last = {twin.metric.name: twin.cycles[-1] for twin in twins(events, agreement, as_of) if twin.cycles}
    for name in METRICS:
        uses = clocks.levels("gold", name)
        used = {one.level: micros_of(one.used) for one in uses if one.used}
        net = {one.level: micros_of(one.used - one.excused) for one in uses if one.used > one.excused}
        assert used == (used_by_level(last[name], events) if name in last else {})
        assert net == (used_by_level(last[name], events, excuses) if name in last else {})
        assert sum(used.values()) == micros_of(clocks["gold", name].elapsed)
