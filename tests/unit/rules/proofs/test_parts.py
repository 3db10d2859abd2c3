"""Findings told in words, whatever rules, columns and members are called, and whatever the hit policy."""

import pytest

from supportcore.domains import Flag, Integer, Scale, Subset
from supportcore.errors import DefinitionError
from supportcore.rules import DecisionTable, Rule, Waiver, markdown, verify

IMPACT = Scale("impact", ["low", "medium", "high"])
URGENT = Flag("urgent")
RISK = Scale("risk", ["next to nothing", "up to the team", "close to all"])


def test_a_member_with_to_in_its_name_is_shown_whole():
    table = DecisionTable(
        name="t",
        inputs=[IMPACT],
        outputs=[RISK],
        rules=[
            Rule({"impact": "low"}, {"risk": "close to all"}),
            Rule({"impact": "medium"}, {"risk": "next to nothing"}),
            Rule({"impact": "high"}, {"risk": "up to the team"}),
        ],
        rises={"risk": ["impact"]},
    )
    (finding,) = verify(table)
    assert finding.explain("en") == (
        "risk falls from close to all to next to nothing when impact rises: impact low against impact medium"
    )


ODD_IMPACT = Scale("impact, rule x", ["low", "high"])
ODD_RISK = Scale("risk, column q", ["a `b`", "c"])
ODD_RULES = (
    Rule({"impact, rule x": "low"}, {"risk, column q": "c"}, id="r, rule `2`"),
    Rule({"urgent": "yes"}, {"risk, column q": "a `b`"}, id="x` and `y"),
)


def odd(**parts):
    inputs = [ODD_IMPACT, URGENT]
    return DecisionTable(name="t, column u", inputs=inputs, outputs=[ODD_RISK], rules=ODD_RULES, **parts)


def test_names_with_the_characters_of_messages_are_shown_whole():
    unique = odd(rises={"risk, column q": ["impact, rule x"]})
    told = {one.code: one.explain("en") for one in verify(unique)}
    assert told["rules.conflict"].startswith("rules r, rule `2`, x` and `y fit at once: ")
    assert told["rules.not-proven"].startswith(
        "that risk, column q never falls when impact, rule x rises is proven only where "
    )
    first = odd(hit="first", default={"risk, column q": "a `b`"}, rises={"risk, column q": ["impact, rule x"]})
    told = {one.code: one.explain("de") for one in verify(first)}
    assert told["rules.monotone"].startswith("risk, column q sinkt von c auf a `b`, wenn impact, rule x steigt: ")


def test_the_reason_of_a_waiver_is_shown_whole():
    table = DecisionTable(
        name="t",
        hit="first",
        inputs=[IMPACT],
        outputs=[Scale("priority", ["minor", "major"])],
        rules=[Rule({"impact": "high"}, {"priority": "minor"}), Rule({}, {"priority": "major"})],
        rises={"priority": ["impact"]},
        waivers=[Waiver("priority", "impact", ("r2", "r1"), "agreed: until May")],
    )
    (waived,) = [one for one in verify(table) if one.code == "rules.waived"]
    assert waived.explain("en") == (
        "priority never falls when impact rises, but for rules r2, r1 (agreed: until May): impact medium against "
        "impact high"
    )


def collected(aggregate, default=None):
    return DecisionTable(
        name="t",
        hit="collect",
        aggregate=aggregate,
        default=default,
        inputs=[URGENT],
        outputs=[Integer("points", 0, 9)],
        rules=[Rule({"urgent": "yes"}, {"points": 5})],
    )


@pytest.mark.parametrize("aggregate", ["sum", "min", "max"])
def test_an_aggregate_of_nothing_is_a_gap_where_decide_has_no_answer(aggregate):
    table = collected(aggregate)
    (gap,) = verify(table)
    assert (gap.code, gap.severity, gap.message) == ("rules.gap", "error", "no rule fits: no urgent (one input)")
    (answered,) = verify(collected(aggregate, {"points": 0}))
    assert (answered.severity, answered.key) == ("note", "rules.gap.rest")


