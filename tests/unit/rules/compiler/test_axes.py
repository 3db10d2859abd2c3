"""Axes with open ends and dense axes, refused cells, and how pieces are spelled, each worked out by hand."""

from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from math import inf

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
from supportcore.rules.compiler.axes import Extent, axis_of, extent_of
from supportcore.rules.compiler.columns import cell_for, column_of, piece_of

USERS = Integer("users", 0, 9)
LOAD = Number("load", Decimal(0), Decimal(4))
NEW_YEAR = date(2026, 1, 1)


def cell_of(made, pieces):
    """The cell for some pieces of a column."""
    return cell_for(made, sum(1 << piece for piece in set(pieces)))


def column(domain, *cells):
    axis = axis_of(domain, cells)
    return column_of(axis, [extent_of(cell, axis) for cell in cells], range(len(cells)))


def ends(domain, *cells):
    """Lowest value, highest value and size of each piece."""
    made = column(domain, *cells)
    return [(made.lowest(piece), made.highest(piece), made.size(piece)) for piece in range(len(made.masks))]


AXES = [
    (Flag("vip"), 0, 2),
    (Scale("impact", ["low", "high"]), 0, 2),
    (Choice("kind", ["question", "fault", "wish"]), 0, 3),
    (Choice("product", ["crm"], other=True), 0, 2),
    (Integer("users"), -inf, inf),
    (Integer("users", 3), 3, inf),
    (Integer("users", None, 7), -inf, 8),
    (Minutes("estimate", 0, 30), 0, 31),
    (Day("on"), -inf, inf),
    (Day("on", NEW_YEAR, NEW_YEAR), NEW_YEAR.toordinal(), NEW_YEAR.toordinal() + 1),
    (TimeOfDay("hour"), 0, 24 * 60),
    (TimeOfDay("hour", time(9, 58), time(17, 30)), 598, 1051),
    (Number("load"), (-inf, 0), (inf, 1)),
    (LOAD, (0, 0), (4, 1)),
    (Number("load", Decimal(0), Decimal(4), lo_open=True, hi_open=True), (0, 1), (4, 0)),
]


@pytest.mark.parametrize(("domain", "low", "high"), AXES)
def test_an_axis_runs_from_the_lowest_cut_to_the_highest(domain, low, high):
    axis = axis_of(domain, [])
    assert (axis.low, axis.high, axis.words, axis.rest) == (low, high, (), 0)


def test_the_axis_of_a_subset_has_a_place_for_each_combination_of_the_words_that_cells_name():
    areas = Subset("areas", ["net", "db", "web"])
    cells = [AllOf(frozenset(["web"])), Not([AnyOf(frozenset(["net"]))]), ANYTHING, MISSING]
    axis = axis_of(areas, cells)
    assert (axis.low, axis.high, axis.words, axis.rest) == (0, 8, ("net", "web"), 1)
    whole = axis_of(areas, [NoneOf(frozenset(["net", "db"])), Exactly(frozenset(["web"]))])
    assert (whole.low, whole.high, whole.words, whole.rest) == (0, 8, ("net", "db", "web"), 0)
    assert (axis.position(frozenset(["web", "db"])), whole.position(frozenset(["web", "db"]))) == (0b110, 0b110)
    assert [axis.value_at(place) for place in (0, 1, 4, 7)] == [
        frozenset(),
        frozenset(["net"]),
        frozenset(["db"]),
        frozenset(["net", "web", "db"]),
    ]
    many = axis_of(Subset("areas", ["a", "b", "c", "d"]), [AnyOf(frozenset(["b"]))])
    assert [many.size(place, place + 1) for place in range(4)] == [1, 1, 7, 7]
    assert many.size(1, 4) == 15


def test_a_column_distinguishes_at_most_sixteen_words_of_a_subset():
    words = [f"w{place}" for place in range(17)]
    areas = Subset("areas", words)
    assert len(axis_of(areas, [AnyOf(frozenset(words[:16]))]).words) == 16
    with pytest.raises(DefinitionError) as raised:
        axis_of(areas, [AnyOf(frozenset(words[:9])), AllOf(frozenset(words[9:]))])
    assert str(raised.value) == (
        "the cells of `areas` name 17 different words; a table distinguishes at most 16; use flags for some of them"
    )


