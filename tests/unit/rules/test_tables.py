"""Decision tables: which parts are refused with which words, all problems at once, and the repr."""

import pytest

from supportcore.domains import Choice, Integer, Minutes, Scale, Subset
from supportcore.errors import ConceptError, DefinitionError
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

IMPACT = Scale("impact", ["low", "medium", "high"])
KIND = Choice("kind", ["question", "fault"])
USERS = Integer("users", 0, 100)
ESTIMATE = Minutes("estimate", 0, 4800, optional=True)
AREAS = Subset("areas", ["net", "db"])
PRIORITY = Scale("priority", ["minor", "major", "critical"])
TEAM = Choice("team", ["first", "second"])
POINTS = Integer("points", 0, 9, optional=True)
MAJOR = {"priority": "major"}


def table(*rules, **parts):
    given = {"name": "t", "hit": "first", "inputs": [IMPACT, KIND, USERS, ESTIMATE, AREAS], "outputs": [PRIORITY]}
    return DecisionTable(**{**given, "rules": rules, **parts})


def refused(*rules, **parts):
    with pytest.raises(ConceptError) as raised:
        table(*rules, **parts)
    return [str(problem) for problem in raised.value.problems]


WRONG_KINDS = [
    ({"inputs": None}, "`nothing` is nothing; expected a list of domains"),
    ({"inputs": ["impact"]}, "`impact` is a text; expected domains in this list"),
    ({"rules": [{}]}, "`{}` is a value of another kind; expected rules in this list"),
    ({"default": ["minor"]}, "`['minor']` is a value of another kind; expected the default as a mapping of names to "
     "values"),
    ({"rises": {"priority": "impact"}}, "`impact` is a text; expected a list of names of inputs"),
    ({"rises": ["priority"]}, "`['priority']` is a value of another kind; expected the declared orders as a mapping "
     "of names to values"),
    ({"waivers": ["x"]}, "`x` is a text; expected waivers in this list"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "words"), WRONG_KINDS)
def test_a_part_of_another_kind_is_refused(parts, words):
    with pytest.raises(DefinitionError) as raised:
        table(**{"rules": [], **parts})
    assert str(raised.value) == words


