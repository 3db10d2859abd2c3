"""Tables as text grids, the form in which people read and write them (RUL-11).

A grid is a Markdown table, with or without the ruled line: inputs left of the first `->`, outputs right of it,
`because` for the reason, and `id` as an optional first column for the names of rules.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from attrs import evolve, frozen

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.domains import Choice, Domain, Scale, Subset, Value
from supportcore.domains.values import shown
from supportcore.errors import ConceptError, DefinitionError, FactError, Problem, Problems, did_you_mean, listed
from supportcore.rules.cells.parsing import parse_words, show_cell, show_words
from supportcore.rules.cells.text_literals import UNPRINTABLE, quote_text, require_encodable, unquote_text
from supportcore.rules.decisions import Rule
from supportcore.rules.tables import DecisionTable, listed_domains, require_table
from supportcore.structuring.plain import must_be_text

ARROW = "->"
IN_COLUMN = ", column "
RULED = re.compile(r":?-+:?")
BETWEEN_BARS = re.compile(r"(?<!\\)\|")


@frozen
class Row:
    """One line of a grid: its number in the text, from one, and its cells."""

    line: int
    cells: tuple[str, ...]


@frozen
class Heading:
    """What a column of a grid holds: `kind` is `input`, `output`, `id` or `because`."""

    kind: str
    name: str


def grid_rows(text: str) -> list[Row]:
    """Return the rows of a grid, the headings first, without empty lines and the ruled line."""
    must_be_text(text, "the text of a grid")
    rows: list[Row] = []
    has_ruled_line = False
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        body = line.strip()
        if not body:
            continue
        if body.startswith("|"):
            body = body.removeprefix("|")
            body = body[:-1] if body.endswith("|") and not body.endswith("\\|") else body
        cells = tuple(cell.strip().replace("\\|", "|") for cell in BETWEEN_BARS.split(body))
        # Only one line right below the headings can be the ruled line; further dashes are words, or fit anything.
        if len(rows) == 1 and not has_ruled_line and all(RULED.fullmatch(cell) for cell in cells):
            has_ruled_line = True
        else:
            rows.append(Row(number, cells))
    return rows


def check_size(text: str, bounds: Bounds, source: str) -> None:
    """Raise `ConceptError` for a text beyond the bound `file_size`."""
    if message := bounds.excess("file_size", len(text)):
        raise ConceptError([Problem("", f"has {message}")], source)


def check_rows(rows: Sequence[Row], bounds: Bounds, source: str) -> None:
    """Raise `ConceptError` for more rules, more columns or longer cells than the `bounds` allow."""
    problems = Problems()
    if message := bounds.excess("rules", len(rows) - 1):
        problems.add("", f"has {message}")
    for row in rows:
        for bound, found in (("columns", len(row.cells)), ("cell", max(map(len, row.cells), default=0))):
            if message := bounds.excess(bound, found):
                problems.add("", f"has {message}", row.line)
    problems.raise_if_any(source)


def columns_of(text: str) -> dict[str, tuple[str, ...]]:
    """Return the cells of a grid by the headings of its columns; a short line has no cell in the last columns.

    >>> columns_of("| kind | -> level |\\n| fault | first |")
    {'kind': ('fault',), '-> level': ('first',)}
    """
    head, *rows = grid_rows(text) or [Row(1, ())]
    return {
        heading: tuple(row.cells[index] for row in rows if index < len(row.cells))
        for index, heading in enumerate(head.cells)
    }


def rule_lines(text: str) -> tuple[int, ...]:
    """Return the line, counted from one, of each rule of a grid.

    >>> rule_lines("| kind | -> level |\\n|---|---|\\n| fault | first |")
    (3,)
    """
    return tuple(row.line for row in grid_rows(text)[1:])


# Reading


def read_grid(
    text: str,
    *,
    name: str,
    inputs: Iterable[Domain],
    outputs: Iterable[Domain],
    hit: str = "first",
    bounds: Bounds = DEFAULT_BOUNDS,
    **declared: Any,
) -> DecisionTable:
    """Return the table in a text grid.

    `inputs` and `outputs` are the domains that its columns may name; the table has those that it names, in its order.
    `declared` are further arguments of `DecisionTable`: `default`, `rises`, `falls`, `waivers`, `aggregate`. Raises
    `ConceptError` with every problem, each with rule, column and line of the text, and for a text beyond the `bounds`.

    >>> from supportcore.domains import Choice, Flag, Scale
    >>> table = read_grid(
    ...     '''| kind  | crash | -> priority | because          |
    ...        | fault | yes   | critical    | work is at stake |
    ...        | -     | -     | minor       |                  |''',
    ...     name="priority", inputs=[Choice("kind", ["fault", "question"]), Flag("crash")],
    ...     outputs=[Scale("priority", ["minor", "critical"])])
    >>> table.decide({"kind": "fault", "crash": True}).because
    'work is at stake'
    """
    must_be_text(text, "the text of a grid")
    check_size(text, bounds, f"table {shown(name)}")
    return table_from_rows(grid_rows(text), bounds, name=name, inputs=inputs, outputs=outputs, hit=hit, **declared)


def table_from_rows(
    rows: Sequence[Row],
    bounds: Bounds,
    *,
    name: str,
    inputs: Iterable[Domain],
    outputs: Iterable[Domain],
    hit: str,
    **declared: Any,
) -> DecisionTable:
    """Return the table in the rows of a grid, the headings first; arguments and errors are those of `read_grid`."""
    problems = Problems()
    source = f"table {shown(name)}"
    if not rows:
        problems.add("", "the grid is empty; write a line with the names of its columns")
        problems.raise_if_any(source)
    check_rows(rows, bounds, source)
    known_inputs = {domain.name: domain for domain in listed_domains(inputs)}
    known_outputs = {domain.name: domain for domain in listed_domains(outputs)}
    headings = _headings(rows[0], known_inputs, known_outputs, problems)
    problems.raise_if_any(source)
    rules: list[Rule] = []
    lines: dict[str, int] = {}
    for number, row in enumerate(rows[1:], 1):
        rule = _rule(row, number, headings, known_outputs, problems)
        rules.append(rule)
        lines.setdefault(rule.id, row.line)
    return build_table(
        problems,
        lines,
        name=name,
        hit=hit,
        inputs=[known_inputs[heading.name] for heading in headings if heading.kind == "input"],
        outputs=[known_outputs[heading.name] for heading in headings if heading.kind == "output"],
        rules=rules,
        **declared,
    )


def _headings(
    row: Row, inputs: Mapping[str, Domain], outputs: Mapping[str, Domain], problems: Problems
) -> list[Heading]:
    headings: list[Heading] = []
    for index, cell in enumerate(row.cells):
        if cell == "id" and index == 0 and "id" not in inputs:
            headings.append(Heading("id", cell))
        elif cell == "because" and Heading("because", cell) not in headings:
            headings.append(Heading("because", cell))
        else:
            kind, known = ("output", outputs) if cell.startswith(ARROW) else ("input", inputs)
            heading = Heading(kind, cell.removeprefix(ARROW).strip())
            column = problems.at(f"column {heading.name or index + 1}", row.line)
            if heading.name not in known:
                column.add("", _unknown_column(heading, known, outputs))
            elif heading in headings:
                column.add("", "is given twice; give each column a name of its own")
            headings.append(heading)
    if not any(heading.kind == "output" for heading in headings):
        problems.add("", f"no column is an output; write its name as `{ARROW} name`", row.line)
    return headings


def _unknown_column(heading: Heading, known: Mapping[str, Domain], outputs: Mapping[str, Domain]) -> str:
    if heading.kind == "input" and heading.name in outputs:
        return f"`{heading.name}` is an output; write `{ARROW} {heading.name}`"
    near = did_you_mean(heading.name, known)
    return f"`{heading.name}` is not an {heading.kind} here; expected one of {listed(known)}{near}"


def _rule(
    row: Row, number: int, headings: Sequence[Heading], outputs: Mapping[str, Domain], problems: Problems
) -> Rule:
    cells = dict(zip(headings, row.cells, strict=False))
    identity = cells.get(Heading("id", "id")) or f"r{number}"
    if len(row.cells) != len(headings):
        message = f"expected {len(headings)} cells, found {len(row.cells)}; write a bar inside a cell as `\\|`"
        problems.add(f"rule {identity}", message, row.line)
    when: dict[str, object] = {}
    then: dict[str, Value] = {}
    for heading, cell in cells.items():
        if heading.kind == "input":
            when[heading.name] = cell
        elif heading.kind == "output":
            domain = outputs[heading.name]
            with problems.at(f"rule {identity}, column {heading.name}", row.line) as column:
                if cell not in ("", "-"):
                    then[heading.name] = parse_value(domain, cell)
                elif not domain.optional:
                    column.add("", f"has no value; expected {domain.declaration()}")
    return Rule(when, then, cells.get(Heading("because", "because"), ""), identity)


def parse_value(domain: Domain, text: str) -> Value:
    """Parse the value of an output from a cell, with or without quotes; raise `FactError` if it does not fit."""
    if isinstance(domain, Subset):
        words = parse_words(text)
        if problem := domain.problem(words):
            raise FactError(problem)
        return words
    literal = unquote_text(text)
    if literal is None:
        return domain.parse(text)
    if isinstance(domain, (Scale, Choice)) and not domain.problem(literal):
        return literal
    return domain.parse(literal)


def build_table(problems: Problems, lines: Mapping[str, int], **parts: Any) -> DecisionTable:
    """Return a table of these parts; raise `ConceptError` with every problem of reading and of building it.

    `lines` gives the line of each rule by its name; problems are in the order of their lines.
    """
    found = {problem.path for problem in problems}
    try:
        table = DecisionTable(**parts)
    except ConceptError as error:
        problems.extend(_located(problem, lines) for problem in error.problems if problem.path not in found)
    else:
        if not problems:
            return table
    raise ConceptError(sorted(problems, key=lambda problem: problem.line or 0), f"table {shown(parts['name'])}")


def _located(problem: Problem, lines: Mapping[str, int]) -> Problem:
    where = problem.path.removeprefix("rule ")
    parts = accumulate(where.split(IN_COLUMN), lambda name, part: f"{name}{IN_COLUMN}{part}")
    rule = next((name for name in parts if name in lines), None)
    return problem if rule is None or where == problem.path else evolve(problem, line=lines[rule])


# Writing


def write_grid(table: DecisionTable) -> str:
    """Return the rules of a table as a text grid with aligned columns, which `read_grid` reads back.

    Raises `DefinitionError` for names, reasons and ids that a grid cannot keep: line ends, blanks at the ends, and
    columns called `id` or `because`.
    """
    lines = [[cell.replace("|", "\\|") for cell in row] for row in cells_of(table)]
    for cell in (cell for line in lines for cell in line if len(cell.splitlines()) > 1):
        raise DefinitionError(f"`{shown(cell)}` has several lines, which a grid cannot keep; write it on one line")
    widths = [max(len(line[index]) for line in lines) for index in range(len(lines[0]))]
    lines.insert(1, ["-" * width for width in widths])
    rows = (" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    return require_encodable("".join(f"| {row} |\n" for row in rows))


def cells_of(table: DecisionTable) -> list[list[str]]:
    """Return the cells of a table's grid by rows, the headings first; `id` and `because` only if a rule has them."""
    require_table(table)
    ids = [rule.id for rule in table.rules]
    with_ids = ids != [f"r{number}" for number in range(1, len(ids) + 1)]
    with_reasons = any(rule.because for rule in table.rules)
    for domain in (*table.inputs, *table.outputs):
        if domain.name in ("id", "because") or domain.name.startswith(ARROW):
            raise DefinitionError(f"`{domain.name}` is a reserved heading of grids; give the column another name")
    headings = [domain.name for domain in table.inputs] + [f"{ARROW} {domain.name}" for domain in table.outputs]
    rows = [["id"] * with_ids + headings + ["because"] * with_reasons]
    for rule in table.rules:
        rows.append([rule.id] * with_ids + list(_entries(table, rule)) + [rule.because] * with_reasons)
    for cell in (cell for row in rows for cell in row if cell != cell.strip()):
        raise DefinitionError(f"`{shown(cell)}` has blanks around it, which a grid cannot keep; remove them")
    return rows


def _entries(table: DecisionTable, rule: Rule) -> Iterator[str]:
    for domain in table.inputs:
        cell: Any = rule.when.get(domain.name)
        yield "-" if cell is None else show_cell(cell, domain)
    for domain in table.outputs:
        value = rule.then.get(domain.name)
        yield "-" if value is None else show_value(domain, value)


def show_value(domain: Domain, value: Value) -> str:
    """Return the value of an output as `parse_value` reads it."""
    if isinstance(domain, Subset) and isinstance(value, frozenset):
        return show_words(value, domain) or quote_text("")
    text = domain.show(value)
    is_plain = text not in ("", "-") and text == text.strip() and text[0] != '"' and not UNPRINTABLE.search(text)
    return text if is_plain else quote_text(text)
