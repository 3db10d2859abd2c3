"""Compiling a table: its cells parsed, its rules in the order in which they win, its columns as bit masks (RUL-10)."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from supportcore.domains import Domain, Value
from supportcore.domains.values import shown
from supportcore.errors import DefinitionError, Problems, did_you_mean, listed
from supportcore.mappings import FrozenMapping
from supportcore.rules.cells import Cell
from supportcore.rules.compiler.axes import Extent, axis_of
from supportcore.rules.compiler.checking import check_orders, check_outcome, check_shape
from supportcore.rules.compiler.columns import Column, column_of
from supportcore.rules.compiler.distinct_cells import ColumnCells
from supportcore.rules.decisions import Rule

if TYPE_CHECKING:
    from supportcore.rules.tables import DecisionTable


@frozen
class CompiledTable:
    """The rules of a table with parsed cells, the order in which they win, and the compiled columns.

    Bit `k` of every mask belongs to the rule at place `order[k]` of the table. For each column, `extents` holds the
    extent of the cell of each bit's rule, `None` for a free cell.
    """

    rules: tuple[Rule, ...]
    order: tuple[int, ...]
    columns: tuple[Column, ...]
    extents: tuple[tuple[Extent | None, ...], ...]


def compile_table(table: "DecisionTable") -> CompiledTable:
    """Return the compiled table; raise `ConceptError` with everything that is wrong with it (RUL-2, G-9)."""
    problems = Problems()
    ids = [
        rule.id if rule.id and isinstance(rule.id, str) else f"r{place}" for place, rule in enumerate(table.rules, 1)
    ]
    check_shape(table, ids, problems)
    columns = {domain.name: ColumnCells(domain, [0] * len(ids)) for domain in table.inputs}
    rules = _parse_rules(table, ids, columns, problems)
    check_orders(table, ids, problems)
    cells = [made for domain in table.inputs if (made := columns[domain.name].lay_out(ids, problems)) is not None]
    problems.raise_if_any(f"table {shown(table.name)}")
    order = _winning_order(table, rules)
    compiled, extents = [], []
    for column in cells:
        numbers = [column.numbers[place] for place in order]
        compiled.append(column_of(column.axis, column.extents, numbers))
        extents.append(tuple([column.extents[number] for number in numbers]))
    return CompiledTable(rules, order, tuple(compiled), tuple(extents))


def _parse_rules(
    table: "DecisionTable", ids: Sequence[str], columns: Mapping[str, ColumnCells], problems: Problems
) -> tuple[Rule, ...]:
    """Return the rules with parsed cells, which are added to the columns."""
    outputs = {domain.name: domain for domain in table.outputs}
    sound: set[int] = set()
    rules: list[Rule] = []
    for place, (identity, rule) in enumerate(zip(ids, table.rules, strict=True)):
        when: dict[str, Cell] = {}
        for name, given in rule.when.items():
            column = columns.get(name)
            if column is None:
                near = did_you_mean(name, columns)
                problems.add(f"rule {identity}", f"`{name}` is not an input; expected one of {listed(columns)}{near}")
                continue
            try:
                cell = column.add(place, given)
            except DefinitionError as error:
                problems.add(f"rule {identity}, column {name}", str(error))
                continue
            if cell is not None:
                when[name] = cell
        if id(rule.then) not in sound:
            before = len(problems)
            check_outcome(f"rule {identity}", rule.then, outputs, problems)
            if len(problems) == before:
                sound.add(id(rule.then))
        rules.append(Rule(FrozenMapping(when), rule.then, rule.because, identity))
    return tuple(rules)


def _winning_order(table: "DecisionTable", rules: Sequence[Rule]) -> tuple[int, ...]:
    """Return the places of the rules, winners first: by output, highest first, under a policy of priority (RUL-3)."""
    places = range(len(rules))
    if table.hit not in ("priority", "output-order"):
        return tuple(places)
    ranked = [domain for domain in table.outputs if domain.ordered]

    def rank(place: int) -> tuple[Any, ...]:
        then = rules[place].then
        return tuple((domain.name in then, rank_of(domain, then.get(domain.name))) for domain in ranked)

    return tuple(sorted(places, key=rank, reverse=True))


def rank_of(domain: Domain, value: Value | None) -> Any:
    """Return the place of a value in the order of its domain, for a scale that of the member."""
    return axis_of(domain, ()).position(value) if value is not None else None
