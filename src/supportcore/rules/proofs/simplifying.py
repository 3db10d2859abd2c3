"""A smaller table that answers the same, proved equal; never called minimal (RUL-9)."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from attrs import evolve

from supportcore.domains import Domain, Subset
from supportcore.errors import DefinitionError
from supportcore.mappings import FrozenMapping
from supportcore.rules.cells import ANYTHING
from supportcore.rules.compiler.building import LISTS
from supportcore.rules.compiler.columns import Column, cell_for
from supportcore.rules.decisions import Rule
from supportcore.rules.proofs.diff import same_answers
from supportcore.rules.proofs.search import MOST_STEPS, Budget
from supportcore.rules.proofs.verifying import verify
from supportcore.rules.tables import DecisionTable, must_be_table

# Of the proofs of all changes that are tried: as many as two comparisons of tables may take.
MOST_IN_ALL = 2 * MOST_STEPS


def simplify(table: DecisionTable, *, steps: int = MOST_IN_ALL) -> DecisionTable:
    """A table with fewer rules or cells and the same answers, or the table itself where none is found.

    Rules that never decide are left out; cells that everything fits become free; two rules with the same outcome and
    reason that differ in one input become one, on sets of words where a cell can say so. A change is kept only where
    it is proved, as by `diff_tables`, that no answer changes. All proofs together take at most so many `steps`; what
    was proved by then is the answer. Raises `DefinitionError` for list policies: there each rule shows.

    >>> from supportcore.domains import Scale
    >>> usage = Scale("usage", ["rare", "regular", "core"])
    >>> table = DecisionTable(name="t", inputs=[usage], outputs=[Scale("priority", ["minor", "major"])], rules=[
    ...     Rule({"usage": "rare"}, {"priority": "minor"}), Rule({"usage": "regular"}, {"priority": "major"}),
    ...     Rule({"usage": "core"}, {"priority": "major"})])
    >>> [rule.when for rule in simplify(table).rules]
    [FrozenMapping({'usage': Is(value='rare')}), FrozenMapping({'usage': Compare(operator='>=', value='regular')})]
    """
    must_be_table(table)
    if table.hit in LISTS:
        raise DefinitionError(f"table `{table.name}` lists its rules' answers by `{table.hit}`; each of them shows")
    smaller, budget = table, Budget(steps)
    while (found := next(_proved(smaller, budget), None)) is not None:
        smaller = found
    return smaller


def _proved(table: DecisionTable, budget: Budget) -> Iterator[DecisionTable]:
    """Tables with one rule or one cell less that answer the same, as far as the steps go."""
    for rules in _candidates(table):
        waivers = [one for one in table.waivers if all(any(rule.id == name for rule in rules) for name in one.rules)]
        candidate = evolve(table, rules=rules, waivers=waivers)
        try:
            same = same_answers(table, candidate, budget)
        except DefinitionError:  # the steps are used up
            return
        if same:
            yield candidate


def _candidates(table: DecisionTable) -> Iterator[Sequence[Rule]]:
    idle = [one.path for one in verify(table) if one.code in ("rules.dead", "rules.redundant")]
    for rule in table.rules:
        if f"{table.name}, rule {rule.id}" in idle:
            yield [other for other in table.rules if other is not rule]
    for rule in table.rules:
        for domain in table.inputs:
            if domain.name in rule.when and cell_for(*_pieces(table, domain, rule)) is ANYTHING:
                free = evolve(rule, when=FrozenMapping(rule.when).without(domain.name))
                yield [free if other is rule else other for other in table.rules]
    for (place, one), (_, other) in combinations(enumerate(table.rules), 2):
        joined = _joined(table, one, other)
        if joined is not None:
            yield [*table.rules[:place], joined, *(rule for rule in table.rules[place + 1 :] if rule is not other)]


def _pieces(table: DecisionTable, domain: Domain, rule: Rule) -> tuple[Column, list[int]]:
    """The column of an input, and the pieces of it that a rule fits."""
    column = next(column for column in table.compiled.columns if column.domain.name == domain.name)
    bit = table.compiled.order.index(table.rules.index(rule))
    return column, [piece for piece, mask in enumerate(column.masks) if mask >> bit & 1]


def _joined(table: DecisionTable, one: Rule, other: Rule) -> Rule | None:
    """One rule in place of two, where they say the same and differ in a single input."""
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
    # No cell says every union of two on sets of words, but where one side holds the other it is that one.
    wider = next((rule for rule, side in zip((one, other), sides, strict=True) if side == pieces), None)
    return None if wider is None else evolve(one, when={**one.when, name: wider.when[name]})
