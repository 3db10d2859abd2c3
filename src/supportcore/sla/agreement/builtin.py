"""The built-in metrics; each is plain data and can be changed with `with_` (SLA-2)."""

from supportcore.sla.agreement.conditions import On
from supportcore.sla.agreement.metrics import Metric, Reopen
from supportcore.sla.agreement.thresholds import Threshold
from supportcore.tickets import (
    AgentReplied,
    Cancelled,
    Closed,
    CustomerReplied,
    Opened,
    Paused,
    ReceiptConfirmed,
    Resolved,
    Resumed,
)

SOLVED = On(Resolved, Closed)
CANCELLED = On(Cancelled)
REPLY = On(AgentReplied, by=("owner", "agent"))
MESSAGE = On(CustomerReplied, by=("other", "customer"))
WAITS_FOR_CUSTOMER = On(Paused, where={"reason": "customer"})
RESUMED = On(Resumed, CustomerReplied)


def reaction(*thresholds: Threshold) -> Metric:
    """Measure from the opening to the confirmation of receipt, the first reply or the solution.

    It has no pause: waiting for the customer must not hide a missing reaction (SLA-4).

    >>> reaction(Threshold.percent(80)).name
    'reaction'
    """
    return Metric(
        "reaction",
        start=On(Opened),
        stop=On(ReceiptConfirmed, AgentReplied, Resolved, Closed),
        cancel=CANCELLED,
        thresholds=thresholds,
    )


def first_reply(*thresholds: Threshold) -> Metric:
    """Measure from the opening to the first reply of an agent or the solution; a bot's receipt does not count.

    >>> first_reply().pause
    ()
    """
    return Metric("first reply", start=On(Opened), stop=[REPLY, SOLVED], cancel=CANCELLED, thresholds=thresholds)


def next_reply(*thresholds: Threshold) -> Metric:
    """Measure from the customer's oldest message without a reply to the next reply of an agent or the solution.

    >>> next_reply().name
    'next reply'
    """
    return Metric("next reply", start=MESSAGE, stop=[REPLY, SOLVED], cancel=CANCELLED, thresholds=thresholds)


def periodic_update(*thresholds: Threshold) -> Metric:
    """Measure from each update to the customer to the next, from the opening to the solution.

    >>> periodic_update().reset == (REPLY,)
    True
    """
    return Metric(
        "periodic update",
        start=On(Opened),
        reset=REPLY,
        stop=SOLVED,
        pause=WAITS_FOR_CUSTOMER,
        resume=RESUMED,
        cancel=CANCELLED,
        reopen=Reopen("restart"),
        thresholds=thresholds,
    )


def resolution(*thresholds: Threshold) -> Metric:
    """Measure from the opening to the solution, without the time of waiting for the customer; reopening restarts it.

    >>> resolution().reopen
    Reopen(policy='restart', within=None, otherwise='restart')
    """
    return Metric(
        "resolution",
        start=On(Opened),
        stop=SOLVED,
        pause=WAITS_FOR_CUSTOMER,
        resume=RESUMED,
        cancel=CANCELLED,
        reopen=Reopen("restart"),
        thresholds=thresholds,
    )


def requester_wait(*thresholds: Threshold) -> Metric:
    """Measure the whole time that the customer waits for the desk: like `resolution`, but a reopening resumes it.

    >>> requester_wait().reopen.policy
    'resume'
    """
    return resolution(*thresholds).with_(name="requester wait", reopen=Reopen("resume"))


def agent_work(*thresholds: Threshold) -> Metric:
    """Measure the time in which the desk can work: like `requester_wait`, but every waiting reason pauses it.

    >>> agent_work().pause == (On(Paused),)
    True
    """
    return requester_wait(*thresholds).with_(name="agent work", pause=On(Paused))