REFUSED = [
    (Compare(">", 9), USERS, "no value of `users` (0 .. 9) fits this cell"),
    (Between(4, 4, low_closed=False), USERS, "no value of `users` (0 .. 9) fits this cell"),
    (Not([Compare(">=", 0)]), USERS, "no value of `users` (0 .. 9) fits this cell"),
    (MISSING, USERS, "`missing` never fits; declare that `users` may be missing, or remove the cell"),
    (OneOf([Is(1), MISSING]), USERS, "`missing` never fits; declare that `users` may be missing, or remove the cell"),
]


@pytest.mark.parametrize(("cell", "domain", "words"), REFUSED)
def test_a_cell_that_never_fits_is_refused(cell, domain, words):
    with pytest.raises(DefinitionError) as raised:
        extent_of(cell, axis_of(domain, [cell]))
    assert str(raised.value) == words


def test_free_cells_and_missing_facts_have_extents():
    plain, optional = axis_of(USERS, []), axis_of(Integer("users", 0, 9, optional=True), [])
    whole = ((0, 10),)
    assert [extent_of(cell, plain) for cell in (ANYTHING, GIVEN)] == [Extent(whole), Extent(whole)]
    assert [extent_of(cell, optional) for cell in (ANYTHING, GIVEN, MISSING)] == [
        Extent(whole, missing=True),
        Extent(whole),
        Extent((), missing=True),
    ]
    assert extent_of(OneOf([Is(1), Is(2), MISSING, Is(7)]), optional) == Extent(((1, 3), (7, 8)), missing=True)


def test_touching_and_overlapping_spans_become_one():
    axis = axis_of(USERS, [])
    assert extent_of(OneOf([Between(2, 6), Is(3), Is(7), Is(0)]), axis).spans == ((0, 1), (2, 8))
    assert extent_of(Not([Between(2, 6), Is(3), Is(9)]), axis).spans == ((0, 2), (7, 9))


def test_pieces_with_open_ends_have_a_value_near_the_end():
    assert ends(Integer("users"), Is(3)) == [(2, 2, None), (3, 3, 1), (4, 4, None)]
    assert ends(Integer("users", 0), Compare(">=", 5)) == [(0, 4, 5), (5, 5, None)]
    assert ends(Integer("users", None, 9), Compare(">=", 5)) == [(4, 4, None), (5, 9, 5)]
    assert ends(Integer("users"), GIVEN) == [(719163, 719163, None)]
    assert ends(Day("on"), GIVEN) == [(date(1970, 1, 1), date(1970, 1, 1), None)]
    assert ends(Day("on"), Is(NEW_YEAR)) == [
        (date(2025, 12, 31), date(2025, 12, 31), None),
        (NEW_YEAR, NEW_YEAR, 1),
        (date(2026, 1, 2), date(2026, 1, 2), None),
    ]


def test_pieces_of_a_dense_axis_have_a_value_inside_where_an_end_is_open():
    assert ends(Number("load"), GIVEN) == [(0, 0, None)]
    assert ends(Number("load"), Is(3)) == [(2, 2, None), (3, 3, 1), (4, 4, None)]
    assert ends(LOAD, Between(1, 2)) == [(0, Decimal("0.5"), None), (1, 2, None), (3, 4, None)]
    assert ends(LOAD, Between(1, 2, low_closed=False, high_closed=False)) == [
        (0, 1, None),
        (Decimal("1.5"), Decimal("1.5"), None),
        (2, 4, None),
    ]
    assert ends(LOAD, Is(Decimal("0.1")), Is(Decimal("0.3")))[2] == (Decimal("0.2"), Decimal("0.2"), None)
    half = ends(LOAD, Between(1, 3, low_closed=False, high_closed=False))[1][0]
    assert str(half) == "2"


GAPPED = Number("load", Decimal(0), Decimal(9), gaps=[NumberGap(1, 2), NumberGap(2, 4), NumberGap(6, 8)])


