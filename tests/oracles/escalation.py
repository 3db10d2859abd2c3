"""The slow twin of ladders: minute by minute.

Nothing here looks ahead. Each minute asks what was recorded, which ladder is in force, who is on duty and which step
has its time, and all instants are whole minutes from a start. Held pages wait a minute more each minute they are held.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Protocol

from supportcore.escalation import After, Ladder, LadderPolicy, Person, Roster, Step
from supportcore.tickets import Event, Snoozed, Withdrawn
from supportcore.timelines import Timeline
from tests.oracles.duty import in_turn, is_open, on_call, why_nobody
from tests.oracles.tickets import in_order, micros

MINUTE = timedelta(minutes=1)

Record = dict[str, Any]


class SomeClock(Protocol):
    """A clock that steps at a share of its target look at."""

    def instant_at(self, fraction: Fraction, known_until: int) -> int | None: ...
    def ended_by(self, instant: int) -> bool: ...


class Simulation:
    """A ticket's ladders, walked through minute by minute."""

    def __init__(
        self,
        policy: LadderPolicy,
        events: Sequence[Event],
        priority: Timeline[str],
        clocks: Mapping[str, SomeClock],
        duties: Mapping[str, Roster],
        people: Mapping[str, Person],
        roles: Mapping[str, str | None],
    ) -> None:
        self.policy, self.priorities, self.clocks = policy, priority, clocks
        self.events = in_order(events)
        self.duties, self.people, self.roles = duties, people, roles
        self.messages: list[Record] = []
        self.misses: list[Record] = []
        self.unreached: list[Record] = []
        self.cycle = 0
        self.open = self.acknowledged = False
        self.priority: str | None = None
        self.ladder: Ladder | None = None
        self.rounds: dict[str, int] = {}
        self.called: list[tuple[str, str, str]] = []
        self.stood_under: tuple[str, int] = ("", 0)
        self.snoozes: list[Snoozed] = []
        self.shares_run: set[tuple[str, int]] = set()
        self.reached = self.doubt = self.settled = False
        self.known = self.ended = 0
        self.now = datetime.min

    def run(self, start: datetime, minutes: int) -> None:
        """Walks from `start` for so many minutes."""
        for minute in range(minutes):
            self.now = start + minute * MINUTE
            self.recorded()
            if self.open:
                self.hours()
                if not self.held():
                    self.hand_overs()
                while self.step_or_round():
                    pass
                self.last_resort()
                self.wait()

    # What is recorded

    def recorded(self) -> None:
        now = micros(self.now)
        events = [event for event in self.events if micros(event.at) == now]
        changed = [place for place, edge in enumerate(self.priorities.edges) if edge <= now]
        new = self.priorities.values[len(changed)]
        if events or new != self.priority:
            self.known = now
        first = [event for event in events if type(event).__name__ in ("Opened", "Withdrawn")]
        if any(type(event).__name__ == "Opened" for event in first):
            self.priority = new
        for event in first:
            self.event(event)
        if new != self.priority:
            self.change(new)
        for event in events:
            if event not in first:
                self.event(event)

    def event(self, event: Event) -> None:
        kind = type(event).__name__
        if kind == "Opened" or (kind == "Reopened" and not self.open and self.cycle):
            self.cycle += 1
            self.open, self.acknowledged = True, False
            self.rounds, self.called, self.snoozes, self.shares_run = {}, [], [], set()
            self.ladder = None
            self.start(self.in_force(), None)
        elif not self.open:
            return
        elif kind in ("Resolved", "Closed", "Cancelled", "Merged"):
            for message in self.current():
                self.end(message, kind.lower())
            self.open = False
            self.ended = micros(self.now)
            self.ladder = None
        elif kind == "PageAcknowledged":
            self.acknowledged = True
            self.end_pages("acknowledged")
            if self.ladder is not None:
                for index, step in enumerate(self.ladder.steps):
                    if self.state[index] == "pending" and step.unless == "acknowledged":
                        self.state[index] = "needless"
                        self.miss(index + 1, step.to, "acknowledged")
        elif isinstance(event, Snoozed):
            self.snoozes.append(event)
            if self.held():
                self.end_pages("snoozed")
        elif isinstance(event, Withdrawn):
            self.snoozes = [snooze for snooze in self.snoozes if snooze.id != event.event]
        elif kind == "Escalated":
            self.escalate()

    def escalate(self) -> None:
        if self.ladder is None:
            self.misses.append(
                {"cycle": self.cycle, "ladder": "", "round": 0, "step": 0, "at": self.now, "why": "no ladder"}
            )
            return
        if "pending" not in self.state and "needless" not in self.state and self.repeats:
            self.next_round()
        for index, state in enumerate(self.state):
            if state in ("pending", "needless"):
                self.run_step(index)
                return
        self.miss(len(self.state), self.ladder.steps[-1].to, "no step left")

    def change(self, new: str) -> None:
        old, self.priority = self.priority, new
        if not self.open or old is None:
            return
        before, after = self.named(self.in_force(old)), self.in_force(new)
        if self.named(after) in (before, self.named(self.ladder)):
            return
        if self.policy.scale.index(new) > self.policy.scale.index(old):
            self.acknowledged = False
            self.start(after, "priority raised")
        else:
            if self.stood_under[0]:
                for person, channel, to in self.called:
                    self.tell("stand-down", to, "stand-down", person, channel)
            self.called = []
            self.start(None if self.acknowledged else after, "priority lowered")

    # What happens of itself

    def hours(self) -> None:
        if not self.acknowledged and self.named(self.in_force()) != self.named(self.ladder):
            self.start(self.in_force(), "hours changed")

    def hand_overs(self) -> None:
        """Whoever has come on the duty of a current page since the minute before is paged."""
        if self.ladder is None:
            return
        here = [
            page
            for page in self.pages()
            if (page["ladder"], page["round"]) == (self.ladder.name, self.number) and page["to"] in self.duties
        ]
        for mark in dict.fromkeys(page["step"] for page in here):
            called = [page for page in here if page["step"] == mark]
            to = called[0]["to"]
            step = self.ladder.steps[mark - 1] if isinstance(mark, int) else Step(to)
            on_duty = on_call(self.duties[to], self.now)
            if on_duty == self.seen[mark]:
                continue
            self.seen[mark] = on_duty
            new = [
                (person, channel)
                for person, channel in self.with_channel(on_duty, step.channel)
                if (mark, person) not in self.paged
            ]
            if new:
                for page in called:
                    if page["person"] not in on_duty:
                        self.end(page, "hand-over")
                for person, channel in new:
                    self.tell(mark, to, "page", person, channel)

    def step_or_round(self) -> bool:
        """Runs the first step whose time has come, or the next round; false where there is none."""
        if self.ladder is None:
            return False
        for index, step in enumerate(self.ladder.steps):
            if self.state[index] == "pending" and not (step.effect == "page" and self.held()):
                time = self.time_of(index)
                if time is not None and time <= self.now:
                    self.run_step(index)
                    return True
        over = self.ends is not None and self.ends <= self.now and self.repeats > 0
        if over and not self.acknowledged and not (self.held() and self.has_pages()):
            self.next_round()
            return True
        return False

    def run_step(self, index: int) -> None:
        assert self.ladder is not None
        step = self.ladder.steps[index]
        self.state[index] = "done"
        if not isinstance(step.when, After):
            self.shares_run.add((self.ladder.name, index))
        people, why_not = self.whom(index + 1, step)
        if not people:
            self.miss(index + 1, step.to, why_not)
            self.doubt = True
            self.pull_forward(index)
            return
        if step.effect == "page":
            self.end_pages("next step", earlier=True)
            self.paged_targets.append(step.to)
        if step.effect == "page" or not self.has_pages():
            self.reached = True
        for person, channel in people:
            self.tell(index + 1, step.to, step.effect, person, channel)

    def whom(self, mark: object, step: Step) -> tuple[list[tuple[str, str]], str]:
        on_duty = self.seen[mark] = self.on_duty(step.to)
        if not on_duty:
            return [], "unbound role" if step.to in self.roles else why_nobody(self.duties[step.to], self.now)
        reachable = self.with_channel(on_duty, step.channel)
        if not reachable:
            return [], "no channel"
        if step.effect == "inform" or step.to in self.paged_targets:
            return reachable, ""
        already = {person for _, person in self.paged}
        new = [(person, channel) for person, channel in reachable if person not in already]
        if not new and step.to in self.duties:
            others = self.with_channel(in_turn(self.duties[step.to], self.now), step.channel)
            new = [(person, channel) for person, channel in others if person not in already][:1]
        return new, "already paged"

    def pull_forward(self, skipped: int) -> None:
        later = [index for index in self.elapsed() if index > skipped]
        if later and self.planned[later[0]] > self.now:
            nearer = self.planned[later[0]] - self.now
            for index in later:
                self.planned[index] -= nearer
            if self.ends is not None:
                self.ends -= nearer

    def last_resort(self) -> None:
        if self.ladder is None or not self.doubt:
            return
        if not (self.reached or self.settled or self.acknowledged):
            for index, step in enumerate(self.ladder.steps):
                calls = step.effect == "page" or not self.has_pages()
                if calls and self.state[index] == "pending" and self.time_of(index) is not None:
                    return
            self.settled = True
            name = self.ladder.last_resort
            people, why_not = ([], "") if name is None else self.whom("last resort", Step(name))
            for person, channel in people:
                assert name is not None
                self.tell("last resort", name, "page", person, channel)
            if not people:
                if name is not None:
                    self.miss("last resort", name, why_not)
                self.unreached.append(
                    {"cycle": self.cycle, "ladder": self.ladder.name, "round": self.number, "at": self.now}
                )
        self.doubt = False

    def wait(self) -> None:
        """While pages are held and one has its time, all pages of the round wait a minute more."""
        if self.ladder is None or not self.held():
            return
        waiting = [index for index in self.elapsed() if self.ladder.steps[index].effect == "page"]
        late = [self.planned[index] for index in waiting if self.planned[index] <= self.now]
        if late:
            longer = self.now + MINUTE - min(late)
            for index in waiting:
                self.planned[index] += longer
            if self.ends is not None:
                self.ends += longer

    # Rounds

    def start(self, ladder: Ladder | None, why: str | None) -> None:
        if why is not None:
            self.end_pages(why)
        self.ladder = ladder
        if ladder is not None:
            self.begin_round(ladder.rounds - 1)

    def next_round(self) -> None:
        self.end_pages("next round", earlier=True)
        self.begin_round(self.repeats - 1)

    def begin_round(self, repeats: int) -> None:
        ladder = self.ladder
        assert ladder is not None
        self.number = self.rounds[ladder.name] = self.rounds.get(ladder.name, 0) + 1
        self.stood_under = (ladder.name, self.number)
        self.repeats = repeats
        self.begun = self.now
        self.state = ["pending" for _ in ladder.steps]
        self.planned: dict[int, datetime] = {
            index: self.now + step.when.amount
            for index, step in enumerate(ladder.steps)
            if isinstance(step.when, After)
        }
        self.ends = None if ladder.every is None else self.now + ladder.every
        self.paged: list[tuple[object, str]] = []
        self.paged_targets: list[str] = []
        self.seen: dict[object, tuple[str, ...]] = {}
        self.reached = self.doubt = self.settled = False

    # Small questions

    def in_force(self, priority: str | None = None) -> Ladder | None:
        asked = priority or self.priority
        for row in self.policy.rows:
            if row.priorities is None or asked in row.priorities:
                inside = row.hours is None or is_open(row.hours, self.now)
                if row.hours is None or inside != row.outside:
                    return row.ladder
        return None

    def named(self, ladder: Ladder | None) -> str | None:
        return ladder.name if ladder else None

    def held(self) -> bool:
        return bool(self.snoozes) and self.now < self.snoozes[-1].until

    def has_pages(self) -> bool:
        assert self.ladder is not None
        return any(step.effect == "page" for step in self.ladder.steps)

    def elapsed(self) -> list[int]:
        return [index for index in sorted(self.planned) if self.state[index] == "pending"]

    def time_of(self, index: int) -> datetime | None:
        assert self.ladder is not None
        when = self.ladder.steps[index].when
        if isinstance(when, After):
            return self.planned[index]
        reached = self.clocks[when.clock].instant_at(when.share, self.known)
        if reached is None or reached < self.ended:
            return None
        if reached >= micros(self.begun):
            return self.now if reached <= micros(self.now) else self.now + timedelta(days=999)
        if self.clocks[when.clock].ended_by(min(micros(self.begun), self.known)):
            return None
        return None if (self.ladder.name, index) in self.shares_run else self.begun

    def on_duty(self, name: str) -> tuple[str, ...]:
        if name in self.duties:
            return on_call(self.duties[name], self.now)
        person = self.roles.get(name, name)
        return () if person is None else (person,)

    def with_channel(self, names: Sequence[str], wanted: str | None) -> list[tuple[str, str]]:
        found = []
        for name in names:
            channels = self.people[name].channels
            if channels and (wanted is None or wanted in channels):
                found.append((name, wanted or channels[0]))
        return found

    # Messages

    def current(self) -> list[Record]:
        return [message for message in self.messages if message["until"] is None]

    def pages(self) -> list[Record]:
        return [message for message in self.current() if message["effect"] == "page"]

    def tell(self, mark: object, to: str, effect: str, person: str, channel: str) -> None:
        name, number = self.stood_under
        for other in self.current():
            if other["person"] == person and other["at"] < self.now:
                if effect == "page" and other["effect"] == "stand-down":
                    self.end(other, "called again")
                if effect == other["effect"] == "inform" and other["ladder"] == name:
                    self.end(other, "later inform")
        if effect == "page":
            self.paged.append((mark, person))
            self.called = [one for one in self.called if one[:2] != (person, channel)] + [(person, channel, to)]
        self.messages.append(
            {
                "cycle": self.cycle,
                "ladder": name,
                "round": number,
                "step": mark,
                "to": to,
                "person": person,
                "channel": channel,
                "effect": effect,
                "at": self.now,
                "until": None,
                "ended_by": None,
            }
        )

    def miss(self, mark: object, to: str, why: str) -> None:
        assert self.ladder is not None
        self.misses.append(
            {
                "cycle": self.cycle,
                "ladder": self.ladder.name,
                "round": self.number,
                "step": mark,
                "at": self.now,
                "why": why,
            }
        )

    def end_pages(self, why: str, *, earlier: bool = False) -> None:
        for page in self.pages():
            if not earlier or page["at"] < self.now:
                self.end(page, why)

    def end(self, message: Record, why: str) -> None:
        message["until"], message["ended_by"] = self.now, why
