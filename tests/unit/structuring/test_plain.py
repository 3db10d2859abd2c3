"""TOML, YAML and JSON parsed by one reader, with one set of words for everything that is wrong."""

import sys
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from supportcore.errors import ConceptError, DefinitionError, MissingExtraError
from supportcore.structuring.plain import decode_utf8, parse_plain


def problems(text: str, form: str) -> list[str]:
    with pytest.raises(ConceptError) as caught:
        parse_plain(text, form, source="desk")
    assert caught.value.source == "desk"
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("toml", "\ufeffa = 1.50\r\nb = [1, true, 1e3]\r\n"),
        ("yaml", "\ufeffa: 1.50\r\nb: [1, true, 1e3]\r\n"),
        ("yml", "{a: 1.50, b: [1, true, 1.0e3]}"),
        ("json", '\ufeff{"a": 1.50, "b": [1, true, 1e3]}'),
    ],
)
def test_numbers_with_a_point_are_decimals_and_a_byte_order_mark_is_skipped(form: str, text: str) -> None:
    tree = parse_plain(text, form)
    assert tree == {"a": Decimal("1.50"), "b": [1, True, Decimal(1000)]}
    assert [str(tree["a"]), *map(type, tree["b"])] == ["1.50", int, bool, Decimal]


def test_yaml_reads_times_and_country_codes_as_texts() -> None:
    tree = parse_plain("a: 17:30\nb: NO\nc: 1_000.5\nd: .5\ne: 2026-12-24\nf: +1.5\n", "yaml")
    assert tree == {
        "a": "17:30",
        "b": "NO",
        "c": Decimal("1000.5"),
        "d": Decimal("0.5"),
        "e": date(2026, 12, 24),
        "f": Decimal("1.5"),
    }


@pytest.mark.parametrize(
    ("form", "text", "found"),
    [
        ("toml", "a = 1\n\n\na = 2", ["line 4, a: `a` is given twice; keep one of the two"]),
        ("toml", "[a]\nb.c = 1\nb.c = 2\n", ["line 3, a.b.c: `c` is given twice; keep one of the two"]),
        ("toml", '["a.b"]\n["a.b"]\n', ["line 2, a.b: `a.b` is given twice; keep one of the two"]),
        (
            "toml",
            "[[a]]\nb = 1\n[[a]]\nb = 1\nb = '''\nb = 2\n'''\n[c]\n[c]\n",
            [
                "line 5, a[1].b: `b` is given twice; keep one of the two",
                "line 9, c: `c` is given twice; keep one of the two",
            ],
        ),
        ("toml", "a = 1\n[a.b]\n", ["line 2: cannot be read as TOML: cannot overwrite a value (column 5)"]),
        (
            "toml",
            "a = {b = 1,\n",
            ["line 1: cannot be read as TOML: invalid initial character for a key part (column 12)"],
        ),
        (
            "json",
            '{"a": [{"b": "a", "c": {}},\n {"b": ["b", "b"], "b": {}}],\n\n "a\\u0062": {"x": 1},\n "ab": 2}',
            [
                "line 2, a[1].b: `b` is given twice; keep one of the two",
                "line 5, ab: `ab` is given twice; keep one of the two",
            ],
        ),
        (
            "yaml",
            "a:\n- b: 1\n  b: 2\n1: x\n'1': y\nc: {d: 1, d: 1}\n",
            [
                "line 3, a[0].b: `b` is given twice; keep one of the two",
                "line 6, c.d: `d` is given twice; keep one of the two",
            ],
        ),
        (
            "yaml",
            "16: a\n0x10: b\n",
            [
                'line 2: cannot be read as YAML: found duplicate key "16" with value "b" (original value: "a") '
                "(column 1)"
            ],
        ),
    ],
)
def test_keys_given_twice_are_found_with_path_and_line(form: str, text: str, found: list[str]) -> None:
    assert problems(text, form) == found


def test_a_key_given_twice_in_an_inline_table_is_found_with_its_line() -> None:
    [problem] = problems("a = 1\nb = {c = 1, c = 2}\n", "toml")
    assert problem.startswith("line 2: cannot be read as TOML: duplicate inline table key 'c' (column ")


