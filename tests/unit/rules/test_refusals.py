"""What a table refuses when it is built or asked, literally."""

from decimal import Decimal

import pytest

from supportcore.domains import Choice, Flag, Integer, Minutes, Scale, Subset
from supportcore.errors import (
    ConceptError,
    DefinitionError,
    FactError,
    MissingFactError,
    NoDecisionError,
    RuleConflictError,
)
from supportcore.rules import (
    DecisionTable,
    Rule,
    Waiver,
    coverage,
    diff_tables,
    markdown,
    read_grid,
    recover,
    share_changed,
    simplify,
    verify,
    write_csv,
    write_dmn,
    write_grid,
    write_table,
)
from supportcore.rules.cells import AllOf, Compare, Is, Not

IMPACT = Scale("impact", ["low", "medium", "high"])
KIND = Choice("kind", ["question", "fault"])
USERS = Integer("users", 0, 100)
ESTIMATE = Minutes("estimate", 0, 4800, optional=True)
AREAS = Subset("areas", ["net", "db"])
PRIORITY = Scale("priority", ["minor", "major", "critical"])
TEAM = Choice("team", ["first", "second"])
MAJOR = {"priority": "major"}


def table(*rules, **parts):
    given = {"name": "t", "hit": "first", "inputs": [IMPACT, KIND, USERS, ESTIMATE, AREAS], "outputs": [PRIORITY]}
    return DecisionTable(**{**given, "rules": rules, **parts})


def refused(*rules, **parts):
    with pytest.raises(ConceptError) as raised:
        table(*rules, **parts)
    return [str(problem) for problem in raised.value.problems]


CELLS = [
    ({"impcat": "low"}, "rule r1: `impcat` is no input; accepted are `impact`, `kind`, `users`, `estimate`, `areas`; "
     "did you mean `impact`?"),
    ({"impact": "hihg"}, "rule r1, column impact: `hihg` is no member of `impact` (low, medium, high); did you "
    "mean `high`?"),
    ({"impact": "!= low"}, "rule r1, column impact: `!= low` is not written so; write `not(low)`"),
    ({"users": "= 5"}, "rule r1, column users: `= 5` is not written so; write `5`"),
    ({"kind": ">= fault"},
     "rule r1, column kind: `>= fault` compares, but `kind` is a choice and has no order; name its values instead"),
    ({"kind": "[question..fault]"}, "rule r1, column kind: `[question..fault]` compares, but `kind` is a choice "
    "and has "
     "no order; name its values instead"),
    ({"kind": Compare(">=", "fault")}, "rule r1, column kind: `kind` is a choice and has no order; name its values "
    "instead"),
    ({"users": "4.0"}, "rule r1, column users: `4.0` is no whole number, which is what `users` takes"),
    ({"users": 4.0}, "rule r1, column users: `4.0` is a binary number with a point; `users` takes whole numbers"),
    ({"users": True}, "rule r1, column users: `yes` is yes or no; `users` takes whole numbers"),
    ({"users": None}, "rule r1, column users: `nothing` is nothing; `users` takes whole numbers"),
    ({"users": "> 200"}, "rule r1, column users: `200` lies outside `users` (0 .. 100)"),
    ({"users": Is(200)}, "rule r1, column users: `200` lies outside `users` (0 .. 100)"),
    ({"users": "> 100"}, "rule r1, column users: nothing in `users` (0 .. 100) fits this cell"),
    ({"users": "(5..6)"}, "rule r1, column users: nothing in `users` (0 .. 100) fits this cell"),
    ({"impact": "not(low, medium, high)"},
     "rule r1, column impact: nothing in `impact` (low < medium < high) fits this cell"),
    ({"impact": "missing"}, "rule r1, column impact: `missing` never fits, because `impact` is not declared as one "
    "that "
     "may be missing"),
    ({"estimate": "<= 480"}, "rule r1, column estimate: `480` has no unit; write `480 min` or `480 h` in `estimate`"),
    ({"impact": "low, -"}, "rule r1, column impact: `-` cannot stand in a list of values; name values, or leave it "
    "out"),
    ({"impact": "not(-)"},
     "rule r1, column impact: `not(-)` cannot be read; `not(...)` takes values, comparisons and intervals"),
    ({"impact": []}, "rule r1, column impact: the cell is an empty list; name values of `impact`, or leave it out"),
    ({"areas": "net, dbx"}, "rule r1, column areas: `dbx` is no member of `areas` (net, db); did you mean `db`?"),
    ({"areas": "any of"}, "rule r1, column areas: `any of` names no word; accepted are words out of net, db"),
    ({"areas": ["nett"]}, "rule r1, column areas: `nett` is no member of `areas` (net, db); did you mean `net`?"),
    ({"kind": AllOf({"fault"})}, "rule r1, column kind: `kind` takes single values, no sets; name its values instead"),
    ({"impact": Not([Not([Is("low")])])}, "rule r1, column impact: `Not` cannot stand within another cell"),
]  # fmt: skip


