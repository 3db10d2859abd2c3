"""Reports and files of people who do this work: each file prints what the library gives.

Its comment says what is right; the lines that it must print are listed here. A line that ends in `-> refused` must show
a refusal, whose words must contain those listed after it. What later parts of the model bring is named as such.
"""

import io
import re
import runpy
from collections.abc import Mapping
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path

from supportcore.errors import SupportcoreError
from tests.conformance.frame import CaseResult, judge, not_built

Expected = str | tuple[str, ...]
REFUSED = "-> refused"
REFUSAL = re.compile(r"(?:-> )?(?:ConceptError|DefinitionError|FactError): ")
NUMBER = "Number(name='{}', lo={}, hi={}, lo_open=False, hi_open=False, optional=False)"
NOT_MADE_OF_LITERALS = ("rule r1, column out", "is not made of literals")

EXPECTED: Mapping[str, tuple[Expected, ...]] = {
    "R1": (
        "Rule(when=FrozenMapping({'x': Is(value='a\\nb')}), then=FrozenMapping({'out': 'say \"hi\"\\né'}), because='', "
        "id='r1')",
        'right: a, line end, b; say "hi", line end, é',
        'say "hi" -> True',
        "C:\\temp -> True",
    ),
    "R10": (
        "time -> (TimeOfDay(name='x', lo=None, hi=None, optional=False),)",
        ("dateTime -> refused", "is a type of instants"),
        ("date -> refused", 'date and time("2015-11-30T12:00:00")', "is an instant"),
        ("minutes -> refused", "`9:00` is not an amount of time"),
    ),
    "R11": (("-> refused", "column speed - limit", "is computed", "`names="),),
    "R2": (
        ("customerName -> refused", "rule r1, column out", "is a name"),
        ('"a" + "b" -> refused', *NOT_MADE_OF_LITERALS),
        ('"a","b" -> refused', *NOT_MADE_OF_LITERALS),
        ('["a","b"] -> refused', "rule r1, column out", "is a list"),
        ("5 -> refused", "rule r1, column out", "is a number"),
        ("'a' -> refused", "rule r1, column out", "double quotes"),
        ("${total} : fine -> refused", *NOT_MADE_OF_LITERALS),
        ("if x then 1 else 2 -> refused", *NOT_MADE_OF_LITERALS),
    ),
    "R4": (
        "(Integer(name='guests', lo=None, hi=None, optional=False),)",
        "[] right: none",
        ("-> refused", "`4.5` is a decimal; `guests` takes whole numbers"),
    ),
    "R5": (
        f"> 60 -> ({NUMBER.format('age', None, None)},)",
        f"5 -> ({NUMBER.format('age', None, None)},)",
        "true -> (Flag(name='age', optional=False),)",
        "\"a\" -> (Choice(name='age', members=('a',), other=True, optional=False, names=FrozenMapping({})),)",
    ),
    "R6": (
        "own type -> (" + NUMBER.format("score", "Decimal('0')", "Decimal('10')") + ",)",
        f"type of the input -> ({NUMBER.format('score', None, None)},)",
        "knowledge model -> D",
        "by id -> D",
    ),
    "R7": (
        "number = 20 -> FrozenMapping({'x': Is(value=Decimal('20'))})",
        "number != 20 -> FrozenMapping({'x': Not(terms=(Is(value=Decimal('20')),))})",
        "date @\"2026-01-31\" -> FrozenMapping({'x': Is(value=datetime.date(2026, 1, 31))})",
        "dayTimeDuration @\"PT8H\" -> FrozenMapping({'x': Is(value=480)})",
        "dayTimeDuration < duration(\"P2D\") -> FrozenMapping({'x': Compare(operator='<', value=2880)})",
        "dayTimeDuration duration(\"P1DT2H\") -> FrozenMapping({'x': Is(value=1560)})",
        "dayTimeDuration duration(\"PT120S\") -> FrozenMapping({'x': Is(value=2)})",
        "dayTimeDuration duration(\"PT8H\") -> FrozenMapping({'x': Is(value=480)})",
    ),
    "R9": (
        "\"\" -> FrozenMapping({'out': ''})",
        "\"you are hard to please \" -> FrozenMapping({'out': 'you are hard to please '})",
        "\"\" in a cell -> (Choice(name='x', members=('',), other=True, optional=False, names=FrozenMapping({})),)",
    ),
    "S33": (
        "'waiting for customer': paused (right: paused, or refused) []",
        "'waiting for customer or supplier': paused (right: paused, or refused) []",
        "'waiting for customer, supplier': paused (right: paused, or refused) []",
        ("-> refused", "`custommer` is not a waiting reason", "did you mean `customer`?"),
    ),
}  # fmt: skip

LATER: Mapping[str, str] = {
    "L": "shape of the exports of help desks",
    "S": "such promise or hours of a contract",
    "X": "check of this input",
    "E": "such step of duty or escalation",
}


def run(path: Path) -> list[CaseResult]:
    """One result for each line that the file must print, or one that names what is not built."""
    name = path.stem
    if path.suffix == ".md":
        ids = re.findall(r"^\| (E\d+) ", path.read_text(encoding="utf-8"), re.MULTILINE)
        return [not_built(f"{path.name} {case}", LATER["E"]) for case in ids]
    if name not in EXPECTED:
        return [not_built(name, LATER[name[0]])]
    lines = printed(path)
    expected = EXPECTED[name]
    found = lines if len(lines) == len(expected) else [f"{len(lines)} lines: {lines}"] * len(expected)
    return [
        judge(
            f"{name} line {number}", wanted if isinstance(wanted, str) else wanted[0], partial(shortened, line, wanted)
        )
        for number, (line, wanted) in enumerate(zip(found, expected, strict=True), 1)
    ]


def printed(path: Path) -> list[str]:
    """What a file prints, each refusal in one line, and at its end the error that stopped it."""
    stream = io.StringIO()
    with redirect_stdout(stream):
        try:
            runpy.run_path(str(path))
        except SupportcoreError as error:
            print(f"{type(error).__name__}: {error}")
    return stream.getvalue().strip().replace("\n  ", " ").splitlines()


def shortened(line: str, wanted: Expected) -> str:
    """A line as it is; a refusal where one is wanted, with those of its wanted words that it lacks."""
    refusal = REFUSAL.search(line)
    if isinstance(wanted, str) or refusal is None:
        return line
    lacking = [words for words in wanted[1:] if words not in line]
    return line[: refusal.start()] + REFUSED + "".join(f", without `{words}`" for words in lacking)
