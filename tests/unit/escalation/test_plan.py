"""`plan` on small ladders, each instant worked out by hand."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from supportcore.errors import DefinitionError
from supportcore.escalation import (
    After,
    Ladder,
    LadderPolicy,
    LadderRow,
    Layer,
    Percent,
    Person,
    Plan,
    Roster,
    Rotation,
    Step,
    plan,
)
from supportcore.instants import micros
from supportcore.tickets import (
    Cancelled,
    Closed,
    Escalated,
    Event,
    Opened,
    PageAcknowledged,
    Reopened,
    Resolved,
    Snoozed,
    Withdrawn,
)
from supportcore.timelines import Timeline

START = datetime(2026, 1, 5, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PEOPLE = {name: Person(name, ["phone", "mail"]) for name in ("ann", "bob", "cem", "dora")}
PAIR = Rotation(["ann", "bob", "cem"], every="daily", start=datetime(2026, 1, 5, 8), tz="UTC")
DUTIES = {"primary": Roster("primary", [Layer(PAIR)]), "backup": Roster("backup", [Layer(PAIR.ahead(1))])}
NIGHT = Ladder(
    "night",
    [
        Step("primary"),
        Step("backup", After(30 * MINUTE)),
        Step("head", After(45 * MINUTE), effect="inform", channel="mail"),
    ],
)


def at(minutes: float) -> datetime:
    return START + minutes * MINUTE


def opened() -> Opened:
    return Opened("T-1", START)


def planned(ladder: Ladder | LadderPolicy, events: Sequence[Event] = (), *, as_of: float = 0, **given: Any) -> Plan:
    policy = LadderPolicy([LadderRow(ladder)]) if isinstance(ladder, Ladder) else ladder
    settings: dict[str, Any] = {
        "priority": Timeline.constant("critical"),
        "duties": DUTIES,
        "people": PEOPLE,
        "roles": {"head": "dora", "vacant": None},
        "as_of": at(as_of),
        **given,
    }
    return plan(policy, [opened(), *events], **settings)


def told(found: Plan) -> list[tuple[float, str, str, object]]:
    """Minute, effect, person, and what ended it at which minute."""
    return [
        (
            (one.at - START) / MINUTE,
            one.effect,
            one.person,
            None if one.until is None else (one.ended_by, (one.until - START) / MINUTE),
        )
        for one in found.notifications
    ]


def test_a_ladder_pages_the_duty_then_its_backup_and_informs_a_role() -> None:
    assert told(planned(NIGHT, horizon=timedelta(hours=2))) == [
        (0, "page", "ann", ("next step", 30)),
        (30, "page", "bob", None),
        (45, "inform", "dora", None),
    ]


def test_keys_and_reasons_are_data() -> None:
    first, second, _ = planned(NIGHT, horizon=timedelta(hours=2)).notifications
    assert (first.key.ticket, first.cycle, first.ladder, first.round, first.step) == ("T-1", 1, "night", 1, 1)
    assert (second.key.step, second.key.person, second.key.channel) == (2, "bob", "phone")
    assert (second.reason.code, second.reason.values["after"]) == ("after", 30 * MINUTE)
