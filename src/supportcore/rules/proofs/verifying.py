"""Proving a table: gaps, contradictions, rules without effect, declared orders (RUL-6, RUL-7)."""

from collections.abc import Iterator
from fractions import Fraction

from supportcore.domains import Choice, Flag, Scale, Value
from supportcore.findings import Finding
from supportcore.rules.decisions import LISTS
from supportcore.rules.proofs.comparing import corner, side_of
from supportcore.rules.proofs.monotone import Order, OrderProof, orders_of, prove_order
from supportcore.rules.proofs.overlaps import find_conflicts, find_overlaps, find_unneeded
from supportcore.rules.proofs.parts import FactsPart, Values, counted_finding, inputs_part
from supportcore.rules.proofs.regions import count_of, region_of, witness_of
from supportcore.rules.proofs.search import MOST_STEPS, SearchResult, StepBudget, find_gaps
from supportcore.rules.proofs.space import SearchSpace
from supportcore.rules.tables import DecisionTable, require_table
from supportcore.wording import Part, Phrase

MOST_REGIONS = 1000


def verify(table: DecisionTable, *, steps: int = MOST_STEPS) -> tuple[Finding, ...]:
    """Return the findings against a table, each proved, and notes on what it leaves to its hit policy and default.

    A finding about inputs has a witness, its region in the words of the cells, and the exact number of inputs where
    that is finite. A proof that needs more than `steps` returns `rules.not-proven` with the shares that it examined.

    >>> from supportcore.domains import Flag, Scale
    >>> from supportcore.rules import Rule
    >>> table = DecisionTable(name="priority", inputs=[Scale("impact", ["low", "high"]), Flag("workaround")],
    ...     outputs=[Scale("priority", ["minor", "major"])],
    ...     rules=[Rule({"impact": "high"}, {"priority": "major"})])
    >>> for finding in verify(table):
    ...     print(finding)
    error rules.gap at priority: no rule fits: impact low (2 inputs)
    warning rules.unreachable at priority, column priority: no rule gives priority minor
    """
    require_table(table)
    space = SearchSpace.of_table(table)
    overlaps = find_overlaps(space)
    gaps = find_gaps(space, overlaps, StepBudget(steps))
    side = side_of(table)
    against = tuple(find_conflicts(side, space, overlaps))
    unneeded = find_unneeded(side, space, overlaps, StepBudget(steps))
    findings = [*_gap_findings(table, space, gaps, steps), *against, *unneeded.findings]
    findings.extend(
        Finding("rules.not-proven", "warning", table.name, {"rule": rule, "steps": steps}, variant="rule")
        for rule in unneeded.unproven
    )
    findings.extend(_unreachable(table, {finding.path for finding in unneeded.findings}, gaps))
    holes = bool(gaps.boxes and _undecided_without_rule(table)) or any(found.severity == "error" for found in against)
    given = [rule.then for rule in table.rules] + ([] if table.default is None else [table.default])
    for order in orders_of(table):
        proof = prove_order(side, space, order, StepBudget(steps))
        incomplete = any(order.output not in outcome for outcome in given)
        findings.extend(_order_findings(table, order, proof, holes or incomplete, steps))
    return tuple(findings)


