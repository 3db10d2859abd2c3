"""Who is called, and how: the people, duties and ladders of a concept file (ESC-1, ESC-5, ESC-8)."""

import re
from collections.abc import Iterable

from supportcore.concept.file.problems import Reading
from supportcore.concept.file.shapes import LadderShape, StepShape
from supportcore.concept.grammar.durations import duration_read, percent_of_read
from supportcore.concept.grammar.hours import Calendars, hours_named
from supportcore.domains import Scale
from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.escalation import (
    After,
    Ladder,
    LadderPolicy,
    LadderRow,
    Percent,
    Step,
)

COMPARISON = re.compile(r"(>=|<=|>|<)\s*(.+)")


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
        return tuple(scale.parse(word.strip()) for word in text.split(","))
    sign, rank = compared[1], scale.rank(scale.parse(compared[2].strip()))
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
