"""Tables as CSV: German spreadsheets, and what is refused with its line."""

import pytest

from supportcore.domains import Choice, Flag, Integer, Scale
from supportcore.errors import ConceptError, DefinitionError
from supportcore.rules import DecisionTable, Rule, read_csv, write_csv

IMPACT = Scale("impact", ["low", "medium", "high"])
PRIORITY = Scale("priority", ["minor", "major"])
FRAME = {"name": "t", "inputs": [IMPACT, Integer("users", 0, 100)], "outputs": [PRIORITY]}


def test_a_german_spreadsheet_is_read():
    read = read_csv("\ufeffimpact;-> priority\rlow;major\r", **FRAME, delimiter=";")
    assert read.decide({"impact": "low"})["priority"] == "major"


SHEETS = [
    ('impact,-> priority\n"low,major', ["line 2: cannot be read as CSV: unexpected end of data"]),
    (f"impact,-> priority\n{'x' * 140_000},major",
     ["line 2: cannot be read as CSV: field larger than field limit (131072)"]),
    ("impact;-> priority\nlow;major", ['line 1: the names of the columns are separated by `;`; give `delimiter=";"`']),
    ('impact,-> priority,because\nlow,major,"two\nlines"\nhigh,majr,x',
     ["line 4, rule r2, column priority: `majr` is not a member of `priority` (minor, major); did you mean `major`?"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), SHEETS, ids=["quote", "long", "semicolon", "lines"])
def test_an_odd_sheet_is_refused_with_its_line(text, words):
    with pytest.raises(ConceptError) as raised:
        read_csv(text, **FRAME)
    assert [str(problem) for problem in raised.value.problems] == words


def test_only_texts_are_read_as_csv():
    with pytest.raises(DefinitionError, match=r"^`b''` is a value of another kind; expected a text in CSV$"):
        read_csv(b"", **FRAME)


@pytest.mark.parametrize("reason", ["a\rb", "a\nb", "a\r\nb", "a,b", 'a"b', "a\x85b", "\ufeffa", "a;b"])
def test_line_ends_and_quotes_in_a_reason_come_back(reason):
    flag, team = Flag("f"), Choice("o", ["x", "y"])
    table = DecisionTable(
        name="t", hit="first", inputs=[flag], outputs=[team], rules=[Rule({"f": True}, {"o": "x"}, because=reason)]
    )
    assert read_csv(write_csv(table), name="t", inputs=[flag], outputs=[team]) == table
