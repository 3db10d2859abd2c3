"""Whether ladders can reach their recipients: bound roles, and people with the channels of their steps (SVC-1)."""

from collections.abc import Iterator

from supportcore.escalation.ladders import LadderPolicy
from supportcore.escalation.recipients import Recipients
from supportcore.findings import Finding


def check_recipients(policy: LadderPolicy, recipients: Recipients) -> tuple[Finding, ...]:
    """Return a finding for each unbound role and each person without the channel of their step (SVC-1).

    Raises `DefinitionError` for a name that is not a duty, person or role.

    >>> from supportcore.escalation import Ladder, LadderRow, Step
    >>> policy = LadderPolicy([LadderRow(Ladder("urgent", [Step("head")]))])
    >>> print(check_recipients(policy, Recipients(roles={"head": None}))[0])
    error escalation.unbound-role at ladders.urgent.steps.1: role `head` is bound to nobody; bind it in the directory
    """
    recipients.check_policy(policy)
    return tuple(dict.fromkeys(_findings(policy, recipients)))


def _findings(policy: LadderPolicy, recipients: Recipients) -> Iterator[Finding]:
    for ladder in policy.ladders:
        calls = [(f"steps.{number}", step.to, step.channel) for number, step in enumerate(ladder.steps, 1)]
        if ladder.last_resort is not None:
            calls.append(("last_resort", ladder.last_resort, None))
        for place, name, channel in calls:
            path = f"ladders.{ladder.name}.{place}"
            if name in recipients.roles and recipients.roles[name] is None:
                yield Finding("escalation.unbound-role", "error", path, {"role": name})
            for person in _people_behind(recipients, name):
                if recipients.people[person].channel_for(channel) is None:
                    parts, variant = {"person": person, "name": name}, ""
                    if channel:
                        parts, variant = {**parts, "channel": channel}, "named"
                    yield Finding("escalation.no-channel", "error", path, parts, variant=variant)


def _people_behind(recipients: Recipients, name: str) -> tuple[str, ...]:
    if name in recipients.duties:
        return recipients.duties[name].people
    person = name if name in recipients.people else recipients.roles[name]
    return () if person is None else (person,)