@pytest.mark.parametrize(("when", "words"), CELLS)
def test_a_wrong_cell_is_refused_with_rule_and_column(when, words):
    assert refused(Rule(when, MAJOR)) == [words]


def test_other_stands_for_anything_else_and_a_typo_is_none():
    other = Choice("product", ["crm", "shop"], other=True)
    assert refused(Rule({"product": "shp"}, MAJOR), inputs=[other]) == [
        "rule r1, column product: `shp` is no member of `product` (crm, shop); did you mean `shop`?; "
        "`other` stands for anything else"
    ]
    assert (
        table(Rule({"product": "other"}, MAJOR), inputs=[other]).decide({"product": "a thing of theirs"}).rule.id
        == "r1"
    )


SHAPES = [
    ({"rules": [Rule({}, {})]}, "rule r1, column priority: has no value; accepted is minor < major < critical"),
    ({"rules": [Rule({}, {"priority": "majr"})]},
     "rule r1, column priority: `majr` is no member of `priority` (minor, major, critical); did you mean `major`?"),
    ({"rules": [Rule({}, {**MAJOR, "prio": "x"})]}, "rule r1: `prio` is no output; accepted are `priority`; "
     "did you mean `priority`?"),
    ({"rules": [Rule({}, MAJOR, id="a"), Rule({}, MAJOR, id="a")]},
     "rule a: the name is used twice; each rule has a name of its own"),
    ({"inputs": [IMPACT, IMPACT]}, "inputs: `impact` stands there twice; each column has a name of its own"),
    ({"outputs": []}, "outputs: there are none; a table decides at least one"),
    ({"outputs": [IMPACT]}, "outputs: `impact` is an input and an output; give one of them another name"),
    ({"default": {"priority": "urgent"}},
     "default, column priority: `urgent` is no member of `priority` (minor, major, critical)"),
    ({"hit": "frist"}, "hit: `frist` is no hit policy; accepted are `unique`, `any`, `first`, `priority`, "
    "`rule-order`, "
     "`output-order`, `collect`; did you mean `first`?"),
    ({"hit": "priority", "outputs": [TEAM]},
     "hit: `priority` needs an output with an order; declare one of them as a scale, low to high"),
    ({"hit": "collect", "aggregate": "avg"}, "aggregate: `avg` is no aggregate; accepted are `sum`, `min`, `max`, "
    "`count`"),
    ({"aggregate": "sum"}, "aggregate: `sum` goes with the hit policy `collect`, not with `first`"),
    ({"hit": "collect", "aggregate": "max", "outputs": [PRIORITY, TEAM]},
     "aggregate: `max` needs exactly one output; there are 2"),
    ({"hit": "collect", "aggregate": "sum"}, "aggregate: `priority` is a scale, which cannot be summed"),
    ({"hit": "collect", "aggregate": "min", "outputs": [TEAM]}, "aggregate: `team` is a choice and has no order"),
    ({"hit": "collect", "rises": {"priority": ["impact"]}},
     "rises: cannot be proved of the lists that `collect` gives; name a policy with one answer"),
    ({"rises": {"prio": ["impact"]}}, "rises: `prio` is no output; accepted are `priority`; did you mean `priority`?"),
    ({"rises": {"priority": ["impcat"]}}, "rises: `impcat` is no input; accepted are `impact`, `kind`, `users`, "
     "`estimate`, `areas`; did you mean `impact`?"),
    ({"falls": {"priority": ["kind"]}}, "falls: `kind` is a choice and has no order to step along"),
    ({"outputs": [TEAM], "rises": {"team": ["impact"]}}, "rises: `team` is a choice and has no order in which it "
    "could rise"),
    ({"rises": {"priority": ["impact"]}, "falls": {"priority": ["impact"]}},
     "falls: `priority` cannot both rise and fall with `impact`"),
    ({"rules": [Rule({}, MAJOR)], "rises": {"priority": ["impact"]},
      "waivers": [Waiver("priority", "impact", ("r1", "r9"), "so it is")]},
     "waivers: `r9` is no rule here; accepted are `r1`"),
    ({"rules": [Rule({}, MAJOR)], "waivers": [Waiver("priority", "users", ("r1", "r1"), "so it is")]},
     "waivers: nothing is declared of `priority` along `users`; there is nothing to waive"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "words"), SHAPES)
