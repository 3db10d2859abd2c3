"""Who holds a ticket over time."""

from collections.abc import Iterable

from attrs import frozen

from supportcore.tickets.events import Assigned, Event, HandedBack
from supportcore.tickets.histories import history_of
from supportcore.timelines import Timeline


@frozen
class Holder:
    """Who has a ticket: level, team and person, each empty where it is not known."""

    level: str = ""
    team: str = ""
    person: str = ""


NOBODY = Holder()


def holders_over_time(events: Iterable[Event]) -> Timeline[Holder]:
    """Who had a ticket when; one that is handed back is again with the level and team before.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    >>> holders_over_time([Assigned("T-1", at, level="first")]).at(at).level
    'first'
    """
    before: list[Holder] = []
    now = NOBODY
    changes: list[tuple[int, Holder, object]] = []
    for event in history_of(events):
        if isinstance(event, Assigned):
            same = (event.level or now.level, event.team or now.team) == (now.level, now.team)
            if not same:
                before.append(now)
            now = Holder(event.level or now.level, event.team or now.team, event.person)
        elif isinstance(event, HandedBack):
            now = before.pop() if before else NOBODY
        else:
            continue
        changes.append((event.instant, now, event))
    return Timeline.of(NOBODY, changes)
