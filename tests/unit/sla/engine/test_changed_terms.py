"""What changed terms do to a running cycle: five policies, bounded (SLA-9)."""

from datetime import timedelta

import pytest

from supportcore.calendars import BusinessCalendar
from supportcore.domains import Choice, Scale
from supportcore.errors import DefinitionError
from supportcore.rules import DecisionTable, Rule
from supportcore.sla import (
    Agreement,
    Cause,
    ChangePolicy,
    Clock,
    Target,
    Threshold,
    reaction,
    resolution,
    run_clocks,
)
from supportcore.tickets import Event, FactsChanged, Opened, Paused, Reopened, Resolved, Resumed
from tests.unit.sla.desk import ALWAYS, OFFICE, TABLE, at, opened

HOURS = {"minor": 24, "major": 8, "critical": 4}


def clock(
    events: list[Event],
    as_of_hour: int,
    change: ChangePolicy | None = None,
    calendars: dict[str, BusinessCalendar] | None = None,
    amounts: dict[str, float | None] | None = None,
) -> Clock:
    """The resolution of a ticket opened on Monday at nine, on the calendar `ALWAYS` but where others are named."""
    hours: dict[str, float | None] = {**HOURS, **(amounts or {})}
    promises = {
        priority: Target(
            None if length is None else timedelta(hours=length),
            (calendars or {}).get(priority, ALWAYS),
        )
        for priority, length in hours.items()
    }
    agreement = Agreement(
        "gold", ALWAYS, [resolution()], targets=by_priority(), promises=promises, change=change or ChangePolicy()
    )
    return run_clocks(events, [agreement], as_of=at(5, as_of_hour))["gold", "resolution"]


def by_priority() -> DecisionTable:
    members = ["minor", "major", "critical"]
    return DecisionTable(
        name="targets",
        hit="unique",
        inputs=[Scale("priority", members)],
        outputs=[Choice("resolution", members)],
        rules=[Rule({"priority": member}, {"resolution": member}) for member in members],
    )


def now(priority: str, hour: int, minute: int = 0) -> FactsChanged:
    return FactsChanged("T", at(5, hour, minute), facts={"priority": priority}, id=f"{priority}{hour}")


def test_a_raise_restarts_and_ends_the_cycle_as_superseded() -> None:
    found = clock([opened(priority="minor"), now("critical", 11)], 12)
    first, second = found.cycles
    assert (first.result, first.phase, first.elapsed) == ("superseded", "stopped", timedelta(hours=2))
    assert (first.ended_by, second.opened_by) == (Cause("changed", "critical11"), Cause("changed", "critical11"))
    assert (second.number, second.chain, second.due_at, second.elapsed) == (2, 1, at(5, 15), timedelta(hours=1))


def test_a_lowering_recounts_from_the_start() -> None:
    found = clock([opened(priority="critical"), now("major", 11)], 12)
    assert len(found.cycles) == 1
    assert (found.due_at, found.elapsed, found.promise) == (at(5, 17), timedelta(hours=3), "major")


def test_a_raise_that_would_be_due_later_keeps_the_terms() -> None:
    found = clock([opened(priority="major"), now("critical", 14)], 15)
    assert (len(found.cycles), found.due_at, found.promise) == (1, at(5, 17), "major")


def test_a_lowering_that_would_be_due_earlier_keeps_the_terms() -> None:
    change = ChangePolicy(lowered="retroactive")
    found = clock([opened(priority="major"), now("minor", 11)], 12, change, amounts={"minor": 6})
    assert (found.due_at, found.promise) == (at(5, 17), "major")


def test_a_raise_to_no_target_keeps_and_a_lowering_to_none_takes_it_away() -> None:
    raised = clock([opened(priority="minor"), now("critical", 11)], 12, amounts={"critical": None})
    assert raised.due_at == at(6, 9)
    lowered = clock([opened(priority="major"), now("minor", 11)], 12, amounts={"minor": None})
    assert (lowered.due_at, lowered.result) == (None, "none")
    given = clock([opened(priority="minor"), now("major", 11)], 12, amounts={"minor": None})
    assert given.due_at == at(5, 19)


