"""The domains of a DMN table's columns, from the types and allowed values of the model and from the literals used."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from math import inf
from typing import Any

from attrs import evolve

from supportcore.domains import Choice, Day, Domain, Flag, Integer, Minutes, Number, NumberGap, Scale, TimeOfDay
from supportcore.errors import DefinitionError
from supportcore.rules.compiler.axes import Spans, axis_of, extent_of
from supportcore.rules.formats.dmn.entries import NAMED_KINDS, cell_of, value_of
from supportcore.rules.formats.dmn.feel import FeelLiteral, Kind, UnaryTest, UnaryTests, parse_unary_tests

GIVE_DOMAIN = "give its domain in `domains`"
OTHER = "other"
MOST_LISTED = 1000
BASES: dict[Kind, str] = {
    "text": "string",
    "number": "number",
    "boolean": "boolean",
    "day": "date",
    "time of day": "time",
    "duration": "duration",
}
Ranged = Integer | Number | Minutes | Day | TimeOfDay
RANGED: dict[str, type[Ranged]] = {
    "integer": Integer,
    "number": Number,
    "date": Day,
    "time": TimeOfDay,
    "duration": Minutes,
}


def base_of(literals: Iterable[FeelLiteral]) -> str:
    """Return the type of literals that are all of one kind; raise `DefinitionError` if they do not show a type."""
    kinds = {literal.kind: literal.written for literal in literals if literal.kind != "null"}
    if len(kinds) == 1 and (kind := next(iter(kinds))) in BASES:
        return BASES[kind]
    if not kinds:
        raise DefinitionError(f"the model gives it no type; {GIVE_DOMAIN}")
    used = ", ".join(f"`{written}` is {NAMED_KINDS[kind]}" for kind, written in kinds.items())
    raise DefinitionError(f"the model gives it no type, and its entries show none, since {used}; {GIVE_DOMAIN}")


def input_domain(name: str, base: str, allowed: str, entries: Sequence[UnaryTests]) -> Domain:
    """Return the domain of an input of this type, which is optional if an entry or an allowed value is null."""
    values = _allowed_values(allowed)
    optional = values.has_null or any(tests.has_null for tests in entries)
    literals = [literal for tests in entries for literal in tests.literals]
    base = base or base_of([*literals, *values.literals])
    if base != "string":
        return _typed(name, base, values, allowed, optional)
    if words := _texts(values, allowed):
        return Choice(name, words, optional=optional)
    used = _used_texts(literals)
    if OTHER in used:
        raise DefinitionError(
            f"`{OTHER}` means anything else where the model does not list the texts; give the domain with all its "
            "texts in `domains`"
        )
    return Choice(name, used, other=True, optional=optional)


def output_domain(name: str, base: str, allowed: str, literals: Sequence[FeelLiteral], *, ranked: bool) -> Domain:
    """Return the domain of an output of this type; if it is `ranked`, its allowed texts are a scale, highest first."""
    optional = any(literal.kind == "null" for literal in literals)
    values = _allowed_values(allowed)
    base = base or base_of([*literals, *values.literals])
    if base != "string":
        return _typed(name, base, values, allowed, optional)
    words = _texts(values, allowed)
    if words and ranked:
        return Scale(name, words[::-1], optional=optional)
    return Choice(name, words or _used_texts(literals), optional=optional)


def _allowed_values(allowed: str) -> UnaryTests:
    try:
        values = parse_unary_tests(allowed)
    except DefinitionError as error:
        raise DefinitionError(f"the allowed values cannot be read: {error}; or {GIVE_DOMAIN}") from None
    if values.negated or any(test.operator == "!=" for test in values.tests):
        raise DefinitionError(f"the allowed values `{allowed}` exclude values; {GIVE_DOMAIN}")
    return values


def _used_texts(literals: Iterable[FeelLiteral]) -> list[str]:
    used = dict.fromkeys(str(literal.value) for literal in literals if literal.kind == "text")
    return list(used) or ["anything"]


def _typed(name: str, base: str, values: UnaryTests, allowed: str, optional: bool) -> Domain:
    if base == "boolean":
        return _flag(Flag(name, optional=optional), values, allowed)
    return _ranged(RANGED[base](name, optional=optional), values, allowed)


def _texts(values: UnaryTests, allowed: str) -> list[str]:
    if any(test.operator != "=" or test.low.kind not in ("text", "null") for test in values.tests):
        raise DefinitionError(f"the allowed values `{allowed}` are not a list of texts in quotes; {GIVE_DOMAIN}")
    return [str(test.low.value) for test in values.tests if test.low.kind == "text"]


def _flag(flag: Flag, values: UnaryTests, allowed: str) -> Flag:
    words = {literal.value for literal in values.literals if literal.kind == "boolean"}
    if values.tests and (words != {True, False} or any(test.operator != "=" for test in values.tests)):
        raise DefinitionError(f"the allowed values `{allowed}` are not `true, false`; {GIVE_DOMAIN}")
    return flag


def _ranged(whole: Ranged, values: UnaryTests, allowed: str) -> Domain:
    """Return the part of a domain that the model allows."""
    tests = tuple(test for test in values.tests if test.low.kind != "null")
    if not tests:
        return whole
    if isinstance(whole, Number) and (listed := _whole_numbers(whole, tests)) is not None:
        return listed
    axis = axis_of(whole, ())
    spans = extent_of(cell_of(UnaryTests(tests), whole), axis).spans
    if isinstance(whole, Number):
        return _numbers(whole, spans, allowed)
    if isinstance(whole, Integer) and len(spans) > 1:
        return _listed_numbers(whole, spans, allowed)
    if len(spans) > 1:
        raise DefinitionError(f"the allowed values `{allowed}` are not a single range; {GIVE_DOMAIN}")
    low, high = spans[0]
    bounds: dict[str, Any] = {
        "lo": None if low == -inf else axis.value_at(low),
        "hi": None if high == inf else axis.value_at(high - 1),
    }
    return evolve(whole, **bounds)


def _whole_numbers(whole: Number, tests: Sequence[UnaryTest]) -> Integer | None:
    """Return the whole numbers that the model lists without a gap, or `None`."""
    if any(test.operator != "=" for test in tests):
        return None
    values = {value_of(test.low, whole) for test in tests}
    whole_values = sorted(int(value) for value in values if isinstance(value, Decimal) and value == int(value))
    if len(whole_values) < len(values) or whole_values != list(range(whole_values[0], whole_values[-1] + 1)):
        return None
    return Integer(whole.name, whole_values[0], whole_values[-1], optional=whole.optional)


def _numbers(whole: Number, spans: Spans, allowed: str) -> Number:
    low, high = spans[0][0], spans[-1][1]
    lower, upper = (None if end[0] in (-inf, inf) else end[0] for end in (low, high))
    between = [(before[1], after[0]) for before, after in pairwise(spans)]
    if any(below[1] == 0 or above[1] == 1 for below, above in between):
        raise DefinitionError(f"the allowed values `{allowed}` leave out the end of a range; {GIVE_DOMAIN}")
    return Number(
        whole.name,
        lower,
        upper,
        lo_open=lower is not None and low[1] == 1,
        hi_open=upper is not None and high[1] == 0,
        gaps=tuple(NumberGap(below[0], above[0]) for below, above in between),
        optional=whole.optional,
    )


def _listed_numbers(whole: Integer, spans: Spans, allowed: str) -> Number:
    """Return whole numbers with gaps as the numbers that the model lists."""
    if spans[0][0] == -inf or spans[-1][1] == inf or sum(high - low for low, high in spans) > MOST_LISTED:
        raise DefinitionError(
            f"the allowed values `{allowed}` are several ranges of more than {MOST_LISTED} whole numbers; {GIVE_DOMAIN}"
        )
    values = [value for low, high in spans for value in range(low, high)]
    gaps = tuple(NumberGap(below, above) for below, above in pairwise(values))
    return Number(whole.name, values[0], values[-1], gaps=gaps, optional=whole.optional)
