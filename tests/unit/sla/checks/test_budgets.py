"""Whose time it was, and whether the levels fit inside the customer's promise (SLA-11)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from attrs import evolve

from supportcore.calendars import Calendar, EndOfWorkingDay, WorkingDays
from supportcore.sla import (
    Agreement,
    Budget,
    LevelUse,
    Metric,
    NamedDate,
    On,
    Reopen,
    Target,
    budget_findings,
    consumed,
    reaction,
    resolution,
    run_clocks,
)
from supportcore.tickets import (
    Assigned,
    Event,
    Excused,
    HandedBack,
    Holder,
    Paused,
    Reopened,
    Resolved,
    Resumed,
    history_of,
    holders_over_time,
)
from supportcore.tickets.holders import NOBODY
from tests.unit.sla.desk import ALWAYS, GOLD, OFFICE, at, clock_of, opened

HOUR = timedelta(hours=1)
FIRST, SECOND = Holder("first", "", "ann"), Holder("second", "crm", "")


def test_the_time_of_a_cycle_belongs_to_who_had_the_ticket() -> None:
    events: list[Event] = [
        opened(5, 9),
        Assigned("T", at(5, 10), level="first", person="ann"),
        Paused("T", at(5, 11), reason="customer"),
        Resumed("T", at(5, 12)),
        Assigned("T", at(5, 13), level="second", team="crm"),
        HandedBack("T", at(5, 16)),
        Resolved("T", at(7, 9)),
        Reopened("T", at(7, 10)),
    ]
    metric = resolution().with_(reopen=Reopen("resume"))
    cycle = clock_of(metric, events, at(7, 11)).cycle
    assert cycle is not None
    used = consumed(cycle, holders_over_time(history_of(events)))
    assert used == {
        NOBODY: timedelta(hours=1),
        FIRST: timedelta(hours=1 + 1 + 2 + 1),
        SECOND: timedelta(hours=3),
    }
    assert sum(used.values(), timedelta()) == cycle.elapsed
    first = clock_of(metric, events, at(7, 9, 30)).cycles[0]
    assert sum(consumed(first, holders_over_time(history_of(events))).values(), timedelta()) == first.elapsed


def test_handed_back_by_nobody_is_with_nobody() -> None:
    history = history_of([opened(5, 9), HandedBack("T", at(5, 10)), Assigned("T", at(5, 11), person="ann")])
    assert [piece.value for piece in holders_over_time(history).pieces] == [NOBODY, Holder(person="ann")]


def shared(**budgets: Budget) -> Metric:
    return resolution().with_(budgets=budgets)


HANDED: list[Event] = [
    opened(5, 9),
    Assigned("T", at(5, 10), level="first"),
    Assigned("T", at(5, 12), level="second"),
    Assigned("T", at(5, 13), level="second", person="cem"),
    HandedBack("T", at(5, 16)),
]


def use_of(metric: Metric, as_of: datetime, target: Target, events: Iterable[Event] = HANDED) -> list[LevelUse]:
    gold = Agreement("gold", OFFICE, metric, targets={"resolution": "it"}, promises={"it": target})
    return list(run_clocks(events, [gold], as_of=as_of).levels("gold", "resolution"))


def test_what_each_level_used_of_its_budget() -> None:
    used = use_of(shared(second=HOUR, first=Fraction(1, 4), third=HOUR), at(5, 17), Target(8 * HOUR))
    assert used == [
        LevelUse("second", 4 * HOUR, HOUR),
        LevelUse("first", 3 * HOUR, 2 * HOUR),
        LevelUse("third", 0 * HOUR, HOUR),
        LevelUse("", HOUR, None),
    ]
    assert [(one.left, one.overrun) for one in used] == [
        (-3 * HOUR, 3 * HOUR), (-HOUR, HOUR), (HOUR, 0 * HOUR), (None, 0 * HOUR),
    ]  # fmt: skip


def test_what_is_excused_counts_against_no_budget() -> None:
    """Of the four hours of the second level two are excused, of those of the first a half; twice excused is once."""
    excused = [
        Excused("T", at(5, 16), start=at(5, 11, 30), end=at(5, 13), reason="flood", id="flood"),
        Excused("T", at(5, 16), start=at(5, 12, 30), end=at(5, 14), reason="storm", id="storm"),
    ]
    used = use_of(shared(second=3 * HOUR, first=2 * HOUR), at(5, 17), Target(8 * HOUR), [*HANDED, *excused])
    assert used == [
        LevelUse("second", 4 * HOUR, 3 * HOUR, 2 * HOUR),
        LevelUse("first", 3 * HOUR, 2 * HOUR, HOUR / 2),
        LevelUse("", HOUR, None),
    ]
    assert [(one.left, one.overrun) for one in used] == [(HOUR, 0 * HOUR), (-HOUR / 2, HOUR / 2), (None, 0 * HOUR)]


def test_a_share_is_of_the_time_that_may_pass() -> None:
    """Of a day form the counted time from start to due; of nothing it is none, and a length is what it is."""
    metric = shared(first=Fraction(1, 4), second=HOUR)
    (first, *_) = use_of(metric, at(5, 11), Target(EndOfWorkingDay(1)))  # the 6th is a holiday
    assert first.budget == (8 + 9) * HOUR / 4
    assert [one.budget for one in use_of(metric, at(5, 11), Target(None))] == [None, HOUR, None]
    thirds = shared(**dict.fromkeys(("a", "b", "c"), Fraction(1, 3)))
    microsecond = timedelta(microseconds=1)
    (third, *_) = use_of(thirds, at(5, 11), Target(2 * microsecond))
    assert third.budget == 0 * HOUR


def test_a_share_of_a_date_before_the_start_is_nothing() -> None:
    """Who used nothing has overrun nothing."""
    (first, *_) = use_of(shared(first=Fraction(1, 4)), at(5, 9), Target(at(5, 8)), HANDED[:1])
    assert (first, first.overrun) == (LevelUse("first", 0 * HOUR, 0 * HOUR), 0 * HOUR)


def test_before_a_clock_begins_no_level_used_anything() -> None:
    used = use_of(shared(first=HOUR, second=Fraction(1, 2)), at(5, 11), Target(8 * HOUR), [Assigned("T", at(5, 9))])
    assert used == [LevelUse("first", 0 * HOUR, HOUR), LevelUse("second", 0 * HOUR, None)]


def fitting(target: Target, metric: Metric) -> list[tuple[str, str]]:
    gold = Agreement("gold", OFFICE, metric, targets={"resolution": "it"}, promises={"it": target})
    return [(finding.code, finding.path) for finding in budget_findings(gold)]


EXCEEDS = [("sla.budget-exceeds", "clocks.resolution.budgets")]
NOT_PROVEN = [("sla.budget-not-proven", "clocks.resolution.budgets")]


@pytest.mark.parametrize("calendar", [None, OFFICE, ALWAYS])
def test_budgets_fit_inside_an_amount_or_do_not(calendar: Calendar | None) -> None:
    """They count on the calendar of what is promised, be it its own or the agreement's."""
    eight = Target(8 * HOUR, calendar)
    assert fitting(eight, shared(first=3 * HOUR, second=5 * HOUR)) == []
    assert fitting(eight, shared(first=3 * HOUR, second=5 * HOUR + timedelta(microseconds=1))) == EXCEEDS
    assert fitting(eight, shared(first=6 * HOUR, second=Fraction(1, 4))) == []
    assert fitting(eight, shared(first=6 * HOUR, second=Fraction(26, 100))) == EXCEEDS


