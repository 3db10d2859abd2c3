"""Tables as text grids, the form in which people read and write them, and as matrices where two facts decide (RUL-11).

A grid is a Markdown table, with or without the ruled line: facts left of the first `->`, outcomes right of it,
`because` the reason, an optional first column `id` the rule's name. A matrix has one fact down and one across.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NoReturn

from attrs import evolve, frozen

from supportcore.domains import Domain, Value
from supportcore.domains.values import kind_of, shown
from supportcore.errors import ConceptError, DefinitionError, FactError, Problem, did_you_mean, listed
from supportcore.rules.cells.parsing import show_cell
from supportcore.rules.decisions import Rule
from supportcore.rules.tables import DecisionTable, listed_domains, must_be_table

ARROW = "->"
RULED = re.compile(r":?-+:?")
BETWEEN_BARS = re.compile(r"(?<!\\)\|")
QUOTED = re.compile(r'"(.*)"', re.DOTALL)


@frozen
class Row:
    """One line of a grid: its number in the text, from one, and its cells."""

    line: int
    cells: tuple[str, ...]


def _rows(text: str) -> list[Row]:
    said: object = text
    if not isinstance(said, str):
        raise DefinitionError(f"`{shown(said)}` is {kind_of(said)}; the text of a grid is accepted")
    rows: list[Row] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        body = line.strip()
        if not body:
            continue
        if body.startswith("|"):
            body = body.removeprefix("|")
            body = body[:-1] if body.endswith("|") and not body.endswith("\\|") else body
        cells = tuple(cell.strip().replace("\\|", "|") for cell in BETWEEN_BARS.split(body))
        # Single dashes are a rule that anything fits, except where the ruled line belongs.
        ruled = all(RULED.fullmatch(cell) for cell in cells) and (len(rows) < 2 or max(map(len, cells)) > 1)
        if not ruled:
            rows.append(Row(number, cells))
    return rows


def columns_of(text: str) -> dict[str, tuple[str, ...]]:
    """The cells of a grid by the headings of its columns, as they stand there; what a short line lacks is left out.

    >>> columns_of("| kind | -> level |\\n| fault | first |")
    {'kind': ('fault',), '-> level': ('first',)}
    """
    head, *rows = _rows(text) or [Row(1, ())]
    return {
        heading: tuple(row.cells[place] for row in rows if place < len(row.cells))
        for place, heading in enumerate(head.cells)
    }


def rule_lines(text: str) -> tuple[int, ...]:
    """The line of each rule of a grid in its text, from one.

    >>> rule_lines("| kind | -> level |\\n|---|---|\\n| fault | first |")
    (3,)
    """
    return tuple(row.line for row in _rows(text)[1:])


def read_grid(
    text: str, *, name: str, inputs: Iterable[Domain], outputs: Iterable[Domain], hit: str = "first", **declared: Any
) -> DecisionTable:
    """The table that a text grid says.

    `inputs` and `outputs` are the domains that its columns may name; the table has those that it names, in its order.
    `declared` are further parts of a `DecisionTable`: `default`, `rises`, `falls`, `waivers`, `aggregate`. Raises
    `ConceptError` with every problem at once, each with rule, column and line of the text.

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
    return table_from_rows(_rows(text), name=name, inputs=inputs, outputs=outputs, hit=hit, **declared)


def table_from_rows(
    rows: Sequence[Row], *, name: str, inputs: Iterable[Domain], outputs: Iterable[Domain], hit: str, **declared: Any
) -> DecisionTable:
    """The table that the rows of a grid say, the first of them the names of its columns; see `read_grid`."""
    problems: list[Problem] = []
    if not rows:
        raise ConceptError(
            [Problem("", "the grid is empty; write a line with the names of its columns")], f"table {name}"
        )
    known_inputs = {domain.name: domain for domain in listed_domains(inputs)}
    known_outputs = {domain.name: domain for domain in listed_domains(outputs)}
    heads = _heads(rows[0], known_inputs, known_outputs, problems)
    if problems:
        raise ConceptError(problems, f"table {name}")
    rules: list[Rule] = []
    lines: dict[str, int] = {}
    for number, row in enumerate(rows[1:], 1):
        rule = _rule(row, number, heads, known_outputs, problems)
        rules.append(rule)
        lines.setdefault(rule.id, row.line)
    return _made(
        problems,
        lines,
        name=name,
        hit=hit,
        inputs=[known_inputs[head.name] for head in heads if head.kind == "input"],
        outputs=[known_outputs[head.name] for head in heads if head.kind == "output"],
        rules=rules,
        **declared,
    )


@frozen
class Head:
    """What a column of a grid holds."""

    kind: str
    name: str


def _heads(
    row: Row, inputs: Mapping[str, Domain], outputs: Mapping[str, Domain], problems: list[Problem]
) -> list[Head]:
    heads = []
    for place, cell in enumerate(row.cells):
        if cell == "id" and place == 0 and "id" not in inputs:
            heads.append(Head("id", cell))
        elif cell == "because" and Head("because", cell) not in heads:
            heads.append(Head("because", cell))
        else:
            kind, known = ("output", outputs) if cell.startswith(ARROW) else ("input", inputs)
            named = cell.removeprefix(ARROW).strip()
            if named not in known:
                near = did_you_mean(named, known)
                what = "outcome" if kind == "output" else "fact"
                words = f"`{named}` is no {what} here; accepted are {listed(known)}{near}"
                if kind == "input" and named in outputs:
                    words = f"`{named}` is an outcome; write `{ARROW} {named}`"
                problems.append(Problem(f"column {named}" if named else f"column {place + 1}", words, row.line))
            elif Head(kind, named) in heads:
                problems.append(
                    Problem(f"column {named}", "stands there twice; each column has a name of its own", row.line)
                )
            heads.append(Head(kind, named))
    if not any(head.kind == "output" for head in heads):
        problems.append(Problem("", f"no column is an outcome; write its name as `{ARROW} name`", row.line))
    return heads


