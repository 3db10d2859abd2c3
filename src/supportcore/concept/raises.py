"""The steps after the table of priorities, in words: `contacts >= 3` raises `+1, at most critical` (PRI-3)."""

import re
from collections.abc import Iterable

from supportcore.concept.conditions import fact_in
from supportcore.concept.reading import Reading
from supportcore.concept.shapes import RaiseShape
from supportcore.domains import Domain, Scale
from supportcore.errors import ConceptError, DefinitionError, did_you_mean, listed
from supportcore.priority import Step

__all__ = ["steps_read"]

RAISE = re.compile(r"\+(\d{1,3}), at most (.+)")


def steps_read(
    sections: Iterable[RaiseShape], facts: Iterable[Domain], scale: Scale, reading: Reading
) -> tuple[Step, ...]:
    """The steps in the order of the file, which is the order in which they are applied."""
    known = list(facts)
    made: list[Step] = []
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


def _step(name: str, when: str, facts: list[Domain], by: int, at_most: str) -> Step:
    fact, cell = _when(when, facts)
    try:
        return Step(name, fact, cell, by=by, at_most=at_most)
    except ConceptError as error:  # its places are those of the small table inside a step
        raise DefinitionError(f"`{when}`: {'; '.join(problem.message for problem in error.problems)}") from None


def _raise(text: str, scale: Scale) -> tuple[int, str]:
    found = RAISE.fullmatch(" ".join(text.split()))
    if found is None or int(found[1]) < 1:
        raise DefinitionError(
            f"`{text}` is no raise; write by how much and up to where, `+1, at most {scale.members[-1]}`"
        )
    return int(found[1]), scale.read(found[2].strip())


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
