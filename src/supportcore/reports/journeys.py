"""Counts over histories without a concept: moves between levels, facts and their changes."""

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
    """The numbers of moves up and down between levels, and of the moves that skip a level."""

    up: int
    down: int
    up_skipping: int
    down_skipping: int


def level_moves(histories: Histories, levels: Sequence[str]) -> LevelMoves:
    """Return how often tickets moved between `levels`, given from low to high.

    A move is an assignment to another level than the last assigned level; the first assignment is no move. Raises
    `DefinitionError` for an assignment to any other level.

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
    """Return for each of the `levels`, given from low to high, the number of tickets whose highest level it was.

    A ticket that was never assigned to a level is not counted. Raises `DefinitionError` for an assignment to any other
    level.

    >>> from datetime import UTC, datetime
    >>> highest_levels([[Assigned("T-1", datetime(2026, 1, 5, tzinfo=UTC), level="first")]], ["first", "second"])
    FrozenMapping({'first': 1, 'second': 0})
    """
    reached = [[*_levels(events, levels)] for events in histories]
    highest = Counter(max(names, key=levels.index) for names in reached if names)
    return FrozenMapping({level: highest[level] for level in levels})


def fact_counts(histories: Histories, fact: str) -> FrozenMapping[Fact, int]:
    """Return how many tickets have each value of a fact, the most frequent first.

    The last known value of a ticket counts; a ticket without the fact is not counted.

    >>> from datetime import UTC, datetime
    >>> from supportcore.tickets import Opened
    >>> fact_counts([[Opened("T-1", datetime(2026, 1, 5, tzinfo=UTC), facts={"priority": "major"})]], "priority")
    FrozenMapping({'major': 1})
    """
    last = (facts_over_time(events).pieces[-1].value for events in histories)
    return FrozenMapping(Counter(facts[fact] for facts in last if fact in facts).most_common())


def fact_changes(histories: Histories, fact: str) -> FrozenMapping[tuple[Fact, Fact], int]:
    """Return how often a fact changed, by its values before and after, the most frequent first.

    Of several changes at one instant the last counts. A fact that becomes known or unknown does not change.

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
    """Return each combination of `facts` in the histories with the recorded `outcome`.

    The outcome is a fact too, such as the priority computed by a tool; `rules.recover` proposes a table for it. A
    ticket gives a pair for each period without a change of facts or outcome in which all of them are known.

    >>> from datetime import UTC, datetime
    >>> from supportcore.tickets import Opened
    >>> known = {"impact": "high", "urgency": "low", "priority": "major"}
    >>> opened = Opened("T-1", datetime(2026, 1, 5, tzinfo=UTC), facts=known)
    >>> observed([[opened]], ["impact", "urgency"], "priority")
    ((FrozenMapping({'impact': 'high', 'urgency': 'low'}), FrozenMapping({'priority': 'major'})),)
    """
    return tuple(pair for events in histories for pair in _pairs(events, tuple(facts), outcome))


def _pairs(events: Iterable[Event], names: tuple[str, ...], outcome: str) -> Iterator[tuple[Facts, Facts]]:
    needed = (*names, outcome)
    values = facts_over_time(events).map(lambda facts: tuple(facts.get(name) for name in needed))
    for piece in values.pieces:
        known = {name: value for name, value in zip(needed, piece.value, strict=True) if value is not None}
        if len(known) == len(needed):
            yield FrozenMapping({name: known[name] for name in names}), FrozenMapping({outcome: known[outcome]})


def _levels(events: Iterable[Event], levels: Sequence[str]) -> Iterator[str]:
    for event in history_of(events):
        if isinstance(event, Assigned) and event.level:
            if event.level not in levels:
                raise DefinitionError(
                    f"event `{event.id}` of ticket `{event.ticket}` has level `{event.level}`; "
                    f"expected one of {listed(levels)}{did_you_mean(event.level, levels)}"
                )
            yield event.level
