"""Tables written as DMN, and what DMN cannot express or XML cannot hold."""

from datetime import time
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from supportcore.domains import Choice, Flag, Integer, Minutes, Number, NumberGap, Scale, Subset, TimeOfDay
from supportcore.errors import DefinitionError
from supportcore.rules import DecisionTable, Rule, read_dmn, write_dmn
from supportcore.rules.cells import Compare, Is

PRIORITY = Scale("priority", ["minor", "major"])
MAJOR = {"priority": "major"}


def table(*rules, **parts):
    return DecisionTable(**{"name": "t", "inputs": [Flag("vip")], "outputs": [PRIORITY], "rules": rules, **parts})


UNSAID = [
    (table(Rule({}, MAJOR), rises={"priority": ["vip"]}),
     "table `t` declares what rises or falls, which DMN cannot express; leave the declaration out"),
    (table(Rule({"areas": "net"}, MAJOR), inputs=[Subset("areas", ["net", "db"])]),
     "rule r1, column areas: DMN has no unary test for sets of words; leave the cell empty"),
    (table(Rule({}, MAJOR), outputs=[Choice("priority", ["major"], other=True)], default={"priority": "\ud800"}),
     "the outcome `\ud800` has the character U+D800, which XML does not keep; remove it"),
    (table(Rule({}, MAJOR), inputs=[Choice("kind", ["a\udc00"])]),
     "column kind: a member has the character U+DC00, which XML does not keep; remove it"),
    (table(Rule({}, MAJOR), inputs=[Flag("v\x07p")]),
     "the name of the column `v\x07p` has the character U+0007, which XML does not keep; remove it"),
    (table(Rule({}, MAJOR), name="a\rb"),
     "the name of the table has the character U+000D, which XML does not keep; remove it"),
    (table(Rule({}, MAJOR, id="r\x00")),
     "the name of rule r\x00 has the character U+0000, which XML does not keep; remove it"),
    (table(Rule({}, MAJOR, because="bell \a")),
     "rule r1: the reason has the character U+0007, which XML does not keep; remove it"),
    (table(Rule({}, MAJOR, because="line\rline")),
     "rule r1: the reason has the character U+000D, which XML does not keep; remove it"),
]  # fmt: skip
UNSAID += [
    (table(Rule({}, MAJOR, because=reason)), "rule r1: XML keeps no blanks at the ends of the reason; remove them")
    for reason in (" blank", "blank ", "line\r")
]  # fmt: skip


@pytest.mark.parametrize(("unsaid", "words"), UNSAID)
def test_a_table_that_dmn_cannot_express_is_refused_with_its_cell(unsaid, words):
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


ENTRIES = [
    (Choice("x", ["a", "b"], other=True, optional=True), "other", 'not("a", "b", null)'),
    (Choice("x", ["a", "b"], other=True, optional=True), "other, missing", 'not("a", "b")'),
    (Choice("x", ["a", "b"], other=True), "not(a)", 'not("a")'),
    (Choice("x", ["a", "b"], other=True), "a, b", '"a", "b"'),
    (Choice("x", ["a"], other=True), "a, other", "-"),
    (Choice("x", ["a"], other=True, optional=True), "given", "not(null)"),
    (Choice("x", ["a", "b"], optional=True), "not(a)", 'not("a", null)'),
    (Choice("x", ["a", "b"], optional=True), "not(a), missing", 'not("a")'),
    (Choice("x", ["a", "b"]), "not(a)", 'not("a")'),
    (Scale("x", ["a", "b", "c"], optional=True), "<= b, missing", '"a", "b", null'),
    (Number("x", optional=True), "not(< 5), missing", "not(< 5)"),
    (Integer("x", 0, 9, optional=True), "not([2..8]), 5, missing", "<= 1, 5, 9, null"),
    (Integer("x", 0, 9), "not(1), 1", ">= 0"),
    (Number("x"), "(0..0.5], > 7", "(0..0.5], > 7"),
    (TimeOfDay("x"), "[9:00..24:00)", '[time("09:00:00")..time("23:59:00")]'),
    (Minutes("x", None, None), Compare("<", -5), '< duration("-PT5M")'),
    (Flag("x", optional=True), "missing", "null"),
]


@pytest.mark.parametrize(("domain", "cell", "entry"), ENTRIES)
def test_cells_are_written_as_the_unary_tests_that_fit_the_same(domain, cell, entry):
    written = table(Rule({"x": cell}, MAJOR), inputs=[domain])
    xml = write_dmn(written)
    text = ElementTree.fromstring(xml).find(".//{*}inputEntry/{*}text").text
    assert text == entry
    assert read_dmn(xml) == written


RANGES = [
    (Number("x", 0, 1, lo_open=True), "(0..1]"),
    (Number("x", 0, None, lo_open=True), "> 0"),
    (Number("x", None, 1, hi_open=True), "< 1"),
    (Number("x", 0, 30, gaps=[NumberGap(10, 20)], optional=True), "[0..10], [20..30], null"),
    (Number("x", 1, 5, gaps=[NumberGap(1, 5)]), "1, 5"),
    (Integer("x", 0), ">= 0"),
    (Integer("x", None, 9), "<= 9"),
    (TimeOfDay("x", time(8), time(18)), '[time("08:00:00")..time("18:00:00")]'),
    (Choice("x", ["a", "b"], optional=True), '"a", "b", null'),
    (Choice("x", ["a"], other=True), None),
    (Flag("x", optional=True), None),
]


@pytest.mark.parametrize(("domain", "allowed"), RANGES)
def test_allowed_values_are_written_where_dmn_has_them(domain, allowed):
    written = table(Rule({}, MAJOR), inputs=[domain])
    found = ElementTree.fromstring(write_dmn(written)).find(".//{*}inputValues/{*}text")
    assert (found if found is None else found.text) == allowed
    assert read_dmn(write_dmn(written)) == written


def test_sets_of_words_are_outcomes():
    areas = Subset("areas", ["net", "a, b"], optional=True)
    written = table(
        Rule({}, {"areas": frozenset({"a, b", "net"})}), Rule({}, {"areas": frozenset()}), Rule({}, {}), outputs=[areas]
    )
    assert '<text>["net", "a, b"]</text>' in write_dmn(written)
    assert read_dmn(write_dmn(written)) == written
