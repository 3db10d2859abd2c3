"""Calendars as plain trees, as sentences for people and as iCalendar events."""

import builtins
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st
from icalendar import Calendar as Events

from supportcore import (
    BusinessCalendar,
    DayHours,
    DefinitionError,
    HolidayCalendar,
    MissingExtraError,
    always_open,
    public_holidays,
)
from supportcore.calendars import as_ical, as_plain, calendar_of

PLAIN: dict[str, object] = {
    "tz": "Europe/Berlin",
    "hours": {"mon-thu": "08:00-12:00, 13:00-17:00", "fri": "08:00-14:00"},
    "holidays": {"country": "DE", "subdiv": "NW", "add": {"2026-02-16": "Rosenmontag"}, "strike": ["2026-06-04"]},
    "exceptions": {
        "2026-05-15": "closed",
        "2026-12-24": {"hours": "08:00-12:00", "note": "Heiligabend"},
        "every 12-31": "closed",
    },
    "breaks": {"2026-06-03": "10:00-11:30"},
    "closures": {"2026-08-03 to 2026-08-14": "Betriebsferien", "2026-08-21": ""},
    "seasons": {"2026-07-01": {"mon-fri": "07:00-15:00"}},
    "holiday_scope": "shift",
}

full = calendar_of(PLAIN)


def test_a_calendar_writes_and_reads_to_itself() -> None:
    assert as_plain(full) == PLAIN
    assert calendar_of(as_plain(full)) == full
    assert BusinessCalendar(**as_plain(full)) == full  # type: ignore[arg-type]


def test_a_frozen_calendar_names_every_holiday() -> None:
    frozen = as_plain(full, frozen=True)
    holidays = frozen["holidays"]
    assert isinstance(holidays, dict)
    assert holidays["dates"]["2026-02-16"] == "Rosenmontag"
    assert "2026-06-04" not in holidays["dates"]
    assert calendar_of(frozen) == full


def test_an_empty_calendar_shows_its_hours() -> None:
    assert as_plain(BusinessCalendar(tz="UTC", hours={})) == {"tz": "UTC", "hours": {}}


def test_unknown_and_missing_parts_are_reported_together() -> None:
    with pytest.raises(DefinitionError) as error:
        calendar_of({"hours": {}, "hollidays": "DE"})
    assert str(error.value) == (
        "2 problems in the calendar\n"
        "  hollidays: `hollidays` is not a part of a calendar; expected `tz`, `hours`, `holidays`, `exceptions`, "
        "`breaks`, `closures`, `seasons`, `holiday_scope`; did you mean `holidays`?\n"
        "  tz: is missing; give the calendar a zone and weekly hours"
    )


# For people


def test_the_summary_in_german() -> None:
    assert full.summary("de").splitlines() == [
        "Mo–Do 08:00–12:00, 13:00–17:00; Fr 08:00–14:00 (Europe/Berlin)",
        "ab 01.07.2026: Mo–Fr 07:00–15:00",
        "Feiertage: DE-NW (1991 bis 2100); auch 16.02.2026 Rosenmontag; nicht 04.06.2026 Fronleichnam",
        "geschlossen: 03.08.2026 bis 14.08.2026 (Betriebsferien); 21.08.2026",
        "Ausnahmen: jedes Jahr am 31.12. geschlossen; 15.05.2026 geschlossen; 24.12.2026 08:00–12:00 (Heiligabend)",
        "Unterbrechungen: 03.06.2026 10:00–11:30",
        "An geschlossenen Tagen entfallen die Schichten, die dann beginnen, ganz.",
    ]


def test_the_summary_in_english() -> None:
    assert full.summary("en").splitlines() == [
        "Mon–Thu 08:00–12:00, 13:00–17:00; Fri 08:00–14:00 (Europe/Berlin)",
        "from 1 Jul 2026: Mon–Fri 07:00–15:00",
        "holidays: DE-NW (1991 to 2100); also 16 Feb 2026 Rosenmontag; not 4 Jun 2026 Fronleichnam",
        "closed: 3 Aug 2026 to 14 Aug 2026 (Betriebsferien); 21 Aug 2026",
        "exceptions: every year on 31 Dec closed; 15 May 2026 closed; 24 Dec 2026 08:00–12:00 (Heiligabend)",
        "breaks: 3 Jun 2026 10:00–11:30",
        "On closed days, the shifts that start then are dropped whole.",
    ]


