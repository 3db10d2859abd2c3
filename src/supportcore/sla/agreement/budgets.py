"""Budgets: what each level may use of a clock, as working time or as a share of its target (SLA-11)."""

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction

from supportcore.errors import DefinitionError
from supportcore.instants import micros_of, span_of
from supportcore.mappings import FrozenMapping

Budget = timedelta | Fraction


def budgets(given: Mapping[str, Budget]) -> FrozenMapping[str, Budget]:
    """Return budgets by level as a frozen mapping; `DefinitionError` for anything else.

    >>> budgets({"first": timedelta(hours=1), "second": Fraction(3, 4)})["second"]
    Fraction(3, 4)
    """
    if not isinstance(given, Mapping):
        raise DefinitionError(f"`budgets` of a metric is `{given}`; give a mapping of levels to budgets")
    for level, budget in given.items():
        if not level or not isinstance(level, str):
            raise DefinitionError(f"`{level}` is not the name of a level; give a text")
        if not isinstance(budget, (timedelta, Fraction)):
            raise DefinitionError(
                f"the budget of level `{level}` is `{budget}`; give a length such as `timedelta(hours=1)`, "
                "or a share of the target such as `Fraction(1, 4)`"
            )
        if isinstance(budget, timedelta) and micros_of(budget) < 0:
            raise DefinitionError(f"the budget of level `{level}` is `-{-budget}`; give a length of at least 0")
        if isinstance(budget, Fraction) and not 0 <= budget <= 1:
            raise DefinitionError(f"the budget of level `{level}` is a share of `{budget}`; give one from 0 to 1")
    return FrozenMapping(given)


def allowance(budget: Budget, allowed: timedelta | None) -> timedelta | None:
    """Return a budget as working time, given the time allowed in all; `None` for a share without a target.

    A share is rounded down to a microsecond, so that shares that add up to 1 never exceed the whole. If the due instant
    lies before the start, a share is 0.

    >>> str(allowance(Fraction(1, 4), timedelta(hours=6)))
    '1:30:00'
    """
    if isinstance(budget, timedelta):
        return budget
    return None if allowed is None else span_of(int(budget * max(0, micros_of(allowed))))
