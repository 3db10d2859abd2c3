"""Thresholds: instants worth a warning before or after a clock is due (SLA-10)."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from supportcore.calendars import DayForm, EndOfWorkingDay, WorkingDays
from supportcore.errors import DefinitionError
from supportcore.instants import micros_of


@frozen(repr=False)
class Threshold:
    """A point at which to warn: the earliest instant at which the remaining time falls to a value (SLA-10).

    `percent`, `before`, `after` and `days_from_due` return thresholds; `name` is the name in warnings.

    >>> Threshold.percent(75), Threshold.before(timedelta(minutes=30))
    (Threshold(75 %), Threshold(0:30:00 before due))
    """

    name: str
    share: Fraction = Fraction(1)
    offset: int = 0
    days: DayForm | None = None

    def __repr__(self) -> str:
        return f"Threshold({self.name})"

    @staticmethod
    def percent(percent: int | Fraction | Decimal) -> "Threshold":
        """Return the threshold at which this percentage of the target is used: `(1 − p) · target` remains."""
        finite = percent.is_finite() if isinstance(percent, Decimal) else type(percent) in (int, Fraction)
        if not finite or percent < 0:
            raise DefinitionError(
                f"`{percent}` is not a percentage of a target; give a whole number, `Decimal` or "
                f"`Fraction` of at least 0"
            )
        return Threshold(f"{percent} %", share=Fraction(percent) / 100)

    @staticmethod
    def before(duration: timedelta) -> "Threshold":
        """Return the threshold this much working time before the due date, but not before the start of the cycle."""
        return Threshold(f"{duration} before due", offset=-_positive(duration))

    @staticmethod
    def after(duration: timedelta) -> "Threshold":
        """Return the threshold this much working time after the due date."""
        return Threshold(f"{duration} after due", offset=_positive(duration))

    @staticmethod
    def days_from_due(form: DayForm) -> "Threshold":
        """Return the threshold a day form from the due date: `WorkingDays(-2)` is two working days before it.

        It is never before the start of the cycle.
        """
        return Threshold(_day_words(form), days=form)

    @property
    def is_due(self) -> bool:
        """Whether the threshold is the whole target, which is reached at the due date."""
        return self.share == 1 and not self.offset and self.days is None

    def used(self, allowed: int) -> int:
        """Return how much of an allowed time, in microseconds, is used at the threshold."""
        return -(-allowed * self.share.numerator // self.share.denominator) + self.offset


def _day_words(form: DayForm) -> str:
    if not isinstance(form, DayForm):
        raise DefinitionError(
            f"`{form}` is not a distance from the due date; give a day form such as `WorkingDays(-2)`"
        )
    if isinstance(form, WorkingDays):
        return f"{_days(abs(form.days))} {'before' if form.days < 0 else 'after'} due"
    if isinstance(form, EndOfWorkingDay):
        return f"end of working day {form.days} after due"
    return f"by {form.time}, {_days(form.days)} after due"


def _days(count: int) -> str:
    return f"{count} working day" if count == 1 else f"{count} working days"


def _positive(duration: timedelta) -> int:
    length = micros_of(duration)
    if length < 0:
        raise DefinitionError(
            f"`-{-duration}` is a negative distance from the due date; give a length of at least 0 to "
            f"`before` or `after`"
        )
    return length
