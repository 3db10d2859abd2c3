"""The section `ladders`: whom each step calls, when, and for which priorities and hours (ESC-1, ESC-5, ESC-8)."""

import re
from collections.abc import Iterable
from fractions import Fraction

from supportcore.concept.grammar.durations import parse_duration
from supportcore.concept.grammar.hours import Calendars, parse_hours
from supportcore.concept.shapes import LadderShape, StepShape
from supportcore.domains import Scale
from supportcore.errors import DefinitionError, Problems, did_you_mean, listed
from supportcore.escalation import After, Ladder, LadderPolicy, LadderRow, Percent, Step

SHARE_OF_CLOCK = re.compile(r"(\d{1,9})\s*%\s+of\s+(\S.*)")
COMPARISON = re.compile(r"(>=|<=|>|<)\s*(\S.*)")


def build_ladders(
    sections: dict[str, LadderShape], calendars: Calendars, scale: Scale, metrics: Iterable[str], problems: Problems
) -> LadderPolicy | None:
    """Build the ladders in the order of the file; return `None` if there are no ladders, or none without problems."""
    rows: list[LadderRow] = []
    for name, section in sections.items():
        at_ladder = problems.at(f"ladders.{name}")
        ladder = None
        with at_ladder:
            steps = _build_steps(section.steps, metrics, at_ladder)
            if len(steps) == len(section.steps):
                ladder = Ladder(name, steps, rounds=section.rounds, last_resort=section.last_resort or None)
        priorities, hours = None, None
        if section.for_.priority:
            with at_ladder.at("for.priority"):
                priorities = _parse_priorities(section.for_.priority, scale)
        if section.for_.hours:
            with at_ladder.at("for.hours"):
                hours = parse_hours(section.for_.hours, calendars)
        if ladder is not None and (hours is not None or not section.for_.hours):
            calendar, outside = (None, False) if hours is None else (hours.calendar, hours.outside)
            rows.append(LadderRow(ladder, priorities, hours=calendar, outside=outside))
    with problems.at("ladders"):
        return LadderPolicy(rows, scale.members) if rows else None
    return None


def _parse_priorities(text: str, scale: Scale) -> tuple[str, ...]:
    compared = COMPARISON.fullmatch(text.strip())
    if compared is None:
        return tuple(scale.parse(word.strip()) for word in text.split(","))
    sign, rank = compared[1], scale.rank(scale.parse(compared[2].strip()))
    members = scale.members
    kept = {">=": members[rank:], ">": members[rank + 1 :], "<=": members[: rank + 1], "<": members[:rank]}
    if not kept[sign]:
        raise DefinitionError(f"`{text}` fits no priority; the scale is {listed(scale.members)}")
    return kept[sign]


def _build_steps(sections: list[StepShape], metrics: Iterable[str], problems: Problems) -> list[Step]:
    steps = []
    for index, section in enumerate(sections):
        with problems.at(f"steps[{index}]"):
            steps.append(_build_step(section, metrics))
    return steps


def _build_step(section: StepShape, metrics: Iterable[str]) -> Step:
    if bool(section.page) == bool(section.inform):
        raise DefinitionError("a step has either `page` or `inform`, with a duty, person or role")
    if bool(section.after) == bool(section.at):
        raise DefinitionError(
            "a step has either `after`, a time since the start of the round, or `at`, a share of a clock"
        )
    if section.unless not in ("", "acknowledged"):
        raise DefinitionError(f"`unless`: `{section.unless}` is not a condition; expected `acknowledged`")
    when: After | Percent
    if section.after:
        when = After(parse_duration(section.after))
    else:
        when = parse_percent_of_clock(section.at)
        if when.clock not in metrics:
            raise DefinitionError(
                f"`{when.clock}` is not a clock; expected one of {listed(metrics)}{did_you_mean(when.clock, metrics)}"
            )
    if section.page:
        return Step(section.page, when, effect="page", channel=section.channel or None)
    return Step(section.inform, when, effect="inform", channel=section.channel or None)


def parse_percent_of_clock(text: str) -> Percent:
    """Parse a share of a clock.

    >>> parse_percent_of_clock("80 % of reaction")
    Percent(clock='reaction', share=Fraction(4, 5))
    """
    found = SHARE_OF_CLOCK.fullmatch(text.strip())
    if not found:
        raise DefinitionError(f"`{text}` is not a share of a clock; write it as `80 % of reaction`")
    return Percent(found[2].strip(), Fraction(int(found[1]), 100))
