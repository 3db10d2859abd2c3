"""The clocks of a concept file: what stops and pauses them, when they warn, what changes do (SLA-2, SLA-9)."""

from collections.abc import Iterable

from supportcore.concept.amounts import percent_read
from supportcore.concept.reading import Reading
from supportcore.concept.shapes import ClockShape
from supportcore.errors import DefinitionError, NotBuiltError, did_you_mean, listed
from supportcore.sla import Metric, On, Reopen, Threshold, reaction, resolution
from supportcore.tickets import Closed, CustomerReplied, Event, Paused, Resolved, Resumed, kind_named

__all__ = ["METRICS", "metrics_read"]

METRICS = {"reaction": reaction, "resolution": resolution}
# What ends a clock whatever a file says: a reaction ends at resolution too, and every clock when the ticket is closed.
ENDS: dict[str, tuple[type[Event], ...]] = {"reaction": (Resolved, Closed), "resolution": (Closed,)}
LATER = ("first reply", "next reply", "periodic update", "requester wait", "agent work")
WAITING = "waiting for "

# What a file may say of changed terms, which is what every metric does by itself, and of reopening.
RAISED = "restart, never later"
LOWERED = "recompute from the start"
REOPENED = {"restart": Reopen("restart"), "ignored": Reopen("ignore")}


def metrics_read(sections: dict[str, ClockShape], reading: Reading) -> tuple[Metric, ...]:
    """Reaction and resolution, as the sections change them."""
    for name in sections:
        if name in LATER:
            reading.add(f"clocks.{name}", f"the clock `{name}` is not built yet; take it out of the file")
        elif name not in METRICS:
            reading.add(
                f"clocks.{name}", f"`{name}` is no clock; accepted are {listed(METRICS)}{did_you_mean(name, METRICS)}"
            )
    made = []
    for name, build in METRICS.items():
        metric = build()
        if name in sections:
            metric = metric.with_(**_changes(name, sections[name], reading))
        made.append(metric)
    return tuple(made)


def _changes(name: str, section: ClockShape, reading: Reading) -> dict[str, object]:
    path = f"clocks.{name}"
    changes: dict[str, object] = {}
    if section.stopped_by:
        with reading.part(f"{path}.stopped_by"):
            also = ENDS[name]
            changes["stop"] = On(*dict.fromkeys([*map(kind_named, section.stopped_by), *also]))
    if section.paused_while:
        with reading.part(f"{path}.paused_while"):
            reasons = {_reason(words) for words in section.paused_while}
            changes["pause"] = On(Paused, where={"reason": reasons})
            changes["resume"] = On(Resumed, CustomerReplied) if "customer" in reasons else On(Resumed)
    with reading.part(f"{path}.warn_at"):
        changes["thresholds"] = _thresholds(section.warn_at)
    with reading.part(f"{path}.when_raised"):
        _only(section.when_raised, [RAISED])
    with reading.part(f"{path}.when_lowered"):
        _only(section.when_lowered, [LOWERED])
    with reading.part(f"{path}.when_reopened"):
        _only(section.when_reopened, REOPENED)
        if section.when_reopened:
            changes["reopen"] = REOPENED[section.when_reopened]
    return changes


def _thresholds(shares: Iterable[str]) -> list[Threshold]:
    made = [Threshold.percent(percent_read(words) * 100) for words in shares]
    for one in made:
        if made.count(one) > 1:
            raise DefinitionError(f"`{one.name}` stands there twice; warn once at each share")
    return made


def _reason(words: str) -> str:
    if not words.startswith(WAITING):
        raise DefinitionError(f"`{words}` says not for what; write it as `{WAITING}customer`")
    return words.removeprefix(WAITING).strip()


def _only(given: str, accepted: Iterable[str]) -> None:
    known = list(accepted)
    if given not in ("", *known):
        raise NotBuiltError(f"`{given}` is not built yet; accepted is {listed(known)}{did_you_mean(given, known)}")
