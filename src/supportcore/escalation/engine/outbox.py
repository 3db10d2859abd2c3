"""The notifications of one call of `plan` while their ends may still change (ESC-2, ESC-3)."""

from attrs import define, field

from supportcore.escalation.plans import Effect, Ending, Reason, StepMark


@define(eq=False)
class Draft:
    """A notification whose end may still change."""

    cycle: int
    ladder: str
    round: int
    step: StepMark
    to: str
    person: str
    channel: str
    effect: Effect
    instant: int
    reason: Reason
    ends: int | None = None
    ended_by: Ending | None = None


@define(eq=False)
class SkippedStep:
    """A step that notified nobody."""

    cycle: int
    ladder: str
    round: int
    step: StepMark
    to: str
    instant: int
    reason: Reason


@define(eq=False)
class UnreachedRound:
    """A round that reached nobody."""

    cycle: int
    ladder: str
    round: int
    instant: int


@define(eq=False)
class Outbox:
    """All drafts in the order of their instants, the current drafts, and the people paged on each channel."""

    drafts: list[Draft] = field(init=False, factory=list)
    skipped: list[SkippedStep] = field(init=False, factory=list)
    unreached: list[UnreachedRound] = field(init=False, factory=list)
    current: list[Draft] = field(init=False, factory=list)
    paged: dict[tuple[str, str], str] = field(init=False, factory=dict)

    def pages(self) -> list[Draft]:
        """Return the current pages."""
        return [draft for draft in self.current if draft.effect == "page"]

    def add(self, draft: Draft) -> None:
        """Add a draft. An inform ends earlier informs of its ladder to its person, a page ends stand-downs."""
        for other in list(self.current):
            if other.person != draft.person or other.instant >= draft.instant:
                continue
            if draft.effect == "page" and other.effect == "stand-down":
                self.end(other, draft.instant, "called again")
            elif draft.effect == "inform" and other.effect == "inform" and other.ladder == draft.ladder:
                self.end(other, draft.instant, "later inform")
        self.drafts.append(draft)
        self.current.append(draft)
        if draft.effect == "page":
            self.paged[draft.person, draft.channel] = draft.to

    def end_pages(self, now: int, ending: Ending, *, before: int | None = None) -> None:
        """End the current pages; with `before` only pages of an earlier instant."""
        for draft in self.pages():
            if before is None or draft.instant < before:
                self.end(draft, now, ending)

    def close(self, now: int, ending: Ending) -> None:
        """End all drafts, as the ticket's cycle is over."""
        for draft in list(self.current):
            self.end(draft, now, ending)
        self.paged.clear()

    def stand_down(self, cycle: int, ladder: str, round_number: int, now: int, reason: Reason) -> None:
        """Notify everybody who was paged, on the channel of the page, that they are no longer needed (ESC-5)."""
        for (person, channel), to in list(self.paged.items()):
            draft = Draft(cycle, ladder, round_number, "stand-down", to, person, channel, "stand-down", now, reason)
            self.add(draft)
        self.paged.clear()

    def end(self, draft: Draft, now: int, ending: Ending) -> None:
        """End a draft."""
        draft.ends, draft.ended_by = now, ending
        self.current.remove(draft)
