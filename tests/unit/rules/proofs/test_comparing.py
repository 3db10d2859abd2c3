"""Dense numbers, and tables that cannot be compared or simplified."""

from decimal import Decimal

import pytest

from supportcore.domains import Flag, Integer, Number, Scale
from supportcore.errors import DefinitionError
from supportcore.rules import DecisionTable, Rule, diff_tables, simplify, verify

PRIORITY = Scale("priority", ["minor", "major"])
MAJOR = {"priority": "major"}


def table(*rules, **parts):
    return DecisionTable(**{"name": "t", "inputs": [Flag("vip")], "outputs": [PRIORITY], "rules": rules, **parts})


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
     "input `vip` is a flag in one table and an integer in the other; the tables cannot be compared"),
    ({"outputs": [Scale("urgency", ["major"])], "rules": [Rule({}, {"urgency": "major"})]},
     "output `priority` belongs to one table only; the tables cannot be compared"),
    ({"outputs": [Flag("priority")], "rules": [Rule({}, {"priority": True})]},
     "output `priority` is a scale in one table and a flag in the other; the tables cannot be compared"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "words"), INCOMPARABLE)
def test_tables_that_cannot_be_compared_are_refused_with_the_reason(parts, words):
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
    with pytest.raises(
        DefinitionError,
        match=r"^table `t` lists the outcomes of its rules \(`collect`\), so no rule can be dropped or merged$",
    ):
        simplify(table(Rule({}, MAJOR), hit="collect"))


def test_of_two_rules_that_repeat_each_other_one_is_kept():
    repeated = [Rule({"vip": "yes"}, MAJOR, because="a"), Rule({"vip": "yes"}, MAJOR, because="b")]
    subject = table(*repeated, hit="any", default={"priority": "minor"})
    assert [one.path for one in verify(subject) if one.code == "rules.redundant"] == ["t, rule r1", "t, rule r2"]
    assert [rule.id for rule in simplify(subject).rules] == ["r2"]
