"""The literals and unary tests of FEEL that a decision table needs; anything else is refused (RUL-11)."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Literal as OneOfTexts

from attrs import frozen

from supportcore.domains.values import shown
from supportcore.errors import DefinitionError
from supportcore.mappings import FrozenMapping
from supportcore.rules.cells.text_literals import unquote_text

Kind = OneOfTexts["text", "number", "boolean", "day", "time of day", "duration", "null", "list"]
Operator = OneOfTexts["=", "!=", "<", "<=", ">", ">=", ".."]

TOKEN = re.compile(
    r"""\s*(?:
        (?P<text>"(?:[^"\\]|\\.)*")
      | (?P<number>(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
      | (?P<name>[^\W\d]\w*)
      | (?P<sign><=|>=|!=|\.\.|[-<>=@()\[\],])
    )""",
    re.VERBOSE | re.DOTALL,
)
BARE_NAME = re.compile(r"[^\W\d]\w*(?:[ .][^\W\d]\w*)*")
DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
CLOCK = re.compile(r"(\d{2}):(\d{2})(?::(\d{2})(?:\.0+)?)?", re.ASCII)
SIGNS: dict[str, Operator] = {"=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
WORDS: Mapping[str, bool | None] = FrozenMapping({"true": True, "false": False, "null": None})
UNITS: Mapping[str, int] = FrozenMapping({"days": 1440, "hours": 60, "minutes": 1})
MOST_DIGITS = 999


@frozen
class FeelLiteral:
    """A literal with its kind and value; a duration is in minutes, a list a tuple of literals."""

    kind: Kind
    value: object
    written: str


@frozen
class UnaryTest:
    """A comparison with `low`, or for `..` the interval from `low` to `high`."""

    operator: Operator
    low: FeelLiteral
    high: FeelLiteral | None = None
    low_closed: bool = True
    high_closed: bool = True

    @property
    def literals(self) -> tuple[FeelLiteral, ...]:
        """The literals of the test."""
        return (self.low,) if self.high is None else (self.low, self.high)


@frozen
class UnaryTests:
    """An input entry: tests of which one must hold, or with `negated` none; without tests anything fits."""

    tests: tuple[UnaryTest, ...] = ()
    negated: bool = False

    @property
    def literals(self) -> Iterator[FeelLiteral]:
        """The literals of all tests."""
        return (literal for test in self.tests for literal in test.literals)

    @property
    def has_null(self) -> bool:
        """Whether one of the literals is null."""
        return any(literal.kind == "null" for literal in self.literals)


ANYTHING = UnaryTests()


def parse_unary_tests(text: str) -> UnaryTests:
    """Return the tests of an input entry; raise `DefinitionError` for anything but tests against literals.

    >>> parse_unary_tests('not("a", null)').negated, parse_unary_tests("-") == UnaryTests()
    (True, True)
    """
    body = text.strip()
    if body in ("", "-"):
        return ANYTHING
    reader = _Reader(body)
    if reader.peek() == "not" and reader.peek(1) == "(":
        reader.expect("not", "(")
        tests = reader.tests()
        reader.expect(")")
        negated = True
    else:
        tests, negated = reader.tests(), False
    reader.end()
    return UnaryTests(tuple(tests), negated)


def parse_literal(text: str) -> FeelLiteral:
    """Return the literal that an output entry consists of; raise `DefinitionError` for any other expression.

    >>> parse_literal('"a"'), parse_literal('duration("PT8H")').value
    (FeelLiteral(kind='text', value='a', written='"a"'), 480)
    """
    reader = _Reader(text.strip())
    literal = reader.list_literal() if reader.peek() == "[" else reader.literal()
    reader.end()
    return literal


class _Reader:
    """Reads the tokens of one entry from left to right."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.tokens: list[tuple[str, str]] = []
        self.at = 0
        position = 0
        while position < len(body):
            found = TOKEN.match(body, position)
            if found is None:
                raise self.refusal()
            kind = str(found.lastgroup)
            self.tokens.append((kind, found[kind]))
            position = found.end()

    def refusal(self) -> DefinitionError:
        """The error for an entry that is not written in literals."""
        body = shown(self.body)
        if BARE_NAME.fullmatch(body):
            return DefinitionError(
                f"`{body}` is a name, whose value the table does not know; write a literal, a text in double quotes: "
                f'`"{body}"`'
            )
        if body.startswith(("'", "“", "„")):
            return DefinitionError(f"`{body}` is not FEEL; write a text in double quotes")
        if any(token == ".." for _, token in self.tokens):
            return DefinitionError(
                f"`{body}` is not an interval between literals; write `[low..high]`, with a round bracket at an end "
                "that is excluded"
            )
        return DefinitionError(
            f"`{body}` is not made of literals; write its value, or compute it before the table and give it as a fact"
        )

    def peek(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.tokens[place][1] if place < len(self.tokens) else ""

    def kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def expect(self, *tokens: str) -> None:
        for token in tokens:
            if self.take() != token:
                raise self.refusal()

    def end(self) -> None:
        if self.at < len(self.tokens):
            raise self.refusal()

    def tests(self) -> list[UnaryTest]:
        tests = [self.test()]
        while self.peek() == ",":
            self.take()
            tests.append(self.test())
        return tests

    def test(self) -> UnaryTest:
        sign = self.peek()
        if sign in SIGNS and self.kind() == "sign":
            self.take()
            return UnaryTest(SIGNS[sign], self.literal())
        if self.kind() == "sign" and sign in ("[", "(", "]"):
            return self.interval()
        return UnaryTest("=", self.literal())

    def interval(self) -> UnaryTest:
        opening = self.take()
        low = self.literal()
        self.expect("..")
        high = self.literal()
        closing = self.take()
        if closing not in ("]", ")", "["):
            raise self.refusal()
        return UnaryTest("..", low, high, opening == "[", closing == "]")

    def list_literal(self) -> FeelLiteral:
        self.expect("[")
        items: list[FeelLiteral] = []
        while self.peek() != "]":
            if items:
                self.expect(",")
            items.append(self.literal())
        self.expect("]")
        return FeelLiteral("list", tuple(items), self.body)

    def literal(self) -> FeelLiteral:
        kind, token = self.kind(), self.take()
        if kind == "text":
            return FeelLiteral("text", _text(token), token)
        if kind == "number":
            return _number(token)
        if token == "-" and self.kind() == "number":
            return _number(f"-{self.take()}")
        if token == "@" and self.kind() == "text":
            return _temporal(f"@{self.peek()}", _text(self.take()))
        if kind == "name" and token in WORDS:
            value = WORDS[token]
            return FeelLiteral("null" if value is None else "boolean", value, token)
        if kind == "name" and token in ("date", "time", "duration"):
            return self.constructed(token)
        raise self.refusal()

    def constructed(self, name: str) -> FeelLiteral:
        """Return the literal of a call such as `date("2026-01-31")` or `date(2026, 1, 31)`."""
        if name == "date" and self.peek() == "and":
            raise _instant(self.body)
        self.expect("(")
        if self.kind() == "text":
            token = self.take()
            self.expect(")")
            return _temporal(f"{name}({token})", _text(token), name)
        numbers = [self.part()]
        while self.peek() == ",":
            self.take()
            numbers.append(self.part())
        self.expect(")")
        written = f"{name}({', '.join(map(str, numbers))})"
        if len(numbers) != 3 or name == "duration":
            raise self.refusal()
        try:
            made = date(*numbers) if name == "date" else time(*numbers)  # type: ignore[arg-type]  # three numbers
        except ValueError:
            raise DefinitionError(f"`{written}` is no {'day' if name == 'date' else 'time of day'}") from None
        return FeelLiteral("day" if isinstance(made, date) else "time of day", made, written)

    def part(self) -> int:
        token = self.take()
        if not token.isdigit() or len(token) > 4:
            raise self.refusal()
        return int(token)


def _text(token: str) -> str:
    text = unquote_text(token)
    assert text is not None
    return text


def _number(written: str) -> FeelLiteral:
    if len(written) > 2 * MOST_DIGITS:
        raise DefinitionError(
            f"`{written[:40]}…` is too long; numbers have {MOST_DIGITS} digits before and after the point"
        )
    return FeelLiteral("number", Decimal(written), written)


def _temporal(written: str, text: str, name: str = "") -> FeelLiteral:
    """Return the day, time of day or duration in a text; `name` is the function around it, if any."""
    found = DURATION.fullmatch(text)
    if found and any(found.groups()[1:]) and name in ("", "duration"):
        return FeelLiteral("duration", _minutes(written, found), written)
    if INSTANT.match(text):
        raise _instant(written)
    try:
        if DAY.fullmatch(text) and name in ("", "date"):
            return FeelLiteral("day", date.fromisoformat(text), written)
        if (clock := CLOCK.fullmatch(text)) and name in ("", "time"):
            return FeelLiteral("time of day", time(int(clock[1]), int(clock[2]), int(clock[3] or 0)), written)
    except ValueError:
        pass
    expected = {
        "date": 'a day such as `date("2026-01-31")`',
        "time": 'a time of day without a zone such as `time("09:00:00")`',
        "duration": 'a duration such as `duration("P1DT2H30M")`',
        "": 'a day, a time of day without a zone, or a duration such as `@"PT8H"`',
    }
    raise DefinitionError(f"`{written}` cannot be read; expected {expected[name]}")


def _minutes(written: str, found: re.Match[str]) -> int:
    if found["years"] or found["months"]:
        raise DefinitionError(
            f"`{written}` is a duration of years and months, whose length is not fixed; write days, hours or minutes"
        )
    minutes = sum(UNITS[unit] * Fraction(found[unit] or 0) for unit in UNITS) + Fraction(found["seconds"] or 0) / 60
    if minutes.denominator != 1:
        raise DefinitionError(f"`{written}` is not a whole number of minutes; tables take whole minutes")
    return -int(minutes) if found["sign"] else int(minutes)


def _instant(written: str) -> DefinitionError:
    return DefinitionError(
        f"`{written}` is an instant, which tables do not take; compare a day with `date(…)` or a time of day with "
        "`time(…)`"
    )
