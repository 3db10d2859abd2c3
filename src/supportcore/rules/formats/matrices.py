"""Matrices: two inputs against each other, the output in the cells."""

from collections.abc import Iterable
from typing import Any

from supportcore.domains import Domain
from supportcore.errors import ConceptError, FactError, Problem, did_you_mean, listed
from supportcore.rules.decisions import Rule
from supportcore.rules.formats.grids import _made, _rows, parse_value
from supportcore.rules.tables import DecisionTable, listed_domains


def is_matrix(text: str) -> bool:
    r"""Whether a text is a matrix: the first cell of its first line names two facts with a backslash between them.

    >>> is_matrix("impact \\ urgency | low\nhigh | major"), is_matrix("| kind | -> priority |")
    (True, False)
    """
    rows = _rows(text)
    return bool(rows) and "\\" in rows[0].cells[0]


def read_matrix(
    text: str, *, name: str, inputs: Iterable[Domain], output: Domain, hit: str = "unique", **declared: Any
) -> DecisionTable:
    r"""The table that a matrix says: `impact \ urgency` in its corner, one fact's cells down, the other's across.

    >>> from supportcore.domains import Scale
    >>> table = read_matrix(
    ...     '''impact \\ urgency | low   | high
    ...        high             | major | blocker
    ...        low              | minor | major''',
    ...     name="priority", inputs=[Scale("impact", ["low", "high"]), Scale("urgency", ["low", "high"])],
    ...     output=Scale("priority", ["minor", "major", "blocker"]))
    >>> table.decide({"impact": "low", "urgency": "high"})["priority"]
    'major'
    """
    rows = _rows(text)
    corner = rows[0].cells[0].split("\\") if rows else []
    if len(corner) != 2:
        raise ConceptError(
            [Problem("", "the first cell of a matrix names two facts: `down \\ across`")], f"table {name}"
        )
    known = {domain.name: domain for domain in listed_domains(inputs)}
    down, across = (word.strip() for word in corner)
    problems = [
        Problem("", f"`{fact}` is no fact here; accepted are {listed(known)}{did_you_mean(fact, known)}", rows[0].line)
        for fact in (down, across)
        if fact not in known
    ]
    if down == across:
        problems.append(Problem("", f"`{down}` stands down and across; a matrix takes two facts", rows[0].line))
    if problems:
        raise ConceptError(problems, f"table {name}")
    if not all(rows[0].cells):
        problems.append(Problem("", f"a column has no value of `{across}` in the first line", rows[0].line))
    rules: list[Rule] = []
    lines: dict[str, int] = {}
    for row in rows[1:]:
        if not row.cells[0]:
            problems.append(Problem("row", f"has no value of `{down}` in its first cell", row.line))
        if len(row.cells) != len(rows[0].cells):
            words = f"has {len(row.cells)} cells under {len(rows[0].cells)} columns"
            problems.append(Problem(f"row {row.cells[0]}", words, row.line))
        for column, cell in zip(rows[0].cells[1:], row.cells[1:], strict=False):
            identity = f"{row.cells[0]}/{column}"
            lines[identity] = row.line
            if cell in ("", "-"):
                continue
            try:
                then = {output.name: parse_value(output, cell)}
            except FactError as error:
                problems.append(Problem(f"row {row.cells[0]}, column {column}", str(error), row.line))
                continue
            rules.append(Rule({down: row.cells[0], across: column}, then, id=identity))
    parts = {"inputs": [known[down], known[across]], "outputs": [output], "rules": rules}
    return _made(problems, lines, name=name, hit=hit, **parts, **declared)
