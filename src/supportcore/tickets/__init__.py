"""Tickets as histories of events: event types, actors, order, facts and holders over time."""

from typing import TYPE_CHECKING

from supportcore.first_use import names_on_first_use

if TYPE_CHECKING:
    from supportcore.tickets.actors import (
        ROLES as ROLES,
        Actor as Actor,
        Role as Role,
        parse_actor as parse_actor,
    )
    from supportcore.tickets.events import (
        KINDS as KINDS,
        Accepted as Accepted,
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
        Fact as Fact,
        Facts as Facts,
        FactsChanged as FactsChanged,
        HandedBack as HandedBack,
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
    )
    from supportcore.tickets.facts import (
        facts_over_time as facts_over_time,
        overrides_over_time as overrides_over_time,
    )
    from supportcore.tickets.histories import (
        History as History,
        event_order as event_order,
        history_as_of as history_as_of,
        history_of as history_of,
    )
    from supportcore.tickets.holders import (
        Holder as Holder,
        hand_overs as hand_overs,
        holders_over_time as holders_over_time,
    )
    from supportcore.tickets.kinds import (
        kind_name as kind_name,
        parse_kind as parse_kind,
    )

if not TYPE_CHECKING:
    __getattr__, __dir__, __all__ = names_on_first_use(__name__)
