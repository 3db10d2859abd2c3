"""The tables of a concept file that decide on priority and scope."""

import re
from collections.abc import Iterable
from typing import Any

from supportcore.concept.file.problems import Reading
from supportcore.concept.file.shapes import PriorityShape, RaiseShape
from supportcore.concept.grammar.conditions import fact_in
from supportcore.domains import Domain, Scale, Vocabulary
from supportcore.errors import ConceptError, DefinitionError, did_you_mean, listed
from supportcore.priority import PriorityPolicy, PriorityStep
from supportcore.rules import is_matrix, read_grid, read_matrix


def priority_read(
    section: PriorityShape, vocabulary: Vocabulary, scale: Scale, reading: Reading
) -> PriorityPolicy | None:
    """The policy that classifies: a table or a matrix, what must never fall or rise, the steps after it, and the
    provisional priority."""
    if bool(section.table) == bool(section.matrix):
        reading.add("priority", "has either a `table` or a `matrix`")
        return None
    declared: dict[str, Any] = {}
    for direction, facts in (("rises", section.rises), ("falls", section.falls)):
        if facts:
            declared[direction] = {scale.name: facts}
    key = "table" if section.table else "matrix"
    text = section.table or section.matrix
    table = None
    if is_matrix(text) != (key == "matrix"):
        reading.add(f"priority.{key}", f"is a {'matrix' if is_matrix(text) else 'table'}; write it under that key")
        return None
    with reading.part(f"priority.{key}"):
        if key == "table":
            table = read_grid(text, name="priority", inputs=vocabulary.values(), outputs=[scale], **declared)
        else:
            table = read_matrix(text, name="priority", inputs=vocabulary.values(), output=scale, **declared)
    steps = steps_read(section.steps, vocabulary.values(), scale, reading)
    policy = None
    if table is not None:
        with reading.part("priority.provisional"):
            policy = PriorityPolicy(table, provisional=section.provisional or scale.members[0], steps=steps)
    return policy


RAISE = re.compile(r"\+(\d{1,3}), at most (.+)")


def steps_read(
    sections: Iterable[RaiseShape], facts: Iterable[Domain], scale: Scale, reading: Reading
) -> tuple[PriorityStep, ...]:
    """The steps in the order of the file, which is the order in which they are applied."""
    known = list(facts)
    made: list[PriorityStep] = []
    for index, section in enumerate(sections):
        path = f"priority.steps[{index}]"
        if any(section.name == one.name for one in made):
            reading.add(f"{path}.name", f"`{section.name}` is the name of two steps; give each a name of its own")
        by, at_most = 1, scale.members[-1]
        with reading.part(f"{path}.raise"):
            by, at_most = _raise(section.raise_, scale)
        with reading.part(f"{path}.when"):
            made.append(_step(section.name, section.when, known, by, at_most))
    return tuple(made)


def _step(name: str, when: str, facts: list[Domain], by: int, at_most: str) -> PriorityStep:
    fact, cell = _when(when, facts)
    try:
        return PriorityStep(name, fact, cell, by=by, at_most=at_most)
    except ConceptError as error:  # its places are those of the small table inside a step
        raise DefinitionError(f"`{when}`: {'; '.join(problem.message for problem in error.problems)}") from None


def _raise(text: str, scale: Scale) -> tuple[int, str]:
    found = RAISE.fullmatch(" ".join(text.split()))
    if found is None or int(found[1]) < 1:
        raise DefinitionError(
            f"`{text}` is no raise; write by how much and up to where, `+1, at most {scale.members[-1]}`"
        )
    return int(found[1]), scale.parse(found[2].strip())


def _when(text: str, facts: list[Domain]) -> tuple[Domain, str]:
    """The fact that a step looks at, and the cell that it must fit; `is` between them is only for reading aloud."""
    words = " ".join(text.split())
    found = fact_in(words, facts)
    if found is None:
        names = [one.name for one in facts]
        raise DefinitionError(
            f"`{text}` begins with no fact; accepted are {listed(names)}, each with what it must be, as in "
            f"`contacts >= 3`{did_you_mean(words.split(' ')[0], names)}"
        )
    fact, cell = found
    return fact, cell.removeprefix("is ").strip()
