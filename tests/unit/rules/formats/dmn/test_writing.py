"""Tables written as DMN, and what DMN cannot express or XML cannot hold."""

from decimal import Decimal

import pytest

from supportcore.domains import Choice, Flag, Integer, Number, Scale, Subset
from supportcore.errors import DefinitionError
from supportcore.rules import DecisionTable, Rule, read_dmn, write_dmn
from supportcore.rules.cells import Is

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
