"""The basis of a cycle: the terms that it is measured by, since when, and why (SLA-5, SLA-9)."""

from attrs import frozen

from supportcore.calendars import CompiledHours
from supportcore.rules import Rule
from supportcore.sla.agreement.terms import Terms
from supportcore.sla.causes import Cause

# Before every cycle.
ALWAYS = -(1 << 62)


@frozen
class Counting:
    """From `since` on, in microseconds, time is counted on the calendar of these terms; before that, see `earlier`."""

    since: int
    terms: Terms
    cause: Cause | None = None
    earlier: "Counting | None" = None


@frozen
class Basis:
    """What a cycle is measured by over a part of its life; each change of terms that it follows makes another.

    `rule` and `priority` are those for which the terms were chosen. `allowed` is the target in microseconds if it is an
    amount; it differs from the promised amount if a change carried a share of the old target or an earlier promise cuts
    it (SLA-9). For a day form or a date, `instant` is where it lies as seen from `origin`, once a cycle has begun. Both
    are `None` for a stopwatch. `counted` holds the calendars that counted, `None` if that of the terms always did.
    `cause` is the change that brought the basis.
    """

    terms: Terms
    rule: Rule | None
    priority: str | None
    allowed: int | None
    instant: int | None = None
    origin: int = 0
    counted: Counting | None = None
    cause: Cause | None = None

    @property
    def promises(self) -> bool:
        """Whether anything falls due."""
        return self.allowed is not None or self.instant is not None

    @property
    def hours(self) -> CompiledHours:
        """The opening hours that count."""
        return self.terms.calendar.compiled

    @property
    def counting(self) -> Counting:
        """The calendars on which the time of the cycle is counted."""
        return self.counted or Counting(ALWAYS, self.terms)

    def begun(self, start: int) -> "Basis":
        """Return the basis of a cycle measured by it from `start` on."""
        if self.terms.aim is None:
            return self
        return Basis(self.terms, self.rule, self.priority, None, self.terms.instant_from(start), start)

    def due_with(self, at: int, elapsed: int) -> int:
        """Return where a day form or date lies if `elapsed` has passed by `at`; pauses move a day form (SLA-5).

        What elapsed before the origin counts against it.
        """
        assert self.instant is not None, "only a day form or a date has an instant"
        if not self.terms.moves:
            return self.instant
        return self.hours.add(self.instant, self.hours.between(self.origin, at) - elapsed)

    def is_certain(self, due: int, at: int, paused: bool) -> bool:
        """Return whether no pause moves a due instant: it is a date, or no open time lies between `at` and it."""
        return not paused or not self.terms.moves or self.hours.between(at, due) <= 0
