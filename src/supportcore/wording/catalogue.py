"""The catalogue: every sentence under a key, in German and English.

A sentence is a format string. `say` fills it with values, which it puts into words in the same language.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from supportcore.wording.formats import count_words, day_words, duration_words, instant_words, share_words
from supportcore.wording.languages import Language, language_named


@runtime_checkable
class Wordable(Protocol):
    """A value with words in each language, such as a region of a decision table."""

    def in_words(self, language: Language) -> str:
        """Return the value as text in a language."""


Part = str | int | timedelta | date | Fraction | Wordable
FORMATS: dict[type, Callable[[Language, object], str]] = {
    str: lambda _, value: str(value),
    int: count_words,  # type: ignore[dict-item]  # each format takes the type of its key
    timedelta: duration_words,  # type: ignore[dict-item]
    datetime: instant_words,  # type: ignore[dict-item]
    date: day_words,  # type: ignore[dict-item]
    Fraction: share_words,  # type: ignore[dict-item]
}


@cache
def sentences() -> Mapping[str, tuple[str, str]]:
    """Return the German and the English sentence of every key.

    >>> sentences()["plan.nobody"]
    ('niemand ist zu benachrichtigen', 'nobody to notify')
    """
    # Imported with the first sentence: a program that loads a concept and reads its results needs none.
    from supportcore.wording.entries import (
        cases,
        checks,
        clocks,
        commands,
        common,
        events,
        findings,
        hours,
        logs,
        plans,
        priorities,
        tables,
    )

    areas = (cases, checks, clocks, commands, common, events, findings, hours, logs, plans, priorities, tables)
    return MappingProxyType({key: texts for area in areas for key, texts in area.ENTRIES.items()})


def say(language: Language, key: str, **parts: Part) -> str:
    """Return the sentence of a key in a language, filled with its parts in words.

    Parts that the sentence does not name are left out. Raises `DefinitionError` for an unknown language.

    >>> say("de", "clock.due", instant=datetime(2026, 3, 9, 14, 30))
    'fällig Mo 09.03.2026 14:30'
    """
    german, english = sentences()[key]
    sentence = english if language_named(language) == "en" else german
    needed = placeholders(key)
    return sentence.format(**{name: in_words(language, part) for name, part in parts.items() if name in needed})


def in_words(language: Language, value: object) -> str:
    """Return a value as text in a language.

    >>> in_words("de", timedelta(minutes=90)), in_words("de", 4800)
    ('1 h 30 min', '4.800')
    """
    if isinstance(value, Wordable):
        return value.in_words(language)
    return FORMATS[next(kind for kind in type(value).__mro__ if kind in FORMATS)](language, value)


def is_part(value: object) -> bool:
    """Return whether `say` can put a value into words.

    >>> is_part(Fraction(1, 2)), is_part(None)
    (True, False)
    """
    return isinstance(value, (*FORMATS, Wordable))


@cache
def placeholders(key: str) -> frozenset[str]:
    """Return the names of the parts that the sentence of a key needs.

    >>> sorted(placeholders("clock.used-of"))
    ['allowed', 'elapsed', 'remaining']
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(sentences()[key][1]) if name)


def metric_words(language: Language, metric: str) -> str:
    """Return the name of a metric: words for a built-in metric, quotes around a name that users chose themselves.

    >>> metric_words("de", "resolution"), metric_words("de", "Rückruf")
    ('Lösungszeit', '„Rückruf“')
    """
    key = f"metric.{metric}"
    return say(language, key) if key in sentences() else say(language, "metric.named", name=metric)


def term(language: Language, area: str, word: str) -> str:
    """Return the words of a built-in name; a name that users chose themselves is returned unchanged.

    >>> term("de", "channel", "phone"), term("de", "channel", "Fax im Keller")
    ('Telefon', 'Fax im Keller')
    """
    key = f"{area}.{word}"
    return say(language, key) if key in sentences() else word
