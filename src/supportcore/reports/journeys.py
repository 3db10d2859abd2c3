"""Counts over the histories of a log: moves between levels, facts and their changes.

They use the recorded events alone, in their order (G-6), without a concept.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.mappings import FrozenMapping
from supportcore.tickets import Assigned, Event, Fact, Facts, facts_over_time, history_of

Histories = Iterable[Iterable[Event]]


@frozen
class LevelMoves:
    """Moves of tickets from one level to another: how many went up and down, and how many of these skipped a level."""

    up: int
    down: int
    up_skipping: int
    down_skipping: int


def level_moves(histories: Histories, levels: Sequence[str]) -> LevelMoves:
    """How often tickets moved between levels, which are given low to high.

    A move is an assignment to another level than that of the last assignment that named one. The first assignment is
    no move. Raises `DefinitionError` for a level that is not among those given.

    >>> from datetime import UTC, datetime
    >>> at = [datetime(2026, 1, 5, hour, tzinfo=UTC) for hour in range(3)]
    >>> steps = [Assigned("T-1", at[0], level="first"), Assigned("T-1", at[1], level="third")]
    >>> level_moves([[*steps, Assigned("T-1", at[2], level="second")]], ["first", "second", "third"])
    LevelMoves(up=1, down=1, up_skipping=1, down_skipping=0)
    """
    steps = Counter(
        levels.index(after) - levels.index(before)
        for events in histories
        for before, after in pairwise(_levels(events, levels))
    )
    return LevelMoves(
        up=sum(count for step, count in steps.items() if step > 0),
        down=sum(count for step, count in steps.items() if step < 0),
        up_skipping=sum(count for step, count in steps.items() if step > 1),
        down_skipping=sum(count for step, count in steps.items() if step < -1),
    )


def highest_levels(histories: Histories, levels: Sequence[str]) -> FrozenMapping[str, int]:
    """How many tickets had each level, given low to high, as the highest one that they were ever assigned to.

    A ticket that was never assigned to a level is counted nowhere. Raises `DefinitionError` for a level that is not
    among those given.

    >>> from datetime import UTC, datetime
    >>> highest_levels([[Assigned("T-1", datetime(2026, 1, 5, tzinfo=UTC), level="first")]], ["first", "second"])
    FrozenMapping({'first': 1, 'second': 0})
    """
    reached = [[*_levels(events, levels)] for events in histories]
    highest = Counter(max(names, key=levels.index) for names in reached if names)
    return FrozenMapping({level: highest[level] for level in levels})


def fact_counts(histories: Histories, fact: str) -> FrozenMapping[Fact, int]:
    """How many tickets have each value of a fact, as last known, the most frequent first; those without are left out.

    >>> from datetime import UTC, datetime
    >>> from supportcore.tickets import Opened
    >>> fact_counts([[Opened("T-1", datetime(2026, 1, 5, tzinfo=UTC), facts={"priority": "major"})]], "priority")
    FrozenMapping({'major': 1})
    """
    last = (facts_over_time(events).pieces[-1].value for events in histories)
    return FrozenMapping(Counter(facts[fact] for facts in last if fact in facts).most_common())


def fact_changes(histories: Histories, fact: str) -> FrozenMapping[tuple[Fact, Fact], int]:
    """How often a fact went from one known value to another, by both, the most frequent first.

    Of several changes at one instant the last counts. Becoming known and falling away are no changes.

    >>> from datetime import UTC, datetime
    >>> from supportcore.tickets import FactsChanged, Opened
    >>> at = [datetime(2026, 1, 5, hour, tzinfo=UTC) for hour in range(2)]
    >>> raised = [Opened("T-1", at[0], facts={"priority": "major"}),
    ...           FactsChanged("T-1", at[1], facts={"priority": "blocker"})]
    >>> fact_changes([raised], "priority")
    FrozenMapping({('major', 'blocker'): 1})
    """
    changes: Counter[tuple[Fact, Fact]] = Counter()
    for events in histories:
        for before, after in pairwise(facts_over_time(events).map(lambda facts: facts.get(fact)).pieces):
            if before.value is not None and after.value is not None:
                changes[before.value, after.value] += 1
    return FrozenMapping(changes.most_common())


def observed(histories: Histories, facts: Sequence[str], outcome: str) -> tuple[tuple[Facts, Facts], ...]:
    """Every combination of facts that a ticket had, with the outcome that was recorded beside it.

    The outcome is a recorded fact too, such as the priority that a tool computed; `rules.recover` proposes the table
    that gave it. A ticket gives one pair for each
    stretch of time over which facts and outcome stayed as they were; one where any of them is not known gives none.

    >>> from datetime import UTC, datetime
    >>> from supportcore.tickets import Opened
    >>> known = {"impact": "high", "urgency": "low", "priority": "major"}
    >>> opened = Opened("T-1", datetime(2026, 1, 5, tzinfo=UTC), facts=known)
    >>> observed([[opened]], ["impact", "urgency"], "priority")
    ((FrozenMapping({'impact': 'high', 'urgency': 'low'}), FrozenMapping({'priority': 'major'})),)
    """
    return tuple(pair for events in histories for pair in _pairs(events, tuple(facts), outcome))


def _pairs(events: Iterable[Event], names: tuple[str, ...], outcome: str) -> Iterator[tuple[Facts, Facts]]:
    wanted = (*names, outcome)
    line = facts_over_time(events).map(lambda facts: tuple(facts.get(name) for name in wanted))
    for piece in line.pieces:
        known = {name: value for name, value in zip(wanted, piece.value, strict=True) if value is not None}
        if len(known) == len(wanted):
            yield FrozenMapping({name: known[name] for name in names}), FrozenMapping({outcome: known[outcome]})


def _assignments(events: Iterable[Event]) -> Iterator[Assigned]:
    return (event for event in history_of(events) if isinstance(event, Assigned))


def _levels(events: Iterable[Event], levels: Sequence[str]) -> Iterator[str]:
    for event in _assignments(events):
        if event.level:
            if event.level not in levels:
                raise DefinitionError(
                    f"event `{event.id}` of ticket `{event.ticket}` names level `{event.level}`; "
                    f"given are {listed(levels)}{did_you_mean(event.level, levels)}"
                )
            yield event.level
