"""Plain data beyond the bounds of the readers is refused with its path and the bound."""

import pytest

from supportcore.bounds import Bounds
from supportcore.errors import ConceptError, DefinitionError
from supportcore.structuring.plain import parse_plain

TIGHT = Bounds(depth=3, digits=3, yaml_nodes=12, file_size=60)


def problems(text: str, form: str, bounds: Bounds) -> list[str]:
    with pytest.raises(ConceptError) as raised:
        parse_plain(text, form, bounds=bounds)
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ('{"a": [{"b": [1]}]}', "json", "a[0].b[0]: has more than 3 levels of nesting"),
        ("a = [[[[1]]]]", "toml", "a[0][0][0]: has more than 3 levels of nesting"),
        ("\n[a . b.c.d]", "toml", "line 2: a dotted key has more than 3 levels of nesting"),
        ("a: [[[1]]]", "yaml", "a[0][0][0]: has more than 3 levels of nesting"),
        ("[1000, -999]", "json", "[0]: has more than 3 digits in a number"),
        ("[-1000, 999]", "yaml", "[0]: has more than 3 digits in a number"),
        ("a = 1.234", "toml", "a: has more than 3 digits in a number"),
        ("a = 1e3", "toml", "a: has more than 3 digits in a number"),
        ("a = 1e-4", "toml", "a: has more than 3 digits in a number"),
        ("a: &a [1, 2, 3]\nb: [*a, *a]", "yaml", "has more than 12 nodes of YAML, aliases written out"),
        (" " * 61, "json", "has more than 60 bytes, unpacked"),
    ],
)
def test_data_beyond_a_bound_is_refused(text: str, form: str, expected: str) -> None:
    [problem] = problems(text, form, TIGHT)
    assert problem.startswith(f"{expected}; make it smaller, or read it with `bounds=Bounds(")


@pytest.mark.parametrize(
    ("text", "form", "tree"),
    [
        ('{"a": [{"b": 1}]}', "json", {"a": [{"b": 1}]}),
        ("a.b.c = 999", "toml", {"a": {"b": {"c": 999}}}),
        ("a: &a [1, 2]\nb: *a", "yaml", {"a": [1, 2], "b": [1, 2]}),
        ("# a.b.c.d.e", "yaml", None),
    ],
)
def test_data_at_a_bound_is_read(text: str, form: str, tree: object) -> None:
    assert parse_plain(text, form, bounds=TIGHT) == tree


def test_the_message_names_the_bound_that_reads_the_data() -> None:
    bounds = Bounds(yaml_nodes=17)
    text = "a: &a [1, 2, 3]\nb: [*a, *a, *a]\n"
    [problem] = problems(text, "yaml", bounds)
    assert problem == (
        "has more than 17 nodes of YAML, aliases written out; make it smaller, or read it with "
        "`bounds=Bounds(yaml_nodes=20)`"
    )
    assert parse_plain(text, "yaml", bounds=Bounds(yaml_nodes=20)) == {"a": [1, 2, 3], "b": [[1, 2, 3]] * 3}


def test_an_alias_of_a_value_that_contains_it_is_refused() -> None:
    [problem] = problems("a:\n  - &b [1, *b]\n", "yaml", Bounds())
    assert problem == "line 2: an alias stands for a value that contains it; write the value out"


def test_aliases_of_aliases_are_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 40)]
    [problem] = problems("\n".join(lines), "yaml", Bounds())
    assert problem.startswith("has more than 100,000 nodes of YAML")


@pytest.mark.parametrize("value", [0, -1, 1.0, True, "3", None])
def test_a_bound_is_a_whole_number_above_zero(value: object) -> None:
    with pytest.raises(DefinitionError, match=r"is not a bound for `depth`; expected a whole number above zero"):
        Bounds(depth=value)  # type: ignore[arg-type]
