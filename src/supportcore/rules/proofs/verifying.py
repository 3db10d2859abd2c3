"""Proving a table: no gap, no contradiction, no rule in vain, no lower priority for a worse fault (RUL-6, RUL-7)."""

from collections.abc import Iterator
from fractions import Fraction

from supportcore.domains import Choice, Flag, Scale, Value
from supportcore.findings import Finding
from supportcore.rules.compiler.building import LISTS, outcome_shown
from supportcore.rules.proofs.monotone import Order, Walk, orders_of, prove_order
from supportcore.rules.proofs.overlaps import conflicts, fill_everything, idle_rules, rivals_of
from supportcore.rules.proofs.regions import count_of, facts_words, region_words, spelled, witness_of
from supportcore.rules.proofs.search import MOST_STEPS, Budget, Found, Space, joined, uncovered
from supportcore.rules.tables import DecisionTable, must_be_table

MOST_REGIONS = 1000


def verify(table: DecisionTable, *, steps: int = MOST_STEPS) -> tuple[Finding, ...]:
    """Everything that can be proved against a table; nothing where it is complete, without contradiction and in order.

    A finding about certain inputs has a witness, its region in the words of the cells and, where it is finite, the
    region's exact size. A proof that needs more than `steps` says `rules.not-proven` and how much it has seen.

    >>> from supportcore.domains import Flag, Scale
    >>> from supportcore.rules import Rule
    >>> table = DecisionTable(name="priority", inputs=[Scale("impact", ["low", "high"]), Flag("workaround")],
    ...     outputs=[Scale("priority", ["minor", "major"])],
    ...     rules=[Rule({"impact": "high"}, {"priority": "major"})])
    >>> for finding in verify(table):
    ...     print(finding)
    error rules.gap at priority: no rule fits impact low (2 inputs)
    warning rules.unreachable at priority, column priority: no rule answers `minor`
    """
    must_be_table(table)
    space = Space.of(table.compiled.columns)
    rivals = rivals_of(table, space)
    gaps = Found(())
    if any(rivals) or not fill_everything(table, space):
        gaps = uncovered(space, (1 << len(table.rules)) - 1, Budget(steps))
    against = tuple(conflicts(table, space, rivals))
    idle = idle_rules(table, space, rivals, Budget(steps))
    findings = [*_gap_findings(table, space, gaps, steps), *against, *idle.findings]
    findings.extend(_not_proven(table, f"whether rule `{rule}` is ever needed", steps) for rule in idle.unproven)
    findings.extend(_unreachable(table, {finding.path for finding in idle.findings}, gaps))
    holes = bool(gaps.boxes and _undecided_without_rule(table)) or any(one.severity == "error" for one in against)
    given = [rule.then for rule in table.rules] + ([] if table.default is None else [table.default])
    for order in orders_of(table):
        walk = prove_order(table, table.compiled, order, Budget(steps))
        unsaid = any(order.output not in outcome for outcome in given)
        findings.extend(_order_findings(table, order, walk, holes or unsaid, steps))
    return tuple(findings)


