"""What may be promised: an amount of working time, a day form, a named date, a fixed instant, or nothing (SLA-5)."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from attrs import field, frozen

from supportcore.calendars import By, Calendar, DayForm, EndOfWorkingDay, WorkingDays, due_micros
from supportcore.errors import DefinitionError, NoDecisionError, did_you_mean, listed
from supportcore.instants import datetime_of, micros, micros_of
from supportcore.mappings import FrozenMapping

__all__ = ["Aim", "NamedDate", "Target", "Terms", "check_calendar", "check_hours"]


def _aware_dates(given: Mapping[str, datetime]) -> FrozenMapping[str, datetime]:
    if not isinstance(given, Mapping):
        raise DefinitionError(f"a plan of `{given}`; a mapping of names to instants is accepted")
    for name, date in given.items():
        micros(date, where=f"the date `{name}` of a plan")
    return FrozenMapping(sorted(given.items(), key=lambda item: (micros(item[1]), item[0])))


def check_calendar(given: object, where: str) -> None:
    """`DefinitionError` for what cannot count time, such as the name of a calendar."""
    if not hasattr(given, "compiled"):
        raise DefinitionError(
            f"the calendar of {where} is `{given}`; a calendar such as `BusinessCalendar(…)` or `always_open(…)` "
            "is accepted"
        )


def check_hours(given: object, where: str) -> None:
    """`DefinitionError` for what cannot be the name of a calendar."""
    if not isinstance(given, str):
        raise DefinitionError(f"`hours` of {where} is `{given}`; a text is accepted, what people call the calendar")


@frozen
class NamedDate:
    """The next of the named dates of a plan, such as its releases, after a cycle began; or the one that is named.

    `plan` gives each name its instant. Without `name` the first date strictly after the start is meant.

    >>> from datetime import UTC
    >>> releases = {"7.1": datetime(2026, 3, 2, 12, tzinfo=UTC), "7.2": datetime(2026, 6, 1, 12, tzinfo=UTC)}
    >>> NamedDate(releases).after(datetime(2026, 3, 2, 12, tzinfo=UTC))
    '7.2'
    """

    plan: FrozenMapping[str, datetime] = field(converter=_aware_dates)
    name: str | None = None

    def __attrs_post_init__(self) -> None:
        if not self.plan:
            raise DefinitionError("a plan needs at least one named date")
        if self.name is not None and self.name not in list(self.plan):
            near = did_you_mean(str(self.name), self.plan)
            raise DefinitionError(f"the plan has no date `{self.name}`; it has {listed(self.plan)}{near}")

    def after(self, start: datetime) -> str:
        """The name of the date that is meant for what began then."""
        return self.chosen(micros(start))[0]

    def chosen(self, start: int) -> tuple[str, int]:
        """The name and the instant, in microseconds, that are meant for what began then."""
        if self.name is not None:
            return self.name, micros(self.plan[self.name])
        dates = [(name, micros(date)) for name, date in self.plan.items()]
        place = bisect_right(dates, start, key=lambda date: date[1])
        if place == len(dates):
            began = datetime_of(start, UTC)
            raise NoDecisionError(
                f"the plan names no date after `{began.isoformat()}`; its last is `{dates[-1][0]}`; add the next one"
            )
        return dates[place]


Aim = DayForm | NamedDate | datetime


@frozen
class Target:
    """What is promised for a metric, on a calendar (SLA-5).

    `amount` is a length of working time; a day form (`WorkingDays(2)`, `EndOfWorkingDay(1)`, `By("16:00", 1)`),
    which pauses move by the working time paused; a `NamedDate` or an aware datetime, which nothing moves; or none.
    `calendar` is by default the agreement's; `hours` is how people call it. Raises `DefinitionError` for a negative
    amount.

    >>> Target(timedelta(hours=4)).amount
    datetime.timedelta(seconds=14400)
    """

    amount: timedelta | Aim | None = field()
    calendar: Calendar | None = field(default=None)
    hours: str = field(default="", kw_only=True)

    @hours.validator
    def _named(self, _: object, hours: object) -> None:
        check_hours(hours, "a target")

    @calendar.validator
    def _counting(self, _: object, calendar: object) -> None:
        if calendar is not None:
            check_calendar(calendar, "a target")

    @amount.validator
    def _fitting(self, _: object, amount: object) -> None:
        if isinstance(amount, timedelta) and amount < timedelta(0):
            raise DefinitionError(f"a target of `-{-amount}` is negative; give a length of at least 0, or none")
        if isinstance(amount, WorkingDays) and amount.days < 0:
            raise DefinitionError(f"a target of `{amount.days}` working days lies back; give 0 or more")
        if isinstance(amount, datetime):
            micros(amount, where="a target")
        if amount is not None and not isinstance(
            amount, (timedelta, WorkingDays, EndOfWorkingDay, By, NamedDate, datetime)
        ):
            raise DefinitionError(
                f"a target of `{amount}`; a length such as `timedelta(hours=4)`, a day form, a named date, "
                "an instant or none is accepted"
            )


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
        return due_micros(self.calendar.compiled, self.calendar.zone, start, form)

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
