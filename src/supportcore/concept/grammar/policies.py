"""What a clock does when its terms change and when its ticket is reopened, in words (SLA-7, SLA-9)."""

import re
from datetime import timedelta

from supportcore.calendars import DayForm
from supportcore.concept.grammar.deadlines import day_form_read
from supportcore.concept.grammar.durations import duration_read
from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.sla import Reopen
from supportcore.sla.agreement.metrics import ReopenPolicy
from supportcore.sla.agreement.policies import Policy

# The clause that may be said of every policy, because each of them is bounded by it.
RAISED = ", never later"
LOWERED = ", never earlier"
POLICIES: dict[str, Policy] = {
    "keep the promise": "keep",
    "restart": "restart",
    "carry the time used": "carry",
    "carry the share used": "carry_fraction",
    "recompute from the start": "retroactive",
}

REOPENINGS: dict[str, ReopenPolicy] = {"restart": "restart", "resume": "resume", "count the gap": "count"}
IGNORED = "ignored"
OTHERWISE: dict[str, ReopenPolicy] = {"new": "restart", IGNORED: "ignore"}
REOPENING = re.compile(
    r"(?P<policy>[^,]+?)(?: within (?P<within>[^,]+)| until (?P<until>[^,]+))?(?:, else (?P<otherwise>.+))?"
)
DAYS = re.compile(r"(\d{1,6}) days?")


def policy_read(text: str, bound: str = "") -> Policy:
    """The policy for changed terms that a text says; `bound` is the clause that may stand behind it.

    >>> policy_read("carry the share used, never later", RAISED)
    'carry_fraction'
    """
    words = text.removesuffix(bound)
    if words not in POLICIES:
        behind = f", each with `{bound}` behind it or without" if bound else ""
        near = did_you_mean(words, POLICIES)
        raise DefinitionError(f"`{text}` is no policy for changed terms; accepted are {listed(POLICIES)}{behind}{near}")
    return POLICIES[words]


def reopening_read(text: str) -> Reopen:
    """What a reopening does, within which time, and what it does after that.

    >>> reopening_read("resume within 14 days, else new")
    Reopen(policy='resume', within=datetime.timedelta(days=14), otherwise='restart')
    >>> reopening_read("ignored").policy
    'ignore'
    """
    words = " ".join(text.split())
    if words == IGNORED:
        return Reopen("ignore")
    found = REOPENING.fullmatch(words)
    if found is None or found["policy"] not in REOPENINGS:
        known = [*REOPENINGS, IGNORED]
        near = did_you_mean(found["policy"] if found else words, known)
        raise DefinitionError(
            f"`{text}` says nothing of a reopening; accepted are {listed(known)}, and such as "
            f"`resume within 5 working days, else new`{near}"
        )
    within = _window(text, found["within"], found["until"])
    if within is None:
        if found["otherwise"]:
            raise DefinitionError(f"`{text}` never comes to its `else`; say how long the first holds, `within 14 days`")
        return Reopen(REOPENINGS[found["policy"]])
    otherwise = found["otherwise"] or "new"
    if otherwise not in OTHERWISE:
        raise DefinitionError(
            f"`else {otherwise}` is not known; accepted are {listed(OTHERWISE)}{did_you_mean(otherwise, OTHERWISE)}"
        )
    return Reopen(REOPENINGS[found["policy"]], within, "restart" if otherwise == "new" else "ignore")


def _window(text: str, within: str | None, until: str | None) -> timedelta | DayForm | None:
    if until is not None:
        form = day_form_read(until)
        if form is None:
            raise DefinitionError(f"`{text}`: `{until}` is no working day; write `until end of next working day`")
        return form
    if within is None:
        return None
    if days := DAYS.fullmatch(within):
        return timedelta(days=int(days[1]))
    return day_form_read(within) or duration_read(within)
