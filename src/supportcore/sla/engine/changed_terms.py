"""What a running clock does when its terms change: the policy for it, bounded (SLA-9).

Instants and durations are integers of microseconds.
"""

from attrs import evolve

from supportcore.sla.agreement.policies import Policy
from supportcore.sla.agreement.terms import Chosen, Terms
from supportcore.sla.clock.causes import Because
from supportcore.sla.clock.timekeeping import Basis, Counting, basis_from, passing
from supportcore.sla.engine.clock_fold import Known, Run

# Later than every instant: when a target that is none falls due.
NEVER = 1 << 62


def follow(run: Run, t: int, chosen: Chosen, cause: Because, attached: bool) -> None:
    """Other terms from an instant on: the policy for it, bounded (SLA-9)."""
    old, run.chosen = run.chosen, chosen
    if chosen is old or (old.priority == chosen.priority and old.terms.same_as(chosen.terms)):
        return
    used = run.advance(t)
    fallen = run.fallen(t, used)
    if fallen is not None and fallen < t:
        return
    known = (fallen, run.basis, t, used)
    if old.priority is not None and old.priority != chosen.priority:
        run.held = {**(run.held or {}), old.priority: known}
    if chosen.terms.same_as(run.basis.terms):
        return
    direction = 0 if attached else run.agreement.direction(old.priority, chosen.priority)
    bound = direction
    if not attached and not direction:
        again = _candidate(run, "retroactive", t, used, chosen)
        bound = 1 if _moved(run, "retroactive", t, known, *again) < 0 else -1
    policy = _policy(run, bound)
    if policy == "keep":
        return
    elapsed, basis = _candidate(run, policy, t, used, chosen, cause)
    moved = _moved(run, policy, t, known, elapsed, basis)
    promised = _promised(run, chosen.priority) if direction > 0 else None
    if promised is not None and _due_after(run, policy, t, elapsed, basis) > promised:
        cut = elapsed + max(0, chosen.terms.calendar.compiled.between(t, promised))
        if basis.allowed is None or cut < basis.allowed:  # a target that is used up already is not lengthened
            basis = evolve(basis, allowed=cut, instant=None)
            moved = promised - _due(*known)
    if bound * moved > 0:
        return
    if policy == "restart":
        run.end(t, "stopped", "superseded", cause)
        run.begin(t, cause, run.begun[1], basis)
    else:
        run.measure(t, elapsed, evolve(basis, because=cause), run.origin is None)


def _policy(run: Run, direction: int) -> Policy:
    policies = run.metric.change or run.agreement.change
    if direction:
        return policies.raised if direction > 0 else policies.lowered
    return policies.attached


def _promised(run: Run, priority: str | None) -> int | None:
    """When it was to be due while it last had this priority, none where it never had it."""
    known = run.held.get(priority) if run.held and priority is not None else None
    return None if known is None else _due(*known)


def _candidate(
    run: Run, policy: Policy, t: int, used: int, chosen: Chosen, cause: Because | None = None
) -> tuple[int, Basis]:
    """What a policy would make of the cycle: what has elapsed, and what it is measured by."""
    if policy == "restart":
        return 0, basis_from(chosen, t)
    if policy == "retroactive":
        _, _, _, start, carried, _, _ = run.begun
        return carried + _recounted(run, t, chosen.terms), basis_from(chosen, start, carried)
    counting = Counting(t, chosen.terms, cause, run.basis.counting)
    basis = evolve(basis_from(chosen, t, used), counting=counting)
    return used, _share_left(run, t, used, basis) if policy == "carry_fraction" else basis


def _share_left(run: Run, t: int, used: int, basis: Basis) -> Basis:
    """The share of the new target that was left of the old: `(1 − elapsed/old) · new`, rounded up (SLA-9).

    Without an old target all of it is left; a date has no share and stays as it is.
    """
    if not basis.promises or not basis.terms.moves:
        return basis
    new = basis.allowed
    if basis.instant is not None:
        new = basis.hours.between(t, basis.instant)
    assert new is not None, "a target that moves is an amount or a day form"
    old = run.basis.allowed
    if run.basis.instant is not None:
        old = used + run.hours.between(t, run.basis.due_with(t, used))
    left = new
    if old is not None:
        left = -(-(old - used) * new // old) if old > 0 else 0
    return evolve(basis, allowed=used + left, instant=None)


def _moved(run: Run, policy: Policy, t: int, known: Known, elapsed: int, basis: Basis) -> int:
    """Whether due would come later, above 0, or earlier, below 0, than it is now."""
    fallen, present, _, used = known
    new, old = basis.allowed, present.allowed
    same_hours = basis.terms.calendar is present.terms.calendar
    if same_hours and fallen is None and old is not None and new is not None and elapsed < new:
        return (new - elapsed) - (old - used)  # on one calendar more time left is due later (CAL-5)
    return _due_after(run, policy, t, elapsed, basis) - _due(*known)


def _due_after(run: Run, policy: Policy, t: int, elapsed: int, basis: Basis) -> int:
    """When it is due under what a policy would make of it."""
    if policy == "restart":
        return _due(None, basis, t, 0)
    if basis.allowed is not None and elapsed > basis.allowed:
        return t - 1  # reached some time before: no comparison asks when
    reached = None
    if basis.instant is not None or elapsed == basis.allowed:
        reached, _ = passing(run.marks, basis, run.begun[4], t)
    return _due(reached, basis, t, elapsed)


def _recounted(run: Run, t: int, terms: Terms) -> int:
    """The time counted since the cycle's start on another calendar; each stretch is counted once per calendar."""
    hours, marks = terms.calendar.compiled, run.marks
    if run.sums is None:
        run.sums = {}
    place, total = run.sums.get(id(terms.calendar), (0, 0))
    while place < len(marks) - 1:
        if not marks[place][1]:
            total += hours.between(marks[place][0], marks[place + 1][0])
        place += 1
    run.sums[id(terms.calendar)] = (place, total)
    return total if marks[-1][1] else total + hours.between(marks[-1][0], t)


def _due(fallen: int | None, basis: Basis, t: int, elapsed: int) -> int:
    """When a cycle is due by what was known at an instant, or would be if it ran on then, where it was paused."""
    if fallen is not None:
        return fallen
    if basis.allowed is not None:
        return basis.hours.add(t, basis.allowed - elapsed)
    return NEVER if basis.instant is None else basis.due_with(t, elapsed)
