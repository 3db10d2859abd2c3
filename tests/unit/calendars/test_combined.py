"""Set algebra over calendars of any zone (CAL-9)."""

import pickle
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from supportcore import BusinessCalendar, HolidayCalendar, InstantRangeError, UnknownYearError, always_open
from supportcore.calendars import CombinedCalendar

berlin = BusinessCalendar(
    tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"}, holidays=HolidayCalendar({date(2026, 1, 6): "Epiphany"})
)
new_york = BusinessCalendar(tz="America/New_York", hours={"mon-fri": "09:00-17:00"})
maintenance = BusinessCalendar(
    tz="UTC", hours={}, exceptions={"2026-01-07": {"hours": "09:00-10:00", "note": "new release"}}
)

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
