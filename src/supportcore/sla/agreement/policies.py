"""What a clock does when its terms change while it runs: the five policies, for raise and lowering apart (SLA-9)."""

from typing import Literal, get_args

from attrs import field, fields, frozen

from supportcore.errors import DefinitionError, did_you_mean, listed

Policy = Literal["keep", "restart", "carry", "carry_fraction", "retroactive"]


@frozen
class ChangePolicy:
    """What happens to a running cycle when its priority, contract, calendar or edition changes (SLA-9).

    `keep` leaves it its terms; `restart` ends it as superseded and opens the next; `carry` keeps the elapsed time
    and counts on under the new terms; `carry_fraction` leaves the same share of the new target that was left of the
    old; `retroactive` recounts from the cycle's start. `raised` and `lowered` go by the priority's direction; where
    it did not change, a change that makes due earlier counts as raise. `attached` is for an agreement that begins
    to apply.

    Both are bounded: where the policy would move due the wrong way (a raise later, a lowering earlier), `keep`
    applies.

    >>> ChangePolicy(lowered="keep")
    ChangePolicy(raised='restart', lowered='keep', attached='retroactive')
    """

    raised: Policy = field(default="restart")
    lowered: Policy = field(default="retroactive")
    attached: Policy = field(default="retroactive")

    def __attrs_post_init__(self) -> None:
        accepted = get_args(Policy)
        for one in fields(ChangePolicy):
            given = getattr(self, one.name)
            if given not in accepted:
                raise DefinitionError(
                    f"`{one.name}` of a change policy is `{given}`; "
                    f"accepted are {listed(accepted)}{did_you_mean(str(given), accepted)}"
                )
