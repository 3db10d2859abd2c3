"""Agreements that change from a day on, and which edition a ticket follows (G-12, SLA-9)."""

from datetime import UTC, date, timedelta
from typing import Any

import pytest
from attrs import evolve

from supportcore.calendars import BusinessCalendar
from supportcore.errors import DefinitionError, NoDecisionError
from supportcore.instants import micros
from supportcore.reports import attainment
from supportcore.sla import (
    Agreement,
    Cause,
    ChangePolicy,
    ClockChange,
    Reopen,
    Target,
    Threshold,
    impact,
    reaction,
    reevaluate,
    resolution,
    run_clocks,
)
from supportcore.tickets import Attached, CustomerReplied, Event, FactsChanged, Paused, Reopened, Resolved, Withdrawn
from supportcore.timelines import Editions
from tests.unit.sla.desk import ALWAYS, GOLD, OFFICE, at, opened


def promising(hours: float, name: str = "", **changes: Any) -> Agreement:
    """An agreement that promises a solution within so many hours, round the clock."""
    made = Agreement(
        name or f"{hours} h", ALWAYS, [resolution()], targets={"resolution": "it"},
        promises={"it": Target(timedelta(hours=hours))},
    )  # fmt: skip
    return evolve(made, **changes)


def editions(pin: str, second: Agreement, first: Agreement | None = None) -> Editions[Agreement]:
    """Twenty-four hours since the new year, and another edition from the 6th, a Tuesday, on."""
    begins = first or promising(24, on_attachment=second.on_attachment)
    return Editions("gold", {date(2026, 1, 1): begins, date(2026, 1, 6): second}, pin=pin, tz="Europe/Berlin")


def cycles(promised: Editions[Agreement], events: list[Event], day: int, hour: int) -> list[tuple[object, ...]]:
    clock = run_clocks(events, [promised], as_of=at(day, hour))["gold", "resolution"]
    return [(cycle.agreement, cycle.result, cycle.due_at) for cycle in clock.cycles]


def test_at_opening_the_edition_of_the_opening_holds_for_ever() -> None:
    gold = editions("opening", promising(8))
    assert cycles(gold, [opened(5, 12)], 7, 0) == [("24 h", "open", at(6, 12))]
    assert cycles(gold, [opened(6, 0)], 7, 0) == [("8 h", "open", at(6, 8))]
    again: list[Event] = [opened(5, 12), Resolved("T", at(5, 13)), Reopened("T", at(7, 9))]
    assert cycles(gold, again, 7, 10) == [("24 h", "met", at(6, 12)), ("24 h", "open", at(8, 9))]


def test_latest_a_running_cycle_sees_a_new_edition_as_a_change_and_a_finished_one_never() -> None:
    gold = editions("latest", promising(8))
    assert cycles(gold, [opened(5, 20)], 5, 23) == [("24 h", "open", at(6, 20))]
    assert cycles(gold, [opened(5, 20)], 6, 0) == [("24 h", "superseded", at(6, 20)), ("8 h", "open", at(6, 8))]
    solved: list[Event] = [opened(5, 20), Resolved("T", at(5, 21))]
    assert cycles(gold, solved, 9, 0) == [("24 h", "met", at(6, 20))]
    assert cycles(gold, [*solved, Reopened("T", at(7, 0))], 7, 1)[1] == ("8 h", "open", at(7, 8))


@pytest.mark.parametrize(
    ("policy", "due", "agreement"),
    [
        ("keep", at(6, 20), "24 h"),
        ("restart", at(6, 12), "12 h"),
        ("carry", at(6, 8), "12 h"),
        ("carry_fraction", at(6, 10), "12 h"),  # a sixth of the old target was used: ten of twelve hours are left
        ("retroactive", at(6, 8), "12 h"),
    ],
)
def test_the_policy_of_the_new_edition_applies_to_a_running_cycle(policy: str, due: object, agreement: str) -> None:
    gold = editions("latest", promising(12, change=ChangePolicy(raised=policy, lowered="keep")))
    clock = run_clocks([opened(5, 20)], [gold], as_of=at(6, 1))["gold", "resolution"]
    assert clock.cycle is not None
    assert (clock.due_at, clock.cycle.agreement) == (due, agreement)
    changed = Cause("edition", name="2026-01-06")
    assert clock.cycle.changed_by == (None if policy in ("keep", "restart") else changed)
    assert clock.cycle.opened_by == (changed if policy == "restart" else Cause("started", "opened"))


