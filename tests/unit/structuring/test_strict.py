"""Plain trees read strictly, all errors at once."""

from datetime import date

import pytest
from attrs import Factory, frozen

from supportcore.errors import ConceptError, DefinitionError, Problem
from supportcore.structuring.plain import kind_of
from supportcore.structuring.strict import key_of, structure


@frozen
class Inner:
    hours: str
    count: int = 0


@frozen
class Outer:
    name: str
    parts: dict[str, Inner] = Factory(dict)
    words: list[str] = Factory(list)
    sure: bool = False


def problems(data: object) -> list[str]:
    with pytest.raises(ConceptError) as caught:
        structure(data, Outer, source="sample")
    return [str(problem) for problem in caught.value.problems]


def test_what_fits_becomes_a_value() -> None:
    made = structure({"name": "x", "parts": {"a": {"hours": "8"}}, "words": ["w"], "sure": True}, Outer)
    assert made == Outer("x", {"a": Inner("8")}, ["w"], True)


def test_all_problems_are_reported_together_with_their_paths() -> None:
    assert problems({"nam": "x", "parts": {"a": {"hours": 8, "cuont": 1}}, "words": ["w", 3], "sure": 1}) == [
        "name: is missing; give it a value",
        "parts.a.hours: `8` is a whole number; expected a text",
        "parts.a.cuont: `cuont` is not a key here; expected one of `hours`, `count`; did you mean `count`?",
        "words[1]: `3` is a whole number; expected a text",
        "sure: `1` is a whole number; expected yes or no",
        "nam: `nam` is not a key here; expected one of `name`, `parts`, `words`, `sure`; did you mean `name`?",
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            {"name": "x", "parts": {"a": {"hours": "8", "count": True}}},
            "parts.a.count: `True` is yes or no; expected a whole number",
        ),
        (
            {"name": "x", "parts": {"a": {"hours": "8", "count": 1.0}}},
            "parts.a.count: `1.0` is a number with a point; expected a whole number",
        ),
    ],
)
def test_nothing_is_coerced(value: object, words: str) -> None:
    assert problems(value) == [words]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"name": "x", "parts": ["a"]}, "parts: `['a']` is a list; expected a table"),
        ({"name": "x", "parts": "a"}, "parts: `a` is a text; expected a table"),
        (["x"], "`['x']` is a list; expected a table"),
        ("x", "`x` is a text; expected a table"),
        (None, "`None` is nothing; expected a table"),
    ],
)
def test_another_shape_is_a_problem(data: object, words: str) -> None:
    assert problems(data) == [words]


def test_a_number_of_very_many_digits_is_not_written_out() -> None:
    assert problems({"name": 1 << 100_000}) == ["name: `…` is a whole number; expected a text"]


def test_names_and_kinds_in_words() -> None:
    assert key_of("for_") == "for"
    assert [kind_of(one) for one in (True, 1, "a", 1.5, {}, [], None)] == [
        "yes or no",
        "a whole number",
        "a text",
        "a number with a point",
        "a table",
        "a list",
        "nothing",
    ]


def test_a_problem_shows_line_and_path() -> None:
    assert str(Problem("a.b", "is wrong", 3)) == "line 3, a.b: is wrong"
    assert str(Problem("", "is wrong")) == "is wrong"


def test_the_problems_of_a_concept_error_are_counted() -> None:
    error = ConceptError([Problem("a", "x")], "file.toml")
    assert str(error) == "1 problem in file.toml\n  a: x"
    assert isinstance(error, ValueError) and not isinstance(error, DefinitionError)


def test_a_key_that_is_not_a_text_is_reported_with_the_problems_of_other_keys() -> None:
    """In YAML, `7.1: x` and `2026-12-24: x` have keys that are no texts."""
    given = {"name": "x", "parts": {7: {"hours": "8"}, date(2026, 12, 24): {}, "a": {"hours": 8}}}
    assert problems(given) == [
        "parts.7: the key `7` is a whole number; write it in quotes",
        "parts.2026-12-24: the key `2026-12-24` is a date or time; write it in quotes",
        "parts.a.hours: `8` is a whole number; expected a text",
    ]


def test_a_day_where_a_text_belongs_is_to_be_quoted() -> None:
    assert problems({"name": date(2026, 12, 24)}) == [
        "name: `2026-12-24` is a date or time; expected a text; write it in quotes"
    ]