def _gap_findings(table: DecisionTable, space: SearchSpace, gaps: SearchResult, steps: int) -> Iterator[Finding]:
    columns = space.columns
    regions = sorted(map(space.in_pieces, gaps.boxes), key=corner)
    if _undecided_without_rule(table):
        for box in regions[:MOST_REGIONS]:
            region, count = region_of(columns, box), count_of(columns, box)
            yield counted_finding(
                "rules.gap",
                "error",
                table.name,
                region=region,
                witness=(witness_of(columns, box),),
                count=count,
                where=region,
                inputs=inputs_part(count),
            )
        if len(regions) > MOST_REGIONS:
            left = regions[MOST_REGIONS:]
            listed = sum(count_of(columns, box) or 0 for box in regions[:MOST_REGIONS])
            total = sum(map(space.weight, gaps.boxes)) - listed if space.countable else None
            yield counted_finding(
                "rules.gap",
                "error",
                table.name,
                "more",
                witness=(witness_of(columns, left[0]),),
                count=total,
                regions=len(left),
                inputs=inputs_part(total),
            )
    elif regions:
        counts = [count_of(columns, box) for box in regions]
        total = None if None in counts else sum(count for count in counts if count is not None)
        variant = "empty" if table.default is None else "rest"
        if table.aggregate == "count":
            variant = "count"
        first = region_of(columns, regions[0])
        yield counted_finding(
            "rules.gap",
            "note",
            table.name,
            variant,
            region=first,
            witness=[witness_of(columns, box) for box in regions],
            count=total,
            where=first,
            inputs=inputs_part(total),
        )
    if table.default is not None and (table.aggregate == "count" or (gaps.complete and not regions)):
        variant = "count" if table.aggregate == "count" else ""
        yield Finding("rules.default", "warning", f"{table.name}, default", variant=variant)
    if not gaps.complete:
        total = space.weight(space.whole)
        inside = sum(map(space.weight, gaps.boxes))
        parts: dict[str, Part] = {
            "steps": steps,
            "of": Phrase("rules.not-proven.inputs" if space.countable else "rules.not-proven.cells"),
            "gaps": _share(inside, total),
            "covered": _share(total - inside - gaps.unexamined, total),
            "unseen": _share(gaps.unexamined, total),
        }
        yield Finding("rules.not-proven", "warning", table.name, parts, variant="gaps")


def _undecided_without_rule(table: DecisionTable) -> bool:
    """Return whether `decide` raises an error if no rule fits (RUL-4); lists are empty then, and a count is 0."""
    lists = table.hit in LISTS and table.aggregate is None
    return table.default is None and not lists and table.aggregate != "count"


def _share(part: int, total: int) -> str:
    share = Fraction(part, total)
    return f"{share.numerator}/{share.denominator}" if share.denominator != 1 else str(share.numerator)


def _unreachable(table: DecisionTable, dead: set[str], gaps: SearchResult) -> Iterator[Finding]:
    """Return the members of the outputs that no rule and no default gives."""
    if table.aggregate in ("count", "sum"):
        return
    outcomes = [rule.then for rule in table.rules if f"{table.name}, rule {rule.id}" not in dead]
    if table.default is not None and (gaps.boxes or not gaps.complete):
        outcomes.append(table.default)
    for output in table.outputs:
        members: tuple[Value, ...] = ()
        if isinstance(output, (Scale, Choice)):
            members = output.members
        elif isinstance(output, Flag):
            members = (False, True)
        given = {outcome.get(output.name) for outcome in outcomes}
        never = tuple(member for member in members if member not in given)
        if never:
            path = f"{table.name}, column {output.name}"
            parts: dict[str, Part] = {"column": output.name, "members": Values(output, never)}
            yield Finding("rules.unreachable", "warning", path, parts)


def _order_findings(
    table: DecisionTable, order: Order, proof: OrderProof, holes: bool, steps: int
) -> Iterator[Finding]:
    path = f"{table.name}, column {order.output}"
    steadily = Phrase(
        "rules.never-falls" if order.rising else "rules.never-rises",
        {"column": order.output, "input": order.input},
    )
    for rules, step in proof.waived.items():
        waiver = next(waiver for waiver in table.waivers if (waiver.rules, waiver.input) == (rules, order.input))
        parts: dict[str, Part] = {
            "steadily": steadily,
            "rules": ", ".join(rules),
            "because": waiver.because,
            "lower": FactsPart(step.lower, table.inputs),
            "upper": FactsPart(step.upper, table.inputs),
        }
        yield Finding("rules.waived", "note", path, parts, witness=(step.lower, step.upper))
    if proof.refuted is not None:
        step = proof.refuted
        output = next(domain for domain in table.outputs if domain.name == order.output)
        before, after = (Values(output, (value,)) for value in step.values)
        parts = {
            "column": order.output,
            "input": order.input,
            "before": before,
            "after": after,
            "lower": FactsPart(step.lower, table.inputs),
            "upper": FactsPart(step.upper, table.inputs),
        }
        variant = "falls" if order.rising else "rises"
        yield Finding("rules.monotone", "error", path, parts, variant=variant, witness=(step.lower, step.upper))
    elif not proof.complete:
        parts = {"steps": steps, "steadily": steadily}
        yield Finding("rules.not-proven", "warning", table.name, parts, variant="order")
    if holes:
        yield Finding("rules.not-proven", "warning", path, {"steadily": steadily}, variant="holes")
