"""Structure plain data (TOML) as a mapping, strictly and with all problems at once."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from attrs import NOTHING, Attribute, fields
from cattrs import Converter

from supportcore.errors import ConceptError, HistoryError, Problem, Problems, ZoneError, did_you_mean, listed
from supportcore.instants import zone
from supportcore.logs.mapping.mapping import Author, EventRule, FileShape, LogMapping, Source, States
from supportcore.logs.timestamps import DATE_ORDERS
from supportcore.mappings import FrozenMapping
from supportcore.structuring.plain import not_of_kind
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
SOURCE_KINDS = ("text", "yes or no", "whole number", "number", "day", "time of day")
SECTIONS = {Opened: "opened", FactsChanged: "facts", Assigned: "assigned"}
COMMON = frozenset(field.name for field in fields(Event))
NO_TIMES = "`tickets` alone have no times of changes; name columns of instants with `at` under `events`"


def structure_mapping(tree: object, *, source: str = "mapping") -> LogMapping:
    """Return plain data as a mapping; raise `ConceptError` with every problem, each with its path.

    >>> try:
    ...     structure_mapping({"format": 0, "name": "log", "zone": "UTC", "dates": "days first", "files": []})
    ... except ConceptError as error:
    ...     print(error)
    2 problems in mapping
      dates: `days first` is not known; expected one of `day first`, `month first`, `year first`; \
