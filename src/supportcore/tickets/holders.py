"""Who holds a ticket over time, and how often it is handed over."""

from collections.abc import Iterable, Iterator

from attrs import frozen

from supportcore.tickets.events import Assigned, Event, HandedBack
from supportcore.tickets.histories import history_of
from supportcore.timelines import Timeline


@frozen
class Holder:
    """The holder of a ticket: level, team and person, each empty while it is not known."""

    level: str = ""
    team: str = ""
    person: str = ""


NOBODY = Holder()


@frozen
class HolderChange:
    """An event that names a holder, with the holders before and after it."""

    event: Assigned | HandedBack
    before: Holder
    after: Holder

    @property
    def is_hand_over(self) -> bool:
        """Whether a known level or team gives the ticket away."""
        known = ((self.before.level, self.after.level), (self.before.team, self.after.team))
        return isinstance(self.event, HandedBack) or any(before and before != after for before, after in known)


def holders_over_time(events: Iterable[Event]) -> Timeline[Holder]:
    """Return the holder of the ticket over time; `HandedBack` returns it to the level and team before.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    >>> holders_over_time([Assigned("T-1", at, level="first")]).at(at).level
    'first'
    """
    changes = ((change.event.instant, change.after, change.event) for change in _holder_changes(events))
    return Timeline.of(NOBODY, changes)


def hand_overs(history: Iterable[Event]) -> int:
    """Return how often the ticket changes from one level or team to another (SLA-14).

    Handing back counts. A change of the person alone does not, nor does the first assignment: a level or team that
    becomes known.

    >>> from datetime import UTC, datetime
    >>> at = [datetime(2026, 1, 5, hour, tzinfo=UTC) for hour in range(3)]
    >>> hand_overs([Assigned("T-1", at[0], level="first"), Assigned("T-1", at[1], level="second"),
    ...             HandedBack("T-1", at[2])])
    2
    """
    return sum(change.is_hand_over for change in _holder_changes(history))


def _holder_changes(events: Iterable[Event]) -> Iterator[HolderChange]:
    earlier: list[Holder] = []
    holder = NOBODY
    for event in history_of(events):
        if isinstance(event, Assigned):
            after = Holder(event.level or holder.level, event.team or holder.team, event.person)
            if (after.level, after.team) != (holder.level, holder.team):
                earlier.append(holder)
        elif isinstance(event, HandedBack):
            after = earlier.pop() if earlier else NOBODY
        else:
            continue
        yield HolderChange(event, holder, after)
        holder = after
