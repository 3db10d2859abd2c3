"""The policies of a clock for changed terms and for reopenings: `restart`, `resume within 14 days` (SLA-7, SLA-9)."""

import re
from datetime import timedelta

from supportcore.calendars import DayForm
from supportcore.concept.grammar.deadlines import parse_day_form
from supportcore.concept.grammar.durations import parse_duration
from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.sla import Reopen
from supportcore.sla.agreement.metrics import ReopenPolicy
from supportcore.sla.agreement.policies import Policy

# Optional clauses: every policy has these bounds.
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


def parse_policy(text: str, bound: str = "") -> Policy:
    """Parse the policy for changed terms; `bound` is a clause that may follow its name.

    >>> parse_policy("carry the share used, never later", RAISED)
    'carry_fraction'
    """
    words = text.removesuffix(bound)
    if words not in POLICIES:
        optional = f", each with or without `{bound}` after it" if bound else ""
        raise DefinitionError(
            f"`{text}` is not a policy for changed terms; expected one of {listed(POLICIES)}{optional}"
            f"{did_you_mean(words, POLICIES)}"
        )
    return POLICIES[words]


def parse_reopening(text: str) -> Reopen:
    """Parse what a reopening does, within which time, and what it does after that.

    >>> parse_reopening("resume within 14 days, else new")
    Reopen(policy='resume', within=datetime.timedelta(days=14), otherwise='restart')
    >>> parse_reopening("ignored").policy
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
            f"`{text}` is not a policy for reopenings; expected one of {listed(known)}, optionally with a limit, as in "
            f"`resume within 5 working days, else new`{near}"
        )
    within = _window(text, found["within"], found["until"])
    if within is None:
        if found["otherwise"]:
            raise DefinitionError(f"`{text}` never reaches its `else`; limit the first policy, as in `within 14 days`")
        return Reopen(REOPENINGS[found["policy"]])
    otherwise = found["otherwise"] or "new"
    if otherwise not in OTHERWISE:
        raise DefinitionError(
            f"`{otherwise}` cannot follow `else`; expected one of {listed(OTHERWISE)}"
            f"{did_you_mean(otherwise, OTHERWISE)}"
        )
    return Reopen(REOPENINGS[found["policy"]], within, "restart" if otherwise == "new" else "ignore")


def _window(text: str, within: str | None, until: str | None) -> timedelta | DayForm | None:
    if until is not None:
        form = parse_day_form(until)
        if form is None:
            raise DefinitionError(f"`{text}`: `{until}` is not a working day; write `until end of next working day`")
        return form
    if within is None:
        return None
    if days := DAYS.fullmatch(within):
        return timedelta(days=int(days[1]))
    return parse_day_form(within) or parse_duration(within)
