"""Histories, metrics and agreements drawn for the laws of the clocks, around the autumn change of 2026.

They come in two measures: four days in whole minutes, and forty minutes in whole seconds for the slow twin.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

from attrs import evolve, frozen
from hypothesis import strategies as st

from supportcore.calendars import (
    BusinessCalendar,
    By,
    EndOfWorkingDay,
    HolidayCalendar,
    WorkingDays,
    always_open,
)
from supportcore.domains import Choice, Scale
from supportcore.rules import DecisionTable, Rule
from supportcore.sla import (
    Agreement,
    ChangePolicy,
    Metric,
    NamedDate,
    On,
    Promised,
    Reopen,
    Target,
    Threshold,
    While,
    reaction,
    resolution,
)
from supportcore.tickets import (
    AgentReplied,
    Assigned,
    Attached,
    Cancelled,
    Closed,
    CustomerReplied,
    DueOverridden,
    Event,
    Excused,
    FactsChanged,
    HandedBack,
    Merged,
    Opened,
    Paused,
    ReceiptConfirmed,
    Reopened,
    Resolved,
    Resumed,
    Withdrawn,
    event_order,
)
from supportcore.timelines import Editions, Pin

PRIORITIES = ("minor", "major", "critical")
POLICIES = ("keep", "restart", "carry", "carry_fraction", "retroactive")

OFFICE = BusinessCalendar(
    tz="Europe/Berlin",
    hours={"mon-fri": "08:00-12:00, 13:00-17:00"},
    holidays=HolidayCalendar({date(2026, 10, 26): "a holiday"}),
)
EVENING = BusinessCalendar(tz="America/New_York", hours={"mon-sun": "20:00-02:00"})
ALWAYS = always_open("UTC")
# Open for some minutes at a time: the first from 02:41 of the summer's time until 02:10 of the winter's.
NIGHT = BusinessCalendar(tz="Europe/Berlin", hours={"mon-sun": "02:41-02:46, 02:48-03:10, 03:20-03:21"})
SHIFTS = BusinessCalendar(
    tz="America/New_York", hours={"mon-sun": "20:39-20:50, 20:56-21:02, 21:10-21:30, 23:00-24:00"}
)


@frozen
class Measure:
    """A stretch of time in whole units, `count` of them; tickets are opened in the first `early`."""

    first: datetime
    unit: timedelta
    count: int
    early: int
    calendars: tuple[BusinessCalendar, ...]
    aims: st.SearchStrategy[Any]

    def at(self, place: int, zone: Any = UTC) -> datetime:
        """The instant this many units after the beginning."""
        return (self.first + place * self.unit).astimezone(zone)

    @property
    def places(self) -> st.SearchStrategy[int]:
        """A place among the units."""
        return st.integers(0, self.count - 1)

    @property
    def instants(self) -> st.SearchStrategy[datetime]:
        """An instant, mostly one at which tickets are open."""
        return st.one_of(self.places_from(self.early), self.places_from(self.early), self.places).map(self.at)

    def places_from(self, first: int) -> st.SearchStrategy[int]:
        """A place from `first` on."""
        return st.integers(first, self.count - 1)

    @property
    def amounts(self) -> st.SearchStrategy[Target]:
        """Targets that are none or an amount."""
        lengths = st.sampled_from([0, 1, 30, 60, 61, 240, 480, 600, 1440]).map(lambda units: units * self.unit)
        return st.builds(Target, st.one_of(st.none(), lengths), st.sampled_from(self.calendars))

    @property
    def targets(self) -> st.SearchStrategy[Target]:
        """Targets of every kind."""
        return st.one_of(self.amounts, st.builds(Target, self.aims, st.sampled_from(self.calendars)))


closed = st.sampled_from(["next_open", "keep"])
LONG = Measure(
    datetime(2026, 10, 23, tzinfo=UTC),
    timedelta(minutes=1),
    4 * 24 * 60,
    24 * 60,
    (OFFICE, EVENING, ALWAYS),
    st.one_of(
        st.builds(WorkingDays, st.integers(0, 3), closed),
        st.builds(EndOfWorkingDay, st.integers(0, 2)),
        st.builds(By, st.sampled_from(["09:30", "16:00", "23:00"]), st.integers(0, 2), closed),
        st.integers(0, 5 * 24).map(lambda hours: datetime(2026, 10, 23, tzinfo=UTC) + timedelta(hours=hours)),
    ),
)
NIGHT_HOUR = datetime(2026, 10, 25, 0, 40, tzinfo=UTC)
RELEASES = {f"7.{number}": NIGHT_HOUR + timedelta(minutes=minute) for number, minute in enumerate((5, 12, 13, 45))}
SHORT = Measure(
    NIGHT_HOUR,
    timedelta(seconds=1),
    40 * 60,
    10 * 60,
    (NIGHT, SHIFTS, ALWAYS),
    st.one_of(
        st.builds(WorkingDays, st.integers(0, 1), closed),
        st.builds(EndOfWorkingDay, st.integers(0, 1)),
        st.builds(By, st.sampled_from(["00:55", "02:09", "03:05", "20:58", "21:20"]), st.integers(0, 1), closed),
        st.integers(-60, 3600).map(lambda seconds: NIGHT_HOUR + timedelta(seconds=seconds)),
        st.builds(NamedDate, st.just(RELEASES), st.sampled_from([None, None, "7.1"])),
    ),
)

policies = st.builds(ChangePolicy, *([st.sampled_from(POLICIES)] * 3))


def reopenings(measure: Measure) -> st.SearchStrategy[Reopen]:
    """What a reopening does, in a window or without."""
    return st.builds(
        Reopen,
        st.sampled_from(["ignore", "restart", "resume", "resume", "count", "count"]),
        within=st.sampled_from([None, 600 * measure.unit, 2880 * measure.unit, EndOfWorkingDay(0)]),
        otherwise=st.sampled_from(["restart", "ignore"]),
    )


WAITING = While({"state": "waiting"})
UPDATE = Metric(
    "update",
    start=[On(Opened), On(CustomerReplied, by="customer")],
    reset=On(AgentReplied),
    stop=[On(Resolved, Closed), While({"state": "done"})],
    pause=[On(Paused), WAITING],
    resume=On(Resumed),
    cancel=On(Cancelled),
)


@st.composite
def agreements(
    draw: st.DrawFn,
    measure: Measure = LONG,
    change: st.SearchStrategy[ChangePolicy] = policies,
    target: st.SearchStrategy[Target] | None = None,
    chosen_by: st.SearchStrategy[Any] | None = None,
) -> Agreement:
    """An agreement over three metrics with a promise per priority and metric; amounts unless said otherwise.

    The table has a row per priority, unless `chosen_by` draws what else chooses among the promises.
    """
    targets = measure.amounts if target is None else target
    reopen = draw(reopenings(measure))
    metrics = [
        reaction(Threshold.percent(50)),
        resolution(
            Threshold.percent(80),
            Threshold.before(30 * measure.unit),
            Threshold.after(60 * measure.unit),
            Threshold.days_from_due(WorkingDays(-1)),
            Threshold.days_from_due(EndOfWorkingDay(0)),
        ).with_(reopen=reopen, pause=[On(Paused, where={"reason": "customer"}), WAITING]),
        UPDATE.with_(reopen=reopen),
    ]
    promises = {f"{metric.name} {priority}": draw(targets) for metric in metrics for priority in PRIORITIES}
    return Agreement(
        "gold",
        draw(st.sampled_from(measure.calendars)),
        metrics,
        targets=table(tuple(metric.name for metric in metrics)) if chosen_by is None else draw(chosen_by),
        promises=promises,
        change=draw(change),
        on_attachment=draw(st.booleans()),
    )


@st.composite
def editions(
    draw: st.DrawFn,
    measure: Measure = LONG,
    change: st.SearchStrategy[ChangePolicy] = policies,
    target: st.SearchStrategy[Target] | None = None,
    chosen_by: st.SearchStrategy[Any] | None = None,
) -> Editions[Agreement]:
    """Editions of an agreement that promise other things by other hours and change in other ways."""
    targets = measure.amounts if target is None else target
    first = draw(agreements(measure, change, targets, chosen_by))
    pin = draw(st.sampled_from([pin for pin in get_args(Pin) if pin != "attachment" or first.on_attachment]))
    made = {measure.first: first}
    for place in draw(st.lists(st.integers(1, measure.count), min_size=1, max_size=3)):
        made[measure.at(place)] = evolve(
            first,
            name=f"gold from {place}",
            calendar=draw(st.sampled_from(measure.calendars)),
            promises={name: draw(targets) for name in first.promises},
            change=draw(change),
        )
    return Editions("gold", made, pin=pin)


def agreed(
    measure: Measure = LONG,
    change: st.SearchStrategy[ChangePolicy] = policies,
    target: st.SearchStrategy[Target] | None = None,
    chosen_by: st.SearchStrategy[Any] | None = None,
) -> st.SearchStrategy[Promised]:
    """An agreement as it is, or in editions."""
    return st.one_of(agreements(measure, change, target, chosen_by), editions(measure, change, target, chosen_by))


def editions_of(promised: Promised) -> tuple[Agreement, ...]:
    """Every edition of what is promised, one where there is only one."""
    if isinstance(promised, Agreement):
        return (promised,)
    return tuple(edition.value for edition in promised.editions)


def table(metrics: tuple[str, ...]) -> DecisionTable:
    """The table that chooses `metric priority` for each metric and priority."""
    return DecisionTable(
        name="targets",
        hit="unique",
        inputs=[Scale("priority", PRIORITIES)],
        outputs=[Choice(metric, [f"{metric} {priority}" for priority in PRIORITIES]) for metric in metrics],
        rules=[
            Rule({"priority": priority}, {metric: f"{metric} {priority}" for metric in metrics})
            for priority in PRIORITIES
        ],
    )


METRICS = ("reaction", "resolution", "update")
BY_STATE = DecisionTable(
    name="targets",
    hit="first",
    inputs=[Scale("priority", PRIORITIES), Choice("state", ["new", "waiting", "done"])],
    outputs=[Choice(metric, [f"{metric} {priority}" for priority in PRIORITIES]) for metric in METRICS[:2]],
    rules=[
        Rule(
            {"priority": ">= major", "state": "waiting"},
            {"reaction": "reaction minor", "resolution": "resolution major"},
        ),
        Rule({"state": "done"}, {"reaction": "reaction critical", "resolution": "resolution minor"}),
        Rule({"priority": "critical"}, {"reaction": "reaction critical", "resolution": "resolution critical"}),
    ],
    default={"reaction": "reaction major", "resolution": "resolution minor"},
)
# What may choose: a row for each priority; a table that looks at the state too and leaves `update` a stopwatch;
# no table at all.
choosing = st.sampled_from([table(METRICS), table(METRICS), BY_STATE, {"resolution": "resolution major"}])

ZONES = (UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"))


@st.composite
def moments(draw: st.DrawFn, events: st.SearchStrategy[list[Event]], free: st.SearchStrategy[datetime]) -> Any:
    """A history, and an instant at which to ask: any, or that of one of its events."""
    drawn = draw(events)
    return drawn, draw(st.one_of(free, st.sampled_from(drawn).map(lambda event: event.at)))


PLAIN: tuple[Any, ...] = (
    CustomerReplied, AgentReplied, ReceiptConfirmed, Resumed, Resolved, Resolved, Reopened, Reopened, Closed, Cancelled,
)  # fmt: skip


@st.composite
def histories(draw: st.DrawFn, measure: Measure = LONG, most: int = 12, by_hand: bool = False) -> list[Event]:
    """The events of one ticket, its opening among them, each change of facts at an instant of its own."""
    at = measure.at
    opening = draw(st.integers(0, measure.early))
    zone = draw(st.sampled_from(ZONES))
    events: list[Event] = [
        Opened("T", at(opening, zone), facts={"priority": draw(st.sampled_from(PRIORITIES)), "state": "new"}, id="o")
    ]
    changed = {opening}
    for number in range(draw(st.integers(0, most))):
        place = draw(st.one_of(measure.places_from(opening), measure.places_from(opening), measure.places))
        sequence = draw(st.integers(0, 2))
        shared: dict[str, Any] = {"id": f"e{number}", "sequence": sequence}
        kind = draw(
            st.sampled_from(
                [
                    "plain",
                    "plain",
                    "reopened",
                    "reopened",
                    "paused",
                    "paused",
                    "priority",
                    "priority",
                    "state",
                    "attached",
                    "withdrawn",
                    "merged",
                ]
            )
        )
        if by_hand and draw(st.integers(0, 5)) == 0:
            events.append(draw(_decided_by_hand(at(place), measure.unit, shared)))
        elif kind in ("priority", "state"):
            if place in changed:
                continue
            changed.add(place)
            values = PRIORITIES if kind == "priority" else ("new", "waiting", "waiting", "done")
            events.append(FactsChanged("T", at(place), facts={kind: draw(st.sampled_from(values))}, **shared))
        elif kind == "paused":
            events.append(Paused("T", at(place), reason=draw(st.sampled_from(["customer", "supplier"])), **shared))
        elif kind == "reopened":
            later = draw(measure.places_from(place))
            events.append(draw(st.sampled_from([Resolved, Resolved, Closed]))("T", at(place), **shared))
            events.append(Reopened("T", at(later), id=f"r{number}", sequence=draw(st.integers(0, 2))))
        elif kind == "merged":
            events.append(Merged("T", at(place), into="U", **shared))
        elif kind == "attached":
            events.append(Attached("T", at(place), agreement="gold", **shared))
        elif kind == "withdrawn":
            events = [*events, *_withdrawal(events, at(place), shared)]
        else:
            events.append(draw(st.sampled_from(PLAIN))("T", at(place), **shared))
    return draw(st.permutations(events))


@st.composite
def handed(draw: st.DrawFn, measure: Measure, by_hand: bool = False) -> list[Event]:
    """The events of one ticket that goes from level to level and team to team, and back."""
    events = draw(histories(measure, by_hand=by_hand))
    for number, place in enumerate(draw(st.lists(measure.places, max_size=6))):
        shared: dict[str, Any] = {"id": f"h{number}", "sequence": draw(st.integers(0, 2))}
        level, team = draw(st.sampled_from(["", "first", "second"])), draw(st.sampled_from(["", "crm"]))
        back = draw(st.integers(0, 3)) == 0
        given = HandedBack("T", measure.at(place), **shared)
        events.append(given if back else Assigned("T", measure.at(place), level=level, team=team, **shared))
    return draw(st.permutations(events))


def _decided_by_hand(when: datetime, unit: timedelta, shared: dict[str, Any]) -> st.SearchStrategy[Event]:
    """A due instant set by hand, or an excused delay."""
    hours = st.integers(-24, 48).map(lambda count: when + 60 * count * unit)
    due = st.builds(
        DueOverridden, st.just("T"), st.just(when), metric=st.just("resolution"), due=hours, reason=st.just("agreed"),
        agreement=st.sampled_from(["", "gold", "silver"]),
        id=st.just(shared["id"]), sequence=st.just(shared["sequence"]),
    )  # fmt: skip
    around = st.integers(-10, 5).map(lambda count: when + 60 * count * unit)
    excused = st.tuples(around, st.integers(1, 600)).map(
        lambda span: Excused("T", when, start=span[0], end=span[0] + span[1] * unit, reason="cut", **shared)
    )
    return st.one_of(due, excused)


def _withdrawal(events: list[Event], when: datetime, shared: dict[str, Any]) -> list[Event]:
    """The withdrawal of the first thing that can be withdrawn and came before."""
    for event in events:
        if isinstance(event, (Attached, DueOverridden, Excused)):
            made = Withdrawn("T", when, event=event.id, **shared)
            if event_order(made) > event_order(event):
                return [made]
    return []


def resolution_only() -> Agreement:
    """An agreement with one promise for one metric, in office hours."""
    return Agreement(
        "gold",
        OFFICE,
        [resolution()],
        targets={"resolution": "4 h"},
        promises={"4 h": Target(timedelta(hours=4))},
    )
