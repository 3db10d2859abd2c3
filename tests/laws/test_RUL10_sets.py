"""RUL-6 to RUL-10 over tables as people grow them, whose cells are lists of members, ranges and negations."""

from collections import Counter
from typing import Any

from attrs import evolve
from hypothesis import given, strategies as st

from supportcore.findings import Finding
from supportcore.rules import DecisionTable, Rule, diff_tables, simplify, verify
from tests.laws.tables import PRIORITY, grown_tables
from tests.oracles import rules as oracle

ALL_HITS = ("unique", "any", "first", "priority", "rule-order", "output-order", "collect")


def found(table: DecisionTable, code: str) -> list[Finding]:
    return [finding for finding in verify(table) if finding.code == code]


def rules_of(findings: list[Finding]) -> set[str]:
    return {finding.path.removeprefix("t, rule ") for finding in findings}


def probe(table: DecisionTable, findings: list[Finding]) -> DecisionTable:
    """A table with a rule for each region, by the cells that it spells."""
    rules = [Rule(dict(finding.region or {}), {"priority": "minor"}) for finding in findings]
    return DecisionTable(name="p", hit="collect", inputs=table.inputs, outputs=[PRIORITY], rules=rules)


@given(grown_tables(ALL_HITS))
def test_rul6_gaps_are_disjoint_regions_that_read_as_cells(table):
    gaps = found(evolve(table, default=None, hit="unique"), "rules.gap")
    open_inputs = oracle.gaps(table)
    assert sum(finding.count or 0 for finding in gaps) == len(open_inputs)
    regions = probe(table, gaps)
    for facts in oracle.inputs_of(table.inputs):
        assert len(oracle.hitting(regions, facts)) == (facts in open_inputs)


@given(grown_tables(("first", "priority")))
def test_rul6_dead_rules_are_those_that_never_decide(table):
    assert rules_of(found(table, "rules.dead")) == oracle.dead(table)


@given(grown_tables(("unique", "any")))
def test_rul6_redundant_rules_are_those_without_which_nothing_changes(table):
    assert rules_of(found(table, "rules.redundant")) == oracle.redundant(table)


@given(grown_tables(("unique", "any")))
def test_rul6_conflicts_are_the_pairs_that_may_not_fit_together(table):
    conflicts = found(table, "rules.conflict")
    pairs = oracle.conflicting(table)
    assert {tuple(dict(finding.parts)["rules"].split(", ")) for finding in conflicts} == pairs
    points = 0
    for facts in oracle.inputs_of(table.inputs):
        hit = oracle.hitting(table, facts)
        points += sum((one.id, other.id) in pairs for at, one in enumerate(hit) for other in hit[at + 1 :])
    assert sum(finding.count or 0 for finding in conflicts) == points


@given(grown_tables(("first", "priority", "rule-order", "output-order", "collect")))
def test_rul6_overlaps_are_counted(table):
    pairs = oracle.conflicting(table)
    assert [finding.count for finding in found(table, "rules.overlap")] == ([len(pairs)] if pairs else [])


@given(grown_tables(("unique", "any", "first", "priority"), rises=True))
def test_rul7_an_order_is_refuted_by_its_smallest_step(table):
    broken = {dict(finding.parts)["input"]: finding for finding in found(table, "rules.monotone")}
    for name in table.rises["priority"]:
        against = oracle.steps_against(table, "priority", name, rising=True)
        assert (name in broken) == bool(against)
        if against:
            assert tuple(dict(facts) for facts in broken[name].witness) == min(
                against, key=lambda step: _order(table, name, step[0])
            )


def _order(table: DecisionTable, name: str, facts: Any) -> list[Any]:
    """The order of steps: by the input that rises, then by the other facts in turn, missing facts last."""
    domains = sorted(table.inputs, key=lambda domain: domain.name != name)
    return [oracle.values_of(domain).index(facts.get(domain.name, oracle.ABSENT)) for domain in domains]


@st.composite
def versions(draw: st.DrawFn) -> tuple[DecisionTable, DecisionTable]:
    """A table, and a version with rules moved, changed, left out or added."""
    old = draw(grown_tables(("unique", "any", "first", "priority", "rule-order")))
    rules = list(draw(st.permutations(old.rules))) if draw(st.booleans()) else list(old.rules)
    rules = [rule for rule in rules if draw(st.integers(0, 5))]
    for at in draw(st.lists(st.integers(0, 20), max_size=2)):
        if at < len(rules):
            change = draw(st.sampled_from(old.rules))
            rules[at] = (
                evolve(rules[at], when=change.when) if draw(st.booleans()) else evolve(rules[at], then=change.then)
            )
    return old, evolve(old, rules=rules, hit=draw(st.sampled_from([old.hit, old.hit, "first"])))


def frozen(answer: Any) -> Any:
    if isinstance(answer, tuple):
        return tuple(map(frozen, answer))
    return None if answer == oracle.ERROR or answer is None else tuple(sorted(answer.items()))


@given(versions())
def test_rul8_changes_are_counted_exactly(pair):
    old, new = pair
    expected: Counter[Any] = Counter()
    for facts in oracle.inputs_of(old.inputs):
        before, after = frozen(oracle.outcome(old, facts)), frozen(oracle.outcome(new, facts))
        if before != after:
            expected[before, after] += 1
    changes = diff_tables(old, new).changes
    assert {(frozen(change.before), frozen(change.after)): change.count for change in changes} == dict(expected)
    for change in changes:
        assert len(change.regions) == len(change.witnesses)
        for facts in change.witnesses:
            assert frozen(oracle.outcome(old, facts)) == frozen(change.before)


@given(grown_tables(("unique", "any", "first", "priority")))
def test_rul9_the_simplified_table_decides_alike(table):
    smaller = simplify(table)
    assert len(smaller.rules) <= len(table.rules)
    for facts in oracle.inputs_of(table.inputs):
        assert oracle.outcome(smaller, facts) == oracle.outcome(table, facts)
