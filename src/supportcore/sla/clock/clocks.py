"""Clocks as they stand at an instant: when each is due, in time or late, what to wait for (SLA-1, SLA-6, SLA-12)."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from fractions import Fraction
from typing import Literal, NamedTuple

from attrs import field, frozen

from supportcore.errors import DefinitionError, UnknownNameError, did_you_mean, listed
from supportcore.findings import Finding
from supportcore.instants import datetime_of, micros
from supportcore.mappings import FrozenMapping, several
from supportcore.rules import Rule
from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.agreement.metrics import Metric
from supportcore.sla.agreement.targets import Target
from supportcore.sla.agreement.thresholds import Threshold
from supportcore.sla.checks.history import remarks
from supportcore.sla.checks.operational import outer_findings
from supportcore.sla.clock.cycles import Cycle, Phase, Result
from supportcore.sla.clock.levels import LevelUse, level_uses
from supportcore.sla.clock.thresholds_reached import threshold_instant
from supportcore.sla.clock.traces import Segment
from supportcore.sla.words import clock_lines
from supportcore.tickets import History
from supportcore.tickets.holders import holders_over_time
from supportcore.wording import Part, language_named

NOTHING = timedelta(0)

What = Literal["threshold", "due", "breach", "opening", "edition"]


@frozen
class ThresholdReached:
    """When a threshold of a cycle is reached, and whether that lies behind (SLA-10).

    `at` is none where it is not to come: without a target, while paused, after the end. `arming` counts how often
    the instant moved, from 1; 0 where it never had one. With ticket, agreement, metric, cycle and threshold it
    makes the key of a warning.
    """

    threshold: Threshold
    cycle: int
    at: datetime | None
    arming: int
    is_due: bool


@frozen
class Upcoming:
    """An instant that an app has to wait for, and what comes to be there (SLA-12)."""

    at: datetime
    what: What
    agreement: str
    metric: str
    threshold: str = ""


class Clock(NamedTuple):
    """One metric of one agreement, on one ticket, as it stands at an instant.

    Its answers are those of its last cycle; `cycles` holds all of them, and a finished one never changes (SLA-7).
    `coming` are the instants, in microseconds, from which later editions hold that the ticket will follow (G-12).
    All of its datetimes carry the zone of the `as_of` that was asked for (G-2). Durations are working time on the
    cycle's calendar.
    """

    ticket: str
    agreement: str
    metric: Metric
    cycles: tuple[Cycle, ...]
    as_of: datetime
    coming: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The metric's name."""
        return self.metric.name

    @property
    def cycle(self) -> Cycle | None:
        """The last cycle, none before the start."""
        return self.cycles[-1] if self.cycles else None

    @property
    def phase(self) -> Phase:
        """Pending, running, paused, stopped or cancelled (SLA-6)."""
        return self.cycles[-1].phase if self.cycles else "pending"

    @property
    def result(self) -> Result:
        """Open while it runs against a target, then met, missed or superseded; none without any (SLA-6)."""
        return self.cycles[-1].result if self.cycles else "none"

    @property
    def target(self) -> Target | None:
        """The target of the last cycle, none for a stopwatch and before the start."""
        return self.cycles[-1].target if self.cycles else None

    @property
    def promise(self) -> str:
        """The name of the promise, empty for a stopwatch and before the start."""
        return self.cycles[-1].promise if self.cycles else ""

    @property
    def rule(self) -> Rule | None:
        """The rule of the targets that chose the promise."""
        return self.cycles[-1].rule if self.cycles else None

    @property
    def due_at(self) -> datetime | None:
        """When the elapsed time reaches the target; none while paused unless already reached (SLA-6)."""
        return self.cycles[-1].due_at if self.cycles else None

    @property
    def due_if_resumed_now(self) -> datetime | None:
        """While paused: when it would be due if the pause ended at `as_of`."""
        return self.cycles[-1].due_if_resumed_now if self.cycles else None

    @property
    def elapsed(self) -> timedelta:
        """The working time used so far."""
        return self.cycles[-1].elapsed if self.cycles else NOTHING

    @property
    def remaining(self) -> timedelta | None:
        """What is left of the target, negative when exceeded; none without a target and before the start."""
        return self.cycles[-1].remaining if self.cycles else None

    @property
    def overrun(self) -> timedelta:
        """The working time beyond the target."""
        return self.cycles[-1].overrun if self.cycles else NOTHING

    @property
    def breached_at(self) -> datetime | None:
        """The last instant still in time, where the target is exceeded."""
        return self.cycles[-1].breached_at if self.cycles else None

    @property
    def thresholds(self) -> tuple[ThresholdReached, ...]:
        """When each threshold of the last cycle is reached (SLA-10)."""
        if not self.cycles:
            return ()
        cycle, now = self.cycles[-1], micros(self.as_of)
        reached = []
        for threshold in self.metric.thresholds:
            at, arming = threshold_instant(cycle, threshold, now)
            when = None if at is None else datetime_of(at, self.tz)
            reached.append(ThresholdReached(threshold, cycle.number, when, arming, at is not None and at <= now))
        return tuple(reached)

    @property
    def tz(self) -> tzinfo:
        """The zone of its datetimes."""
        zone = self.as_of.tzinfo
        assert zone is not None, "an instant is aware"
        return zone

    def trace(self) -> tuple[Segment, ...]:
        """Every stretch of the last cycle with kind and cause, adding up to `elapsed` (SLA-13); empty before it."""
        return self.cycles[-1].trace() if self.cycles else ()

    def explain(self, language: str = "en") -> str:
        """Its cycles with their reasons, in English (`en`) or German (`de`)."""
        return "\n".join(clock_lines(language_named(language), self, self.agreement))

    def instant_at(self, fraction: Fraction, known_until: int) -> int | None:
        """The earliest instant, in microseconds, at which this share of the target is used, by what was then known.

        That of the cycle which ran at `known_until`, or had begun last. What was known then counts: the events up to
        it, its own instant included (G-8). None before the first cycle, and where it is not to come.
        """
        begun = [cycle for cycle in self.cycles if cycle.start <= known_until]
        return threshold_instant(begun[-1], Threshold("", share=fraction), known_until)[0] if begun else None

    def ended_by(self, instant: int) -> bool:
        """Whether the cycle that had begun last by an instant, in microseconds, had ended by then."""
        begun = [cycle for cycle in self.cycles if cycle.start <= instant]
        if not begun:
            return False
        end = begun[-1].end
        return end is not None and end <= instant

    def outlasts(self, outer: "Clock") -> Finding | None:
        """A finding where this clock, of a level, is due only after the customer's: it cannot fit inside (SLA-11).

        None where either is not running towards a target, or where it fits. Raises `DefinitionError` for what is no
        clock.
        """
        if not isinstance(outer, Clock):
            raise DefinitionError(f"`{outer}` is no clock; give one of what `run_clocks` answers")
        own, other = self.cycle, outer.cycle
        if own is None or other is None or own.end is not None or other.end is not None:
            return None
        if own.due is None or other.due is None or own.due <= other.due:
            return None
        parts: dict[str, Part] = {
            "agreement": self.agreement,
            "metric": self.name,
            "due": datetime_of(own.due, self.tz),
            "outer": outer.agreement,
            "other": outer.name,
            "before": datetime_of(other.due, self.tz),
        }
        return Finding("sla.level-outlasts", "warning", f"tickets.{self.ticket}", parts, variant="clock")

    def next_instants(self, as_of: datetime | None = None) -> tuple[Upcoming, ...]:
        """What comes to be strictly after `as_of` if nothing else happens, in order (SLA-12).

        The thresholds to come, due, breach (one microsecond after the last instant still in time), the editions
        that change its terms, and for a running clock the next opening of the calendar where it is closed. Nothing
        for a clock that has ended or not begun.
        """
        after = micros(self.as_of if as_of is None else as_of)
        if not self.cycles or self.cycles[-1].end is not None:
            return ()
        cycle = self.cycles[-1]
        found: list[tuple[int, What, str]] = [(start, "edition", "") for start in self.coming]
        for threshold in self.metric.thresholds:
            at, _ = threshold_instant(cycle, threshold, cycle.until)
            if at is not None:
                found.append((at, "threshold", threshold.name))
        if cycle.due is not None:
            found.append((cycle.due, "due", ""))
        if cycle.breach is not None:
            found.append((cycle.breach + 1, "breach", ""))
        if cycle.phase == "running":
            found.append((cycle.basis.hours.next_open(after), "opening", ""))
        return tuple(
            Upcoming(datetime_of(at, self.tz), what, self.agreement, self.name, threshold)
            for at, what, threshold in sorted(found)
            if at > after
        )


