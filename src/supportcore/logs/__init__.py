"""Ticket logs: read the exported files of a help desk as histories, through a mapping."""

from supportcore.logs.log import Log, rejects_as_csv
from supportcore.logs.mapping.files import load_mapping, own_mappings
from supportcore.logs.mapping.mapping import LogMapping
from supportcore.logs.mapping.parsing import structure_mapping
from supportcore.logs.reader import read_log, write_rejects
from supportcore.logs.rows.rows import Reject

__all__ = [
    "Log",
    "LogMapping",
    "Reject",
    "load_mapping",
    "own_mappings",
    "read_log",
    "rejects_as_csv",
    "structure_mapping",
    "write_rejects",
]
