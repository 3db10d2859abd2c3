"""The calendar says what its slow twin says, which looks at every minute (CAL-1 to CAL-6)."""

from datetime import timedelta

from hypothesis import given, settings, strategies as st
from hypothesis.strategies import DataObject

from supportcore.instants import DAY, MINUTE
from tests.laws.drawn_calendars import calendar_of, plain_calendars
from tests.oracles.calendars import MinuteByMinute

SPAN = 14

# Two thousand where every other property has two hundred.
CASES = max(settings.default.max_examples, 10 * min(settings.default.max_examples, 200))

offsets = st.one_of(
    st.integers(0, SPAN * 1440 - 1).map(lambda minutes: minutes * MINUTE),
    st.integers(0, SPAN * DAY - 1),
    st.integers(3 * 1440, 7 * 1440).map(lambda minutes: minutes * MINUTE - 1),
)


@settings(max_examples=CASES)
@given(st.data())
def test_the_calendar_agrees_with_its_slow_twin(data: DataObject) -> None:
    plain, odd = data.draw(plain_calendars())
    first = odd - timedelta(days=5)
    twin = MinuteByMinute(plain, first, SPAN)
    hours = calendar_of(plain).compiled
    start = (first.toordinal() - 719_163) * DAY
    a, b = start + data.draw(offsets), start + data.draw(offsets)

    assert hours.is_open(a) == twin.is_open(a)
    assert hours.between(a, b) == twin.between(a, b)
    amount = data.draw(st.one_of(st.just(abs(hours.between(a, b))), st.integers(1, 3 * DAY)))
    later, earlier = twin.add(a, amount), twin.subtract(a, amount)
    if later is not None and amount:
        assert hours.add(a, amount) == later
        assert hours.subtract(a, -amount) == later
    if earlier is not None and amount:
        assert hours.subtract(a, amount) == earlier

    opens, closes = twin.edges()
    ahead = [edge for edge in opens if edge > a]
    if ahead or twin.is_open(a):
        assert hours.next_open(a) == (a if twin.is_open(a) else ahead[0])
    if any(edge > a for edge in closes):
        assert hours.next_close(a) == min(edge for edge in closes if edge > a)
    if any(edge <= a for edge in opens):
        assert hours.previous_open(a) == max(edge for edge in opens if edge <= a)
    if any(edge <= a for edge in closes):
        assert hours.previous_close(a) == max(edge for edge in closes if edge <= a)


@given(plain_calendars(), offsets, offsets)
def test_the_breakdown_agrees_with_the_slow_twin(drawn, one: int, other: int) -> None:
    plain, odd = drawn
    first = odd - timedelta(days=5)
    twin = MinuteByMinute(plain, first, SPAN)
    hours = calendar_of(plain).compiled
    start = (first.toordinal() - 719_163) * DAY
    a, b = sorted((start + one, start + other))
    verdicts = list(hours.verdicts(a, b))

    assert [verdict.start for verdict in verdicts[1:]] == [verdict.end for verdict in verdicts[:-1]]
    assert [a, b] == [verdicts[0].start, verdicts[-1].end] if a < b else verdicts == []
    for verdict in verdicts:
        counted = verdict.end - verdict.start if verdict.kind == "counted" else 0
        assert twin.between(verdict.start, verdict.end) == counted
