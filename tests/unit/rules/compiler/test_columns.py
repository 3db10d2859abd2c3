"""Axes and columns of small domains, compared with the slow twin on every cell and every value."""

from datetime import date, time
from decimal import Decimal
from itertools import combinations, product

import pytest

from supportcore.domains import Choice, Day, Flag, Integer, Minutes, Number, NumberGap, Scale, Subset, TimeOfDay
from supportcore.errors import DefinitionError
from supportcore.rules.cells import (
    ANYTHING,
    GIVEN,
    MISSING,
    AllOf,
    AnyOf,
    Between,
    Compare,
    Exactly,
    Is,
    NoneOf,
    Not,
    OneOf,
)
from supportcore.rules.compiler import columns
from supportcore.rules.compiler.axes import axis_of, extent_of
from supportcore.rules.compiler.columns import cell_for, column_of, piece_of
from tests.oracles import rules as oracle

OPERATORS = ("<", "<=", ">", ">=")
HALVES = [Decimal(half) / 2 for half in range(-1, 6)]
SMALL = [
    Flag("vip"),
    Flag("vip", optional=True),
    Scale("impact", ["low", "medium", "high", "huge"]),
    Scale("impact", ["low", "medium", "high"], optional=True),
    Choice("kind", ["question", "fault", "wish"]),
    Choice("product", ["crm", "shop"], other=True),
    Choice("product", ["crm", "shop"], other=True, optional=True),
    Integer("users", 2, 5),
    Minutes("estimate", 0, 3, optional=True),
    Day("on", date(2026, 1, 30), date(2026, 2, 2)),
    TimeOfDay("hour", time(9, 58), time(10, 1)),
    Subset("areas", ["net", "db", "web"]),
    Subset("areas", ["net", "db", "web"], optional=True),
    Number("load", Decimal(0), Decimal(2)),
    Number("load", Decimal(0), Decimal(2), lo_open=True, hi_open=True, optional=True),
    Number("load"),
    Number("load", Decimal(0), Decimal(2), gaps=[NumberGap(0, 1)]),
    Number("load", Decimal(0), None, gaps=[NumberGap(Decimal("0.5"), 1), NumberGap(1, 2)], optional=True),
]
IDS = [f"{domain.kind}-{place}" for place, domain in enumerate(SMALL)]


def cell_of(made, pieces):
    """The cell for some pieces of a column."""
    return cell_for(made, sum(1 << piece for piece in set(pieces)))


def values_of(domain):
    if not isinstance(domain, Number):
        return oracle.values_of(domain)
    inside = [value for value in HALVES if domain.problem(value) is None]
    return [*inside, oracle.ABSENT] if domain.optional else inside


def present(domain):
    return [value for value in values_of(domain) if value is not oracle.ABSENT]


def terms_of(domain):
    """Every term with literals of the domain; for a number only whole literals, so that halves lie between."""
    literals = [value for value in present(domain) if not isinstance(value, Decimal) or value == value.to_integral()]
    terms = [Is(value) for value in literals]
    if domain.ordered:
        terms += [Compare(operator, value) for operator in OPERATORS for value in literals]
        closed = product([False, True], repeat=2)
        terms += [
            Between(low, high, *ends) for ends in closed for low, high in product(literals, repeat=2)
        ]  # fmt: skip
    return terms


