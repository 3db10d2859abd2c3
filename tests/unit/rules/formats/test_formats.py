"""What the formats of tables refuse, and what DMN models say; dense numbers and tables that cannot be compared."""

from decimal import Decimal

import pytest

from supportcore.domains import Choice, Day, Flag, Integer, Minutes, Number, Scale, Subset
from supportcore.errors import ConceptError, DefinitionError
from supportcore.rules import (
    DecisionTable,
    Rule,
    diff_tables,
    read_dmn,
    read_table,
    simplify,
    verify,
    write_dmn,
    write_table,
)
from supportcore.rules.cells import Is
from supportcore.rules.formats.plain_tables import structure_table

PRIORITY = Scale("priority", ["minor", "major"])
MAJOR = {"priority": "major"}


def table(*rules, **parts):
    return DecisionTable(**{"name": "t", "inputs": [Flag("vip")], "outputs": [PRIORITY], "rules": rules, **parts})


def refused(ask):
    with pytest.raises(ConceptError) as raised:
        ask()
    return [str(problem) for problem in raised.value.problems]


TREE = {"name": "t", "inputs": {"vip": "yes | no"}, "outputs": {"priority": "minor < major"}, "rules": []}
TREES = [
    ({"name": "t"}, ["outputs: is missing", "rules: is missing"]),
    ({**TREE, "rules": {}}, ["rules: is no list, which is accepted here"]),
    ({**TREE, "default": "minor"}, ["default: is no table, which is accepted here"]),
    ({**TREE, "inputs": {"vip": "8"}, "rules": [{"then": {"priority": "majr"}, "wehn": {}}]},
     ["inputs.vip: fact `vip`: `8` declares no domain; accepted are",
      "rule r1.wehn: `wehn` is no key here; accepted are `id`, `when`, `then`, `because`; did you mean `when`?",
      "rule r1, column priority: `majr` is no member of `priority` (minor, major); did you mean `major`?"]),
    ({**TREE, "inputs": {"vip": {"scael": []}}},
     ["inputs.vip: fact `vip`: a declaration as text, or a table with one of `scale`, `choice`, `some of`, is "
     "accepted"]),
    ({**TREE, "default": {"priority": "x"}}, ["default, column priority: `x` is no member of `priority` (minor, "
    "major)"]),
]  # fmt: skip


@pytest.mark.parametrize(("tree", "words"), TREES)
def test_a_wrong_tree_is_refused_with_its_paths(tree, words):
    problems = refused(lambda: structure_table(tree))
    assert len(problems) >= len(words)
    assert all(problem.startswith(said) for problem, said in zip(problems, words, strict=False))


def test_texts_that_are_no_such_format_are_refused():
    assert refused(lambda: read_table("{", "json"))[0].startswith("line 1: cannot be read as JSON: ")
    assert refused(lambda: read_table("a = ", "toml"))[0].startswith("line 1: cannot be read as TOML: ")
    assert refused(lambda: read_table("a: [", "yaml"))[0].startswith("line 1: cannot be read as YAML: ")
    assert refused(lambda: read_table("[]", "json")) == ["holds no table of keys and values at its top"]
    assert refused(lambda: write_table(table(), "tmol")) == [
        "`tmol` is not a file format; expected one of `toml`, `yaml`, `yml`, `json`; did you mean `toml`?"
    ]


def test_everything_declared_comes_back():
    from supportcore.rules import Waiver

    whole = table(
        Rule({"vip": "yes"}, {"priority": "minor"}, id="a"),
        Rule({}, MAJOR, id="b"),
        hit="first",
        default={"priority": "minor"},
        rises={"priority": ["vip"]},
        waivers=[Waiver("priority", "vip", ("b", "a"), "so agreed")],
    )
    counted = table(Rule({}, MAJOR), hit="collect", aggregate="count")
    for one in (whole, counted, table()):
        for form in ("toml", "yaml", "json"):
            assert read_table(write_table(one, form), form) == one


MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision name="priority">
<decisionTable hitPolicy="PRIORITY">
<input><inputExpression typeRef="string"><text>kind</text></inputExpression>
<inputValues><text>"fault", "wish"</text></inputValues></input>
<input><inputExpression typeRef="number"><text>users</text></inputExpression>
<inputValues><text>[0..100)</text></inputValues></input>
<input><inputExpression typeRef="date"><text>on</text></inputExpression></input>
<input><inputExpression typeRef="dayTimeDuration"><text>estimate</text></inputExpression></input>
<input><inputExpression typeRef="boolean"><text>vip</text></inputExpression></input>
<input><inputExpression typeRef="string"><text>product</text></inputExpression></input>
<output name="priority" typeRef="string"><outputValues><text>"high","low"</text></outputValues>
<defaultOutputEntry><text>"low"</text></defaultOutputEntry></output>
<rule><inputEntry><text>"fault"</text></inputEntry><inputEntry><text>&gt;= 50</text></inputEntry>
<inputEntry><text>&gt;= date("2026-01-01")</text></inputEntry>
<inputEntry><text>&lt; duration("PT8H"), null</text></inputEntry>
<inputEntry><text>true</text></inputEntry><inputEntry><text>"crm"</text></inputEntry>
<outputEntry><text>"high"</text></outputEntry><annotationEntry><text>many are stopped</text></annotationEntry></rule>
</decisionTable></decision></definitions>"""


def test_a_model_is_read_with_the_domains_that_it_says():
    read = read_dmn(MODEL)
    assert read.inputs == (
        Choice("kind", ["fault", "wish"]),
        Number("users", Decimal(0), Decimal(100), hi_open=True),
        Day("on"),
        Minutes("estimate", optional=True),
        Flag("vip"),
        Choice("product", ["crm"], other=True),
    )
    assert read.outputs == (Scale("priority", ["low", "high"]),)
    assert read.rules[0].because == "many are stopped"
    facts = {"kind": "fault", "users": 50, "on": read.inputs[2].parse("2026-05-01"), "vip": True, "product": "crm"}
    assert read.decide(facts)["priority"] == "high"
    assert read.decide({**facts, "product": "shop"})["priority"] == "low"


MODELS = [
    ("<", "is no XML: "),
    ("<definitions/>", "name one of the decisions with a table: there are none"),
    (MODEL.replace("PRIORITY", "SOMETIMES"), "hit: `sometimes` is no hit policy; accepted are `unique`"),
    (MODEL.replace('"boolean"', '"tVip"'), "column vip: `tVip` is no type that tables have; give its domain in "
    "`domains`"),
    (MODEL.replace("&gt;= 50", "? + 1"), "rule r1, column users: `? + 1` is no number, which is what `users` takes"),
    (MODEL.replace('<text>"high"</text></outputEntry>', '<text>"hihg"</text></outputEntry>'),
     "rule r1, column priority: `hihg` is no member of `priority` (low, high); did you mean `high`?"),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "words"), MODELS)
def test_a_wrong_model_is_refused(xml, words):
    assert refused(lambda: read_dmn(xml))[0].startswith(words)


def test_of_several_decisions_one_is_named():
    assert refused(lambda: read_dmn(MODEL, decision="prio")) == [
        "`prio` is none of the decisions with a table: `priority`"
    ]
    assert read_dmn(MODEL, decision="priority").name == "priority"


UNSAID = [
    (table(Rule({}, MAJOR), rises={"priority": ["vip"]}),
     "table `t` declares what rises and falls, which DMN cannot say; leave it out"),
    (table(Rule({"areas": "net"}, MAJOR), inputs=[Subset("areas", ["net", "db"])]),
     "rule r1, column areas: DMN has no cell for sets of words; leave the cell free"),
    (table(Rule({"product": "other"}, MAJOR), inputs=[Choice("product", ["crm"], other=True)]),
     "rule r1, column product: DMN has no cell for anything else; leave the cell free"),
]  # fmt: skip


UNSAID += [
    (table(Rule({}, MAJOR, because=reason)),
     "rule r1: XML does not keep the blanks at the ends of its reason, nor control signs; leave them out")
    for reason in (" blank", "blank ", "bell \a", "line\r")
]  # fmt: skip


@pytest.mark.parametrize(("unsaid", "words"), UNSAID)
def test_what_dmn_cannot_say_names_the_cell(unsaid, words):
    with pytest.raises(DefinitionError) as raised:
        write_dmn(unsaid)
    assert str(raised.value) == words


def test_dmn_writes_bounds_and_counts():
    counted = table(Rule({"load": "(0..0.5]"}, MAJOR), inputs=[Number("load", 0, 1)], hit="collect", aggregate="count")
    back = read_dmn(write_dmn(counted))
    assert (back.inputs, back.aggregate) == ((Number("load", Decimal(0), Decimal(1)),), "count")
    assert back.decide({"load": Decimal("0.25")})["priority"] == 1


def test_dmn_carries_domains_and_cells_that_it_has_no_words_for():
    impact = Scale("impact", ["low", "null", "high"], names={"de": {"low": "gering"}}, optional=True)
    inputs = [impact, Integer("users", 0, 100), Choice("product", ["crm"], other=True)]
    rules = [
        Rule({"impact": ">= null", "users": "[5..10)", "product": "crm"}, MAJOR, because="a line\nand another"),
        Rule({"impact": "not(high)", "product": "not(crm)"}, MAJOR),
    ]
    written = table(*rules, inputs=inputs)
    assert read_dmn(write_dmn(written)) == written


def test_what_another_program_changed_in_a_model_counts():
    impact = Scale("impact", ["low", "high"])
    xml = write_dmn(table(Rule({"impact": "<= low"}, MAJOR), inputs=[impact]))
    other_cell = read_dmn(xml.replace('<text>"low"</text>', '<text>"high"</text>'))
    assert other_cell.inputs == (impact,)
    assert other_cell.rules[0].when == {"impact": Is("high")}
    for before, after in (
        ('"low", "high"', '"low", "mid", "high"'),
        ("low &lt; high", "low &lt;"),
        ('"low &lt;', "low"),
    ):
        changed = read_dmn(xml.replace(before, after, 1))
        assert changed.inputs in [(Choice("impact", ["low", *middle, "high"]),) for middle in ([], ["mid"])]
        assert changed.rules[0].when == {"impact": Is("low")}
    broken_cell = read_dmn(xml.replace("&lt;= low", "&lt;= lwo"))
    assert broken_cell.rules[0].when == {"impact": Is("low")}


def test_dense_numbers_are_decided_proved_and_compared_exactly():
    load = Number("load", lo_open=False)
    rules = [
        Rule({"load": "< 0"}, {"priority": "minor"}),
        Rule({"load": "(0..0.3)"}, {"priority": "minor"}),
        Rule({"load": "> 0.3"}, MAJOR),
    ]
    dense = table(*rules, inputs=[load], hit="unique", rises={"priority": ["load"]})
    gaps = [dict(one.region) for one in verify(dense) if one.code == "rules.gap"]
    assert gaps == [{"load": "0, 0.3"}]
    near = {one.direction: (one.value, one.beyond) for one in dense.explain({"load": Decimal("0.1")}).near_misses}
    assert near == {"down": (0, False), "up": (Decimal("0.3"), False)}
    closed = table(Rule({"load": "<= 0.3"}, {"priority": "minor"}), rules[2], inputs=[load], hit="unique")
    assert [one.code for one in verify(closed)] == []
    up = {one.direction: (one.value, one.beyond) for one in closed.explain({"load": 0}).near_misses}
    assert up == {"up": (Decimal("0.3"), True)}
    (change,) = diff_tables(dense, closed).changes
    assert (change.before, change.count, [dict(one) for one in change.regions]) == (None, None, [{"load": "0, 0.3"}])


INCOMPARABLE = [
    ({"inputs": [Integer("vip")]},
     "input `vip` is a flag in one table and an integer in the other; they cannot be compared"),
    ({"outputs": [Scale("urgency", ["major"])], "rules": [Rule({}, {"urgency": "major"})]},
     "output `priority` stands in one of the tables only; they cannot be compared"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "words"), INCOMPARABLE)
def test_tables_that_cannot_be_compared_say_why(parts, words):
    with pytest.raises(DefinitionError) as raised:
        diff_tables(table(Rule({}, MAJOR)), table(**{"rules": [Rule({}, MAJOR)], **parts}))
    assert str(raised.value) == words


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (Scale("a", ["x"]), Scale("a", ["y"]), "input `a` has no member in common; the tables cannot be compared"),
        (Integer("a", 0, 4), Integer("a", 7, 9), "input `a` has no value in common; the tables cannot be compared"),
    ],
)
def test_inputs_without_a_common_value_cannot_be_compared(one, other, words):
    with pytest.raises(DefinitionError) as raised:
        diff_tables(table(Rule({}, MAJOR), inputs=[one]), table(Rule({}, MAJOR), inputs=[other]))
    assert str(raised.value) == words


def test_lists_are_not_simplified():
    with pytest.raises(DefinitionError, match=r"^table `t` lists its rules' answers by `collect`; each of them shows$"):
        simplify(table(Rule({}, MAJOR), hit="collect"))
