"""Attainment: the promises met, missed and excused in groups of clocks, with confidence intervals (SLA-14)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from fractions import Fraction
from math import inf, sqrt
from numbers import Real
from statistics import NormalDist
from typing import Literal

from attrs import frozen

from supportcore.errors import DefinitionError, did_you_mean, listed, shortened
from supportcore.instants import micros_of, span_of
from supportcore.mappings import several
from supportcore.sla.clock.clocks import Clock
from supportcore.sla.clock.cycles import Cycle

Outcome = Literal["met", "missed", "excused", "open", "not applicable"]
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
class CountedCycle:
    """The outcome of a cycle in attainment, with the time used and the overrun in microseconds of working time.

    `finished` says whether the cycle ended with a result of its own, rather than superseded by another cycle.
    """

    ticket: str
    outcome: Outcome
    used: int
    overrun: int
    finished: bool


@frozen
class Attained:
    """The numbers of cycles in a group by outcome, and the lengths of the finished cycles.

    `key` holds the values that the group has in common, in the order of the groupings. `excused` cycles missed their
    target and were met only with a manual due instant or an excused delay. `open` cycles, running or paused, are still
    in time; an open cycle past its target is `missed`. `not_applicable` cycles have no target or ended without a
    result. `worst` has the longest overrun, or is the longest cycle if none overran. `lengths` are the times used by
    the finished cycles, in ascending order, in microseconds of working time.
    """

    key: tuple[object, ...]
    met: int
    missed: int
    excused: int
    open: int
    not_applicable: int
    worst: CountedCycle | None
    lengths: tuple[int, ...]

    def __repr__(self) -> str:
        numbers = f"{self.met} met, {self.missed} missed, {self.excused} excused, {self.open} open"
        return f"Attained({shortened(', '.join(map(str, self.key)), 80)}: {numbers})"

    @property
    def judged(self) -> int:
        """The number of cycles met, missed or excused."""
        return self.met + self.missed + self.excused

    @property
    def share(self) -> Fraction | None:
        """The share of judged cycles that were met or excused (net, SLA-8); `None` without judged cycles."""
        return Fraction(self.met + self.excused, self.judged) if self.judged else None

    @property
    def gross_share(self) -> Fraction | None:
        """The share of judged cycles that were met without an excuse; `None` without judged cycles."""
        return Fraction(self.met, self.judged) if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % Wilson confidence interval of the share; `None` without judged cycles."""
        return wilson(self.met + self.excused, self.judged) if self.judged else None

    def percentile(self, percent: int) -> timedelta | None:
        """Return the working time within which this percentage of the finished cycles ended (nearest rank).

        Returns `None` without finished cycles.

        >>> from supportcore.reports.attained import Attained
        >>> Attained((), 3, 0, 0, 0, 0, None, (10, 20, 90)).percentile(50)
        datetime.timedelta(microseconds=20)
        """
        if type(percent) is not int or not 0 < percent <= 100:
            raise DefinitionError(f"a percentile of `{percent}`; expected a whole number from 1 to 100")
        if not self.lengths:
            return None
        return span_of(self.lengths[-(-len(self.lengths) * percent // 100) - 1])


def attainment(
    clocks: Iterable[Mapping[tuple[str, str], Clock]],
    *,
    by: Iterable[str | Grouping] | str | Grouping = ("agreement", "metric"),
) -> tuple[Attained, ...]:
    """Return the attainment of the clocks of many tickets in groups, in the order of their keys.

    `by` is one or more of `agreement`, `edition` (the name of an edition of an agreement), `metric`, `priority`,
    `promise` and `hours` (the name of a calendar), or functions of a clock and its cycle. Of a chain of cycles joined
    by reopenings or changes of terms, the last counts (SLA-7); a reset begins another chain. A clock that never started
    is in no group. Raises `DefinitionError` for an unknown grouping.

    >>> from datetime import UTC, datetime
    >>> from supportcore.calendars import always_open
    >>> from supportcore.sla import Agreement, Target, reaction, run_clocks
    >>> from supportcore.reports import attainment
    >>> from supportcore.tickets import AgentReplied, Opened
    >>> gold = Agreement("gold", always_open("UTC"), [reaction()], targets={"reaction": "1 h"},
    ...                  promises={"1 h": Target(timedelta(hours=1))})
    >>> at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    >>> histories = [[Opened(f"T-{n}", at), AgentReplied(f"T-{n}", at + timedelta(minutes=25 * n))] for n in (1, 2, 3)]
    >>> clocks = [run_clocks(events, [gold], as_of=at + timedelta(days=1)) for events in histories]
    >>> (row,) = attainment(clocks, by=["metric", "promise"])
    >>> row.key, row.met, row.missed, row.share
    (('reaction', '1 h'), 2, 1, Fraction(2, 3))
    """
    groupings = [_grouping(given) for given in several(by)]
    groups: dict[tuple[object, ...], list[CountedCycle]] = {}
    for clocks_of_ticket in several(clocks):
        if not isinstance(clocks_of_ticket, Mapping):
            raise DefinitionError(
                f"`{clocks_of_ticket}` is not the clocks of a ticket; expected a list of results of `run_clocks`"
            )
        for clock in clocks_of_ticket.values():
            for cycle in last_of_chains(clock):
                key = tuple(grouping(clock, cycle) for grouping in groupings)
                try:
                    group = groups.setdefault(key, [])
                except TypeError:
                    raise DefinitionError(
                        f"a function in `by` returns `{key}`, which cannot be the key of a group; "
                        "expected a text, a number or a date"
                    ) from None
                group.append(counted(clock, cycle))
    return tuple(_attained(key, groups[key]) for key in sorted(groups, key=_sortable))


def last_of_chains(clock: Clock) -> tuple[Cycle, ...]:
    """Return the last cycle of each chain of a clock."""
    return tuple({cycle.chain: cycle for cycle in clock.cycles}.values())


def counted(clock: Clock, cycle: Cycle) -> CountedCycle:
    """Return the outcome of a cycle; an open cycle past its target is missed."""
    outcome: Outcome
    if cycle.result == "met":
        outcome = "excused" if cycle.gross_result == "missed" else "met"
    elif cycle.result == "missed":
        outcome = "missed"
    elif cycle.result == "open":
        outcome = "missed" if cycle.breached else "open"
    else:
        outcome = "not applicable"
    finished = cycle.phase == "stopped" and cycle.result != "superseded"
    return CountedCycle(clock.ticket, outcome, cycle.used, micros_of(cycle.overrun), finished)


def wilson(met: int, judged: int, confidence: Fraction = Fraction(95, 100)) -> tuple[float, float]:
    """Return the Wilson interval of the share `met` of `judged`.

    >>> low, high = wilson(9, 10)
    >>> round(low, 3), round(high, 3)
    (0.596, 0.982)
    """
    if {type(met), type(judged)} != {int} or not 0 <= met <= judged or not judged:
        raise DefinitionError(
            f"`{met}` met of `{judged}` judged; expected whole numbers, at least one judged and no more met than judged"
        )
    if not 0 < confidence < 1:
        raise DefinitionError(f"a confidence of `{confidence}`; expected more than 0 and less than 1")
    z = NormalDist().inv_cdf((1 + float(confidence)) / 2)
    share = met / judged
    centre = share + z * z / (2 * judged)
    spread = z * sqrt(share * (1 - share) / judged + z * z / (4 * judged * judged))
    scale = 1 + z * z / judged
    # At the ends the bound is exactly the share, which floating-point arithmetic may miss.
    return (centre - spread) / scale if met else 0.0, (centre + spread) / scale if met < judged else 1.0


def _grouping(given: str | Grouping) -> Grouping:
    if callable(given):
        return given
    try:
        return GROUPINGS[given]
    except (KeyError, TypeError):
        raise DefinitionError(
            f"`{given}` is not a grouping; expected one of {listed(GROUPINGS)}, "
            f"or a function of a clock and its cycle{did_you_mean(str(given), GROUPINGS)}"
        ) from None


def _sortable(key: tuple[object, ...]) -> tuple[tuple[bool, Real | float, str], ...]:
    """Return a key that sorts numbers by value, then texts, and `None` last."""
    return tuple((part is None, part if isinstance(part, Real) else inf, str(part)) for part in key)


def _attained(key: tuple[object, ...], group: list[CountedCycle]) -> Attained:
    outcomes = [cycle.outcome for cycle in group]
    return Attained(
        key=key,
        met=outcomes.count("met"),
        missed=outcomes.count("missed"),
        excused=outcomes.count("excused"),
        open=outcomes.count("open"),
        not_applicable=outcomes.count("not applicable"),
        worst=max(group, key=lambda cycle: (cycle.overrun, cycle.used), default=None),
        lengths=tuple(sorted(cycle.used for cycle in group if cycle.finished)),
    )
