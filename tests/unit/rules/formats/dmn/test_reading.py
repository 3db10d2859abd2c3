"""Decision tables of DMN: read with their domains, written, and refused with rule and column."""

from decimal import Decimal

import pytest

from supportcore.domains import Choice, Day, Flag, Minutes, Number, Scale
from supportcore.errors import ConceptError, DefinitionError
from supportcore.rules import read_dmn


def refused(ask):
    with pytest.raises(ConceptError) as raised:
        ask()
    return [f"{problem.path}: {problem.message}".removeprefix(": ") for problem in raised.value.problems]


# Reading


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
SMALL = """<definitions><decision name="priority"><decisionTable hitPolicy="FIRST">
<input><inputExpression typeRef="string"><text>kind</text></inputExpression>
<inputValues><text>"fault", "wish"</text></inputValues></input>
<input><inputExpression typeRef="number"><text>users</text></inputExpression>
<inputValues><text>[1..99)</text></inputValues></input>
<output name="priority" typeRef="string"><outputValues><text>"high","low"</text></outputValues></output>
<rule><inputEntry><text>"fault"</text></inputEntry><inputEntry><text>&gt;= 50</text></inputEntry>
<outputEntry><text>"high"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


def test_a_model_is_read_with_the_domains_that_it_gives():
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


def test_of_several_decisions_one_is_named():
    assert refused(lambda: read_dmn(MODEL, decision="prio")) == [
        "`prio` is not a decision with a table; expected one of `priority`; did you mean `priority`?"
    ]
    assert read_dmn(MODEL, decision="priority").name == "priority"


RANGES = [
    ("number", "[1..99)", Number("users", 1, 99, hi_open=True)),
    ("number", "&gt; 0.5", Number("users", Number("x").parse("0.5"), lo_open=True)),
    ("date", '&lt; date("2027-01-01")', Day("users", None, Day("x").parse("2026-12-31"))),
    ("dayTimeDuration", 'duration("PT1H")', Minutes("users", 60, 60)),
    ("boolean", "true,false", Flag("users")),
]


@pytest.mark.parametrize(("kind", "allowed", "domain"), RANGES)
def test_the_range_that_a_model_allows_is_that_of_the_domain(kind, allowed, domain):
    model = SMALL.replace("[1..99)", allowed).replace('"number"', f'"{kind}"').replace("&gt;= 50", "-")
    assert read_dmn(model).inputs[1] == domain


def test_lists_without_blanks_and_null_have_their_meaning_in_dmn():
    model = SMALL.replace("&gt;= 50", "1,2,3").replace('"high"</text></outputEntry>', "null</text></outputEntry>")
    read = read_dmn(model)
    assert read.decide({"kind": "fault", "users": 2}).value == {}
    assert read.outputs == (Choice("priority", ["high", "low"], optional=True),)


@pytest.mark.parametrize("carried", ["{", '{"scale": 3}', '{"scale": ["fault"], "anything else": true}', "[" * 9999])
def test_an_extension_that_cannot_be_read_is_ignored(carried):
    inner = f'<extensionElements><t:domain xmlns:t="urn:supportcore:tables">{carried}</t:domain></extensionElements>'
    assert read_dmn(SMALL.replace("<input>", f"<input>{inner}", 1)).inputs == read_dmn(SMALL).inputs


# What is refused


def changed(before, after):
    """The small model with its first `before` replaced."""
    assert before in SMALL
    return SMALL.replace(before, after, 1)


FAULT = '<inputEntry><text>"fault"</text></inputEntry>'
HIGH = '<outputEntry><text>"high"</text></outputEntry>'
MODELS = [
    ("<", "cannot be read as XML: unclosed token"),
    ("<definitions/>", "the model has no decision with a table"),
    (MODEL.replace("PRIORITY", "SOMETIMES"), "hit: `sometimes` is not a hit policy; expected one of `unique`"),
    (MODEL.replace('"boolean"', '"tVip"'), "column vip: `tVip` is not a type of tables; give the domain in `domains`"),
    (MODEL.replace("&gt;= 50", "? + 1"), "rule r1, column users: `? + 1` is not made of literals; write its "
     "value, or compute it before the table and give it as a fact"),
    (MODEL.replace('<text>"high"</text></outputEntry>', '<text>"hihg"</text></outputEntry>'),
     "rule r1, column priority: `hihg` is not a member of `priority` (low, high); did you mean `high`?"),
    (changed(FAULT, ""),
     "rule r1: input entries: expected 2, found 1"),
    (changed(FAULT, FAULT * 2),
     "rule r1: input entries: expected 2, found 3"),
    (changed(HIGH, ""),
     "rule r1: output entries: expected 1, found 0"),
    (changed(HIGH, HIGH * 2),
     "rule r1: output entries: expected 1, found 2"),
    (changed('"fault", "wish"', '"fault", "wish'),
     'column kind: the allowed values cannot be read: `"fault", "wish` is not made of literals; write its value, or '
     "compute it before the table and give it as a fact; or give its domain in `domains`"),
    (changed('"fault", "wish"', 'not("wish")'),
     'column kind: the allowed values `not("wish")` exclude values; give its domain in `domains`'),
    (changed('"fault", "wish"', '!= "wish"'),
     'column kind: the allowed values `!= "wish"` exclude values; give its domain in `domains`'),
    (changed('"fault", "wish"', '"fault", 5'),
     'column kind: the allowed values `"fault", 5` are not a list of texts in quotes; give its domain in `domains`'),
    (changed('"fault", "wish"', '"fault", "fault"'),
     "column kind: `fault` is given twice; name each member once"),
    (changed("[1..99)", "[1.."),
     "column users: the allowed values cannot be read: `[1..` is not an interval between literals; write "
     "`[low..high]`, with a round bracket at an end that is excluded; or give its domain in `domains`"),
    (changed("[1..99)", "[a..b]"),
     "column users: the allowed values cannot be read: `[a..b]` is not an interval between literals; "),
    (changed("<text>users</text>", "<text>kind</text>"),
     "inputs: `kind` is declared twice; give each column its own name"),
    (changed('"high"</text></outputEntry>', '"hi" + "gh"</text></outputEntry>'),
     'rule r1, column priority: `"hi" + "gh"` is not made of literals; write its value, or compute it before the '
     "table and give it as a fact"),
    (changed('"fault"</text></inputEntry>', 'upper case(?)</text></inputEntry>'),
     "rule r1, column kind: `upper case(?)` is not made of literals; "),
    (changed("FIRST", ""),
     "hit: `` is not a hit policy; expected one of `unique`, `any`, `first`, `priority`, `rule-order`, "
     "`output-order`, `collect`"),
    (changed("</decision>", '</decision><decision name="priority"><decisionTable/></decision>'),
     "two decisions are called `priority`; give each a name of its own, or an id"),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "words"), MODELS)
def test_a_wrong_model_is_refused(xml, words):
    assert refused(lambda: read_dmn(xml))[0].startswith(words)


def test_a_model_may_be_bytes_and_nothing_but_text_or_bytes():
    assert read_dmn(MODEL.encode()) == read_dmn(MODEL)
    with pytest.raises(DefinitionError, match=r"^`None` is nothing; expected a DMN model as XML$"):
        read_dmn(None)