@pytest.mark.parametrize(
    ("aggregate", "words"),
    [
        (None, "wo keine Regel passt, ist das Ergebnis leer (ein Fall); erster Bereich: ohne urgent"),
        ("count", "wo keine Regel passt, ist die Anzahl 0 (ein Fall); erster Bereich: ohne urgent"),
    ],
)
def test_an_empty_list_and_a_count_of_zero_are_shown(aggregate, words):
    table = collected(aggregate)
    (note,) = verify(table)
    assert (note.severity, note.explain("de")) == ("note", words)


def test_a_default_beside_a_count_is_never_used():
    table = collected("count", {"points": 3})
    assert table.decide({"urgent": False})["points"] == 0
    _, unused = verify(table)
    assert (unused.code, unused.message) == (
        "rules.default",
        "the default is never needed; where no rule fits, the count is 0",
    )


def test_a_count_is_ordered_as_a_number():
    table = DecisionTable(
        name="t",
        hit="collect",
        aggregate="count",
        inputs=[URGENT],
        outputs=[IMPACT],
        rules=[Rule({}, {"impact": "low"}), Rule({"urgent": "no"}, {"impact": "low"})],
        rises={"impact": ["urgent"]},
    )
    (broken,) = [one for one in verify(table) if one.code == "rules.monotone"]
    assert broken.message == "impact falls from 2 to 1 when urgent rises: no urgent against with urgent"


def test_an_order_is_proven_in_part_where_a_rule_leaves_the_outcome_out():
    table = DecisionTable(
        name="t",
        inputs=[URGENT],
        outputs=[Integer("points", 0, 9, optional=True)],
        rules=[Rule({"urgent": "yes"}, {}), Rule({"urgent": "no"}, {"points": 2})],
        rises={"points": ["urgent"]},
    )
    assert [one.code for one in verify(table)] == ["rules.not-proven"]


@pytest.mark.parametrize("hit", ["first", "any"])
def test_a_rule_in_vain_has_its_region_and_a_witness(hit):
    table = DecisionTable(
        name="t",
        hit=hit,
        inputs=[IMPACT],
        outputs=[URGENT],
        rules=[Rule({}, {"urgent": True}), Rule({"impact": ">= medium"}, {"urgent": True})],
    )
    (vain,) = [one for one in verify(table) if one.path == "t, rule r2"]
    assert (dict(vain.region), vain.count, vain.witness) == ({"impact": ">= medium"}, 2, ({"impact": "medium"},))


@pytest.mark.parametrize("language", ["fr", "DE", None])
def test_a_language_without_words_is_refused(language):
    table = collected(None)
    for tell in (
        lambda: markdown(table, language),
        lambda: table.explain({"urgent": True}).in_words(language),
    ):
        with pytest.raises(DefinitionError, match=f"^`{language}` is not a language; expected one of"):
            tell()


def test_the_sides_of_a_step_are_shown_with_their_sets_of_words():
    table = DecisionTable(
        name="t",
        inputs=[Subset("areas", ["net", "db"]), URGENT],
        outputs=[Integer("points", 0, 9)],
        rules=[Rule({"urgent": "yes"}, {"points": 1}), Rule({"urgent": "no"}, {"points": 2})],
        rises={"points": ["urgent"]},
    )
    (broken,) = verify(table)
    assert broken.explain("de") == (
        "points sinkt von 2 auf 1, wenn urgent steigt: areas genau nichts, ohne urgent gegen areas genau nichts, "
        "mit urgent"
    )


def test_a_region_of_sets_of_words_has_words_in_german():
    table = DecisionTable(
        name="t",
        inputs=[Subset("areas", ["net", "db", "web"])],
        outputs=[URGENT],
        rules=[Rule({"areas": "any of net, db"}, {"urgent": True})],
    )
    (gap, _) = verify(table)
    assert gap.explain("de") == (
        "keine Regel passt: areas ohne net, db, andere oder mit anderen ohne net, db (2 Fälle)"
    )
