"""Rosters: who is on a duty at an instant, by layers searched from the top (ESC-9)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal

from attrs import Factory, field, frozen

from supportcore.calendars import Calendar
from supportcore.equality import equality_key
from supportcore.errors import DefinitionError, NeverClosedError, NeverOpenError, counted
from supportcore.escalation.duty.roster_changes import Change, apply_changes, check_changes
from supportcore.escalation.duty.rotations import Rotation
from supportcore.instants import datetime_of, micros


def next_boundary(calendar: Calendar, instant: int) -> int | None:
    """Return the next opening or closing after an instant, or `None` if the hours never change again."""
    hours = calendar.compiled
    try:
        return hours.next_close(instant) if hours.is_open(instant) else hours.next_open(instant)
    except (NeverOpenError, NeverClosedError):
        return None


def _who(given: Rotation | str | Sequence[str]) -> Rotation | tuple[str, ...]:
    if isinstance(given, Rotation):
        return given
    return (given,) if isinstance(given, str) else tuple(given)


def _instant(given: datetime | None) -> int | None:
    return None if given is None else micros(given, where="the start or end of a layer")


@frozen
class Layer:
    """A layer of a roster: a rotation, or people who serve together, always or only during `hours`.

    With `outside` the layer serves while the calendar `hours` is closed. The layer is in force from `start` to `end`.
    Layers with an equal mark in `together` serve together.

    >>> Layer("ann").people
    ('ann',)
    """

    who: Rotation | tuple[str, ...] = field(converter=_who)
    hours: Calendar | None = field(default=None, kw_only=True)
    outside: bool = field(default=False, kw_only=True)
    start: datetime | None = field(default=None, kw_only=True, eq=False)
    end: datetime | None = field(default=None, kw_only=True, eq=False)
    together: str | None = field(default=None, kw_only=True)
    _first: int | None = field(
        init=False, repr=False, default=Factory(lambda self: _instant(self.start), takes_self=True)
    )
    _last: int | None = field(init=False, repr=False, default=Factory(lambda self: _instant(self.end), takes_self=True))

    @property
    def people(self) -> tuple[str, ...]:
        """The people of the layer, each once, in order."""
        return tuple(dict.fromkeys(self.who.people if isinstance(self.who, Rotation) else self.who))

    def serves(self, instant: int) -> bool:
        """Return whether the layer is in force at an instant in microseconds, by its dates and hours."""
        if (self._first is not None and instant < self._first) or (self._last is not None and instant >= self._last):
            return False
        return self.hours is None or self.hours.compiled.is_open(instant) != self.outside

    def at(self, instant: int) -> tuple[str, ...]:
        """Return who serves at an instant in microseconds; nobody outside the layer's hours."""
        if not self.serves(instant):
            return ()
        if isinstance(self.who, tuple):
            return self.who
        person = self.who.person_at(instant)
        return () if person is None else (person,)

    def in_turn(self, instant: int) -> tuple[str, ...]:
        """Return the people of the layer, beginning with the turn at an instant, then in order of their turns."""
        if not isinstance(self.who, Rotation):
            return self.people
        number = self.who.turn_at(instant).number
        return tuple(dict.fromkeys(self.who.person_of(number + n) for n in range(len(self.who.people))))

    def next_change(self, instant: int) -> int | None:
        """Return the next instant after this one at which the people of the layer may change."""
        edges = [edge for edge in (self._first, self._last) if edge is not None and edge > instant]
        if self.hours is not None and (boundary := next_boundary(self.hours, instant)) is not None:
            edges.append(boundary)
        if isinstance(self.who, Rotation):
            edges.append(self.who.turn_at(instant).end)
        return min(edges, default=None)


@frozen
class OnDuty:
    """The people on a duty at an instant.

    Without people, the duty is a *gap* if nobody was due, and *empty* if nobody who was due is left.
    """

    people: tuple[str, ...]
    state: Literal["served", "empty", "gap"]


GAP = OnDuty((), "gap")
EMPTY = OnDuty((), "empty")


@frozen
class RosterShift:
    """A stretch `[start, end)` of the final schedule of a roster."""

    start: datetime = field(eq=equality_key)
    end: datetime = field(eq=equality_key)
    on_duty: OnDuty


def _people_text(people: Sequence[str]) -> str:
    shown = ", ".join(people[:5])
    return shown if len(people) <= 5 else f"{shown} and {len(people) - 5} more"


def _layers(given: Iterable[Layer]) -> tuple[Layer, ...]:
    return tuple(given)


