"""The sections `people` and `on_call`: who can be called, and who is on duty."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from supportcore.concept.concept import Directory
from supportcore.concept.file.problems import Reading
from supportcore.concept.file.shapes import DutyShape, PersonShape, RotationShape
from supportcore.errors import DefinitionError, NotBuiltError, did_you_mean, listed
from supportcore.escalation import (
    Layer,
    Person,
    Roster,
    Rotation,
)
from supportcore.mappings import FrozenMapping

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


ROTATION = re.compile(r"(\w+),\s*hand-over\s+(?:(\w+)\s+)?(\d{1,2}:\d{2})")


def directory_read(
    people: dict[str, PersonShape], duties: dict[str, DutyShape], timezone: str, reading: Reading
) -> Directory:
    """The people with their channels and roles, and the duties `NAME.primary` and `NAME.backup`."""
    roles: dict[str, str] = {}
    for name, person in people.items():
        for role in person.roles:
            if role in roles:
                reading.add(
                    f"people.{name}.roles", f"`{role}` is filled by `{roles[role]}` already; one person fills a role"
                )
            roles[role] = name
    rosters: dict[str, Roster] = {}
    for name, duty in duties.items():
        with reading.part(f"on_call.{name}.people"):
            rotation = _rotation(duty.people, duty.timezone or timezone, people)
            rosters[f"{name}.primary"] = Roster(f"{name}.primary", [Layer(rotation)])
            if duty.people.backup:
                rosters[f"{name}.backup"] = Roster(f"{name}.backup", [Layer(_behind(duty.people, rotation))])
    return Directory(
        FrozenMapping({name: Person(name, person.channels) for name, person in people.items()}),
        FrozenMapping(roles),
        FrozenMapping(rosters),
    )


def _rotation(section: RotationShape, timezone: str, people: Iterable[str]) -> Rotation:
    for person in section.primary:
        if person not in people:
            raise DefinitionError(
                f"`{person}` is none of the people; accepted are {listed(people) or 'none'}"
                f"{did_you_mean(person, people)}"
            )
    found = ROTATION.fullmatch(section.rotation.strip())
    if not found:
        raise DefinitionError(f"`{section.rotation}` is no rotation; write it as `weekly, hand-over mon 09:00`")
    every, weekday, clock = found.groups()
    try:
        first = date.fromisoformat(section.from_)
    except ValueError:
        raise DefinitionError(f"`from`: `{section.from_}` is no day; write it as `2026-01-05`") from None
    if weekday:
        if weekday not in WEEKDAYS:
            raise DefinitionError(f"`{weekday}` is no day of the week; accepted are {listed(WEEKDAYS)}")
        if WEEKDAYS[first.weekday()] != weekday:
            raise DefinitionError(
                f"`from`: `{section.from_}` is `{WEEKDAYS[first.weekday()]}`, but the hand-over is on `{weekday}`; "
                "give the first day of duty"
            )
    try:
        hand_over = time.fromisoformat(clock.zfill(5))
    except ValueError:
        raise DefinitionError(f"`{clock}` is no time of day; write it as `09:00`") from None
    return Rotation(section.primary, every=every, start=datetime.combine(first, hand_over), tz=timezone)


def _behind(section: RotationShape, rotation: Rotation) -> Rotation:
    if section.backup != "the next":
        raise NotBuiltError(f"`backup`: `{section.backup}` is not built yet; accepted is `the next`")
    if len(set(section.primary)) < 2:
        raise DefinitionError("`backup`: the next in turn after one person is the same person; give at least two")
    return rotation.ahead(1)
