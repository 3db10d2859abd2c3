"""RUL-8: the difference of two tables against both of them asked about every input."""

from collections import Counter
from typing import Any

from attrs import evolve
from hypothesis import assume, given, strategies as st

from supportcore.domains import Choice, Flag, Integer, Scale
from supportcore.rules import DecisionTable, Rule, diff_tables, share_changed
from tests.laws.tables import PRIORITY, cells, tables
from tests.oracles import rules as oracle

ALL_HITS = ("unique", "any", "first", "priority", "rule-order", "output-order", "collect")


def frozen(answer: Any) -> Any:
    if isinstance(answer, tuple):
        return tuple(map(frozen, answer))
    return None if answer == oracle.ERROR or answer is None else tuple(sorted(answer.items()))


def inside(region: Any, table: DecisionTable, facts: dict[str, Any], domains: Any) -> bool:
    """Whether facts lie in a region, by the cells that it spells."""
    probe = evolve(
        table, rules=[Rule(dict(region), table.rules[0].then)], inputs=domains, hit="first", rises={}, default=None
    )
    return bool(oracle.hitting(probe, facts))


@st.composite
def versions(draw: st.DrawFn) -> tuple[DecisionTable, DecisionTable]:
    """A table without sets of words, and one with some of its rules moved, changed or left out."""
    old = draw(tables(ALL_HITS, most_rules=5))
    assume(old.rules and all(domain.kind != "subset" for domain in old.inputs) and old.aggregate is None)
    rules = draw(st.permutations(old.rules)) if draw(st.booleans()) else list(old.rules)
    kept = [rule for rule in rules if draw(st.integers(0, 3))]
    if kept and draw(st.booleans()):
        other = draw(st.sampled_from(old.rules)).then
        kept[0] = evolve(kept[0], then=other)
    hit = draw(st.sampled_from([old.hit, "first"]))
    return old, evolve(old, rules=kept, hit=hit)


@given(versions())
def test_rul8_the_changed_inputs_are_counted_exactly_by_kind(pair):
    old, new = pair
    expected: Counter[Any] = Counter()
    changed = []
    for facts in oracle.inputs_of(old.inputs):
        before, after = frozen(oracle.outcome(old, facts)), frozen(oracle.outcome(new, facts))
        if before != after:
            expected[before, after] += 1
            changed.append((facts, before, after))
    difference = diff_tables(old, new)
    found = {(frozen(one.before), frozen(one.after)): one.count for one in difference.changes}
    assert found == dict(expected)
    assert difference.count == sum(expected.values())
    assert difference.inputs == len(list(oracle.inputs_of(old.inputs)))
    for facts, before, after in changed[:20]:
        change = next(one for one in difference.changes if (frozen(one.before), frozen(one.after)) == (before, after))
        assert sum(inside(region, old, facts, old.inputs) for region in change.regions) == 1


@given(versions())
def test_rul8_every_witness_changes_and_a_table_does_not_differ_from_itself(pair):
    old, new = pair
    for change in diff_tables(old, new).changes:
        for facts in change.witnesses:
            assert frozen(oracle.outcome(old, facts)) == frozen(change.before)
            assert frozen(oracle.outcome(new, facts)) == frozen(change.after)
    assert not diff_tables(old, old)


@given(versions())
def test_rul8_the_share_over_facts_is_that_of_the_inputs(pair):
    old, new = pair
    facts = list(oracle.inputs_of(old.inputs))
    difference = diff_tables(old, new)
    assert share_changed(old, new, facts) * len(facts) == difference.count


OLD_DOMAINS = [
    Scale("impact", ["low", "medium", "high"]),
    Choice("kind", ["question", "fault"], other=True),
    Integer("users", 0, 4, optional=True),
    Flag("vip"),
]
NEW_DOMAINS = [
    Scale("impact", ["medium", "high", "very high"]),
    Choice("kind", ["fault", "order"]),
    Integer("users", 2, 7),
    Flag("loud"),
]


@st.composite
def remodelled(draw: st.DrawFn) -> tuple[DecisionTable, DecisionTable]:
    """Two tables whose inputs have the same names and other domains."""
    made = []
    for domains in (OLD_DOMAINS, NEW_DOMAINS):
        rules = []
        for _ in range(draw(st.integers(1, 4))):
            when = {domain.name: draw(cells(domain)) for domain in domains}
            try:
                rule = Rule(when, {"priority": draw(st.sampled_from(PRIORITY.members))})
                DecisionTable(name="t", hit="first", inputs=domains, outputs=[PRIORITY], rules=[rule])
            except ValueError:
                continue
            rules.append(rule)
        made.append(DecisionTable(name="t", hit="first", inputs=domains, outputs=[PRIORITY], rules=rules))
    return made[0], made[1]


@given(remodelled())
def test_rul8_domains_that_changed_are_compared_on_common_values(pair):
    old, new = pair
    common = [
        Scale("impact", ["medium", "high"]),
        Choice("kind", ["fault"]),
        Integer("users", 2, 4),
        Flag("vip"),
        Flag("loud"),
    ]
    expected: Counter[Any] = Counter()
    for facts in oracle.inputs_of(common):
        before, after = frozen(oracle.outcome(old, facts)), frozen(oracle.outcome(new, facts))
        if before != after:
            expected[before, after] += 1
    difference = diff_tables(old, new)
    assert {(frozen(one.before), frozen(one.after)): one.count for one in difference.changes} == dict(expected)
    assert [(one.input, one.added, one.removed) for one in difference.domains] == [
        ("impact", ("very high",), ("low",)),
        ("kind", ("order",), ("question", "anything else")),
        ("users", (">= 5",), ("<= 1", "missing")),
        ("vip", (), ()),
        ("loud", (), ()),
    ]
