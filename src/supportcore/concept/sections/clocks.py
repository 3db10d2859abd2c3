"""The section `clocks`: what starts, stops and pauses clocks, when they warn, and their policies (SLA-2, SLA-9)."""

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from supportcore.concept.grammar.budgets import parse_budgets
from supportcore.concept.grammar.conditions import (
    ConditionWords,
    parse_conditions,
    parse_pauses,
    resume_conditions,
)
from supportcore.concept.grammar.policies import LOWERED, RAISED, parse_policy, parse_reopening
from supportcore.concept.grammar.thresholds import parse_thresholds
from supportcore.concept.shapes import ClockShape, FileShape
from supportcore.domains import Domain
from supportcore.errors import Problems, did_you_mean, listed
from supportcore.sla import (
    ChangePolicy,
    Condition,
    Metric,
    On,
    agent_work,
    first_reply,
    next_reply,
    periodic_update,
    reaction,
    requester_wait,
    resolution,
)
from supportcore.tickets import Cancelled, Closed, Event, Resolved

METRICS = (
    reaction(),
    first_reply(),
    next_reply(),
    periodic_update(),
    resolution(),
    requester_wait(),
    agent_work(),
)
BUILT_IN = {metric.name: metric for metric in METRICS}
ALWAYS_MEASURED = ("reaction", "resolution")
# These end at the resolution too, and every clock ends at closing, whether a file says so or not.
REPLIES = ("reaction", "first reply", "next reply")
RESERVED = ("hours",)  # a column of the targets
UNATTACHED = (
    "no agreement is attached, because the targets apply from the opening; remove the key, or write "
    '`apply = "once attached"` under `targets`'
)


def metric_names(sections: Iterable[str], promised: Iterable[str]) -> list[str]:
    """Return the metrics of a concept: reaction, resolution, and every metric that has a section or a promise.

    >>> metric_names(["call back"], ["next reply", "reaction"])
    ['reaction', 'next reply', 'resolution', 'call back']
    """
    own = [name for name in sections if name not in BUILT_IN and _can_name(name)]
    wanted = {*ALWAYS_MEASURED, *sections, *promised}
    return [*(name for name in BUILT_IN if name in wanted), *own]


def build_metrics(
    file: FileShape,
    promised: Iterable[str],
    facts: Iterable[Domain],
    reasons: tuple[str, ...] | None,
    *,
    attachable: bool,
    problems: Problems,
) -> tuple[Metric, ...]:
    """Build the metrics of a concept: the built-in ones as their sections change them, then those of the file.

    `promised` names the metrics with a promise, `reasons` the waiting reasons, which are `None` if they could not be
    read. `attachable` says whether the targets wait for an attachment.
    """
    known = ConditionWords(tuple(facts), reasons)
    metrics: list[Metric] = []
    for name, section in file.clocks.items():
        if not _can_name(name):
            problems.add(f"clocks.{name}", f"`{name}` cannot name a clock; use another name")
        if section.when_attached and not attachable:
            problems.add(f"clocks.{name}.when_attached", UNATTACHED)
    for name in metric_names(file.clocks, promised):
        own_section = file.clocks.get(name)
        if own_section is None:
            metrics.append(BUILT_IN[name])
        elif name in BUILT_IN or _is_complete(name, own_section, problems):
            metrics += _build_metric(name, own_section, known, problems.at(f"clocks.{name}"))
    return tuple(metrics)


def _can_name(name: str) -> bool:
    return name not in RESERVED and name == name.strip() != ""


def _is_complete(name: str, section: ClockShape, problems: Problems) -> bool:
    """Return whether a clock that is not built in says what starts and ends it; otherwise its name may be a typo."""
    path = f"clocks.{name}"
    if section.started_by is None:
        problems.add(
            path,
            f"`{name}` is not a clock; expected one of {listed(BUILT_IN)}, or a clock of your own with `started_by` "
            f"and `stopped_by`{did_you_mean(name, BUILT_IN)}",
        )
    elif section.stopped_by is None and section.restarted_by is None:
        problems.add(path, "does not say what ends it; add `stopped_by` or `restarted_by`")
    else:
        return True
    return False


def _build_metric(name: str, section: ClockShape, known: ConditionWords, problems: Problems) -> list[Metric]:
    before = len(problems)
    changes = _changes(name, section, known, problems)
    if len(problems) == before:
        with problems:
            built_in = BUILT_IN.get(name)
            if built_in is not None:
                return [built_in.with_(**changes)]
            return [Metric(name, cancel=On(Cancelled), **changes)]
    return []


def _changes(name: str, section: ClockShape, known: ConditionWords, problems: Problems) -> dict[str, Any]:
    """Return the arguments of a metric that a section sets."""
    changes: dict[str, Any] = {}
    for argument, key, texts in (
        ("start", "started_by", section.started_by),
        ("stop", "stopped_by", section.stopped_by),
        ("reset", "restarted_by", section.restarted_by),
    ):
        if texts is None:
            continue
        if not texts:
            problems.add(key, "is empty; remove the key, or name at least one condition")
        changes[argument] = parse_conditions(texts, known, problems.at(key))
    if "stop" in changes:
        changes["stop"] += _implied_ends(name, [*changes["stop"], *changes.get("start", [])])
    if section.paused_while is not None:
        pauses = parse_pauses(section.paused_while, known, problems.at("paused_while"))
        changes |= {"pause": pauses, "resume": resume_conditions(pauses)}
    changes["thresholds"] = parse_thresholds(section.warn_at, problems.at("warn_at"))
    changes["change"] = _change_policy(section, problems)
    changes["budgets"] = parse_budgets(section.budgets, problems.at("budgets"))
    if section.when_reopened:
        with problems.at("when_reopened"):
            changes["reopen"] = parse_reopening(section.when_reopened)
    return changes


def _implied_ends(name: str, written: Iterable[Condition]) -> list[Condition]:
    """Return the events that end the clock without being written, except those that the file mentions itself."""
    kinds: tuple[type[Event], ...] = (Resolved, Closed) if name in REPLIES else (Closed,)
    mentioned = {
        kind for condition in written if isinstance(condition, On) for kind in condition.kinds if condition.plain
    }
    left = [kind for kind in kinds if kind not in mentioned]
    return [On(*left)] if left else []


@frozen
class _PolicyKey:
    """A key for changed terms, the argument of `ChangePolicy` that it sets, and the clause that may follow."""

    key: str
    argument: str
    bound: str = ""


POLICY_KEYS = (
    _PolicyKey("when_raised", "raised", RAISED),
    _PolicyKey("when_lowered", "lowered", LOWERED),
    _PolicyKey("when_attached", "attached"),
)


def _change_policy(section: ClockShape, problems: Problems) -> ChangePolicy | None:
    """Return the policy for changed terms, or `None` if it equals the default of the agreement."""
    policies: dict[str, Any] = {}
    for policy_key in POLICY_KEYS:
        text = getattr(section, policy_key.key)
        if text:
            with problems.at(policy_key.key):
                policies[policy_key.argument] = parse_policy(text, policy_key.bound)
    policy = ChangePolicy(**policies)
    return None if policy == ChangePolicy() else policy
