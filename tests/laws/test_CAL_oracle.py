"""The calendar says what its slow twin says, which looks at every minute (CAL-1 to CAL-6).

A case is one question, an instant or a pair with its operation, that both were asked about a drawn calendar.
"""

from datetime import date, timedelta

from hypothesis import given, settings, strategies as st

from supportcore.calendars import CompiledHours
from supportcore.instants import DAY, MINUTE
from tests.laws.drawn_calendars import calendar_of, plain_calendars
from tests.oracles.calendars import MinuteByMinute, Plain
from tests.oracles.tally import same

SPAN = 14

# Drawing a calendar and setting its minutes costs more than a question, so each is asked about several draws of two
# instants and an amount. Three questions of each draw always have an answer within the twin's days.
DRAWS = 12
ALWAYS_ANSWERED = 3

offsets = st.one_of(
    st.integers(0, SPAN * 1440 - 1).map(lambda minutes: minutes * MINUTE),
    st.integers(0, SPAN * DAY - 1),
    st.integers(3 * 1440, 7 * 1440).map(lambda minutes: minutes * MINUTE - 1),
)

amounts = st.one_of(st.none(), st.integers(1, 3 * DAY))
questions = st.lists(st.tuples(offsets, offsets, amounts), min_size=DRAWS, max_size=DRAWS)


def test_make_full_compares_thousands_of_cases() -> None:
    assert settings.get_profile("full").max_examples * DRAWS * ALWAYS_ANSWERED >= 10_000


def test_the_twin_has_no_answer_where_a_shift_may_come_from_before_its_days() -> None:
    first = date(2026, 1, 5)
    twin = MinuteByMinute(Plain("UTC", (((180, 1620),),) * 7), first, 1)
    start = (first.toordinal() - 719_163) * DAY
    assert twin.subtract(start, 2 * DAY) == start - 2 * DAY
    assert twin.subtract(start, 2 * DAY + MINUTE) is None
    assert twin.add(start, 3 * DAY) == start + 3 * DAY
    assert twin.add(start, 3 * DAY + MINUTE) is None


@given(plain_calendars(), questions)
def test_the_calendar_agrees_with_its_slow_twin(
    drawn: tuple[Plain, date], asked: list[tuple[int, int, int | None]]
) -> None:
    plain, odd = drawn
    first = odd - timedelta(days=5)
    twin = MinuteByMinute(plain, first, SPAN)
    hours = calendar_of(plain).compiled
    start = (first.toordinal() - 719_163) * DAY
    for one, other, amount in asked:
        a, b = start + one, start + other
        always_answered(hours, twin, a, b)
        # Where no amount is drawn, it is one that ends at the other instant or at an edge before it.
        shift = abs(hours.between(a, b)) if amount is None else amount
        if shift:
            add_agrees(hours, twin, a, shift)
        edges_agree(hours, twin, a)


def always_answered(hours: CompiledHours, twin: MinuteByMinute, a: int, b: int) -> None:
    same("is_open", hours.is_open(a), twin.is_open(a))
    same("is_open", hours.is_open(b), twin.is_open(b))
    same("between", hours.between(a, b), twin.between(a, b))


def add_agrees(hours: CompiledHours, twin: MinuteByMinute, a: int, amount: int) -> None:
    later, earlier = twin.add(a, amount), twin.subtract(a, amount)
    if later is not None:
        same("add", hours.add(a, amount), later)
        same("subtract", hours.subtract(a, -amount), later)
    if earlier is not None:
        same("subtract", hours.subtract(a, amount), earlier)
        same("add", hours.add(a, -amount), earlier)


def edges_agree(hours: CompiledHours, twin: MinuteByMinute, a: int) -> None:
    opens, closes = twin.edges()
    ahead = [edge for edge in opens if edge > a]
    if ahead or twin.is_open(a):
        same("next_open", hours.next_open(a), a if twin.is_open(a) else ahead[0])
    if any(edge > a for edge in closes):
        same("next_close", hours.next_close(a), min(edge for edge in closes if edge > a))
    if any(edge <= a for edge in opens):
        same("previous_open", hours.previous_open(a), max(edge for edge in opens if edge <= a))
    if any(edge <= a for edge in closes):
        same("previous_close", hours.previous_close(a), max(edge for edge in closes if edge <= a))


@given(plain_calendars(), offsets, offsets)
def test_the_breakdown_agrees_with_the_slow_twin(drawn: tuple[Plain, date], one: int, other: int) -> None:
    plain, odd = drawn
    first = odd - timedelta(days=5)
    twin = MinuteByMinute(plain, first, SPAN)
    hours = calendar_of(plain).compiled
    start = (first.toordinal() - 719_163) * DAY
    a, b = sorted((start + one, start + other))
    verdicts = list(hours.verdicts(a, b))

    assert [verdict.start for verdict in verdicts[1:]] == [verdict.end for verdict in verdicts[:-1]]
    assert [a, b] == [verdicts[0].start, verdicts[-1].end] if a < b else verdicts == []
    counted = [verdict.end - verdict.start if verdict.kind == "counted" else 0 for verdict in verdicts]
    same("breakdown", counted, [twin.between(verdict.start, verdict.end) for verdict in verdicts])
