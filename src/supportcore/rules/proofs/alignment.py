"""Two tables laid out on the same columns: what both know of an input, and what only one of them does (RUL-8)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from attrs import evolve, frozen

from supportcore.domains import Choice, Domain, Flag, Number, Scale, Subset
from supportcore.domains.values import with_article
from supportcore.errors import DefinitionError
from supportcore.rules.cells import AnyOf, Cell
from supportcore.rules.cells.parsing import show_cell
from supportcore.rules.compiler.axes import Axis, Cut, axis_of
from supportcore.rules.compiler.columns import Column, piece_of, terms_of
from supportcore.rules.tables import DecisionTable, must_be_table


@frozen
class DomainChange:
    """An input that the two versions know differently: its declarations, and the values that only one of them has.

    A declaration is nothing where that version does not ask for the input.
    """

    input: str
    before: str | None
    after: str | None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@frozen
class Meeting:
    """The columns that two tables share; the bits of the new table's rules lie above those of the old one's."""

    columns: tuple[Column, ...]
    domains: tuple[DomainChange, ...]


def meeting(old: DecisionTable, new: DecisionTable) -> Meeting:
    """Lay two tables out together; `DefinitionError` where they cannot be compared."""
    must_be_table(old)
    must_be_table(new)
    before, after = ({domain.name: domain for domain in table.outputs} for table in (old, new))
    for name in dict.fromkeys((*before, *after)):
        if name not in before or name not in after:
            raise DefinitionError(f"output `{name}` stands in one of the tables only; they cannot be compared")
        if type(before[name]) is not type(after[name]):
            kinds = [with_article(side[name].kind) for side in (before, after)]
            raise DefinitionError(
                f"output `{name}` is {kinds[0]} in one table and {kinds[1]} in the other; they cannot be compared"
            )
    columns: list[Column] = []
    changes: list[DomainChange] = []
    for name in dict.fromkeys(domain.name for domain in (*old.inputs, *new.inputs)):
        sides = [next((one for one in table.compiled.columns if one.domain.name == name), None) for table in (old, new)]
        columns.append(_joint(sides, (len(old.rules), len(new.rules))))
        changes.extend(_change(name, *(None if side is None else side.domain for side in sides)))
    return Meeting(tuple(columns), tuple(changes))


def _joint(sides: Sequence[Column | None], rules: tuple[int, int]) -> Column:
    known = [side for side in sides if side is not None]
    domain = known[0].domain if len(known) == 1 else _common(known[0].domain, known[1].domain)
    words = {word for side in known for word in side.axis.words}
    cells: list[Cell] = [AnyOf(words)] if isinstance(domain, Subset) and words else []
    axis = axis_of(domain, cells)
    cuts = _cuts(axis, known)
    every = [(1 << count) - 1 for count in rules]
    pieces = [axis.lowest(low, high) for low, high in pairwise(cuts)]
    values = [*pieces, None] if domain.optional else pieces
    masks = []
    for value in values:
        old, new = (
            full if side is None else side.masks[piece_of(side, value)] for side, full in zip(sides, every, strict=True)
        )
        masks.append(old | new << rules[0])
    return Column(axis, cuts, tuple(masks))


def _cuts(axis: Axis, sides: Iterable[Column]) -> tuple[Cut, ...]:
    """The cuts of both sides within the axis; every position where the domain has members."""
    if isinstance(axis.domain, (Scale, Choice, Flag, Subset)):
        return tuple(range(axis.low, axis.high + 1))
    inner = {cut for side in sides for cut in side.cuts if axis.low < cut < axis.high}
    return (axis.low, *sorted(inner), axis.high)


def _common(one: Domain, other: Domain) -> Domain:
    """The domain of the values that both know."""
    if type(one) is not type(other):
        raise DefinitionError(
            f"input `{one.name}` is {with_article(one.kind)} in one table and {with_article(other.kind)} in the "
            "other; they cannot be compared"
        )
    made: Any = {"optional": one.optional and other.optional}
    if isinstance(one, (Scale, Choice, Subset)) and isinstance(other, (Scale, Choice, Subset)):
        made["members"] = [member for member in other.members if member in one.members]
        if isinstance(one, Choice) and isinstance(other, Choice):
            made["other"] = one.other and other.other
        if not made["members"]:
            raise DefinitionError(f"input `{one.name}` has no member in common; the tables cannot be compared")
        if not isinstance(one, Subset):
            made["names"] = {}
    elif not isinstance(one, Flag) and not isinstance(other, Flag):
        low, high = _bounds(one, other)
        made |= {"lo": low[0], "hi": high[0]}
        if isinstance(one, Number):
            made |= {"lo_open": low[1] > 0, "hi_open": high[1] < 0}
        try:
            return evolve(one, **made)
        except DefinitionError:
            raise DefinitionError(f"input `{one.name}` has no value in common; the tables cannot be compared") from None
    return evolve(one, **made)


def _bounds(one: Any, other: Any) -> tuple[tuple[Any, int], tuple[Any, int]]:
    """The higher of two lower bounds and the lower of two upper ones, each with whether it is open."""
    lows = [(side.lo, int(getattr(side, "lo_open", False))) for side in (one, other) if side.lo is not None]
    highs = [(side.hi, -int(getattr(side, "hi_open", False))) for side in (one, other) if side.hi is not None]
    return max(lows, default=(None, 0)), min(highs, default=(None, 0))


def _change(name: str, before: Domain | None, after: Domain | None) -> Iterator[DomainChange]:
    was, now = (None if side is None else side.declaration() for side in (before, after))
    if before is None or after is None:
        yield DomainChange(name, was, now)
    elif was != now:
        yield DomainChange(name, was, now, tuple(_only(after, before)), tuple(_only(before, after)))


def _only(one: Domain, other: Domain) -> Iterator[str]:
    """The values that only the first of two domains has, in words."""
    if isinstance(one, (Scale, Choice, Subset)) and isinstance(other, (Scale, Choice, Subset)):
        yield from (member for member in one.members if member not in other.members)
        if isinstance(one, Choice) and isinstance(other, Choice) and one.other and not other.other:
            yield "anything else"
    elif not isinstance(one, Flag):
        axis, common = axis_of(one, ()), axis_of(_common(one, other), ())
        for low, high in axis.complement(((common.low, common.high),)):
            yield ", ".join(show_cell(term, one) for term in terms_of(axis, low, high))
    if one.optional and not other.optional:
        yield "missing"
