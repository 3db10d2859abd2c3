"""Matrices: two inputs against each other, read, and refused with row, column and line."""

import pytest

from supportcore.domains import Integer, Scale
from supportcore.errors import ConceptError
from supportcore.rules import is_matrix, read_matrix

LEVELS = ["low", "medium", "high"]
AXES = [Scale("impact", LEVELS), Scale("urgency", LEVELS), Integer("users", 0, 100)]
PRIORITY = Scale("priority", ["minor", "major", "critical", "blocker"])
MATRIX = r"""
impact \ urgency | low   | medium   | high
high             | major | critical | blocker
medium           | minor | major    | critical
low              | minor | minor    | major
"""


def matrix(text, **parts):
    return read_matrix(text, **{"name": "t", "inputs": AXES, "output": PRIORITY, **parts})


def test_a_matrix_has_one_fact_down_and_one_across():
    assert is_matrix(MATRIX)
    table = matrix(MATRIX, rises={"priority": ["impact", "urgency"]})
    assert table.decide({"impact": "high", "urgency": "medium"})["priority"] == "critical"
    assert table.decide({"impact": "low", "urgency": "medium"}).rule.id == "low/medium"


ERRORS = [
    ("impact | low\nhigh | major", "the first cell of a matrix must name two facts: `down \\ across`"),
    (r"impcat \ urgency | low", "line 1: `impcat` is not an input here; expected one of `impact`, `urgency`, "
     "`users`; did you mean `impact`?"),
    (r"impact \ impact | low", "line 1: `impact` is both down and across; name two facts"),
    ("impact \\ urgency | low\nhigh | majr", "line 2, row high, column low: `majr` is not a member of `priority` "
    "(minor, major, critical, blocker); did you mean `major`?"),
    ("impact \\ urgency | low\nhgih | major", "line 2, rule hgih/low, column impact: `hgih` is not a member of "
    "`impact` (low, medium, high); did you mean `high`?"),
    ("impact \\ urgency | low | high\nhigh | major", "line 2, row high: expected 3 cells, found 2"),
    ("impact \\ users | 1 | 2\n| | minor | major", "line 2, row: has no value of `impact` in its first cell"),
    ("impact \\ users | 1 | \nlow | minor | major", "line 1: a column has no value of `users` in the first line"),
    ("impact \\ users | 1 | 1\nlow | minor | major", "line 2, rule low/1: the name is used twice; give each "
     "rule its own name"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), ERRORS)
def test_a_wrong_matrix_is_refused(text, words):
    with pytest.raises(ConceptError) as raised:
        matrix(text)
    assert [str(problem) for problem in raised.value.problems] == [words]
