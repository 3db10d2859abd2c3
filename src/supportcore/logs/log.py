"""A ticket log as histories, with an account of every row."""

from attrs import frozen

from supportcore.errors import counted
from supportcore.findings import Finding
from supportcore.logs.rows.rows import Reject
from supportcore.mappings import FrozenMapping
from supportcore.tickets import History

NEEDS_QUOTES = frozenset(',"\r\n')


@frozen(repr=False)
class Log:
    """The histories of a ticket log, one per ticket, and an account of its rows.

    Of the `rows`, `rows_with_events` give one or more `events`, `unchanged` change nothing, and the `rejects` are set
    aside: the three add up to `rows`. `findings` report rows that were read by a special rule, such as a row dated
    before the opening or at a local time that does not exist.
    """

    histories: FrozenMapping[str, History]
    rows: int
    rows_with_events: int
    unchanged: int
    events: int
    rejects: tuple[Reject, ...]
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        size = f"{counted(len(self.histories), 'ticket')}, {counted(self.events, 'event')}"
        rows = f"{self.rows_with_events} with events, {self.unchanged} unchanged, {len(self.rejects)} set aside"
        return f"Log({size}; {counted(self.rows, 'row')}: {rows}; {counted(len(self.findings), 'finding')})"


def rejects_as_csv(log: Log) -> str:
    """Return the rows that are set aside as CSV: file, line, ticket, reason, and the text of the row.

    >>> reject = Reject("log.csv", 7, "T-1", "column `at` has no time", ("T-1", ""))
    >>> print(rejects_as_csv(Log(FrozenMapping(), 1, 0, 0, 0, (reject,), ())), end="")
    file,line,ticket,reason,row
    log.csv,7,T-1,column `at` has no time,"T-1,"
    """
    lines = [("file", "line", "ticket", "reason", "row")]
    for reject in log.rejects:
        row = reject.cells[0] if len(reject.cells) == 1 else _row_text(reject.cells)
        lines.append((reject.file, str(reject.line), reject.ticket, reject.reason, row))
    return "".join(f"{_row_text(cells)}\n" for cells in lines)


def _row_text(cells: tuple[str, ...]) -> str:
    return ",".join(map(_cell_text, cells))


def _cell_text(text: str) -> str:
    if NEEDS_QUOTES.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'
