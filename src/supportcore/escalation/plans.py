"""Plans: the notifications of a ticket as values, and those that are due now (ESC-2, ESC-3)."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from attrs import field, frozen

from supportcore.errors import DefinitionError, counted, shortened
from supportcore.instants import brief, datetime_of, micros, span_of
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.wording import language_named

StepMark = int | Literal["last resort", "stand-down"]
Effect = Literal["page", "inform", "stand-down"]
Ending = Literal[
    "next step",
    "next round",
    "hand-over",
    "acknowledged",
    "snoozed",
    "priority raised",
    "priority lowered",
    "hours changed",
    "later inform",
    "called again",
    "resolved",
    "closed",
    "cancelled",
    "merged",
]


@frozen
class Key:
    """The identity of a notification in all plans of its ticket (ESC-3).

    `cycle` counts the opening and the reopenings, `round` the starts of the ladder in the cycle, and `step` the steps
    of the ladder, all from 1; `step` may also be the last resort or a stand-down.

    >>> Key("T-1", 1, "night", 1, 2, "bob", "phone")
    Key(T-1: cycle 1, night round 1 step 2, bob by phone)
    """

    ticket: str
    cycle: int
    ladder: str
    round: int
    step: StepMark
    person: str
    channel: str

    def __repr__(self) -> str:
        place = f"{self.ladder} round {self.round} {_step_text(self.step)}"
        return f"Key({self.ticket}: cycle {self.cycle}, {place}, {self.person} by {self.channel})"


def _step_text(step: StepMark) -> str:
    return f"step {step}" if isinstance(step, int) else step


def _frozen(given: Mapping[str, object]) -> FrozenMapping[str, object]:
    return FrozenMapping(given)


@frozen
class Reason:
    """A reason as data: a stable code, and the values for its sentence.

    >>> Reason("percent", {"clock": "reaction"}).values["clock"]
    'reaction'
    """

    code: str
    values: FrozenMapping[str, object] = field(default=EMPTY, converter=_frozen)


@frozen
class Notification:
    """A planned or past page, inform or stand-down to one person.

    It falls due at `instant` and is current until `ends`, in microseconds (`None` while no end is known); `at` and
    `until` are the datetimes. `ended_by` is the reason of its end. `to` is the duty, person or role that the step
    names, `person` the person behind it at that instant.
    """

    key: Key
    instant: int
    to: str
    effect: Effect
    reason: Reason
    ends: int | None
    ended_by: Ending | None
    _tz: tzinfo = field(eq=False, repr=False)

    def __repr__(self) -> str:
        until = "" if self.until is None else f", until {brief(self.until)} ({self.ended_by})"
        place = f"{self.ladder} round {self.round} {_step_text(self.step)}"
        return f"Notification({self.effect} {self.person} by {self.channel} at {brief(self.at)}, {place}{until})"

    @property
    def at(self) -> datetime:
        """The instant at which the notification falls due, in the zone of the plan's `as_of`."""
        return datetime_of(self.instant, self._tz)

    @property
    def until(self) -> datetime | None:
        """The instant until which the notification is current; `None` while no end is known."""
        return None if self.ends is None else datetime_of(self.ends, self._tz)

    @property
    def person(self) -> str:
        """The person to notify."""
        return self.key.person

    @property
    def channel(self) -> str:
        """The channel to use."""
        return self.key.channel

    @property
    def ladder(self) -> str:
        """The ladder of the step."""
        return self.key.ladder

    @property
    def cycle(self) -> int:
        """The cycle of the ticket, from 1 for the opening."""
        return self.key.cycle

    @property
    def round(self) -> int:
        """The round of the ladder, from 1."""
        return self.key.round

    @property
    def step(self) -> StepMark:
        """The step of the ladder, from 1, or the last resort, or a stand-down."""
        return self.key.step


@frozen
class Skipped:
    """A step that notified nobody, and why."""

    instant: int
    cycle: int
    ladder: str
    round: int
    step: StepMark
    to: str
    reason: Reason
    _tz: tzinfo = field(eq=False, repr=False)

    @property
    def at(self) -> datetime:
        """The instant of the skipped step, in the zone of the plan's `as_of`."""
        return datetime_of(self.instant, self._tz)


