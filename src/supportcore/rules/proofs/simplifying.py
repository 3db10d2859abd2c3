"""Simplifying a table: fewer rules and cells, proved to decide alike, though not always the fewest (RUL-9)."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, mutable

from supportcore.domains import Subset
from supportcore.errors import DefinitionError
from supportcore.rules.compiler.columns import cell_for
from supportcore.rules.decisions import LISTS, Rule
from supportcore.rules.proofs.comparing import OutOfStepsError, side_of
from supportcore.rules.proofs.diff import same_results
from supportcore.rules.proofs.overlaps import find_overlaps, unneeded_bits
from supportcore.rules.proofs.search import MOST_STEPS, StepBudget
from supportcore.rules.proofs.space import SearchSpace
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
    simplified = _Simplified(table, StepBudget(steps))
    finders = (_droppable, _freeable, _mergeable)
    while any(simplified.take([*find(simplified.table, simplified.budget)]) for find in finders):
        pass
    return simplified.table


Change = Mapping[str, Rule | None]
"""The rules that a change replaces or drops, by name."""


@mutable
class _Simplified:
    """A table that was proved to decide like the first one, and the steps that are left."""

    table: DecisionTable
    budget: StepBudget

    def take(self, changes: Sequence[Change]) -> bool:
        """Take the changes that are proved, together if possible, else by halves; return whether any was proved."""
        if not changes:
            return False
        together = {name: rule for change in changes for name, rule in change.items()}
        rules = [rule for old in self.table.rules if (rule := together.get(old.id, old)) is not None]
        kept = {rule.id for rule in rules}
        waivers = [waiver for waiver in self.table.waivers if kept.issuperset(waiver.rules)]
        candidate = evolve(self.table, rules=rules, waivers=waivers)
        try:
            same = same_results(self.table, candidate, self.budget)
        except OutOfStepsError:
            same = False
        if same:
            self.table = candidate
        elif len(changes) > 1:
            half = len(changes) // 2
            first, second = self.take(changes[:half]), self.take(changes[half:])
            return first or second
        return same


def _droppable(table: DecisionTable, budget: StepBudget) -> Iterator[Change]:
    """Return the changes that each drop a rule that no outcome rests on."""
    space = SearchSpace.of_table(table)
    for bit, proved in unneeded_bits(side_of(table), space, find_overlaps(space), budget):
        if proved:
            yield {table.rules[table.compiled.order[bit]].id: None}


def _freeable(table: DecisionTable, budget: StepBudget) -> Iterator[Change]:
    """Return the changes that each free the cells of a rule that every value fits."""
    space = SearchSpace.of_table(table)
    for place, box in zip(table.compiled.order, space.boxes, strict=True):
        rule = table.rules[place]
        free = {
            column.domain.name
            for column, side, whole in zip(space.columns, box, space.whole, strict=True)
            if side == whole and column.domain.name in rule.when
        }
        if free:
            yield {rule.id: evolve(rule, when={name: cell for name, cell in rule.when.items() if name not in free})}


def _mergeable(table: DecisionTable, budget: StepBudget) -> Iterator[Change]:
    """Return the changes that each merge two rules with the same outcome and reason that differ in a single input."""
    space = SearchSpace.of_table(table)
    boxes = dict(zip(table.compiled.order, map(space.in_pieces, space.boxes), strict=True))
    alike: dict[object, list[int]] = {}
    keys = []
    for place, rule in enumerate(table.rules):
        box = boxes[place]
        own = [(rule.then, rule.because, at, *box[:at], *box[at + 1 :]) for at in range(len(box))]
        for key in own:
            alike.setdefault(key, []).append(place)
        keys.append(own)
    merged: set[int] = set()
    for place, one in enumerate(table.rules):
        if place in merged:
            continue
        later = sorted((other, at) for at, key in enumerate(keys[place]) for other in alike[key] if other > place)
        for second, at in later:
            other, first_side, second_side = table.rules[second], boxes[place][at], boxes[second][at]
            if second in merged or first_side == second_side:
                continue
            union = _union(table, at, [(one, first_side), (other, second_side)])
            if union is not None:
                merged |= {place, second}
                yield {one.id: union, other.id: None}
                break


def _union(table: DecisionTable, at: int, sides: Sequence[tuple[Rule, int]]) -> Rule | None:
    """Return the first of two rules with the cell of both in one column, `None` if no cell expresses it."""
    (one, first), (_, second) = sides
    column, pieces = table.compiled.columns[at], first | second
    present = (1 << column.present) - 1
    if not isinstance(column.domain, Subset) or pieces & present == present:
        return evolve(one, when={**one.when, column.domain.name: cell_for(column, pieces)})
    # No cell expresses every union of sets of words, but if one cell includes the other, it is their union.
    wider = next((rule for rule, side in sides if side == pieces), None)
    return None if wider is None else evolve(one, when={**one.when, column.domain.name: wider.when[column.domain.name]})
