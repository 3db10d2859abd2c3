"""Evaluate the history of a ticket under a concept (SVC-5)."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from supportcore.concept import Directory, ServiceConcept
from supportcore.tickets import Event

if TYPE_CHECKING:
    from supportcore.evaluation.cases import Case
    from supportcore.timelines import Editions


def evaluate(
    concept: "ServiceConcept | Editions[ServiceConcept]",
    events: Iterable[Event],
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    directory: Directory | None = None,
) -> "Case":
    """Return the case of a ticket as of an instant: facts → priority → scope → targets → clocks → plan (G-13, SVC-5).

    Only events up to `as_of` count and, with `known_at`, only events recorded by then (G-8). `directory` replaces the
    directory of the concept. Of several editions of a concept, pinned at `opening`, the ticket follows the edition in
    force at its opening (G-12).

    Raises `HistoryError` for events that contradict each other, `FactError` for facts outside the vocabulary of the
    concept and for an overridden priority outside its scale, `MissingFactError` if the table of targets needs a fact
    that is not known, and `DefinitionError` if `concept` or `directory` is a value of another type.

    >>> from datetime import UTC, timedelta
    >>> import supportcore as sc
    >>> at = datetime(2026, 3, 16, 9, tzinfo=UTC)
    >>> facts = {"kind": "outage", "impact": "a team", "business": "critical"}
    >>> facts |= {"contract": "managed", "source": "customer"}
    >>> opened = sc.Opened("T-1", at, facts=facts)
    >>> case = evaluate(sc.load(sc.example("hosting")), [opened], as_of=at + timedelta(hours=1))
    >>> case.priority, str(case.clock("reaction").due_at)
    ('critical', '2026-03-16 11:00:00+00:00')
    """
    # Imported with the first ticket: a program that loads a concept to check or show it needs none of the engines.
    from supportcore.evaluation.stages import case_of

    return case_of(concept, events, as_of, known_at, directory)