@frozen
class Clocks(Mapping[tuple[str, str], Clock]):
    """The clocks of a ticket by (agreement, metric), and what was odd about its history (SLA-11).

    `clocks["gold", "resolution"]` is one of them. `agreements` are those that it began with, by the same names: of
    several editions the one that it followed first.
    """

    by_key: FrozenMapping[tuple[str, str], Clock] = field()
    history: History = field(repr=False)
    agreements: FrozenMapping[str, Agreement] = field(repr=False)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is odd about the events seen: from before the opening, pauses that replace others, …

        And where an operational agreement does not fit inside the one that it names. `sla.level-outlasts`: one of its
        clocks is due only after the customer's. `sla.unknown-outer`: the other was not given, or has no clock of the
        same name (SLA-11).
        """
        ran = {key: [(cycle.start, cycle.end) for cycle in clock.cycles] for key, clock in self.by_key.items()}
        remarked = remarks(self.history, self.agreements, ran)
        return (*remarked, *outer_findings(self.agreements), *self._outlasting())

    def _outlasting(self) -> Iterator[Finding]:
        for (name, metric), clock in self.by_key.items():
            outer = self.by_key.get((self.agreements[name].inside, metric))
            found = None if outer is None else clock.outlasts(outer)
            if found is not None:
                yield found

    def levels(self, agreement: str, metric: str) -> tuple[LevelUse, ...]:
        """What each level used of a clock's last cycle, against its budget (SLA-11).

        Levels with a budget come first, in their order; the time that no level had goes under an empty name. What was
        used adds up to the clock's `elapsed`. Raises `UnknownNameError` for a clock that is not there.
        """
        clock = self[agreement, metric]
        return level_uses(clock.metric, clock.cycle, holders_over_time(self.history))

    def __getitem__(self, key: tuple[str, str]) -> Clock:
        try:
            return self.by_key[key]
        except (KeyError, TypeError):
            words = [" ".join(one) for one in self.by_key]
            asked = " ".join(map(str, several(key)))
            raise UnknownNameError(
                f"there is no clock `{asked}`; there are {listed(words) or 'none'}{did_you_mean(asked, words)}"
            ) from None

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.by_key)

    def __len__(self) -> int:
        return len(self.by_key)

    def next_instants(self, as_of: datetime | None = None) -> tuple[Upcoming, ...]:
        """What comes to be strictly after `as_of` over all the clocks, in order: an app sets one timer (SLA-12)."""
        every = [upcoming for clock in self.by_key.values() for upcoming in clock.next_instants(as_of)]
        return tuple(
            sorted(every, key=lambda one: (micros(one.at), one.agreement, one.metric, one.what, one.threshold))
        )
