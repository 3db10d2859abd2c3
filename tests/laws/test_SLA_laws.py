"""The laws of the clocks as properties, each named by its rule."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction

from attrs import evolve
from hypothesis import assume, given, strategies as st

from supportcore.calendars import Calendar
from supportcore.instants import micros
from supportcore.mappings import FrozenMapping
from supportcore.sla import (
    Agreement,
    ChangePolicy,
    Cycle,
    Promised,
    Target,
    Threshold,
    operational_findings,
    run_clocks,
)
from supportcore.sla.clock.thresholds_reached import threshold_reached
from supportcore.tickets import DueOverridden, Event, FactsChanged, Opened, Paused, Resumed, Withdrawn, event_order
from supportcore.timelines import Edition, Editions, Timeline
from tests.laws.sla_cases import (
    LONG,
    OFFICE,
    PRIORITIES,
    agreed,
    agreements,
    editions,
    editions_of,
    histories,
    resolution_only,
)

ALL_RETROACTIVE = ChangePolicy(raised="retroactive", lowered="retroactive", attached="retroactive")


def cycles_of(events: list[Event], agreement: Promised, as_of: datetime) -> list[Cycle]:
    clocks = run_clocks(events, [agreement], as_of=as_of)
    return [cycle for clock in clocks.values() for cycle in clock.cycles]


@given(histories(by_hand=True), agreed(target=LONG.targets), LONG.instants)
def test_sla_13_counted_and_carried_add_up_to_elapsed_and_the_rest_tiles_the_cycle(
    events: list[Event], agreement: Promised, as_of: datetime
) -> None:
    for cycle in cycles_of(events, agreement, as_of):
        segments = cycle.trace()
        used = [segment for segment in segments if segment.kind in ("counted", "carried")]
        assert sum((segment.length for segment in used), timedelta()) == cycle.elapsed
        carried = [segment for segment in segments if segment.kind == "carried"]
        assert sum(segment.last - segment.first for segment in carried) == cycle.carried
        assert all(segment.last <= cycle.start for segment in carried)
        edges = [(segment.first, segment.last) for segment in segments if segment.kind != "carried"]
        assert all(first < last for first, last in edges)
        assert [last for _, last in edges] == [*[first for first, _ in edges[1:]], *([cycle.until] if edges else [])]
        assert not edges or edges[0][0] == cycle.start
        assert bool(edges) == (cycle.start < cycle.until)


@given(histories(), agreed(), LONG.instants)
def test_sla_6_met_if_and_only_if_elapsed_is_within_the_target(
    events: list[Event], agreement: Promised, as_of: datetime
) -> None:
    for cycle in cycles_of(events, agreement, as_of):
        assert cycle.breached == (cycle.allowed is not None and cycle.elapsed > cycle.allowed)
        if cycle.result in ("met", "missed"):
            assert (cycle.result == "missed") == cycle.breached


@given(histories(by_hand=True), agreed(target=LONG.targets), LONG.instants, st.data())
def test_g_7_the_order_in_which_events_are_given_does_not_matter(
    events: list[Event], agreement: Promised, as_of: datetime, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(events))
    assert cycles_of(events, agreement, as_of) == cycles_of(shuffled, agreement, as_of)


def used_at(cycle: Cycle, share: Fraction, known: int) -> int | None:
    """When a share of the target is used, by what was then known."""
    return threshold_reached(cycle, Threshold("", share=share), known).at


@given(histories(by_hand=True), agreed(target=LONG.targets), LONG.instants, LONG.instants)
def test_g_8_a_finished_cycle_and_what_fell_due_before_stay_as_they_were(
    events: list[Event], agreement: Promised, one: datetime, other: datetime
) -> None:
    earlier, later = sorted([one, other])
    before = run_clocks(events, [agreement], as_of=earlier)
    after = run_clocks(events, [agreement], as_of=later)
    for key, clock in before.items():
        assert len(clock.cycles) <= len(after[key].cycles)
        for then, now in zip(clock.cycles, after[key].cycles, strict=False):
            assert then.start == now.start
            if then.end is not None:
                assert then.gross == now.gross
            shares = [Fraction(share, 4) for share in range(5)]
            known = then.until
            for share in shares:
                fell_due = used_at(then, share, known)
                if fell_due is not None and fell_due < known:
                    assert used_at(now, share, now.until) == fell_due


@given(histories(by_hand=True), agreed(target=LONG.targets), LONG.instants, st.integers(0, 4))
def test_sla_10_what_was_known_then_is_what_the_events_up_to_then_say(
    events: list[Event], agreement: Promised, as_of: datetime, quarters: int
) -> None:
    known = micros(as_of)
    whole = run_clocks(events, [agreement], as_of=LONG.at(10**5))
    for key, clock in run_clocks(events, [agreement], as_of=as_of).items():
        share = Fraction(quarters, 4)
        assert whole[key].instant_at(share, known) == clock.instant_at(share, known)


@given(histories(by_hand=True), agreed(target=LONG.targets), LONG.instants)
def test_sla_10_the_whole_target_is_used_when_it_is_due(
    events: list[Event], agreement: Promised, as_of: datetime
) -> None:
    """But where it had fallen due before something was decided by hand: then it stays due (G-8)."""
    for cycle in cycles_of(events, agreement, as_of):
        if cycle.end is None and cycle.due is not None:
            used = used_at(cycle, Fraction(1), cycle.until)
            assert used == cycle.due or (used is not None and used < cycle.states[-1].at)


@given(histories(), agreements(), LONG.places, st.sampled_from(PRIORITIES), LONG.instants)
def test_sla_9_a_raise_never_moves_due_later_nor_a_lowering_earlier(
    events: list[Event], agreement: Agreement, minute: int, priority: str, as_of: datetime
) -> None:
    now = LONG.at(minute)
    before = [event for event in events if event.at <= now and event.instant != micros(now)]
    assume(any(isinstance(event, Opened) for event in before))
    change = FactsChanged("T", now, facts={"priority": priority}, id="change")
    then = run_clocks(before, [agreement], as_of=now)
    clocks = run_clocks([*before, change], [agreement], as_of=now)
    for key, clock in clocks.items():
        old, new = then[key].cycle, clock.cycle
        if old is None or new is None or old.end is not None or old.basis.allowed is None:
            continue
        due, moved = due_if_running(old), due_if_running(new)
        direction = agreement.direction(priority_before(before), priority)
        if direction > 0:
            assert moved is not None
            assert moved <= due
        if direction < 0:
            assert moved is None or moved >= due


def due_if_running(cycle: Cycle) -> int | None:
    at = cycle.due_at or cycle.due_if_resumed_now
    return None if at is None else micros(at)


def priority_before(events: list[Event]) -> str:
    facts: dict[str, object] = {}
    for event in sorted(events, key=event_order):
        if isinstance(event, (Opened, FactsChanged)):
            facts |= event.facts
    return str(facts["priority"])


@given(histories(), agreed(change=st.just(ALL_RETROACTIVE)), LONG.instants)
def test_sla_9_retroactive_equals_a_fresh_evaluation(events: list[Event], agreement: Promised, as_of: datetime) -> None:
    """Where no bound kept the old terms, the cycle is what it would be under its last terms from its start on."""
    each = editions_of(agreement)
    for key, clock in run_clocks(events, [agreement], as_of=as_of).items():
        if clock.cycle is None or clock.cycle.carried or each[0].on_attachment or len(clock.cycles) > 1:
            continue
        basis = clock.cycle.basis
        if basis.allowed != basis.terms.amount:
            continue
        always = Timeline.constant(FrozenMapping({"priority": basis.priority, "state": "new"}))
        assume(not any("state" in getattr(event, "facts", {}) and not isinstance(event, Opened) for event in events))
        alone = next(edition for edition in each if edition.name == basis.terms.agreement)
        fresh = run_clocks(events, [evolve(alone, name="gold")], facts=always, as_of=as_of)[key].cycle
        assert fresh is not None
        assert (fresh.used, fresh.due, fresh.in_time_until, fresh.result) == (
            clock.cycle.used, clock.cycle.due, clock.cycle.in_time_until, clock.cycle.result,
        )  # fmt: skip


@given(histories(), LONG.places, st.integers(1, 600), LONG.instants)
def test_sla_4_pausing_outside_the_opening_hours_costs_nothing(
    events: list[Event], minute: int, length: int, as_of: datetime
) -> None:
    agreement = resolution_only()
    start, end = LONG.at(minute), LONG.at(minute + length)
    assume(OFFICE.between(start, end) == timedelta())
    plain = [event for event in events if not isinstance(event, (Paused, Resumed))]
    assume(not any(start <= event.at <= end for event in plain))
    paused = [
        *plain,
        Paused("T", start, reason="customer", id="pause"),
        Resumed("T", end, id="resume"),
    ]
    assume(not start <= as_of <= end)
    for one, other in zip(cycles_of(plain, agreement, as_of), cycles_of(paused, agreement, as_of), strict=True):
        assert (one.used, one.due, one.result, one.in_time_until) == (
            other.used, other.due, other.result, other.in_time_until,
        )  # fmt: skip


@given(histories(by_hand=True), agreed(target=LONG.targets), LONG.instants)
def test_sla_6_the_instant_decides_for_day_forms_and_dates(
    events: list[Event], agreement: Promised, as_of: datetime
) -> None:
    for cycle in cycles_of(events, agreement, as_of):
        gross = cycle.gross
        if gross.basis.instant is None:
            assert gross.breached == (gross.allowed is not None and gross.elapsed > gross.allowed)
        elif gross.due is not None and gross.end is not None:
            assert gross.breached == (gross.end > gross.due)
        assert cycle.result not in ("met", "missed") or (cycle.result == "missed") == cycle.breached
        assert cycle.excused >= timedelta()
        assert cycle.used >= cycle.carried


@given(histories(by_hand=True), agreed(target=LONG.targets), LONG.instants)
def test_sla_12_the_next_instants_lie_ahead_and_in_order(
    events: list[Event], agreement: Promised, as_of: datetime
) -> None:
    clocks = run_clocks(events, [agreement], as_of=as_of)
    upcoming = [micros(one.at) for one in clocks.next_instants()]
    assert upcoming == sorted(upcoming)
    assert all(instant > micros(as_of) for instant in upcoming)
    for key, clock in clocks.items():
        for one in clock.next_instants():
            if one.what == "edition":
                break
            if one.what == "breach":
                last_in_time = one.at - timedelta(microseconds=1)
                assert not run_clocks(events_until(events, as_of), [agreement], as_of=last_in_time)[key].breached_at
                assert run_clocks(events_until(events, as_of), [agreement], as_of=one.at)[key].breached_at


def events_until(events: list[Event], as_of: datetime) -> list[Event]:
    return [event for event in events if event.instant <= micros(as_of)]


@given(histories(), agreed(target=LONG.targets), LONG.instants, LONG.instants)
def test_sla_6_elapsed_never_falls_while_the_terms_stay(
    events: list[Event], agreement: Promised, one: datetime, other: datetime
) -> None:
    earlier, later = sorted([one, other])
    before, after = (run_clocks(events, [agreement], as_of=as_of) for as_of in (earlier, later))
    for key, clock in before.items():
        assert len(clock.cycles) <= len(after[key].cycles)
        for then, now in zip(clock.cycles, after[key].cycles, strict=False):
            if then.basis == now.basis:
                assert then.used <= now.used


@given(histories(), agreed(), LONG.instants)
def test_sla_6_due_is_the_earliest_instant_at_which_elapsed_reaches_the_target(
    events: list[Event], agreement: Promised, as_of: datetime
) -> None:
    for key, clock in run_clocks(events, [agreement], as_of=as_of).items():
        cycle = clock.cycle
        if cycle is None or cycle.end is not None or cycle.due_at is None or cycle.due_at <= as_of or clock.coming:
            continue
        known = events_until(events, as_of)
        at_due = run_clocks(known, [agreement], as_of=cycle.due_at)[key].elapsed
        assert at_due == cycle.allowed
        moment_before = run_clocks(known, [agreement], as_of=cycle.due_at - timedelta(microseconds=1))[key].elapsed
        assert moment_before < at_due


@given(histories(), editions(target=LONG.targets), LONG.instants)
def test_g_12_pinned_at_the_opening_a_ticket_has_one_edition_for_ever(
    events: list[Event], drawn: Editions[Agreement], as_of: datetime
) -> None:
    opening = next(event.instant for event in events if isinstance(event, Opened))
    pinned = Editions("gold", as_written(drawn.editions), pin="opening")
    only = [edition for edition in drawn.editions if edition.start <= opening][-1]
    alone = Editions("gold", {LONG.first: only.value}, pin="latest")
    assert cycles_of(events, pinned, as_of) == cycles_of(events, alone, as_of)


@given(histories(), editions(target=LONG.targets), LONG.instants)
def test_g_12_an_edition_to_come_changes_nothing_yet(
    events: list[Event], drawn: Editions[Agreement], as_of: datetime
) -> None:
    begun = [edition for edition in drawn.editions if edition.start <= micros(as_of)]
    known = Editions("gold", as_written(begun), pin=drawn.pin)
    assert cycles_of(events, drawn, as_of) == cycles_of(events, known, as_of)


def as_written(editions: Iterable[Edition[Agreement]]) -> dict[date, Agreement]:
    """From when on each edition holds."""
    return {datetime.fromisoformat(edition.since): edition.value for edition in editions}


@given(histories(by_hand=True), agreements(target=LONG.targets), LONG.instants)
def test_sla_11_a_due_instant_set_by_hand_for_one_agreement_leaves_every_other_as_it_is(
    events: list[Event], gold: Agreement, as_of: datetime
) -> None:
    def by_hand(agreement: str) -> list[Event]:
        return [evolve(one, agreement=agreement) if isinstance(one, DueOverridden) else one for one in events]

    gone = {event.id for event in events if isinstance(event, DueOverridden)}
    without = [one for one in events if one.id not in gone and not (isinstance(one, Withdrawn) and one.event in gone)]
    silver = evolve(gold, name="silver")

    def cycles_under(name: str, history: list[Event]) -> list[tuple[Cycle, ...]]:
        clocks = run_clocks(history, [gold, silver], as_of=as_of)
        return [clock.cycles for (agreement, _), clock in clocks.items() if agreement == name]

    assert cycles_under("silver", by_hand("gold")) == cycles_under("silver", without)
    assert cycles_under("gold", by_hand("gold")) == cycles_under("gold", by_hand(""))


@given(agreements(target=LONG.targets), agreements(target=LONG.targets), st.integers(0, LONG.early))
def test_sla_11_an_operational_agreement_that_is_proved_to_fit_is_never_due_later_at_an_opening(
    one: Agreement, other: Agreement, place: int
) -> None:
    inner, outer = evolve(one, name="ola", on_attachment=False), evolve(other, name="sla", on_attachment=False)
    verdicts = {(finding.path, finding.code) for finding in operational_findings(inner, outer)}
    at = LONG.at(place)
    for metric in ("reaction", "resolution"):
        due = []
        for priority in PRIORITIES:
            clocks = run_clocks([Opened("T", at, facts={"priority": priority})], [inner, outer], as_of=at)
            due.append((clocks["ola", metric].due_at, clocks["sla", metric].due_at))
        later = [own is not None and bound is not None and own > bound for own, bound in due]
        path = f"agreements.ola.{metric}"
        if (path, "check.proved") in verdicts:
            assert not any(later)
        if any(later):
            assert {(path, "sla.level-outlasts"), (path, "sla.level-not-proven")} & verdicts


@given(agreements(), agreements(), st.sampled_from(LONG.calendars))
def test_sla_11_an_amount_that_is_more_is_due_later_for_the_facts_of_the_finding(
    one: Agreement, other: Agreement, calendar: Calendar
) -> None:
    at = LONG.at(0)
    inner, outer = (
        evolve(each, name=name, on_attachment=False,
               promises={promise: Target(target.amount, calendar) for promise, target in each.promises.items()})
        for each, name in ((one, "ola"), (other, "sla"))
    )  # fmt: skip
    for finding in operational_findings(inner, outer):
        assert finding.code in ("check.proved", "sla.level-outlasts")
        metric = finding.path.rpartition(".")[2]
        for facts in finding.witness if metric != "update" else ():
            clocks = run_clocks([Opened("T", at, facts=facts)], [inner, outer], as_of=at)
            assert clocks["ola", metric].due_at > clocks["sla", metric].due_at
