"""PRI-1 to PRI-3: ready policies are proved, translations keep the order, steps raise within their bounds."""

import json
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from supportcore.domains import Flag, Integer, Scale
from supportcore.errors import DefinitionError
from supportcore.priority import (
    DEFAULT_SCALE,
    READY,
    THREE_CLASSES,
    THREE_CLASSES_TO_DEFAULT,
    PriorityPolicy,
    PriorityStep,
    Translation,
    apply_steps,
    derive,
    ready_policy,
)
from supportcore.rules import DecisionTable, Rule, verify
from supportcore.timelines import Timeline

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "cases" / "rules" / "priority_facts.json"


SQUARE = tuple(product(range(1, 6), repeat=2))


@pytest.mark.parametrize("name", READY)
def test_pri1_every_ready_policy_is_complete_and_monotone(name):
    table = ready_policy(name).table
    assert table.rises
    assert {finding.code for finding in verify(table)} <= {"rules.overlap"}


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published matrices (PRI-1) are not here: no folder ../shared")
@pytest.mark.parametrize(("name", "place"), [("matrix 3x3", 0), ("matrix 4x4", 2), ("matrix 5x5", 1)])
def test_pri1_the_ready_matrices_hold_the_published_values(name, place):
    policy = ready_policy(name)
    published = json.loads(PUBLISHED.read_text())["matrices"][place]["priority_number_1_is_highest"]
    down, across = policy.table.inputs
    made = [
        [int(policy.classify({down.name: row, across.name: column})["priority"][1:]) for column in across.members[::-1]]
        for row in down.members[::-1]
    ]
    assert made == published


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published matrices (PRI-1) are not here: no folder ../shared")
def test_pri1_the_published_partial_matrix_leaves_seventeen_cells_as_disjoint_regions():
    rows = json.loads(PUBLISHED.read_text())["ibm_partial_rows_impact_urgency_priority"]["rows"]
    inputs = [Integer("impact", 1, 5), Integer("urgency", 1, 5)]
    rules = [Rule({"impact": int(row[0]), "urgency": int(row[1])}, {"priority": int(row[2])}) for row in rows]
    partial = DecisionTable(name="partial", inputs=inputs, outputs=[Integer("priority", 1, 5)], rules=rules)
    gaps = [dict(finding.region) for finding in verify(partial) if finding.code == "rules.gap"]
    free = DecisionTable(
        name="free",
        hit="collect",
        aggregate="count",
        inputs=inputs,
        outputs=[Integer("priority", 1, 5)],
        rules=[Rule(gap, {"priority": 1}) for gap in gaps],
    )
    covered = {(int(row[0]), int(row[1])) for row in rows}
    counts = {cell: free.decide(dict(zip(("impact", "urgency"), cell, strict=True)))["priority"] for cell in SQUARE}
    assert sum(counts.values()) == 17
    assert counts == {cell: int(cell not in covered) for cell in SQUARE}


@pytest.mark.seed("A6")
def test_a6_a_crash_counts_by_the_use_of_the_function():
    policy = ready_policy("three classes")
    rare = policy.classify({"fault": "crash", "usage": "rare"})
    core = policy.classify({"fault": "crash", "usage": "core"})
    assert (rare["urgency class"], rare.because) == ("next release", "a crash in a function that is rarely used")
    assert (core["urgency class"], core.because) == ("critical", "a crash in a function that is much used")


@pytest.mark.seed("A5")
def test_a5_the_three_classes_map_to_the_default_scale():
    assert [THREE_CLASSES_TO_DEFAULT(member) for member in THREE_CLASSES.members] == ["minor", "major", "blocker"]


@pytest.mark.seed("D6")
def test_d6_hosting_gives_the_four_priorities():
    policy = ready_policy("hosting")
    facts = [{"state": state, "business critical": flag} for state, flag in product(STATES, [True, False])]
    assert {policy.classify(known)["priority"] for known in facts} == set(DEFAULT_SCALE.members)


@pytest.mark.seed("A8")
def test_a8_several_houses_classify_one_request_each_on_its_own_scale():
    numbers = Scale("number", ["P3", "P2", "P1"])
    to_numbers = Translation(DEFAULT_SCALE, numbers, {"minor": "P3", "major": "P2", "critical": "P2", "blocker": "P1"})
    both = THREE_CLASSES_TO_DEFAULT.then(to_numbers)
    assert [both(member) for member in THREE_CLASSES.members] == ["P3", "P2", "P1"]


WRONG = [
    ({"cosmetic": "minor"}, "`urgency class` to `priority`: no translation for `next release`, `critical`; "
     "a translation is total"),
    ({"cosmetic": "major", "next release": "minor", "critical": "blocker"},
     "`urgency class` to `priority`: `cosmetic` is lower than `next release`, but becomes `major`, higher than "
     "`minor`; a translation keeps the order"),
    ({"cosmetic": "minro", "next release": "major", "critical": "blocker"},
     "`urgency class` to `priority`: `minro` is not a member of `priority` (minor, major, critical, blocker); "
     "did you mean `minor`?"),
]  # fmt: skip


