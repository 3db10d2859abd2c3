"""The rows of a log's files: read, with every cell that the mapping asks for, or set aside with the reason."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from attrs import Factory, frozen

from supportcore.errors import ConceptError, Problem, did_you_mean, listed
from supportcore.logs.mapping.mapping import Author, FileShape
from supportcore.logs.moments import Moment
from supportcore.logs.rows.cells import missing_aside
from supportcore.logs.rows.wanted import Asked, Slot
from supportcore.tickets import Actor, Fact

Values = Mapping[str, Fact | None]

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@frozen
class LogFile:
    """One file of a log: what it is called, which kind of file it is, and its text."""

    name: str
    shape: FileShape
    text: str


@frozen
class Reject:
    """A row set aside: where it stands, of which ticket it is where that is known, why, and what it held."""

    file: str
    line: int
    ticket: str
    reason: str
    cells: tuple[str, ...]


@frozen
class Row:
    """A row that was read, at `place` (`file:line`): the `values` after it, those of a change `before` it too.

    `id` is the row's own where its file has a column for it, else its place.
    """

    file: LogFile
    line: int
    place: str
    id: str
    ticket: str
    cells: tuple[str, ...]
    moment: Moment | None = None
    opening: Moment | None = None
    author: Actor | None = None
    opener: Actor | None = None
    values: Values = Factory(dict)
    before: Values = Factory(dict)
    happenings: Mapping[int, Moment] = Factory(dict)
    details: Mapping[int, Mapping[str, object]] = Factory(dict)

    def rejected(self, reason: str) -> Reject:
        """The same row, set aside."""
        return Reject(self.file.name, self.line, self.ticket, reason, self.cells)


def read_rows(asked: Asked, files: Iterable[LogFile]) -> Iterator[Row | Reject]:
    """Every row of the files in their order, as a row or set aside; empty lines are no rows.

    Raises `ConceptError` where the files do not have the columns that the mapping names, with all of them.
    """
    opened = [(file, _records(file, asked.mapping.delimiter)) for file in files]
    tables = [(file, records, _header(file, records)) for file, records in opened]
    problems = [problem for file, _, columns in tables for problem in _column_problems(asked, file, columns)]
    problems += _slot_problems(asked, [(file, columns) for file, _, columns in tables])
    if problems:
        raise ConceptError(problems, asked.mapping.name)
    for file, records, columns in tables:
        yield from _rows_of(asked, file, records, columns)


Record = tuple[int, tuple[str, ...], str]


def _records(file: LogFile, delimiter: str) -> Iterator[Record]:
    """Line number, cells and what is wrong with the record as text."""
    reader = csv.reader((found.group() for found in LINE.finditer(file.text)), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raw = islice(LINE.finditer(file.text), line - 1, reader.line_num)
            text = "".join(found.group() for found in raw).rstrip("\r\n")
            yield line, (text,), f"the row is no CSV: {error}"
            continue
        if cells:
            yield line, tuple(cells), ""


def _header(file: LogFile, records: Iterator[Record]) -> dict[str, int]:
    first = next(records, None)
    if first is None:
        raise ConceptError([Problem("", "the file is empty; its first row has the names of the columns")], file.name)
    names = [name.strip() for name in first[1]]
    twice = sorted({name for name in names if names.count(name) > 1})
    if first[2] or twice:
        message = first[2] or f"{listed(twice)} name more than one column; give each column a name of its own"
        raise ConceptError([Problem("", message, first[0])], file.name)
    return {name: index for index, name in enumerate(names)}


def _column_problems(asked: Asked, file: LogFile, columns: Mapping[str, int]) -> Iterator[Problem]:
    shape = file.shape
    needed = {"ticket": shape.ticket, "time": shape.time, "id": shape.id}
    if shape.by is not None:
        needed["by.name"] = shape.by.name
    if shape.change is not None:
        needed |= {"change.field": shape.change.field, "change.before": shape.change.before}
        needed |= {"change.after": shape.change.after}
    if shape.rows != "changes":
        needed["opened.at"] = asked.mapping.opened.at
        needed["opened.by.name"] = asked.mapping.opened.by.name
    for key, column in needed.items():
        if column and column not in columns:
            yield Problem(f"{file.name}, {key}", _no_column(column, columns))


def _slot_problems(asked: Asked, tables: Sequence[tuple[LogFile, Mapping[str, int]]]) -> Iterator[Problem]:
    """Columns that no file has. Where there are changes, a followed column may be a field that only their rows name."""
    followed = {slot.column for slot in asked.slots if any(file.shape.rows == "changes" for file, _ in tables)}
    known = {name: index for _, columns in tables for name, index in columns.items()}
    for path, column in asked.columns:
        if column not in known and column not in followed:
            yield Problem(path, _no_column(column, known))


def _no_column(column: str, columns: Iterable[str]) -> str:
    names = list(columns)
    return f"there is no column `{column}`; the file has {listed(names, most=40)}{did_you_mean(column, names)}"


def _rows_of(
    asked: Asked, file: LogFile, records: Iterator[Record], columns: Mapping[str, int]
) -> Iterator[Row | Reject]:
    ticket_at = columns[file.shape.ticket]
    reading = _Reading(asked, file, columns)
    undecoded = _is_undecoded(file.text)
    lines: dict[tuple[str, str], int] = {}
    for line, cells, broken in records:
        ticket = cells[ticket_at].strip() if ticket_at < len(cells) else ""
        if broken:
            yield Reject(file.name, line, "", broken, cells)
        elif len(cells) != len(columns):
            reason = f"the row has {len(cells)} cells; the first row names {len(columns)} columns"
            yield Reject(file.name, line, ticket, reason, cells)
        elif not ticket:
            yield Reject(file.name, line, "", f"column `{file.shape.ticket}` names no ticket", cells)
        elif undecoded and any(map(_is_undecoded, cells)):
            reason = f"the row is not written in `{asked.mapping.encoding}`; name the right `encoding`"
            yield Reject(file.name, line, ticket, reason, cells)
        else:
            row, reasons = reading.row(line, ticket, cells)
            first = lines.setdefault((ticket, row.id), line)
            if first != line:
                reasons.append(f"the id `{row.id}` stands already in line {first}")
            yield row.rejected("; ".join(reasons)) if reasons else row


def _is_undecoded(cell: str) -> bool:
    return not cell.isascii() and any("\udc80" <= sign <= "\udcff" for sign in cell)


class _Reading:
    """How the cells of one file are read; the reasons why a row cannot be are gathered."""

    def __init__(self, asked: Asked, file: LogFile, columns: Mapping[str, int]) -> None:
        self.asked, self.file, self.columns = asked, file, columns
        self.slots = [slot for slot in asked.slots if slot.column in columns]
        self.present = missing_aside(str, asked.mapping.missing)
        self.by = self.author_reader(file.shape.by)
        self.opener = self.author_reader(asked.mapping.opened.by)
        self.rule_by = {index: self.author_reader(rule.by) for index, rule in asked.rules}

    def row(self, line: int, ticket: str, cells: tuple[str, ...]) -> tuple[Row, list[str]]:
        shape, asked = self.file.shape, self.asked
        reasons: list[str] = []
        moment = opening = opener = None
        before: dict[str, Fact | None] = {}
        if shape.time:
            moment = self.moment(shape.time, cells, reasons)
            if moment is None and not reasons:
                reasons.append(f"column `{shape.time}` has no time")
        if shape.change is not None:
            field = cells[self.columns[shape.change.field]].strip()
            slots = [slot for slot in asked.slots if slot.column == field]
            before = self.values(slots, cells, shape.change.before, reasons)
            values = self.values(slots, cells, shape.change.after, reasons)
        else:
            values = self.values(self.slots, cells, "", reasons)
            opener = self.opener(cells)
            if asked.mapping.opened.at:
                opening = self.moment(asked.mapping.opened.at, cells, reasons)
                if opening is None and not reasons and shape.rows == "tickets":
                    reasons.append(f"column `{asked.mapping.opened.at}` has no time")
        reasons += self.unknown_words(cells)
        happenings = self.happenings(cells, reasons)
        place = f"{self.file.name}:{line}"
        made = Row(
            file=self.file,
            line=line,
            place=place,
            id=(cells[self.columns[shape.id]].strip() if shape.id else "") or place,
            ticket=ticket,
            cells=cells,
            moment=moment,
            opening=opening,
            author=self.by(cells),
            opener=opener,
            values=values,
            before=before,
            happenings=happenings,
            details=self.details(values, happenings, cells, reasons),
        )
        return made, reasons

    def unknown_words(self, cells: tuple[str, ...]) -> Iterator[str]:
        for column, words in self.asked.words.items():
            if column in self.columns:
                text = self.present(cells[self.columns[column]])
                if text is not None and text not in words:
                    known = f"accepted are {listed(words, most=30)}{did_you_mean(str(text), words)}"
                    yield f"column `{column}`: `{text}` is no word that the mapping knows; {known}"

    def moment(self, column: str, cells: tuple[str, ...], reasons: list[str]) -> Moment | None:
        text = self.present(cells[self.columns[column]])
        if text is None:
            return None
        try:
            return self.asked.read_moment(str(text))
        except ValueError as error:
            reasons.append(f"column `{column}`: {error}")
            return None

    def values(
        self, slots: Iterable[Slot], cells: tuple[str, ...], column: str, reasons: list[str]
    ) -> dict[str, Fact | None]:
        made: dict[str, Fact | None] = {}
        for slot in slots:
            try:
                made[slot.name] = slot.read(cells[self.columns[column or slot.column]])
            except ValueError as error:
                reasons.append(f"column `{slot.column}`: {error}")
        return made

    def author_reader(self, author: Author | None) -> Callable[[Sequence[str]], Actor | None]:
        if author is None:
            return lambda _: None
        column = self.columns.get(author.name)

        @cache
        def named(text: str) -> Actor:
            name = str(self.present(text) or "")
            return Actor(author.roles.get(name, author.role), name)  # type: ignore[arg-type]  # the mapping was checked

        return lambda cells: named("" if column is None else cells[column])

    def happenings(self, cells: tuple[str, ...], reasons: list[str]) -> dict[int, Moment]:
        made = {}
        for index, rule in self.asked.timed:
            if rule.at in self.columns:
                moment = self.moment(rule.at, cells, reasons)
                if moment is not None:
                    made[index] = moment
        return made

    def details(
        self, values: Values, happenings: Mapping[int, Moment], cells: tuple[str, ...], reasons: list[str]
    ) -> dict[int, Mapping[str, object]]:
        """What the events that this row may give have of their own, by the rule that gives them."""
        made: dict[int, Mapping[str, object]] = {}
        for index, rule in self.asked.rules:
            if rule.column and self.file.shape.rows == "tickets":
                continue
            if index not in happenings and not self.asked.fits(index, values.get(f"rule:{index}")):
                continue
            own: dict[str, object] = dict(rule.with_)
            for key, column in rule.from_.items():
                try:
                    value = self.asked.read_detail(index, key, cells[self.columns[column]])
                    if value is not None:
                        own[key] = value
                except KeyError:
                    reasons.append(f"there is no column `{column}` in this file")
                except ValueError as error:
                    reasons.append(f"column `{column}`: {error}")
            by = self.rule_by[index](cells)
            if by is not None:
                own["by"] = by
            made[index] = own
        return made
