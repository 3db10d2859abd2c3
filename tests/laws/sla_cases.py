"""Histories, metrics and agreements drawn for the laws of the clocks: whole minutes, days around the autumn change."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

from attrs import evolve
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
    Attached,
    Cancelled,
    Closed,
    CustomerReplied,
    DueOverridden,
    Event,
    Excused,
    FactsChanged,
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

FIRST = datetime(2026, 10, 23, 0, 0, tzinfo=UTC)
DAYS = 4
PRIORITIES = ("minor", "major", "critical")
POLICIES = ("keep", "restart", "carry", "carry_fraction", "retroactive")

OFFICE = BusinessCalendar(
    tz="Europe/Berlin",
    hours={"mon-fri": "08:00-12:00, 13:00-17:00"},
    holidays=HolidayCalendar({date(2026, 10, 26): "a holiday"}),
)
EVENING = BusinessCalendar(tz="America/New_York", hours={"mon-sun": "20:00-02:00"})
ALWAYS = always_open("UTC")
CALENDARS = (OFFICE, EVENING, ALWAYS)

amounts = st.one_of(
    st.none(), st.sampled_from([0, 1, 30, 60, 61, 240, 480, 600, 1440]).map(lambda minutes: timedelta(minutes=minutes))
)
targets = st.builds(Target, amounts, st.sampled_from(CALENDARS))
closed = st.sampled_from(["next_open", "keep"])
instants_of_targets = st.one_of(
    st.builds(WorkingDays, st.integers(0, 3), closed),
    st.builds(EndOfWorkingDay, st.integers(0, 2)),
    st.builds(
        By, st.sampled_from(["09:30", "16:00", "23:00"]), st.integers(0, 2), st.sampled_from(["next_open", "keep"])
    ),
    st.integers(0, 5 * 24).map(lambda hours: FIRST + timedelta(hours=hours)),
)
all_targets = st.one_of(targets, st.builds(Target, instants_of_targets, st.sampled_from(CALENDARS)))
policies = st.builds(ChangePolicy, *([st.sampled_from(POLICIES)] * 3))
reopenings = st.builds(
    Reopen,
    st.sampled_from(["ignore", "restart", "resume", "count"]),
    within=st.sampled_from([None, timedelta(hours=10), timedelta(days=2)]),
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
    change: st.SearchStrategy[ChangePolicy] = policies,
    target: st.SearchStrategy[Target] = targets,
) -> Agreement:
    """An agreement over three metrics with a promise per priority and metric."""
    reopen = draw(reopenings)
    metrics = [
        reaction(Threshold.percent(50)),
        resolution(
            Threshold.percent(80), Threshold.before(timedelta(minutes=30)), Threshold.after(timedelta(hours=1))
        ).with_(reopen=reopen, pause=[On(Paused, where={"reason": "customer"}), WAITING]),
        UPDATE.with_(reopen=reopen),
    ]
    promises = {f"{metric.name} {priority}": draw(target) for metric in metrics for priority in PRIORITIES}
    return Agreement(
        "gold",
        draw(st.sampled_from(CALENDARS)),
        metrics,
        targets=table(tuple(metric.name for metric in metrics)),
        promises=promises,
        change=draw(change),
        on_attachment=draw(st.booleans()),
    )


@st.composite
def agreed(
    draw: st.DrawFn,
    change: st.SearchStrategy[ChangePolicy] = policies,
    target: st.SearchStrategy[Target] = targets,
    pins: tuple[Pin, ...] = get_args(Pin),
) -> Promised:
    """An agreement as it is, or in editions that promise other things by other hours and change in other ways."""
    first = draw(agreements(change, target))
    if draw(st.booleans()):
        return first
    pin = draw(st.sampled_from([pin for pin in pins if pin != "attachment" or first.on_attachment]))
    editions = {FIRST: first}
    for minute in draw(st.lists(st.integers(1, DAYS * 24 * 60), min_size=1, max_size=3)):
        editions[at(minute)] = evolve(
            first,
            name=f"gold from {minute}",
            calendar=draw(st.sampled_from(CALENDARS)),
            promises={name: draw(target) for name in first.promises},
            change=draw(change),
        )
    return Editions("gold", editions, pin=pin)


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


minutes = st.integers(0, DAYS * 24 * 60 - 1)
ZONES = (UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"))


def at(minute: int, zone: Any = UTC) -> datetime:
    """The instant this many minutes after the beginning."""
    return (FIRST + timedelta(minutes=minute)).astimezone(zone)


PLAIN: tuple[Any, ...] = (
    CustomerReplied, AgentReplied, ReceiptConfirmed, Resumed, Resolved, Resolved, Reopened, Reopened, Closed, Cancelled,
)  # fmt: skip


@st.composite
def histories(draw: st.DrawFn, most: int = 12, by_hand: bool = False) -> list[Event]:
    """The events of one ticket, its opening among them, each change of facts at a minute of its own."""
    opening = draw(st.integers(0, 24 * 60))
    zone = draw(st.sampled_from(ZONES))
    events: list[Event] = [
        Opened("T", at(opening, zone), facts={"priority": draw(st.sampled_from(PRIORITIES)), "state": "new"}, id="o")
    ]
    changed = {opening}
    for number in range(draw(st.integers(0, most))):
        minute = draw(minutes)
        sequence = draw(st.integers(0, 2))
        shared: dict[str, Any] = {"id": f"e{number}", "sequence": sequence}
        kind = draw(
            st.sampled_from(
                [
                    "plain",
                    "plain",
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
            events.append(draw(_decided_by_hand(at(minute), shared)))
        elif kind in ("priority", "state"):
            if minute in changed:
                continue
            changed.add(minute)
            values = PRIORITIES if kind == "priority" else ("new", "waiting", "waiting", "done")
            events.append(FactsChanged("T", at(minute), facts={kind: draw(st.sampled_from(values))}, **shared))
        elif kind == "paused":
            events.append(Paused("T", at(minute), reason=draw(st.sampled_from(["customer", "supplier"])), **shared))
        elif kind == "merged":
            events.append(Merged("T", at(minute), into="U", **shared))
        elif kind == "attached":
            events.append(Attached("T", at(minute), agreement="gold", **shared))
        elif kind == "withdrawn":
            events = [*events, *_withdrawal(events, at(minute), shared)]
        else:
            events.append(draw(st.sampled_from(PLAIN))("T", at(minute), **shared))
    return draw(st.permutations(events))


def _decided_by_hand(when: datetime, shared: dict[str, Any]) -> st.SearchStrategy[Event]:
    """A due instant set by hand, or an excused delay."""
    hours = st.integers(-24, 48).map(lambda count: when + timedelta(hours=count))
    due = st.builds(
        DueOverridden, st.just("T"), st.just(when), metric=st.just("resolution"), due=hours, reason=st.just("agreed"),
        id=st.just(shared["id"]), sequence=st.just(shared["sequence"]),
    )  # fmt: skip
    excused = st.tuples(hours, st.integers(1, 600)).map(
        lambda span: Excused("T", when, start=span[0], end=span[0] + timedelta(minutes=span[1]), reason="cut", **shared)
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


instants = minutes.map(at)


def resolution_only() -> Agreement:
    """An agreement with one promise for one metric, in office hours."""
    return Agreement(
        "gold",
        OFFICE,
        [resolution()],
        targets={"resolution": "4 h"},
        promises={"4 h": Target(timedelta(hours=4))},
    )
