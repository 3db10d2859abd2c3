"""The sections `people` and `on_call`: who can be called, and who is on duty."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from supportcore.concept.concept import Directory
from supportcore.concept.shapes import DutyShape, PersonShape, RotationShape
from supportcore.errors import DefinitionError, NotBuiltError, Problems, did_you_mean, listed
from supportcore.escalation import Layer, Person, Roster, Rotation
from supportcore.mappings import FrozenMapping

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ROTATION = re.compile(r"(\w+),\s*hand-over\s+(?:(\w+)\s+)?(\d{1,2}:\d{2})")


def build_directory(
    people: dict[str, PersonShape], duties: dict[str, DutyShape], timezone: str, problems: Problems
) -> Directory:
    """Build the directory: people with their channels and roles, and the duties `NAME.primary` and `NAME.backup`."""
    roles: dict[str, str] = {}
    for name, person in people.items():
        for role in person.roles:
            if role in roles:
                problems.add(f"people.{name}.roles", f"`{role}` is already filled by `{roles[role]}`; assign it once")
            roles[role] = name
    rosters: dict[str, Roster] = {}
    for name, duty in duties.items():
        with problems.at(f"on_call.{name}.people"):
            rotation = _build_rotation(duty.people, duty.timezone or timezone, people)
            rosters[f"{name}.primary"] = Roster(f"{name}.primary", [Layer(rotation)])
            if duty.people.backup:
                rosters[f"{name}.backup"] = Roster(f"{name}.backup", [Layer(_backup(duty.people, rotation))])
    return Directory(
        FrozenMapping({name: Person(name, person.channels) for name, person in people.items()}),
        FrozenMapping(roles),
        FrozenMapping(rosters),
    )


def _build_rotation(section: RotationShape, timezone: str, people: Iterable[str]) -> Rotation:
    for person in section.primary:
        if person not in people:
            expected = f"expected one of {listed(people)}" if people else "add a section `people`"
            raise DefinitionError(f"`{person}` is not among the people; {expected}{did_you_mean(person, people)}")
    found = ROTATION.fullmatch(section.rotation.strip())
    if not found:
        raise DefinitionError(f"`{section.rotation}` is not a rotation; write it as `weekly, hand-over mon 09:00`")
    period, weekday, clock = found.groups()
    try:
        first = date.fromisoformat(section.from_)
    except ValueError:
        raise DefinitionError(f"`from`: `{section.from_}` is not a day; write it as `2026-01-05`") from None
    if weekday:
        if weekday not in WEEKDAYS:
            near = did_you_mean(weekday, WEEKDAYS)
            raise DefinitionError(f"`{weekday}` is not a day of the week; expected one of {listed(WEEKDAYS)}{near}")
        if WEEKDAYS[first.weekday()] != weekday:
            raise DefinitionError(
                f"`from`: `{section.from_}` is a `{WEEKDAYS[first.weekday()]}`, but the hand-over is on `{weekday}`; "
                "give the first day of duty"
            )
    try:
        hand_over = time.fromisoformat(clock.zfill(5))
    except ValueError:
        raise DefinitionError(f"`{clock}` is not a time of day; write it as `09:00`") from None
    return Rotation(section.primary, every=period, start=datetime.combine(first, hand_over), tz=timezone)


def _backup(section: RotationShape, rotation: Rotation) -> Rotation:
    if section.backup != "the next":
        raise NotBuiltError(f"`backup`: `{section.backup}` is not built yet; expected `the next`")
    if len(set(section.primary)) < 2:
        raise DefinitionError("`backup`: with one person in the rotation, nobody is next; give at least two")
    return rotation.ahead(1)
