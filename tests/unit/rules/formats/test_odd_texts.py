"""Odd texts of tables, in every format: refused in words with their place, nothing left out in silence."""

import json

import pytest

from supportcore.domains import Choice, Day, Flag, Integer, Minutes, Number, Scale
from supportcore.errors import ConceptError, DefinitionError
from supportcore.rules import (
    DecisionTable,
    Rule,
    read_csv,
    read_dmn,
    read_grid,
    read_matrix,
    read_table,
    write_csv,
    write_grid,
)

IMPACT = Scale("impact", ["low", "medium", "high"])
PRIORITY = Scale("priority", ["minor", "major"])
FRAME = {"name": "t", "inputs": [IMPACT, Integer("users", 0, 100)], "outputs": [PRIORITY]}


def refused(ask):
    with pytest.raises(ConceptError) as raised:
        ask()
    return [str(problem) for problem in raised.value.problems]


GRIDS = [
    ("", ["the grid is empty; write a line with the names of its columns"]),
    ("impact | -> priority\nlow", ["line 2, rule r1: has 1 cells under 2 columns; a bar within a cell is written `\\|`",
     "line 2, rule r1, column priority: has no value; accepted is minor < major"]),
    ("impact | -> priority | because | because\nlow | major | x | y",
     ["line 1, column because: `because` is no fact here; accepted are `impact`, `users`"]),
    ("impact | -> priority\nlow | minor, major",
     ["line 2, rule r1, column priority: `minor, major` is no member of `priority` (minor, major)"]),
    ("users | -> priority\n5 to 8 | major",
     ["line 2, rule r1, column users: `5 to 8` is no whole number, which is what `users` takes"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), GRIDS)
def test_an_odd_grid_is_refused_with_its_lines(text, words):
    assert refused(lambda: read_grid(text, **FRAME)) == words


def test_what_is_no_text_is_no_table():
    for read in (lambda: read_grid(None, **FRAME), lambda: read_csv(b"", **FRAME), lambda: read_table(None, "json")):
        with pytest.raises(
            DefinitionError,
            match=r"^`(nothing` is nothing; the text of a |b''` is a value of another kind; expected a text in CSV|"
            "None` is nothing; expected a text in JSON)",
        ):
            read()


def test_a_mark_of_byte_order_and_a_row_of_dashes_are_read():
    optional = {**FRAME, "outputs": [Scale("priority", ["minor", "major"], optional=True)]}
    text = "\ufeffimpact | -> priority\n---|---\nlow | major\n- | -\n"
    assert [dict(rule.then) for rule in read_grid(text, **optional).rules] == [{"priority": "major"}, {}]


MATRICES = [
    ("impact \\ users | 1 | 2\n| | minor | major", ["line 2, row: has no value of `impact` in its first cell"]),
    ("impact \\ users | 1 | \nlow | minor | major", ["line 1: a column has no value of `users` in the first line"]),
    ("impact \\ users | 1 | 1\nlow | minor | major",
     ["line 2, rule low/1: the name is used twice; each rule has a name of its own"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), MATRICES)
def test_an_odd_matrix_is_refused(text, words):
    assert refused(lambda: read_matrix(text, name="t", inputs=FRAME["inputs"], output=PRIORITY)) == words


SHEETS = [
    ('impact,-> priority\n"low,major', ["line 2: cannot be read as csv: unexpected end of data"]),
    (f"impact,-> priority\n{'x' * 140_000},major",
     ["line 2: cannot be read as csv: field larger than field limit (131072)"]),
    ("impact;-> priority\nlow;major", ['line 1: the names of the columns have `;` between them; give `delimiter=";"`']),
    ('impact,-> priority,because\nlow,major,"two\nlines"\nhigh,majr,x',
     ["line 4, rule r2, column priority: `majr` is no member of `priority` (minor, major); did you mean `major`?"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), SHEETS, ids=["quote", "long", "semicolon", "lines"])
def test_an_odd_sheet_is_refused_with_its_line(text, words):
    assert refused(lambda: read_csv(text, **FRAME)) == words


def test_a_german_spreadsheet_is_read():
    read = read_csv("\ufeffimpact;-> priority\rlow;major\r", **FRAME, delimiter=";")
    assert read.decide({"impact": "low"})["priority"] == "major"


UNKEPT = [
    (Rule({}, {"priority": "major"}, because="two\nlines"), write_grid,
     "`two\nlines` has several lines, which a grid does not keep; write it as one"),
    (Rule({}, {"priority": "major"}, because=" x"), write_csv,
     "` x` has blanks around it, which a grid does not keep; leave them out"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "write", "words"), UNKEPT)
def test_what_a_grid_would_not_keep_is_not_written(rule, write, words):
    with pytest.raises(DefinitionError) as raised:
        write(DecisionTable(**FRAME, rules=[rule]))
    assert str(raised.value) == words


def test_a_fact_named_like_a_heading_is_not_written_as_a_grid():
    table = DecisionTable(name="t", inputs=[Flag("because")], outputs=[PRIORITY], rules=[])
    with pytest.raises(
        DefinitionError,
        match=r"^`because` means something else at the head of a grid; give it "
        "another",
    ):
        write_grid(table)


def tree(**changes):
    rules = [{"when": {"vip": "yes"}, "then": {"priority": "major"}}]
    whole = {"name": "t", "inputs": {"vip": "yes | no"}, "outputs": {"priority": "minor < major"}, "rules": rules}
    return json.dumps({**whole, **changes})


TREES = [
    ({"name": None}, "name: is no text, which is accepted here"),
    ({"hit": 3}, "hit: is no text, which is accepted here"),
    ({"rules": ["x"]}, "rule r1: is no table, which is accepted here"),
    ({"rules": [{"when": None, "then": {"priority": "major"}}]}, "rule r1.when: is no table, which is accepted here"),
    ({"rules": [{"then": {"priority": "major"}, "because": 3}]}, "rule r1.because: is no text, which is accepted here"),
    ({"rules": [{"when": {"vip": None}, "then": {"priority": "major"}}]},
     "rule r1, column vip: `nothing` is nothing; `vip` takes yes or no"),
    ({"inputs": {"vip": {"scale": None}}}, 'inputs.vip: members are given as a list of texts; write `["nothing"]` for '
     "one"),
    ({"inputs": {"vip": {"scale": ["a"], "anything else": True}}}, "inputs.vip: fact `vip`: `anything else` is no key "
     "here; accepted are `scale`, `may be missing`, `names`"),
    ({"inputs": {"vip": {"scale": ["a"], "may be missing": "yes"}}}, "inputs.vip: fact `vip`: `may be missing` is "
     "`yes`; "
     "true or false is accepted"),
    ({"rises": ["vip"]}, "rises: is no table, which is accepted here"),
    ({"rises": {"priority": "vip"}}, "rises.priority: is no list, which is accepted here"),
    ({"waivers": [{"output": "priority", "input": "vip", "rules": ["r1"]}]},
     "waivers.1.rules: names 1 rules; two are accepted, the one below the step and that above"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "words"), TREES)
def test_an_odd_tree_is_refused_with_its_path(changes, words):
    assert refused(lambda: read_table(tree(**changes), "json")) == [words]


def test_json_that_says_a_key_twice_or_nests_for_ever_is_refused():
    assert refused(lambda: read_table('{"name": "a", "name": "b"}', "json")) == [
        "line 1, name: `name` is given twice; keep one of the two"
    ]
    assert refused(lambda: read_table("[" * 100_000, "json")) == ["cannot be read as JSON: it is nested too deeply"]


MODEL = """<definitions><decision name="priority"><decisionTable hitPolicy="FIRST">
<input><inputExpression typeRef="string"><text>kind</text></inputExpression>
<inputValues><text>"fault", "wish"</text></inputValues></input>
<input><inputExpression typeRef="number"><text>users</text></inputExpression>
<inputValues><text>[1..99)</text></inputValues></input>
<output name="priority" typeRef="string"><outputValues><text>"high","low"</text></outputValues></output>
<rule><inputEntry><text>"fault"</text></inputEntry><inputEntry><text>&gt;= 50</text></inputEntry>
<outputEntry><text>"high"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
FAULT = '<inputEntry><text>"fault"</text></inputEntry>'
HIGH = '<outputEntry><text>"high"</text></outputEntry>'
MODELS = [
    (FAULT, "", "rule r1: has 1 cells of inputs under 2 columns"),
    (FAULT, FAULT * 2, "rule r1: has 3 cells of inputs under 2 columns"),
    (HIGH, "", "rule r1: has 0 cells of outputs under 1 columns"),
    (HIGH, HIGH * 2, "rule r1: has 2 cells of outputs under 1 columns"),
    ('"fault", "wish"', '"fault", "wish',
     'column kind: the allowed values `"fault", "wish` are no list of texts in quotes; give its domain in `domains`'),
    ('"fault", "wish"', '"fault", "fault"', "column kind: `fault` is a member twice; each member is named once"),
    ("[1..99)", "[1..", "column users: `[1..` is no interval; write `[low..high]`, with a round bracket at an end "
     "that does "
     "not belong to it, or `>= low` or `<= high` for one side"),
    ("[1..99)", "1, 5", "column users: the allowed values `1, 5` are no single range; give its domain in `domains`"),
    ("[1..99)", "[a..b]", "column users: `a` is no number, which is what `users` takes"),
    ("<text>users</text>", "<text>kind</text>", "inputs: `kind` stands there twice; each column has a name of its own"),
    ('"high"</text></outputEntry>', '"hi" + "gh"</text></outputEntry>',
     'rule r1, column priority: `hi" + "gh` is no member of `priority` (high, low); did you mean `high`?'),
    ('"fault"</text></inputEntry>', 'upper case(?)</text></inputEntry>',
     "rule r1, column kind: `upper case(?)` is no member of `kind` (fault, wish)"),
    ("FIRST", "", "hit: `` is no hit policy; accepted are `unique`, `any`, `first`, `priority`, `rule-order`, "
     "`output-order`, `collect`"),
    ("</decision>", '</decision><decision name="priority"><decisionTable/></decision>',
     "two decisions are called `priority`; each has a name of its own"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "words"), MODELS)
def test_a_broken_model_is_refused_and_nothing_of_it_is_dropped(before, after, words):
    assert before in MODEL
    assert refused(lambda: read_dmn(MODEL.replace(before, after, 1)))[0] == words


RANGES = [
    ("number", "[1..99)", Number("users", 1, 99, hi_open=True)),
    ("number", "&gt; 0.5", Number("users", Number("x").parse("0.5"), lo_open=True)),
    ("date", '&lt; date("2027-01-01")', Day("users", None, Day("x").parse("2026-12-31"))),
    ("dayTimeDuration", 'duration("PT1H")', Minutes("users", 60, 60)),
    ("boolean", "true,false", Flag("users")),
]


@pytest.mark.parametrize(("kind", "allowed", "domain"), RANGES)
def test_the_range_that_a_model_allows_is_that_of_the_domain(kind, allowed, domain):
    model = MODEL.replace("[1..99)", allowed).replace('"number"', f'"{kind}"').replace("&gt;= 50", "-")
    assert read_dmn(model).inputs[1] == domain


def test_what_dmn_writes_without_blanks_or_as_null_is_read_as_dmn_means_it():
    model = MODEL.replace("&gt;= 50", "1,2,3").replace('"high"</text></outputEntry>', "null</text></outputEntry>")
    read = read_dmn(model)
    assert read.decide({"kind": "fault", "users": 2}).value == {}
    assert read.outputs == (Choice("priority", ["high", "low"], optional=True),)


@pytest.mark.parametrize("carried", ["{", '{"scale": 3}', '{"scale": ["fault"], "anything else": true}', "[" * 9999])
def test_an_extension_that_says_nothing_counts_for_nothing(carried):
    inner = f'<extensionElements><t:domain xmlns:t="urn:supportcore:tables">{carried}</t:domain></extensionElements>'
    assert read_dmn(MODEL.replace("<input>", f"<input>{inner}", 1)).inputs == read_dmn(MODEL).inputs
