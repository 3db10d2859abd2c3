"""Piecewise-constant values over time, each piece with its cause: facts, priority, contract, duty.

A timeline covers all of time: its first piece has no start, its last piece no end. Instants are integers of
microseconds (`supportcore.instants`); `at` takes a datetime. `Editions` hold values by the day from which they hold.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import pairwise
from operator import ge
from typing import Generic, Literal, TypeVar, get_args

from attrs import frozen

from supportcore.equality import equality_key
from supportcore.errors import DefinitionError, InstantRangeError, NoDecisionError, did_you_mean, listed
from supportcore.instants import brief, datetime_of, micros, wall, zone

V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)
W = TypeVar("W")
X = TypeVar("X")

# A `repr` shows this many changes of a timeline, and this many letters of each value.
MOST_CHANGES = 2
MOST_LETTERS = 40


@frozen
class Piece(Generic[V_co]):
    """A stretch `[start, end)` with its value and its cause; `None` as start or end is unbounded."""

    start: int | None
    end: int | None
    value: V_co
    because: object = None


@frozen
class Timeline(Generic[V_co]):
    """A piecewise-constant value over all of time.

    >>> line = Timeline.of("minor", [(10, "major", "facts"), (20, "major", "again"), (30, "blocker", "facts")])
    >>> [(piece.start, piece.end, piece.value) for piece in line.pieces]
    [(None, 10, 'minor'), (10, 30, 'major'), (30, None, 'blocker')]
    >>> line.at_micros(29)
    'major'
    """

    edges: tuple[int, ...]
    values: tuple[V_co, ...]
    causes: tuple[object, ...]

    def __attrs_post_init__(self) -> None:
        if not len(self.values) == len(self.causes) == len(self.edges) + 1:
            raise DefinitionError(
                f"a timeline of {len(self.edges)} edges has {len(self.values)} values and {len(self.causes)} causes; "
                f"expected {len(self.edges) + 1} of each"
            )
        if any(map(ge, self.edges, self.edges[1:])):
            raise DefinitionError("the edges of a timeline are not in order; give each edge once, in order")

    def __repr__(self) -> str:
        changes = list(zip(self.edges, self.values[1:], strict=True))
        parts = [_brief_value(self.values[0])]
        parts += [f"from {_brief_edge(edge)} {_brief_value(value)}" for edge, value in changes[:MOST_CHANGES]]
        if len(changes) > MOST_CHANGES:
            parts.append(f"{len(changes) - MOST_CHANGES} more")
        return f"Timeline({'; '.join(parts)})"

    @staticmethod
    def constant(value: W, because: object = None) -> "Timeline[W]":
        """Return a timeline with one value.

        >>> Timeline.constant("minor").at_micros(0)
        'minor'
        """
        return Timeline((), (value,), (because,))

    @staticmethod
    def of(
        first: W,
        changes: Iterable[tuple[int, W, object]],
        because: object = None,
        *,
        key: Callable[[W], object] = equality_key,
    ) -> "Timeline[W]":
        """Return a timeline from its first value and `(instant, value, cause)` changes in order.

        Of several changes at one instant the last holds. A change to the present value makes no new piece, so that the
        cause of a piece is the cause of its value. `key` returns what two values have in common if they are equal.
        """
        edges: list[int] = []
        values, causes = [first], [because]
        for at, value, cause in changes:
            if edges and at <= edges[-1]:
                if at < edges[-1]:
                    raise DefinitionError(
                        f"the change of a timeline at `{at}` follows the change at `{edges[-1]}`; give changes in order"
                    )
                del edges[-1], values[-1], causes[-1]
            if key(values[-1]) == key(value):
                continue
            edges.append(at)
            values.append(value)
            causes.append(cause)
        return Timeline(tuple(edges), tuple(values), tuple(causes))

    @property
    def pieces(self) -> tuple[Piece[V_co], ...]:
        """The pieces in order; they tile all of time."""
        return tuple(map(Piece, (None, *self.edges), (*self.edges, None), self.values, self.causes))

    def piece_at(self, instant: int) -> Piece[V_co]:
        """Return the piece at an instant in microseconds; at an edge, the later piece (half-open, G-4).

        >>> Timeline.of("minor", [(10, "major", "facts")]).piece_at(10)
        Piece(start=10, end=None, value='major', because='facts')
        """
        place = bisect_right(self.edges, instant)
        start = self.edges[place - 1] if place else None
        end = self.edges[place] if place < len(self.edges) else None
        return Piece(start, end, self.values[place], self.causes[place])

    def at_micros(self, instant: int) -> V_co:
        """Return the value at an instant in microseconds."""
        return self.values[bisect_right(self.edges, instant)]

    def at(self, instant: datetime) -> V_co:
        """Return the value at an aware datetime; raise `NaiveDatetimeError` for a datetime without a zone (G-2)."""
        return self.at_micros(micros(instant))

    def changes(self) -> Iterator[Piece[V_co]]:
        """Yield the pieces that have a start: all but the first."""
        return iter(self.pieces[1:])

    def between(self, start: int, end: int) -> Iterator[Piece[V_co]]:
        """Yield the pieces within `[start, end)`, clipped to it; nothing if `[start, end)` is empty."""
        if start >= end:
            return
        last = bisect_left(self.edges, end)
        for place in range(bisect_right(self.edges, start), last + 1):
            until = end if place == last else self.edges[place]
            yield Piece(start, until, self.values[place], self.causes[place])
            start = until

    def map(self, value_of: Callable[[V_co], W]) -> "Timeline[W]":
        """Return the timeline of a function of the value; neighbours with equal results become one piece."""
        first, *rest = map(value_of, self.values)
        return Timeline.of(first, zip(self.edges, rest, self.causes[1:], strict=True), self.causes[0])


def _brief_value(value: object) -> str:
    text = repr(value)
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}…"


def _brief_edge(edge: int) -> str:
    try:
        return brief(datetime_of(edge, UTC))
    except InstantRangeError:
        return f"{edge} µs"


def together(left: Timeline[V], right: Timeline[W], value_of: Callable[[V, W], X]) -> Timeline[X]:
    """Return the timeline of a function of two values; the cause of each piece is the cause on the side that changed.

    >>> a, b = Timeline.of(1, [(5, 2, "a")]), Timeline.of(10, [(5, 20, "b"), (7, 30, "b")])
    >>> [(piece.start, piece.value) for piece in together(a, b, int.__add__).pieces]
    [(None, 11), (5, 22), (7, 32)]
    """
    changes: list[tuple[int, X, object]] = []
    place = other = 0
    for edge in sorted({*left.edges, *right.edges}):
        because: object = None
        if other < len(right.edges) and right.edges[other] == edge:
            other += 1
            because = right.causes[other]
        if place < len(left.edges) and left.edges[place] == edge:
            place += 1
            because = left.causes[place]
        changes.append((edge, value_of(left.values[place], right.values[other]), because))
    return Timeline.of(value_of(left.values[0], right.values[0]), changes, left.causes[0])


Pin = Literal["opening", "attachment", "latest"]


@frozen
class Edition(Generic[V_co]):
    """A value that holds from the instant `start` on, named by its date `since` (G-12)."""

    since: str
    start: int
    value: V_co


@frozen(init=False)
class Editions(Generic[V_co]):
    """Values that hold until the next edition, and a pin: the edition that a ticket follows (G-12).

    `editions` maps the first day of each value, a date in the zone `tz` (G-4), or its first instant, to the value. With
    the pin `opening` or `attachment`, a ticket follows for ever the edition in force at that event; with `latest`, the
    edition in force at each instant. Raises `DefinitionError` for an unknown pin, no editions, two editions from one
    instant, and a date without a zone.

    >>> fees = Editions("fees", {date(2026, 1, 1): 90, date(2027, 1, 1): 95}, pin="opening", tz="Europe/Berlin")
    >>> fees.at(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)), fees.at(datetime(2026, 12, 31, 23, tzinfo=UTC))
    (90, 95)
    """

    name: str
    editions: tuple[Edition[V_co], ...]
    pin: Pin

    def __init__(self, name: str, editions: Mapping[date, V_co], *, pin: Pin, tz: str | None = None) -> None:
        if not name:
            raise DefinitionError("editions need a name")
        if not editions:
            raise DefinitionError(f"`{name}` has no edition; give at least one, with its first day")
        if pin not in get_args(Pin):
            raise DefinitionError(
                f"`{pin}` is not a pin of `{name}`; expected one of {listed(get_args(Pin))}"
                f"{did_you_mean(str(pin), get_args(Pin))}"
            )
        starts = sorted(((_start(name, since, tz), since) for since in editions), key=lambda dated: dated[0])
        ordered = [Edition(since.isoformat(), start, editions[since]) for start, since in starts]
        for earlier, later in pairwise(ordered):
            if earlier.start == later.start:
                raise DefinitionError(
                    f"two editions of `{name}` hold from one instant, `{earlier.since}` and `{later.since}`; keep one"
                )
        self.__attrs_init__(name, tuple(ordered), pin)

    def at(self, instant: datetime) -> V_co:
        """Return the value at an aware datetime; raise `NoDecisionError` before the first edition."""
        return self.edition_at(micros(instant)).value

    def edition_at(self, instant: int) -> Edition[V_co]:
        """Return the edition at an instant in microseconds; raise `NoDecisionError` before the first edition."""
        place = bisect_right(self.editions, instant, key=lambda edition: edition.start)
        if not place:
            raise NoDecisionError(
                f"no edition of `{self.name}` is in force at `{datetime_of(instant, UTC).isoformat()}`; the first "
                f"holds from `{self.editions[0].since}` on; give an earlier edition"
            )
        return self.editions[place - 1]

    def map(self, value_of: Callable[[V_co], W]) -> "Editions[W]":
        """Return the editions of a function of the value, with these days and this pin.

        >>> fees = Editions("fees", {datetime(2026, 1, 1, tzinfo=UTC): 90}, pin="latest")
        >>> fees.map(lambda fee: fee / 10).at(datetime(2026, 5, 1, tzinfo=UTC))
        9.0
        """
        mapped: Editions[W] = object.__new__(Editions)
        editions = tuple(Edition(edition.since, edition.start, value_of(edition.value)) for edition in self.editions)
        mapped.__attrs_init__(self.name, editions, self.pin)
        return mapped


def _start(name: str, since: date, tz: str | None) -> int:
    """Return the first instant of an edition from its date or instant."""
    where = f"an edition of `{name}`"
    if isinstance(since, datetime):
        return micros(since, where=where)
    if not isinstance(since, date):
        raise DefinitionError(f"{where} holds from `{since}`; expected a date or an aware datetime")
    if tz is None:
        raise DefinitionError(
            f"{where} holds from the day `{since}`, whose time zone is unknown; "
            'give the zone, for example `tz="Europe/Berlin"`'
        )
    return wall(since, 0, zone(tz, where=f"the zone of `{name}`"))
