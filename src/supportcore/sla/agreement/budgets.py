"""What each level may use of a clock: lengths of its working time, or shares of its target (SLA-11)."""

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction

from supportcore.errors import DefinitionError
from supportcore.instants import micros_of, span_of
from supportcore.mappings import FrozenMapping

Budget = timedelta | Fraction


def budgets(given: Mapping[str, Budget]) -> FrozenMapping[str, Budget]:
    """Budgets by the name of their level; `DefinitionError` for what is none.

    >>> budgets({"first": timedelta(hours=1), "second": Fraction(3, 4)})["second"]
    Fraction(3, 4)
    """
    if not isinstance(given, Mapping):
        raise DefinitionError(f"`budgets` of a metric is `{given}`; a mapping from levels to budgets is accepted")
    for level, budget in given.items():
        if not level or not isinstance(level, str):
            raise DefinitionError(f"`{level}` is no name of a level; a text is accepted")
        if not isinstance(budget, (timedelta, Fraction)):
            raise DefinitionError(
                f"the budget of level `{level}` is `{budget}`; a length such as `timedelta(hours=1)`, or a share of "
                "the target such as `Fraction(1, 4)`, is accepted"
            )
        if isinstance(budget, timedelta) and budget < timedelta(0):
            raise DefinitionError(f"the budget of level `{level}` is `-{-budget}`; give a length of at least 0")
        if isinstance(budget, Fraction) and not 0 <= budget <= 1:
            raise DefinitionError(f"the budget of level `{level}` is a share of `{budget}`; give one from 0 to 1")
    return FrozenMapping(given)


def allowance(budget: Budget, allowed: timedelta | None) -> timedelta | None:
    """How much working time a budget is, where so much may pass in all; none for a share of nothing.

    A share is rounded down to a microsecond, so that shares that make a whole never exceed it. Where the due instant
    lies before the start less than nothing may pass, and a share of that is nothing.

    >>> str(allowance(Fraction(1, 4), timedelta(hours=6)))
    '1:30:00'
    """
    if isinstance(budget, timedelta):
        return budget
    return None if allowed is None else span_of(int(budget * max(0, micros_of(allowed))))
