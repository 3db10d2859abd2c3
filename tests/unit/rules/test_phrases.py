"""Sentences in German and English that a head of support understands."""

from datetime import date
from decimal import Decimal

import pytest

from supportcore.domains import Choice, Day, Flag, Integer, Minutes, Number, Scale, Subset
from supportcore.priority import DEFAULT_SCALE
from supportcore.rules import (
    DecisionTable,
    Rule,
    Waiver,
    cell_words,
    diff_tables,
    verify,
)
from supportcore.rules.cells.parsing import parse_cell
from supportcore.rules.phrases import near_miss_words, result_words

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
    (USERS, ">= 1000", "ab 1.000 users", "from 1,000 users"),
    (USERS, "<= 5", "bis 5 users", "up to 5 users"),
    (USERS, "[50..99]", "50 bis 99 users", "50 to 99 users"),
    (USERS, "[50..99)", "ab 50 unter 99 users", "from 50 below 99 users"),
    (USERS, "1, > 7", "1 oder über 7 users", "1 or above 7 users"),
    (IMPACT, "not(low)", "impact nicht gering", "impact not low"),
    (WORKAROUND, "yes", "mit workaround", "with workaround"),
    (WORKAROUND, "no", "ohne workaround", "no workaround"),
    (Minutes("estimate", optional=True), "missing", "estimate fehlt", "estimate missing"),
    (Minutes("estimate", optional=True), "given", "estimate bekannt", "estimate known"),
    (Minutes("estimate"), "480 min", "estimate 480 min", "estimate 480 min"),
    (Number("load", 0, 1), "< 0.5", "load unter 0,5", "load below 0.5"),
    (Choice("kind", ["a", "b"]), "-", "überall", "everywhere"),
    (Integer("contacts", 0, 9, optional=True), "missing", "contacts fehlt", "contacts missing"),
    (
        Integer("contacts", 0, 9, optional=True),
        ">= 3, missing",
        "contacts ab 3 oder fehlt",
        "contacts from 3 or missing",
    ),
    (IMPACT, "[low..medium]", "impact gering bis medium", "impact low to medium"),
    (Flag("vip", optional=True), "no, missing", "vip nein oder fehlt", "vip no or missing"),
    (Subset("areas", ["net", "db"]), "net, db", "areas mit db, net", "areas with db, net"),
    (Subset("areas", ["net", "db"]), "any of net, db", "areas mit einem von db, net", "areas with any of db, net"),
    (Subset("areas", ["net", "db"]), "none of net", "areas ohne net", "areas without net"),
    (Subset("areas", ["net", "db"]), "exactly", "areas genau nichts", "areas exactly nothing"),
    (Subset("areas", ["net", "db"]), "not(net)", "areas nicht mit net", "areas not with net"),
]


@pytest.mark.parametrize(("domain", "text", "german", "english"), CELLS)
def test_cells_are_told(domain, text, german, english):
    cell = parse_cell(text, domain)
    assert (cell_words("de", cell, domain), cell_words("en", cell, domain)) == (german, english)


def test_an_explanation_shows_reasons_alternatives_and_near_misses():
    explanation = TABLE.explain({"impact": "high", "users": 40, "workaround": False})
    assert explanation.in_words("de").splitlines() == [
        "major, weil Regel r2 passt",
        "Regel stop passt nicht; nötig wäre: ab 1.000 users",
        "wäre Minor bei impact medium",
        "wäre Blocker ab 1.000 users",
    ]
    won = TABLE.explain({"impact": "high", "users": 4000, "workaround": False})
    assert won.in_words("en").splitlines() == [
        "blocker, because: many are stopped (rule stop)",
        "rule r2 fits too, but another rule comes before it",
        "would be major at 999 users and below",
        "would be major with workaround",
    ]
    default = TABLE.explain({"impact": "low", "users": 4, "workaround": True})
    assert default.in_words("de").startswith("Minor, weil keine Regel passt\n")


def test_lists_and_missing_answers_are_told():
    listed = DecisionTable(
        name="t", hit="collect", inputs=[WORKAROUND], outputs=[PRIORITY, Choice("team", ["one"])],
        rules=[Rule({"workaround": True}, {"priority": "minor", "team": "one"})],
    )  # fmt: skip
    told = listed.explain({"workaround": True}).in_words("en")
    assert told.splitlines() == ["priority minor, team one, from rules r1", "would have no outcome without workaround"]


