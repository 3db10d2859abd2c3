"""A mapping compiled for reading rows: the values to track, their parsers, and the rules for further events."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from attrs import NOTHING, Attribute, frozen

from supportcore.instants import datetime_of, zone
from supportcore.logs.mapping.mapping import EventRule, LogMapping, Source
from supportcore.logs.mapping.parsing import own_fields
from supportcore.logs.rows.cells import CellParser, cell_parser, parse_whole_number, state_parser, unless_missing
from supportcore.logs.timestamps import Timestamp, timestamp_parser
from supportcore.tickets import Event, Fact, parse_kind


@frozen
class TrackedValue:
    """A value that is compared from row to row of a ticket.

    `name` is `state`, `level`, `team`, `person`, `customer`, `channel`, `fact:` with the name of a fact, or `rule:`
    with the index of a rule.
    """

    name: str
    column: str
    parse: CellParser


@frozen
class CompiledRule:
    """A rule for further events: its event type, and a parser for each field that it takes from a column."""

    index: int
    rule: EventRule
    kind: type[Event]
    field_parsers: Mapping[str, Callable[[str], object]]

    @property
    def value_name(self) -> str:
        """The name of the tracked value of the rule's column."""
        return f"rule:{self.index}"

    def matches(self, value: Fact | None) -> bool:
        """Return whether the event may happen at this value of the rule's column."""
        rule = self.rule
        return value is not None and (rule.changes or value in rule.becomes or value in rule.says)


@frozen
class NamedColumn:
    """A column that the mapping names under `path`."""

    path: str
    column: str


@frozen
class CompiledMapping:
    """A mapping with its parsers.

    `columns` may be in any of the files. `allowed_words` holds, for each column under `words`, its words there and
    those of the rules.
    """

    mapping: LogMapping
    tz: tzinfo
    tracked: tuple[TrackedValue, ...]
    rules: tuple[CompiledRule, ...]
    columns: tuple[NamedColumn, ...]
    allowed_words: Mapping[str, tuple[str, ...]]
    parse_timestamp: Callable[[str], Timestamp]


def compile_mapping(mapping: LogMapping) -> CompiledMapping:
    """Compile a mapping for reading rows."""
    parse_timestamp = timestamp_parser(mapping.dates, mapping.zone)
    tz = zone(mapping.zone)
    tracked, columns = [], []
    for name, path, source in _sources(mapping):
        if name == "state" and mapping.states is not None:
            parse = state_parser(mapping.states, mapping.missing)
        else:
            parse = cell_parser(source, mapping)
        tracked.append(TrackedValue(name, source.column, parse))
        columns.append(NamedColumn(path, source.column))
    rules = []
    for index, rule in enumerate(mapping.events):
        kind = parse_kind(rule.event)
        fields = own_fields(kind)
        parsers = {name: _field_parser(fields[name], mapping, tz, parse_timestamp) for name in rule.from_}
        rules.append(CompiledRule(index, rule, kind, parsers))
        columns += [NamedColumn(f"events[{index}].at", rule.at)] if rule.at else []
        columns += [NamedColumn(f"events[{index}].from.{name}", column) for name, column in rule.from_.items()]
    columns += [NamedColumn(f"words.{column}", column) for column in mapping.words]
    allowed = {column: (*_words_of_rules(mapping, column), *words) for column, words in mapping.words.items()}
    return CompiledMapping(mapping, tz, tuple(tracked), tuple(rules), tuple(columns), allowed, parse_timestamp)


def _sources(mapping: LogMapping) -> Iterator[tuple[str, str, Source]]:
    """Yield each tracked value by its name, its path in the mapping, and its source."""
    holder, opened = mapping.assigned, mapping.opened
    sources = [
        ("state", "states.column", None if mapping.states is None else Source(mapping.states.column)),
        ("level", "assigned.level", holder.level),
        ("team", "assigned.team", holder.team),
        ("person", "assigned.person", holder.person),
        ("customer", "opened.customer", opened.customer),
        ("channel", "opened.channel", opened.channel),
    ]
    sources += [(f"fact:{name}", f"facts.{name}", source) for name, source in mapping.facts.items()]
    sources += [
        (f"rule:{index}", f"events[{index}].column", Source(rule.column))
        for index, rule in enumerate(mapping.events)
        if rule.column
    ]
    yield from ((name, path, source) for name, path, source in sources if source is not None)


def _words_of_rules(mapping: LogMapping, column: str) -> Iterator[str]:
    for rule in mapping.events:
        if rule.column == column:
            yield from (*rule.says, *rule.becomes)


def _field_parser(
    field: "Attribute[Any]", mapping: LogMapping, tz: tzinfo, parse_timestamp: Callable[[str], Timestamp]
) -> Callable[[str], object]:
    """Return a function from the text of a cell to a field of an event; `None` if an optional field is missing."""
    strip = unless_missing(str, mapping.missing)

    def parse(text: str) -> object:
        given = strip(text)
        if given is None:
            if field.default is NOTHING:
                raise ValueError(f"is empty; the event needs its `{field.name}`")
            return None
        if field.type is int:
            return parse_whole_number(str(given))
        if field.type is datetime:
            return datetime_of(parse_timestamp(str(given)).instant, tz)
        return given

    return parse
