"""Explanations, near misses and differences as German and English sentences for people."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from supportcore.domains import Choice, Domain, Flag, Integer, Minutes, Scale, Subset, Value
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
from supportcore.rules.cells.parsing import parse_cell
from supportcore.rules.compiler.building import Parts
from supportcore.rules.decisions import Outcome
from supportcore.wording import Language, day_words, say

COMPARED = {">=": "from", "<=": "up-to", ">": "above", "<": "below"}
SETS: Mapping[type, str] = {AllOf: "all-of", AnyOf: "any-of", NoneOf: "none-of", Exactly: "exactly"}
Answer = Outcome | tuple[Outcome, ...] | None


def value_words(language: Language, domain: Domain, value: Value) -> str:
    """A value as people call it: members by their name in the language, numbers in groups of three."""
    if isinstance(domain, (Scale, Choice)):
        return domain.label(str(value), language)
    if type(value) is int:
        unit = " min" if isinstance(domain, Minutes) else ""
        return count_words(language, value) + unit
    if isinstance(value, date):
        return day_words(language, value)
    if isinstance(domain, Subset):
        return domain.show(value) or say(language, "rules.cell.no-word")
    return domain.show(value).replace(".", "," if language == "de" else ".")


def count_words(language: Language, count: int) -> str:
    """A number in groups of three.

    >>> count_words("de", 4_800_000), count_words("en", 4_800_000)
    ('4.800.000', '4,800,000')
    """
    return f"{count:,}" if language == "en" else f"{count:,}".replace(",", ".")


def cell_words(language: Language, cell: object, domain: Domain) -> str:
    """A cell with the name of its column; whole numbers before it, as one counts.

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


def region_sentence(language: Language, region: Mapping[str, str], domains: Iterable[Domain]) -> str:
    """A region of inputs as one phrase; members that have a name for people in the language speak for themselves."""
    told = []
    for domain in domains:
        if domain.name in region:
            text = region[domain.name]
            if isinstance(domain, Subset):
                told.append(f"{domain.name} {text}")
                continue
            cell = parse_cell(text, domain)
            named = domain.names.get(language, EMPTY) if isinstance(domain, (Scale, Choice)) else EMPTY
            speaks = isinstance(cell, Is) and cell.value in named
            told.append((_without_name if speaks else cell_words)(language, cell, domain))
    return ", ".join(told) or say(language, "rules.anywhere")


def facts_sentence(language: Language, facts: Mapping[str, Any], domains: Iterable[Domain]) -> str:
    """Facts as one phrase, in the order of the columns."""
    return ", ".join(cell_words(language, _cell_of(facts.get(one.name)), one) for one in domains)


def _cell_of(fact: Any) -> Cell:
    if fact is None:
        return Missing()
    return Exactly(fact) if isinstance(fact, frozenset) else Is(fact)


def answer_words(language: Language, table: Parts, answer: Answer) -> str:
    """What a table answers: the values of its outputs, several answers with `;` between."""
    if answer is None or answer == ():
        return say(language, "rules.nothing")
    if isinstance(answer, tuple):
        return "; ".join(answer_words(language, table, one) for one in answer)
    outputs = {domain.name: domain for domain in table.outputs}
    alone = len(outputs) == 1
    told = [(name, value_words(language, outputs[name], value)) for name, value in answer.items()]
    return ", ".join(words if alone else f"{name} {words}" for name, words in told)
