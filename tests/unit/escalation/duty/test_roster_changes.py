"""Changes to a roster, and layers that are in force for a time or answer together."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from supportcore.errors import DefinitionError
from supportcore.escalation import Change, Layer, OnDuty, Roster, Rotation

PAIR = Rotation(["ann", "bob", "cem"], every="daily", start=datetime(2026, 1, 5, 8), tz="UTC")


def at(day: int, hour: int = 8) -> datetime:
    return datetime(2026, 1, day, hour, tzinfo=UTC)


def schedule(roster: Roster, last: int = 7) -> list[tuple[str, tuple[str, ...], str]]:
    """Each stretch from 5 January, 8 o'clock, by its start."""
    return [(f"{one.start:%d/%H}", one.on_duty.people, one.on_duty.state) for one in roster.shifts(at(5), at(last))]


def duty(*changes: Change, layers: Sequence[Layer] = (Layer(PAIR),)) -> Roster:
    return Roster("night", layers, changes)


def test_an_absence_leaves_the_duty_empty_without_another_layer() -> None:
    assert schedule(duty(Change.absent("ann", at(5, 12), at(5, 20)))) == [
        ("05/08", ("ann",), "served"),
        ("05/12", (), "empty"),
        ("05/20", ("ann",), "served"),
        ("06/08", ("bob",), "served"),
    ]


def test_an_absence_passes_the_duty_to_the_next_layer_and_moves_no_turn() -> None:
    layers = [Layer(PAIR), Layer(PAIR.ahead(1))]
    found = schedule(duty(Change.absent("ann", at(5), at(6)), layers=layers), last=8)
    assert found == [("05/08", ("bob",), "served"), ("07/08", ("cem",), "served")]


def test_a_swap_replaces_a_person() -> None:
    found = schedule(duty(Change.swap("bob", "ann", at(5), at(9))), last=8)
    assert found == [("05/08", ("ann",), "served"), ("07/08", ("cem",), "served")]


def test_extra_people_serve_in_addition_even_if_nobody_is_due() -> None:
    assert schedule(duty(Change.extra("dora", at(5, 20), at(6)))) == [
        ("05/08", ("ann",), "served"),
        ("05/20", ("ann", "dora"), "served"),
        ("06/08", ("bob",), "served"),
    ]
    layers = [Layer("ann", end=at(5))]
    assert duty(Change.extra("dora", at(5), at(6)), layers=layers).on_call(at(5)) == ("dora",)


def test_instead_replaces_the_whole_duty_possibly_by_nobody() -> None:
    changes = [Change.instead(["dora", "eva"], at(5, 10), at(5, 12)), Change.instead([], at(5, 12), at(5, 14))]
    assert schedule(duty(*changes)) == [
        ("05/08", ("ann",), "served"),
        ("05/10", ("dora", "eva"), "served"),
        ("05/12", (), "empty"),
        ("05/14", ("ann",), "served"),
        ("06/08", ("bob",), "served"),
    ]


def test_nobody_instead_of_nobody_is_a_gap() -> None:
    found = duty(Change.instead([], at(5), at(6)), layers=[Layer("ann", start=at(6))])
    assert schedule(found) == [("05/08", (), "gap"), ("06/08", ("ann",), "served")]


def test_the_people_of_a_roster_include_those_of_changes() -> None:
    assert duty(Change.swap("ann", "dora", at(5), at(6)), Change.extra("eva", at(5), at(6))).people == (
        "ann",
        "bob",
        "cem",
        "dora",
        "eva",
    )


def test_absent_people_are_not_next_in_turn() -> None:
    roster = duty(Change.absent("bob", at(5), at(6)))
    instant = Change.absent("bob", at(5), at(6)).first
    assert roster.in_turn(instant) == ("ann", "cem")
    assert duty(Change.instead("dora", at(5), at(6))).in_turn(instant) == ("dora",)


def test_a_layer_is_in_force_from_date_to_date() -> None:
    layers = [Layer("dora", start=at(5, 12), end=at(5, 16)), Layer("ann")]
    assert schedule(duty(layers=layers)) == [
        ("05/08", ("ann",), "served"),
        ("05/12", ("dora",), "served"),
        ("05/16", ("ann",), "served"),
    ]


def test_layers_marked_together_serve_together() -> None:
    layers = [Layer(PAIR, together="day"), Layer("dora"), Layer(["eva", "ann"], together="day")]
    assert duty(layers=layers).on_call(at(5)) == ("ann", "eva")
    absent = duty(Change.absent("ann", at(5), at(6)), layers=layers)
    assert absent.on_call(at(5)) == ("dora",)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            [Change.absent("ann", at(5), at(6)), Change.absent("ann", at(5), at(6))],
            "roster `night`: the change `ann` absent from `2026-01-05 08:00:00+00:00` to `2026-01-06 08:00:00+00:00` "
            "is given twice; give it once",
        ),
        (
            [Change.swap("ann", "bob", at(5), at(7)), Change.swap("ann", "cem", at(6), at(8))],
            "roster `night`: the change `bob` for `ann` from `2026-01-05 08:00:00+00:00` to "
            "`2026-01-07 08:00:00+00:00` contradicts `cem` for `ann` from `2026-01-06 08:00:00+00:00` to "
            "`2026-01-08 08:00:00+00:00`; remove one, or separate them in time",
        ),
    ],
)
def test_equal_and_contradictory_changes_are_errors(changes: list[Change], message: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        duty(*changes)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Change.absent("ann", at(5), at(7)), Change.extra("ann", at(6), at(8))),
        (Change.absent("bob", at(5), at(7)), Change.swap("ann", "bob", at(6), at(8))),
        (Change.instead([], at(5), at(7)), Change.instead(["dora"], at(6), at(8))),
        (Change.instead([], at(5), at(7)), Change.extra("dora", at(6), at(8))),
        (Change.instead(["ann"], at(5), at(7)), Change.absent("ann", at(6), at(8))),
    ],
)
def test_contradictory_changes_are_refused_in_any_order(one: Change, other: Change) -> None:
    for pair in ([one, other], [other, one]):
        with pytest.raises(DefinitionError, match="contradicts"):
            duty(*pair)


def test_adjacent_changes_do_not_contradict_each_other() -> None:
    changes = [Change.instead([], at(5), at(6)), Change.instead(["dora"], at(6), at(7))]
    assert duty(*changes).at(changes[1].first) == OnDuty(("dora",), "served")


def test_a_change_without_length_is_refused() -> None:
    with pytest.raises(DefinitionError) as caught:
        Change.absent("ann", at(6), at(5))
    assert str(caught.value) == (
        "a change from `2026-01-06 08:00:00+00:00` to `2026-01-05 08:00:00+00:00` has no length; "
        "give an end after the start"
    )


def test_changes_as_text() -> None:
    assert str(Change.extra("eva", at(5), at(6))).startswith("`eva` in addition from")
    assert str(Change.instead([], at(5), at(6))).startswith("nobody instead from")
