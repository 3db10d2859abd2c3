"""Prove that the steps after the table of priorities keep the orders of the table (PRI-3, RUL-7)."""

from collections.abc import Iterable, Iterator

from attrs import evolve

from supportcore.findings import Finding
from supportcore.priority import PriorityPolicy, PriorityStep
from supportcore.rules.proofs.parts import Values
from supportcore.wording import Joined, Names, Part, Phrase


def with_steps(policy: PriorityPolicy, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings about the table, without priorities that no rule decides but a step reaches."""
    reached = {policy.scale.members[rank] for rank in _reached(policy, found)[-1]}
    never = tuple(member for member in policy.scale.members if member not in reached)
    kept = []
    for finding in found:
        if finding.code != "rules.unreachable":
            kept.append(finding)
        elif never:
            parts: dict[str, Part] = {"column": policy.scale.name, "members": Values(policy.scale, never)}
            kept.append(evolve(finding, parts=parts, variant="steps"))
    return tuple(kept)


def step_findings(policy: PriorityPolicy, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Check the steps of a policy, given the findings about its table.

    - `priority.idle-step`: a step never raises any priority.
    - `priority.step-order`: a step depends on a fact along which the table promises an order, and may break it.
    - `check.proved`: neither applies to any step.
    """
    against: list[Finding] = []
    for step, before in zip(policy.steps, _reached(policy, found), strict=False):
        path = f"{policy.table.name}, step {step.name}"
        if all(rank >= policy.scale.rank(step.at_most) for rank in before):
            against.append(Finding("priority.idle-step", "warning", path, {"bound": step.at_most}))
        against += _broken(policy, step, path)
    if against or not policy.steps:
        return tuple(against)
    parts: dict[str, Part] = {"steps": Names(step.name for step in policy.steps), "orders": Joined(_orders(policy), "")}
    return (Finding("check.proved", "note", f"{policy.table.name}, steps", parts, variant="steps"),)


def _broken(policy: PriorityPolicy, step: PriorityStep, path: str) -> Iterator[Finding]:
    """Yield the orders of the table that a step may break: it applies to some values of a fact, but not above them."""
    for direction, declared, does in ((1, policy.table.rises, "falls"), (-1, policy.table.falls, "rises")):
        for output, facts in declared.items():
            if step.fact.name in facts and step.direction != direction:
                parts = {"output": output, "fact": step.fact.name}
                yield Finding("priority.step-order", "warning", path, parts, variant=does)


def _orders(policy: PriorityPolicy) -> Iterator[Phrase]:
    """Yield the orders of the steps themselves, along facts that are not inputs of the table."""
    of_table = {domain.name for domain in policy.table.inputs}
    directions: dict[str, set[int]] = {}
    for step in policy.steps:
        if step.fact.name not in of_table:
            directions.setdefault(step.fact.name, set()).add(step.direction)
    for direction, never in ((1, "order.never-falls"), (-1, "order.never-rises")):
        facts = [name for name, of_fact in directions.items() if of_fact == {direction}]
        if facts:
            yield Phrase(never, {"output": policy.scale.name, "facts": Names(facts)})


def _reached(policy: PriorityPolicy, found: Iterable[Finding]) -> list[set[int]]:
    """Return the ranks that are possible before each step, and after the last one."""
    codes = {(finding.code, finding.path) for finding in found}
    table, scale = policy.table, policy.scale
    outcomes = [rule.then for rule in table.rules if ("rules.dead", f"{table.name}, rule {rule.id}") not in codes]
    if table.default is not None and ("rules.default", f"{table.name}, default") not in codes:
        outcomes.append(table.default)
    reached = [{scale.rank(str(outcome[scale.name])) for outcome in outcomes}]
    for step in policy.steps:
        bound, before = scale.rank(step.at_most), reached[-1]
        reached.append(before | {min(rank + step.by, bound) for rank in before if rank < bound})
    return reached
