"""Escalation: ladders, rosters, and the plan of notifications."""

from supportcore.escalation.duty.roster_changes import Change
from supportcore.escalation.duty.rosters import Layer, OnDuty, Roster, RosterShift
from supportcore.escalation.duty.rotations import Rotation, Shift
from supportcore.escalation.engine.ladder_state import ClockLike
from supportcore.escalation.engine.planning import plan
from supportcore.escalation.ladders import After, Ladder, LadderPolicy, LadderRow, Percent, Person, Step
from supportcore.escalation.plans import (
    Due,
    Effect,
    Key,
    Notification,
    Plan,
    Reason,
    Skipped,
    Superseded,
    Unreached,
    due,
)
from supportcore.escalation.recipients import Recipients, check_recipients

__all__ = [
    "After",
    "Change",
    "ClockLike",
    "Due",
    "Effect",
    "Key",
    "Ladder",
    "LadderPolicy",
    "LadderRow",
    "Layer",
    "Notification",
    "OnDuty",
    "Percent",
    "Person",
    "Plan",
    "Reason",
    "Recipients",
    "Roster",
    "RosterShift",
    "Rotation",
    "Shift",
    "Skipped",
    "Step",
    "Superseded",
    "Unreached",
    "check_recipients",
    "due",
    "plan",
]
