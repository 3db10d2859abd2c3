"""Grafana OnCall's final schedules: shifts are layers with daily hours, priorities their order, overrides above all.

A swap that nobody took is no change.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from supportcore.escalation import Change, Layer, Roster
from tests.conformance.duty_rotations import SPARSE
from tests.conformance.duty_words import HOUR, MONDAY, Case, asked, daily, name
from tests.conformance.frame import CaseResult, not_built

Stretch = tuple[float, float, str]


def served(roster: Roster, start: float, end: float) -> list[Stretch]:
    """Each person's stretches in hours from Monday, those that meet joined; nobody is an empty name."""
    found: list[Stretch] = []
    for shift in roster.shifts(MONDAY + start * HOUR, MONDAY + end * HOUR):
        first, last = (shift.start - MONDAY) / HOUR, (shift.end - MONDAY) / HOUR
        found += [(first, last, person) for person in shift.on_duty.people or ("",)]
    return joined(found)


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches of one person that meet made one."""
    made: list[Stretch] = []
    for start, end, person in sorted(stretches, key=lambda one: (one[2], one[0])):
        if made and made[-1][1:] == (start, person):
            made[-1] = (made[-1][0], end, person)
        else:
            made.append((start, end, person))
    return made


def layers_of(case: Case) -> list[Layer]:
    """Overrides above everything, then the daily shifts, the highest priority first and equal ones together."""
    overrides = sorted(case.get("overrides", ()), key=lambda one: -one["priority"])
    shifts = sorted(case["shifts_daily"], key=lambda one: -one["priority"])
    return [
        Layer(
            one["user"],
            start=MONDAY + one["start_h"] * HOUR,
            end=MONDAY + (one["start_h"] + one["hours"]) * HOUR,
        )
        for one in overrides
    ] + [
        Layer(
            one["user"],
            hours=daily(one["start_h"] % 24, one["hours"]),
            start=MONDAY + one["start_h"] // 24 * 24 * HOUR,
            together=str(one["priority"]),
        )
        for one in shifts
    ]


def final_schedule(case: Case) -> CaseResult:
    """Who is on duty when, and with gaps where the case lists them."""
    listed = case.get("expected") or case["expected_non_gap"]
    expected = joined((one["start_h"], one["start_h"] + one["hours"], one["user"] or "") for one in listed)
    roster = Roster("duty", layers_of(case))

    def ask() -> object:
        found = served(roster, *case.get("window_h", (0, 24)))
        if "at_h" in case:
            found = [one for one in found if one[0] <= case["at_h"] < one[1]]
        return [one for one in found if one[2] or "expected" in case]

    return asked(case, expected, ask)


def empty_shift(case: Case) -> CaseResult:
    """A shift whose only person may not be paged is empty, which is no gap."""
    (shift,) = case["shifts_daily"]
    absent = Change.absent(shift["user"], MONDAY, MONDAY + 72 * HOUR)
    roster = Roster("duty", layers_of(case), [absent])
    expected = [(one["start_h"], one["hours"]) for one in case["expected"] if one["is_empty"] and not one["is_gap"]]
    return asked(
        case,
        expected,
        lambda: [
            ((one.start - MONDAY) / HOUR, (one.end - one.start) / HOUR)
            for one in roster.shifts(MONDAY, MONDAY + 24 * HOUR)
            if one.on_duty.state == "empty"
        ],
    )


def shown(case: Case) -> CaseResult:
    """The stretches in which anybody is on duty; an empty shift is none."""
    (empty,) = case["empty_weekly"]
    away = Layer(empty["user"], hours=daily(empty["start_h"] % 24, empty["hours"], ["TU"]))
    absent = Change.absent(empty["user"], MONDAY, MONDAY + 96 * HOUR)
    roster = Roster("duty", [*layers_of(case), away], [absent])
    return asked(
        case,
        [(one["start_h"], one["hours"]) for one in case["expected"]],
        lambda: [(start, end - start) for start, end, person in served(roster, *case["window_h"]) if person],
    )


def shift_swap(case: Case) -> CaseResult:
    """A swap that was taken puts the taker in; one that was not, or is past, changes nothing."""
    base, swap, window = case["base"], case["swap"], case.get("window_h", (0, 48))
    beside = ["W"] if "W stays" in case.get("note", "") else []
    layer = Layer([base["user"], *beside], hours=daily(base["daily_start_h"], base["hours"]))
    taken = swap.get("taken", not swap.get("deleted", False))
    change = Change.swap(
        swap["owner"], swap.get("taker", "V"), MONDAY + swap["start_h"] * HOUR, MONDAY + swap["end_h"] * HOUR
    )
    roster = Roster("duty", [layer], [change] if taken else [])

    def ask() -> object:
        found = [one for one in served(roster, *window) if one[2] not in ("", "W")]
        return [one for one in found if "at_h" not in case or one[0] <= case["at_h"] < one[1]]

    if case["expected"] == "schedule unchanged":
        unchanged = served(Roster("duty", [layer]), *window)
        return asked(case, [one for one in unchanged if one[2]], ask)
    return asked(case, joined((one["start_h"], one["end_h"], one["user"]) for one in case["expected"]), ask)


def gap_check(case: Case) -> CaseResult:
    """Whether two weeks ahead hold a gap or an empty shift."""
    given = case["rotation"]
    if given.get("interval", 1) > 1:
        return not_built(name(case), SPARSE)
    force: dict[str, Any] = {"start": MONDAY - HOUR} if "past" in given else {}
    if "future_beyond_lookahead" in given:
        force = {"end": MONDAY + timedelta(days=30)}
    absent = [Change.absent("viewer", MONDAY, MONDAY + timedelta(days=30))]
    roster = Roster("duty", [Layer(given.get("user", "ok"), **force)], absent)

    def ask() -> object:
        states = {one.on_duty.state for one in roster.shifts(MONDAY, MONDAY + timedelta(days=14))}
        return {"has_gaps": "gap" in states, "has_empty": "empty" in states}

    return asked(case, case["expected"], ask)
