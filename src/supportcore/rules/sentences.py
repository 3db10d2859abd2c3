"""Explanations, near misses and differences as German and English sentences for people."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from supportcore.domains import Choice, Domain, Flag, Integer, Minutes, Scale, Subset, Value
from supportcore.mappings import EMPTY
from supportcore.rules.building import Parts
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
from supportcore.rules.decisions import Outcome
from supportcore.rules.diffing import Change, Difference
from supportcore.rules.explaining import Explanation, NearMiss
from supportcore.rules.tables import DecisionTable
from supportcore.rules.unary import read_cell
from supportcore.wording import Language, day_words, say

__all__ = [
    "answer_words",
    "cell_words",
    "count_words",
    "difference_words",
    "explanation_words",
    "facts_sentence",
    "near_miss_words",
    "region_sentence",
    "value_words",
]

COMPARED = {">=": "from", "<=": "up-to", ">": "above", "<": "below"}
NEARER = {("up", False): "from", ("up", True): "above", ("down", False): "up-to", ("down", True): "below"}
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
            cell = read_cell(text, domain)
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


def explanation_words(language: Language, table: Parts, explanation: Explanation) -> str:
    """A decision with its reason, what every other rule said, and what would change it: one line each.

    >>> from supportcore.domains import Integer
    >>> from supportcore.rules import Rule
    >>> table = DecisionTable(name="t", hit="first", inputs=[Integer("users", 0, 999)],
    ...     outputs=[Scale("priority", ["major", "blocker"], names={"de": {"blocker": "Blocker"}})],
    ...     rules=[Rule({"users": ">= 100"}, {"priority": "blocker"}), Rule({}, {"priority": "major"})])
    >>> print(explanation_words("en", table, table.explain({"users": 40})))
    major, because rule r2 fits
    rule r1 does not fit; it would take: from 100 users
    would be blocker from 100 users
    """
    decision = explanation.decision
    answer = answer_words(language, table, decision.value)
    if decision.rule is not None:
        key = "rules.decided-because" if decision.because else "rules.decided"
        lines = [say(language, key, answer=answer, rule=decision.rule.id, because=decision.because)]
    elif decision.rules:
        named = ", ".join(rule.id for rule in decision.rules)
        lines = [say(language, "rules.together", answer=answer, rules=named)]
    else:
        lines = [say(language, "rules.defaulted", answer=answer)]
    domains = {domain.name: domain for domain in table.inputs}
    for trace in explanation.traces:
        if trace.verdict == "fits too":
            lines.append(say(language, "rules.fits-too", rule=trace.rule.id))
        elif trace.failed:
            cells = ", ".join(cell_words(language, one.cell, domains[one.input]) for one in trace.failed)
            lines.append(say(language, "rules.fails", rule=trace.rule.id, cells=cells))
    lines.extend(near_miss_words(language, table, near) for near in explanation.near_misses)
    return "\n".join(lines)


def near_miss_words(language: Language, table: Parts, near: NearMiss) -> str:
    """A near miss by its outcome: `would be blocker from 100 users`."""
    domain = next(one for one in table.inputs if one.name == near.input)
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
    if near.answer is None or near.answer == ():
        return say(language, "rules.near.none", cell=cell)
    return say(language, "rules.near.up", answer=answer_words(language, table, near.answer), cell=cell)


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
        "regions": "; ".join(region_sentence(language, region, table.inputs) for region in change.regions),
    }
