"""The cells of one column, each distinct cell parsed and laid out once."""

from collections.abc import Sequence

from attrs import field, frozen, mutable

from supportcore.domains import Domain
from supportcore.errors import DefinitionError, Problems
from supportcore.rules.cells import ANYTHING, Cell
from supportcore.rules.cells.coercion import coerce_cell
from supportcore.rules.compiler.axes import Axis, Extent, axis_of, extent_of


@frozen
class LaidOutCells:
    """The extents of the distinct cells of a column, `None` for a free cell, and the number of each rule's cell."""

    axis: Axis
    extents: tuple[Extent | None, ...]
    numbers: Sequence[int]


@mutable
class ColumnCells:
    """The distinct cells of a column, and for each rule the number of its cell.

    Cell 0 is the free cell, which every rule has until `add` gives it another.
    """

    domain: Domain
    numbers: list[int]
    cells: list[Cell] = field(init=False, factory=lambda: [ANYTHING])
    _number_of_text: dict[str, int] = field(init=False, factory=dict)

    def add(self, place: int, given: object) -> Cell | None:
        """Parse the cell of the rule at `place` and return it, or `None` for a free cell.

        Raises `DefinitionError` for a cell that the domain does not have.
        """
        number = self._number_of_text.get(given) if isinstance(given, str) else None
        if number is None:
            number = self._number(given)
        self.numbers[place] = number
        return self.cells[number] if number else None

    def _number(self, given: object) -> int:
        cell = coerce_cell(given, self.domain)
        number = 0
        if cell is not ANYTHING:
            number = len(self.cells)
            self.cells.append(cell)
        if isinstance(given, str):
            self._number_of_text[given] = number
        return number

    def lay_out(self, ids: Sequence[str], problems: Problems) -> LaidOutCells | None:
        """Return the cells on the axis of the column, or `None` without an axis; `ids` name the rules in problems."""
        try:
            axis = axis_of(self.domain, self.cells)
        except DefinitionError as error:
            problems.add(f"column {self.domain.name}", str(error))
            return None
        extents: list[Extent | None] = [None]
        wrong: dict[int, str] = {}
        for number in range(1, len(self.cells)):
            try:
                extents.append(extent_of(self.cells[number], axis))
            except DefinitionError as error:
                extents.append(None)
                wrong[number] = str(error)
        for place, number in enumerate(self.numbers) if wrong else ():
            if number in wrong:
                problems.add(f"rule {ids[place]}, column {self.domain.name}", wrong[number])
        return LaidOutCells(axis, tuple(extents), self.numbers)
