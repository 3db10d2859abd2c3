"""Operational agreements inside the customer's agreement (SLA-11)."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from supportcore.calendars import By, EndOfWorkingDay, WorkingDays
from supportcore.domains import Choice, Flag, Integer, Scale
from supportcore.errors import DefinitionError
from supportcore.rules import DecisionTable, Rule
from supportcore.sla import Agreement, NamedDate, Target, operational_findings, outer_findings, reaction, resolution
from tests.unit.sla.desk import ALWAYS, GOLD, OFFICE, PROMISES, at

HOUR = timedelta(hours=1)
MICROSECOND = timedelta(microseconds=1)
PATH = "agreements.ola.resolution"


def promising(name: str, target: Target, **more: Any) -> Agreement:
    return Agreement(name, OFFICE, resolution(), targets={"resolution": "it"}, promises={"it": target}, **more)


def found(inner: Target, outer: Target) -> list[tuple[str, str]]:
    every = operational_findings(promising("ola", inner), promising("sla", outer))
    assert {finding.path for finding in every} <= {PATH}
    return [(finding.severity, finding.code) for finding in every]


FITS, OUTLASTS, OPEN = [("note", "check.proved")], [("error", "sla.level-outlasts")], [("note", "sla.level-not-proven")]
RELEASES = NamedDate({"7.1": at(7, 12)})


@pytest.mark.parametrize(
    ("inner", "outer", "verdict"),
    [
        (Target(4 * HOUR), Target(4 * HOUR), FITS),
        (Target(4 * HOUR, OFFICE), Target(4 * HOUR), FITS),
        (Target(4 * HOUR + MICROSECOND), Target(4 * HOUR), OUTLASTS),
        (Target(HOUR, ALWAYS), Target(4 * HOUR), OPEN),
        (Target(WorkingDays(1)), Target(WorkingDays(2)), FITS),
        (Target(WorkingDays(2)), Target(WorkingDays(1)), OUTLASTS),
        (Target(WorkingDays(1)), Target(WorkingDays(1)), FITS),
        (Target(WorkingDays(1)), Target(WorkingDays(1), ALWAYS), OPEN),
        (Target(WorkingDays(1)), Target(WorkingDays(2), ALWAYS), OPEN),
        (Target(WorkingDays(1)), Target(WorkingDays(2, "keep")), OPEN),
        (Target(EndOfWorkingDay(0)), Target(EndOfWorkingDay(1)), FITS),
        (Target(EndOfWorkingDay(0)), Target(WorkingDays(1)), OPEN),
        (Target(By("16:00", 1)), Target(By("16:00")), OUTLASTS),
        (Target(By("15:00", 1)), Target(By("16:00", 2)), OPEN),
        (Target(HOUR), Target(WorkingDays(1)), OPEN),
        (Target(at(7, 12)), Target(at(7, 12)), FITS),
        (Target(at(7, 13)), Target(at(7, 12)), OUTLASTS),
        (Target(RELEASES), Target(RELEASES, ALWAYS), FITS),
        (Target(RELEASES), Target(NamedDate({"7.1": at(9)})), OPEN),
        (Target(None), Target(HOUR), FITS),
        (Target(HOUR), Target(None), FITS),
    ],
)
def test_one_promise_against_another(inner: Target, outer: Target, verdict: list[tuple[str, str]]) -> None:
    assert found(inner, outer) == verdict


def level_table(**hours: str) -> DecisionTable:
    """The promises of a level by priority."""
    return DecisionTable(
        name="level",
        hit="unique",
        inputs=[Scale("priority", ["minor", "major", "critical"]), Flag("night")],
        outputs=[Choice("resolution", list(PROMISES))],
        rules=[Rule({"priority": priority}, {"resolution": promise}) for priority, promise in hours.items()],
    )


def level(**hours: str) -> Agreement:
    return Agreement("ola", OFFICE, resolution(), targets=level_table(**hours), promises=PROMISES)


def test_only_what_holds_for_the_same_facts_is_compared() -> None:
    """Gold: critical 4 h, major 16 h, minor none."""
    (proved,) = operational_findings(level(minor="16 h", major="16 h", critical="4 h"), GOLD)
    assert str(proved) == (
        f"note check.proved at {PATH}: proved: `resolution` of agreement `ola` is never due later than under `gold`, "
        "if both begin and pause together and keep their terms"
    )
    (late,) = operational_findings(level(minor="1 h", major="4 h", critical="16 h"), GOLD)
    assert str(late) == (
        f"error sla.level-outlasts at {PATH}: `16 h` of agreement `ola` is more than `4 h` of agreement `gold`, for "
        "priority critical"
    )
    assert [dict(facts) for facts in late.witness] == [{"priority": "critical", "night": False}]


def test_what_one_of_them_does_not_decide_is_no_promise_to_compare() -> None:
    assert [one.code for one in operational_findings(level(critical="4 h"), GOLD)] == ["check.proved"]


def test_metrics_of_other_names_and_stopwatches_are_not_compared() -> None:
    assert operational_findings(evolve(promising("ola", Target(HOUR)), targets={}), GOLD) == ()
    assert operational_findings(promising("ola", Target(HOUR)), evolve(GOLD, targets={})) == ()
    call_back = Agreement("ola", OFFICE, resolution().with_(name="call back"))
    assert operational_findings(call_back, GOLD) == ()


def test_one_metric_fits_and_another_does_not() -> None:
    both = Agreement("ola", OFFICE, [resolution(), reaction()], promises={"it": Target(2 * HOUR)},
                     targets={"resolution": "it", "reaction": "it"})  # fmt: skip
    assert [(one.code, one.path.rpartition(".")[2]) for one in operational_findings(both, GOLD)] == [
        ("check.proved", "resolution"),
        ("sla.level-outlasts", "reaction"),
    ]


def test_a_difference_in_many_places_shows_the_first() -> None:
    table = DecisionTable(
        name="level", hit="first", inputs=[Integer("users", 0, 9), Flag("night")],
        outputs=[Choice("resolution", ["4 h", "16 h"])],
        rules=[
            Rule({"users": "<= 1"}, {"resolution": "16 h"}),
            Rule({"users": ">= 8", "night": True}, {"resolution": "16 h"}),
        ],
        default={"resolution": "4 h"},
    )  # fmt: skip
    ola = Agreement("ola", OFFICE, resolution(), targets=table, promises=PROMISES)
    (late,) = operational_findings(ola, promising("sla", Target(4 * HOUR)))
    assert late.message == (
        "`16 h` of agreement `ola` is more than `it` of agreement `sla`, for users <= 1, and in 1 more region"
    )


def test_tables_that_cannot_be_compared_are_not_proven() -> None:
    highest = evolve(
        level_table(major="4 h", critical="4 h"), hit="priority", outputs=[Scale("resolution", list(PROMISES))]
    )
    (note,) = operational_findings(evolve(level(), targets=highest), GOLD)
    assert str(note) == (
        f"note sla.level-not-proven at {PATH}: whether `resolution` of agreement `ola` fits inside that of `gold` is "
        "not proven: the targets of agreement `ola` use the hit policy `priority`"
    )
    of_flag = evolve(level_table(), inputs=[Flag("priority")], rules=[Rule({}, {"resolution": "4 h"})])
    (note,) = operational_findings(evolve(level(critical="4 h"), targets=of_flag, priorities=()), GOLD)
    assert note.code == "sla.level-not-proven"
    assert "`priority`" in note.message


def test_what_lies_inside_nothing_is_an_error() -> None:
    sla, lost = promising("sla", Target(HOUR)), promising("ola", Target(HOUR), inside="slaa")
    assert [str(one) for one in outer_findings({"sla": sla, "ola": lost})] == [
        "error sla.unknown-outer at agreements.ola.inside: agreement `ola` lies inside the unknown agreement "
        "`slaa`; expected one of `sla`, `ola`; did you mean `sla`?"
    ]
    assert outer_findings({"sla": sla, "ola": evolve(lost, inside="sla")}) == ()


@pytest.mark.parametrize("given", [None, [promising("sla", Target(HOUR))], {"sla": 4}])
def test_what_is_no_agreements_by_their_names_is_refused(given: Any) -> None:
    with pytest.raises(DefinitionError, match="expected a mapping of names to agreements"):
        outer_findings(given)
