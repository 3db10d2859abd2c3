"""The slow twin of duties: turns by counting hand-overs, rosters by asking each layer from the top, at one instant."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from supportcore.calendars import BusinessCalendar
from supportcore.escalation import Change, Layer, Roster, Rotation
from tests.oracles.calendars import minutes_of
from tests.oracles.tickets import micros

STEPS = {"hourly": relativedelta(hours=1), "daily": relativedelta(days=1), "weekly": relativedelta(weeks=1)}


def turn_by_counting(
    start: datetime, step: relativedelta | timedelta, zone_of: Any, instant: datetime, first: int, last: int
) -> int:
    """The number of the turn at an instant: the highest of `first` to `last` that has begun.

    A turn has begun once any grid time from it on has come (ESC-8), each read with the offset before a gap and as the
    first of two in a fold.
    """
    begun = [
        number
        for number in range(first, last + 1)
        if (start + step * number).replace(tzinfo=zone_of, fold=0).timestamp() <= instant.timestamp()
    ]
    return max(begun)


@cache
def turn_of(rotation: Rotation, instant: datetime) -> int:
    """The number of the turn that a rotation has at an instant, of the first hundred."""
    assert isinstance(rotation.every, str) and rotation.days is None, "the rotations of the drawn duties are plain"
    return turn_by_counting(rotation.start, STEPS[rotation.every], ZoneInfo(rotation.tz), instant, 0, 100)


def is_open(calendar: Any, instant: datetime) -> bool:
    """Whether a calendar is open, by its minutes of that day."""
    assert isinstance(calendar, BusinessCalendar), "the calendars of the drawn duties are plain ones"
    return minutes_of(calendar, instant.date(), 1).is_open(micros(instant))


def in_turn_of(layer: Layer, instant: datetime) -> list[str]:
    """Everybody of a layer, the one whose turn it is first."""
    if not isinstance(layer.who, Rotation):
        return list(layer.who)
    turn = turn_of(layer.who, instant) + layer.who.turns_ahead
    people = layer.who.people
    return [people[(turn + more) % len(people)] for more in range(len(people))]


def due_in(layer: Layer, instant: datetime) -> list[str]:
    """Who is due in a layer by plan; nobody outside its hours and its time in force."""
    if layer.start is not None and micros(instant) < micros(layer.start):
        return []
    if layer.end is not None and micros(instant) >= micros(layer.end):
        return []
    if layer.hours is not None and is_open(layer.hours, instant) == layer.outside:
        return []
    people = in_turn_of(layer, instant)
    return people[:1] if isinstance(layer.who, Rotation) else people


def after_changes(people: Sequence[str], changes: Sequence[Change]) -> list[str]:
    """Who of these people serves, or who serves for them, under the changes of an instant."""
    serving = list(people)
    for change in changes:
        if change.kind == "swap":
            serving = [one for name in serving for one in (change.people if name == change.person else (name,))]
    absent = [change.person for change in changes if change.kind == "absent"]
    return once(name for name in serving if name not in absent)


def once(names: Any) -> list[str]:
    """Each name where it is first."""
    found: list[str] = []
    for name in names:
        if name not in found:
            found.append(name)
    return found


def by_layers(roster: Roster, instant: datetime, changes: Sequence[Change]) -> list[str]:
    """The first layer with anybody there, and those that serve together with it."""
    for layer in roster.layers:
        if after_changes(due_in(layer, instant), changes):
            beside = [
                one for one in roster.layers if one is layer or (layer.together and one.together == layer.together)
            ]
            return once(name for one in beside for name in after_changes(due_in(one, instant), changes))
    return []


def changes_at(roster: Roster, instant: datetime) -> list[Change]:
    """The changes that hold at an instant."""
    return [one for one in roster.changes if micros(one.start) <= micros(instant) < micros(one.end)]


def on_call(roster: Roster, instant: datetime) -> tuple[str, ...]:
    """Who has the duty at an instant."""
    changes = changes_at(roster, instant)
    people = by_layers(roster, instant, changes)
    for change in changes:
        if change.kind == "instead":
            people = list(change.people)
    return tuple(once([*people, *(change.person for change in changes if change.kind == "extra")]))


def why_nobody(roster: Roster, instant: datetime) -> str:
    """How it is called that nobody has the duty: `empty` where somebody would have it by plan, otherwise a `gap`."""
    assert not on_call(roster, instant)
    return "empty" if by_layers(roster, instant, []) else "gap"


def in_turn(roster: Roster, instant: datetime) -> tuple[str, ...]:
    """Who to try: those who have the duty, then the others of the layer that serves, as their turns follow."""
    changes = changes_at(roster, instant)
    others: list[str] = []
    if not any(change.kind == "instead" for change in changes):
        for layer in roster.layers:
            if after_changes(due_in(layer, instant), changes):
                others = after_changes(in_turn_of(layer, instant), changes)
                break
    return tuple(once([*on_call(roster, instant), *others]))