def test_a_new_edition_that_is_due_later_counts_as_a_lowering() -> None:
    gold = editions("latest", promising(48, change=ChangePolicy(raised="restart", lowered="carry")))
    assert cycles(gold, [opened(5, 20)], 6, 1) == [("48 h", "open", at(7, 20))]


def test_a_new_edition_is_bounded_and_a_cycle_fallen_due_keeps_its_terms() -> None:
    long_since = [opened(5, 1)]
    # restarting would be due at eight in the evening, later than at one in the night
    assert cycles(editions("latest", promising(20)), long_since, 6, 1) == [("24 h", "open", at(6, 1))]
    fallen = editions("latest", promising(48), promising(8))
    assert cycles(fallen, long_since, 6, 1) == [("8 h", "open", at(5, 9))]


def test_an_edition_with_the_same_promise_changes_nothing() -> None:
    gold = editions("latest", promising(24, name="again"))
    assert cycles(gold, [opened(5, 20)], 6, 1) == [("24 h", "open", at(6, 20))]


def test_an_edition_holds_for_what_happens_at_its_first_instant() -> None:
    at_midnight = editions("latest", promising(8))
    assert cycles(at_midnight, [opened(6, 0)], 6, 1) == [("8 h", "open", at(6, 8))]
    solved = cycles(at_midnight, [opened(5, 20), Resolved("T", at(6, 0))], 7, 0)
    assert solved == [("24 h", "superseded", at(6, 20)), ("8 h", "met", at(6, 8))]


def test_while_paused_the_new_edition_holds_when_it_goes_on() -> None:
    events: list[Event] = [opened(5, 20), Paused("T", at(5, 22), reason="customer"), CustomerReplied("T", at(6, 6))]
    gold = editions("latest", promising(12, change=ChangePolicy(raised="carry")))
    assert cycles(gold, events[:2], 6, 1) == [("12 h", "open", None)]
    assert cycles(gold, events, 6, 7) == [("12 h", "open", at(6, 16))]


def test_the_trace_names_the_edition_by_its_date() -> None:
    gold = editions("latest", promising(12, change=ChangePolicy(raised="carry")))
    segments = run_clocks([opened(5, 20)], [gold], as_of=at(6, 1))["gold", "resolution"].trace()
    assert [(segment.start, segment.kind, segment.because) for segment in segments] == [
        (at(5, 20), "counted", Cause("started", "opened")),
        (at(6), "counted", Cause("edition", name="2026-01-06")),
    ]


def test_an_instant_is_called_as_it_was_written() -> None:
    both = {at(1): promising(24), at(5, 22).astimezone(UTC): promising(8)}
    clock = run_clocks([opened(5, 20)], [Editions("gold", both, pin="latest")], as_of=at(6))["gold", "resolution"]
    assert clock.cycle is not None
    assert clock.cycle.opened_by == Cause("edition", name="2026-01-05T21:00:00+00:00")


def test_the_next_edition_is_waited_for() -> None:
    gold = editions("latest", promising(8))
    clocks = run_clocks([opened(5, 20)], [gold], as_of=at(5, 21))
    assert [(one.at, one.what) for one in clocks.next_instants()] == [
        (at(6), "edition"),
        (at(6, 20), "due"),
        (at(6, 20) + timedelta(microseconds=1), "breach"),
    ]
    assert [one.what for one in clocks.next_instants(at(6))] == ["due", "breach"]
    solved = run_clocks([opened(5, 20), Resolved("T", at(5, 21))], [gold], as_of=at(5, 22))
    assert solved.next_instants() == ()
    pinned = run_clocks([opened(5, 20)], [editions("opening", promising(8))], as_of=at(5, 21))
    assert [one.what for one in pinned.next_instants()] == ["due", "breach"]


