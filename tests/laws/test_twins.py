"""The slow twins share nothing with what they check: they import values to read, and run no code of the engines."""

import ast
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from types import FrameType
from typing import Any

import attrs
import pytest

import supportcore
from supportcore.calendars import By, EndOfWorkingDay, WorkingDays
from supportcore.domains import Domain
from supportcore.escalation import After, Ladder, LadderPolicy, LadderRow, Percent, Step
from supportcore.sla import Agreement, ChangePolicy, NamedDate, Reopen, Target, Threshold, reaction, resolution
from supportcore.tickets import (
    Assigned,
    Attached,
    CustomerReplied,
    DueOverridden,
    Escalated,
    Event,
    Excused,
    FactsChanged,
    HandedBack,
    Opened,
    PageAcknowledged,
    Paused,
    Reopened,
    Resolved,
    Resumed,
    Snoozed,
    Withdrawn,
)
from supportcore.timelines import Editions
from tests.laws.escalation_cases import MINUTE, SCALE, SPAN, START, Case, StepwiseClock, at
from tests.laws.sla_cases import ALWAYS, BY_STATE, NIGHT, RELEASES, SHORT, UPDATE
from tests.oracles import rules
from tests.oracles.calendars import MinuteByMinute, plain_of
from tests.oracles.deadlines import deadline
from tests.oracles.escalation import Simulation
from tests.oracles.levels import used_by_level
from tests.oracles.sla import answers, standing_excuses, twins, warnings_of
from tests.oracles.tickets import micros

ORACLES = Path(__file__).resolve().parents[1] / "oracles"
SOURCE = str(Path(supportcore.__file__).parent)
CALLERS = (str(ORACLES), __file__)

# The values that a twin reads: what a concept, a calendar, a table or a history is written with.
VALUES: dict[str, set[str]] = {
    "supportcore.calendars": {"BusinessCalendar", "By", "DayHours", "EndOfWorkingDay", "WorkingDays"},
    "supportcore.domains": {"Choice", "Day", "Domain", "Flag", "Number", "Scale", "Subset", "TimeOfDay"},
    "supportcore.escalation": {
        "After", "Change", "Ladder", "LadderPolicy", "Layer", "Person", "Roster", "Rotation", "Step",
    },
    "supportcore.rules": {"DecisionTable", "Rule"},
    "supportcore.rules.cells": {
        "AllOf", "AnyOf", "Anything", "Between", "Compare", "Exactly", "Given", "Is", "Missing", "NoneOf", "Not",
        "OneOf",
    },
    "supportcore.sla": {"Agreement", "Metric", "NamedDate", "On", "While"},
    "supportcore.tickets": {
        "Assigned", "Attached", "DueOverridden", "Event", "Excused", "FactsChanged", "HandedBack", "Merged", "Opened",
        "Paused", "Reopened", "Snoozed", "Withdrawn",
    },
    "supportcore.timelines": {"Editions", "Timeline"},
}  # fmt: skip

# Other packages may do arithmetic for a twin, and the standard library anything but import by name.
OTHERS = sys.stdlib_module_names - {"importlib", "pkgutil", "runpy", "sys"} | {"attrs", "dateutil"}


