"""The reference of the concept file: its pieces make a whole concept, and its refusals are what `load` reports."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import supportcore as sc

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "reference" / "concept-file.md").read_text(encoding="utf-8")
REFUSED = (DOCS / "evidence" / "refused-concept-files.md").read_text(encoding="utf-8")
TEXT = "\n".join(re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))
REFUSALS = re.findall(r"^\| `(.+?)` \| `(.+?)` \| (line .+) \|$", REFUSED, re.MULTILINE)
BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def test_the_page_has_many_refusals() -> None:
    assert len(REFUSALS) == REFUSED.count("\n| `") > 25


@pytest.mark.parametrize(("old", "new", "answer"), REFUSALS)
def test_each_refusal_is_what_is_answered(old: str, new: str, answer: str) -> None:
    assert old in TEXT
    with pytest.raises(sc.ConceptError) as caught:
        sc.loads(TEXT.replace(old, new, 1))
    assert [str(problem) for problem in caught.value.problems] == [answer]


def test_problems_of_all_sections_are_reported_together() -> None:
    """G-9."""
    text, answers = TEXT, []
    for word in ("mon-fry", "2026-12-32", "contact >= 3", "2 days", "30 before due"):
        [(old, new, answer)] = [row for row in REFUSALS if word in row[1]]
        text = text.replace(old, new, 1)
        answers.append(answer)
    with pytest.raises(sc.ConceptError) as caught:
        sc.loads(text)
    assert [str(problem) for problem in caught.value.problems] == answers


def test_the_pieces_make_a_concept_without_fault() -> None:
    assert [str(one) for one in sc.check(sc.loads(TEXT)) if one.severity != "note"] == []


def test_what_the_page_promises_is_what_falls_due() -> None:
    """CAL-8, SLA-5: opened on Friday at noon, an hour before the office closes for the weekend."""
    concept = sc.loads(TEXT)
    friday = at("2026-05-08 13:00")
    due = {}
    for priority, facts in {
        "critical": {"effect": "standing still", "defect": True},
        "major": {"effect": "slower", "defect": True},
        "minor": {"effect": "none", "defect": False},
    }.items():
        case = sc.evaluate(concept, [sc.Opened("T", friday, facts=facts)], as_of=friday)
        assert case.priority == priority
        due[priority] = [case.clock(name).due_at for name in ("reaction", "resolution")]
    assert due == {
        "critical": [at("2026-05-08 14:00"), at("2026-05-12 13:00")],
        "major": [at("2026-05-11 17:00"), at("2026-06-01 12:00")],
        "minor": [at("2026-05-11 16:00"), None],
    }