REFUSED = [
    ({"rules": [Rule({}, {})]}, "rule r1, column priority: has no value; expected minor < major < critical"),
    ({"rules": [Rule({}, {"priority": "majr"})]},
     "rule r1, column priority: `majr` is not a member of `priority` (minor, major, critical); did you mean `major`?"),
    ({"rules": [Rule({}, {**MAJOR, "prio": "x"})]}, "rule r1: `prio` is not an output; expected one of `priority`; "
     "did you mean `priority`?"),
    ({"rules": [Rule({}, MAJOR, id="a"), Rule({}, MAJOR, id="a")]},
     "rule a: the name is used twice; give each rule its own name"),
    ({"inputs": [IMPACT, IMPACT]}, "inputs: `impact` is declared twice; give each column its own name"),
    ({"outputs": []}, "outputs: the table has no outputs; declare at least one"),
    ({"outputs": [IMPACT]}, "outputs: `impact` is an input and an output; rename one of them"),
    ({"default": {"priority": "urgent"}},
     "default, column priority: `urgent` is not a member of `priority` (minor, major, critical)"),
    ({"hit": "frist"}, "hit: `frist` is not a hit policy; expected one of `unique`, `any`, `first`, `priority`, "
    "`rule-order`, "
     "`output-order`, `collect`; did you mean `first`?"),
    ({"hit": "priority", "outputs": [TEAM]},
     "hit: `priority` needs an output with an order; declare an output as a scale, low to high"),
    ({"hit": "collect", "aggregate": "avg"}, "aggregate: `avg` is not an aggregate; expected one of `sum`, `min`, "
     "`max`, "
    "`count`"),
    ({"aggregate": "sum"}, "aggregate: `sum` needs the hit policy `collect`, not `first`"),
    ({"hit": "collect", "aggregate": "max", "outputs": [PRIORITY, TEAM]},
     "aggregate: `max` needs exactly one output; the table has 2"),
    ({"hit": "collect", "aggregate": "sum"}, "aggregate: `priority` is a scale, which cannot be summed"),
    ({"hit": "collect", "aggregate": "min", "outputs": [TEAM]}, "aggregate: `team` is a choice and has no order"),
    ({"hit": "collect", "rises": {"priority": ["impact"]}},
     "rises: orders cannot be proved of the lists of `collect`; choose a policy with one outcome"),
    ({"rises": {"prio": ["impact"]}}, "rises: `prio` is not an output; expected one of `priority`; did you mean "
     "`priority`?"),
    ({"rises": {"priority": ["impcat"]}}, "rises: `impcat` is not an input; expected one of `impact`, `kind`, `users`, "
     "`estimate`, `areas`; did you mean `impact`?"),
    ({"falls": {"priority": ["kind"]}}, "falls: `kind` is a choice, which has no order"),
    ({"outputs": [TEAM], "rises": {"team": ["impact"]}}, "rises: `team` is a choice, which has no order"),
    ({"rises": {"priority": ["impact"]}, "falls": {"priority": ["impact"]}},
     "falls: `priority` cannot both rise and fall with `impact`"),
    ({"rules": [Rule({}, MAJOR)], "rises": {"priority": ["impact"]},
      "waivers": [Waiver("priority", "impact", ("r1", "r9"), "so it is")]},
     "waivers: `r9` is not a rule; expected one of `r1`"),
    ({"rules": [Rule({}, MAJOR)], "waivers": [Waiver("priority", "users", ("r1", "r1"), "so it is")]},
     "waivers: no order of `priority` along `users` is declared; there is nothing to waive"),
    ({"hit": None}, "hit: `nothing` is not a hit policy; expected one of `unique`, `any`, "
     "`first`, "
     "`priority`, `rule-order`, `output-order`, `collect`"),
    ({"hit": "collect", "aggregate": 3}, "aggregate: `3` is not an aggregate; expected one "
     "of `sum`, "
     "`min`, `max`, `count`"),
    ({"name": None}, "name: `nothing` is not the name of a table; expected a text that "
     "is not empty"),
    ({"rules": [Rule({}, MAJOR, id=5)]}, "rule r1: its name `5` is a whole number; expected "
     "a text"),
    ({"rules": [Rule({}, MAJOR, because=None)]}, "rule r1: its reason `nothing` is "
     "nothing; expected a text"),
    ({"rises": {"priority": ["impact"]}, "waivers": [Waiver("priority", "impact", ("r1",), "x")]},
     "waivers: `r1` is not a pair of rules; expected the rule below the step and that above "
     "it"),
    ({"inputs": [USERS, IMPACT, USERS]}, "inputs: `users` is declared twice; give each "
     "column its own name"),
    ({"outputs": [PRIORITY, PRIORITY], "hit": "first"}, "outputs: `priority` is declared twice; give each column its "
     "own name"),
    ({"hit": "output-order", "outputs": [TEAM]},
     "hit: `output-order` needs an output with an order; declare an output as a scale, low to high"),
    ({"name": " "}, "name: ` ` is not the name of a table; expected a text that is not empty"),
    ({"hit": "collect", "aggregate": "summ"}, "aggregate: `summ` is not an aggregate; expected one of `sum`, `min`, "
     "`max`, `count`; did you mean `sum`?"),
    ({"hit": "collect", "aggregate": "max", "outputs": [TEAM]}, "aggregate: `team` is a choice and has no order"),
    ({"rises": {"priority": ["impact"]}, "waivers": [Waiver("priority", "impact", ("r1", "r2", "r3"), "x")]},
     "waivers: `r1, r2, r3` is not a pair of rules; expected the rule below the step and that above it"),
    ({"rises": {"priority": ["impact"]}, "waivers": [Waiver("priority", "impact", "r1", "x")]},
     "waivers: `r1` is not a pair of rules; expected the rule below the step and that above it"),
    ({"rises": {"priority": ["impact"]}, "waivers": [Waiver("priority", "impact", None, "x")]},
     "waivers: `nothing` is not a pair of rules; expected the rule below the step and that above it"),
    ({"rules": [Rule({}, MAJOR, id="lowest"), Rule({}, MAJOR)], "rises": {"priority": ["impact"]},
      "waivers": [Waiver("priority", "impact", ("lowst", "r2"), "so it is")]},
     "waivers: `lowst` is not a rule; expected one of `lowest`, `r2`; did you mean `lowest`?"),
    ({"hit": "collect", "aggregate": "min", "outputs": [POINTS]},
     "aggregate: `points` may be missing; `min` needs an output that every rule gives"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "words"), REFUSED)