def test_priorities_go_by_the_edition_in_force() -> None:
    """Raising from the first edition's terms is bounded as any raise; the second edition decides it alone."""
    fast = evolve(GOLD, name="fast", promises={**GOLD.promises, "4 h": Target(timedelta(hours=1))})
    gold = Editions("gold", {date(2026, 1, 1): GOLD, date(2026, 1, 7): fast}, pin="latest", tz="Europe/Berlin")
    raised = FactsChanged("T", at(7, 9), facts={"priority": "critical"})
    assert cycles(gold, [opened(5, 16), raised], 7, 9)[1] == ("fast", "open", at(7, 10))


def test_attached_the_edition_of_the_attachment_holds() -> None:
    gold = editions("attachment", promising(8, on_attachment=True))
    before, after = (
        Attached("T", at(5, 21), agreement="gold", id="b"),
        Attached("T", at(6, 1), agreement="gold", id="a"),
    )
    assert cycles(gold, [opened(5, 20)], 6, 0) == [("24 h", "none", None)]
    assert cycles(gold, [opened(5, 20), before], 6, 2) == [("24 h", "open", at(6, 20))]
    assert cycles(gold, [opened(5, 20), after], 6, 2) == [("8 h", "open", at(6, 4))]
    both: list[Event] = [opened(5, 20), before, after]
    assert cycles(gold, both, 6, 2) == [("24 h", "open", at(6, 20))]
    gone = [*both, Withdrawn("T", at(6, 2), event="b", id="gone")]
    clock = run_clocks(gone, [gold], as_of=at(6, 2))["gold", "resolution"]
    assert [(cycle.agreement, cycle.due_at) for cycle in clock.cycles] == [("24 h", at(6, 20)), ("8 h", at(6, 10))]
    assert clock.cycles[1].opened_by == Cause("changed", "gone")
    none_left = [*gone, Withdrawn("T", at(6, 3), event="a")]
    assert cycles(gold, none_left, 6, 4)[1] == ("8 h", "none", None)


def test_an_attachment_that_promises_nothing_as_before_is_no_change() -> None:
    """Under the hours of the new edition a kept stopwatch would count otherwise; it is not asked a second time."""
    nothing = ChangePolicy(lowered="keep", attached="restart")
    first, second = (
        promising(24, name, calendar=calendar, promises={"it": Target(None)}, on_attachment=True, change=nothing)
        for name, calendar in (("office", OFFICE), ("always", ALWAYS))
    )
    events: list[Event] = [opened(5, 12), Attached("T", at(7, 9), agreement="gold")]
    assert cycles(editions("latest", second, first), events, 7, 10) == [("office", "none", None)]


def test_with_editions_of_other_hours_the_stopwatch_before_the_attachment_is_recounted_on_the_attached_ones() -> None:
    first = promising(24, calendar=OFFICE, on_attachment=True)
    gold = editions("attachment", promising(8, on_attachment=True), first)
    events = [opened(5, 15), Attached("T", at(6, 1), agreement="gold")]
    stopwatch = run_clocks(events, [gold], as_of=at(6))["gold", "resolution"]
    assert stopwatch.elapsed == timedelta(hours=2)
    attached = run_clocks(events, [gold], as_of=at(6, 1))["gold", "resolution"]
    assert (attached.elapsed, attached.due_at) == (timedelta(hours=10), at(5, 23))


def since_the_6th(pin: str, **changes: Any) -> Editions[Agreement]:
    return Editions("gold", {date(2026, 1, 6): promising(8, **changes)}, pin=pin, tz="Europe/Berlin")


@pytest.mark.parametrize("pin", ["opening", "latest"])
def test_a_ticket_from_before_the_first_edition_has_none_to_follow(pin: str) -> None:
    with pytest.raises(NoDecisionError) as caught:
        run_clocks([opened(5, 9)], [since_the_6th(pin)], as_of=at(9))
    assert str(caught.value) == (
        "no edition of `gold` is in force at `2026-01-05T08:00:00+00:00`; the first holds from `2026-01-06` on; "
        "give an earlier edition"
    )


