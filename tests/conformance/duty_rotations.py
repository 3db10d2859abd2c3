"""Grafana OnCall's rotations: its masks are hours of a layer, its groups layers that answer together."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from supportcore import BusinessCalendar
from supportcore.escalation import Layer, Roster, Rotation
from supportcore.instants import datetime_of, micros
from tests.conformance.duty_words import HOUR, MONDAY, WEEKDAYS, Case, asked, daily, name, weekday
from tests.conformance.frame import CaseResult, not_built

SPARSE = "turn of which only the first days are served"


def rotation_days(case: Case) -> CaseResult:
    """Who is on duty an hour into each of the days asked for."""
    given = case["rotation"]
    days, groups, interval = given["days"] or WEEKDAYS, given["groups"], given["interval"]
    start = datetime.fromisoformat(given["start"])
    if interval > 1 and (given["frequency"] != "daily" or not given["days"]):
        return not_built(name(case), SPARSE)
    anchor = start.replace(tzinfo=None)
    if given["frequency"] == "weekly":
        anchor -= timedelta(days=anchor.weekday())
    if given["frequency"] == "monthly":
        anchor = anchor.replace(day=1)
    in_a_row = [group for group in groups for _ in range(interval)]
    roster = together(in_a_row, given["frequency"], anchor, daily(0, given["shift_hours"]), days)
    instants = [start + timedelta(days=day) for day in range(given["until_days"])]
    return asked(
        case,
        case["expected_by_start_day"],
        lambda: {f"{at:%Y-%m-%d}": "".join(sorted(people)) for at in instants if (people := roster.on_call(at + HOUR))},
    )


def together(
    groups: Sequence[Sequence[str]],
    every: str,
    anchor: datetime,
    hours: BusinessCalendar | None,
    days: Iterable[str],
    **force: Any,
) -> Roster:
    """Groups in turn: a rotation for each place in a group, answering together; a shorter group repeats its last."""
    places = range(max(len(group) for group in groups))
    people = [[group[min(place, len(group) - 1)] for group in groups] for place in places]
    return Roster(
        "duty",
        [
            Layer(
                Rotation(each, every=every, start=anchor, tz="UTC", days=[weekday(day) for day in days]),
                hours=hours,
                together="all",
                **force,
            )
            for each in people
        ],
    )


def rotation_points(case: Case) -> CaseResult:
    """Who is on duty at some instants after the start, a Monday at 10:00 where nothing else is said."""
    given = case["rotation"]
    length = timedelta(hours=given.get("hours", 0), minutes=given.get("minutes", 0))
    frequency, groups, days = given["frequency"], given["groups"], given.get("days", WEEKDAYS)
    if (
        (given["interval"] > 1 and "days" not in given)
        or "by_monthday" in given
        or (frequency == "monthly" and length < timedelta(days=28))
    ):
        return not_built(name(case), SPARSE)
    start = MONDAY + 10 * HOUR
    force = {
        edge: when(given[word], start)
        for edge, word in (("start", "rotation_start"), ("end", "until"))
        if word in given
    }
    days = ["TU" if day.endswith("+1") else "TH" if day.endswith("+3") else day for day in days]
    groups = [group for group in groups for _ in range(given["interval"])]
    full = {"hourly": HOUR, "daily": 24 * HOUR, "weekly": 168 * HOUR, "monthly": length}[frequency]
    hours = None
    if length < full and frequency == "hourly":
        spans = ", ".join(f"{hour:02}:00-{hour:02}:{length // timedelta(minutes=1):02}" for hour in range(24))
        hours = BusinessCalendar(tz="UTC", hours={"mon-sun": spans})
    elif length < full:
        hours = daily(10, length / HOUR, ["MO"] if frequency == "weekly" and "days" not in given else WEEKDAYS)
    roster = together(groups, frequency, start.replace(tzinfo=None), hours, days, **force)
    return asked(
        case,
        case["expected"],
        lambda: [{"at": one["at"], "oncall": list(roster.on_call(when(one["at"], start)))} for one in case["expected"]],
    )


def when(text: str, start: datetime) -> datetime:
    """An instant such as `start+7d1h` or `start+2d+5min`."""
    units = {"d": timedelta(days=1), "h": HOUR, "m": timedelta(minutes=1), "min": timedelta(minutes=1)}
    parts = re.findall(r"(\d+)(min|[dhm])", text)
    return sum((int(count) * units[unit] for count, unit in parts), timedelta()) + start


def dst_week(case: Case) -> CaseResult:
    """The shift that holds an instant in a week with a change of the clock."""
    given = case["rotation"]
    anchor = datetime.fromisoformat(given["start_local"])
    rotation = Rotation(given["users"], every="weekly", start=anchor, tz=given["tz"])

    def ask() -> object:
        turn = rotation.turn_at(micros(datetime.fromisoformat(case["at"])))
        first, last = datetime_of(turn.start, UTC), datetime_of(turn.end, UTC)
        return {
            "start": f"{first:%Y-%m-%dT%H:%M:%SZ}",
            "end": f"{last:%Y-%m-%dT%H:%M:%SZ}",
            "elapsed_hours": (last - first) / HOUR,
        }

    return asked(case, case["expected"], ask)
