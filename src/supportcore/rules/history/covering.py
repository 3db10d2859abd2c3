"""Which rules real facts ever hit."""

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import frozen

from supportcore.domains import Value
from supportcore.errors import NoDecisionError, RuleConflictError
from supportcore.mappings import FrozenMapping
from supportcore.rules.deciding import hits, winners
from supportcore.rules.decisions import must_be_many
from supportcore.rules.tables import DecisionTable, must_be_table


@frozen
class Coverage:
    """How often each rule decided and how often it fitted, by its name, over some facts.

    `defaulted` counts the answers of the default, `undecided` the facts without an answer.
    """

    seen: int
    decided: FrozenMapping[str, int]
    fitted: FrozenMapping[str, int]
    defaulted: int
    undecided: int

    @property
    def never_hit(self) -> tuple[str, ...]:
        """The rules that none of the facts fitted."""
        return tuple(rule for rule, count in self.fitted.items() if not count)


def coverage(table: DecisionTable, facts: Iterable[Mapping[str, Value]]) -> Coverage:
    """Decide all of these facts and count the rules; errors of wrong or missing facts are raised.

    >>> from supportcore.domains import Flag, Scale
    >>> from supportcore.rules import Rule
    >>> rules = [Rule({"vip": True}, {"priority": "major"}, id="vip"), Rule({}, {"priority": "minor"}, id="rest")]
    >>> priority = Scale("priority", ["minor", "major"])
    >>> table = DecisionTable(name="t", hit="first", inputs=[Flag("vip")], outputs=[priority], rules=rules)
    >>> found = coverage(table, [{"vip": False}, {"vip": False}])
    >>> dict(found.decided), found.never_hit
    ({'vip': 0, 'rest': 2}, ('vip',))
    """
    must_be_table(table)
    must_be_many(facts, "facts")
    decided: Counter[str] = Counter()
    fitted: Counter[str] = Counter()
    seen, defaulted, undecided = 0, 0, 0
    for given in facts:
        seen += 1
        fitting = [rule.id for rule in winners(table.compiled, hits(table, table.compiled, given))]
        fitted.update(fitting)
        try:
            answer = table.decide(given)
        except (NoDecisionError, RuleConflictError):
            undecided += 1
            continue
        decided.update(rule.id for rule in answer.rules)
        defaulted += not fitting
    names = [rule.id for rule in table.rules]
    by_name = [FrozenMapping({name: counter[name] for name in names}) for counter in (decided, fitted)]
    return Coverage(seen, by_name[0], by_name[1], defaulted, undecided)
