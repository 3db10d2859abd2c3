"""What if other things had been agreed, and figures beside the clocks (SLA-14)."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from attrs import evolve

from supportcore.calendars import BusinessCalendar, HolidayCalendar
from supportcore.errors import DefinitionError
from supportcore.reports import figures_over_time, service_figures
from supportcore.sla import Agreement, ChangePolicy, ClockChange, Target, impact, reaction, reevaluate, resolution
from supportcore.tickets import Assigned, Event, FactsChanged, HandedBack, Opened, Reopened, Resolved, Surveyed
from tests.unit.sla.desk import ALWAYS, GOLD, OFFICE, PROMISES, TABLE, at, opened


def test_another_policy_differs_at_the_reported_place() -> None:
    restarted = Agreement("gold", OFFICE, [reaction(), resolution()], targets=TABLE, promises=PROMISES)
    kept = evolve(restarted, change=ChangePolicy(raised="keep"))
    events = [opened(5, 9), FactsChanged("T", at(5, 10), facts={"priority": "critical"})]
    every = reevaluate(events, [kept], [restarted], as_of=at(5, 11))
    changes = [change for change in every if change.metric == "resolution"]
    assert changes[-1] == ClockChange("T", "gold", "resolution", 2, "cycle", None, at(5, 10))
    assert [(change.what, change.before, change.after) for change in changes[:-1]] == [
        ("ended_at", None, at(5, 10)),
        ("elapsed", timedelta(hours=2), timedelta(hours=1)),
        ("phase", "running", "stopped"),
        ("result", "open", "superseded"),
    ]


def test_the_same_agreements_differ_in_nothing() -> None:
    assert reevaluate([opened()], [GOLD], [GOLD], as_of=at(9)) == ()


def test_an_agreement_that_only_one_side_has_differs_in_its_cycles() -> None:
    (change, *_) = reevaluate([opened(5, 9)], [GOLD], [], as_of=at(5, 10))
    assert (change.agreement, change.what, change.before, change.after) == ("gold", "cycle", at(5, 9), None)


def test_a_holiday_declared_late_moves_what_lies_around_it() -> None:
    declared = BusinessCalendar(
        tz="Europe/Berlin",
        hours={"mon-fri": "08:00-17:00"},
        holidays=HolidayCalendar({date(2026, 1, 6): "Epiphany", date(2026, 1, 7): "late"}),
    )
    promises = {"4 h": Target(timedelta(hours=4), OFFICE), "1 h": Target(timedelta(hours=1), ALWAYS)}
    agreement = Agreement(
        "gold", ALWAYS, [reaction(), resolution()], targets={"reaction": "1 h", "resolution": "4 h"}, promises=promises
    )
    histories = [[Opened("A", at(5, 9))], [Opened("B", at(5, 16))]]
    changes = impact([agreement], OFFICE, declared, histories, as_of=at(5, 17))
    assert changes == (ClockChange("B", "gold", "resolution", 1, "due_at", at(7, 11), at(8, 11)),)


def test_a_holiday_declared_late_moves_what_counts_on_a_calendar_of_which_the_office_is_a_part() -> None:
    saturday = BusinessCalendar(tz="Europe/Berlin", hours={"sat": "08:00-12:00"})
    holidays = HolidayCalendar({date(2026, 1, 6): "Epiphany", date(2026, 1, 7): "late"})
    declared = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "08:00-17:00"}, holidays=holidays)
    gold = Agreement("gold", (OFFICE - saturday) | (saturday | OFFICE), resolution(), targets={"resolution": "it"},
                     promises={"it": Target(timedelta(hours=4))})  # fmt: skip
    (change,) = impact([gold], OFFICE, declared, [[Opened("A", at(5, 16))]], as_of=at(5, 17))
    assert (change.what, change.before, change.after) == ("due_at", at(7, 11), at(8, 11))


def test_a_calendar_that_nobody_counts_on_is_refused() -> None:
    with pytest.raises(DefinitionError) as caught:
        impact([GOLD], ALWAYS, OFFICE, [], as_of=at(9))
    assert str(caught.value) == (
        "no agreement counts on the old calendar; give the calendar that the agreements were built with"
    )
    assert impact([GOLD], ALWAYS, ALWAYS, [], as_of=at(9)) == ()


@pytest.mark.seed("B6")
@pytest.mark.seed("B17")
def test_solved_at_first_contact_reopened_handed_over_and_how_content() -> None:
    def solved(name: str, *more: object) -> list[object]:
        return [Opened(name, at(5, 9)), *more, Resolved(name, at(5, 12))]

    histories = [
        solved("A", Assigned("A", at(5, 9), level="first")),
        solved("B", Assigned("B", at(5, 9), level="first"), Assigned("B", at(5, 10), level="second")),
        solved(
            "C",
            Assigned("C", at(5, 9), team="x"),
            Assigned("C", at(5, 10), person="ann"),
            HandedBack("C", at(5, 11)),
            Assigned("C", at(5, 11, 30), team="x"),
        ),
        [*solved("D"), Reopened("D", at(5, 13)), Surveyed("D", at(5, 14), score=2)],
        [Opened("E", at(5, 9)), Surveyed("E", at(5, 14), score=5)],
    ]
    found = service_figures(histories)
    assert (found.tickets, found.solved, found.first_contact) == (5, 4, 1)
    assert (found.reopened, found.reopenings, found.hand_overs) == (1, 1, 2)
    assert (found.first_contact_share, found.mean_score) == (Fraction(1, 4), Fraction(7, 2))
    assert found.first_contact_interval is not None
    none = service_figures([])
    assert (none.first_contact_share, none.first_contact_interval, none.mean_score) == (None, None, None)


@pytest.mark.seed("B6")
def test_the_trend_of_what_is_solved_at_first_contact() -> None:
    """By the local day of the opening, periods without tickets in between."""

    def ticket(name: str, day: datetime, levels: tuple[str, ...]) -> list[Event]:
        handed = [Assigned(name, day, level=level, id=f"{name} {level}") for level in levels]
        return [Opened(name, day), *handed, Resolved(name, day)]

    histories = [
        ticket("A", datetime(2025, 12, 31, 23, 30, tzinfo=UTC), ("first", "second")),  # in Berlin it is January
        ticket("B", at(31, 23), ("first",)),
        ticket("C", datetime(2026, 5, 31, 22, tzinfo=UTC), ("first",)),
    ]
    months = figures_over_time(histories, tz="Europe/Berlin")
    assert {month.month: (one.solved, one.first_contact_share) for month, one in months.items()} == {
        1: (2, Fraction(1, 2)), 2: (0, None), 3: (0, None), 4: (0, None), 5: (0, None), 6: (1, 1),
    }  # fmt: skip
    by_quarter = figures_over_time(histories, every="quarter", tz="UTC")
    assert [(day, one.tickets) for day, one in by_quarter.items()] == [
        (date(2025, 10, 1), 1), (date(2026, 1, 1), 1), (date(2026, 4, 1), 1),
    ]  # fmt: skip
    by_year = figures_over_time(histories, every="year", tz="Europe/Berlin")
    assert [(day, one.tickets) for day, one in by_year.items()] == [(date(2026, 1, 1), 3)]
    by_week = figures_over_time(histories, every="week", tz="Europe/Berlin")
    assert (next(iter(by_week)), len(by_week)) == (date(2025, 12, 29), 23)
    assert figures_over_time([[], *histories], every="year", tz="Europe/Berlin") == by_year
    assert figures_over_time([], tz="Europe/Berlin") == {}
    with pytest.raises(DefinitionError) as caught:
        figures_over_time(histories, every="months", tz="Europe/Berlin")  # type: ignore[arg-type]
    assert str(caught.value) == (
        "`months` is not a period; expected one of `week`, `month`, `quarter`, `year`; did you mean `month`?"
    )


def test_one_agreement_need_not_stand_in_a_list() -> None:
    asked = (OFFICE, ALWAYS, [[opened(5, 9)]])
    assert impact(GOLD, *asked, as_of=at(5, 10)) == impact([GOLD], *asked, as_of=at(5, 10)) != ()
