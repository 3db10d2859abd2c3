"""Values of every kind in place of each argument of the clocks: the right ones are taken, all others refused in words.

An error of the host never gets out, and a refusal says what was given. What is taken is used, too: the clocks that
come of it answer all questions.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import fields, frozen

from supportcore.calendars import WorkingDays
from supportcore.errors import SupportcoreError
from supportcore.findings import Finding
from supportcore.reports import attainment, figures_over_time, service_figures
from supportcore.sla import (
    Agreement,
    ChangePolicy,
    Metric,
    NamedDate,
    On,
    Reopen,
    Target,
    Threshold,
    While,
    budget_findings,
    consumed,
    impact,
    operational_findings,
    outer_findings,
    reaction,
    reevaluate,
    resolution,
    run_clocks,
)
from supportcore.tickets import (
    KINDS,
    Attached,
    DueOverridden,
    Event,
    Opened,
    Paused,
    PriorityOverridden,
    Reopened,
    Resolved,
    Resumed,
    Withdrawn,
    holders_over_time,
)
from tests.unit.sla.desk import ALWAYS, BERLIN, GOLD as TABLED, OFFICE, at

HOUR = timedelta(hours=1)

VALUES: dict[str, Any] = {
    "nothing": None, "yes": True, "0": 0, "-1": -1, "a float": 1.5, "nan": float("nan"), "infinity": float("inf"),
    "decimal nan": Decimal("NaN"), "a decimal": Decimal("1.5"), "a fraction": Fraction(1, 3),
    "no text": "", "a text": "quux", "bytes": b"quux",
    "no list": [], "a list": ["quux"], "a list of nothing": [None], "a list of lists": [["quux"]], "no tuple": (),
    "no mapping": {}, "a mapping": {"quux": 1}, "a mapping of numbers": {1: 2},
    "a mapping to a list": {"quux": ["corge"]}, "no set": set(), "a set": {"quux"},
    "an object": object(), "a type": object,
    "an instant": at(5, 9), "the first year": datetime(1, 1, 1, tzinfo=timezone(14 * HOUR)),
    "a naive datetime": datetime(2026, 1, 1), "a date": date(2026, 1, 1),
    "a length back": timedelta(-1), "no length": timedelta(0), "the greatest length": timedelta.max,
    "a kind of event": Opened, "a condition": On(Opened), "a metric": reaction(), "a target": Target(None),
    "a calendar": OFFICE,
}  # fmt: skip

TEXTS = {"no text", "a text"}
WHOLE = {"0", "-1"}
NONE_OF_THEM = {"no list", "no tuple", "no mapping", "no set"}
NAMES = {*NONE_OF_THEM, "a list", "a set", "a mapping", "a mapping to a list"}
INSTANTS = {"an instant", "the first year"}
# What an event's data or a fact can be equal to: anything but a collection that holds none, or what has no hash.
ONE_OR_SEVERAL = VALUES.keys() - NONE_OF_THEM - {
    "a list of lists", "a mapping", "a mapping of numbers", "a mapping to a list",
}  # fmt: skip


@frozen
class Argument:
    """An argument by its name, what uses a value in its place, and the values that are right."""

    name: str
    use: Callable[[Any], object]
    right: frozenset[str]


def argument(name: str, use: Callable[[Any], object], *right: str | Iterable[str]) -> Argument:
    names = [each for one in right for each in ([one] if isinstance(one, str) else one)]
    assert set(names) <= VALUES.keys()
    return Argument(name, use, frozenset(names))


# What comes of what is taken

OPENED = Opened("T", at(5, 8), facts={"priority": "major"}, id="opened")
HISTORY: list[Event] = [
    OPENED,
    Paused("T", at(5, 9), reason="customer"),
    Resumed("T", at(5, 10)),
    Resolved("T", at(5, 11)),
    Reopened("T", at(5, 13)),
]
GOLD = Agreement(
    "gold",
    OFFICE,
    [reaction(Threshold.percent(50)), resolution(Threshold.percent(80), Threshold.after(HOUR))],
    targets={"resolution": "1 h"},
    promises={"1 h": Target(HOUR)},
)


def codes(findings: Iterable[Finding]) -> list[str]:
    return [one.code for one in findings]


def check(history: list[Event], agreement: Agreement, found: Mapping[str, list[str]]) -> None:
    """The clocks of a ticket, early on a Friday: what is due is behind, and the next thing is that the office opens."""
    clocks = run_clocks(history, [agreement], as_of=at(9, 7))
    assert list(clocks) == [(agreement.name, metric.name) for metric in agreement.metrics]
    assert codes(clocks.findings) == found.get("clocks", [])
    assert codes(budget_findings(agreement)) == found.get("budgets", [])
    assert codes(operational_findings(agreement, GOLD)) == found.get("inside", [])
    for clock in clocks.values():
        running = clock.phase == "running"
        opening = [("opening", at(9, 8))] if running else []
        assert [(one.what, one.at) for one in clock.next_instants()] == opening
        assert [one.threshold for one in clock.thresholds] == list(clock.metric.thresholds)
        assert clock.due_at is None or clock.due_at.tzinfo is BERLIN
        assert sum((one.used for one in clocks.levels(clock.agreement, clock.name)), timedelta()) == clock.elapsed
        used = [one.length for one in clock.trace() if one.kind in ("counted", "carried")]
        assert sum(used, timedelta()) == clock.elapsed


PROVED = {"inside": ["check.proved"]}

# Events

OWN: dict[str, Any] = {
    "reason": "x", "agreement": "gold", "event": "e", "priority": "p", "minutes": 3, "until": at(5, 9), "into": "U",
    "metric": "resolution", "due": at(5, 9), "start": at(5, 9), "end": at(5, 10), "score": 3,
}  # fmt: skip
# The right values of a field, where they are not texts.
OF_FIELD: dict[str, set[str]] = {
    "ticket": set(), "at": {"an instant"}, "by": set(), "sequence": WHOLE, "recorded": INSTANTS, "event": set(),
    "facts": {"no mapping", "a mapping", "a mapping to a list"}, "removed": NAMES, "minutes": WHOLE, "score": WHOLE,
    "until": INSTANTS, "start": INSTANTS, "due": {"an instant"}, "end": {"an instant"},
}  # fmt: skip
ODD: dict[type[Event], str] = {
    Attached: "sla.attached-anyway",
    Paused: "sla.unknown-reason",
    Resumed: "sla.resume-without-pause",
    Reopened: "sla.reopened-while-open",
}
ODD_FIELD: dict[tuple[type[Event], str], str] = {
    (Attached, "agreement"): "sla.unknown-agreement",
    (DueOverridden, "metric"): "sla.unknown-metric",
    (DueOverridden, "agreement"): "sla.unknown-agreement",
}


def use_event(kind: type[Event], name: str) -> Callable[[Any], None]:
    def use(value: Any) -> None:
        own = {one.name: OWN[one.name] for one in fields(kind) if one.init and one.name in OWN}
        event = kind(**{"ticket": "T", "at": at(5, 9), **own, name: value})
        before: list[Event] = [] if kind is Opened else [OPENED]
        if kind is Withdrawn:
            before.append(PriorityOverridden("T", at(5, 8, 30), priority="p", reason="x", id="e"))
        odd = ODD.get(kind)
        if (kind, name, value) != (DueOverridden, "agreement", ""):
            odd = ODD_FIELD.get((kind, name), odd)
        check([*before, event], GOLD, {**PROVED, "clocks": [] if odd is None else [odd]})

    return use


def fields_of_events() -> Iterator[Argument]:
    for kind in KINDS:
        for one in fields(kind):
            if one.init:
                right = TEXTS if (kind, one.name) == (Opened, "ticket") else OF_FIELD.get(one.name, TEXTS)
                yield argument(f"{kind.__name__}.{one.name}", use_event(kind, one.name), right)


# Parts of agreements


def with_metric(**given: Any) -> None:
    metric = Metric(**{"name": "m", "start": On(Opened), "stop": On(Resolved), "resume": On(Resumed), **given})
    check(HISTORY, Agreement("g", OFFICE, metric), {})


def with_target(target: Target, inside: str = "check.proved") -> None:
    agreement = Agreement("g", OFFICE, resolution(), targets={"resolution": "a"}, promises={"a": target})
    check(HISTORY, agreement, {"inside": [inside]})


def with_agreement(found: Mapping[str, list[str]] = PROVED, **given: Any) -> None:
    whole = {"name": "g", "calendar": OFFICE, "metrics": resolution(), "targets": {"resolution": "a"}}
    check(HISTORY, Agreement(**{**whole, "promises": {"a": Target(HOUR)}, **given}), found)


def with_budgets(value: Any) -> None:
    """Two levels that share an hour."""
    found = PROVED | ({"budgets": ["sla.budget-exceeds"]} if value == timedelta.max else {})
    with_agreement(found, metrics=resolution().with_(budgets={"first": value, "second": value}))


def with_budgets_of_days(value: Any) -> None:
    """Two levels that share a working day, of which nobody knows how long it is."""
    found = {"inside": ["sla.level-not-proven"]}
    if value == timedelta.max:
        found["budgets"] = ["sla.budget-not-proven"]
    metric = resolution().with_(budgets={"first": value, "second": value})
    with_agreement(found, metrics=metric, promises={"a": Target(WorkingDays(1))})


def with_targets(value: Any) -> None:
    """Without targets there is nothing that could fit."""
    with_agreement({}, targets=value)


def with_outer(value: Any) -> None:
    """Inside an agreement that is not there."""
    with_agreement(PROVED | ({"clocks": ["sla.unknown-outer"]} if value else {}), inside=value)


def parts_of_agreements() -> Iterator[Argument]:
    conditions = {"nothing", "a condition", *NONE_OF_THEM}
    for name, right in {
        "name": {"a text"}, "start": {"a condition"}, "stop": {"a condition"}, "pause": conditions,
        "resume": conditions, "reset": conditions, "cancel": conditions, "reopen": set[str](),
        "thresholds": NONE_OF_THEM, "change": {"nothing"}, "budgets": {"no mapping"},
    }.items():  # fmt: skip
        yield argument(f"Metric.{name}", lambda value, name=name: with_metric(**{name: value}), right)
    for name, right in {
        "name": {"a text"}, "calendar": {"a calendar"}, "metrics": set[str](), "promises": set[str](),
        "change": set[str](), "priorities": NAMES, "on_attachment": {"yes"}, "calendar_name": TEXTS,
    }.items():  # fmt: skip
        yield argument(f"Agreement.{name}", lambda value, name=name: with_agreement(**{name: value}), right)
    yield argument("Agreement.targets", with_targets, "no mapping")
    yield argument("Agreement.inside", with_outer, TEXTS)
    lengths = {"a fraction", "no length", "the greatest length"}
    yield argument("a budget", with_budgets, lengths)
    yield argument("a budget of days", with_budgets_of_days, lengths)
    for name, right in {
        "policy": set[str](), "within": {"nothing", "no length", "the greatest length"}, "otherwise": set[str](),
    }.items():  # fmt: skip
        yield argument(
            f"Reopen.{name}",
            lambda value, name=name: with_metric(reopen=Reopen(**{"policy": "resume", name: value})),
            right,
        )
    for name in ("raised", "lowered", "attached"):
        yield argument(
            f"ChangePolicy.{name}", lambda value, name=name: with_agreement(change=ChangePolicy(**{name: value}))
        )
    yield argument(
        "Target.amount",
        lambda value: with_target(
            Target(value), "sla.level-not-proven" if isinstance(value, datetime) else "check.proved"
        ),
        "nothing", "no length", "an instant",
    )  # fmt: skip
    yield argument("Target.calendar", lambda value: with_target(Target(HOUR, value)), "nothing", "a calendar")
    yield argument("Target.calendar_name", lambda value: with_target(Target(HOUR, calendar_name=value)), TEXTS)
    yield argument("NamedDate.plan", lambda value: with_target(Target(NamedDate(value))))
    dates = {"a": at(7, 9)}
    yield argument(
        "NamedDate.name",
        lambda value: with_target(Target(NamedDate(dates, value)), "sla.level-not-proven"),
        "nothing",
    )
    yield argument("On", On, "a kind of event")
    yield argument("On.by", lambda value: On(Opened, by=value), "nothing")
    yield argument("On.where", lambda value: On(Paused, where=value), "nothing", "no mapping")
    yield argument("On.where.reason", lambda value: On(Paused, where={"reason": value}), ONE_OR_SEVERAL)
    mappings = {"a mapping", "a mapping of numbers", "a mapping to a list"}
    yield argument("While", While, mappings)
    yield argument("While.state", lambda value: While({"state": value}), ONE_OR_SEVERAL)
    yield argument("Threshold.percent", Threshold.percent, "0", "a decimal", "a fraction")
    yield argument("Threshold.before", Threshold.before, "no length", "the greatest length")
    yield argument("Threshold.after", Threshold.after, "no length", "the greatest length")
    yield argument("Threshold.days_from_due", Threshold.days_from_due)


# Questions


def questions() -> Iterator[Argument]:
    now = at(5, 9)
    clocks = run_clocks([OPENED], [GOLD], as_of=now)
    clock = clocks["gold", "resolution"]
    (attained, _) = attainment([clocks])
    yield argument("run_clocks.history", lambda value: run_clocks(value, [GOLD], as_of=now), NONE_OF_THEM)
    yield argument("run_clocks an event", lambda value: run_clocks([value], [GOLD], as_of=now))
    yield argument("run_clocks.agreements", lambda value: run_clocks([OPENED], value, as_of=now), NONE_OF_THEM)
    yield argument("run_clocks an agreement", lambda value: run_clocks([OPENED], [value], as_of=now))
    yield argument("run_clocks.as_of", lambda value: run_clocks([OPENED], [GOLD], as_of=value), INSTANTS)
    yield argument(
        "run_clocks.known_at",
        lambda value: run_clocks([OPENED], [GOLD], as_of=now, known_at=value),
        "nothing", INSTANTS,
    )  # fmt: skip
    yield argument("run_clocks.facts", lambda value: run_clocks([OPENED], [GOLD], facts=value, as_of=now), "nothing")
    yield argument("clocks[…]", lambda value: clocks[value])
    yield argument("clocks.next_instants", clocks.next_instants, "nothing", "an instant")
    yield argument("clock.next_instants", clock.next_instants, "nothing", "an instant")
    yield argument("clocks.levels of an agreement", lambda value: clocks.levels(value, "resolution"))
    yield argument("clocks.levels of a metric", lambda value: clocks.levels("gold", value))
    yield argument("clock.outlasts", clock.outlasts)
    yield argument("consumed a cycle", lambda value: consumed(value, holders_over_time([OPENED])))
    yield argument("consumed by holders", lambda value: consumed(clock.cycles[0], value))
    yield argument("holders_over_time", holders_over_time, NONE_OF_THEM)
    yield argument("attainment", attainment, NONE_OF_THEM)
    # a function of one's own, as a type is, raises what it will
    yield argument(
        "attainment.by", lambda value: attainment([clocks], by=not_called(value)), NONE_OF_THEM,
    )  # fmt: skip
    yield argument("attained.percentile", attained.percentile)
    yield argument("service_figures", service_figures, NONE_OF_THEM)
    yield argument("figures_over_time", lambda value: figures_over_time(value, tz="UTC"), NONE_OF_THEM)
    yield argument("figures_over_time.every", lambda value: figures_over_time([[OPENED]], every=value, tz="UTC"))
    yield argument("figures_over_time.tz", lambda value: figures_over_time([[OPENED]], tz=value))
    yield argument("budget_findings", budget_findings)
    yield argument("operational_findings of a level", lambda value: operational_findings(value, GOLD))
    yield argument("operational_findings of the customer", lambda value: operational_findings(GOLD, value))
    yield argument("outer_findings", outer_findings, "no mapping")
    yield argument("outer_findings an agreement", lambda value: outer_findings({"gold": value}))
    mappings = {"no mapping", "a mapping", "a mapping of numbers", "a mapping to a list"}
    yield argument("choose", GOLD.choose, mappings)
    yield argument("choose by a table", TABLED.choose)
    yield argument("reevaluate.history", lambda value: reevaluate(value, [GOLD], [GOLD], as_of=now), NONE_OF_THEM)
    yield argument("reevaluate.old", lambda value: reevaluate([OPENED], value, [GOLD], as_of=now), NONE_OF_THEM)
    yield argument("reevaluate.new", lambda value: reevaluate([OPENED], [GOLD], value, as_of=now), NONE_OF_THEM)
    yield argument("reevaluate.as_of", lambda value: reevaluate([OPENED], [GOLD], [GOLD], as_of=value), INSTANTS)
    yield argument(
        "reevaluate.facts",
        lambda value: reevaluate([OPENED], [GOLD], [GOLD], facts=value, as_of=now),
        "nothing",
    )
    whole = {"agreements": [GOLD], "old": OFFICE, "new": ALWAYS, "histories": [[OPENED]], "as_of": now}
    for name, right in {
        "agreements": set[str](), "old": {"a calendar"}, "new": {"a calendar"}, "histories": NONE_OF_THEM,
        "as_of": INSTANTS,
    }.items():  # fmt: skip
        yield argument(
            f"impact.{name}",
            lambda value, name=name: asked_impact({**whole, name: value}),
            right,
        )
    yield argument("impact an agreement", lambda value: asked_impact({**whole, "agreements": [value]}))
    yield argument("impact.facts", lambda value: asked_impact({**whole, "facts": not_called(value)}), "nothing")


def not_called(value: Any) -> Any:
    return 0 if isinstance(value, type) else value


def asked_impact(given: dict[str, Any]) -> object:
    positional = [given.pop(name) for name in ("agreements", "old", "new", "histories")]
    return impact(*positional, **given)


ARGUMENTS = [*fields_of_events(), *parts_of_agreements(), *questions()]


# Where a refusal is about something else than the value: a fact that the table needs, a metric that the targets name.
NOT_SAID = {
    ("Agreement.metrics", "a metric"),
    ("Target.amount", "the greatest length"),
    ("choose by a table", "a mapping"),
    ("choose by a table", "a mapping of numbers"),
    ("choose by a table", "a mapping to a list"),
    ("attainment.by", "a type"),
    ("attainment.by", "a kind of event"),
    ("impact.facts", "a type"),
    ("impact.facts", "a kind of event"),
}


def test_all_arguments_are_there() -> None:
    assert len({one.name for one in ARGUMENTS}) == len(ARGUMENTS) == 277


@pytest.mark.parametrize("argument", ARGUMENTS, ids=[one.name for one in ARGUMENTS])
def test_right_values_are_accepted_and_others_refused_with_the_given_value(argument: Argument) -> None:
    taken, not_said = set(), set()
    for name, value in VALUES.items():
        try:
            argument.use(value)
        except SupportcoreError as error:
            if value and name != "the first year" and not any(text in str(error) for text in texts_of(value)):
                not_said.add((argument.name, name))
        else:
            taken.add(name)
    assert taken == argument.right
    assert not_said == {one for one in NOT_SAID if one[0] == argument.name}


def texts_of(value: Any) -> Iterator[str]:
    """How a text may say a value, or a part of it; a long one it may cut short."""
    yield from (str(value)[:60], repr(value)[:60])
    if isinstance(value, type):
        yield value.__name__
    elif isinstance(value, (Mapping, list, tuple, set)):
        for part in (*value, *(value.values() if isinstance(value, Mapping) else ())):
            yield from texts_of(part)
