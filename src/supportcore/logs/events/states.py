"""Turn a change of a ticket's state into events."""

from collections.abc import Iterator

from supportcore.tickets import Cancelled, Closed, Event, Paused, Reopened, Resolved, Resumed

FINISHED = ("resolved", "closed", "cancelled")
WAITING = "waiting:"


def state_steps(before: str, after: str, *, closing_resolves: bool) -> Iterator[tuple[type[Event], dict[str, str]]]:
    """Yield the event types, in order, that lead from one state to another, each with its own fields.

    Another reason to wait ends one pause and begins another (SLA-4). A change from closed to resolved is no event: the
    ticket stays finished.

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
