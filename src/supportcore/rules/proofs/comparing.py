"""Comparing two tables exactly, as a memoised diagram over their common columns (RUL-8)."""

from attrs import Factory, field, frozen

from supportcore.errors import DefinitionError
from supportcore.rules.compiler.columns import Column
from supportcore.rules.deciding import result_with
from supportcore.rules.decisions import Result
from supportcore.rules.proofs.monotone import changed_rules, settled_rules, up_to_the_winner
from supportcore.rules.proofs.search import Box, StepBudget, merged
from supportcore.rules.tables import DecisionTable


@frozen
class ResultPair:
    """The results of the old and the new table, `None` without a decision."""

    before: Result | None
    after: Result | None


Sizes = dict[int, int]
"""The number of inputs for each change, by its number."""


@frozen
class Comparison:
    """Two tables and what is known of their differences so far.

    `settled[k]` holds the rules that fit all inputs from column `k` on, `wholes[k]` the number of these inputs.
    `changes` numbers the pairs of results; `seen` keeps the sizes of a level and the rules alive there.
    """

    old: DecisionTable
    new: DecisionTable
    columns: tuple[Column, ...]
    budget: StepBudget
    settled: tuple[int, ...]
    changed: tuple[tuple[int, ...], ...]
    sizes: tuple[tuple[int, ...], ...]
    wholes: tuple[int, ...]
    countable: bool
    steps: int = field(init=False, default=Factory(lambda self: self.budget.left, takes_self=True))
    seen: dict[tuple[int, int], Sizes] = field(factory=dict)
    changes: dict[ResultPair, int] = field(factory=dict)
    number_by_rules: dict[int, int] = field(factory=dict)

    def find_changes(self) -> Sizes:
        """Return the sizes of all changes over all inputs; raise `DefinitionError` if the steps run out."""
        return self._sizes_from(0, self._every)

    def boxes_of(self, number: int) -> list[Box]:
        """Return the disjoint boxes of a change that was found, in the order of their lowest inputs."""
        boxes = merged(self._boxes_from(0, self._every, number, {}))
        return sorted(boxes, key=lambda box: [pieces & -pieces for pieces in box])

    @property
    def _every(self) -> int:
        return (1 << (len(self.old.rules) + len(self.new.rules))) - 1

    def _sizes_from(self, level: int, alive: int) -> Sizes:
        """Return the sizes of the changes over the columns from a level on, where these rules are alive."""
        settled = self.settled[level]
        alive = self._trimmed(alive, settled)
        known = self.seen.get((level, alive))
        if known is not None:
            return known
        self.budget.left -= 1
        if self.budget.left < 0:
            raise DefinitionError(
                f"tables `{self.old.name}` and `{self.new.name}` differ in too many ways to compare them exactly "
                f"within {self.steps:,} steps; compare smaller tables, or their decisions for real facts with "
                "`share_changed`"
            )
        sizes: Sizes = {}
        if not alive & ~settled:
            number = self._number(alive)
            if number >= 0:
                sizes[number] = self.wholes[level]
        elif not self._same_rules(level, alive):
            for below, pieces in self._pieces_by_rules(level, alive).items():
                weight = sum(self.sizes[level][piece] for piece in pieces)
                for number, size in self._sizes_from(level + 1, below).items():
                    sizes[number] = sizes.get(number, 0) + size * weight
        self.seen[level, alive] = sizes
        return sizes

    def _pieces_by_rules(self, level: int, alive: int) -> dict[int, list[int]]:
        """Return the pieces of a column by the rules that are alive there."""
        parted: dict[int, list[int]] = {}
        pieces: list[int] = []
        for piece, (mask, changed) in enumerate(zip(self.columns[level].masks, self.changed[level], strict=True)):
            if alive & changed or not piece:
                pieces = parted.setdefault(alive & mask, [])
            pieces.append(piece)
        return parted

    def _boxes_from(
        self, level: int, alive: int, number: int, known: dict[tuple[int, int], tuple[Box, ...]]
    ) -> tuple[Box, ...]:
        """Return the boxes of a change over the columns from a level on."""
        alive = self._trimmed(alive, self.settled[level])
        if number not in self.seen.get((level, alive), {}):
            return ()
        if (level, alive) not in known:
            if not alive & ~self.settled[level]:
                known[level, alive] = (tuple((1 << len(column.masks)) - 1 for column in self.columns[level:]),)
            else:
                along: dict[Box, int] = {}
                for below, pieces in self._pieces_by_rules(level, alive).items():
                    for rest in self._boxes_from(level + 1, below, number, known):
                        along[rest] = along.get(rest, 0) | sum(1 << piece for piece in pieces)
                known[level, alive] = tuple((pieces, *rest) for rest, pieces in along.items())
        return known[level, alive]

    def _trimmed(self, alive: int, settled: int) -> int:
        """Return the rules of both tables that can still win."""
        low = len(self.old.rules)
        old, new = alive & ((1 << low) - 1), alive >> low
        if self.old.hit in ("first", "priority"):
            old = up_to_the_winner(old, settled)
        if self.new.hit in ("first", "priority"):
            new = up_to_the_winner(new, settled >> low)
        return old | new << low

    def _number(self, alive: int) -> int:
        """Return the number of the change where these rules fit, -1 without a change."""
        if alive not in self.number_by_rules:
            low = len(self.old.rules)
            results = ResultPair(result_with(self.old, alive & ((1 << low) - 1)), result_with(self.new, alive >> low))
            number = self.changes.setdefault(results, len(self.changes))
            self.number_by_rules[alive] = -1 if results.before == results.after else number
        return self.number_by_rules[alive]

    def _same_rules(self, level: int, alive: int) -> bool:
        """Return whether the rules alive in both tables are equal from a column on, so that nothing differs there."""
        one, other = self.old, self.new
        if (one.hit, one.aggregate, one.default) != (other.hit, other.aggregate, other.default):
            return False
        low = len(one.rules)
        old, new = alive & ((1 << low) - 1), alive >> low
        if old.bit_count() != new.bit_count():
            return False
        names = [column.domain.name for column in self.columns[level:]]
        if any(_domain(one, name) != _domain(other, name) for name in names):
            return False
        return all(
            _cells_and_outcome(one, old_bit, names) == _cells_and_outcome(other, new_bit, names)
            for old_bit, new_bit in zip(_bits(old), _bits(new), strict=True)
        )


def comparison_of(
    old: DecisionTable, new: DecisionTable, columns: tuple[Column, ...], budget: StepBudget
) -> Comparison:
    """Return the comparison of two tables over their common columns."""
    sizes = [[column.size(piece) for piece in range(len(column.masks))] for column in columns]
    counted = tuple(tuple(size or 0 for size in column) for column in sizes)
    wholes = [1]
    for column_sizes in reversed(counted):
        wholes.append(wholes[-1] * sum(column_sizes))
    return Comparison(
        old,
        new,
        columns,
        budget,
        settled=settled_rules((1 << (len(old.rules) + len(new.rules))) - 1, columns),
        changed=tuple(changed_rules(column) for column in columns),
        sizes=counted,
        wholes=tuple(reversed(wholes)),
        countable=all(size is not None for column in sizes for size in column),
    )


def _domain(table: DecisionTable, name: str) -> object:
    return next((domain for domain in table.inputs if domain.name == name), None)


def _bits(mask: int) -> list[int]:
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]


def _cells_and_outcome(table: DecisionTable, bit: int, names: list[str]) -> tuple[object, ...]:
    rule = table.rules[table.compiled.order[bit]]
    return (rule.then, *(rule.when.get(name) for name in names))
