"""Ladders, duties and histories in whole minutes, drawn for the laws of escalation."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

from supportcore.calendars import BusinessCalendar
from supportcore.escalation import (
    After,
    Change,
    Ladder,
    LadderPolicy,
    LadderRow,
    Layer,
    Percent,
    Person,
    Plan,
    Roster,
    Rotation,
    Step,
    plan,
)
from supportcore.instants import micros, micros_of
from supportcore.tickets import (
    Cancelled,
    Closed,
    Escalated,
    Event,
    Opened,
    PageAcknowledged,
    Reopened,
    Resolved,
    Snoozed,
    Withdrawn,
)
from supportcore.timelines import Timeline

START = datetime(2026, 1, 5, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SPAN = 240

OFFICE = BusinessCalendar(tz="UTC", hours={"mon-sun": "20:40-21:50, 22:30-23:10"})
DESK = BusinessCalendar(tz="UTC", hours={"mon-sun": "20:00-21:00, 21:30-22:20"})
HOURLY = Rotation(["ann", "bob", "cem"], every="hourly", start=datetime(2026, 1, 5, 8, 20), tz="UTC")
PEOPLE = {
    "ann": Person("ann", ["phone", "mail"]),
    "bob": Person("bob", ["mail"]),
    "cem": Person("cem", ["phone"]),
    "dora": Person("dora", ["mail", "phone"]),
    "eva": Person("eva"),
}
CHANGES = [
    Change.absent("bob", START + 90 * MINUTE, START + 130 * MINUTE),
    Change.swap("ann", "dora", START + 10 * MINUTE, START + 35 * MINUTE),
    Change.extra("dora", START + 150 * MINUTE, START + 160 * MINUTE),
    Change.instead([], START + 180 * MINUTE, START + 195 * MINUTE),
]
DUTIES = {
    "primary": Roster("primary", [Layer(HOURLY)], CHANGES),
    "backup": Roster("backup", [Layer(HOURLY.ahead(1), hours=OFFICE), Layer("dora", hours=DESK)]),
    "desk": Roster("desk", [Layer(["dora", "eva"], hours=DESK)]),
}
ROLES = {"head": "dora", "vacant": None}
SCALE = ("low", "middle", "high")


@frozen
class StepwiseClock:
    """A clock that from certain minutes on has another start and target, in whole minutes; no target: not to come."""

    terms: tuple[tuple[int, int, int | None], ...]
    ends: int | None = None

    def instant_at(self, fraction: Fraction, known_until: int) -> int | None:
        """The instant at which a share of the target in force is used up."""
        known = [term for term in self.terms if micros(at(term[0])) <= known_until]
        if not known or known[-1][2] is None:
            return None
        _, start, target = known[-1]
        return micros(at(start)) + int(fraction * micros_of(target * MINUTE))

    def ended_by(self, instant: int) -> bool:
        """Whether it had ended by an instant: it ends where `ends` says."""
        return self.ends is not None and micros(at(self.ends)) <= instant


def at(minute: int) -> datetime:
    return START + minute * MINUTE


@frozen
class Case:
    """Everything that `plan` takes but `as_of`."""

    policy: LadderPolicy
    events: tuple[Event, ...]
    changes: tuple[tuple[int, str], ...]
    clock: StepwiseClock

    def known(self, minute: int) -> "Case":
        """The case as far as it is recorded up to a minute."""
        return Case(
            self.policy,
            tuple(event for event in self.events if event.at <= at(minute)),
            tuple(change for change in self.changes if change[0] <= minute),
            StepwiseClock(
                tuple(term for term in self.clock.terms if term[0] <= minute),
                self.clock.ends if self.clock.ends is not None and self.clock.ends <= minute else None,
            ),
        )

    @property
    def priority(self) -> Timeline[str]:
        return Timeline.of("middle", [(micros(at(minute)), value, None) for minute, value in self.changes])

    def given(self) -> dict[str, Any]:
        """The arguments that the engine and its twin share."""
        return {
            "priority": self.priority,
            "clocks": {"reaction": self.clock},
            "duties": DUTIES,
            "people": PEOPLE,
            "roles": ROLES,
        }

    def plan(self, as_of: int, until: int = SPAN) -> Plan:
        return plan(self.policy, self.events, as_of=at(as_of), horizon=(until - as_of) * MINUTE, **self.given())


minutes = st.integers(0, SPAN - 1)
# The minute of a plan, mostly after the opening of the ticket.
as_of_minutes = st.one_of(st.integers(21, SPAN - 1), minutes)
tens = st.integers(0, SPAN // 10 - 1).map(lambda ten: ten * 10)
whens = st.one_of(
    st.sampled_from([0, 0, 5, 10, 20, 30, 60]).map(lambda minute: After(minute * MINUTE)),
    st.sampled_from([Fraction(1, 4), Fraction(1, 2), Fraction(4, 5)]).map(lambda share: Percent("reaction", share)),
)
targets = st.sampled_from(["primary", "primary", "backup", "desk", "ann", "head", "vacant", "eva"])


@st.composite
def steps(draw: st.DrawFn) -> Step:
    effect = draw(st.sampled_from(["page", "page", "inform"]))
    channel = draw(st.sampled_from([None, None, "phone", "mail"]))
    if draw(st.integers(0, 5)) == 0:
        return Step(draw(targets), draw(whens), effect, channel, None)
    return Step(draw(targets), draw(whens), effect, channel)


@st.composite
def ladders(draw: st.DrawFn, name: str) -> Ladder:
    drawn = draw(st.lists(steps(), min_size=1, max_size=4))
    elapsed = sorted(step.when.amount for step in drawn if isinstance(step.when, After))
    ordered = [
        Step(step.to, After(elapsed.pop(0)), step.effect, step.channel, step.unless)
        if isinstance(step.when, After)
        else step
        for step in drawn
    ]
    last_resort = draw(st.sampled_from([None, "dora", "desk", "vacant"]))
    return Ladder(name, ordered, draw(st.integers(1, 3)), last_resort, every=65 * MINUTE)


@st.composite
def policies(draw: st.DrawFn) -> LadderPolicy:
    made = [draw(ladders(name)) for name in ("one", "two", "three")[: draw(st.integers(1, 3))]]
    rows = [
        LadderRow(
            draw(st.sampled_from(made)),
            draw(st.sampled_from([None, ["low"], ["middle"], ["high"], ["middle", "high"]])),
            hours=draw(st.sampled_from([None, OFFICE])),
            outside=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(1, 4)))
    ]
    if draw(st.integers(0, 3)):  # mostly each priority has a ladder at any hour
        rows += [LadderRow(draw(st.sampled_from(made)), [priority]) for priority in SCALE]
    return LadderPolicy(rows, SCALE)


KINDS = (PageAcknowledged, PageAcknowledged, Snoozed, Escalated, Resolved, Closed, Cancelled, Reopened, Withdrawn)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Event, ...]:
    events: list[Event] = [Opened("T-1", at(draw(st.integers(0, 20))), id="opened")]
    snoozes: list[tuple[int, str]] = []
    times = sorted(draw(st.lists(st.one_of(minutes, tens), max_size=6)))
    for number, minute in enumerate(times):
        kind = draw(st.sampled_from(KINDS))
        name = f"e{number}"
        if kind is Snoozed:
            events.append(Snoozed("T-1", at(minute), id=name, until=at(minute + draw(st.integers(-5, 90)))))
            snoozes.append((minute, name))
        elif kind is Withdrawn:
            earlier = [snooze for when, snooze in snoozes if when < minute]
            if earlier:
                events.append(Withdrawn("T-1", at(minute), id=name, event=draw(st.sampled_from(earlier))))
        elif kind is Reopened:
            events.append(Resolved("T-1", at(minute), id=f"{name} before"))
            events.append(Reopened("T-1", at(min(minute + draw(st.integers(0, 30)), SPAN - 1)), id=name))
        else:
            events.append(kind("T-1", at(minute), id=name))
    return tuple(events)


@st.composite
def clocks(draw: st.DrawFn) -> StepwiseClock:
    since = sorted(draw(st.lists(tens, min_size=1, max_size=3, unique=True)))
    terms = []
    for minute in since:
        target = draw(st.sampled_from([None, 20, 40, 80, 160]))
        terms.append((minute, draw(st.integers(0, minute)), target))
    return StepwiseClock(tuple(terms), draw(st.none() | tens))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    least = draw(st.sampled_from([0, 2]))
    changes = draw(st.dictionaries(st.one_of(minutes, tens), st.sampled_from(SCALE), min_size=least, max_size=4))
    return Case(draw(policies()), draw(histories()), tuple(sorted(changes.items())), draw(clocks()))
