"""Parse and show cells as text, after the unary tests of DMN's S-FEEL.

Bare words name members. A member that reads as something else (`missing`, `-`, a word with a comma) is quoted.
"""

import re
from datetime import time

from supportcore.domains import Choice, Domain, Flag, Scale, Subset, TimeOfDay, Value
from supportcore.domains.members import not_a_member
from supportcore.domains.times_of_day import LAST
from supportcore.domains.values import with_article
from supportcore.errors import DefinitionError, FactError
from supportcore.rules.cells.text_literals import quote_text, split_interval, split_list, unquote_text
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

NEGATED = re.compile(r"not\s*\((.*)\)", re.DOTALL)
CALLED = re.compile(r'(?:date|time|duration)\s*\(\s*"([^"]*)"\s*\)')
ON_SETS = re.compile(r"(all of|any of|none of|exactly)\b(.*)", re.DOTALL)
SET_CELLS: tuple[tuple[str, type[SetCell]], ...] = (
    ("all of", AllOf),
    ("any of", AnyOf),
    ("none of", NoneOf),
    ("exactly", Exactly),
)
OPERATORS: dict[str, Operator] = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}
PLAIN_WORDS: dict[str, Cell] = {"-": ANYTHING, "": ANYTHING, "missing": MISSING, "given": GIVEN}
TIGHT_COMMA = re.compile(r"(?<=\d),(?=\d)")
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
    if isinstance(domain, Subset):
        negated = NEGATED.fullmatch(body) if body[0] == "n" else None
        return _parse_set(body, domain) if negated is None else _negated_set(body, negated[1].strip(), domain)
    if "," not in body and body[0] != "n":
        return _parse_term(body, domain)
    cells = [_parse_part(part, domain) for part in _split(body, domain)]
    if len(cells) == 1:
        return cells[0]
    terms: list[Term | Not] = []
    for cell in cells:
        if isinstance(cell, Given):
            raise DefinitionError("`not(missing)` cannot be part of a list; name values only")
        terms.append(cell)
    return OneOf(terms)


def _split(body: str, domain: Domain) -> list[str]:
    parts = split_list(body)
    if not isinstance(domain, (Scale, Choice, Flag)) and _may_be_one_number(body, parts):
        raise DefinitionError(
            f"`{body}` could be one number or two; write decimals with a point, thousands without a separator, and a "
            "blank after the comma between two values"
        )
    return parts


def _may_be_one_number(body: str, parts: list[str]) -> bool:
    """Return whether a comma may be the point of a decimal or separate thousands: in `2,3`, but not in `2,3,4`."""
    inner = [len(TIGHT_COMMA.findall(part)) for part in parts]
    between = len(TIGHT_COMMA.findall(body)) - sum(inner)
    if any(count for count, part in zip(inner, parts, strict=True) if not NEGATED.fullmatch(part)):
        return True
    return between == 1 or 0 < between < len(parts) - 1 or (between > 0 and "000" in parts)


def _parse_part(part: str, domain: Domain) -> Term | Not | Given:
    """Parse a part of a list: a term or the negation of terms."""
    negated = NEGATED.fullmatch(part) if part[:1] == "n" else None
    if negated is None:
        return _parse_term(part, domain)
    terms = [] if negated[1].strip() == "missing" else _split(negated[1], domain)
    if any(term in ("", "-", "given") or NEGATED.fullmatch(term) for term in terms):
        raise DefinitionError(f"`{part}` cannot be read; `not(...)` takes values, comparisons and intervals")
    return Not(_parse_term(term, domain) for term in terms) if terms else GIVEN


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
    ends = split_interval(part)
    if ends is not None:
        _must_be_ordered(part, domain)
        low = _parse_literal(ends[0], domain)
        high, up_to_midnight = _parse_end(ends[1], domain)
        low_closed, high_closed = part[0] == "[", part[-1] == "]" or up_to_midnight
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
    word = unquote_text(text) if text[:1] == '"' else None
    if word is None:
        called = CALLED.fullmatch(text) if text[-1:] == ")" else None
        word = called[1] if called else text
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


def _parse_set(body: str, domain: Subset) -> SetCell:
    found = ON_SETS.fullmatch(body)
    kind, rest = (found[1], found[2]) if found else ("all of", body)
    members = parse_words(rest)
    problem = domain.problem(members)
    if problem:
        raise DefinitionError(problem)
    if not members and kind != "exactly":
        raise DefinitionError(f"`{body}` names no word; expected words out of {', '.join(domain.members)}")
    return dict(SET_CELLS)[kind](members)


def _negated_set(body: str, inner: str, domain: Subset) -> Cell:
    if inner == "missing":
        return GIVEN
    if inner in ("", "-", "given") or NEGATED.fullmatch(inner):
        raise DefinitionError(f"`{body}` cannot be read; `not(...)` takes a cell on the words of `{domain.name}`")
    return Not([_parse_set(inner, domain)])


def parse_words(text: str) -> frozenset[str]:
    """Return the words of a list, with or without quotes; an empty text and `""` are the empty set.

    >>> sorted(parse_words('"a, b", c'))
    ['a, b', 'c']
    """
    words = ((part, unquote_text(part)) for part in split_list(text))
    return frozenset(part if word is None else word for part, word in words if part and word != "")


def show_words(members: frozenset[str], domain: Domain) -> str:
    """Return the text that `parse_words` reads as these words, in the order of the domain."""
    known = domain.members if isinstance(domain, Subset) else sorted(members)
    return ", ".join(_quoted(word) for word in known if word in members)


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
            return f"{kind} {show_words(members, domain)}".strip()


def _show_literal(value: Value, domain: Domain) -> str:
    return _quoted(domain.show(value)) if isinstance(domain, (Scale, Choice)) else domain.show(value)


def _quoted(word: str) -> str:
    is_bare = BARE.fullmatch(word) and word not in PLAIN_WORDS and ".." not in word and not ON_SETS.match(word)
    return word if is_bare else quote_text(word)
