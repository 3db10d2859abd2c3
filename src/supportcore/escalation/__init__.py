"""Escalation: ladders, duties in rotation, and the plan of who is told what and when."""

from supportcore.escalation.duty.roster_changes import Change
from supportcore.escalation.duty.rosters import Layer, OnDuty, Roster, RosterShift
from supportcore.escalation.duty.rotations import Rotation, Shift
from supportcore.escalation.engine.ladder_state import ClockLike
from supportcore.escalation.engine.planning import plan
from supportcore.escalation.ladders import After, Ladder, LadderPolicy, LadderRow, Percent, Person, Step
from supportcore.escalation.plans import Due, Key, Notification, Plan, Reason, Skipped, Superseded, Told, Unreached, due
from supportcore.escalation.recipients import Targets, check_targets

__all__ = [
    "After",
    "Change",
    "ClockLike",
    "Due",
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
    "Roster",
    "RosterShift",
    "Rotation",
    "Shift",
    "Skipped",
    "Step",
    "Superseded",
    "Targets",
    "Told",
    "Unreached",
    "check_targets",
    "due",
    "plan",
]