def test_a_table_with_a_problem_is_refused(parts, words):
    assert refused(**{"rules": [], **parts}) == [words]


def test_all_problems_are_reported_together():
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


def test_the_error_names_the_table():
    with pytest.raises(ConceptError, match=r"^1 problem in table t\n  outputs: the table has no outputs"):
        table(outputs=[])


def test_a_table_needs_no_rules_and_no_inputs():
    assert table().rules == ()
    assert table(Rule({}, MAJOR), inputs=[]).decide({})["priority"] == "major"


def test_a_waiver_of_either_declared_order_is_kept():
    waiver = Waiver("priority", "users", ("r1", "r2"), "so it is")
    for declared in ({"rises": {"priority": ["users"]}}, {"falls": {"priority": ["users"]}}):
        assert table(Rule({}, MAJOR), Rule({}, MAJOR), waivers=[waiver], **declared).waivers == (waiver,)


def test_the_repr_states_columns_rules_and_hit_policy_in_one_line():
    assert repr(table(Rule({}, MAJOR))) == (
        "DecisionTable(t: impact, kind, users, estimate, areas -> priority, 1 rule, hit policy first)"
    )
    wide = [Integer(f"a rather long name {place}") for place in range(50)]
    assert len(repr(table(inputs=wide, name="n" * 300))) < 200


SOUND = table(Rule({}, MAJOR), inputs=[IMPACT])
NOT_A_TABLE = (
    verify,
    simplify,
    markdown,
    write_grid,
    write_csv,
    write_dmn,
    lambda given: write_table(given, "toml"),
    lambda given: coverage(given, []),
    lambda given: diff_tables(given, SOUND),
    lambda given: diff_tables(SOUND, given),
    lambda given: share_changed(given, SOUND, [{"impact": "low"}]),
    lambda given: share_changed(SOUND, given, [{"impact": "low"}]),
)


@pytest.mark.parametrize("call", NOT_A_TABLE)
def test_a_value_that_is_not_a_table_is_refused(call):
    with pytest.raises(DefinitionError, match=r"^`nothing` is nothing; expected a `DecisionTable`$"):
        call(None)
    with pytest.raises(DefinitionError, match=r"^`priority` is a text; expected a `DecisionTable`$"):
        call("priority")


@pytest.mark.parametrize(
    ("given", "shown"),
    [(None, "`nothing` is nothing"), ("x", "`x` is a text"), ({"a": 1}, "`{'a': 1}` is a value of another kind")],
)
def test_facts_of_many_tickets_are_a_list(given, shown):
    for call in (
        lambda: coverage(SOUND, given),
        lambda: share_changed(SOUND, SOUND, given),
        lambda: recover(given, []),
    ):
        with pytest.raises(DefinitionError) as raised:
            call()
        assert str(raised.value) == f"{shown}; expected the facts of many tickets, as a list of mappings"


def test_readers_take_domains_not_their_names():
    text = "| impact | -> priority |\n| low | minor |"
    for call in (
        lambda: read_grid(text, name="t", inputs=["impact"], outputs=[]),
        lambda: read_grid(text, name="t", inputs=[], outputs=["impact"]),
        lambda: recover([{"impact": 1}], [{"priority": 1}], inputs=["impact"]),
    ):
        with pytest.raises(DefinitionError, match=r"^`impact` is a text; expected domains in this list$"):
            call()
