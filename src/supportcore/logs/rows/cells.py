"""How the text of one cell becomes a value: words translated, kinds read, nothing guessed."""

from collections.abc import Callable, Collection
from datetime import date, time
from decimal import Decimal
from functools import cache

from supportcore.domains import TimeOfDay
from supportcore.errors import did_you_mean, listed
from supportcore.logs.mapping.mapping import LogMapping, Source, States
from supportcore.logs.moments import day_reader
from supportcore.tickets import Fact

CellReader = Callable[[str], Fact | None]

YES_NO = {"yes": True, "no": False, "true": True, "false": False}
ANY_TIME = TimeOfDay("the column")
DIGITS = frozenset("0123456789")


def cell_reader(source: Source, mapping: LogMapping) -> CellReader:
    """A function from the text of a column to its value, none where the log says that it is not known.

    The function raises `ValueError` for a word that is not among the words named, and for another kind of value.

    >>> from supportcore.mappings import FrozenMapping
    >>> mapping = LogMapping(0, "log", "UTC", "day first", (), missing=("?",))
    >>> read = cell_reader(Source("impact", FrozenMapping({"1": "high"})), mapping)
    >>> read("1"), read("?")
    ('high', None)
    """
    words = source.words
    read_kind = _kind_reader(source.kind, mapping)

    def read(text: str) -> Fact:
        if words:
            if text not in words:
                raise ValueError(f"`{text}` is not among the words named, {listed(words)}{did_you_mean(text, words)}")
            text = words[text]
        return read_kind(text)

    return missing_aside(read, mapping.missing)


def state_reader(states: States, missing: Collection[str]) -> CellReader:
    """A function from a word to a state: `open`, `resolved`, `closed`, `cancelled`, `waiting:` with the reason.

    It answers none for words that are to be ignored and for missing ones, and raises `ValueError` for a word that is
    not named.

    >>> state_reader(States("status", open=("New",), resolved=("Solved",)), [""])("Solved")
    'resolved'
    """
    meaning: dict[str, str] = {}
    for state in ("open", "resolved", "closed", "cancelled"):
        meaning.update(dict.fromkeys(getattr(states, state), state))
    for reason, words in states.waiting.items():
        meaning.update(dict.fromkeys(words, f"waiting:{reason}"))

    def read(text: str) -> str:
        if text not in meaning:
            named = [*meaning, *states.ignored]
            raise ValueError(f"`{text}` is no state that the mapping names, {listed(named)}{did_you_mean(text, named)}")
        return meaning[text]

    return missing_aside(read, {*missing, *states.ignored})


def missing_aside(read: Callable[[str], Fact], missing: Collection[str]) -> CellReader:
    """A reader that answers none for the texts that stand for nothing; what was read once is remembered."""

    @cache
    def known(text: str) -> Fact | None:
        text = text.strip()
        return None if text in missing else read(text)

    return known


def whole_number(text: str) -> int:
    """A whole number in digits.

    >>> whole_number("-40")
    -40
    """
    digits = text.removeprefix("-")
    if not digits or set(digits) - DIGITS:
        raise ValueError(f"`{text}` is no whole number; digits such as `40` are accepted")
    return int(text)


def _kind_reader(kind: str, mapping: LogMapping) -> Callable[[str], Fact]:
    read_day = day_reader(mapping.dates)

    def yes_or_no(text: str) -> bool:
        if text.lower() not in YES_NO:
            raise ValueError(f"`{text}` is not yes or no; accepted are {listed(YES_NO)}; name others under `words`")
        return YES_NO[text.lower()]

    def number(text: str) -> Decimal:
        whole, _, part = text.removeprefix("-").partition(".")
        if not whole or set(whole + part) - DIGITS:
            raise ValueError(f"`{text}` is no number; digits such as `1.50` are accepted")
        return Decimal(text)

    def day(text: str) -> date:
        return read_day(text)

    def time_of_day(text: str) -> time:
        return ANY_TIME.parse(text)

    def text(text: str) -> str:
        return text

    readers: dict[str, Callable[[str], Fact]] = {
        "text": text,
        "yes or no": yes_or_no,
        "whole number": whole_number,
        "number": number,
        "day": day,
        "time of day": time_of_day,
    }
    return readers[kind]