def test_a_missing_fact_is_a_near_miss_of_its_own():
    estimate = Minutes("estimate", 0, 4800, optional=True)
    table = DecisionTable(
        name="t", hit="first", inputs=[estimate], outputs=[PRIORITY], default={"priority": "minor"},
        rules=[Rule({"estimate": "> 480 min"}, {"priority": "major"}),
               Rule({"estimate": "missing"}, {"priority": "blocker"})],
    )  # fmt: skip
    near = table.explain({"estimate": 480}).near_misses
    assert [near_miss_words("de", one, estimate, [PRIORITY]) for one in near] == [
        "wäre Blocker ohne Angabe von estimate",
        "wäre major bei estimate ab 481 min",
    ]


def test_findings_are_explained_in_both_languages():
    rules = [
        Rule({"impact": "high"}, {"priority": "major"}, id="a"),
        Rule({"impact": "high", "users": ">= 10"}, {"priority": "minor"}, id="b"),
    ]
    bare = {"name": "t", "inputs": [IMPACT, USERS], "outputs": [PRIORITY], "rules": rules}
    unique = DecisionTable(**bare, hit="unique")
    assert [one.explain("de") for one in verify(unique)] == [
        "keine Regel passt: impact bis medium (20.000 Fälle)",
        "die Regeln a, b passen zugleich: hoch, ab 10 users (9.990 Fälle); ihre Ergebnisse: major; Minor",
        "keine Regel vergibt priority Blocker",
    ]
    first = DecisionTable(**bare, hit="first", default={"priority": "blocker"}, rises={"priority": ["impact"]})
    assert [one.explain("en") for one in verify(first)] == [
        "where no rule fits, the default applies (20,000 inputs); first region: impact up to medium",
        "pairs of rules that fit at once: 1; hit policy: the first rule that fits decides",
        "rule b never decides; the rules that win over it cover it entirely: impact high, from 10 users",
        "no rule gives priority minor",
        "priority falls from blocker to major when impact rises: impact medium, 0 users against impact high, 0 users",
    ]
    waived = DecisionTable(
        **{**bare, "rules": [rules[0], Rule({}, {"priority": "blocker"}, id="z")]},
        hit="first",
        rises={"priority": ["impact"]},
        waivers=[Waiver("priority", "impact", ("z", "a"), "so agreed")],
    )
    (note,) = [one for one in verify(waived) if one.code == "rules.waived"]
    assert note.explain("de") == (
        "dass priority nie sinkt, wenn impact steigt, gilt mit Absicht nicht für die Regeln z, a (so agreed): "
        "impact medium, 0 users gegen impact hoch, 0 users"
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
    told = {one.code: one.explain(language) for table, one in findings}
    assert {"rules.default", "rules.redundant", "rules.conflict", "rules.not-proven"} <= set(told)
    assert all(words and "{" not in words for words in told.values())


def test_a_difference_names_how_many_which_way_and_where():
    later = DecisionTable(
        name="t", hit="first", inputs=TABLE.inputs, outputs=TABLE.outputs, default=TABLE.default,
        rules=[Rule({"users": ">= 900", "workaround": "no"}, {"priority": "blocker"}), TABLE.rules[1]],
    )  # fmt: skip
    assert diff_tables(TABLE, later).in_words("de").splitlines() == [
        "300 von 60.000 Fällen ändern sich",
        "200, Minor → Blocker: impact bis medium, 900 bis 999 users, ohne workaround",
        "100, major → Blocker: hoch, 900 bis 999 users, ohne workaround",
    ]
    assert diff_tables(TABLE, TABLE).in_words("en") == "nothing changes"


def test_a_difference_of_domains_is_explained():
    def version(*members):
        return DecisionTable(
            name="t", inputs=[Scale("impact", members)], outputs=[PRIORITY], rules=[Rule({}, {"priority": "minor"})]
        )

    difference = diff_tables(version("low", "high"), version("high", "extreme"))
    assert difference.in_words("de") == ("impact hat andere Werte; neu: extreme; entfallen: low")


FAULT = Scale(
    "fault",
    ["cosmetic", "hindered", "wrong result", "function lost"],
    names={"de": {"function lost": "Funktion ausgefallen"}, "en": {"function lost": "function lost"}},
)
USE = Scale(
    "use",
    ["never", "yearly", "quarterly", "monthly", "weekly", "daily"],
    names={"de": {"daily": "täglich"}, "en": {"daily": "daily"}},
)
MANY = Integer("users", 0, 99_999)


def software_faults(bound):
    """A table over 4,800,000 inputs in which a lost function that is used daily blocks from so many users on."""
    lost = {"fault": "function lost", "use": "daily", "workaround": "no"}
    return DecisionTable(
        name="priority",
        hit="first",
        inputs=[FAULT, USE, MANY, WORKAROUND],
        outputs=[DEFAULT_SCALE],
        rules=[
            Rule({**lost, "users": f">= {bound}"}, {"priority": "blocker"}, because="many are stopped"),
            Rule(lost, {"priority": "critical"}, because="a daily function is lost"),
        ],
        default={"priority": "minor"},
    )


def test_a_head_of_support_reads_what_a_new_bound_changes():
    old, new = software_faults(100), software_faults(50)
    difference = diff_tables(old, new)
    assert difference.in_words("en") == (
        "50 of 4,800,000 inputs change, all Critical → Blocker: function lost, daily, 50 to 99 users, no workaround"
    )
    assert difference.in_words("de") == (
        "50 von 4.800.000 Fällen ändern sich, alle Critical → Blocker: Funktion ausgefallen, täglich, 50 bis 99 users, "
        "ohne workaround"
    )
    facts = {"fault": "function lost", "use": "daily", "users": 40, "workaround": False}
    assert "would be Blocker from 100 users" in old.explain(facts).in_words("en").splitlines()
    assert "wäre Blocker ab 100 users" in old.explain(facts).in_words("de").splitlines()


NOT_PROVEN = [
    ("de", [
        "in 0 Schritten nicht bewiesen, dass immer eine Regel passt; Anteile der Fälle: ohne Regel 0, mit Regel 0, "
        "nicht geprüft 1",
        "in 0 Schritten nicht bewiesen, ob Regel r3 je gebraucht wird",
        "in 0 Schritten nicht bewiesen, dass priority nie sinkt, wenn users steigt",
    ]),
    ("en", [
        "not proven within 0 steps that a rule always fits; shares of the inputs: without a rule 0, with a rule 0, "
        "not examined 1",
        "not proven within 0 steps whether rule r3 is ever needed",
        "not proven within 0 steps that priority never falls when users rises",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "lines"), NOT_PROVEN)
def test_the_unproven_share_is_shown(language, lines):
    rules = [Rule({"users": cell}, {"priority": "major"}) for cell in ("<= 40", ">= 30", "[20..60]")]
    table = DecisionTable(
        name="t", hit="first", inputs=[USERS], outputs=[PRIORITY], rules=rules, rises={"priority": ["users"]}
    )
    found = [one for one in verify(table, steps=0) if one.code == "rules.not-proven"]
    assert [one.explain(language) for one in found] == lines


def test_an_order_over_gaps_is_reported_as_proven_in_part():
    rules = [Rule({"impact": "high"}, {"priority": "major"})]
    inputs = {"inputs": [IMPACT], "outputs": [PRIORITY]}
    table = DecisionTable(name="t", **inputs, rules=rules, rises={"priority": ["impact"]})
    (note,) = [one for one in verify(table) if one.code == "rules.not-proven"]
    assert note.explain("de") == (
        "dass priority nie sinkt, wenn impact steigt, ist nur dort bewiesen, wo die Regeln ein Ergebnis geben"
    )


def test_the_nearest_value_of_each_kind_is_shown_in_words():
    near = [
        (Day("on"), ">= 2026-07-01", date(2026, 1, 1), "wäre major bei on ab 01.07.2026"),
        (Number("load", 0, 1), "> 0.5", Decimal("0.25"), "wäre major bei load über 0,5"),
        (Number("load", 0, 1), "< 0.5", Decimal("0.75"), "wäre major bei load unter 0,5"),
        (USERS, "<= 5", 9, "wäre major bis 5 users"),
        (Subset("tags", ["vip"]), "exactly", frozenset({"vip"}), "wäre major bei tags nichts"),
    ]
    for domain, cell, value, words in near:
        table = DecisionTable(
            name="t", hit="first", inputs=[domain], outputs=[PRIORITY], default={"priority": "minor"},
            rules=[Rule({domain.name: cell}, {"priority": "major"})],
        )  # fmt: skip
        (miss,) = table.explain({domain.name: value}).near_misses
        assert near_miss_words("de", miss, domain, [PRIORITY]) == words


def test_an_absent_fact_would_change_the_result_where_it_is_given():
    table = DecisionTable(
        name="t",
        hit="first",
        inputs=[Integer("users", 0, 9, optional=True)],
        outputs=[PRIORITY],
        rules=[Rule({"users": ">= 5"}, {"priority": "major"}), Rule({"users": "-"}, {"priority": "minor"})],
    )
    (miss,) = table.explain({}).near_misses
    assert (miss.input, miss.direction, miss.value, miss.result) == ("users", "other", 5, {"priority": "major"})


@pytest.mark.parametrize(("language", "words"), [("de", "kein Ergebnis"), ("en", "no outcome")])
def test_no_result_and_an_empty_result_have_the_same_words(language, words):
    assert [result_words(language, [PRIORITY], result) for result in (None, ())] == [words, words]