def test_keep_keeps() -> None:
    found = clock([opened(priority="minor"), now("critical", 11)], 12, ChangePolicy(raised="keep"))
    assert (len(found.cycles), found.due_at) == (1, at(6, 9))


def test_carry_keeps_the_elapsed_time_and_counts_on_under_the_new_terms() -> None:
    change = ChangePolicy(raised="carry")
    found = clock([opened(priority="minor"), now("major", 11)], 12, change)
    assert (found.due_at, found.elapsed, found.remaining) == (at(5, 17), timedelta(hours=3), timedelta(hours=5))


def test_carry_counts_each_part_on_its_own_calendar() -> None:
    change = ChangePolicy(raised="carry")
    events: list[Event] = [opened(5, 7, priority="minor"), now("major", 7, 30)]
    found = clock(events, 10, change, calendars={"major": OFFICE})
    assert (found.elapsed, found.due_at) == (timedelta(hours=2, minutes=30), at(5, 15, 30))
    assert [(segment.start, segment.end, segment.kind, segment.because) for segment in found.trace()] == [
        (at(5, 7), at(5, 7, 30), "counted", Cause("started", "opened")),
        (at(5, 7, 30), at(5, 8), "closed", Cause("hours")),
        (at(5, 8), at(5, 10), "counted", Cause("changed", "major7")),
    ]


def test_carry_fraction_leaves_the_same_share_of_the_new_target() -> None:
    change = ChangePolicy(raised="carry_fraction")
    found = clock([opened(priority="minor"), now("major", 15)], 16, change)  # a quarter of 24 h used, 6 h of 8 h left
    assert found.due_at == at(5, 21)
    assert found.cycle is not None
    assert (found.elapsed, found.cycle.allowed) == (timedelta(hours=7), timedelta(hours=12))


def test_carry_fraction_rounds_what_is_left_up_to_a_microsecond() -> None:
    change = ChangePolicy(raised="carry_fraction")
    found = clock(
        [opened(priority="minor"), now("major", 10)], 10, change, amounts={"minor": 3, "major": 1e-9 * 5 / 3.6}
    )
    assert found.remaining == timedelta(microseconds=4)  # two thirds of 5 µs are 3 1/3


def test_carry_fraction_without_an_old_target_leaves_the_whole_new_one() -> None:
    change = ChangePolicy(raised="carry_fraction")
    found = clock([opened(priority="minor"), now("major", 11)], 11, change, amounts={"minor": None})
    assert found.remaining == timedelta(hours=8)


def test_carry_fraction_of_a_target_of_nothing_leaves_nothing() -> None:
    change = ChangePolicy(raised="carry_fraction")
    again = Reopened("T", at(5, 11), sequence=1)
    raised = FactsChanged("T", at(5, 11), facts={"priority": "major"}, sequence=2)
    events = [opened(priority="minor"), Resolved("T", at(5, 10)), again, raised]
    assert clock(events, 12, change, amounts={"minor": 0, "major": 8}).due_at == at(5, 11)


def test_a_retroactive_raise_may_make_it_due_in_the_past() -> None:
    found = clock([opened(priority="minor"), now("critical", 15)], 16, ChangePolicy(raised="retroactive"))
    assert (found.due_at, found.breached_at, found.overrun) == (at(5, 13), at(5, 13), timedelta(hours=3))


def test_a_retroactive_change_to_a_target_used_up_exactly_is_due_when_it_was_used_up() -> None:
    change = ChangePolicy(raised="retroactive")
    found = clock([opened(priority="minor"), now("critical", 13)], 13, change)
    assert (found.due_at, found.breached_at) == (at(5, 13), None)


