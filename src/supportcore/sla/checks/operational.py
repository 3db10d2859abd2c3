"""Prove that an operational agreement fits inside the customer's agreement for all facts (SLA-11)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from attrs import evolve

from supportcore.calendars import By, EndOfWorkingDay, WorkingDays
from supportcore.domains import Choice
from supportcore.errors import DefinitionError, nearest
from supportcore.findings import Finding
from supportcore.instants import micros
from supportcore.mappings import FrozenMapping
from supportcore.rules import DecisionTable, Rule
from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.agreement.terms import Terms
from supportcore.wording import Names, Part, Phrase, near_phrase

if TYPE_CHECKING:
    from supportcore.rules import OutcomeChange

# Hit policies that decide an output independently of the other outputs.
APART = ("first", "unique", "any")
INNER, OUTER = "inner ", "outer "
# Day forms of one type compare by their number of days.
FORMS = (WorkingDays, EndOfWorkingDay, By)

Verdict = Literal["fits", "outlasts", "open"]


def outer_findings(agreements: Mapping[str, Agreement]) -> tuple[Finding, ...]:
    """Return a finding for each agreement whose outer agreement is unknown, is itself, or has none of its metrics.

    The findings are errors with the code `sla.unknown-outer` (SLA-11). Raises `DefinitionError` unless `agreements`
    maps names to agreements.
    """
    given: object = agreements
    if not isinstance(given, Mapping) or not all(isinstance(agreement, Agreement) for agreement in given.values()):
        raise DefinitionError(f"`agreements` is `{agreements}`; expected a mapping of names to agreements")
    found: list[Finding] = []
    parts: dict[str, Part]
    for name, agreement in agreements.items():
        outer = agreement.inside
        own = [metric.name for metric in agreement.metrics]
        if not outer:
            continue
        if outer not in agreements:
            near = near_phrase(nearest(outer, agreements))
            variant, parts = "missing", {"outer": outer, "known": Names(agreements), "near": near}
        elif outer == name:
            variant, parts = "itself", {}
        elif not any(metric.name in own for metric in agreements[outer].metrics):
            variant, parts = "apart", {"outer": outer, "known": Names(own)}
        else:
            continue
        path = f"agreements.{name}.inside"
        found.append(Finding("sla.unknown-outer", "error", path, {"agreement": name, **parts}, variant=variant))
    return tuple(found)


def operational_findings(inner: Agreement, outer: Agreement) -> tuple[Finding, ...]:
    """Compare each promise of an inner agreement with the outer promise, for all facts; return the findings (SLA-11).

    An inner promise no larger than the outer one always fits if both clocks start and pause together and keep their
    terms. If a level gets a ticket late, or its terms change differently, its clock may still outlast the outer clock;
    `Clocks.findings` reports this for a ticket. `sla.level-outlasts`, an error: for some facts the inner promise is
    larger. `sla.level-not-proven`, a note: the promises cannot be compared. `check.proved`: the inner promise is never
    larger. Raises `DefinitionError` unless both are agreements.

    >>> from datetime import timedelta
    >>> from supportcore.calendars import always_open
    >>> from supportcore.sla import Target, resolution
    >>> def of(name, hours):
    ...     promises = {"it": Target(timedelta(hours=hours))}
    ...     return Agreement(name, always_open("UTC"), resolution(), targets={"resolution": "it"}, promises=promises)
    >>> (finding,) = operational_findings(of("ola", 5), of("sla", 4))
    >>> finding.code, finding.message
    ('sla.level-outlasts', '`it` of agreement `ola` is more than `it` of agreement `sla`, for all facts')
    """
    for given in (inner, outer):
        if not isinstance(given, Agreement):
            raise DefinitionError(f"`{given}` is not an agreement; expected `Agreement(…)`")
    others = [metric.name for metric in outer.metrics]
    return tuple(
        finding
        for metric in inner.metrics
        if metric.name in others
        for finding in _metric_findings(inner, outer, metric.name)
    )


def _metric_findings(inner: Agreement, outer: Agreement, metric: str) -> Iterator[Finding]:
    from supportcore.rules import diff_tables  # clocks load faster without it

    path = f"agreements.{inner.name}.{metric}"
    both = {"metric": metric, "inner": inner.name, "outer": outer.name}
    if not inner.promises_for(metric) or not outer.promises_for(metric):
        return
    for agreement in (inner, outer):
        if isinstance(agreement.targets, DecisionTable) and agreement.targets.hit not in APART:
            policy = {"agreement": agreement.name, "hit": agreement.targets.hit}
            yield Finding("sla.level-not-proven", "note", path, {**both, **policy}, variant="hit-policy")
            return
    try:
        changes = diff_tables(_choices(inner, metric, INNER), _choices(outer, metric, OUTER)).changes
    except DefinitionError:
        differing = Names(_differing(inner, outer))
        yield Finding("sla.level-not-proven", "note", path, {**both, "facts": differing}, variant="tables")
        return
    against = False
    for change in changes:
        pair = _terms(change, inner, outer, metric)
        verdict = "fits" if pair is None else _verdict(*pair)
        if pair is None or verdict == "fits":
            continue
        against = True
        own, other = pair
        parts: dict[str, Part] = {
            "inner": own.agreement,
            "inner_promise": own.promise,
            "outer": other.agreement,
            "outer_promise": other.promise,
            "facts": _facts(change),
        }
        if verdict == "outlasts":
            yield Finding("sla.level-outlasts", "error", path, parts, variant="promise", witness=change.witnesses)
        else:
            yield Finding("sla.level-not-proven", "note", path, parts)
    if not against:
        yield Finding("check.proved", "note", path, both, variant="levels")


def _choices(agreement: Agreement, metric: str, side: str) -> DecisionTable:
    """Return the table of targets for one metric, each promise prefixed with its side."""
    targets, choice = agreement.targets, Choice(metric, [side + promise for promise in agreement.promises])
    if not isinstance(targets, DecisionTable):
        rule = Rule({}, {metric: side + targets[metric]})
        return DecisionTable(name=agreement.name, hit="first", inputs=[], outputs=[choice], rules=[rule])
    return DecisionTable(
        name=agreement.name,
        hit=targets.hit,
        inputs=targets.inputs,
        outputs=[choice],
        rules=[evolve(rule, then=FrozenMapping({metric: side + str(rule.then[metric])})) for rule in targets.rules],
        default=None if targets.default is None else {metric: side + str(targets.default[metric])},
    )


def _differing(inner: Agreement, outer: Agreement) -> list[str]:
    """Return the facts of both tables of targets that have different domains."""
    tables = (agreement.targets for agreement in (inner, outer))
    own, other = ({domain.name: domain for domain in getattr(table, "inputs", ())} for table in tables)
    return [name for name, domain in own.items() if name in other and other[name] != domain]


def _terms(change: "OutcomeChange", inner: Agreement, outer: Agreement, metric: str) -> tuple[Terms, Terms] | None:
    """Return the terms of both agreements for the facts of a change; `None` if one of them has no outcome there."""
    if not isinstance(change.before, Mapping) or not isinstance(change.after, Mapping):
        return None
    own, other = (str(outcome[metric]) for outcome in (change.before, change.after))
    return inner.terms[own.removeprefix(INNER)], outer.terms[other.removeprefix(OUTER)]


def _facts(change: "OutcomeChange") -> Phrase:
    """Return the facts of a change as a phrase: the first region, and the number of other regions."""
    first, *others = change.regions
    if not first:
        return Phrase("facts.all")
    region = ", ".join(f"{fact} {cell}" for fact, cell in first.items())
    if not others:
        return Phrase("facts.region", {"region": region})
    if len(others) == 1:
        return Phrase("facts.region-and-one", {"region": region})
    return Phrase("facts.region-and-more", {"region": region, "count": len(others)})


def _verdict(inner: Terms, outer: Terms) -> Verdict:
    """Return whether the inner clock is never due after the outer one if both begin together."""
    if (inner.amount is None and inner.aim is None) or (outer.amount is None and outer.aim is None):
        return "fits"
    own, other = inner.aim, outer.aim
    if isinstance(own, datetime) and isinstance(other, datetime):
        return "fits" if micros(own) <= micros(other) else "outlasts"
    if own is not None and own == other:
        return "fits" if inner.calendar == outer.calendar or not inner.moves else "open"
    if inner.calendar != outer.calendar:
        return "open"
    if inner.amount is not None and outer.amount is not None:
        return "fits" if inner.amount <= outer.amount else "outlasts"
    if isinstance(own, FORMS) and isinstance(other, FORMS) and evolve(own, days=0) == evolve(other, days=0):
        return "fits" if own.days <= other.days else "outlasts"
    return "open"
