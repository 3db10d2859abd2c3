"""Parse the text of a cell: translate the words of the log, parse values of a declared kind, coerce nothing."""

from collections.abc import Callable, Collection
from datetime import time
from decimal import Decimal
from functools import cache

from supportcore.domains import TimeOfDay
from supportcore.errors import FactError, did_you_mean, listed
from supportcore.logs.mapping.mapping import LogMapping, Source, States
from supportcore.logs.timestamps import day_parser
from supportcore.tickets import Fact

CellParser = Callable[[str], Fact | None]

YES_NO = {"yes": True, "no": False, "true": True, "false": False}
DIGITS = frozenset("0123456789")
TIME_OF_DAY = TimeOfDay("time of day")


def cell_parser(source: Source, mapping: LogMapping) -> CellParser:
    """Return a function from the text of a cell to its value, or to `None` for the texts under `missing`.

    The function raises `ValueError` for a word that `source.words` lacks, and for a text of another kind.

    >>> from supportcore.mappings import FrozenMapping
    >>> mapping = LogMapping(0, "log", "UTC", "day first", (), missing=("?",))
    >>> parse = cell_parser(Source("impact", FrozenMapping({"1": "high"})), mapping)
    >>> parse("1"), parse("?")
    ('high', None)
    """
    words = source.words
    parse_kind = _kind_parser(source.kind, mapping)

    def parse(text: str) -> Fact:
        if words:
            if text not in words:
                raise ValueError(
                    f"`{text}` is not under `words`; expected one of {listed(words)}{did_you_mean(text, words)}"
                )
            text = words[text]
        return parse_kind(text)

    return unless_missing(parse, mapping.missing)


def state_parser(states: States, missing: Collection[str]) -> CellParser:
    """Return a function from a word to `open`, `resolved`, `closed`, `cancelled`, or `waiting:` with the reason.

    The function returns `None` for ignored and missing words, and raises `ValueError` for a word without an entry.

    >>> state_parser(States("status", open=("New",), resolved=("Solved",)), [""])("Solved")
    'resolved'
    """
    state_of: dict[str, str] = {}
    for state in ("open", "resolved", "closed", "cancelled"):
        state_of.update(dict.fromkeys(getattr(states, state), state))
    for reason, words in states.waiting.items():
        state_of.update(dict.fromkeys(words, f"waiting:{reason}"))

    def parse(text: str) -> str:
        if text not in state_of:
            known = [*state_of, *states.ignored]
            near = did_you_mean(text, known)
            raise ValueError(f"`{text}` is not a state of the mapping; expected one of {listed(known)}{near}")
        return state_of[text]

    return unless_missing(parse, {*missing, *states.ignored})


def unless_missing(parse: Callable[[str], Fact], missing: Collection[str]) -> CellParser:
    """Return a cached `parse` that strips its text and returns `None` for the `missing` texts."""

    @cache
    def parse_unless_missing(text: str) -> Fact | None:
        text = text.strip()
        return None if text in missing else parse(text)

    return parse_unless_missing


def parse_whole_number(text: str) -> int:
    """Return the whole number in a text of digits.

    >>> parse_whole_number("-40")
    -40
    """
    digits = text.removeprefix("-")
    if not digits or set(digits) - DIGITS:
        raise ValueError(f"`{text}` is not a whole number; expected digits such as `40`")
    return int(text)


def _kind_parser(kind: str, mapping: LogMapping) -> Callable[[str], Fact]:
    parsers: dict[str, Callable[[str], Fact]] = {
        "text": str,
        "yes or no": _parse_yes_or_no,
        "whole number": parse_whole_number,
        "number": _parse_number,
        "day": day_parser(mapping.dates),
        "time of day": _parse_time_of_day,
    }
    return parsers[kind]


def _parse_yes_or_no(text: str) -> bool:
    if text.lower() not in YES_NO:
        raise ValueError(f"`{text}` is not yes or no; expected one of {listed(YES_NO)}; translate others under `words`")
    return YES_NO[text.lower()]


def _parse_time_of_day(text: str) -> time:
    try:
        return TIME_OF_DAY.parse(text)
    except FactError:
        raise ValueError(f"`{text}` is not a time of day; expected a time such as `09:00`") from None


def _parse_number(text: str) -> Decimal:
    whole, _, part = text.removeprefix("-").partition(".")
    if not whole or set(whole + part) - DIGITS:
        raise ValueError(f"`{text}` is not a number; expected digits such as `1.50`")
    return Decimal(text)
