"""Texts in quotes with the escapes of FEEL."""

import pytest
from hypothesis import given, strategies as st

from supportcore.rules.cells.text_literals import quote_text, split_list, unquote_text

READ = [
    (r'"a\nb\tc\rd"', "a\nb\tc\rd"),
    (r'"say \"hi\""', 'say "hi"'),
    (r'"it\'s"', "it's"),
    (r'"C:\\temp"', "C:\\temp"),
    (r'"caf\u00e9"', "café"),
    (r'"\U01F600"', "😀"),
    (r'"\uD83D\uDE00"', "😀"),
    (r'"\d+ \u12 \U110000 \ugggg"', r"\d+ \u12 \U110000 \ugggg"),
    ('"two\nlines"', "two\nlines"),
    ('""', ""),
    ('" a "', " a "),
]


@pytest.mark.parametrize(("literal", "text"), READ)
def test_escapes_are_those_of_feel(literal, text):
    assert unquote_text(literal) == text


@pytest.mark.parametrize("literal", ["", '"', "a", '"a" + "b"', '"a","b"', '"a\\"', '"a', "'a'", 'x"a"', '""a""'])
def test_a_text_that_is_not_one_literal_gives_none(literal):
    assert unquote_text(literal) is None


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_quoted_text_is_read_back_from_one_line(text):
    literal = quote_text(text)
    assert unquote_text(literal) == text
    assert len(literal.splitlines()) == 1


def test_a_list_keeps_quotes_and_brackets_whole():
    assert split_list(r'"a, \" b" , [1,2), f(x, "y)"),') == [r'"a, \" b"', "[1,2)", 'f(x, "y)")', ""]
    assert split_list('a, "b, c') == ["a", '"b, c']
