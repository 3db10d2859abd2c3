"""The working state of a ticket's ladders: events first, then hours, hand-overs and steps (G-6, ESC-4 to ESC-6)."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Protocol

from attrs import define, field

from supportcore.escalation.duty.rosters import next_boundary
from supportcore.escalation.engine.outbox import Draft, Outbox, SkippedStep, UnreachedRound
from supportcore.escalation.engine.paging import Contact, contacts_of, reachable, reason_of
from supportcore.escalation.engine.rounds import Round
from supportcore.escalation.ladders import Ladder, LadderPolicy, Step
from supportcore.escalation.plans import Ending, Reason, StepMark
from supportcore.escalation.recipients import Recipients
from supportcore.instants import micros
from supportcore.tickets import (
    Cancelled,
    Closed,
    Escalated,
    Event,
    Merged,
    Opened,
    PageAcknowledged,
    Reopened,
    Resolved,
    Snoozed,
    Withdrawn,
)

ENDINGS: Mapping[type[Event], Ending] = {
    Resolved: "resolved",
    Closed: "closed",
    Cancelled: "cancelled",
    Merged: "merged",
}


class ClockLike(Protocol):
    """The part of a clock that a ladder uses."""

    def instant_at(self, fraction: Fraction, known_until: int) -> int | None:
        """Return the earliest instant at which a share of the target is used up, by the events up to `known_until`.

        Both are in microseconds. Returns `None` if the share will not be used up.
        """
        ...

    def ended_by(self, instant: int) -> bool:
        """Return whether the clock had ended by an instant in microseconds."""
        ...


def _name(ladder: Ladder | None) -> str | None:
    return None if ladder is None else ladder.name


@define(eq=False)
class LadderState:
    """The working state of a ticket's ladders, private to one call of `plan`."""

    policy: LadderPolicy
    recipients: Recipients
    clocks: Mapping[str, ClockLike | None]
    outbox: Outbox = field(init=False, factory=Outbox)
    cycle: int = field(init=False, default=0)
    ended: int | None = field(init=False, default=None)
    open: bool = field(init=False, default=False)
    priority: str = field(init=False, default="")
    acknowledged: bool = field(init=False, default=False)
    round: Round | None = field(init=False, default=None)
    last_round: Round | None = field(init=False, default=None)
    rounds: dict[str, int] = field(init=False, factory=dict)
    snoozes: list[Snoozed] = field(init=False, factory=list)
    ever_held: bool = field(init=False, default=False)
    known_until: int = field(init=False, default=0)
    shares_run: set[tuple[str, int]] = field(init=False, factory=set)
    hours_edge: int | None = field(init=False, default=None)
    duty_edge: int | None = field(init=False, default=None)

    # Events

    def refresh_clocks(self, now: int) -> None:
        """Forget the instants of shares, which an event at `now` may move."""
        self.known_until = now
        if self.round is not None:
            self.round.shares.clear()

    def record(self, event: Event) -> None:
        """Apply an event of the ticket."""
        now = event.instant
        match event:
            case Opened() if not self.cycle:
                self._begin_cycle(now)
            case Reopened() if self.cycle and not self.open:
                self._begin_cycle(now)
            case _ if not self.open:
                pass
            case PageAcknowledged():
                self._acknowledge(now)
            case Snoozed():
                self.snoozes.append(event)
                if self._held_until(now) is not None:
                    self.ever_held = True
                    self.outbox.end_pages(now, "snoozed")
            case Withdrawn():
                self.snoozes = [snooze for snooze in self.snoozes if snooze.id != event.event]
            case Escalated():
                self._escalate(now, event)
            case Resolved() | Closed() | Cancelled() | Merged():
                self._end_cycle(now, ENDINGS[type(event)])
            case _:
                pass

    def change_priority(self, priority: str, now: int) -> None:
        """Apply a new priority: a raise replaces the ladder, a lowering first stands down everybody paged (ESC-5)."""
        old, self.priority = self.priority, priority
        if not self.open or priority == old:
            return
        ladder = self.policy.in_force(priority, now)
        unchanged = {_name(self.policy.in_force(old, now)), self._running()}
        if _name(ladder) not in unchanged:
            if self.policy.rank(priority) > self.policy.rank(old):
                self.acknowledged = False
                self._replace(ladder, now, "priority raised")
            else:
                if self.last_round is not None:
                    reason = Reason("priority lowered", {"old": old, "new": priority})
                    last = self.last_round
                    self.outbox.stand_down(self.cycle, last.ladder.name, last.number, now, reason)
                self._replace(None if self.acknowledged else ladder, now, "priority lowered")
        if self.hours_edge is None or self.hours_edge > now:
            self._watch_hours(now)

    def _begin_cycle(self, now: int) -> None:
        self.cycle += 1
        self.open, self.acknowledged = True, False
        self._install(self.policy.in_force(self.priority, now), now)
        self._watch_hours(now)

    def _end_cycle(self, now: int, ending: Ending) -> None:
        self.outbox.close(now, ending)
        self.open, self.ended = False, now
        self.round = self.last_round = self.hours_edge = self.duty_edge = None
        self.rounds.clear()
        self.snoozes.clear()
        self.shares_run.clear()

    def _acknowledge(self, now: int) -> None:
        self._move_held(now)
        self.acknowledged = True
        self.hours_edge = None
        self.outbox.end_pages(now, "acknowledged")
        if self.round is not None:
            for index in self.round.cancel_acknowledged():
                self._skip(self.round, index + 1, self.round.step(index).to, now, Reason("acknowledged"))

    def _escalate(self, now: int, event: Escalated) -> None:
        """Run the next step at once, acknowledged or not; after the last step, the first of the next round (ESC-4)."""
        self._move_held(now)
        index = None if self.round is None else self.round.next_unrun()
        if self.round is not None and index is None and self.round.repeats_left:
            self._next_round(self.round, now)
            index = self.round.next_unrun()
        if self.round is None:
            self.outbox.skipped.append(SkippedStep(self.cycle, "", 0, 0, "", now, Reason("no ladder")))
        elif index is None:
            last = len(self.round.ladder.steps)
            self._skip(self.round, last, self.round.step(last - 1).to, now, Reason("no step left"))
        else:
            self._run(self.round, index, now, Reason("escalated", {"by": str(event.by), "reason": event.reason}))

    def _move_held(self, now: int) -> None:
        """Move pages held past their instants to `now`, so that later pages and the round keep their distances."""
        if self.round is not None and self.ever_held:
            self.round.resume(now)

    # Timers

    def next_timer(self, now: int) -> int | None:
        """Return the next instant at which hours, a duty, a step or a round change the state without an event."""
        held = self._held_until(now)
        edges = [self.hours_edge, _held(self.duty_edge, held)]
        if (round_ := self.round) is not None:
            for index in round_.pending:
                instant = self._instant(round_, index)
                edges.append(instant if held is None or not round_.pages(index) else _held(instant, held))
            if not self.acknowledged:
                edges.append(_held(round_.ends, held) if round_.has_pages else round_.ends)
        return min([edge for edge in edges if edge is not None], default=None)

    def run_timers(self, now: int) -> None:
        """Run everything due at an instant: hours, then hand-overs, then steps and rounds."""
        if self.hours_edge is not None and self.hours_edge <= now:
            ladder = self.policy.in_force(self.priority, now)
            if _name(ladder) != self._running():
                self._replace(ladder, now, "hours changed")
            self._watch_hours(now)
        held = self._held_until(now) is not None
        if self.duty_edge is not None and self.duty_edge <= now and not held:
            self._hand_over(now)
        while self.round is not None:
            if not held:
                self._move_held(now)
            index = self._first_due(self.round, now, held=held)
            if index is not None:
                self._run(self.round, index, now, None)
            elif self._is_over(self.round, now, held=held):
                self._next_round(self.round, now)
            else:
                break
        if self.round is not None and self.round.reach_in_doubt:
            self._check_reach(self.round, now)
        if not held or self.duty_edge is None or self.duty_edge > now:
            self._watch_duties(now)

    def _first_due(self, round_: Round, now: int, *, held: bool) -> int | None:
        for index in round_.pending:
            if held and round_.pages(index):
                continue
            instant = self._instant(round_, index)
            if instant is not None and instant <= now:
                return index
        return None

    def _is_over(self, round_: Round, now: int, *, held: bool) -> bool:
        over = round_.ends is not None and round_.ends <= now
        return over and not self.acknowledged and not (held and round_.has_pages)

    def _run(self, round_: Round, index: int, now: int, reason: Reason | None) -> None:
        step = round_.step(index)
        round_.finish(index)
        if index in round_.percents:
            self.shares_run.add((round_.ladder.name, index))
        found = contacts_of(self.recipients, round_, index + 1, step, now)
        if found.skipped is not None:
            self._skip(round_, index + 1, step.to, now, found.skipped)
            round_.pull_forward(index, now)
            round_.reach_in_doubt = True
            return
        round_.reached = round_.reached or round_.reaches(index)
        if step.effect == "page":
            self.outbox.end_pages(now, "next step", before=now)
            round_.recipients_paged.add(step.to)
        reason = reason or round_.causes.get(index) or reason_of(step, round_, now)
        for contact in found.contacts:
            self._notify(round_, index + 1, step, contact, now, reason)

    def _check_reach(self, round_: Round, now: int) -> None:
        """Page the last resort if no pending step of the round can reach anybody (ESC-6)."""
        if round_.reached or round_.last_resort_used or self.acknowledged:
            return
        if not any(round_.reaches(index) and self._instant(round_, index) is not None for index in round_.pending):
            round_.last_resort_used = True
            self._page_last_resort(round_, now)

    def _page_last_resort(self, round_: Round, now: int) -> None:
        name = round_.ladder.last_resort
        if name is not None:
            step = Step(name)
            found = contacts_of(self.recipients, round_, "last resort", step, now)
            for contact in found.contacts:
                self._notify(round_, "last resort", step, contact, now, Reason("last resort"))
            if found.skipped is None:
                return
            self._skip(round_, "last resort", name, now, found.skipped)
        self.outbox.unreached.append(UnreachedRound(self.cycle, round_.ladder.name, round_.number, now))

    def _hand_over(self, now: int) -> None:
        """Page the people who are new on the duty of an unacknowledged page (ESC-6)."""
        if (round_ := self.round) is None:
            return
        pages: dict[StepMark, list[Draft]] = {}
        for page in self.outbox.pages():
            if (page.ladder, page.round) == (round_.ladder.name, round_.number):
                pages.setdefault(page.step, []).append(page)
        for mark, current in pages.items():
            to = current[0].to
            step = round_.step(mark - 1) if isinstance(mark, int) else Step(to)
            on_duty = self.recipients.at(to, now).people
            if on_duty == round_.on_duty[mark]:
                continue
            round_.on_duty[mark] = on_duty
            new = [person for person in on_duty if (mark, person) not in round_.people_paged]
            contacts = reachable(self.recipients, new, step.channel)
            if not contacts:
                continue
            off_duty = [page for page in current if page.person not in on_duty]
            for page in off_duty:
                self.outbox.end(page, now, "hand-over")
            reason = Reason("hand-over", {"from": tuple(page.person for page in off_duty)})
            for contact in contacts:
                self._notify(round_, mark, step, contact, now, reason)

    # Rounds and ladders

    def _running(self) -> str | None:
        return None if self.round is None else self.round.ladder.name

    def _replace(self, ladder: Ladder | None, now: int, ending: Ending) -> None:
        self.outbox.end_pages(now, ending)
        self._install(ladder, now)

    def _install(self, ladder: Ladder | None, now: int) -> None:
        self.round = None
        if ladder is not None:
            self._start(ladder, ladder.rounds - 1, now)

    def _next_round(self, round_: Round, now: int) -> None:
        self.outbox.end_pages(now, "next round", before=now)
        self._start(round_.ladder, round_.repeats_left - 1, now)

    def _start(self, ladder: Ladder, repeats_left: int, now: int) -> None:
        number = self.rounds[ladder.name] = self.rounds.get(ladder.name, 0) + 1
        self.round = self.last_round = Round(ladder, number, now, repeats_left)

    # Instants

    def _instant(self, round_: Round, index: int) -> int | None:
        """Return when a pending step falls due, as far as known.

        A share that was reached before, or in an earlier cycle of the ticket, does not fall due again (ESC-4). A share
        reached before the round is due at its start, unless the clock is known to have ended by then (ESC-1, G-8).
        """
        planned = round_.planned.get(index)
        if planned is not None:
            return planned
        percent = round_.percents[index]
        if index not in round_.shares:
            clock = self.clocks[percent.clock]
            round_.shares[index] = None if clock is None else clock.instant_at(percent.share, self.known_until)
        reached = round_.shares[index]
        if reached is None or (self.ended is not None and reached < self.ended):
            return None
        if reached < round_.start:
            clock = self.clocks[percent.clock]
            over = clock is not None and clock.ended_by(min(round_.start, self.known_until))
            return None if over or (round_.ladder.name, index) in self.shares_run else round_.start
        return reached

    def _held_until(self, now: int) -> int | None:
        """Return until when the latest snooze holds pages; `None` if pages are not held."""
        if not self.snoozes:
            return None
        until = micros(self.snoozes[-1].until)
        return until if until > now else None

    def _watch_hours(self, now: int) -> None:
        """Set the next instant at which the hours may change the ladder, which an acknowledgement keeps (ESC-5)."""
        self.hours_edge = None
        if self.open and not self.acknowledged:
            rows = [row for row in self.policy.rows if row.hours is not None and row.fits(self.priority)]
            edges = (next_boundary(row.hours, now) for row in rows if row.hours is not None)
            self.hours_edge = min((edge for edge in edges if edge is not None), default=None)

    def _watch_duties(self, now: int) -> None:
        """Set the next instant at which a duty with a current page may be handed over."""
        edges = [self.recipients.next_change(duty, now) for duty in {page.to for page in self.outbox.pages()}]
        self.duty_edge = min([edge for edge in edges if edge is not None], default=None)

    # The outbox

    def _notify(self, round_: Round, mark: StepMark, step: Step, contact: Contact, now: int, reason: Reason) -> None:
        person, channel = contact.person, contact.channel
        if step.effect == "page":
            round_.people_paged.add((mark, person))
        ladder, number = round_.ladder.name, round_.number
        self.outbox.add(Draft(self.cycle, ladder, number, mark, step.to, person, channel, step.effect, now, reason))

    def _skip(self, round_: Round, mark: StepMark, to: str, now: int, reason: Reason) -> None:
        ladder, number = round_.ladder.name, round_.number
        self.outbox.skipped.append(SkippedStep(self.cycle, ladder, number, mark, to, now, reason))


def _held(instant: int | None, until: int | None) -> int | None:
    return instant if instant is None or until is None else max(instant, until)
