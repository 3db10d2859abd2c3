"""Text grids and matrices: read, written back, and refused with rule, column and line."""

import pytest

from supportcore.domains import Choice, Flag, Integer, Minutes, Scale, Subset, Vocabulary
from supportcore.errors import ConceptError
from supportcore.rules import is_matrix, read_grid, read_matrix, write_grid

FACTS = Vocabulary(
    [
        Choice("kind", ["question", "fault", "change request"]),
        Scale("usage", ["rare", "regular", "core"]),
        Flag("crash"),
        Minutes("estimate", 0, 4800, optional=True),
        Subset("areas", ["net", "db"]),
        Choice("odd", ["a|b", "-", "missing", 'say "hi"', "x, y"]),
        Integer("users", 0, 9),
    ]
)
PRIORITY = Scale("priority", ["minor", "major", "critical", "blocker"])
LEVEL = Choice("level", ["first", "second"], optional=True)

GRID = """
| id | kind           | usage      | crash | estimate         | -> priority | -> level | because                |
|----|----------------|------------|-------|------------------|-------------|----------|------------------------|
| f1 | fault          | >= regular | yes   | -                | critical    | second   | a much used function   |
| f2 | fault          | -          | -     | -                | major       | -        |                        |
| c1 | change request | -          | -     | <= 480 min       | minor       | second   | small change           |
| c2 | change request | -          | -     | > 480 min, missing | minor     | first    | to be planned          |
| q  | -              | -          | -     | -                | minor       | first    |                        |
"""


def read(text, **parts):
    return read_grid(text, **{"name": "t", "inputs": FACTS.values(), "outputs": [PRIORITY, LEVEL], **parts})


def problems(text, **parts):
    with pytest.raises(ConceptError) as raised:
        read(text, **parts)
    return [str(problem) for problem in raised.value.problems]


def test_a_grid_is_the_table_that_people_read():
    table = read(GRID, rises={"priority": ["usage"]})
    assert [domain.name for domain in table.inputs] == ["kind", "usage", "crash", "estimate"]
    assert [domain.name for domain in table.outputs] == ["priority", "level"]
    assert [rule.id for rule in table.rules] == ["f1", "f2", "c1", "c2", "q"]
    fault = table.decide({"kind": "fault", "usage": "core", "crash": True})
    assert (dict(fault.value), fault.because) == ({"priority": "critical", "level": "second"}, "a much used function")
    change = {"kind": "change request", "usage": "rare", "crash": False}
    assert table.decide({**change, "estimate": 480}).rule.id == "c1"
    assert table.decide({**change, "estimate": 481}).rule.id == "c2"
    assert table.decide(change).rule.id == "c2"
    assert "level" not in table.decide({**change, "kind": "fault"}).value


def test_a_grid_without_bars_around_it_and_without_the_ruled_line_is_the_same():
    plain = "\n".join(line.strip("|") for line in GRID.splitlines() if "---" not in line)
    assert read(plain) == read(GRID)


def test_reading_what_was_written_gives_an_equal_table():
    table = read(GRID)
    assert read(write_grid(table)) == table
    odd = """
    odd              | areas        | users         | -> priority
    "a\\|b"          | any of net, db | not([3..5))  | minor
    "-", "missing"   | exactly      | 4, > 6        | major
    "say \\"hi\\"", "x, y" | none of db | -          | blocker
    """
    written = write_grid(read(odd))
    assert read(written) == read(odd)
    assert written.splitlines()[0].startswith("| odd ")


def test_names_of_rules_are_written_only_where_they_were_given():
    table = read("kind | -> priority\nfault | major")
    assert write_grid(table) == "| kind  | -> priority |\n| ----- | ----------- |\n| fault | major       |\n"