def test_shares_fit_inside_day_forms_and_lengths_are_not_proven() -> None:
    for target in (Target(WorkingDays(2)), Target(at(9, 12)), Target(NamedDate({"7.1": at(9, 12)}))):
        assert fitting(target, shared(first=Fraction(1, 4), second=Fraction(3, 4))) == []
        assert fitting(target, shared(first=Fraction(1, 2), second=Fraction(3, 4))) == EXCEEDS
        assert fitting(target, shared(first=HOUR, second=Fraction(1))) == EXCEEDS
        assert fitting(target, shared(first=HOUR, second=Fraction(1, 2))) == NOT_PROVEN


def test_where_nothing_is_promised_nothing_has_to_fit() -> None:
    assert fitting(Target(None), shared(first=HOUR)) == NOT_PROVEN
    (finding,) = budget_findings(Agreement("gold", OFFICE, [reaction(), shared(first=HOUR)]))
    assert str(finding) == (
        "note sla.budget-not-proven at clocks.resolution.budgets: agreement `gold` has no promise for `resolution` "
        "that budgets could fit inside"
    )
    assert budget_findings(GOLD) == ()


def test_budgets_must_fit_inside_every_promise_that_a_table_may_choose() -> None:
    metrics = [reaction(), shared(first=HOUR, second=Fraction(1, 2))]
    assert budget_findings(evolve(GOLD, metrics=metrics)) == ()
    metrics = [reaction(), shared(first=3 * HOUR, second=Fraction(1, 2))]
    assert [str(finding) for finding in budget_findings(evolve(GOLD, metrics=metrics))] == [
        "error sla.budget-exceeds at clocks.resolution.budgets: the levels may use more (first 3 h, second 50 %) than "
        "`4 h` of agreement `gold` allows; give them less"
    ]


