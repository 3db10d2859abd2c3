"""The literals and unary tests of FEEL: what is read, and what is refused by name."""

from datetime import date, time
from decimal import Decimal

import pytest

from supportcore.errors import DefinitionError
from supportcore.rules.formats.dmn.feel import FeelLiteral, UnaryTest, UnaryTests, parse_literal, parse_unary_tests

LITERALS = [
    ('"a\\nb"', "text", "a\nb"),
    ("-5", "number", Decimal(-5)),
    ("- 5", "number", Decimal(-5)),
    (".5", "number", Decimal("0.5")),
    ("5.", "number", Decimal(5)),
    ("1e3", "number", Decimal(1000)),
    ("true", "boolean", True),
    ("false", "boolean", False),
    ("null", "null", None),
    ('date("2026-01-31")', "day", date(2026, 1, 31)),
    ('date ( "2026-01-31" )', "day", date(2026, 1, 31)),
    ("date(2026, 1, 31)", "day", date(2026, 1, 31)),
    ('@"2026-01-31"', "day", date(2026, 1, 31)),
    ('time("09:00:00")', "time of day", time(9)),
    ('time("09:00")', "time of day", time(9)),
    ('time("09:00:00.000")', "time of day", time(9)),
    ("time(9, 30, 0)", "time of day", time(9, 30)),
    ('@"18:30:00"', "time of day", time(18, 30)),
    ('duration("P1DT2H")', "duration", 1560),
    ('duration("-PT5M")', "duration", -5),
    ('duration("PT120S")', "duration", 2),
    ('@"PT8H"', "duration", 480),
    ('@"P2D"', "duration", 2880),
]


@pytest.mark.parametrize(("text", "kind", "value"), LITERALS)
def test_literals_are_read(text, kind, value):
    literal = parse_literal(text)
    assert (literal.kind, literal.value) == (kind, value)


