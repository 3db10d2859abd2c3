"""The events between every pair of states."""

import pytest

from supportcore.logs.events.states import state_steps
from supportcore.tickets import kind_name

STATES = ("open", "waiting:customer", "waiting:supplier", "resolved", "closed", "cancelled")
PAUSED_C, PAUSED_S = "paused customer", "paused supplier"

# From the state of the key to each of `STATES`.
STEPS = {
    "open": [[], [PAUSED_C], [PAUSED_S], ["resolved"], ["closed"], ["cancelled"]],
    "waiting:customer": [["resumed"], [], ["resumed", PAUSED_S], ["resolved"], ["closed"], ["cancelled"]],
    "waiting:supplier": [["resumed"], ["resumed", PAUSED_C], [], ["resolved"], ["closed"], ["cancelled"]],
    "resolved": [["reopened"], ["reopened", PAUSED_C], ["reopened", PAUSED_S], [], ["closed"], ["cancelled"]],
    "closed": [["reopened"], ["reopened", PAUSED_C], ["reopened", PAUSED_S], [], [], ["cancelled"]],
    "cancelled": [["reopened"], ["reopened", PAUSED_C], ["reopened", PAUSED_S], ["resolved"], ["closed"], []],
}


def steps(before: str, after: str, *, closing_resolves: bool = False) -> list[str]:
    found = state_steps(before, after, closing_resolves=closing_resolves)
    return [" ".join([kind_name(kind), *own.values()]) for kind, own in found]


@pytest.mark.parametrize("before", STATES)
def test_every_pair_of_states(before: str) -> None:
    assert [steps(before, after) for after in STATES] == STEPS[before]


def test_closing_may_resolve_an_unresolved_ticket() -> None:
    closed = {before: steps(before, "closed", closing_resolves=True) for before in STATES}
    assert closed == {
        "open": ["resolved", "closed"],
        "waiting:customer": ["resolved", "closed"],
        "waiting:supplier": ["resolved", "closed"],
        "resolved": ["closed"],
        "closed": [],
        "cancelled": ["closed"],
    }
