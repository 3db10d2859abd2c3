"""Ladders: ordered steps to duties, people and roles, and which ladder is in force when (ESC-1, ESC-5)."""

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from attrs import Factory, field, frozen

from supportcore.calendars import Calendar
from supportcore.errors import DefinitionError, NotBuiltError, did_you_mean, listed
from supportcore.instants import micros_of

StepEffect = Literal["page", "inform"]
EFFECTS = ("page", "inform")


def _names(given: Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _names_or_none(given: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if given is None else _names(given)


@frozen
class Person:
    """A person who can be notified, with their channels, the preferred channel first.

    >>> Person("ann", ["phone", "mail"]).channels
    ('phone', 'mail')
    """

    name: str
    channels: tuple[str, ...] = field(default=(), converter=_names)

    def channel_for(self, wanted: str | None) -> str | None:
        """Return the wanted channel, by default the preferred one; `None` if the person does not have it."""
        if wanted is None:
            return self.channels[0] if self.channels else None
        return wanted if wanted in self.channels else None


@frozen
class After:
    """A length of time after the start of a round: elapsed time, or working time if `hours` is a calendar.

    Working time zero is the next opening.

    >>> After(timedelta(minutes=30)).elapsed
    True
    """

    amount: timedelta = timedelta()
    hours: Calendar | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if micros_of(self.amount) < 0:
            raise DefinitionError(f"`{self.amount}` after the start of a round is before it; expected zero or more")

    @property
    def elapsed(self) -> bool:
        """Whether `amount` is elapsed time, not working time."""
        return self.hours is None

    def instant(self, start: int) -> int:
        """Return the planned instant in a round that starts at `start`, both in microseconds."""
        if self.hours is None:
            return start + micros_of(self.amount)
        calendar = self.hours.compiled
        return calendar.add(start, micros_of(self.amount)) if self.amount else calendar.next_open(start)


def _check_share(_: object, __: object, share: Fraction) -> None:
    if type(share) is not Fraction or share <= 0:
        raise DefinitionError(
            f"`{share}` is not a share of a clock; expected a fraction above zero, for 80 % `Fraction(80, 100)`"
        )


@frozen
class Percent:
    """The instant at which a share of a clock's target is used up.

    >>> Percent("reaction", Fraction(80, 100)).share
    Fraction(4, 5)
    """

    clock: str
    share: Fraction = field(validator=_check_share)


def _check_effect(_: object, __: object, effect: object) -> None:
    if effect == "move":
        raise NotBuiltError("steps that `move` a ticket to a level are not built yet; expected `page` or `inform`")
    if effect not in EFFECTS:
        raise DefinitionError(
            f"`{effect}` is not an effect of a step; expected one of {listed(EFFECTS)}"
            f"{did_you_mean(str(effect), EFFECTS)}"
        )


def _check_unless(_: object, __: object, unless: object) -> None:
    if unless not in (None, "acknowledged"):
        raise DefinitionError(f"`{unless}` does not cancel a step; `unless` is `acknowledged` or `None`")


def _check_when(_: object, __: object, when: object) -> None:
    if not isinstance(when, (After, Percent)):
        raise DefinitionError(f"`{when}` is not the time of a step; expected `After(…)` or `Percent(…)`")


@frozen
class Step:
    """A step of a ladder: who is notified, when, with which effect, and what cancels it (ESC-1).

    `to` names a duty, a person or a role. `effect` is `page` (the person is to act) or `inform`. `channel` is by
    default the person's preferred channel. An acknowledgement cancels a pending page, unless `unless` is `None`.

    >>> Step("night.backup", After(timedelta(minutes=30))).unless
    'acknowledged'
    >>> Step("head of support", Percent("reaction", Fraction(4, 5)), effect="inform").unless is None
    True
    """

    to: str
    when: After | Percent = field(default=After(), validator=_check_when)
    effect: StepEffect = field(default="page", validator=_check_effect)
    channel: str | None = None
    unless: Literal["acknowledged"] | None = field(
        default=Factory(lambda self: "acknowledged" if self.effect == "page" else None, takes_self=True),
        validator=_check_unless,
    )


def _steps(given: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(given)


@frozen
class Ladder:
    """Ordered steps, run in up to `rounds` rounds, with a last resort for a round that reaches nobody (ESC-1, ESC-6).

    `every` is the time from the start of a round to the start of the next. By default the last step has as much time
    as the step before it: with steps at 0 and 30 minutes the second round starts after 60.

    >>> night = Ladder("night", [Step("primary"), Step("backup", After(timedelta(minutes=30)))], rounds=2)
    >>> night.every
    datetime.timedelta(seconds=3600)
    """

    name: str
    steps: tuple[Step, ...] = field(converter=_steps)
    rounds: int = 1
    last_resort: str | None = None
    every: timedelta | None = field(default=Factory(lambda self: _usual_length(self), takes_self=True), kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.steps:
            raise DefinitionError(f"ladder `{self.name}` has no step; give at least one")
        if type(self.rounds) is not int or self.rounds < 1:
            raise DefinitionError(f"ladder `{self.name}` has `{self.rounds}` rounds; expected a whole number from 1 on")
        offsets = _offsets(self)
        if list(offsets) != sorted(offsets):
            late, early = next((a, b) for a, b in pairwise(offsets) if a > b)
            raise DefinitionError(
                f"ladder `{self.name}`: the step after `{early}` follows the step after `{late}`; "
                "put the steps in order of time"
            )
        if self.rounds > 1 and self.every is None:
            raise DefinitionError(
                f"ladder `{self.name}` has `{self.rounds}` rounds without a length; "
                "give it, for example `every=timedelta(hours=1)`"
            )
        if self.every is not None and micros_of(self.every) <= micros_of(max(offsets, default=timedelta())):
            raise DefinitionError(
                f"ladder `{self.name}`: a round of `{self.every}` ends before its last step; give a longer `every`"
            )


def _offsets(ladder: Ladder) -> tuple[timedelta, ...]:
    """Return the offsets of the steps in elapsed time, in the order of the steps."""
    return tuple(step.when.amount for step in ladder.steps if isinstance(step.when, After) and step.when.elapsed)


def _usual_length(ladder: Ladder) -> timedelta | None:
    offsets = sorted(set(_offsets(ladder)))
    in_working_time = any(isinstance(step.when, After) and not step.when.elapsed for step in ladder.steps)
    if ladder.rounds == 1 or len(offsets) < 2 or in_working_time:
        return None
    return 2 * offsets[-1] - offsets[-2]


@frozen
class LadderRow:
    """A row of a policy: a ladder for some priorities, always or only inside or `outside` `hours`.

    `priorities` is by default `None`: all of the scale.
    """

    ladder: Ladder
    priorities: tuple[str, ...] | None = field(default=None, converter=_names_or_none)
    hours: Calendar | None = field(default=None, kw_only=True)
    outside: bool = field(default=False, kw_only=True)

    def fits(self, priority: str) -> bool:
        """Return whether the row applies to a priority, at any hour."""
        return self.priorities is None or priority in self.priorities

    def serves(self, instant: int) -> bool:
        """Return whether the row applies at an instant in microseconds, by its hours."""
        return self.hours is None or self.hours.compiled.is_open(instant) != self.outside


def _rows(given: Iterable[LadderRow]) -> tuple[LadderRow, ...]:
    return tuple(given)


@frozen
class LadderPolicy:
    """The ladders by priority and hour: the first row that fits is in force (ESC-5).

    `scale` orders the priorities, low to high.

    >>> policy = LadderPolicy([LadderRow(Ladder("urgent", [Step("ann")]), ["critical", "blocker"])])
    >>> policy.in_force("blocker", 0).name, policy.in_force("minor", 0)
    ('urgent', None)
    """

    rows: tuple[LadderRow, ...] = field(converter=_rows)
    scale: tuple[str, ...] = field(default=("minor", "major", "critical", "blocker"), converter=_names)

    def __attrs_post_init__(self) -> None:
        ladders: dict[str, Ladder] = {}
        for row in self.rows:
            for priority in row.priorities or ():
                self.rank(priority, where=f"ladder `{row.ladder.name}`")
            if ladders.setdefault(row.ladder.name, row.ladder) != row.ladder:
                raise DefinitionError(
                    f"two different ladders have the name `{row.ladder.name}`; give each a name of its own"
                )

    @property
    def ladders(self) -> tuple[Ladder, ...]:
        """The ladders of the policy, each once."""
        return tuple({row.ladder.name: row.ladder for row in self.rows}.values())

    def rank(self, priority: str, *, where: str = "the policy of ladders") -> int:
        """Return the place of a priority on the scale.

        Raises `DefinitionError` with the nearest name for a priority that is not on the scale.
        """
        try:
            return self.scale.index(priority)
        except ValueError:
            raise DefinitionError(
                f"{where}: `{priority}` is not a priority; expected one of {listed(self.scale)}"
                f"{did_you_mean(str(priority), self.scale)}"
            ) from None

    def in_force(self, priority: str, instant: int) -> Ladder | None:
        """Return the ladder for a priority at an instant in microseconds, or `None`."""
        for row in self.rows:
            if row.fits(priority) and row.serves(instant):
                return row.ladder
        return None
