"""A value over time, piecewise constant, each piece with its cause: facts, priority, contract, duty are all held
this way.

A timeline covers all of time. Its first piece has no start and its last no end. Instants are integers of microseconds
(`supportcore.instants`); `at` takes a datetime. `Editions` are what people write of it: what holds from which day on.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Generic, Literal, TypeVar, get_args

from attrs import field, frozen

from supportcore.errors import DefinitionError, NoDecisionError, did_you_mean, listed
from supportcore.instants import datetime_of, micros, wall, zone

__all__ = ["Edition", "Editions", "Piece", "Pin", "Timeline", "together"]

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

    pieces: tuple[Piece[V_co], ...]
    _edges: tuple[int, ...] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        ends = [piece.end for piece in self.pieces]
        starts = [piece.start for piece in self.pieces]
        if not self.pieces or starts[0] is not None or ends[-1] is not None or starts[1:] != ends[:-1]:
            raise DefinitionError("the pieces of a timeline must meet without gap and run from no start to no end")
        edges = tuple(piece.start for piece in self.pieces if piece.start is not None)
        if len(edges) != len(self.pieces) - 1 or any(a >= b for a, b in pairwise(edges)):
            raise DefinitionError("the pieces of a timeline must each have some length and stand in order")
        object.__setattr__(self, "_edges", edges)

    @staticmethod
    def constant(value: W, because: object = None) -> "Timeline[W]":
        """The same value for ever.

        >>> Timeline.constant("minor").at_micros(0)
        'minor'
        """
        return Timeline((Piece(None, None, value, because),))

    @staticmethod
    def of(first: W, changes: Iterable[tuple[int, W, object]], because: object = None) -> "Timeline[W]":
        """A timeline from its first value and `(instant, value, cause)` changes in order.

        Of several changes at one instant the last holds. A change to the value that already holds makes no new
        piece, so that the cause shown is the one that brought the value about.
        """
        starts: list[int | None] = [None]
        values, causes = [first], [because]
        last: int | None = None
        for at, value, cause in changes:
            if last is not None and at <= last:
                if at < last:
                    raise DefinitionError(f"the changes of a timeline must be given in order; {at} comes after {last}")
                del starts[-1], values[-1], causes[-1]
            if values[-1] != value:
                starts.append(at)
                values.append(value)
                causes.append(cause)
            last = starts[-1]
        made: Timeline[W] = object.__new__(Timeline)  # in order and whole as it stands: nothing is left to be checked
        SET_PIECES(made, tuple(map(Piece, starts, [*starts[1:], None], values, causes)))
        SET_EDGES(made, tuple(starts[1:]))
        return made

    def piece_at(self, instant: int) -> Piece[V_co]:
        """The piece that holds at an instant in microseconds; at an edge the later one (half-open, G-4)."""
        return self.pieces[bisect_right(self._edges, instant)]

    def at_micros(self, instant: int) -> V_co:
        """The value at an instant in microseconds."""
        return self.piece_at(instant).value

    def at(self, instant: datetime) -> V_co:
        """The value at an aware datetime; `NaiveDatetimeError` for one without a zone (G-2)."""
        return self.piece_at(micros(instant)).value

    def changes(self) -> Iterator[Piece[V_co]]:
        """The pieces that begin at an instant: all but the first."""
        return iter(self.pieces[1:])

    def between(self, start: int, end: int) -> Iterator[Piece[V_co]]:
        """The pieces that meet `[start, end)`, clipped to it; none where that is empty."""
        if start >= end:
            return
        for piece in self.pieces[bisect_right(self._edges, start) :]:
            if piece.start is not None and piece.start >= end:
                return
            first = start if piece.start is None or piece.start < start else piece.start
            last = end if piece.end is None or piece.end > end else piece.end
            yield Piece(first, last, piece.value, piece.because)

    def map(self, value_of: Callable[[V_co], W]) -> "Timeline[W]":
        """The timeline of a function of the value; neighbours that come out equal become one piece."""
        first, *rest = self.pieces
        changes = [(piece.start, value_of(piece.value), piece.because) for piece in rest if piece.start is not None]
        return Timeline.of(value_of(first.value), changes, first.because)


# The slots themselves are set, around the refusal of a frozen class.
SET_PIECES = vars(Timeline)["pieces"].__set__
SET_EDGES = vars(Timeline)["_edges"].__set__


def together(left: Timeline[V], right: Timeline[W], value_of: Callable[[V, W], X]) -> Timeline[X]:
    """The timeline of a function of two values over time; each piece's cause is that of the side that changed.

    >>> a, b = Timeline.of(1, [(5, 2, "a")]), Timeline.of(10, [(5, 20, "b"), (7, 30, "b")])
    >>> [(piece.start, piece.value) for piece in together(a, b, int.__add__).pieces]
    [(None, 11), (5, 22), (7, 32)]
    """
    edges = sorted({*left._edges, *right._edges})
    changes = []
    for edge in edges:
        mine, other = left.piece_at(edge), right.piece_at(edge)
        changes.append(
            (
                edge,
                value_of(mine.value, other.value),
                mine.because if mine.start == edge else other.because,
            )
        )
    first = left.pieces[0], right.pieces[0]
    return Timeline.of(value_of(first[0].value, first[1].value), changes, first[0].because)


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
