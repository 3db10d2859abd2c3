"""SLA-17: a word in an event that nothing knows is a finding with the nearest word."""

from datetime import timedelta

import pytest

from supportcore.sla import Agreement, EventWords, Metric, On, reaction, resolution, run_clocks
from supportcore.tickets import (
    AgentReplied,
    Assigned,
    Cancelled,
    CustomerReplied,
    Event,
    Opened,
    Paused,
    Resolved,
    Resumed,
)
from tests.unit.sla.desk import OFFICE, at, opened

WORDS = EventWords(
    reasons=frozenset({"customer", "third party"}), levels=frozenset({"first", "second"}), channels=frozenset({"phone"})
)


def found(events: list[Event], *metrics: Metric, words: EventWords | None = None) -> list[str]:
    agreement = Agreement("gold", OFFICE, metrics or (reaction(),))
    findings = run_clocks(events, [agreement], as_of=at(9), words=words).findings
    return [f"{finding.code} {finding.explain()}" for finding in findings]


def test_unknown_words_are_found_with_the_nearest_word() -> None:
    events = [
        Opened("T", at(5, 9), channel="phnoe", id="o"),
        Paused("T", at(5, 10), reason="custommer", id="p"),
        Assigned("T", at(5, 11), level="secund", id="a"),
    ]
    assert found(events, words=WORDS) == [
        "sla.unknown-channel event `o` (opened) names the channel `phnoe`, which is not known; expected one of "
        "`phone`; did you mean `phone`?",
        "sla.unknown-reason event `p` (paused) names the waiting reason `custommer`, which is not known; expected one "
        "of `customer`, `third party`; did you mean `customer`?",
        "sla.unknown-level event `a` (assigned) names the level `secund`, which is not known; expected one of `first`, "
        "`second`; did you mean `second`?",
    ]


def test_known_words_and_absent_words_are_not_found() -> None:
    events = [
        Opened("T", at(5, 9)),
        Paused("T", at(5, 10), reason="third party"),
        Assigned("T", at(5, 11), level="first"),
        Assigned("T", at(5, 12), team="night"),
    ]
    assert found(events, words=WORDS) == []
    assert found(events, words=EventWords()) == []


@pytest.mark.parametrize(
    ("conditions", "codes"),
    [
        ({"pause": On(Paused, where={"reason": {"customer"}})}, ["sla.unknown-reason"]),
        ({"pause": On(Paused, where={"reason": {"customer", "x"}})}, []),
        ({"pause": On(Paused)}, []),
        ({}, []),
        ({"cancel": On(Paused, where={"reason": "customer"})}, ["sla.unknown-reason"]),
        ({"pause": [On(Paused, where={"reason": "customer"}), On(Paused, by="agent")]}, []),
    ],
)
def test_without_a_concept_the_conditions_name_the_known_reasons(conditions: dict[str, On], codes: list[str]) -> None:
    metric = Metric("m", start=On(Opened), stop=On(Resolved), resume=On(Resumed)).with_(**conditions)
    assert [line.split()[0] for line in found([opened(5, 9), Paused("T", at(5, 10), reason="x")], metric)] == codes


def test_without_a_concept_the_budgets_name_the_known_levels() -> None:
    metric = resolution().with_(budgets={"first": timedelta(hours=1)})
    assigned = [opened(5, 9), Assigned("T", at(5, 10), level="frist", id="a")]
    assert [line.split()[0] for line in found(assigned, metric)] == ["sla.unknown-level"]
    assert found(assigned, resolution()) == []


@pytest.mark.parametrize(
    ("between", "replaced"),
    [
        ([], True),
        ([AgentReplied("T", at(5, 11))], True),
        ([Resumed("T", at(5, 11))], False),
        ([CustomerReplied("T", at(5, 11))], False),
        ([Resolved("T", at(5, 11))], False),
        ([Cancelled("T", at(5, 11))], False),
    ],
)
def test_a_pause_is_replaced_only_while_it_is_in_force(between: list[Event], replaced: bool) -> None:
    first, second = Paused("T", at(5, 10), reason="customer"), Paused("T", at(5, 12), reason="customer")
    lines = found([opened(5, 9), first, *between, second], resolution())
    assert [line.split()[0] for line in lines if line.startswith("sla.pause-replaced")] == [
        "sla.pause-replaced"
    ] * replaced