def _gap_findings(table: DecisionTable, space: Space, gaps: Found, steps: int) -> Iterator[Finding]:
    columns = space.columns
    # Where the proof did not come to its end its many small boxes are not worth the effort of joining them.
    boxes = joined(gaps.boxes) if gaps.complete else gaps.boxes
    regions = sorted(boxes, key=lambda box: [pieces & -pieces for pieces in box])
    if _undecided_without_rule(table):
        for box in regions[:MOST_REGIONS]:
            region, count = spelled(columns, box), count_of(columns, box)
            inputs = "" if count is None else f" ({count:,} input{'' if count == 1 else 's'})"
            message = f"no rule fits {region_words(region)}{inputs}"
            yield Finding("rules.gap", "error", table.name, message, (witness_of(columns, box),), region, count)
        if len(regions) > MOST_REGIONS:
            left = regions[MOST_REGIONS:]
            told = sum(count_of(columns, box) or 0 for box in regions[:MOST_REGIONS])
            total = sum(map(space.weight, gaps.ranges)) - told if space.countable else None
            inputs = "" if total is None else f" ({total:,} inputs)"
            message = f"no rule fits {len(left):,} more region{'' if len(left) == 1 else 's'}{inputs}"
            yield Finding("rules.gap", "error", table.name, message, (witness_of(columns, left[0]),), None, total)
    elif regions:
        counts = [count_of(columns, box) for box in regions]
        total = None if None in counts else sum(count for count in counts if count is not None)
        inputs = "" if total is None else f", {total:,} input{'' if total == 1 else 's'}"
        does = "the answer is empty" if table.default is None else "the default answers"
        if table.aggregate == "count":
            does = "the count is 0"
        message = (
            f"{does} in {len(regions)} region{'' if len(regions) == 1 else 's'}{inputs}; "
            f"the first is {region_words(spelled(columns, regions[0]))}"
        )
        witness = tuple(witness_of(columns, box) for box in regions)
        yield Finding("rules.gap", "note", table.name, message, witness, spelled(columns, regions[0]), total)
    if table.default is not None and (table.aggregate == "count" or (gaps.complete and not regions)):
        why = "where no rule fits the count is 0" if table.aggregate == "count" else "the rules cover everything"
        message = f"the default ({outcome_shown(table.default)}) is never used; {why}"
        yield Finding("rules.default", "warning", f"{table.name}, default", message)
    if not gaps.complete:
        total = space.weight(space.whole())
        inside = sum(space.weight(ranges) for ranges in gaps.ranges)
        seen = total - inside - gaps.unexamined
        of = "inputs" if space.countable else "elementary cells"
        shares = ", ".join(
            f"{_share(part, total)} {what}"
            for part, what in ((inside, "in gaps"), (seen, "covered"), (gaps.unexamined, "not examined"))
        )
        message = f"whether every input has a rule is not proven within {steps:,} steps: of the {of} {shares}"
        yield Finding("rules.not-proven", "warning", table.name, message)


def _undecided_without_rule(table: DecisionTable) -> bool:
    """Whether `decide` has no answer where no rule fits (RUL-4): lists are empty then, and a count is 0."""
    lists = table.hit in LISTS and table.aggregate is None
    return table.default is None and not lists and table.aggregate != "count"


def _share(part: int, total: int) -> str:
    share = Fraction(part, total)
    return f"{share.numerator}/{share.denominator}" if share.denominator != 1 else str(share.numerator)


def _not_proven(table: DecisionTable, what: str, steps: int) -> Finding:
    return Finding("rules.not-proven", "warning", table.name, f"{what} is not proven within {steps:,} steps")


def _unreachable(table: DecisionTable, dead: set[str], gaps: Found) -> Iterator[Finding]:
    """Members of the outputs that nothing answers."""
    if table.aggregate in ("count", "sum"):
        return
    answers = [rule.then for rule in table.rules if f"{table.name}, rule {rule.id}" not in dead]
    if table.default is not None and (gaps.boxes or not gaps.complete):
        answers.append(table.default)
    for output in table.outputs:
        members: tuple[Value, ...] = ()
        if isinstance(output, (Scale, Choice)):
            members = output.members
        elif isinstance(output, Flag):
            members = (False, True)
        given = {answer.get(output.name) for answer in answers}
        never = [output.show(member) for member in members if member not in given]
        if never:
            message = f"no rule answers {', '.join(f'`{member}`' for member in never)}"
            yield Finding("rules.unreachable", "warning", f"{table.name}, column {output.name}", message)


def _order_findings(table: DecisionTable, order: Order, walk: Walk, holes: bool, steps: int) -> Iterator[Finding]:
    path = f"{table.name}, column {order.output}"
    says = "never falls when" if order.rising else "never rises when"
    for rules, step in walk.waived.items():
        names = " and ".join(f"`{rule}`" for rule in rules)
        reason = next(one.because for one in table.waivers if one.rules == rules and one.input == order.input)
        message = f"`{order.output}` {says} `{order.input}` rises, but for rules {names}: {reason}"
        yield Finding("rules.waived", "note", path, message, (step.lower, step.upper))
    if walk.refuted is not None:
        step = walk.refuted
        output = next(domain for domain in table.outputs if domain.name == order.output)
        before, after = (output.show(value) for value in step.answers)
        does = "falls" if order.rising else "rises"
        message = (
            f"`{order.output}` {does} from {before} to {after} when `{order.input}` rises: "
            f"{facts_words(table.inputs, step.lower)} against {facts_words(table.inputs, step.upper)}"
        )
        yield Finding("rules.monotone", "error", path, message, (step.lower, step.upper))
    elif not walk.complete:
        yield _not_proven(table, f"that `{order.output}` {says} `{order.input}` rises", steps)
    if holes:
        message = f"that `{order.output}` {says} `{order.input}` rises is proven only where the rules give one answer"
        yield Finding("rules.not-proven", "warning", path, message)
