"""The one catalogue of German and English words: each sentence has a key and stands here in both languages.

The entries lie beside this module, one file for each area. A sentence is a format string; who fills it gives ready
texts.
"""

from typing import Literal, get_args

from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.wording.entries import cases, common as areas, findings, hours as calendars, tables as rules

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

ENTRIES: dict[str, tuple[str, str]] = {
    **areas.ENTRIES,
    **calendars.ENTRIES,
    **cases.ENTRIES,
    **findings.ENTRIES,
    **rules.ENTRIES,
}


def language_named(name: str) -> Language:
    """The language of this code; `DefinitionError` where there are no words for it.

    >>> language_named("de")
    'de'
    """
    for language in LANGUAGES:
        if name == language:
            return language
    raise DefinitionError(
        f"language `{name}` is not spoken here; accepted are {listed(LANGUAGES)}{did_you_mean(name, LANGUAGES)}"
    )


def say(language: Language, key: str, **parts: object) -> str:
    """The sentence of a key in a language, filled with its parts; `DefinitionError` for one that is not spoken.

    >>> say("de", "kind.counted"), say("en", "kind.counted")
    ('gezählt', 'counted')
    """
    if language not in LANGUAGES:
        language_named(language)
    german, english = ENTRIES[key]
    return (german if language == "de" else english).format(**parts)


def metric_words(language: Language, metric: str) -> str:
    """The name of a metric: the built-in ones have words, any other is called as it is.

    >>> metric_words("de", "resolution"), metric_words("de", "call back")
    ('Lösung', 'call back')
    """
    return say(language, f"metric.{metric}") if f"metric.{metric}" in ENTRIES else metric
