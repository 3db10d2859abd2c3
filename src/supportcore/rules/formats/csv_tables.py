"""Decision tables as CSV."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from supportcore.domains import Domain
from supportcore.errors import ConceptError, Problem
from supportcore.rules.formats.grids import Row, grid_rows, table_from_rows
from supportcore.rules.tables import DecisionTable
from supportcore.structuring.plain import must_be_text


def write_csv(table: DecisionTable) -> str:
    """The rules as comma-separated values, with the columns of the text grid; `read_csv` reads them back."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(grid_rows(table))
    return stream.getvalue()


def read_csv(
    text: str,
    *,
    name: str,
    inputs: Iterable[Domain],
    outputs: Iterable[Domain],
    hit: str = "first",
    delimiter: str = ",",
    **declared: Any,
) -> DecisionTable:
    """The table that comma-separated values say; other arguments and errors are those of `read_grid`.

    `delimiter` is the sign between two values: spreadsheets of German tongue put `;` there.
    """
    must_be_text(text, "CSV")
    rows: list[Row] = []
    line = 0
    try:
        reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True)
        for cells in reader:
            if any(cells):
                rows.append(Row(line + 1, tuple(cell.strip() for cell in cells)))
            line = reader.line_num
    except (csv.Error, TypeError, ValueError) as error:
        raise ConceptError([Problem("", f"cannot be read as csv: {error}", line + 1)], f"table {name}") from None
    if rows and len(rows[0].cells) == 1 and ";" in rows[0].cells[0]:
        words = 'the names of the columns have `;` between them; give `delimiter=";"`'
        raise ConceptError([Problem("", words, rows[0].line)], f"table {name}")
    return table_from_rows(rows, name=name, inputs=inputs, outputs=outputs, hit=hit, **declared)
