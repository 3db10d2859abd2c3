"""How many promises were kept, by any grouping, and how sure that is (SLA-14)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from fractions import Fraction
from math import inf, sqrt
from numbers import Real
from statistics import NormalDist

from attrs import field, frozen

from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.instants import micros_of, span_of
from supportcore.mappings import several
from supportcore.sla.clock.clocks import Clock
from supportcore.sla.clock.cycles import Cycle

Outcome = str
Grouping = Callable[[Clock, Cycle], object]

GROUPINGS: dict[str, Grouping] = {
    "agreement": lambda clock, cycle: clock.agreement,
    "edition": lambda clock, cycle: cycle.agreement,
    "metric": lambda clock, cycle: clock.name,
    "priority": lambda clock, cycle: cycle.priority,
    "promise": lambda clock, cycle: cycle.promise,
    "hours": lambda clock, cycle: cycle.calendar_name,
}


@frozen
class Counted:
    """The last cycle of a chain, as attainment counts it (SLA-7): met, missed, excused, open or not applicable."""

    ticket: str
    outcome: Outcome
    used: int
    overrun: int
    finished: bool


@frozen
class Attained:
    """The promises of a group of clocks: how many were met, missed, excused, and how long they took.

    `key` is what the group has in common, in the order of the grouping. `excused` missed their target and were met only
    with a manual due instant or an excused delay. `open` are those still in time, paused ones too; one past its target
    counts as missed while it is open. `not_applicable` had no target, or ended without a result. `worst` is the one
    furthest beyond its target, else the longest. `lengths` are those of the finished ones, in order.
    """

    key: tuple[object, ...]
    met: int
    missed: int
    excused: int
    open: int
    not_applicable: int
    worst: Counted | None
    lengths: tuple[int, ...] = field(repr=False)

    @property
    def judged(self) -> int:
        """How many have been met, missed or excused."""
        return self.met + self.missed + self.excused

    @property
    def share(self) -> Fraction | None:
        """The share of those judged that were met or excused (net, SLA-8); none where none was judged."""
        return Fraction(self.met + self.excused, self.judged) if self.judged else None

    @property
    def gross_share(self) -> Fraction | None:
        """The share of those judged that were met without an excuse; none where none was judged."""
        return Fraction(self.met, self.judged) if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Between which shares the true one lies with 95 % confidence, after Wilson; none where none was judged."""
        return wilson(self.met + self.excused, self.judged) if self.judged else None

    def percentile(self, percent: int) -> timedelta | None:
        """The working time within which this percentage of the finished ones ended (nearest rank); none without any.

        >>> from supportcore.reports.attained import Attained
        >>> Attained((), 3, 0, 0, 0, 0, None, (10, 20, 90)).percentile(50)
        datetime.timedelta(microseconds=20)
        """
        if type(percent) is not int or not 0 < percent <= 100:
            raise DefinitionError(f"a percentile of `{percent}`; a whole number from 1 to 100 is accepted")
        if not self.lengths:
            return None
        return span_of(self.lengths[-(-len(self.lengths) * percent // 100) - 1])


def attainment(
    clocks: Iterable[Mapping[tuple[str, str], Clock]],
    *,
    by: Iterable[str | Grouping] | str | Grouping = ("agreement", "metric"),
) -> tuple[Attained, ...]:
    """How many promises were kept over the clocks of many tickets, in groups, in the order of their keys.

    `by` names what makes a group, one thing or several: `agreement`, `edition` (the agreement by its own name, where
    there are several editions), `metric`, `priority`, `promise`, `hours`, or functions of a clock and its cycle. Of a
    chain of cycles that reopenings or exchanges joined, the last counts (SLA-7); one that a reset began is a chain of
    its own. A clock that never started belongs to no group. Raises `DefinitionError` for a grouping that is not known.

    >>> from datetime import UTC, datetime
    >>> from supportcore.calendars import always_open
    >>> from supportcore.sla import Agreement, Target, reaction, run_clocks
    >>> from supportcore.reports import attainment
    >>> from supportcore.tickets import AgentReplied, Opened
    >>> gold = Agreement("gold", always_open("UTC"), [reaction()], targets={"reaction": "1 h"},
    ...                  promises={"1 h": Target(timedelta(hours=1))})
    >>> at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    >>> histories = [[Opened(f"T-{n}", at), AgentReplied(f"T-{n}", at + timedelta(minutes=25 * n))] for n in (1, 2, 3)]
    >>> every = [run_clocks(events, [gold], as_of=at + timedelta(days=1)) for events in histories]
    >>> (one,) = attainment(every, by=["metric", "promise"])
    >>> one.key, one.met, one.missed, one.share
    (('reaction', '1 h'), 2, 1, Fraction(2, 3))
    """
    groupings = [_grouping(one) for one in several(by)]
    groups: dict[tuple[object, ...], list[Counted]] = {}
    for ticket in several(clocks):
        if not isinstance(ticket, Mapping):
            raise DefinitionError(f"`{ticket}` is not the clocks of a ticket; give a list of what `run_clocks` answers")
        for clock in ticket.values():
            for cycle in last_of_chains(clock):
                key = tuple(grouping(clock, cycle) for grouping in groupings)
                try:
                    group = groups.setdefault(key, [])
                except TypeError:
                    words = "what names a group is accepted, such as a word, a number or a date"
                    raise DefinitionError(f"a function in `by` answers `{key}`; {words}") from None
                group.append(counted(clock, cycle))
    return tuple(_attained(key, groups[key]) for key in sorted(groups, key=_sortable))


def last_of_chains(clock: Clock) -> tuple[Cycle, ...]:
    """The last cycle of each chain of a clock."""
    return tuple({cycle.chain: cycle for cycle in clock.cycles}.values())


def counted(clock: Clock, cycle: Cycle) -> Counted:
    """How a cycle counts: an open one past its target as missed."""
    if cycle.result == "met":
        outcome: Outcome = "excused" if cycle.gross_result == "missed" else "met"
    elif cycle.result == "missed":
        outcome = "missed"
    elif cycle.result == "open":
        outcome = "missed" if cycle.breached else "open"
    else:
        outcome = "not applicable"
    finished = cycle.phase == "stopped" and cycle.result != "superseded"
    return Counted(clock.ticket, outcome, cycle.used, micros_of(cycle.overrun), finished)


def wilson(met: int, judged: int, confidence: Fraction = Fraction(95, 100)) -> tuple[float, float]:
    """The Wilson interval of a share.

    >>> low, high = wilson(9, 10)
    >>> round(low, 3), round(high, 3)
    (0.596, 0.982)
    """
    if {type(met), type(judged)} != {int} or not 0 <= met <= judged or not judged:
        raise DefinitionError(
            f"a share of `{met}` in `{judged}`; whole numbers, at least one, and no more met than judged, are accepted"
        )
    if not 0 < confidence < 1:
        raise DefinitionError(f"a confidence of `{confidence}`; more than 0 and less than 1 is accepted")
    z = NormalDist().inv_cdf((1 + float(confidence)) / 2)
    share = met / judged
    centre = share + z * z / (2 * judged)
    spread = z * sqrt(share * (1 - share) / judged + z * z / (4 * judged * judged))
    scale = 1 + z * z / judged
    # at the ends the exact bound is the share itself, which the arithmetic of floats may miss
    return (centre - spread) / scale if met else 0.0, (centre + spread) / scale if met < judged else 1.0


def _grouping(given: str | Grouping) -> Grouping:
    if callable(given):
        return given
    try:
        return GROUPINGS[given]
    except (KeyError, TypeError):
        raise DefinitionError(
            f"`{given}` is nothing to group by; accepted are {listed(GROUPINGS)} "
            f"and functions of a clock and its cycle{did_you_mean(str(given), GROUPINGS)}"
        ) from None


def _sortable(key: tuple[object, ...]) -> tuple[tuple[bool, Real | float, str], ...]:
    """Numbers by their value, then words, and what is missing last."""
    return tuple((part is None, part if isinstance(part, Real) else inf, str(part)) for part in key)


def _attained(key: tuple[object, ...], group: list[Counted]) -> Attained:
    outcomes = [one.outcome for one in group]
    finished = [one for one in group if one.finished]
    return Attained(
        key=key,
        met=outcomes.count("met"),
        missed=outcomes.count("missed"),
        excused=outcomes.count("excused"),
        open=outcomes.count("open"),
        not_applicable=outcomes.count("not applicable"),
        worst=max(group, key=lambda one: (one.overrun, one.used), default=None),
        lengths=tuple(sorted(one.used for one in finished)),
    )
