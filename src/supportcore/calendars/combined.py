"""Set algebra on calendars of any zone, exact on instants (CAL-9)."""

from collections.abc import Callable
from datetime import tzinfo
from typing import Literal, NoReturn

from attrs import field, frozen

from supportcore.calendars.engine.compiled import CompiledHours
from supportcore.calendars.engine.cover import FIRST, LAST, Cover, Mark, layered
from supportcore.calendars.protocol import Calendar, compiled_of
from supportcore.calendars.spans import Span, common, merged, without
from supportcore.wording import language_named

Operation = Literal["or", "and", "without"]

OPERATIONS: dict[Operation, Callable[[list[Span], list[Span]], list[Span]]] = {
    "or": lambda left, right: merged([*left, *right]),
    "and": common,
    "without": without,
}


@frozen
class CombinedCalendar(Calendar):
    """The union (`|`), intersection (`&`) or difference (`-`) of two calendars.

    The open instants are combined, exceptions and holidays included. The result has civil days only if both calendars
    have the same zone.

    >>> from datetime import UTC, datetime
    >>> from supportcore import BusinessCalendar, always_open
    >>> office = BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "09:00-17:00"})
    >>> outside = always_open("UTC") - office
    >>> outside.is_open(datetime(2026, 1, 5, 12, tzinfo=UTC)), outside.is_open(datetime(2026, 1, 4, 12, tzinfo=UTC))
    (False, True)
    """

    operation: Operation
    left: Calendar
    right: Calendar
    compiled: CompiledHours = field(eq=False, init=False, repr=False)  # pyright: ignore[reportIncompatibleMethodOverride]

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "compiled", CompiledHours(_combined(self)))

    @property
    def zone(self) -> tzinfo | None:
        """The zone of both calendars, or `None` if their zones differ."""
        return self.left.zone if self.left.zone == self.right.zone else None

    def summary(self, language: str = "en") -> str:
        """Describe both calendars and how they are combined, in English (`en`) or German (`de`)."""
        from supportcore.calendars.words import combined_words

        parts = (self.left.summary(language), self.right.summary(language))
        return combined_words(language_named(language), self.operation, *parts)

    def __or__(self, other: Calendar) -> "CombinedCalendar":
        return CombinedCalendar("or", self, other)

    def __and__(self, other: Calendar) -> "CombinedCalendar":
        return CombinedCalendar("and", self, other)

    def __sub__(self, other: Calendar) -> "CombinedCalendar":
        return CombinedCalendar("without", self, other)

    def __reduce__(self) -> tuple[object, ...]:
        return (CombinedCalendar, (self.operation, self.left, self.right))


def _combined(calendar: CombinedCalendar) -> Cover:
    left, right = compiled_of(calendar.left).cover, compiled_of(calendar.right).cover
    combine = OPERATIONS[calendar.operation]

    def spans(a: int, b: int) -> list[Span]:
        return combine(left.spans(a, b), right.spans(a, b))

    def marks(a: int, b: int) -> list[Mark]:
        if calendar.operation != "without":
            return layered([left.marks(a, b), right.marks(a, b)], a, b)
        taken = [
            Mark(start, end, "excluded", verdict.because)
            for verdict in calendar.right.compiled.verdicts(a, b)
            if verdict.kind == "counted"
            for start, end in common([(verdict.start, verdict.end)], left.spans(a, b))
        ]
        return layered([taken, left.marks(a, b)], a, b)

    def refuse(instant: int) -> NoReturn:
        knows = left.first <= instant < left.last
        (right if knows else left).refuse(instant)

    def at_most(a: int, b: int) -> list[Span]:
        if calendar.operation != "without":
            return combine(left.at_most(a, b), right.at_most(a, b))
        # The calendar taken away is closed on its holidays; where these are unknown, any day may be one.
        return without(left.at_most(a, b), right.spans(a, b)) if _is_known_for_ever(right) else left.at_most(a, b)

    return Cover(
        spans=spans,
        marks=marks,
        refuse=refuse,
        at_most=at_most,
        first=max(left.first, right.first),
        last=min(left.last, right.last),
        dated_from=min(left.dated_from, right.dated_from),
        dated_until=max(left.dated_until, right.dated_until),
    )


def _is_known_for_ever(cover: Cover) -> bool:
    return cover.first <= FIRST and cover.last >= LAST