NOT_LITERALS = "is not made of literals; write its value, or compute it before the table and give it as a fact"
NO_INTERVAL = (
    "is not an interval between literals; write `[low..high]`, with a round bracket at an end that is excluded"
)
REFUSED = [
    ("customer", "`customer` is a name, whose value the table does not know; write a literal, a text in double "
     'quotes: `"customer"`'),
    ("applicant.name", "`applicant.name` is a name, whose value the table does not know; write a literal, a text in "
     'double quotes: `"applicant.name"`'),
    ('"a" + "b"', f'`"a" + "b"` {NOT_LITERALS}'),
    ('"a", "b"', f'`"a", "b"` {NOT_LITERALS}'),
    ("'a'", "`'a'` is not FEEL; write a text in double quotes"),
    ("“a”", "`“a”` is not FEEL; write a text in double quotes"),
    ('"a', f'`"a` {NOT_LITERALS}'),
    ("if x then 1 else 2", f"`if x then 1 else 2` {NOT_LITERALS}"),
    ("5 5", f"`5 5` {NOT_LITERALS}"),
    ("", f"`` {NOT_LITERALS}"),
    ("[1, x]", f"`[1, x]` {NOT_LITERALS}"),
    ("[1 2]", f"`[1 2]` {NOT_LITERALS}"),
    ("[1", f"`[1` {NOT_LITERALS}"),
    ("today()", f"`today()` {NOT_LITERALS}"),
    ("date(2026, 1)", f"`date(2026, 1)` {NOT_LITERALS}"),
    ("date(2026, x, 1)", f"`date(2026, x, 1)` {NOT_LITERALS}"),
    ('duration("PT0.5H")', '`duration("PT0.5H")` cannot be read; expected a duration such as '
     '`duration("P1DT2H30M")`'),
    ("duration(1, 2, 3)", f"`duration(1, 2, 3)` {NOT_LITERALS}"),
    ("date(2026, 2, 30)", "`date(2026, 2, 30)` is no day"),
    ("time(25, 0, 0)", "`time(25, 0, 0)` is no time of day"),
    ('date("31.1.2026")', '`date("31.1.2026")` cannot be read; expected a day such as `date("2026-01-31")`'),
    ('date("2026-02-30")', '`date("2026-02-30")` cannot be read; expected a day such as `date("2026-01-31")`'),
    ('time("09:00:00Z")', '`time("09:00:00Z")` cannot be read; expected a time of day without a zone such as '
     '`time("09:00:00")`'),
    ('duration("P")', '`duration("P")` cannot be read; expected a duration such as `duration("P1DT2H30M")`'),
    ('duration("P1Y")', '`duration("P1Y")` is a duration of years and months, whose length is not fixed; write days, '
     "hours or minutes"),
    ('duration("PT90S")', '`duration("PT90S")` is not a whole number of minutes; tables take whole minutes'),
    ('@"soon"', '`@"soon"` cannot be read; expected a day, a time of day without a zone, or a duration such as '
     '`@"PT8H"`'),
    ("9" * 2000, f"`{'9' * 40}…` is too long; numbers have 999 digits before and after the point"),
] + [
    (text, f"`{text}` is an instant, which tables do not take; compare a day with `date(…)` or a time of day with "
     "`time(…)`")
    for text in ('date and time("2026-01-01T00:00:00")', '@"2026-01-01T00:00:00"', 'date("2026-01-01T00:00:00")')
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_what_is_no_literal_is_refused_by_name(text, words):
    with pytest.raises(DefinitionError) as raised:
        parse_literal(text)
    assert str(raised.value) == words


def test_a_list_of_literals_is_a_literal():
    assert parse_literal('["a", "b"]').value == (FeelLiteral("text", "a", '"a"'), FeelLiteral("text", "b", '"b"'))
    assert parse_literal("[]").value == ()


def number(text):
    return FeelLiteral("number", Decimal(text), text)


TESTS = [
    ("-", UnaryTests()),
    ("", UnaryTests()),
    (" = 20 ", UnaryTests((UnaryTest("=", number("20")),))),
    ("!=20", UnaryTests((UnaryTest("!=", number("20")),))),
    ("2,3", UnaryTests((UnaryTest("=", number("2")), UnaryTest("=", number("3"))))),
    ("[1..2[, 7", UnaryTests((UnaryTest("..", number("1"), number("2"), True, False), UnaryTest("=", number("7"))))),
    ("]1..2)", UnaryTests((UnaryTest("..", number("1"), number("2"), False, False),))),
    ("(1 .. 2]", UnaryTests((UnaryTest("..", number("1"), number("2"), False, True),))),
    ("not( < 5 )", UnaryTests((UnaryTest("<", number("5")),), negated=True)),
]


@pytest.mark.parametrize(("text", "tests"), TESTS)
def test_unary_tests_are_read(text, tests):
    assert parse_unary_tests(text) == tests


REFUSED_TESTS = [
    ("1..2", f"`1..2` {NO_INTERVAL}"),
    ("[1..", f"`[1..` {NO_INTERVAL}"),
    ("[1..2", f"`[1..2` {NO_INTERVAL}"),
    ("[1, 2]", f"`[1, 2]` {NOT_LITERALS}"),
    ("not(5), 6", f"`not(5), 6` {NOT_LITERALS}"),
    ("not(not(5))", f"`not(not(5))` {NOT_LITERALS}"),
    ("? > 5", f"`? > 5` {NOT_LITERALS}"),
    ("=> 5", f"`=> 5` {NOT_LITERALS}"),
    ("5,", f"`5,` {NOT_LITERALS}"),
    ("> limit", f"`> limit` {NOT_LITERALS}"),
    ("not", "`not` is a name, whose value the table does not know; write a literal, a text in double quotes: "
     '`"not"`'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), REFUSED_TESTS)
def test_what_is_no_test_against_literals_is_refused(text, words):
    with pytest.raises(DefinitionError) as raised:
        parse_unary_tests(text)
    assert str(raised.value) == words
