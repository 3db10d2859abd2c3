"""Domains as axes, on which every cell is a union of half-open spans (RUL-10).

A span runs from cut to cut. On a discrete domain cuts are whole numbers, and a value lies between two of them; on a
dense domain a cut lies just before or just after a value, written `(value, 0)` and `(value, 1)`. A missing fact has no
place on the axis.
"""

from collections.abc import Iterable
from datetime import date, time
from decimal import Context, Decimal
from itertools import pairwise
from math import inf
from typing import Any

from attrs import frozen

from supportcore.domains import (
    Choice,
    Day,
    Domain,
    Flag,
    Integer,
    Minutes,
    Number,
    NumberGap,
    Scale,
    Subset,
    TimeOfDay,
    Value,
)
from supportcore.domains.times_of_day import LAST
from supportcore.errors import DefinitionError
from supportcore.rules.cells import (
    AllOf,
    AnyOf,
    Anything,
    Between,
    Cell,
    Compare,
    Exactly,
    Given,
    Is,
    Missing,
    NoneOf,
    Not,
    OneOf,
    SetCell,
    Term,
)

Cut = Any
"""An `int`, an infinity at the open end of a discrete axis, or a pair on a dense axis."""

Spans = tuple[tuple[Cut, Cut], ...]
MOST_WORDS = 16
SOMEWHERE = date(1970, 1, 1).toordinal()
# Wide enough for sums and means of the longest numbers that a domain takes.
EXACT = Context(prec=2100)


@frozen
class Extent:
    """The values that a cell fits: disjoint spans in order, and whether a missing fact fits too."""

    spans: Spans
    missing: bool = False


