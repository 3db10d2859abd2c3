"""Rows with ids of their own: events are named after them, and one id is one row of a ticket."""

from pathlib import Path

from supportcore.logs import mapping_of, read_log

MAPPING = mapping_of(
    {
        "format": 0,
        "name": "log",
        "zone": "UTC",
        "dates": "year first",
        "files": [{"name": "log", "rows": "snapshots", "ticket": "ticket", "time": "at", "id": "id"}],
        "events": [{"event": "resolved", "column": "event", "says": ["resolved"]}],
    }
)


def test_an_event_has_the_id_of_its_row_and_a_row_without_one_its_place(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("id,ticket,at,event\na,T-1,2026-01-05 09:00,opened\n,T-1,2026-01-05 10:00,resolved\n")
    events = read_log(MAPPING, path).histories["T-1"].events
    assert [event.id for event in events] == ["a", "a/2", "log.csv:3"]


def test_an_id_that_stands_twice_in_a_ticket_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = "a,T-1,2026-01-05 09:00,opened\na,T-1,2026-01-05 10:00,resolved\na,T-2,2026-01-05 11:00,opened\n"
    path.write_text("id,ticket,at,event\n" + rows)
    log = read_log(MAPPING, path)
    assert [(reject.line, reject.reason) for reject in log.rejects] == [(3, "the id `a` stands already in line 2")]
    assert list(log.histories) == ["T-1", "T-2"]
