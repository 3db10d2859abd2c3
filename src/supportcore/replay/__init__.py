"""Ticket logs as files: the readers, their mapping files, and what the histories of a log say of themselves."""

from supportcore.replay.journeys import (
    LevelMoves,
    fact_changes,
    fact_counts,
    hand_overs,
    highest_levels,
    level_moves,
    observed,
)
from supportcore.replay.log import Log, rejects_as_csv
from supportcore.replay.mapping import LogMapping
from supportcore.replay.mapping_files import load_mapping, own_mappings
from supportcore.replay.mapping_reading import mapping_of
from supportcore.replay.reader import read_log, write_rejects
from supportcore.replay.reports import Breach, Escalation, Report, breaches_of, replay, report_of
from supportcore.replay.rows import Reject

__all__ = [
    "Breach",
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
