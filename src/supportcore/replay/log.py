"""A ticket log that was read: its histories, and the account of its rows."""

import csv
from io import StringIO

from attrs import frozen

from supportcore.findings import Finding
from supportcore.mappings import FrozenMapping
from supportcore.replay.rows import Reject
from supportcore.tickets import History

__all__ = ["Log", "rejects_as_csv"]


@frozen
class Log:
    """What was read: one history per ticket, and where every row went.

    `rows` were read; of these `rows_with_events` gave one or more of the `events`, `unchanged` said nothing that was
    not so before, and `rejects` were set aside; the three add up to `rows`. `findings` are odd rows that were read all
    the same: from before the opening, at a local time that exists twice or not at all.
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
    written = StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["file", "line", "ticket", "reason", "row"])
    for reject in log.rejects:
        row = reject.cells[0] if len(reject.cells) == 1 else _row_text(reject.cells)
        writer.writerow([reject.file, reject.line, reject.ticket, reject.reason, row])
    return written.getvalue()


def _row_text(cells: tuple[str, ...]) -> str:
    written = StringIO()
    csv.writer(written, lineterminator="").writerow(cells)
    return written.getvalue()
