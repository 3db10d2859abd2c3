"""Numbers with gaps: comparing tables over them counts and names only values that the domains have."""

import pytest

from supportcore.domains import Number, NumberGap, Scale
from supportcore.errors import DefinitionError
from supportcore.rules import DecisionTable, Rule, diff_tables, verify
from supportcore.rules.proofs.alignment import align

PRIORITY = Scale("priority", ["minor", "major"])


def table(domain, *cells, default=None):
    rules = [Rule({"x": cell}, {"priority": "major"}) for cell in cells]
    return DecisionTable(name="t", hit="first", inputs=[domain], outputs=[PRIORITY], rules=rules,
                         default={"priority": "minor"} if default is None else default)  # fmt: skip


def gapped(lo, hi, *gaps, **parts):
    return Number("x", lo, hi, gaps=[NumberGap(*gap) for gap in gaps], **parts)


PAIRS = [
    (gapped(0, 30, (10, 20)), gapped(0, 30, (15, 25)), "number 0 .. 10 or 25 .. 30"),
    (gapped(0, 30, (10, 20)), gapped(15, 40), "number 20 .. 30"),
    (gapped(0, 15), gapped(0, 30, (10, 20)), "number 0 .. 10"),
    (gapped(0, 30, (10, 20)), gapped(10, 40, lo_open=True), "number 20 .. 30"),
    (gapped(0, 20, hi_open=True), gapped(0, 30, (10, 20)), "number 0 .. 10"),
    (gapped(None, 30, (5, 6)), gapped(0, None, (6, 7)), "number 0 .. 5 or 6 or 7 .. 30"),
]


@pytest.mark.parametrize(("one", "other", "common"), PAIRS)
def test_tables_are_compared_on_the_numbers_that_both_have(one, other, common):
    for old, new in ((one, other), (other, one)):
        [column] = align(table(old, "-"), table(new)).columns
        assert column.domain.declaration() == common
        [change] = diff_tables(table(old, "-"), table(new)).changes
        assert (change.before, change.after) == ({"priority": "major"}, {"priority": "minor"})


def test_no_number_in_common_cannot_be_compared():
    with pytest.raises(DefinitionError, match="no value in common"):
        diff_tables(table(gapped(12, 15), "-"), table(gapped(0, 30, (10, 20)), "-"))


def test_a_gap_is_no_gap_of_the_table():
    whole = table(gapped(0, 30, (10, 20)), "<= 10", ">= 20", default={"priority": "minor"})
    assert [finding.code for finding in verify(whole)] == ["rules.default", "rules.unreachable"]


def test_near_misses_name_the_first_number_behind_a_gap():
    explained = table(gapped(0, 30, (10, 20)), "> 10").explain({"x": 5})
    assert [(near.direction, near.value, near.beyond) for near in explained.near_misses] == [("up", 20, False)]