def imported(source: str) -> Iterator[tuple[str, str]]:
    """Each module that a source imports, inside functions too, with the name taken from it, if any."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (("." * node.level + (node.module or ""), alias.name) for alias in node.names)
        elif isinstance(node, ast.Name) and node.id in ("__import__", "eval", "exec"):
            yield node.id, ""


def foreign(source: str) -> list[str]:
    """What a source imports that no twin may."""
    return [
        f"{module} {name}".strip()
        for module, name in imported(source)
        if name not in VALUES.get(module, ())
        and module.partition(".")[0] not in OTHERS
        and not module.startswith("tests.oracles")
    ]


@pytest.mark.parametrize("path", sorted(ORACLES.glob("*.py")), ids=lambda path: path.name)
def test_a_twin_imports_only_values(path: Path) -> None:
    assert foreign(path.read_text(encoding="utf-8")) == []


def test_every_value_is_imported_by_a_twin() -> None:
    found = {one for path in ORACLES.glob("*.py") for one in imported(path.read_text(encoding="utf-8"))}
    assert {(module, name) for module, names in VALUES.items() for name in names} <= found


def test_what_a_twin_may_import_holds_data() -> None:
    every = [getattr(sys.modules[module], name) for module, names in VALUES.items() for name in names]
    assert [value for value in every if value is not Domain and not attrs.has(value)] == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("from supportcore.sla import run_clocks", "supportcore.sla run_clocks"),
        ("from supportcore.sla.running import Agreement", "supportcore.sla.running Agreement"),
        ("import supportcore", "supportcore"),
        ("import supportcore.sla as sla", "supportcore.sla"),
        ("def ask():\n    from supportcore.instants import micros", "supportcore.instants micros"),
        ("if TYPE_CHECKING:\n    from supportcore.sla import Clock", "supportcore.sla Clock"),
        ("from tests.laws.sla_cases import OFFICE", "tests.laws.sla_cases OFFICE"),
        ("from . import sla", ". sla"),
        ("from importlib import import_module", "importlib import_module"),
        ("clock = __import__('supportcore')", "__import__"),
    ],
)
def test_any_other_import_is_found(line: str, words: str) -> None:
    assert foreign(line) == [words]


@contextmanager
def engine_calls(called: set[str]) -> Iterator[None]:
    """Notes the functions of the library that this module or a twin calls; a look into a frozen mapping is none."""

    def note(frame: FrameType, event: str, _: object) -> None:
        file = frame.f_code.co_filename
        if event == "call" and file.startswith(SOURCE) and not file.endswith("mappings.py"):
            caller = frame.f_back
            if caller is not None and caller.f_code.co_filename.startswith(CALLERS):
                called.add(frame.f_code.co_qualname)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)


def promised() -> Editions[Agreement]:
    """Two editions that a ticket follows, with every form of target, reopening and threshold that the twin knows."""
    metrics = [
        reaction(Threshold.percent(50)),
        resolution(
            Threshold.before(timedelta(minutes=2)),
            Threshold.days_from_due(WorkingDays(-1)),
            Threshold.days_from_due(EndOfWorkingDay(0)),
        ).with_(reopen=Reopen("count", within=EndOfWorkingDay(0))),
        UPDATE,
    ]
    targets = [timedelta(minutes=10), NamedDate(RELEASES), EndOfWorkingDay(0), timedelta(minutes=30), SHORT.at(900)]
    names = [
        f"{metric} {priority}" for metric in ("reaction", "resolution") for priority in ("minor", "major", "critical")
    ]
    promises = {name: Target(target) for name, target in zip(names, [*targets, WorkingDays(1)], strict=True)}
    change = ChangePolicy("carry", "carry_fraction", "restart")
    first = Agreement("gold", NIGHT, metrics, targets=BY_STATE, promises=promises, change=change, on_attachment=True)
    return Editions("gold", {SHORT.first: first, SHORT.at(400): attrs.evolve(first, calendar=ALWAYS)}, pin="latest")


def history() -> list[Event]:
    """The events of a ticket that meet all of it."""
    at = SHORT.at
    return [
        Opened("T", at(5), facts={"priority": "major", "state": "new"}),
        Attached("T", at(10), agreement="gold"),
        Assigned("T", at(20), level="second"),
        FactsChanged("T", at(100), facts={"priority": "critical"}),
        Paused("T", at(150), reason="customer"),
        Resumed("T", at(200)),
        CustomerReplied("T", at(210)),
        FactsChanged("T", at(300), facts={"state": "waiting"}),
        DueOverridden("T", at(310), metric="resolution", due=at(1200), reason="agreed", id="by hand"),
        Excused("T", at(320), start=at(30), end=at(60), reason="cut"),
        Withdrawn("T", at(330), event="by hand"),
        FactsChanged("T", at(450), facts={"state": "new", "priority": "minor"}),
        HandedBack("T", at(500)),
        Resolved("T", at(600)),
        Reopened("T", at(700)),
    ]


def clocks() -> Callable[[], list[Any]]:
    """Asks the twin of the clocks for each cycle of each metric."""
    events, agreed, as_of = history(), promised(), SHORT.at(1000)

    def ask() -> list[Any]:
        excuses = standing_excuses(events, as_of)
        return [
            (
                answers(twin, cycle, micros(as_of), excuses)["phase"],
                warnings_of(twin, cycle),
                used_by_level(cycle, events, excuses),
            )
            for twin in twins(events, agreed, as_of)
            for cycle in twin.cycles
        ]

    return ask


def ladders() -> Callable[[], list[Any]]:
    """Asks the twin of the ladders about a ticket that is called for, held, escalated and handed over."""
    ladder = Ladder(
        "one",
        [Step("primary"), Step("backup", After(20 * MINUTE)), Step("desk", Percent("reaction", Fraction(1, 2)))],
        rounds=2,
        last_resort="dora",
        every=65 * MINUTE,
    )
    case = Case(
        LadderPolicy([LadderRow(ladder, hours=NIGHT, outside=True)], SCALE),
        (
            Opened("T", at(3)),
            Snoozed("T", at(25), until=at(60)),
            Escalated("T", at(100)),
            PageAcknowledged("T", at(200)),
        ),
        ((90, "high"), (150, "low")),
        StepwiseClock(((0, 0, 80),)),
    )
    twin = Simulation(case.policy, case.events, **case.given())

    def ask() -> list[Any]:
        twin.run(START, SPAN)
        return twin.messages

    return ask


def tables() -> Callable[[], list[Any]]:
    """Asks the twin of the rules for every input of a table."""
    table = BY_STATE
    return lambda: [rules.outcome(table, facts) for facts in rules.inputs_of(table.inputs)]


def calendar_days() -> Callable[[], list[Any]]:
    """Asks the twins of calendars and deadlines, each as it is made."""
    first, start = date(2026, 10, 24), micros(SHORT.first)
    forms = (WorkingDays(2), WorkingDays(-1), EndOfWorkingDay(1), By("16:00", 1))

    def ask() -> list[Any]:
        minutes = MinuteByMinute(plain_of(NIGHT), first, 5)
        return [minutes.add(start, 1), minutes.edges(), *(deadline(minutes, start, form) for form in forms)]

    return ask


@pytest.mark.parametrize(("make", "answered"), [(clocks, 6), (ladders, 6), (tables, 9), (calendar_days, 6)])
def test_a_twin_runs_no_code_of_the_engines(make: Callable[[], Callable[[], list[Any]]], answered: int) -> None:
    ask, called = make(), set[str]()
    with engine_calls(called):
        said = ask()
    assert called == set()
    assert len(said) == answered


def test_any_call_of_the_library_is_noted() -> None:
    called: set[str] = set()
    with engine_calls(called):
        NIGHT.is_open(SHORT.first)
    assert "Calendar.is_open" in called
