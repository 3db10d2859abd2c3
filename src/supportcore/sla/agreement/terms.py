"""The terms of a promise: its target, and the calendar that counts (SLA-5)."""

from datetime import datetime, timedelta

from attrs import field, frozen

from supportcore.calendars import Calendar, DayForm, deadline_micros
from supportcore.equality import equality_key
from supportcore.errors import DefinitionError
from supportcore.instants import micros, micros_of
from supportcore.sla.agreement.targets import Aim, NamedDate, Target


@frozen
class Terms:
    """The promise for a clock by name, its target, and the calendar that counts, with its name.

    `amount` is the target in microseconds if it is an amount of working time, `aim` any other target; both are `None`
    for a stopwatch. `agreement` is the name of the agreement, or of its edition, that promises it.
    """

    promise: str
    target: Target | None
    calendar: Calendar
    calendar_name: str
    amount: int | None = None
    aim: Aim | None = field(default=None, eq=equality_key)
    agreement: str = ""

    @property
    def moves(self) -> bool:
        """Whether pauses move the due date: they do for amounts and day forms, never for dates and instants (SLA-5)."""
        return not isinstance(self.aim, (NamedDate, datetime))

    def instant_from(self, start: int) -> int | None:
        """Return the instant of `aim` for a cycle that begins at `start`, in microseconds; `None` without an aim."""
        if self.aim is None:
            return None
        if isinstance(self.aim, NamedDate):
            return micros(self.aim.plan[self.aim.name_from(start)])
        if isinstance(self.aim, datetime):
            return micros(self.aim)
        return self.day_from(start, self.aim)

    def day_from(self, start: int, form: DayForm) -> int:
        """Return the instant of a day form counted from `start` on the calendar, in microseconds (CAL-8)."""
        if self.calendar.zone is None:
            raise DefinitionError(
                f"promise `{self.promise}` counts days on a calendar over several zones, which has no dates "
                "of its own; promise it on a calendar of one zone"
            )
        return deadline_micros(self.calendar.compiled, self.calendar.zone, start, form)

    def same_as(self, other: "Terms") -> bool:
        """Return whether both promise the same target on equal calendars."""
        if self is other:
            return True
        same = self.amount == other.amount and equality_key(self.aim) == equality_key(other.aim)
        return same and (self.calendar is other.calendar or self.calendar == other.calendar)

    @staticmethod
    def of(name: str, target: Target, calendar: Calendar, calendar_name: str, agreement: str) -> "Terms":
        """Return the terms of a promise; calendar and its name are the agreement's if the target has none."""
        own, amount = target.calendar, target.amount
        return Terms(
            promise=name,
            target=target,
            calendar=calendar if own is None else own,
            calendar_name=target.calendar_name or (calendar_name if own is None else ""),
            amount=micros_of(amount) if isinstance(amount, timedelta) else None,
            aim=None if isinstance(amount, timedelta) else amount,
            agreement=agreement,
        )
