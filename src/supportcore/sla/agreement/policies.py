"""Policies for changed terms of a running clock, for raised and lowered priorities apart (SLA-9)."""

from typing import Literal, get_args

from attrs import fields, frozen

from supportcore.errors import DefinitionError, did_you_mean, listed

Policy = Literal["keep", "restart", "carry", "carry_fraction", "retroactive"]


@frozen
class ChangePolicy:
    """What happens to a running cycle if its priority, contract, calendar or edition changes (SLA-9).

    `keep` leaves its terms; `restart` ends it as superseded and begins the next cycle; `carry` keeps the elapsed time
    and continues under the new terms; `carry_fraction` leaves as large a share of the new target as was left of the old
    target; `retroactive` recounts from the start of the cycle. `raised` and `lowered` follow the direction of the
    priority; if the priority did not change, an earlier due date counts as a raise. `attached` applies when an
    agreement is attached.

    `raised` and `lowered` are bounded: if they would move the due date later on a raise, or earlier on a lowering,
    `keep` applies.

    >>> ChangePolicy(lowered="keep")
    ChangePolicy(raised='restart', lowered='keep', attached='retroactive')
    """

    raised: Policy = "restart"
    lowered: Policy = "retroactive"
    attached: Policy = "retroactive"

    def __attrs_post_init__(self) -> None:
        accepted = get_args(Policy)
        for field in fields(ChangePolicy):
            policy = getattr(self, field.name)
            if policy not in accepted:
                raise DefinitionError(
                    f"`{field.name}` of a change policy is `{policy}`; "
                    f"expected one of {listed(accepted)}{did_you_mean(str(policy), accepted)}"
                )
