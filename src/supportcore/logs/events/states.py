"""What happened when a ticket's state changed."""

from collections.abc import Iterator

from supportcore.tickets import Cancelled, Closed, Event, Paused, Reopened, Resolved, Resumed

FINISHED = ("resolved", "closed", "cancelled")
WAITING = "waiting:"


def state_steps(before: str, after: str, *, closing_resolves: bool) -> Iterator[tuple[type[Event], dict[str, str]]]:
    """The kinds of events, in order, that lead from one state to another, each with what it has of its own.

    Another reason to wait is the end of one pause and the beginning of another (SLA-4). From closed back to resolved is
    book-keeping: the ticket was finished and is, and nothing happened.

    >>> [kind.__name__ for kind, _ in state_steps("waiting:customer", "waiting:supplier", closing_resolves=False)]
    ['Resumed', 'Paused']
    """
    if before == after:
        return
    if after == "resolved":
        if before != "closed":
            yield Resolved, {}
    elif after == "closed":
        if closing_resolves and before not in FINISHED:
            yield Resolved, {}
        yield Closed, {}
    elif after == "cancelled":
        yield Cancelled, {}
    else:
        if before in FINISHED:
            yield Reopened, {}
        elif before != "open":
            yield Resumed, {}
        if after != "open":
            yield Paused, {"reason": after.removeprefix(WAITING)}