ERRORS = [
    ("", "the grid is empty; write a line with the names of its columns"),
    ("kind | because\nfault | x", "line 1: no column is an outcome; write its name as `-> name`"),
    ("kidn | -> priority\nfault | major", "line 1, column kidn: `kidn` is no fact here; accepted are `kind`, `usage`, "
     "`crash`, `estimate`, `areas`, `odd`, `users`; did you mean `kind`?"),
    ("kind | -> prio\nfault | major", "line 1, column prio: `prio` is no outcome here; accepted are `priority`, "
    "`level`; "
     "did you mean `priority`?"),
    ("kind | priority | -> level\nfault | major | first",
     "line 1, column priority: `priority` is an outcome; write `-> priority`"),
    ("kind | kind | -> priority\nfault | fault | major",
     "line 1, column kind: stands there twice; each column has a name of its own"),
    ("id | kind | -> priority\nf1 | fault | major\nf2 | question | critcal",
     "line 3, rule f2, column priority: `critcal` is no member of `priority` (minor, major, critical, blocker); "
     "did you mean `critical`?"),
    ("kind | -> priority\n\nfault |", "line 3, rule r1, column priority: has no value; accepted is minor < major < "
     "critical < blocker"),
    ("kind | -> priority\nfualt | major", "line 2, rule r1, column kind: `fualt` is no member of `kind` (question, "
    "fault, "
     "change request); did you mean `fault`?"),
    ("usage | -> priority\n-|minor\n> core | major",
     "line 3, rule r2, column usage: nothing in `usage` (rare < regular < core) fits this cell"),
    ("kind | -> priority\nfault | major | x", "line 2, rule r1: has 3 cells under 2 columns; a bar within a cell is "
     "written `\\|`"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), ERRORS)
def test_a_wrong_grid_is_refused_with_rule_column_and_line(text, words):
    assert problems(text) == [words]


def test_a_grid_reports_all_problems_in_the_order_of_its_lines():
    text = "kind | usage | -> priority\nfualt | - | majr\nfault | > core | major\nfault | - | x"
    assert [problem.split(":")[0] for problem in problems(text)] == [
        "line 2, rule r1, column priority",
        "line 2, rule r1, column kind",
        "line 3, rule r2, column usage",
        "line 4, rule r3, column priority",
    ]


LEVELS = ["low", "medium", "high"]
AXES = [Scale("impact", LEVELS), Scale("urgency", LEVELS)]
MATRIX = r"""
impact \ urgency | low   | medium   | high
high             | major | critical | blocker
medium           | minor | major    | critical
low              | minor | minor    | major
"""


def matrix(text, **parts):
    return read_matrix(text, **{"name": "t", "inputs": AXES, "output": PRIORITY, **parts})


def test_a_matrix_has_one_fact_down_and_one_across():
    assert is_matrix(MATRIX) and not is_matrix(GRID)
    table = matrix(MATRIX, rises={"priority": ["impact", "urgency"]})
    assert table.decide({"impact": "high", "urgency": "medium"})["priority"] == "critical"
    assert table.decide({"impact": "low", "urgency": "medium"}).rule.id == "low/medium"


MATRIX_ERRORS = [
    ("impact | low\nhigh | major", "the first cell of a matrix names two facts: `down \\ across`"),
    (r"impcat \ urgency | low", "line 1: `impcat` is no fact here; accepted are `impact`, `urgency`; did you mean "
    "`impact`?"),
    (r"impact \ impact | low", "line 1: `impact` stands down and across; a matrix takes two facts"),
    ("impact \\ urgency | low\nhigh | majr", "line 2, row high, column low: `majr` is no member of `priority` "
    "(minor, major, "
     "critical, blocker); did you mean `major`?"),
    ("impact \\ urgency | low\nhgih | major", "line 2, rule hgih/low, column impact: `hgih` is no member of "
    "`impact` (low, "
     "medium, high); did you mean `high`?"),
    ("impact \\ urgency | low | high\nhigh | major", "line 2, row high: has 2 cells under 3 columns"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), MATRIX_ERRORS)
def test_a_wrong_matrix_is_refused(text, words):
    with pytest.raises(ConceptError) as raised:
        matrix(text)
    assert [str(problem) for problem in raised.value.problems] == [words]
