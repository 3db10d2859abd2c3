"""The terms of a cycle: a target on a calendar, and the rule that chose it (SLA-5)."""

from datetime import datetime, timedelta

from attrs import frozen

from supportcore.calendars import Calendar, DayForm, deadline_micros
from supportcore.errors import DefinitionError
from supportcore.instants import micros, micros_of
from supportcore.rules import Rule
from supportcore.sla.agreement.targets import Aim, NamedDate, Target


@frozen
class Terms:
    """What holds for a clock: the promise by name, its target, and the calendar that counts.

    `amount` is the target in microseconds where it is an amount of working time; `aim` is what else may be
    promised. Both are none where nothing is. `agreement` is the name of the agreement, or of its edition, that
    promises it.
    """

    promise: str
    target: Target | None
    calendar: Calendar
    hours: str
    amount: int | None = None
    aim: Aim | None = None
    agreement: str = ""

    @property
    def moves(self) -> bool:
        """Whether pauses move what is due: amounts and day forms, never dates and instants (SLA-5)."""
        return not isinstance(self.aim, (NamedDate, datetime))

    def instant_from(self, start: int) -> int | None:
        """Where the aim lies for a cycle that began then, in microseconds; none for an amount or nothing."""
        if self.aim is None:
            return None
        if isinstance(self.aim, NamedDate):
            return self.aim.chosen(start)[1]
        if isinstance(self.aim, datetime):
            return micros(self.aim)
        return self.day_from(start, self.aim)

    def day_from(self, start: int, form: DayForm) -> int:
        """Where a day form counted from an instant lies on the calendar, in microseconds (CAL-8)."""
        if self.calendar.zone is None:
            raise DefinitionError(
                f"promise `{self.promise}` counts days on a calendar over several zones, which has no dates "
                "of its own; promise it on a calendar of one zone"
            )
        return deadline_micros(self.calendar.compiled, self.calendar.zone, start, form)

    def same_as(self, other: "Terms") -> bool:
        """Whether both promise the same: what, and on which calendar."""
        if self is other:
            return True
        same = self.amount == other.amount and self.aim == other.aim
        return same and (self.calendar is other.calendar or self.calendar == other.calendar)

    @staticmethod
    def of(name: str, target: Target, calendar: Calendar, hours: str, agreement: str) -> "Terms":
        """The terms of a promise; calendar and hours are the agreement's where the target has none of its own."""
        own = target.calendar is not None
        amount = target.amount
        return Terms(
            promise=name,
            target=target,
            calendar=target.calendar if target.calendar is not None else calendar,
            hours=target.hours or ("" if own else hours),
            amount=micros_of(amount) if isinstance(amount, timedelta) else None,
            aim=None if isinstance(amount, timedelta) else amount,
            agreement=agreement,
        )


@frozen
class Chosen:
    """The terms that a table chose under the facts of a stretch of time, and the rule that did."""

    terms: Terms
    rule: Rule | None
    priority: str | None
