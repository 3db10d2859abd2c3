"""The page of refused histories and agreements is what the library raises and reports, word by word."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import supportcore as sc
from supportcore.calendars import WorkingDays
from supportcore.sla import (
    Agreement,
    Clocks,
    EventWords,
    Metric,
    NamedDate,
    On,
    Target,
    Threshold,
    budget_findings,
    operational_findings,
    reaction,
    resolution,
    run_clocks,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "evidence" / "refused-clocks.md"
ROW = re.compile(r"\| ([^|`]+) \| `([^|`]+)` \| (.+) \|")

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
OFFICE = sc.BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"})
NEVER = sc.BusinessCalendar(tz="Europe/Berlin", hours={})
TWO_ZONES = OFFICE | sc.BusinessCalendar(tz="America/New_York", hours={"mon-fri": "09:00-17:00"})
GAP = sc.DecisionTable(
    name="targets",
    hit="unique",
    inputs=[sc.Scale("priority", ["minor", "major"])],
    outputs=[sc.Choice("resolution", ["8 h"])],
    rules=[sc.Rule({"priority": "major"}, {"resolution": "8 h"})],
)


def with_output(name: str) -> sc.DecisionTable:
    """Targets of a resolution in eight hours, with one output more."""
    outputs = [sc.Choice("resolution", ["8 h"]), sc.Choice(name, ["8 h"])]
    rules = [sc.Rule({}, {"resolution": "8 h", name: "8 h"})]
    return sc.DecisionTable(name="targets", hit="first", inputs=[], outputs=outputs, rules=rules)


def at(day: int, hour: int = 9) -> datetime:
    """An instant of March 2026, whose 16th is a Monday."""
    return datetime(2026, 3, day, hour, tzinfo=BERLIN)


def gold(calendar: Any = OFFICE, metrics: Any = None, **other: Any) -> Agreement:
    """An agreement of a resolution in eight hours, but for what is said otherwise."""
    given = {"targets": {"resolution": "8 h"}, "promises": {"8 h": Target(8 * HOUR)}} | other
    return Agreement("gold", calendar, metrics or [reaction(), resolution()], **given)


def clocks(
    *events: sc.Event,
    agreement: Agreement | None = None,
    opened: bool = True,
    words: EventWords | None = None,
    **facts: str,
) -> Clocks:
    """The clocks of a ticket that was opened on Monday, on Friday."""
    opening = [sc.Opened("T", at(16), facts=facts, id="opened")] if opened else []
    return run_clocks([*opening, *events], [agreement or gold()], as_of=at(20), words=words)


WORDS = EventWords(
    reasons=frozenset({"customer", "supplier"}), levels=frozenset({"first", "second"}), channels=frozenset({"phone"})
)


def shared(**budgets: Any) -> Metric:
    """A resolution of which each level may use so much."""
    return resolution().with_(budgets=budgets)


def promising(name: str, length: timedelta, calendar: Any = OFFICE) -> Agreement:
    """An agreement of a resolution in so much time, which its promise is called by."""
    promise = f"{length // HOUR} h"
    targets = {"resolution": promise}
    return Agreement(name, calendar, resolution(), targets=targets, promises={promise: Target(length)})


def operational(inside: str, metric: str = "resolution") -> Clocks:
    """The clocks of a ticket that goes to a second level with an agreement of its own, on the next day."""
    level = Metric(metric, start=On(sc.Assigned, where={"level": "second"}), stop=On(sc.Resolved))
    own = Agreement("second level", OFFICE, level, targets={metric: "3 h"}, promises={"3 h": Target(3 * HOUR)},
                    inside=inside)  # fmt: skip
    opening = sc.Opened("T", at(16), id="opened")
    return run_clocks([opening, sc.Assigned("T", at(17), level="second")], [gold(), own], as_of=at(17))


def paused(day: int, reason: str, name: str) -> sc.Event:
    return sc.Paused("T", at(day), reason=reason, id=name)


def solved(day: int, name: str = "solved", ticket: str = "T") -> sc.Event:
    return sc.Resolved(ticket, at(day), id=name)


def due_by_hand(metric: str, agreement: str = "") -> sc.Event:
    return sc.DueOverridden("T", at(17), metric=metric, due=at(18), reason="agreed", agreement=agreement, id="by hand")


GIVEN: dict[str, Callable[[], object]] = {
    # histories
    "an event twice": lambda: clocks(solved(17), solved(17)),
    "events of two tickets": lambda: clocks(solved(17, ticket="U")),
    "two openings": lambda: clocks(sc.Opened("T", at(17), id="once more")),
    "a withdrawal of nothing": lambda: clocks(sc.Withdrawn("T", at(17), event="overide", id="taken back")),
    "a withdrawal of an event that cannot be withdrawn": lambda: clocks(
        sc.Withdrawn("T", at(17), event="opened", id="taken back")
    ),
    "a value that is not an event": lambda: run_clocks(["opened"], [gold()], as_of=at(20)),
    "an excused delay that ends before it starts": lambda: sc.Excused(
        "T", at(17), start=at(17), end=at(16), reason="flood"
    ),
    "no opening": lambda: clocks(solved(17), opened=False),
    "an event from before the opening": lambda: clocks(sc.AgentReplied("T", at(13), id="early")),
    "a resume without a pause": lambda: clocks(sc.Resumed("T", at(17), id="go on")),
    "a pause in a pause": lambda: clocks(
        paused(17, "customer", "asked"), paused(18, "supplier", "ordered"), words=WORDS
    ),
    "a pause for an unknown reason": lambda: clocks(paused(17, "custommer", "asked"), words=WORDS),
    "an assignment to an unknown level": lambda: clocks(
        sc.Assigned("T", at(17), level="secund", id="passed on"), words=WORDS
    ),
    "an opening by an unknown channel": lambda: clocks(
        sc.Opened("T", at(16), channel="fone", id="opened"), words=WORDS, opened=False
    ),
    "a reply after the close": lambda: clocks(sc.Closed("T", at(17)), sc.CustomerReplied("T", at(18), id="thanks")),
    "a reopening of an open ticket": lambda: clocks(sc.Reopened("T", at(17), id="again")),
    "a reopening of a merged ticket": lambda: clocks(
        sc.Merged("T", at(17), into="U"), sc.Reopened("T", at(18), id="again")
    ),
    "an attachment of an unknown agreement": lambda: clocks(sc.Attached("T", at(17), agreement="glod", id="signed")),
    "an attachment of an agreement that needs none": lambda: clocks(
        sc.Attached("T", at(17), agreement="gold", id="signed")
    ),
    "a due date for an unknown metric": lambda: clocks(due_by_hand("resolutoin")),
    "a due date for an unknown metric of an agreement": lambda: clocks(due_by_hand("resolutoin", "gold")),
    "a due date under an unknown agreement": lambda: clocks(due_by_hand("resolution", "glod")),
    "a due date for a clock that does not run": lambda: clocks(solved(16), due_by_hand("resolution")),
    # instants and amounts
    "an instant without a zone": lambda: run_clocks([], [gold()], as_of=datetime(2026, 3, 16)),
    "a date in place of an instant": lambda: run_clocks([], [gold()], as_of=date(2026, 3, 16)),
    "an instant outside the years of calendars": lambda: run_clocks(
        [sc.Opened("T", datetime(1850, 1, 1, tzinfo=UTC))], [gold()], as_of=at(20)
    ),
    "a negative target": lambda: Target(-HOUR),
    "a number as a target": lambda: Target(4.5),
    "a float as a percentage": lambda: Threshold.percent(12.5),
    "a negative threshold": lambda: Threshold.before(-HOUR),
    # metrics and agreements
    "a metric that can never start": lambda: Metric("wait", stop=On(sc.Resolved)),
    "a metric that can never stop": lambda: Metric("wait", start=On(sc.Opened)),
    "a pause that can never end": lambda: Metric(
        "wait", start=On(sc.Opened), stop=On(sc.Resolved), pause=On(sc.Paused)
    ),
    "a condition on an unknown field": lambda: On(sc.Paused, where={"raeson": "customer"}),
    "a condition that nothing can meet": lambda: On(sc.Paused, where={"reason": set()}),
    "a metric twice": lambda: gold(metrics=[resolution(), resolution()]),
    "an agreement twice": lambda: run_clocks([], [gold(), gold()], as_of=at(20)),
    "an unknown promise": lambda: gold(targets={"resolution": "8h"}),
    "a promise for an unknown metric": lambda: gold(targets={"resolutoin": "8 h"}),
    "an output of the targets for an unknown metric": lambda: gold(targets=with_output("reation")),
    "an output of the targets that is not a metric": lambda: gold(targets=with_output("hours")),
    "a target missing for a combination": lambda: clocks(agreement=gold(targets=GAP), priority="minor"),
    "a missing fact that the targets need": lambda: clocks(agreement=gold(targets=GAP)),
    "a fact outside its domain": lambda: clocks(agreement=gold(targets=GAP), priority="mjor"),
    "a plan without a future date": lambda: clocks(
        agreement=gold(promises={"8 h": Target(NamedDate({"7.1": datetime(2026, 3, 2, tzinfo=UTC)}))})
    ),
    "a calendar that never opens": lambda: clocks(agreement=gold(NEVER)),
    "days on a calendar of two zones": lambda: clocks(
        agreement=gold(TWO_ZONES, promises={"8 h": Target(WorkingDays(1))})
    ),
    # levels
    "budgets larger than the promise": lambda: budget_findings(gold(metrics=shared(first=2 * HOUR, second=7 * HOUR))),
    "budgets as lengths under a promise in days": lambda: budget_findings(
        gold(metrics=shared(first=2 * HOUR), promises={"8 h": Target(WorkingDays(1))})
    ),
    "budgets without a promise": lambda: budget_findings(gold(metrics=shared(first=HOUR), targets={})),
    "a budget that is a number": lambda: shared(first=0.25),
    "a level's clock that is due too late": lambda: operational("gold"),
    "a level with a larger promise than the customer's": lambda: operational_findings(
        promising("second level", 8 * HOUR), promising("gold", 6 * HOUR)
    ),
    "a level with another form of promise than the customer's": lambda: operational_findings(
        promising("second level", 8 * HOUR, sc.always_open("UTC")), promising("gold", 6 * HOUR)
    ),
    "an agreement inside an unknown agreement": lambda: operational("glod"),
    "an agreement inside an agreement with other metrics": lambda: operational("gold", "call back"),
    # questions
    "an unknown clock": lambda: clocks()["gold", "resolutoin"],
}


def told() -> dict[str, tuple[str, str]]:
    """The rows of the page: what is given, what is answered, in which words."""
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:]
    made = {}
    for line in rows:
        row = ROW.fullmatch(line)
        assert row is not None, f"`{line}` is no row of the table"
        made[row[1]] = (row[2], row[3])
    assert len(made) == len(rows)
    return made


def answered(given: Callable[[], object]) -> tuple[str, str]:
    """The error that is raised, or the finding that is made: there is one."""
    try:
        made = given()
    except sc.SupportcoreError as error:
        return type(error).__name__, str(error)
    (finding,) = made.findings if isinstance(made, Clocks) else made  # type: ignore[attr-defined]  # else findings
    return finding.code, finding.message


def test_the_page_has_each_input_and_no_other() -> None:
    assert list(told()) == list(GIVEN)


@pytest.mark.parametrize("what", GIVEN)
def test_the_page_shows_the_results(what: str) -> None:
    assert answered(GIVEN[what]) == told()[what]


# Odd input that is not refused, and the phase in which it leaves the clocks.
PHASES = {
    "no opening": "pending",
    "an event from before the opening": "running",
    "a resume without a pause": "running",
    "a pause in a pause": "running",
    "a pause for an unknown reason": "running",
    "an assignment to an unknown level": "running",
    "an opening by an unknown channel": "running",
    "a reply after the close": "stopped",
    "a reopening of an open ticket": "running",
    "a reopening of a merged ticket": "stopped",
    "an attachment of an unknown agreement": "running",
    "an attachment of an agreement that needs none": "running",
    "a due date for an unknown metric": "running",
    "a due date for an unknown metric of an agreement": "running",
    "a due date under an unknown agreement": "running",
    "a due date for a clock that does not run": "stopped",
    "a level's clock that is due too late": "running",
    "an agreement inside an unknown agreement": "running",
    "an agreement inside an agreement with other metrics": "running",
}


def test_odd_input_leaves_every_clock() -> None:
    odd = {what: GIVEN[what]() for what, (answer, _) in told().items() if answer.startswith("sla.")}
    clocks = {what: list(made.values()) for what, made in odd.items() if isinstance(made, Clocks)}
    assert {what: {clock.phase for clock in every} for what, every in clocks.items()} == {
        what: {phase} for what, phase in PHASES.items()
    }
    assert {tuple(clock.name for clock in every[:2]) for every in clocks.values()} == {("reaction", "resolution")}


def test_every_code_of_a_history_is_on_the_page() -> None:
    room = Path(run_clocks.__code__.co_filename).parents[1]
    source = "".join(module.read_text(encoding="utf-8") for module in room.rglob("*.py"))
    assert set(re.findall(r'"(sla\.[a-z-]+)"', source)) == {
        answer for answer, _ in told().values() if answer.startswith("sla.")
    }


def test_events_out_of_order_are_put_in_order() -> None:
    events = [solved(18), paused(17, "customer", "asked"), sc.Opened("T", at(16), id="opened")]
    turned = (run_clocks(order, [gold()], as_of=at(20)) for order in (events, events[::-1], sorted(events, key=str)))
    first, *others = ([clock.cycles for clock in one.values()] for one in turned)
    assert all(other == first for other in others)
