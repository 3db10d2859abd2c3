"""A cycle while it runs: its marks and states, recorded event by event until the cycle ends (SLA-6, SLA-9).

Instants and durations are integers of microseconds.
"""

from datetime import tzinfo

from attrs import define

from supportcore.sla.agreement.basis import Basis
from supportcore.sla.agreement.terms import Terms
from supportcore.sla.causes import Cause
from supportcore.sla.clock.adjustments import DueOverride, Excuse
from supportcore.sla.clock.cycles import Carried, Cycle, State
from supportcore.sla.clock.passed import target_passed
from supportcore.sla.clock.timekeeping import Mark

# Later than every instant: when a stopwatch falls due.
NEVER = 1 << 62


@define(unsafe_hash=True)
class Projection:
    """The due instant of a cycle as known at the instant `at`, when `elapsed` has passed.

    `reached` is the due instant of a cycle that has reached its target; if it has exceeded the target, `reached` is any
    instant before `at`.
    """

    reached: int | None
    basis: Basis
    at: int
    elapsed: int

    @property
    def due(self) -> int:
        """The due instant; of a paused cycle, the due instant if the pause ended at `at`."""
        if self.reached is not None:
            return self.reached
        if self.basis.allowed is not None:
            return self.basis.hours.add(self.at, self.basis.allowed - self.elapsed)
        return NEVER if self.basis.instant is None else self.basis.due_with(self.at, self.elapsed)


class RunningCycle:
    """A cycle that has not ended, paused or not."""

    __slots__ = (
        "basis", "carry", "chain", "excuses", "hours", "marks", "number", "opened_by", "origin", "override",
        "overrides", "recounted", "states", "under_priority",
    )  # fmt: skip

    def __init__(
        self,
        at: int,
        basis: Basis,
        opened_by: Cause,
        paused_by: Cause | None,
        number: int,
        chain: int,
        carry: Carried | None,
        excuses: tuple[Excuse, ...],
    ) -> None:
        self.number = number
        self.chain = chain
        self.opened_by = opened_by
        self.carry = carry
        self.excuses = excuses
        # The due instant set by hand, and the earlier ones, which hold again if the later are withdrawn.
        self.override: DueOverride | None = None
        self.overrides: tuple[DueOverride, ...] = ()
        self.basis = basis
        self.hours = hours = basis.terms.calendar.compiled
        elapsed = 0 if carry is None else carry.used
        running = paused_by is None
        # The open time of the calendar at which the elapsed time began; `None` while the cycle is paused.
        self.origin = hours.worked(at) - elapsed if running else None
        self.marks = [Mark(at, not running, paused_by or opened_by)]
        self.states = [State(at, elapsed, running, basis, None, excuses)]
        # The last projection under each priority, and the time counted on each calendar since the start (SLA-9).
        self.under_priority: dict[str, Projection] = {}
        self.recounted: dict[int, tuple[int, int]] = {}

    @property
    def start(self) -> int:
        """The instant at which the cycle began."""
        return self.marks[0].at

    @property
    def carried(self) -> int:
        """The working time carried into the cycle."""
        return 0 if self.carry is None else self.carry.used

    @property
    def paused(self) -> bool:
        """Whether the cycle is paused."""
        return self.marks[-1].paused

    def elapsed(self, at: int) -> int:
        """Return the working time used by an instant, which does not precede the last state."""
        return self.states[-1].elapsed if self.origin is None else self.hours.worked(at) - self.origin

    def mark(self, at: int, paused: bool, cause: Cause) -> None:
        """Record that a pause begins or ends at an instant, or has another cause from then on."""
        self.marks.append(Mark(at, paused, cause))
        if paused != (self.origin is None):
            elapsed = self.elapsed(at)
            self.origin = None if paused else self.hours.worked(at) - elapsed
            self.record(at, elapsed)

    def measure(self, at: int, elapsed: int, basis: Basis) -> None:
        """Measure the cycle by another basis from an instant on, with `elapsed` time used by then."""
        self.basis = basis
        self.hours = basis.hours
        self.origin = None if self.paused else self.hours.worked(at) - elapsed
        self.record(at, elapsed)

    def override_due(self, at: int, override: DueOverride) -> None:
        """Set the due instant by hand, until that is withdrawn or the cycle ends (SLA-8)."""
        self.overrides = (*self.overrides, override)
        self.override = override
        self.record(at, self.elapsed(at))

    def withdraw_override(self, at: int, event: str) -> None:
        """Withdraw the due instant that an event set, if it set one."""
        left = tuple(override for override in self.overrides if override.event != event)
        if len(left) < len(self.overrides):
            self.overrides = left
            self.override = left[-1] if left else None
            self.record(at, self.elapsed(at))

    def excuse(self, at: int, excuses: tuple[Excuse, ...]) -> None:
        """Replace the excused delays (SLA-8)."""
        self.excuses = excuses
        self.record(at, self.elapsed(at))

    def record(self, at: int, elapsed: int) -> None:
        """Record the state of the cycle from an instant on."""
        self.states.append(State(at, elapsed, self.origin is not None, self.basis, self.override, self.excuses))

    def projected(self, at: int, elapsed: int, basis: Basis) -> Projection:
        """Return the projection by a basis, with `elapsed` time used by an instant."""
        reached: int | None = None
        if basis.allowed is not None and elapsed > basis.allowed:
            reached = at - 1  # any instant before `at`: nothing depends on it
        elif basis.instant is not None or elapsed == basis.allowed:
            reached = target_passed(self.marks, basis, self.carried, at).reached
        return Projection(reached, basis, at, elapsed)

    def recount(self, at: int, terms: Terms) -> int:
        """Return the time counted since the start on the calendar of other terms.

        Each calendar counts each stretch once, however often this is called, so that a history takes linear time.
        """
        hours, marks = terms.calendar.compiled, self.marks
        place, total = self.recounted.get(id(terms.calendar), (0, 0))
        while place < len(marks) - 1:
            if not marks[place].paused:
                total += hours.between(marks[place].at, marks[place + 1].at)
            place += 1
        self.recounted[id(terms.calendar)] = place, total
        return total if self.paused else total + hours.between(marks[-1].at, at)

    def ended(self, at: int, ended_by: Cause | None, tz: tzinfo) -> Cycle:
        """Return the immutable cycle as of an instant, ended by a cause or, without one, still running."""
        elapsed = self.states[-1].elapsed if self.origin is None else self.hours.worked(at) - self.origin
        return Cycle(
            self.number, self.chain, self.opened_by, ended_by, at, elapsed, tuple(self.marks),
            tuple(self.states), self.carry, self.override, (), tz,
        )  # fmt: skip
