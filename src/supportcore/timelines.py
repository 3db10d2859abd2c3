"""A value over time, piecewise constant, each piece with its cause: facts, priority, contract, duty are all held
this way.

A timeline covers all of time. Its first piece has no start and its last no end. Instants are integers of microseconds
(`supportcore.instants`); `at` takes a datetime. `Editions` are what people write of it: what holds from which day on.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Generic, Literal, TypeVar, get_args

from attrs import frozen

from supportcore.errors import DefinitionError, NoDecisionError, did_you_mean, listed
from supportcore.instants import datetime_of, micros, wall, zone

V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)
W = TypeVar("W")
X = TypeVar("X")


@frozen
class Piece(Generic[V_co]):
    """One stretch `[start, end)` on which a value holds, and its cause; no start or no end means unbounded there."""

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
            raise DefinitionError("a timeline has a value and a cause before, between and after its edges")
        if any(a >= b for a, b in pairwise(self.edges)):
            raise DefinitionError("the edges of a timeline must stand in order, each once")

    @staticmethod
    def constant(value: W, because: object = None) -> "Timeline[W]":
        """The same value for ever.

        >>> Timeline.constant("minor").at_micros(0)
        'minor'
        """
        return Timeline((), (value,), (because,))

    @staticmethod
    def of(first: W, changes: Iterable[tuple[int, W, object]], because: object = None) -> "Timeline[W]":
        """A timeline from its first value and `(instant, value, cause)` changes in order.

        Of several changes at one instant the last holds. A change to the value that already holds makes no new
        piece, so that the cause shown is the one that brought the value about.
        """
        edges: list[int] = []
        values, causes = [first], [because]
        for at, value, cause in changes:
            if edges and at <= edges[-1]:
                if at < edges[-1]:
                    raise DefinitionError(
                        f"the changes of a timeline must be given in order; {at} comes after {edges[-1]}"
                    )
                del edges[-1], values[-1], causes[-1]
            if values[-1] == value:
                continue
            edges.append(at)
            values.append(value)
            causes.append(cause)
        made: Timeline[W] = object.__new__(Timeline)  # in order and whole as it stands: nothing is left to be checked
        SET_EDGES(made, tuple(edges))
        SET_VALUES(made, tuple(values))
        SET_CAUSES(made, tuple(causes))
        return made

    @property
    def pieces(self) -> tuple[Piece[V_co], ...]:
        """Its stretches, without gap, from no start to no end."""
        return tuple(map(Piece, (None, *self.edges), (*self.edges, None), self.values, self.causes))

    def piece_at(self, instant: int) -> Piece[V_co]:
        """The piece that holds at an instant in microseconds; at an edge the later one (half-open, G-4).

        >>> Timeline.of("minor", [(10, "major", "facts")]).piece_at(10)
        Piece(start=10, end=None, value='major', because='facts')
        """
        place = bisect_right(self.edges, instant)
        start = self.edges[place - 1] if place else None
        end = self.edges[place] if place < len(self.edges) else None
        return Piece(start, end, self.values[place], self.causes[place])

    def at_micros(self, instant: int) -> V_co:
        """The value at an instant in microseconds."""
        return self.values[bisect_right(self.edges, instant)]

    def at(self, instant: datetime) -> V_co:
        """The value at an aware datetime; `NaiveDatetimeError` for one without a zone (G-2)."""
        return self.at_micros(micros(instant))

    def changes(self) -> Iterator[Piece[V_co]]:
        """The pieces that begin at an instant: all but the first."""
        return iter(self.pieces[1:])

    def between(self, start: int, end: int) -> Iterator[Piece[V_co]]:
        """The pieces that meet `[start, end)`, clipped to it; none where that is empty."""
        if start >= end:
            return
        last = bisect_left(self.edges, end)
        for place in range(bisect_right(self.edges, start), last + 1):
            until = end if place == last else self.edges[place]
            yield Piece(start, until, self.values[place], self.causes[place])
            start = until

    def map(self, value_of: Callable[[V_co], W]) -> "Timeline[W]":
        """The timeline of a function of the value; neighbours that come out equal become one piece."""
        first, *rest = map(value_of, self.values)
        return Timeline.of(first, zip(self.edges, rest, self.causes[1:], strict=True), self.causes[0])


# The slots themselves are set, around the refusal of a frozen class.
SET_EDGES, SET_VALUES, SET_CAUSES = (vars(Timeline)[name].__set__ for name in ("edges", "values", "causes"))


def together(left: Timeline[V], right: Timeline[W], value_of: Callable[[V, W], X]) -> Timeline[X]:
    """The timeline of a function of two values over time; each piece's cause is that of the side that changed.

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
    """One of several editions: what holds from an instant on, which is called by its date, `since` (G-12)."""

    since: str
    start: int
    value: V_co


