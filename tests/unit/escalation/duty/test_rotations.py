"""Rotations and rosters at the instants where they are easily wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from supportcore.calendars import BusinessCalendar, always_open
from supportcore.errors import DefinitionError, InstantRangeError, NaiveDatetimeError, NotBuiltError, ZoneError
from supportcore.escalation import Layer, OnDuty, Roster, Rotation

ANCHOR = datetime(2026, 1, 5, 8)
BERLIN = Rotation(["ann", "bob", "cem"], every="weekly", start=ANCHOR, tz="Europe/Berlin")


def utc(month: int, day: int, hour: int = 0, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_turn_0_begins_at_the_anchor_and_counting_runs_both_ways() -> None:
    assert [BERLIN.on_call(utc(1, 5, 6, 59)), BERLIN.on_call(utc(1, 5, 7))] == ["cem", "ann"]
    assert BERLIN.on_call(utc(12, 22, 7, 0, 2025)) == "bob"


def test_the_hand_over_stays_at_its_wall_time_through_daylight_saving() -> None:
    shifts = list(BERLIN.shifts(utc(3, 23, 7), utc(4, 6, 6)))
    assert [(f"{one.start:%d %H:%M %z}", f"{one.end:%d %H:%M %z}", one.person) for one in shifts] == [
        ("23 08:00 +0100", "30 08:00 +0200", "cem"),
        ("30 08:00 +0200", "06 08:00 +0200", "ann"),
    ]
    assert shifts[0].end - shifts[0].start == timedelta(days=7)
    assert shifts[0].end.astimezone(UTC) - shifts[0].start.astimezone(UTC) == timedelta(days=7, hours=-1)


def test_a_shift_left_without_time_vanishes_and_its_turn_passes() -> None:
    """Hours from 02:30 in Berlin: on 29 March 2026 the time 02:30 does not exist and is read as 03:30."""
    hourly = Rotation(["ann", "bob", "cem"], every="hourly", start=datetime(2026, 3, 29, 0, 30), tz="Europe/Berlin")
    shifts = list(hourly.shifts(utc(3, 29, 0, 30), utc(3, 29, 3, 30)))
    assert [(one.turn, one.person, f"{one.start:%H:%M}") for one in shifts] == [
        (1, "bob", "01:30"),
        (3, "ann", "03:30"),
        (4, "bob", "04:30"),
    ]


def test_a_hand_over_at_a_wall_time_that_exists_twice_is_at_the_first() -> None:
    daily = Rotation(["ann", "bob"], every="daily", start=datetime(2026, 10, 24, 2, 30), tz="Europe/Berlin")
    assert [daily.on_call(utc(10, 25, 0, 29)), daily.on_call(utc(10, 25, 0, 30))] == ["ann", "bob"]
    assert daily.on_call(utc(10, 25, 1, 30)) == "bob"


def test_months_are_clipped_to_their_end_and_counted_from_the_anchor() -> None:
    monthly = Rotation(["ann", "bob"], every="monthly", start=datetime(2026, 1, 31, 9), tz="UTC")
    starts = [f"{one.start:%d.%m.}" for one in monthly.shifts(utc(1, 31, 9), utc(6, 1))]
    assert starts == ["31.01.", "28.02.", "31.03.", "30.04.", "31.05."]
    assert monthly.on_call(utc(12, 31, 8, 59, 2025)) == "ann"


def test_a_custom_length_of_turns() -> None:
    halves = Rotation(["ann", "bob"], every=timedelta(hours=12), start=ANCHOR, tz="Europe/Berlin")
    assert [one.person for one in halves.shifts(utc(1, 5, 7), utc(1, 6, 7))] == ["ann", "bob"]


def test_ahead_names_the_next_person() -> None:
    assert (BERLIN.on_call(utc(1, 6)), BERLIN.ahead(1).on_call(utc(1, 6)), BERLIN.ahead(3)) == (
        "ann",
        "bob",
        BERLIN.ahead(1).ahead(2),
    )


def test_unserved_days_are_not_counted_so_that_everybody_serves() -> None:
    """From Thursday 1 January 2026: Friday is the first day served, ann's; then Monday, Friday, …"""
    rotation = Rotation(["ann", "bob", "cem"], every="daily", start=datetime(2026, 1, 1), tz="UTC", days=["mon", "fri"])
    found = [(one.start.day, one.person) for one in rotation.shifts(utc(1, 1), utc(1, 13)) if one.person]
    assert found == [(2, "ann"), (5, "bob"), (9, "cem"), (12, "ann")]
    assert rotation.on_call(utc(12, 29, year=2025)) == "cem"
    assert rotation.on_call(utc(1, 3)) is None


