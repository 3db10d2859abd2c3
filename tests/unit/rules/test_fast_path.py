"""The fast path of `DecisionTable.decide`: its columns by kind, and which decisions it keeps."""

from datetime import date
from math import inf

import pytest

from supportcore.domains import Choice, Day, Flag, Integer, Minutes, Scale
from supportcore.rules import DecisionTable, Rule
from supportcore.rules.deciding import FastPath, FlagColumn, MemberColumn, NumberColumn, fast_path, first_decision

PRIORITY = Scale("priority", ["minor", "major", "critical"])
MAJOR = {"priority": "major"}
ON = Day("on", date(2026, 1, 1), date(2026, 12, 31))
PRODUCT = Choice("product", ["crm", "shop"], other=True)


def table(hit="first"):
    return DecisionTable(
        name="t",
        hit=hit,
        inputs=[
            Flag("vip"),
            Scale("impact", ["low", "high"]),
            Choice("kind", ["question", "fault"]),
            PRODUCT,
            Integer("users", 0, 9),
            Minutes("estimate", optional=True),
            ON,
        ],
        outputs=[PRIORITY],
        rules=[
            Rule({"vip": "yes", "impact": "high", "users": ">= 5"}, MAJOR),
            Rule({"vip": "no", "kind": "fault", "estimate": "< 30 min", "product": "other"}, MAJOR),
            Rule({"on": "2026-03-01"}, MAJOR),
        ],
    )


def test_each_column_is_on_the_fast_path_of_its_kind():
    made = table()
    path = fast_path(made)
    product, day = path.checked
    assert (product.name, product.problem, product.column) == ("product", PRODUCT.problem, made.compiled.columns[3])
    assert (day.name, day.problem, day.column) == ("on", ON.problem, made.compiled.columns[6])
    assert path == FastPath(
        all_rules=0b111,
        alone=False,
        members=(
            MemberColumn("impact", {"low": 0b110, "high": 0b111}),
            MemberColumn("kind", {"question": 0b101, "fault": 0b111}),
        ),
        flags=(FlagColumn("vip", yes=0b101, no=0b110),),
        numbers=(
            NumberColumn("users", (0, 5, 10), (None, 0b110, 0b111, None)),
            NumberColumn("estimate", (0, 30, inf), (None, 0b111, 0b101, None)),
        ),
        checked=path.checked,
        decisions=[None, None, None, None],
    )


@pytest.mark.parametrize(
    ("hit", "alone"),
    [("first", False), ("priority", False), ("unique", True), ("any", True), ("collect", True), ("rule-order", True)],
)
def test_only_policies_of_one_winner_keep_the_decision_of_a_rule_that_does_not_fit_alone(hit, alone):
    made = table(hit)
    path = fast_path(made)
    assert path.alone is alone
    kept = first_decision(made, path, 0b010, {})
    assert (kept.rules, path.decisions) == ((made.rules[1],), [None, None, kept, None])
    if hit != "unique":
        both = first_decision(made, path, 0b110, {})
        assert path.decisions == [None, None, kept if alone else both, None]
        assert both.rules == (made.rules[1:] if hit in ("collect", "rule-order") else made.rules[1:2])
