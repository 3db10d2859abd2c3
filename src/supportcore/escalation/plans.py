"""Plans: who is told what and when, as values, and what of it is to be sent now (ESC-2, ESC-3)."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Literal

from attrs import field, frozen

from supportcore.errors import DefinitionError
from supportcore.escalation.words import plan_lines
from supportcore.instants import datetime_of, micros, span_of
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.wording import language_named

StepMark = int | Literal["last resort", "stand-down"]
Told = Literal["page", "inform", "stand-down"]
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
    """What makes a notification the same one in every plan of its ticket (ESC-3).

    `cycle` counts the opening and the reopenings, `round` each start of the ladder in the cycle, and `step` the
    ladder's steps, all from 1; the last resort and a stand-down stand in the place of a step.
    """

    ticket: str
    cycle: int
    ladder: str
    round: int
    step: StepMark
    person: str
    channel: str


def _frozen(given: Mapping[str, object]) -> FrozenMapping[str, object]:
    return FrozenMapping(given)


@frozen
class Reason:
    """Why something is so, as data: a stable code and the values that a sentence about it needs.

    >>> Reason("percent", {"clock": "reaction"}).values["clock"]
    'reaction'
    """

    code: str
    values: FrozenMapping[str, object] = field(default=EMPTY, converter=_frozen)


@frozen
class Notification:
    """One planned or past message to one person.

    `instant` is when it falls due and `ends` until when it is current, in microseconds, none where no end is known;
    `at` and `until` say the same as datetimes. `ended_by` says what ends it. `to` is the duty, person or role that
    the step names, `person` the one it stands for at that instant.
    """

    key: Key
    instant: int
    to: str
    effect: Told
    reason: Reason
    ends: int | None
    ended_by: Ending | None
    _tz: tzinfo = field(eq=False, repr=False)

    @property
    def at(self) -> datetime:
        """When it falls due, in the zone of the plan's `as_of`."""
        return datetime_of(self.instant, self._tz)

    @property
    def until(self) -> datetime | None:
        """Until when it is current; none where no end is known."""
        return None if self.ends is None else datetime_of(self.ends, self._tz)

    @property
    def person(self) -> str:
        """Who is told."""
        return self.key.person

    @property
    def channel(self) -> str:
        """On which channel."""
        return self.key.channel

    @property
    def ladder(self) -> str:
        """The ladder that the step belongs to."""
        return self.key.ladder

    @property
    def cycle(self) -> int:
        """The opening or reopening that it belongs to, from 1."""
        return self.key.cycle

    @property
    def round(self) -> int:
        """The round of the ladder, from 1."""
        return self.key.round

    @property
    def step(self) -> StepMark:
        """The step of the ladder, from 1; or the last resort, or a stand-down."""
        return self.key.step


@frozen
class Skipped:
    """A step that told nobody, and why."""

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
        """When it was skipped, in the zone of the plan's `as_of`."""
        return datetime_of(self.instant, self._tz)


@frozen
class Unreached:
    """A round that reached nobody, and no last resort did either (ESC-6)."""

    instant: int
    cycle: int
    ladder: str
    round: int
    _tz: tzinfo = field(eq=False, repr=False)

    @property
    def at(self) -> datetime:
        """When it was clear, in the zone of the plan's `as_of`."""
        return datetime_of(self.instant, self._tz)


@frozen
class Plan:
    """All notifications of a ticket, past and to come, in order.

    It holds what falls due before `horizon`; where that is none it holds the whole future.
    """

    ticket: str
    as_of: datetime = field(eq=False)
    horizon: datetime | None = field(eq=False)
    notifications: tuple[Notification, ...]
    skipped: tuple[Skipped, ...] = ()
    unreached: tuple[Unreached, ...] = ()

    def next_instant(self, after: datetime) -> datetime | None:
        """The first instant strictly after an aware datetime at which a notification falls due.

        None where there is none within the horizon.
        """
        last = micros(after)
        found = next((one.instant for one in self.notifications if one.instant > last), None)
        assert after.tzinfo is not None, "one without a zone was refused before"
        return None if found is None else datetime_of(found, after.tzinfo)

    def explain(self, language: str = "en") -> str:
        """Who was and will be notified, and why, in English (`en`) or German (`de`); a line for each notification."""
        return "\n".join(plan_lines(language_named(language), self))

    def current(self, now: datetime) -> tuple[Notification, ...]:
        """What has fallen due by an aware datetime and is current then.

        Raises `DefinitionError` where the plan does not reach so far.
        """
        instant = _reached(self, now)
        return tuple(
            one for one in self.notifications if one.instant <= instant and (one.ends is None or instant < one.ends)
        )


@frozen
class Superseded:
    """A notification that was not sent while it was current: what ended it, and how late it would be now."""

    notification: Notification
    ended_by: Ending
    lateness: timedelta


@frozen
class Due:
    """What `due` answers: what to send now, what is too late to send, and the keys of both, which are then handled."""

    send: tuple[Notification, ...]
    superseded: tuple[Superseded, ...]
    keys: frozenset[Key]


def _reached(plan: Plan, now: datetime) -> int:
    instant = micros(now, where="`now`")
    if plan.horizon is not None and instant >= micros(plan.horizon):
        raise DefinitionError(
            f"the plan of ticket `{plan.ticket}` ends before `{plan.horizon}` and says nothing of `{now}`; "
            "make a new plan as of now"
        )
    return instant


def due(plan: Plan, now: datetime, handled: Collection[Key] = ()) -> Due:
    """What of a plan is to be sent at `now`, given the keys that were handled before (ESC-2).

    Everything that has fallen due and is not handled comes out once: current ones to send, others as superseded,
    with what ended them and how long ago they fell due. Called again with `handled` and the `keys` of the answer it
    has nothing left. Raises `NaiveDatetimeError` for a `now` without a zone, and `DefinitionError` where the plan
    does not reach so far.
    """
    instant = _reached(plan, now)
    send: list[Notification] = []
    late: list[Superseded] = []
    known = handled if isinstance(handled, (set, frozenset)) else frozenset(handled)
    for one in plan.notifications:
        if one.instant > instant or one.key in known:
            continue
        if one.ends is None or one.ended_by is None or instant < one.ends:
            send.append(one)
        else:
            late.append(Superseded(one, one.ended_by, span_of(instant - one.instant)))
    keys = frozenset([one.key for one in send] + [one.notification.key for one in late])
    return Due(tuple(send), tuple(late), keys)