def test_weekly_turns_are_empty_on_unserved_days() -> None:
    rotation = Rotation(["ann", "bob"], every="weekly", start=ANCHOR, tz="UTC", days=["sat", "sun"])
    found = [(one.start.day, one.start.hour, one.person) for one in rotation.shifts(utc(1, 9), utc(1, 13))]
    assert found == [(9, 0, None), (10, 0, "ann"), (11, 0, "ann"), (12, 0, None), (12, 8, None)]
    assert Roster("duty", [Layer(rotation)]).on_call(utc(1, 9)) == ()


def test_days_for_a_custom_length_are_not_built() -> None:
    with pytest.raises(NotBuiltError) as caught:
        Rotation(["ann"], every=timedelta(days=2), start=ANCHOR, tz="UTC", days=["mon"])
    assert str(caught.value) == (
        "days of the week for turns of a custom length are not built yet; expected with `days` one of `hourly`, "
        "`daily`, `weekly`, `monthly`, or name a person twice to serve two turns in a row"
    )


def test_shifts_are_clipped_to_the_span_and_empty_for_an_empty_span() -> None:
    (only,) = BERLIN.shifts(utc(1, 6), utc(1, 7))
    assert (only.start, only.end, only.turn) == (utc(1, 6), utc(1, 7), 0)
    assert list(BERLIN.shifts(utc(1, 7), utc(1, 6))) == []


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"people": []}, "a rotation has no people; give at least one name"),
        ({"people": ["ann", ""]}, "a rotation has a person without a name; give each person a name"),
        (
            {"every": "weekley"},
            "`weekley` is not the length of a turn; expected one of `hourly`, `daily`, `weekly`, `monthly`, or a "
            "length of time; did you mean `weekly`?",
        ),
        (
            {"every": timedelta(0)},
            "`0:00:00` is not the length of a turn; expected a length above zero",
        ),
        (
            {"days": ["mo"]},
            "`mo` is not a day of the week; expected one of `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`; "
            "did you mean `mon`?",
        ),
        (
            {"days": []},
            "a rotation without days of the week never serves; name at least one day, or leave `days` out",
        ),
        (
            {"start": ANCHOR.replace(tzinfo=UTC)},
            "the anchor `2026-01-05 08:00:00+00:00` of a rotation has a time zone; give the wall time alone, "
            "and the zone in `tz`",
        ),
    ],
)
def test_invalid_rotations_are_refused(given: dict[str, object], message: str) -> None:
    arguments: dict[str, object] = {"people": ["ann"], "every": "weekly", "start": ANCHOR, "tz": "UTC", **given}
    with pytest.raises(DefinitionError) as caught:
        Rotation(**arguments)
    assert str(caught.value) == message


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ZoneError, match=r"did you mean `Europe/Berlin`\?"):
        Rotation(["ann"], start=ANCHOR, tz="Europe/Berln")


def test_an_instant_needs_a_zone() -> None:
    with pytest.raises(NaiveDatetimeError):
        BERLIN.on_call(ANCHOR)


