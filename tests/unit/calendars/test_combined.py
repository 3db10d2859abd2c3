"""Set algebra over calendars of any zone (CAL-9)."""

import pickle
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from supportcore import BusinessCalendar, HolidayCalendar, InstantRangeError, UnknownYearError, always_open
from supportcore.calendars import CombinedCalendar, HolidaySource
from supportcore.instants import DAY, HOUR, datetime_of, micros

berlin = BusinessCalendar(
    tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"}, holidays=HolidayCalendar({date(2026, 1, 6): "Epiphany"})
)
new_york = BusinessCalendar(tz="America/New_York", hours={"mon-fri": "09:00-17:00"})
maintenance = BusinessCalendar(
    tz="UTC", hours={}, exceptions={"2026-01-07": {"hours": "09:00-10:00", "note": "new release"}}
)

SOURCE = HolidaySource("DE", None, None, ("public",), "0")

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 3))


def spans(calendar: CombinedCalendar | BusinessCalendar, start: datetime, end: datetime) -> list[tuple[int, int]]:
    return [(opens.hour, closes.hour) for opens, closes in calendar.intervals(start, end)]


def test_union_intersection_and_difference_are_exact_over_zones() -> None:
    assert spans(berlin | new_york, MONDAY, TUESDAY) == [(8, 22)]
    assert spans(berlin & new_york, MONDAY, TUESDAY) == [(14, 16)]
    assert spans(berlin - new_york, MONDAY, TUESDAY) == [(8, 14)]
    assert spans(new_york - berlin, MONDAY, TUESDAY) == [(16, 22)]


def test_holidays_and_exceptions_take_part() -> None:
    assert spans(berlin | new_york, TUESDAY, WEDNESDAY) == [(14, 22)]
    assert spans(berlin & new_york, TUESDAY, WEDNESDAY) == []
    assert spans(berlin - maintenance, WEDNESDAY, THURSDAY) == [(8, 9), (10, 16)]


def test_combinations_combine_again() -> None:
    follow = (berlin | new_york) - maintenance
    assert spans(follow, WEDNESDAY, THURSDAY) == [(8, 9), (10, 22)]
    assert spans(follow & berlin, WEDNESDAY, THURSDAY) == [(8, 9), (10, 16)]
    assert spans(follow | always_open(), WEDNESDAY, THURSDAY) == [(0, 0)]


def test_what_is_open_outside_of_hours() -> None:
    outside = always_open("UTC") - berlin
    assert outside.between(MONDAY, TUESDAY) == timedelta(hours=16)
    assert outside.between(TUESDAY, WEDNESDAY) == timedelta(hours=24)


def test_each_verdict_has_its_cause() -> None:
    def told(calendar: CombinedCalendar, start: datetime, end: datetime) -> list[tuple[int, str, str]]:
        return [(s.start.hour, s.kind, s.because) for s in calendar.breakdown(start, end)]

    assert told(berlin - maintenance, WEDNESDAY, THURSDAY) == [
        (0, "closed", ""),
        (8, "counted", ""),
        (9, "excluded", "new release"),
        (10, "counted", ""),
        (16, "closed", ""),
    ]
    assert told(berlin | maintenance, TUESDAY, WEDNESDAY) == [(0, "holiday", "Epiphany"), (23, "closed", "")]
    assert told(berlin & new_york, TUESDAY, WEDNESDAY) == [(0, "holiday", "Epiphany"), (23, "closed", "")]


def test_a_combination_is_a_value() -> None:
    again = BusinessCalendar.of(berlin.definition) | new_york
    assert again == berlin | new_york
    assert hash(again) == hash(berlin | new_york)
    assert again != new_york | berlin
    assert pickle.loads(pickle.dumps(again)) == again


def test_only_parts_of_one_zone_have_civil_days() -> None:
    assert (berlin | new_york).zone is None
    assert (berlin | berlin).zone == ZoneInfo("Europe/Berlin")


def test_a_combination_knows_what_both_parts_know() -> None:
    known = BusinessCalendar(tz="UTC", hours={"mon": "09:00-17:00"}, holidays="DE")
    for combined in (known | new_york, new_york | known):
        with pytest.raises(UnknownYearError):
            combined.is_open(datetime(1980, 1, 1, tzinfo=UTC))
        with pytest.raises(InstantRangeError):
            combined.is_open(datetime(1880, 1, 1, tzinfo=UTC))