def test_the_summary_of_plain_and_extreme_calendars() -> None:
    own = HolidayCalendar({datetime(2026, 1, day).date(): f"day {day}" for day in range(1, 15)})
    plain = BusinessCalendar(tz="UTC", hours={"sat": "22:00-06:00"}, holidays=own)
    assert always_open().summary() == "around the clock, every day (UTC)"
    assert BusinessCalendar(tz="UTC", hours={}).summary("de") == "keine Servicezeit (UTC)"
    assert BusinessCalendar(tz="UTC", hours={}, holidays="DE-NW").summary().splitlines()[1] == (
        "holidays: DE-NW (1991 to 2100)"
    )
    assert plain.summary().splitlines()[1].endswith("11 Jan 2026 day 11, 12 Jan 2026 day 12 and 2 more")


def test_the_summary_of_a_combination_names_its_parts() -> None:
    day, always = BusinessCalendar(tz="UTC", hours={"mon": "09:00-17:00"}), always_open()
    assert (always - day).summary() == "around the clock, every day (UTC); without: Mon 09:00–17:00 (UTC)"
    assert (day | always).summary("de").startswith("Mo 09:00–17:00 (UTC); und außerdem: rund um die Uhr")
    assert (day & always).summary().startswith("Mon 09:00–17:00 (UTC); of these only: around")


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(DefinitionError, match=r"^`fr` is not a language; expected one of `de`, `en`"):
        full.summary("fr")


# As iCalendar


def test_openings_and_closures_are_events_in_utc() -> None:
    calendar = BusinessCalendar(
        tz="Europe/Berlin",
        hours={"mon": "09:00-17:00"},
        exceptions={"2026-01-12": DayHours("", note="stock-taking")},
        closures={"2026-01-13": ""},
    )
    a, b = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 14, tzinfo=UTC)
    written = as_ical(calendar, a, b, name="office", stamp=a)
    assert written == as_ical(calendar, a, b, name="office", stamp=a)
    events = Events.from_ical(written)
    told = [
        (event["summary"], event.decoded("dtstart").isoformat(), event.decoded("dtend").isoformat(), event["transp"])
        for event in events.walk("VEVENT")
    ]
    assert told == [
        ("office: open", "2026-01-05T08:00:00+00:00", "2026-01-05T16:00:00+00:00", "TRANSPARENT"),
        ("office: closed (stock-taking)", "2026-01-11T23:00:00+00:00", "2026-01-12T23:00:00+00:00", "OPAQUE"),
        ("office: closed", "2026-01-12T23:00:00+00:00", "2026-01-13T23:00:00+00:00", "OPAQUE"),
    ]
    assert len({event["uid"] for event in events.walk("VEVENT")}) == 3


def test_a_missing_package_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = builtins.__import__

    def without_icalendar(name: str, *rest: object) -> object:
        if name == "icalendar":
            raise ImportError(name)
        return found(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without_icalendar)
    a = datetime(2026, 1, 5, tzinfo=UTC)
    with pytest.raises(MissingExtraError) as error:
        as_ical(full, a, a, name="office", stamp=a)
    assert str(error.value) == (
        "iCalendar files need the package `icalendar`; install it with `pip install 'supportcore[ical]'`"
    )