@pytest.mark.parametrize("every", ["daily", "monthly"])
def test_turns_beyond_the_calendar_are_refused(every: str) -> None:
    with pytest.raises(InstantRangeError) as caught:
        Rotation(["ann"], every=every, start=ANCHOR, tz="UTC").handover(10_000_000)
    assert str(caught.value) == (
        "turn `10000000` of the rotation from `2026-01-05 08:00:00` lies outside the years 1 to 9999; "
        "give a nearer turn"
    )


# Rosters


OFFICE = BusinessCalendar(tz="UTC", hours={"mon-fri": "08:00-17:00"})


def test_the_first_layer_with_anybody_serves() -> None:
    duty = Roster("duty", [Layer("dora", hours=OFFICE), Layer(BERLIN)])
    assert [duty.on_call(utc(1, 6, 9)), duty.on_call(utc(1, 6, 18))] == [("dora",), ("ann",)]
    assert duty.people == ("dora", "ann", "bob", "cem")


def test_outside_its_hours_a_roster_has_a_gap() -> None:
    night = Roster("night", [Layer(["ann", "bob"], hours=OFFICE, outside=True)])
    assert night.on_call(utc(1, 6, 9)) == ()
    shifts = list(night.shifts(utc(1, 6, 6), utc(1, 6, 20)))
    assert [(one.start.hour, one.end.hour, one.on_duty) for one in shifts] == [
        (6, 8, OnDuty(("ann", "bob"), "served")),
        (8, 17, OnDuty((), "gap")),
        (17, 20, OnDuty(("ann", "bob"), "served")),
    ]


def test_stretches_with_equal_people_are_merged() -> None:
    duty = Roster("duty", [Layer("ann", hours=OFFICE), Layer("ann")])
    assert len(list(duty.shifts(utc(1, 6), utc(1, 13)))) == 1
    assert list(duty.shifts(utc(1, 13), utc(1, 6))) == []


def test_a_roster_needs_a_layer() -> None:
    with pytest.raises(DefinitionError, match="roster `night` has no layer"):
        Roster("night", [])


def test_a_duty_that_is_never_handed_over_has_no_next_change() -> None:
    assert Roster("duty", [Layer("ann", hours=always_open("UTC"))]).next_change(0) is None
    assert Roster("duty", [Layer(BERLIN), Layer("ann")]).next_change(BERLIN.handover(3)) == BERLIN.handover(4)


def test_a_gap_does_not_count_as_next_in_turn() -> None:
    duty = Roster("duty", [Layer(BERLIN, hours=OFFICE)])
    assert duty.in_turn(BERLIN.handover(0)) == ()
    assert Roster("duty", [Layer(BERLIN)]).in_turn(BERLIN.handover(1)) == ("bob", "cem", "ann")


def test_the_repr_of_a_rotation_is_one_short_line() -> None:
    assert repr(BERLIN) == "Rotation(ann, bob, cem: weekly from 2026-01-05 08:00 Europe/Berlin)"
    seven = Rotation(list("abcdefg"), every=timedelta(hours=12), start=ANCHOR, tz="UTC")
    assert repr(seven.ahead(2)) == (
        "Rotation(a, b, c, d, e and 2 more: every 12:00:00 from 2026-01-05 08:00 UTC, 2 ahead)"
    )
    weekdays = Rotation("ann", every="daily", start=ANCHOR, tz="UTC", days=["tue", "mon"])
    assert repr(weekdays) == "Rotation(ann: daily on mon, tue from 2026-01-05 08:00 UTC)"


def test_the_repr_of_a_roster_is_one_short_line() -> None:
    assert repr(Roster("night", [Layer(BERLIN), Layer("dora")])) == (
        "Roster(night: ann, bob, cem, dora; 2 layers, 0 changes)"
    )
    assert (
        repr(Roster("desk", [Layer(list("abcdefg"))])) == "Roster(desk: a, b, c, d, e and 2 more; 1 layer, 0 changes)"
    )
