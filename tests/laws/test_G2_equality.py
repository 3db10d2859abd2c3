"""Law: values of different meaning differ: the two halves of a doubled hour (G-2), 1 and yes, 4 and 4.0 (RUL-1)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from supportcore import Choice, DecisionTable, FactError, Opened, Rule, Scale, always_open, evaluate, loads
from supportcore.calendars.protocol import Stretch
from supportcore.equality import equality_key
from supportcore.instants import HOUR, datetime_of, micros
from supportcore.mappings import FrozenMapping
from supportcore.sla import Agreement, ChangePolicy, NamedDate, Target, While, reevaluate, resolution, run_clocks
from supportcore.tickets import Event, FactsChanged, facts_over_time
from supportcore.timelines import Timeline

BERLIN = ZoneInfo("Europe/Berlin")
FIRST = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
SECOND = FIRST.replace(fold=1)
OPENED = datetime(2026, 10, 24, 12, tzinfo=BERLIN)
MORNING = datetime(2026, 3, 16, 9, tzinfo=UTC)

WITH_AN_INSTANT: list[Callable[[datetime], object]] = [
    Target,
    lambda t: NamedDate({"7.1": t}),
    lambda t: FrozenMapping({"at": t}),
    lambda t: Stretch(t, t, "closed", ""),
    lambda t: Agreement(
        "gold", always_open("UTC"), resolution(), targets={"resolution": "p"}, promises={"p": Target(t)}
    ),
]


@pytest.mark.parametrize("value_of", WITH_AN_INSTANT)
def test_values_at_the_two_halves_of_a_doubled_hour_differ(value_of: Callable[[datetime], object]) -> None:
    assert value_of(FIRST) != value_of(SECOND)
    assert value_of(SECOND) == value_of(SECOND.astimezone(UTC))


@given(st.integers(-2 * HOUR, 2 * HOUR), st.integers(-2 * HOUR, 2 * HOUR), st.sampled_from([BERLIN, UTC]))
def test_instants_have_equal_keys_exactly_if_they_are_one_instant(near: int, other: int, tz: ZoneInfo) -> None:
    one, two = datetime_of(micros(FIRST) + near, BERLIN), datetime_of(micros(FIRST) + other, tz)
    assert (equality_key(one) == equality_key(two)) == (near == other)
    assert equality_key(one) == equality_key(one.astimezone(UTC))
    assert hash(FrozenMapping(at=one)) == hash(FrozenMapping(at=one.astimezone(UTC)))


def test_a_promise_raised_to_an_earlier_instant_of_one_wall_time_is_a_change() -> None:
    table = DecisionTable(
        name="t",
        inputs=[Scale("priority", ["minor", "major"])],
        outputs=[Choice("resolution", ["late", "early"])],
        rules=[
            Rule({"priority": "minor"}, {"resolution": "late"}),
            Rule({"priority": "major"}, {"resolution": "early"}),
        ],
    )
    gold = Agreement(
        "gold",
        always_open("UTC"),
        resolution(),
        targets=table,
        promises={"late": Target(SECOND), "early": Target(FIRST)},
        change=ChangePolicy("retroactive", "retroactive"),
    )
    events = [
        Opened("T", OPENED, facts={"priority": "minor"}),
        FactsChanged("T", OPENED + timedelta(minutes=10), facts={"priority": "major"}),
    ]
    clock = run_clocks(events, [gold], as_of=OPENED + timedelta(hours=1))["gold", "resolution"]
    assert clock.due_at is not None
    assert (clock.promise, clock.due_at.isoformat()) == ("early", "2026-10-25T02:30:00+02:00")


def test_what_if_sees_a_due_instant_that_moves_to_one_wall_time() -> None:
    old, new = (
        Agreement(
            "gold",
            always_open("UTC"),
            resolution(),
            targets={"resolution": "p"},
            promises={"p": Target(timedelta(hours=hours))},
        )
        for hours in (14.5, 15.5)
    )
    changes = reevaluate([Opened("T", OPENED)], [old], [new], as_of=OPENED)
    assert [change.what for change in changes] == ["due_at", "allowed"]
    due = changes[0]
    assert (str(due.before), str(due.after)) == ("2026-10-25 02:30:00+02:00", "2026-10-25 02:30:00+01:00")


PAIRS = [(1, True), (0, False), (4, Decimal("4.0"))]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_facts_of_two_kinds_differ(one: object, other: object) -> None:
    assert Opened("T", MORNING, facts={"n": one}) != Opened("T", MORNING, facts={"n": other})
    changed = FactsChanged("T", MORNING + timedelta(hours=1), facts={"n": other})
    assert len(facts_over_time([Opened("T", MORNING, facts={"n": one}), changed]).edges) == 2


def test_one_and_yes_differ_in_mappings_and_timelines() -> None:
    assert FrozenMapping(n=1) != FrozenMapping(n=True)
    assert FrozenMapping(n=1) != {"n": True}
    assert Timeline.of(1, [(1, True, "facts")]).edges == (1,)
    assert FrozenMapping(fee=4) == {"fee": Decimal("4.0")}


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_fact_of_the_wrong_kind_is_refused_after_an_equal_number(one: int, other: object) -> None:
    concept = loads(
        'format=0\nname="x"\ntimezone="UTC"\n[facts]\nn="0 .. 9"\n'
        '[priority]\ntable="""\n| n | -> priority |\n| - | major |\n"""\n'
    )
    events: list[Event] = [
        Opened("T", MORNING, facts={"n": one}),
        FactsChanged("T", MORNING + timedelta(hours=1), facts={"n": other}),
    ]
    with pytest.raises(FactError):
        _ = evaluate(concept, events, as_of=MORNING + timedelta(hours=9)).priority


def test_one_does_not_meet_a_condition_on_yes() -> None:
    assert not While({"n": 1}).holds({"n": True})
    assert not While({"n": True}).holds({"n": 1})
    assert While({"n": True}).holds({"n": True})
    assert While({"n": 4}).holds({"n": Decimal("4.0")})
    assert While({"n": 1}) != While({"n": True})
