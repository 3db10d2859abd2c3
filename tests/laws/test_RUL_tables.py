"""RUL-3 to RUL-7 against the twin that looks at every input."""

from collections import Counter
from fractions import Fraction

from hypothesis import given, strategies as st

from supportcore.errors import NoDecisionError, RuleConflictError
from supportcore.rules import DecisionTable, verify
from supportcore.rules.compiler.columns import piece_of
from supportcore.rules.proofs.overlaps import find_overlaps
from supportcore.rules.proofs.search import StepBudget, find_gaps
from supportcore.rules.proofs.space import SearchSpace
from tests.laws.tables import tables
from tests.oracles import rules as oracle

ALL_HITS = ("unique", "any", "first", "priority", "rule-order", "output-order", "collect")


def answer(table: DecisionTable, facts: dict[str, object]) -> object:
    try:
        value = table.decide(facts).value
    except (NoDecisionError, RuleConflictError):
        return oracle.ERROR
    return tuple(map(dict, value)) if isinstance(value, tuple) else dict(value)


@given(tables(ALL_HITS))
def test_rul3_every_input_is_decided_as_rule_by_rule(table):
    for facts in oracle.inputs_of(table.inputs):
        assert answer(table, facts) == oracle.outcome(table, facts)


@given(tables(ALL_HITS))
def test_rul5_explaining_gives_the_same_answer_and_names_the_cells_that_failed(table):
    for facts in oracle.inputs_of(table.inputs):
        if oracle.outcome(table, facts) == oracle.ERROR:
            continue
        explanation = table.explain(facts)
        assert explanation.decision == table.decide(facts)
        hit = {rule.id for rule in oracle.hitting(table, facts)}
        assert {trace.rule.id for trace in explanation.traces if trace.verdict != "does not fit"} == hit
        for trace in explanation.traces:
            failed = {
                domain.name
                for domain in table.inputs
                if domain.name in trace.rule.when
                and not oracle.fits(trace.rule.when[domain.name], domain, facts.get(domain.name, oracle.ABSENT))
            }
            assert {cell.input for cell in trace.failed} == failed


@given(tables(ALL_HITS))
def test_rul5_near_misses_are_the_nearest_values_that_change_the_answer(table):
    for facts in oracle.inputs_of(table.inputs):
        now = oracle.outcome(table, facts)
        if now == oracle.ERROR:
            continue
        told = {(near.input, near.direction): near for near in table.explain(facts).near_misses}
        for domain in table.inputs:
            if not domain.ordered or domain.name not in facts:
                continue
            values = [value for value in oracle.values_of(domain) if value is not oracle.ABSENT]
            here = values.index(facts[domain.name])
            for direction, along in (("up", values[here + 1 :]), ("down", values[:here][::-1])):
                changes = [v for v in along if oracle.outcome(table, {**facts, domain.name: v}) != now]
                near = told.get((domain.name, direction))
                assert (near.value if near else None) == (changes[0] if changes else None)


@given(tables())
def test_rul6_gaps_are_exact_and_disjoint(table):
    columns = table.compiled.columns
    space = SearchSpace.of_table(table)
    found = find_gaps(space, find_overlaps(space), StepBudget())
    regions = [space.in_pieces(box) for box in found.boxes]
    seen = Counter()
    for facts in oracle.inputs_of(table.inputs):
        pieces = [piece_of(column, facts.get(column.domain.name)) for column in columns]
        inside = sum(all(box[k] >> piece & 1 for k, piece in enumerate(pieces)) for box in regions)
        seen[inside] += 1
        assert inside == (not oracle.hitting(table, facts))
    findings = [one for one in verify(table) if one.code == "rules.gap"]
    assert sum(one.count or 0 for one in findings) == seen[1]
    for finding in findings:
        assert all(not oracle.hitting(table, facts) for facts in finding.witness)


@given(tables(("first", "priority")))
def test_rul6_dead_rules_are_those_that_never_decide(table):
    found = {one.path.removeprefix("t, rule ") for one in verify(table) if one.code == "rules.dead"}
    assert found == oracle.dead(table)


@given(tables(("unique", "any")))
def test_rul6_redundant_rules_are_those_whose_removal_changes_nothing(table):
    found = {one.path.removeprefix("t, rule ") for one in verify(table) if one.code == "rules.redundant"}
    assert found == oracle.redundant(table)


