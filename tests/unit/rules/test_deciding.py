"""Deciding: wrong and missing facts, no decision, conflicts; and rules that are refused."""

from decimal import Decimal

import pytest

from supportcore.domains import Choice, Flag, Integer, Number, Scale
from supportcore.errors import (
    DefinitionError,
    FactError,
    MissingFactError,
    NoDecisionError,
    RuleConflictError,
    UnknownNameError,
)
from supportcore.rules import DecisionTable, Rule

IMPACT = Scale("impact", ["low", "medium", "high"])
KIND = Choice("kind", ["question", "fault"])
USERS = Integer("users", 0, 100)
MANY = Integer("many", optional=True)
LOAD = Number("load", 0, 100, optional=True)
PRIORITY = Scale("priority", ["minor", "major", "critical"])
MAJOR = {"priority": "major"}


def table(*rules, **parts):
    return DecisionTable(**{"name": "t", "hit": "first", "outputs": [PRIORITY], "rules": rules, **parts})


RULES = [
    (lambda: Rule(None), "`nothing` is nothing; expected the cells of a rule as a mapping of names to values"),
    (lambda: Rule("low"), "`low` is a text; expected the cells of a rule as a mapping of names to values"),
    (lambda: Rule({}, "major"), "`major` is a text; expected an outcome as a mapping of names to values"),
    (lambda: Rule({1: "low"}), "`1` is a whole number; expected a text as each name in the cells of a rule"),
]


@pytest.mark.parametrize(("make", "words"), RULES)
def test_a_rule_of_other_kinds_is_refused(make, words):
    with pytest.raises(DefinitionError) as raised:
        make()
    assert str(raised.value) == words


DECIDES = table(
    Rule({"impact": "high", "users": ">= 50"}, {"priority": "critical"}),
    Rule({"kind": "fault"}, MAJOR),
    inputs=[IMPACT, KIND, USERS, MANY, LOAD],
)
FACTS = {"impact": "high", "kind": "fault", "users": 50}
WRONG_FACTS = [
    ({"impact": "hihg"}, "fact impact: `hihg` is not a member of `impact` (low, medium, high); did you mean `high`?"),
    ({"users": 101}, "fact users: `101` lies outside `users` (0 .. 100)"),
    ({"users": -1}, "fact users: `-1` lies outside `users` (0 .. 100)"),
    ({"users": True}, "fact users: `yes` is yes or no; `users` takes whole numbers"),
    ({"users": Decimal("50.0")}, "fact users: `50.0` is a decimal; `users` takes whole numbers"),
    ({"users": None}, "fact users: `nothing` is nothing; `users` takes whole numbers; leave "
     "out a fact that is missing"),
    ({"kind": ["fault"]}, "fact kind: `['fault']` is a value of another kind; `kind` takes "
     "one of question, fault"),
    ({"impact": "hihg", "users": 101}, "fact impact: `hihg` is not a member of `impact` (low, medium, high); "
     "did you mean `high`?; fact users: `101` lies outside `users` (0 .. 100)"),
    ({"many": 10**1000}, "fact many: `a number of very many digits` is too long; `many` takes 999 digits before and "
     "after the point"),
    ({"load": Decimal("Infinity")}, "fact load: `Infinity` is not a finite number; `load` takes decimals"),
    ({"impact": ["low"]}, "fact impact: `['low']` is a value of another kind; `impact` takes one of low, medium, high"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "words"), WRONG_FACTS)
def test_a_wrong_fact_is_refused(changes, words):
    for decide in (DECIDES.decide, DECIDES.explain):
        with pytest.raises(FactError) as raised:
            decide({**FACTS, **changes})
        assert str(raised.value) == f"table `t`: {words}"


@pytest.mark.parametrize(
    ("facts", "shown"), [(None, "`nothing` is nothing"), (["low"], "`['low']` is a value of another kind")]
)
def test_facts_are_a_mapping(facts, shown):
    for decide in (DECIDES.decide, DECIDES.explain):
        with pytest.raises(FactError) as raised:
            decide(facts)
        assert str(raised.value) == f"table `t`: {shown}; expected facts as a mapping of names to values"


def test_a_missing_fact_is_an_error_even_if_no_rule_tests_it():
    untested = table(Rule({}, MAJOR), inputs=[USERS])
    with pytest.raises(MissingFactError) as raised:
        untested.decide({"vip": True})
    assert str(raised.value) == (
        "table `t`: fact users: is missing; give it a value (0 .. 100) or declare that it may be missing"
    )


def test_no_rule_and_no_default_names_the_facts():
    with pytest.raises(NoDecisionError) as raised:
        DECIDES.decide({**FACTS, "impact": "low", "kind": "question"})
    assert str(raised.value) == (
        "no rule of table `t` fits impact low, kind question, users 50, and the table has no default; add a rule or "
        "a default"
    )


def test_unique_with_two_hits_is_an_error_never_the_first():
    both = table(Rule({"users": ">= 10"}, MAJOR), Rule({"users": "<= 20"}, MAJOR), hit="unique", inputs=[USERS])
    with pytest.raises(RuleConflictError) as raised:
        both.decide({"users": 15})
    assert str(raised.value) == (
        "rules `r1`, `r2` of table `t` fit at once; the hit policy `unique` allows one rule; "
        "narrow their cells or choose the hit policy `first`"
    )


def test_any_with_two_outcomes_is_an_error():
    differ = table(Rule({}, MAJOR), Rule({}, {"priority": "minor"}), hit="any", inputs=[Flag("vip")])
    with pytest.raises(RuleConflictError) as raised:
        differ.decide({"vip": True})
    assert str(raised.value) == (
        "rules `r1` and `r2` of table `t` fit at once and disagree: priority major against priority minor"
    )


def test_a_list_of_outcomes_has_no_value_by_output():
    listed = table(Rule({}, MAJOR), hit="collect", inputs=[Flag("vip")]).decide({"vip": True})
    with pytest.raises(TypeError, match=r"^table `t` decides a list of outcomes; index the outcomes in `\.value`$"):
        listed["priority"]


def test_an_unknown_output_of_a_decision_is_refused():
    decision = table(Rule({}, MAJOR), hit="first", inputs=[Flag("vip")]).decide({"vip": True})
    for name, shown in (("priorty", "priorty"), (["a"], r"\['a'\]"), (None, "nothing")):
        with pytest.raises(
            UnknownNameError, match=f"^`{shown}` has no value in this decision of table `t`; expected one"
        ):
            decision[name]
    with pytest.raises(KeyError, match="did you mean `priority`"):
        decision["priorty"]
