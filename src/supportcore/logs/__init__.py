"""Ticket logs: read from files through mappings, what they say of themselves, and their replay under a concept."""

from supportcore.logs.journeys import (
    LevelMoves,
    fact_changes,
    fact_counts,
    hand_overs,
    highest_levels,
    level_moves,
    observed,
)
from supportcore.logs.log import Log, rejects_as_csv
from supportcore.logs.mapping import LogMapping
from supportcore.logs.mapping_files import load_mapping, own_mappings
from supportcore.logs.mapping_reading import mapping_of
from supportcore.logs.reader import read_log, write_rejects
from supportcore.logs.reports import Breach, Counted, Escalation, Report, breaches_of, replay, report_of
from supportcore.logs.rows import Reject

__all__ = [
    "Breach",
    "Counted",
    "Escalation",
    "LevelMoves",
    "Log",
    "LogMapping",
    "Reject",
    "Report",
    "breaches_of",
    "fact_changes",
    "fact_counts",
    "hand_overs",
    "highest_levels",
    "level_moves",
    "load_mapping",
    "mapping_of",
    "observed",
    "own_mappings",
    "read_log",
    "rejects_as_csv",
    "replay",
    "report_of",
    "write_rejects",
]
