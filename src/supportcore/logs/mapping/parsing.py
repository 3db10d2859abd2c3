"""A mapping read from a plain tree (TOML), strictly and with all errors at once."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from attrs import NOTHING, Attribute, fields
from cattrs import Converter

from supportcore.errors import ConceptError, HistoryError, Problem, ZoneError, did_you_mean, listed
from supportcore.instants import zone
from supportcore.logs.mapping.mapping import Author, EventRule, FileShape, LogMapping, Source, States
from supportcore.logs.moments import DATE_ORDERS
from supportcore.mappings import FrozenMapping
from supportcore.structuring.plain import kind_of
from supportcore.structuring.strict import strict_converter, structure
from supportcore.tickets import (
    ROLES,
    Assigned,
    Event,
    FactsChanged,
    Opened,
    kind_name,
    parse_kind,
)

T = TypeVar("T")

FORMAT = 0
ROWS = ("snapshots", "changes", "tickets")
SOURCE_KINDS = ("text", "yes or no", "whole number", "number", "day")
SECTIONS = {Opened: "opened", FactsChanged: "facts", Assigned: "assigned"}
COMMON = frozenset(one.name for one in fields(Event))


def mapping_of(tree: object, *, source: str = "mapping") -> LogMapping:
    """The mapping that a plain tree says; `ConceptError` with every problem, each with its path.

    >>> try:
    ...     mapping_of({"format": 0, "name": "log", "zone": "UTC", "dates": "days first", "files": []})
    ... except ConceptError as error:
    ...     print(error)
    2 problems in mapping
      dates: `days first` is not known; accepted are `day first`, `month first`, `year first`; did you mean `day first`?
      files: no file is described; give at least one
    """
    version = tree.get("format") if isinstance(tree, dict) else None
    if type(version) is int and version != FORMAT:
        message = f"`{version}` is another format than this version reads; accepted is `{FORMAT}`"
        raise ConceptError([Problem("format", message)], source)
    made = structure(tree, LogMapping, _converter(), source=source)
    problems = [*_problems(made)]
    if problems:
        raise ConceptError(problems, source)
    return made


def event_keys(kind: type[Event]) -> dict[str, "Attribute[Any]"]:
    """What an event type has beyond what all events have, by name."""
    return {one.name: one for one in fields(kind) if one.name not in COMMON}


# The shape


@cache
def _converter() -> Converter:
    converter = strict_converter().copy()

    def mapping(value: object, shape: Any) -> FrozenMapping[str, Any]:
        _, inner = get_args(shape)
        return FrozenMapping(converter.structure(value, dict[str, inner]))  # type: ignore[valid-type]  # made at run time

    def series(value: object, shape: Any) -> tuple[Any, ...]:
        inner = get_args(shape)[0]
        if inner is str and isinstance(value, str):
            return (value,)
        return tuple(converter.structure(value, list[inner]))  # type: ignore[valid-type]  # made at run time

    def column(value: object, _: Any) -> Source:
        return Source(value) if isinstance(value, str) else of_table(value, Source)

    def author(value: object, _: Any) -> Author:
        return Author(value) if isinstance(value, str) else of_table(value, Author)

    def of_table(value: object, shape: type[T]) -> T:
        if not isinstance(value, dict):
            short = "the name of a column" if shape is Source else "a role"
            raise ValueError(f"`{value}` is {kind_of(value)}; {short} or a table is accepted")
        made: T = tables[shape](value, shape)
        return made

    converter.register_structure_hook_func(_is_a(FrozenMapping), mapping)
    converter.register_structure_hook_func(_is_a(tuple), series)
    tables: dict[Any, Any] = {shape: converter.get_structure_hook(shape) for shape in (Source, Author)}
    converter.register_structure_hook(Source, column)
    converter.register_structure_hook(Author, author)
    return converter


def _is_a(kind: Any) -> Any:
    return lambda shape: get_origin(shape) is kind


# What must hold between the parts


def _problems(mapping: LogMapping) -> Iterator[Problem]:
    try:
        zone(mapping.zone)
    except ZoneError as error:
        yield Problem("zone", str(error))
    yield from _one_of("dates", mapping.dates, DATE_ORDERS)
    if len(mapping.delimiter) != 1:
        yield Problem("delimiter", f"`{mapping.delimiter}` is not one sign; `,` or `;` are accepted")
    if not mapping.files:
        yield Problem("files", "no file is described; give at least one")
    kinds = {shape.rows for shape in mapping.files}
    for index, shape in enumerate(mapping.files):
        yield from _file_problems(f"files[{index}]", shape)
    if "tickets" in kinds and "snapshots" in kinds:
        yield Problem("files", "both `snapshots` and `tickets` say how a ticket begins; keep one of the two")
    if kinds == {"changes"}:
        yield Problem("files", "`changes` alone do not say how a ticket begins; add a file of `tickets`")
    if "tickets" in kinds and not mapping.opened.at:
        yield Problem("opened.at", "is missing; name the column of `tickets` with the instant of opening")
    if kinds == {"tickets"}:
        yield from _timeless_problems(mapping)
    yield from _author_problems("opened.by", mapping.opened.by)
    for path, source in _sources(mapping):
        yield from _one_of(f"{path}.kind", source.kind, SOURCE_KINDS if path.startswith("facts.") else ("text",))
    if mapping.states is not None:
        yield from _state_problems(mapping.states)
    for index, rule in enumerate(mapping.events):
        yield from _rule_problems(f"events[{index}]", rule)


def _timeless_problems(mapping: LogMapping) -> Iterator[Problem]:
    message = "`tickets` alone do not say when this came about; name columns with instants, `at` under `events`"
    if mapping.states is not None:
        yield Problem("states", message)
    for index, rule in enumerate(mapping.events):
        if rule.column:
            yield Problem(f"events[{index}].column", message)


def _one_of(path: str, given: str, accepted: Iterable[str]) -> Iterator[Problem]:
    names = list(accepted)
    if given not in names:
        yield Problem(path, f"`{given}` is not known; accepted are {listed(names)}{did_you_mean(given, names)}")


def _sources(mapping: LogMapping) -> Iterator[tuple[str, Source]]:
    given = {
        "opened.customer": mapping.opened.customer,
        "opened.channel": mapping.opened.channel,
        "assigned.level": mapping.assigned.level,
        "assigned.team": mapping.assigned.team,
        "assigned.person": mapping.assigned.person,
    }
    yield from ((path, source) for path, source in given.items() if source is not None)
    yield from ((f"facts.{name}", source) for name, source in mapping.facts.items())


def _file_problems(path: str, shape: FileShape) -> Iterator[Problem]:
    yield from _one_of(f"{path}.rows", shape.rows, ROWS)
    if shape.rows in ("snapshots", "changes") and not shape.time:
        yield Problem(f"{path}.time", f"is missing; rows that are `{shape.rows}` have a column with their instant")
    if shape.rows == "tickets" and shape.time:
        yield Problem(f"{path}.time", "does not belong here; rows that are `tickets` have no instant of their own")
    if shape.rows == "changes" and shape.change is None:
        yield Problem(f"{path}.change", "is missing; name the columns `field`, `before` and `after`")
    if shape.rows != "changes" and shape.change is not None:
        yield Problem(f"{path}.change", f"does not belong here; rows are `{shape.rows}`")
    if shape.by is not None:
        yield from _author_problems(f"{path}.by", shape.by)


def _author_problems(path: str, author: Author) -> Iterator[Problem]:
    yield from _one_of(f"{path}.role", author.role, ROLES)
    for name, role in author.roles.items():
        yield from _one_of(f"{path}.roles.{name}", role, ROLES)


def _state_problems(states: States) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    named = [(name, getattr(states, name)) for name in ("open", "resolved", "closed", "cancelled", "ignored")]
    named += [(f"waiting.{reason}", words) for reason, words in states.waiting.items()]
    for name, words in named:
        for word in words:
            if word in seen:
                message = f"`{word}` stands under `{seen[word]}` too; keep it in one place"
                yield Problem(f"states.{name}", message)
            seen[word] = name
    if not seen:
        yield Problem("states", f"no word of column `{states.column}` is named; say which means what")


def _rule_problems(path: str, rule: EventRule) -> Iterator[Problem]:
    if rule.by is not None:
        yield from _author_problems(f"{path}.by", rule.by)
    said = [name for name in ("at", "becomes", "says", "changes") if getattr(rule, name)]
    if len(said) != 1:
        yield Problem(path, "exactly one of `at`, `becomes`, `says` and `changes` tells when the event happens")
    if said not in ([], ["at"]) and not rule.column:
        yield Problem(f"{path}.column", "is missing; name the column that is looked at")
    if said == ["at"] and rule.column:
        yield Problem(f"{path}.column", "does not belong here; `at` names the column")
    try:
        kind = parse_kind(rule.event)
    except HistoryError as error:
        yield Problem(f"{path}.event", str(error))
        return
    if kind in SECTIONS:
        yield Problem(f"{path}.event", f"`{rule.event}` has a section of its own, `{SECTIONS[kind]}`; say it there")
        return
    keys = event_keys(kind)
    for section, given in (("with", rule.with_), ("from", rule.from_)):
        for name in given:
            if name not in keys:
                message = f"`{name}` is nothing that `{kind_name(kind)}` has; accepted are {listed(keys)}"
                yield Problem(f"{path}.{section}.{name}", message + did_you_mean(name, keys))
            elif section == "with" and keys[name].type is not str:
                yield Problem(f"{path}.with.{name}", "is no text; take it from a column with `from`")
    for name, one in keys.items():
        if one.default is NOTHING and name not in {*rule.with_, *rule.from_}:
            yield Problem(path, f"`{kind_name(kind)}` needs `{name}`; give it with `with` or `from`")
