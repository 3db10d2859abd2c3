"""The clocks and their slow twin agree."""

from datetime import datetime

from attrs import astuple
from hypothesis import given

from supportcore.instants import micros, micros_of
from supportcore.sla import Cycle, Promised, run_clocks
from supportcore.sla.clock.thresholds_reached import threshold_reached
from supportcore.tickets import Event
from tests.laws.sla_cases import SHORT, agreed, choosing, handed, histories, moments
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
    for twin in twins(events, agreement, as_of):
        clock = clocks["gold", twin.metric.name]
        expected = [answers(twin, cycle, micros(as_of), excuses) for cycle in twin.cycles]
        assert [of_engine(cycle) for cycle in clock.cycles] == expected


@given(moments(histories(SHORT), SHORT.instants), agreed(SHORT, chosen_by=choosing))
def test_sla_10_thresholds_are_reached_and_moved_when_the_twin_says(
    asked: tuple[list[Event], datetime], agreement: Promised
) -> None:
    events, as_of = asked
    clocks = run_clocks(events, [agreement], as_of=as_of)
    for twin in twins(events, agreement, as_of):
        for cycle, its_twin in zip(clocks["gold", twin.metric.name].cycles, twin.cycles, strict=True):
            found = {one.name: astuple(threshold_reached(cycle, one, micros(as_of))) for one in twin.metric.thresholds}
            assert found == warnings_of(twin, its_twin)


@given(moments(handed(SHORT, by_hand=True), SHORT.instants), agreed(SHORT, chosen_by=choosing))
def test_sla_11_each_level_used_what_the_twin_counts_and_all_of_it_is_elapsed(
    asked: tuple[list[Event], datetime], agreement: Promised
) -> None:
    events, as_of = asked
    clocks = run_clocks(events, [agreement], as_of=as_of)
    excuses = standing_excuses(events, as_of)
    for twin in twins(events, agreement, as_of):
        key = ("gold", twin.metric.name)
        uses = clocks.levels(*key)
        used = {one.level: micros_of(one.used) for one in uses if one.used}
        net = {one.level: micros_of(one.used - one.excused) for one in uses if one.used > one.excused}
        assert used == (used_by_level(twin.cycles[-1], events) if twin.cycles else {})
        assert net == (used_by_level(twin.cycles[-1], events, excuses) if twin.cycles else {})
        assert sum(used.values()) == micros_of(clocks[key].elapsed)
