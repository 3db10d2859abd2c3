"""Boxes of a table's inputs in the words of its cells, with a witness and their exact size."""

from collections.abc import Iterable, Iterator, Sequence

from supportcore.domains import Domain, Subset, Value
from supportcore.mappings import FrozenMapping
from supportcore.rules.cells.parsing import show_cell
from supportcore.rules.compiler.axes import Axis
from supportcore.rules.compiler.columns import Column, cell_for
from supportcore.rules.proofs.search import Box

Facts = FrozenMapping[str, Value]


def pieces_in(pieces: int) -> list[int]:
    """The pieces of a set given as a bit mask, in order."""
    return [place for place in range(pieces.bit_length()) if pieces >> place & 1]


def spelled(columns: Sequence[Column], box: Box) -> FrozenMapping[str, str]:
    """A region as cells, one for each column that it does not leave free.

    Sets of words are told as `with … without …`, since no single cell can say every collection of sets.
    """
    words: dict[str, str] = {}
    for column, pieces in zip(columns, box, strict=True):
        if pieces.bit_count() < len(column.masks):
            words[column.domain.name] = _words(column, pieces_in(pieces))
    return FrozenMapping(words)


def _words(column: Column, pieces: list[int]) -> str:
    if not isinstance(column.domain, Subset):
        return show_cell(cell_for(column, pieces), column.domain)
    told = []
    for piece in pieces:
        if piece == column.present:
            told.append("missing")
        else:
            told.extend(_set_words(column.axis, at) for at in range(column.cuts[piece], column.cuts[piece + 1]))
    return " or ".join(told)


def _set_words(axis: Axis, position: int) -> str:
    held = [word for place, word in enumerate(axis.words) if position >> place & 1]
    left = [word for word in axis.words if word not in held]
    if axis.rest:
        (held if position >> len(axis.words) else left).append("others")
    parts = ([f"with {', '.join(held)}"] if held else []) + ([f"without {', '.join(left)}"] if left else [])
    return " ".join(parts)


def region_words(region: FrozenMapping[str, str]) -> str:
    """A region in one line.

    >>> region_words(FrozenMapping({"impact": "low, medium", "users": ">= 100"}))
    'impact low, medium; users >= 100'
    """
    return "; ".join(f"{name} {cell}" for name, cell in region.items()) or "all inputs"


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


def facts_words(domains: Iterable[Domain], facts: FrozenMapping[str, Value]) -> str:
    """Facts in one line, in the order of the columns."""
    told = []
    for domain in domains:
        value = facts.get(domain.name)
        told.append(f"{domain.name} {'missing' if value is None else domain.show(value) or 'none'}")
    return ", ".join(told)
