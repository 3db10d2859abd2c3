"""Icinga's time periods as layers of one, and LinkedIn's shifts, whose turn is the span of their events."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from supportcore import BusinessCalendar
from supportcore.escalation import Layer, Roster, Rotation
from supportcore.instants import datetime_of, micros, micros_of
from tests.conformance.duty_words import HOUR, WEEKDAYS, Case, asked, daily
from tests.conformance.frame import CaseResult


def period(entry: Case, tz: str) -> Layer:
    """A time period as a layer: a span each day or at certain hours, until the last day it says."""
    start = datetime.fromisoformat(entry["start"])
    until = re.search(r"UNTIL=(\S+)", entry["rrule"])
    force: dict[str, Any] = {"start": start.replace(tzinfo=ZoneInfo(tz))}
    if until:
        last = datetime.fromisoformat(until[1]).date() + timedelta(days=1)
        force["end"] = datetime.combine(last, time(), ZoneInfo(tz))
    if "end" in entry:
        spans = f"{start:%H:%M}-{datetime.fromisoformat(entry['end']):%H:%M}"
    else:
        hours = [int(hour) for hour in entry["rrule"].partition("BYHOUR=")[2].split(",")]
        spans = ", ".join(f"{hour:02}:00-{hour:02}:{entry['minutes']}" for hour in hours)
    return Layer("x", hours=BusinessCalendar(tz=tz, hours={"mon-sun": spans}), **force)


def contains(case: Case) -> CaseResult:
    """Whether an instant lies in a period."""
    roster = Roster("period", [period(case["entry"], case["entry"]["tz"])])
    return asked(case, case["expected"], lambda: bool(roster.on_call(datetime.fromisoformat(case["at"]))))


def next_transition(case: Case) -> CaseResult:
    """When a period, or any of several, next begins or ends."""
    entries = case.get("entries") or [case["entry"]]
    tz = case.get("tz") or case["entry"]["tz"]
    roster = Roster("periods", [period(entry, tz) for entry in entries])

    def ask() -> object:
        found = roster.next_change(micros(datetime.fromisoformat(case["at"])))
        return None if found is None else datetime_of(found, ZoneInfo(tz)).isoformat()

    return asked(case, case["expected"], ask)


def versioned_rotation(case: Case) -> CaseResult:
    """Rotations that are in force from date to date, swept half hour by half hour."""
    layers = []
    for given in case["rotations"]:
        since = datetime.fromisoformat(given["valid_from"]).replace(tzinfo=UTC)
        if "weekdays" in given:
            hours = BusinessCalendar(tz="UTC", hours={"mon-fri": given["weekdays"]})
            layers.append(Layer(given["user"], hours=hours, start=since))
            continue
        pair = Rotation(
            given["weekend_biweekly"], every="weekly", start=datetime.fromisoformat(given["first"][0]), tz="UTC"
        )
        weekend = BusinessCalendar(tz="UTC", hours={"sat-sun": "00:00-24:00"})
        until = datetime(since.year + 1, 1, 1, tzinfo=UTC) if since.year == 2024 else None
        layers.append(Layer(pair, hours=weekend, start=since, end=until))
    roster, sweep = Roster("versions", layers), case["sweep"]
    start = datetime.fromisoformat(sweep["start"]).replace(tzinfo=UTC)
    step = timedelta(minutes=sweep["step_min"])

    def due(at: datetime) -> set[tuple[str, ...]]:
        if at.year < 2024:
            return {()}
        if at.weekday() >= 5:
            year = 2024 if at.year == 2024 else 2025
            return {(f"{year}a",), (f"{year}b",)}
        return {("noon",)} if 12 <= at.hour < 14 else {("weekday",)} if 8 <= at.hour < 20 else {()}

    instants = [start + number * step for number in range(sweep["instants"])]
    return asked(case, [], lambda: [at for at in instants if roster.on_call(at) not in due(at)])


def populate(case: Case) -> CaseResult:
    """The shifts planned ahead: turns as long as the span of the events, tiling time."""
    (event,), tz = case["events"], ZoneInfo(case["tz"])
    now = datetime.fromisoformat(case["now"]).replace(tzinfo=tz)
    first = now.replace(tzinfo=None) - timedelta(days=(now.weekday() - WEEKDAYS.index(event["weekday"])) % 7)
    anchor = datetime.combine(first, time.fromisoformat(event["at"]))
    repeat = event.get("daily_repeat")
    rotation = Rotation(["x", "y"], every=timedelta(days=repeat or 7), start=anchor, tz=case["tz"])
    shifts = [rotation.turn_at(micros(now))]
    if "last_epoch" in case:
        shifts = [rotation.turn_at(shifts[0].end)]
    while shifts[-1].end < micros(now + timedelta(days=case["threshold_days"])):
        shifts.append(rotation.turn_at(shifts[-1].end))
    starts = [datetime_of(turn.start, tz) for turn in shifts]
    wanted = case["expected"]

    def ask() -> object:
        found: dict[str, object] = {"epochs": len(shifts)}
        if "starts" in wanted:
            found["starts"] = [start.isoformat() for start in starts]
        if "each_hours" in wanted:
            found["each_hours"] = {(turn.end - turn.start) // micros_of(HOUR) for turn in shifts}
        if "local_start_hour" in wanted:
            found["local_start_hour"] = {start.hour for start in starts}
        if "no_gap_between" in wanted:
            one, other = (shifts[place] for place in wanted["no_gap_between"])
            found["no_gap_between"] = one.end == other.start
        if repeat:
            found |= repeated(rotation, event, tz, shifts[1].start, shifts[1].end)
        return found

    single = {"each_hours": set, "local_start_hour": set}
    expected = {word: {value} if word in single else value for word, value in wanted.items()}
    if "no_gap_between" in wanted:
        expected["no_gap_between"] = True
    return asked(case, expected, ask)


def repeated(rotation: Rotation, event: Case, tz: ZoneInfo, start: int, end: int) -> dict[str, object]:
    """The single shifts of a turn whose event repeats each day."""
    hour = time.fromisoformat(event["at"]).hour
    roster = Roster("shifts", [Layer(rotation, hours=daily(hour, event["hours"], tz=tz.key))])
    found = [one.start for one in roster.shifts(datetime_of(start, tz), datetime_of(end, tz)) if one.on_duty.people]
    return {"per_epoch": len(found), "second_epoch_starts": [start.isoformat() for start in found]}
