"""The course of a ticket's ladders in time: what is recorded, then hours, hand-overs and steps (G-6, ESC-4 to 6)."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Protocol

from attrs import define, field

from supportcore.escalation.duty.rosters import next_boundary
from supportcore.escalation.engine.calling import reachable, reason_of, whom
from supportcore.escalation.engine.outbox import Message, Miss, Outbox
from supportcore.escalation.engine.rounds import Round
from supportcore.escalation.ladders import Ladder, LadderPolicy, Step
from supportcore.escalation.plans import Ending, Reason, StepMark
from supportcore.escalation.recipients import Targets
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
    """A clock, as far as a ladder needs it."""

    def instant_at(self, fraction: Fraction, known_until: int) -> int | None:
        """When that share of the target is used up, as known from the events up to `known_until`; both in microseconds.

        The earliest such instant; none where it is not to come.
        """
        ...

    def ended_by(self, instant: int) -> bool:
        """Whether the clock had ended by an instant in microseconds, so that nothing of it is late any more."""
        ...


def _name(ladder: Ladder | None) -> str | None:
    return None if ladder is None else ladder.name


@define(eq=False)
class Course:
    """The working state of one call of `plan`. It lives inside that call and is seen by nobody else."""

    policy: LadderPolicy
    targets: Targets
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

    # What is recorded

    def learn(self, now: int) -> None:
        """Something was recorded: clocks may say otherwise from here on."""
        self.known_until = now
        if self.round is not None:
            self.round.shares.clear()

    def record(self, event: Event) -> None:
        """Takes in an event of the ticket."""
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
        """Takes in a new priority: a raise replaces the ladder, a lowering stands those called down first (ESC-5)."""
        old, self.priority = self.priority, priority
        if not self.open or priority == old:
            return
        after = self.policy.in_force(priority, now)
        unchanged = {_name(self.policy.in_force(old, now)), self._running()}
        if _name(after) not in unchanged:
            if self.policy.rank(priority) > self.policy.rank(old):
                self.acknowledged = False
                self._replace(after, now, "priority raised")
            else:
                if self.last_round is not None:
                    reason = Reason("priority lowered", {"old": old, "new": priority})
                    ladder, number = self.last_round.ladder.name, self.last_round.number
                    self.outbox.stand_down(self.cycle, ladder, number, now, reason)
                self._replace(None if self.acknowledged else after, now, "priority lowered")
        if self.hours_edge is None or self.hours_edge > now:
            self._watch_hours(now)

    def _begin_cycle(self, now: int) -> None:
        self.cycle += 1
        self.open, self.acknowledged = True, False
        self._replace(self.policy.in_force(self.priority, now), now, "hours changed")
        self._watch_hours(now)

    def _end_cycle(self, now: int, why: Ending) -> None:
        self.outbox.close(now, why)
        self.open, self.ended = False, now
        self.round = self.last_round = self.hours_edge = self.duty_edge = None
        self.rounds.clear()
        self.snoozes.clear()
        self.shares_run.clear()

    def _acknowledge(self, now: int) -> None:
        self.acknowledged = True
        self.hours_edge = None
        self.outbox.end_pages(now, "acknowledged")
        if self.round is not None:
            for index in self.round.drop_needless():
                self._miss(self.round, index + 1, self.round.step(index).to, now, Reason("acknowledged"))

    def _escalate(self, now: int, event: Escalated) -> None:
        """Runs the next step at once, acknowledged or not (ESC-4); after the last one, the first of the next round."""
        index = None if self.round is None else self.round.take_next()
        if self.round is not None and index is None and self.round.repeats_left:
            self._next_round(self.round, now)
            index = self.round.take_next()
        if self.round is None:
            self.outbox.misses.append(Miss(self.cycle, "", 0, 0, "", now, Reason("no ladder")))
        elif index is None:
            last = len(self.round.ladder.steps)
            self._miss(self.round, last, self.round.step(last - 1).to, now, Reason("no step left"))
        else:
            self._run(self.round, index, now, Reason("escalated", {"by": str(event.by), "reason": event.reason}))

    # What happens of itself

    def next_timer(self, now: int) -> int | None:
        """The next instant at which something happens of itself."""
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
        """Runs what is due at an instant: hours, then hand-overs, then steps and rounds."""
        if self.hours_edge is not None and self.hours_edge <= now:
            ladder = self.policy.in_force(self.priority, now)
            if _name(ladder) != self._running():
                self._replace(ladder, now, "hours changed")
            self._watch_hours(now)
        held = self._held_until(now) is not None
        if self.duty_edge is not None and self.duty_edge <= now and not held:
            self._hand_over(now)
        while self.round is not None:
            if self.ever_held and not held:
                self.round.put_off(now)
            index = self._first_due(self.round, now, held=held)
            if index is not None:
                self._run(self.round, index, now, None)
            elif self._is_over(self.round, now, held=held):
                self._next_round(self.round, now)
            else:
                break
        if self.round is not None and self.round.in_doubt:
            self._settle(self.round, now)
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
        round_.done(index)
        if index in round_.percents:
            self.shares_run.add((round_.ladder.name, index))
        people, why_not = whom(self.targets, round_, index + 1, step, now)
        if why_not is not None:
            self._miss(round_, index + 1, step.to, now, why_not)
            round_.pull_forward(index, now)
            round_.in_doubt = True
            return
        round_.reached = round_.reached or round_.calls(index)
        if step.effect == "page":
            self.outbox.end_pages(now, "next step", before=now)
            round_.targets_paged.add(step.to)
        told = reason or round_.causes.get(index) or reason_of(step, round_, now)
        for person, channel in people:
            self._tell(round_, index + 1, step, person, channel, now, told)

    def _settle(self, round_: Round, now: int) -> None:
        """Pages the last resort once it is clear that the round reaches nobody (ESC-6)."""
        if not (round_.reached or round_.settled or self.acknowledged):
            if any(round_.calls(index) and self._instant(round_, index) is not None for index in round_.pending):
                return
            round_.settled = True
            self._call_last_resort(round_, now)
        round_.in_doubt = False

    def _call_last_resort(self, round_: Round, now: int) -> None:
        name = round_.ladder.last_resort
        if name is not None:
            step = Step(name)
            people, why_not = whom(self.targets, round_, "last resort", step, now)
            for person, channel in people:
                self._tell(round_, "last resort", step, person, channel, now, Reason("last resort"))
            if why_not is None:
                return
            self._miss(round_, "last resort", name, now, why_not)
        self.outbox.unreached.append(
            Miss(self.cycle, round_.ladder.name, round_.number, "last resort", name or "", now, Reason("unreached"))
        )

    def _hand_over(self, now: int) -> None:
        """Pages whoever is new on the duty that an unacknowledged page called (ESC-6)."""
        if (round_ := self.round) is None:
            return
        called: dict[StepMark, list[Message]] = {}
        for message in self.outbox.pages():
            if (message.ladder, message.round) == (round_.ladder.name, round_.number):
                called.setdefault(message.step, []).append(message)
        for mark, messages in called.items():
            to = messages[0].to
            step = round_.step(mark - 1) if isinstance(mark, int) else Step(to)
            on_duty = self.targets.at(to, now).people
            if on_duty == round_.on_duty[mark]:
                continue
            round_.on_duty[mark] = on_duty
            fresh = [person for person in on_duty if (mark, person) not in round_.people_paged]
            told = [person for person, _ in reachable(self.targets, fresh, step.channel)]
            if not told:
                continue
            gone = [message for message in messages if message.person not in on_duty]
            for message in gone:
                self.outbox.end(message, now, "hand-over")
            reason = Reason("hand-over", {"from": tuple(message.person for message in gone)})
            for person, channel in reachable(self.targets, told, step.channel):
                self._tell(round_, mark, step, person, channel, now, reason)

    # Rounds and ladders

    def _running(self) -> str | None:
        return None if self.round is None else self.round.ladder.name

    def _replace(self, ladder: Ladder | None, now: int, why: Ending) -> None:
        self.outbox.end_pages(now, why)
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
        """When a pending step falls due, as now known; a share that was reached before is not reached again.

        One that was reached in an earlier cycle of the ticket belongs to that (ESC-4).
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
            clock = self.clocks[round_.percents[index].clock]
            over = clock is not None and clock.ended_by(round_.start)
            return None if over or (round_.ladder.name, index) in self.shares_run else round_.start
        return reached

    def _held_until(self, now: int) -> int | None:
        """Until when pages are held: by the latest snooze that stands; none where they are not."""
        if not self.snoozes:
            return None
        until = micros(self.snoozes[-1].until)
        return until if until > now else None

    def _watch_hours(self, now: int) -> None:
        """Notes when the hours may next change the ladder; an acknowledgement keeps it (ESC-5)."""
        self.hours_edge = None
        if self.open and not self.acknowledged:
            rows = [row for row in self.policy.rows if row.hours is not None and row.fits(self.priority)]
            edges = (next_boundary(row.hours, now) for row in rows if row.hours is not None)
            self.hours_edge = min((edge for edge in edges if edge is not None), default=None)

    def _watch_duties(self, now: int) -> None:
        """Notes when a duty whose page is current may next pass on."""
        edges = [self.targets.next_change(duty, now) for duty in {message.to for message in self.outbox.pages()}]
        self.duty_edge = min([edge for edge in edges if edge is not None], default=None)

    # Words to the outbox

    def _tell(
        self, round_: Round, mark: StepMark, step: Step, person: str, channel: str, now: int, reason: Reason
    ) -> None:
        if step.effect == "page":
            round_.people_paged.add((mark, person))
        self.outbox.put(
            Message(
                self.cycle,
                round_.ladder.name,
                round_.number,
                mark,
                step.to,
                person,
                channel,
                step.effect,
                now,
                reason,
            )
        )

    def _miss(self, round_: Round, mark: StepMark, to: str, now: int, reason: Reason) -> None:
        self.outbox.misses.append(Miss(self.cycle, round_.ladder.name, round_.number, mark, to, now, reason))


def _held(instant: int | None, until: int | None) -> int | None:
    return instant if instant is None or until is None else max(instant, until)
