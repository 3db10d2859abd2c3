"""Rotations: turns counted from an anchor in both directions (ESC-8)."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import accumulate
from typing import Final

from attrs import Factory, evolve, field, frozen

from supportcore.equality import equality_key
from supportcore.errors import DefinitionError, InstantRangeError, NotBuiltError, did_you_mean, listed
from supportcore.instants import brief, datetime_of, micros, micros_of, wall, zone

LENGTHS: Final = {"hourly": timedelta(hours=1), "daily": timedelta(days=1), "weekly": timedelta(weeks=1)}
EVERY: Final = (*LENGTHS, "monthly")
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# The longest time that a zone's wall clock ever skipped: a day, at the date line (Apia, 30 December 2011).
LONGEST_GAP = timedelta(days=1)


@frozen
class Shift:
    """A stretch `[start, end)` of a rotation, with the number of its turn from the anchor.

    `person` is `None` on days that the rotation does not serve.
    """

    start: datetime = field(eq=equality_key)
    end: datetime = field(eq=equality_key)
    person: str | None
    turn: int


@frozen
class Turn:
    """A turn, or a day of a turn: its number from the anchor, its bounds in microseconds, and whether it is served."""

    number: int
    start: int
    end: int
    served: bool = True


def _people(given: Sequence[str]) -> tuple[str, ...]:
    people = (given,) if isinstance(given, str) else tuple(given)
    if not people:
        raise DefinitionError("a rotation has no people; give at least one name")
    for name in people:
        if not name:
            raise DefinitionError("a rotation has a person without a name; give each person a name")
    return people


def _check_every(_: object, __: object, every: object) -> None:
    if isinstance(every, timedelta):
        if micros_of(every) <= 0:
            raise DefinitionError(f"`{every}` is not the length of a turn; expected a length above zero")
    elif every not in EVERY:
        near = did_you_mean(str(every), EVERY)
        raise DefinitionError(
            f"`{every}` is not the length of a turn; expected one of {listed(EVERY)}, or a length of time{near}"
        )


def _days(given: str | Sequence[str] | None) -> tuple[str, ...] | None:
    if given is None:
        return None
    days = (given,) if isinstance(given, str) else tuple(given)
    for day in days:
        if day not in WEEKDAYS:
            raise DefinitionError(
                f"`{day}` is not a day of the week; expected one of {listed(WEEKDAYS)}{did_you_mean(day, WEEKDAYS)}"
            )
    if not days:
        raise DefinitionError(
            "a rotation without days of the week never serves; name at least one day, or leave `days` out"
        )
    return tuple(day for day in WEEKDAYS if day in days)


def _check_anchor(_: object, __: object, start: datetime) -> None:
    given: object = start
    # The missing instant of pandas is a datetime that does not equal itself; its timestamps may have nanoseconds.
    if not isinstance(given, datetime) or given != given or getattr(given, "nanosecond", None):
        raise DefinitionError(
            f"the anchor `{start}` of a rotation is not a wall time; expected for example `datetime(2026, 1, 5, 8)`"
        )
    if start.tzinfo is not None:
        raise DefinitionError(
            f"the anchor `{start}` of a rotation has a time zone; give the wall time alone, and the zone in `tz`"
        )


@frozen
class Rotation:
    """People who take turns, handing over at a wall time of their zone (ESC-8).

    `people` serve in this order. `every` is `hourly`, `daily`, `weekly`, `monthly` or a length of wall time such as
    `timedelta(hours=12)`. `start` is the anchor, the wall time without zone at which turn 0 begins, and `tz` names the
    zone. Turns are counted in both directions. Hand-overs follow rule G-5 through daylight saving, so that shifts tile
    all of time; a shift left without time vanishes and its turn passes. Months are clipped to their end, always from
    the anchor.

    `days` are the days of the week to serve, by default all. Hourly and daily turns that begin on other days are
    neither served nor counted, so that everybody serves; turn 0 is the first served turn from the anchor on. Weekly
    and monthly turns stay on the calendar and are empty on the other dates.

    >>> from datetime import UTC
    >>> pair = Rotation(["ann", "bob"], every="weekly", start=datetime(2026, 1, 5, 8), tz="Europe/Berlin")
    >>> pair.on_call(datetime(2026, 1, 12, 6, 59, tzinfo=UTC)), pair.on_call(datetime(2026, 1, 12, 7, 0, tzinfo=UTC))
    ('ann', 'bob')
    """

    people: tuple[str, ...] = field(converter=_people)
    every: str | timedelta = field(default="weekly", validator=_check_every, kw_only=True)
    start: datetime = field(validator=_check_anchor, kw_only=True)
    tz: str = field(kw_only=True)
    days: tuple[str, ...] | None = field(default=None, converter=_days, kw_only=True)
    turns_ahead: int = field(default=0, kw_only=True)
    _zone: tzinfo = field(
        init=False, eq=False, repr=False, default=Factory(lambda self: zone(self.tz), takes_self=True)
    )
    _served_before: tuple[int, ...] = field(
        init=False, eq=False, repr=False, default=Factory(lambda self: _served_before(self), takes_self=True)
    )
    _last_turn: list[Turn] = field(init=False, eq=False, repr=False, factory=lambda: [Turn(0, 0, 0)])

    def __repr__(self) -> str:
        every = f"every {self.every}" if isinstance(self.every, timedelta) else self.every
        days = f" on {', '.join(self.days)}" if self.days is not None else ""
        ahead = f", {self.turns_ahead} ahead" if self.turns_ahead else ""
        shown = ", ".join(self.people[:5]) + (f" and {len(self.people) - 5} more" if len(self.people) > 5 else "")
        return f"Rotation({shown}: {every}{days} from {brief(self.start)} {self.tz}{ahead})"

    def __attrs_post_init__(self) -> None:
        if self.days is not None and isinstance(self.every, timedelta):
            raise NotBuiltError(
                "days of the week for turns of a custom length are not built yet; expected with `days` one of "
                f"{listed(EVERY)}, or name a person twice to serve two turns in a row"
            )

    def ahead(self, turns: int) -> "Rotation":
        """Return this rotation with each person's turn `turns` earlier: the person who is next, for a backup.

        It never names the person of this rotation, unless `turns` is a multiple of the number of people.

        >>> pair = Rotation(["ann", "bob"], every="daily", start=datetime(2026, 1, 5, 8), tz="UTC")
        >>> pair.person_of(0), pair.ahead(1).person_of(0)
        ('ann', 'bob')
        """
        return evolve(self, turns_ahead=self.turns_ahead + turns)

    def person_of(self, turn: int) -> str:
        """Return who serves a turn, by its number from the anchor; turns before the anchor have negative numbers."""
        return self.people[(turn + self.turns_ahead) % len(self.people)]

    def on_call(self, instant: datetime) -> str | None:
        """Return whose turn it is at an aware datetime; at a hand-over the person who takes over (G-4).

        Returns `None` on days that are not served. Raises `NaiveDatetimeError` for a datetime without a zone.
        """
        return self.person_at(micros(instant))

    def shifts(self, start: datetime, end: datetime) -> Iterator[Shift]:
        """Yield the shifts within `[start, end)`, clipped to it; they tile it without gap or overlap.

        >>> from datetime import UTC
        >>> pair = Rotation(["ann", "bob"], every="daily", start=datetime(2026, 1, 5, 8), tz="UTC")
        >>> [s.person for s in pair.shifts(datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 7, tzinfo=UTC))]
        ['bob', 'ann', 'bob']
        """
        now, last = micros(start, where="the start"), micros(end, where="the end")
        while now < last:
            turn = self.turn_at(now)
            until = min(turn.end, last)
            person = self.person_of(turn.number) if turn.served else None
            yield Shift(datetime_of(now, self._zone), datetime_of(until, self._zone), person, turn.number)
            now = until

    def person_at(self, instant: int) -> str | None:
        """Return whose turn it is at an instant in microseconds; `None` on days that are not served."""
        turn = self._last_turn[0]
        if not turn.start <= instant < turn.end:
            turn = self.turn_at(instant)
        if not turn.served:
            return None
        return self.people[(turn.number + self.turns_ahead) % len(self.people)]

    def turn_at(self, instant: int) -> Turn:
        """Return the turn around an instant in microseconds: `start <= instant < end`.

        With `days` the turn is cut to the served or unserved part. An unserved turn has the number of the next served
        turn.
        """
        last = self._last_turn[0]
        if last.start <= instant < last.end:
            return last
        number = self._estimate(datetime_of(instant, self._zone).replace(tzinfo=None))
        while self.handover(number) > instant:
            number -= 1
        while (end := self.handover(number + 1)) <= instant:
            number += 1
        turn = Turn(number, self.handover(number), end)
        if self.days is not None:
            turn = self._on_its_day(turn, instant, self.days)
        self._last_turn[0] = turn
        return turn

    def _on_its_day(self, turn: Turn, instant: int, days: tuple[str, ...]) -> Turn:
        """Return a turn under the mask of weekdays: renumbered, or cut to the date of the instant."""
        if self._served_before:
            period = len(self._served_before) - 1
            rounds, place = divmod(turn.number, period)
            number = rounds * self._served_before[period] + self._served_before[place]
            return Turn(number, turn.start, turn.end, self._served_before[place] < self._served_before[place + 1])
        date = datetime_of(instant, self._zone).date()
        first, last = (wall(date + timedelta(days=more), 0, self._zone) for more in (0, 1))
        return Turn(turn.number, max(turn.start, first), min(turn.end, last), WEEKDAYS[date.weekday()] in days)

    def handover(self, turn: int) -> int:
        """Return the instant, in microseconds, at which a turn begins: the earliest of the grid times from it on.

        Only a wall time that does not exist can lie after a later grid time (G-5), so the search ends at the first
        grid time that exists.
        """
        planned = self._grid_time(turn)
        instant, exists = self._read(planned)
        number = turn
        while not exists:
            number += 1
            later = self._grid_time(number)
            if later - planned > LONGEST_GAP:
                break
            other, exists = self._read(later)
            instant = min(instant, other)
        return instant

    def _read(self, shown: datetime) -> tuple[int, bool]:
        """Return the instant of a wall time, and whether the zone's clock ever shows it."""
        offset = timedelta(hours=shown.hour, minutes=shown.minute, seconds=shown.second, microseconds=shown.microsecond)
        instant = wall(shown.date(), micros_of(offset), self._zone)
        return instant, datetime_of(instant, self._zone).replace(tzinfo=None) == shown

    def _grid_time(self, turn: int) -> datetime:
        """Return the wall time at which a turn begins by plan."""
        try:
            if self.every != "monthly":
                return self.start + turn * self._length()
            months = self.start.year * 12 + self.start.month - 1 + turn
            year, month = months // 12, months % 12 + 1
            return self.start.replace(year=year, month=month, day=min(self.start.day, monthrange(year, month)[1]))
        except (OverflowError, ValueError):
            raise InstantRangeError(
                f"turn `{turn}` of the rotation from `{self.start}` lies outside the years 1 to 9999; "
                "give a nearer turn"
            ) from None

    def _estimate(self, shown: datetime) -> int:
        """Return the number of a turn near a wall time."""
        if self.every != "monthly":
            return (shown - self.start) // self._length()
        return (shown.year - self.start.year) * 12 + shown.month - self.start.month

    def _length(self) -> timedelta:
        return self.every if isinstance(self.every, timedelta) else LENGTHS[self.every]


def _served_before(rotation: Rotation) -> tuple[int, ...]:
    """Return how many units of a week from the anchor are served before each; empty if turns stay on the calendar."""
    if rotation.days is None or rotation.every not in ("hourly", "daily"):
        return ()
    week, step = (7, timedelta(days=1)) if rotation.every == "daily" else (7 * 24, timedelta(hours=1))
    served = (WEEKDAYS[(rotation.start + place * step).weekday()] in rotation.days for place in range(week))
    return tuple(accumulate(served, initial=0))