def test_a_table_that_cannot_stand_is_refused(parts, words):
    assert refused(**{"rules": [], **parts}) == [words]


def test_all_problems_come_at_once():
    problems = refused(
        Rule({"impact": "hihg", "users": "> 200"}, {"priority": "x"}),
        Rule({"kidn": "fault"}, MAJOR, id="second"),
        hit="frist",
    )
    assert [problem.split(":")[0] for problem in problems] == [
        "hit",
        "rule r1, column impact",
        "rule r1, column users",
        "rule r1, column priority",
        "rule second",
    ]


def test_a_set_of_too_many_words_says_so():
    words = Subset("words", [f"w{n}" for n in range(20)])
    assert refused(Rule({"words": AllOf(words.members)}, MAJOR), inputs=[words]) == [
        "column words: the cells of `words` name 20 different words; at most 16 can be told apart in one table; "
        "use flags "
        "for some of them"
    ]


ASKED = table(
    Rule({"impact": "high", "users": ">= 50"}, {"priority": "critical"}),
    Rule({"kind": "fault"}, MAJOR),
    inputs=[IMPACT, KIND, USERS],
)
FACTS = {"impact": "high", "kind": "fault", "users": 50}
WRONG_FACTS = [
    ({"impact": "hihg"}, FactError,
     "table `t`: fact impact: `hihg` is no member of `impact` (low, medium, high); did you mean `high`?"),
    ({"users": 101}, FactError, "table `t`: fact users: `101` lies outside `users` (0 .. 100)"),
    ({"users": -1}, FactError, "table `t`: fact users: `-1` lies outside `users` (0 .. 100)"),
    ({"users": True}, FactError, "table `t`: fact users: `yes` is yes or no; `users` takes whole numbers"),
    ({"users": Decimal("50.0")}, FactError, "table `t`: fact users: `50.0` is a decimal; `users` takes whole numbers"),
    ({"users": None}, FactError, "table `t`: fact users: `nothing` is nothing; `users` takes whole numbers; leave a "
     "fact out where it is missing"),
    ({"kind": ["fault"]}, FactError, "table `t`: fact kind: `['fault']` is a value of another kind, no member of "
    "`kind` "
     "(accepted are question, fault)"),
    ({"impact": "hihg", "users": 101}, FactError,
     "table `t`: fact impact: `hihg` is no member of `impact` (low, medium, high); did you mean `high`?; "
     "fact users: `101` lies outside `users` (0 .. 100)"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "kind", "words"), WRONG_FACTS)
def test_a_wrong_fact_is_refused_in_words(changes, kind, words):
    with pytest.raises(kind) as raised:
        ASKED.decide({**FACTS, **changes})
    assert str(raised.value) == words


def test_a_missing_fact_is_an_error_even_if_no_rule_tests_it():
    untested = table(Rule({}, MAJOR), inputs=[USERS])
    with pytest.raises(MissingFactError) as raised:
        untested.decide({"vip": True})
    assert str(raised.value) == (
        "table `t`: fact users: is missing; give it a value (0 .. 100) or declare that it may be missing"
    )


