"""Tables as matrices: one input down, the other across, the output in the cells (RUL-11)."""

from collections.abc import Iterable
from typing import Any

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.domains import Domain
from supportcore.domains.values import shown
from supportcore.errors import Problems, did_you_mean, listed
from supportcore.rules.decisions import Rule
from supportcore.rules.formats.grids import build_table, check_rows, check_size, grid_rows, parse_value
from supportcore.rules.tables import DecisionTable, listed_domains
from supportcore.structuring.plain import must_be_text


def is_matrix(text: str) -> bool:
    r"""Return whether a text is a matrix: its first cell names two facts with a backslash between them.

    >>> is_matrix("impact \\ urgency | low\nhigh | major"), is_matrix("| kind | -> priority |")
    (True, False)
    """
    rows = grid_rows(text)
    return bool(rows) and "\\" in rows[0].cells[0]


def read_matrix(
    text: str,
    *,
    name: str,
    inputs: Iterable[Domain],
    output: Domain,
    hit: str = "unique",
    bounds: Bounds = DEFAULT_BOUNDS,
    **declared: Any,
) -> DecisionTable:
    r"""Return the table in a matrix: its first cell is `impact \ urgency`, the first fact down, the second across.

    Raises `ConceptError` with every problem, and for a text beyond the `bounds`; each cell is a rule.

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
    problems = Problems()
    source = f"table {shown(name)}"
    must_be_text(text, "the text of a matrix")
    check_size(text, bounds, source)
    rows = grid_rows(text)
    check_rows(rows, bounds, source)
    if rows and (message := bounds.excess("rules", (len(rows) - 1) * (len(rows[0].cells) - 1))):
        problems.add("", f"has {message}")
    corner = rows[0].cells[0].split("\\") if rows else []
    if len(corner) != 2:
        problems.add("", "the first cell of a matrix must name two facts: `down \\ across`")
        problems.raise_if_any(source)
    known = {domain.name: domain for domain in listed_domains(inputs)}
    down, across = (word.strip() for word in corner)
    head = problems.at("", rows[0].line)
    for fact in (down, across):
        if fact not in known:
            head.add("", f"`{fact}` is not an input here; expected one of {listed(known)}{did_you_mean(fact, known)}")
    if down == across:
        head.add("", f"`{down}` is both down and across; name two facts")
    problems.raise_if_any(source)
    columns = rows[0].cells[1:]
    if not all(columns):
        head.add("", f"a column has no value of `{across}` in the first line")
    rules: list[Rule] = []
    lines: dict[str, int] = {}
    for row in rows[1:]:
        value, *cells = row.cells
        if not value:
            problems.add("row", f"has no value of `{down}` in its first cell", row.line)
        if len(cells) != len(columns):
            problems.add(f"row {value}", f"expected {len(columns) + 1} cells, found {len(cells) + 1}", row.line)
        for column, cell in zip(columns, cells, strict=False):
            identity = f"{value}/{column}"
            lines[identity] = row.line
            if cell in ("", "-"):
                continue
            with problems.at(f"row {value}, column {column}", row.line):
                then = {output.name: parse_value(output, cell)}
                rules.append(Rule({down: value, across: column}, then, id=identity))
    parts = {"inputs": [known[down], known[across]], "outputs": [output], "rules": rules}
    return build_table(problems, lines, name=name, hit=hit, **parts, **declared)
