"""Whole decisions of each hit policy and aggregate, with the rules that they rest on (RUL-3, RUL-4)."""

from datetime import date
from decimal import Decimal, getcontext

import pytest

from supportcore.domains import Choice, Day, Flag, Integer, Minutes, Number, Scale, Subset
from supportcore.errors import MissingFactError, NoDecisionError, RuleConflictError
from supportcore.rules import Decision, DecisionTable, Rule
from supportcore.rules.compiler.compiling import rank_of
from supportcore.rules.deciding import decide_in_full, decision_of, hits, result_with

USERS = Integer("users", 0, 9)
PRIORITY = Scale("priority", ["minor", "major", "critical"])
TEAM = Choice("team", ["first", "second"])
POINTS = Integer("points", 0, 100)
NOTE = Integer("note", 0, 9, optional=True)
MINOR, MAJOR, CRITICAL = ({"priority": priority} for priority in PRIORITY.members)


def table(hit, *rules, **parts):
    given = {"name": "t", "hit": hit, "inputs": [USERS], "outputs": [PRIORITY], "rules": rules, **parts}
    return DecisionTable(**given)


def three(hit, **parts):
    """At 5 and more two rules fit, from 8 on three."""
    return table(
        hit,
        Rule({"users": ">= 5"}, MINOR, because="some"),
        Rule({"users": ">= 8"}, CRITICAL, because="most"),
        Rule({"users": ">= 5"}, MAJOR, because="many"),
        **parts,
    )


POLICIES = [
    ("first", 9, MINOR, 0, [0]),
    ("priority", 9, CRITICAL, 1, [1]),
    ("priority", 5, MAJOR, 2, [2]),
    ("rule-order", 9, (MINOR, CRITICAL, MAJOR), None, [0, 1, 2]),
    ("output-order", 9, (CRITICAL, MAJOR, MINOR), None, [1, 2, 0]),
    ("collect", 5, (MINOR, MAJOR), None, [0, 2]),
]


@pytest.mark.parametrize(("hit", "users", "value", "rule", "rules"), POLICIES)
def test_a_decision_names_its_table_and_the_rules_that_it_rests_on(hit, users, value, rule, rules):
    made = three(hit)
    winner = None if rule is None else made.rules[rule]
    expected = Decision("t", value, winner, tuple(made.rules[place] for place in rules))
    for decide in (made.decide, made.decide, lambda facts: decide_in_full(made, facts)):
        assert decide({"users": users}) == expected
    assert hits(made, {"users": 4}) == 0
    assert expected.because == ("" if winner is None else winner.because)


def test_unique_and_any_decide_if_one_rule_fits_or_all_agree():
    unique = table("unique", Rule({"users": "< 5"}, MINOR), Rule({"users": ">= 4"}, MAJOR))
    assert unique.decide({"users": 3}) == Decision("t", MINOR, unique.rules[0], unique.rules[:1])
    assert unique.decide({"users": 5}) == Decision("t", MAJOR, unique.rules[1], unique.rules[1:])
    agreeing = table("any", Rule({"users": "< 5"}, MINOR), Rule({"users": ">= 4"}, MINOR), Rule({"users": 4}, MAJOR))
    assert agreeing.decide({"users": 3}) == Decision("t", MINOR, agreeing.rules[0], agreeing.rules[:1])
    assert agreeing.decide({"users": 7}) == Decision("t", MINOR, agreeing.rules[1], agreeing.rules[1:2])
    both = table("any", Rule({"users": "< 5"}, MINOR), Rule({"users": ">= 4"}, MINOR))
    assert both.decide({"users": 4}) == Decision("t", MINOR, both.rules[0], both.rules[:1])


def test_every_rule_of_a_table_without_inputs_fits():
    made = table("collect", Rule({}, MINOR), Rule({}, MAJOR), inputs=[])
    assert hits(made, {"users": 1}) == 0b11
    assert decide_in_full(made, {}) == made.decide({}) == Decision("t", (MINOR, MAJOR), None, made.rules)


def test_outcomes_that_disagree_are_shown_with_all_their_values():
    outputs = [PRIORITY, NOTE]
    made = table("any", Rule({}, {**MAJOR, "note": 1}), Rule({}, {**MAJOR, "note": 2}), outputs=outputs)
    with pytest.raises(RuleConflictError) as raised:
        made.decide({"users": 1})
    assert str(raised.value) == (
        "rules `r1` and `r2` of table `t` fit at once and disagree: priority major, note 1 against priority major, "
        "note 2"
    )
    empty = table("any", Rule({}, {}), Rule({}, {"note": 2}), outputs=[NOTE])
    with pytest.raises(RuleConflictError, match=r"disagree: nothing against note 2$"):
        empty.decide({"users": 1})


def scored(aggregate, *values, output=POINTS, **parts):
    rules = [Rule({"users": ">= 1"}, {output.name: value}) for value in values]
    return table("collect", *rules, outputs=[output], aggregate=aggregate, **parts)


