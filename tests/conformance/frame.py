"""What every area's adapter shares: the result of a case, the judgement over one, and the report over a file.

An adapter is a module `tests/conformance/<area>.py`, named like the folder of its case files, with

    def run(path: Path) -> list[CaseResult]

that reads one case file and returns one result for each case, in order. It settles each case by `judge`, or
says `not_applicable` or `not_built`. Where supportcore differs on purpose, the adapter lists the case in a
mapping from its source to a `Difference`: the rule that says so, and our own value, which is checked as
strictly as an expected one.
"""

import importlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from attrs import frozen

Verdict = Literal["agree", "differs", "not applicable", "unexplained"]

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT.parent / "shared" / "cases"
ABSENT = f"the cases of other systems are not here: no folder {CASES}"

# At most this share of a file's cases may be set aside without naming a feature that is not built.
SET_ASIDE_AT_MOST = 0.10

RULE = re.compile(r"(G|CAL|RUL|PRI|SLA|ESC|CON|SVC)-\d+")


@frozen
class CaseResult:
    """What became of one case; `source` is the case's own, where its system states it, and `ours` our answer.

    `rule` says which rule makes us differ. `reason` says why a case is not applicable, `feature` which part
    that supportcore does not have would be needed for it; one of the two is enough.
    """

    source: str
    verdict: Verdict
    rule: str = ""
    reason: str = ""
    expected: object = None
    ours: object = None
    feature: str = ""

    def __attrs_post_init__(self) -> None:
        if self.verdict == "differs" and not RULE.fullmatch(self.rule):
            raise ValueError(f"{self.source}: a difference names its rule, like `CAL-2`, not `{self.rule}`")
        if self.verdict == "not applicable" and not (self.reason or self.feature):
            raise ValueError(f"{self.source}: what is not applicable says why")


@frozen
class Difference:
    """A case answered otherwise on purpose: the rule that says so, our own value, and a word on why."""

    rule: str
    ours: object
    reason: str = ""


def judge(
    source: str, expected: object, ask: Callable[[], object], differences: Mapping[str, Difference] | None = None
) -> CaseResult:
    """Asks supportcore and compares. A case listed as a difference must give exactly our own listed value.

    An exception that `ask` raises is unexplained; a case that expects an error asks for that error's name,
    for example with `error_of`.
    """
    try:
        ours = ask()
    except Exception as error:
        return CaseResult(
            source,
            "unexplained",
            expected=expected,
            ours=error,
            reason=f"raised {type(error).__name__}: {error}",
        )
    listed = (differences or {}).get(source)
    if listed is None:
        verdict: Verdict = "agree" if ours == expected else "unexplained"
        return CaseResult(source, verdict, expected=expected, ours=ours)
    if ours == expected:
        reason = f"listed as different by {listed.rule}, but agrees"
        return CaseResult(source, "unexplained", reason=reason, expected=expected, ours=ours)
    if ours != listed.ours:
        reason = f"listed as different by {listed.rule} with `{listed.ours}`"
        return CaseResult(source, "unexplained", reason=reason, expected=expected, ours=ours)
    return CaseResult(source, "differs", rule=listed.rule, reason=listed.reason, expected=expected, ours=ours)


def error_of(ask: Callable[[], object]) -> str:
    """The name of the error that a call raises, for cases that expect one; else what it answered."""
    try:
        answer = ask()
    except Exception as error:
        return type(error).__name__
    return f"no error, but {answer!r}"


def not_applicable(source: str, reason: str) -> CaseResult:
    """A case about something that has no counterpart here; at most one in ten of a file may be."""
    return CaseResult(source, "not applicable", reason=reason)


def not_built(source: str, feature: str) -> CaseResult:
    """A case that needs a feature which supportcore does not have, by the feature's name."""
    return CaseResult(source, "not applicable", feature=feature)


@frozen
class FileReport:
    """All results of one case file; `results` is None where its area has no adapter yet."""

    area: str
    name: str
    results: tuple[CaseResult, ...] | None

    @property
    def unexplained(self) -> tuple[CaseResult, ...]:
        """The cases where supportcore and the other system differ and no rule says why."""
        return tuple(result for result in self.results or () if result.verdict == "unexplained")

    @property
    def set_aside(self) -> tuple[CaseResult, ...]:
        """The cases called not applicable without the name of a feature."""
        return tuple(
            result for result in self.results or () if result.verdict == "not applicable" and not result.feature
        )

    @property
    def too_many_set_aside(self) -> bool:
        """Whether more than one case in ten is called not applicable without the name of a feature."""
        return len(self.set_aside) > SET_ASIDE_AT_MOST * len(self.results or ())

    def line(self) -> str:
        """The one line of the report: file, cases, agree, differ by rule, not applicable with the reasons."""
        where = f"{self.area}/{self.name}"
        if self.results is None:
            return f"{where}: no adapter yet"
        verdicts = Counter(result.verdict for result in self.results)
        rules = counted(result.rule for result in self.results if result.verdict == "differs")
        whys = counted(why_set_aside(result) for result in self.results if result.verdict == "not applicable")
        parts = [
            f"{len(self.results)} cases",
            f"{verdicts['agree']} agree",
            f"{verdicts['differs']} differ by rule{rules}",
            f"{verdicts['not applicable']} not applicable{whys}",
        ]
        if verdicts["unexplained"]:
            parts.append(f"{verdicts['unexplained']} UNEXPLAINED")
        if self.too_many_set_aside:
            parts.append(f"TOO MANY SET ASIDE ({len(self.set_aside)} without a feature's name)")
        return f"{where}: {', '.join(parts)}"


def why_set_aside(result: CaseResult) -> str:
    """The reason of a case that is not applicable, in the words of the report."""
    return f"no {result.feature} yet" if result.feature else result.reason


def counted(words: Iterable[str]) -> str:
    """Words with their counts, the most frequent first: ` (CAL-4 7, CAL-2 1)`."""
    ordered = sorted(Counter(words).items(), key=lambda item: (-item[1], item[0]))
    return f" ({', '.join(f'{word} {count}' for word, count in ordered)})" if ordered else ""


def case_files(cases: Path = CASES) -> list[Path]:
    """Every case file, by area and name: data, and in the area of the community programs and pages."""
    community = [path for path in cases.glob("community/*") if path.suffix in (".py", ".md") and path.stem != "README"]
    return sorted([*cases.glob("*/*.json"), *community])


def adapter_of(area: str) -> Callable[[Path], list[CaseResult]] | None:
    """The area's `run`, or None while nobody has written its adapter."""
    name = f"tests.conformance.{area}"
    if find_spec(name) is None:
        return None
    run: Callable[[Path], list[CaseResult]] = importlib.import_module(name).run
    return run


def report_on(path: Path) -> FileReport:
    """Runs one case file through its area's adapter."""
    area = path.parent.name
    run = adapter_of(area)
    return FileReport(area, path.name, None if run is None else tuple(run(path)))