def test_a_cycle_fallen_due_before_keeps_its_terms() -> None:
    found = clock([opened(priority="critical"), now("minor", 14)], 15)
    assert (found.promise, found.due_at, found.breached_at) == ("critical", at(5, 13), at(5, 13))


def test_a_lowering_at_the_very_instant_of_due_still_counts() -> None:
    found = clock([opened(priority="critical"), now("minor", 13)], 15)
    assert (found.promise, found.due_at) == ("minor", at(6, 9))


def test_raising_again_is_due_no_later_than_promised_before() -> None:
    events: list[Event] = [opened(priority="critical"), now("minor", 10), now("critical", 11)]
    found = clock(events, 12)
    assert found.due_at == at(5, 13)
    assert found.cycle is not None
    assert (found.cycle.allowed, found.elapsed, found.result) == (timedelta(hours=2), timedelta(hours=1), "open")
    late = clock([*events[:2], now("critical", 14)], 15)
    assert (late.due_at, late.breached_at, late.overrun) == (at(5, 14), at(5, 14), timedelta(hours=1))


def test_raising_again_does_not_lengthen_a_target_that_is_used_up_already() -> None:
    carried = ChangePolicy(raised="carry", lowered="carry")
    found = clock([opened(priority="critical"), now("minor", 10), now("critical", 14)], 15, carried)
    assert (found.due_at, found.breached_at, found.overrun) == (at(5, 13), at(5, 13), timedelta(hours=2))
    assert found.cycle is not None and found.cycle.allowed == timedelta(hours=4)


def test_a_change_that_leaves_the_promise_as_it_is_changes_nothing() -> None:
    found = clock([opened(priority="major"), now("critical", 11)], 12, amounts={"critical": 8})
    assert (len(found.cycles), found.promise) == (1, "major")


def test_without_a_change_of_priority_earlier_counts_as_raise() -> None:
    table = DecisionTable(
        name="targets", hit="unique", inputs=[Choice("contract", ["basic", "premium"])],
        outputs=[Choice("resolution", ["8 h", "4 h"])],
        rules=[
            Rule({"contract": "basic"}, {"resolution": "8 h"}),
            Rule({"contract": "premium"}, {"resolution": "4 h"}),
        ],
    )  # fmt: skip
    promises = {"8 h": Target(timedelta(hours=8)), "4 h": Target(timedelta(hours=4))}
    agreement = Agreement("gold", ALWAYS, [resolution()], targets=table, promises=promises)
    opening = Opened("T", at(5, 9), facts={"contract": "basic"})
    better = FactsChanged("T", at(5, 10), facts={"contract": "premium"})
    found = run_clocks([opening, better], [agreement], as_of=at(5, 12))["gold", "resolution"]
    assert ([cycle.result for cycle in found.cycles], found.due_at) == (["superseded", "open"], at(5, 14))
    opening = Opened("T", at(5, 9), facts={"contract": "premium"})
    worse = FactsChanged("T", at(5, 10), facts={"contract": "basic"})
    found = run_clocks([opening, worse], [agreement], as_of=at(5, 12))["gold", "resolution"]
    assert ([cycle.result for cycle in found.cycles], found.due_at) == (["open"], at(5, 17))


def test_while_paused_the_bound_asks_when_it_would_be_due_if_resumed_now() -> None:
    events: list[Event] = [opened(priority="major"), Paused("T", at(5, 10), reason="customer"), now("critical", 16)]
    found = clock(events, 17)  # seven hours left against four: restarting is earlier
    assert (found.phase, found.promise, found.due_if_resumed_now) == ("paused", "critical", at(5, 21))
    resumed = clock([*events, Resumed("T", at(5, 18))], 19)
    assert resumed.due_at == at(5, 22)


