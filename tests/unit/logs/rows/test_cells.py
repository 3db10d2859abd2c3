"""Parsing the text of a cell."""

import re
from datetime import date, time
from decimal import Decimal

import pytest

from supportcore.logs.mapping.mapping import LogMapping, Source, States
from supportcore.logs.rows.cells import cell_parser, parse_whole_number, state_parser
from supportcore.mappings import FrozenMapping
from supportcore.tickets import Fact

MAPPING = LogMapping(0, "log", "UTC", "day first", (), missing=("", "?"))


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", " much ", "much"),
        ("text", "?", None),
        ("text", " ", None),
        ("yes or no", "TRUE", True),
        ("yes or no", "no", False),
        ("whole number", "-12", -12),
        ("number", "1.50", Decimal("1.50")),
        ("number", "-3", Decimal(-3)),
        ("day", "5.1.2026", date(2026, 1, 5)),
        ("time of day", "9:30", time(9, 30)),
    ],
)
def test_a_cell_is_parsed_as_its_kind(kind: str, text: str, value: Fact | None) -> None:
    read = cell_parser(Source("c", kind=kind), MAPPING)(text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (
            "yes or no",
            "1",
            "`1` is not yes or no; expected one of `yes`, `no`, `true`, `false`; translate others under `words`",
        ),
        ("whole number", "4.0", "`4.0` is not a whole number; expected digits such as `40`"),
        ("whole number", "٤", "`٤` is not a whole number; expected digits such as `40`"),
        ("number", "1,5", "`1,5` is not a number; expected digits such as `1.50`"),
        ("time of day", "9", "`9` is not a time of day; expected a time such as `09:00`"),
        ("number", "1e5", "`1e5` is not a number; expected digits such as `1.50`"),
    ],
)
def test_a_text_of_another_kind_is_refused(kind: str, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        cell_parser(Source("c", kind=kind), MAPPING)(text)


def test_a_translated_word_is_parsed_as_its_kind() -> None:
    flag = Source("c", FrozenMapping({"Y": "yes", "N": "no"}), kind="yes or no")
    assert cell_parser(flag, MAPPING)("Y") is True


def test_a_word_without_a_translation_is_refused_with_the_nearest() -> None:
    impact = Source("c", FrozenMapping({"1 - High": "high", "2 - Medium": "medium"}))
    words = "`1 - Hgih` is not under `words`; expected one of `1 - High`, `2 - Medium`; did you mean `1 - High`?"
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        cell_parser(impact, MAPPING)("1 - Hgih")


STATES = States(
    "status",
    open=("New", "Active"),
    waiting=FrozenMapping({"customer": ("Awaiting User",)}),
    resolved=("Solved",),
    closed=("Closed",),
    cancelled=("Void",),
    ignored=("Unmatched",),
)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Active", "open"),
        ("Awaiting User", "waiting:customer"),
        ("Solved", "resolved"),
        ("Closed", "closed"),
        ("Void", "cancelled"),
        ("Unmatched", None),
        ("?", None),
    ],
)
def test_a_word_is_parsed_as_a_state(word: str, state: str | None) -> None:
    assert state_parser(STATES, MAPPING.missing)(word) == state


def test_a_word_without_a_state_is_refused_with_the_nearest() -> None:
    words = (
        "`Actve` is not a state of the mapping; expected one of `New`, `Active`, `Solved`, `Closed`, `Void`, "
        "`Awaiting User`, `Unmatched`; did you mean `Active`?"
    )
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        state_parser(STATES, MAPPING.missing)("Actve")


def test_leading_zeros_of_a_whole_number() -> None:
    assert parse_whole_number("007") == 7
