"""A service concept and a directory of people as plain values (SVC-1)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from attrs import field, frozen

from supportcore.calendars import BusinessCalendar
from supportcore.domains import Scale, Vocabulary
from supportcore.equality import equality_key
from supportcore.errors import counted, shortened
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.priority import PriorityPolicy
from supportcore.rules import DecisionTable
from supportcore.sla import Agreement
from supportcore.wording import Language

if TYPE_CHECKING:
    from supportcore.escalation import LadderPolicy, Person, Roster
    from supportcore.sla import EventWords, Promised

WAITING_REASONS = ("customer", "supplier")


@frozen(repr=False)
class Directory:
    """The people by name with their channels, the roles that they fill, and the duties that they share.

    >>> Directory(roles=FrozenMapping({"service desk": "elif"}))
    Directory(0 people, 1 role, 0 duties)
    """

    people: "FrozenMapping[str, Person]" = EMPTY
    roles: FrozenMapping[str, str] = EMPTY
    duties: "FrozenMapping[str, Roster]" = EMPTY

    def __repr__(self) -> str:
        people = counted(len(self.people), "person", "people")
        roles, duties = counted(len(self.roles), "role"), counted(len(self.duties), "duty", "duties")
        return f"Directory({people}, {roles}, {duties})"


@frozen(repr=False)
class ServiceConcept:
    """How a support desk works, as one value: facts, scale, calendars, tables, agreements and ladders.

    `start` and `end` bound the half-open period for which the concept is written; both are `None` if the concept names
    no period. `waiting_reasons` are the words that pauses may name. `directory` is the directory of the concept's own
    file; `evaluate`, `replay` and `check` accept another.

    >>> from supportcore.concept import example, load
    >>> load(example("hosting"))
    ServiceConcept(Operations of Sample Hosting, 2026-01-01 to 2027-12-31: 5 facts, 2 calendars, 1 agreement)
    """

    name: str
    language: Language
    zone: ZoneInfo
    vocabulary: Vocabulary
    scale: Scale
    calendars: FrozenMapping[str, BusinessCalendar]
    priority: PriorityPolicy
    agreements: "tuple[Promised, ...]" = ()
    ladders: "LadderPolicy | None" = None
    scope: DecisionTable | None = None
    directory: Directory = Directory()
    start: datetime | None = field(default=None, eq=equality_key)
    end: datetime | None = field(default=None, eq=equality_key)
    waiting_reasons: tuple[str, ...] = WAITING_REASONS

    def __repr__(self) -> str:
        head = shortened(self.name, 60)
        if self.start is not None and self.end is not None:
            head += f", {self.start.date()} to {(self.end - timedelta(microseconds=1)).date()}"
        facts, calendars = counted(len(self.vocabulary), "fact"), counted(len(self.calendars), "calendar")
        return f"ServiceConcept({head}: {facts}, {calendars}, {counted(len(self.agreements), 'agreement')})"

    @property
    def event_words(self) -> "EventWords":
        """The words that events may use (SLA-17): waiting reasons, and the levels in conditions and budgets.

        Where no level is named, any is known. A channel is checked against the fact `channel`, if there is one.
        """
        from supportcore.sla import EventWords, words_of

        return EventWords(frozenset(self.waiting_reasons), words_of(self.every_agreement).levels)

    @property
    def every_agreement(self) -> tuple[Agreement, ...]:
        """Every agreement of the concept, with each edition of those that have `Editions`."""
        found: list[Agreement] = []
        for promised in self.agreements:
            if isinstance(promised, Agreement):
                found.append(promised)
            else:
                found += (edition.value for edition in promised.editions)
        return tuple(found)
