"""The holder of a ticket over time, and how often it is handed over."""

from datetime import UTC, datetime, timedelta

import pytest

from supportcore.reports import service_figures
from supportcore.tickets import Assigned, Event, HandedBack, Holder, Opened, hand_overs, holders_over_time

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
BACK = "back"


def history(*holders: tuple[str, str, str] | str) -> list[Event]:
    """An hour apart: assignments to (level, team, person), or the ticket handed back."""
    events: list[Event] = [Opened("T-1", START)]
    for hour, holder in enumerate(holders, 1):
        at = START + timedelta(hours=hour)
        if isinstance(holder, str):
            events.append(HandedBack("T-1", at))
        else:
            level, team, person = holder
            events.append(Assigned("T-1", at, level=level, team=team, person=person))
    return events


FIRST, SECOND = ("first", "", ""), ("second", "", "")
DESK, NET, UNNAMED = ("", "desk", ""), ("", "net", ""), ("", "", "")


@pytest.mark.parametrize(
    ("holders", "count"),
    [
        ((), 0),
        ((DESK,), 0),
        ((DESK, DESK), 0),
        ((DESK, NET, DESK), 2),
        ((UNNAMED, DESK), 0),
        ((DESK, UNNAMED, DESK), 0),
        ((DESK, UNNAMED, NET), 1),
        ((FIRST, DESK), 0),
        ((("first", "desk", ""), ("second", "net", "")), 1),
        ((("first", "desk", ""), ("second", "desk", "")), 1),
        ((("", "desk", "ann"), ("", "desk", "bob")), 0),
        ((("", "", "ann"), FIRST, DESK), 0),
        ((("", "", "ann"), FIRST, DESK, NET), 1),
        ((FIRST, SECOND, BACK), 2),
        ((FIRST, SECOND, BACK, SECOND), 3),
        ((DESK, BACK, DESK), 1),
        ((BACK,), 1),
    ],
)
def test_a_hand_over_is_a_change_of_level_or_team(holders: tuple[tuple[str, str, str] | str, ...], count: int) -> None:
    assert hand_overs(history(*holders)) == count


def test_figures_count_levels_as_well_as_teams() -> None:
    """One definition once counted 2 hand-overs here, another 0, as no team is named."""
    up_and_back = history(FIRST, SECOND, BACK)
    assert hand_overs(up_and_back) == service_figures([up_and_back]).hand_overs == 2


def test_two_assignments_at_one_instant_are_a_hand_over() -> None:
    both = [Assigned("T-1", START, level=level, id=level) for level in ("first", "second")]
    assert hand_overs(both) == 1


def test_handing_back_returns_the_ticket_to_the_level_and_team_before() -> None:
    holders = holders_over_time(history(("first", "desk", "ann"), ("second", "", "bob"), BACK, BACK))
    assert [piece.value for piece in holders.pieces] == [
        Holder(),
        Holder("first", "desk", "ann"),
        Holder("second", "desk", "bob"),
        Holder("first", "desk", "ann"),
        Holder(),
    ]
