"""Service level clocks: conditions, metrics, targets and agreements, and the clocks of a ticket by its events (SLA)."""

from typing import TYPE_CHECKING

from supportcore.first_use import names_on_first_use

if TYPE_CHECKING:
    from supportcore.sla.agreement.agreements import (
        Agreement as Agreement,
    )
    from supportcore.sla.agreement.budgets import (
        Budget as Budget,
    )
    from supportcore.sla.agreement.builtin import (
        agent_work as agent_work,
        first_reply as first_reply,
        next_reply as next_reply,
        periodic_update as periodic_update,
        reaction as reaction,
        requester_wait as requester_wait,
        resolution as resolution,
    )
    from supportcore.sla.agreement.conditions import (
        Condition as Condition,
        On as On,
        While as While,
    )
    from supportcore.sla.agreement.metrics import (
        Metric as Metric,
        Reopen as Reopen,
    )
    from supportcore.sla.agreement.policies import (
        ChangePolicy as ChangePolicy,
    )
    from supportcore.sla.agreement.promised import (
        Promised as Promised,
    )
    from supportcore.sla.agreement.targets import (
        NamedDate as NamedDate,
        Target as Target,
    )
    from supportcore.sla.agreement.terms import (
        Terms as Terms,
    )
    from supportcore.sla.agreement.thresholds import (
        Threshold as Threshold,
    )
    from supportcore.sla.causes import (
        Cause as Cause,
    )
    from supportcore.sla.checks.budgets import (
        budget_findings as budget_findings,
    )
    from supportcore.sla.checks.event_words import (
        EventWords as EventWords,
        words_of as words_of,
    )
    from supportcore.sla.checks.operational import (
        operational_findings as operational_findings,
        outer_findings as outer_findings,
    )
    from supportcore.sla.clock.clocks import (
        Clock as Clock,
        Clocks as Clocks,
        ThresholdReached as ThresholdReached,
        Upcoming as Upcoming,
    )
    from supportcore.sla.clock.cycles import (
        Cycle as Cycle,
        Phase as Phase,
        Result as Result,
    )
    from supportcore.sla.clock.levels import (
        LevelUse as LevelUse,
        consumed as consumed,
    )
    from supportcore.sla.clock.traces import (
        Segment as Segment,
        SegmentKind as SegmentKind,
    )
    from supportcore.sla.engine.run import (
        run_clocks as run_clocks,
    )
    from supportcore.sla.whatif import (
        ClockChange as ClockChange,
        impact as impact,
        reevaluate as reevaluate,
    )

if not TYPE_CHECKING:
    __getattr__, __dir__, __all__ = names_on_first_use(__name__)