@given(tables())
def test_rul6_a_dead_rule_is_reported_with_its_region(table):
    rules = {f"t, rule {rule.id}": rule for rule in table.rules}
    for finding in verify(table):
        if finding.code in ("rules.dead", "rules.redundant"):
            inputs, only = oracle.inputs_of(table.inputs), [rules[finding.path]]
            fitted = [facts for facts in inputs if oracle.hitting(table, facts, only)]
            assert finding.count == len(fitted)
            assert dict(finding.witness[0]) in fitted


@given(tables(ALL_HITS))
def test_rul4_a_gap_is_an_error_exactly_where_decide_has_no_answer(table):
    errors = 0
    for facts in oracle.inputs_of(table.inputs):
        try:
            table.decide(facts)
        except NoDecisionError:
            errors += 1
        except RuleConflictError:
            pass
    gaps = [one for one in verify(table) if one.code == "rules.gap" and one.severity == "error"]
    assert sum(one.count or 0 for one in gaps) == errors


@given(tables(ALL_HITS) | tables(rises=True, single=True) | tables(falls=True, single=True), st.integers(0, 60))
def test_g10_every_finding_is_explained_in_both_languages(table, steps):
    for finding in (*verify(table), *verify(table, steps=steps)):
        german, english = (finding.explain(language) for language in ("de", "en"))
        assert german != english
        assert not {"{", "}"} & {*german, *english}, "every place of the sentence is filled"


@given(tables(("unique", "any")))
def test_rul6_conflicts_are_the_pairs_that_may_not_fit_together(table):
    findings = [one for one in verify(table) if one.code == "rules.conflict"]
    pairs = oracle.conflicting(table)
    assert len(findings) == len(pairs)
    for finding in findings:
        (facts,) = finding.witness
        assert oracle.outcome(table, facts) == oracle.ERROR
    counted = Counter()
    for facts in oracle.inputs_of(table.inputs):
        hit = oracle.hitting(table, facts)
        counted["points"] += sum((a.id, b.id) in pairs for k, a in enumerate(hit) for b in hit[k + 1 :])
    assert sum(finding.count or 0 for finding in findings) == counted["points"]


@given(tables(("first", "priority", "rule-order", "output-order", "collect")))
def test_rul6_overlaps_are_one_note_with_the_pair_count(table):
    notes = [one for one in verify(table) if one.code == "rules.overlap"]
    pairs = oracle.conflicting(table)
    assert [one.count for one in notes] == ([len(pairs)] if pairs else [])


@given(tables(rises=True, single=True))
def test_rul7_rising_is_refuted_exactly_where_a_step_falls(table):
    _check_order(table, rising=True)


@given(tables(falls=True, single=True))
def test_rul7_falling_is_refuted_exactly_where_a_step_rises(table):
    _check_order(table, rising=False)


def _check_order(table, *, rising):
    findings = [one for one in verify(table) if one.code == "rules.monotone"]
    declared = (table.rises if rising else table.falls)["priority"]
    for name in declared:
        against = oracle.steps_against(table, "priority", name, rising=rising)
        told = [one for one in findings if dict(one.parts)["input"] == name]
        assert len(told) == bool(against)
        for finding in told:
            assert tuple(dict(facts) for facts in finding.witness) in against
            domain = next(domain for domain in table.inputs if domain.name == name)
            lowest = min(oracle.order_key(domain, below[name]) for below, _ in against)
            assert oracle.order_key(domain, finding.witness[0][name]) == lowest


@given(tables(), st.integers(0, 3))
def test_rul6_a_proof_that_runs_out_of_steps_gives_exact_shares(table, steps):
    inputs = list(oracle.inputs_of(table.inputs))
    open_share = Fraction(len(oracle.gaps(table)), len(inputs))
    for finding in verify(table, steps=steps):
        if finding.key == "rules.not-proven.gaps":
            parts = dict(finding.parts)
            in_gaps, covered, unseen = (Fraction(parts[share]) for share in ("gaps", "covered", "unseen"))
            assert in_gaps + covered + unseen == 1
            assert in_gaps <= open_share <= in_gaps + unseen
