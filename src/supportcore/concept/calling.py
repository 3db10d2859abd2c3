"""Who is called, and how: the people, duties and ladders of a concept file (ESC-1, ESC-5, ESC-8)."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from supportcore.concept.amounts import duration_read, percent_of_read
from supportcore.concept.concept import Directory
from supportcore.concept.hours import Calendars, hours_named
from supportcore.concept.reading import Reading
from supportcore.concept.shapes import DutyShape, LadderShape, PersonShape, RotationShape, StepShape
from supportcore.domains import Scale
from supportcore.errors import DefinitionError, NotBuiltError, did_you_mean, listed
from supportcore.escalation import (
    After,
    Ladder,
    LadderPolicy,
    LadderRow,
    Layer,
    Percent,
    Person,
    Roster,
    Rotation,
    Step,
)
from supportcore.mappings import FrozenMapping

__all__ = ["directory_read", "ladders_read"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ROTATION = re.compile(r"(\w+),\s*hand-over\s+(?:(\w+)\s+)?(\d{1,2}:\d{2})")
COMPARISON = re.compile(r"(>=|<=|>|<)\s*(.+)")


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


def ladders_read(
    sections: dict[str, LadderShape], calendars: Calendars, scale: Scale, metrics: Iterable[str], reading: Reading
) -> LadderPolicy | None:
    """The ladders in the order of the file: the first that fits priority and hours is in force."""
    rows: list[LadderRow] = []
    for name, section in sections.items():
        path = f"ladders.{name}"
        ladder = None
        with reading.part(path):
            steps = _steps(section.steps, metrics, path, reading)
            if len(steps) == len(section.steps):
                ladder = Ladder(name, steps, rounds=section.rounds, last_resort=section.last_resort or None)
        priorities, hours = None, None
        if section.for_.priority:
            with reading.part(f"{path}.for.priority"):
                priorities = _priorities(section.for_.priority, scale)
        if section.for_.hours:
            with reading.part(f"{path}.for.hours"):
                hours = hours_named(section.for_.hours, calendars)
        if ladder is not None and (hours is not None or not section.for_.hours):
            calendar, outside = (None, False) if hours is None else (hours.calendar, hours.outside)
            rows.append(LadderRow(ladder, priorities, hours=calendar, outside=outside))
    with reading.part("ladders"):
        return LadderPolicy(rows, scale.members) if rows else None
    return None


def _priorities(text: str, scale: Scale) -> tuple[str, ...]:
    compared = COMPARISON.fullmatch(text.strip())
    if compared is None:
        return tuple(scale.read(word.strip()) for word in text.split(","))
    sign, rank = compared[1], scale.rank(scale.read(compared[2].strip()))
    members = scale.members
    kept = {">=": members[rank:], ">": members[rank + 1 :], "<=": members[: rank + 1], "<": members[:rank]}
    if not kept[sign]:
        raise DefinitionError(f"`{text}` fits no priority of {listed(scale.members)}")
    return kept[sign]


def _steps(sections: list[StepShape], metrics: Iterable[str], path: str, reading: Reading) -> list[Step]:
    steps = []
    for index, section in enumerate(sections):
        with reading.part(f"{path}.steps[{index}]"):
            steps.append(_step(section, metrics))
    return steps


def _step(section: StepShape, metrics: Iterable[str]) -> Step:
    if bool(section.page) == bool(section.inform):
        raise DefinitionError("a step has either `page` or `inform`, with whom")
    if bool(section.after) == bool(section.at):
        raise DefinitionError("a step has either `after`, a time since the round began, or `at`, a share of a clock")
    if section.unless not in ("", "acknowledged"):
        raise DefinitionError(f"`unless`: `{section.unless}` is not known; accepted is `acknowledged`")
    when: After | Percent
    if section.after:
        when = After(duration_read(section.after))
    else:
        share, clock = percent_of_read(section.at)
        if clock not in metrics:
            raise DefinitionError(
                f"`{clock}` is no clock; accepted are {listed(metrics)}{did_you_mean(clock, metrics)}"
            )
        when = Percent(clock, share)
    if section.page:
        return Step(section.page, when, effect="page", channel=section.channel or None)
    return Step(section.inform, when, effect="inform", channel=section.channel or None)
