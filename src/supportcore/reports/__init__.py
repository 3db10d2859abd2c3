"""Figures over many tickets: replay, attainment, service figures and counts without a concept."""

from typing import TYPE_CHECKING

from supportcore.first_use import names_on_first_use

if TYPE_CHECKING:
    from supportcore.reports.attained import (
        Attained as Attained,
        CountedCycle as CountedCycle,
        attainment as attainment,
        wilson as wilson,
    )
    from supportcore.reports.figures import (
        ServiceFigures as ServiceFigures,
        figures_over_time as figures_over_time,
        service_figures as service_figures,
    )
    from supportcore.reports.journeys import (
        LevelMoves as LevelMoves,
        fact_changes as fact_changes,
        fact_counts as fact_counts,
        highest_levels as highest_levels,
        level_moves as level_moves,
        observed as observed,
    )
    from supportcore.reports.replaying import (
        Breach as Breach,
        Escalation as Escalation,
        Failure as Failure,
        FindingCount as FindingCount,
        Report as Report,
        breaches_of as breaches_of,
        replay as replay,
        report_of as report_of,
    )

if not TYPE_CHECKING:
    __getattr__, __dir__, __all__ = names_on_first_use(__name__)
