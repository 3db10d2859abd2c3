"""RUL-9 and coverage, against the twin that looks at every input."""

from collections import Counter

from hypothesis import given

from supportcore.domains import Scale, Subset
from supportcore.rules import DecisionTable, Rule, coverage, simplify
from supportcore.rules.cells import GIVEN, MISSING, AllOf, AnyOf, Exactly, Is
from tests.laws.tables import PRIORITY, tables
from tests.oracles import rules as oracle


@given(tables(("unique", "any", "first", "priority"), most_rules=5))
def test_rul9_the_simplified_table_answers_the_same_with_no_more_rules(table):
    smaller = simplify(table)
    assert len(smaller.rules) <= len(table.rules)
    for facts in oracle.inputs_of(table.inputs):
        assert oracle.outcome(smaller, facts) == oracle.outcome(table, facts)


def test_rul9_dead_rules_go_and_neighbours_are_joined():
    usage = Scale("usage", ["a", "b", "c", "d"])
    rules = [Rule({"usage": member}, {"priority": "major" if member > "b" else "minor"}) for member in usage.members]
    table = DecisionTable(
        name="t", hit="first", inputs=[usage], outputs=[Scale("priority", ["minor", "major"])], rules=[*rules, rules[0]]
    )
    assert [rule.id for rule in simplify(table).rules] == ["r1", "r3"]


def test_rul9_a_cell_that_everything_fits_becomes_free():
    usage = Scale("usage", ["rare", "core"])
    rules = [Rule({"usage": "rare, core", "impact": "low"}, {"priority": "minor"}),
             Rule({"usage": ">= rare", "impact": "high"}, {"priority": "major"})]  # fmt: skip
    table = DecisionTable(name="t", inputs=[usage, Scale("impact", ["low", "high"])], outputs=[PRIORITY], rules=rules)
    assert [dict(rule.when) for rule in simplify(table).rules] == [{"impact": Is("low")}, {"impact": Is("high")}]


def test_rul9_rules_on_sets_of_words_are_joined_if_a_cell_can_express_it():
    areas = Subset("areas", ["net", "db", "web"])
    maybe = Subset("areas", ["net", "db"], optional=True)

    def simplified(*cells, areas=areas):
        rules = [Rule({"areas": cell}, {"priority": "major"}) for cell in cells]
        priority = Scale("priority", ["minor", "major"])
        table = DecisionTable(
            name="t", hit="any", inputs=[areas], outputs=[priority], rules=rules, default={"priority": "minor"}
        )
        smaller = simplify(table)
        for facts in oracle.inputs_of([areas]):
            assert oracle.outcome(smaller, facts) == oracle.outcome(table, facts)
        return [dict(rule.when) for rule in smaller.rules]

    assert simplified("any of net, db", "none of net, db") == [{}]
    assert simplified("net", "net, db") == [{"areas": AllOf({"net"})}]
    assert simplified("net, db", "any of net, web", "net") == [{"areas": AnyOf({"net", "web"})}]
    assert simplified("exactly net", "missing", areas=maybe) == [{"areas": Exactly({"net"})}, {"areas": MISSING}]
    assert simplified("any of net, db", "none of net, db", areas=maybe) == [{"areas": GIVEN}]
    assert simplified("net", "db") == [{"areas": AllOf({"net"})}, {"areas": AllOf({"db"})}]


@given(tables(("unique", "any", "first", "priority", "collect"), most_rules=5))
def test_coverage_counts_every_hit(table):
    inputs = list(oracle.inputs_of(table.inputs))
    fitted = Counter(rule.id for facts in inputs for rule in oracle.hitting(table, facts))
    found = coverage(table, inputs)
    assert found.seen == len(inputs)
    assert dict(found.fitted) == {rule.id: fitted[rule.id] for rule in table.rules}
    assert found.never_hit == tuple(rule.id for rule in table.rules if not fitted[rule.id])
    errors = sum(oracle.outcome(table, facts) == oracle.ERROR for facts in inputs)
    assert found.undecided == errors


def test_where_the_steps_are_used_up_what_was_proved_by_then_is_the_answer() -> None:
    usage = Scale("usage", ["rare", "regular", "core"])
    rules = [Rule({"usage": one}, {"priority": "major"}) for one in usage.members]
    table = DecisionTable(name="t", inputs=[usage], outputs=[Scale("priority", ["minor", "major"])], rules=rules)
    left = [len(simplify(table, steps=steps).rules) for steps in range(8)]
    assert left[0] == 3
    assert left == sorted(left, reverse=True)
    assert len(simplify(table).rules) == 1
    assert left[-1] < 3
