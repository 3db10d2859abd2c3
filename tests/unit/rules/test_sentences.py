"""Sentences in German and English that a head of support understands."""

import pytest

from supportcore.domains import Choice, Flag, Integer, Minutes, Number, Scale, Subset
from supportcore.rules import (
    DecisionTable,
    Rule,
    Waiver,
    cell_words,
    diff_tables,
    difference_words,
    explanation_words,
    finding_words,
    near_miss_words,
    verify,
)
from supportcore.rules.unary import read_cell

USERS = Integer("users", 0, 9999)
IMPACT = Scale("impact", ["low", "medium", "high"], names={"de": {"low": "gering", "high": "hoch"}})
WORKAROUND = Flag("workaround")
PRIORITY = Scale("priority", ["minor", "major", "blocker"], names={"de": {"blocker": "Blocker", "minor": "Minor"}})
TABLE = DecisionTable(
    name="t",
    hit="first",
    inputs=[IMPACT, USERS, WORKAROUND],
    outputs=[PRIORITY],
    rules=[
        Rule({"users": ">= 1000", "workaround": "no"}, {"priority": "blocker"}, because="many are stopped", id="stop"),
        Rule({"impact": "high"}, {"priority": "major"}),
    ],
    default={"priority": "minor"},
)

CELLS = [
    (USERS, ">= 1000", "users ab 1.000", "users from 1,000"),
    (USERS, "<= 5", "users bis 5", "users up to 5"),
    (USERS, "[50..99]", "users 50 bis 99", "users 50 to 99"),
    (USERS, "[50..99)", "users ab 50 unter 99", "users from 50 below 99"),
    (USERS, "1, > 7", "users 1 oder über 7", "users 1 or above 7"),
    (IMPACT, "not(low)", "impact nicht gering", "impact not low"),
    (WORKAROUND, "yes", "mit workaround", "with workaround"),
    (WORKAROUND, "no", "ohne workaround", "no workaround"),
    (Minutes("estimate", optional=True), "missing", "estimate fehlt", "estimate missing"),
    (Minutes("estimate", optional=True), "given", "estimate bekannt", "estimate known"),
    (Minutes("estimate"), "480 min", "estimate 480 min", "estimate 480 min"),
    (Number("load", 0, 1), "< 0.5", "load unter 0.5", "load below 0.5"),
    (Choice("kind", ["a", "b"]), "-", "überall", "everywhere"),
    (Subset("areas", ["net", "db"]), "any of net, db", "areas db, net", "areas db, net"),
]


@pytest.mark.parametrize(("domain", "text", "german", "english"), CELLS)
def test_cells_are_told(domain, text, german, english):
    cell = read_cell(text, domain)
    assert (cell_words("de", cell, domain), cell_words("en", cell, domain)) == (german, english)


def test_an_explanation_says_why_what_else_and_what_would_change_it():
    explanation = TABLE.explain({"impact": "high", "users": 40, "workaround": False})
    assert explanation_words("de", TABLE, explanation).splitlines() == [
        "major, weil Regel r2 passt",
        "Regel stop passt nicht: verlangt users ab 1.000",
        "wäre Minor bei impact medium",
        "wäre Blocker ab 1.000 users",
    ]
    won = TABLE.explain({"impact": "high", "users": 4000, "workaround": False})
    assert explanation_words("en", TABLE, won).splitlines() == [
        "blocker, because: many are stopped (rule stop)",
        "rule r2 fits too, another one comes before it",
        "would be major at 999 users and below",
        "would be major with workaround",
    ]
    default = TABLE.explain({"impact": "low", "users": 4, "workaround": True})
    assert explanation_words("de", TABLE, default).startswith("Minor, weil keine Regel passt\n")


def test_lists_and_missing_answers_are_told():
    listed = DecisionTable(
        name="t", hit="collect", inputs=[WORKAROUND], outputs=[PRIORITY, Choice("team", ["one"])],
        rules=[Rule({"workaround": True}, {"priority": "minor", "team": "one"})],
    )  # fmt: skip
    told = explanation_words("en", listed, listed.explain({"workaround": True}))
    assert told.splitlines() == ["priority minor, team one, from rules r1", "would have no answer without workaround"]


