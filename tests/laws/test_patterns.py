"""G-9: no input of kilobytes may hang a reader; so no regular expression may try a run of characters in many ways."""

from pathlib import Path

import pytest

from tests.laws.patterns import Pattern, ambiguities, patterns_in

SOURCE = Path(__file__).resolve().parents[2] / "src"
PATTERNS = {
    f"{path.relative_to(SOURCE / 'supportcore')}:{pattern.line}": pattern
    for path in sorted(SOURCE.rglob("*.py"))
    for pattern in patterns_in(path.read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_no_pattern_tries_a_run_of_characters_in_many_ways(pattern: Pattern) -> None:
    assert ambiguities(pattern.text, is_searched=pattern.is_searched) == []


def test_patterns_are_found() -> None:
    source = 'import re\nA = re.compile(r"a*")\nB: object = re.compile("b")\nA.sub("", "")\nre.split(f"{B}c", "")\n'
    assert list(patterns_in(source)) == [Pattern(2, "a*", True), Pattern(3, "b", False), Pattern(5, "xc", True)]
    assert len(PATTERNS) > 50


@pytest.mark.parametrize(
    "text",
    [
        r"\s*(.+?)x",
        r"a*a*",
        r"(a+)+",
        r"(?:a*b?)*",
        r"a*b?a*",
        r"[^x]*\d+",
        r"(a|b*)*",
        r"\w+(?:\s*,?)*\w",
        r"(?=a*a*)b",
        r"a*(?:b|)(?i:a*)",
    ],
)
def test_repetitions_that_share_a_character_are_found(text: str) -> None:
    assert ambiguities(text) != []


@pytest.mark.parametrize(
    "text",
    [
        r"\s*\S+",
        r"a*ba*",
        r'"(?:[^"\\]|\\.)*"',
        r"(?:\w+\s+)*-",
        r"a{1,5}a*",
        r"a++a*",
        r"(?>a*)a*",
        r"(?:\.\d+)*$",
        r"([-.])\d+\1\d+",
        "",
    ],
)
def test_repetitions_that_share_no_character_are_not(text: str) -> None:
    assert ambiguities(text) == []


def test_a_search_that_begins_with_a_repetition_is_found() -> None:
    assert ambiguities(r"\s*,", is_searched=True) != []
    assert ambiguities(r"(?:\s|-)+,", is_searched=True) != []
    assert ambiguities(r",\s*", is_searched=True) == []
    assert ambiguities(r"^\s*,", is_searched=True) == []
    assert ambiguities(r"\s+", is_searched=True) == []