def test_a_retroactive_change_of_the_calendar_recounts_pauses_on_it() -> None:
    events: list[Event] = [
        opened(5, 6, priority="minor"),
        Paused("T", at(5, 7), reason="customer"),
        Resumed("T", at(5, 10)),
        now("major", 12),
    ]
    found = clock(events, 13, ChangePolicy(raised="retroactive"), {"major": OFFICE}, {"minor": 96})
    assert (found.elapsed, found.due_at) == (timedelta(hours=3), at(7, 9))
    kinds = [(segment.kind, segment.start.hour, segment.end.hour) for segment in found.cycles[0].trace()]
    assert kinds == [("closed", 6, 7), ("closed", 7, 8), ("paused", 8, 10), ("counted", 10, 13)]


def test_a_policy_that_is_not_known_is_refused() -> None:
    with pytest.raises(DefinitionError) as caught:
        ChangePolicy(raised="restrat")
    assert str(caught.value) == (
        "`raised` of a change policy is `restrat`; expected one of `keep`, `restart`, `carry`, "
        "`carry_fraction`, `retroactive`; did you mean `restart`?"
    )


def test_the_direction_is_that_of_the_priority_scale() -> None:
    agreement = Agreement("gold", OFFICE, [reaction(), resolution()], targets=TABLE, promises=dict.fromkeys(
        ["1 h", "2 h", "4 h", "16 h", "none"], Target(None)))  # fmt: skip
    assert agreement.priorities == ("minor", "major", "critical")
    assert agreement.direction("minor", "critical") == 1
    assert agreement.direction("critical", "minor") == -1
    assert agreement.direction("minor", "minor") == 0
    assert agreement.direction(None, "minor") == 0
    assert agreement.direction("minor", "unheard of") == 0


def test_other_facts_do_not_bring_back_terms_that_were_kept_away() -> None:
    events: list[Event] = [opened(priority="minor"), now("critical", 11)]
    told = FactsChanged("T", at(5, 12), facts={"state": "told"})
    for amount in (None, 48):
        found = clock([*events, told], 13, amounts={"critical": amount})
        assert (found.due_at, found.promise) == (at(6, 9), "minor")


def test_a_threshold_that_a_recount_puts_into_the_past_is_due_there() -> None:
    warned = resolution(Threshold.percent(50))
    promises = {name: Target(timedelta(hours=length), ALWAYS) for name, length in HOURS.items()}
    agreement = Agreement(
        "gold", ALWAYS, [warned], targets=by_priority(), promises=promises, change=ChangePolicy(raised="retroactive")
    )
    events = [opened(priority="minor"), now("critical", 12)]
    (threshold,) = run_clocks(events, [agreement], as_of=at(5, 12))["gold", "resolution"].thresholds
    assert (threshold.at, threshold.arming, threshold.is_due) == (at(5, 11), 2, True)


def test_sla_9_the_policy_of_a_metric_goes_before_that_of_its_agreement() -> None:
    promises = {name: Target(timedelta(hours=length), ALWAYS) for name, length in HOURS.items()}
    own = resolution().with_(change=ChangePolicy(raised="carry"))
    other = resolution().with_(name="other")
    table = DecisionTable(
        name="targets",
        hit="unique",
        inputs=[Scale("priority", list(HOURS))],
        outputs=[Choice("resolution", list(HOURS)), Choice("other", list(HOURS))],
        rules=[Rule({"priority": one}, {"resolution": one, "other": one}) for one in HOURS],
    )
    agreement = Agreement("gold", ALWAYS, [own, other], targets=table, promises=promises)
    clocks = run_clocks([opened(priority="minor"), now("major", 11)], [agreement], as_of=at(5, 12))
    assert [(len(clock.cycles), clock.due_at) for clock in clocks.values()] == [(1, at(5, 17)), (2, at(5, 19))]


def test_sla_9_the_cause_of_changed_terms_is_shown() -> None:
    found = clock([opened(priority="critical"), now("major", 11)], 12)
    assert found.cycle is not None
    assert found.cycle.changed_by == Cause("changed", "major11")
    kept = clock([opened(priority="minor"), now("critical", 11)], 12, ChangePolicy(raised="keep"))
    assert kept.cycle is not None
    assert kept.cycle.changed_by is None
