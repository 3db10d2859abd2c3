"""Law: an instant is an aware datetime of whole microseconds, and nothing else is, wherever an instant enters (G-2)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from supportcore import BusinessCalendar, DefinitionError, SupportcoreError, evaluate, example, load, replay
from supportcore.calendars import WorkingDays, always_open, deadline
from supportcore.calendars.columns import questions as columns
from supportcore.escalation import (
    After,
    Change,
    Ladder,
    LadderPolicy,
    LadderRow,
    Layer,
    Person,
    Roster,
    Rotation,
    Step,
    plan,
)
from supportcore.sla import Agreement, Metric, NamedDate, Reopen, Target, Threshold, reaction, run_clocks
from supportcore.tickets import DueOverridden, Excused, Opened, Snoozed, WorkLogged, history_as_of
from supportcore.timelines import Editions, Timeline

OFFICE = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"})
T = datetime(2026, 1, 5, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
OPENED = Opened("T-1", T)
GOLD = Agreement("gold", OFFICE, [reaction()], targets={"reaction": "it"}, promises={"it": Target(HOUR)})
PAIR = Rotation(["ann", "bob"], start=datetime(2026, 1, 5, 8), tz="UTC")
NIGHT = LadderPolicy([LadderRow(Ladder("night", [Step("ann")]))])
PEOPLE = {"ann": Person("ann", ["phone"])}

WITH_AN_INSTANT: list[Callable[[datetime], object]] = [
    lambda t: OFFICE.between(T, t),
    lambda t: OFFICE.between(t, T),
    lambda t: OFFICE.add(t, HOUR),
    lambda t: OFFICE.subtract(t, HOUR),
    lambda t: OFFICE.is_open(t),
    lambda t: OFFICE.next_open(t),
    lambda t: OFFICE.next_close(t),
    lambda t: OFFICE.previous_open(t),
    lambda t: OFFICE.previous_close(t),
    lambda t: OFFICE.intervals(T, t),
    lambda t: OFFICE.breakdown(t, T),
    lambda t: OFFICE.breakdown(T, t),
    lambda t: (OFFICE | always_open("UTC")).between(T, t),
    lambda t: deadline(OFFICE, t, WorkingDays(0)),
    lambda t: Opened("T-1", t),
    lambda t: Opened("T-1", T, recorded=t),
    lambda t: Snoozed("T-1", T, until=t),
    lambda t: WorkLogged("T-1", T, minutes=5, start=t),
    lambda t: DueOverridden("T-1", T, metric="reaction", due=t, reason="agreed"),
    lambda t: Excused("T-1", T, start=T, end=t, reason="agreed"),
    lambda t: history_as_of([OPENED], t),
    lambda t: history_as_of([OPENED], T, t),
    lambda t: run_clocks([OPENED], [GOLD], as_of=t),
    lambda t: run_clocks([OPENED], [GOLD], as_of=T, known_at=t),
    lambda t: run_clocks([OPENED], [GOLD], as_of=T).next_instants(t),
    lambda t: evaluate(load(example("hosting")), [OPENED], as_of=t),
    lambda t: replay(load(example("hosting")), [[OPENED]], as_of=t),
    lambda t: Target(t),
    lambda t: NamedDate({"7.1": t}),
    lambda t: NamedDate({"7.1": T}).after(t),
    lambda t: Editions("fees", {t: 1}, pin="latest"),
    lambda t: Timeline.constant("major").at(t),
    lambda t: PAIR.on_call(t),
    lambda t: Rotation(["ann"], start=t.replace(tzinfo=None), tz="UTC"),
    lambda t: Roster("duty", [Layer(PAIR)]).on_call(t),
    lambda t: Change.absent("ann", T, t),
    lambda t: plan(NIGHT, [OPENED], priority=Timeline.constant("major"), people=PEOPLE, as_of=t),
]

WITH_A_DURATION: list[Callable[[timedelta], object]] = [
    lambda d: OFFICE.add(T, d),
    lambda d: OFFICE.subtract(T, d),
    lambda d: Target(d),
    lambda d: Threshold.before(d),
    lambda d: Threshold.after(d),
    lambda d: Reopen("resume", within=d),
    lambda d: Metric("m", budgets={"first": d, "second": Fraction(1, 4)}),
    lambda d: After(d),
    lambda d: Ladder("night", [Step("ann")], rounds=2, every=d),
    lambda d: Rotation(["ann"], start=datetime(2026, 1, 5, 8), tz="UTC", every=d),
    lambda d: plan(
        NIGHT,
        [OPENED],
        priority=Timeline.constant("major"),
        people=PEOPLE,
        as_of=T,
        horizon=d,
    ),
    lambda d: columns.add(OFFICE, np.array(["2026-01-05T10:00"], "M8[us]"), d),
]


@pytest.mark.parametrize("with_an_instant", WITH_AN_INSTANT)
@pytest.mark.parametrize(
    "given",
    [pd.NaT, pd.Timestamp("2026-01-05 10:00:00.000000001", tz="UTC")],
    ids=["missing", "finer than a microsecond"],
)
def test_a_missing_instant_and_nanoseconds_are_refused(
    with_an_instant: Callable[[datetime], object], given: datetime
) -> None:
    with pytest.raises(DefinitionError) as caught:
        with_an_instant(given)
    assert "NaT" in str(caught.value) or "000000001" in str(caught.value)


@pytest.mark.parametrize("with_a_duration", WITH_A_DURATION)
@pytest.mark.parametrize("given", [pd.NaT, pd.Timedelta("1h 1ns")], ids=["missing", "finer than a microsecond"])
def test_a_missing_duration_and_nanoseconds_are_refused(
    with_a_duration: Callable[[timedelta], object], given: timedelta
) -> None:
    with pytest.raises(SupportcoreError):
        with_a_duration(given)


@pytest.mark.parametrize("with_an_instant", WITH_AN_INSTANT[:9])
def test_a_timestamp_of_whole_microseconds_is_an_instant(with_an_instant: Callable[[datetime], object]) -> None:
    given = T + HOUR
    assert with_an_instant(pd.Timestamp(given)) == with_an_instant(given)
