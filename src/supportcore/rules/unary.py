"""Cells as text, after the unary tests of DMN's S-FEEL, and as Python values; both become the types of `cells`.

Bare words name members. A word that means something else (`missing`, `-`, a member with a comma) stands in quotes.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from supportcore.domains import Choice, Domain, Scale, Subset, Value
from supportcore.domains.values import shown, with_article
from supportcore.errors import DefinitionError, FactError
from supportcore.rules.cells import (
    ANYTHING,
    GIVEN,
    MISSING,
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
    Operator,
    SetCell,
    Term,
)

__all__ = ["cell_of", "read_cell", "show_cell"]

COMPARED = re.compile(r"(<=|>=|<|>)\s*(.+)", re.DOTALL)
SPAN = re.compile(r"([\[\](])\s*(.+?)\s*\.\.\s*(.+?)\s*([\[\])])", re.DOTALL)
NEGATED = re.compile(r"not\s*\((.*)\)", re.DOTALL)
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
CALLED = re.compile(r'(?:date|duration)\s*\(\s*"([^"]*)"\s*\)')
ON_SETS = re.compile(r"(all of|any of|none of|exactly)\b\s*(.*)", re.DOTALL)
SET_CELLS: tuple[tuple[str, type[SetCell]], ...] = (
    ("all of", AllOf),
    ("any of", AnyOf),
    ("none of", NoneOf),
    ("exactly", Exactly),
)
OPERATORS: dict[str, Operator] = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}
PLAIN_WORDS: dict[str, Cell] = {"-": ANYTHING, "": ANYTHING, "missing": MISSING, "given": GIVEN}
BARE = re.compile(r"\w(?:[\w /&'+*.:-]*[\w*+'])?")


def read_cell(text: str, domain: Domain) -> Cell:
    """The cell that a text says for this domain; `DefinitionError` tells what is wrong with it.

    >>> from supportcore.domains import Integer
    >>> users = Integer("users", 0, 100_000)
    >>> read_cell(">= 100", users)
    Compare(operator='>=', value=100)
    >>> read_cell("not(< 10, [50..100))", users)
    Not(terms=(Compare(operator='<', value=10), Between(low=50, high=100, low_closed=True, high_closed=False)))
    """
    body = text.strip()
    plain = PLAIN_WORDS.get(body)
    if plain is not None:
        return plain
    if isinstance(domain, (Scale, Choice)) and body in domain.members:
        return Is(body)
    negated = NEGATED.fullmatch(body) if body[0] == "n" else None
    if negated:
        inner = read_cell(negated[1], domain)
        if isinstance(inner, (Anything, Given, Not)):
            raise DefinitionError(f"`{body}` cannot be read; `not(...)` takes values, comparisons and intervals")
        return GIVEN if isinstance(inner, Missing) else Not(inner.terms if isinstance(inner, OneOf) else (inner,))
    if isinstance(domain, Subset):
        return _read_set(body, domain)
    if "," not in body:
        return _read_term(body, domain)
    terms = tuple(_read_term(part, domain) for part in _parts(body))
    return terms[0] if len(terms) == 1 else OneOf(terms)


def _parts(body: str) -> Iterator[str]:
    """The parts between commas, those within quotes and brackets left whole."""
    depth, start, quoted = 0, 0, False
    for place, letter in enumerate(body):
        if letter == '"' and body[place - 1 : place] != "\\":
            quoted = not quoted
        elif not quoted and letter in "([":
            depth += 1
        elif not quoted and letter in ")]":
            depth -= 1
        elif not quoted and letter == "," and depth <= 0:
            yield body[start:place].strip()
            start = place + 1
    yield body[start:].strip()


def _read_term(part: str, domain: Domain) -> Term:
    if part == "missing":
        return Missing()
    if part in ("", "-", "given"):
        raise DefinitionError(f"`{part}` cannot stand in a list of values; name values, or leave it out")
    if part.startswith(("!=", "=")):
        value = part.lstrip("!= ")
        mended = f"not({value})" if part.startswith("!") else value
        raise DefinitionError(f"`{part}` is not written so; write `{mended}`")
    compared = COMPARED.fullmatch(part) if part[0] in "<>" else None
    if compared:
        _must_be_ordered(part, domain)
        return Compare(OPERATORS[compared[1]], _literal(compared[2], domain))
    span = SPAN.fullmatch(part) if part[0] in "[](" else None
    if span:
        _must_be_ordered(part, domain)
        return Between(
            _literal(span[2], domain),
            _literal(span[3], domain),
            low_closed=span[1] == "[",
            high_closed=span[4] == "]",
        )
    return Is(_literal(part, domain))


def _must_be_ordered(part: str, domain: Domain) -> None:
    if not domain.ordered:
        raise DefinitionError(
            f"`{part}` compares, but `{domain.name}` is {with_article(domain.kind)} and has no order; name its "
            "values instead"
        )


def _literal(text: str, domain: Domain) -> Value:
    quoted = (QUOTED.fullmatch(text) or CALLED.fullmatch(text)) if '"' in text else None
    word = re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else text
    try:
        return domain.read(word)
    except FactError as error:
        raise DefinitionError(str(error)) from None


def _read_set(body: str, domain: Subset) -> Cell:
    said = ON_SETS.fullmatch(body)
    kind, rest = (said[1], said[2]) if said else ("all of", body)
    words = [_unquoted(part) for part in _parts(rest) if part]
    members = frozenset(words)
    problem = domain.problem(members)
    if problem:
        raise DefinitionError(problem)
    if not members and kind != "exactly":
        raise DefinitionError(f"`{body}` names no word; accepted are words out of {', '.join(domain.members)}")
    return dict(SET_CELLS)[kind](members)


def _unquoted(part: str) -> str:
    quoted = QUOTED.fullmatch(part)
    return re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else part


def show_cell(cell: Cell, domain: Domain) -> str:
    """The text that `read_cell` reads as an equal cell.

    >>> from supportcore.domains import Minutes
    >>> show_cell(Not((Compare(">=", 90),)), Minutes("estimate"))
    'not(>= 90 min)'
    """
    match cell:
        case Anything():
            return "-"
        case Missing():
            return "missing"
        case Given():
            return "given"
        case Is(value):
            return _show_literal(value, domain)
        case Compare(operator, value):
            return f"{operator} {_show_literal(value, domain)}"
        case Between(low, high, low_closed, high_closed):
            span = f"{_show_literal(low, domain)}..{_show_literal(high, domain)}"
            return ("[" if low_closed else "(") + span + ("]" if high_closed else ")")
        case OneOf(terms):
            return ", ".join(show_cell(term, domain) for term in terms)
        case Not(terms):
            return f"not({', '.join(show_cell(term, domain) for term in terms)})"
        case AllOf(members) | AnyOf(members) | NoneOf(members) | Exactly(members):
            kind = next(words for words, made in SET_CELLS if made is type(cell))
            known = domain.members if isinstance(domain, Subset) else sorted(members)
            named = ", ".join(_quoted(word) for word in known if word in members)
            return f"{kind} {named}".strip()


def _show_literal(value: Value, domain: Domain) -> str:
    return _quoted(domain.show(value)) if isinstance(domain, (Scale, Choice)) else domain.show(value)


def _quoted(word: str) -> str:
    if BARE.fullmatch(word) and word not in PLAIN_WORDS and ".." not in word and not ON_SETS.match(word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def cell_of(given: object, domain: Domain) -> Cell:
    """The cell that a Python value says: a text by `read_cell`, a value, a list of either, or a cell itself.

    >>> from supportcore.domains import Scale
    >>> cell_of(["low", "medium"], Scale("impact", ["low", "medium", "high"]))
    OneOf(terms=(Is(value='low'), Is(value='medium')))
    """
    if isinstance(given, str):
        return read_cell(given, domain)
    if isinstance(given, Cell):
        return ANYTHING if isinstance(given, Anything) else given
    if isinstance(given, (list, tuple, set, frozenset)):
        return _cell_of_many(given, domain)
    problem = domain.problem(given)
    if problem:
        raise DefinitionError(problem)
    assert isinstance(given, (bool, int, Decimal, date))
    return Is(given)


def _cell_of_many(given: Iterable[object], domain: Domain) -> Cell:
    parts = list(given) if isinstance(given, (list, tuple)) else sorted(given, key=str)
    if isinstance(domain, Subset):
        members = frozenset(str(part) for part in parts)
        problem = domain.problem(members)
        if problem:
            raise DefinitionError(problem)
        return AllOf(members)
    terms: list[Term] = []
    for part in parts:
        cell = cell_of(part, domain)
        if isinstance(cell, OneOf):
            terms.extend(cell.terms)
        elif isinstance(cell, (Is, Compare, Between, Missing)):
            terms.append(cell)
        else:
            raise DefinitionError(f"`{shown(part)}` cannot stand in a list of values")
    if not terms:
        raise DefinitionError(f"the cell is an empty list; name values of `{domain.name}`, or leave it out")
    return terms[0] if len(terms) == 1 else OneOf(terms)
