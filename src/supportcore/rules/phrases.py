"""Values, cells, outcomes and explanations of tables as German and English text."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from supportcore.domains import Choice, Domain, Flag, Integer, Minutes, Scale, Subset, TimeOfDay, Value
from supportcore.mappings import EMPTY
from supportcore.rules.cells import (
    AllOf,
    AnyOf,
    Anything,
    Between,
    Cell,
    Compare,
    Exactly,
    Given,
    Is,
    Missing,
    NoneOf,
    Not,
    OneOf,
)
from supportcore.rules.decisions import Outcome, Result
from supportcore.wording import Language, count_words, day_words, say

if TYPE_CHECKING:
    from supportcore.rules.explaining import Explanation, NearMiss

COMPARED = {">=": "from", "<=": "up-to", ">": "above", "<": "below"}
SETS: Mapping[type, str] = {AllOf: "all-of", AnyOf: "any-of", NoneOf: "none-of", Exactly: "exactly"}
NEARER = {("up", False): "from", ("up", True): "above", ("down", False): "up-to", ("down", True): "below"}


def value_words(language: Language, domain: Domain, value: Value) -> str:
    """Return a value as text: a member by its name in the language, a number in groups of three."""
    if isinstance(domain, (Scale, Choice)):
        return domain.label(str(value), language)
    if type(value) is int:
        unit = " min" if isinstance(domain, Minutes) else ""
        return count_words(language, value) + unit
    if isinstance(domain, TimeOfDay):
        return domain.show(value)
    if isinstance(value, date):
        return day_words(language, value)
    if isinstance(domain, Subset):
        return domain.show(value) or say(language, "rules.cell.no-word")
    return domain.show(value).replace(".", "," if language == "de" else ".")


def cell_words(language: Language, cell: object, domain: Domain) -> str:
    """Return a cell with the name of its column, which follows a whole number: `from 100 users`.

    >>> from decimal import Decimal
    >>> from supportcore.domains import Integer, Number
    >>> cell_words("en", Compare(">=", 1000), Integer("users", 0, 5000))
    'from 1,000 users'
    >>> cell_words("de", Compare("<", Decimal("0.5")), Number("load", 0, 1))
    'load unter 0,5'
    """
    name = domain.name
    if isinstance(cell, Anything):
        return say(language, "rules.anywhere")
    if isinstance(cell, Is) and isinstance(domain, Flag):
        return say(language, f"rules.cell.{'yes' if cell.value else 'no'}", name=name)
    words = _without_name(language, cell, domain)
    missing = isinstance(cell, (Missing, Given)) or (isinstance(cell, OneOf) and Missing() in cell.terms)
    return f"{words} {name}" if isinstance(domain, Integer) and not missing else f"{name} {words}"


def _without_name(language: Language, cell: Any, domain: Domain) -> str:
    match cell:
        case Missing():
            return say(language, "rules.cell.missing")
        case Given():
            return say(language, "rules.cell.given")
        case Is(value) if isinstance(domain, Flag):
            return say(language, f"rules.word.{'yes' if value else 'no'}")
        case Is(value) if not isinstance(domain, Subset):
            return value_words(language, domain, value)
        case Compare(operator, value):
            return say(language, f"rules.cell.{COMPARED[operator]}", value=value_words(language, domain, value))
        case Between(low, high, True, True):
            ends = {"low": value_words(language, domain, low), "high": value_words(language, domain, high)}
            return say(language, "rules.cell.between", **ends)
        case Between(low, high, low_closed, high_closed):
            sides = (Compare(">=" if low_closed else ">", low), Compare("<=" if high_closed else "<", high))
            return " ".join(_without_name(language, side, domain) for side in sides)
        case OneOf(terms):
            *firsts, last = (_without_name(language, term, domain) for term in terms)
            return say(language, "rules.cell.or", first=", ".join(firsts), last=last)
        case Not(terms):
            inner = ", ".join(_without_name(language, term, domain) for term in terms)
            return say(language, "rules.cell.not", value=inner)
    named = ", ".join(sorted(cell.members)) or say(language, "rules.cell.no-word")
    return say(language, f"rules.cell.{SETS[type(cell)]}", value=named)


def region_cell_words(language: Language, cell: Cell, domain: Domain) -> str:
    """Return a cell of a region; a member that has a name in the language appears without its column's."""
    named = domain.names.get(language, EMPTY) if isinstance(domain, (Scale, Choice)) else EMPTY
    speaks = isinstance(cell, Is) and cell.value in named
    return (_without_name if speaks else cell_words)(language, cell, domain)


