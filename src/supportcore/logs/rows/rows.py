"""A row of a log with its values parsed, and a row that is set aside."""

from collections.abc import Mapping

from attrs import frozen

from supportcore.logs.rows.records import LogFile
from supportcore.logs.timestamps import Timestamp
from supportcore.tickets import Actor, Fact

Values = Mapping[str, Fact | None]


@frozen
class Reject:
    """A row that is set aside: its file and line, its ticket if known, the reason, and its cells."""

    file: str
    line: int
    ticket: str
    reason: str
    cells: tuple[str, ...]


@frozen(kw_only=True)
class Row:
    """A row of a log with its values parsed.

    `id` is the row's own id, or its place (`file:line`). `values` are the tracked values after the row, `before` those
    before it, which only rows of changes have. `rule_timestamps` and `rule_fields` hold, by the index of a rule, when
    its event happened and the fields of that event.
    """

    file: LogFile
    line: int
    id: str
    ticket: str
    cells: tuple[str, ...]
    timestamp: Timestamp | None
    opened: Timestamp | None
    author: Actor | None
    opener: Actor | None
    values: Values
    before: Values
    rule_timestamps: Mapping[int, Timestamp]
    rule_fields: Mapping[int, Mapping[str, object]]

    @property
    def place(self) -> str:
        """The file and line of the row."""
        return f"{self.file.name}:{self.line}"

    def rejected(self, reason: str) -> Reject:
        """Return this row as a row that is set aside."""
        return Reject(self.file.name, self.line, self.ticket, reason, self.cells)
