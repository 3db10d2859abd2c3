"""What every proof and check returns: findings with a stable code, a place, words and a witness."""

from collections.abc import Iterable, Mapping
from typing import Literal

from attrs import field, frozen

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


def _witness(given: Iterable[object]) -> tuple[object, ...]:
    return tuple(given)


@frozen
class Finding:
    """One thing that a proof or a check has to say.

    `code` is stable and meant for programs (`rules.gap`); `path` leads into the concept or the history; `message`
    is for people. `witness` holds examples that show it (facts, instants), `region` the whole set of inputs where it
    holds, in the words of the cells, and `count` its exact size where it is finite. `sentence` and `parts` are the
    message once more, as the key of a sentence and what fills it, where it can be told in other languages.

    >>> finding = Finding("rules.gap", "error", "priority", "no rule for impact high, urgency low")
    >>> print(finding)
    error rules.gap at priority: no rule for impact high, urgency low
    """

    code: str
    severity: Severity
    path: str
    message: str
    witness: tuple[object, ...] = field(default=(), converter=_witness)
    region: Mapping[str, str] | None = None
    count: int | None = None
    sentence: str = field(default="", eq=False, repr=False)
    parts: tuple[tuple[str, str], ...] = field(default=(), eq=False, repr=False)

    def __str__(self) -> str:
        return f"{self.severity} {self.code}" + (f" at {self.path}" if self.path else "") + f": {self.message}"


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among the findings, or none where there is no finding.

    >>> worst([Finding("a", "note", "", "x"), Finding("b", "warning", "", "y")])
    'warning'
    """
    found = {finding.severity for finding in findings}
    return next((severity for severity in SEVERITIES if severity in found), None)
