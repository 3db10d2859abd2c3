"""Boxes as regions in the cells of a table, each with a witness and its exact number of inputs."""

from collections.abc import Sequence

from attrs import frozen

from supportcore.domains import Domain, Subset, Value
from supportcore.mappings import FrozenMapping
from supportcore.rules.cells import Cell
from supportcore.rules.cells.parsing import show_cell
from supportcore.rules.compiler.axes import Axis
from supportcore.rules.compiler.bits import bits_of, runs_of
from supportcore.rules.compiler.columns import Column, cell_for
from supportcore.rules.phrases import region_cell_words
from supportcore.rules.proofs.space import Box
from supportcore.wording import Language, say

Facts = FrozenMapping[str, Value]


@frozen
class SetWords:
    """The sets that hold all words of `held` and no word of `left`.

    `others` is true if they hold any further word, false if they hold no further word, and `None` if the cells of the
    table name every word.
    """

    held: tuple[str, ...]
    left: tuple[str, ...]
    others: bool | None

    def in_words(self, language: Language) -> str:
        """Return the sets in a language.

        >>> SetWords(("net",), ("db",), False).in_words("de")
        'mit net ohne db, andere'
        """
        held = (*self.held, say(language, "rules.cell.with-others")) if self.others else self.held
        left = (*self.left, say(language, "rules.cell.without-others")) if self.others is False else self.left
        sides = (("rules.cell.all-of", held), ("rules.cell.none-of", left))
        return " ".join(say(language, key, value=", ".join(words)) for key, words in sides if words)


@frozen
class SetsOfWords:
    """A union of sets of words, which no single cell expresses; `missing` if it includes the missing fact."""

    alternatives: tuple[SetWords, ...]
    missing: bool

    def in_words(self, language: Language) -> str:
        """Return the sets in a language, with `or` between."""
        words = [sets.in_words(language) for sets in self.alternatives]
        if self.missing:
            words.append(say(language, "rules.cell.missing"))
        return say(language, "rules.or").join(words)


@frozen
class Region:
    """A box of inputs: the domain and the cell of each column that the box restricts."""

    cells: tuple[tuple[Domain, Cell | SetsOfWords], ...]

    def spelled(self) -> FrozenMapping[str, str]:
        """Return the cells as texts, by the name of their column."""
        return FrozenMapping({domain.name: _spelled(cell, domain) for domain, cell in self.cells})

    def in_words(self, language: Language) -> str:
        """Return the region as one phrase; members that have a name in the language appear without their column's."""
        words = [
            f"{domain.name} {cell.in_words(language)}"
            if isinstance(cell, SetsOfWords)
            else region_cell_words(language, cell, domain)
            for domain, cell in self.cells
        ]
        return ", ".join(words) or say(language, "rules.anywhere")


def region_of(columns: Sequence[Column], box: Box) -> Region:
    """Return the region of a box."""
    return Region(
        tuple(
            (column.domain, _cell(column, pieces))
            for column, pieces in zip(columns, box, strict=True)
            if pieces.bit_count() < len(column.masks)
        )
    )


def _spelled(cell: Cell | SetsOfWords, domain: Domain) -> str:
    return cell.in_words("en") if isinstance(cell, SetsOfWords) else show_cell(cell, domain)


def _cell(column: Column, pieces: int) -> Cell | SetsOfWords:
    if not isinstance(column.domain, Subset):
        return cell_for(column, pieces)
    positions = [
        position
        for piece in bits_of(pieces)
        if piece != column.present
        for position in range(column.cuts[piece], column.cuts[piece + 1])
    ]
    return SetsOfWords(tuple(_set_words(column.axis, at) for at in positions), bool(pieces >> column.present & 1))


def _set_words(axis: Axis, position: int) -> SetWords:
    held = tuple(word for place, word in enumerate(axis.words) if position >> place & 1)
    left = tuple(word for word in axis.words if word not in held)
    return SetWords(held, left, bool(position >> len(axis.words)) if axis.rest else None)


def witness_of(columns: Sequence[Column], box: Box) -> Facts:
    """Return the lowest input of a box; a fact is missing only if the box has no value for it."""
    made: dict[str, Value] = {}
    for column, pieces in zip(columns, box, strict=True):
        value = column.lowest((pieces & -pieces).bit_length() - 1)
        if value is not None:
            made[column.domain.name] = value
    return FrozenMapping(made)


def count_of(columns: Sequence[Column], box: Box) -> int | None:
    """Return the number of inputs in a box, `None` if they cannot be counted."""
    total = 1
    for column, pieces in zip(columns, box, strict=True):
        size = pieces >> column.present & 1
        for low, high in runs_of(pieces & ~(1 << column.present)):
            # Counting a run of pieces as one span keeps many pieces as cheap as few.
            part = column.axis.size(column.cuts[low], column.cuts[high])
            if part is None:
                return None
            size += part
        total *= size
    return total
