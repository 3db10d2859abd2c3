"""The section `targets`: the table of targets, with the promise and the opening hours of each cell (SLA-5)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from attrs import evolve, frozen

from supportcore.bounds import Bounds
from supportcore.concept.grammar.dates import Plans
from supportcore.concept.grammar.hours import Calendars, Hours, parse_hours
from supportcore.concept.grammar.promises import NONE, Cell, parse_amount, parse_cell
from supportcore.concept.shapes import TargetsShape
from supportcore.domains import Choice
from supportcore.errors import DefinitionError, Problems, did_you_mean, listed
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.rules import DecisionTable, Rule, columns_of, read_grid, rule_lines
from supportcore.sla import Target

HOURS = "hours"
ON_ATTACHMENT = {"": False, "from the opening": False, "once attached": True}


@frozen
class TargetsSection:
    """The table that chooses promises, the promises by name, and whether an agreement must be attached first."""

    table: DecisionTable
    promises: FrozenMapping[str, Target] = EMPTY
    on_attachment: bool = False


@frozen
class _Row:
    """A row of the table: its rule, its line, and its cell for each metric."""

    rule: Rule
    line: int
    cells: Mapping[str, Cell]


@frozen
class _Context:
    """The names that the cells may use, and the zone of their dates."""

    calendars: Calendars
    plans: Plans
    tz: tzinfo


def applies_on_attachment(section: TargetsShape) -> bool:
    """Return whether the targets apply only once their agreement is attached."""
    return ON_ATTACHMENT.get(section.apply, False)


def promised_metrics(section: TargetsShape | None) -> list[str]:
    """Return the names of the outcome columns."""
    columns = columns_of(section.table) if section else {}
    return [heading.removeprefix("->").strip() for heading in columns if heading.startswith("->")]


def build_targets(
    section: TargetsShape,
    inputs: Iterable[Any],
    metrics: Iterable[str],
    *,
    calendars: Calendars,
    plans: Plans,
    tz: tzinfo,
    bounds: Bounds,
    problems: Problems,
) -> TargetsSection | None:
    """Build the table of targets and its promises; return `None` if the table has problems."""
    if section.apply not in ON_ATTACHMENT:
        known = [word for word in ON_ATTACHMENT if word]
        near = did_you_mean(section.apply, known)
        problems.add("apply", f"`{section.apply}` is not accepted; expected one of {listed(known)}{near}")
    columns = columns_of(section.table)
    outputs = [Choice(name, _members(columns, name) or [NONE]) for name in (*metrics, HOURS)]
    table = None
    at_table = problems.at("table")
    with at_table:
        table = read_grid(section.table, name="targets", inputs=inputs, outputs=outputs, bounds=bounds)
    if table is None:
        return None
    rows = [
        _Row(rule, line, _cells(rule, section.hours))
        for rule, line in zip(table.rules, rule_lines(section.table), strict=True)
    ]
    if not all(cell.hours or cell.amount == NONE for row in rows for cell in row.cells.values()):
        remedy = "add a column `-> hours`, the key `hours`, or hours in each cell, such as `4 h, office`"
        problems.add("", f"does not say in which hours time counts; {remedy}")
        return None
    promises = _build_promises(rows, _Context(calendars, plans, tz), at_table)
    with at_table:
        return TargetsSection(_with_promises(table, rows), FrozenMapping(promises), applies_on_attachment(section))
    return None


def _members(columns: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell for cell in columns.get(f"-> {name}", ()) if cell not in ("", "-")))


def _cells(rule: Rule, hours: str) -> Mapping[str, Cell]:
    """Return the cells of a row by metric; a cell without hours of its own has those of its row."""
    of_row = str(rule.then.get(HOURS, hours))
    cells = {metric: parse_cell(str(text)) for metric, text in rule.then.items() if metric != HOURS}
    return {metric: evolve(cell, hours=cell.hours or of_row) for metric, cell in cells.items()}


def _build_promises(rows: Sequence[_Row], context: _Context, problems: Problems) -> dict[str, Target]:
    """Return the promises by name; unknown hours are reported only at the first cell that names them."""
    known: dict[str, Hours | None] = {}
    promises: dict[str, Target] = {}
    for row in rows:
        for metric, cell in row.cells.items():
            if cell.hours and cell.hours not in known:
                known[cell.hours] = None
                column = HOURS if row.rule.then.get(HOURS) == cell.hours else metric
                with problems.at(_cell_path(row, column), row.line):
                    known[cell.hours] = parse_hours(cell.hours, context.calendars)
            with problems.at(_cell_path(row, metric), row.line):
                promises[_promise_name(cell, rows)] = _build_target(cell, known.get(cell.hours), context)
    return promises


def _cell_path(row: _Row, column: str) -> str:
    return f"rule {row.rule.id}, column {column}"


def _promise_name(cell: Cell, rows: Sequence[_Row]) -> str:
    """Return the amount and the hours of a cell; `none` has no hours, unless the cells with `none` differ in them."""
    if cell.amount == NONE:
        measured = {other.hours for row in rows for other in row.cells.values() if other.amount == NONE}
        if len(measured) == 1:
            return NONE
    return ", ".join(part for part in (cell.amount, cell.hours) if part)


def _build_target(cell: Cell, hours: Hours | None, context: _Context) -> Target:
    if hours is not None and hours.outside:
        raise DefinitionError(f"`{cell.hours}` cannot count a target; name a calendar")
    calendar = None if hours is None else hours.calendar
    return Target(parse_amount(cell.amount, context.plans, context.tz), calendar, calendar_name=cell.hours)


def _with_promises(table: DecisionTable, rows: Sequence[_Row]) -> DecisionTable:
    """Return the table with the names of promises as outcomes, in place of amounts and a column of hours."""
    rules = [
        evolve(row.rule, then=FrozenMapping({metric: _promise_name(cell, rows) for metric, cell in row.cells.items()}))
        for row in rows
    ]
    outputs = [
        Choice(domain.name, tuple(dict.fromkeys(str(rule.then[domain.name]) for rule in rules)))
        for domain in table.outputs
        if domain.name != HOURS
    ]
    return DecisionTable(name=table.name, hit=table.hit, inputs=table.inputs, outputs=outputs, rules=rules)
