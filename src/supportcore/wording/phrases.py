"""Parts of a sentence that read differently in each language: phrases with parts of their own, and lists of names."""

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.wording.catalogue import Part, in_words, metric_words, say, term
from supportcore.wording.languages import Language

MOST = 12


def _parts(given: Mapping[str, Part]) -> FrozenMapping[str, Part]:
    return FrozenMapping(given)


def _tuple(given: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(given)


@frozen
class Phrase:
    """The sentence of a key in the catalogue, as a part of another sentence.

    >>> Phrase("event.agent replied").in_words("en")
    'agent replied'
    """

    key: str
    parts: Mapping[str, Part] = field(default=EMPTY, converter=_parts)

    def in_words(self, language: Language) -> str:
        """Return the phrase as text in a language."""
        return say(language, self.key, **self.parts)


@frozen
class Term:
    """A name that may be built in, as a part of a sentence; a name that users chose themselves is not translated.

    >>> Term("waiting", "customer").in_words("de")
    'Kunde'
    """

    area: str
    word: str

    def in_words(self, language: Language) -> str:
        """Return the name as text in a language."""
        return term(language, self.area, self.word)


@frozen
class MetricName:
    """The name of a metric, as a part of a sentence.

    >>> MetricName("reaction").in_words("de")
    'Reaktionszeit'
    """

    metric: str

    def in_words(self, language: Language) -> str:
        """Return the name as text in a language."""
        return metric_words(language, self.metric)


@frozen
class Joined:
    """Several parts, one after the other.

    >>> Joined(["a", Phrase("event.closed")]).in_words("de")
    'a; geschlossen'
    """

    parts: tuple[Part, ...] = field(converter=_tuple)
    separator: str = "; "

    def in_words(self, language: Language) -> str:
        """Return the parts as text in a language."""
        return self.separator.join(in_words(language, part) for part in self.parts)


@frozen
class Names:
    """Names in quotes, cut after twelve.

    >>> Names(["low", "high"]).in_words("de"), Names(["low", "high"]).in_words("en")
    ('„low“, „high“', '`low`, `high`')
    """

    names: tuple[Part, ...] = field(converter=_tuple)

    def in_words(self, language: Language) -> str:
        """Return the names as text in a language."""
        if not self.names:
            return say(language, "finding.no-names")
        quoted = [say(language, "finding.name", name=name) for name in self.names]
        shown = ", ".join(quoted[:MOST])
        return shown if len(quoted) <= MOST else say(language, "finding.more", names=shown, count=len(quoted) - MOST)


def actor_phrase(actor: str) -> Phrase:
    """Return the words of an actor, given as a role or as role and name.

    >>> actor_phrase("agent:dan").in_words("de")
    'Bearbeiter dan'
    """
    role, _, name = actor.partition(":")
    if not name:
        return Phrase("actor", {"role": Term("role", role)})
    return Phrase("actor.named", {"role": Term("role", role), "name": name})


def near_phrase(name: str) -> Part:
    """Return the question whether `name` was meant, as the end of a sentence; an empty text for an empty name.

    >>> in_words("en", near_phrase("critical"))
    '; did you mean `critical`?'
    """
    return Phrase("finding.near", {"near": name}) if name else ""
