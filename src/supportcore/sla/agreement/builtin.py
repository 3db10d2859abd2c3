"""The metrics that come ready made; each is plain data and can be changed with `with_` (SLA-2)."""

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
FALLS_AWAY = On(Cancelled)
REPLY = On(AgentReplied, by=("owner", "agent"))
MESSAGE = On(CustomerReplied, by=("other", "customer"))
WAITS_FOR_CUSTOMER = On(Paused, where={"reason": "customer"})
GOES_ON = On(Resumed, CustomerReplied)


def reaction(*thresholds: Threshold) -> Metric:
    """From the opening until the customer is told that the request is taken in, or answered, or it is solved.

    It has no pause: waiting for the customer must not hide an unanswered reaction (SLA-4).

    >>> reaction(Threshold.percent(80)).name
    'reaction'
    """
    return Metric(
        "reaction",
        start=On(Opened),
        stop=On(ReceiptConfirmed, AgentReplied, Resolved, Closed),
        cancel=FALLS_AWAY,
        thresholds=thresholds,
    )


def first_reply(*thresholds: Threshold) -> Metric:
    """From the opening until somebody of the desk answers, or it is solved; a bot's receipt does not count.

    >>> first_reply().pause
    ()
    """
    return Metric("first reply", start=On(Opened), stop=[REPLY, SOLVED], cancel=FALLS_AWAY, thresholds=thresholds)


def next_reply(*thresholds: Threshold) -> Metric:
    """From the oldest message of the customer that is not answered until somebody of the desk does, or it is solved.

    >>> next_reply().name
    'next reply'
    """
    return Metric("next reply", start=MESSAGE, stop=[REPLY, SOLVED], cancel=FALLS_AWAY, thresholds=thresholds)


def periodic_update(*thresholds: Threshold) -> Metric:
    """From one word to the customer to the next, beginning with the opening, until it is solved.

    >>> periodic_update().reset == (REPLY,)
    True
    """
    return Metric(
        "periodic update",
        start=On(Opened),
        reset=REPLY,
        stop=SOLVED,
        pause=WAITS_FOR_CUSTOMER,
        resume=GOES_ON,
        cancel=FALLS_AWAY,
        reopen=Reopen("restart"),
        thresholds=thresholds,
    )


def resolution(*thresholds: Threshold) -> Metric:
    """From the opening to the solution, but for the time of waiting for the customer; reopening restarts it.

    >>> resolution().reopen
    Reopen(policy='restart', within=None, otherwise='restart')
    """
    return Metric(
        "resolution",
        start=On(Opened),
        stop=SOLVED,
        pause=WAITS_FOR_CUSTOMER,
        resume=GOES_ON,
        cancel=FALLS_AWAY,
        reopen=Reopen("restart"),
        thresholds=thresholds,
    )


def requester_wait(*thresholds: Threshold) -> Metric:
    """How long the customer waits for us in all: as the resolution, but a reopening counts on.

    >>> requester_wait().reopen.policy
    'resume'
    """
    return resolution(*thresholds).with_(name="requester wait", reopen=Reopen("resume"))


def agent_work(*thresholds: Threshold) -> Metric:
    """How long the ticket is with the desk: as the requester's wait, without the time of waiting for anybody.

    >>> agent_work().pause == (On(Paused),)
    True
    """
    return requester_wait(*thresholds).with_(name="agent work", pause=On(Paused))