def _rule(row: Row, number: int, heads: Sequence[Head], outputs: Mapping[str, Domain], problems: list[Problem]) -> Rule:
    named = dict(zip(((head.kind, head.name) for head in heads), row.cells, strict=False))
    identity = named.get(("id", "id")) or f"r{number}"
    if len(row.cells) != len(heads):
        words = f"has {len(row.cells)} cells under {len(heads)} columns; a bar within a cell is written `\\|`"
        problems.append(Problem(f"rule {identity}", words, row.line))
    when: dict[str, object] = {}
    then: dict[str, Value] = {}
    for head, cell in zip(heads, row.cells, strict=False):
        if head.kind == "input":
            when[head.name] = cell
        elif head.kind == "output" and cell not in ("", "-"):
            try:
                then[head.name] = parse_value(outputs[head.name], cell)
            except FactError as error:
                problems.append(Problem(f"rule {identity}, column {head.name}", str(error), row.line))
        elif head.kind == "output" and not outputs[head.name].optional:
            accepted = outputs[head.name].declaration()
            problems.append(
                Problem(f"rule {identity}, column {head.name}", f"has no value; accepted is {accepted}", row.line)
            )
    return Rule(when, then, named.get(("because", "because"), ""), identity)


def parse_value(domain: Domain, text: str) -> Value:
    """An outcome's value as a cell says it, quotes around it taken off."""
    quoted = QUOTED.fullmatch(text)
    return domain.parse(quoted[1] if quoted else text)


def show_value(domain: Domain, value: Value) -> str:
    """An outcome's value as `parse_value` reads it."""
    shown = domain.show(value)
    return f'"{shown}"' if shown in ("", "-") or QUOTED.fullmatch(shown) else shown


def _made(problems: Sequence[Problem], lines: Mapping[str, int], **parts: Any) -> DecisionTable:
    """The table, or every problem of reading and of building it, each with its line."""
    known = {problem.path for problem in problems}
    try:
        table = DecisionTable(**parts)
    except ConceptError as error:
        more = [_placed(problem, lines) for problem in error.problems if problem.path not in known]
        _refuse([*problems, *more], parts["name"])
    if problems:
        _refuse(problems, parts["name"])
    return table


def _refuse(problems: Sequence[Problem], name: str) -> NoReturn:
    raise ConceptError(sorted(problems, key=lambda problem: problem.line or 0), f"table {name}") from None


def _placed(problem: Problem, lines: Mapping[str, int]) -> Problem:
    where = problem.path.removeprefix("rule ")
    rule = next((name for name in lines if where == name or where.startswith(f"{name}, column ")), None)
    return problem if rule is None or where == problem.path else evolve(problem, line=lines[rule])


def write_grid(table: DecisionTable) -> str:
    """The rules of a table as a text grid that `read_grid` reads back, its columns aligned."""
    lines = [[cell.replace("|", "\\|") for cell in row] for row in grid_rows(table)]
    for cell in (cell for line in lines for cell in line if len(cell.splitlines()) > 1):
        raise DefinitionError(f"`{shown(cell)}` has several lines, which a grid does not keep; write it as one")
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    lines.insert(1, ["-" * width for width in widths])
    told = [" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    return "".join(f"| {line} |\n" for line in told)


def grid_rows(table: DecisionTable) -> list[list[str]]:
    """The rows of a table's grid, the names of its columns first; rules' names and reasons where there are any."""
    must_be_table(table)
    ids = [rule.id for rule in table.rules]
    with_ids = ids != [f"r{number}" for number in range(1, len(ids) + 1)]
    with_reasons = any(rule.because for rule in table.rules)
    for domain in (*table.inputs, *table.outputs):
        if domain.name in ("id", "because") or domain.name.startswith(ARROW):
            raise DefinitionError(f"`{domain.name}` means something else at the head of a grid; give it another name")
    heads = [domain.name for domain in table.inputs] + [f"{ARROW} {domain.name}" for domain in table.outputs]
    rows = [["id"] * with_ids + heads + ["because"] * with_reasons]
    for rule in table.rules:
        rows.append([rule.id] * with_ids + list(_cells(table, rule)) + [rule.because] * with_reasons)
    for row in rows:
        for cell in row:
            if cell != cell.strip():
                raise DefinitionError(
                    f"`{shown(cell)}` has blanks around it, which a grid does not keep; leave them out"
                )
    return rows


def _cells(table: DecisionTable, rule: Rule) -> Iterator[str]:
    for domain in table.inputs:
        cell: Any = rule.when.get(domain.name)
        yield "-" if cell is None else show_cell(cell, domain)
    for domain in table.outputs:
        value = rule.then.get(domain.name)
        yield "-" if value is None else show_value(domain, value)
