"""Priorities, clocks and escalation of a support desk, as pure functions over plain values.

`load` reads a service concept, `evaluate` returns the case of a ticket, and `case.explain("de")` gives its reasons.
Each name loads its package on first use, so that `import supportcore` is quick.
"""

from typing import TYPE_CHECKING

from supportcore.first_use import names_on_first_use

__version__ = "0.1.0"

if TYPE_CHECKING:
    from supportcore import (
        assurance as assurance,
        calendars as calendars,
        concept as concept,
        domains as domains,
        escalation as escalation,
        evaluation as evaluation,
        logs as logs,
        priority as priority,
        reports as reports,
        rules as rules,
        sla as sla,
        tickets as tickets,
    )
    from supportcore.assurance import (
        check as check,
    )
    from supportcore.bounds import Bounds as Bounds
    from supportcore.calendars import (
        BusinessCalendar as BusinessCalendar,
        By as By,
        DayHours as DayHours,
        EndOfWorkingDay as EndOfWorkingDay,
        HolidayCalendar as HolidayCalendar,
        WorkingDays as WorkingDays,
        always_open as always_open,
        public_holidays as public_holidays,
    )
    from supportcore.concept import (
        Directory as Directory,
        ServiceConcept as ServiceConcept,
        example as example,
        load as load,
        loads as loads,
    )
    from supportcore.domains import (
        Choice as Choice,
        Day as Day,
        Flag as Flag,
        Integer as Integer,
        Minutes as Minutes,
        Number as Number,
        NumberGap as NumberGap,
        Scale as Scale,
        Subset as Subset,
        TimeOfDay as TimeOfDay,
        Vocabulary as Vocabulary,
    )
    from supportcore.errors import (
        ConceptError as ConceptError,
        DefinitionError as DefinitionError,
        FactError as FactError,
        FileError as FileError,
        HistoryError as HistoryError,
        InstantRangeError as InstantRangeError,
        MissingExtraError as MissingExtraError,
        MissingFactError as MissingFactError,
        NaiveDatetimeError as NaiveDatetimeError,
        NeverClosedError as NeverClosedError,
        NeverOpenError as NeverOpenError,
        NoDecisionError as NoDecisionError,
        NotBuiltError as NotBuiltError,
        Problem as Problem,
        RuleConflictError as RuleConflictError,
        SupportcoreError as SupportcoreError,
        UnknownNameError as UnknownNameError,
        UnknownYearError as UnknownYearError,
        ZoneError as ZoneError,
    )
    from supportcore.escalation import (
        After as After,
        Key as Key,
        Ladder as Ladder,
        Layer as Layer,
        Notification as Notification,
        Percent as Percent,
        Person as Person,
        Roster as Roster,
        Rotation as Rotation,
        Step as Step,
        due as due,
        plan as plan,
    )
    from supportcore.evaluation import (
        Case as Case,
        evaluate as evaluate,
    )
    from supportcore.findings import (
        Finding as Finding,
    )
    from supportcore.logs import (
        Log as Log,
        LogMapping as LogMapping,
        load_mapping as load_mapping,
        read_log as read_log,
    )
    from supportcore.priority import (
        PriorityPolicy as PriorityPolicy,
    )
    from supportcore.reports import (
        Report as Report,
        replay as replay,
    )
    from supportcore.rules import (
        Decision as Decision,
        DecisionTable as DecisionTable,
        Rule as Rule,
        Waiver as Waiver,
        diff_tables as diff_tables,
        verify as verify,
    )
    from supportcore.sla import (
        Agreement as Agreement,
        ChangePolicy as ChangePolicy,
        Clock as Clock,
        Metric as Metric,
        On as On,
        Reopen as Reopen,
        Target as Target,
        Threshold as Threshold,
        While as While,
        run_clocks as run_clocks,
    )
    from supportcore.tickets import (
        Accepted as Accepted,
        Actor as Actor,
        AgentReplied as AgentReplied,
        AlarmRaised as AlarmRaised,
        Assigned as Assigned,
        Attached as Attached,
        Cancelled as Cancelled,
        Closed as Closed,
        CustomerReplied as CustomerReplied,
        DueOverridden as DueOverridden,
        Escalated as Escalated,
        Event as Event,
        Excused as Excused,
        FactsChanged as FactsChanged,
        HandedBack as HandedBack,
        History as History,
        Merged as Merged,
        Opened as Opened,
        PageAcknowledged as PageAcknowledged,
        Paused as Paused,
        PriorityOverridden as PriorityOverridden,
        ReceiptConfirmed as ReceiptConfirmed,
        Reopened as Reopened,
        Resolved as Resolved,
        Resumed as Resumed,
        Snoozed as Snoozed,
        SolutionTold as SolutionTold,
        Surveyed as Surveyed,
        Withdrawn as Withdrawn,
        WorkLogged as WorkLogged,
        history_of as history_of,
    )
    from supportcore.tickets.event_json import (
        dump_events as dump_events,
        load_events as load_events,
    )
    from supportcore.timelines import (
        Editions as Editions,
        Timeline as Timeline,
    )

if not TYPE_CHECKING:
    __getattr__, __dir__, __all__ = names_on_first_use(__name__)
