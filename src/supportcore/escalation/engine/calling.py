"""Whom a step calls at an instant, on which channel, and why (ESC-6)."""

from collections.abc import Sequence

from supportcore.escalation.engine.rounds import Round
from supportcore.escalation.ladders import After, Step
from supportcore.escalation.plans import Reason, StepMark
from supportcore.escalation.recipients import Targets
from supportcore.instants import span_of

Call = tuple[str, str]
"""A person and the channel on which to reach them."""


def whom(targets: Targets, round_: Round, mark: StepMark, step: Step, now: int) -> tuple[Sequence[Call], Reason | None]:
    """Whom a step tells in a round, each with the channel, or why nobody.

    A page to a target that the round has not paged yet takes only people whom it has not paged yet: those on the duty,
    else the next in turn.
    """
    on_duty = targets.at(step.to, now)
    round_.on_duty[mark] = on_duty.people
    if not on_duty.people:
        unbound = step.to in targets.roles
        return (), Reason("unbound role" if unbound else on_duty.state)
    there = reachable(targets, on_duty.people, step.channel)
    if not there:
        return (), Reason("no channel", {"people": on_duty.people, "channel": step.channel})
    if step.effect == "inform" or step.to in round_.targets_paged:
        return there, None
    paged = {person for _, person in round_.people_paged}
    fresh = [call for call in there if call[0] not in paged]
    if not fresh:
        others = [person for person in targets.in_turn(step.to, now) if person not in paged]
        fresh = reachable(targets, others, step.channel)[:1]
    return fresh, None if fresh else Reason("already paged", {"people": on_duty.people})


def reachable(targets: Targets, people: Sequence[str], channel: str | None) -> list[Call]:
    """Those of the people who have the channel, or any channel where none is asked for."""
    found = ((name, targets.people[name].channel_for(channel)) for name in people)
    return [(name, own) for name, own in found if own is not None]


def reason_of(step: Step, round_: Round, now: int) -> Reason:
    """Why a step runs at an instant, where nothing moved it."""
    if not isinstance(step.when, After):
        return Reason("percent", {"clock": step.when.clock, "share": step.when.share})
    if step.when.elapsed:
        return Reason("after", {"after": span_of(now - round_.start)})
    return Reason("working time", {"after": step.when.amount})
