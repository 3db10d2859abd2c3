"""Figures over many tickets: replay, attainment, service figures and counts without a concept."""

from supportcore.reports.attained import Attained, CountedCycle, attainment, wilson
from supportcore.reports.figures import ServiceFigures, figures_over_time, service_figures
from supportcore.reports.journeys import (
    LevelMoves,
    fact_changes,
    fact_counts,
    highest_levels,
    level_moves,
    observed,
)
from supportcore.reports.replaying import Breach, Escalation, Failure, FindingCount, Report, breaches_of, replay, report_of

__all__ = [
    "Attained",
    "Breach",
    "CountedCycle",
    "Escalation",
    "Failure",
    "FindingCount",
    "LevelMoves",
    "Report",
    "ServiceFigures",
    "attainment",
    "breaches_of",
    "fact_changes",
    "fact_counts",
    "figures_over_time",
    "highest_levels",
    "level_moves",
    "observed",
    "replay",
    "report_of",
    "service_figures",
    "wilson",
]
