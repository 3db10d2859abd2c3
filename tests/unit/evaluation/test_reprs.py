"""The `repr` of values that people print: one line that states the result, under 200 characters."""

from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve

import supportcore as sc
from supportcore.mappings import FrozenMapping

HOSTING = sc.load(sc.example("hosting"))
AT = datetime(2026, 3, 16, 9, tzinfo=UTC)
FACTS = {"kind": "outage", "impact": "a team", "business": "critical", "contract": "managed", "source": "customer"}
OFFICE = sc.BusinessCalendar(
    tz="Europe/Berlin", hours={"mon-fri": "08:00-17:00"}, holidays=sc.public_holidays("DE", subdiv="HE")
)


def events(ticket: str) -> list[sc.Event]:
    return [sc.Opened(ticket, AT, facts=FACTS), sc.AgentReplied(ticket, AT + timedelta(hours=1))]


CASE = sc.evaluate(HOSTING, events("T-1"), as_of=AT + timedelta(hours=9))
REPORT = sc.replay(HOSTING, [events("T-1"), [sc.Opened("T-2", AT)]], as_of=AT + timedelta(days=7))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            CASE,
            "Case(T-1 as of 2026-03-16 18:00+00:00: critical; reaction met; "
            "resolution running, due 2026-03-16 17:00+00:00)",
        ),
        (CASE.clocks, "Clocks(T-1: reaction met; resolution running, due 2026-03-16 17:00+00:00)"),
        (
            CASE.clock("resolution"),
            "Clock(resolution of T-1: running, due 2026-03-16 17:00+00:00, used 9 h of 8 h)",
        ),
        (CASE.clock("resolution").cycle, "Cycle(1: running, due 2026-03-16 17:00+00:00, used 9 h of 8 h)"),
        (CASE.plan, "Plan(T-1 as of 2026-03-16 18:00+00:00: 79 notifications; next at 2026-03-16 18:30+00:00)"),
        (
            REPORT,
            "Report(Operations of Sample Hosting as of 2026-03-23 09:00+00:00: 2 tickets, 1 of 2 targets met, "
            "1 breach, 40 notifications, 1 failure)",
        ),
        (
            HOSTING,
            "ServiceConcept(Operations of Sample Hosting, 2026-01-01 to 2027-12-31: 5 facts, 2 calendars, 1 agreement)",
        ),
        (HOSTING.scope, "DecisionTable(scope: kind, contract -> scope, send to, 4 rules, hit policy first)"),
        (CASE.scope, "Decision(scope: scope covered, send to operations; rule h4)"),
        (CASE.concept.priority.table.decide(FACTS), "Decision(priority: priority critical; rule o2)"),
        (CASE.history, "History(T-1: 2 events from 2026-03-16 09:00+00:00 to 2026-03-16 10:00+00:00)"),
        (REPORT.attainment[0], "Attained(customer, reaction, critical: 1 met, 0 missed, 0 excused, 0 open)"),
        (
            sc.Finding("sla.not-opened", "warning", "tickets.T-1", {"ticket": "T-1"}),
            "Finding(warning sla.not-opened at tickets.T-1: ticket `T-1` has no opening, so none of its clocks starts)",
        ),
        (sc.Decision("priority", FrozenMapping(priority="minor")), "Decision(priority: priority minor; default)"),
        (OFFICE, "BusinessCalendar(Europe/Berlin: mon-fri 08:00-17:00; holidays DE-HE)"),
        (
            sc.public_holidays("DE", subdiv="HE", years=(2026, 2027)),
            "HolidayCalendar(DE-HE, 2026 to 2027, 20 holidays)",
        ),
        (sc.HolidayCalendar({date(2026, 5, 1): "Labour Day"}), "HolidayCalendar(1 holiday)"),
        (sc.run_clocks([sc.Resolved("T-1", AT)], [], as_of=AT), "Clocks(T-1: no clocks)"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_repr_states_the_result(value: object, text: str) -> None:
    assert repr(value) == text


def long_case() -> sc.Case:
    """A case with a long ticket name and many agreements with long metric names."""
    metrics = [
        sc.Metric(f"time until somebody has looked at it, number {n}", start=sc.On(sc.Opened), stop=sc.On(sc.Resolved))
        for n in range(9)
    ]
    agreement = sc.Agreement(
        "g" * 90,
        OFFICE,
        metrics,
        targets={metric.name: "1 h" for metric in metrics},
        promises={"1 h": sc.Target(timedelta(hours=1))},
    )
    others = tuple(evolve(agreement, name=f"{name}{'g' * 90}") for name in "abc")
    concept = evolve(HOSTING, name="a\nlong name " * 20, agreements=(agreement, *others), ladders=None)
    return sc.evaluate(concept, events("T\n" * 300), as_of=AT)


def long_values() -> list[object]:
    case = long_case()
    hours = {
        day: f"{9 + n:02}:01-{9 + n:02}:59, 20:01-20:59" for n, day in enumerate(("mon", "tue", "wed", "thu", "fri"))
    }
    calendar = sc.BusinessCalendar(
        tz="America/Argentina/ComodRivadavia",
        hours=hours,
        holidays=sc.public_holidays("DE", subdiv="HE"),
        exceptions={date(2026, 1, 1) + timedelta(days=n): "closed" for n in range(200)},
        breaks={date(2026, 9, 1) + timedelta(days=n): "09:00-09:30" for n in range(20)},
        closures={f"2027-{month:02}-01 to 2027-{month:02}-14": "closed" for month in range(1, 13)},
        seasons={date(2027, month, 1): hours for month in range(1, 13)},
    )
    names = [f"a fact with a rather long name {n}" for n in range(20)]
    table = sc.DecisionTable(
        name="t\n" * 90,
        inputs=[sc.Flag(name) for name in names],
        outputs=[sc.Flag("result" * 9)],
        rules=[sc.Rule({}, {"result" * 9: True})],
    )
    return [
        case,
        case.clocks,
        *case.clocks.values(),
        case.concept,
        evolve(CASE.plan, ticket="T" * 500),
        sc.replay(case.concept, [events("T" * 500)] * 300, as_of=AT),
        calendar,
        calendar.definition.holidays,
        table,
    ]


def test_the_repr_of_long_values_is_one_line_under_200_characters() -> None:
    lengths = {f"{type(value).__name__}: {value!r}": len(repr(value)) for value in long_values()}
    assert {text: length for text, length in lengths.items() if length >= 200 or "\n" in text} == {}
