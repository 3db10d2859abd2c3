"""RUL-3 to RUL-8 over dense numbers, tried on every edge, between any two and beyond: elsewhere nothing changes."""

from collections import Counter
from decimal import Decimal
from itertools import pairwise, product

from hypothesis import assume, given, strategies as st

from supportcore.domains import Flag, Number, NumberGap, Scale
from supportcore.errors import ConceptError, NoDecisionError, RuleConflictError
from supportcore.rules import DecisionTable, Rule, diff_tables, verify
from supportcore.rules.cells import ANYTHING, Between, Compare, Is, Not, OneOf
from tests.oracles import rules as oracle

EDGES = [Decimal(number) for number in ("-1", "0", "0.1", "0.25", "1", "1.5")]
POINTS = sorted({*EDGES, *((low + high) / 2 for low, high in pairwise(EDGES)), Decimal(-7), Decimal(7)})
LOADS = [
    Number("load"),
    Number("load", Decimal(0), Decimal(1)),
    Number("load", Decimal(0), Decimal("1.5"), lo_open=True, hi_open=True),
    Number("load", Decimal("0.1"), None),
    Number("load", Decimal(0), None, optional=True),
    Number("load", Decimal(0), Decimal("1.5"), gaps=(NumberGap(Decimal("0.1"), Decimal(1)),)),
    Number("load", Decimal(-1), None, gaps=(NumberGap(-1, 0), NumberGap(Decimal("0.25"), 1)), optional=True),
    Number("load", Decimal(0), Decimal("1.5"), gaps=(NumberGap(0, Decimal("0.25")), NumberGap(Decimal("0.25"), 1)),
           hi_open=True),
    Number("load", 0, 1, gaps=(NumberGap(0, Decimal("0.25")), NumberGap(Decimal("0.25"), 1))),
]  # fmt: skip
PRIORITY = Scale("priority", ["minor", "major", "critical"])
VIP = Flag("vip")
HITS = ("unique", "any", "first", "priority")


@st.composite
def cells(draw, load):
    edge = st.sampled_from([value for value in EDGES if load.problem(value) is None])
    term = st.one_of(
        st.builds(Is, edge),
        st.builds(Compare, st.sampled_from(["<", "<=", ">", ">="]), edge),
        st.builds(Between, edge, edge, st.booleans(), st.booleans()),
    )
    terms = st.lists(term, min_size=2, max_size=3)
    return draw(st.one_of(st.just(ANYTHING), term, terms.map(OneOf), terms.map(Not)))


@st.composite
def tables(draw, hits=HITS, load=None, **parts):
    load = load or draw(st.sampled_from(LOADS))
    frame = {"name": "t", "hit": draw(st.sampled_from(hits)), "inputs": [load, VIP], "outputs": [PRIORITY], **parts}
    rules = []
    for _ in range(draw(st.integers(1, 5))):
        when = {"load": draw(cells(load)), "vip": draw(st.sampled_from(["-", "yes", "no"]))}
        rule = Rule(when, {"priority": draw(st.sampled_from(PRIORITY.members))})
        try:
            DecisionTable(**frame, rules=[rule])
        except ConceptError:
            continue
        rules.append(rule)
    default = draw(st.none() | st.just({"priority": "minor"}))
    return DecisionTable(**frame, rules=rules, default=default)


def inputs_of(*loads):
    """Every point that matters, with both flags, and the absence of the number where it may be missing."""
    points = [point for point in POINTS if all(load.problem(point) is None for load in loads)]
    absent = [{}] if all(load.optional for load in loads) else []
    for number, vip in product([*({"load": point} for point in points), *absent], [False, True]):
        yield {**number, "vip": vip}


def answer(table, facts):
    try:
        return dict(table.decide(facts).value)
    except (NoDecisionError, RuleConflictError):
        return oracle.ERROR


def inside(table, region, facts):
    """Whether facts lie in a region, by the cells that it spells."""
    probe = DecisionTable(name="p", hit="first", inputs=table.inputs, outputs=[PRIORITY],
                          rules=[Rule(dict(region), {"priority": "minor"})])  # fmt: skip
    return bool(oracle.hitting(probe, facts))


@given(tables())
def test_rul3_every_point_is_decided_as_rule_by_rule(table):
    for facts in inputs_of(table.inputs[0]):
        assert answer(table, facts) == oracle.outcome(table, facts)


@given(tables())
def test_rul6_gaps_are_disjoint_and_hold_every_point_without_a_rule_and_no_other(table):
    assume(table.default is None)
    gaps = [one for one in verify(table) if one.code == "rules.gap"]
    for facts in inputs_of(table.inputs[0]):
        assert sum(inside(table, gap.region, facts) for gap in gaps) == (not oracle.hitting(table, facts))
    for gap in gaps:
        assert not oracle.hitting(table, gap.witness[0])
        assert inside(table, gap.region, gap.witness[0])


@given(tables(("unique", "any")))
def test_rul6_conflicts_are_reported_with_their_region(table):
    told = [one for one in verify(table) if one.code == "rules.conflict"]
    for facts in inputs_of(table.inputs[0]):
        pairs = Counter(
            (one.id, other.id)
            for place, one in enumerate(oracle.hitting(table, facts))
            for other in oracle.hitting(table, facts)[place + 1 :]
            if table.hit != "any" or one.then != other.then
        )
        assert sum(inside(table, finding.region, facts) for finding in told) == sum(pairs.values())


@given(tables(("first",)))
def test_rul6_a_rule_is_dead_exactly_where_it_decides_no_point(table):
    dead = {one.path.removeprefix("t, rule ") for one in verify(table) if one.code == "rules.dead"}
    deciding = {hit[0].id for facts in inputs_of(table.inputs[0]) if (hit := oracle.hitting(table, facts))}
    assert dead == {rule.id for rule in table.rules} - deciding


@given(tables(rises={"priority": ["load", "vip"]}))
def test_rul7_an_order_is_refuted_exactly_where_neighbouring_points_break_it(table):
    told = {dict(one.parts)["input"] for one in verify(table) if one.code == "rules.monotone"}
    broken = set()
    facts = list(inputs_of(table.inputs[0]))
    for one, other in product(facts, facts):
        for name in ("load", "vip"):
            rest = "vip" if name == "load" else "load"
            # Not all of an order: only neighbours are compared, so that a gap between two points is no step.
            if one.get(rest) == other.get(rest) and _neighbours(facts, name, one, other):
                answers = oracle.outcome(table, one), oracle.outcome(table, other)
                if oracle.ERROR not in answers:
                    ranks = [PRIORITY.rank(each["priority"]) for each in answers]
                    if ranks[0] > ranks[1]:
                        broken.add(name)
    assert told == broken


def _neighbours(facts, name, one, other):
    if name not in one or name not in other:
        return False
    values = sorted({each[name] for each in facts if name in each})
    return values.index(other[name]) == values.index(one[name]) + 1


@st.composite
def versions(draw):
    old = draw(tables())
    new = draw(tables(load=draw(st.sampled_from([old.inputs[0], *LOADS]))))
    return old, new


@given(versions())
def test_rul8_a_difference_holds_every_point_whose_answer_changes_and_no_other(pair):
    old, new = pair
    difference = diff_tables(old, new)
    for facts in inputs_of(old.inputs[0], new.inputs[0]):
        changes = oracle.outcome(old, facts) != oracle.outcome(new, facts)
        assert sum(inside(old, region, facts) for one in difference.changes for region in one.regions) == changes
    for change in difference.changes:
        for facts in change.witnesses:
            assert oracle.outcome(old, facts) != oracle.outcome(new, facts)
