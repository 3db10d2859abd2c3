"""Classification policies and the priority over time (PRI-2, PRI-4)."""

import pytest

from supportcore.domains import Choice, Flag, Integer, Scale
from supportcore.errors import DefinitionError, FactError
from supportcore.priority import DEFAULT_SCALE, Override, PriorityPolicy, PriorityState, PriorityStep, derive
from supportcore.rules import DecisionTable, Rule
from supportcore.timelines import Timeline

TABLE = DecisionTable(
    name="priority",
    hit="first",
    inputs=[Flag("crash"), Integer("users", 0, 100, optional=True)],
    outputs=[DEFAULT_SCALE],
    rules=[
        Rule({"crash": True, "users": ">= 50"}, {"priority": "blocker"}, because="many are stopped"),
        Rule({"crash": True}, {"priority": "major"}, because="a crash"),
    ],
    default={"priority": "minor"},
)
POLICY = PriorityPolicy(TABLE, provisional="major")


def rows(timeline):
    return [(piece.start, piece.value.priority, piece.value.derived, piece.because) for piece in timeline.pieces]


def test_until_the_required_facts_are_known_the_provisional_priority_holds():
    facts = Timeline.of({}, [(5, {"users": 70}, "opened"), (10, {"users": 70, "crash": True}, "asked")])
    line = derive(POLICY, facts)
    assert rows(line) == [(None, "major", "major", None), (10, "blocker", "blocker", "asked")]
    assert [piece.value.provisional for piece in line.pieces] == [True, False]


def test_a_missing_optional_fact_does_not_delay_the_decision():
    line = derive(POLICY, Timeline.constant({"crash": True}))
    assert line.at_micros(0).decision.because == "a crash"


def test_a_derived_priority_differs_from_an_equal_provisional_priority():
    facts = Timeline.of({}, [(10, {"crash": True}, "asked")])
    assert [piece.value.provisional for piece in derive(POLICY, facts).pieces] == [True, False]


def test_a_change_of_facts_changes_the_priority():
    facts = Timeline.of({"crash": False}, [(10, {"crash": True}, "a"), (20, {"crash": True, "users": 50}, "b")])
    assert [row[1] for row in rows(derive(POLICY, facts))] == ["minor", "major", "blocker"]


def test_an_override_holds_until_it_is_withdrawn_and_keeps_the_derived_priority():
    facts = Timeline.of({"crash": False}, [(20, {"crash": True}, "changed")])
    override = Override(10, 30, "critical", "agent:ann", "the customer insists")
    line = derive(POLICY, facts, [override])
    assert [row[:3] for row in rows(line)] == [
        (None, "minor", "minor"),
        (10, "critical", "minor"),
        (20, "critical", "major"),
        (30, "major", "major"),
    ]
    assert line.pieces[1].because == override
    assert line.pieces[3].because == "override withdrawn"
    assert line.at_micros(15) == PriorityState("critical", "minor", override, TABLE.decide({"crash": False}))


def test_the_later_of_two_overrides_holds_and_the_earlier_returns():
    line = derive(
        POLICY, Timeline.constant({"crash": False}), [Override(10, None, "major"), Override(20, 30, "blocker")]
    )
    assert [row[:2] for row in rows(line)] == [(None, "minor"), (10, "major"), (20, "blocker"), (30, "major")]


def test_the_last_given_of_two_overrides_at_one_instant_holds():
    line = derive(
        POLICY, Timeline.constant({"crash": False}), [Override(10, None, "major"), Override(10, None, "blocker")]
    )
    assert line.at_micros(10).priority == "blocker"


def test_an_empty_override_changes_nothing():
    line = derive(POLICY, Timeline.constant({"crash": False}), [Override(10, 10, "blocker")])
    assert {piece.value.priority for piece in line.pieces} == {"minor"}


def test_invalid_facts_are_refused():
    with pytest.raises(FactError) as raised:
        derive(POLICY, Timeline.constant({"crash": 1}))
    assert str(raised.value) == ("table `priority`: fact crash: `1` is a whole number; `crash` takes yes or no")


def other_table(**parts):
    return DecisionTable(**{"name": "t", "inputs": [Flag("a")], "outputs": [DEFAULT_SCALE], "rules": [], **parts})


WRONG = [
    (
        lambda: PriorityPolicy(TABLE, provisional="majr"),
        "the provisional priority: `majr` is not a member of `priority` (minor, major, critical, blocker); "
        "did you mean `major`?",
    ),
    (
        lambda: PriorityPolicy(other_table(outputs=[DEFAULT_SCALE, Scale("level", ["one"])]), provisional="major"),
        "table `t` decides `priority`, `level`; expected one outcome, on a scale",
    ),
    (
        lambda: PriorityPolicy(other_table(outputs=[Choice("team", ["one"])]), provisional="one"),
        "table `t` decides `team`; expected one outcome, on a scale",
    ),
    (
        lambda: PriorityPolicy(other_table(hit="collect"), provisional="major"),
        "table `t` has the hit policy `collect`; expected one of `first`, `unique`, `any`, `priority`",
    ),
    (lambda: Override(10, 5, "major"), "an override ends at `5`, before its start at `10`; swap the two"),
    (
        lambda: derive(POLICY, Timeline.constant({}), [Override(1, 2, "urgent")]),
        "an override: `urgent` is not a member of `priority` (minor, major, critical, blocker)",
    ),
]


@pytest.mark.parametrize(("build", "words"), WRONG)
def test_invalid_policies_and_overrides_are_refused(build, words):
    with pytest.raises(DefinitionError) as raised:
        build()
    assert str(raised.value) == words


@pytest.mark.seed("D6")
def test_the_default_scale_is_the_four_priorities_low_to_high():
    assert DEFAULT_SCALE.members == ("minor", "major", "critical", "blocker")
    assert DEFAULT_SCALE.label("blocker", "de") == "Blocker"


@pytest.mark.parametrize(
    ("fact", "when", "direction"),
    [
        (Integer("contacts", 0, 9), ">= 3", 1),
        (Integer("contacts", 0, 9), "<= 3", -1),
        (Integer("contacts", 0, 9), "[3..5]", 0),
        (Integer("contacts", 0, 9), "-", 1),
        (Integer("contacts", 0, 9, optional=True), "missing", 1),
        (Flag("key customer"), "yes", 1),
        (Flag("key customer"), "no", -1),
        (Scale("size", ["small", "middle", "large"]), "small, large", 0),
        (Choice("kind", ["fault", "question"]), "question", 0),
    ],
)
def test_rul_7_the_direction_of_a_step(fact, when, direction):
    assert PriorityStep("step", fact, when, at_most="critical").direction == direction


def test_parts_of_another_type_are_refused():
    with pytest.raises(DefinitionError, match=r"^`nothing` is nothing; expected a `DecisionTable`$"):
        PriorityPolicy(None, provisional="major")
    for steps, given in [(None, "`nothing` is nothing"), ("x", "`x` is a text"), (["x"], "`x` is a text")]:
        with pytest.raises(DefinitionError, match=f"^{given}; expected a list of `PriorityStep`$"):
            PriorityPolicy(TABLE, provisional="major", steps=steps)
    for by in ("1", 1.5, True):
        with pytest.raises(DefinitionError, match=f"^step `key` raises by `{by}`; expected a whole number from 1 on"):
            PriorityStep("key", Flag("key"), "yes", by=by, at_most="critical")
