"""What a desk is measured by beside its clocks: first contact, reopenings, hand-overs, how content customers are."""

from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from supportcore.several import several
from supportcore.sla.attainment import wilson
from supportcore.tickets import Assigned, Event, HandedBack, History, Reopened, Resolved, Surveyed, history_of

__all__ = ["ServiceFigures", "hand_overs", "service_figures", "solved_at_first_contact"]


@frozen
class ServiceFigures:
    """Counts over the tickets of a period (SLA-14).

    `first_contact` are those of the solved ones that never left where they were taken in and were not reopened.
    `reopened` are tickets, `reopenings` and `hand_overs` events. `scores` are those of the surveys, in order.
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
        """The share of the solved ones that were solved at first contact; none where none was solved."""
        return Fraction(self.first_contact, self.solved) if self.solved else None

    @property
    def first_contact_interval(self) -> tuple[float, float] | None:
        """Between which shares the true one lies with 95 % confidence, after Wilson."""
        return wilson(self.first_contact, self.solved) if self.solved else None

    @property
    def mean_score(self) -> Fraction | None:
        """The mean of the customers' scores; none where nobody was asked or answered."""
        return Fraction(sum(self.scores), len(self.scores)) if self.scores else None


def service_figures(histories: Iterable[Iterable[Event]]) -> ServiceFigures:
    """The figures over many tickets (SLA-14).

    >>> from datetime import UTC, datetime
    >>> from supportcore.tickets import Opened
    >>> at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    >>> figures = service_figures([[Opened("T-1", at), Resolved("T-1", at), Surveyed("T-1", at, score=4)]])
    >>> figures.first_contact_share, figures.mean_score
    (Fraction(1, 1), Fraction(4, 1))
    """
    every = [history_of(events) for events in several(histories)]
    solved = [history for history in every if any(isinstance(event, Resolved) for event in history)]
    reopenings = [sum(isinstance(event, Reopened) for event in history) for history in every]
    return ServiceFigures(
        tickets=len(every),
        solved=len(solved),
        first_contact=sum(solved_at_first_contact(history) for history in solved),
        reopened=sum(count > 0 for count in reopenings),
        reopenings=sum(reopenings),
        hand_overs=sum(hand_overs(history) for history in every),
        scores=tuple(sorted(event.score for history in every for event in history if isinstance(event, Surveyed))),
    )


def hand_overs(history: History) -> int:
    """How often a ticket went from one level or team to another, back included.

    A change of the person alone is none, nor is the first level or team that becomes known.
    """
    count = 0
    holder: tuple[str, str] | None = None
    for event in history:
        if isinstance(event, HandedBack):
            count += 1
            holder = None
        elif isinstance(event, Assigned):
            level, team = holder or ("", "")
            now = (event.level or level, event.team or team)
            count += any(one and one != other for one, other in zip((level, team), now, strict=True))
            holder = now
    return count


def solved_at_first_contact(history: History) -> bool:
    """Whether a ticket was solved by those who took it in, for good: no hand-over, and never reopened (row B6)."""
    solved = any(isinstance(event, Resolved) for event in history)
    return solved and not hand_overs(history) and not any(isinstance(event, Reopened) for event in history)
