"""Columns under `words`: a typo sets its row aside (G-9)."""

from pathlib import Path

import pytest

from supportcore.errors import ConceptError
from supportcore.logs import read_log, structure_mapping

MAPPING = {
    "format": 0,
    "name": "log",
    "zone": "UTC",
    "dates": "year first",
    "files": [{"name": "log", "rows": "snapshots", "ticket": "ticket", "time": "at"}],
    "words": {"event": ["opened", "viewed"]},
    "events": [{"event": "resolved", "column": "event", "says": ["resolved"]}],
}
ROWS = (
    "T-1,2026-01-05 09:00,opened\nT-1,2026-01-05 10:00,resolvd\nT-1,2026-01-05 11:00,resolved\nT-1,2026-01-05 12:00,\n"
)


def test_another_word_sets_its_row_aside(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("ticket,at,event\n" + ROWS)
    log = read_log(structure_mapping(MAPPING), path)
    assert [(reject.line, reject.reason) for reject in log.rejects] == [
        (
            3,
            "column `event`: `resolvd` is not a word of the mapping; expected one of `resolved`, `opened`, `viewed`; "
            "did you mean `resolved`?",
        )
    ]
    assert log.rows == log.rows_with_events + log.unchanged + len(log.rejects)
    assert log.unchanged == 1  # the row without a word


def test_a_missing_column_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("ticket,at,evnt\nT-1,2026-01-05 09:00,opened\n")
    mapping = structure_mapping({**MAPPING, "events": []})
    with pytest.raises(ConceptError) as caught:
        read_log(mapping, path)
    assert [str(problem) for problem in caught.value.problems] == [
        "words.event: `event` is not a column; the file has `ticket`, `at`, `evnt`; did you mean `evnt`?"
    ]
