"""What cannot be a clock's input is refused in words, never by an error of the host, and never by half an answer."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from supportcore.calendars import BusinessCalendar, WorkingDays, always_open
from supportcore.errors import (
    DefinitionError,
    FactError,
    HistoryError,
    InstantRangeError,
    NaiveDatetimeError,
    NeverOpenError,
    SupportcoreError,
    UnknownNameError,
)
from supportcore.reports import attainment, service_figures, wilson
from supportcore.sla import (
    Agreement,
    ChangePolicy,
    Clocks,
    Metric,
    NamedDate,
    On,
    Reopen,
    Target,
    Threshold,
    While,
    budget_findings,
    impact,
    reaction,
    resolution,
    run_clocks,
)
from supportcore.tickets import (
    Cancelled,
    Closed,
    CustomerReplied,
    DueOverridden,
    Event,
    Excused,
    FactsChanged,
    Opened,
    Paused,
    Reopened,
    Resolved,
)
from supportcore.timelines import Editions
from tests.unit.sla.desk import OFFICE, at

HOUR = timedelta(hours=1)
OPENED = Opened("T", at(5, 9), id="opened")
GOLD: dict[str, Any] = {"targets": {"resolution": "1 h"}, "promises": {"1 h": Target(HOUR)}}


def agreement(**other: Any) -> Agreement:
    made = {"name": "gold", "calendar": OFFICE, "metrics": [reaction(), resolution()], **GOLD, **other}
    return Agreement(made.pop("name"), made.pop("calendar"), made.pop("metrics"), **made)


def clocks(*events: Any, **other: Any) -> Clocks:
    given: dict[str, Any] = {"agreements": [agreement()], "as_of": at(9, 9), **other}
    return run_clocks([OPENED, *events], given.pop("agreements"), **given)


WHEN = "give a datetime with a time zone, for example `datetime(…, tzinfo=ZoneInfo('Europe/Berlin'))`"
PERCENT = "give a whole number, `Decimal` or `Fraction` of at least 0"
CALENDAR = "give one such as `BusinessCalendar(…)` or `always_open(…)`"
WITHIN = "give a length of at least 0, or a day form such as `WorkingDays(5)`"

REFUSED: list[tuple[Callable[[], object], type[SupportcoreError], str]] = [
    # instants
    (lambda: clocks(as_of=date(2026, 1, 9)), DefinitionError, f"`as_of` `2026-01-09` is not a datetime; {WHEN}"),
    (lambda: clocks(as_of=None), DefinitionError, f"`as_of` `None` is not a datetime; {WHEN}"),
    (lambda: clocks(known_at="now"), DefinitionError, f"`known_at` `now` is not a datetime; {WHEN}"),
    (lambda: Resolved("T", "2026-01-05"), DefinitionError, f"`at` of an event `2026-01-05` is not a datetime; {WHEN}"),
    (
        lambda: Resolved("T", at(5, 9), recorded="today"),
        DefinitionError,
        f"`recorded` of an event `today` is not a datetime; {WHEN}",
    ),
    (
        lambda: Opened("T", datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=10)))),
        InstantRangeError,
        "an instant `-719163 days, 14:00:00` from 1970 lies outside the years 1 to 9999 in `UTC`; "
        "give a nearer instant",
    ),
    (
        lambda: run_clocks([Opened("T", datetime(1850, 1, 1, tzinfo=UTC))], [agreement()], as_of=at(9, 9)),
        InstantRangeError,
        "`1850-01-01T00:00:00+00:00` is outside the years 1900 to 2199 that calendars know; "
        "give an instant within them, and `None` instead of a sentinel for `unknown` or `never`",
    ),
    # events
    (lambda: Resolved(None, at(5, 9)), DefinitionError, "`ticket` of an event is `None`; expected a text"),
    (lambda: Resolved("T", at(5, 9), id=7), DefinitionError, "`id` of an event is `7`; expected a text"),
    (
        lambda: Paused("T", at(5, 9), reason=["customer"]),
        DefinitionError,
        "`reason` of an event is `['customer']`; expected a text",
    ),
    (
        lambda: Resolved("T", at(5, 9), by=None),
        DefinitionError,
        "`None` is not an actor; expected a role, or a role and a name such as `agent:ann`",
    ),
    (
        lambda: Opened("T", at(5, 9), facts=["high"]),
        FactError,
        "`facts` of an event is `['high']`; expected a mapping such as {'impact': 'high'}",
    ),
    (
        lambda: Opened("T", at(5, 9), facts={1: "high"}),
        FactError,
        "`1` is not the name of a fact; expected a text",
    ),
    (
        lambda: Opened("T", at(5, 9), facts={"users": Decimal("NaN")}),
        FactError,
        "fact `users`: `NaN` is not finite; give a finite number, or leave out an unknown fact",
    ),
    (
        lambda: Opened("T", at(5, 9), facts={"modules": [["a"]]}),
        FactError,
        "fact `modules`: `[['a']]` is not a fact; a set holds words only",
    ),
    (
        lambda: FactsChanged("T", at(5, 9), removed="impact"),
        DefinitionError,
        "`removed` of an event is `impact`; expected a list of names of facts",
    ),
    (
        lambda: FactsChanged("T", at(5, 9), removed=None),
        DefinitionError,
        "`removed` of an event is `None`; expected a list of names of facts",
    ),
    (
        lambda: Excused("T", at(6, 9), start=at(6, 9), end=at(5, 9), reason="flood"),
        DefinitionError,
        "the excused delay ends at `2026-01-05 09:00:00+01:00`, before it starts at `2026-01-06 09:00:00+01:00`; "
        "swap the two",
    ),
    # metrics
    (
        lambda: Metric(7, start=On(Opened), stop=On(Resolved)),
        DefinitionError,
        "`name` of a metric is `7`; give a text",
    ),
    (
        lambda: Metric("m", start="opened", stop=On(Resolved)),
        DefinitionError,
        "`opened` is not a condition; give `On(…)` or `While(…)`",
    ),
    (
        lambda: Metric("m", start=Opened, stop=On(Resolved)),
        DefinitionError,
        "`Opened` is not a condition; give `On(…)` or `While(…)`; did you mean `On(Opened)`?",
    ),
    (
        lambda: resolution().with_(reopen="restart"),
        DefinitionError,
        "`reopen` of metric `resolution` is `restart`; expected one such as `Reopen(\"restart\")`",
    ),
    (
        lambda: resolution().with_(change="keep"),
        DefinitionError,
        "`change` of metric `resolution` is `keep`; expected one such as `ChangePolicy(raised=\"keep\")`",
    ),
    (
        lambda: resolution().with_(stopp=On(Resolved)),
        DefinitionError,
        "`stopp` is not a field of a metric; expected one of `name`, `start`, `stop`, `pause`, `resume`, "
        "`reset`, `cancel`, `reopen`, `thresholds`, `change`, `budgets`; did you mean `stop`?",
    ),
    (
        lambda: On(Opened, by=3),
        DefinitionError,
        "`3` in `by` is not a role; expected one of `owner`, `agent`, `supplier`, `monitoring`, `bot`, "
        "`system`, `other`, `customer`",
    ),
    (
        lambda: On(Paused, where=["reason"]),
        DefinitionError,
        "`where` is `['reason']`; give a mapping of names to the values that count",
    ),
    (
        lambda: On(Paused, where={"reason": set()}),
        DefinitionError,
        "`reason` in `where` has no value, so that nothing ever meets it; give at least one",
    ),
    (
        lambda: While({"state": []}),
        DefinitionError,
        "`state` in `While` has no value, so that nothing ever meets it; give at least one",
    ),
    (
        lambda: While({"state": {"waiting": True}}),
        DefinitionError,
        "`state` in `While` is `{'waiting': True}`; give a value, or a set or list of values",
    ),
    (
        lambda: While("state"),
        DefinitionError,
        "`While` is `state`; give a mapping of names to the values that count",
    ),
    (lambda: Reopen(None), DefinitionError, "`policy` of `Reopen` is `None`; expected one of `ignore`, `restart`, "
                                            "`resume`, `count`; did you mean `ignore`?"),
    (lambda: Reopen("resume", within=14), DefinitionError, f"`within` of `Reopen` is `14`; {WITHIN}"),
    (
        lambda: Reopen("resume", within=WorkingDays(-1)),
        DefinitionError,
        f"`within` of `Reopen` is `{WorkingDays(-1)}`; {WITHIN}",
    ),
    (
        lambda: ChangePolicy(raised=None),
        DefinitionError,
        "`raised` of a change policy is `None`; expected one of `keep`, `restart`, `carry`, `carry_fraction`, "
        "`retroactive`",
    ),
    # thresholds
    (
        lambda: resolution(75),
        DefinitionError,
        "`75` is not a threshold; make one with `Threshold.percent(75)`, `.before(…)`, `.after(…)` or "
        "`.days_from_due(…)`",
    ),
    (lambda: Threshold.percent("75"), DefinitionError, f"`75` is not a percentage of a target; {PERCENT}"),
    (lambda: Threshold.percent(None), DefinitionError, f"`None` is not a percentage of a target; {PERCENT}"),
    (lambda: Threshold.percent(True), DefinitionError, f"`True` is not a percentage of a target; {PERCENT}"),
    (lambda: Threshold.percent(Decimal("NaN")), DefinitionError, f"`NaN` is not a percentage of a target; {PERCENT}"),
    (
        lambda: Threshold.percent(Decimal("Infinity")),
        DefinitionError,
        f"`Infinity` is not a percentage of a target; {PERCENT}",
    ),
    (
        lambda: Threshold.before(30),
        DefinitionError,
        "`30` is not a length of time; expected for example `timedelta(hours=4)`",
    ),
    (
        lambda: Threshold.days_from_due(2),
        DefinitionError,
        "`2` is not a distance from the due date; give a day form such as `WorkingDays(-2)`",
    ),
    # promises and agreements
    (lambda: Target(HOUR, "office"), DefinitionError, f"the calendar of a target is `office`; {CALENDAR}"),
    (
        lambda: agreement(calendar="office"),
        DefinitionError,
        f"the calendar of agreement `gold` is `office`; {CALENDAR}",
    ),
    (lambda: NamedDate(None), DefinitionError, "`plan` of a named date is `None`; give a mapping of names to "
                                               "instants"),
    (
        lambda: agreement(name=7),
        DefinitionError,
        "`name` of an agreement is `7`; give a text",
    ),
    (
        lambda: agreement(metrics="reaction"),
        DefinitionError,
        "`reaction` is not a metric; give one such as `reaction()`, `resolution()` or `Metric(…)`",
    ),
    (
        lambda: agreement(promises={"1 h": HOUR}),
        DefinitionError,
        "promise `1 h` is `1:00:00`; give a target such as `Target(timedelta(hours=4))`",
    ),
    (
        lambda: agreement(promises=["1 h"]),
        DefinitionError,
        "`promises` is `['1 h']`; give a mapping of names to targets",
    ),
    (
        lambda: agreement(targets="1 h"),
        DefinitionError,
        "`targets` of agreement `gold` is `1 h`; give a table, or a mapping of metrics to names of promises",
    ),
    (
        lambda: agreement(targets={"resolution": ["1 h"]}),
        DefinitionError,
        "agreement `gold` may promise `['1 h']` for `resolution`, but has no such promise; it has `1 h`; "
        "did you mean `1 h`?",
    ),
    (
        lambda: agreement(change="keep"),
        DefinitionError,
        "`change` of agreement `gold` is `keep`; give a `ChangePolicy(…)`",
    ),
    (
        lambda: agreement(priorities="minor"),
        DefinitionError,
        "`priorities` is `minor`; give a list of names from low to high, each once",
    ),
    (
        lambda: agreement(priorities=["minor", "minor"]),
        DefinitionError,
        "`priorities` is `['minor', 'minor']`; give a list of names from low to high, each once",
    ),
    # questions
    (
        lambda: clocks(agreements=["gold"]),
        DefinitionError,
        "`gold` is not an agreement; give `Agreement(…)` or `Editions` of agreements",
    ),
    (
        lambda: clocks(facts={"priority": "major"}),
        DefinitionError,
        "`facts` is `{'priority': 'major'}`; give facts over time, as `facts_over_time` returns them",
    ),
    (
        lambda: clocks()["gold", "resolutoin"],
        UnknownNameError,
        "`gold resolutoin` is not a clock here; expected one of `gold reaction`, `gold resolution`; "
        "did you mean `gold resolution`?",
    ),
    (
        lambda: clocks()["gold"],
        UnknownNameError,
        "`gold` is not a clock here; expected one of `gold reaction`, `gold resolution`",
    ),
    (
        lambda: clocks().next_instants(datetime(2026, 1, 9)),
        NaiveDatetimeError,
        "the instant `2026-01-09 00:00:00` has no time zone; "
        "give a time zone, for example `datetime(…, tzinfo=ZoneInfo('Europe/Berlin'))`",
    ),
    (
        lambda: attainment([clocks()], by=None),
        DefinitionError,
        "`None` is not a grouping; expected one of `agreement`, `edition`, `metric`, `priority`, `promise`, `hours`, "
        "or a function of a clock and its cycle",
    ),
    (
        lambda: attainment(clocks()),
        DefinitionError,
        "`('gold', 'reaction')` is not the clocks of a ticket; expected a list of results of `run_clocks`",
    ),
    (
        lambda: attainment([clocks(Resolved("T", at(5, 10)))])[0].percentile(50.5),
        DefinitionError,
        "a percentile of `50.5`; expected a whole number from 1 to 100",
    ),
    (
        lambda: wilson(0.5, 1),
        DefinitionError,
        "`0.5` met of `1` judged; expected whole numbers, at least one judged and no more met than judged",
    ),
    (
        lambda: budget_findings("gold"),
        DefinitionError,
        "`gold` is not an agreement; expected `Agreement(…)`",
    ),
    (
        lambda: resolution().with_(budgets=[HOUR]),
        DefinitionError,
        "`budgets` of a metric is `[datetime.timedelta(seconds=3600)]`; give a mapping of levels to budgets",
    ),
    (
        lambda: resolution().with_(budgets={"first": 0.25}),
        DefinitionError,
        "the budget of level `first` is `0.25`; give a length such as `timedelta(hours=1)`, or a share of the "
        "target such as `Fraction(1, 4)`",
    ),
    (
        lambda: resolution().with_(budgets={"first": -HOUR}),
        DefinitionError,
        "the budget of level `first` is `-1:00:00`; give a length of at least 0",
    ),
    (
        lambda: resolution().with_(budgets={"first": Fraction(5, 4)}),
        DefinitionError,
        "the budget of level `first` is a share of `5/4`; give one from 0 to 1",
    ),
    (lambda: resolution().with_(budgets={"": HOUR}), DefinitionError, "`` is not the name of a level; give a text"),
    (
        lambda: agreement(inside="gold"),
        DefinitionError,
        "`inside` of agreement `gold` is `gold`; give the name of another agreement",
    ),
    (
        lambda: clocks().levels("gold", "resolutoin"),
        UnknownNameError,
        "`gold resolutoin` is not a clock here; expected one of `gold reaction`, `gold resolution`; did you mean "
        "`gold resolution`?",
    ),
    (
        lambda: impact([agreement()], OFFICE, "office", [[OPENED]], as_of=at(9, 9)),
        DefinitionError,
        "the new calendar is `office`; give one such as `BusinessCalendar(…)` or `always_open(…)`",
    ),
    (
        lambda: impact([agreement()], "office", OFFICE, [[OPENED]], as_of=at(9, 9)),
        DefinitionError,
        "the old calendar is `office`; give one such as `BusinessCalendar(…)` or `always_open(…)`",
    ),
    (
        lambda: impact(["gold"], OFFICE, OFFICE, [[OPENED]], as_of=at(9, 9)),
        DefinitionError,
        "`gold` is not an agreement; give `Agreement(…)` or `Editions` of agreements",
    ),
    (
        lambda: impact(Editions("gold", {at(1): "gold"}, pin="opening"), OFFICE, OFFICE, [[OPENED]], as_of=at(9, 9)),
        DefinitionError,
        "`gold` in editions is not an agreement; give `Agreement(…)`",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("make", "kind", "words"), REFUSED, ids=[words[:60] for _, _, words in REFUSED])
def test_it_is_refused_in_words(make: Callable[[], object], kind: type[SupportcoreError], words: str) -> None:
    with pytest.raises(SupportcoreError) as caught:
        make()
    assert (type(caught.value), str(caught.value)) == (kind, words)


@pytest.mark.parametrize("events", [None, "opened", 7, ["opened"], [{"kind": "opened"}], [None], [OPENED, object]])
def test_what_is_no_event_is_no_history(events: Any) -> None:
    with pytest.raises(HistoryError, match=r"` is not an event; expected an event of type `opened`, "):
        run_clocks(events, [agreement()], as_of=at(9, 9))


def test_an_own_event_type_is_refused() -> None:
    mine = type("Mine", (Resolved,), {})
    for event in (mine("T", at(5, 10)), Event("T", at(5, 10))):
        with pytest.raises(HistoryError, match=re.escape(f"`{event}` is not an event")):
            clocks(event)


def test_one_agreement_needs_no_list() -> None:
    alone = run_clocks([OPENED], agreement(), as_of=at(9, 9))
    assert alone["gold", "resolution"].cycles == clocks()["gold", "resolution"].cycles


ALL_OF_ONE: list[Callable[[Any], object]] = [
    lambda events: run_clocks(events[0], [agreement()], as_of=at(9, 9)),
    service_figures,
    lambda events: impact([agreement()], OFFICE, always_open("UTC"), events, as_of=at(9, 9)),
]


@pytest.mark.parametrize("asked", ALL_OF_ONE)
def test_events_in_place_of_histories_are_no_tickets_of_one_event_each(asked: Callable[[Any], object]) -> None:
    with pytest.raises(HistoryError) as caught:
        asked([OPENED, Resolved("T", at(5, 10))])
    assert str(caught.value) == "`opened` is a single event; give a list of the events of its ticket"


NEVER = OFFICE - OFFICE
SPRING = BusinessCalendar(tz="Europe/Berlin", hours={}, exceptions={date(2026, 1, 5): "08:00-10:00"})


@pytest.mark.parametrize("calendar", [NEVER, SPRING])
@pytest.mark.parametrize("targets", [{}, {"resolution": "1 h"}])
def test_a_clock_that_can_never_go_on_is_an_error_at_once(calendar: Any, targets: dict[str, str]) -> None:
    gold = agreement(calendar=calendar, targets=targets)
    with pytest.raises(NeverOpenError, match=r"^no opening hours after `2026-01-09T08:00:00\+00:00`, searched to"):
        clocks(agreements=[gold])


def test_a_clock_that_ended_while_its_calendar_was_open_is_reported() -> None:
    clock = clocks(Resolved("T", at(5, 9, 30)), agreements=[agreement(calendar=SPRING)])["gold", "resolution"]
    assert (clock.result, clock.elapsed, clock.due_at) == ("met", HOUR / 2, at(5, 10))


def test_a_clock_without_enough_hours_ahead_is_an_error_at_once() -> None:
    """Of the three hours promised half an hour is used, and half an hour is left."""
    three = agreement(calendar=SPRING, promises={"3 h": Target(3 * HOUR)}, targets={"resolution": "3 h"})
    with pytest.raises(NeverOpenError, match="only 30 min of 2 h 30 min are open"):
        clocks(agreements=[three], as_of=at(5, 9, 30))


def test_a_clock_that_ended_without_enough_hours_ahead_has_no_due_instant() -> None:
    warned = resolution().with_(thresholds=[Threshold("half", share=Fraction(1, 2)), Threshold("due")])
    never = agreement(calendar=NEVER, metrics=[warned], targets={"resolution": "1 h"})
    clock = clocks(Resolved("T", at(5, 9, 30)), agreements=[never])["gold", "resolution"]
    assert (clock.result, clock.elapsed, clock.due_at, clock.remaining) == ("met", timedelta(0), None, HOUR)
    assert [one.at for one in clock.thresholds] == [None, None]
    assert clock.next_instants() == ()


def test_a_due_instant_set_by_hand_needs_no_hours_ahead() -> None:
    three = agreement(calendar=SPRING, promises={"3 h": Target(3 * HOUR)}, targets={"resolution": "3 h"})
    manual = DueOverridden("T", at(5, 9, 10), metric="resolution", due=at(8, 12), reason="agreed")
    clock = clocks(manual, agreements=[three], as_of=at(5, 9, 30))["gold", "resolution"]
    assert clock.cycle is not None
    assert (clock.due_at, clock.cycle.gross.due_at) == (at(8, 12), None)


def test_due_at_the_last_closing_is_never_exceeded() -> None:
    last = agreement(calendar=SPRING, promises={"1 h": Target(HOUR)}, targets={"resolution": "1 h"})
    clock = clocks(agreements=[last], as_of=at(5, 9, 30))["gold", "resolution"]
    assert (clock.due_at, clock.result) == (at(5, 10), "open")
    assert [coming.what for coming in clock.next_instants()] == ["due"]


def test_an_error_in_one_agreement_is_no_half_answer() -> None:
    fine, broken = agreement(), agreement(name="night", calendar=NEVER)
    with pytest.raises(NeverOpenError):
        clocks(agreements=[fine, broken])


def test_before_the_opening_there_are_no_notifications() -> None:
    early = clocks(as_of=at(4, 9))
    assert {clock.phase for clock in early.values()} == {"pending"}
    assert early.findings == early.next_instants() == ()


def test_a_target_of_no_time_is_missed_as_soon_as_time_passes() -> None:
    gold = agreement(promises={"1 h": Target(timedelta(0))})
    clock = clocks(agreements=[gold], as_of=at(5, 9))["gold", "resolution"]
    assert (clock.due_at, clock.breached_at) == (at(5, 9), None)
    late = clocks(agreements=[gold], as_of=at(5, 9, 1))["gold", "resolution"]
    assert (late.due_at, late.breached_at, late.overrun) == (at(5, 9), at(5, 9), timedelta(minutes=1))


def test_thresholds_lie_where_the_share_is_used_below_and_beyond_the_target() -> None:
    shares = [Threshold.percent(0), Threshold.percent(150), Threshold.before(100 * HOUR)]
    gold = agreement(metrics=[reaction(), resolution(*shares)], calendar=always_open("Europe/Berlin"))
    reached = clocks(agreements=[gold])["gold", "resolution"].thresholds
    assert [one.at for one in reached] == [at(5, 9), at(5, 10, 30), at(5, 9)]


def test_a_condition_on_facts_that_nobody_knows_never_holds() -> None:
    metric = resolution().with_(pause=While({"weather": "rain"}), resume=())
    assert clocks(agreements=[agreement(metrics=[metric])])["gold", "resolution"].phase == "running"


def findings(*events: Event) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in clocks(*events).findings]


def test_a_message_after_a_cancellation_is_a_finding() -> None:
    found = findings(Cancelled("T", at(5, 10)), CustomerReplied("T", at(5, 11), id="late"))
    assert found == [("sla.after-close", "event `late` (customer replied) is dated after the ticket was cancelled")]


@pytest.mark.parametrize("over", [Resolved, Closed, Cancelled])
def test_a_reopening_that_opens_nothing_is_a_finding(over: type[Event]) -> None:
    again = Reopened("T", at(5, 11), id="again")
    words = "event `again` (reopened) reopens the ticket, but the ticket was still open"
    assert findings(again) == [("sla.reopened-while-open", words)]
    assert findings(over("T", at(5, 10)), again) == []
    twice = Reopened("T", at(5, 12), id="twice")
    assert [code for code, _ in findings(over("T", at(5, 10)), again, twice)] == ["sla.reopened-while-open"]