@pytest.mark.parametrize("pin", ["attachment", "latest"])
def test_what_is_yet_to_be_attached_may_begin_after_the_opening(pin: str) -> None:
    gold = since_the_6th(pin, on_attachment=True)
    assert cycles(gold, [opened(5, 9)], 9, 0) == [("8 h", "none", None)]
    late = Attached("T", at(6, 9), agreement="gold")
    assert cycles(gold, [opened(5, 9), late], 6, 9) == [("8 h", "open", at(5, 17))]
    early = Attached("T", at(5, 10), agreement="gold")
    with pytest.raises(NoDecisionError, match="no edition of `gold` is in force at `2026-01-05T09:00:00"):
        run_clocks([opened(5, 9), early], [gold], as_of=at(9))
    other = Attached("T", at(5, 10), agreement="silver")
    assert cycles(gold, [opened(5, 9), other], 9, 0) == [("8 h", "none", None)]


def test_a_ticket_that_is_not_opened_has_the_clocks_of_the_edition_in_force() -> None:
    gold = editions("opening", promising(8, metrics=(reaction(), resolution())))
    assert [list(run_clocks([], [gold], as_of=at(day))) for day in (5, 6)] == [
        [("gold", "resolution")],
        [("gold", "reaction"), ("gold", "resolution")],
    ]
    assert list(run_clocks([], [since_the_6th("latest")], as_of=at(5))) == [("gold", "resolution")]


def test_pinned_at_the_opening_each_ticket_has_the_metrics_of_its_edition() -> None:
    gold = editions("opening", promising(8, metrics=(reaction(), resolution()), on_attachment=True), promising(24))
    assert list(run_clocks([opened(5, 9)], [gold], as_of=at(9))) == [("gold", "resolution")]
    clocks = run_clocks([opened(6, 9), Attached("T", at(6, 10), agreement="gold")], [gold], as_of=at(6, 10))
    assert list(clocks) == [("gold", "reaction"), ("gold", "resolution")]
    assert (clocks["gold", "resolution"].due_at, clocks.findings) == (at(6, 17), ())


LOUDER = resolution(Threshold.percent(50))
DIFFERING = [
    (promising(8, metrics=(reaction(), resolution())), "their metrics (resolution; reaction, resolution)"),
    (promising(8, metrics=(LOUDER,)), "`thresholds` of metric `resolution`"),
    (promising(8, metrics=(resolution().with_(reopen=Reopen("ignore")),)), "`reopen` of metric `resolution`"),
]


