"""Tables beyond the bounds of their readers: refused at the bound, and read with a higher bound."""

import json

import pytest

from supportcore.bounds import Bounds
from supportcore.domains import Choice, Flag, Integer, Scale, parse_domain
from supportcore.errors import ConceptError, DefinitionError
from supportcore.rules import read_csv, read_grid, read_matrix, read_table

NUMBERS = [Integer(f"n{number}") for number in range(4)]
FRAME = {"name": "t", "outputs": [Choice("o", ["x", "y"], other=True)]}
LEVELS = Scale("a", ["1", "2", "3"])
GRID = "n0 | n1 | -> o\n1 | 2 | x\n3 | 4 | a long word\n"
SHEET = GRID.replace(" | ", ",")
MATRIX = "a \\ b | 1 | 2\n1 | x | y\n2 | y | a long word\n"
TREE = {
    "name": "t",
    "inputs": {"n0": "whole number", "n1": "a | b"},
    "outputs": {"o": "x | anything else"},
    "rules": [{"when": {"n0": "1"}, "then": {"o": "x"}}, {"when": {"n0": "2"}, "then": {"o": "a long word"}}],
}


def grid(bounds):
    return read_grid(GRID, inputs=NUMBERS, **FRAME, bounds=bounds)


def sheet(bounds):
    return read_csv(SHEET, inputs=NUMBERS, **FRAME, bounds=bounds)


def matrix(bounds):
    domains = [LEVELS, Scale("b", ["1", "2"])]
    return read_matrix(MATRIX, name="t", inputs=domains, output=FRAME["outputs"][0], bounds=bounds)


def tree(bounds):
    return read_table(json.dumps(TREE), "json", bounds=bounds)


CASES = [
    (read, bound, most)
    for read in (grid, sheet, matrix, tree)
    for bound, most in (("file_size", 20), ("columns", 2), ("rules", 1), ("cell", 10))
] + [(tree, "members", 1)]


@pytest.mark.parametrize(("read", "bound", "most"), CASES, ids=lambda part: getattr(part, "__name__", str(part)))
def test_a_table_beyond_a_bound_is_refused_with_the_argument_that_raises_it(read, bound, most):
    with pytest.raises(ConceptError, match=rf"has more than {most} .*`bounds=Bounds\({bound}=\d+\)`"):
        read(Bounds(**{bound: most}))
    assert len(read(Bounds()).rules) > 1


def test_a_matrix_has_a_rule_in_each_cell():
    with pytest.raises(ConceptError, match="has more than 3 rules"):
        matrix(Bounds(rules=3))
    assert len(matrix(Bounds(rules=4)).rules) == 4


def test_a_declaration_has_at_most_as_many_members_as_the_bounds_allow():
    for text in ("a | b | c", "a < b < c", "some of a | b | c"):
        with pytest.raises(DefinitionError, match=r"^fact `d`: has more than 2 members; make it smaller"):
            parse_domain("d", text, bounds=Bounds(members=2))
        assert len(parse_domain("d", text, bounds=Bounds(members=3)).members) == 3


def test_a_list_of_members_has_at_most_as_many_as_the_bounds_allow():
    text = json.dumps({"outputs": {"o": {"choice": ["a", "b", "c"]}}, "rules": []})
    with pytest.raises(ConceptError, match=r"outputs\.o: fact `o`: has more than 2 members"):
        read_table(text, "json", bounds=Bounds(members=2))


def test_thirty_thousand_members_are_read_at_once():
    assert len(parse_domain("d", " | ".join(map(str, range(30_000)))).members) == 30_000


@pytest.mark.parametrize("name", [None, 5, 10**5_000, ["x"]], ids=["nothing", "number", "digits", "list"])
def test_a_name_of_another_kind_is_refused(name):
    with pytest.raises(ConceptError, match="is not the name of a table"):
        read_grid("f | -> o\nyes | x", name=name, inputs=[Flag("f")], outputs=FRAME["outputs"])
