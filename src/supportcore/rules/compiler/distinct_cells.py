"""The cells of one column, each different one read and laid out once, however many rules say it."""

from collections.abc import Sequence

from attrs import field, frozen, mutable

from supportcore.domains import Domain
from supportcore.errors import DefinitionError, Problem
from supportcore.rules.cells import ANYTHING, Cell
from supportcore.rules.cells.coercion import coerce_cell
from supportcore.rules.compiler.axes import Axis, Extent, axis_of, extent_of


@frozen
class Laid:
    """A column laid out: where each different cell lies, nothing where anything fits, and which of them a rule has."""

    axis: Axis
    kinds: tuple[Extent | None, ...]
    numbers: Sequence[int]


class Known(dict[str, int]):
    """The number of the cell that each text says; a text that is asked for the first time is read."""

    def __init__(self, cells: list[Cell], domain: Domain) -> None:
        super().__init__()
        self.cells, self.domain = cells, domain

    def __missing__(self, text: str) -> int:
        number = self[text] = self.number(text)
        return number

    def number(self, given: object) -> int:
        """The number of the cell that a value says; `DefinitionError` tells what is wrong with it."""
        cell = coerce_cell(given, self.domain)
        if cell is ANYTHING:
            return 0
        self.cells.append(cell)
        return len(self.cells) - 1


@mutable
class Reading:
    """The different cells of a column while its rules are read, and for each rule the number of its cell.

    The first, numbered 0, is that which anything fits; a rule has it until it says another.
    """

    domain: Domain
    numbers: list[int]
    cells: list[Cell] = field(init=False, factory=lambda: [ANYTHING])
    known: Known = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.known = Known(self.cells, self.domain)

    def laid(self, ids: Sequence[str], problems: list[Problem]) -> Laid | None:
        """The column laid out, or nothing where a problem keeps it from that; `ids` name the rules in problems."""
        try:
            axis = axis_of(self.domain, self.cells)
        except DefinitionError as error:
            problems.append(Problem(f"column {self.domain.name}", str(error)))
            return None
        kinds: list[Extent | None] = [None]
        wrong: dict[int, str] = {}
        for number in range(1, len(self.cells)):
            try:
                kinds.append(extent_of(self.cells[number], axis))
            except DefinitionError as error:
                kinds.append(None)
                wrong[number] = str(error)
        for place, number in enumerate(self.numbers) if wrong else ():
            if number in wrong:
                problems.append(Problem(f"rule {ids[place]}, column {self.domain.name}", wrong[number]))
        return Laid(axis, tuple(kinds), self.numbers)
