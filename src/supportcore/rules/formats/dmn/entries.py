"""The values and cells that FEEL's literals and unary tests denote on a domain, and the literals of values.

FEEL's `not("a")` also holds for null, but the cell `not(a)` does not fit a missing fact, so reading and writing
translate (RUL-11).
"""

from decimal import Decimal
from typing import Any

from supportcore.domains import Choice, Day, Domain, Flag, Integer, Minutes, Number, Scale, Subset, TimeOfDay, Value
from supportcore.errors import DefinitionError
from supportcore.rules.cells import ANYTHING, GIVEN, Between, Cell, Compare, Is, Missing, Not, OneOf, Term
from supportcore.rules.cells.coercion import coerce_cell
from supportcore.rules.cells.text_literals import quote_text
from supportcore.rules.formats.dmn.feel import FeelLiteral, Kind, UnaryTest, UnaryTests

NAMED_KINDS: dict[Kind, str] = {
    "text": "a text",
    "number": "a number",
    "boolean": "true or false",
    "day": "a day",
    "time of day": "a time of day",
    "duration": "a duration",
    "null": "null",
    "list": "a list",
}
EXPECTED: dict[Kind, str] = {
    "text": 'texts; write a text in double quotes, as in `"low"`',
    "number": "numbers; write a number without quotes, as in `20`",
    "boolean": "yes or no; write `true` or `false`",
    "day": 'days; write a day as in `date("2026-01-31")`',
    "time of day": 'times of day; write a time as in `time("09:00:00")`',
    "duration": 'durations; write a duration as in `duration("PT8H")`',
    "list": 'sets of words; write a list as in `["a", "b"]`',
}


def kind_of_domain(domain: Domain) -> Kind:
    """Return the kind of the literals that denote values of a domain."""
    match domain:
        case Flag():
            return "boolean"
        case Integer() | Number():
            return "number"
        case Minutes():
            return "duration"
        case Day():
            return "day"
        case TimeOfDay():
            return "time of day"
        case Subset():
            return "list"
    return "text"


# Reading


def value_of(literal: FeelLiteral, domain: Domain) -> Value:
    """Return the value of a domain that a literal denotes; raise `DefinitionError` if it denotes none.

    >>> from supportcore.domains import Integer
    >>> from supportcore.rules.formats.dmn.feel import parse_literal
    >>> value_of(parse_literal("20.0"), Integer("users"))
    20
    """
    expected = kind_of_domain(domain)
    if literal.kind != expected:
        raise DefinitionError(
            f"`{literal.written}` is {NAMED_KINDS[literal.kind]}; `{domain.name}` takes {EXPECTED[expected]}"
        )
    value: Any = literal.value
    if isinstance(domain, Subset):
        value = frozenset(word.value if word.kind == "text" else word.written for word in value)
    elif isinstance(domain, Integer):
        value = _whole(value, domain)
    problem = domain.problem(value)
    if problem:
        raise DefinitionError(problem)
    return value  # type: ignore[no-any-return]  # a value without a problem is one of the domain


def _whole(number: Decimal, domain: Integer) -> int:
    problem = Number(domain.name).problem(number)
    if problem:
        raise DefinitionError(problem)
    if number != number.to_integral_value():
        raise DefinitionError(f"`{number}` is not a whole number; `{domain.name}` takes whole numbers")
    return int(number)


def cell_of(tests: UnaryTests, domain: Domain) -> Cell:
    """Return the cell that fits what an input entry fits; raise `DefinitionError` if it does not fit the domain.

    >>> from supportcore.domains import Choice
    >>> from supportcore.rules.formats.dmn.feel import parse_unary_tests
    >>> cell_of(parse_unary_tests('not("a")'), Choice("kind", ["a", "b"], optional=True))
    OneOf(terms=(Not(terms=(Is(value='a'),)), Missing()))
    """
    if not tests.tests:
        return ANYTHING
    if isinstance(domain, Subset):
        raise DefinitionError(f"`{domain.name}` takes sets of words, which DMN has no test for; leave the entry empty")
    if tests.negated:
        return coerce_cell(_negated(tests.tests, domain), domain)
    terms: list[Term | Not] = []
    for test in tests.tests:
        cell = _cell(test, domain)
        terms.extend(cell.terms if isinstance(cell, OneOf) else (cell,))
    if Not([Missing()]) in terms:
        return ANYTHING if Missing() in terms else GIVEN
    return coerce_cell(terms[0] if len(terms) == 1 else OneOf(dict.fromkeys(terms)), domain)


def _negated(tests: tuple[UnaryTest, ...], domain: Domain) -> Cell:
    terms: list[Term] = []
    for test in tests:
        term = _cell(test, domain)
        if isinstance(term, (Not, OneOf)):
            raise DefinitionError("`!=` inside `not(...)` negates twice; name the values that fit")
        terms.append(term)
    given = [term for term in terms if not isinstance(term, Missing)]
    if not given:
        return GIVEN
    fits_null = domain.optional and len(given) == len(terms)
    return OneOf([Not(given), Missing()]) if fits_null else Not(given)


def _cell(test: UnaryTest, domain: Domain) -> "Term | Not | OneOf":
    if test.low.kind == "null" and test.operator in ("=", "!="):
        return Missing() if test.operator == "=" else Not([Missing()])
    low = value_of(test.low, domain)
    match test.operator:
        case "=":
            return Is(low)
        case "!=":
            return OneOf([Not([Is(low)]), Missing()]) if domain.optional else Not([Is(low)])
        case "..":
            assert test.high is not None
            return Between(low, value_of(test.high, domain), test.low_closed, test.high_closed)
        case operator:
            return Compare(operator, low)


# Writing


def literal_of(domain: Domain, value: Value) -> str:
    """Return the literal of a value of a domain, as `parse_literal` and `value_of` read it.

    >>> from supportcore.domains import Minutes
    >>> literal_of(Minutes("estimate"), 90)
    'duration("PT90M")'
    """
    match domain:
        case Flag():
            return "true" if value else "false"
        case Day():
            return f'date("{domain.show(value)}")'
        case TimeOfDay():
            return f'time("{domain.show(value)}:00")'
        case Minutes():
            assert isinstance(value, int)
            return f'duration("{"-" if value < 0 else ""}PT{abs(value)}M")'
        case Subset(members=members):
            assert isinstance(value, frozenset)
            return f"[{', '.join(quote_text(word) for word in members if word in value)}]"
        case Scale() | Choice():
            return quote_text(str(value))
    return domain.show(value)
