"""The section `priority`: the table or matrix that derives it, and the steps after it (PRI-1, PRI-3)."""

import re
from collections.abc import Iterable
from typing import Any

from attrs import frozen

from supportcore.bounds import Bounds
from supportcore.concept.grammar.conditions import FactPhrase, split_fact
from supportcore.concept.shapes import PriorityShape, RaiseShape
from supportcore.domains import Domain, Scale, Vocabulary
from supportcore.errors import ConceptError, DefinitionError, Problems, did_you_mean, listed
from supportcore.priority import PriorityPolicy, PriorityStep
from supportcore.rules import is_matrix, read_grid, read_matrix

RAISE = re.compile(r"\+(\d{1,3}), at most (.+)")


def build_priority(
    section: PriorityShape, vocabulary: Vocabulary, scale: Scale, bounds: Bounds, problems: Problems
) -> PriorityPolicy | None:
    """Build the policy that derives the priority; return `None` if its table has problems."""
    if bool(section.table) == bool(section.matrix):
        problems.add("", "needs either a `table` or a `matrix`")
        return None
    declared: dict[str, Any] = {"bounds": bounds}
    for direction, facts in (("rises", section.rises), ("falls", section.falls)):
        if facts:
            declared[direction] = {scale.name: facts}
    key = "table" if section.table else "matrix"
    text = section.table or section.matrix
    table = None
    if is_matrix(text) != (key == "matrix"):
        problems.add(key, f"is a {'matrix' if is_matrix(text) else 'table'}; write it under that key")
        return None
    with problems.at(key):
        if key == "table":
            table = read_grid(text, name="priority", inputs=vocabulary.values(), outputs=[scale], **declared)
        else:
            table = read_matrix(text, name="priority", inputs=vocabulary.values(), output=scale, **declared)
    steps = _build_steps(section.steps, vocabulary.values(), scale, problems)
    policy = None
    if table is not None:
        with problems.at("provisional"):
            policy = PriorityPolicy(table, provisional=section.provisional or scale.members[0], steps=steps)
    return policy


@frozen
class _Raise:
    """By how many ranks a step raises the priority, and the highest priority that it reaches."""

    by: int
    at_most: str


def _build_steps(
    sections: Iterable[RaiseShape], facts: Iterable[Domain], scale: Scale, problems: Problems
) -> tuple[PriorityStep, ...]:
    known = list(facts)
    steps: list[PriorityStep] = []
    for index, section in enumerate(sections):
        at_step = problems.at(f"steps[{index}]")
        if any(section.name == step.name for step in steps):
            at_step.add("name", f"`{section.name}` names two steps; give each step a name of its own")
        raised = _Raise(1, scale.members[-1])
        with at_step.at("raise"):
            raised = _parse_raise(section.raise_, scale)
        with at_step.at("when"):
            steps.append(_build_step(section.name, section.when, known, raised))
    return tuple(steps)


def _build_step(name: str, when: str, facts: list[Domain], raised: _Raise) -> PriorityStep:
    phrase = _parse_when(when, facts)
    try:
        return PriorityStep(
            name, phrase.fact, phrase.rest.removeprefix("is ").strip(), by=raised.by, at_most=raised.at_most
        )
    except ConceptError as error:  # its paths lead into the small table inside the step
        raise DefinitionError(f"`{when}`: {'; '.join(problem.message for problem in error.problems)}") from None


def _parse_raise(text: str, scale: Scale) -> _Raise:
    found = RAISE.fullmatch(" ".join(text.split()))
    if found is None or int(found[1]) < 1:
        raise DefinitionError(
            f"`{text}` is not a raise; write by how much and up to which priority, `+1, at most {scale.members[-1]}`"
        )
    return _Raise(int(found[1]), scale.parse(found[2].strip()))


def _parse_when(text: str, facts: list[Domain]) -> FactPhrase:
    words = " ".join(text.split())
    phrase = split_fact(words, facts)
    if phrase is None:
        names = [fact.name for fact in facts]
        raise DefinitionError(
            f"`{text}` does not begin with a fact; expected one of {listed(names)}, and a cell after it, as in "
            f"`contacts >= 3`{did_you_mean(words.split(' ')[0], names)}"
        )
    return phrase
