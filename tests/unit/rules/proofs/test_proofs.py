"""What `verify` says of tables: the texts, the witnesses, the regions, and the honest answer beyond its steps."""

from decimal import Decimal

import pytest

from supportcore.domains import Choice, Flag, Integer, Number, Scale, Subset
from supportcore.rules import DecisionTable, Rule, Waiver, verify

IMPACT = Scale("impact", ["low", "medium", "high"])
VIP = Flag("vip")
USERS = Integer("users", 0, 999)
PRIORITY = Scale("priority", ["minor", "major", "critical"])
MINOR, MAJOR, CRITICAL = ({"priority": member} for member in PRIORITY.members)


def table(*rules, **parts):
    return DecisionTable(
        **{"name": "t", "hit": "first", "inputs": [IMPACT, USERS], "outputs": [PRIORITY], "rules": rules, **parts}
    )


def told(subject, *codes, **options):
    return [str(one) for one in verify(subject, **options) if not codes or one.code in codes]


def test_a_complete_table_in_order_has_nothing_against_it():
    sound = table(
        Rule({"impact": "high", "users": ">= 100"}, CRITICAL),
        Rule({"impact": ">= medium"}, MAJOR),
        Rule({}, MINOR),
        rises={"priority": ["impact", "users"]},
    )
    assert [one.code for one in verify(sound)] == ["rules.overlap"]
    assert told(sound) == [
        "note rules.overlap at t: pairs of rules that fit at once: 3; hit policy: the first rule that fits decides"
    ]


def test_gaps_are_regions_with_a_witness_and_a_count():
    open_table = table(Rule({"impact": ">= medium", "users": ">= 100"}, MAJOR), hit="unique")
    findings = [one for one in verify(open_table) if one.code == "rules.gap"]
    assert [(dict(one.region), one.count, dict(one.witness[0])) for one in findings] == [
        ({"impact": "low"}, 1000, {"impact": "low", "users": 0}),
        ({"impact": ">= medium", "users": "<= 99"}, 200, {"impact": "medium", "users": 0}),
    ]
    assert str(findings[1]) == "error rules.gap at t: no rule fits: impact from medium, up to 99 users (200 inputs)"


def test_with_a_default_what_is_left_over_is_one_note():
    assert told(table(Rule({"impact": "high"}, MAJOR), default=MINOR), "rules.gap", "rules.default") == [
        "note rules.gap at t: where no rule fits, the default applies (2,000 inputs); first region: impact up to medium"
    ]


def test_an_unreachable_default_is_reported():
    assert told(table(Rule({}, MAJOR), default=MINOR), "rules.default") == [
        "warning rules.default at t, default: the default is never needed; the rules cover every input"
    ]


def test_a_rule_is_dead_where_the_union_of_better_ones_covers_it():
    dead = table(
        Rule({"users": "< 500"}, MAJOR), Rule({"users": ">= 400"}, MINOR), Rule({"impact": "high"}, CRITICAL, id="late")
    )
    assert told(dead, "rules.dead", "rules.unreachable") == [
        "warning rules.dead at t, rule late: rule late never decides; the rules that win over it cover it entirely: "
        "impact high",
        "warning rules.unreachable at t, column priority: no rule gives priority critical",
    ]


def test_conflicts_name_both_rules_and_where_they_meet():
    both = table(Rule({"users": "<= 9"}, MAJOR), Rule({"impact": "high"}, MINOR), hit="unique")
    assert told(both, "rules.conflict") == [
        "error rules.conflict at t: rules r1, r2 fit at once: impact high, up to 9 users (10 inputs); their outcomes: "
        "major; minor"
    ]


def test_a_rule_that_repeats_another_is_redundant_under_any():
    repeated = table(Rule({}, MAJOR), Rule({"impact": "high"}, MAJOR), hit="any")
    assert told(repeated, "rules.redundant") == [
        "warning rules.redundant at t, rule r2: rule r2 can be left out; without it every outcome stays the same"
    ]


def test_an_order_is_refuted_by_the_smallest_pair():
    wrong = table(Rule({"impact": "high", "users": ">= 500"}, MINOR), Rule({}, MAJOR), rises={"priority": ["users"]})
    assert told(wrong, "rules.monotone") == [
        "error rules.monotone at t, column priority: priority falls from major to minor when users rises: "
        "impact high, 499 users against impact high, 500 users"
    ]