def facts_words(language: Language, facts: Mapping[str, Any], domains: Iterable[Domain]) -> str:
    """Return facts as one phrase, in the order of their domains."""
    return ", ".join(cell_words(language, _cell_of(facts.get(domain.name)), domain) for domain in domains)


def _cell_of(fact: Any) -> Cell:
    if fact is None:
        return Missing()
    return Exactly(fact) if isinstance(fact, frozenset) else Is(fact)


def result_words(language: Language, outputs: Iterable[Domain], result: Result | None) -> str:
    """Return the result of a table with these outputs; several outcomes with `;` between them.

    >>> from supportcore.domains import Scale
    >>> from supportcore.mappings import FrozenMapping
    >>> priority = Scale("priority", ["minor", "major"], names={"de": {"major": "hoch"}})
    >>> result_words("de", [priority], FrozenMapping({"priority": "major"}))
    'hoch'
    """
    if result is None or result == ():
        return say(language, "rules.nothing")
    domains = {domain.name: domain for domain in outputs}
    outcomes = result if isinstance(result, tuple) else (result,)
    return "; ".join(_outcome_words(language, domains, outcome) for outcome in outcomes)


def _outcome_words(language: Language, domains: Mapping[str, Domain], outcome: Outcome) -> str:
    words = ((name, value_words(language, domains[name], value)) for name, value in outcome.items())
    return ", ".join(value if len(domains) == 1 else f"{name} {value}" for name, value in words)


def explanation_words(
    language: Language, explanation: "Explanation", inputs: Iterable[Domain], outputs: tuple[Domain, ...]
) -> str:
    """Return the decision with its reason, the other rules, and the near misses of an explanation, a line for each."""
    decision, domains = explanation.decision, {domain.name: domain for domain in inputs}
    result = result_words(language, outputs, decision.value)
    if decision.rule is not None:
        key = "rules.decided-because" if decision.because else "rules.decided"
        lines = [say(language, key, result=result, rule=decision.rule.id, because=decision.because)]
    elif decision.rules:
        rules = ", ".join(rule.id for rule in decision.rules)
        lines = [say(language, "rules.together", result=result, rules=rules)]
    else:
        lines = [say(language, "rules.defaulted", result=result)]
    for trace in explanation.traces:
        if trace.verdict == "fits too":
            lines.append(say(language, "rules.fits-too", rule=trace.rule.id))
        elif trace.failed:
            cells = ", ".join(cell_words(language, failed.cell, domains[failed.input]) for failed in trace.failed)
            lines.append(say(language, "rules.fails", rule=trace.rule.id, cells=cells))
    lines.extend(near_miss_words(language, near, domains[near.input], outputs) for near in explanation.near_misses)
    return "\n".join(lines)


def near_miss_words(language: Language, near: "NearMiss", domain: Domain, outputs: Iterable[Domain]) -> str:
    """Return a near miss along the input of `domain`, by its result: `would be blocker from 100 users`."""
    name = domain.name
    if near.value is None:
        cell = say(language, "rules.near.missing", name=name)
    elif isinstance(domain, Flag):
        cell = say(language, f"rules.near.{'yes' if near.value else 'no'}", name=name)
    else:
        value = value_words(language, domain, near.value)
        way = NEARER.get((near.direction, near.beyond))
        if isinstance(domain, Integer) and way is not None:
            cell = say(language, f"rules.near.{way}", name=name, value=value)
        else:
            if way is not None and not isinstance(domain, Scale):
                value = say(language, f"rules.cell.{way}", value=value)
            cell = say(language, "rules.near.at", name=name, value=value)
    if near.result is None or near.result == ():
        return say(language, "rules.near.none", cell=cell)
    return say(language, "rules.near.up", result=result_words(language, outputs, near.result), cell=cell)
