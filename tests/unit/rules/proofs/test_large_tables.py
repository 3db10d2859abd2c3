"""Tables of 1,500 rules as people grow them: complete proofs, few regions, and exact shares beyond the steps."""

from fractions import Fraction

import pytest
from attrs import evolve

from benchmarks.proofs import RULES, drawn
from supportcore.domains import Integer, Scale
from supportcore.errors import NoDecisionError
from supportcore.rules import DecisionTable, Rule, diff_tables, simplify, verify
from supportcore.rules.compiler.bits import bits_of, runs_of

SHORT = RULES // 10


@pytest.mark.parametrize("mixture", ["mixed", "choices of eight"])
def test_a_whole_tree_has_nothing_against_it(mixture):
    assert verify(drawn(mixture, 7, "whole")) == ()


@pytest.mark.parametrize(("mixture", "columns"), [("numbers and choices of eight", 7), ("mixed", 13)])
def test_rules_cut_short_leave_few_regions(mixture, columns):
    table = drawn(mixture, columns, "cut short")
    gaps = verify(table)
    assert {finding.code for finding in gaps} == {"rules.gap"}
    assert len(gaps) <= 1.2 * SHORT
    for gap in gaps:
        with pytest.raises(NoDecisionError):
            table.decide(gap.witness[0])


def test_dead_rules_among_overlapping_ones_are_proved():
    found = verify(drawn("mixed", 7, "overlapping"), steps=3000)
    assert {finding.code for finding in found} == {"rules.overlap", "rules.dead"}


def test_beyond_its_steps_a_large_proof_gives_exact_shares():
    table = drawn("mixed", 7, "cut short")
    [unproven] = [finding for finding in verify(table, steps=100) if finding.code == "rules.not-proven"]
    parts = dict(unproven.parts)
    in_gaps, covered, unseen = (Fraction(parts[share]) for share in ("gaps", "covered", "unseen"))
    whole = sum(finding.count for finding in verify(table) if finding.code == "rules.gap")
    total = diff_tables(table, table).inputs
    assert in_gaps + covered + unseen == 1
    assert in_gaps <= Fraction(whole, total) <= in_gaps + unseen


def test_the_difference_to_a_table_cut_short_is_its_gaps():
    old, new = drawn("mixed", 7, "whole"), drawn("mixed", 7, "cut short")
    difference = diff_tables(old, new)
    gaps = [finding for finding in verify(new) if finding.code == "rules.gap"]
    assert difference.count == sum(finding.count for finding in gaps)
    assert {change.after for change in difference.changes} == {None}
    assert sum(len(change.regions) for change in difference.changes) <= 1.2 * SHORT


def test_rules_in_another_order_decide_alike_if_none_overlap():
    table = drawn("mixed", 7, "whole")
    assert not diff_tables(table, evolve(table, rules=table.rules[::-1]))


def test_a_large_table_becomes_smaller_and_decides_alike():
    table = drawn("choices of eight", 7, "whole")
    smaller = simplify(table)
    assert len(smaller.rules) < len(table.rules)
    assert not diff_tables(table, smaller)


def test_a_scale_in_another_order_changes_the_highest_outcome():
    def version(*members):
        outputs = [Scale("priority", members)]
        rules = [Rule({}, {"priority": member}) for member in ("minor", "major")]
        return DecisionTable(
            name="t", hit="collect", aggregate="max", inputs=[Integer("users", 0, 9)], outputs=outputs, rules=rules
        )

    [change] = diff_tables(version("minor", "major"), version("major", "minor")).changes
    assert (change.before, change.after, change.count) == ({"priority": "major"}, {"priority": "minor"}, 10)


def test_masks_have_places_and_runs():
    assert bits_of(0) == runs_of(0) == []
    assert bits_of(0b1011_0110) == [1, 2, 4, 5, 7]
    assert bits_of(1 << 90 | 1 << 3) == [3, 90]
    assert runs_of(0b1011_0110) == [(1, 3), (4, 6), (7, 8)]
    assert runs_of(0b1_1100) == [(2, 5)]
