"""Overrides of a roster: absences, swaps, extra people, and replacements of the whole duty (ESC-9)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import combinations
from typing import Literal

from attrs import Factory, field, frozen

from supportcore.errors import DefinitionError
from supportcore.instants import micros


def _people(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


@frozen
class Change:
    """An override of a duty on `[start, end)`, made by `absent`, `swap`, `extra` or `instead`.

    `person` is the person whose turn changes, `people` are those who serve by the change.

    >>> from datetime import UTC
    >>> Change.swap("ann", "bob", datetime(2026, 1, 5, 8, tzinfo=UTC), datetime(2026, 1, 6, 8, tzinfo=UTC)).people
    ('bob',)
    """

    kind: Literal["absent", "swap", "extra", "instead"]
    person: str
    people: tuple[str, ...] = field(converter=_people)
    start: datetime = field(eq=False)
    end: datetime = field(eq=False)
    first: int = field(
        init=False,
        repr=False,
        default=Factory(lambda self: micros(self.start, where="the start of a change"), takes_self=True),
    )
    last: int = field(
        init=False,
        repr=False,
        default=Factory(lambda self: micros(self.end, where="the end of a change"), takes_self=True),
    )

    def __attrs_post_init__(self) -> None:
        if self.first >= self.last:
            raise DefinitionError(
                f"a change from `{self.start}` to `{self.end}` has no length; give an end after the start"
            )

    @staticmethod
    def absent(person: str, start: datetime, end: datetime) -> "Change":
        """Return a change by which `person` is absent: the next layer with anybody serves."""
        return Change("absent", person, (), start, end)

    @staticmethod
    def swap(person: str, by: str, start: datetime, end: datetime) -> "Change":
        """Return a change by which `by` serves wherever `person` would."""
        return Change("swap", person, by, start, end)

    @staticmethod
    def extra(person: str, start: datetime, end: datetime) -> "Change":
        """Return a change by which `person` serves in addition."""
        return Change("extra", person, person, start, end)

    @staticmethod
    def instead(people: str | Sequence[str], start: datetime, end: datetime) -> "Change":
        """Return a change by which `people`, possibly nobody, replace the whole duty."""
        return Change("instead", "", people, start, end)

    def __str__(self) -> str:
        serving = ", ".join(f"`{name}`" for name in self.people) or "nobody"
        changes = {
            "absent": f"`{self.person}` absent",
            "swap": f"{serving} for `{self.person}`",
            "extra": f"{serving} in addition",
            "instead": f"{serving} instead",
        }
        return f"{changes[self.kind]} from `{self.start}` to `{self.end}`"


def check_changes(changes: Sequence[Change], *, where: str) -> None:
    """Raise `DefinitionError` if two changes are equal or contradict each other."""
    for first, second in combinations(changes, 2):
        if first == second:
            raise DefinitionError(f"{where}: the change {first} is given twice; give it once")
        overlap = first.first < second.last and second.first < first.last
        if overlap and (_contradict(first, second) or _contradict(second, first)):
            raise DefinitionError(
                f"{where}: the change {first} contradicts {second}; remove one, or separate them in time"
            )


def _contradict(change: Change, other: Change) -> bool:
    """Return whether a change rules out another that overlaps with it."""
    if change.kind == "instead":
        return other.kind in ("instead", "extra")
    if change.kind == "absent":
        return change.person in other.people
    return change.kind == other.kind == "swap" and change.person == other.person


def apply_changes(changes: Iterable[Change], people: tuple[str, ...]) -> tuple[str, ...]:
    """Return who serves in place of a layer's people under the changes in force at an instant."""
    serving = dict.fromkeys(people)
    for change in changes:
        if change.kind == "swap" and change.person in serving:
            serving = dict.fromkeys(
                name for person in serving for name in (change.people if person == change.person else (person,))
            )
    absent = {change.person for change in changes if change.kind == "absent"}
    return tuple(name for name in serving if name not in absent)
