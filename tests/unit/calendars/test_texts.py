"""Calendars as plain trees, as sentences for people and as iCalendar events."""

import builtins
from datetime import UTC, datetime

import pytest
from icalendar import Calendar as Events

from supportcore import BusinessCalendar, DayHours, DefinitionError, HolidayCalendar, MissingExtraError, always_open
from supportcore.calendars import as_ical, as_plain, calendar_of, summary

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


def test_an_empty_calendar_still_says_its_hours() -> None:
    assert as_plain(BusinessCalendar(tz="UTC", hours={})) == {"tz": "UTC", "hours": {}}


def test_parts_unknown_or_missing_are_told_at_once() -> None:
    with pytest.raises(DefinitionError) as error:
        calendar_of({"hours": {}, "hollidays": "DE"})
    assert str(error.value) == (
        "2 problems in the calendar\n"
        "  hollidays: `hollidays` is no part of a calendar; accepted are `tz`, `hours`, `holidays`, `exceptions`, "
        "`breaks`, `closures`, `seasons`, `holiday_scope`; did you mean `holidays`?\n"
        "  tz: is missing; a calendar has a zone and weekly hours"
    )


# For people


def test_the_summary_in_german() -> None:
    assert summary(full, "de").splitlines() == [
        "Mo–Do 08:00–12:00, 13:00–17:00; Fr 08:00–14:00 (Europe/Berlin)",
        "ab 01.07.2026: Mo–Fr 07:00–15:00",
        "Feiertage: DE-NW (1991 bis 2100); auch 16.02.2026 Rosenmontag; nicht 04.06.2026 Fronleichnam",
        "geschlossen: 03.08.2026 bis 14.08.2026 (Betriebsferien); 21.08.2026",
        "Ausnahmen: jedes Jahr am 31.12. geschlossen; 15.05.2026 geschlossen; 24.12.2026 08:00–12:00 (Heiligabend)",
        "unterbrochen: 03.06.2026 10:00–11:30",
        "An geschlossenen Tagen entfallen die Schichten, die dann beginnen, ganz.",
    ]


def test_the_summary_in_english() -> None:
    assert summary(full, "en").splitlines() == [
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
    assert summary(always_open()) == "around the clock, every day (UTC)"
    assert summary(BusinessCalendar(tz="UTC", hours={}), "de") == "keine Öffnungszeiten (UTC)"
    assert summary(BusinessCalendar(tz="UTC", hours={}, holidays="DE-NW")).splitlines()[1] == (
        "holidays: DE-NW (1991 to 2100)"
    )
    assert summary(plain).splitlines()[1].endswith("11 Jan 2026 day 11, 12 Jan 2026 day 12 and 2 more")


def test_the_summary_of_a_combination_names_its_parts() -> None:
    day, always = BusinessCalendar(tz="UTC", hours={"mon": "09:00-17:00"}), always_open()
    assert summary(always - day) == "around the clock, every day (UTC); without: Mon 09:00–17:00 (UTC)"
    assert summary(day | always, "de").startswith("Mo 09:00–17:00 (UTC); und außerdem: rund um die Uhr")
    assert summary(day & always).startswith("Mon 09:00–17:00 (UTC); of these only: around")


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(DefinitionError, match=r"^language `fr` is not spoken here; accepted are `de`, `en`"):
        summary(full, "fr")


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
        "an iCalendar needs the package `icalendar`; install it with `pip install 'supportcore[ical]'`"
    )