def test_an_aggregate_combines_the_values_of_all_rules_that_fit():
    for aggregate, total in (("sum", 15), ("min", 2), ("max", 8), ("count", 3)):
        made = scored(aggregate, 5, 2, 8)
        assert made.decide({"users": 1}) == Decision("t", {"points": total}, None, made.rules)


def test_an_aggregate_ranks_a_scale_by_its_order_and_a_number_by_its_size():
    for aggregate, chosen in (("min", "minor"), ("max", "critical")):
        assert scored(aggregate, "critical", "minor", "major", output=PRIORITY).decide({"users": 1}).value == {
            "priority": chosen
        }
    load = Number("load", 0, None)
    made = scored("max", Decimal("0.5"), Decimal("0.25"), 0, output=load)
    assert made.decide({"users": 1}).value == {"load": Decimal("0.5")}


def test_a_sum_is_exact_in_any_decimal_context():
    load = Number("load", 0, None)
    made = scored("sum", Decimal("0.1"), 10**30, Decimal("0.02"), 2, output=load)
    context = getcontext().copy()
    getcontext().prec = 3
    try:
        total = made.decide({"users": 1})["load"]
    finally:
        getcontext().prec = context.prec
    assert str(total) == f"{10**30 + 2}.12"
    whole = scored("sum", 3, 4, output=load).decide({"users": 1})["load"]
    assert (whole, type(whole)) == (7, int)


def test_without_a_rule_a_count_is_zero_and_other_policies_take_the_default():
    assert scored("count", 5).decide({"users": 0}) == Decision("t", {"points": 0})
    assert scored("count", 5, default={"points": 9}).decide({"users": 0}) == Decision("t", {"points": 0})
    assert scored("sum", 5, default={"points": 9}).decide({"users": 0}) == Decision("t", {"points": 9})
    for hit in ("rule-order", "output-order", "collect"):
        assert three(hit).decide({"users": 0}) == Decision("t", ())
        assert three(hit, default=MAJOR).decide({"users": 0}) == Decision("t", (MAJOR,))
    for hit in ("first", "priority", "unique", "any"):
        assert three(hit, default=MAJOR).decide({"users": 0}) == Decision("t", MAJOR)


@pytest.mark.parametrize("made", [three("first"), scored("max", 5)])
def test_without_a_rule_and_a_default_there_is_no_decision(made):
    with pytest.raises(NoDecisionError) as raised:
        made.decide({"users": 0, "vip": True})
    assert str(raised.value) == (
        "no rule of table `t` fits users 0, and the table has no default; add a rule or a default"
    )
    with pytest.raises(NoDecisionError, match=r"^no rule of table `t` fits these facts, and the table has no default"):
        decision_of(made, 0, {})


def test_a_result_for_proofs_is_none_without_a_decision():
    conflicting = table("unique", Rule({}, MINOR), Rule({}, MAJOR))
    assert [result_with(conflicting, mask) for mask in (0, 1, 2, 3)] == [None, MINOR, MAJOR, None]


def test_an_output_with_a_value_ranks_above_a_missing_one():
    outputs = [Scale("level", ["l1", "l2"], optional=True), PRIORITY]
    made = table(
        "output-order",
        Rule({}, CRITICAL),
        Rule({}, {"level": "l1", **MINOR}),
        Rule({}, {"level": "l2", **MINOR}),
        Rule({}, {"level": "l1", **MAJOR}),
        outputs=outputs,
    )
    assert [rule.id for rule in made.decide({"users": 1}).rules] == ["r3", "r4", "r2", "r1"]


def test_equal_outcomes_keep_the_order_of_the_rules():
    made = table("priority", Rule({}, MAJOR), Rule({}, MINOR), Rule({}, MAJOR))
    assert made.compiled.order == (0, 2, 1)


def test_values_have_a_rank_in_the_order_of_their_domain():
    ranks = [
        (PRIORITY, "major", 1),
        (Flag("vip"), True, 1),
        (Minutes("estimate"), 30, 30),
        (Number("load"), Decimal("0.5"), (Decimal("0.5"), 0)),
        (Day("on"), date(1970, 1, 1), 719163),
        (Subset("areas", ["net", "db"]), frozenset(["db"]), 1),
    ]
    assert [rank_of(domain, value) for domain, value, _ in ranks] == [rank for _, _, rank in ranks]
    assert rank_of(PRIORITY, None) is None


def test_wrong_facts_and_missing_facts_are_told_apart():
    made = table("first", inputs=[USERS, Flag("vip")])
    with pytest.raises(MissingFactError) as raised:
        made.decide({})
    assert str(raised.value) == (
        "table `t`: fact users: is missing; give it a value (0 .. 9) or declare that it may be missing; "
        "fact vip: is missing; give it a value (yes | no) or declare that it may be missing"
    )
