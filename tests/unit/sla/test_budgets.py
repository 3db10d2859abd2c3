"""Whose time it was, and whether the levels fit inside the customer's promise (SLA-11)."""

from datetime import timedelta

from supportcore.calendars import WorkingDays
from supportcore.sla import (
    Agreement,
    Holder,
    Reopen,
    Target,
    budget_findings,
    consumed,
    holders_over_time,
    outlasting,
    resolution,
    run_clocks,
)
from supportcore.sla.budgets import NOBODY
from supportcore.tickets import Assigned, Event, HandedBack, Paused, Reopened, Resolved, Resumed, history_of
from tests.unit.sla.desk import ALWAYS, OFFICE, at, clock_of, opened

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


def test_budgets_fit_or_do_not_or_cannot_be_compared() -> None:
    def office(hours: int) -> Target:
        return Target(timedelta(hours=hours), OFFICE)

    assert budget_findings("8 h", office(8), {"first": office(3), "second": office(5)}) == ()
    assert budget_findings("none", Target(None, OFFICE), {"first": office(3)}) == ()
    (exceeds,) = budget_findings("8 h", office(8), {"first": office(4), "second": office(5)})
    assert (exceeds.code, exceeds.severity) == ("sla.budget-exceeds", "error")
    always = Target(timedelta(hours=1), ALWAYS)
    for promised, budgets in ((office(8), {"first": always}), (Target(WorkingDays(2), OFFICE), {"first": office(1)})):
        assert [finding.code for finding in budget_findings("it", promised, budgets)] == ["sla.budget-not-proven"]


def test_a_levels_clock_that_is_due_after_the_customers_is_a_finding() -> None:
    def agreement(name: str, hours: int | None) -> Agreement:
        amount = None if hours is None else timedelta(hours=hours)
        return Agreement(name, ALWAYS, [resolution()], targets={"resolution": "it"}, promises={"it": Target(amount)})

    clocks = run_clocks(
        [opened(5, 9)], [agreement("sla", 4), agreement("ola", 5), agreement("watch", None)], as_of=at(5, 10)
    )
    customer, level, watch = (clocks[name, "resolution"] for name in ("sla", "ola", "watch"))
    found = outlasting(level, customer)
    assert found is not None
    assert str(found) == (
        "warning sla.level-outlasts at tickets.T: `ola` `resolution` is due at 2026-01-05 14:00:00+01:00, "
        "after `sla` `resolution` at 2026-01-05 13:00:00+01:00"
    )
    assert outlasting(customer, level) is None
    assert outlasting(watch, customer) is None
    done = run_clocks([opened(5, 9), Resolved("T", at(5, 10))], [agreement("ola", 5)], as_of=at(9))
    assert outlasting(done["ola", "resolution"], customer) is None
