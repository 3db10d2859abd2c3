"""Day forms, named dates, fixed and manual instants, excused delays (SLA-5, SLA-6, SLA-8)."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from attrs import evolve

from supportcore.calendars import By, EndOfWorkingDay, WorkingDays, always_open
from supportcore.domains import Choice, Scale
from supportcore.errors import DefinitionError, NaiveDatetimeError, NoDecisionError
from supportcore.instants import micros
from supportcore.reports import attainment
from supportcore.rules import DecisionTable, Rule
from supportcore.sla import (
    Agreement,
    ChangePolicy,
    Clock,
    Metric,
    NamedDate,
    Reopen,
    Target,
    Threshold,
    reaction,
    resolution,
    run_clocks,
)
from supportcore.tickets import (
    Cancelled,
    CustomerReplied,
    DueOverridden,
    Event,
    Excused,
    FactsChanged,
    Merged,
    Opened,
    Paused,
    Reopened,
    Resolved,
    Withdrawn,
)
from supportcore.timelines import Editions
from tests.unit.sla.desk import ALWAYS, OFFICE, at, opened

RELEASES = NamedDate({"7.1": at(7, 12), "7.2": at(14, 12)})


def clock_for(target: Target, events: list[Event], as_of: datetime, metric: Metric | None = None) -> Clock:
    agreement = Agreement(
        "gold",
        OFFICE,
        [metric or resolution()],
        targets={"resolution": "it"},
        promises={"it": target},
        calendar_name="office",
    )
    return run_clocks(events, [agreement], as_of=as_of)["gold", "resolution"]


@pytest.mark.parametrize(
    ("form", "due"),
    [
        (WorkingDays(1), at(7, 16)),  # the 6th is a holiday
        (EndOfWorkingDay(0), at(5, 17)),
        (EndOfWorkingDay(1), at(7, 17)),
        (By("10:00", 1), at(7, 10)),
        (RELEASES, at(7, 12)),
        (NamedDate(RELEASES.plan, "7.2"), at(14, 12)),
        (at(9, 9), at(9, 9)),
    ],
    ids=str,
)
def test_the_instant_itself_decides(form: object, due: datetime) -> None:
    target = Target(form)
    events: list[Event] = [opened(5, 16)]
    running = clock_for(target, events, at(5, 16, 30))
    assert (running.due_at, running.result, running.breached_at) == (due, "open", None)
    assert running.remaining == OFFICE.between(at(5, 16, 30), due)
    assert clock_for(target, [*events, Resolved("T", due)], at(20)).result == "met"
    late = clock_for(target, [*events, Resolved("T", due + timedelta(microseconds=1))], at(20))
    assert (late.result, late.breached_at, late.due_at) == ("missed", due, due)


def test_pauses_move_a_day_form_by_the_working_time_paused() -> None:
    events: list[Event] = [opened(5, 9), Paused("T", at(5, 10), reason="customer")]
    paused = clock_for(Target(WorkingDays(1)), events, at(5, 12))
    assert (paused.due_at, paused.due_if_resumed_now) == (None, at(7, 11))
    resumed = clock_for(Target(WorkingDays(1)), [*events, CustomerReplied("T", at(5, 12))], at(5, 13))
    assert (resumed.due_at, resumed.elapsed) == (at(7, 11), timedelta(hours=2))
    assert resumed.cycle is not None
    assert resumed.cycle.allowed == timedelta(hours=9)


def test_pauses_move_no_date() -> None:
    events: list[Event] = [opened(5, 9), Paused("T", at(5, 10), reason="customer")]
    paused = clock_for(Target(RELEASES), events, at(5, 12))
    assert (paused.phase, paused.due_at) == ("paused", at(7, 12))
    over = clock_for(Target(RELEASES), events, at(8, 12))
    assert (over.phase, over.breached_at, over.overrun) == ("paused", at(7, 12), timedelta(hours=9))


def test_a_day_form_comes_due_in_a_pause_that_begins_after_hours() -> None:
    form = By("20:00", 0, when_closed="keep")
    events: list[Event] = [opened(5, 9), Paused("T", at(5, 18), reason="customer")]
    assert clock_for(Target(form), events, at(5, 19)).due_at == at(5, 20)
    assert clock_for(Target(form), events, at(5, 21)).breached_at == at(5, 20)
    assert clock_for(Target(By("16:00")), events, at(5, 19)).due_at == at(5, 16)


def test_percents_of_a_day_form_are_of_the_counted_time_from_start_to_due() -> None:
    metric = resolution(Threshold.percent(50), Threshold.percent(100), Threshold.before(timedelta(hours=1)))
    clock = clock_for(Target(EndOfWorkingDay(0)), [opened(5, 9)], at(5, 10), metric)
    assert [threshold.at for threshold in clock.thresholds] == [at(5, 13), at(5, 17), at(5, 16)]
    assert clock.instant_at(Fraction(1, 4), micros(at(5, 10))) == micros(at(5, 11))
    assert clock.instant_at(Fraction(1, 8), micros(at(5, 10))) == micros(at(5, 10))
    paused = clock_for(
        Target(EndOfWorkingDay(0)), [opened(5, 9), Paused("T", at(5, 12), reason="customer")], at(5, 14), metric
    )
    assert [threshold.at for threshold in paused.thresholds] == [None, None, None]
    dated = clock_for(Target(at(5, 17)), [opened(5, 9), Paused("T", at(5, 12), reason="customer")], at(5, 14), metric)
    assert [threshold.at for threshold in dated.thresholds] == [None, at(5, 17), None]


def test_the_next_instants_of_a_date() -> None:
    clock = clock_for(Target(RELEASES), [opened(5, 9)], at(5, 10))
    assert [(one.at, one.what) for one in clock.next_instants()] == [
        (at(7, 12), "due"),
        (at(7, 12) + timedelta(microseconds=1), "breach"),
    ]


def test_a_resumed_cycle_carries_its_time_into_a_day_form() -> None:
    metric = resolution().with_(reopen=Reopen("resume"))
    events = [opened(5, 9), Resolved("T", at(5, 11)), Reopened("T", at(7, 9))]
    clock = clock_for(Target(WorkingDays(1)), events, at(7, 10), metric)
    assert (clock.due_at, clock.elapsed) == (at(7, 16), timedelta(hours=3))  # the 8th at nine, less two hours


def changed(
    amounts: tuple[object, object], hour: int, change: ChangePolicy, more: tuple[Event, ...] = (), as_of: int = 16
) -> Clock:
    """A ticket of low priority that becomes high on Monday."""
    table = DecisionTable(
        name="targets",
        hit="unique",
        inputs=[Scale("priority", ["low", "high"])],
        outputs=[Choice("resolution", ["slow", "fast"])],
        rules=[Rule({"priority": "low"}, {"resolution": "slow"}), Rule({"priority": "high"}, {"resolution": "fast"})],
    )
    promises = {"slow": Target(amounts[0]), "fast": Target(amounts[1])}
    agreement = Agreement("gold", OFFICE, [resolution()], targets=table, promises=promises, change=change)
    raised = FactsChanged("T", at(5, hour), facts={"priority": "high"})
    events = [Opened("T", at(5, 9), facts={"priority": "low"}), *more, raised]
    return run_clocks(events, [agreement], as_of=at(5, as_of))["gold", "resolution"]


def test_changes_between_amounts_and_day_forms() -> None:
    retroactive, carry, fraction = (ChangePolicy(raised=one) for one in ("retroactive", "carry", "carry_fraction"))
    assert changed((WorkingDays(5), EndOfWorkingDay(0)), 10, retroactive).due_at == at(5, 17)
    assert changed((WorkingDays(5), timedelta(hours=4)), 10, retroactive).due_at == at(5, 13)
    assert changed((WorkingDays(5), timedelta(hours=4)), 10, ChangePolicy()).due_at == at(5, 14)
    assert changed((None, EndOfWorkingDay(0)), 10, ChangePolicy()).due_at == at(5, 17)
    # what had elapsed counts against the new day form
    assert changed((WorkingDays(5), EndOfWorkingDay(0)), 10, carry).due_at == at(5, 16)
    # half of eight hours is used; half of the four hours left until one is left
    assert changed((timedelta(hours=8), EndOfWorkingDay(0)), 13, fraction).due_at == at(5, 15)
    # eight of nine hours of the first day form are left, and as much of the four hours
    assert changed((WorkingDays(1), timedelta(hours=4, minutes=30)), 10, fraction).due_at == at(5, 14)
    # a date has no share
    assert changed((WorkingDays(5), at(5, 15)), 10, fraction).due_at == at(5, 15)
    # what would be due later keeps the terms
    assert changed((EndOfWorkingDay(0), WorkingDays(5)), 10, carry).due_at == at(5, 17)


def test_a_retroactive_day_form_may_lie_in_the_past() -> None:
    retroactive = ChangePolicy(raised="retroactive")
    paused = Paused("T", at(5, 12), reason="customer")
    resumed = CustomerReplied("T", at(5, 13))
    before = changed((WorkingDays(5), By("11:00")), 14, retroactive, (paused, resumed))
    assert (before.due_at, before.breached_at) == (at(5, 11), at(5, 11))
    after = changed((WorkingDays(5), By("13:30")), 15, retroactive, (paused, resumed))
    assert (after.due_at, after.breached_at) == (at(5, 14, 30), at(5, 14, 30))


def test_a_manual_due_instant_holds_until_withdrawn() -> None:
    manual = DueOverridden("T", at(5, 10), metric="resolution", due=at(9, 12), reason="agreed", id="m")
    events: list[Event] = [opened(5, 9), manual]
    clock = clock_for(Target(timedelta(hours=4)), events, at(5, 16))
    assert (clock.due_at, clock.result, clock.breached_at) == (at(9, 12), "open", None)
    assert clock.remaining == OFFICE.between(at(5, 16), at(9, 12))
    assert clock.cycle is not None
    assert (clock.cycle.gross.due_at, clock.cycle.gross.breached_at) == (at(5, 13), at(5, 13))
    assert clock.cycle.override is not None
    assert (clock.cycle.override.event, clock.cycle.override.reason) == ("m", "agreed")
    withdrawn = clock_for(Target(timedelta(hours=4)), [*events, Withdrawn("T", at(5, 12), event="m")], at(5, 16))
    assert (withdrawn.due_at, withdrawn.breached_at) == (at(5, 13), at(5, 13))
    met = clock_for(Target(timedelta(hours=4)), [*events, Resolved("T", at(9, 12))], at(20))
    assert met.cycle is not None
    assert (met.result, met.cycle.gross.result) == ("met", "missed")
    missed = clock_for(Target(None), [*events, Resolved("T", at(9, 13))], at(20))
    assert (missed.result, missed.breached_at, missed.overrun) == ("missed", at(9, 12), timedelta(hours=1))


def test_a_manual_due_instant_ends_with_its_cycle_and_pauses_do_not_move_it() -> None:
    manual = DueOverridden("T", at(5, 10), metric="resolution", due=at(9, 12), reason="agreed", id="m")
    paused = Paused("T", at(5, 11), reason="customer")
    clock = clock_for(Target(timedelta(hours=4)), [opened(5, 9), manual, paused], at(5, 12))
    assert (clock.phase, clock.due_at, clock.due_if_resumed_now) == ("paused", at(9, 12), at(9, 12))
    again: list[Event] = [opened(5, 9), manual, Resolved("T", at(5, 12)), Reopened("T", at(7, 9)),
                          Withdrawn("T", at(7, 10), event="m")]  # fmt: skip
    clock = clock_for(Target(timedelta(hours=4)), again, at(7, 11))
    assert [cycle.due_at for cycle in clock.cycles] == [at(9, 12), at(7, 13)]


def test_thresholds_follow_a_manual_due_instant() -> None:
    manual = DueOverridden("T", at(5, 10), metric="resolution", due=at(5, 17), reason="agreed")
    metric = resolution(Threshold.percent(50), Threshold.percent(100))
    clock = clock_for(Target(timedelta(hours=4)), [opened(5, 9), manual], at(5, 10, 30), metric)
    assert [(one.at, one.arming) for one in clock.thresholds] == [(at(5, 13), 2), (at(5, 17), 2)]
    assert [one.what for one in clock.next_instants()] == ["threshold", "due", "threshold", "breach"]


def test_an_excused_delay_is_not_held_against_the_net_result() -> None:
    excused = Excused("T", at(7, 9), start=at(5, 12), end=at(5, 14), reason="power cut", id="x")
    events: list[Event] = [opened(5, 9), Resolved("T", at(5, 15))]
    plain = clock_for(Target(timedelta(hours=4)), events, at(20))
    assert plain.result == "missed"
    clock = clock_for(Target(timedelta(hours=4)), [*events, excused], at(20))
    assert clock.cycle is not None
    assert (clock.result, clock.cycle.gross.result) == ("met", "missed")
    assert (clock.elapsed, clock.cycle.excused, clock.remaining) == (
        timedelta(hours=6), timedelta(hours=2), timedelta(),
    )  # fmt: skip
    assert (clock.due_at, clock.breached_at, clock.cycle.allowed) == (at(5, 15), None, timedelta(hours=4))
    (found,) = attainment([run_clocks([*events, excused], [an_agreement()], as_of=at(20))])
    assert (found.met, found.excused, found.share, found.gross_share) == (0, 1, 1, 0)


def an_agreement() -> Agreement:
    return Agreement(
        "gold", OFFICE, [resolution()], targets={"resolution": "4 h"}, promises={"4 h": Target(timedelta(hours=4))}
    )


def test_while_running_due_leaves_out_excused_delays_to_come() -> None:
    excused = Excused("T", at(5, 10), start=at(5, 12), end=at(5, 14), reason="power cut", id="x")
    metric = resolution(Threshold.percent(50), Threshold.percent(100))
    clock = clock_for(Target(timedelta(hours=4)), [opened(5, 9), excused], at(5, 11), metric)
    assert (clock.due_at, clock.remaining) == (at(5, 15), timedelta(hours=2))
    assert [(one.at, one.arming) for one in clock.thresholds] == [(at(5, 11), 1), (at(5, 15), 2)]
    late = clock_for(Target(timedelta(hours=4)), [opened(5, 9), excused], at(5, 16))
    assert (late.breached_at, late.overrun) == (at(5, 15), timedelta(hours=1))
    gone = clock_for(
        Target(timedelta(hours=4)), [opened(5, 9), excused, Withdrawn("T", at(5, 11), event="x")], at(5, 16)
    )
    assert gone.breached_at == at(5, 13)


def test_a_breach_to_come_waits_for_the_end_of_an_excused_delay() -> None:
    excused = Excused("T", at(5, 10), start=at(5, 13), end=at(5, 14), reason="power cut")
    clock = clock_for(Target(timedelta(hours=4)), [opened(5, 9), excused], at(5, 11))
    assert [(one.at, one.what) for one in clock.next_instants()] == [
        (at(5, 13), "due"),
        (at(5, 14) + timedelta(microseconds=1), "breach"),
    ]


def test_an_excused_delay_counts_for_what_is_carried_too() -> None:
    excused = Excused("T", at(7, 9), start=at(5, 10), end=at(5, 11), reason="power cut")
    metric = resolution().with_(reopen=Reopen("resume"))
    events = [opened(5, 9), Resolved("T", at(5, 12)), Reopened("T", at(7, 9)), excused]
    clock = clock_for(Target(timedelta(hours=4)), events, at(7, 10), metric)
    assert clock.cycle is not None
    assert (clock.due_at, clock.cycle.excused, clock.remaining) == (at(7, 11), timedelta(hours=1), timedelta(hours=1))


def test_excused_delays_move_day_forms_and_no_dates() -> None:
    excused = Excused("T", at(5, 10), start=at(5, 12), end=at(5, 14), reason="power cut")
    assert clock_for(Target(WorkingDays(1)), [opened(5, 9), excused], at(5, 15)).due_at == at(7, 11)
    assert clock_for(Target(at(5, 14)), [opened(5, 9), excused], at(5, 15)).breached_at == at(5, 14)
    over = Excused("T", at(5, 10), start=at(5, 13), end=at(5, 15), reason="again", id="over")
    metric = resolution(Threshold.percent(100))
    to_come = clock_for(Target(By("16:00")), [opened(5, 9), excused, over], at(5, 10, 30), metric)
    assert (to_come.due_at, to_come.thresholds[0].at) == (at(7, 10), at(7, 10))  # three hours later


def test_a_manual_due_instant_without_effect_is_a_finding() -> None:
    unknown = DueOverridden("T", at(5, 10), metric="resolutoin", due=at(9), reason="?", id="u")
    late = DueOverridden("T", at(5, 12), metric="resolution", due=at(9), reason="?", id="l")
    fine = DueOverridden("T", at(5, 10), metric="resolution", due=at(9), reason="agreed", id="f")
    events = [opened(5, 9), unknown, fine, Resolved("T", at(5, 11)), late]
    assert [str(finding) for finding in run_clocks(events, [an_agreement()], as_of=at(9)).findings] == [
        "warning sla.unknown-metric at tickets.T.u: event `u` (due overridden) sets the due date of the "
        "unknown metric `resolutoin`; expected one of `resolution`; did you mean `resolution`?",
        "warning sla.due-without-cycle at tickets.T.l: event `l` (due overridden) sets the due date of "
        "`resolution`, but that clock does not run then",
    ]


def test_a_manual_due_instant_for_one_agreement_leaves_the_others() -> None:
    """SLA-8, SLA-11."""
    of_gold = DueOverridden(
        "T", at(5, 10), metric="resolution", due=at(5, 16), reason="agreed", agreement="gold", id="g"
    )
    of_all = DueOverridden("T", at(5, 11), metric="resolution", due=at(7, 10), reason="strike", id="a")
    every = [evolve(an_agreement(), name=name) for name in ("gold", "silver")]

    def due(*events: Event) -> list[datetime | None]:
        return [clock.due_at for clock in run_clocks([opened(5, 9), *events], every, as_of=at(5, 15)).values()]

    assert due(of_gold) == [at(5, 16), at(5, 13)]
    assert due(of_gold, of_all) == [at(7, 10), at(7, 10)]
    assert due(of_gold, of_all, Withdrawn("T", at(5, 12), event="a")) == [at(5, 16), at(5, 13)]
    assert due(of_gold, Withdrawn("T", at(5, 12), event="g")) == [at(5, 13), at(5, 13)]


def test_a_manual_due_instant_names_an_agreement_by_the_name_of_all_its_editions() -> None:
    editions = Editions("gold", {date(2026, 1, 1): evolve(an_agreement(), name="gold 2026")}, pin="opening", tz="UTC")

    def due(name: str) -> datetime | None:
        by_hand = DueOverridden("T", at(5, 10), metric="resolution", due=at(9), reason="agreed", agreement=name)
        return run_clocks([opened(5, 9), by_hand], [editions], as_of=at(5, 15))["gold", "resolution"].due_at

    assert due("gold") == at(9)
    assert due("gold 2026") == at(5, 13)


def test_a_manual_due_instant_for_an_unknown_agreement_or_metric_is_a_finding() -> None:
    def by_hand(metric: str, agreement: str, hour: int = 10) -> DueOverridden:
        return DueOverridden("T", at(5, hour), metric=metric, due=at(9), reason="?", agreement=agreement, id="b")

    only = Agreement("ola", ALWAYS, [reaction()])
    found = {}
    for event in (by_hand("resolution", "glod"), by_hand("resolution", "ola"), by_hand("reaction", "ola", 12)):
        events = [opened(5, 9), event, Resolved("T", at(5, 11))]
        (finding,) = run_clocks(events, [an_agreement(), only], as_of=at(9)).findings
        found[finding.code] = finding.message.removeprefix("event `b` (due overridden) ")
    assert found == {
        "sla.unknown-agreement": "sets the due date of `resolution` under the unknown agreement `glod`; "
        "expected one of `gold`, `ola`; did you mean `gold`?",
        "sla.unknown-metric": "sets the due date of `resolution`, which is not a metric of agreement `ola`; expected "
        "one of `reaction`; did you mean `reaction`?",
        "sla.due-without-cycle": "sets the due date of `reaction` under `ola`, but that clock does not run then",
    }


def test_a_plan_without_a_later_date_has_no_decision() -> None:
    with pytest.raises(NoDecisionError) as caught:
        clock_for(Target(RELEASES), [opened(15, 9)], at(16))
    assert str(caught.value) == (
        "the plan has no date after `2026-01-15T08:00:00+00:00`; its last date is `7.2`; add the next one"
    )


def test_plans_and_targets_that_cannot_be_are_refused() -> None:
    with pytest.raises(DefinitionError, match=r"`7\.3` is not a date of the plan; expected one of `7\.1`, `7\.2`"):
        NamedDate(RELEASES.plan, "7.3")
    with pytest.raises(DefinitionError, match="`plan` of a named date is empty; give at least one date"):
        NamedDate({})
    with pytest.raises(NaiveDatetimeError, match="the date `x` of a plan"):
        NamedDate({"x": datetime(2026, 1, 1)})
    with pytest.raises(NaiveDatetimeError, match="a target"):
        Target(datetime(2026, 1, 1))
    with pytest.raises(DefinitionError, match="a target of `-2` working days lies in the past; give 0 or more"):
        Target(WorkingDays(-2))
    both = OFFICE | always_open("UTC")
    with pytest.raises(DefinitionError) as caught:
        clock_for(Target(WorkingDays(1), both), [opened(5, 9)], at(5, 10))
    assert str(caught.value) == (
        "promise `it` counts days on a calendar over several zones, which has no dates of its own; "
        "promise it on a calendar of one zone"
    )
    assert RELEASES.after(datetime(2026, 1, 7, 11, tzinfo=UTC)) == "7.2"
    assert Target(None, ALWAYS).amount is None


def test_a_threshold_may_count_days_from_due() -> None:
    before, after = Threshold.days_from_due(WorkingDays(-1)), Threshold.days_from_due(EndOfWorkingDay(0))
    assert (before.name, after.name) == ("1 working day before due", "end of working day 0 after due")
    assert Threshold.days_from_due(By("10:00", 2)).name == "by 10:00, 2 working days after due"
    metric = resolution(before, after)
    clock = clock_for(Target(timedelta(hours=16)), [opened(5, 9)], at(5, 10), metric)
    assert [threshold.at for threshold in clock.thresholds] == [at(5, 16), at(7, 17)]
    paused = clock_for(
        Target(timedelta(hours=16)), [opened(5, 9), Paused("T", at(5, 10), reason="customer")], at(5, 11), metric
    )
    assert [threshold.at for threshold in paused.thresholds] == [None, None]


def test_sla_10_a_threshold_that_counts_days_lies_at_the_start_at_the_earliest() -> None:
    metric = resolution(Threshold.days_from_due(WorkingDays(-1)), Threshold.before(timedelta(hours=5)))
    clock = clock_for(Target(timedelta(hours=4)), [opened(5, 9)], at(5, 10), metric)
    assert [threshold.at for threshold in clock.thresholds] == [at(5, 9), at(5, 9)]
    by_hand = DueOverridden("T", at(5, 9, 30), metric="resolution", due=at(5, 11), reason="agreed")
    clock = clock_for(Target(timedelta(hours=4)), [opened(5, 9), by_hand], at(5, 10), metric)
    assert [(threshold.at, threshold.arming) for threshold in clock.thresholds] == [(at(5, 9), 1), (at(5, 9), 1)]


def test_a_date_comes_while_paused_too() -> None:
    paused = Paused("T", at(5, 10), reason="customer")
    dated = clock_for(Target(RELEASES), [opened(5, 9), paused], at(5, 11))
    assert [(one.at, one.what) for one in dated.next_instants()] == [
        (at(7, 12), "due"),
        (at(7, 12) + timedelta(microseconds=1), "breach"),
    ]
    assert clock_for(Target(WorkingDays(1)), [opened(5, 9), paused], at(5, 11)).next_instants() == ()
    assert clock_for(Target(timedelta(hours=4)), [opened(5, 9), paused], at(5, 11)).next_instants() == ()


def test_excused_delays_around_pauses() -> None:
    excuses = [
        Excused("T", at(5, 10), start=at(5, 9, 30), end=at(5, 10, 30), reason="power cut", id="x"),
        Excused("T", at(5, 10), start=at(5, 16), end=at(5, 16, 30), reason="power cut", id="y"),
    ]
    events = [opened(5, 9), *excuses, Paused("T", at(5, 11), reason="customer"), CustomerReplied("T", at(5, 12))]
    metric = resolution(Threshold.percent(25), Threshold.percent(100))
    clock = clock_for(Target(timedelta(hours=2)), events, at(5, 12, 15), metric)
    assert (clock.elapsed, clock.remaining, clock.due_at) == (
        timedelta(hours=2, minutes=15), timedelta(minutes=45), at(5, 13),
    )  # fmt: skip
    assert [one.at for one in clock.thresholds] == [at(5, 9, 30), at(5, 13)]
    assert clock.next_instants()[-1].at == at(5, 13) + timedelta(microseconds=1)


def test_an_amount_has_no_instant() -> None:
    agreement = an_agreement()
    assert agreement.terms["4 h"].instant_from(0) is None


def test_an_excused_delay_in_the_gap_that_is_counted_counts_for_nothing() -> None:
    metric = resolution(Threshold.percent(100)).with_(reopen=Reopen("count"))
    excused = Excused("T", at(5, 12), start=at(5, 10, 30), end=at(5, 11, 30), reason="power cut")
    events = [opened(5, 9), Resolved("T", at(5, 10)), Reopened("T", at(5, 12)), excused]
    clock = clock_for(Target(timedelta(hours=4)), events, at(5, 12, 30), metric)
    assert clock.cycle is not None
    assert (clock.elapsed, clock.cycle.excused) == (timedelta(hours=3, minutes=30), timedelta(hours=1))
    assert (clock.due_at, clock.cycle.gross.due_at, clock.thresholds[0].at) == (at(5, 14), at(5, 13), at(5, 14))


def test_thresholds_leave_out_what_is_excused_of_the_time_carried() -> None:
    metric = resolution(Threshold.percent(50), Threshold.percent(100)).with_(reopen=Reopen("resume"))
    excused = Excused("T", at(5, 13), start=at(5, 9), end=at(5, 10), reason="power cut")
    events = [opened(5, 9), Resolved("T", at(5, 12)), excused, Reopened("T", at(5, 13))]
    clock = clock_for(Target(timedelta(hours=8)), events, at(5, 13), metric)
    assert clock.due_at == at(7, 10)  # two of eight hours are used
    assert [threshold.at for threshold in clock.thresholds] == [at(5, 15), at(7, 10)]


def test_a_date_that_lay_in_the_past_when_it_was_promised_is_exceeded_at_once_though_paused() -> None:
    carry = ChangePolicy(raised="carry")
    paused = Paused("T", at(5, 9, 30), reason="customer")
    clock = changed((timedelta(hours=8), at(5, 9, 45)), 10, carry, (paused,), as_of=10)
    assert (clock.phase, clock.due_at, clock.breached_at) == ("paused", at(5, 9, 45), at(5, 9, 45))


def test_sla_8_a_manual_due_instant_decides_though_nothing_else_was_promised() -> None:
    manual = DueOverridden("T", at(5, 10), metric="resolution", due=at(5, 12), reason="agreed", id="m")
    agreement = Agreement(
        "gold", OFFICE, [resolution()], targets={"resolution": "none"}, promises={"none": Target(None)}
    )
    asked: list[tuple[list[Event], tuple[str, str], tuple[int, int, int, int, int]]] = [
        ([], ("open", "none"), (0, 1, 0, 0, 0)),
        ([Resolved("T", at(5, 11))], ("met", "none"), (1, 0, 0, 0, 0)),
        ([Resolved("T", at(5, 13))], ("missed", "none"), (0, 1, 0, 0, 0)),
        ([Cancelled("T", at(5, 13))], ("none", "none"), (0, 0, 0, 0, 1)),
        ([Merged("T", at(5, 13), into="U")], ("superseded", "superseded"), (0, 0, 0, 0, 1)),
        ([Withdrawn("T", at(5, 11), event="m")], ("none", "none"), (0, 0, 0, 0, 1)),
    ]
    for more, results, counted in asked:
        clocks = run_clocks([opened(5, 9), manual, *more], [agreement], as_of=at(5, 14))
        cycle = clocks["gold", "resolution"].cycle
        assert cycle is not None
        assert (cycle.result, cycle.gross.result) == results
        (found,) = attainment([clocks])
        assert (found.met, found.missed, found.excused, found.open, found.not_applicable) == counted


def test_sla_8_of_two_manual_due_instants_the_later_holds_and_the_earlier_comes_back() -> None:
    events: list[Event] = [
        opened(5, 9),
        DueOverridden("T", at(5, 10), metric="resolution", due=at(9, 12), reason="agreed", id="one"),
        DueOverridden("T", at(5, 11), metric="resolution", due=at(8, 12), reason="sooner", id="two"),
    ]
    assert clock_for(Target(timedelta(hours=4)), events, at(5, 12)).due_at == at(8, 12)
    withdrawn = Withdrawn("T", at(5, 12), event="two")
    assert clock_for(Target(timedelta(hours=4)), [*events, withdrawn], at(5, 12)).due_at == at(9, 12)
    first = Withdrawn("T", at(5, 12), event="one")
    assert clock_for(Target(timedelta(hours=4)), [*events, first], at(5, 12)).due_at == at(8, 12)
