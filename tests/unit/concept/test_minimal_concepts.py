"""Concepts without optional sections, and with other scales of priorities."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import supportcore as sc
from tests.unit.concept.small import MINIMAL

HOSTING = sc.example("hosting").read_text(encoding="utf-8")
NIGHT = datetime(2026, 3, 9, 2, tzinfo=ZoneInfo("Europe/Berlin"))
FACTS = {
    "kind": "outage",
    "impact": "the whole site",
    "business": "critical",
    "contract": "managed",
    "source": "monitoring",
}


def without(*sections: str) -> str:
    """The example without these sections."""
    text = HOSTING
    for section in sections:
        text, count = re.subn(rf"(?ms)^\[{section}[^\n]*\].*?(?=^\[\w|\Z)", "", text)
        assert count, f"`{section}` is not in the example"
    return text


def case_of(text: str, *, after: int = 45) -> sc.Case:
    return sc.evaluate(sc.loads(text), [sc.Opened("T", NIGHT, facts=FACTS)], as_of=NIGHT + timedelta(minutes=after))


def test_a_minimal_concept_classifies_and_measures() -> None:
    concept = sc.loads(MINIMAL)
    case = sc.evaluate(concept, [sc.Opened("T", NIGHT, facts={"fault": True})], as_of=NIGHT + timedelta(hours=1))
    assert case.priority == "blocker"
    assert case.clock("reaction").elapsed == timedelta(hours=1)
    assert case.clock("reaction").due_at is None
    assert case.plan is None and case.scope is None and case.next_instant is None


def test_without_targets_clocks_are_stopwatches_that_ladders_may_name() -> None:
    """SLA-2."""
    case = case_of(without("targets"))
    assert [(metric, clock.due_at) for (_, metric), clock in case.clocks.items()] == [
        ("reaction", None),
        ("resolution", None),
    ]
    assert case.plan is not None
    assert [one.to for one in case.plan.notifications if one.at <= case.as_of] == ["duty.primary", "duty.backup"]


@pytest.mark.parametrize(
    "sections",
    [
        ["ladders"],
        ["scope"],
        ["clocks"],
        ["ladders", "on_call", "people"],
        ["targets", "ladders", "scope", "clocks"],
    ],
    ids=" ".join,
)
def test_a_concept_loads_without_optional_sections(sections: list[str]) -> None:
    case = case_of(without(*sections))
    assert case.priority == "blocker"
    assert (case.scope is None) == ("scope" in sections)
    assert (case.plan is None) == ("ladders" in sections)


def translated(words: dict[str, str]) -> str:
    """The example with other names of priorities; `critical` is also a word of the fact `business`."""
    text = HOSTING.replace("< important < critical", "< important < CRITICAL")
    text = re.sub(r"(\| (?:the whole site|-             ) \| )critical  ", r"\1CRITICAL  ", text)
    for old, new in words.items():
        text = re.sub(rf"\b{old}\b", new, text)
    return text.replace("CRITICAL", "critical")


def test_the_scale_may_have_other_words() -> None:
    """PRI-1: P1 is the highest."""
    text = translated({"minor": "P4", "major": "P3", "critical": "P2", "blocker": "P1"})
    concept = sc.loads(text)
    assert concept.scale.members == ("P4", "P3", "P2", "P1")
    assert [finding for finding in sc.check(concept) if finding.severity != "note"] == []
    case, known = case_of(text), case_of(HOSTING)
    assert case.priority == "P1"
    assert case.clock("reaction").due_at == known.clock("reaction").due_at
    assert case.plan is not None and known.plan is not None
    assert [one.key for one in case.plan.notifications] == [one.key for one in known.plan.notifications]
    report = sc.replay(concept, [case.history], as_of=NIGHT + timedelta(days=1))
    assert [row.key for row in report.attainment] == [
        ("customer", "reaction", "P1"),
        ("customer", "resolution", "P1"),
    ]


def test_the_scale_may_have_three_classes() -> None:
    """PRI-1."""
    text = translated({"major": "minor", "minor": "minor"})
    text = text.replace("minor < minor < critical < blocker", "minor < critical < blocker")
    text = "\n".join(line for line in text.splitlines() if not line.startswith(("| m3 ", "| s3 ")))
    concept = sc.loads(text)
    assert concept.scale.members == ("minor", "critical", "blocker")
    assert case_of(text).priority == "blocker"
