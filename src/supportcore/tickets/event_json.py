"""Events as JSON and back, under a schema version (SVC-6).

Each event has its own line, so that files compare well. Instants follow RFC 9557, as in
`2026-01-05T09:00:00+01:00[Europe/Berlin]`: the offset fixes the instant, also in a doubled hour, and the name in
brackets keeps the zone. Facts keep their type by tags where JSON has no type: `{"number": "1.50"}`,
`{"day": "2026-01-05"}`, `{"time": "09:00"}`,
`{"set": ["mail", "web"]}`; a bare number with a point becomes a `Decimal`.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, get_origin

from attrs import fields, frozen
from cattrs import Converter

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.equality import equality_key
from supportcore.errors import ConceptError, FactError, Problem, Problems
from supportcore.mappings import FrozenMapping
from supportcore.structuring.bounded import check_tree
from supportcore.structuring.plain import kind_of, parse_plain
from supportcore.structuring.strict import strict_converter, structure
from supportcore.tickets.actors import Actor, parse_actor
from supportcore.tickets.events import Event, Excused, Fact, Facts
from supportcore.tickets.instant_texts import EXAMPLE, format_instant, parse_instant
from supportcore.tickets.kinds import kind_name, parse_kind

SCHEMA = 1


@frozen
class Document:
    """A file of events."""

    schema: int
    events: list[Event]


# Writing


def dump_events(events: Iterable[Event]) -> str:
    """Return events, in the order given, as a JSON document from which `load_events` returns equal events.

    Values that `load_events` fills in are left out: optional texts and facts that are empty, a `recorded` equal to
    `at`. Raises `ConceptError` for what no file can hold: numbers of too many digits, and texts with half of a
    character; `ZoneError` for an instant whose zone is not in the zone database.

    >>> from datetime import UTC
    >>> from supportcore.tickets import Opened
    >>> print(dump_events([Opened("T-1", datetime(2026, 1, 5, 9, tzinfo=UTC), id="a")]))
    {"schema": 1, "events": [
      {"kind": "opened", "ticket": "T-1", "at": "2026-01-05T09:00:00+00:00", "by": "customer", "id": "a"}
    ]}
    """
    trees = list(map(_tree_of, events))
    check_tree({"events": trees}, DEFAULT_BOUNDS)
    lines = [json.dumps(tree, ensure_ascii=False) for tree in trees]
    problems = Problems()
    for place, line in enumerate(lines):
        if not _is_unicode(line):
            problems.add(f"events[{place}]", "has half of a character (a surrogate), which no file holds; replace it")
    problems.raise_if_any("events")
    body = ",\n  ".join(lines)
    return f'{{"schema": {SCHEMA}, "events": [' + (f"\n  {body}\n" if lines else "") + "]}"


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _tree_of(event: Event) -> dict[str, object]:
    tree: dict[str, object] = {"kind": kind_name(type(event))}
    for attribute in fields(type(event)):
        value = getattr(event, attribute.name)
        if attribute.init and not _is_default(event, attribute, value):
            tree[attribute.name] = _plain_value(value)
    return tree


def _is_default(event: Event, attribute: Any, value: object) -> bool:
    match attribute.name, value:
        case ("recorded" | "start", datetime()) if not isinstance(event, Excused):
            return format_instant(value) == format_instant(event.at)
        case _:
            return equality_key(value) == equality_key(attribute.default)


def _plain_value(value: object) -> object:
    match value:
        case datetime():
            return format_instant(value)
        case Actor():
            return str(value)
        case Mapping():
            return {name: _fact_tree(fact) for name, fact in value.items()}
        case _:
            return value


def _fact_tree(fact: Fact) -> object:
    match fact:
        case Decimal():
            return {"number": str(fact)}
        case date():
            return {"day": fact.isoformat()}
        case time():
            return {"time": fact.isoformat()}
        case frozenset():
            return {"set": sorted(fact)}
        case _:
            return fact


# Reading


def load_events(text: str, *, bounds: Bounds = DEFAULT_BOUNDS) -> tuple[Event, ...]:
    """Return the events of a JSON document, in its order.

    Raises `ConceptError` with everything that is wrong, each with its path: text that is no JSON, another schema, an
    unknown kind or key, a value of another kind, an instant without an offset, an offset that its zone does not have,
    and a document beyond the `bounds`.

    >>> [event] = load_events('''{"schema": 1, "events": [{"kind": "resolved", "ticket": "T-1",
    ...   "at": "2026-01-05T17:00:00+01:00[Europe/Berlin]", "by": "agent:ann"}]}''')
    >>> event.at.tzinfo, event.by
    (zoneinfo.ZoneInfo(key='Europe/Berlin'), Actor(role='agent', name='ann'))
    """
    tree = parse_plain(text, "json", source="events", bounds=bounds)
    version = tree.get("schema") if isinstance(tree, dict) else None
    if type(version) is int and version != SCHEMA:
        raise ConceptError(
            [Problem("schema", f"`{version}` is not a schema of this version; expected `{SCHEMA}`")],
            "events",
        )
    return tuple(structure(tree, Document, _converter(), source="events").events)


def _instant(value: object, _: type) -> datetime:
    if not isinstance(value, str):
        raise ValueError(f"`{value}` is {kind_of(value)}; expected an instant such as {EXAMPLE}")
    return parse_instant(value)


def _actor(value: object, _: type) -> Actor:
    if not isinstance(value, str):
        raise ValueError(f"`{value}` is {kind_of(value)}; expected a role, or a role and a name such as `agent:ann`")
    return parse_actor(value)


def _names(value: object, _: type) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError(f"`{value}` is {kind_of(value)}; expected a list of texts")
    return tuple(value)


def _facts(value: object, _: type) -> Facts:
    if not isinstance(value, dict):
        raise ValueError(f"`{value}` is {kind_of(value)}; expected a table of facts")
    problems = Problems()
    facts: dict[str, Fact] = {}
    for name, plain in value.items():
        with problems.at(name):
            facts[name] = _fact(plain)
    problems.raise_if_any()
    return FrozenMapping(facts)


def _fact(plain: object) -> Fact:
    match plain:
        case dict() if len(plain) == 1:
            return _tagged(plain)
        case str() | bool() | int() | Decimal():
            return plain
        case _:
            raise _not_a_fact(plain)


def _tagged(plain: dict[str, object]) -> Fact:
    match plain:
        case {"number": str(digits)}:
            return _decimal(digits)
        case {"day": str(day)}:
            return _day(day)
        case {"time": str(clock)}:
            return _time(clock)
        case {"set": list(words)} if all(isinstance(word, str) for word in words):
            return frozenset(words)
        case _:
            raise _not_a_fact(plain)


def _not_a_fact(plain: object) -> FactError:
    return FactError(
        f"`{json.dumps(plain, default=str)}` is not a fact; expected a text, yes or no, a number, "
        '`{"number": "1.50"}`, `{"day": "2026-01-05"}`, `{"time": "09:00"}` or `{"set": ["a", "b"]}`'
    )


def _decimal(digits: str) -> Decimal:
    try:
        number = Decimal(digits)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise FactError(f"`{digits}` is not a number; expected digits such as `1.50`")
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FactError(f"`{text}` is not a day; expected a day such as `2026-01-05`") from None


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise FactError(f"`{text}` is not a time of day; expected a time such as `09:00`") from None


@cache
def _converter() -> Converter:
    converter = strict_converter().copy()

    def event(value: object, _: Any) -> Event:
        if not isinstance(value, dict):
            raise ValueError(f"`{value}` is {kind_of(value)}; expected a table with the keys of an event")
        if "kind" not in value:
            raise KeyError("kind")
        rest = {key: inner for key, inner in value.items() if key != "kind"}
        return converter.structure(rest, _kind(value["kind"]))

    converter.register_structure_hook_func(lambda shape: shape is Event, event)
    converter.register_structure_hook_func(lambda shape: shape is Facts, _facts)
    converter.register_structure_hook_func(_is_tuple, _names)
    converter.register_structure_hook(datetime, _instant)
    converter.register_structure_hook(Actor, _actor)
    return converter


def _is_tuple(shape: Any) -> bool:
    return get_origin(shape) is tuple


def _kind(name: object) -> type[Event]:
    if not isinstance(name, str):
        raise ConceptError([Problem("kind", f"`{name}` is {kind_of(name)}; expected the name of an event type")])
    try:
        return parse_kind(name)
    except ValueError as error:
        raise ConceptError([Problem("kind", str(error))]) from None
