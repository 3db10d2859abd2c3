"""Boxes of a table's inputs in the words of its cells, with a witness and their exact size."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from supportcore.domains import Domain, Subset, Value
from supportcore.mappings import FrozenMapping
from supportcore.rules.cells import Cell
from supportcore.rules.cells.parsing import show_cell
from supportcore.rules.compiler.axes import Axis
from supportcore.rules.compiler.columns import Column, cell_for
from supportcore.rules.phrases import region_cell_words
from supportcore.rules.proofs.search import Box
from supportcore.wording import Language, say

Facts = FrozenMapping[str, Value]


def pieces_in(pieces: int) -> list[int]:
    """The pieces of a set given as a bit mask, in order."""
    return [place for place in range(pieces.bit_length()) if pieces >> place & 1]


@frozen
class SetWords:
    """Some sets of words: those that hold `held`, and not `left`; `others` says whether they hold any further word.

    `others` is `None` where the cells of the table name every word.
    """

    held: tuple[str, ...]
    left: tuple[str, ...]
    others: bool | None

    def in_words(self, language: Language) -> str:
        """Return the sets in a language.

        >>> SetWords(("net",), ("db",), False).in_words("de")
        'mit net ohne db, Weiteres'
        """
        further = say(language, "rules.cell.others")
        held = (*self.held, further) if self.others else self.held
        left = (*self.left, further) if self.others is False else self.left
        sides = (("rules.cell.all-of", held), ("rules.cell.none-of", left))
        return " ".join(say(language, key, value=", ".join(words)) for key, words in sides if words)


@frozen
class SetsOfWords:
    """What no single cell says of sets of words: some of them, and whether the fact may be missing too."""

    alternatives: tuple[SetWords, ...]
    missing: bool

    def in_words(self, language: Language) -> str:
        """Return the sets in a language, with `or` between."""
        told = [sets.in_words(language) for sets in self.alternatives]
        return say(language, "rules.or").join([*told, *([say(language, "rules.cell.missing")] if self.missing else ())])


@frozen
class Region:
    """A box of inputs: for each column that it does not leave free its domain and its cell."""

    cells: tuple[tuple[Domain, Cell | SetsOfWords], ...]

    def spelled(self) -> FrozenMapping[str, str]:
        """Return the cells as texts, by the name of their column."""
        return FrozenMapping({domain.name: _spelled(cell, domain) for domain, cell in self.cells})

    def in_words(self, language: Language) -> str:
        """Return the region as one phrase; members that have a name in the language appear without their column's."""
        told = []
        for domain, cell in self.cells:
            if isinstance(cell, SetsOfWords):
                told.append(f"{domain.name} {cell.in_words(language)}")
            else:
                told.append(region_cell_words(language, cell, domain))
        return ", ".join(told) or say(language, "rules.anywhere")


def region_of(columns: Sequence[Column], box: Box) -> Region:
    """Return the region of a box."""
    return Region(
        tuple(
            (column.domain, _cell(column, pieces_in(pieces)))
            for column, pieces in zip(columns, box, strict=True)
            if pieces.bit_count() < len(column.masks)
        )
    )


def _spelled(cell: Cell | SetsOfWords, domain: Domain) -> str:
    return cell.in_words("en") if isinstance(cell, SetsOfWords) else show_cell(cell, domain)


def _cell(column: Column, pieces: list[int]) -> Cell | SetsOfWords:
    if not isinstance(column.domain, Subset):
        return cell_for(column, pieces)
    positions = [
        position
        for piece in pieces
        if piece != column.present
        for position in range(column.cuts[piece], column.cuts[piece + 1])
    ]
    return SetsOfWords(tuple(_set_words(column.axis, at) for at in positions), column.present in pieces)


def _set_words(axis: Axis, position: int) -> SetWords:
    held = tuple(word for place, word in enumerate(axis.words) if position >> place & 1)
    left = tuple(word for word in axis.words if word not in held)
    return SetWords(held, left, bool(position >> len(axis.words)) if axis.rest else None)


def witness_of(columns: Sequence[Column], box: Box) -> Facts:
    """The lowest input of a region; an absent fact only where no value lies there."""
    made: dict[str, Value] = {}
    for column, pieces in zip(columns, box, strict=True):
        value = column.lowest((pieces & -pieces).bit_length() - 1)
        if value is not None:
            made[column.domain.name] = value
    return FrozenMapping(made)


def count_of(columns: Sequence[Column], box: Box) -> int | None:
    """How many inputs a region holds; none where they cannot be counted."""
    total = 1
    for column, pieces in zip(columns, box, strict=True):
        size = pieces >> column.present & 1
        for low, high in _runs(pieces & ~(1 << column.present)):
            # Pieces that meet are counted as one span, so that many of them cost no more than few.
            part = column.axis.size(column.cuts[low], column.cuts[high])
            if part is None:
                return None
            size += part
        total *= size
    return total


def _runs(pieces: int) -> Iterator[tuple[int, int]]:
    """The stretches of neighbouring pieces in a bit mask, each as its first piece and the one behind its last."""
    done = 0
    while pieces:
        gap = (pieces & -pieces).bit_length() - 1
        pieces >>= gap
        run = (~pieces & (pieces + 1)).bit_length() - 1
        yield done + gap, done + gap + run
        pieces >>= run
        done += gap + run