def test_a_missing_fact_is_a_near_miss_of_its_own():
    estimate = Minutes("estimate", 0, 4800, optional=True)
    table = DecisionTable(
        name="t", hit="first", inputs=[estimate], outputs=[PRIORITY], default={"priority": "minor"},
        rules=[Rule({"estimate": "> 480 min"}, {"priority": "major"}),
               Rule({"estimate": "missing"}, {"priority": "blocker"})],
    )  # fmt: skip
    near = table.explain({"estimate": 480}).near_misses
    assert [near_miss_words("de", table, one) for one in near] == [
        "wäre Blocker ohne Angabe von estimate",
        "wäre major ab 481 min estimate",
    ]


def test_findings_are_told_in_both_languages():
    rules = [
        Rule({"impact": "high"}, {"priority": "major"}, id="a"),
        Rule({"impact": "high", "users": ">= 10"}, {"priority": "minor"}, id="b"),
    ]
    bare = {"name": "t", "inputs": [IMPACT, USERS], "outputs": [PRIORITY], "rules": rules}
    unique = DecisionTable(**bare, hit="unique")
    assert [finding_words("de", unique, one) for one in verify(unique)] == [
        "keine Regel passt: impact bis medium (20.000 Fälle)",
        "die Regeln a, b passen zugleich: impact hoch, users ab 10 (9.990 Fälle)",
        "priority: nie vergeben werden Blocker",
    ]
    first = DecisionTable(**bare, hit="first", default={"priority": "blocker"}, rises={"priority": ["impact"]})
    assert [finding_words("en", first, one) for one in verify(first)] == [
        "where no rule fits, the default holds (20,000 cases)",
        "pairs of rules that fit at once: 1; the hit policy decides",
        "rule b never decides; better ones cover it wholly",
        "priority: never given are minor",
        "priority turns the wrong way: impact medium, users 0 against impact high, users 0",
    ]
    waived = DecisionTable(
        **{**bare, "rules": [rules[0], Rule({}, {"priority": "blocker"}, id="z")]},
        hit="first",
        rises={"priority": ["impact"]},
        waivers=[Waiver("priority", "impact", ("z", "a"), "so agreed")],
    )
    (note,) = [one for one in verify(waived) if one.code == "rules.waived"]
    assert finding_words("de", waived, note) == (
        "priority: die Reihenfolge ist hier mit Absicht durchbrochen: impact medium, users 0 gegen impact hoch, users 0"
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_code_has_a_sentence(language):
    whole = DecisionTable(
        name="t", hit="first", inputs=[USERS], outputs=[PRIORITY], default={"priority": "minor"},
        rules=[Rule({}, {"priority": "major"})],
    )  # fmt: skip
    twice = DecisionTable(
        name="t", hit="any", inputs=[USERS], outputs=[PRIORITY],
        rules=[Rule({}, {"priority": "major"}), Rule({"users": "1"}, {"priority": "major"})],
    )  # fmt: skip
    many = DecisionTable(
        name="t", hit="unique", inputs=[USERS], outputs=[PRIORITY],
        rules=[Rule({}, {"priority": "major"}) for _ in range(25)],
    )  # fmt: skip
    findings = [(table, one) for table in (whole, twice, many) for one in verify(table)]
    findings += [(TABLE, one) for one in verify(TABLE, steps=0)]
    told = {one.code: finding_words(language, table, one) for table, one in findings}
    assert {"rules.default", "rules.redundant", "rules.conflict", "rules.not-proven"} <= set(told)
    assert all(words and "{" not in words for words in told.values())


def test_a_difference_names_how_many_which_way_and_where():
    later = DecisionTable(
        name="t", hit="first", inputs=TABLE.inputs, outputs=TABLE.outputs, default=TABLE.default,
        rules=[Rule({"users": ">= 900", "workaround": "no"}, {"priority": "blocker"}), TABLE.rules[1]],
    )  # fmt: skip
    assert difference_words("de", later, diff_tables(TABLE, later)).splitlines() == [
        "300 von 60.000 Fällen ändern sich",
        "200, Minor → Blocker: impact bis medium, users 900 bis 999, ohne workaround",
        "100, major → Blocker: impact hoch, users 900 bis 999, ohne workaround",
    ]
    assert difference_words("en", TABLE, diff_tables(TABLE, TABLE)) == "nothing changes"


def test_a_difference_of_domains_is_told():
    def version(*members):
        return DecisionTable(
            name="t", inputs=[Scale("impact", members)], outputs=[PRIORITY], rules=[Rule({}, {"priority": "minor"})]
        )

    difference = diff_tables(version("low", "high"), version("high", "extreme"))
    assert difference_words("de", version("high"), difference) == (
        "impact hat andere Werte; neu: extreme; entfallen: low"
    )
