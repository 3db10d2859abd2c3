"""Targets: an amount of working time, a day form, a named date, a fixed instant, or nothing (SLA-5)."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from attrs import field, frozen

from supportcore.calendars import By, Calendar, DayForm, EndOfWorkingDay, WorkingDays
from supportcore.equality import equality_key
from supportcore.errors import DefinitionError, NoDecisionError, did_you_mean, listed
from supportcore.instants import datetime_of, micros, micros_of
from supportcore.mappings import FrozenMapping
from supportcore.wording import Language, duration_words, remaining_words, say


def _dates(given: Mapping[str, datetime]) -> FrozenMapping[str, datetime]:
    if not isinstance(given, Mapping):
        raise DefinitionError(f"`plan` of a named date is `{given}`; give a mapping of names to instants")
    for name, date in given.items():
        micros(date, where=f"the date `{name}` of a plan")
    return FrozenMapping(sorted(given.items(), key=lambda item: (micros(item[1]), item[0])))


def check_calendar(calendar: object, where: str) -> None:
    """Raise `DefinitionError` unless an object is a calendar that counts time; its name is not enough."""
    if not hasattr(calendar, "compiled"):
        raise DefinitionError(
            f"the calendar of {where} is `{calendar}`; give one such as `BusinessCalendar(…)` or `always_open(…)`"
        )


def check_calendar_name(name: object, where: str) -> None:
    """Raise `DefinitionError` unless an object is a text, as the name of a calendar is."""
    if not isinstance(name, str):
        raise DefinitionError(f"`calendar_name` of {where} is `{name}`; give a text, the name that people use")


@frozen
class NamedDate:
    """The next date of a plan after the start of a cycle, such as the next release; with `name`, that date.

    `plan` maps names to instants. Without `name`, the date is the first strictly after the start of the cycle.

    >>> from datetime import UTC
    >>> releases = {"7.1": datetime(2026, 3, 2, 12, tzinfo=UTC), "7.2": datetime(2026, 6, 1, 12, tzinfo=UTC)}
    >>> NamedDate(releases).after(datetime(2026, 3, 2, 12, tzinfo=UTC))
    '7.2'
    """

    plan: FrozenMapping[str, datetime] = field(converter=_dates)
    name: str | None = None

    def __attrs_post_init__(self) -> None:
        if not self.plan:
            raise DefinitionError("`plan` of a named date is empty; give at least one date")
        if self.name is not None and self.name not in list(self.plan):
            near = did_you_mean(str(self.name), self.plan)
            raise DefinitionError(f"`{self.name}` is not a date of the plan; expected one of {listed(self.plan)}{near}")

    def after(self, start: datetime) -> str:
        """Return the name of the date for a cycle that begins at `start`.

        Raises `NoDecisionError` if the plan has no date after `start`.
        """
        return self.name_from(micros(start))

    def name_from(self, start: int) -> str:
        """Like `after`, with the start in microseconds."""
        if self.name is not None:
            return self.name
        names = list(self.plan)
        place = bisect_right(names, start, key=lambda name: micros(self.plan[name]))
        if place == len(names):
            raise NoDecisionError(
                f"the plan has no date after `{datetime_of(start, UTC).isoformat()}`; its last date is `{names[-1]}`; "
                "add the next one"
            )
        return names[place]


Aim = DayForm | NamedDate | datetime

# The sentences for deadlines on the same, the next, and a later working day.
END_OF_DAY = ("target.end-of-day", "target.end-of-next-day", "target.end-of-later-day")
BY_TIME = ("target.by", "target.by-next-day", "target.by-later-day")


@frozen(repr=False)
class Target:
    """A promised time for a metric, on a calendar (SLA-5).

    `amount` is a length of working time; a day form (`WorkingDays(2)`, `EndOfWorkingDay(1)`, `By("16:00", 1)`),
    which pauses move by the working time paused; a `NamedDate` or an aware datetime, which nothing moves; or `None`.
    `calendar` is by default the agreement's; `calendar_name` is its name in explanations. Raises
    `DefinitionError` for a negative amount.

    >>> Target(timedelta(hours=4)), Target(WorkingDays(2), calendar_name="office")
    (Target(4 h), Target(WorkingDays(days=2, when_closed='next_open') on office))
    """

    amount: timedelta | Aim | None = field(eq=equality_key)
    calendar: Calendar | None = field(default=None)
    calendar_name: str = field(default="", kw_only=True)

    def __repr__(self) -> str:
        amount = duration_words("en", self.amount) if isinstance(self.amount, timedelta) else str(self.amount)
        return f"Target({amount}{f' on {self.calendar_name}' if self.calendar_name else ''})"

    @calendar_name.validator
    def _check_calendar_name(self, _: object, name: object) -> None:
        check_calendar_name(name, "a target")

    @calendar.validator
    def _check_calendar(self, _: object, calendar: object) -> None:
        if calendar is not None:
            check_calendar(calendar, "a target")

    @amount.validator
    def _check_amount(self, _: object, amount: object) -> None:
        if isinstance(amount, timedelta) and micros_of(amount) < 0:
            raise DefinitionError(f"`-{-amount}` is a negative target; give a length of at least 0, or `None`")
        if isinstance(amount, WorkingDays) and amount.days < 0:
            raise DefinitionError(f"a target of `{amount.days}` working days lies in the past; give 0 or more")
        if isinstance(amount, datetime):
            micros(amount, where="a target")
        if amount is not None and not isinstance(
            amount, (timedelta, WorkingDays, EndOfWorkingDay, By, NamedDate, datetime)
        ):
            raise DefinitionError(
                f"`{amount}` is not a target; give a length such as `timedelta(hours=4)`, a day form, a named date, "
                "an instant or `None`"
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
