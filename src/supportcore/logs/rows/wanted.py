"""What a mapping asks of each row: the columns, how each is read, and the rules for further events."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from attrs import NOTHING, Attribute, frozen

from supportcore.instants import datetime_of, zone
from supportcore.logs.mapping.mapping import EventRule, LogMapping, Source
from supportcore.logs.mapping.parsing import event_keys
from supportcore.logs.moments import Moment, moment_reader
from supportcore.logs.rows.cells import CellReader, cell_reader, missing_aside, state_reader, whole_number
from supportcore.tickets import Event, Fact, parse_kind


@frozen
class Slot:
    """One value that is followed through the rows of a ticket.

    Its name is `state`, `level`, `team`, `person`, `customer`, `channel`, `fact:` with the fact's name, or `rule:` with
    the number of a rule.
    """

    name: str
    column: str
    read: CellReader


@frozen
class Asked:
    """A mapping made ready for reading.

    `columns` are those that it needs, each with its path in the mapping; `words` has the columns that are closed, with
    every word that may stand there.
    """

    mapping: LogMapping
    slots: tuple[Slot, ...]
    rules: tuple[tuple[int, EventRule], ...]
    timed: tuple[tuple[int, EventRule], ...]
    kinds: tuple[type[Event], ...]
    columns: tuple[tuple[str, str], ...]
    words: dict[str, tuple[str, ...]]
    read_moment: Callable[[str], Moment]
    detail_readers: dict[tuple[int, str], Callable[[str], object]]

    def fits(self, index: int, value: Fact | None) -> bool:
        """Whether a value of a rule's column is one at which its event may happen."""
        rule = self.mapping.events[index]
        return value is not None and (rule.changes or value in rule.becomes or value in rule.says)

    def read_detail(self, index: int, key: str, text: str) -> object:
        """The value of a rule's event that a cell gives; none where it is empty and need not be given."""
        return self.detail_readers[index, key](text)


def asked_by(mapping: LogMapping) -> Asked:
    """What this mapping asks of each row."""
    read_moment = moment_reader(mapping.dates, mapping.zone)
    sources = {
        ("state", "states.column"): None if mapping.states is None else Source(mapping.states.column),
        ("level", "assigned.level"): mapping.assigned.level,
        ("team", "assigned.team"): mapping.assigned.team,
        ("person", "assigned.person"): mapping.assigned.person,
        ("customer", "opened.customer"): mapping.opened.customer,
        ("channel", "opened.channel"): mapping.opened.channel,
    }
    sources |= {(f"fact:{name}", f"facts.{name}"): source for name, source in mapping.facts.items()}
    sources |= {
        (f"rule:{index}", f"events[{index}].column"): Source(rule.column)
        for index, rule in enumerate(mapping.events)
        if rule.column
    }
    slots, columns, detail_readers = [], [], {}
    for (name, path), source in sources.items():
        if source is None:
            continue
        if name == "state" and mapping.states is not None:
            read = state_reader(mapping.states, mapping.missing)
        else:
            read = cell_reader(source, mapping)
        slots.append(Slot(name, source.column, read))
        columns.append((path, source.column))
    kinds = tuple(parse_kind(rule.event) for rule in mapping.events)
    for index, rule in enumerate(mapping.events):
        columns += [(f"events[{index}].at", rule.at)] if rule.at else []
        for key, column in rule.from_.items():
            columns.append((f"events[{index}].from.{key}", column))
            detail_readers[index, key] = _detail_reader(mapping, event_keys(kinds[index])[key], read_moment)
    columns += [(f"words.{column}", column) for column in mapping.words]
    words = {column: (*_words_of_rules(mapping, column), *more) for column, more in mapping.words.items()}
    rules = tuple(enumerate(mapping.events))
    timed = tuple((index, rule) for index, rule in rules if rule.at)
    return Asked(mapping, tuple(slots), rules, timed, kinds, tuple(columns), words, read_moment, detail_readers)


def _words_of_rules(mapping: LogMapping, column: str) -> Iterator[str]:
    for rule in mapping.events:
        if rule.column == column:
            yield from (*rule.says, *rule.becomes)


def _detail_reader(
    mapping: LogMapping, wanted: "Attribute[Any]", read_moment: Callable[[str], Moment]
) -> Callable[[str], object]:
    tz = zone(mapping.zone)
    given = missing_aside(str, mapping.missing)

    def read(text: str) -> object:
        value = given(text)
        if value is None:
            if wanted.default is NOTHING:
                raise ValueError(f"is empty, and the event needs its `{wanted.name}`")
            return None
        if wanted.type is int:
            return whole_number(str(value))
        if wanted.type is datetime:
            return datetime_of(read_moment(str(value)).instant, tz)
        return value

    return read