def test_an_event_has_a_summary_its_times_and_a_stable_uid() -> None:
    """Every line of an export, in whatever order the package writes those of an event; times are UTC."""
    calendar = BusinessCalendar(
        tz="Europe/Berlin",
        hours={"mon": "09:00-17:00"},
        exceptions={"2026-01-06": DayHours("", note="Inventur, Prüfung")},
        breaks={"2026-01-05": "16:00-17:00"},
    )
    a, b = datetime(2026, 1, 5, 12, tzinfo=UTC), datetime(2026, 1, 6, 12, tzinfo=UTC)
    stamp = datetime(2026, 2, 1, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    written = as_ical(calendar, a, b, name="office", stamp=stamp).decode()
    head, *events = written.removesuffix("END:VCALENDAR\r\n").split("BEGIN:VEVENT\r\n")
    assert sorted(head.splitlines()) == [
        "BEGIN:VCALENDAR",
        "PRODID:-//supportcore//opening hours//EN",
        "VERSION:2.0",
        "X-WR-CALNAME:office",
    ]
    assert [sorted(event.splitlines()) for event in events] == [
        [
            "DTEND:20260105T150000Z",
            "DTSTAMP:20260201T110000Z",
            "DTSTART:20260105T120000Z",
            "END:VEVENT",
            "SUMMARY:office: open",
            "TRANSP:TRANSPARENT",
            "UID:2026-01-05T12:00:00+00:00-counted-office@supportcore",
        ],
        [
            "DTEND:20260105T160000Z",
            "DTSTAMP:20260201T110000Z",
            "DTSTART:20260105T150000Z",
            "END:VEVENT",
            "SUMMARY:office: closed",
            "TRANSP:OPAQUE",
            "UID:2026-01-05T15:00:00+00:00-break-office@supportcore",
        ],
        [
            "DTEND:20260106T120000Z",
            "DTSTAMP:20260201T110000Z",
            "DTSTART:20260105T230000Z",
            "END:VEVENT",
            "SUMMARY:office: closed (Inventur\\, Prüfung)",
            "TRANSP:OPAQUE",
            "UID:2026-01-05T23:00:00+00:00-exception-office@supportcore",
        ],
    ]


def test_a_holiday_is_an_event_and_ordinary_closed_hours_are_none() -> None:
    calendar = BusinessCalendar(tz="UTC", hours={}, holidays=HolidayCalendar({date(2026, 1, 6): "Epiphany"}))
    a = datetime(2026, 1, 5, tzinfo=UTC)
    events = Events.from_ical(as_ical(calendar, a, a + timedelta(days=4), name="x", stamp=a)).walk("VEVENT")
    assert [event["summary"] for event in events] == ["x: closed (Epiphany)"]


def test_twelve_dates_are_named_and_more_are_counted() -> None:
    def holidays(count: int) -> str:
        days = {date(2026, 1, day): f"day {day}" for day in range(1, count + 1)}
        calendar = BusinessCalendar(tz="UTC", hours={}, holidays=HolidayCalendar(days))
        return calendar.summary().splitlines()[1]

    twelve = "holidays: " + ", ".join(f"{day} Jan 2026 day {day}" for day in range(1, 13))
    assert holidays(12) == twelve
    assert holidays(13) == f"{twelve} and 1 more"


def test_the_summary_shows_only_differences_within_the_known_years() -> None:
    """Dates struck before and after the years that were asked for are not news."""
    few = public_holidays("DE", years=(2026, 2026))
    calendar = BusinessCalendar(tz="UTC", hours={}, holidays=few)
    assert calendar.summary() == "no opening hours (UTC)\nholidays: DE (2026 to 2026)"
    first, last = date(2026, 1, 1), date(2026, 12, 26)
    changed = few.without(first, last).with_dates({date(2026, 2, 16): "Rosenmontag"})
    assert BusinessCalendar(tz="UTC", hours={}, holidays=changed).summary().splitlines()[1] == (
        "holidays: DE (2026 to 2026); also 16 Feb 2026 Rosenmontag; "
        "not 1 Jan 2026 Neujahr, 26 Dec 2026 Zweiter Weihnachtstag"
    )
    own = HolidayCalendar({date(2026, 2, 16): "Rosenmontag"}, years=(2026, 2026))
    assert BusinessCalendar(tz="UTC", hours={}, holidays=own).summary().splitlines()[1] == (
        "holidays: 16 Feb 2026 Rosenmontag"
    )


def test_the_summary_of_yearly_and_of_dated_entries_alone() -> None:
    def told(**parts: object) -> list[str]:
        return BusinessCalendar(tz="UTC", hours={}, **parts).summary().splitlines()[1:]  # type: ignore[arg-type]

    assert told(exceptions={"every 02-29": "09:00-10:00"}) == ["exceptions: every year on 29 Feb 09:00–10:00"]
    assert told(exceptions={"2026-02-28": ""}) == ["exceptions: 28 Feb 2026 closed"]
    assert told(breaks={"2026-02-28": {"hours": "09:00-10:00", "note": "drill"}}) == [
        "breaks: 28 Feb 2026 09:00–10:00 (drill)"
    ]
    assert told(closures={"2026-02-28": "x"}, seasons={"2026-03-01": {}}) == [
        "from 1 Mar 2026: no opening hours",
        "closed: 28 Feb 2026 (x)",
    ]


@pytest.mark.usefixtures("elsewhere")
def test_an_export_is_in_utc_wherever_the_machine_stands() -> None:
    a = datetime(2026, 1, 5, tzinfo=UTC)
    office = BusinessCalendar(tz="UTC", hours={"mon": "09:00-17:00"})
    lines = as_ical(office, a, a + timedelta(days=1), name="office", stamp=a).decode().splitlines()
    assert sorted(line for line in lines if line.startswith(("DT", "UID"))) == [
        "DTEND:20260105T170000Z",
        "DTSTAMP:20260105T000000Z",
        "DTSTART:20260105T090000Z",
        "UID:2026-01-05T09:00:00+00:00-counted-office@supportcore",
    ]


def test_own_holidays_are_listed_in_the_given_language() -> None:
    days = {date(2026, 1, day): f"Tag {day}" for day in range(1, 15)}
    told = BusinessCalendar(tz="UTC", hours={}, holidays=HolidayCalendar(days)).summary("de").splitlines()[1]
    assert told.startswith("Feiertage: 01.01.2026 Tag 1, 02.01.2026 Tag 2, ")
    assert told.endswith("12.01.2026 Tag 12 und 2 weitere")


def test_public_holidays_are_compared_with_those_of_their_language_and_categories() -> None:
    english = public_holidays("DE", language="en_US", years=(2026, 2026)).without(date(2026, 1, 1))
    assert BusinessCalendar(tz="UTC", hours={}, holidays=english).summary().splitlines()[1] == (
        "holidays: DE (2026 to 2026); not 1 Jan 2026 New Year's Day"
    )
    catholic = public_holidays("DE", subdiv="BY", categories=("public", "catholic"), years=(2026, 2026))
    assert BusinessCalendar(tz="UTC", hours={}, holidays=catholic).summary().splitlines()[1] == (
        "holidays: DE-BY (2026 to 2026)"
    )


@pytest.mark.parametrize("name", ["a\nb", "a\rb", "\n", "", 5])
def test_a_name_that_is_not_a_text_on_one_line_is_refused(name: Any) -> None:
    a = datetime(2026, 1, 5, tzinfo=UTC)
    with pytest.raises(DefinitionError, match="is not a name for the calendar; expected a text on one line"):
        as_ical(always_open("UTC"), a, a + timedelta(days=1), name=name, stamp=a)


def test_half_of_a_surrogate_pair_is_refused_in_each_name() -> None:
    a = datetime(2026, 1, 5, tzinfo=UTC)
    closed = BusinessCalendar(tz="UTC", hours={}, holidays=HolidayCalendar({date(2026, 1, 6): "\ud800"}))
    for calendar, name in ((closed, "x"), (always_open("UTC"), "\ud800")):
        with pytest.raises(DefinitionError, match="a name has half of a surrogate pair, which no file keeps"):
            as_ical(calendar, a, a + timedelta(days=4), name=name, stamp=a)


@given(st.text(min_size=1) | st.sampled_from(["a\rb", "a\r\nb", "a\\nb", "a;b,c:d", '"', "\x85", "\u2028", "ä" * 90]))
def test_the_name_of_a_holiday_comes_back_from_an_export(name: str) -> None:
    a = datetime(2026, 1, 6, tzinfo=UTC)
    calendar = BusinessCalendar(tz="UTC", hours={}, holidays=HolidayCalendar({date(2026, 1, 6): name}))
    events = Events.from_ical(as_ical(calendar, a, a + timedelta(days=1), name="x", stamp=a)).walk("VEVENT")
    one_line_end = name.replace("\r\n", "\n").replace("\r", "\n")
    assert [event["summary"] for event in events] == [f"x: closed ({one_line_end})"]