@frozen(init=False)
class Editions(Generic[V_co]):
    """What holds from when on, until the next edition, and which of them a ticket follows: its pin (G-12).

    `editions` gives each value its first day, a date of the zone `tz` and itself included (G-4), or its first
    instant. The pin says which one a ticket follows for ever: the one in force at its `opening`, or at the
    `attachment`; or the `latest`, the one in force at each instant. Raises `DefinitionError` for a pin that is none,
    no edition at all, two from one instant on, and a date without a zone.

    >>> fees = Editions("fees", {date(2026, 1, 1): 90, date(2027, 1, 1): 95}, pin="opening", tz="Europe/Berlin")
    >>> fees.at(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)), fees.at(datetime(2026, 12, 31, 23, tzinfo=UTC))
    (90, 95)
    """

    name: str
    editions: tuple[Edition[V_co], ...]
    pin: Pin

    def __init__(self, name: str, editions: Mapping[date, V_co], *, pin: Pin, tz: str | None = None) -> None:
        if not name:
            raise DefinitionError("editions need the name of what they are editions of")
        if not editions:
            raise DefinitionError(f"`{name}` has no edition; give at least one and the day from which it holds")
        if pin not in get_args(Pin):
            raise DefinitionError(
                f"the pin of `{name}` is `{pin}`; accepted are {listed(get_args(Pin))}"
                f"{did_you_mean(str(pin), get_args(Pin))}"
            )
        starts = sorted(((_start(name, since, tz), since) for since in editions), key=lambda one: one[0])
        made = [Edition(since.isoformat(), start, editions[since]) for start, since in starts]
        for one, other in pairwise(made):
            if one.start == other.start:
                raise DefinitionError(
                    f"two editions of `{name}` hold from one instant on, `{one.since}` and `{other.since}`; keep one"
                )
        self.__attrs_init__(name, tuple(made), pin)

    def at(self, instant: datetime) -> V_co:
        """What holds at an aware datetime; `NoDecisionError` before the first edition."""
        return self.edition_at(micros(instant)).value

    def edition_at(self, instant: int) -> Edition[V_co]:
        """The edition in force at an instant in microseconds; `NoDecisionError` before the first."""
        place = bisect_right(self.editions, instant, key=lambda edition: edition.start)
        if not place:
            raise NoDecisionError(
                f"no edition of `{self.name}` is in force at `{datetime_of(instant, UTC).isoformat()}`; the first "
                f"holds from `{self.editions[0].since}` on; give one that held before"
            )
        return self.editions[place - 1]

    def map(self, value_of: Callable[[V_co], W]) -> "Editions[W]":
        """The editions of a function of the value, with the same days and the same pin.

        >>> fees = Editions("fees", {datetime(2026, 1, 1, tzinfo=UTC): 90}, pin="latest")
        >>> fees.map(lambda fee: fee / 10).at(datetime(2026, 5, 1, tzinfo=UTC))
        9.0
        """
        made: Editions[W] = object.__new__(Editions)
        editions = tuple(Edition(one.since, one.start, value_of(one.value)) for one in self.editions)
        made.__attrs_init__(self.name, editions, self.pin)
        return made


def _start(name: str, since: date, tz: str | None) -> int:
    """From which instant an edition holds, that is written with a date or an instant."""
    where = f"an edition of `{name}`"
    if isinstance(since, datetime):
        return micros(since, where=where)
    if not isinstance(since, date):
        raise DefinitionError(f"{where} holds from `{since}`; a date or an aware datetime is accepted")
    if tz is None:
        raise DefinitionError(
            f"{where} holds from `{since}` on, but no zone says when that day begins; "
            'give one, for example `tz="Europe/Berlin"`'
        )
    return wall(since, 0, zone(tz, where=f"the zone of `{name}`"))
