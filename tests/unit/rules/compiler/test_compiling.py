"""Compiling whole tables, and the problems of rules that it reports."""

import pytest

from supportcore.domains import Choice, Integer, Scale, Subset
from supportcore.errors import ConceptError
from supportcore.mappings import FrozenMapping
from supportcore.rules import DecisionTable, Rule
from supportcore.rules.cells import AllOf, Compare, Is, OneOf
from supportcore.rules.compiler.axes import Axis, Extent
from supportcore.rules.compiler.columns import Column
from supportcore.rules.compiler.compiling import CompiledTable

USERS = Integer("users", 0, 9)
KIND = Choice("kind", ["question", "fault"])
AREAS = Subset("areas", [f"w{place}" for place in range(20)])
PRIORITY = Scale("priority", ["minor", "major"])
MINOR, MAJOR = {"priority": "minor"}, {"priority": "major"}


def table(*rules, hit="first", inputs=(USERS, KIND)):
    return DecisionTable(name="t", hit=hit, inputs=inputs, outputs=[PRIORITY], rules=rules)


def problems(*rules, **parts):
    with pytest.raises(ConceptError) as raised:
        table(*rules, **parts)
    return [str(problem) for problem in raised.value.problems]


def test_a_compiled_table_has_rules_order_columns_and_extents_by_bit():
    many = Extent(((5, 10),))
    made = table(
        Rule({"users": ">= 5", "kind": "-"}, MINOR, because="many"),
        Rule({"kind": "fault"}, MAJOR, id="fault"),
        Rule({"users": "1, 3"}, MAJOR),
        Rule({"users": ">= 5"}, MAJOR),
        hit="priority",
    )
    assert made.compiled == CompiledTable(
        rules=(
            Rule({"users": Compare(">=", 5)}, MINOR, because="many", id="r1"),
            Rule({"kind": Is("fault")}, MAJOR, id="fault"),
            Rule({"users": OneOf([Is(1), Is(3)])}, MAJOR, id="r3"),
            Rule({"users": Compare(">=", 5)}, MAJOR, id="r4"),
        ),
        order=(1, 2, 3, 0),
        columns=(
            Column(
                Axis(USERS, 0, 10),
                (0, 1, 2, 3, 4, 5, 10),
                (0b0001, 0b0011, 0b0001, 0b0011, 0b0001, 0b1101),
            ),
            Column(Axis(KIND, 0, 2), (0, 1, 2), (0b1110, 0b1111)),
        ),
        extents=(
            (None, Extent(((1, 2), (3, 4))), many, many),
            (Extent(((1, 2),)), None, None, None),
        ),
    )
    assert made.rules == made.compiled.rules


def test_all_problems_of_a_rule_are_reported():
    assert problems(
        Rule({"knd": "fault", "usrs": 5, "users": "x", "kind": "falt"}, MAJOR),
        Rule({"kind": "falt"}, MAJOR),
    ) == [
        "rule r1: `knd` is not an input; expected one of `users`, `kind`; did you mean `kind`?",
        "rule r1: `usrs` is not an input; expected one of `users`, `kind`; did you mean `users`?",
        *problems(Rule({"users": "x"}, MAJOR)),
        "rule r1, column kind: `falt` is not a member of `kind` (question, fault); did you mean `fault`?",
        "rule r2, column kind: `falt` is not a member of `kind` (question, fault); did you mean `fault`?",
    ]


def test_each_rule_with_an_outcome_that_is_wrong_is_reported():
    wrong = FrozenMapping({"priority": "majr"})  # shared by both rules, as readers of documents share them
    words = "`majr` is not a member of `priority` (minor, major); did you mean `major`?"
    assert problems(Rule({}, wrong), Rule({}, MAJOR), Rule({}, wrong)) == [
        f"rule {identity}, column priority: {words}" for identity in ("r1", "r3")
    ]


def test_each_rule_with_a_cell_that_never_fits_is_reported():
    words = "no value of `users` (0 .. 9) fits this cell"
    rules = [Rule({"users": "> 9"}, MAJOR), Rule({"users": "> 8"}, MAJOR), Rule({"users": "> 9"}, MAJOR)]
    assert problems(*rules) == [f"rule {identity}, column users: {words}" for identity in ("r1", "r3")]


def test_each_column_that_names_too_many_words_is_reported():
    found = problems(
        Rule({"areas": AllOf(frozenset(AREAS.members[:17])), "users": "> 9"}, MAJOR), inputs=[AREAS, USERS]
    )
    assert found == [
        "column areas: the cells of `areas` name 17 different words; a table distinguishes at most 16; use flags for "
        "some of them",
        "rule r1, column users: no value of `users` (0 .. 9) fits this cell",
    ]


def test_a_cell_given_as_a_value_and_as_a_text_is_the_same():
    made = table(Rule({"users": 5}, MAJOR), Rule({"users": "5"}, MINOR), Rule({"users": Is(5)}, MINOR))
    assert [rule.when["users"] for rule in made.rules] == [Is(5)] * 3
    assert made.compiled.columns[0].masks == (0, 0b111, 0)
