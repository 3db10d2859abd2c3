"""The slow twin of the time that each level used: who had the ticket is looked up anew for every second (SLA-11)."""

from collections.abc import Iterable, Sequence

from supportcore.tickets import Assigned, Event, HandedBack
from tests.oracles.cycles import SECOND, Excuses, TwinCycle, excused, is_open
from tests.oracles.tickets import in_order, micros


def used_by_level(cycle: TwinCycle, events: Sequence[Event], excuses: Excuses = ()) -> dict[str, int]:
    """How much of a cycle's time each level had, second by second, what was carried into it included (SLA-11).

    Excused seconds do not count.
    """
    ordered = [(micros(event.at), event) for event in in_order(events)]
    mine = [second for second, paused, calendar in cycle.life if not paused and is_open(calendar, second)]
    found = {} if cycle.carried_from is None else used_by_level(cycle.carried_from, events, excuses)
    for second in (one for one in (*mine, *cycle.gap) if not excused(one, excuses)):
        level = level_after(event for at, event in ordered if at <= second)
        found[level] = found.get(level, 0) + SECOND
    return found


def level_after(events: Iterable[Event]) -> str:
    """The level that has a ticket after these events: the last that was given it and has not handed it back."""
    had: list[tuple[str, str]] = [("", "")]
    for event in events:
        if isinstance(event, Assigned):
            given = (event.level or had[-1][0], event.team or had[-1][1])
            had += [given] if given != had[-1] else []
        elif isinstance(event, HandedBack) and len(had) > 1:
            had.pop()
    return had[-1][0]
