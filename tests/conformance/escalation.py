"""Other systems' cases of duty and ladders: Grafana OnCall, Icinga Notifications, LinkedIn Oncall.

What each system means by its words is said beside its kinds of case.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.conformance.duty_periods import contains, next_transition, populate, versioned_rotation
from tests.conformance.duty_rotations import dst_week, rotation_days, rotation_points
from tests.conformance.duty_schedules import empty_shift, final_schedule, gap_check, shift_swap, shown
from tests.conformance.duty_words import Case, name
from tests.conformance.frame import CaseResult, not_built
from tests.conformance.ladder_steps import ladder_state, ladder_step, ladder_watchdog, reevaluate_after, window_eta


def run(path: Path) -> list[CaseResult]:
    """One result for each case of the file."""
    return [KINDS[case["kind"]](case) for case in json.loads(path.read_text(encoding="utf-8"))["cases"]]


def fair_pick(case: Case) -> CaseResult:
    """Who served least goes first."""
    return not_built(name(case), "choice of who served least")


def quality(case: Case) -> CaseResult:
    """A score of a schedule."""
    return not_built(name(case), "score of a schedule's coverage and balance")


KINDS: Mapping[str, Callable[[Case], CaseResult]] = {
    "rotation_days": rotation_days,
    "rotation_points": rotation_points,
    "dst_week": dst_week,
    "final_schedule": final_schedule,
    "gaps": final_schedule,
    "empty_shift": empty_shift,
    "filter": shown,
    "shift_swap": shift_swap,
    "gap_check": gap_check,
    "quality": quality,
    "ladder_step": ladder_step,
    "ladder_state": ladder_state,
    "ladder_watchdog": ladder_watchdog,
    "window_eta": window_eta,
    "contains": contains,
    "contains_dst": contains,
    "next_transition": next_transition,
    "next_transition_dst": next_transition,
    "next_transition_multi": next_transition,
    "versioned_rotation": versioned_rotation,
    "reevaluate_after": reevaluate_after,
    "populate": populate,
    "populate_dst": populate,
    "fair_pick": fair_pick,
}
