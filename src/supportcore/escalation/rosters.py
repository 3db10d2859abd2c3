"""Rosters: who is on a duty at an instant, from layers asked from the top (ESC-9)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal

from attrs import field, frozen

from supportcore.calendars import Calendar
from supportcore.errors import DefinitionError, NeverClosedError, NeverOpenError
from supportcore.escalation.rotations import Rotation
from supportcore.instants import datetime_of, micros

__all__ = ["Layer", "OnDuty", "Roster", "RosterShift", "next_boundary"]


def next_boundary(calendar: Calendar, instant: int) -> int | None:
    """The next opening or closing strictly after an instant, or none where the hours never change again."""
    hours = calendar.compiled
    try:
        return hours.next_close(instant) if hours.is_open(instant) else hours.next_open(instant)
    except (NeverOpenError, NeverClosedError):
        return None


def _who(given: Rotation | str | Sequence[str]) -> Rotation | tuple[str, ...]:
    if isinstance(given, Rotation):
        return given
    return (given,) if isinstance(given, str) else tuple(given)


@frozen
class Layer:
    """One layer of a roster: a rotation, or people who serve together, on certain hours or always.

    `hours` is a calendar; with `outside` the layer serves while it is closed.

    >>> Layer("ann").people
    ('ann',)
    """

    who: Rotation | tuple[str, ...] = field(converter=_who)
    hours: Calendar | None = field(default=None, kw_only=True)
    outside: bool = field(default=False, kw_only=True)

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who may serve here, each once, in order."""
        return tuple(dict.fromkeys(self.who.people if isinstance(self.who, Rotation) else self.who))

    def serves(self, instant: int) -> bool:
        """Whether the layer answers for this instant, in microseconds."""
        return self.hours is None or self.hours.compiled.is_open(instant) != self.outside

    def at(self, instant: int) -> tuple[str, ...]:
        """Who is due here at an instant in microseconds; nobody outside the layer's hours."""
        if self.hours is not None and not self.serves(instant):
            return ()
        who = self.who
        return who if isinstance(who, tuple) else (who.person_at(instant),)

    def in_turn(self, instant: int) -> tuple[str, ...]:
        """Everybody of the layer, the one whose turn it is first and the others as their turns follow."""
        if not isinstance(self.who, Rotation):
            return self.people
        number = self.who.turn_at(instant).number
        return tuple(dict.fromkeys(self.who.person_of(number + n) for n in range(len(self.who.people))))

    def next_change(self, instant: int) -> int | None:
        """The next instant strictly after this one at which the layer's answer may change."""
        edges = [] if self.hours is None else [next_boundary(self.hours, instant)]
        if isinstance(self.who, Rotation):
            edges.append(self.who.turn_at(instant).end)
        return min((edge for edge in edges if edge is not None), default=None)


@frozen
class OnDuty:
    """Who is on a duty at an instant. Nobody is a *gap* where nobody was due, *empty* where those due are not there."""

    people: tuple[str, ...]
    state: Literal["served", "empty", "gap"]


GAP = OnDuty((), "gap")


@frozen
class RosterShift:
    """One stretch `[start, end)` of the final schedule of a roster."""

    start: datetime
    end: datetime
    on_duty: OnDuty


def _layers(given: Iterable[Layer]) -> tuple[Layer, ...]:
    return tuple(given)


@frozen
class Roster:
    """A duty by its name, and who has it over time: its layers from the top, the first with anybody answers (ESC-9).

    >>> from datetime import UTC
    >>> pair = Rotation(["ann", "bob"], every="daily", start=datetime(2026, 1, 5, 8), tz="UTC")
    >>> Roster("backup", [Layer(pair.ahead(1))]).on_call(datetime(2026, 1, 5, 9, tzinfo=UTC))
    ('bob',)
    """

    name: str
    layers: tuple[Layer, ...] = field(converter=_layers)

    def __attrs_post_init__(self) -> None:
        if not self.layers:
            raise DefinitionError(f"roster `{self.name}` has no layer; give it one, for example `Layer(rotation)`")

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who may serve, each once."""
        return tuple(dict.fromkeys(name for layer in self.layers for name in layer.people))

    def on_call(self, instant: datetime) -> tuple[str, ...]:
        """Who is on the duty at an aware datetime; empty where nobody is."""
        return self._people_at(micros(instant))

    def at(self, instant: int) -> OnDuty:
        """Who is on the duty at an instant in microseconds, and how it stands where nobody is."""
        people = self._people_at(instant)
        return OnDuty(people, "served") if people else GAP

    def _people_at(self, instant: int) -> tuple[str, ...]:
        for layer in self.layers:
            people = layer.at(instant)
            if people:
                return people
        return ()

    def in_turn(self, instant: int) -> tuple[str, ...]:
        """Who to try in order: those on the duty now, then the others of the answering layer as their turns follow."""
        for layer in self.layers:
            if layer.at(instant):
                return layer.in_turn(instant)
        return ()

    def next_change(self, instant: int) -> int | None:
        """The next instant strictly after this one, in microseconds, at which the duty may pass on."""
        edges = (layer.next_change(instant) for layer in self.layers)
        return min((edge for edge in edges if edge is not None), default=None)

    def shifts(self, start: datetime, end: datetime) -> Iterator[RosterShift]:
        """The final schedule on `[start, end)`: stretches in order that tile it, each with another answer.

        >>> from datetime import UTC
        >>> start, end = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 9, tzinfo=UTC)
        >>> [(s.on_duty.people, s.end.day) for s in Roster("night", [Layer("ann")]).shifts(start, end)]
        [(('ann',), 9)]
        """
        first, last = micros(start, where="the start"), micros(end, where="the end")
        if first >= last:
            return
        tz = start.tzinfo
        assert tz is not None, "one without a zone was refused before"
        begun, on_duty = first, self.at(first)
        edge = self.next_change(first)
        while edge is not None and edge < last:
            new = self.at(edge)
            if new != on_duty:
                yield RosterShift(datetime_of(begun, tz), datetime_of(edge, tz), on_duty)
                begun, on_duty = edge, new
            edge = self.next_change(edge)
        yield RosterShift(datetime_of(begun, tz), datetime_of(last, tz), on_duty)
