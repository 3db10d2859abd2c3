"""The table of targets in a concept file: what each of its rows promises, and in which hours (SLA-5)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import Any

from attrs import evolve, frozen

from supportcore.concept.file.problems import Reading
from supportcore.concept.file.shapes import TargetsShape
from supportcore.concept.grammar.dates import Plans
from supportcore.concept.grammar.hours import Calendars, Hours, hours_named
from supportcore.concept.grammar.promises import NONE, Cell, amount_read, cell_read
from supportcore.domains import Choice
from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.rules import DecisionTable, Rule, columns_of, read_grid, rule_lines
from supportcore.sla import Target

PATH = "targets.table"
HOURS = "hours"
APPLY = {"": False, "from the opening": False, "once attached": True}


@frozen
class Targets:
    """What is promised: the table that chooses, the promises by name, and whether an agreement must be attached."""

    table: DecisionTable
    promises: FrozenMapping[str, Target] = EMPTY
    on_attachment: bool = False


def on_attachment(section: TargetsShape) -> bool:
    """Whether the targets only apply once their agreement is attached."""
    return APPLY.get(section.apply, False)


@frozen
class _Row:
    """A row of the table: its rule, its line, and what its cells say of each metric."""

    rule: Rule
    line: int
    cells: Mapping[str, Cell]


def promised_in(section: TargetsShape | None) -> list[str]:
    """The outcomes that the table decides."""
    columns = columns_of(section.table) if section else {}
    return [heading.removeprefix("->").strip() for heading in columns if heading.startswith("->")]


def targets_read(
    section: TargetsShape,
    inputs: Iterable[Any],
    metrics: Iterable[str],
    calendars: Calendars,
    plans: Plans,
    tz: tzinfo,
    reading: Reading,
) -> Targets | None:
    """The table of targets, and the promises that it chooses from: an amount and the hours in which it counts."""
    if section.apply not in APPLY:
        known = [word for word in APPLY if word]
        near = did_you_mean(section.apply, known)
        reading.add("targets.apply", f"`{section.apply}` is not known; accepted are {listed(known)}{near}")
    columns = columns_of(section.table)
    outputs = [Choice(name, _members(columns, name) or [NONE]) for name in (*metrics, HOURS)]
    table = None
    with reading.part(PATH):
        table = read_grid(section.table, name="targets", inputs=inputs, outputs=outputs)
    if table is None:
        return None
    rows = [
        _Row(rule, line, _cells(rule, section.hours))
        for rule, line in zip(table.rules, rule_lines(section.table), strict=True)
    ]
    if not all(cell.hours or cell.amount == NONE for row in rows for cell in row.cells.values()):
        words = "needs hours: a column `-> hours`, the key `hours`, or hours in each cell, such as `4 h, office`"
        reading.add("targets", words)
        return None
    promises = _promises(rows, calendars, plans, tz, reading)
    whole = None
    with reading.part(PATH):
        whole = _with_promises(table, rows)
    return None if whole is None else Targets(whole, FrozenMapping(promises), on_attachment(section))


def _members(columns: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell for cell in columns.get(f"-> {name}", ()) if cell not in ("", "-")))


def _cells(rule: Rule, hours: str) -> Mapping[str, Cell]:
    """What a row says of each metric; a cell without hours of its own has those of its row."""
    of_row = str(rule.then.get(HOURS, hours))
    read = {metric: cell_read(str(text)) for metric, text in rule.then.items() if metric != HOURS}
    return {metric: evolve(cell, hours=cell.hours or of_row) for metric, cell in read.items()}


def _promises(
    rows: Sequence[_Row], calendars: Calendars, plans: Plans, tz: tzinfo, reading: Reading
) -> dict[str, Target]:
    """The promises by name; hours that are none are told once, where they stand first."""
    known: dict[str, Hours | None] = {}
    promises: dict[str, Target] = {}
    for row in rows:
        for metric, cell in row.cells.items():
            if cell.hours and cell.hours not in known:
                known[cell.hours] = None
                column = HOURS if row.rule.then.get(HOURS) == cell.hours else metric
                with reading.part(_place(row, column), row.line):
                    known[cell.hours] = hours_named(cell.hours, calendars)
            with reading.part(_place(row, metric), row.line):
                promises[_promise(cell, rows)] = _target(cell, known.get(cell.hours), plans, tz)
    return promises


def _place(row: _Row, column: str) -> str:
    return f"{PATH}.rule {row.rule.id}, column {column}"


def _promise(cell: Cell, rows: Sequence[_Row]) -> str:
    """The name of a promise: amount and hours; where nothing is promised the hours only matter if they differ."""
    if cell.amount == NONE:
        measured = {one.hours for row in rows for one in row.cells.values() if one.amount == NONE}
        if len(measured) == 1:
            return NONE
    return ", ".join(part for part in (cell.amount, cell.hours) if part)


def _target(cell: Cell, hours: Hours | None, plans: Plans, tz: tzinfo) -> Target:
    if hours is not None and hours.outside:
        raise DefinitionError(f"`{cell.hours}` cannot count a target; name a calendar")
    calendar = None if hours is None else hours.calendar
    return Target(amount_read(cell.amount, plans, tz), calendar, calendar_name=cell.hours)


def _with_promises(table: DecisionTable, rows: Sequence[_Row]) -> DecisionTable:
    """The table whose outcomes name whole promises: what a row says of amount and hours, as one."""
    rules = [
        evolve(row.rule, then=FrozenMapping({metric: _promise(cell, rows) for metric, cell in row.cells.items()}))
        for row in rows
    ]
    outputs = [
        Choice(domain.name, tuple(dict.fromkeys(str(rule.then[domain.name]) for rule in rules)))
        for domain in table.outputs
        if domain.name != HOURS
    ]
    return DecisionTable(name=table.name, hit=table.hit, inputs=table.inputs, outputs=outputs, rules=rules)
