"""A table proposed from history, on made-up history and on the real service desk's log."""

import csv
import gzip
from datetime import date
from pathlib import Path

import pytest

from supportcore.domains import Choice, Day, Flag, Integer, Scale, Subset
from supportcore.errors import DefinitionError, FactError
from supportcore.rules import DecisionTable, Rule, markdown, recover, verify

LOG = Path(__file__).resolve().parents[5] / "shared" / "data" / "uci_dev_30pct.csv.gz"


@pytest.mark.full
@pytest.mark.skipif(not LOG.exists(), reason="the real log (RUL) is not here: no folder ../shared/data")
def test_the_matrix_of_the_real_log_is_recovered_with_its_ninth_cell_as_a_gap():
    with gzip.open(LOG, "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    facts = [{name: int(row[name][0]) for name in ("impact", "urgency")} for row in rows]
    outcomes = [{"priority": int(row["priority"][0])} for row in rows]
    found = recover(facts, outcomes)
    cells = {
        (impact, urgency): found.table.decide({"impact": impact, "urgency": urgency})["priority"]
        for impact in (1, 2, 3)
        for urgency in (1, 2, 3)
        if (impact, urgency) != (1, 3)
    }
    assert found.seen == len(rows)
    assert cells == {(1, 1): 1, (1, 2): 2, (2, 1): 2, (2, 2): 3, (2, 3): 4, (3, 1): 3, (3, 2): 4, (3, 3): 4}
    assert len(found.table.rules) == 8
    assert found.contradictions == ()
    assert [dict(gap.witness[0]) for gap in found.gaps] == [{"impact": 1, "urgency": 3}]


def test_contradictions_are_listed_and_the_more_frequent_outcome_is_proposed():
    facts = [{"vip": True}, {"vip": True}, {"vip": True}, {"vip": False}]
    found = recover(facts, [{"p": "high"}, {"p": "low"}, {"p": "high"}, {"p": "low"}])
    assert found.table.decide({"vip": True})["p"] == "high"
    (contradiction,) = found.contradictions
    assert dict(contradiction.facts) == {"vip": True}
    assert [(dict(outcome), count) for outcome, count in contradiction.outcomes] == [
        ({"p": "high"}, 2),
        ({"p": "low"}, 1),
    ]
    assert [rule.because for rule in found.table.rules] == ["seen 1 time", "seen 2 times, but otherwise 1 time"]


def test_domains_may_be_given_and_absent_facts_are_a_value():
    inputs = [
        Scale("impact", ["low", "high"], optional=True),
        Choice("kind", ["a"], other=True),
        Subset("areas", ["x", "y"]),
    ]
    facts = [{"kind": "zzz", "areas": frozenset({"x"})}, {"impact": "high", "kind": "a", "areas": frozenset()}]
    found = recover(facts, [{"team": "one"}, {"team": "two"}], inputs=inputs, outputs=[Choice("team", ["one", "two"])])
    assert found.table.decide(facts[0])["team"] == "one"
    assert found.table.decide(facts[1])["team"] == "two"


def test_kinds_of_domains_are_seen_in_the_values():
    found = recover([{"n": 3, "w": "b", "f": True}, {"n": 7, "w": "a"}], [{"o": 1}, {"o": 2}])
    assert found.table.inputs == (Integer("n", 3, 7), Choice("w", ["a", "b"]), Flag("f", optional=True))


REFUSED = [
    ([], [], "there is no history to recover a table from; give at least one set of facts and its outcome"),
    ([{"a": 1}], [], "there are 1 sets of facts and 0 outcomes; expected one outcome for each set of facts"),
    (["a"], [{"o": 1}], "`a` is a text; expected the facts as a mapping of names to values"),
    ([{"a": ["x"]}], [{"o": 1}], "the values of `a` suggest no domain; declare it in `inputs` or `outputs`"),
    ([{"on": date(2026, 1, 1)}], [{"o": 1}], "the values of `on` suggest no domain; declare it in `inputs` or "
     "`outputs`"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "outcomes", "words"), REFUSED)
def test_history_without_a_table_is_refused(facts, outcomes, words):
    with pytest.raises(DefinitionError) as raised:
        recover(facts, outcomes)
    assert str(raised.value) == words


def test_history_is_checked_against_the_given_domains():
    with pytest.raises(FactError, match=r"^fact a: `yes` is yes or no; `a` takes whole numbers$"):
        recover([{"a": 1}, {"a": True}], [{"o": 1}, {"o": 1}], inputs=[Integer("a", 0, 1)])


def test_rows_that_hold_for_a_time_are_proved_over_time():
    on = Day("on", date(2026, 1, 1), date(2026, 12, 31))
    priority = Scale("priority", ["minor", "major"])
    table = DecisionTable(
        name="t",
        inputs=[Flag("crash"), on],
        outputs=[priority],
        rules=[
            Rule({"crash": "yes", "on": "< 2026-07-01"}, {"priority": "minor"}),
            Rule({"crash": "yes", "on": "> 2026-07-01"}, {"priority": "major"}),
            Rule({"crash": "no"}, {"priority": "minor"}),
        ],
    )
    (gap,) = [finding for finding in verify(table) if finding.code == "rules.gap"]
    assert (dict(gap.region), gap.count) == ({"crash": "yes", "on": "2026-07-01"}, 1)


def test_markdown_is_for_people_in_their_language():
    priority = Scale("priority", ["minor", "major"], names={"de": {"minor": "Gering", "major": "Hoch"}})
    table = DecisionTable(
        name="priority",
        hit="first",
        inputs=[Flag("crash"), Integer("users", 0, 9, optional=True)],
        outputs=[priority, Choice("team", ["a"], optional=True)],
        rules=[
            Rule({"crash": "yes", "users": ">= 5"}, {"priority": "major", "team": "a"}, because="viele | alle"),
            Rule({"users": "missing"}, {"priority": "minor"}),
        ],
        default={"priority": "minor"},
        rises={"priority": ["users"]},
        falls={"priority": ["crash"]},
    )
    assert markdown(table, "de").splitlines() == [
        "**priority**: die erste Regel, die passt, entscheidet.",
        "",
        "| crash | users | priority | team | weil |",
        "|---|---|---|---|---|",
        "| ja | >= 5 | **Hoch** | **a** | viele \\| alle |",
        "| – | fehlt | **Gering** |  |  |",
        "",
        "Sonst: priority Gering.",
        "",
        "priority sinkt nie, wenn steigt: users.",
        "",
        "priority steigt nie, wenn steigt: crash.",
    ]
