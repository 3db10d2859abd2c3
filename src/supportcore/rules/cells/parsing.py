"""Cells as text, after the unary tests of DMN's S-FEEL; cells as Python values stand in `given`.

Bare words name members. A word that means something else (`missing`, `-`, a member with a comma) stands in quotes.
"""

import re
from collections.abc import Iterator

from supportcore.domains import Choice, Domain, Flag, Scale, Subset, Value
from supportcore.domains.members import no_member
from supportcore.domains.values import with_article
from supportcore.errors import DefinitionError, FactError
from supportcore.rules.cells.unary_tests import (
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
ONE_OR_TWO = re.compile(r"\d,\d")
BARE = re.compile(r"\w(?:[\w /&'+*.:-]*[\w*+'])?")


def parse_cell(text: str, domain: Domain) -> Cell:
    """The cell that a text says for this domain; `DefinitionError` tells what is wrong with it.

    >>> from supportcore.domains import Integer
    >>> users = Integer("users", 0, 100_000)
    >>> parse_cell(">= 100", users)
    Compare(operator='>=', value=100)
    >>> parse_cell("not(< 10, [50..100))", users)
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
        inner = parse_cell(negated[1], domain)
        if isinstance(inner, (Anything, Given, Not)):
            raise DefinitionError(f"`{body}` cannot be read; `not(...)` takes values, comparisons and intervals")
        return GIVEN if isinstance(inner, Missing) else Not(inner.terms if isinstance(inner, OneOf) else (inner,))
    if isinstance(domain, Subset):
        return _read_set(body, domain)
    if "," not in body:
        return _read_term(body, domain)
    if not isinstance(domain, (Scale, Choice, Flag)) and ONE_OR_TWO.search(body):
        raise DefinitionError(
            f"`{body}` may mean one number or two; write a point in a decimal and none between thousands, and a blank "
            "behind the comma between two values"
        )
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
    if part[:1] in ("<", ">"):
        return _read_comparison(part, domain)
    if part == "missing":
        return Missing()
    if part in ("", "-", "given"):
        raise DefinitionError(f"`{part}` cannot stand in a list of values; name values, or leave it out")
    if part.startswith(("!=", "=")):
        value = part.lstrip("!=<> ")
        meant = {"!": f"not({value})", "=>": f">= {value}", "=<": f"<= {value}"}
        raise _not_so(part, meant.get(part[:2]) or meant.get(part[0]) or value)
    span = SPAN.fullmatch(part) if part[0] in "[](" else None
    if span:
        _must_be_ordered(part, domain)
        return Between(
            _literal(span[2], domain),
            _literal(span[3], domain),
            low_closed=span[1] == "[",
            high_closed=span[4] == "]",
        )
    if domain.ordered and (part[0] in "[](" or (".." in part and not isinstance(domain, Scale))):
        raise DefinitionError(
            f"`{part}` is no interval; write `[low..high]`, with a round bracket at an end that does not belong to "
            "it, or `>= low` or `<= high` for one side"
        )
    return Is(_literal(part, domain))


def _read_comparison(part: str, domain: Domain) -> Compare:
    sign = part[:2] if part[1:2] == "=" else part[0]
    value = part[len(sign) :].strip()
    if part.startswith("<>"):
        raise _not_so(part, f"not({value[1:].strip()})")
    if not domain.ordered:
        _must_be_ordered(part, domain)
    if value[:1] in ("", "<", ">", "="):
        raise DefinitionError(f"`{part}` compares with no value; write one behind the sign, such as `>= 4`")
    return Compare(OPERATORS[sign], _literal(value, domain))


def _not_so(part: str, meant: str) -> DefinitionError:
    return DefinitionError(f"`{part}` is not written so; write `{meant}`")


def _must_be_ordered(part: str, domain: Domain) -> None:
    if not domain.ordered:
        raise DefinitionError(
            f"`{part}` compares, but `{domain.name}` is {with_article(domain.kind)} and has no order; name its "
            "values instead"
        )


def _literal(text: str, domain: Domain) -> Value:
    word = text
    if '"' in text and (quoted := QUOTED.fullmatch(text) or CALLED.fullmatch(text)):
        word = re.sub(r"\\(.)", r"\1", quoted[1])
    try:
        value = domain.parse(word)
    except FactError as error:
        raise DefinitionError(str(error)) from None
    if isinstance(domain, Choice) and (problem := unknown_member(value, domain)):
        raise DefinitionError(problem)
    return value


def unknown_member(value: object, domain: Domain) -> str | None:
    """What is wrong with a value of a choice that takes anything else: a word that neither is a member nor `other`.

    A ticket may bring any word there, but in a rule it is a typing error.
    """
    if not isinstance(domain, Choice) or not domain.other or value in domain.members or value == "other":
        return None
    return f"{no_member(value, domain.name, domain.members)}; `other` stands for anything else"


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
    """The text that `parse_cell` reads as an equal cell.

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
