"""The tables of a report."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from attrs import evolve

import supportcore as sc
from supportcore.calendars import always_open
from supportcore.cli.tables import report_tables
from supportcore.sla import Agreement, Target, reaction

HOSTING = sc.load(sc.example("hosting"))
MONDAY = datetime(2026, 3, 9, 9, tzinfo=ZoneInfo("Europe/Berlin"))
FACTS = {"kind": "outage", "impact": "a team", "business": "critical", "contract": "managed", "source": "customer"}


def clocks_named(*agreements: Agreement) -> list[list[str]]:
    """The clocks in the tables of attainment and of breaches, four hours after the opening."""
    concept = evolve(HOSTING, agreements=agreements, ladders=None)
    opened = sc.Opened("T-1", MONDAY, facts=FACTS)
    attained, late, *_ = report_tables("en", sc.replay(concept, [[opened]], as_of=MONDAY + timedelta(hours=4)), 1)
    return [[str(cell) for cell in attained.columns[0].cells], [str(cell) for cell in late.columns[2].cells]]


def test_a_clock_is_called_with_its_agreement_where_there_are_several() -> None:
    (customer,) = HOSTING.every_agreement
    assert clocks_named(customer) == [["reaction", "resolution"], ["reaction"]]
    internal = Agreement(
        "internal",
        always_open("UTC"),
        [reaction()],
        targets={"reaction": "1 h"},
        promises={"1 h": Target(timedelta(hours=1))},
    )
    assert clocks_named(customer, internal) == [
        ["reaction (customer)", "resolution (customer)", "reaction (internal)"],
        ["reaction (internal)", "reaction (customer)"],
    ]