def cells_of(domain):
    """Every cell with one or two terms, also those that fit no value."""
    if isinstance(domain, Subset):
        words = [frozenset(held) for size in (1, 2, 3) for held in combinations(domain.members, size)]
        sets = [kind(held) for kind in (AllOf, AnyOf, NoneOf, Exactly) for held in words]
        return [ANYTHING, GIVEN, MISSING, *sets, *(Not([one]) for one in sets), Not([sets[0], sets[-1]])]
    terms = terms_of(domain)
    pairs = list(combinations(terms, 2))[:: max(1, len(terms) // 12)]
    several = [*([term] for term in terms), *map(list, pairs)]
    missing = [OneOf([MISSING, term]) for term in terms[:3]]
    return [ANYTHING, GIVEN, MISSING, *terms, *map(Not, several), *(OneOf(pair) for pair in pairs), *missing]


def position_fits(extent, axis, value):
    """Whether a value, or its absence, lies in the spans of an extent."""
    if value is oracle.ABSENT:
        return extent.missing
    at = axis.position(value)
    return any(low <= at < high for low, high in extent.spans)


@pytest.mark.parametrize("domain", SMALL, ids=IDS)
def test_the_spans_of_a_cell_hold_the_values_that_it_fits_and_no_others(domain):
    cells = cells_of(domain)
    axis = axis_of(domain, cells)
    values = values_of(domain)
    for cell in cells:
        fitting = [oracle.fits(cell, domain, value) for value in values]
        try:
            extent = extent_of(cell, axis)
        except DefinitionError:
            assert not any(fitting) or (isinstance(cell, OneOf) and MISSING in cell.terms and not domain.optional)
            continue
        assert [position_fits(extent, axis, value) for value in values] == fitting
        assert list(extent.spans) == sorted(extent.spans)
        assert all(low < high for low, high in extent.spans)
        assert all(one[1] < other[0] for one, other in zip(extent.spans, extent.spans[1:], strict=False))


def compiled(domain, cells):
    axis = axis_of(domain, cells)
    fitting = [cell for cell in cells if any(oracle.fits(cell, domain, value) for value in values_of(domain))]
    kept = [cell for cell in fitting if domain.optional or not (isinstance(cell, OneOf) and MISSING in cell.terms)]
    extents = [None if cell is ANYTHING else extent_of(cell, axis) for cell in kept]
    return kept, column_of(axis, extents, range(len(kept)))


@pytest.mark.parametrize("most_bytes", [columns.MOST_BYTES, 0])
@pytest.mark.parametrize("domain", SMALL, ids=IDS)
def test_bit_k_of_the_mask_of_a_value_is_set_if_rule_k_fits(domain, most_bytes, monkeypatch):
    monkeypatch.setattr(columns, "MOST_BYTES", most_bytes)
    every = cells_of(domain)
    for cells in (every[:1], every[:9], every[3::7][:250]):
        kept, column = compiled(domain, cells)
        for value in values_of(domain):
            mask = column.masks[piece_of(column, None if value is oracle.ABSENT else value)]
            assert mask == sum(oracle.fits(cell, domain, value) << bit for bit, cell in enumerate(kept))


def test_rules_share_the_masks_of_a_cell_by_its_number():
    users = Integer("users", 0, 9)
    axis = axis_of(users, ())
    for count in (3, 300):
        extents = [None, extent_of(Compare(">=", 5), axis), *([extent_of(Is(9), axis)] * (count - 2))]
        numbers = [1, 0, 2, 1, 0]
        column = column_of(axis, extents, numbers)
        assert (column.cuts, column.masks) == ((0, 5, 9, 10), (0b10010, 0b11011, 0b11111))


@pytest.mark.parametrize("domain", SMALL, ids=IDS)
def test_pieces_have_the_lowest_the_highest_and_the_number_of_their_values(domain):
    every = cells_of(domain)
    for cells in (every[:1], every[:7], every[3::5]):
        _, column = compiled(domain, cells)
        pieces = {}
        for value in present(domain):
            pieces.setdefault(piece_of(column, value), []).append(value)
        for piece in range(column.present):
            values = pieces.get(piece, [])
            lowest, highest, size = column.lowest(piece), column.highest(piece), column.size(piece)
            assert piece_of(column, lowest) == piece_of(column, highest) == piece
            if isinstance(domain, Number):
                assert size is None or (size, values) == (1, [lowest])
                assert lowest <= highest
            else:
                assert size == len(values)
                assert lowest in values
                assert highest in values
                if domain.ordered:
                    keys = [oracle.order_key(domain, value) for value in values]
                    assert oracle.order_key(domain, lowest) == min(keys)
                    assert oracle.order_key(domain, highest) == max(keys)
        assert column.present + domain.optional == len(column.masks)
        if domain.optional:
            missing = column.present
            assert (column.size(missing), column.lowest(missing), column.highest(missing)) == (1, None, None)


@pytest.mark.parametrize("domain", [one for one in SMALL if not isinstance(one, Subset)])
def test_the_cell_for_some_pieces_fits_exactly_their_values(domain):
    every = cells_of(domain)
    for cells in (every[:1], every[3:6], [*every[3:8], MISSING]):
        _, column = compiled(domain, cells)
        values = values_of(domain)
        places = [piece_of(column, None if value is oracle.ABSENT else value) for value in values]
        for size in range(1, len(column.masks) + 1):
            for pieces in combinations(range(len(column.masks)), size):
                cell = cell_of(column, pieces)
                assert [oracle.fits(cell, domain, value) for value in values] == [place in pieces for place in places]
