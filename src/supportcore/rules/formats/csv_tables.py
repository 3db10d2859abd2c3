"""Decision tables as CSV."""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.domains import Domain
from supportcore.domains.values import shown
from supportcore.errors import ConceptError, Problem
from supportcore.rules.cells.text_literals import require_encodable
from supportcore.rules.formats.grids import Row, cells_of, check_size, table_from_rows
from supportcore.rules.tables import DecisionTable
from supportcore.structuring.plain import must_be_text

# Python's writer leaves a carriage return without quotes, and a reader takes it for the end of a row.
QUOTED = re.compile('[",\r\n\ufeff]')


def write_csv(table: DecisionTable) -> str:
    """Return the rules of a table as comma-separated values with the columns of a grid, which `read_csv` reads back.

    Raises `DefinitionError` for a table that `write_grid` refuses; line ends inside a cell are written in quotes.
    """
    return require_encodable("".join(f"{','.join(map(_quoted, row))}\n" for row in cells_of(table)))


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if QUOTED.search(cell) else cell


def read_csv(
    text: str,
    *,
    name: str,
    inputs: Iterable[Domain],
    outputs: Iterable[Domain],
    hit: str = "first",
    delimiter: str = ",",
    bounds: Bounds = DEFAULT_BOUNDS,
    **declared: Any,
) -> DecisionTable:
    """Return the table in comma-separated values; other arguments and errors are those of `read_grid`.

    `delimiter` separates two values: German spreadsheets write `;`.
    """
    must_be_text(text, "a text in CSV")
    source = f"table {shown(name)}"
    check_size(text, bounds, source)
    rows: list[Row] = []
    line = 0
    usual = csv.field_size_limit()  # of all readers, so it is put back
    csv.field_size_limit(max(usual, bounds.cell))
    try:
        reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True)
        for cells in reader:
            if any(cells):
                rows.append(Row(line + 1, tuple(cell.strip() for cell in cells)))
            line = reader.line_num
    except (csv.Error, TypeError, ValueError) as error:
        raise ConceptError([Problem("", f"cannot be read as CSV: {error}", line + 1)], source) from None
    finally:
        csv.field_size_limit(usual)
    if rows and len(rows[0].cells) == 1 and ";" in rows[0].cells[0]:
        message = 'the names of the columns are separated by `;`; give `delimiter=";"`'
        raise ConceptError([Problem("", message, rows[0].line)], source)
    return table_from_rows(rows, bounds, name=name, inputs=inputs, outputs=outputs, hit=hit, **declared)
