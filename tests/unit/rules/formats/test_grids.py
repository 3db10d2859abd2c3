"""Text grids: read, written back, and refused with rule, column and line."""

import pytest

from supportcore.domains import Choice, Flag, Integer, Minutes, Scale, Subset, Vocabulary
from supportcore.errors import ConceptError, DefinitionError
from supportcore.rules import DecisionTable, Rule, is_matrix, read_grid, write_csv, write_grid

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
SMALL = {
    "inputs": [Scale("impact", ["low", "medium", "high"]), Integer("users", 0, 100)],
    "outputs": [Scale("priority", ["minor", "major"])],
}

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


def test_a_grid_is_not_a_matrix():
    assert not is_matrix(GRID)


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


def test_a_byte_order_mark_is_skipped_and_a_row_of_dashes_is_a_rule():
    optional = {**SMALL, "outputs": [Scale("priority", ["minor", "major"], optional=True)]}
    text = "\ufeffimpact | -> priority\n---|---\nlow | major\n- | -\n"
    assert [dict(rule.then) for rule in read(text, **optional).rules] == [{"priority": "major"}, {}]


# What is refused


ERRORS = [
    ("", {},
     ["the grid is empty; write a line with the names of its columns"]),
    ("kind | because\nfault | x", {},
     ["line 1: no column is an output; write its name as `-> name`"]),
    ("kidn | -> priority\nfault | major", {},
     ["line 1, column kidn: `kidn` is not an input here; expected one of `kind`, `usage`, `crash`, `estimate`, "
     "`areas`, `odd`, `users`; did you mean `kind`?"]),
    ("kind | -> prio\nfault | major", {},
     ["line 1, column prio: `prio` is not an output here; expected one of `priority`, `level`; did you mean "
     "`priority`?"]),
    ("kind | priority | -> level\nfault | major | first", {},
     ["line 1, column priority: `priority` is an output; write `-> priority`"]),
    ("kind | kind | -> priority\nfault | fault | major", {},
     ["line 1, column kind: is given twice; give each column a name of its own"]),
    ("id | kind | -> priority\nf1 | fault | major\nf2 | question | critcal", {},
     ["line 3, rule f2, column priority: `critcal` is not a member of `priority` (minor, major, critical, blocker); "
     "did you mean `critical`?"]),
    ("kind | -> priority\n\nfault |", {},
     ["line 3, rule r1, column priority: has no value; expected minor < major < critical < blocker"]),
    ("kind | -> priority\nfualt | major", {},
     ["line 2, rule r1, column kind: `fualt` is not a member of `kind` (question, fault, change request); did you "
     "mean `fault`?"]),
    ("usage | -> priority\n-|minor\n> core | major", {},
     ["line 3, rule r2, column usage: no value of `usage` (rare < regular < core) fits this cell"]),
    ("kind | -> priority\nfault | major | x", {},
     ["line 2, rule r1: expected 2 cells, found 3; write a bar inside a cell as `\\|`"]),
    ("impact | -> priority\nlow", SMALL,
     ["line 2, rule r1: expected 2 cells, found 1; write a bar inside a cell as `\\|`",
     "line 2, rule r1, column priority: has no value; expected minor < major"]),
    ("impact | -> priority | because | because\nlow | major | x | y", SMALL,
     ["line 1, column because: `because` is not an input here; expected one of `impact`, `users`"]),
    ("impact | -> priority\nlow | minor, major", SMALL,
     ["line 2, rule r1, column priority: `minor, major` is not a member of `priority` (minor, major)"]),
    ("users | -> priority\n5 to 8 | major", SMALL,
     ["line 2, rule r1, column users: `5 to 8` is not a whole number; `users` takes whole numbers"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parts", "words"), ERRORS)
def test_a_wrong_grid_is_refused_with_rule_column_and_line(text, parts, words):
    assert problems(text, **parts) == words


def test_only_texts_are_read_as_grids():
    with pytest.raises(DefinitionError, match=r"^`None` is nothing; expected the text of a grid$"):
        read(None)


def test_a_grid_reports_all_problems_in_the_order_of_its_lines():
    text = "kind | usage | -> priority\nfualt | - | majr\nfault | > core | major\nfault | - | x"
    assert [problem.split(":")[0] for problem in problems(text)] == [
        "line 2, rule r1, column priority",
        "line 2, rule r1, column kind",
        "line 3, rule r2, column usage",
        "line 4, rule r3, column priority",
    ]


UNKEPT = [
    (Rule({}, {"priority": "major"}, because="two\nlines"), write_grid,
     "`two\nlines` has several lines, which a grid cannot keep; write it on one line"),
    (Rule({}, {"priority": "major"}, because=" x"), write_csv,
     "` x` has blanks around it, which a grid cannot keep; remove them"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "write", "words"), UNKEPT)
def test_a_cell_that_a_grid_cannot_keep_is_not_written(rule, write, words):
    with pytest.raises(DefinitionError) as raised:
        write(DecisionTable(name="t", **SMALL, rules=[rule]))
    assert str(raised.value) == words


def test_an_input_named_like_a_heading_is_not_written():
    table = DecisionTable(name="t", inputs=[Flag("because")], outputs=[PRIORITY], rules=[])
    with pytest.raises(
        DefinitionError,
        match=r"^`because` is a reserved heading of grids; give the column another name$",
    ):
        write_grid(table)


def test_only_the_line_below_the_headings_is_the_ruled_line():
    inputs, outputs = [Choice("c", ["p", "q"])], [Choice("o", ["--", "x"])]
    rules = [Rule({}, {"o": "--"}, because="-"), Rule({"c": "p"}, {"o": "x"})]
    table = DecisionTable(name="t", hit="first", inputs=inputs, outputs=outputs, rules=rules)
    assert read_grid(write_grid(table), name="t", inputs=inputs, outputs=outputs) == table


def test_a_ruled_line_above_or_below_the_rules_is_refused():
    for text in ("---|---\nimpact | -> priority\nlow | major", "impact | -> priority\n---|---\nlow | major\n---|---"):
        with pytest.raises(ConceptError, match="`--"):
            read_grid(text, name="t", inputs=[Choice("impact", ["low"])], outputs=[Choice("priority", ["major"])])


def test_a_problem_in_a_rule_with_a_column_in_its_name_has_its_line():
    text = "id | f | -> o\na, column b | yes | x\nr, column f | maybe | x"
    with pytest.raises(ConceptError, match="line 3, rule r, column f, column f: `f` takes yes or no"):
        read_grid(text, name="t", inputs=[Flag("f")], outputs=[Choice("o", ["x"])])
