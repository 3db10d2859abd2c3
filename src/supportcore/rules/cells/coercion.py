"""Coerce what code gives as a cell: a text, a value, a list of values, or a cell itself."""

from collections.abc import Iterable, Iterator
from datetime import date, time
from decimal import Decimal

from supportcore.domains import Domain, Subset, Value
from supportcore.domains.values import shown, with_article
from supportcore.errors import DefinitionError, listed
from supportcore.rules.cells.parsing import OPERATORS, parse_cell, unknown_member
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
    SetCell,
    Term,
)

MOST_NESTED = 16


def coerce_cell(given: object, domain: Domain) -> Cell:
    """Return the cell that a Python value means: a text as in `parse_cell`, a value, a list of these, or a cell.

    A cell that can be built in several ways has the form that its text parses to, so that equal cells compare equal.
    Raises `DefinitionError` for anything that does not fit the domain.

    >>> from supportcore.domains import Scale
    >>> coerce_cell(["low", "medium"], Scale("impact", ["low", "medium", "high"]))
    OneOf(terms=(Is(value='low'), Is(value='medium')))
    """
    if isinstance(given, str):
        return parse_cell(given, domain)
    if isinstance(given, Cell):
        return _checked(given, domain)
    if isinstance(given, (list, tuple, set, frozenset)):
        return _cell_of_many(given, domain)
    problem = domain.problem(given)
    if problem:
        raise DefinitionError(problem)
    assert isinstance(given, (bool, int, Decimal, date, time))
    return Is(given)


def _cell_of_many(given: Iterable[object], domain: Domain) -> Cell:
    if isinstance(domain, Subset):
        return _checked(AllOf(map(shown, given)), domain)
    terms: list[Term | Not] = []
    for part in _flat(given):
        cell = coerce_cell(part, domain)
        if isinstance(cell, OneOf):
            terms.extend(cell.terms)
        elif isinstance(cell, (Is, Compare, Between, Missing, Not)):
            terms.append(cell)
        else:
            raise DefinitionError(f"`{shown(part)}` cannot be part of a list")
    return _any_of(terms, domain)


def _flat(given: Iterable[object], depth: int = 1) -> Iterator[object]:
    """Yield the values of a list and of the lists inside it."""
    if depth > MOST_NESTED:
        raise DefinitionError(f"the cell has lists nested more than {MOST_NESTED} deep; name all values in one list")
    for part in given if isinstance(given, (list, tuple)) else sorted(given, key=shown):
        if isinstance(part, (list, tuple, set, frozenset)):
            yield from _flat(part, depth + 1)
        else:
            yield part


def _any_of(terms: list[Term | Not], domain: Domain) -> Cell:
    if not terms:
        raise DefinitionError(f"the cell is an empty list; name values of `{domain.name}`, or leave the cell out")
    return terms[0] if len(terms) == 1 else OneOf(terms)


def _checked(cell: Cell, domain: Domain) -> Cell:
    """Return a cell in the form that its text parses to; raise `DefinitionError` if a part does not fit the domain."""
    match cell:
        case Anything():
            return ANYTHING
        case Missing():
            return MISSING
        case Given():
            return GIVEN
        case OneOf(terms):
            return _any_of([_listed(term, domain) for term in terms], domain)
        case Not(terms):
            return _negation(terms, domain)
    return _part(cell, domain)


def _negation(terms: tuple[object, ...], domain: Domain) -> Cell:
    if not terms:
        raise DefinitionError(f"the cell negates nothing; name values of `{domain.name}`, or leave the cell out")
    if terms == (MISSING,):
        return GIVEN
    if not isinstance(domain, Subset):
        return Not(_single(term, domain) for term in terms)
    if len(terms) > 1:
        raise DefinitionError(f"`not(...)` takes a single cell on the words of `{domain.name}`, not {len(terms)}")
    return Not(_part(term, domain) for term in terms)


def _listed(term: object, domain: Domain) -> Term | Not:
    negated = _negation(term.terms, domain) if isinstance(term, Not) and not isinstance(domain, Subset) else None
    return negated if isinstance(negated, Not) else _single(term, domain)


def _single(term: object, domain: Domain) -> Term:
    """Return a part of a list; raise `DefinitionError` for a cell on sets."""
    part = _part(term, domain)
    if isinstance(part, SetCell):
        raise DefinitionError(f"a cell on the words of `{domain.name}` cannot be part of a list; name all words in it")
    return part


def _part(term: object, domain: Domain) -> Term | SetCell:
    match term:
        case Missing():
            return MISSING
        case Is(value):
            _belongs(value, domain)
            return Exactly(value) if isinstance(value, frozenset) else term
        case Compare(operator, value):
            if operator not in OPERATORS:
                raise DefinitionError(f"`{operator}` is not a comparison; expected one of {listed(OPERATORS)}")
            _has_order(domain)
            _belongs(value, domain)
            return term
        case Between(low, high):
            _has_order(domain)
            _belongs(low, domain)
            _belongs(high, domain)
            return term
        case AllOf(members) | AnyOf(members) | NoneOf(members) | Exactly(members):
            if not isinstance(domain, Subset):
                raise DefinitionError(f"`{domain.name}` takes single values, not sets; name its values instead")
            _belongs(members, domain)
            if not members and not isinstance(term, Exactly):
                raise DefinitionError(
                    f"the cell names no word of `{domain.name}`; name one, leave the cell out, or write `exactly` for "
                    "the empty set"
                )
            return term
    name = type(term).__name__ if isinstance(term, Cell) else shown(term)
    raise DefinitionError(f"`{name}` cannot be part of another cell")


def _has_order(domain: Domain) -> None:
    if not domain.ordered:
        raise DefinitionError(
            f"`{domain.name}` is {with_article(domain.kind)} and has no order; name its values instead"
        )


def _belongs(value: Value, domain: Domain) -> None:
    problem = domain.problem(value) or unknown_member(value, domain)
    if problem:
        raise DefinitionError(problem)
