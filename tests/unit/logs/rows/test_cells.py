"""Cells become values: words translated, kinds read, nothing guessed."""

import re
from datetime import date, time
from decimal import Decimal

import pytest

from supportcore.logs.mapping.mapping import LogMapping, Source, States
from supportcore.logs.rows.cells import cell_reader, state_reader, whole_number
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
def test_kinds_are_read(kind: str, text: str, value: Fact | None) -> None:
    read = cell_reader(Source("c", kind=kind), MAPPING)(text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (
            "yes or no",
            "1",
            "`1` is not yes or no; accepted are `yes`, `no`, `true`, `false`; name others under `words`",
        ),
        ("whole number", "4.0", "`4.0` is no whole number; digits such as `40` are accepted"),
        ("whole number", "٤", "`٤` is no whole number; digits such as `40` are accepted"),
        ("number", "1,5", "`1,5` is no number; digits such as `1.50` are accepted"),
        ("time of day", "9", "`9` is not a time of day; `the column` takes times such as `09:00`"),
        ("number", "1e5", "`1e5` is no number; digits such as `1.50` are accepted"),
    ],
)
def test_nothing_is_coerced(kind: str, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        cell_reader(Source("c", kind=kind), MAPPING)(text)


def test_words_of_the_log_become_ours_and_are_read_then() -> None:
    flag = Source("c", FrozenMapping({"Y": "yes", "N": "no"}), kind="yes or no")
    assert cell_reader(flag, MAPPING)("Y") is True


def test_a_word_that_is_not_named_is_answered_with_the_nearest() -> None:
    impact = Source("c", FrozenMapping({"1 - High": "high", "2 - Medium": "medium"}))
    words = "`1 - Hgih` is not among the words named, `1 - High`, `2 - Medium`; did you mean `1 - High`?"
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        cell_reader(impact, MAPPING)("1 - Hgih")


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
def test_words_become_states(word: str, state: str | None) -> None:
    assert state_reader(STATES, MAPPING.missing)(word) == state


def test_a_state_that_is_not_named_is_answered_with_the_nearest() -> None:
    words = (
        "`Actve` is no state that the mapping names, `New`, `Active`, `Solved`, `Closed`, `Void`, `Awaiting User`, "
        "`Unmatched`; did you mean `Active`?"
    )
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        state_reader(STATES, MAPPING.missing)("Actve")


def test_a_whole_number_alone() -> None:
    assert whole_number("007") == 7