def test_a_flag_steps_from_no_to_yes():
    fine = table(Rule({"vip": "yes"}, MAJOR), Rule({}, MINOR), inputs=[VIP], rises={"priority": ["vip"]})
    wrong = table(Rule({"vip": "yes"}, MAJOR), Rule({}, MINOR), inputs=[VIP], falls={"priority": ["vip"]})
    assert told(fine, "rules.monotone") == []
    assert told(wrong, "rules.monotone") == [
        "error rules.monotone at t, column priority: priority rises from minor to major when vip rises: "
        "no vip against with vip"
    ]


def test_an_order_over_gaps_is_only_proved_where_rules_answer():
    partial = table(Rule({"impact": "high"}, MAJOR), rises={"priority": ["impact"]})
    assert told(partial, "rules.not-proven") == [
        "warning rules.not-proven at t, column priority: that priority never falls when impact rises is proven "
        "only where the rules give one outcome"
    ]


def test_a_waiver_is_named_and_noted():
    waived = table(
        Rule({"impact": "high"}, MINOR, id="trial"),
        Rule({}, MAJOR, id="rest"),
        rises={"priority": ["impact"]},
        waivers=[Waiver("priority", "impact", ("rest", "trial"), because="a trial until autumn")],
    )
    assert told(waived, "rules.monotone", "rules.waived") == [
        "note rules.waived at t, column priority: priority never falls when impact rises, but for rules rest, "
        "trial (a trial until autumn): impact medium, 0 users against impact high, 0 users"
    ]


def test_beyond_its_steps_a_proof_reports_the_explored_share():
    many = table(*(Rule({"impact": "high", "users": f"{n}"}, MAJOR) for n in range(0, 20, 2)), hit="unique")
    (partly,) = told(many, "rules.not-proven", steps=1)
    assert partly == (
        "warning rules.not-proven at t: not proven within 1 steps that a rule always fits; shares of the inputs: "
        "without a rule 2/3, with a rule 0, not examined 1/3"
    )
    (message,) = [one.message for one in verify(many, steps=0) if one.code == "rules.not-proven"]
    assert message == (
        "not proven within 0 steps that a rule always fits; shares of the inputs: without a rule 0, with a rule 0, "
        "not examined 1"
    )
    assert told(many, "rules.not-proven") == []


def test_an_unproven_order_and_an_unproven_rule_are_told():
    rules = [Rule({"users": f"[{n}..{n + 30}]"}, MAJOR) for n in range(0, 90, 10)]
    tested = table(*rules, Rule({"users": "[5..60]"}, MINOR), rises={"priority": ["users"]})
    assert "not proven within 0 steps that priority never falls when users rises" in told(tested, steps=0)[-1]
    assert any("not proven within 0 steps whether rule r10 is ever needed" in line for line in told(tested, steps=0))


def test_dense_numbers_have_exact_regions_and_no_count():
    load = table(Rule({"load": "[0.5..0.9)"}, MAJOR), inputs=[Number("load", 0, 1)], hit="unique")
    findings = [one for one in verify(load) if one.code == "rules.gap"]
    assert [(one.region["load"], one.count, one.witness[0]["load"]) for one in findings] == [("< 0.5, >= 0.9", None, 0)]
    assert load.decide({"load": Decimal("0.5")}).rule.id == "r1"


def test_sets_of_words_are_shown_with_and_without():
    areas = table(
        Rule({"areas": "any of net, db"}, MAJOR), inputs=[Subset("areas", ["net", "db", "web"])], hit="unique"
    )
    (gap,) = [one for one in verify(areas) if one.code == "rules.gap"]
    assert (gap.region["areas"], gap.count) == ("without net, db, others or with others without net, db", 2)


def test_many_conflicts_are_counted_not_all_told():
    rules = [Rule({}, MINOR if n % 2 else MAJOR) for n in range(30)]
    findings = [one for one in verify(table(*rules, hit="unique")) if one.code == "rules.conflict"]
    assert len(findings) == 201
    assert findings[-1].message == "further pairs of rules that fit at once: 235"


@pytest.mark.parametrize("hit", ["rule-order", "output-order", "collect"])
def test_a_list_may_be_empty(hit):
    listed = table(Rule({"impact": "high"}, MAJOR), hit=hit, inputs=[IMPACT, Choice("kind", ["a", "b"])])
    assert told(listed, "rules.gap") == [
        "note rules.gap at t: where no rule fits, the outcome is empty (4 inputs); first region: impact up to medium"
    ]
