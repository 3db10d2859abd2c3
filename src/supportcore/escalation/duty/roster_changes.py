"""Changes to a roster: who is absent, who serves for whom, who serves besides, who serves instead (ESC-9)."""

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
    """One change of a duty on `[start, end)`; made by `absent`, `swap`, `extra` or `instead`.

    `person` is whose turn it is about, `people` who serve by it.

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
                f"a change from `{self.start}` to `{self.end}` has no length; give an end after its start"
            )

    @staticmethod
    def absent(person: str, start: datetime, end: datetime) -> "Change":
        """Somebody is not there; the next layer with anybody answers."""
        return Change("absent", person, (), start, end)

    @staticmethod
    def swap(person: str, by: str, start: datetime, end: datetime) -> "Change":
        """`by` serves wherever `person` would."""
        return Change("swap", person, by, start, end)

    @staticmethod
    def extra(person: str, start: datetime, end: datetime) -> "Change":
        """Somebody serves besides those who are due."""
        return Change("extra", person, person, start, end)

    @staticmethod
    def instead(people: str | Sequence[str], start: datetime, end: datetime) -> "Change":
        """These people, possibly nobody, replace the whole duty."""
        return Change("instead", "", people, start, end)

    def __str__(self) -> str:
        serving = ", ".join(f"`{name}`" for name in self.people) or "nobody"
        what = {
            "absent": f"`{self.person}` absent",
            "swap": f"{serving} for `{self.person}`",
            "extra": f"{serving} besides",
            "instead": f"{serving} instead",
        }
        return f"{what[self.kind]} from `{self.start}` to `{self.end}`"


def check_changes(changes: Sequence[Change], *, where: str) -> None:
    """Raises `DefinitionError` where two changes are equal or contradict each other."""
    for one, other in combinations(changes, 2):
        if one == other:
            raise DefinitionError(f"{where}: the change {one} is given twice; give it once")
        if one.first < other.last and other.first < one.last and (_contradict(one, other) or _contradict(other, one)):
            raise DefinitionError(f"{where}: the change {one} contradicts {other}; leave one out, or part them in time")


def _contradict(one: Change, other: Change) -> bool:
    """Whether the first of two changes that overlap cannot hold beside the second."""
    if one.kind == "instead":
        return other.kind in ("instead", "extra")
    if one.kind == "absent":
        return one.person in other.people
    return one.kind == other.kind == "swap" and one.person == other.person


def applied(changes: Iterable[Change], people: tuple[str, ...]) -> tuple[str, ...]:
    """Who of a layer's people is there, and who for them, under the changes that stand at an instant."""
    serving = dict.fromkeys(people)
    for change in changes:
        if change.kind == "swap" and change.person in serving:
            serving = dict.fromkeys(
                name for there in serving for name in (change.people if there == change.person else (there,))
            )
    gone = {change.person for change in changes if change.kind == "absent"}
    return tuple(name for name in serving if name not in gone)
