"""Odd input: each is answered by an error of our own, in words, or read as what it says; nothing is guessed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from supportcore.domains import Choice, Day, Flag, Integer, Minutes, Number, Scale, Subset
from supportcore.errors import ConceptError, DefinitionError, FactError
from supportcore.rules import DecisionTable, Rule, Waiver, diff_tables, recover
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
LOAD = Number("load", 0, 100)
ESTIMATE = Minutes("estimate", 0, 4800, optional=True)
ON = Day("on", date(2026, 1, 1), date(2026, 12, 31))
AREAS = Subset("areas", ["net", "db", "web"])
ODD = Choice("odd", ["-", "not", "missing", "a|b", 'say "x"', "x, y", "not(a)", "[1..2]", ">= 3", "!= x", "a\\b"])
PRIORITY = Scale("priority", ["minor", "major"])
MAJOR = {"priority": "major"}

AMBIGUOUS = (
    "may mean one number or two; write a point in a decimal and none between thousands, and a blank behind the comma "
    "between two values"
)
NO_INTERVAL = (
    "is no interval; write `[low..high]`, with a round bracket at an end that does not belong to it, or `>= low` or "
    "`<= high` for one side"
)
CELLS = [
    (LOAD, "0,5", f"`0,5` {AMBIGUOUS}"),
    (LOAD, "[0,1..0,5]", f"`[0,1..0,5]` {AMBIGUOUS}"),
    (USERS, "1,000", f"`1,000` {AMBIGUOUS}"),
    (ESTIMATE, "8,5 h", f"`8,5 h` {AMBIGUOUS}"),
    (USERS, "1.000", "`1.000` is no whole number, which is what `users` takes"),
    (USERS, "１２", "`１２` is no whole number, which is what `users` takes"),
    (LOAD, "1_0", "`1_0` is no number, which is what `load` takes"),
    (LOAD, "NaN", "`NaN` is no number, which is what `load` takes"),
    (LOAD, Decimal("NaN"), "`NaN` is no finite number; `load` takes decimals"),
    (LOAD, Decimal("sNaN"), "`sNaN` is no finite number; `load` takes decimals"),
    (LOAD, float("inf"), "`inf` is no finite number; `load` takes decimals"),
    (USERS, float("nan"), "`nan` is a binary number with a point; `users` takes whole numbers"),
    (LOAD, "1e5000", "`1E+5000` is too long; `load` takes 999 digits before and behind the point"),
    (USERS, 10**1000, "`a number of very many digits` is too long; `users` takes 999 digits before and behind the "
     "point"),
    (USERS, "[5..3", f"`[5..3` {NO_INTERVAL}"),
    (USERS, "5..30", f"`5..30` {NO_INTERVAL}"),
    (LOAD, "[..0.5]", f"`[..0.5]` {NO_INTERVAL}"),
    (USERS, "[5..3]", "nothing in `users` (0 .. 9999) fits this cell"),
    (USERS, "5-30", "`5-30` is no whole number, which is what `users` takes"),
    (USERS, "=> 5", "`=> 5` is not written so; write `>= 5`"),
    (USERS, "=< 5", "`=< 5` is not written so; write `<= 5`"),
    (USERS, "<> 5", "`<> 5` is not written so; write `not(5)`"),
    (USERS, "== 5", "`== 5` is not written so; write `5`"),
    (USERS, ">=", "`>=` compares with no value; write one behind the sign, such as `>= 4`"),
    (USERS, ">< 5", "`>< 5` compares with no value; write one behind the sign, such as `>= 4`"),
    (USERS, "5,,6", "`` cannot stand in a list of values; name values, or leave it out"),
    (USERS, "not()", "`not()` cannot be read; `not(...)` takes values, comparisons and intervals"),
    (USERS, {"5": 5}, "`{'5': 5}` is a value of another kind; `users` takes whole numbers"),
    (USERS, [5, None], "`nothing` is nothing; `users` takes whole numbers"),
    (IMPACT, "x" * 1000, f"`{'x' * 200}…` is no member of `impact` (low, medium, high)"),
    (ON, "1.1.2026", "`1.1.2026` is no day; `on` takes days such as `2026-01-31`"),
    (ON, "2026-02-30", "`2026-02-30` is no day; `on` takes days such as `2026-01-31`"),
    (ON, datetime(2026, 1, 1, tzinfo=UTC), "`2026-01-01 00:00:00+00:00` is an instant; `on` takes days"),
    (ODD, "missing", "`missing` never fits, because `odd` is not declared as one that may be missing"),
    (USERS, Compare("=", 5), "`=` is no comparison; accepted are `<`, `<=`, `>`, `>=`"),
    (USERS, Is("5"), "`5` is a text; `users` takes whole numbers"),
    (USERS, Between(None, 3), "`nothing` is nothing; `users` takes whole numbers"),
    (USERS, OneOf([]), "the cell is an empty list; name values of `users`, or leave it out"),
    (USERS, Not([]), "the cell negates nothing; name values of `users`, or leave it out"),
    (USERS, OneOf([5]), "`int` cannot stand within another cell"),
    (USERS, Not([Anything()]), "`Anything` cannot stand within another cell"),
    (AREAS, [], "the cell names no word of `areas`; name one, or leave it out, or write `exactly` for the empty set"),
    (AREAS, NoneOf([]), "the cell names no word of `areas`; name one, or leave it out, or write `exactly` for the "
     "empty "
     "set"),
    (AREAS, OneOf([AllOf(["net"]), AllOf(["db"])]), "a cell on the words of `areas` cannot stand in a list; name "
     "all words "
     "in it"),
    (AREAS, Not([AllOf(["net"]), AnyOf(["db"])]), "`not(...)` takes one cell on the words of `areas`, not 2"),
]  # fmt: skip


@pytest.mark.parametrize(("domain", "cell", "words"), CELLS)
def test_an_odd_cell_is_refused_in_words(domain, cell, words):
    with pytest.raises(DefinitionError) as raised:
        built(Rule({domain.name: cell}, MAJOR), inputs=[domain])
    assert str(raised.value) == f"1 problem in table t\n  rule r1, column {domain.name}: {words}"


def built(*rules, **parts):
    """The table; everything that is wrong with it as one of our errors."""
    try:
        return DecisionTable(**{"name": "t", "inputs": [IMPACT], "outputs": [PRIORITY], "rules": rules, **parts})
    except ConceptError as error:
        raise DefinitionError(str(error)) from None


@pytest.mark.parametrize("member", ODD.members)
def test_members_of_odd_signs_are_said_in_quotes(member):
    cell = Is(member)
    assert coerce_cell(show_cell(cell, ODD), ODD) == cell
    read = built(
        Rule({"odd": show_cell(Not([cell]), ODD)}, MAJOR), inputs=[ODD], hit="first", default={"priority": "minor"}
    )
    assert [word for word in ODD.members if read.decide({"odd": word})["priority"] == "minor"] == [member]


SAME = [
    (AREAS, Is(frozenset({"net"})), Exactly({"net"})),
    (USERS, OneOf([Is(5)]), Is(5)),
    (ESTIMATE, Not([MISSING]), Given()),
    (USERS, (5, (6, 7)), OneOf([Is(5), Is(6), Is(7)])),
    (USERS, "]5..8[", Between(5, 8, low_closed=False, high_closed=False)),
]


@pytest.mark.parametrize(("domain", "given", "cell"), SAME)
def test_what_is_said_in_two_ways_is_one_cell_that_its_text_brings_back(domain, given, cell):
    assert coerce_cell(given, domain) == cell
    assert coerce_cell(show_cell(cell, domain), domain) == cell


PARTS = [
    ({"inputs": None}, "`nothing` is nothing; a list of domains is accepted"),
    ({"inputs": ["impact"]}, "`impact` is a text; domains are accepted in this list"),
    ({"rules": [{}]}, "`{}` is a value of another kind; rules are accepted in this list"),
    ({"default": ["minor"]}, "`['minor']` is a value of another kind; the values of the default are a mapping of "
     "names to "
     "values"),
    ({"rises": {"priority": "impact"}}, "`impact` is a text; a list of names of inputs is accepted"),
    ({"rises": ["priority"]}, "`['priority']` is a value of another kind; the orders that are declared are a "
     "mapping of "
     "names to values"),
    ({"waivers": ["x"]}, "`x` is a text; waivers are accepted in this list"),
    ({"hit": None}, "1 problem in table t\n  hit: `nothing` is no hit policy; accepted are `unique`, `any`, `first`, "
     "`priority`, `rule-order`, `output-order`, `collect`"),
    ({"hit": "collect", "aggregate": 3}, "1 problem in table t\n  aggregate: `3` is no aggregate; accepted are `sum`, "
     "`min`, `max`, `count`"),
    ({"name": None}, "1 problem in table None\n  name: `nothing` names no table; a text that is not empty is accepted"),
    ({"rules": [Rule({}, MAJOR, id=5)]}, "1 problem in table t\n  rule r1: its name `5` is a whole number; a text is "
     "accepted"),
    ({"rules": [Rule({}, MAJOR, because=None)]}, "1 problem in table t\n  rule r1: its reason `nothing` is "
     "nothing; a text "
     "is accepted"),
    ({"rises": {"priority": ["impact"]}, "waivers": [Waiver("priority", "impact", ("r1",), "x")]},
     "1 problem in table t\n  waivers: `r1` are not two rules: the one below the step and that above are accepted"),
    ({"inputs": [USERS, IMPACT, USERS]}, "1 problem in table t\n  inputs: `users` stands there twice; each column "
     "has a "
     "name of its own"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "words"), PARTS)
def test_parts_of_another_shape_are_refused_in_words(parts, words):
    with pytest.raises(DefinitionError) as raised:
        built(**parts)
    assert str(raised.value) == words


RULES = [
    (lambda: Rule(None), "`nothing` is nothing; the cells of a rule are a mapping of names to values"),
    (lambda: Rule("low"), "`low` is a text; the cells of a rule are a mapping of names to values"),
    (lambda: Rule({}, "major"), "`major` is a text; the values of its outcome are a mapping of names to values"),
    (lambda: Rule({1: "low"}), "`1` is a whole number; the cells of a rule are named by texts"),
    (lambda: Scale("a", None), 'members are given as a list of texts; write `["nothing"]` for one'),
    (lambda: Scale("a", ["x"], names={"de": "x"}), "`x` gives no names; for each language a table of members and their "
     "names is accepted"),
    (lambda: Scale("a", ["x"], names=["de"]), "`['de']` gives no names; for each language a table of members and their "
     "names is accepted"),
    (lambda: Number("a", Decimal("sNaN"), 1), "the bounds of `a` are finite numbers; leave a bound out where "
     "there is none"),
    (lambda: Number("a", Decimal("1e5000")), "`1E+5000` is too long; `a` takes 999 digits before and behind the point"),
    (lambda: recover([{"a": 1}], []), "there are 1 sets of facts and 0 outcomes; each has its other one"),
    (lambda: recover(["a"], [{"o": 1}]), "`a` is a text; the facts of history are a mapping of names to values"),
    (lambda: recover([{"a": ["x"]}], [{"o": 1}]), "the values of `a` are of a kind that tells no domain, or of "
     "several; "
     "say it in `inputs` or `outputs`"),
    (lambda: diff_tables(built(Rule({}, MAJOR)), built(Rule({}, {"priority": True}), outputs=[Flag("priority")])),
     "output `priority` is a scale in one table and a flag in the other; they cannot be compared"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "words"), RULES)
def test_odd_rules_domains_and_histories_are_refused_in_words(make, words):
    with pytest.raises(DefinitionError) as raised:
        make()
    assert str(raised.value) == words


def test_history_is_held_against_the_domains_that_are_given():
    with pytest.raises(FactError, match=r"^fact a: `yes` is yes or no; `a` takes whole numbers$"):
        recover([{"a": 1}, {"a": True}], [{"o": 1}, {"o": 1}], inputs=[Integer("a", 0, 1)])


FACTS = [
    (None, "table `t`: `nothing` is nothing; facts are a mapping of names to values"),
    (["low"], "table `t`: `['low']` is a value of another kind; facts are a mapping of names to values"),
    ({"impact": ["low"]}, "table `t`: fact impact: `['low']` is a value of another kind, no member of `impact` "
     "(accepted "
     "are low, medium, high)"),
    ({"impact": "low", "users": 10**1000}, "table `t`: fact users: `a number of very many digits` is too long; `users` "
     "takes 999 digits before and behind the point"),
    ({"impact": "low", "load": Decimal("Infinity")}, "table `t`: fact load: `Infinity` is no finite number; "
     "`load` takes "
     "decimals"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "words"), FACTS)
def test_odd_facts_are_refused_in_words(facts, words):
    table = built(Rule({}, MAJOR), inputs=[IMPACT, evolved(USERS), evolved(LOAD)])
    for ask in (table.decide, table.explain):
        with pytest.raises(FactError) as raised:
            ask(facts)
        assert str(raised.value) == words


def evolved(domain):
    """The same domain, of facts that may be missing."""
    return type(domain)(domain.name, domain.lo, domain.hi, optional=True)


def test_tables_without_rules_or_without_inputs_stand():
    assert built().rules == ()
    assert built(Rule({}, MAJOR), inputs=[]).decide({})["priority"] == "major"
