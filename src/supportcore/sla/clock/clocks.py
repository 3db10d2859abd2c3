"""Clocks as of an instant: when each is due, in time or late, and its next instants (SLA-1, SLA-6, SLA-12)."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from supportcore.equality import equality_key
from supportcore.errors import DefinitionError, UnknownNameError, did_you_mean, listed, shortened
from supportcore.findings import Finding
from supportcore.instants import datetime_of, micros
from supportcore.mappings import FrozenMapping, several
from supportcore.rules import Rule
from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.agreement.metrics import Metric
from supportcore.sla.agreement.targets import Target
from supportcore.sla.agreement.thresholds import Threshold
from supportcore.sla.checks.event_words import EventWords, words_of
from supportcore.sla.clock.cycles import Cycle, Phase, Result
from supportcore.sla.clock.repr_words import clocks_words, cycle_words
from supportcore.sla.clock.thresholds_reached import threshold_reached
from supportcore.tickets import History
from supportcore.wording import Part, language_named

if TYPE_CHECKING:
    from supportcore.sla.clock.levels import LevelUse
    from supportcore.sla.clock.traces import Segment

NOTHING = timedelta(0)

What = Literal["threshold", "due", "breach", "opening", "edition"]


@frozen
class ThresholdReached:
    """The instant at which a cycle reaches a threshold, and whether it has been reached (SLA-10).

    `at` is `None` if no instant is known: without a target, while paused, after the end. `arming` counts from 1 how
    often the instant was set; 0 if it never was. Ticket, agreement, metric, cycle, threshold and arming are the key of
    a warning.
    """

    threshold: Threshold
    cycle: int
    at: datetime | None = field(eq=equality_key)
    arming: int
    is_due: bool


@frozen
class Upcoming:
    """A future instant at which a clock changes without an event, and the change: set a timer for it (SLA-12)."""

    at: datetime = field(eq=equality_key)
    what: What
    agreement: str
    metric: str
    threshold: str = ""


@frozen(repr=False, slots=False)  # like a cause, without slots
class Clock:
    """One metric of one agreement, on one ticket, as of an instant.

    Its properties are those of its last cycle; `cycles` holds all of them, and a finished one never changes (SLA-7).
    `coming` are the instants, in microseconds, at which later editions that the ticket follows come into force (G-12).
    Its datetimes carry the zone of `as_of` (G-2). Durations are working time on the calendar of the cycle.

    >>> from supportcore.calendars import always_open
    >>> from supportcore.instants import zone
    >>> from supportcore.sla import resolution, run_clocks
    >>> from supportcore.tickets import Opened
    >>> at = datetime(2026, 3, 16, 9, tzinfo=zone("Europe/Berlin"))
    >>> gold = Agreement("gold", always_open("UTC"), resolution(), targets={"resolution": "4 h"},
    ...                  promises={"4 h": Target(timedelta(hours=4))})
    >>> run_clocks([Opened("T-1", at)], gold, as_of=at + timedelta(hours=1))["gold", "resolution"]
    Clock(resolution of T-1: running, due 2026-03-16 13:00+01:00, used 1 h of 4 h)
    """

    ticket: str
    agreement: str
    metric: Metric
    cycles: tuple[Cycle, ...]
    as_of: datetime = field(eq=equality_key)
    coming: tuple[int, ...] = ()

    def __repr__(self) -> str:
        words = cycle_words(self.cycles[-1]) if self.cycles else "pending"
        return f"Clock({shortened(self.name)} of {shortened(self.ticket)}: {words})"

    @property
    def name(self) -> str:
        """The metric's name."""
        return self.metric.name

    @property
    def cycle(self) -> Cycle | None:
        """The last cycle, `None` before the start."""
        return self.cycles[-1] if self.cycles else None

    @property
    def phase(self) -> Phase:
        """Pending, running, paused, stopped or cancelled (SLA-6)."""
        return self.cycles[-1].phase if self.cycles else "pending"

    @property
    def result(self) -> Result:
        """Open while it runs towards a target, then met, missed or superseded; none without a target (SLA-6)."""
        return self.cycles[-1].result if self.cycles else "none"

    @property
    def target(self) -> Target | None:
        """The target of the last cycle, `None` for a stopwatch and before the start."""
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
        """The instant at which the elapsed time reaches the target; `None` while a pause may still move it (SLA-6)."""
        return self.cycles[-1].due_at if self.cycles else None

    @property
    def due_if_resumed_now(self) -> datetime | None:
        """The due date if the pause ended at `as_of`; `None` unless paused."""
        return self.cycles[-1].due_if_resumed_now if self.cycles else None

    @property
    def elapsed(self) -> timedelta:
        """The working time used so far."""
        return self.cycles[-1].elapsed if self.cycles else NOTHING

    @property
    def remaining(self) -> timedelta | None:
        """The working time left until due, negative if exceeded; `None` without a target and before the start."""
        return self.cycles[-1].remaining if self.cycles else None

    @property
    def overrun(self) -> timedelta:
        """The working time beyond the target."""
        return self.cycles[-1].overrun if self.cycles else NOTHING

    @property
    def breached_at(self) -> datetime | None:
        """The last instant in time; `None` unless the target is exceeded."""
        return self.cycles[-1].breached_at if self.cycles else None

    @property
    def thresholds(self) -> tuple[ThresholdReached, ...]:
        """When the last cycle reaches each threshold (SLA-10)."""
        if not self.cycles:
            return ()
        cycle, now = self.cycles[-1], micros(self.as_of)
        reached = []
        for threshold in self.metric.thresholds:
            arming = threshold_reached(cycle, threshold, now)
            at = None if arming.at is None else datetime_of(arming.at, self.tz)
            is_due = arming.at is not None and arming.at <= now
            reached.append(ThresholdReached(threshold, cycle.number, at, arming.count, is_due))
        return tuple(reached)

    @property
    def tz(self) -> tzinfo:
        """The zone of its datetimes."""
        zone = self.as_of.tzinfo
        assert zone is not None, "an instant is aware"
        return zone

    def trace(self) -> "tuple[Segment, ...]":
        """Return the segments of the last cycle, which add up to `elapsed` (SLA-13); empty before the start."""
        return self.cycles[-1].trace() if self.cycles else ()

    def explain(self, language: str = "en") -> str:
        """Return its cycles with their reasons as text, in English (`en`) or German (`de`)."""
        from supportcore.sla.words import clock_lines

        return "\n".join(clock_lines(language_named(language), self, self.agreement))

    def instant_at(self, fraction: Fraction, known_until: int) -> int | None:
        """Return the earliest instant at which this share of the target is used, both instants in microseconds.

        Only events up to and including `known_until` count (G-8); the cycle is the one that was running then, or the
        last one that had begun. `None` before the first cycle, and if the share is never reached.
        """
        cycle = self._begun_by(known_until)
        return None if cycle is None else threshold_reached(cycle, Threshold("", share=fraction), known_until).at

    def ended_by(self, instant: int) -> bool:
        """Return whether the last cycle that began by an instant, in microseconds, had ended by then."""
        cycle = self._begun_by(instant)
        return cycle is not None and cycle.end is not None and cycle.end <= instant

    def _begun_by(self, instant: int) -> Cycle | None:
        return next((cycle for cycle in reversed(self.cycles) if cycle.start <= instant), None)

    def outlasts(self, outer: "Clock") -> Finding | None:
        """Return a finding if this clock, of an inner agreement, is due only after the outer clock (SLA-11).

        `None` if it fits, or if either does not run towards a target. Raises `DefinitionError` unless `outer` is a
        clock.
        """
        if not isinstance(outer, Clock):
            raise DefinitionError(f"`{outer}` is not a clock; give one of those that `run_clocks` returns")
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
        """Return the instants strictly after `as_of` at which the clock changes without an event, in order (SLA-12).

        They are the coming thresholds, the due date, the breach (one microsecond after the last instant in time), the
        editions that change its terms, and for a running clock the next opening of its calendar. A clock that has ended
        or not begun has none.
        """
        after = micros(self.as_of if as_of is None else as_of)
        if not self.cycles or self.cycles[-1].end is not None:
            return ()
        cycle = self.cycles[-1]
        found: list[tuple[int, What, str]] = [(start, "edition", "") for start in self.coming]
        for threshold in self.metric.thresholds:
            at = threshold_reached(cycle, threshold, cycle.until).at
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
    """The clocks of a ticket by agreement and metric, and the findings about its history (SLA-11).

    `clocks["gold", "resolution"]` is a `Clock`. `agreements` maps names to agreements; for `Editions`, to the first
    edition that the ticket followed. `words` are those that events may use; by default those that the
    agreements name.
    """

    by_key: FrozenMapping[tuple[str, str], Clock]
    history: History
    agreements: FrozenMapping[str, Agreement]
    words: EventWords | None = None

    def __repr__(self) -> str:
        return f"Clocks({shortened(self.history.ticket)}: {clocks_words(self.by_key.values())})"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Findings about odd events (before the opening, unknown words, …) and operational agreements.

        `sla.level-outlasts`: a clock of an operational agreement is due later than the outer clock.
        `sla.unknown-outer`: the outer agreement was not given, or has no clock of that name (SLA-11).
        """
        from supportcore.sla.checks.history import remarks, unknown_words
        from supportcore.sla.checks.operational import outer_findings

        ran = {key: [(cycle.start, cycle.end) for cycle in clock.cycles] for key, clock in self.by_key.items()}
        remarked = remarks(self.history, self.agreements, ran)
        words = self.words or words_of(self.agreements.values())
        unknown = unknown_words(self.history, words)
        return (*remarked, *unknown, *outer_findings(self.agreements), *self._outlasting())

    def _outlasting(self) -> Iterator[Finding]:
        for (name, metric), clock in self.by_key.items():
            outer = self.by_key.get((self.agreements[name].inside, metric))
            found = None if outer is None else clock.outlasts(outer)
            if found is not None:
                yield found

    def levels(self, agreement: str, metric: str) -> "tuple[LevelUse, ...]":
        """Return the time that each level used of a clock's last cycle, and its budget (SLA-11).

        Levels with a budget come first, in their order; time without a level has an empty name. The times used add up
        to the clock's `elapsed`. Raises `UnknownNameError` for an unknown clock.
        """
        from supportcore.sla.clock.levels import level_uses
        from supportcore.tickets import holders_over_time

        clock = self[agreement, metric]
        return level_uses(clock.metric, clock.cycle, holders_over_time(self.history))

    def __getitem__(self, key: tuple[str, str]) -> Clock:
        try:
            return self.by_key[key]
        except (KeyError, TypeError):
            names = [" ".join(known) for known in self.by_key]
            name = " ".join(map(str, several(key)))
            expected = f"expected one of {listed(names)}" if names else "there are no clocks"
            raise UnknownNameError(f"`{name}` is not a clock here; {expected}{did_you_mean(name, names)}") from None

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.by_key)

    def __len__(self) -> int:
        return len(self.by_key)

    def next_instants(self, as_of: datetime | None = None) -> tuple[Upcoming, ...]:
        """Return the next instants of all clocks, in order: an app sets one timer for the first (SLA-12)."""
        found = [upcoming for clock in self.by_key.values() for upcoming in clock.next_instants(as_of)]
        return tuple(sorted(found, key=_upcoming_order))


def _upcoming_order(upcoming: Upcoming) -> tuple[int, str, str, str, str]:
    return micros(upcoming.at), upcoming.agreement, upcoming.metric, upcoming.what, upcoming.threshold