did you mean `day first`?
      files: is empty; describe at least one file
    """
    version = tree.get("format") if isinstance(tree, dict) else None
    if type(version) is int and version != FORMAT:
        message = f"`{version}` is not a format of this version; expected `{FORMAT}`"
        raise ConceptError([Problem("format", message)], source)
    mapping = structure(tree, LogMapping, _converter(), source=source)
    problems = Problems()
    _check(mapping, problems)
    problems.raise_if_any(source)
    return mapping


def own_fields(kind: type[Event]) -> dict[str, "Attribute[Any]"]:
    """Return the fields of an event type that not all events have, by name."""
    return {field.name: field for field in fields(kind) if field.name not in COMMON}


# Structure


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
        return Source(value) if isinstance(value, str) else of_table(value, Source, "the name of a column")

    def author(value: object, _: Any) -> Author:
        return Author(value) if isinstance(value, str) else of_table(value, Author, "a role")

    def of_table(value: object, shape: type[T], short: str) -> T:
        if not isinstance(value, dict):
            raise ValueError(not_of_kind(value, f"{short} or a table"))
        structured: T = tables[shape](value, shape)
        return structured

    converter.register_structure_hook_func(_has_origin(FrozenMapping), mapping)
    converter.register_structure_hook_func(_has_origin(tuple), series)
    tables: dict[Any, Any] = {shape: converter.get_structure_hook(shape) for shape in (Source, Author)}
    converter.register_structure_hook(Source, column)
    converter.register_structure_hook(Author, author)
    return converter


def _has_origin(kind: Any) -> Any:
    return lambda shape: get_origin(shape) is kind


# Checks across fields


def _check(mapping: LogMapping, problems: Problems) -> None:
    try:
        zone(mapping.zone)
    except ZoneError as error:
        problems.add("zone", str(error))
    _check_choice("dates", mapping.dates, DATE_ORDERS, problems)
    if len(mapping.delimiter) != 1:
        problems.add("delimiter", f"`{mapping.delimiter}` is not one character; expected one such as `,` or `;`")
    if not mapping.files:
        problems.add("files", "is empty; describe at least one file")
    for index, shape in enumerate(mapping.files):
        _check_file(shape, problems.at(f"files[{index}]"))
    _check_combination(mapping, {shape.rows for shape in mapping.files}, problems)
    _check_author(mapping.opened.by, problems.at("opened.by"))
    for path, source in _sources(mapping):
        _check_choice(f"{path}.kind", source.kind, SOURCE_KINDS if path.startswith("facts.") else ("text",), problems)
    if mapping.states is not None:
        _check_states(mapping.states, problems.at("states"))
    for index, rule in enumerate(mapping.events):
        _check_rule(rule, problems.at(f"events[{index}]"))


def _check_combination(mapping: LogMapping, shapes: set[str], problems: Problems) -> None:
    """Check that the shapes of the files together say how a ticket begins and when it changes."""
    if {"tickets", "snapshots"} <= shapes:
        problems.add("files", "`snapshots` and `tickets` both open tickets; keep one of the two")
    if shapes == {"changes"}:
        problems.add("files", "`changes` alone open no tickets; add a file of `tickets`")
    if "tickets" in shapes and not mapping.opened.at:
        problems.add("opened.at", "is missing; name the column of `tickets` with the instant of opening")
    if shapes == {"tickets"}:
        if mapping.states is not None:
            problems.add("states", NO_TIMES)
        for index, rule in enumerate(mapping.events):
            if rule.column:
                problems.add(f"events[{index}].column", NO_TIMES)


def _check_choice(path: str, given: str, choices: Iterable[str], problems: Problems) -> None:
    names = list(choices)
    if given not in names:
        expected = f"one of {listed(names)}" if len(names) > 1 else listed(names)
        problems.add(path, f"`{given}` is not known; expected {expected}{did_you_mean(given, names)}")


def _sources(mapping: LogMapping) -> Iterator[tuple[str, Source]]:
    sources = {
        "opened.customer": mapping.opened.customer,
        "opened.channel": mapping.opened.channel,
        "assigned.level": mapping.assigned.level,
        "assigned.team": mapping.assigned.team,
        "assigned.person": mapping.assigned.person,
    }
    yield from ((path, source) for path, source in sources.items() if source is not None)
    yield from ((f"facts.{name}", source) for name, source in mapping.facts.items())


def _check_file(shape: FileShape, problems: Problems) -> None:
    _check_choice("rows", shape.rows, ROWS, problems)
    if shape.rows in ("snapshots", "changes") and not shape.time:
        problems.add("time", f"is missing; name the column with the instant of each row of `{shape.rows}`")
    if shape.rows == "tickets" and shape.time:
        problems.add("time", "does not belong here; rows of `tickets` have no instant")
    if shape.rows == "changes" and shape.change is None:
        problems.add("change", "is missing; name the columns `field`, `before` and `after`")
    if shape.rows != "changes" and shape.change is not None:
        problems.add("change", f"does not belong here; the rows are `{shape.rows}`")
    if shape.by is not None:
        _check_author(shape.by, problems.at("by"))


def _check_author(author: Author, problems: Problems) -> None:
    _check_choice("role", author.role, ROLES, problems)
    for name, role in author.roles.items():
        _check_choice(f"roles.{name}", role, ROLES, problems)


def _check_states(states: States, problems: Problems) -> None:
    seen: dict[str, str] = {}
    words_of = {name: getattr(states, name) for name in ("open", "resolved", "closed", "cancelled", "ignored")}
    words_of |= {f"waiting.{reason}": words for reason, words in states.waiting.items()}
    for name, words in words_of.items():
        for word in words:
            if word in seen:
                problems.add(name, f"`{word}` is under `{seen[word]}` too; keep one of the two")
            seen[word] = name
    if not seen:
        problems.add("", f"has no words of column `{states.column}`; list them under `open`, `waiting`, `resolved` …")


def _check_rule(rule: EventRule, problems: Problems) -> None:
    if rule.by is not None:
        _check_author(rule.by, problems.at("by"))
    given = [name for name in ("at", "becomes", "says", "changes") if getattr(rule, name)]
    if len(given) != 1:
        problems.add("", "needs exactly one of `at`, `becomes`, `says` and `changes`")
    if given not in ([], ["at"]) and not rule.column:
        problems.add("column", f"is missing; name the column for `{given[-1]}`")
    if given == ["at"] and rule.column:
        problems.add("column", "does not belong here; `at` names the column")
    try:
        kind = parse_kind(rule.event)
    except HistoryError as error:
        problems.add("event", str(error))
        return
    if kind in SECTIONS:
        problems.add("event", f"`{rule.event}` has its own section; describe it under `{SECTIONS[kind]}`")
    else:
        _check_fields(kind, rule, problems)


def _check_fields(kind: type[Event], rule: EventRule, problems: Problems) -> None:
    known = own_fields(kind)
    for section, given in (("with", rule.with_), ("from", rule.from_)):
        for name in given:
            if name not in known:
                expected = f"expected one of {listed(known)}" if known else "it has no fields of its own"
                message = f"`{name}` is not a field of `{kind_name(kind)}`; {expected}{did_you_mean(name, known)}"
                problems.add(f"{section}.{name}", message)
            elif section == "with" and known[name].type is not str:
                problems.add(f"with.{name}", "is not a text; take it from a column with `from`")
    for name, field in known.items():
        if field.default is NOTHING and name not in {*rule.with_, *rule.from_}:
            problems.add("", f"`{kind_name(kind)}` needs `{name}`; give it with `with` or `from`")