def test_a_cut_in_a_gap_is_the_cut_where_the_gap_begins():
    axis = axis_of(GAPPED, [])
    assert [(axis.position(value), axis.after(value)) for value in (0, 1, 2, 4, 6, 8, 9)] == [
        ((0, 0), (0, 1)),
        ((1, 0), (1, 1)),
        ((1, 1), (2, 1)),
        ((2, 1), (4, 1)),
        ((6, 0), (6, 1)),
        ((6, 1), (8, 1)),
        ((9, 0), (9, 1)),
    ]
    assert [axis.start(cut) for cut in ((0, 0), (1, 0), (1, 1), (2, 1), (6, 1), (8, 1))] == [
        (0, 0),
        (1, 0),
        (2, 0),
        (4, 0),
        (8, 0),
        (8, 1),
    ]
    assert axis.stretches((0, 0), (9, 1)) == (((0, 0), (1, 1)), ((2, 0), (2, 1)), ((4, 0), (6, 1)), ((8, 0), (9, 1)))
    assert axis.stretches((1, 1), (6, 1)) == (((2, 0), (2, 1)), ((4, 0), (6, 1)))
    assert axis_of(USERS, []).stretches(0, 10) == ((0, 10),)


def test_pieces_of_an_axis_with_gaps_have_the_values_between_them():
    assert ends(GAPPED, GIVEN) == [(0, 9, None)]
    assert ends(GAPPED, Is(2)) == [(0, 1, None), (2, 2, 1), (4, 9, None)]
    assert ends(GAPPED, Between(1, 2)) == [(0, Decimal("0.5"), None), (1, 2, 2), (4, 9, None)]
    assert ends(GAPPED, Compare(">", 8)) == [(0, 8, None), (Decimal("8.5"), 9, None)]


def test_the_value_inside_a_piece_is_exact_however_long_its_ends_are():
    low, high = Decimal("0." + "1" * 60), Decimal("0." + "1" * 59 + "3")
    inside = ends(Number("load"), Is(low), Is(high))[2][0]
    assert Fraction(inside) == (Fraction(low) + Fraction(high)) / 2


def spelled(domain, *cells):
    """The cell of each piece, then that of all pieces but the first."""
    made = column(domain, *cells)
    every = range(len(made.masks))
    return [*(cell_of(made, [piece]) for piece in every), cell_of(made, every[1:])]


def test_the_cell_for_some_pieces_has_the_shortest_terms():
    assert spelled(USERS, Between(3, 4), Is(7)) == [
        Compare("<=", 2),
        OneOf([Is(3), Is(4)]),
        OneOf([Is(5), Is(6)]),
        Is(7),
        Compare(">=", 8),
        Compare(">=", 3),
    ]
    assert spelled(USERS, Between(2, 6), Is(9)) == [
        Compare("<=", 1),
        Between(2, 6),
        OneOf([Is(7), Is(8)]),
        Is(9),
        Compare(">=", 2),
    ]
    assert spelled(Integer("users"), Is(3)) == [
        Compare("<=", 2),
        Is(3),
        Compare(">=", 4),
        Compare(">=", 3),
    ]
    assert spelled(Choice("product", ["crm", "shop"], other=True), Is("shop")) == [
        Is("crm"),
        Is("shop"),
        Is("other"),
        OneOf([Is("shop"), Is("other")]),
    ]
    made = column(USERS, Is(3), Is(7))
    assert cell_of(made, [4, 0, 2, 2]) == OneOf([Compare("<=", 2), Between(4, 6), Compare(">=", 8)])


def test_the_cell_for_pieces_of_a_dense_axis_has_open_and_closed_ends():
    assert spelled(LOAD, Between(1, 2, high_closed=False), Is(3)) == [
        Compare("<", 1),
        Between(1, 2, high_closed=False),
        Between(2, 3, high_closed=False),
        Is(3),
        Compare(">", 3),
        Compare(">=", 1),
    ]
    assert spelled(LOAD, Between(1, 2, low_closed=False)) == [
        Compare("<=", 1),
        Between(1, 2, low_closed=False),
        Compare(">", 2),
        Compare(">", 1),
    ]


def test_the_cell_for_all_pieces_is_free_or_given():
    users = Integer("users", 0, 9, optional=True)
    made = column(users, Is(3))
    assert [cell_of(made, pieces) for pieces in ([0, 1, 2, 3], [0, 1, 2], [3], [1, 3])] == [
        ANYTHING,
        GIVEN,
        MISSING,
        OneOf([Is(3), MISSING]),
    ]
    assert cell_of(column(USERS, Is(3)), [0, 1, 2]) is ANYTHING


def test_a_value_lies_in_the_piece_between_its_cuts():
    made = column(USERS, Is(3), Is(7))
    assert [piece_of(made, value) for value in range(10)] == [0, 0, 0, 1, 2, 2, 2, 3, 4, 4]
    assert piece_of(column(Integer("users", 0, 9, optional=True), Is(3)), None) == 3
