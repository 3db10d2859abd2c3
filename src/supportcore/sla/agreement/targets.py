"""What may be promised: an amount of working time, a day form, a named date, a fixed instant, or nothing (SLA-5)."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from attrs import field, frozen

from supportcore.calendars import By, Calendar, DayForm, EndOfWorkingDay, WorkingDays
from supportcore.errors import DefinitionError, NoDecisionError, did_you_mean, listed
from supportcore.instants import datetime_of, micros
from supportcore.mappings import FrozenMapping
from supportcore.wording import Language, remaining_words, say


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

# The sentences for deadlines on the same, the next, and a later working day.
END_OF_DAY = ("target.end-of-day", "target.end-of-next-day", "target.end-of-later-day")
BY_TIME = ("target.by", "target.by-next-day", "target.by-later-day")


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

    def in_words(self, language: Language) -> str:
        """Return the amount, deadline or date as text in a language.

        >>> Target(WorkingDays(2)).in_words("de"), Target(By("16:00", 1)).in_words("en")
        ('2 Arbeitstage', 'by 16:00 next working day')
        """
        amount = self.amount
        if amount is None:
            return say(language, "target.none")
        if isinstance(amount, timedelta):
            return remaining_words(language, amount)
        if isinstance(amount, datetime):
            return say(language, "target.instant", instant=amount)
        if isinstance(amount, NamedDate):
            if amount.name is None:
                return say(language, "target.planned")
            return say(language, "target.date", name=amount.name)
        return _day_form_words(language, amount)


def _day_form_words(language: Language, form: DayForm) -> str:
    if isinstance(form, EndOfWorkingDay):
        return say(language, END_OF_DAY[min(form.days, 2)], days=form.days)
    if isinstance(form, By):
        words = say(language, BY_TIME[min(form.days, 2)], time=form.time, days=form.days)
    else:
        words = say(language, "target.working-day" if form.days == 1 else "target.working-days", days=form.days)
    return say(language, "target.even-if-closed", target=words) if form.when_closed == "keep" else words