@pytest.mark.parametrize(
    ("form", "text", "found"),
    [
        ("toml", "a = ", "line 1: cannot be read as TOML: invalid value"),
        ("toml", "a = 1\nb = '", 'line 2: cannot be read as TOML: expected "\'"'),
        ("toml", "a = !\n", "line 1: cannot be read as TOML: invalid value (column 5)"),
        ("toml", "a = inf", "`inf` is not a finite number; write a finite one"),
        ("toml", "a = 1e99999999999999999999", "cannot be read as TOML: a number in it is too long"),
        ("toml", "a = " + "1" * 5_000, "cannot be read as TOML: a number in it is too long"),
        ("toml", "a = " + "[" * 5_000, "cannot be read as TOML: it is nested too deeply"),
        ("json", '{"a":\n}', "line 2: cannot be read as JSON: expecting value (column 1)"),
        ("json", "", "line 1: cannot be read as JSON: expecting value (column 1)"),
        ("json", "[-Infinity]", "`-Infinity` is not a finite number; write a finite one"),
        ("json", "[1e99999999999999999999]", "cannot be read as JSON: a number in it is too long"),
        ("json", "1" * 5_000, "cannot be read as JSON: a number in it is too long"),
        ("json", "[" * 100_000, "cannot be read as JSON: it is nested too deeply"),
        ("yaml", "a: 1\nb: *x", "line 2: cannot be read as YAML: found undefined alias 'x' (column 4)"),
        (
            "yaml",
            "a: !!python/object:x 1",
            "line 1: cannot be read as YAML: could not determine a constructor for the tag "
            "'tag:yaml.org,2002:python/object:x' (column 4)",
        ),
        ("yaml", "a: 1\n---\nb: 2", "line 2: cannot be read as YAML: but found another document (column 1)"),
        (
            "yaml",
            "a: \x07",
            "cannot be read as YAML: unacceptable character #x0007: special characters are not allowed",
        ),
        ("yaml", "a: [.nan]", "`nan` is not a finite number; write a finite one"),
        ("yaml", "a: !!float x", "cannot be read as YAML: a value does not fit its tag"),
        ("yaml", "a: !!int x", "cannot be read as YAML: a value does not fit its tag"),
        ("yaml", "1" * 5_000, "cannot be read as YAML: a number in it is too long"),
        (
            "yaml",
            "a:\n" + "[" * 1_000,
            "line 2: has more than 100 levels of nesting; make it smaller, or read it with `bounds=Bounds(depth=200)`",
        ),
        ("yaml", "- " * 1_000, "cannot be read as YAML: it is nested too deeply"),
        (
            "tmol",
            "",
            "`tmol` is not a file format; expected one of `toml`, `yaml`, `yml`, `json`; did you mean `toml`?",
        ),
        (None, "", "`None` is not a file format; expected one of `toml`, `yaml`, `yml`, `json`"),
    ],
)
def test_a_text_that_cannot_be_read_is_one_problem(form: str, text: str, found: str) -> None:
    assert problems(text, form) == [found]


@pytest.mark.parametrize("given", [b"a = 1", None, 3])
def test_only_texts_are_parsed(given: Any) -> None:
    with pytest.raises(DefinitionError, match=r"; expected a text in TOML"):
        parse_plain(given, "toml")


def test_bytes_are_decoded_as_utf_8_with_any_line_ends() -> None:
    assert decode_utf8("ä\r\nb\rc\n".encode()) == "ä\nb\nc\n"
    with pytest.raises(ConceptError) as caught:
        decode_utf8(b"a\xff", source="desk.toml")
    assert str(caught.value) == "1 problem in desk.toml\n  is not UTF-8 at byte 1; save it as UTF-8"


def test_without_the_extra_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    with pytest.raises(MissingExtraError) as caught:
        parse_plain("a: 1", "yaml")
    assert str(caught.value) == "YAML needs the extra `yaml`; run `pip install 'supportcore[yaml]'`"
    assert parse_plain('{"a": 1}', "json") == {"a": 1}
