"""The findings of `check` about tables and directories, and its proofs."""

from collections.abc import Iterable

import pytest
from attrs import evolve

import supportcore as sc
from supportcore.errors import SupportcoreError
from supportcore.escalation import Person
from supportcore.mappings import FrozenMapping

TEXT = sc.example("hosting").read_text(encoding="utf-8")
HOSTING = sc.loads(TEXT)
USAGE = sc.Scale("usage", ["rare", "regular", "core"])


def row(name: str) -> str:
    """The line of the example's table whose id this is; ids of targets and priorities differ, so the first counts."""
    return next(line for line in TEXT.splitlines() if line.startswith(f"| {name} ")) + "\n"


def grave(findings: Iterable[sc.Finding]) -> list[tuple[str, str, str]]:
    return [(one.severity, one.code, one.path) for one in findings if one.severity != "note"]


def proved(findings: Iterable[sc.Finding]) -> dict[str, str]:
    return {one.path: one.message for one in findings if one.code == "check.proved"}


def classified(*priorities: str, unless: str = "", waived: bool = False) -> sc.ServiceConcept:
    """A concept with only a table of priorities, a row for each member of a fact; `unless` is the default."""
    scale = sc.Scale("priority", ["minor", "major", "critical"])
    waiver = sc.Waiver("priority", "usage", ("regular", "core"), "agreed with the customer")
    table = sc.DecisionTable(
        name="priority",
        hit="first",
        inputs=[USAGE],
        outputs=[scale],
        rules=[
            sc.Rule({"usage": word}, {"priority": priority}, id=word)
            for word, priority in zip(USAGE.members, priorities, strict=False)
        ],
        default={"priority": unless} if unless else None,
        rises={"priority": ["usage"]} if waived else {},
        waivers=[waiver] if waived else [],
    )
    return evolve(
        HOSTING,
        vocabulary=sc.Vocabulary([USAGE]),
        scale=scale,
        priority=sc.PriorityPolicy(table, provisional="major"),
        agreements=(),
        ladders=None,
        scope=None,
    )


@pytest.mark.parametrize("name", ["hosting", "mittelstand"])
def test_the_examples_are_free_of_errors_and_warnings(name: str) -> None:
    concept = sc.load(sc.example(name))
    findings = sc.check(concept)
    assert grave(findings) == []
    assert set(proved(findings)) == {"priority", "targets", "scope"} | (
        {"priority, steps"} if concept.priority.steps else set()
    )


def test_missing_proofs_are_named() -> None:
    named = [one.path for one in sc.check(HOSTING) if one.code == "check.not-built"]
    assert named == ["priority", "targets", "ladders", "on_call", "routing", "contracts", "checklist"]


def test_a_gap_is_an_error_with_a_witness() -> None:
    findings = sc.check(sc.loads(TEXT.replace(row("x1"), "")))
    gaps = [one for one in findings if one.code == "rules.gap"]
    assert {(one.severity, one.path) for one in gaps} == {("error", "priority")}
    assert {"kind": "question", "impact": "one user", "business": "side function"} in [
        dict(facts) for one in gaps for facts in one.witness
    ]
    assert "priority" not in proved(findings)
    assert findings[0].severity == "error", "the gravest come first"


def test_a_dead_row_is_a_warning_that_names_it() -> None:
    again = row("x1").replace("| x1 |", "| x2 |")
    findings = sc.check(sc.loads(TEXT.replace(row("x1"), row("x1") + again)))
    assert grave(findings) == [("warning", "rules.dead", "priority, rule x2")]
    assert "priority" not in proved(findings) and "targets" in proved(findings)


def test_a_broken_promise_of_monotonicity_is_an_error_with_the_pair() -> None:
    findings = sc.check(sc.loads(TEXT.replace(row("o2"), row("o2").replace("critical    |", "minor       |"))))
    broken = [one for one in findings if one.code == "rules.monotone"]
    assert {(one.severity, one.path) for one in broken} == {("error", "priority, column priority")}
    assert all(len(one.witness) == 2 for one in broken)


