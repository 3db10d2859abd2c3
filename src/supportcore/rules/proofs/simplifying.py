"""Simplifying a table: fewer rules and cells, proved to decide alike, though not always the fewest (RUL-9)."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from attrs import evolve

from supportcore.domains import Domain, Subset
from supportcore.errors import DefinitionError
from supportcore.mappings import FrozenMapping
from supportcore.rules.cells import ANYTHING
from supportcore.rules.compiler.columns import Column, cell_for
from supportcore.rules.decisions import LISTS, Rule
from supportcore.rules.proofs.diff import same_results
from supportcore.rules.proofs.search import MOST_STEPS, StepBudget
from supportcore.rules.proofs.verifying import verify
from supportcore.rules.tables import DecisionTable, require_table

# For the proofs of all changes together: the steps of two comparisons of tables.
MOST_IN_ALL = 2 * MOST_STEPS


def simplify(table: DecisionTable, *, steps: int = MOST_IN_ALL) -> DecisionTable:
    """Return a table with fewer rules or cells and the same results, or `table` itself if none is found.

    Rules that never decide are dropped; cells that every value fits become free; two rules with the same outcome and
    reason that differ in one input are merged, for subsets only if a cell can express the union. A change is kept only
    if it is proved, as by `diff_tables`, that no result changes. All proofs together take at most `steps`; changes
    proved until then are kept. Raises `DefinitionError` for list policies, whose results show every rule.

    >>> from supportcore.domains import Scale
    >>> usage = Scale("usage", ["rare", "regular", "core"])
    >>> table = DecisionTable(name="t", inputs=[usage], outputs=[Scale("priority", ["minor", "major"])], rules=[
    ...     Rule({"usage": "rare"}, {"priority": "minor"}), Rule({"usage": "regular"}, {"priority": "major"}),
    ...     Rule({"usage": "core"}, {"priority": "major"})])
    >>> [rule.when for rule in simplify(table).rules]
    [FrozenMapping({'usage': Is(value='rare')}), FrozenMapping({'usage': Compare(operator='>=', value='regular')})]
    """
    require_table(table)
    if table.hit in LISTS:
        raise DefinitionError(
            f"table `{table.name}` lists the outcomes of its rules (`{table.hit}`), so no rule can be dropped or merged"
        )
    smaller, budget = table, StepBudget(steps)
    while (found := next(_proved(smaller, budget), None)) is not None:
        smaller = found
    return smaller


def _proved(table: DecisionTable, budget: StepBudget) -> Iterator[DecisionTable]:
    """Return the tables with one rule or one cell fewer that are proved to have the same results."""
    for rules in _candidates(table):
        kept = {rule.id for rule in rules}
        waivers = [waiver for waiver in table.waivers if kept.issuperset(waiver.rules)]
        candidate = evolve(table, rules=rules, waivers=waivers)
        try:
            same = same_results(table, candidate, budget)
        except DefinitionError:  # the steps ran out
            return
        if same:
            yield candidate


def _candidates(table: DecisionTable) -> Iterator[Sequence[Rule]]:
    unneeded = [found.path for found in verify(table) if found.code in ("rules.dead", "rules.redundant")]
    for rule in table.rules:
        if f"{table.name}, rule {rule.id}" in unneeded:
            yield [other for other in table.rules if other is not rule]
    for rule in table.rules:
        for domain in table.inputs:
            if domain.name in rule.when and cell_for(*_pieces(table, domain, rule)) is ANYTHING:
                free = evolve(rule, when=FrozenMapping(rule.when).without(domain.name))
                yield [free if other is rule else other for other in table.rules]
    for (place, one), (_, other) in combinations(enumerate(table.rules), 2):
        merged = _merged(table, one, other)
        if merged is not None:
            yield [*table.rules[:place], merged, *(rule for rule in table.rules[place + 1 :] if rule is not other)]


def _pieces(table: DecisionTable, domain: Domain, rule: Rule) -> tuple[Column, list[int]]:
    """Return the column of an input and the pieces of it that a rule fits."""
    column = next(column for column in table.compiled.columns if column.domain.name == domain.name)
    bit = table.compiled.order.index(table.rules.index(rule))
    return column, [piece for piece, mask in enumerate(column.masks) if mask >> bit & 1]


def _merged(table: DecisionTable, one: Rule, other: Rule) -> Rule | None:
    """Return one rule in place of two with the same outcome and reason that differ in a single input."""
    if (one.then, one.because) != (other.then, other.because):
        return None
    differing = [domain for domain in table.inputs if one.when.get(domain.name) != other.when.get(domain.name)]
    if len(differing) != 1:
        return None
    name = differing[0].name
    (column, first), (_, second) = (_pieces(table, differing[0], rule) for rule in (one, other))
    sides, pieces = (first, second), sorted({*first, *second})
    if not isinstance(column.domain, Subset) or pieces[: column.present] == list(range(column.present)):
        return evolve(one, when={**one.when, name: cell_for(column, pieces)})
    # No cell expresses every union of sets of words, but if one cell includes the other, it is their union.
    wider = next((rule for rule, side in zip((one, other), sides, strict=True) if side == pieces), None)
    return None if wider is None else evolve(one, when={**one.when, name: wider.when[name]})
