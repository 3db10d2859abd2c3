"""A service concept and a directory of people as plain values (SVC-1)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from attrs import frozen

from supportcore.calendars import BusinessCalendar
from supportcore.domains import Scale, Vocabulary
from supportcore.escalation import LadderPolicy, Person, Roster
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.priority import PriorityPolicy
from supportcore.rules import DecisionTable
from supportcore.sla import Agreement, Promised
from supportcore.wording import Language


@frozen
class Directory:
    """Who the people are: by name, with their channels, the roles they fill, the duties they share."""

    people: FrozenMapping[str, Person] = EMPTY
    roles: FrozenMapping[str, str] = EMPTY
    duties: FrozenMapping[str, Roster] = EMPTY


@frozen
class ServiceConcept:
    """How a support desk works, as one value: the vocabulary of facts, scales, calendars, tables, agreements and
    ladders.

    `start` and `end` bound the half-open period for which it is written, if it says one. `directory` is the one
    that its own file holds; another one can be given wherever a concept is used.
    """

    name: str
    language: Language
    zone: ZoneInfo
    vocabulary: Vocabulary
    scale: Scale
    calendars: FrozenMapping[str, BusinessCalendar]
    priority: PriorityPolicy
    agreements: tuple[Promised, ...] = ()
    ladders: LadderPolicy | None = None
    scope: DecisionTable | None = None
    directory: Directory = Directory()
    start: datetime | None = None
    end: datetime | None = None

    @property
    def every_agreement(self) -> tuple[Agreement, ...]:
        """The agreements one by one: of one that stands in `Editions`, each edition."""
        found: list[Agreement] = []
        for promised in self.agreements:
            if isinstance(promised, Agreement):
                found.append(promised)
            else:
                found += (edition.value for edition in promised.editions)
        return tuple(found)