@frozen
class Unreached:
    """A round that reached nobody, not even by a last resort (ESC-6)."""

    instant: int
    cycle: int
    ladder: str
    round: int
    _tz: tzinfo = field(eq=False, repr=False)

    @property
    def at(self) -> datetime:
        """The instant from which no step of the round can reach anybody, in the zone of the plan's `as_of`."""
        return datetime_of(self.instant, self._tz)


@frozen
class Plan:
    """The notifications of a ticket, past and future, in the order of their instants.

    The plan ends before `horizon`; without a horizon it holds the whole future.

    >>> from datetime import UTC
    >>> Plan("T-1", as_of=datetime(2026, 1, 5, 20, tzinfo=UTC), horizon=None, notifications=())
    Plan(T-1 as of 2026-01-05 20:00+00:00: 0 notifications)
    """

    ticket: str
    as_of: datetime = field(eq=False)
    horizon: datetime | None = field(eq=False)
    notifications: tuple[Notification, ...]
    skipped: tuple[Skipped, ...] = ()
    unreached: tuple[Unreached, ...] = ()

    def __repr__(self) -> str:
        counts = [
            counted(len(entries), noun)
            for noun, entries in (
                ("notification", self.notifications),
                ("skipped step", self.skipped),
                ("unreached round", self.unreached),
            )
            if entries or noun == "notification"
        ]
        coming = self.next_instant(self.as_of)
        following = "" if coming is None else f"; next at {brief(coming)}"
        return f"Plan({shortened(self.ticket)} as of {brief(self.as_of)}: {', '.join(counts)}{following})"

    def next_instant(self, after: datetime) -> datetime | None:
        """Return the first instant strictly after an aware datetime at which a notification falls due.

        Returns `None` if no further notification falls due before the horizon.
        """
        last = micros(after)
        found = next((planned.instant for planned in self.notifications if planned.instant > last), None)
        assert after.tzinfo is not None, "`micros` refuses a datetime without a zone"
        return None if found is None else datetime_of(found, after.tzinfo)

    def explain(self, language: str = "en") -> str:
        """Return a line for each notification, skipped step and unreached round, in English (`en`) or German (`de`)."""
        from supportcore.escalation.words import plan_lines

        return "\n".join(plan_lines(language_named(language), self))

    def current(self, now: datetime) -> tuple[Notification, ...]:
        """Return the notifications that have fallen due by an aware datetime and are current then.

        Raises `DefinitionError` for a `now` beyond the horizon.
        """
        instant = _within_horizon(self, now)
        return tuple(
            notification
            for notification in self.notifications
            if notification.instant <= instant and (notification.ends is None or instant < notification.ends)
        )


@frozen
class Superseded:
    """A notification that was not sent while it was current, with what ended it and how late it is now."""

    notification: Notification
    ended_by: Ending
    lateness: timedelta


@frozen
class Due:
    """The result of `due`: notifications to send, superseded notifications, and the keys of both."""

    send: tuple[Notification, ...]
    superseded: tuple[Superseded, ...]
    keys: frozenset[Key]


def _within_horizon(plan: Plan, now: datetime) -> int:
    instant = micros(now, where="`now`")
    if plan.horizon is not None and instant >= micros(plan.horizon):
        raise DefinitionError(
            f"`{now}` is beyond the plan of ticket `{plan.ticket}`, which ends before `{plan.horizon}`; "
            "make a new plan as of now"
        )
    return instant


def due(plan: Plan, now: datetime, handled: Collection[Key] = ()) -> Due:
    """Return the notifications of a plan to send at `now`, except those whose keys are `handled` (ESC-2).

    A notification that has fallen due and is not handled is returned once: to send if it is current, otherwise as
    superseded, with what ended it and how late it is. A second call with the returned `keys` handled returns nothing.

    Raises `NaiveDatetimeError` for a `now` without a zone, `DefinitionError` for a `now` beyond the plan's horizon.
    """
    instant = _within_horizon(plan, now)
    send: list[Notification] = []
    superseded: list[Superseded] = []
    done = handled if isinstance(handled, (set, frozenset)) else frozenset(handled)
    for notification in plan.notifications:
        if notification.instant > instant or notification.key in done:
            continue
        if notification.ends is None or notification.ended_by is None or instant < notification.ends:
            send.append(notification)
        else:
            lateness = span_of(instant - notification.instant)
            superseded.append(Superseded(notification, notification.ended_by, lateness))
    keys = frozenset([notification.key for notification in send] + [late.notification.key for late in superseded])
    return Due(tuple(send), tuple(superseded), keys)
