"""Read the rows of a log's files; a row with a cell that cannot be parsed is set aside with all reasons."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.errors import counted, did_you_mean, listed
from supportcore.logs.mapping.mapping import Author
from supportcore.logs.rows.cells import unless_missing
from supportcore.logs.rows.compiled_mapping import CompiledMapping, CompiledRule, TrackedValue
from supportcore.logs.rows.records import LogFile, Record, Table, open_tables
from supportcore.logs.rows.rows import Reject, Row, Values
from supportcore.logs.timestamps import Timestamp
from supportcore.tickets import Actor, Fact


def read_rows(
    compiled: CompiledMapping, files: Iterable[LogFile], bounds: Bounds = DEFAULT_BOUNDS
) -> Iterator[Row | Reject]:
    """Yield each row of the files in order; empty lines are skipped.

    Raises `ConceptError` with all columns of the mapping that the files lack.
    """
    for table in open_tables(compiled, files, bounds):
        yield from _rows(compiled, table)


def _rows(compiled: CompiledMapping, table: Table) -> Iterator[Row | Reject]:
    file, columns = table.file, table.columns
    reader = _RowReader(compiled, table)
    ticket_at = columns[file.shape.ticket]
    lines: dict[tuple[str, str], int] = {}
    for record in table.records:
        line, cells = record.line, record.cells
        ticket = cells[ticket_at].strip() if ticket_at < len(cells) else ""
        if record.error:
            yield Reject(file.name, line, "", record.error, cells)
        elif len(cells) != len(columns):
            reason = f"the row has {counted(len(cells), 'cell')}; the first row names {counted(len(columns), 'column')}"
            yield Reject(file.name, line, ticket, reason, cells)
        elif not ticket:
            yield Reject(file.name, line, "", f"column `{file.shape.ticket}` names no ticket", cells)
        elif any(map(_is_undecoded, cells)):
            reason = f"the row is not encoded in `{compiled.mapping.encoding}`; set `encoding` to that of the file"
            yield Reject(file.name, line, ticket, reason, cells)
        else:
            row, reasons = reader.row(ticket, record)
            first = lines.setdefault((ticket, row.id), line)
            if first != line:
                reasons.append(f"line {first} has the id `{row.id}` too")
            yield row.rejected("; ".join(reasons)) if reasons else row


def _is_undecoded(text: str) -> bool:
    """Return whether a text has bytes that the encoding could not decode (`surrogateescape`)."""
    return not text.isascii() and any("\udc80" <= sign <= "\udcff" for sign in text)


class _RowReader:
    """Read the rows of one file. Its methods append the reasons why a row cannot be read to `reasons`."""

    def __init__(self, compiled: CompiledMapping, table: Table) -> None:
        self.compiled, self.columns, self.file = compiled, table.columns, table.file
        self.tracked = [value for value in compiled.tracked if value.column in table.columns]
        self.unless_missing = unless_missing(str, compiled.mapping.missing)
        self.author = self.author_parser(table.file.shape.by)
        self.opener = self.author_parser(compiled.mapping.opened.by)
        self.rule_author = {rule.index: self.author_parser(rule.rule.by) for rule in compiled.rules}

    def row(self, ticket: str, record: Record) -> tuple[Row, list[str]]:
        """Return a row and the reasons why it cannot be read."""
        shape, cells = self.file.shape, record.cells
        reasons: list[str] = []
        timestamp = opened = opener = None
        before: Values = {}
        if shape.time:
            timestamp = self.required_timestamp(shape.time, cells, reasons)
        if shape.change is not None:
            field = cells[self.columns[shape.change.field]].strip()
            changed = [value for value in self.compiled.tracked if value.column == field]
            before = self.values(changed, cells, shape.change.before, reasons)
            values = self.values(changed, cells, shape.change.after, reasons)
        else:
            values = self.values(self.tracked, cells, "", reasons)
            opener = self.opener(cells)
            column = self.compiled.mapping.opened.at
            if column:
                read = self.required_timestamp if shape.rows == "tickets" else self.timestamp
                opened = read(column, cells, reasons)
        reasons += self.words_not_allowed(cells)
        timestamps = self.rule_timestamps(cells, reasons)
        row = Row(
            file=self.file,
            line=record.line,
            id=(cells[self.columns[shape.id]].strip() if shape.id else "") or f"{self.file.name}:{record.line}",
            ticket=ticket,
            cells=cells,
            timestamp=timestamp,
            opened=opened,
            author=self.author(cells),
            opener=opener,
            values=values,
            before=before,
            rule_timestamps=timestamps,
            rule_fields=self.rule_fields(values, timestamps, cells, reasons),
        )
        return row, reasons

    def words_not_allowed(self, cells: Sequence[str]) -> Iterator[str]:
        for column, words in self.compiled.allowed_words.items():
            if column in self.columns:
                text = self.unless_missing(cells[self.columns[column]])
                if text is not None and text not in words:
                    expected = f"expected one of {listed(words, most=30)}{did_you_mean(str(text), words)}"
                    yield f"column `{column}`: `{text}` is not a word of the mapping; {expected}"

    def timestamp(self, column: str, cells: Sequence[str], reasons: list[str]) -> Timestamp | None:
        """Return the time in a column; `None` if the cell is missing or cannot be parsed."""
        text = self.unless_missing(cells[self.columns[column]])
        if text is None:
            return None
        try:
            return self.compiled.parse_timestamp(str(text))
        except ValueError as error:
            reasons.append(f"column `{column}`: {error}")
            return None

    def required_timestamp(self, column: str, cells: Sequence[str], reasons: list[str]) -> Timestamp | None:
        count = len(reasons)
        timestamp = self.timestamp(column, cells, reasons)
        if timestamp is None and len(reasons) == count:
            reasons.append(f"column `{column}` has no time")
        return timestamp

    def values(self, tracked: Iterable[TrackedValue], cells: Sequence[str], column: str, reasons: list[str]) -> Values:
        """Return tracked values by name, parsed from `column` or, without it, from their own columns."""
        values: dict[str, Fact | None] = {}
        for value in tracked:
            try:
                values[value.name] = value.parse(cells[self.columns[column or value.column]])
            except ValueError as error:
                reasons.append(f"column `{value.column}`: {error}")
        return values

    def author_parser(self, author: Author | None) -> Callable[[Sequence[str]], Actor | None]:
        if author is None:
            return lambda _: None
        column = self.columns.get(author.name) if author.name else None

        @cache
        def parse(text: str) -> Actor:
            name = str(self.unless_missing(text) or "")
            return Actor(author.roles.get(name, author.role), name)  # type: ignore[arg-type]  # the mapping was checked

        return lambda cells: parse("" if column is None else cells[column])

    def rule_timestamps(self, cells: Sequence[str], reasons: list[str]) -> Mapping[int, Timestamp]:
        found = {
            rule.index: self.timestamp(rule.rule.at, cells, reasons)
            for rule in self.compiled.rules
            if rule.rule.at and rule.rule.at in self.columns
        }
        return {index: timestamp for index, timestamp in found.items() if timestamp is not None}

    def rule_fields(
        self, values: Values, timestamps: Mapping[int, Timestamp], cells: Sequence[str], reasons: list[str]
    ) -> Mapping[int, Mapping[str, object]]:
        only_at = self.file.shape.rows == "tickets"  # the values of a ticket have no instant
        return {
            rule.index: self.event_fields(rule, cells, reasons)
            for rule in self.compiled.rules
            if not (only_at and rule.rule.column)
            and (rule.index in timestamps or rule.matches(values.get(rule.value_name)))
        }

    def event_fields(self, rule: CompiledRule, cells: Sequence[str], reasons: list[str]) -> dict[str, object]:
        fields: dict[str, object] = dict(rule.rule.with_)
        for name, column in rule.rule.from_.items():
            if column not in self.columns:
                reasons.append(f"`{column}` is not a column of this file")
                continue
            try:
                value = rule.field_parsers[name](cells[self.columns[column]])
            except ValueError as error:
                reasons.append(f"column `{column}`: {error}")
                continue
            if value is not None:
                fields[name] = value
        author = self.rule_author[rule.index](cells)
        if author is not None:
            fields["by"] = author
        return fields
