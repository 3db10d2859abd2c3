"""Whom a step notifies at an instant, on which channel, and why (ESC-6)."""

from collections.abc import Sequence

from attrs import frozen

from supportcore.escalation.engine.rounds import Round
from supportcore.escalation.ladders import After, Step
from supportcore.escalation.plans import Reason, StepMark
from supportcore.escalation.recipients import Recipients
from supportcore.instants import span_of


@frozen
class Contact:
    """A person, and the channel on which to notify them."""

    person: str
    channel: str


@frozen
class StepContacts:
    """The contacts of a step, or the reason why it has none."""

    contacts: Sequence[Contact]
    skipped: Reason | None = None


def contacts_of(recipients: Recipients, round_: Round, mark: StepMark, step: Step, now: int) -> StepContacts:
    """Return whom a step of a round notifies.

    A page to a recipient that the round has not paged yet takes only people whom the round has not paged yet: those on
    the duty, otherwise the next in turn.
    """
    on_duty = recipients.at(step.to, now)
    round_.on_duty[mark] = on_duty.people
    if not on_duty.people:
        return StepContacts((), Reason("unbound role" if step.to in recipients.roles else on_duty.state))
    found = reachable(recipients, on_duty.people, step.channel)
    if not found:
        return StepContacts((), Reason("no channel", {"people": on_duty.people, "channel": step.channel}))
    if step.effect == "inform" or step.to in round_.recipients_paged:
        return StepContacts(found)
    paged = {person for _, person in round_.people_paged}
    fresh = [contact for contact in found if contact.person not in paged]
    if not fresh:
        others = [person for person in recipients.in_turn(step.to, now) if person not in paged]
        fresh = reachable(recipients, others, step.channel)[:1]
    return StepContacts(fresh, None if fresh else Reason("already paged", {"people": on_duty.people}))


def reachable(recipients: Recipients, people: Sequence[str], channel: str | None) -> list[Contact]:
    """Return the people who have the channel; without a channel, those who have any."""
    found = ((name, recipients.people[name].channel_for(channel)) for name in people)
    return [Contact(name, own) for name, own in found if own is not None]


def reason_of(step: Step, round_: Round, now: int) -> Reason:
    """Return the reason for which a step that nothing moved runs."""
    if not isinstance(step.when, After):
        return Reason("percent", {"clock": step.when.clock, "share": step.when.share})
    if step.when.elapsed:
        return Reason("after", {"after": span_of(now - round_.start)})
    return Reason("working time", {"after": step.when.amount})
