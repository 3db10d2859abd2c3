"""Parts of the findings of `verify` that read differently in each language: facts, members, outcomes, counts."""

from collections.abc import Iterable

from attrs import frozen

from supportcore.domains import Domain, Value
from supportcore.findings import Finding, Severity
from supportcore.rules.decisions import Outcome
from supportcore.rules.phrases import facts_words, result_words, value_words
from supportcore.rules.proofs.regions import Facts, Region
from supportcore.wording import Language, Part, Phrase


@frozen
class FactsPart:
    """Facts, in the order of their domains."""

    facts: Facts
    domains: tuple[Domain, ...]

    def in_words(self, language: Language) -> str:
        """Return the facts in a language."""
        return facts_words(language, self.facts, self.domains)


@frozen
class Values:
    """Values of one domain, by their names in the language."""

    domain: Domain
    values: tuple[Value, ...]

    def in_words(self, language: Language) -> str:
        """Return the values in a language."""
        return ", ".join(value_words(language, self.domain, value) for value in self.values)


@frozen
class Outcomes:
    """Outcomes of some rules, by the domains of their outputs."""

    outputs: tuple[Domain, ...]
    outcomes: tuple[Outcome, ...]

    def in_words(self, language: Language) -> str:
        """Return the outcomes in a language."""
        return result_words(language, self.outputs, self.outcomes)


def inputs_part(count: int | None) -> Part:
    """Return the number of inputs in brackets, or an empty text where they cannot be counted."""
    if count is None:
        return ""
    return Phrase("rules.input") if count == 1 else Phrase("rules.inputs", {"count": count})


def counted_finding(
    code: str,
    severity: Severity,
    path: str,
    variant: str = "",
    *,
    region: Region | None = None,
    witness: Iterable[Facts] = (),
    count: int | None,
    **parts: Part,
) -> Finding:
    """Return a finding about a region of `count` inputs, or about `count` pairs of rules."""
    spelled = None if region is None else region.spelled()
    return Finding(code, severity, path, parts, variant=variant, witness=witness, region=spelled, count=count)
