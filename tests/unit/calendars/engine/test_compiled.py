"""The compiled timeline over a cover made by hand, against plain sums over its spans (CAL-4 to CAL-6, CAL-10)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NoReturn

import pytest
from attrs import evolve

from supportcore import InstantRangeError, NeverClosedError, NeverOpenError
from supportcore.calendars import CompiledHours, Verdict
from supportcore.calendars.engine.cover import HORIZON, LAST, YEAR, Cover, Mark, outside_range
from supportcore.instants import DAY, HOUR, micros

Spans = list[tuple[int, int]]

KNOWN = 40 * YEAR

# A first question about 0 compiles a year to either side, and what comes later some years more: openings begin, end and
# go on at just those places, and last from a microsecond to years.
OPEN: Spans = [
    (-KNOWN, -39 * YEAR),
    (-15 * YEAR - 5, -15 * YEAR + 5),
    (-5 * YEAR - 7, -5 * YEAR),
    (-5 * YEAR + 1, -5 * YEAR + 4),
    (-YEAR, -YEAR + 1),
    (-10, -3),
    (0, 8),
    (9, 10),
    (YEAR - 6, YEAR + 6),
    (YEAR + 7, 2 * YEAR),
    (5 * YEAR - 1, 5 * YEAR),
    (5 * YEAR + 1, 5 * YEAR + 2),
    (15 * YEAR, 22 * YEAR),
    (39 * YEAR, KNOWN),
]
EDGES = sorted({edge for span in OPEN for edge in span})
POINTS = sorted({point for edge in EDGES for point in (edge - 1, edge, edge + 1) if -KNOWN <= point < KNOWN})
FIRST_ASKED = [-KNOWN, -5 * YEAR, -2 * YEAR, 0, 9, YEAR, 3 * YEAR, 15 * YEAR, KNOWN - 1]


class Beyond(Exception):
    """What the cover made by hand says about an instant that it does not know."""


class Asked:
    """A cover of given spans that notes each stretch that it was asked about."""

    def __init__(self, spans: Spans, first: int = -KNOWN, last: int = KNOWN, dated: tuple[int, int] | None = None):
        self.stretches: Spans = []
        self.given = spans
        dated_from, dated_until = (first, last) if dated is None else dated
        self.cover = Cover(
            spans=self.spans,
            marks=lambda a, b: [],
            refuse=self.refuse,
            first=first,
            last=last,
            dated_from=dated_from,
            dated_until=dated_until,
        )

    def spans(self, a: int, b: int) -> Spans:
        self.stretches.append((a, b))
        return [(max(start, a), min(end, b)) for start, end in self.given if start < b and end > a]

    def refuse(self, instant: int) -> NoReturn:
        raise Beyond(instant)


def fresh() -> CompiledHours:
    return CompiledHours(Asked(OPEN).cover)


def length(a: int, b: int) -> int:
    return sum(max(min(end, b) - max(start, a), 0) for start, end in OPEN)


def is_open(t: int, spans: Spans = OPEN) -> bool:
    return any(start <= t < end for start, end in spans)


def after(t: int, d: int, spans: Spans = OPEN) -> int | None:
    """The instant by which `d` is used up, opening by opening."""
    for start, end in spans:
        if end > t:
            usable = end - max(start, t)
            if usable >= d:
                return max(start, t) + d
            d -= usable
    return None


def before(t: int, d: int, spans: Spans = OPEN) -> int | None:
    for start, end in reversed(spans):
        if start < t:
            usable = min(end, t) - start
            if usable >= d:
                return min(end, t) - d
            d -= usable
    return None


def edge(question: str, t: int, spans: Spans = OPEN, first: int = -KNOWN, last: int = KNOWN) -> int | None:
    """The neighbouring opening or closing; what begins or ends where nothing is known any more is neither."""
    opens, closes = [start for start, _ in spans if start > first], [end for _, end in spans if end < last]
    if question == "next_open":
        return t if is_open(t, spans) else min((start for start in opens if start > t), default=None)
    if question == "next_close":
        return min((end for end in closes if end > t), default=None)
    if question == "previous_open":
        return max((start for start in opens if start <= t), default=None)
    return max((end for end in closes if end <= t), default=None)


def answer(hours: CompiledHours, question: str, *values: int) -> int | None:
    try:
        found: int = getattr(hours, question)(*values)
    except Beyond:
        return None
    return found


@pytest.mark.parametrize("question", ["next_open", "next_close", "previous_open", "previous_close"])
def test_the_neighbouring_edges_after_any_other_query(question: str) -> None:
    wanted = {t: edge(question, t) for t in POINTS}
    for first in FIRST_ASKED:
        found = {}
        for t in POINTS:
            hours = fresh()
            assert hours.is_open(first) == is_open(first)
            found[t] = answer(hours, question, t)
        assert found == wanted
    assert {t: answer(fresh(), question, t) for t in POINTS} == wanted


def test_time_between_and_openness_after_any_other_query() -> None:
    for first in FIRST_ASKED:
        for t in POINTS:
            hours = fresh()
            assert hours.between(first, t) == (length(first, t) if t > first else -length(t, first))
            assert hours.is_open(t) == is_open(t)
            assert hours.between(t, first) == -hours.between(first, t)


def test_time_worked_up_to_instants_differs_by_the_time_between() -> None:
    hours = fresh()
    origin = hours.worked(0)
    for asked in (POINTS, POINTS[::-1], [point for pair in zip(POINTS, POINTS[::-1], strict=True) for point in pair]):
        for t in asked:
            expected = length(0, t) if t > 0 else -length(t, 0)
            assert [hours.worked(t) - origin for _ in range(3)] == [expected] * 3


def test_time_worked_without_any_opening() -> None:
    hours = CompiledHours(Asked([]).cover)
    assert hours.worked(0) == hours.worked(20 * YEAR) == hours.worked(-20 * YEAR)


@pytest.mark.parametrize("t", [KNOWN, -KNOWN - 1, 1 << 62, -(1 << 62)])
def test_no_instant_is_cached_before_the_first_query(t: int) -> None:
    """What is not known is refused as a first question too, however far it lies (G-1)."""
    with pytest.raises(Beyond) as refused:
        fresh().worked(t)
    assert refused.value.args == (t,)


def test_time_worked_is_right_under_concurrent_queries() -> None:
    """As if another thread asked while an instant is compared with the one that was asked about last."""
    hours = fresh()
    wanted = {t: hours.worked(t) for t in (2, 7, 17 * YEAR)}

    class Overtaken(int):
        def __eq__(self, other: object) -> bool:
            assert hours.worked(17 * YEAR) == wanted[17 * YEAR]
            return int(self) == other

        __hash__ = int.__hash__

    for t in (2, 7, 2):
        assert hours.worked(t) == hours.worked(Overtaken(t)) == wanted[t]


def test_whoever_asks_first_decides_from_where_time_worked_is_counted() -> None:
    """As if another thread asked about later years while the first stretch is being compiled."""
    asked = Asked(OPEN)
    found: list[int] = []

    def spans(a: int, b: int) -> Spans:
        if not found:
            found.append(0)
            found[0] = hours.worked(17 * YEAR)
        return asked.spans(a, b)

    hours = CompiledHours(evolve(asked.cover, spans=spans))
    assert hours.worked(9) - found[0] == -length(9, 17 * YEAR)
    assert hours.worked(17 * YEAR) == found[0]


def test_what_another_thread_put_in_place_may_have_fewer_openings_than_were_there_before() -> None:
    """As if another thread asked about later years while earlier ones are being compiled, and was overtaken."""
    asked = Asked(OPEN)
    later: list[int] = []

    def spans(a: int, b: int) -> Spans:
        if b < 0 and not later:
            later.append(0)
            later[0] = hours.worked(3 * YEAR)
        return asked.spans(a, b)

    hours = CompiledHours(evolve(asked.cover, spans=spans))
    origin = hours.worked(0)
    assert not hours.is_open(-2 * YEAR)
    assert later[0] - origin == length(0, 3 * YEAR)
    for t in (3 * YEAR, 0, -2 * YEAR):
        assert hours.worked(t) - origin == (length(0, t) if t > 0 else -length(t, 0))


@pytest.mark.parametrize("amount", [1, 2, 7, 12, 13, YEAR, 8 * YEAR])
def test_adding_and_subtracting_after_any_other_query(amount: int) -> None:
    for first in FIRST_ASKED:
        for t in POINTS:
            hours = fresh()
            assert hours.is_open(first) == is_open(first)
            assert answer(hours, "add", t, amount) == after(t, amount)
            assert answer(fresh(), "subtract", t, amount) == before(t, amount)
            hours = fresh()
            assert hours.is_open(first) == is_open(first)
            assert answer(hours, "subtract", t, amount) == before(t, amount)
            assert answer(hours, "add", t, -amount) == before(t, amount)
            assert answer(hours, "subtract", t, -amount) == after(t, amount)
            assert hours.add(t, 0) == hours.subtract(t, 0) == t


def test_all_small_calendars_answer_all_questions() -> None:
    """Every set of six instants, all that is known of them: an answer needs no more than there is."""
    for number in range(64):
        points = [point for point in range(6) if number >> point & 1]
        starts = [point for point in points if point - 1 not in points]
        spans = [(start, next(end for end in range(start, 7) if end not in points)) for start in starts]
        hours = CompiledHours(Asked(spans, 0, 6).cover)
        for t in range(6):
            assert hours.is_open(t) == (t in points)
            for question in ("next_open", "next_close", "previous_open", "previous_close"):
                assert answer(hours, question, t) == edge(question, t, spans, 0, 6), (question, spans, t)
            for amount in range(1, 7):
                assert answer(hours, "add", t, amount) == after(t, amount, spans)
                assert answer(hours, "subtract", t, amount) == before(t, amount, spans)
            for other in range(6):
                assert hours.between(t, other) == sum(t <= point < other for point in points) - sum(
                    other <= point < t for point in points
                )


def test_nothing_added_or_taken_away_is_the_instant_itself() -> None:
    for t in POINTS:
        assert fresh().add(t, 0) == fresh().subtract(t, 0) == t


def test_spans_in_both_directions() -> None:
    hours = fresh()
    for a in POINTS:
        for b in (a, a + 1, a + 11, a + YEAR, a - 1):
            if b < KNOWN:
                wanted = [(max(start, a), min(end, b)) for start, end in OPEN if start < b and end > a and a < b]
                assert list(hours.spans(a, b)) == wanted
                assert list(hours.spans_back(a, b)) == wanted[::-1]
    assert list(hours.spans(5, 5)) == list(hours.spans_back(5, 5)) == []


def test_both_ends_of_a_question_are_known_or_it_is_refused() -> None:
    for a, b in ((0, KNOWN), (-KNOWN - 1, 0), (KNOWN, KNOWN), (KNOWN, KNOWN + 5), (-KNOWN - 1, KNOWN)):
        for question in ((a, b), (b, a)):
            with pytest.raises(Beyond) as refused:
                fresh().between(*question)
            assert refused.value.args == (a if a < -KNOWN or a >= KNOWN else b,)
    hours = fresh()
    assert hours.between(-KNOWN, KNOWN - 1) == length(-KNOWN, KNOWN - 1)


@pytest.mark.parametrize("question", ["between", "add", "subtract", "is_open", "worked"])
def test_what_is_not_known_is_refused_after_all_that_is_known_was_compiled(question: str) -> None:
    """No answer depends on what was asked before (G-1)."""
    hours = fresh()
    assert hours.between(-KNOWN, KNOWN - 1) == length(-KNOWN, KNOWN - 1)
    ask: dict[str, Callable[[int], object]] = {
        "between": lambda t: hours.between(0, t),
        "add": lambda t: hours.add(t, 1),
        "subtract": lambda t: hours.subtract(t, 1),
        "is_open": hours.is_open,
        "worked": hours.worked,
    }
    for t in (KNOWN, -KNOWN - 1):
        with pytest.raises(Beyond) as refused:
            ask[question](t)
        assert refused.value.args == (t,)


def test_nothing_lies_between_an_instant_and_itself_even_where_it_is_not_known() -> None:
    for t in (KNOWN, -KNOWN - 1):
        assert list(fresh().spans(t, t)) == list(fresh().spans_back(t, t)) == list(fresh().verdicts(t, t)) == []


# What is compiled


def test_a_first_question_compiles_a_year_to_either_side() -> None:
    """Less around a long one, of which more lies within already."""
    for a, b, stretch in (
        (5, 5, (5 - YEAR, 5 + YEAR)),
        (0, 4 * YEAR - 1, (-YEAR, 5 * YEAR - 1)),
        (0, 4 * YEAR, (-YEAR // 4, 4 * YEAR + YEAR // 4)),
        (2 - KNOWN, KNOWN - 3, (-KNOWN, KNOWN)),
        (30 * YEAR, 30 * YEAR + 5, (29 * YEAR, 31 * YEAR + 5)),
        (-30 * YEAR, -26 * YEAR, (-30 * YEAR - YEAR // 4, -26 * YEAR + YEAR // 4)),
    ):
        asked = Asked(OPEN)
        CompiledHours(asked.cover).between(a, b)
        assert asked.stretches == [stretch]
        assert all(type(end) is int for end in asked.stretches[0])


def test_what_is_compiled_grows_by_years_and_nothing_is_compiled_twice() -> None:
    asked = Asked(OPEN)
    hours = CompiledHours(asked.cover)
    for t in (0, YEAR - 1, -YEAR):
        hours.is_open(t)
    assert asked.stretches == [(-YEAR, YEAR)]
    hours.is_open(YEAR)
    hours.is_open(-YEAR - 1)
    assert asked.stretches[1:] == [(YEAR, 5 * YEAR), (-7 * YEAR, -YEAR)]
    hours.is_open(30 * YEAR)
    hours.is_open(-30 * YEAR)
    assert asked.stretches[3:] == [(5 * YEAR, 31 * YEAR), (-KNOWN, -7 * YEAR)]
    hours.between(KNOWN - 1, -KNOWN)
    assert asked.stretches[5:] == [(31 * YEAR, KNOWN)]


def test_a_question_over_both_ends_grows_both() -> None:
    asked = Asked(OPEN)
    hours = CompiledHours(asked.cover)
    hours.is_open(0)
    assert hours.between(-20 * YEAR, 20 * YEAR) == length(-20 * YEAR, 20 * YEAR)
    assert asked.stretches == [(-YEAR, YEAR), (YEAR, 21 * YEAR), (-21 * YEAR, -YEAR)]
    opens, sums = hours.stretch(0, 0)
    wanted = [span for span in OPEN if span[1] > -21 * YEAR and span[0] < 21 * YEAR]
    assert list(opens) == [start for start, _ in wanted]
    lengths = [end - start for start, end in wanted[:-1]]
    assert [later - sooner for sooner, later in pairwise(sums)] == [*lengths, 6 * YEAR]


# How far is looked


def told(error: pytest.ExceptionInfo[Exception]) -> str:
    return str(error.value)


def clock(instant: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=instant)).isoformat()


START = micros(datetime(2026, 1, 5, tzinfo=UTC))
REMEDY = "give the calendar weekly hours, or a shorter duration"
ALWAYS = "the calendar is always open there and never closes"


def in_2026(
    spans: Spans, dated: tuple[int, int] | None = None, first: int = -100 * YEAR, last: int = 200 * YEAR
) -> CompiledHours:
    """A calendar open for these hours after 5 January 2026; without dates, as weekly hours have none."""
    moved = [(START + start * HOUR, START + end * HOUR) for start, end in spans]
    return CompiledHours(Asked(moved, first, last, dated or (last, first)).cover)


@pytest.mark.parametrize(
    ("question", "side"),
    [("next_open", "after"), ("next_close", "after"), ("previous_open", "before"), ("previous_close", "before")],
)
def test_a_search_goes_thirty_years_beyond_the_instant(question: str, side: str) -> None:
    horizon = START + HORIZON if side == "after" else START - HORIZON
    with pytest.raises(NeverOpenError) as error:
        getattr(in_2026([]), question)(START)
    assert told(error) == f"no opening hours {side} `{clock(START)}`, searched to `{clock(horizon)}`; {REMEDY}"


def test_a_search_goes_thirty_years_beyond_the_last_opening_and_the_last_date() -> None:
    hour = in_2026([(9, 10)])
    with pytest.raises(NeverOpenError) as error:
        hour.add(START, 2 * HOUR)
    assert told(error) == (
        f"only 1 h of 2 h are open after `{clock(START)}`, searched to `{clock(START + 10 * HOUR + HORIZON)}`; {REMEDY}"
    )
    with pytest.raises(NeverOpenError) as error:
        hour.next_open(START + YEAR)
    assert told(error).split("searched to ")[1] == f"`{clock(START + YEAR + HORIZON)}`; {REMEDY}"
    with pytest.raises(NeverOpenError) as error:
        in_2026([], (START, START + 20 * YEAR)).next_open(START)
    assert told(error).split("searched to ")[1] == f"`{clock(START + 20 * YEAR + HORIZON)}`; {REMEDY}"


def test_a_search_goes_thirty_years_before_the_first_opening_and_the_first_date() -> None:
    hour = in_2026([(9, 10)])
    with pytest.raises(NeverOpenError) as error:
        hour.subtract(START + 24 * HOUR, 2 * HOUR)
    assert told(error) == (
        f"only 1 h of 2 h are open before `{clock(START + 24 * HOUR)}`, "
        f"searched to `{clock(START + 9 * HOUR - HORIZON)}`; {REMEDY}"
    )
    assert hour.subtract(START + 24 * HOUR, HOUR) == START + 9 * HOUR
    long_ago = in_2026([(-30_000, -29_999), (9, 10)])
    with pytest.raises(NeverOpenError, match=r"^only 2 h of 3 h are open before"):
        long_ago.subtract(START + 24 * HOUR, 3 * HOUR)
    with pytest.raises(NeverOpenError) as error:
        hour.previous_open(START - YEAR)
    assert told(error).split("searched to ")[1] == f"`{clock(START - YEAR - HORIZON)}`; {REMEDY}"
    with pytest.raises(NeverOpenError) as error:
        in_2026([], (START - 20 * YEAR, START)).previous_close(START)
    assert told(error).split("searched to ")[1] == f"`{clock(START - 20 * YEAR - HORIZON)}`; {REMEDY}"


def test_a_closing_is_looked_for_as_far() -> None:
    begun = in_2026([(9, 8_000_000)], (START, START))
    for asked, opened in ((START, START + 9 * HOUR), (START + 10 * HOUR, START + 10 * HOUR)):
        with pytest.raises(NeverClosedError) as error:
            begun.next_close(asked)
        assert told(error) == f"no closing after `{clock(opened)}`, searched to `{clock(opened + HORIZON)}`; {ALWAYS}"
    dated = in_2026([(-8_000_000, 8_000_000)], (START - 20 * YEAR, START + 20 * YEAR))
    with pytest.raises(NeverClosedError) as error:
        dated.next_close(START)
    assert told(error).split("searched to ")[1] == f"`{clock(START + 20 * YEAR + HORIZON)}`; {ALWAYS}"
    for ask in (dated.previous_open, dated.previous_close):
        with pytest.raises(NeverClosedError) as error:
            ask(START)
        assert told(error) == (
            f"no closing before `{clock(START)}`, searched to `{clock(START - 20 * YEAR - HORIZON)}`; {ALWAYS}"
        )
    with pytest.raises(NeverClosedError) as error:
        in_2026([(-8_000_000, 8_000_000)]).previous_open(START)
    assert told(error).split("searched to ")[1] == f"`{clock(START - HORIZON)}`; {ALWAYS}"


def test_what_is_known_just_as_far_as_is_looked_has_an_answer() -> None:
    """The horizon is reached, so the calendar never opens; a microsecond less, and nobody knows."""
    until, since = START + HORIZON, START - HORIZON
    with pytest.raises(NeverOpenError):
        in_2026([], last=until).next_open(START)
    with pytest.raises(Beyond):
        in_2026([], last=until - 1).next_open(START)
    with pytest.raises(NeverOpenError):
        in_2026([], first=since).previous_open(START)
    with pytest.raises(Beyond) as refused:
        in_2026([], first=since + 1).previous_open(START)
    assert refused.value.args == (since,)
    always = [(-8_000_000, 8_000_000)]
    with pytest.raises(NeverClosedError):
        in_2026(always, last=until).next_close(START)
    with pytest.raises(Beyond) as refused:
        in_2026(always, last=until - 1).next_close(START)
    assert refused.value.args == (until - 1,)
    with pytest.raises(NeverClosedError):
        in_2026(always, first=since).previous_open(START)
    with pytest.raises(Beyond):
        in_2026(always, first=since + 1).previous_open(START)


def test_the_very_first_microsecond_known_is_looked_at() -> None:
    """It lies just before what a first question compiles."""
    begin = START - YEAR - 1
    once = CompiledHours(Asked([(begin, begin + 1)], begin, START + YEAR, (START, START)).cover)
    assert once.previous_close(START) == begin + 1
    shut = CompiledHours(Asked([(begin + 1, START + YEAR)], begin, START + YEAR, (START, START)).cover)
    assert shut.previous_open(START) == begin + 1


@pytest.mark.usefixtures("elsewhere")
def test_errors_show_instants_in_utc_in_any_local_zone() -> None:
    with pytest.raises(NeverOpenError) as never_open:
        in_2026([]).next_open(START)
    assert told(never_open).count("+00:00`") == 2
    with pytest.raises(NeverClosedError) as never_closed:
        in_2026([(0, 8_000_000)]).next_close(START)
    assert told(never_closed).count("+00:00`") == 2
    with pytest.raises(InstantRangeError, match=r"^`2200-01-01T00:00:00\+00:00` is outside the years 1900 to 2199"):
        outside_range(LAST)


# Verdicts


def test_verdicts_follow_one_another_without_gap_and_alike_ones_are_one() -> None:
    """Marks that end and begin where openings do, before, within and after them (CAL-12)."""
    marks = [
        Mark(0, 10, "exception", "stock-taking"),
        Mark(10, 20, "exception", "stock-taking"),
        Mark(30, 40, "break", "drill"),
        Mark(40, 50, "break", "drill"),
        Mark(50, 60, "break", "lunch"),
        Mark(70, 80, "closure", "lunch"),
        Mark(80, 85, "holiday", "lunch"),
    ]
    spans = [(5, 15), (20, 30), (85, 90), (92, 95)]
    cover = Cover(lambda a, b: [s for s in spans if s[1] > a and s[0] < b], lambda a, b: marks, Asked([]).refuse)
    found = list(CompiledHours(cover).verdicts(0, 100))
    assert found == [
        Verdict(0, 5, "exception", "stock-taking"),
        Verdict(5, 15, "counted", "stock-taking"),
        Verdict(15, 20, "exception", "stock-taking"),
        Verdict(20, 30, "counted", ""),
        Verdict(30, 50, "break", "drill"),
        Verdict(50, 60, "break", "lunch"),
        Verdict(60, 70, "closed", ""),
        Verdict(70, 80, "closure", "lunch"),
        Verdict(80, 85, "holiday", "lunch"),
        Verdict(85, 90, "counted", ""),
        Verdict(90, 92, "closed", ""),
        Verdict(92, 95, "counted", ""),
        Verdict(95, 100, "closed", ""),
    ]
    assert list(CompiledHours(cover).verdicts(5, 5)) == []
    assert list(CompiledHours(cover).verdicts(6, 5)) == []


def test_a_day_is_compiled_around_either_end() -> None:
    """`stretch` gives the openings that lie around a column's instants, with the open time before each."""
    hours = CompiledHours(Asked([(-3, 4), (6, 8), (DAY, DAY + 2)], -10, 2 * DAY).cover)
    assert hours.stretch(0, 7) == ([-3, 6, DAY], [0, 7, 9, 11])
