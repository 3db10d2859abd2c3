"""Another calendar library, in Rust, agrees wherever both can say the calendar (`make full`)."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given, strategies as st
from hypothesis.strategies import DataObject

from supportcore import BusinessCalendar, HolidayCalendar
from supportcore.calendars import Calendar
from supportcore.instants import zone
from tests.laws.drawn_calendars import ODD_DAYS

pytestmark = pytest.mark.peers

clock_times = st.integers(0, 47).map(lambda half: time(half // 2, half % 2 * 30))


@given(st.data())
def test_workclock_agrees(data: DataObject) -> None:
    from workclock import Break, Holidays, Schedule, WorkDay

    tz, odd = data.draw(st.sampled_from([one for one in ODD_DAYS if one[0] != "Pacific/Apia"]))
    start, end = data.draw(clock_times), data.draw(clock_times)
    assume(start != end)
    days = sorted(data.draw(st.sets(st.integers(0, 6), min_size=1)))
    lunch = data.draw(st.booleans()) and start < end
    free = data.draw(st.lists(st.integers(-5, 9).map(lambda ahead: odd + timedelta(days=ahead)), max_size=3))
    names = [("mon", "tue", "wed", "thu", "fri", "sat", "sun")[day] for day in days]
    ours = BusinessCalendar(
        tz=tz,
        hours={", ".join(names): f"{start:%H:%M}-{end:%H:%M}"},
        holidays=HolidayCalendar(dict.fromkeys(free, "holiday")),
    )
    rules = [WorkDay(start, end, days), Holidays(free)]
    asked: Calendar = ours
    if lunch:
        asked = ours - BusinessCalendar(tz=tz, hours={"mon-sun": "12:00-13:00"})
        rules.append(Break(time(12), time(13), range(7)))
    theirs = Schedule(rules, time_zone=tz)

    first = datetime(odd.year, odd.month, odd.day) - timedelta(days=8)
    instants = st.datetimes(first, first + timedelta(days=20)).map(lambda shown: shown.replace(tzinfo=zone(tz)))
    a, b = data.draw(instants), data.draw(instants)
    assert asked.between(a, b) == theirs.between(a, b)
    amount = data.draw(st.timedeltas(timedelta(minutes=1), timedelta(hours=40)))
    assume(theirs.between(a, a + timedelta(days=300)) > amount)
    assert asked.add(a, amount) == theirs.add(a, amount)
    assert asked.subtract(a, amount) == theirs.sub(a, amount)


def test_workclock_agrees_over_a_long_time() -> None:
    from workclock import Holidays, Schedule, WorkDay

    free = [date(year, 5, 1) for year in range(1990, 2040)]
    ours = BusinessCalendar(
        tz="Europe/Berlin",
        hours={"mon-fri": "22:00-06:00"},
        holidays=HolidayCalendar(dict.fromkeys(free, "Labour Day")),
    )
    theirs = Schedule([WorkDay(time(22), time(6)), Holidays(free)], time_zone="Europe/Berlin")
    a, b = (datetime(year, 3, 4, 1, 2, 3, 4, tzinfo=zone("Europe/Berlin")) for year in (1991, 2039))
    assert ours.between(a, b) == theirs.between(a, b)
