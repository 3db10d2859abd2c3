"""Proofs beyond their steps: exact shares and an honest word, whatever the table (RUL-6)."""

import random
from fractions import Fraction
from math import prod

import pytest

from supportcore.domains import Flag, Integer, Scale
from supportcore.errors import DefinitionError, NoDecisionError
from supportcore.rules import DecisionTable, Rule, diff_tables, verify

PRIORITIES = ["minor", "major", "critical", "blocker"]
OUTPUTS = [Scale("priority", PRIORITIES)]
MOST = 9999


def random_boxes(count, columns):
    """Rules drawn at random, each bounded in three columns, with none that takes the rest."""
    draw = random.Random(columns)
    rules = []
    for number in range(count):
        bounds = {column: sorted(draw.sample(range(MOST + 1), 2)) for column in draw.sample(range(columns), 3)}
        cells = {f"c{column}": f"[{low}..{high}]" for column, (low, high) in bounds.items()}
        rules.append(Rule(cells, {"priority": PRIORITIES[number % 4]}))
    inputs = [Integer(f"c{column}", 0, MOST) for column in range(columns)]
    return DecisionTable(name="t", hit="first", inputs=inputs, outputs=OUTPUTS, rules=rules)


def random_clauses(count, flags):
    """Rules that each fix eight of many flags: to find what they leave is as hard as any puzzle of yes and no."""
    draw = random.Random(flags)
    cells = [{f"f{flag}": draw.random() < 0.5 for flag in draw.sample(range(flags), 8)} for _ in range(count)]
    rules = [Rule(when, {"priority": PRIORITIES[place % 4]}) for place, when in enumerate(cells)]
    return DecisionTable(
        name="t", hit="first", inputs=[Flag(f"f{flag}") for flag in range(flags)], outputs=OUTPUTS, rules=rules
    )


@pytest.mark.full
@pytest.mark.parametrize(
    ("table", "inputs"),
    [(random_boxes(1500, 13), (MOST + 1) ** 13), (random_clauses(150, 32), 2**32)],
    ids=["1,500 overlapping rules of 13 columns", "150 rules of 32 flags"],
)
def test_beyond_fifty_thousand_steps_the_answer_is_not_proven_with_exact_shares(table, inputs):
    findings = verify(table)
    (told,) = [dict(one.parts) for one in findings if one.key == "rules.not-proven.gaps"]
    assert told["steps"] == 50_000
    in_gaps, covered, unseen = (Fraction(told[share]) for share in ("gaps", "covered", "unseen"))
    assert in_gaps + covered + unseen == 1
    assert 0 < unseen < 1
    gaps = [one for one in findings if one.code == "rules.gap"]
    assert in_gaps == Fraction(sum(one.count for one in gaps), inputs)
    for gap in (*gaps[:50], gaps[-1]):
        with pytest.raises(NoDecisionError):
            table.decide(gap.witness[0])


def test_a_proof_is_repeatable_under_load():
    table = random_clauses(120, 30)
    found = verify(table, steps=500)
    assert verify(table, steps=500) == found
    assert sum(one.count for one in found if one.code == "rules.gap") == 3_306_480, "on every machine"


def test_the_share_that_random_facts_fall_into_gaps_is_that_of_the_proof():
    table = random_boxes(20, 3)
    findings = verify(table)
    assert not any(one.code == "rules.not-proven" for one in findings)
    share = Fraction(sum(one.count for one in findings if one.code == "rules.gap"), prod([MOST + 1] * 3))
    draw, missed = random.Random(1), 0
    for _ in range(4000):
        try:
            table.decide({f"c{column}": draw.randrange(MOST + 1) for column in range(3)})
        except NoDecisionError:
            missed += 1
    assert abs(Fraction(missed, 4000) - share) < Fraction(1, 20)


def test_tables_that_differ_in_too_many_ways_are_not_counted():
    table = random_boxes(60, 4)
    other = DecisionTable(name="t", hit="first", inputs=table.inputs, outputs=OUTPUTS, rules=table.rules[::-1])
    with pytest.raises(DefinitionError) as raised:
        diff_tables(table, other, steps=100)
    assert str(raised.value) == (
        "tables `t` and `t` differ in too many ways to compare them exactly within 100 steps; compare smaller tables, "
        "or their decisions for real facts with `share_changed`"
    )