@pytest.mark.parametrize(("second", "what"), DIFFERING, ids=[what for _, what in DIFFERING])
def test_a_running_clock_cannot_go_on_under_another_metric(second: Agreement, what: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        run_clocks([opened(5, 9)], [editions("latest", second)], as_of=at(5, 10))
    assert str(caught.value) == (
        f"the editions of `gold` from `2026-01-01` and from `2026-01-06` on differ in {what}, so that a running clock "
        "cannot change between them; make them equal in it, or pin them at `opening`"
    )


def test_editions_inside_different_agreements_are_refused() -> None:
    mixed = editions("latest", promising(8, inside="silver"), promising(24))
    with pytest.raises(DefinitionError, match="differ in `inside`, so that"):
        run_clocks([opened(5, 9)], [mixed], as_of=at(5, 10))


def test_editions_that_apply_in_different_ways_are_refused() -> None:
    mixed = editions("latest", promising(8, on_attachment=True), promising(24))
    with pytest.raises(DefinitionError, match="differ in `on_attachment`, so that"):
        run_clocks([opened(5, 9)], [mixed], as_of=at(5, 10))
    with pytest.raises(DefinitionError) as caught:
        run_clocks([opened(5, 9)], [editions("attachment", promising(8))], as_of=at(5, 10))
    assert str(caught.value) == (
        "`gold` follows the edition of its attachment, but the edition from `2026-01-01` on applies without "
        "an attachment; give it `on_attachment=True`, or pin it at `opening`"
    )
    with pytest.raises(DefinitionError) as caught:
        run_clocks([opened(5, 9)], [Editions("gold", {at(1): OFFICE}, pin="opening")], as_of=at(5, 10))
    assert str(caught.value) == (
        "the edition of `gold` from `2026-01-01T00:00:00+01:00` on is not an agreement; "
        "give agreements, for example made of it with `map`"
    )


def test_editions_and_agreements_stand_side_by_side_under_names_of_their_own() -> None:
    gold = editions("latest", promising(8))
    clocks = run_clocks([opened(5, 20)], [gold, promising(4, "silver")], as_of=at(6, 1))
    assert [(key, clock.due_at) for key, clock in clocks.items()] == [
        (("gold", "resolution"), at(6, 8)),
        (("silver", "resolution"), at(6)),
    ]
    with pytest.raises(DefinitionError, match="each agreement needs a name of its own; the names are `gold`, `gold`"):
        run_clocks([opened(5, 20)], [gold, promising(4, "gold")], as_of=at(6, 1))


def test_what_if_the_new_edition_held() -> None:
    gold = editions("latest", promising(12, change=ChangePolicy(raised="carry")))
    found = reevaluate([opened(5, 20)], [promising(24, "gold")], [gold], as_of=at(6, 1))
    assert found == (
        ClockChange("T", "gold", "resolution", 1, "due_at", at(6, 20), at(6, 8)),
        ClockChange("T", "gold", "resolution", 1, "allowed", timedelta(hours=24), timedelta(hours=12)),
    )


def test_a_holiday_declared_late_is_one_in_every_edition() -> None:
    half = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "08:00-12:00"})
    gold = editions("opening", promising(8, calendar=OFFICE), promising(6, calendar=OFFICE))
    found = impact([gold], OFFICE, half, [[opened(5, 9)], [opened(7, 8)]], as_of=at(5, 9))
    assert [(change.what, change.after) for change in found] == [("due_at", at(6, 11))]
    found = impact([gold], OFFICE, half, [[opened(7, 8)]], as_of=at(7, 8))
    assert [(change.what, change.after) for change in found] == [("due_at", at(8, 12))]


def test_other_hours_from_a_day_on() -> None:
    longer = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "06:00-18:00"})
    hours = Editions("gold", {date(2026, 1, 1): OFFICE, date(2026, 1, 8): longer}, pin="latest", tz="Europe/Berlin")
    gold = hours.map(lambda office: promising(8, "gold", calendar=office, change=ChangePolicy("carry", "carry")))
    assert cycles(gold, [opened(7, 13)], 8, 7) == [("gold", "open", at(8, 10))]


def test_attainment_may_be_counted_by_edition() -> None:
    gold = editions("opening", promising(8))
    every = [run_clocks([opened(day, 0)], [gold], as_of=at(day, 10)) for day in (5, 6, 7)]
    found = attainment(every, by=["agreement", "edition"])
    assert [(one.key, one.open, one.missed) for one in found] == [(("gold", "24 h"), 1, 0), (("gold", "8 h"), 0, 2)]


def test_editions_of_other_metrics_name_all_of_them() -> None:
    both = promising(24, metrics=(reaction(), resolution()))
    with pytest.raises(DefinitionError, match=r"differ in their metrics \(reaction, resolution; resolution\), so that"):
        run_clocks([opened(5, 9)], [editions("latest", promising(8), both)], as_of=at(5, 10))


def test_an_edition_is_to_come_until_the_instant_at_which_it_comes_into_force() -> None:
    gold = editions("latest", promising(8))
    coming = {
        as_of: run_clocks([opened(5, 9)], [gold], as_of=as_of)["gold", "resolution"].coming
        for as_of in (at(5, 23, 59), at(6))
    }
    assert coming == {at(5, 23, 59): (micros(at(6)),), at(6): ()}