def operational(name: str, hours: int | None, inside: str = "") -> Agreement:
    target = Target(None if hours is None else hours * HOUR)
    return Agreement(name, ALWAYS, [resolution()], targets={"resolution": "it"}, promises={"it": target}, inside=inside)


def test_a_levels_clock_that_is_due_after_the_customers_is_a_finding() -> None:
    every = [operational("sla", 4), operational("ola", 5, inside="sla"), operational("watch", None, inside="sla")]
    clocks = run_clocks([opened(5, 9)], every, as_of=at(5, 10))
    assert [str(finding) for finding in clocks.findings] == [
        "warning sla.level-outlasts at tickets.T: `resolution` of agreement `ola` is due "
        "Mon 5 Jan 2026 14:00, later than `resolution` of agreement `sla`, Mon 5 Jan 2026 13:00"
    ]
    customer, level = clocks["sla", "resolution"], clocks["ola", "resolution"]
    assert (level.outlasts(customer), customer.outlasts(level)) == (clocks.findings[0], None)
    done = run_clocks([opened(5, 9), Resolved("T", at(5, 10))], every, as_of=at(9))
    assert done.findings == ()


def test_a_level_that_takes_over_late_outlasts_the_customers_clock() -> None:
    """An operational clock runs from the hand-over on: what would fit from the opening does not fit any more."""
    from_hand_over = Metric("resolution", start=On(Assigned, where={"level": "second"}), stop=On(Resolved, HandedBack))
    level = evolve(operational("second level", 3, inside="sla"), metrics=from_hand_over)
    for hour, codes in ((10, []), (11, ["sla.level-outlasts"])):
        events = [opened(5, 9), Assigned("T", at(5, hour), level="second")]
        clocks = run_clocks(events, [operational("sla", 4), level], as_of=at(5, 12))
        assert [finding.code for finding in clocks.findings] == codes


def test_an_agreement_inside_an_unknown_or_unrelated_one_is_a_finding() -> None:
    sla, only = operational("sla", 4), evolve(operational("slow", 9, inside="sla"), metrics=reaction(), targets={})
    assert [str(one) for one in run_clocks([opened(5, 9)], [sla, only], as_of=at(5, 10)).findings] == [
        "error sla.unknown-outer at agreements.slow.inside: agreement `slow` lies inside `sla`, which has none of "
        "its metrics (`reaction`), so nothing is compared"
    ]
    lost = operational("ola", 5, inside="slaa")
    assert [str(one) for one in run_clocks([opened(5, 9)], [sla, lost], as_of=at(5, 10)).findings] == [
        "error sla.unknown-outer at agreements.ola.inside: agreement `ola` lies inside the unknown agreement "
        "`slaa`; expected one of `sla`, `ola`; did you mean `sla`?"
    ]
