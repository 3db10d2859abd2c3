"""The steps in the section `priority` of a concept file."""

import pytest

import supportcore as sc
from tests.unit.concept.small import PRIORITY, SMALL, at, case_of


def stepped(*steps: str) -> sc.ServiceConcept:
    lines = "\n".join(f"  {{ {step} }}," for step in steps)
    return sc.loads(f"{SMALL}{PRIORITY}steps = [\n{lines}\n]\n")


CONTACTS = "name = 'again', when = 'contacts >= 3', raise = '+1, at most critical'"
PARKED = "name = 'parked', when = 'state is not(open)', raise = '+2, at most blocker'"


def priority_of(concept: sc.ServiceConcept, **facts: object) -> tuple[str, list[str]]:
    case = case_of(concept, "2026-03-02 09:00", "2026-03-02 10:00", **facts)
    return case.priority, [one.step.name for one in case.priorities.at(case.as_of).steps]


def test_steps_raise_in_their_order_within_their_bounds() -> None:
    """PRI-3."""
    both = stepped(CONTACTS, PARKED)
    assert priority_of(both, fault=False) == ("minor", [])
    assert priority_of(both, fault=False, contacts=2) == ("minor", [])
    assert priority_of(both, fault=False, contacts=3) == ("major", ["again"])
    assert priority_of(both, fault=False, contacts=3, state="parked") == ("blocker", ["again", "parked"])
    assert priority_of(both, fault=True, contacts=3) == ("critical", [])
    assert priority_of(stepped(PARKED, CONTACTS), fault=False, contacts=3, state="parked") == ("critical", ["parked"])


def test_a_step_counts_from_when_its_fact_is_recorded_and_is_explained() -> None:
    """PRI-3, G-13."""
    events = [
        sc.Opened("T", at("2026-03-02 09:00"), facts={"fault": False}),
        sc.FactsChanged("T", at("2026-03-05 09:00"), facts={"contacts": 3}),
    ]
    case = sc.evaluate(stepped(CONTACTS), events, as_of=at("2026-03-06 09:00"))
    assert [piece.value.priority for piece in case.priorities.pieces][-2:] == ["minor", "major"]
    assert "“again” raises the priority from minor to major" in case.explain("en")


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (
            CONTACTS.replace("contacts", "contact"),
            "when: `contact >= 3` does not begin with a fact; expected one of `fault`, ",
        ),
        (
            CONTACTS.replace(">= 3", ">= many"),
            "when: `contacts >= many`: `many` is not a whole number; `contacts` takes whole numbers",
        ),
        (
            CONTACTS.replace(">= 3", "> 99"),
            "when: `contacts > 99`: no value of `contacts` (0 .. 99, may be missing) fits this cell",
        ),
        (
            CONTACTS.replace("+1", "+0"),
            "raise: `+0, at most critical` is not a raise; write by how much and up to which priority, ",
        ),
        (
            CONTACTS.replace("+1", "-1"),
            "raise: `-1, at most critical` is not a raise; write by how much and up to which priority, ",
        ),
    ],
    ids=range(5),
)
def test_a_step_is_refused(step: str, message: str) -> None:
    with pytest.raises(sc.ConceptError) as caught:
        stepped(step)
    [problem] = map(str, caught.value.problems)
    assert problem.startswith(f"line 23, priority.steps[0].{message}")
