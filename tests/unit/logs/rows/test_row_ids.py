"""Rows with ids: the events of a row have its id, and an id occurs once in a ticket."""

from pathlib import Path

from supportcore.logs import read_log, structure_mapping

MAPPING = structure_mapping(
    {
        "format": 0,
        "name": "log",
        "zone": "UTC",
        "dates": "year first",
        "files": [{"name": "log", "rows": "snapshots", "ticket": "ticket", "time": "at", "id": "id"}],
        "events": [{"event": "resolved", "column": "event", "says": ["resolved"]}],
    }
)


def test_an_event_has_the_id_or_else_the_place_of_its_row(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("id,ticket,at,event\na,T-1,2026-01-05 09:00,opened\n,T-1,2026-01-05 10:00,resolved\n")
    events = read_log(MAPPING, path).histories["T-1"].events
    assert [event.id for event in events] == ["a", "a/2", "log.csv:3"]


def test_a_repeated_id_in_a_ticket_sets_its_row_aside(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = "a,T-1,2026-01-05 09:00,opened\na,T-1,2026-01-05 10:00,resolved\na,T-2,2026-01-05 11:00,opened\n"
    path.write_text("id,ticket,at,event\n" + rows)
    log = read_log(MAPPING, path)
    assert [(reject.line, reject.reason) for reject in log.rejects] == [(3, "line 2 has the id `a` too")]
    assert list(log.histories) == ["T-1", "T-2"]