@frozen
class Axis:
    """A domain as a line from `low` to `high`.

    Numbers that a domain leaves out between two others take no room: all cuts in such a gap are the cut at its start.
    A set of words has one position for each combination of the `words` that cells name, with and without any further
    word. `gaps` are those of the domain.
    """

    domain: Domain
    low: Cut
    high: Cut
    words: tuple[str, ...] = ()
    gaps: tuple[NumberGap, ...] = ()

    def start(self, cut: Cut) -> Cut:
        """Return the cut where the values after a cut begin, which is behind a gap that begins at the cut."""
        return next(((gap.above, 0) for gap in self.gaps if cut == (gap.below, 1)), cut) if self.gaps else cut

    def joined(self, cut: Cut) -> Cut:
        """Return a cut, or the start of the gap in which it lies."""
        if not self.gaps:
            return cut
        return next(((gap.below, 1) for gap in self.gaps if (gap.below, 1) <= cut <= (gap.above, 0)), cut)

    def stretches(self, low: Cut, high: Cut) -> Spans:
        """Return the parts of a span between gaps."""
        if not self.gaps:
            return ((low, high),)
        ends = [(gap.below, 1) for gap in self.gaps if low < (gap.below, 1) < high]
        return tuple((self.start(begin), end) for begin, end in pairwise([low, *ends, high]))

    @property
    def rest(self) -> int:
        """The number of members of a subset that no cell names."""
        return len(self.domain.members) - len(self.words) if isinstance(self.domain, Subset) else 0

    def position(self, value: Value) -> Cut:
        """Return the position of a value; on a dense axis the cut just before the value."""
        domain = self.domain
        if isinstance(domain, (Integer, Minutes)):
            return value
        if isinstance(domain, Flag):
            return int(value is True)
        if isinstance(domain, (Scale, Choice)):
            return domain.members.index(value) if value in domain.members else len(domain.members)
        if isinstance(domain, Day):
            assert isinstance(value, date)
            return value.toordinal()
        if isinstance(domain, TimeOfDay):
            assert isinstance(value, time)
            return 60 * value.hour + value.minute
        if isinstance(domain, Subset):
            assert isinstance(value, frozenset)
            bits = sum(1 << place for place, word in enumerate(self.words) if word in value)
            return bits | (1 << len(self.words) if value.difference(self.words) else 0)
        return self.joined((value, 0))

    def after(self, value: Value) -> Cut:
        """Return the cut just after a value."""
        return self.joined((value, 1)) if isinstance(self.domain, Number) else self.position(value) + 1

    def value_at(self, position: int) -> Value:
        """Return the value of a discrete domain at a position; the smallest of the sets that share a position."""
        domain = self.domain
        if isinstance(domain, Flag):
            return position == 1
        if isinstance(domain, (Scale, Choice)):
            return domain.members[position] if position < len(domain.members) else "other"
        if isinstance(domain, Day):
            return date.fromordinal(position)
        if isinstance(domain, TimeOfDay):
            return time(*divmod(position, 60))
        if isinstance(domain, Subset):
            held = [word for place, word in enumerate(self.words) if position >> place & 1]
            if position >> len(self.words):
                held.append(next(word for word in domain.members if word not in self.words))
            return frozenset(held)
        return position

    def lowest(self, low: Cut, high: Cut) -> Value:
        """Return the lowest value of a span, or a value near its low end if that end is open."""
        if not isinstance(self.domain, Number):
            if low != -inf:
                return self.value_at(low)
            return self.value_at(high - 1 if high != inf else SOMEWHERE)
        first, last = self.stretches(low, high)[0]
        return first[0] if first[1] == 0 and first[0] != -inf else _inside(first, last)

    def highest(self, low: Cut, high: Cut) -> Value:
        """Return the highest value of a span, or a value near its high end if that end is open."""
        if not isinstance(self.domain, Number):
            if high != inf:
                return self.value_at(high - 1)
            return self.value_at(low if low != -inf else SOMEWHERE)
        first, last = self.stretches(low, high)[-1]
        return last[0] if last[1] == 1 and last[0] != inf else _inside(first, last)

    def size(self, low: Cut, high: Cut) -> int | None:
        """Return the number of values in a span, or `None` if they cannot be counted."""
        if isinstance(self.domain, Subset):
            return sum((1 << self.rest) - 1 if place >> len(self.words) else 1 for place in range(low, high))
        if isinstance(self.domain, Number):
            stretches = self.stretches(low, high)
            return len(stretches) if all(first[0] == last[0] for first, last in stretches) else None
        return None if low == -inf or high == inf else high - low

    def complement(self, spans: Spans) -> Spans:
        """Return the spans of the axis outside the given spans."""
        left, start = [], self.low
        for low, high in spans:
            if start < low:
                left.append((start, low))
            start = high
        return (*left, (start, self.high)) if start < self.high else tuple(left)


def _inside(low: Cut, high: Cut) -> Decimal:
    """Return a number between two cuts of a dense axis, its ends excluded."""
    if low[0] == -inf and high[0] == inf:
        return Decimal(0)
    if low[0] == -inf:
        return Decimal(high[0]) - 1
    if high[0] == inf:
        return Decimal(low[0]) + 1
    return EXACT.divide(EXACT.add(Decimal(low[0]), Decimal(high[0])), Decimal(2)).normalize(EXACT)


def axis_of(domain: Domain, cells: Iterable[Cell]) -> Axis:
    """Return the axis of a domain whose column has these cells.

    Raises `DefinitionError` if the cells name more than 16 words of a subset.
    """
    if isinstance(domain, Subset):
        named = {word for cell in cells for word in _words_in(cell)}
        words = tuple(word for word in domain.members if word in named)
        if len(words) > MOST_WORDS:
            raise DefinitionError(
                f"the cells of `{domain.name}` name {len(words)} different words; a table distinguishes at most "
                f"{MOST_WORDS}; use flags for some of them"
            )
        return Axis(domain, 0, 1 << (len(words) + (len(words) < len(domain.members))), words)
    if isinstance(domain, Flag):
        return Axis(domain, 0, 2)
    if isinstance(domain, Scale):
        return Axis(domain, 0, len(domain.members))
    if isinstance(domain, Choice):
        return Axis(domain, 0, len(domain.members) + domain.other)
    if isinstance(domain, Number):
        before = (-inf, 0) if domain.lo is None else (domain.lo, int(domain.lo_open))
        behind = (inf, 1) if domain.hi is None else (domain.hi, int(not domain.hi_open))
        return Axis(domain, before, behind, gaps=domain.gaps)
    if isinstance(domain, Day):
        first, last = (None if end is None else end.toordinal() for end in (domain.lo, domain.hi))
        return Axis(domain, -inf if first is None else first, inf if last is None else last + 1)
    if isinstance(domain, TimeOfDay):
        earliest, latest = domain.lo or time.min, domain.hi or LAST
        return Axis(domain, 60 * earliest.hour + earliest.minute, 60 * latest.hour + latest.minute + 1)
    return Axis(domain, -inf if domain.lo is None else domain.lo, inf if domain.hi is None else domain.hi + 1)


