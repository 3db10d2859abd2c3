"""The clocks of a concept file: what stops and pauses them, when they warn, what changes do (SLA-2, SLA-9)."""

from fractions import Fraction

from supportcore.concept.amounts import percent_read
from supportcore.concept.reading import Reading
from supportcore.concept.shapes import ClockShape
from supportcore.errors import DefinitionError, NotBuiltError, did_you_mean, listed
from supportcore.sla import Metric, On, Reopen, Threshold, reaction, resolution
from supportcore.tickets import Closed, CustomerReplied, Paused, Resolved, Resumed, kind_named

__all__ = ["METRICS", "metrics_read"]

METRICS = {"reaction": reaction, "resolution": resolution}
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
            with reading.part(f"clocks.{name}"):
                metric = _changed(metric, sections[name])
        made.append(metric)
    return tuple(made)


def _changed(metric: Metric, section: ClockShape) -> Metric:
    changes: dict[str, object] = {}
    if section.stopped_by:
        kinds = [kind_named(words) for words in section.stopped_by]
        solved = (Resolved, Closed) if metric.name == "reaction" else ()  # a reaction ends at resolution too (SLA-2)
        changes["stop"] = On(*dict.fromkeys((*kinds, *solved)))
    if section.paused_while:
        reasons = {_reason(words) for words in section.paused_while}
        changes["pause"] = On(Paused, where={"reason": reasons})
        changes["resume"] = On(Resumed, CustomerReplied) if "customer" in reasons else On(Resumed)
    if section.warn_at:
        changes["thresholds"] = [_threshold(percent_read(words)) for words in section.warn_at]
    _only("when_raised", section.when_raised, RAISED)
    _only("when_lowered", section.when_lowered, LOWERED)
    if section.when_reopened:
        if section.when_reopened not in REOPENED:
            raise NotBuiltError(
                f"`when_reopened`: `{section.when_reopened}` is not built yet; accepted are {listed(REOPENED)}"
            )
        changes["reopen"] = REOPENED[section.when_reopened]
    return metric.with_(**changes)


def _threshold(share: Fraction) -> Threshold:
    return Threshold.percent(share * 100)


def _reason(words: str) -> str:
    if not words.startswith(WAITING):
        raise DefinitionError(f"`paused_while`: `{words}` says not for what; write it as `{WAITING}customer`")
    return words.removeprefix(WAITING).strip()


def _only(key: str, given: str, accepted: str) -> None:
    if given not in ("", accepted):
        raise NotBuiltError(f"`{key}`: `{given}` is not built yet; accepted is `{accepted}`")
