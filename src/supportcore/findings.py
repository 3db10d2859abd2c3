"""What proofs and checks return: findings, each with a stable code, a place, a witness, and words in two languages."""

from collections.abc import Iterable, Mapping
from typing import Literal

from attrs import field, frozen

from supportcore.equality import equality_key
from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.wording import Language, Part, is_part, language_named, placeholders, say, sentences

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


def _witness(given: Iterable[object]) -> tuple[object, ...]:
    return tuple(given)


def _region(given: Mapping[str, str] | None) -> FrozenMapping[str, str] | None:
    return None if given is None else FrozenMapping(given)


def _parts(given: Mapping[str, Part]) -> FrozenMapping[str, Part]:
    return FrozenMapping(given)


@frozen
class Finding:
    """A result of a proof or a check.

    `code` is stable, for programs (`sla.not-opened`), and names the sentence in the catalogue; `variant` chooses among
    several sentences of one code. `parts` are the values in the sentence: texts, numbers, durations, instants, or
    objects with `in_words(language)`. `path` leads into the concept or the history. `witness` holds examples (facts,
    instants), `region` the whole set of inputs in the words of the cells, and `count` its size where it is finite.

    Raises `DefinitionError` for a code without a sentence and for parts that the sentence does not have.

    >>> finding = Finding("sla.not-opened", "warning", "tickets.T-1", {"ticket": "T-1"})
    >>> print(finding)
    warning sla.not-opened at tickets.T-1: ticket `T-1` has no opening, so none of its clocks starts
    >>> print(finding.line("de"))
    Warnung sla.not-opened bei tickets.T-1: Ticket „T-1“ hat keine Eröffnung, daher beginnt keine Zeitmessung
    """

    code: str
    severity: Severity
    path: str
    parts: Mapping[str, Part] = field(default=EMPTY, converter=_parts)
    variant: str = field(default="", kw_only=True)
    witness: tuple[object, ...] = field(default=(), converter=_witness, eq=equality_key, kw_only=True)
    region: Mapping[str, str] | None = field(default=None, converter=_region, kw_only=True)
    count: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.key not in sentences():
            raise DefinitionError(f"`{self.key}` is not a finding{did_you_mean(self.key, sentences())}")
        needed = placeholders(self.key)
        if self.parts.keys() != needed:
            raise DefinitionError(
                f"the parts of finding `{self.key}` are {listed(self.parts) or 'missing'}; "
                f"expected {listed(sorted(needed)) or 'no parts'}"
            )
        for name, part in self.parts.items():
            if not is_part(part):
                raise DefinitionError(
                    f"part `{name}` of finding `{self.key}` is `{part}`; expected a text, a number, a duration, "
                    "an instant, or an object with `in_words`"
                )

    @property
    def key(self) -> str:
        """The key of the sentence in the catalogue."""
        return f"{self.code}.{self.variant}" if self.variant else self.code

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.explain("en")

    def explain(self, language: str = "en") -> str:
        """Return the sentence in English (`en`) or German (`de`)."""
        return say(language_named(language), self.key, **self.parts)

    def line(self, language: str = "en") -> str:
        """Return severity, code, path and sentence in one line, in English (`en`) or German (`de`)."""
        chosen: Language = language_named(language)
        severity = say(chosen, f"severity.{self.severity}")
        words = self.explain(chosen)
        if not self.path:
            return say(chosen, "finding.line-anywhere", severity=severity, code=self.code, words=words)
        return say(chosen, "finding.line", severity=severity, code=self.code, path=self.path, words=words)

    def __str__(self) -> str:
        return self.line()

    def __repr__(self) -> str:
        return f"Finding({self})"


def worst(findings: Iterable[Finding]) -> Severity | None:
    """Return the gravest severity among the findings, or `None` without findings.

    >>> worst([Finding("sla.not-opened", "warning", "tickets.T-1", {"ticket": "T-1"})])
    'warning'
    """
    found = {finding.severity for finding in findings}
    return next((severity for severity in SEVERITIES if severity in found), None)