@pytest.mark.parametrize(("members", "words"), WRONG)
def test_pri1_a_translation_that_is_not_total_or_turns_the_order_is_refused(members, words):
    with pytest.raises(DefinitionError) as raised:
        Translation(THREE_CLASSES, DEFAULT_SCALE, members)
    assert str(raised.value) == words


def test_pri1_a_translation_knows_only_its_own_words():
    with pytest.raises(
        DefinitionError, match=r"^`critcal` is not a member of `urgency class`; .*did you mean `critical`\?$"
    ):
        THREE_CLASSES_TO_DEFAULT("critcal")


@st.composite
def translations(draw):
    source = Scale("one", [f"a{n}" for n in range(draw(st.integers(1, 5)))])
    target = Scale("other", [f"b{n}" for n in range(draw(st.integers(1, 5)))])
    return source, target, {member: draw(st.sampled_from(target.members)) for member in source.members}


@given(translations())
def test_pri1_a_translation_is_accepted_exactly_if_it_keeps_the_order(parts):
    source, target, members = parts
    ranks = [target.rank(members[member]) for member in source.members]
    try:
        made = Translation(source, target, members)
    except DefinitionError:
        assert ranks != sorted(ranks)
    else:
        assert [target.rank(made(member)) for member in source.members] == sorted(ranks)


STATES = ready_policy("hosting").table.inputs[0].members
CONTACTS = Integer("contacts", 0, 9)
KEY = Flag("key customer")


@st.composite
def step_lists(draw):
    made = []
    for number in range(draw(st.integers(0, 4))):
        fact, when = draw(st.sampled_from([(CONTACTS, ">= 3"), (KEY, "yes")]))
        bound = draw(st.sampled_from(DEFAULT_SCALE.members))
        made.append(PriorityStep(f"s{number}", fact, when, by=draw(st.integers(1, 3)), at_most=bound))
    return tuple(made)


FACTS = st.fixed_dictionaries({}, optional={"contacts": st.integers(0, 9), "key customer": st.booleans()})


@given(step_lists(), FACTS)
def test_pri3_steps_never_lower_and_keep_the_order_of_priorities(steps, facts):
    ends = []
    for member in DEFAULT_SCALE.members:
        made = apply_steps(DEFAULT_SCALE, member, steps, facts)
        end = made[-1].after if made else member
        assert DEFAULT_SCALE.rank(end) >= DEFAULT_SCALE.rank(member)
        assert [one.before for one in made] == [member, *(one.after for one in made[:-1])][: len(made)]
        assert all(DEFAULT_SCALE.rank(one.after) <= DEFAULT_SCALE.rank(one.step.at_most) for one in made)
        assert [one.step for one in made] == [step for step in steps if step in [one.step for one in made]]
        ends.append(DEFAULT_SCALE.rank(end))
    assert ends == sorted(ends)


def test_pri3_steps_are_shown_with_the_derived_priority_and_below_an_override():
    table = DecisionTable(
        name="p", hit="first", inputs=[Flag("crash")], outputs=[DEFAULT_SCALE], default={"priority": "minor"},
        rules=[Rule({"crash": True}, {"priority": "major"})],
    )  # fmt: skip
    again = PriorityStep("again", CONTACTS, ">= 3", at_most="critical")
    policy = PriorityPolicy(table, provisional="minor", steps=[again])
    facts = Timeline.of({"crash": True}, [(10, {"crash": True, "contacts": 3}, "third call")])
    first, then = (piece.value for piece in derive(policy, facts).pieces)
    assert (first.priority, first.steps) == ("major", ())
    assert (then.priority, [(one.step.name, one.before, one.after) for one in then.steps]) == (
        "critical",
        [("again", "major", "critical")],
    )


def test_pri3_a_step_without_a_raise_or_with_an_unknown_bound_is_refused():
    with pytest.raises(DefinitionError, match=r"^step `again` raises by `0`; expected a whole number from 1 on$"):
        PriorityStep("again", CONTACTS, ">= 3", by=0, at_most="critical")
    policy = ready_policy("software faults")
    with pytest.raises(DefinitionError, match=r"^step `again`: `urgent` is not a member of `priority`"):
        PriorityPolicy(
            policy.table, provisional="minor", steps=[PriorityStep("again", CONTACTS, ">= 3", at_most="urgent")]
        )


def test_a_ready_policy_of_another_name_is_refused():
    with pytest.raises(DefinitionError, match=r"^`matrix 6x6` is not a ready policy; expected one of `matrix 3x3`, "):
        ready_policy("matrix 6x6")
