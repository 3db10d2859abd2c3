"""The working state of a round of a ladder: pending steps, their instants, and what moves them (ESC-4, ESC-6)."""

from attrs import define, field

from supportcore.escalation.ladders import After, Ladder, Percent, Step
from supportcore.escalation.plans import Reason, StepMark
from supportcore.instants import micros_of


@define(eq=False)
class Round:
    """The working state of a round, private to one call of `plan`.

    Steps are counted from 0 here. `planned` holds the instants of steps in elapsed and working time, `percents` the
    other steps, `shares` their instants by the clocks, `ends` the start of the next round, all in microseconds.
    `cancelled` holds the steps that an acknowledgement cancelled, `has_pages` whether any step of the ladder pages.
    """

    ladder: Ladder
    number: int
    start: int
    repeats_left: int
    pending: list[int] = field(init=False)
    cancelled: list[int] = field(init=False, factory=list)
    planned: dict[int, int] = field(init=False, factory=dict)
    percents: dict[int, Percent] = field(init=False, factory=dict)
    has_pages: bool = field(init=False)
    shares: dict[int, int | None] = field(init=False, factory=dict)
    causes: dict[int, Reason] = field(init=False, factory=dict)
    ends: int | None = field(init=False, default=None)
    recipients_paged: set[str] = field(init=False, factory=set)
    people_paged: set[tuple[StepMark, str]] = field(init=False, factory=set)
    on_duty: dict[StepMark, tuple[str, ...]] = field(init=False, factory=dict)
    reached: bool = field(init=False, default=False)
    reach_in_doubt: bool = field(init=False, default=False)
    last_resort_used: bool = field(init=False, default=False)

    def __attrs_post_init__(self) -> None:
        self.pending = list(range(len(self.ladder.steps)))
        for index, step in enumerate(self.ladder.steps):
            if isinstance(step.when, Percent):
                self.percents[index] = step.when
            else:
                self.planned[index] = step.when.instant(self.start)
        self.has_pages = any(step.effect == "page" for step in self.ladder.steps)
        if self.repeats_left and self.ladder.every is not None:
            self.ends = self.start + micros_of(self.ladder.every)

    def reaches(self, index: int) -> bool:
        """Return whether a step counts as reaching somebody: a page, or any step of a ladder without pages."""
        return self.pages(index) or not self.has_pages

    def pages(self, index: int) -> bool:
        """Return whether a step pages."""
        return self.ladder.steps[index].effect == "page"

    def step(self, index: int) -> Step:
        """Return the step at a place counted from 0."""
        return self.ladder.steps[index]

    def _pending_elapsed(self) -> list[int]:
        """Return the pending steps in elapsed time, in order."""
        return [index for index in self.pending if _is_elapsed(self.step(index))]

    def pull_forward(self, skipped: int, now: int) -> None:
        """Move the next step in elapsed time to a skipped step's instant; later steps keep their distances (ESC-6)."""
        later = [index for index in self._pending_elapsed() if index > skipped]
        if not later:
            return
        planned = self.planned[later[0]]
        if planned <= now:
            return
        self._shift(later, now - planned)
        self.causes[later[0]] = Reason("in place of", {"step": skipped + 1})

    def resume(self, now: int) -> None:
        """Move pages that were held until now: the first is due now, later pages keep their distances (ESC-4)."""
        held = [index for index in self._pending_elapsed() if self.pages(index)]
        first = min((self.planned[index] for index in held), default=now)
        if first >= now:
            return
        late = [index for index in held if self.planned[index] == first]
        self._shift(held, now - first)
        for index in late:
            self.causes[index] = Reason("snooze over")

    def _shift(self, steps: list[int], by: int) -> None:
        for index in steps:
            self.planned[index] += by
        if self.ends is not None:
            self.ends += by

    def cancel_acknowledged(self) -> list[int]:
        """Cancel the pending steps that an acknowledgement cancels, and return them."""
        cancelled = [index for index in self.pending if self.step(index).unless == "acknowledged"]
        self.pending = [index for index in self.pending if index not in cancelled]
        self.cancelled += cancelled
        return cancelled

    def next_unrun(self) -> int | None:
        """Return the first step that has not run, cancelled or not; `None` if all have run."""
        return min(self.pending + self.cancelled, default=None)

    def finish(self, index: int) -> None:
        """Take out a step that has run or was skipped."""
        (self.pending if index in self.pending else self.cancelled).remove(index)


def _is_elapsed(step: Step) -> bool:
    return isinstance(step.when, After) and step.when.elapsed
