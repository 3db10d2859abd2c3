"""Explanations of plans at their edges: a page that is due now, and duties with or without the name of a layer."""

from supportcore.escalation import After, Ladder, Layer, Roster, Step
from tests.unit.escalation.test_plan import MINUTE, planned

DUTIES = {
    "desk.primary": Roster("desk.primary", [Layer("ann")]),
    "primary": Roster("primary", [Layer("bob")]),
    "desk.third": Roster("desk.third", [Layer("cem")]),
}
LADDER = Ladder("one", [Step("desk.primary"), Step("primary", After(MINUTE)), Step("desk.third", After(2 * MINUTE))])


def test_a_page_due_at_as_of_is_no_longer_planned() -> None:
    lines = planned(LADDER, duties=DUTIES, as_of=1).explain("en").splitlines()
    assert [line.endswith("; planned") for line in lines] == [False, False, True]


def test_only_the_two_layers_of_a_duty_have_german_names() -> None:
    lines = planned(LADDER, duties=DUTIES, as_of=2).explain("de").splitlines()
    assert [line.partition("(")[2].partition(")")[0] for line in lines] == [
        "desk, Erstbereitschaft",
        "primary",
        "desk.third",
    ]
