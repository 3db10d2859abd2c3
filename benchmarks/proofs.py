"""Proofs of tables as people have them, in calibrated time: choices, scales, numbers and flags, whole and cut short.

The tables are drawn with fixed seeds. A tree is cut out of the whole space: a region is split in two, again and again,
a choice into members that are no neighbours. In a table that is cut short, a tenth of the rules lose a part of one
cell, so each leaves a gap. A proof that runs out of steps, or has too many regions of gaps, fails the benchmark.
"""

import random
from collections.abc import Callable, Sequence
from functools import cache, partial
from itertools import cycle, islice
from typing import Any

from attrs import evolve, frozen

import supportcore as sc
from benchmarks import rules
from benchmarks.budgets import Budget, NotProvenError, figure_text
from benchmarks.clock import calibrated_ms, ms_of, seconds_of
from supportcore.rules import simplify

RULES = 1500
MOST_REGIONS = 1.2
TOP = 9999
OUTCOMES = ["minor", "major", "critical", "blocker"]

Values = Sequence[int]
Region = list[Values]


@frozen
class Kind:
    """A kind of column: the number of its values, and whether a missing fact is one value more, the last."""

    name: str
    size: int
    optional: bool = False

    @property
    def ordered(self) -> bool:
        """Whether a region is cut in two ranges."""
        return self.name != "choice" and not self.optional

    @property
    def whole(self) -> Values:
        """All values."""
        return range(self.size + self.optional)

    def domain(self, name: str) -> Any:
        """The column of this name."""
        if self.name == "flag":
            return sc.Flag(name)
        if self.name == "number":
            return sc.Integer(name, 0, self.size - 1, optional=self.optional)
        make = sc.Scale if self.name == "scale" else sc.Choice
        return make(name, [f"m{member}" for member in range(self.size)], optional=self.optional)

    def halves(self, values: Values, draw: random.Random) -> tuple[Values, Values]:
        """Two parts of at least two values."""
        at = draw.randrange(1, len(values))
        if self.ordered:
            return values[:at], values[at:]
        shuffled = draw.sample(values, len(values))
        return sorted(shuffled[:at]), sorted(shuffled[at:])

    def cell(self, values: Values) -> str:
        """The cell of some values; a negation where that is shorter."""
        if self.name == "flag":
            return "yes" if values[0] else "no"
        if self.name == "number":
            return f"[{values[0]}..{values[-1]}]"
        named = [f"m{value}" for value in values if value < self.size]
        if len(named) > self.size // 2 and self.size not in values and len(named) < self.size:
            return f"not({', '.join(f'm{value}' for value in range(self.size) if value not in values)})"
        return ", ".join([*named, *(["missing"] if self.size in values else [])])


NUMBER, CHOICE, SCALE, FLAG = Kind("number", TOP + 1), Kind("choice", 8), Kind("scale", 5), Kind("flag", 2)
MAYBE = Kind("choice", 6, optional=True)
MIXTURES = {
    "numbers and choices of eight": (NUMBER, CHOICE),
    "mixed": (NUMBER, CHOICE, SCALE, NUMBER, FLAG, MAYBE, CHOICE),
    "choices of eight": (CHOICE,),
    "numbers": (NUMBER,),
}


def kinds_of(mixture: str, columns: int) -> list[Kind]:
    """The kinds of so many columns."""
    return list(islice(cycle(MIXTURES[mixture]), columns))


def tree(kinds: Sequence[Kind], draw: random.Random) -> list[Region]:
    """Disjoint regions that fill the space."""
    regions: list[Region] = [[kind.whole for kind in kinds]]
    while len(regions) < RULES:
        at, column = draw.randrange(len(regions)), draw.randrange(len(kinds))
        region = regions[at]
        if len(region[column]) > 1:
            for values in kinds[column].halves(region[column], draw):
                regions.append([*region[:column], values, *region[column + 1 :]])
            regions[at] = regions.pop()
    return regions


