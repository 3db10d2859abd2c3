"""Laws of reading logs: every row is accounted for, and rows of different instants may be in any order."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, strategies as st

from supportcore.logs import Log, read_log, structure_mapping
from supportcore.tickets import History

MAPPING = structure_mapping(
    tomllib.loads(
        """
        format = 0
        name = "desk"
        zone = "Europe/Berlin"
        dates = "day first"
        [[files]]
        name = "rows"
        rows = "snapshots"
        ticket = "ticket"
        time = "at"
        [opened]
        at = "opened"
        [states]
        column = "state"
        open = ["New"]
        resolved = ["Solved"]
        closed = ["Closed"]
        waiting = { customer = ["Waiting"], supplier = ["Vendor"] }
        [assigned]
        team = "team"
        [facts]
        users = { column = "users", kind = "whole number" }
        """
    )
)
HEAD = "ticket,opened,at,state,team,users"


def cell(*good: str) -> st.SearchStrategy[str]:
    """Mostly a valid text, sometimes another one."""
    return st.sampled_from([*good * 4, "", "?", "x"])


TIMES = ("5.1.2026 08:00", "5.1.2026 09:00", "25.10.2026 02:30", "29.3.2026 02:30", "6.1.2026 00:00")
ROWS = st.lists(
    st.one_of(
        st.tuples(
            cell("T-1", "T-2"),
            cell("5.1.2026 09:00"),
            cell(*TIMES),
            cell("New", "Waiting", "Vendor", "Solved", "Closed"),
            cell("desk", "net"),
            cell("1", "2"),
        ).map(",".join),
        st.text(alphabet='a,"\n\x00é', max_size=12),
    ),
    max_size=12,
)


def log_of(rows: Sequence[str]) -> Log:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        path.write_text("\n".join([HEAD, *rows]), encoding="utf-8", newline="")
        return read_log(MAPPING, path)


@given(ROWS)
def test_g_9_every_row_is_accounted_for(rows: list[str]) -> None:
    log = log_of(rows)
    assert log.rows == log.rows_with_events + log.unchanged + len(log.rejects)
    assert log.events == sum(map(len, log.histories.values()))
    assert all(reject.reason and reject.line > 1 for reject in log.rejects)
    for ticket, history in log.histories.items():
        assert history.ticket == ticket
        assert history.opening is not None


def own(history: History) -> list[tuple[object, ...]]:
    """The events without the ids that name their lines."""
    return [(type(event), event.instant, event.sequence, event.by, getattr(event, "facts", None)) for event in history]


@given(st.lists(st.integers(0, 40), unique=True, min_size=1, max_size=8), st.data())
def test_g_7_rows_of_different_instants_may_be_in_any_order(minutes: list[int], data: st.DataObject) -> None:
    states = st.sampled_from(["New", "Waiting", "Vendor", "Solved", "Closed"])
    rows = [f"T-1,5.1.2026 09:00,5.1.2026 09:{minute:02},{data.draw(states)},desk,{minute % 3}" for minute in minutes]
    mixed = data.draw(st.permutations(rows))
    one, other = log_of(rows), log_of(mixed)
    assert own(one.histories["T-1"]) == own(other.histories["T-1"])
    assert (one.rows_with_events, one.unchanged) == (other.rows_with_events, other.unchanged)
