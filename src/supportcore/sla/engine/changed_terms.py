"""Changes of terms of a running cycle, by its policy and within bounds (SLA-9).

Instants and durations are integers of microseconds.
"""

from attrs import evolve

from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.agreement.basis import Basis, Counting
from supportcore.sla.agreement.policies import ChangePolicy, Policy
from supportcore.sla.causes import Cause
from supportcore.sla.engine.clock_run import ClockRun
from supportcore.sla.engine.running_cycle import Projection, RunningCycle


def change_terms(run: ClockRun, at: int, agreement: Agreement, chosen: Basis, cause: Cause, attached: bool) -> None:
    """Change the terms of a clock from an instant on; `attached` if its agreement begins to apply then (SLA-9).

    `agreement` is the edition whose scale of priorities and policies decide what the running cycle does.
    """
    old, run.chosen = run.chosen, chosen
    cycle = run.cycle
    if cycle is None or chosen is old or (old.priority == chosen.priority and old.terms.same_as(chosen.terms)):
        return
    present = cycle.projected(at, cycle.elapsed(at), cycle.basis)
    if present.reached is not None and present.reached < at:
        return
    if old.priority is not None and old.priority != chosen.priority:
        cycle.under_priority[old.priority] = present
    if chosen.terms.same_as(cycle.basis.terms):
        return
    direction = 0 if attached else agreement.direction(old.priority, chosen.priority)
    bound = direction
    if not attached and not direction:
        retroactive = _candidate(cycle, "retroactive", present, chosen, cause)
        bound = 1 if _moved(present, retroactive) < 0 else -1
    policy = _policy(run.metric.change or agreement.change, bound)
    if policy == "keep":
        return
    candidate = _candidate(cycle, policy, present, chosen, cause)
    moved = _moved(present, candidate)
    basis = candidate.basis
    earlier = cycle.under_priority.get(chosen.priority) if direction > 0 and chosen.priority is not None else None
    if earlier is not None and candidate.due > earlier.due:  # an earlier promise caps the new target
        cut = candidate.elapsed + max(0, basis.hours.between(at, earlier.due))
        if basis.allowed is None or cut < basis.allowed:  # a used-up target is not lengthened
            basis = evolve(basis, allowed=cut, instant=None)
            moved = earlier.due - present.due
    if bound * moved > 0:
        return
    if policy == "restart":
        run.end(cycle, at, cause)
        run.begin(at, cause, cycle.chain, basis)
    else:
        cycle.measure(at, candidate.elapsed, evolve(basis, cause=cause))


def _policy(policies: ChangePolicy, direction: int) -> Policy:
    if direction:
        return policies.raised if direction > 0 else policies.lowered
    return policies.attached


def _candidate(cycle: RunningCycle, policy: Policy, present: Projection, chosen: Basis, cause: Cause) -> Projection:
    """Return the projection of a cycle under a policy."""
    at, used = present.at, present.elapsed
    if policy == "restart":
        return Projection(None, chosen.begun(at), at, 0)
    if policy == "retroactive":
        elapsed = cycle.carried + cycle.recount(at, chosen.terms)
        return cycle.projected(at, elapsed, chosen.begun(cycle.start))
    counted = Counting(at, chosen.terms, cause, cycle.basis.counting)
    basis = evolve(chosen.begun(at), counted=counted)
    if policy == "carry_fraction":
        basis = _with_share_left(basis, present)
    return cycle.projected(at, used, basis)


def _with_share_left(basis: Basis, present: Projection) -> Basis:
    """Return a basis whose remaining share of the target is that of the old target, rounded up (SLA-9).

    `allowed = elapsed + (1 − elapsed/old) · new`. Without an old target, the whole new target remains; a date has no
    share and is unchanged.
    """
    if not basis.promises or not basis.terms.moves:
        return basis
    at, used, old = present.at, present.elapsed, present.basis
    new = basis.allowed
    if basis.instant is not None:
        new = basis.hours.between(at, basis.instant)
    assert new is not None, "a target that moves is an amount or a day form"
    old_allowed = old.allowed
    if old.instant is not None:
        old_allowed = used + old.hours.between(at, old.due_with(at, used))
    left = new
    if old_allowed is not None:
        left = -(-(old_allowed - used) * new // old_allowed) if old_allowed > 0 else 0
    return evolve(basis, allowed=used + left, instant=None)


def _moved(present: Projection, candidate: Projection) -> int:
    """Return a positive number if the candidate is due later than at present, a negative one if earlier."""
    old, new = present.basis, candidate.basis
    if (
        new.terms.calendar is old.terms.calendar
        and present.reached is None
        and old.allowed is not None
        and new.allowed is not None
        and candidate.elapsed < new.allowed
    ):  # on one calendar, more time left is due later (CAL-5), even if too few hours follow
        return (new.allowed - candidate.elapsed) - (old.allowed - present.elapsed)
    return candidate.due - present.due