def _changes(given: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(given)


@frozen
class Roster:
    """A duty over time: `layers`, of which the first with anybody on duty serves, and `changes` (ESC-9).

    >>> from datetime import UTC
    >>> pair = Rotation(["ann", "bob"], every="daily", start=datetime(2026, 1, 5, 8), tz="UTC")
    >>> Roster("backup", [Layer(pair.ahead(1))]).on_call(datetime(2026, 1, 5, 9, tzinfo=UTC))
    ('bob',)
    """

    name: str
    layers: tuple[Layer, ...] = field(converter=_layers)
    changes: tuple[Change, ...] = field(default=(), converter=_changes)

    def __repr__(self) -> str:
        counts = f"{counted(len(self.layers), 'layer')}, {counted(len(self.changes), 'change')}"
        return f"Roster({self.name}: {_people_text(self.people)}; {counts})"

    def __attrs_post_init__(self) -> None:
        if not self.layers:
            raise DefinitionError(f"roster `{self.name}` has no layer; give it one, for example `Layer(rotation)`")
        check_changes(self.changes, where=f"roster `{self.name}`")

    @property
    def people(self) -> tuple[str, ...]:
        """The people who may serve, each once."""
        planned = [name for layer in self.layers for name in layer.people]
        return tuple(dict.fromkeys(planned + [name for change in self.changes for name in change.people]))

    def on_call(self, instant: datetime) -> tuple[str, ...]:
        """Return who is on the duty at an aware datetime."""
        now = micros(instant)
        return self.at(now).people if self.changes else self._due(now, ())

    def at(self, instant: int) -> OnDuty:
        """Return the people on duty at an instant in microseconds; if there are none, whether it is a gap or empty."""
        if not self.changes:
            people = self._due(instant, ())
            return OnDuty(people, "served") if people else GAP
        changes = self._changes_at(instant)
        instead = [change.people for change in changes if change.kind == "instead"]
        people = instead[0] if instead else self._due(instant, changes)
        extra = tuple(change.person for change in changes if change.kind == "extra")
        if extra:
            people = tuple(dict.fromkeys(people + extra))
        if people:
            return OnDuty(people, "served")
        return EMPTY if changes and self._due(instant, ()) else GAP

    def in_turn(self, instant: int) -> tuple[str, ...]:
        """Return whom to page in order: the people on the duty, then the others of the serving layer in turn."""
        changes = self._changes_at(instant)
        now = self.at(instant).people
        if any(change.kind == "instead" for change in changes):
            return now
        others = next(
            (layer.in_turn(instant) for layer in self.layers if apply_changes(changes, layer.at(instant))), ()
        )
        return tuple(dict.fromkeys((*now, *apply_changes(changes, others))))

    def next_change(self, instant: int) -> int | None:
        """Return the next instant after this one, in microseconds, at which the duty may be handed over."""
        edges = [edge for layer in self.layers if (edge := layer.next_change(instant)) is not None]
        edges += [edge for change in self.changes for edge in (change.first, change.last) if edge > instant]
        return min(edges, default=None)

    def _changes_at(self, instant: int) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.first <= instant < change.last)

    def _due(self, instant: int, changes: tuple[Change, ...]) -> tuple[str, ...]:
        """Return the people of the first layer with anybody left, and of the layers marked together with it."""
        for layer in self.layers:
            people = apply_changes(changes, layer.at(instant)) if changes else layer.at(instant)
            if people:
                return people if layer.together is None else self._together(layer.together, instant, changes)
        return ()

    def _together(self, mark: str, instant: int, changes: tuple[Change, ...]) -> tuple[str, ...]:
        marked = (layer for layer in self.layers if layer.together == mark)
        return tuple(dict.fromkeys(name for layer in marked for name in apply_changes(changes, layer.at(instant))))

    def shifts(self, start: datetime, end: datetime) -> Iterator[RosterShift]:
        """Yield the final schedule on `[start, end)`: stretches that tile it, neighbours with different people.

        >>> from datetime import UTC
        >>> start, end = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 9, tzinfo=UTC)
        >>> [(s.on_duty.people, s.end.day) for s in Roster("night", [Layer("ann")]).shifts(start, end)]
        [(('ann',), 9)]
        """
        first, last = micros(start, where="the start"), micros(end, where="the end")
        if first >= last:
            return
        tz = start.tzinfo
        assert tz is not None, "`micros` refuses a datetime without a zone"
        begun, on_duty = first, self.at(first)
        edge = self.next_change(first)
        while edge is not None and edge < last:
            new = self.at(edge)
            if new != on_duty:
                yield RosterShift(datetime_of(begun, tz), datetime_of(edge, tz), on_duty)
                begun, on_duty = edge, new
            edge = self.next_change(edge)
        yield RosterShift(datetime_of(begun, tz), datetime_of(last, tz), on_duty)
