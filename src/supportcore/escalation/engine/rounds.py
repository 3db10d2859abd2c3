"""One round of a ladder while it runs: which steps are still to come, when, and what moves them (ESC-4, ESC-6)."""

from attrs import define, field

from supportcore.escalation.ladders import After, Ladder, Percent, Step
from supportcore.escalation.plans import Reason, StepMark
from supportcore.instants import micros_of


@define(eq=False)
class Round:
    """The working state of one round. It lives inside one call of `plan` and is seen by nobody else.

    Steps are counted from 0 here. `planned` holds the instants of steps in elapsed and working time, `percents` the
    others, `shares` the instants that clocks gave for them, `ends` the instant at which the next round would start,
    all in microseconds. `has_pages` says whether any step of the ladder pages.
    """

    ladder: Ladder
    number: int
    start: int
    repeats_left: int
    pending: list[int] = field(init=False)
    needless: list[int] = field(init=False, factory=list)
    planned: dict[int, int] = field(init=False, factory=dict)
    percents: dict[int, Percent] = field(init=False, factory=dict)
    has_pages: bool = field(init=False)
    shares: dict[int, int | None] = field(init=False, factory=dict)
    causes: dict[int, Reason] = field(init=False, factory=dict)
    ends: int | None = field(init=False, default=None)
    targets_paged: set[str] = field(init=False, factory=set)
    people_paged: set[tuple[StepMark, str]] = field(init=False, factory=set)
    on_duty: dict[StepMark, tuple[str, ...]] = field(init=False, factory=dict)
    reached: bool = field(init=False, default=False)
    in_doubt: bool = field(init=False, default=False)
    settled: bool = field(init=False, default=False)

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

    def calls(self, index: int) -> bool:
        """Whether the round reaches somebody by this step: by its pages, or by all steps where it only informs."""
        return self.pages(index) or not self.has_pages

    def pages(self, index: int) -> bool:
        """Whether a step pages."""
        return self.ladder.steps[index].effect == "page"

    def step(self, index: int) -> Step:
        """The step at a place counted from 0."""
        return self.ladder.steps[index]

    def _elapsed(self) -> list[int]:
        """The pending steps in elapsed time, in order."""
        return [index for index in self.pending if _is_elapsed(self.step(index))]

    def pull_forward(self, skipped: int, now: int) -> None:
        """A skipped step's instant goes to the next one in elapsed time, those after keep their distances (ESC-6)."""
        following = [index for index in self._elapsed() if index > skipped]
        if not following:
            return
        planned = self.planned[following[0]]
        if planned <= now:
            return
        self._shift(following, now - planned)
        self.causes[following[0]] = Reason("in place of", {"step": skipped + 1})

    def put_off(self, now: int) -> None:
        """Pages that were held until now: the first is due now, later ones keep their distance to it (ESC-4)."""
        held = [index for index in self._elapsed() if self.pages(index)]
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

    def drop_needless(self) -> list[int]:
        """Takes the steps out that an acknowledgement makes needless, and says which they are."""
        dropped = [index for index in self.pending if self.step(index).unless == "acknowledged"]
        self.pending = [index for index in self.pending if index not in dropped]
        self.needless += dropped
        return dropped

    def take_next(self) -> int | None:
        """The first step in order that has not run, acknowledged or not; none where all have."""
        return min(self.pending + self.needless, default=None)

    def done(self, index: int) -> None:
        """The step has run or was skipped."""
        (self.pending if index in self.pending else self.needless).remove(index)


def _is_elapsed(step: Step) -> bool:
    return isinstance(step.when, After) and step.when.elapsed
