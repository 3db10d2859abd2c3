"""Service level clocks: conditions, metrics, targets and agreements, and the clocks of a ticket by its events (SLA)."""

from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.agreement.budgets import Budget
from supportcore.sla.agreement.builtin import (
    agent_work,
    first_reply,
    next_reply,
    periodic_update,
    reaction,
    requester_wait,
    resolution,
)
from supportcore.sla.agreement.conditions import Condition, On, While
from supportcore.sla.agreement.metrics import Metric, Reopen
from supportcore.sla.agreement.policies import ChangePolicy
from supportcore.sla.agreement.targets import NamedDate, Target
from supportcore.sla.agreement.terms import Terms
from supportcore.sla.agreement.thresholds import Threshold
from supportcore.sla.causes import Cause
from supportcore.sla.checks.budgets import budget_findings
from supportcore.sla.checks.operational import operational_findings, outer_findings
from supportcore.sla.clock.clocks import Clock, Clocks, ThresholdReached, Upcoming
from supportcore.sla.clock.cycles import Cycle, Phase, Result
from supportcore.sla.clock.levels import LevelUse, consumed
from supportcore.sla.clock.traces import Segment, SegmentKind
from supportcore.sla.engine.editions import Promised
from supportcore.sla.engine.run import run_clocks
from supportcore.sla.whatif import ClockChange, impact, reevaluate

__all__ = [
    "Agreement",
    "Budget",
    "Cause",
    "ChangePolicy",
    "Clock",
    "ClockChange",
    "Clocks",
    "Condition",
    "Cycle",
    "LevelUse",
    "Metric",
    "NamedDate",
    "On",
    "Phase",
    "Promised",
    "Reopen",
    "Result",
    "Segment",
    "SegmentKind",
    "Target",
    "Terms",
    "Threshold",
    "ThresholdReached",
    "Upcoming",
    "While",
    "agent_work",
    "budget_findings",
    "consumed",
    "first_reply",
    "impact",
    "next_reply",
    "operational_findings",
    "outer_findings",
    "periodic_update",
    "reaction",
    "reevaluate",
    "requester_wait",
    "resolution",
    "run_clocks",
]
