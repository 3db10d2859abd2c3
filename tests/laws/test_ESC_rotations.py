"""The laws of rotations: shifts tile time, agree with counting hand-overs, and ahead never meets the rotation."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from hypothesis import example, given, strategies as st

from supportcore.escalation import Rotation
from supportcore.instants import micros, micros_of
from tests.oracles.duty import turn_by_counting

STEPS = {
    "hourly": relativedelta(hours=1),
    "daily": relativedelta(days=1),
    "weekly": relativedelta(weeks=1),
    "monthly": relativedelta(months=1),
}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "UTC")

anchors = st.datetimes(datetime(2008, 1, 1), datetime(2014, 12, 31)).map(lambda at: at.replace(second=0, microsecond=0))


@st.composite
def rotations(draw: st.DrawFn) -> Rotation:
    people = ["ann", "bob", "cem", "dora"][: draw(st.integers(1, 4))]
    every = draw(
        st.one_of(st.sampled_from(list(STEPS)), st.integers(20, 4000).map(lambda minutes: timedelta(minutes=minutes)))
    )
    return Rotation(people, every=every, start=draw(anchors), tz=draw(st.sampled_from(ZONES)))


instants = st.datetimes(datetime(2009, 1, 1), datetime(2013, 12, 31), timezones=st.just(UTC))
# The hours around changes of the clock: spring and autumn in Berlin, the day that Apia left out.
odd = st.sampled_from(
    [
        datetime(2011, 3, 27, 1, tzinfo=UTC),
        datetime(2011, 10, 30, 1, tzinfo=UTC),
        datetime(2011, 12, 30, 10, tzinfo=UTC),
    ]
).flatmap(lambda at: st.integers(-180, 180).map(lambda minutes: at + timedelta(minutes=minutes)))
asked = st.one_of(instants, odd)


@given(rotations(), asked)
@example(
    Rotation(["ann", "bob"], every="hourly", start=datetime(2011, 1, 1, 2, 30), tz="Europe/Berlin"),
    datetime(2011, 3, 27, 1, 15, tzinfo=UTC),
)
@example(
    Rotation(["ann", "bob"], every="hourly", start=datetime(2011, 1, 1), tz="Pacific/Apia"),
    datetime(2011, 12, 30, 10, tzinfo=UTC),
)
def test_esc_8_a_turn_starts_before_and_ends_after_its_instants(rotation: Rotation, instant: datetime) -> None:
    turn = rotation.turn_at(micros(instant))
    assert turn.start <= micros(instant) < turn.end
    assert (turn.start, turn.end) == (rotation.handover(turn.number), rotation.handover(turn.number + 1))


@given(rotations(), asked)
def test_esc_8_turns_agree_with_counting_hand_overs(rotation: Rotation, instant: datetime) -> None:
    number = rotation.turn_at(micros(instant)).number
    step = STEPS[rotation.every] if isinstance(rotation.every, str) else rotation.every
    assert number == turn_by_counting(rotation.start, step, ZoneInfo(rotation.tz), instant, number - 90, number + 90)


@given(rotations(), asked, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_esc_8_shifts_tile_a_span(rotation: Rotation, start: datetime, length: timedelta) -> None:
    end = start + min(length, (rotation.every if isinstance(rotation.every, timedelta) else timedelta(hours=1)) * 50)
    shifts = list(rotation.shifts(start, end))
    if start == end:
        assert shifts == []
        return
    edges = [(micros(shift.start), micros(shift.end)) for shift in shifts]
    assert (edges[0][0], edges[-1][1]) == (micros(start), micros(end))
    assert all(one[1] == other[0] for one, other in pairwise(edges))
    assert all(first < last for first, last in edges)
    assert all(rotation.on_call(shift.start) == shift.person for shift in shifts)


@given(rotations(), asked, st.integers(-5, 5))
def test_esc_8_ahead_counts_turns(rotation: Rotation, instant: datetime, turns: int) -> None:
    number = rotation.turn_at(micros(instant)).number
    assert rotation.ahead(turns).on_call(instant) == rotation.person_of(number + turns)
    if turns % len(rotation.people):
        assert rotation.ahead(turns).on_call(instant) != rotation.on_call(instant)


masks = st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True)


@given(rotations(), masks, asked)
def test_esc_8_hours_and_days_that_are_not_served_are_not_counted(
    rotation: Rotation, days: list[str], instant: datetime
) -> None:
    if rotation.every not in ("hourly", "daily"):
        return
    masked = Rotation(rotation.people, every=rotation.every, start=rotation.start, tz=rotation.tz, days=days)
    unit, step = rotation.turn_at(micros(instant)), STEPS[rotation.every]
    begins = WEEKDAYS[(rotation.start + unit.number * step).weekday()]
    turn = masked.turn_at(micros(instant))
    assert (turn.start, turn.end, turn.served) == (unit.start, unit.end, begins in days)
    before = range(min(unit.number, 0), max(unit.number, 0))
    count = sum(WEEKDAYS[(rotation.start + number * step).weekday()] in days for number in before)
    assert turn.number == (count if unit.number >= 0 else -count)
    assert masked.on_call(instant) == (rotation.people[turn.number % len(rotation.people)] if turn.served else None)


@given(rotations(), masks, asked)
def test_esc_8_weekly_and_monthly_turns_stay_on_the_calendar(
    rotation: Rotation, days: list[str], instant: datetime
) -> None:
    if rotation.every not in ("weekly", "monthly"):
        return
    masked = Rotation(rotation.people, every=rotation.every, start=rotation.start, tz=rotation.tz, days=days)
    served = WEEKDAYS[instant.astimezone(ZoneInfo(rotation.tz)).weekday()] in days
    assert masked.on_call(instant) == (rotation.on_call(instant) if served else None)
    turn = masked.turn_at(micros(instant))
    whole = rotation.turn_at(micros(instant))
    assert whole.start <= turn.start <= micros(instant) < turn.end <= whole.end
    assert turn.end - turn.start <= micros_of(timedelta(hours=25))


@given(rotations(), st.lists(asked, max_size=6))
def test_earlier_queries_change_no_result(rotation: Rotation, before: list[datetime]) -> None:
    fresh = Rotation(rotation.people, every=rotation.every, start=rotation.start, tz=rotation.tz)
    for instant in before:
        asked_before = rotation.turn_at(micros(instant))
        assert asked_before == Rotation.turn_at(fresh.ahead(0), micros(instant))
