"""Cells of a rule: which are refused with which words, and which mean the same."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from supportcore.domains import Choice, Day, Integer, Minutes, Number, Scale, Subset, TimeOfDay
from supportcore.errors import ConceptError, FactError
from supportcore.rules import DecisionTable, Rule
from supportcore.rules.cells import (
    MISSING,
    AllOf,
    AnyOf,
    Anything,
    Between,
    Compare,
    Exactly,
    Given,
    Is,
    NoneOf,
    Not,
    OneOf,
)
from supportcore.rules.cells.coercion import coerce_cell
from supportcore.rules.cells.parsing import show_cell

IMPACT = Scale("impact", ["low", "medium", "high"])
USERS = Integer("users", 0, 9999)
FEW = Integer("users", 0, 100)
KIND = Choice("kind", ["question", "fault"])
LOAD = Number("load", 0, 100)
ESTIMATE = Minutes("estimate", 0, 4800, optional=True)
ON = Day("on", date(2026, 1, 1), date(2026, 12, 31))
AT = TimeOfDay("at")
AREAS = Subset("areas", ["net", "db", "web"])
ODD = Choice(
    "odd",
    ["-", "not", "missing", "a|b", 'say "x"', "x, y", "not(a)", "[1..2]", ">= 3", "!= x", "a\\b", "", " b ", "ab\n"],
)
PRIORITY = Scale("priority", ["minor", "major"])
MAJOR = {"priority": "major"}

AMBIGUOUS = (
    "could be one number or two; write decimals with a point, thousands without a separator, and a blank after the "
    "comma between two values"
)
NO_INTERVAL = (
    "is not an interval; write `[low..high]`, with a round bracket at an end that is excluded, or `>= low` or "
    "`<= high` for a single bound"
)


def table(*rules, **parts):
    return DecisionTable(**{"name": "t", "hit": "first", "outputs": [PRIORITY], "rules": rules, **parts})


def refused(*rules, **parts):
    with pytest.raises(ConceptError) as raised:
        table(*rules, **parts)
    return [str(problem) for problem in raised.value.problems]


REFUSED = [
    (LOAD, "0,5", f"`0,5` {AMBIGUOUS}"),
    (LOAD, "[0,1..0,5]", f"`[0,1..0,5]` {AMBIGUOUS}"),
    (USERS, "1,000", f"`1,000` {AMBIGUOUS}"),
    (ESTIMATE, "8,5 h", f"`8,5 h` {AMBIGUOUS}"),
    (USERS, "1.000", "`1.000` is not a whole number; `users` takes whole numbers"),
    (USERS, "１２", "`１２` is not a whole number; `users` takes whole numbers"),
    (LOAD, "1_0", "`1_0` is not a number; `load` takes decimals"),
    (LOAD, "NaN", "`NaN` is not a number; `load` takes decimals"),
    (LOAD, Decimal("NaN"), "`NaN` is not a finite number; `load` takes decimals"),
    (LOAD, Decimal("sNaN"), "`sNaN` is not a finite number; `load` takes decimals"),
    (LOAD, float("inf"), "`inf` is not a finite number; `load` takes decimals"),
    (USERS, float("nan"), "`nan` is a binary number with a point; `users` takes whole numbers"),
    (LOAD, "1e5000", "`1E+5000` is too long; `load` takes 999 digits before and after the point"),
    (USERS, 10**1000, "`a number of very many digits` is too long; `users` takes 999 digits before and after the "
     "point"),
    (USERS, "[5..3", f"`[5..3` {NO_INTERVAL}"),
    (USERS, "5..30", f"`5..30` {NO_INTERVAL}"),
    (LOAD, "[..0.5]", f"`[..0.5]` {NO_INTERVAL}"),
    (USERS, "[5..3]", "no value of `users` (0 .. 9999) fits this cell"),
    (USERS, "5-30", "`5-30` is not a whole number; `users` takes whole numbers"),
    (USERS, "=> 5", "`=> 5` is not a unary test; write `>= 5`"),
    (USERS, "=< 5", "`=< 5` is not a unary test; write `<= 5`"),
    (USERS, "<> 5", "`<> 5` is not a unary test; write `not(5)`"),
    (USERS, "== 5", "`== 5` is not a unary test; write `5`"),
    (USERS, ">=", "`>=` has no value to compare with; write it after the operator, as in `>= 4`"),
    (USERS, ">< 5", "`>< 5` has no value to compare with; write it after the operator, as in `>= 4`"),
    (USERS, "2,3", f"`2,3` {AMBIGUOUS}"),
    (USERS, "not(2,3)", f"`2,3` {AMBIGUOUS}"),
    (LOAD, "1,5, 2,5", f"`1,5, 2,5` {AMBIGUOUS}"),
    (USERS, "1,000,000", f"`1,000,000` {AMBIGUOUS}"),
    (LOAD, "not(5), [0,1..2]", f"`not(5), [0,1..2]` {AMBIGUOUS}"),
    (ESTIMATE, "5 min, not(missing)", "`not(missing)` cannot be part of a list; name values only"),
    (USERS, "not(not(5))", "`not(not(5))` cannot be read; `not(...)` takes values, comparisons and intervals"),
    (AREAS, "not(-)", "`not(-)` cannot be read; `not(...)` takes a cell on the words of `areas`"),
    (AREAS, OneOf([Not([AllOf(["net"])])]), "`Not` cannot be part of another cell"),
    (USERS, "5,,6", "`` cannot be part of a list; name values only"),
    (USERS, "not()", "`not()` cannot be read; `not(...)` takes values, comparisons and intervals"),
    (USERS, {"5": 5}, "`{'5': 5}` is a value of another kind; `users` takes whole numbers"),
    (USERS, [5, None], "`nothing` is nothing; `users` takes whole numbers"),
    (IMPACT, "x" * 1000, f"`{'x' * 200}…` is not a member of `impact` (low, medium, high)"),
    (ON, "1.1.2026", "`1.1.2026` is not a day; `on` takes days such as `2026-01-31`"),
    (ON, "2026-02-30", "`2026-02-30` is not a day; `on` takes days such as `2026-01-31`"),
    (ON, datetime(2026, 1, 1, tzinfo=UTC), "`2026-01-01 00:00:00+00:00` is an instant; `on` takes days"),
    (AT, "[9..18]", "`9` is not a time of day; `at` takes times such as `09:00`"),
    (AT, "24:00", "`24:00` is not a time of day; `at` takes times such as `09:00`"),
    (AT, ">= 24:00", "`24:00` is not a time of day; `at` takes times such as `09:00`"),
    (AT, "[22:00..06:00]", "`[22:00..06:00]` passes midnight; write `>= 22:00, <= 06:00`"),
    (AT, "[22:00..06:00)", "`[22:00..06:00)` passes midnight; write `>= 22:00, < 06:00`"),
    (AT, 540, "`540` is a whole number; `at` takes times of day"),
    (ODD, "missing", "`missing` never fits; declare that `odd` may be missing, or remove the cell"),
    (USERS, Compare("=", 5), "`=` is not a comparison; expected one of `<`, `<=`, `>`, `>=`"),
    (USERS, Is("5"), "`5` is a text; `users` takes whole numbers"),
    (USERS, Between(None, 3), "`nothing` is nothing; `users` takes whole numbers"),
    (USERS, OneOf([]), "the cell is an empty list; name values of `users`, or leave the cell out"),
    (USERS, Not([]), "the cell negates nothing; name values of `users`, or leave the cell out"),
    (USERS, OneOf([5]), "`5` cannot be part of another cell"),
    (USERS, Not([Anything()]), "`Anything` cannot be part of another cell"),
    (AREAS, [], "the cell names no word of `areas`; name one, leave the cell out, or write `exactly` for the "
     "empty set"),
    (AREAS, NoneOf([]), "the cell names no word of `areas`; name one, leave the cell out, or write `exactly` for "
     "the empty set"),
    (AREAS, OneOf([AllOf(["net"]), AllOf(["db"])]), "a cell on the words of `areas` cannot be part of a list; "
     "name all words in it"),
    (AREAS, Not([AllOf(["net"]), AnyOf(["db"])]), "`not(...)` takes a single cell on the words of `areas`, not 2"),
    (IMPACT, "hihg", "`hihg` is not a member of `impact` (low, medium, high); did you "
    "mean `high`?"),
    (IMPACT, "!= low", "`!= low` is not a unary test; write `not(low)`"),
    (FEW, "= 5", "`= 5` is not a unary test; write `5`"),
    (KIND, ">= fault",
     "`>= fault` compares, but `kind` is a choice and has no order; name its values instead"),
    (KIND, "[question..fault]", "`[question..fault]` compares, but `kind` is a choice "
    "and has "
     "no order; name its values instead"),
    (KIND, Compare(">=", "fault"), "`kind` is a choice and has no order; name its values "
    "instead"),
    (FEW, "4.0", "`4.0` is not a whole number; `users` takes whole numbers"),
    (FEW, 4.0, "`4.0` is a binary number with a point; `users` takes whole numbers"),
    (FEW, True, "`yes` is yes or no; `users` takes whole numbers"),
    (FEW, None, "`nothing` is nothing; `users` takes whole numbers"),
    (FEW, "> 200", "`200` lies outside `users` (0 .. 100)"),
    (FEW, Is(200), "`200` lies outside `users` (0 .. 100)"),
    (FEW, "> 100", "no value of `users` (0 .. 100) fits this cell"),
    (FEW, "(5..6)", "no value of `users` (0 .. 100) fits this cell"),
    (IMPACT, "not(low, medium, high)",
     "no value of `impact` (low < medium < high) fits this cell"),
    (IMPACT, "missing", "`missing` never fits; declare that `impact` may be missing, or "
     "remove the cell"),
    (ESTIMATE, "<= 480", "`480` has no unit; write `480 min` or `480 h` in `estimate`"),
    (IMPACT, "low, -", "`-` cannot be part of a list; name values only"),
    (IMPACT, "not(-)",
     "`not(-)` cannot be read; `not(...)` takes values, comparisons and intervals"),
    (IMPACT, [], "the cell is an empty list; name values of `impact`, or leave the "
     "cell out"),
    (AREAS, "net, dbx", "`dbx` is not a member of `areas` (net, db, web); did you mean `db`?"),
    (AREAS, "any of", "`any of` names no word; expected words out of net, db, web"),
    (AREAS, ["nett"], "`nett` is not a member of `areas` (net, db, web); did you mean `net`?"),
    (KIND, AllOf({"fault"}), "`kind` takes single values, not sets; name its values instead"),
    (IMPACT, Not([Not([Is("low")])]), "`Not` cannot be part of another cell"),
]  # fmt: skip


@pytest.mark.parametrize(("domain", "cell", "words"), REFUSED)
def test_a_wrong_cell_is_refused_with_its_rule_and_column(domain, cell, words):
    assert refused(Rule({domain.name: cell}, MAJOR), inputs=[domain]) == [f"rule r1, column {domain.name}: {words}"]


def test_a_cell_for_an_unknown_input_is_refused():
    assert refused(Rule({"impcat": "low"}, MAJOR), inputs=[IMPACT, USERS]) == [
        "rule r1: `impcat` is not an input; expected one of `impact`, `users`; did you mean `impact`?"
    ]


def test_other_means_any_other_text_but_not_a_typo():
    other = Choice("product", ["crm", "shop"], other=True)
    assert refused(Rule({"product": "shp"}, MAJOR), inputs=[other]) == [
        "rule r1, column product: `shp` is not a member of `product` (crm, shop); did you mean `shop`?; "
        "`other` means anything else"
    ]
    assert (
        table(Rule({"product": "other"}, MAJOR), inputs=[other]).decide({"product": "a thing of theirs"}).rule.id
        == "r1"
    )


def test_cells_may_name_sixteen_words_of_a_subset():
    words = Subset("words", [f"w{n}" for n in range(20)])
    assert refused(Rule({"words": AllOf(words.members)}, MAJOR), inputs=[words]) == [
        "column words: the cells of `words` name 20 different words; a table distinguishes at most 16; "
        "use flags for some of them"
    ]


@pytest.mark.parametrize("member", ODD.members)
def test_members_with_signs_of_cells_are_quoted(member):
    cell = Is(member)
    assert coerce_cell(show_cell(cell, ODD), ODD) == cell
    made = table(
        Rule({"odd": show_cell(Not([cell]), ODD)}, MAJOR), inputs=[ODD], hit="first", default={"priority": "minor"}
    )
    assert [word for word in ODD.members if made.decide({"odd": word})["priority"] == "minor"] == [member]


SAME = [
    (AREAS, Is(frozenset({"net"})), Exactly({"net"})),
    (USERS, OneOf([Is(5)]), Is(5)),
    (ESTIMATE, Not([MISSING]), Given()),
    (USERS, (5, (6, 7)), OneOf([Is(5), Is(6), Is(7)])),
    (AT, "[9:00..18:00)", Between(time(9), time(18), high_closed=False)),
    (AT, "[18:00..24:00)", Between(time(18), time(23, 59))),
    (AT, "< 24:00", Compare("<=", time(23, 59))),
    (AT, (time(9), "> 18:00"), OneOf([Is(time(9)), Compare(">", time(18))])),
    (USERS, "2,3,4", OneOf([Is(2), Is(3), Is(4)])),
    (USERS, "not(2,3,4)", Not([Is(2), Is(3), Is(4)])),
    (ESTIMATE, "not(5 min), missing", OneOf([Not([Is(5)]), MISSING])),
    (ESTIMATE, ("not(5 min)", "missing"), OneOf([Not([Is(5)]), MISSING])),
    (ESTIMATE, OneOf([Not([Is(5)]), MISSING]), OneOf([Not([Is(5)]), MISSING])),
    (IMPACT, "not(low), low", OneOf([Not([Is("low")]), Is("low")])),
    (Subset("areas", ["net"], optional=True), "not(missing)", Given()),
    (AREAS, "not(all of net, db)", Not([AllOf(["net", "db"])])),
    (ODD, r'"a\\b", "say \"x\""', OneOf([Is("a\\b"), Is('say "x"')])),
    (ODD, r'"a\u0062\n", " b "', OneOf([Is("ab\n"), Is(" b ")])),
    (USERS, "]5..8[", Between(5, 8, low_closed=False, high_closed=False)),
]


@pytest.mark.parametrize(("domain", "given", "cell"), SAME)
def test_equal_cells_are_one_cell_and_survive_their_text(domain, given, cell):
    assert coerce_cell(given, domain) == cell
    assert coerce_cell(show_cell(cell, domain), domain) == cell


def test_values_nested_too_deeply_are_refused():
    for kind in (list, tuple, frozenset):
        nested = 1
        for _ in range(3_000):
            nested = kind([nested])
        for domain in (IMPACT, AREAS, FEW):
            with pytest.raises(ConceptError, match=r"`a value too large to show`|lists nested more than 16 deep"):
                table(Rule({domain.name: nested}, MAJOR), inputs=[domain])
            with pytest.raises(ConceptError, match="`a value too large to show`"):
                table(Rule({}, {"priority": nested}), inputs=[domain])
            with pytest.raises(FactError, match="`a value too large to show`"):
                table(Rule({}, MAJOR), inputs=[domain]).decide({domain.name: nested})
