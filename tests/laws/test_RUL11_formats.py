"""RUL-11: reading what was written gives an equal table, in every format."""

import re

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from supportcore.domains import Choice, Scale, Subset
from supportcore.errors import DefinitionError
from supportcore.rules import (
    DecisionTable,
    Rule,
    diff_tables,
    read_csv,
    read_dmn,
    read_grid,
    read_table,
    write_csv,
    write_dmn,
    write_grid,
    write_table,
)
from tests.laws.tables import nasty_tables, tables
from tests.oracles import rules as oracle

ALL_HITS = ("unique", "any", "first", "priority", "rule-order", "output-order", "collect")
EXTENSIONS = re.compile(r"<extensionElements>.*?</extensionElements>", re.DOTALL)
NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
REASONS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), max_size=12)


@st.composite
def reasoned(draw: st.DrawFn) -> DecisionTable:
    """A table whose rules have reasons of any letters."""
    table = draw(tables(ALL_HITS))
    return evolve(table, rules=[evolve(rule, because=draw(REASONS)) for rule in table.rules])


@pytest.mark.parametrize("form", ["toml", "yaml", "json"])
@given(table=reasoned())
def test_rul11_the_whole_table_comes_back(form, table):
    assert read_table(write_table(table, form), form) == table


@given(reasoned())
def test_rul11_grids_and_commas_bring_the_rules_back(table):
    declared = {"default": table.default, "aggregate": table.aggregate, "hit": table.hit}
    frame = {"name": "t", "inputs": table.inputs, "outputs": table.outputs, **declared}
    assert read_csv(write_csv(table), **frame) == table
    if all("\\" not in rule.because for rule in table.rules):
        assert read_grid(write_grid(table), **frame) == table


@pytest.mark.parametrize("form", ["toml", "yaml", "json"])
@given(table=nasty_tables())
def test_rul11_whole_tables_of_any_texts_come_back(form, table):
    assert read_table(write_table(table, form), form) == table


@pytest.mark.parametrize(("write", "read"), [(write_grid, read_grid), (write_csv, read_csv)], ids=["grid", "csv"])
@given(table=nasty_tables())
def test_rul11_rows_of_any_texts_come_back_or_are_refused(write, read, table):
    try:
        text = write(table)
    except DefinitionError:
        assert _is_beyond_rows(table, write)
    else:
        assert read(text, **_frame(table)) == table


def _frame(table):
    names = ("name", "hit", "inputs", "outputs", "default", "aggregate", "rises", "falls", "waivers")
    return {name: getattr(table, name) for name in names}


def _texts(table):
    return [domain.name for domain in (*table.inputs, *table.outputs)] + [
        text for rule in table.rules for text in (rule.id, rule.because)
    ]


def _is_beyond_rows(table, write):
    texts = _texts(table)
    return (
        any(text != text.strip() or (write is write_grid and len(text.splitlines()) > 1) for text in texts)
        or any(domain.name in ("id", "because") for domain in (*table.inputs, *table.outputs))
        or any(domain.name.startswith("->") for domain in (*table.inputs, *table.outputs))
    )


@given(nasty_tables())
def test_rul11_dmn_brings_any_table_back_or_refuses_it(table):
    try:
        text = write_dmn(table)
    except DefinitionError:
        assert _is_beyond_dmn(table)
    else:
        assert read_dmn(text) == table
        assert read_dmn(text.encode()) == table


def _is_beyond_dmn(table):
    tests = {name for rule in table.rules for name in rule.when}
    names = [table.name, *(domain.name for domain in (*table.inputs, *table.outputs))]
    reasons = [rule.because for rule in table.rules]
    return (
        any(isinstance(domain, Subset) and domain.name in tests for domain in table.inputs)
        or any(reason != reason.strip() for reason in reasons)
        or any(NOT_IN_XML.search(text) for text in (*names, *reasons, *(rule.id for rule in table.rules)))
    )


@given(tables(ALL_HITS))
def test_rul11_dmn_returns_an_equal_table_if_it_can_express_it(table):
    try:
        text = write_dmn(table)
    except DefinitionError:
        assert any(isinstance(domain, Subset) for domain in table.inputs)
        return
    back = read_dmn(text)
    assert back == table
    bare = read_dmn(EXTENSIONS.sub("", text), domains=(*table.inputs, *table.outputs))
    assert not diff_tables(table, bare)
    for facts in list(oracle.inputs_of(table.inputs))[:20]:
        assert oracle.outcome(bare, facts) == oracle.outcome(table, facts)


def test_rul11_members_with_the_signs_of_declarations_come_back():
    odd = Scale("odd", ["a < b", "c | d", 'say "x"'], names={"de": {"a < b": "A kleiner B"}}, optional=True)
    table = DecisionTable(
        name="t",
        inputs=[odd, Choice("what", ["x | y", "z"], other=True), Subset("some", ["p | q", "r"])],
        outputs=[Scale("priority", ["minor", "major"])],
        rules=[Rule({"odd": '>= "c | d"', "some": ["p | q"]}, {"priority": "major"})],
    )
    for form in ("toml", "yaml", "json"):
        assert read_table(write_table(table, form), form) == table