def shortened(regions: list[Region], draw: random.Random) -> list[Region]:
    """The regions, a tenth of them without the last value, or the last hundredth, of one column."""
    made = list(regions)
    for at in draw.sample(range(len(made)), len(made) // 10):
        columns = [column for column, values in enumerate(made[at]) if len(values) > 1]
        column = draw.choice(columns)
        values = made[at][column]
        made[at] = [*made[at][:column], values[: -1 - len(values) // 100], *made[at][column + 1 :]]
    return made


def overlapping(kinds: Sequence[Kind], draw: random.Random) -> list[Region]:
    """Regions drawn at random, each bounded in three columns, and the whole space."""
    regions = []
    for _ in range(RULES - 1):
        bounded = draw.sample(range(len(kinds)), 3)
        region = [kind.whole for kind in kinds]
        for column in bounded:
            region[column] = draw.choice(kinds[column].halves(region[column], draw))
        regions.append(region)
    return [*regions, [kind.whole for kind in kinds]]


def table_of(regions: list[Region], kinds: Sequence[Kind], hit: Any) -> Any:
    """The table with a rule for each region."""
    made = []
    for number, region in enumerate(regions):
        cells = {
            f"c{at}": kind.cell(values)
            for at, (kind, values) in enumerate(zip(kinds, region, strict=True))
            if len(values) < len(kind.whole)
        }
        made.append(sc.Rule(cells, {"priority": OUTCOMES[number % len(OUTCOMES)]}))
    inputs = [kind.domain(f"c{at}") for at, kind in enumerate(kinds)]
    outputs = [sc.Scale("priority", OUTCOMES)]
    table: Any = sc.DecisionTable(name="t", hit=hit, inputs=inputs, outputs=outputs, rules=made)
    return table


@cache
def drawn(mixture: str, columns: int, form: str) -> Any:
    """A table of a mixture: `whole`, `cut short`, `overlapping`, or `with exceptions` before a tree."""
    draw, kinds = random.Random(columns), kinds_of(mixture, columns)
    if form == "overlapping":
        return table_of(overlapping(kinds, draw), kinds, "first")
    regions = tree(kinds, draw)
    if form == "with exceptions":
        return table_of([*overlapping(kinds, draw)[:20], *regions], kinds, "first")
    return table_of(regions if form == "whole" else shortened(regions, draw), kinds, "unique")


def proved_ms(prove: Callable[[], Sequence[Any]], most_gaps: float = 0) -> float:
    """Calibrated milliseconds of a proof that must be complete; one that takes long is measured once."""
    found: list[Any] = []
    seconds = seconds_of(lambda: found.extend(prove()))
    taken = figure_text(calibrated_ms(seconds))
    if any(finding.code == "rules.not-proven" and finding.variant != "holes" for finding in found):
        raise NotProvenError(f"not proven within its steps, after {taken} ms")
    gaps = sum(finding.code == "rules.gap" for finding in found)
    if gaps > most_gaps:
        raise NotProvenError(f"{gaps} regions of gaps, after {taken} ms")
    return ms_of(prove) if seconds < 1 else calibrated_ms(seconds)


def verify_ms(mixture: str, columns: int, form: str) -> float:
    """Calibrated milliseconds of `verify`."""
    table = drawn(mixture, columns, form)
    return proved_ms(lambda: sc.verify(table), MOST_REGIONS * (RULES // 10) if form == "cut short" else 0)


def order_ms(columns: int) -> float:
    """Calibrated milliseconds of `verify` with an order that holds: the outcome follows the first column."""
    table = drawn("mixed", columns, "whole")
    outcomes = [{"priority": OUTCOMES[_lowest(rule) * len(OUTCOMES) // (TOP + 1)]} for rule in table.rules]
    ordered = [evolve(rule, then=then) for rule, then in zip(table.rules, outcomes, strict=True)]
    risen = evolve(table, rules=ordered, rises={"priority": ["c0"]})
    return proved_ms(lambda: sc.verify(risen))


def _lowest(rule: Any) -> int:
    """The lowest number of the first column that a rule fits."""
    cell = rule.when.get("c0")
    return int(getattr(cell, "low", getattr(cell, "value", 0)))


def diff_ms(columns: int) -> float:
    """Calibrated milliseconds of the difference between a whole table and the table cut short."""
    old, new = (drawn("mixed", columns, form) for form in ("whole", "cut short"))
    return ms_of(lambda: sc.diff_tables(old, new))


def small_diff_ms() -> float:
    """Calibrated milliseconds of the exact difference of two tables of twelve rules."""
    old = rules.table(12)
    new = evolve(old, rules=[*old.rules[3:], *old.rules[:3]])
    return ms_of(lambda: sc.diff_tables(old, new))


def simplify_ms(columns: int) -> float:
    """Calibrated milliseconds of `simplify`."""
    table = drawn("mixed", columns, "whole")
    return calibrated_ms(seconds_of(lambda: simplify(table)))


def _budget(work: str, at_most: float, measure: Callable[..., float], *arguments: object) -> Budget:
    return Budget(work, at_most, "ms", partial(measure, *arguments))


BUDGETS = (
    *(
        _budget(f"`verify`, 1,500 rules × {columns}, {mixture}, {form}", at_most, verify_ms, mixture, columns, form)
        for mixture in MIXTURES
        for columns, at_most in ((7, 100), (13, 250))
        for form in ("whole", "cut short")
    ),
    *(
        _budget(f"`verify`, 1,500 rules × 7, {mixture}, {form}", 1500, verify_ms, mixture, 7, form)
        for mixture in MIXTURES
        for form in ("overlapping", "with exceptions")
    ),
    *(_budget(f"an order proved, 1,500 rules × {columns}, mixed", 1500, order_ms, columns) for columns in (7, 13)),
    *(
        _budget(f"`diff_tables`, 1,500 rules × {columns}, mixed, whole and cut short", 250, diff_ms, columns)
        for columns in (7, 13)
    ),
    *(_budget(f"`simplify`, 1,500 rules × {columns}, mixed, whole", 2500, simplify_ms, columns) for columns in (7, 13)),
    _budget("`diff_tables`, two tables of 12 × 6", 3, small_diff_ms),
)
