"""Parse and show cells as text, after the unary tests of DMN's S-FEEL.

Bare words name members. A member that reads as something else (`missing`, `-`, a word with a comma) is quoted.
"""

import re
from collections.abc import Iterator
from datetime import time

from supportcore.domains import Choice, Domain, Flag, Scale, Subset, TimeOfDay, Value
from supportcore.domains.members import not_a_member
from supportcore.domains.times_of_day import LAST
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
    """Parse a cell on this domain; raise `DefinitionError` for any other text.

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
        return _parse_set(body, domain)
    if "," not in body:
        return _parse_term(body, domain)
    if not isinstance(domain, (Scale, Choice, Flag)) and ONE_OR_TWO.search(body):
        raise DefinitionError(
            f"`{body}` could be one number or two; write decimals with a point, thousands without a separator, and a "
            "blank after the comma between two values"
        )
    terms = tuple(_parse_term(part, domain) for part in _parts(body))
    return terms[0] if len(terms) == 1 else OneOf(terms)


def _parts(body: str) -> Iterator[str]:
    """Yield the parts between commas; keep quoted and bracketed parts whole."""
    depth, start, quoted = 0, 0, False
    for index, letter in enumerate(body):
        if letter == '"' and body[index - 1 : index] != "\\":
            quoted = not quoted
        elif not quoted and letter in "([":
            depth += 1
        elif not quoted and letter in ")]":
            depth -= 1
        elif not quoted and letter == "," and depth <= 0:
            yield body[start:index].strip()
            start = index + 1
    yield body[start:].strip()


def _parse_term(part: str, domain: Domain) -> Term:
    if part[:1] in ("<", ">"):
        return _parse_comparison(part, domain)
    if part == "missing":
        return Missing()
    if part in ("", "-", "given"):
        raise DefinitionError(f"`{part}` cannot be part of a list; name values only")
    if part.startswith(("!=", "=")):
        value = part.lstrip("!=<> ")
        meant = {"!": f"not({value})", "=>": f">= {value}", "=<": f"<= {value}"}
        raise _not_a_unary_test(part, meant.get(part[:2]) or meant.get(part[0]) or value)
    span = SPAN.fullmatch(part) if part[0] in "[](" else None
    if span:
        _must_be_ordered(part, domain)
        low = _parse_literal(span[2], domain)
        high, up_to_midnight = _parse_end(span[3], domain)
        low_closed, high_closed = span[1] == "[", span[4] == "]" or up_to_midnight
        if isinstance(low, time) and isinstance(high, time) and low > high:
            sides = (Compare(">=" if low_closed else ">", low), Compare("<=" if high_closed else "<", high))
            raise DefinitionError(f"`{part}` passes midnight; write `{show_cell(OneOf(sides), domain)}`")
        return Between(low, high, low_closed=low_closed, high_closed=high_closed)
    if domain.ordered and (part[0] in "[](" or (".." in part and not isinstance(domain, Scale))):
        raise DefinitionError(
            f"`{part}` is not an interval; write `[low..high]`, with a round bracket at an end that is excluded, or "
            "`>= low` or `<= high` for a single bound"
        )
    return Is(_parse_literal(part, domain))


def _parse_comparison(part: str, domain: Domain) -> Compare:
    operator = part[:2] if part[1:2] == "=" else part[0]
    value = part[len(operator) :].strip()
    if part.startswith("<>"):
        raise _not_a_unary_test(part, f"not({value[1:].strip()})")
    _must_be_ordered(part, domain)
    if value[:1] in ("", "<", ">", "="):
        raise DefinitionError(f"`{part}` has no value to compare with; write it after the operator, as in `>= 4`")
    if operator[0] == ">":
        return Compare(OPERATORS[operator], _parse_literal(value, domain))
    high, up_to_midnight = _parse_end(value, domain)
    return Compare("<=" if up_to_midnight else OPERATORS[operator], high)


def _parse_end(text: str, domain: Domain) -> tuple[Value, bool]:
    """Parse an upper bound, and return whether it was `24:00`, which reads as the last minute of the day, included."""
    up_to_midnight = isinstance(domain, TimeOfDay) and text == "24:00"
    return (LAST if up_to_midnight else _parse_literal(text, domain)), up_to_midnight


def _not_a_unary_test(part: str, meant: str) -> DefinitionError:
    return DefinitionError(f"`{part}` is not a unary test; write `{meant}`")


def _must_be_ordered(part: str, domain: Domain) -> None:
    if not domain.ordered:
        raise DefinitionError(
            f"`{part}` compares, but `{domain.name}` is {with_article(domain.kind)} and has no order; name its "
            "values instead"
        )


def _parse_literal(text: str, domain: Domain) -> Value:
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
    """Return what is wrong with a word that is neither a member of a choice with `other` nor `other` itself.

    A fact may have any word there, but in a rule an unknown word is a typo.
    """
    if not isinstance(domain, Choice) or not domain.other or value in domain.members or value == "other":
        return None
    return f"{not_a_member(value, domain.name, domain.members)}; `other` means anything else"


def _parse_set(body: str, domain: Subset) -> Cell:
    found = ON_SETS.fullmatch(body)
    kind, rest = (found[1], found[2]) if found else ("all of", body)
    members = frozenset(_unquoted(part) for part in _parts(rest) if part)
    problem = domain.problem(members)
    if problem:
        raise DefinitionError(problem)
    if not members and kind != "exactly":
        raise DefinitionError(f"`{body}` names no word; expected words out of {', '.join(domain.members)}")
    return dict(SET_CELLS)[kind](members)


def _unquoted(part: str) -> str:
    quoted = QUOTED.fullmatch(part)
    return re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else part


def show_cell(cell: Cell, domain: Domain) -> str:
    """Return the text that `parse_cell` reads as this cell.

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
            kind = next(words for words, of_kind in SET_CELLS if of_kind is type(cell))
            known = domain.members if isinstance(domain, Subset) else sorted(members)
            listing = ", ".join(_quoted(word) for word in known if word in members)
            return f"{kind} {listing}".strip()


def _show_literal(value: Value, domain: Domain) -> str:
    return _quoted(domain.show(value)) if isinstance(domain, (Scale, Choice)) else domain.show(value)


def _quoted(word: str) -> str:
    if BARE.fullmatch(word) and word not in PLAIN_WORDS and ".." not in word and not ON_SETS.match(word):
        return word
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
