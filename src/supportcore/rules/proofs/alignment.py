"""Aligning two tables: their common columns, and the values of an input that only one of them has (RUL-8)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from attrs import evolve, frozen

from supportcore.domains import Choice, Domain, Flag, Number, NumberGap, Scale, Subset, Value
from supportcore.domains.values import with_article
from supportcore.errors import DefinitionError
from supportcore.rules.cells import AnyOf, Cell
from supportcore.rules.cells.parsing import show_cell
from supportcore.rules.compiler.axes import Axis, Cut, axis_of
from supportcore.rules.compiler.columns import Column, piece_of, terms_of
from supportcore.rules.proofs.space import cells_of
from supportcore.rules.tables import DecisionTable


@frozen
class DomainChange:
    """An input whose declaration differs between two versions, and the values that only one version has.

    A declaration is `None` if that version does not have the input.
    """

    input: str
    before: str | None
    after: str | None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@frozen
class CommonColumn:
    """An input of two tables on one axis, and for each rule of either table the pieces that it fits."""

    axis: Axis
    cuts: tuple[Cut, ...]
    old: list[int]
    new: list[int]

    @property
    def domain(self) -> Domain:
        """The values that both tables have."""
        return self.axis.domain

    @property
    def pieces(self) -> int:
        """The number of pieces, that of a missing fact included."""
        return len(self.cuts) - 1 + self.domain.optional


@frozen
class Alignment:
    """The common columns of two tables, and the inputs whose declarations differ."""

    columns: tuple[CommonColumn, ...]
    domains: tuple[DomainChange, ...]


def align(old: DecisionTable, new: DecisionTable) -> Alignment:
    """Return the alignment of two tables; raise `DefinitionError` if they cannot be compared."""
    before, after = ({domain.name: domain for domain in table.outputs} for table in (old, new))
    for name in dict.fromkeys((*before, *after)):
        if name not in before or name not in after:
            raise DefinitionError(f"output `{name}` belongs to one table only; the tables cannot be compared")
        if type(before[name]) is not type(after[name]):
            kinds = [with_article(side[name].kind) for side in (before, after)]
            raise DefinitionError(
                f"output `{name}` is {kinds[0]} in one table and {kinds[1]} in the other; the tables cannot be compared"
            )
    columns: list[CommonColumn] = []
    changes: list[DomainChange] = []
    for name in dict.fromkeys(domain.name for domain in (*old.inputs, *new.inputs)):
        sides = [_place(table, name) for table in (old, new)]
        columns.append(_common_column(old, new, *sides))
        domains = [
            None if place is None else table.inputs[place] for table, place in zip((old, new), sides, strict=True)
        ]
        changes.extend(_domain_changes(name, *domains))
    return Alignment(tuple(columns), tuple(changes))


def _place(table: DecisionTable, name: str) -> int | None:
    return next((place for place, domain in enumerate(table.inputs) if domain.name == name), None)


def _common_column(
    old: DecisionTable, new: DecisionTable, old_place: int | None, new_place: int | None
) -> CommonColumn:
    sides = ((old, old_place), (new, new_place))
    known = [table.compiled.columns[place] for table, place in sides if place is not None]
    domain = known[0].domain if len(known) == 1 else _common_domain(known[0].domain, known[1].domain)
    words = {word for side in known for word in side.axis.words}
    cells: list[Cell] = [AnyOf(words)] if isinstance(domain, Subset) and words else []
    axis = axis_of(domain, cells)
    cuts = _cuts(axis, known)
    values: list[Value | None] = [axis.lowest(low, high) for low, high in pairwise(cuts)]
    if domain.optional:
        values.append(None)
    return CommonColumn(axis, cuts, *(_common_cells(table, place, values) for table, place in sides))


def _common_cells(table: DecisionTable, place: int | None, values: Sequence[Value | None]) -> list[int]:
    """Return the common pieces, by a value of each, that each rule of a table fits; all without this input."""
    if place is None:
        return [(1 << len(values)) - 1] * len(table.rules)
    column = table.compiled.columns[place]
    own = cells_of(column, table.compiled.extents[place])
    there = [1 << piece_of(column, value) for value in values]
    common = {cell: sum(1 << at for at, piece in enumerate(there) if cell & piece) for cell in set(own)}
    return [common[cell] for cell in own]


def _cuts(axis: Axis, sides: Iterable[Column]) -> tuple[Cut, ...]:
    """Return the cuts of both sides within the axis; every position of a domain with members."""
    if isinstance(axis.domain, (Scale, Choice, Flag, Subset)):
        return tuple(range(axis.low, axis.high + 1))
    cuts = {axis.joined(cut) for side in sides for cut in side.cuts}
    inner = {cut for cut in cuts if axis.low < cut < axis.high}
    return (axis.low, *sorted(inner), axis.high)


def _common_domain(one: Domain, other: Domain) -> Domain:
    """Return the domain of the values that both domains have, with the names of the other one."""
    if one == other:
        return other
    if type(one) is not type(other):
        raise DefinitionError(
            f"input `{one.name}` is {with_article(one.kind)} in one table and {with_article(other.kind)} in the "
            "other; the tables cannot be compared"
        )
    made: Any = {"optional": one.optional and other.optional}
    if isinstance(one, (Scale, Choice, Subset)) and isinstance(other, (Scale, Choice, Subset)):
        made["members"] = [member for member in other.members if member in one.members]
        if isinstance(one, Choice) and isinstance(other, Choice):
            made["other"] = one.other and other.other
        if not made["members"]:
            raise DefinitionError(f"input `{one.name}` has no member in common; the tables cannot be compared")
        if not isinstance(one, Subset) and not isinstance(other, Subset):
            made["names"] = {
                language: {member: name for member, name in names.items() if member in made["members"]}
                for language, names in other.names.items()
            }
    elif not isinstance(one, Flag) and not isinstance(other, Flag):
        low, high = _bounds(one, other)
        made |= {"lo": low[0], "hi": high[0]}
        if isinstance(one, Number):
            made |= {"lo_open": low[1] > 0, "hi_open": high[1] < 0}
            made |= _common_gaps(one, other, made)
        try:
            return evolve(one, **made)
        except DefinitionError:
            raise DefinitionError(f"input `{one.name}` has no value in common; the tables cannot be compared") from None
    return evolve(one, **made)


def _common_gaps(one: Any, other: Any, bounds: Mapping[str, Any]) -> dict[str, Any]:
    """Return the gaps of two domains of numbers within common bounds, and the bounds if they lie in a gap."""
    lo, hi, made = bounds["lo"], bounds["hi"], dict[str, Any]()
    merged: list[NumberGap] = []
    for gap in sorted({*one.gaps, *other.gaps}, key=lambda gap: (gap.below, gap.above)):
        if merged and gap.below < merged[-1].above:
            merged[-1] = NumberGap(merged[-1].below, max(merged[-1].above, gap.above))
        else:
            merged.append(gap)
    for gap in merged:
        if lo is not None and (gap.below < lo < gap.above or (gap.below == lo and bounds["lo_open"])):
            made |= {"lo": gap.above, "lo_open": False}
        if hi is not None and (gap.below < hi < gap.above or (gap.above == hi and bounds["hi_open"])):
            made |= {"hi": gap.below, "hi_open": False}
    lo, hi = made.get("lo", lo), made.get("hi", hi)
    inside = [gap for gap in merged if (lo is None or gap.below >= lo) and (hi is None or gap.above <= hi)]
    return {**made, "gaps": tuple(inside)}


def _bounds(one: Any, other: Any) -> tuple[tuple[Any, int], tuple[Any, int]]:
    """Return the higher of two lower bounds and the lower of two upper bounds, each with whether it is open."""
    lows = [(side.lo, int(getattr(side, "lo_open", False))) for side in (one, other) if side.lo is not None]
    highs = [(side.hi, -int(getattr(side, "hi_open", False))) for side in (one, other) if side.hi is not None]
    return max(lows, default=(None, 0)), min(highs, default=(None, 0))


def _domain_changes(name: str, before: Domain | None, after: Domain | None) -> Iterator[DomainChange]:
    if before == after:
        return
    was, now = (None if side is None else side.declaration() for side in (before, after))
    if before is None or after is None:
        yield DomainChange(name, was, now)
    elif was != now:
        yield DomainChange(name, was, now, tuple(_only(after, before)), tuple(_only(before, after)))


def _only(one: Domain, other: Domain) -> Iterator[str]:
    """Return the values that only the first of two domains has, as texts."""
    if isinstance(one, (Scale, Choice, Subset)) and isinstance(other, (Scale, Choice, Subset)):
        yield from (member for member in one.members if member not in other.members)
        if isinstance(one, Choice) and isinstance(other, Choice) and one.other and not other.other:
            yield "anything else"
    elif not isinstance(one, Flag):
        axis, common = axis_of(one, ()), axis_of(_common_domain(one, other), ())
        kept = ((axis.joined(low), axis.joined(high)) for low, high in common.stretches(common.low, common.high))
        for low, high in axis.complement(tuple((low, high) for low, high in kept if low < high)):
            yield ", ".join(show_cell(term, one) for term in terms_of(axis, low, high))
    if one.optional and not other.optional:
        yield "missing"
