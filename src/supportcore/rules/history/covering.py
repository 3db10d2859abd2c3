"""Counting the rules that real facts hit."""

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import frozen

from supportcore.domains import Value
from supportcore.errors import NoDecisionError, RuleConflictError
from supportcore.mappings import FrozenMapping
from supportcore.rules.deciding import hits, winners
from supportcore.rules.decisions import require_rows
from supportcore.rules.tables import DecisionTable, require_table


@frozen
class Coverage:
    """The number of facts that each rule decided, and that each rule fitted, by the name of the rule.

    `seen` counts the facts, `defaulted` those that the default decided, `undecided` those without a decision.
    """

    seen: int
    decided: FrozenMapping[str, int]
    fitted: FrozenMapping[str, int]
    defaulted: int
    undecided: int

    @property
    def never_hit(self) -> tuple[str, ...]:
        """The rules that did not fit any of the facts."""
        return tuple(rule for rule, count in self.fitted.items() if not count)


def coverage(table: DecisionTable, facts: Iterable[Mapping[str, Value]]) -> Coverage:
    """Decide all facts and count the rules; raises the errors of wrong and missing facts.

    >>> from supportcore.domains import Flag, Scale
    >>> from supportcore.rules import Rule
    >>> rules = [Rule({"vip": True}, {"priority": "major"}, id="vip"), Rule({}, {"priority": "minor"}, id="rest")]
    >>> priority = Scale("priority", ["minor", "major"])
    >>> table = DecisionTable(name="t", hit="first", inputs=[Flag("vip")], outputs=[priority], rules=rules)
    >>> found = coverage(table, [{"vip": False}, {"vip": False}])
    >>> dict(found.decided), found.never_hit
    ({'vip': 0, 'rest': 2}, ('vip',))
    """
    require_table(table)
    require_rows(facts, "facts")
    decided: Counter[str] = Counter()
    fitted: Counter[str] = Counter()
    seen, defaulted, undecided = 0, 0, 0
    for given in facts:
        seen += 1
        fitting = [rule.id for rule in winners(table.compiled, hits(table, given))]
        fitted.update(fitting)
        try:
            decision = table.decide(given)
        except (NoDecisionError, RuleConflictError):
            undecided += 1
            continue
        decided.update(rule.id for rule in decision.rules)
        defaulted += not fitting
    names = [rule.id for rule in table.rules]
    by_name = [FrozenMapping({name: counter[name] for name in names}) for counter in (decided, fitted)]
    return Coverage(seen, by_name[0], by_name[1], defaulted, undecided)
