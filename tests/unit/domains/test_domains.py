"""Domains: the values that they take, how they parse and show them, and what they refuse."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from supportcore.domains import (
    Choice,
    Day,
    Flag,
    Integer,
    Minutes,
    Number,
    NumberGap,
    Scale,
    Subset,
    TimeOfDay,
    Vocabulary,
    parse_domain,
)
from supportcore.errors import DefinitionError, FactError, MissingFactError

ROUND_TRIPS = [
    (Scale("s", ["low", "high"]), "high"),
    (Choice("c", ["change request", "fault"]), "change request"),
    (Choice("c", ["a"], other=True), "whatever"),
    (Choice("c", ["", " a", "a", "a "]), ""),
    (Choice("c", ["", " a", "a", "a "]), "a "),
    (Flag("f"), True),
    (Flag("f"), False),
    (Integer("i"), -12),
    (Number("n"), Decimal("0.10")),
    (Number("n"), Decimal("1E+3")),
    (Number("n", 0, 30, gaps=[NumberGap(10, 20)]), Decimal(20)),
    (Minutes("m"), 480),
    (Day("d"), date(2026, 1, 31)),
    (TimeOfDay("at"), time(0, 5)),
    (TimeOfDay("at", time(8), time(18)), time(18)),
    (Subset("t", ["a", "b", "c"]), frozenset({"c", "a"})),
    (Subset("t", ["a", "b", "c"]), frozenset()),
]


@pytest.mark.parametrize(("domain", "value"), ROUND_TRIPS)
def test_a_shown_value_parses_to_itself(domain, value):
    assert domain.parse(domain.show(value)) == value
    assert domain.problem(value) is None


PROBLEMS = [
    (
        Scale("priority", ["minor", "major", "critical"]),
        "critcal",
        "`critcal` is not a member of `priority` (minor, major, critical); did you mean `critical`?",
    ),
    (
        Scale("priority", ["minor", "major"]),
        3,
        "`3` is a whole number; `priority` takes one of minor, major",
    ),
    (TimeOfDay("at"), 540, "`540` is a whole number; `at` takes times of day"),
    (TimeOfDay("at"), datetime(2026, 1, 5), "`2026-01-05 00:00:00` is an instant; `at` takes times of day"),
    (TimeOfDay("at"), time(9, 0, 30), "`09:00:30` has seconds; `at` takes whole minutes such as `09:00`"),
    (TimeOfDay("at"), time(9, tzinfo=UTC), "`09:00:00+00:00` has a zone; `at` takes times of day without a zone"),
    (TimeOfDay("at", time(8), time(18)), time(18, 1), "`18:01` lies outside `at` (time of day 08:00 .. 18:00)"),
    (Flag("vip"), 1, "`1` is a whole number; `vip` takes yes or no"),
    (Flag("vip"), "yes", "`yes` is a text; `vip` takes yes or no"),
    (Flag("vip"), None, "`nothing` is nothing; `vip` takes yes or no"),
    (Integer("users", 0, 10), True, "`yes` is yes or no; `users` takes whole numbers"),
    (Integer("users", 0, 10), Decimal("4.0"), "`4.0` is a decimal; `users` takes whole numbers"),
    (Integer("users", 0, 10), 11, "`11` lies outside `users` (0 .. 10)"),
    (
        Number("load", 0, 1),
        0.5,
        '`0.5` is a binary number with a point; `load` takes decimals; write `Decimal("0.5")`',
    ),
    (Number("load", 0, 1, hi_open=True), 1, "`1` lies outside `load` (number [0 .. 1))"),
    (Number("n", 0, 30, gaps=[NumberGap(10, 20)]), 15, "`15` lies outside `n` (number 0 .. 10 or 20 .. 30)"),
    (Minutes("estimate", 0, 4800), 4801, "`4801 min` lies outside `estimate` (0 .. 4800 min)"),
    (Day("on", date(2026, 1, 1)), date(2025, 12, 31), "`2025-12-31` lies outside `on` (day 2026-01-01 ..)"),
    (Day("on"), datetime(2026, 1, 1), "`2026-01-01 00:00:00` is an instant; `on` takes days"),
    (
        Subset("areas", ["net", "db"]),
        frozenset({"nett"}),
        "`nett` is not a member of `areas` (net, db); did you mean `net`?",
    ),
    (
        Subset("areas", ["net", "db"]),
        "net",
        "`net` is a text; `areas` takes a frozen set of words out of net, db",
    ),
]


@pytest.mark.parametrize(("domain", "value", "words"), PROBLEMS)
def test_a_wrong_value_has_its_problem(domain, value, words):
    assert domain.problem(value) == words


READING = [
    (Minutes("m"), "1 h 30 min", 90),
    (Minutes("m"), "PT8H", 480),
    (Minutes("m"), "8 h", 480),
    (TimeOfDay("at"), "9:00", time(9)),
    (TimeOfDay("at"), "09:00:00", time(9)),
    (Flag("f"), "true", True),
    (Integer("i"), " 7 ", 7),
    (Subset("t", ["a", "b"]), "b,a", frozenset({"a", "b"})),
]


@pytest.mark.parametrize(("domain", "text", "value"), READING)
def test_other_ways_of_writing_are_parsed(domain, text, value):
    assert domain.parse(text) == value


UNREADABLE = [
    (Minutes("m"), "90", "`90` has no unit; write `90 min` or `90 h` in `m`"),
    (
        Minutes("m"),
        "soon",
        "`soon` is not an amount of time; `m` takes amounts such as `480 min`, `8 h` or `1 h 30 min`",
    ),
    (Flag("f"), "ye", "`f` takes yes or no, not `ye`; did you mean `yes`?"),
    (Integer("i"), "4.0", "`4.0` is not a whole number; `i` takes whole numbers"),
    (Integer("i", 0), "-1", "`-1` lies outside `i` (0 ..)"),
    (Number("n"), "four", "`four` is not a number; `n` takes decimals"),
    (Day("d"), "31.01.2026", "`31.01.2026` is not a day; `d` takes days such as `2026-01-31`"),
    (Day("d"), "2026-02-30", "`2026-02-30` is not a day; `d` takes days such as `2026-01-31`"),
    (Day("d", date(2026, 1, 1)), "2025-01-01", "`2025-01-01` lies outside `d` (day 2026-01-01 ..)"),
    (TimeOfDay("at"), "25:00", "`25:00` is not a time of day; `at` takes times such as `09:00`"),
    (TimeOfDay("at"), "9", "`9` is not a time of day; `at` takes times such as `09:00`"),
    (TimeOfDay("at"), "09:00:30", "`09:00:30` has seconds; `at` takes whole minutes such as `09:00`"),
    (Scale("s", ["low"]), "lo", "`lo` is not a member of `s` (low); did you mean `low`?"),
    (Subset("t", ["a"]), "b", "`b` is not a member of `t` (a)"),
]


@pytest.mark.parametrize(("domain", "text", "words"), UNREADABLE)
def test_an_unreadable_text_is_refused(domain, text, words):
    with pytest.raises(FactError) as raised:
        domain.parse(text)
    assert str(raised.value) == words


WRONG_DEFINITIONS = [
    (
        lambda: Scale("", ["a"]),
        "`` cannot name a domain; expected a text that is not empty and has no blanks around it",
    ),
    (lambda: Scale("s", []), "a domain needs at least one member"),
    (lambda: Scale("s", "low"), 'members are a list of texts; write `["low"]` for a single member'),
    (lambda: Scale("s", ["a", "b", "a"]), "`a` is given twice; name each member once"),
    (
        lambda: Subset("s", ["a", " b"]),
        "` b` cannot be a word of a set; expected a text that is not empty and has no blanks around it",
    ),
    (
        lambda: Scale("s", ["minor"], names={"de": {"minro": "gering"}}),
        "names in `de`: `minro` is not a member of `s` (minor); did you mean `minor`?",
    ),
    (
        lambda: Choice("c", ["other"], other=True),
        "`other` means anything else in `c`; rename the member `other`",
    ),
    (lambda: Scale("s", ["a", 2]), "`2` is a whole number and cannot be a member; expected a text"),
    (lambda: parse_domain("s", "a | "), "fact `s`: `a |` has a member without a text; remove the extra `|`"),
    (lambda: Integer("i", 5, 1), "the bounds of `i` are reversed: `5` is above `1`; swap them"),
    (lambda: Integer("i", 0.5), "`0.5` is a binary number with a point; the bounds of `i` are whole numbers"),
    (
        lambda: TimeOfDay("at", time(9), time(8)),
        "the bounds of `at` are reversed: `09:00:00` is above `08:00:00`; swap them",
    ),
    (lambda: TimeOfDay("at", time(9, 0, 1)), "`09:00:01` is no whole minute without a zone; the bounds of `at` are"),
    (lambda: TimeOfDay("at", 540), "`540` is a whole number; the bounds of `at` are times of day"),
    (lambda: Number("n", gaps=[1]), "`1` is a whole number; expected a `NumberGap` in this list"),
    (lambda: Number("n", gaps="1"), "`1` is a text; expected a list of gaps between numbers"),
    (lambda: Number("n", gaps=[NumberGap("1", 2)]), "`1` cannot bound a gap of `n`; expected a decimal"),
    (lambda: Number("n", gaps=[NumberGap(Decimal("NaN"), 2)]), "`NaN` cannot bound a gap of `n`; expected a decimal"),
    *[
        (
            lambda parts=parts: Number("n", 0, 9, **parts),
            "the gaps of `n` overlap or leave its bounds; give them in order, within it",
        )
        for parts in (
            {"gaps": [NumberGap(2, 2)]},
            {"gaps": [NumberGap(5, 6), NumberGap(2, 3)]},
            {"gaps": [NumberGap(8, 10)]},
            {"gaps": [NumberGap(0, 1)], "lo_open": True},
            {"gaps": [NumberGap(8, 9)], "hi_open": True},
        )
    ],
    (lambda: Number("n", 1, 1, hi_open=True), "the bounds of `n` exclude every number; close both"),
    (lambda: Number("n", hi_open=True), "`n` has an open bound without a number; give the number"),
    (
        lambda: Number("n", Decimal("NaN")),
        "the bounds of `n` must be finite; leave out a bound that is not",
    ),
    (lambda: Scale("a", None), 'members are a list of texts; write `["nothing"]` for a single member'),
    (
        lambda: Scale("a", ["x"], names={"de": "x"}),
        "`x` is not a table of names; expected a name per member per language",
    ),
    (
        lambda: Scale("a", ["x"], names=["de"]),
        "`['de']` is not a table of names; expected a name per member per language",
    ),
    (lambda: Number("a", Decimal("sNaN"), 1), "the bounds of `a` must be finite; leave out a bound that is not"),
    (lambda: Number("a", Decimal("1e5000")), "`1E+5000` is too long; `a` takes 999 digits before and after the point"),
    (lambda: Vocabulary([Flag("a"), Flag("a")]), "fact `a` is declared twice; each fact has one domain"),
]


@pytest.mark.parametrize(("build", "words"), WRONG_DEFINITIONS)
def test_a_wrong_definition_is_refused(build, words):
    with pytest.raises(DefinitionError) as raised:
        build()
    assert str(raised.value) == words


DECLARATIONS = [
    ("rare < regular < core", Scale("x", ["rare", "regular", "core"])),
    ("a | b", Choice("x", ["a", "b"])),
    ("a | b | anything else", Choice("x", ["a", "b"], other=True)),
    ("some of a | b", Subset("x", ["a", "b"])),
    ("yes | no", Flag("x")),
    ("no | yes, may be missing", Flag("x", optional=True)),
    ("0 .. 100000", Integer("x", 0, 100_000)),
    ("whole number", Integer("x")),
    ("number 0 .. 1.5", Number("x", Decimal("0"), Decimal("1.5"))),
    ("number (0 .. 1]", Number("x", Decimal("0"), Decimal("1"), lo_open=True)),
    ("number 0 .. 10 or 20 .. 30", Number("x", 0, 30, gaps=[NumberGap(10, 20)])),
    ("number 1 or 5 or 7 .. 8", Number("x", 1, 8, gaps=[NumberGap(1, 5), NumberGap(5, 7)])),
    ("number (0 .. 10] or 20 ..", Number("x", 0, None, lo_open=True, gaps=[NumberGap(10, 20)])),
    ("number .. 1 or [5 .. 7)", Number("x", None, 7, hi_open=True, gaps=[NumberGap(1, 5)])),
    ("number, may be missing", Number("x", optional=True)),
    ("0 .. 4800 min, may be missing", Minutes("x", 0, 4800, optional=True)),
    ("0 .. 80 h", Minutes("x", 0, 4800)),
    ("minutes", Minutes("x")),
    (".. min", Minutes("x", None)),
    ("-5 .. min", Minutes("x", -5)),
    ("time of day", TimeOfDay("x")),
    ("time of day, may be missing", TimeOfDay("x", optional=True)),
    ("time of day 8:00 .. 18:00", TimeOfDay("x", time(8), time(18))),
    ("time of day 18:00 .. 24:00", TimeOfDay("x", time(18))),
    ("day", Day("x")),
    ("day 2026-01-01 .. 2026-12-31", Day("x", date(2026, 1, 1), date(2026, 12, 31))),
]


@pytest.mark.parametrize(("text", "domain"), DECLARATIONS)
def test_declarations_are_parsed_and_written(text, domain):
    assert parse_domain("x", text) == domain
    assert parse_domain("x", domain.declaration()) == domain


@pytest.mark.parametrize(
    "text",
    [
        "80",
        "",
        "[0 .. 5)",
        "a .. b",
        "number a .. b",
        "day 1.1. .. 2.2.",
        "time of day 8 .. 9",
        "..",
        "number 1 or a",
        "number 0 .. or 5",
        "number [0 .. 1) or 5",
        "number 0 or (1 .. 2]",
    ],
)
def test_a_text_without_a_declaration_is_refused_with_the_forms(text):
    with pytest.raises(
        DefinitionError, match=r"^fact `x`: `.*` does not declare a domain; expected one of `low < high` \(a scale\)"
    ):
        parse_domain("x", text)


def test_a_wrong_member_in_a_declaration_names_the_fact():
    with pytest.raises(DefinitionError) as raised:
        parse_domain("kind", "a | a")
    assert str(raised.value) == "fact `kind`: `a` is given twice; name each member once"


def test_numbers_show_their_gaps_if_they_have_any():
    assert repr(Number("n", 1)) == "Number(name='n', lo=1, hi=None, lo_open=False, hi_open=False, optional=False)"
    assert "gaps=(NumberGap(below=1, above=5),)" in repr(Number("n", gaps=[NumberGap(1, 5)]))


def test_names_per_language():
    scale = Scale("p", ["minor"], names={"de": {"minor": "gering"}})
    assert (scale.label("minor", "de"), scale.label("minor")) == ("gering", "minor")
    assert Choice("c", ["a"], names={"de": {"a": "A"}}).label("a", "de") == "A"


def test_a_vocabulary_reports_all_problems_at_once():
    words = Vocabulary([Scale("impact", ["low", "high"]), Flag("vip"), Integer("users", optional=True)])
    assert [str(problem) for problem in words.problems({"impact": "hihg", "vpi": True})] == [
        "fact impact: `hihg` is not a member of `impact` (low, high); did you mean `high`?",
        "fact vpi: `vpi` is not a fact here; expected one of `impact`, `vip`, `users`; did you mean `vip`?",
        "fact vip: is missing; give it a value (yes | no) or declare that it may be missing",
    ]
    with pytest.raises(FactError, match=r"fact impact: .*; fact vpi: "):
        words.check({"impact": "hihg", "vpi": True})
    with pytest.raises(MissingFactError, match=r"^fact vip: is missing"):
        words.check({"impact": "low"})
    words.check({"impact": "low"}, complete=False)
    assert words.problems({"impact": "low", "vip": False}) == ()


def test_a_vocabulary_is_a_mapping_and_a_value():
    words, same = Vocabulary([Flag("a"), Flag("b")]), Vocabulary([Flag("a"), Flag("b")])
    assert (list(words), len(words), words["a"]) == (["a", "b"], 2, Flag("a"))
    assert (words == same, hash(words) == hash(same), words == {"a": Flag("a")}) == (True, True, False)
