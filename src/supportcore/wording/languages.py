"""The languages of explanations and documents."""

from typing import Literal, get_args

from supportcore.errors import DefinitionError, did_you_mean, listed

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def language_named(name: str) -> Language:
    """Return the language with this code; raise `DefinitionError` for a language without a catalogue.

    >>> language_named("de")
    'de'
    """
    for language in LANGUAGES:
        if name == language:
            return language
    raise DefinitionError(
        f"`{name}` is not a language; expected one of {listed(LANGUAGES)}{did_you_mean(name, LANGUAGES)}"
    )