def _words_in(cell: Cell) -> Iterable[str]:
    if isinstance(cell, (AllOf, AnyOf, NoneOf, Exactly)):
        return cell.members
    if isinstance(cell, Not):
        return [word for term in cell.terms for word in _words_in(term)]
    return ()


def extent_of(cell: Cell, axis: Axis) -> Extent:
    """Return the extent of a cell; raise `DefinitionError` if no value fits the cell (RUL-2)."""
    missing = False
    optional = axis.domain.optional
    if isinstance(cell, (Compare, Is, Between)):
        spans = _spans(cell, axis)
    elif isinstance(cell, (Anything, Given)):
        return Extent(((axis.low, axis.high),), optional and isinstance(cell, Anything))
    elif isinstance(cell, Not):
        spans = _spans(cell, axis)
    elif isinstance(cell, OneOf):
        spans = _merged(span for term in cell.terms for span in _spans(term, axis))
        missing = any(isinstance(term, Missing) for term in cell.terms)
    else:
        spans, missing = _spans(cell, axis), isinstance(cell, Missing)
    if missing and not optional:
        raise DefinitionError(
            f"`missing` never fits; declare that `{axis.domain.name}` may be missing, or remove the cell"
        )
    if not spans and not missing:
        raise DefinitionError(f"no value of `{axis.domain.name}` ({axis.domain.declaration()}) fits this cell")
    return Extent(spans, missing)


def _merged(spans: Iterable[tuple[Cut, Cut]]) -> Spans:
    """Return the union of spans, joined where they touch."""
    made: list[tuple[Cut, Cut]] = []
    for low, high in sorted(spans):
        if made and low <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], high))
        else:
            made.append((low, high))
    return tuple(made)


def _spans(cell: Term | SetCell | Not, axis: Axis) -> Spans:
    if isinstance(cell, Compare):
        low, high, operator = axis.low, axis.high, cell.operator
        cut = axis.after(cell.value) if operator in ("<=", ">") else axis.position(cell.value)
        if operator[0] == "<":
            high = cut
        else:
            low = cut
        return ((low, high),) if low < high else ()
    match cell:
        case Missing():
            return ()
        case Not(terms):
            return axis.complement(_merged(span for term in terms for span in _spans(term, axis)))
        case Is(value):
            return ((axis.position(value), axis.after(value)),)
        case Between(low_value, high_value, low_closed, high_closed):
            low = axis.position(low_value) if low_closed else axis.after(low_value)
            high = axis.after(high_value) if high_closed else axis.position(high_value)
            return ((low, high),) if low < high else ()
        case AllOf(members) | AnyOf(members) | NoneOf(members) | Exactly(members):
            return _set_spans(cell, members, axis)


def _set_spans(cell: SetCell, members: frozenset[str], axis: Axis) -> Spans:
    bits = axis.position(members)
    places = range(axis.low, axis.high)
    match cell:
        case AllOf():
            fitting = [place for place in places if place & bits == bits]
        case AnyOf():
            fitting = [place for place in places if place & bits]
        case NoneOf():
            fitting = [place for place in places if not place & bits]
        case _:
            fitting = [bits]
    return _merged((place, place + 1) for place in fitting)
