"""Findings about tickets as sentences in each language, put together from their parts."""

from collections.abc import Iterable

from supportcore.findings import Finding, Severity
from supportcore.wording.catalogue import Language, say

# The parts that are words of the catalogue themselves: kinds of events.
KINDS = ("kind", "ended")


def finding_of(
    code: str, severity: Severity, path: str, sentence: str = "", *, witness: Iterable[object] = (), **parts: str
) -> Finding:
    """A finding whose message is a sentence of the catalogue, by default that of its code, to be told in each language.

    >>> finding_of("sla.not-opened", "warning", "tickets.T", ticket="T").message
    'ticket `T` has no opening, so that none of its clocks starts'
    """
    told, sentence = tuple(parts.items()), sentence or code
    return Finding(code, severity, path, _sentence("en", sentence, told), tuple(witness), sentence=sentence, parts=told)


def finding_line(language: Language, finding: Finding) -> str:
    """A finding in one line; one that has no sentence in the catalogue is told in the words of its message.

    >>> finding_line("de", finding_of("sla.not-opened", "warning", "tickets.T", ticket="T"))
    'Warnung sla.not-opened bei tickets.T: Ticket „T“ hat keine Eröffnung, sodass keine seiner Uhren beginnt'
    """
    words = _sentence(language, finding.sentence, finding.parts) if finding.sentence else finding.message
    severity = say(language, f"severity.{finding.severity}")
    return say(language, "finding.line", severity=severity, code=finding.code, path=finding.path, words=words)


def _sentence(language: Language, key: str, parts: Iterable[tuple[str, str]]) -> str:
    return say(language, key, **{name: _part(language, name, value) for name, value in parts})


def _part(language: Language, name: str, value: str) -> str:
    if name == "near":
        return say(language, "finding.near", near=value) if value else ""
    return say(language, f"event.{value}") if name in KINDS else value
