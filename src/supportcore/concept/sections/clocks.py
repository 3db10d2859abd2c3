"""The clocks of a concept file: what starts, stops and pauses them, when they warn, what changes do (SLA-2, SLA-9).

And what each level may use of them (SLA-11).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from supportcore.concept.file.problems import Reading
from supportcore.concept.file.shapes import ClockShape
from supportcore.concept.grammar.budgets import budgets_read
from supportcore.concept.grammar.conditions import conditions_read, pauses_read, resuming
from supportcore.concept.grammar.policies import LOWERED, RAISED, policy_read, reopening_read
from supportcore.concept.grammar.thresholds import thresholds_read
from supportcore.domains import Domain
from supportcore.errors import did_you_mean, listed
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
ALWAYS = ("reaction", "resolution")  # measured whether a file names them or not
# What ends a clock whatever a file says: reaction and replies end at resolution too, and every clock at closing.
REPLIES = ("reaction", "first reply", "next reply")
TAKEN = ("hours",)  # a column of the targets


def metric_names(sections: Iterable[str], promised: Iterable[str]) -> list[str]:
    """What is measured: reaction and resolution, and every other clock that has a section or is promised something.

    >>> metric_names(["call back"], ["next reply", "reaction"])
    ['reaction', 'next reply', 'resolution', 'call back']
    """
    own = [name for name in sections if name not in BUILT_IN and _names(name)]
    wanted = {*ALWAYS, *sections, *promised}
    return [*(name for name in BUILT_IN if name in wanted), *own]


def metrics_read(
    sections: dict[str, ClockShape], promised: Iterable[str], facts: Iterable[Domain], reading: Reading
) -> tuple[Metric, ...]:
    """The metrics of a concept, the built-in ones as the sections change them, then those of the file's own."""
    known = list(facts)
    made: list[Metric] = []
    for name in sections:
        if not _names(name):
            reading.add(f"clocks.{name}", f"`{name}` cannot name a clock; take another name")
    for name in metric_names(sections, promised):
        section = sections.get(name)
        if section is None:
            made.append(BUILT_IN[name])
        elif name in BUILT_IN or _may_be_own(name, section, reading):
            made += _metric(name, section, known, reading)
    return tuple(made)


def _names(name: str) -> bool:
    """Whether a text can name a clock: it is not empty, has no blanks around it, and is no other column of targets."""
    return name not in TAKEN and name == name.strip() != ""


def _may_be_own(name: str, section: ClockShape, reading: Reading) -> bool:
    """Whether a clock that is not built in says what it is; one that does not may be a slip of the pen."""
    path = f"clocks.{name}"
    if section.started_by is None:
        reading.add(
            path,
            f"`{name}` is no clock; accepted are {listed(BUILT_IN)}, and others that say what they are "
            f"`started_by` and `stopped_by`{did_you_mean(name, BUILT_IN)}",
        )
    elif section.stopped_by is None and section.restarted_by is None:
        reading.add(path, "says not what ends it; add `stopped_by` or `restarted_by`")
    else:
        return True
    return False


def _metric(name: str, section: ClockShape, facts: Sequence[Domain], reading: Reading) -> list[Metric]:
    before = len(reading.problems)
    changes = _changes(name, section, facts, reading)
    if len(reading.problems) == before:
        with reading.part(f"clocks.{name}"):
            built_in = BUILT_IN.get(name)
            if built_in is not None:
                return [built_in.with_(**changes)]
            return [Metric(name, cancel=On(Cancelled), **changes)]
    return []


def _changes(name: str, section: ClockShape, facts: Sequence[Domain], reading: Reading) -> dict[str, Any]:
    """What a section says, as the parts of a metric."""
    path = f"clocks.{name}"
    changes: dict[str, Any] = {}
    for part, key, texts in (
        ("start", "started_by", section.started_by),
        ("stop", "stopped_by", section.stopped_by),
        ("reset", "restarted_by", section.restarted_by),
    ):
        if texts is None:
            continue
        if not texts:
            reading.add(f"{path}.{key}", "names nothing; leave it out, or say what does it")
        changes[part] = conditions_read(texts, facts, f"{path}.{key}", reading)
    if "stop" in changes:
        changes["stop"] += _ends(name, [*changes["stop"], *changes.get("start", [])])
    if section.paused_while is not None:
        pauses = pauses_read(section.paused_while, facts, f"{path}.paused_while", reading)
        changes |= {"pause": pauses, "resume": resuming(pauses)}
    changes["thresholds"] = thresholds_read(section.warn_at, f"{path}.warn_at", reading)
    changes["change"] = _change(section, path, reading)
    changes["budgets"] = budgets_read(section.budgets, f"{path}.budgets", reading)
    if section.when_reopened:
        with reading.part(f"{path}.when_reopened"):
            changes["reopen"] = reopening_read(section.when_reopened)
    return changes


def _ends(name: str, said: Iterable[Condition]) -> list[Condition]:
    """What ends the clock anyway, but for the kinds of event of which the file says by itself what they do."""
    kinds: tuple[type[Event], ...] = (Resolved, Closed) if name in REPLIES else (Closed,)
    spoken = {kind for one in said if isinstance(one, On) for kind in one.kinds if one.plain}
    left = [kind for kind in kinds if kind not in spoken]
    return [On(*left)] if left else []


@frozen
class _Policy:
    """A key for changed terms, the part of a policy that it sets, and the clause that bounds it."""

    key: str
    part: str
    bound: str = ""


POLICIES = (
    _Policy("when_raised", "raised", RAISED),
    _Policy("when_lowered", "lowered", LOWERED),
    _Policy("when_attached", "attached"),
)


def _change(section: ClockShape, path: str, reading: Reading) -> ChangePolicy | None:
    """The policy for changed terms, or none where it is the usual one, which the agreement has."""
    parts: dict[str, Any] = {}
    for one in POLICIES:
        text = getattr(section, one.key)
        if text:
            with reading.part(f"{path}.{one.key}"):
                parts[one.part] = policy_read(text, one.bound)
    policy = ChangePolicy(**parts)
    return None if policy == ChangePolicy() else policy
