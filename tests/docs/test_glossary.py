"""One term, one meaning: the glossary says each word once, in order, with its German word."""

import re
from pathlib import Path

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
SECTIONS = [
    [[cell.strip() for cell in row.strip("|").split("|")] for row in re.findall(r"^\| (?!term ).*", section, re.M)]
    for section in GLOSSARY.read_text(encoding="utf-8").split("\n## ")[1:]
]
ROWS = [row for section in SECTIONS for row in section]


def test_every_row_has_term_meaning_and_german_word():
    assert [row for row in ROWS if len(row) != 3 or not all(row)] == []


def test_no_term_is_defined_twice():
    terms = [row[0] for row in ROWS]
    assert sorted(terms) == sorted(set(terms))


def test_no_german_word_translates_two_terms():
    german = [row[2] for row in ROWS]
    assert sorted(german) == sorted(set(german))


def test_each_section_is_in_order():
    assert [[row[0] for row in section] for section in SECTIONS] == [
        sorted((row[0] for row in section), key=str.casefold) for section in SECTIONS
    ]
