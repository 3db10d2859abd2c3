"""Findings as sentences in each language, put together from their parts."""

from collections.abc import Iterable

from attrs import frozen

from supportcore.findings import Finding, Part, Severity
from supportcore.wording.catalogue import Language, say

# The parts that are words of the catalogue themselves: kinds of events.
KINDS = ("kind", "ended")


@frozen
class Phrase:
    """A phrase of the catalogue as a part of a sentence.

    >>> Phrase("rules.inputs", (("count", "24"),)).in_words("de")
    ' (24 Fälle)'
    """

    key: str
    parts: tuple[tuple[str, str | Part], ...] = ()

    def in_words(self, language: Language) -> str:
        """Return the phrase in a language."""
        return _sentence(language, self.key, self.parts)


def finding_of(
    code: str, severity: Severity, path: str, sentence: str = "", *, witness: Iterable[object] = (), **parts: str | Part
) -> Finding:
    """A finding whose message is a sentence of the catalogue, by default that of its code, to be told in each language.

    >>> finding_of("sla.not-opened", "warning", "tickets.T", ticket="T").message
    'ticket `T` has no opening, so that none of its clocks starts'
    """
    filled, sentence = tuple(parts.items()), sentence or code
    message = _sentence("en", sentence, filled)
    return Finding(code, severity, path, message, tuple(witness), sentence=sentence, parts=filled)


def finding_line(language: Language, finding: Finding) -> str:
    """A finding in one line; one that has no sentence in the catalogue is told in the words of its message.

    >>> finding_line("de", finding_of("sla.not-opened", "warning", "tickets.T", ticket="T"))
    'Warnung sla.not-opened bei tickets.T: Ticket „T“ hat keine Eröffnung, sodass keine seiner Uhren beginnt'
    """
    words = finding_sentence(language, finding)
    severity = say(language, f"severity.{finding.severity}")
    return say(language, "finding.line", severity=severity, code=finding.code, path=finding.path, words=words)


def finding_sentence(language: Language, finding: Finding) -> str:
    """The sentence of a finding alone, or its message where it has no sentence in the catalogue.

    >>> finding_sentence("de", finding_of("sla.not-opened", "warning", "tickets.T", ticket="T"))
    'Ticket „T“ hat keine Eröffnung, sodass keine seiner Uhren beginnt'
    """
    return _sentence(language, finding.sentence, finding.parts) if finding.sentence else finding.message


def _sentence(language: Language, key: str, parts: Iterable[tuple[str, str | Part]]) -> str:
    return say(language, key, **{name: _part(language, name, value) for name, value in parts})


def _part(language: Language, name: str, value: str | Part) -> str:
    if not isinstance(value, str):
        return value.in_words(language)
    if name == "near":
        return say(language, "finding.near", near=value) if value else ""
    return say(language, f"event.{value}") if name in KINDS else value
