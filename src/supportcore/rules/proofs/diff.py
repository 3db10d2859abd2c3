"""What changes between two versions of a table: the exact set of inputs whose outcome differs (RUL-8)."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import reduce

from attrs import Factory, field, frozen

from supportcore.domains import Value
from supportcore.errors import DefinitionError, NoDecisionError, RuleConflictError
from supportcore.mappings import FrozenMapping
from supportcore.rules.compiler.columns import Column
from supportcore.rules.deciding import outcome_with
from supportcore.rules.decisions import Outcome, must_be_many
from supportcore.rules.phrases import answer_words
from supportcore.rules.proofs.alignment import DomainChange, meeting
from supportcore.rules.proofs.monotone import turns_of, up_to_the_winner
from supportcore.rules.proofs.regions import Facts, Region, region_of, witness_of
from supportcore.rules.proofs.search import MOST_STEPS, Box, Budget, joined
from supportcore.rules.tables import DecisionTable, must_be_table
from supportcore.wording import Language, count_words, say

Answer = Outcome | tuple[Outcome, ...] | None
Turn = tuple[Answer, Answer]
Turns = dict[int, int]


@frozen
class Change:
    """One kind of change: from an answer to another, in which disjoint regions, of how many inputs.

    An answer is nothing where no rule fits, or where rules fit that may not together. `count` is nothing where the
    inputs cannot be counted.
    """

    before: Answer
    after: Answer
    count: int | None
    _walk: "_Walk" = field(repr=False, eq=False)
    _number: int = field(repr=False, eq=False)

    @property
    def regions(self) -> tuple[FrozenMapping[str, str], ...]:
        """The inputs that change, as disjoint regions in the words of the cells."""
        return tuple(region.spelled() for region in self._regions())

    @property
    def witnesses(self) -> tuple[Facts, ...]:
        """The lowest input of each region."""
        return tuple(witness_of(self._walk.columns, box) for box in self._boxes())

    def _regions(self) -> list[Region]:
        return [region_of(self._walk.columns, box) for box in self._boxes()]

    def _boxes(self) -> list[Box]:
        boxes = joined(_boxes(self._walk, 0, _everything(self._walk), self._number, {}))
        return sorted(boxes, key=lambda box: [pieces & -pieces for pieces in box])


@frozen
class Difference:
    """Everything that differs between two tables; false where nothing does.

    `inputs` counts the inputs compared, nothing where it cannot. Where domains differ only the values that both have
    are compared; `domains` lists the rest.
    """

    table: str
    changes: tuple[Change, ...]
    domains: tuple[DomainChange, ...]
    inputs: int | None

    @property
    def count(self) -> int | None:
        """How many inputs change, nothing where they cannot be counted."""
        counts = [change.count for change in self.changes]
        return None if None in counts else sum(count for count in counts if count is not None)

    def __bool__(self) -> bool:
        return bool(self.changes or self.domains)


def diff_tables(old: DecisionTable, new: DecisionTable, *, steps: int = MOST_STEPS) -> Difference:
    """The exact set of inputs to which two tables give different answers, by kind of change.

    An input that only one of the tables asks for is compared too: the other answers the same whatever it is. Raises
    `DefinitionError` where an input is of another kind in the other table, where the outputs have other names, or
    where more than `steps` would be needed to compare the tables exactly.

    >>> from supportcore.domains import Integer, Scale
    >>> from supportcore.rules import Rule
    >>> def version(bound):
    ...     return DecisionTable(name="priority", hit="first", inputs=[Integer("users", 0, 999)],
    ...         outputs=[Scale("priority", ["minor", "major"])],
    ...         rules=[Rule({"users": f">= {bound}"}, {"priority": "major"})], default={"priority": "minor"})
    >>> (change,) = diff_tables(version(100), version(50)).changes
    >>> change.before["priority"], change.after["priority"], change.count, change.regions[0]["users"]
    ('minor', 'major', 50, '[50..99]')
    """
    met = meeting(old, new)
    walk = _walk(old, new, met.columns, Budget(steps))
    sizes_of = _turns(walk, 0, _everything(walk))
    changes = tuple(
        Change(*turn, sizes_of[number] if walk.countable else None, walk, number)
        for turn, number in walk.turns.items()
        if number in sizes_of
    )
    return Difference(new.name, changes, met.domains, walk.wholes[0] if walk.countable else None)


def same_answers(old: DecisionTable, new: DecisionTable, budget: Budget) -> bool:
    """Whether two tables of the same inputs and outputs give the same answers; `DefinitionError` beyond the budget."""
    walk = _walk(old, new, meeting(old, new).columns, budget)
    return not _turns(walk, 0, _everything(walk))


@frozen
class _Walk:
    old: DecisionTable
    new: DecisionTable
    columns: tuple[Column, ...]
    settled: tuple[int, ...]
    sizes: tuple[tuple[int, ...], ...]
    wholes: tuple[int, ...]
    piece_turns: tuple[tuple[tuple[int, int], ...], ...]
    countable: bool
    budget: Budget
    steps: int = field(init=False, default=Factory(lambda self: self.budget.left, takes_self=True))
    seen: dict[tuple[int, int], Turns] = field(factory=dict)
    turns: dict[Turn, int] = field(factory=dict)
    answers: dict[int, int] = field(factory=dict)


def _walk(old: DecisionTable, new: DecisionTable, columns: tuple[Column, ...], budget: Budget) -> _Walk:
    settled = [-1]
    for column in reversed(columns):
        settled.append(reduce(int.__and__, column.masks, settled[-1]))
    sizes = [[column.size(piece) for piece in range(len(column.masks))] for column in columns]
    countable = all(size is not None for column in sizes for size in column)
    counted = tuple(tuple(size or 0 for size in column) for column in sizes)
    wholes = [1]
    for each in reversed(counted):
        wholes.append(wholes[-1] * sum(each))
    turned = tuple(turns_of(column) for column in columns)
    settling, whole = tuple(reversed(settled)), tuple(reversed(wholes))
    return _Walk(old, new, columns, settling, counted, whole, turned, countable, budget)


def _everything(walk: _Walk) -> int:
    return (1 << (len(walk.old.rules) + len(walk.new.rules))) - 1


def _turns(walk: _Walk, level: int, alive: int) -> Turns:
    """How many inputs change in which way, over the columns from one on, where these rules are alive."""
    settled = walk.settled[level]
    alive = _trimmed(walk, alive, settled)
    known = walk.seen.get((level, alive))
    if known is not None:
        return known
    walk.budget.left -= 1
    if walk.budget.left < 0:
        raise DefinitionError(
            f"tables `{walk.old.name}` and `{walk.new.name}` differ in too many ways to compare them exactly within "
            f"{walk.steps:,} steps; compare smaller tables, or the answers to real facts by `share_changed`"
        )
    made: Turns = {}
    if not alive & ~settled:
        turn = _turn(walk, alive)
        if turn >= 0:
            made[turn] = walk.wholes[level]
    elif not _same_rules(walk, level, alive):
        for below, places in _parted(walk, level, alive).items():
            weight = sum(walk.sizes[level][place] for place in places)
            for turn, size in _turns(walk, level + 1, below).items():
                made[turn] = made.get(turn, 0) + size * weight
    walk.seen[level, alive] = made
    return made


def _parted(walk: _Walk, level: int, alive: int) -> dict[int, list[int]]:
    """The pieces of a column by the rules that are left alive there."""
    parted: dict[int, list[int]] = {}
    places: list[int] = []
    for place, (mask, turned) in enumerate(walk.piece_turns[level]):
        if alive & turned or not place:
            places = parted.setdefault(alive & mask, [])
        places.append(place)
    return parted


def _boxes(
    walk: _Walk, level: int, alive: int, number: int, known: dict[tuple[int, int], tuple[Box, ...]]
) -> tuple[Box, ...]:
    """The boxes of one change over the columns from one on; only where `_turns` found it."""
    alive = _trimmed(walk, alive, walk.settled[level])
    if number not in walk.seen.get((level, alive), {}):
        return ()
    if (level, alive) not in known:
        if not alive & ~walk.settled[level]:
            known[level, alive] = (tuple((1 << len(column.masks)) - 1 for column in walk.columns[level:]),)
        else:
            along: dict[Box, int] = {}
            for below, places in _parted(walk, level, alive).items():
                for rest in _boxes(walk, level + 1, below, number, known):
                    along[rest] = along.get(rest, 0) | sum(1 << place for place in places)
            known[level, alive] = tuple((places, *rest) for rest, places in along.items())
    return known[level, alive]


def _trimmed(walk: _Walk, alive: int, settled: int) -> int:
    """The rules of both tables that can still win."""
    low = len(walk.old.rules)
    old, new = alive & ((1 << low) - 1), alive >> low
    if walk.old.hit in ("first", "priority"):
        old = up_to_the_winner(old, settled)
    if walk.new.hit in ("first", "priority"):
        new = up_to_the_winner(new, settled >> low)
    return old | new << low


def _turn(walk: _Walk, alive: int) -> int:
    """The number of the change where these rules are alive, -1 where there is none."""
    if alive not in walk.answers:
        low = len(walk.old.rules)
        before = outcome_with(walk.old, walk.old.compiled, alive & ((1 << low) - 1))
        after = outcome_with(walk.new, walk.new.compiled, alive >> low)
        turn = walk.turns.setdefault((before, after), len(walk.turns))
        walk.answers[alive] = -1 if before == after else turn
    return walk.answers[alive]


def _same_rules(walk: _Walk, level: int, alive: int) -> bool:
    """Whether the rules alive in both tables say the same from this column on, so that nothing can differ below."""
    low = len(walk.old.rules)
    if walk.old.hit != walk.new.hit or walk.old.aggregate != walk.new.aggregate or walk.old.default != walk.new.default:
        return False
    old, new = alive & ((1 << low) - 1), alive >> low
    if old.bit_count() != new.bit_count():
        return False
    names = [column.domain.name for column in walk.columns[level:]]
    if any(_declared(walk.old, name) != _declared(walk.new, name) for name in names):
        return False
    return all(
        _says(walk.old, one, names) == _says(walk.new, other, names)
        for one, other in zip(_bits(old), _bits(new), strict=True)
    )


def _declared(table: DecisionTable, name: str) -> object:
    return next((domain for domain in table.inputs if domain.name == name), None)


def _bits(mask: int) -> list[int]:
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]


def _says(table: DecisionTable, bit: int, names: list[str]) -> tuple[object, ...]:
    rule = table.rules[table.compiled.order[bit]]
    return (rule.then, *(rule.when.get(name) for name in names))


def share_changed(old: DecisionTable, new: DecisionTable, facts: Iterable[Mapping[str, Value]]) -> Fraction:
    """The share of real facts to which two tables give different answers, exactly; no answer is an answer of its own.

    Raises `DefinitionError` where there are no facts.
    """
    must_be_table(old)
    must_be_table(new)
    must_be_many(facts, "facts")
    changed = [_answer(old, given) != _answer(new, given) for given in facts]
    if not changed:
        raise DefinitionError("there are no facts to compare the answers to; give at least one")
    return Fraction(sum(changed), len(changed))


def _answer(table: DecisionTable, facts: Mapping[str, Value]) -> Answer:
    try:
        return table.decide(facts).value
    except (NoDecisionError, RuleConflictError):
        return None


def difference_words(language: Language, table: DecisionTable, difference: Difference) -> str:
    """What changes between two versions; `table` is the newer one.

    >>> from supportcore.domains import Integer
    >>> from supportcore.rules import Rule, diff_tables
    >>> def version(bound):
    ...     return DecisionTable(name="t", hit="first", inputs=[Integer("users", 0, 9999)],
    ...         outputs=[Scale("priority", ["major", "blocker"])], default={"priority": "major"},
    ...         rules=[Rule({"users": f">= {bound}"}, {"priority": "blocker"})])
    >>> difference_words("en", version(50), diff_tables(version(100), version(50)))
    '50 of 10,000 inputs change, all major → blocker: 50 to 99 users'
    """
    if not difference:
        return say(language, "rules.same")
    lines = []
    if difference.changes:
        head = say(language, "rules.changes.uncounted")
        if difference.count is not None and difference.inputs is not None:
            numbers = [count_words(language, number) for number in (difference.count, difference.inputs)]
            key = "rules.changes" if difference.count != 1 else "rules.changes.one"
            head = say(language, key, count=numbers[0], inputs=numbers[1])
        told = [_change_parts(language, table, change) for change in difference.changes]
        if len(told) == 1:
            lines.append(say(language, "rules.change.only", head=head, **told[0]))
        else:
            lines.extend([head, *(say(language, "rules.change", **parts) for parts in told)])
    for domain in difference.domains:
        added = say(language, "rules.added", values=", ".join(domain.added)) if domain.added else ""
        removed = say(language, "rules.removed", values=", ".join(domain.removed)) if domain.removed else ""
        lines.append(say(language, "rules.domain", name=domain.input, added=added, removed=removed))
    return "\n".join(lines)


def _change_parts(language: Language, table: DecisionTable, change: Change) -> dict[str, str]:
    return {
        "count": "" if change.count is None else f"{count_words(language, change.count)}, ",
        "before": answer_words(language, table, change.before),
        "after": answer_words(language, table, change.after),
        "regions": "; ".join(region.in_words(language) for region in change._regions()),
    }
