"""Grafana OnCall's ladders and Icinga's conditions on age, each shown by the plan of a ladder that has such a step."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from supportcore import BusinessCalendar, Opened, Timeline
from supportcore.escalation import (
    After,
    Ladder,
    LadderPolicy,
    LadderRow,
    Layer,
    Person,
    Plan,
    Roster,
    Rotation,
    Step,
    plan,
)
from tests.conformance.duty_words import HOUR, MONDAY, Case, asked, daily, name
from tests.conformance.frame import CaseResult, not_applicable, not_built


def planned(ladder: Ladder, opened: datetime, duty: Roster | None = None, *, people: Sequence[str] = ("a",)) -> Plan:
    """The plan of a ladder for a ticket opened at an instant."""
    known = {person: Person(person, ["phone"]) for person in people} | {"viewer": Person("viewer")}
    return plan(
        LadderPolicy([LadderRow(ladder)]),
        [Opened("T-1", opened)],
        priority=Timeline.constant("major"),
        duties={} if duty is None else {"duty": duty},
        people=known,
        as_of=opened,
    )


def ladder_step(case: Case) -> CaseResult:
    """What one step of a ladder does, shown by the plan of a ladder that has it."""
    now, expected = MONDAY + 12 * HOUR, case["expected"]
    match case["step"]:
        case "wait":
            found = planned(Ladder("one", [Step("a", After(timedelta(minutes=case["wait_min"])))]), now)
            due = found.notifications[0].at - now
            return asked(case, timedelta(minutes=case["wait_min"]), lambda: due)
        case "continue_if_time" if "tomorrow" in expected["eta"]:
            window = daily(10, 1)
            found = planned(Ladder("one", [Step("a", After(hours=window))]), now)
            return asked(case, now + 22 * HOUR, lambda: found.notifications[0].at)
        case "repeat_n":
            found = planned(Ladder("one", [Step("a")], rounds=2, every=HOUR), now)
            again = found.notifications[1]
            return asked(case, expected, lambda: {"counter": again.round - 1, "restart": again.step == 1})
        case "notify_on_call" if "oncall" in case:
            duty = Roster("duty", [Layer(case["oncall"])])
            found = planned(Ladder("one", [Step("duty"), Step("a", After(HOUR))]), now, duty)
            told = [one.person for one in found.notifications if one.step == 1]
            skipped = "failed/empty" if found.skipped[0].step == 1 else ""
            advance = any(one.step == 2 for one in found.notifications)
            return asked(case, expected, lambda: {"notify": told, "log": skipped, "advance": advance})
        case "notify_on_call":
            hourly = Rotation(["a", "b"], every="hourly", start=datetime(2024, 1, 1, 12), tz="UTC")
            ladder = Ladder("one", [Step("duty", After(90 * timedelta(minutes=1)))])
            found = planned(ladder, now, Roster("duty", [Layer(hourly)]), people=("a", "b"))
            return asked(case, "b", lambda: found.notifications[0].person)
        case "continue_if_more_than":
            return not_built(name(case), "step that counts alarms")
        case "resolve":
            return not_built(name(case), "step that resolves")
        case "round_robin":
            return not_built(name(case), "step that takes people by turns from ticket to ticket")
        case "continue_if_time":
            return not_applicable(name(case), "a delay of the other system's own scheduler")
        case _:
            return not_applicable(name(case), "a step without contents cannot be built here")


def ladder_state(case: Case) -> CaseResult:
    """Which step comes first."""
    if "last" not in case:
        return not_applicable(name(case), "steps have no order numbers here, only their places")
    steps = [Step("a", After(order * HOUR)) for order in case["orders"]]
    found = planned(Ladder("one", steps), MONDAY)
    first = found.notifications[0].step
    return asked(case, case["expected"], lambda: {"next": first - 1 if isinstance(first, int) else first})


def ladder_watchdog(case: Case) -> CaseResult:
    """A check on a running scheduler."""
    return not_applicable(name(case), "nothing runs here that could be late")


def window_eta(case: Case) -> CaseResult:
    """When a step that waits for a window of the day runs; none at once."""
    first, last = case["window"]
    hours = BusinessCalendar(tz="UTC", hours={"mon-sun": f"{first}-{last}"})
    now = datetime.combine(MONDAY + timedelta(days=2), time.fromisoformat(case["now"]), UTC)

    def ask() -> object:
        at = planned(Ladder("one", [Step("a", After(hours=hours))]), now).notifications[0].at
        if at == now:
            return None
        return f"{'today' if at.date() == now.date() else 'tomorrow'} {at:%H:%M}"

    return asked(case, case["expected"], ask)


def reevaluate_after(case: Case) -> CaseResult:
    """A condition on the age of an incident, as a step after so long."""
    if "severity>=" in case["condition"]:
        return not_built(name(case), "step that waits for a priority")
    age = timedelta(minutes=int(case["incident"]["age"].rstrip("m")))
    found = planned(Ladder("age", [Step("a", After(timedelta(minutes=5)))]), MONDAY)

    def ask() -> object:
        left = found.notifications[0].at - MONDAY - age
        fires = left <= timedelta()
        return {"fires": fires, "reevaluate_in": None if fires else f"{left // timedelta(minutes=1)}m"}

    return asked(case, case["expected"], ask)
