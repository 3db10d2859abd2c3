"""Recovering a table from history: the outcomes that real facts had, contradictions, and gaps."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from supportcore.domains import Choice, Domain, Flag, Integer, Scale, Subset, Value, Vocabulary
from supportcore.errors import DefinitionError, counted
from supportcore.findings import Finding
from supportcore.mappings import FrozenMapping
from supportcore.rules.cells import Cell, Exactly, Is, Missing
from supportcore.rules.decisions import Outcome, Rule, named_values, require_rows
from supportcore.rules.proofs.regions import Facts
from supportcore.rules.proofs.verifying import verify
from supportcore.rules.tables import DecisionTable, listed_domains


@frozen
class Contradiction:
    """Facts that had several outcomes, each with its number of times, the most frequent first."""

    facts: Facts
    outcomes: tuple[tuple[Outcome, int], ...]


@frozen
class Recovered:
    """A table proposed from history.

    `table` has one rule for each set of facts, with their most frequent outcome and its number of times as the reason.
    `seen` is the number of pairs, `contradictions` lists facts with several outcomes, `gaps` the findings on inputs
    that history does not cover.
    """

    table: DecisionTable
    seen: int
    contradictions: tuple[Contradiction, ...]
    gaps: tuple[Finding, ...]


def recover(
    facts: Iterable[Mapping[str, Value]],
    outcomes: Iterable[Mapping[str, Value]],
    *,
    name: str = "recovered",
    inputs: Iterable[Domain] | None = None,
    outputs: Iterable[Domain] | None = None,
) -> Recovered:
    """Propose the table that gave these outcomes to these facts, pair by pair.

    Without `inputs` and `outputs` the domains come from the values: flags, whole numbers from the lowest to the
    highest, otherwise choices; a fact that is absent somewhere may be missing. Facts without an input are ignored.
    Raises `DefinitionError` without history and for values that suggest no domain, and `FactError` or
    `MissingFactError` for facts and outcomes outside the given domains.

    >>> history = [({"impact": 1, "urgency": 1}, {"priority": 1}), ({"impact": 1, "urgency": 2}, {"priority": 2}),
    ...            ({"impact": 2, "urgency": 1}, {"priority": 2}), ({"impact": 1, "urgency": 2}, {"priority": 2})]
    >>> found = recover([facts for facts, _ in history], [outcome for _, outcome in history])
    >>> len(found.table.rules), found.contradictions, [gap.message for gap in found.gaps]
    (3, (), ['no rule fits: 2 impact, 2 urgency (one input)'])
    """
    given_facts, given_outcomes = (_rows(rows, what) for rows, what in ((facts, "facts"), (outcomes, "outcomes")))
    if len(given_facts) != len(given_outcomes):
        raise DefinitionError(
            f"there are {len(given_facts)} sets of facts and {len(given_outcomes)} outcomes; expected one outcome for "
            "each set of facts"
        )
    if not given_facts:
        raise DefinitionError(
            "there is no history to recover a table from; give at least one set of facts and its outcome"
        )
    pairs = list(zip(given_facts, given_outcomes, strict=True))
    taken = listed_domains(inputs) if inputs is not None else _domains_of([given for given, _ in pairs])
    decided = listed_domains(outputs) if outputs is not None else _domains_of([outcome for _, outcome in pairs])
    domains, results = Vocabulary(taken), Vocabulary(decided)
    counts: dict[Facts, Counter[Outcome]] = {}
    for given, outcome in pairs:
        known = FrozenMapping({domain.name: given[domain.name] for domain in taken if domain.name in given})
        wanted = FrozenMapping({domain.name: outcome[domain.name] for domain in decided if domain.name in outcome})
        domains.check(known)
        results.check(wanted)
        counts.setdefault(known, Counter())[wanted] += 1
    ordered = sorted(counts, key=lambda known: _order(taken, known))
    rules = [_rule(taken, known, counts[known]) for known in ordered]
    table = DecisionTable(name=name, hit="unique", inputs=taken, outputs=decided, rules=rules)
    contradictions = tuple(
        Contradiction(known, tuple(counts[known].most_common())) for known in ordered if len(counts[known]) > 1
    )
    gaps = tuple(finding for finding in verify(table) if finding.code in ("rules.gap", "rules.not-proven"))
    return Recovered(table, len(pairs), contradictions, gaps)


def _rows(rows: Iterable[Mapping[str, Value]], what: str) -> list[Mapping[str, Value]]:
    """Return history as a list; raise `DefinitionError` for a row that is not a mapping of names to values."""
    require_rows(rows, what)
    listed = list(rows)
    for row in listed:
        named_values(row, f"the {what}")
    return listed


def _rule(inputs: tuple[Domain, ...], known: Facts, outcomes: Counter[Outcome]) -> Rule:
    (outcome, times), *others = outcomes.most_common()
    reason = f"seen {counted(times, 'time')}"
    if others:
        reason += f", but otherwise {counted(sum(count for _, count in others), 'time')}"
    return Rule({domain.name: _cell(domain, known) for domain in inputs}, outcome, because=reason)


def _cell(domain: Domain, known: Facts) -> Cell:
    if domain.name not in known:
        return Missing()
    value = known[domain.name]
    if isinstance(domain, Subset):
        assert isinstance(value, frozenset)
        return Exactly(value)
    other = isinstance(domain, Choice) and domain.other and value not in domain.members
    return Is("other" if other else value)


def _order(inputs: tuple[Domain, ...], known: Facts) -> list[tuple[bool, Any]]:
    """Return a key that sorts facts in the order of their domains, missing facts last."""
    keys: list[tuple[bool, Any]] = []
    for domain in inputs:
        value = known.get(domain.name)
        if isinstance(domain, (Scale, Choice)):
            place: Any = domain.members.index(str(value)) if value in domain.members else len(domain.members)
        else:
            place = domain.show(value) if isinstance(domain, Subset) else value
        keys.append((value is None, 0 if value is None else place))
    return keys


def _domains_of(seen: list[Mapping[str, Value]]) -> tuple[Domain, ...]:
    """Return domains for the values seen, in the order in which their names first appear."""
    names = dict.fromkeys(name for row in seen for name in row)
    return tuple(_domain_of(name, seen) for name in names)


def _domain_of(name: str, seen: list[Mapping[str, Value]]) -> Domain:
    kinds = {type(row[name]) for row in seen if name in row}
    values = {row[name] for row in seen if name in row} if kinds in ({int}, {str}) else set()
    optional = any(name not in row for row in seen)
    if kinds == {bool}:
        return Flag(name, optional=optional)
    if kinds == {int}:
        whole = [value for value in values if isinstance(value, int)]
        return Integer(name, min(whole), max(whole), optional=optional)
    if kinds == {str}:
        return Choice(name, sorted(str(value) for value in values), optional=optional)
    raise DefinitionError(f"the values of `{name}` suggest no domain; declare it in `inputs` or `outputs`")
