"""Service figures beside clocks: solutions at first contact, reopenings, hand-overs, and survey scores."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal, get_args

from attrs import frozen

from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.instants import datetime_of, zone
from supportcore.mappings import FrozenMapping, several
from supportcore.reports.attained import wilson
from supportcore.tickets import Event, History, Reopened, Resolved, Surveyed, hand_overs, history_of

Period = Literal["week", "month", "quarter", "year"]

# The first day of a period plus these many days lies in the next period.
AHEAD: dict[Period, int] = {"week": 7, "month": 31, "quarter": 92, "year": 366}


@frozen
class ServiceFigures:
    """Counts over the tickets of a period (SLA-14).

    `first_contact` counts the tickets that were solved without a hand-over and never reopened. `reopened` counts
    tickets and `reopenings` counts events. `hand_overs` is the sum of `tickets.hand_overs`. `scores` are the scores of
    surveys in ascending order.
    """

    tickets: int
    solved: int
    first_contact: int
    reopened: int
    reopenings: int
    hand_overs: int
    scores: tuple[int, ...]

    @property
    def first_contact_share(self) -> Fraction | None:
        """The share of solved tickets that were solved at first contact; `None` without solved tickets."""
        return Fraction(self.first_contact, self.solved) if self.solved else None

    @property
    def first_contact_interval(self) -> tuple[float, float] | None:
        """The 95 % Wilson confidence interval of this share; `None` without solved tickets."""
        return wilson(self.first_contact, self.solved) if self.solved else None

    @property
    def mean_score(self) -> Fraction | None:
        """The mean score of the surveys; `None` without surveys."""
        return Fraction(sum(self.scores), len(self.scores)) if self.scores else None


def service_figures(histories: Iterable[Iterable[Event]]) -> ServiceFigures:
    """Return the figures over many tickets (SLA-14).

    >>> from datetime import UTC, datetime
    >>> from supportcore.tickets import Opened
    >>> at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    >>> figures = service_figures([[Opened("T-1", at), Resolved("T-1", at), Surveyed("T-1", at, score=4)]])
    >>> figures.first_contact_share, figures.mean_score
    (Fraction(1, 1), Fraction(4, 1))
    """
    return _figures([history_of(events) for events in several(histories)])


def figures_over_time(
    histories: Iterable[Iterable[Event]], *, every: Period = "month", tz: str
) -> FrozenMapping[date, ServiceFigures]:
    """Return the figures of each week, month, quarter or year by its first day, in order (row B6).

    A ticket belongs to the period of the local day of its opening, or of its first event if it has no opening. A period
    without tickets between others has figures too. Raises `DefinitionError` for another period and `ZoneError` for an
    unknown zone.

    >>> from datetime import UTC, datetime
    >>> from supportcore.tickets import Opened
    >>> opened = [Opened("T-1", datetime(2026, 1, 31, 23, tzinfo=UTC)), Opened("T-2", datetime(2026, 4, 1, tzinfo=UTC))]
    >>> found = figures_over_time([[event] for event in opened], tz="Europe/Berlin")
    >>> [(f"{month:%B}", figures.tickets) for month, figures in found.items()]
    [('February', 1), ('March', 0), ('April', 1)]
    """
    if every not in get_args(Period):
        near = did_you_mean(str(every), get_args(Period))
        raise DefinitionError(f"`{every}` is not a period; expected one of {listed(get_args(Period))}{near}")
    if not isinstance(tz, str):
        raise DefinitionError(f"`tz` is `{tz}`; expected the name of a zone such as `Europe/Berlin`")
    where = zone(tz)
    periods: dict[date, list[History]] = {}
    for events in several(histories):
        history = history_of(events)
        if history.events:
            first = history.opening or history.events[0]
            day = datetime_of(first.instant, where).date()
            periods.setdefault(_first_day(day, every), []).append(history)
    found: dict[date, ServiceFigures] = {}
    period, last = min(periods, default=date.max), max(periods, default=date.min)
    while period <= last:
        found[period] = _figures(periods.get(period, []))
        period = _first_day(period + timedelta(days=AHEAD[every]), every)
    return FrozenMapping(found)


def _first_day(day: date, every: Period) -> date:
    if every == "week":
        return day - timedelta(days=day.weekday())
    months = {"month": day.month, "quarter": day.month - (day.month - 1) % 3, "year": 1}
    return date(day.year, months[every], 1)


def _figures(histories: list[History]) -> ServiceFigures:
    solved = [history for history in histories if any(isinstance(event, Resolved) for event in history)]
    reopenings = [sum(isinstance(event, Reopened) for event in history) for history in histories]
    return ServiceFigures(
        tickets=len(histories),
        solved=len(solved),
        first_contact=sum(solved_at_first_contact(history) for history in solved),
        reopened=sum(count > 0 for count in reopenings),
        reopenings=sum(reopenings),
        hand_overs=sum(hand_overs(history) for history in histories),
        scores=tuple(sorted(event.score for history in histories for event in history if isinstance(event, Surveyed))),
    )


def solved_at_first_contact(history: History) -> bool:
    """Return whether a ticket was resolved without a hand-over and never reopened (row B6)."""
    solved = any(isinstance(event, Resolved) for event in history)
    return solved and not hand_overs(history) and not any(isinstance(event, Reopened) for event in history)
