"""Priorities, clocks, escalation and contracts of a support desk, as pure functions over plain values.

The public API: a curated list of names, each imported from its package when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

ROOMS: dict[str, tuple[str, ...]] = {
    "supportcore.errors": (
        "ConceptError",
        "DefinitionError",
        "FactError",
        "HistoryError",
        "InstantRangeError",
        "MissingExtraError",
        "MissingFactError",
        "NaiveDatetimeError",
        "NeverClosedError",
        "NeverOpenError",
        "NoDecisionError",
        "NotBuiltError",
        "Problem",
        "RuleConflictError",
        "SupportcoreError",
        "UnknownYearError",
        "UnknownNameError",
        "ZoneError",
    ),
    "supportcore.domains": (
        "Choice",
        "Day",
        "Flag",
        "Integer",
        "Minutes",
        "Number",
        "Scale",
        "Subset",
        "Vocabulary",
    ),
    "supportcore.findings": ("Finding",),
    "supportcore.priority": ("PriorityPolicy",),
    "supportcore.rules": ("Decision", "DecisionTable", "Rule", "Waiver", "diff_tables", "recover", "verify"),
    "supportcore.calendars": (
        "BusinessCalendar",
        "By",
        "DayHours",
        "EndOfWorkingDay",
        "HolidayCalendar",
        "WorkingDays",
        "always_open",
        "public_holidays",
    ),
    "supportcore.timelines": ("Edition", "Editions", "Piece", "Timeline"),
    "supportcore.tickets": (
        "Accepted",
        "Actor",
        "AgentReplied",
        "AlarmRaised",
        "Assigned",
        "Attached",
        "Cancelled",
        "Closed",
        "CustomerReplied",
        "DueOverridden",
        "Escalated",
        "Event",
        "Excused",
        "FactsChanged",
        "HandedBack",
        "History",
        "Merged",
        "Opened",
        "PageAcknowledged",
        "Paused",
        "PriorityOverridden",
        "ReceiptConfirmed",
        "Reopened",
        "Resolved",
        "Resumed",
        "Snoozed",
        "SolutionTold",
        "Surveyed",
        "Withdrawn",
        "WorkLogged",
        "history_of",
    ),
    "supportcore.concept": ("Directory", "ServiceConcept", "example", "load", "loads"),
    "supportcore.escalation": ("due",),
    "supportcore.tickets.event_json": ("dump_events", "load_events"),
    "supportcore.evaluation": ("Case", "evaluate"),
    "supportcore.logs": ("Log", "LogMapping", "load_mapping", "read_log", "write_rejects"),
    "supportcore.reports": ("Report", "replay"),
    "supportcore.assurance": ("check",),
}
ROOM_OF = {name: room for room, names in ROOMS.items() for name in names}

__all__ = sorted(ROOM_OF)

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        try:
            room = ROOM_OF[name]
        except KeyError:
            raise AttributeError(f"supportcore has no name `{name}`") from None
        value = getattr(import_module(room), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return [*__all__, *globals()]