def test_a_priority_that_no_row_decides_is_a_warning() -> None:
    findings = sc.check(classified("minor", "major", "major"))
    assert grave(findings) == [("warning", "rules.unreachable", "priority, column priority")]
    assert proved(findings) == {}


def test_an_unbound_role_is_an_error() -> None:
    roles = FrozenMapping({**HOSTING.directory.roles, "service desk": None})
    findings = sc.check(HOSTING, directory=evolve(HOSTING.directory, roles=roles))
    assert ("error", "escalation.unbound-role", "ladders.day.steps.2") in grave(findings)
    assert {code for _, code, _ in grave(findings)} == {"escalation.unbound-role"}


def test_a_person_without_a_channel_is_an_error() -> None:
    people = FrozenMapping({**HOSTING.directory.people, "ben": Person("ben", ["phone"]), "elif": Person("elif", [])})
    findings = sc.check(HOSTING, directory=evolve(HOSTING.directory, people=people))
    assert [path for severity, _, path in grave(findings) if severity == "error"] == [
        "ladders.night.steps.1",
        "ladders.night.steps.2",
        "ladders.day.steps.2",
        "ladders.day.steps.3",
        "ladders.ordinary.steps.1",
    ]
    assert "`ben` may serve as `duty.primary` but has no channel `pager`; add it in the directory" in {
        one.message for one in findings
    }


def test_a_directory_that_lacks_a_name_is_refused() -> None:
    with pytest.raises(SupportcoreError, match=r"`duty\.primary` is not a duty, person or role"):
        sc.check(HOSTING, directory=sc.Directory())


# The sentences of `check.proved`


def test_a_proof_lists_every_order() -> None:
    said = proved(sc.check(HOSTING))
    assert said["targets"] == "proved: every combination of facts is decided, and every row decides some of them"
    assert said["priority"] == (
        "proved: every combination of facts is decided, and every row decides some of them; "
        "`priority` never falls when one of `impact`, `business` rises"
    )
    assert proved(sc.check(sc.load(sc.example("mittelstand"))))["priority"].endswith(
        "`priority` never falls when one of `usage`, `crash` rises; "
        "`priority` never rises when one of `workaround` rises"
    )


def test_a_default_closes_gaps() -> None:
    findings = sc.check(classified("minor", "major", unless="critical"))
    assert [one.severity for one in findings if one.code == "rules.gap"] == ["note"]
    assert proved(findings) == {
        "priority": "proved: every combination of facts is decided, and every row decides some of them"
    }


def test_a_default_that_is_never_used_is_a_warning() -> None:
    findings = sc.check(classified("minor", "major", "critical", unless="critical"))
    assert grave(findings) == [("warning", "rules.default", "priority, default")]
    assert proved(findings) == {}


def test_a_table_with_empty_lists_is_not_proved() -> None:
    """A table of lists has no gap, but facts without a row are not decided either."""
    assert HOSTING.scope is not None
    listing = evolve(HOSTING.scope, hit="rule-order", rules=HOSTING.scope.rules[1:3])
    findings = sc.check(evolve(HOSTING, scope=listing))
    assert {one.severity for one in findings if one.code == "rules.gap"} == {"note"}
    assert set(proved(findings)) == {"priority", "targets"}


def test_a_proof_mentions_waived_rows() -> None:
    findings = sc.check(classified("minor", "critical", "major", waived=True))
    assert grave(findings) == []
    assert proved(findings)["priority"].endswith(
        "`priority` never falls when one of `usage` rises, except in the waived rows"
    )


def test_a_concept_without_targets_ladders_and_scope_is_checked_too() -> None:
    findings = sc.check(classified("minor", "major", "critical"))
    assert grave(findings) == []
    assert set(proved(findings)) == {"priority"}
