"""What if: histories under other agreements or another calendar, and how their clocks change (SLA-1)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import zip_longest

from attrs import evolve, field, frozen

from supportcore.calendars import Calendar, CombinedCalendar
from supportcore.equality import equality_key
from supportcore.errors import DefinitionError
from supportcore.instants import micros
from supportcore.mappings import FrozenMapping, several
from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.agreement.promised import Promised, checked
from supportcore.sla.clock.clocks import Clock
from supportcore.sla.clock.cycles import Cycle
from supportcore.sla.engine.run import run_clocks
from supportcore.tickets import Event, Facts, History, history_of
from supportcore.timelines import Timeline

COMPARED: dict[str, Callable[[Cycle], object]] = {
    "started_at": lambda cycle: cycle.started_at,
    "ended_at": lambda cycle: cycle.ended_at,
    "promise": lambda cycle: cycle.promise,
    "due_at": lambda cycle: cycle.due_at,
    "elapsed": lambda cycle: cycle.elapsed,
    "allowed": lambda cycle: cycle.allowed,
    "breached_at": lambda cycle: cycle.breached_at,
    "phase": lambda cycle: cycle.phase,
    "result": lambda cycle: cycle.result,
}


@frozen
class ClockChange:
    """A change of one field of a cycle: its values before and after.

    `what` is a field of a cycle such as `due_at` or `result`, or `cycle` if the cycle exists on one side only: then
    the value is the instant at which it began on that side, and `None` on the other side.
    """

    ticket: str
    agreement: str
    metric: str
    cycle: int
    what: str
    before: object = field(eq=equality_key)
    after: object = field(eq=equality_key)


def reevaluate(
    events: Iterable[Event],
    agreements: Iterable[Promised],
    others: Iterable[Promised],
    *,
    facts: Timeline[Facts] | None = None,
    as_of: datetime,
) -> tuple[ClockChange, ...]:
    """Return the changes of a ticket's clocks if `others` replace its agreements, by clock and cycle.

    Agreements, or their `Editions`, and metrics are matched by name, cycles by number.

    >>> from datetime import UTC, timedelta
    >>> from supportcore.calendars import always_open
    >>> from supportcore.sla import Target, reaction
    >>> from supportcore.tickets import Opened
    >>> one, two = (Agreement("gold", always_open("UTC"), [reaction()], targets={"reaction": "it"},
    ...             promises={"it": Target(timedelta(hours=hours))}) for hours in (1, 2))
    >>> at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    >>> [(change.what, str(change.after)) for change in reevaluate([Opened("T-1", at)], [one], [two], as_of=at)]
    [('due_at', '2026-01-05 11:00:00+00:00'), ('allowed', '2:00:00')]
    """
    history = history_of(events)
    before = run_clocks(history, agreements, facts=facts, as_of=as_of)
    after = run_clocks(history, others, facts=facts, as_of=as_of)
    changes: list[ClockChange] = []
    for agreement, metric in dict.fromkeys([*before, *after]):
        cycles = (_cycles(clocks, agreement, metric) for clocks in (before, after))
        for number, (old, new) in enumerate(zip_longest(*cycles), start=1):
            for what, value, other in _differences(old, new):
                changes.append(ClockChange(history.ticket, agreement, metric, number, what, value, other))
    return tuple(changes)


def impact(
    agreements: Iterable[Promised],
    old: Calendar,
    new: Calendar,
    histories: Iterable[Iterable[Event]],
    *,
    facts: Callable[[History], Timeline[Facts]] | None = None,
    as_of: datetime,
) -> tuple[ClockChange, ...]:
    """Return the changes of clocks if `new` replaces the calendar `old`, for example after a holiday is declared late.

    Every calendar of the agreements and of their editions that equals `old` is replaced, also as a part of a combined
    calendar (CAL-9). `facts` is a function that returns the facts over time of a history, from which targets are
    chosen: `case.known` if priorities are derived; by default the facts in the events. Raises `DefinitionError` if no
    calendar equals `old`, and for arguments of other types.

    >>> from datetime import UTC, timedelta
    >>> from supportcore.calendars import BusinessCalendar
    >>> from supportcore.sla import Target, reaction
    >>> from supportcore.tickets import Opened
    >>> early = BusinessCalendar(tz="UTC", hours={"mon-fri": "08:00-16:00"})
    >>> late = BusinessCalendar(tz="UTC", hours={"mon-fri": "10:00-18:00"})
    >>> gold = Agreement("gold", early, [reaction()], targets={"reaction": "it"},
    ...                  promises={"it": Target(timedelta(hours=1))})
    >>> at = datetime(2026, 1, 5, 9, tzinfo=UTC)
    >>> [change.what for change in impact([gold], early, late, [[Opened("T-1", at)]], as_of=at)]
    ['due_at']
    """
    for side, calendar in (("old", old), ("new", new)):
        if not hasattr(calendar, "compiled"):
            raise DefinitionError(
                f"the {side} calendar is `{calendar}`; give one such as `BusinessCalendar(…)` or `always_open(…)`"
            )
    before = checked(agreements)
    after = tuple(_promised_with(agreement, old, new) for agreement in before)
    if before == after and old != new:
        raise DefinitionError(
            "no agreement counts on the old calendar; give the calendar that the agreements were built with"
        )
    if facts is not None and not callable(facts):
        raise DefinitionError(f"`facts` is `{facts}`; give a function from a history to its facts over time")
    now = micros(as_of, where="`as_of`")
    changes: list[ClockChange] = []
    for events in several(histories):
        history = history_of(events)
        if any(event.instant <= now for event in history):
            line = None if facts is None else facts(history)
            changes += reevaluate(history, before, after, facts=line, as_of=as_of)
    return tuple(changes)


def _promised_with(promised: Promised, old: Calendar, new: Calendar) -> Promised:
    if isinstance(promised, Agreement):
        return with_calendar(promised, old, new)
    return promised.map(lambda agreement: with_calendar(agreement, old, new))


def with_calendar(agreement: Agreement, old: Calendar, new: Calendar) -> Agreement:
    """Return an agreement with one calendar replaced by another, wherever it counts."""
    if not isinstance(agreement, Agreement):
        raise DefinitionError(f"`{agreement}` in editions is not an agreement; give `Agreement(…)`")
    promises = {
        name: target if target.calendar is None else evolve(target, calendar=_replaced(target.calendar, old, new))
        for name, target in agreement.promises.items()
    }
    return evolve(agreement, calendar=_replaced(agreement.calendar, old, new), promises=FrozenMapping(promises))


def _replaced(calendar: Calendar, old: Calendar, new: Calendar) -> Calendar:
    """Return a calendar with its parts that equal `old`, or the whole, replaced."""
    if calendar == old:
        return new
    if not isinstance(calendar, CombinedCalendar):
        return calendar
    left, right = (_replaced(part, old, new) for part in (calendar.left, calendar.right))
    return evolve(calendar, left=left, right=right)


def _cycles(clocks: Mapping[tuple[str, str], Clock], agreement: str, metric: str) -> tuple[Cycle, ...]:
    return clocks[agreement, metric].cycles if (agreement, metric) in clocks else ()


def _differences(old: Cycle | None, new: Cycle | None) -> list[tuple[str, object, object]]:
    if old is None or new is None:
        return [("cycle", old and old.started_at, new and new.started_at)]
    pairs = [(what, value_of(old), value_of(new)) for what, value_of in COMPARED.items()]
    return [(what, before, after) for what, before, after in pairs if equality_key(before) != equality_key(after)]
