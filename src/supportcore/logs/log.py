"""A ticket log that was read: its histories, and the account of its rows."""

from attrs import frozen

from supportcore.findings import Finding
from supportcore.logs.rows.rows import Reject
from supportcore.mappings import FrozenMapping
from supportcore.tickets import History

NEEDS_QUOTES = frozenset(',"\r\n')


@frozen
class Log:
    """What was read: one history per ticket, and where every row went.

    `rows` were read; of these `rows_with_events` gave one or more of the `events`, `unchanged` said nothing that was
    not so before, and `rejects` were set aside; the three add up to `rows`. `findings` are odd rows that were read all
    the same, such as one from before the opening or at a local time that does not exist, each with its place.
    """

    histories: FrozenMapping[str, History]
    rows: int
    rows_with_events: int
    unchanged: int
    events: int
    rejects: tuple[Reject, ...]
    findings: tuple[Finding, ...]


def rejects_as_csv(log: Log) -> str:
    """The rows set aside as a CSV text: file, line, ticket, reason, and the row itself.

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
