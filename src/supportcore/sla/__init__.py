"""Clocks as pure folds of events: conditions, metrics, targets, agreements, and where each clock stands (SLA)."""

from supportcore.sla.agreements import Agreement
from supportcore.sla.attainment import Attained, attainment, wilson
from supportcore.sla.budgets import Budget
from supportcore.sla.builtin import (
    agent_work,
    first_reply,
    next_reply,
    periodic_update,
    reaction,
    requester_wait,
    resolution,
)
from supportcore.sla.causes import Cause
from supportcore.sla.changes import ChangePolicy
from supportcore.sla.clocks import Clock, Clocks, ThresholdReached, Upcoming
from supportcore.sla.conditions import Condition, On, While
from supportcore.sla.cycles import Cycle, Phase, Result
from supportcore.sla.editions import Promised
from supportcore.sla.figures import ServiceFigures, figures_over_time, service_figures
from supportcore.sla.fitting import budget_findings
from supportcore.sla.holders import Holder, LevelUse, consumed, holders_over_time
from supportcore.sla.metrics import Metric, Reopen, Threshold
from supportcore.sla.operational import operational_findings, outer_findings
from supportcore.sla.running import run_clocks
from supportcore.sla.targets import NamedDate, Target, Terms
from supportcore.sla.traces import Segment, SegmentKind, trace
from supportcore.sla.whatif import Change, impact, reevaluate

__all__ = [
    "Agreement",
    "Attained",
    "Budget",
    "Cause",
    "Change",
    "ChangePolicy",
    "Clock",
    "Clocks",
    "Condition",
    "Cycle",
    "Holder",
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
    "ServiceFigures",
    "Target",
    "Terms",
    "Threshold",
    "ThresholdReached",
    "Upcoming",
    "While",
    "agent_work",
    "attainment",
    "budget_findings",
    "consumed",
    "figures_over_time",
    "first_reply",
    "holders_over_time",
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
    "service_figures",
    "trace",
    "wilson",
]