def test_no_rule_and_no_default_names_the_facts():
    with pytest.raises(NoDecisionError) as raised:
        ASKED.decide({**FACTS, "impact": "low", "kind": "question"})
    assert str(raised.value) == (
        "no rule of table `t` fits impact low, kind question, users 50, and it has no default; add a rule or a default"
    )


def test_unique_with_two_hits_is_an_error_never_the_first():
    both = table(Rule({"users": ">= 10"}, MAJOR), Rule({"users": "<= 20"}, MAJOR), hit="unique", inputs=[USERS])
    with pytest.raises(RuleConflictError) as raised:
        both.decide({"users": 15})
    assert str(raised.value) == (
        "rules `r1`, `r2` of table `t` fit at once, and its hit policy `unique` allows one; "
        "narrow their cells or take the hit policy `first`"
    )


def test_any_with_two_outcomes_is_an_error():
    differ = table(Rule({}, MAJOR), Rule({}, {"priority": "minor"}), hit="any", inputs=[Flag("vip")])
    with pytest.raises(RuleConflictError) as raised:
        differ.decide({"vip": True})
    assert str(raised.value) == (
        "rules `r1` and `r2` of table `t` fit at once and disagree: priority major against priority minor"
    )


def test_a_list_has_no_single_answer_to_ask_for():
    listed = table(Rule({}, MAJOR), hit="collect", inputs=[Flag("vip")]).decide({"vip": True})
    with pytest.raises(TypeError, match=r"^the answers of `t` are a list; ask each of them in `\.value`$"):
        listed["priority"]


NOT_A_TABLE = (
    verify,
    simplify,
    markdown,
    write_grid,
    write_csv,
    write_dmn,
    lambda given: write_table(given, "toml"),
    lambda given: coverage(given, []),
    lambda given: diff_tables(given, ASKED),
    lambda given: diff_tables(ASKED, given),
    lambda given: share_changed(given, ASKED, [FACTS]),
    lambda given: share_changed(ASKED, given, [FACTS]),
)


@pytest.mark.parametrize("ask", NOT_A_TABLE)
def test_what_is_no_table_is_refused_in_words(ask):
    with pytest.raises(DefinitionError, match=r"^`nothing` is nothing; a `DecisionTable` is accepted$"):
        ask(None)
    with pytest.raises(DefinitionError, match=r"^`priority` is a text; a `DecisionTable` is accepted$"):
        ask("priority")


@pytest.mark.parametrize(
    ("given", "told"),
    [(None, "`nothing` is nothing"), ("x", "`x` is a text"), ({"a": 1}, "`{'a': 1}` is a value of another kind")],
)
def test_facts_of_many_tickets_are_a_list(given, told):
    for ask in (
        lambda: coverage(ASKED, given),
        lambda: share_changed(ASKED, ASKED, given),
        lambda: recover(given, []),
    ):
        with pytest.raises(DefinitionError) as raised:
            ask()
        assert str(raised.value) == f"{told}; the facts of many tickets are accepted, as a list of mappings"


def test_readers_take_domains_not_their_names():
    text = "| impact | -> priority |\n| low | minor |"
    for ask in (
        lambda: read_grid(text, name="t", inputs=["impact"], outputs=[]),
        lambda: read_grid(text, name="t", inputs=[], outputs=["impact"]),
        lambda: recover([{"impact": 1}], [{"priority": 1}], inputs=["impact"]),
    ):
        with pytest.raises(DefinitionError, match=r"^`impact` is a text; domains are accepted in this list$"):
            ask()


def test_an_aggregate_takes_no_output_that_may_be_missing():
    with pytest.raises(
        ConceptError, match=r"aggregate: `points` may be missing; `min` takes an output that every rule"
    ):
        DecisionTable(
            name="t",
            hit="collect",
            aggregate="min",
            inputs=[Flag("vip")],
            outputs=[Integer("points", 0, 9, optional=True)],
            rules=[Rule({}, {})],
        )
