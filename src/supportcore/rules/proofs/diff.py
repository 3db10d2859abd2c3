"""The difference between two versions of a table: the exact set of inputs whose result changes (RUL-8)."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import field, frozen

from supportcore.domains import Domain, Value
from supportcore.errors import DefinitionError, NoDecisionError, RuleConflictError
from supportcore.mappings import FrozenMapping
from supportcore.rules.decisions import Result, require_rows
from supportcore.rules.phrases import result_words
from supportcore.rules.proofs.alignment import DomainChange, align
from supportcore.rules.proofs.comparing import OutOfStepsError, corner, deviations, versions_of
from supportcore.rules.proofs.regions import Facts, region_of, witness_of
from supportcore.rules.proofs.search import MOST_STEPS, StepBudget, merged
from supportcore.rules.proofs.space import Box, SearchSpace
from supportcore.rules.tables import DecisionTable, require_table
from supportcore.wording import Language, count_words, language_named, say


@frozen
class OutcomeChange:
    """All inputs whose result changes from `before` to `after`.

    A result is `None` if no rule fits and there is no default, or if rules fit at once that may not. `count` is `None`
    if the inputs cannot be counted.
    """

    before: Result | None
    after: Result | None
    count: int | None
    _space: SearchSpace = field(repr=False, eq=False)
    _found: tuple[Box, ...] = field(repr=False, eq=False)

    @property
    def regions(self) -> tuple[FrozenMapping[str, str], ...]:
        """The inputs that change, as disjoint regions in the words of the cells."""
        return tuple(region_of(self._space.columns, box).spelled() for box in self._boxes())

    @property
    def witnesses(self) -> tuple[Facts, ...]:
        """The lowest input of each region."""
        return tuple(witness_of(self._space.columns, box) for box in self._boxes())

    def in_words(self, language: Language) -> str:
        """Return the regions as one phrase."""
        return "; ".join(region_of(self._space.columns, box).in_words(language) for box in self._boxes())

    def _boxes(self) -> list[Box]:
        return sorted(map(self._space.in_pieces, merged(self._found)), key=corner)


@frozen
class Difference:
    """Everything that differs between two tables; false if nothing differs.

    `inputs` is the number of inputs compared, `None` if they cannot be counted. If domains differ, only the values that
    both tables have are compared; `domains` lists the other values.
    """

    table: str
    changes: tuple[OutcomeChange, ...]
    domains: tuple[DomainChange, ...]
    inputs: int | None
    _outputs: tuple[Domain, ...] = field(repr=False, eq=False)

    @property
    def count(self) -> int | None:
        """The number of inputs that change, `None` if they cannot be counted."""
        counts = [change.count for change in self.changes]
        return None if None in counts else sum(count for count in counts if count is not None)

    def __bool__(self) -> bool:
        return bool(self.changes or self.domains)

    def __str__(self) -> str:
        return self.in_words("en")

    def in_words(self, language: Language = "en") -> str:
        """Return the difference as text in English (`en`) or German (`de`), with the number of inputs and the regions.

        >>> from supportcore.domains import Integer, Scale
        >>> from supportcore.rules import Rule
        >>> def version(bound):
        ...     return DecisionTable(name="t", hit="first", inputs=[Integer("users", 0, 9999)],
        ...         outputs=[Scale("priority", ["major", "blocker"])], default={"priority": "major"},
        ...         rules=[Rule({"users": f">= {bound}"}, {"priority": "blocker"})])
        >>> print(diff_tables(version(100), version(50)).in_words("de"))
        50 von 10.000 Fällen ändern sich, alle major → blocker: 50 bis 99 users
        """
        chosen = language_named(language)
        if not self:
            return say(chosen, "rules.same")
        lines = []
        if self.changes:
            head = say(chosen, "rules.changes.uncounted")
            if self.count is not None and self.inputs is not None:
                key = "rules.changes" if self.count != 1 else "rules.changes.one"
                head = say(chosen, key, count=self.count, inputs=self.inputs)
            if len(self.changes) == 1:
                lines.append(say(chosen, "rules.change.only", head=head, **self._parts(chosen, self.changes[0])))
            else:
                lines.append(head)
                lines += [say(chosen, "rules.change", **self._parts(chosen, change)) for change in self.changes]
        for domain in self.domains:
            added = say(chosen, "rules.added", values=", ".join(domain.added)) if domain.added else ""
            removed = say(chosen, "rules.removed", values=", ".join(domain.removed)) if domain.removed else ""
            lines.append(say(chosen, "rules.domain", name=domain.input, added=added, removed=removed))
        return "\n".join(lines)

    def _parts(self, language: Language, change: OutcomeChange) -> dict[str, str]:
        return {
            "count": "" if change.count is None else f"{count_words(language, change.count)}, ",
            "before": result_words(language, self._outputs, change.before),
            "after": result_words(language, self._outputs, change.after),
            "regions": change.in_words(language),
        }


def diff_tables(old: DecisionTable, new: DecisionTable, *, steps: int = MOST_STEPS) -> Difference:
    """Return the exact set of inputs for which two tables have different results, by pairs of results.

    An input that only one table has changes nothing in the other. Raises `DefinitionError` if an input or output is of
    another kind in the other table, if the outputs have other names, or if the comparison takes more than `steps`.

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
    require_table(old)
    require_table(new)
    aligned = align(old, new)
    versions = versions_of(old, new, aligned.columns)
    space = versions.space
    boxes: dict[tuple[Result | None, Result | None], list[Box]] = {}
    try:
        for found in deviations(space, versions.old, versions.new, StepBudget(steps)):
            boxes.setdefault(found.results, []).append(found.box)
    except OutOfStepsError:
        raise DefinitionError(
            f"tables `{old.name}` and `{new.name}` differ in too many ways to compare them exactly within {steps:,} "
            "steps; compare smaller tables, or their decisions for real facts with `share_changed`"
        ) from None
    changes = tuple(
        OutcomeChange(before, after, _weight(space, found), space, tuple(found))
        for (before, after), found in sorted(boxes.items(), key=lambda change: min(map(corner, change[1])))
    )
    return Difference(new.name, changes, aligned.domains, _weight(space, [space.whole]), new.outputs)


def _weight(space: SearchSpace, boxes: Iterable[Box]) -> int | None:
    return sum(map(space.weight, boxes)) if space.countable else None


def same_results(old: DecisionTable, new: DecisionTable, budget: StepBudget) -> bool:
    """Return whether two tables of the same inputs and outputs decide alike.

    Raises `OutOfStepsError` if the budget runs out.
    """
    versions = versions_of(old, new, align(old, new).columns)
    return next(deviations(versions.space, versions.old, versions.new, budget), None) is None


def share_changed(old: DecisionTable, new: DecisionTable, facts: Iterable[Mapping[str, Value]]) -> Fraction:
    """Return the exact share of real facts for which two tables have different results.

    Facts without a decision in one table only count as changed. Raises `DefinitionError` without facts.
    """
    require_table(old)
    require_table(new)
    require_rows(facts, "facts")
    changed = [_result(old, given) != _result(new, given) for given in facts]
    if not changed:
        raise DefinitionError("there are no facts to compare the tables by; give at least one set of facts")
    return Fraction(sum(changed), len(changed))


def _result(table: DecisionTable, facts: Mapping[str, Value]) -> Result | None:
    try:
        return table.decide(facts).value
    except (NoDecisionError, RuleConflictError):
        return None
