"""Deadlines that count days (CAL-8)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from supportcore import BusinessCalendar, DefinitionError, NaiveDatetimeError, ZoneError
from supportcore.calendars import By, DayForm, EndOfWorkingDay, WorkingDays, deadline, has_hours, working_days

BERLIN = ZoneInfo("Europe/Berlin")

# Open until 14:00 on Fridays, closed on 6 January, a Tuesday.
office = BusinessCalendar(
    tz="Europe/Berlin",
    hours={"mon-thu": "09:00-17:00", "fri": "09:00-14:00"},
    exceptions={"2026-01-06": "closed", "2026-01-10": "22:00-02:00"},
)


def january(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 1, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("start", "form", "expected"),
    [
        # Thursday 8, Friday 9, Monday 12 (Saturday 10 and Sunday 11 have the hours of one night).
        (january(7, 16), WorkingDays(0), january(7, 16)),
        (january(7, 16), WorkingDays(1), january(8, 16)),
        (january(5, 16), WorkingDays(1), january(7, 16)),
        (january(6, 16), WorkingDays(1), january(7, 16)),
        (january(6, 16), WorkingDays(0), january(7, 9)),
        (january(8, 16), WorkingDays(1), january(10, 22)),
        (january(8, 16), WorkingDays(1, "keep"), january(9, 16)),
        (january(8, 14), WorkingDays(1), january(9, 14)),
        (january(8, 3), WorkingDays(1), january(9, 9)),
        (january(9, 16), WorkingDays(3), january(12, 16)),
        (january(12, 16), WorkingDays(-1, "keep"), january(11, 16)),
        (january(7, 10), WorkingDays(-1), january(5, 10)),
        (january(6, 10), WorkingDays(-2, "keep"), january(2, 10)),
        (january(7, 10), EndOfWorkingDay(0), january(7, 17)),
        (january(7, 17), EndOfWorkingDay(0), january(7, 17)),
        (january(7, 18), EndOfWorkingDay(0), january(8, 17)),
        (january(6, 10), EndOfWorkingDay(0), january(7, 17)),
        (january(7, 10), EndOfWorkingDay(2), january(9, 14)),
        (january(9, 10), EndOfWorkingDay(1), january(11, 0)),
        (january(9, 10), EndOfWorkingDay(2), january(11, 2)),
        (january(7, 10), By("16:00"), january(7, 16)),
        (january(7, 16, 30), By("16:00"), january(8, 16)),
        (january(7, 16, 30), By("16:00", 1), january(8, 16)),
        (january(8, 10), By("16:00", 1), january(10, 22)),
        (january(8, 10), By("16:00", 1, "keep"), january(9, 16)),
        (january(7, 10), By("17:00"), january(7, 17)),
        (january(6, 10), By("12:00"), january(7, 9)),
        (january(7, 10), By("24:00", when_closed="keep"), january(8, 0)),
    ],
)
def test_the_instant_that_a_form_falls_due(start: datetime, form: DayForm, expected: datetime) -> None:
    assert deadline(office, start, form) == expected


def test_the_wall_time_is_kept_over_a_clock_change() -> None:
    all_day = BusinessCalendar(tz="Europe/Berlin", hours={"mon-sun": "00:00-24:00"})
    start = datetime(2026, 3, 28, 2, 30, tzinfo=BERLIN)
    assert deadline(all_day, start, WorkingDays(1)) == datetime(2026, 3, 29, 3, 30, tzinfo=BERLIN)
    assert deadline(all_day, start, WorkingDays(2)) == datetime(2026, 3, 30, 2, 30, tzinfo=BERLIN)


def test_the_second_half_past_two_of_an_autumn_night_is_its_own_day_zero() -> None:
    all_day = BusinessCalendar(tz="Europe/Berlin", hours={"mon-sun": "00:00-24:00"})
    start = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BERLIN)
    same = deadline(all_day, start, WorkingDays(0))
    assert (same, same.fold) == (start, 1)


def test_dates_are_those_of_the_calendar_and_results_in_the_given_zone() -> None:
    start = datetime(2026, 1, 7, 23, 30, tzinfo=UTC)
    found = deadline(office, start, EndOfWorkingDay(0))
    assert found.isoformat() == "2026-01-08T16:00:00+00:00"


def test_a_calendar_over_several_zones_needs_the_zone_of_the_dates() -> None:
    tokyo = BusinessCalendar(tz="Asia/Tokyo", hours={"mon-fri": "09:00-17:00"})
    both = office | tokyo
    with pytest.raises(DefinitionError) as error:
        deadline(both, january(7, 10), EndOfWorkingDay(0))
    assert str(error.value) == (
        "this calendar combines several zones and has no dates of its own; give the zone of the dates, such as "
        "`tz='Europe/Berlin'`"
    )
    assert deadline(both, january(7, 10), EndOfWorkingDay(0), tz="Europe/Berlin") == january(7, 17)
    assert deadline(both, january(7, 10), EndOfWorkingDay(0), tz=ZoneInfo("Asia/Tokyo")) == january(7, 16)
    with pytest.raises(ZoneError, match=r"`Europe/Berln`"):
        deadline(both, january(7, 10), EndOfWorkingDay(0), tz="Europe/Berln")


def test_dates_with_hours() -> None:
    assert has_hours(office, date(2026, 1, 5))
    assert not has_hours(office, date(2026, 1, 6))
    assert has_hours(office, date(2026, 1, 11))
    found = working_days(office, date(2026, 1, 5), date(2026, 1, 12))
    assert [day.day for day in found] == [5, 7, 8, 9, 10, 11, 12]


def test_dates_with_hours_over_several_zones_are_those_of_the_given_zone() -> None:
    both = office | BusinessCalendar(tz="Asia/Tokyo", hours={"mon-fri": "06:00-07:00"})
    assert has_hours(both, date(2026, 1, 6), tz="Asia/Tokyo")
    assert has_hours(both, date(2026, 1, 4), tz="Europe/Berlin")
    assert not has_hours(both, date(2026, 1, 4), tz="Asia/Tokyo")
    first, last = date(2026, 1, 1), date(2026, 1, 6)
    assert [day.day for day in working_days(both, first, last, tz="Asia/Tokyo")] == [1, 2, 5, 6]
    assert [day.day for day in working_days(both, first, last, tz=BERLIN)] == [1, 2, 4, 5, 6]


def test_a_microsecond_is_enough_for_a_date_to_have_hours() -> None:
    first = BusinessCalendar(tz="Europe/Berlin", hours={"wed": "00:00-00:00:00.000001"})
    assert has_hours(first, date(2026, 1, 7))
    assert deadline(first, january(7, 0), EndOfWorkingDay(0)) == january(7, 0) + timedelta.resolution
    last = BusinessCalendar(tz="Europe/Berlin", hours={"mon-sun": "23:59:59.999999-24:00"})
    assert deadline(last, january(7, 10), WorkingDays(-1, "keep")) == january(6, 10)


def test_a_date_without_hours_has_no_end_at_its_first_instant() -> None:
    assert deadline(office, january(6, 0), EndOfWorkingDay(0)) == january(7, 17)


def test_a_microsecond_after_closing_is_closed() -> None:
    assert deadline(office, january(7, 10), By("17:00:00.000001")) == january(8, 9)
    assert (
        deadline(office, january(7, 10), By("17:00:00.000001", when_closed="keep"))
        == january(7, 17) + timedelta.resolution
    )


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", "UTC"])
def test_days_back_are_those_of_the_calendar(zone: str) -> None:
    all_day = BusinessCalendar(tz=zone, hours={"mon-sun": "00:00-24:00"})
    start = datetime(2026, 1, 7, 10, tzinfo=ZoneInfo(zone))
    assert deadline(all_day, start, WorkingDays(-1)) == start - timedelta(days=1)
    assert deadline(all_day, start, WorkingDays(-3)) == start - timedelta(days=3)


def test_a_start_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveDatetimeError):
        deadline(office, datetime(2026, 1, 5), WorkingDays(1))


@pytest.mark.parametrize(
    ("form", "parts", "message"),
    [
        (WorkingDays, (1.5,), "`1.5` is not a number of days; expected a whole number such as 2"),
        (WorkingDays, (True,), "`True` is not a number of days; expected a whole number such as 2"),
        (EndOfWorkingDay, (-1,), "`-1` days lie in the past; expected 0 for the same date, or more for a later date"),
        (By, ("16:00", -1), "`-1` days lie in the past; expected 0 for the same date, or more for a later date"),
        (By, ("16",), "`16` is not a time of day; expected `00:00` to `24:00`, as in `16:00`"),
        (
            WorkingDays,
            (1, "next"),
            "`when_closed` is `next`; expected `next_open`, `keep`; did you mean `next_open`?",
        ),
    ],
)
def test_a_form_that_cannot_be_is_refused(form: type, parts: tuple[object, ...], message: str) -> None:
    with pytest.raises(DefinitionError) as error:
        form(*parts)
    assert str(error.value) == message
