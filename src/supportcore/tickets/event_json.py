"""Events as JSON and back, under a schema version (SVC-6).

One event is one line, so that two files compare well. An instant is written as RFC 9557 does it,
`2026-01-05T09:00:00+01:00[Europe/Berlin]`: the offset tells the instant and which of two equal wall times is meant, the
name in brackets keeps the zone. Facts keep their kind: what JSON cannot say itself is tagged, `{"number": "1.50"}`,
`{"day": "2026-01-05"}`, `{"set": ["mail", "web"]}`; a bare number with a point is read as a `Decimal`.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, get_origin

from attrs import fields, frozen
from cattrs import Converter

from supportcore.errors import ConceptError, Problem
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.structuring.plain import kind_of, parse_plain
from supportcore.structuring.strict import strict_converter, structure
from supportcore.tickets.actors import Actor, actor
from supportcore.tickets.events import Event, Excused, Fact, Facts
from supportcore.tickets.histories import kind_named, kind_words
from supportcore.tickets.instant_texts import EXAMPLE, read_instant, written_instant

SCHEMA = 1


@frozen
class Document:
    """What a file of events holds."""

    schema: int
    events: list[Event]


# Writing


def dump_events(events: Iterable[Event]) -> str:
    """The events, in the order given, as a JSON document that `load_events` reads back to equal ones.

    What a reader would fill in again is left out: empty texts and facts, a `recorded` equal to `at`.

    >>> from datetime import UTC
    >>> from supportcore.tickets import Opened
    >>> print(dump_events([Opened("T-1", datetime(2026, 1, 5, 9, tzinfo=UTC), id="a")]))
    {"schema": 1, "events": [
      {"kind": "opened", "ticket": "T-1", "at": "2026-01-05T09:00:00+00:00", "by": "customer", "id": "a"}
    ]}
    """
    lines = [json.dumps(_tree_of(event), ensure_ascii=False) for event in events]
    body = ",\n  ".join(lines)
    return f'{{"schema": {SCHEMA}, "events": [' + (f"\n  {body}\n" if lines else "") + "]}"


def _tree_of(event: Event) -> dict[str, object]:
    tree: dict[str, object] = {"kind": kind_words(type(event))}
    for one in fields(type(event)):
        value = getattr(event, one.name)
        if one.init and not _filled_in_again(event, one.name, value):
            tree[one.name] = _written(value)
    return tree


def _filled_in_again(event: Event, name: str, value: object) -> bool:
    match name, value:
        case ("recorded" | "start", datetime()) if not isinstance(event, Excused):
            return written_instant(value) == written_instant(event.at)
        case "sequence", 0:
            return True
        case _:
            return value in ("", (), EMPTY)


def _written(value: object) -> object:
    match value:
        case datetime():
            return written_instant(value)
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
        case frozenset():
            return {"set": sorted(fact)}
        case _:
            return fact


# Reading


def load_events(text: str) -> tuple[Event, ...]:
    """The events that a JSON document holds, in its order.

    Raises `ConceptError` with everything that is wrong, each with its path: text that is no JSON, another schema, an
    unknown kind or key, a value of another kind, an instant without an offset, an offset that its zone does not have.

    >>> [event] = load_events('''{"schema": 1, "events": [{"kind": "resolved", "ticket": "T-1",
    ...   "at": "2026-01-05T17:00:00+01:00[Europe/Berlin]", "by": "agent:ann"}]}''')
    >>> event.at.tzinfo, event.by
    (zoneinfo.ZoneInfo(key='Europe/Berlin'), Actor(role='agent', name='ann'))
    """
    tree = parse_plain(text, "json", source="events")
    version = tree.get("schema") if isinstance(tree, dict) else None
    if type(version) is int and version != SCHEMA:
        raise ConceptError(
            [Problem("schema", f"`{version}` is another version than this one reads; accepted is `{SCHEMA}`")],
            "events",
        )
    return tuple(structure(tree, Document, _converter(), source="events").events)


def _instant(value: object, _: type) -> datetime:
    if not isinstance(value, str):
        raise ValueError(f"`{value}` is {kind_of(value)}; an instant such as {EXAMPLE} is accepted")
    return read_instant(value)


def _actor(value: object, _: type) -> Actor:
    if not isinstance(value, str):
        raise ValueError(f"`{value}` is {kind_of(value)}; a role, or role and name such as `agent:ann`, is accepted")
    return actor(value)


def _names(value: object, _: type) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError(f"`{value}` is {kind_of(value)}; a list of texts is accepted")
    return tuple(value)


def _facts(value: object, _: type) -> Facts:
    if not isinstance(value, dict):
        raise ValueError(f"`{value}` is {kind_of(value)}; a table of facts is accepted")
    problems: list[Problem] = []
    made: dict[str, Fact] = {}
    for name, plain in value.items():
        try:
            made[name] = _fact(plain)
        except ValueError as error:
            problems.append(Problem(name, str(error)))
    if problems:
        raise ConceptError(problems)
    return FrozenMapping(made)


def _fact(plain: object) -> Fact:
    match plain:
        case dict() if len(plain) == 1:
            return _tagged(plain)
        case str() | bool() | int() | Decimal():
            return plain
        case _:
            raise _no_fact(plain)


def _tagged(plain: dict[str, object]) -> Fact:
    match plain:
        case {"number": str(digits)}:
            return _decimal(digits)
        case {"day": str(day)}:
            return _day(day)
        case {"set": list(words)} if all(isinstance(word, str) for word in words):
            return frozenset(words)
        case _:
            raise _no_fact(plain)


def _no_fact(plain: object) -> ValueError:
    return ValueError(
        f"`{json.dumps(plain, default=str)}` is no fact; accepted are a text, yes or no, a number, "
        '`{"number": "1.50"}`, `{"day": "2026-01-05"}` and `{"set": ["a", "b"]}`'
    )


def _decimal(digits: str) -> Decimal:
    try:
        number = Decimal(digits)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError(f"`{digits}` is no number; digits such as `1.50` are accepted")
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"`{text}` is no day; accepted are days such as `2026-01-05`") from None


@cache
def _converter() -> Converter:
    converter = strict_converter().copy()

    def event(value: object, _: Any) -> Event:
        if not isinstance(value, dict):
            raise ValueError(f"`{value}` is {kind_of(value)}; a table with the keys of an event is accepted")
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


def _kind(words: object) -> type[Event]:
    if not isinstance(words, str):
        raise ConceptError([Problem("kind", f"`{words}` is {kind_of(words)}; the name of a kind of event is accepted")])
    try:
        return kind_named(words)
    except ValueError as error:
        raise ConceptError([Problem("kind", str(error))]) from None