def test_what_is_known_of_a_combination_follows_from_its_parts() -> None:
    """Its dates are those of both, and it is known where both are; beyond, it may open as its parts may."""

    def part(first: int, last: int) -> BusinessCalendar:
        days = HolidayCalendar({}, years=(first - 3, last + 3))
        hours = {f"{year}-03-01": "09:00-10:00" for year in (first, 2016, last)}
        return BusinessCalendar(tz="UTC", hours={}, exceptions=hours, holidays=days)

    def day(year: int, month: int = 3, date: int = 1) -> int:
        return micros(datetime(year, month, date, tzinfo=UTC))

    def told(combined: CombinedCalendar) -> list[int]:
        cover = combined.compiled.cover
        years = [datetime_of(start, UTC).year for start, _ in cover.at_most(day(2005), day(2030))]
        return [cover.first, cover.last, cover.dated_from, cover.dated_until, *years]

    early, late = part(2010, 2020), part(2015, 2025)
    both = [day(2012, 1, 1), day(2024, 1, 1), day(2010), day(2025, 3, 2)]
    for one, other in ((early, late), (late, early)):
        assert told(one | other) == [*both, 2010, 2015, 2016, 2020, 2025]
        assert told(one & other) == [*both, 2016]
    assert told(early - late) == [*both, 2010, 2016, 2020]
    assert told(late - early) == [*both, 2015, 2016, 2025]


def test_what_a_combination_does_not_know_is_refused_by_the_part_that_does_not() -> None:
    """At either end: the first known microsecond is asked about, the one before it is not."""
    known = BusinessCalendar(tz="UTC", hours={}, holidays=HolidayCalendar({}, years=(2026, 2026)))
    first, last = (micros(datetime(year, 1, 1, tzinfo=UTC)) for year in (2026, 2027))
    for combined in (known | new_york, new_york | known):
        combined.compiled.is_open(first)
        combined.compiled.is_open(last - 1)
        for beyond, year in ((first - 1, 2025), (last, 2027)):
            with pytest.raises(UnknownYearError, match=f"^the holidays are unknown for `{year}`"):
                combined.compiled.is_open(beyond)
    other = BusinessCalendar(tz="UTC", hours={}, holidays=HolidayCalendar({}, years=(2025, 2026), source=SOURCE))
    with pytest.raises(UnknownYearError, match=r"^the holidays are unknown for `2025`"):
        (other | known).compiled.is_open(first - 1)
    with pytest.raises(UnknownYearError, match=r"^the holidays of `DE` are unknown for `2024`"):
        (other | known).compiled.is_open(first - 400 * DAY)
    with pytest.raises(UnknownYearError, match=r"^the holidays are unknown for `2025`"):
        (other | known).compiled.is_open(micros(datetime(2025, 1, 1, tzinfo=UTC)))
    with pytest.raises(UnknownYearError, match=r"^the holidays of `DE` are unknown for `2027`"):
        (other | new_york).compiled.is_open(last)


def test_what_is_taken_away_counts_only_where_it_is_known_for_ever() -> None:
    """What opens at most: holidays that nobody knows yet may leave open what is taken away on other days."""

    def day(years: tuple[int, int] | None) -> BusinessCalendar:
        return BusinessCalendar(tz="UTC", hours={"mon-sun": "09:00-17:00"}, holidays=HolidayCalendar({}, years=years))

    a, b = micros(MONDAY), micros(TUESDAY)
    without = [(a, a + 9 * HOUR), (a + 17 * HOUR, b)]
    for years in (None, (1900, 2199)):
        assert (always_open() - day(years)).compiled.cover.at_most(a, b) == without
    for years in ((1900, 2026), (2026, 2199)):
        assert (always_open() - day(years)).compiled.cover.at_most(a, b) == [(a, b)]
        assert (always_open() & day(years)).compiled.cover.at_most(a, b) == [(a + 9 * HOUR, a + 17 * HOUR)]
