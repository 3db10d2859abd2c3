"""The words that events may use: waiting reasons, levels and channels (SLA-17)."""

from collections.abc import Iterable

from attrs import frozen

from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.agreement.conditions import On
from supportcore.tickets import Assigned, Paused


@frozen
class EventWords:
    """The waiting reasons, levels and channels that events may name; `None` where any word is known (SLA-17).

    >>> EventWords(reasons=frozenset({"customer", "supplier"})).levels is None
    True
    """

    reasons: frozenset[str] | None = None
    levels: frozenset[str] | None = None
    channels: frozenset[str] | None = None


def words_of(agreements: Iterable[Agreement]) -> EventWords:
    """Return the words that the conditions and budgets of agreements name.

    Any waiting reason is known if a condition takes pauses for any reason, or if none names a reason; any level is
    known if no condition and no budget names one.
    """
    reasons: set[str] = set()
    levels: set[str] = set()
    takes_any = False
    for metric in (metric for agreement in agreements for metric in agreement.metrics):
        levels.update(metric.budgets)
        for condition in (*metric.start, *metric.stop, *metric.pause, *metric.resume, *metric.reset, *metric.cancel):
            if isinstance(condition, On) and Paused in condition.kinds:
                takes_any = takes_any or "reason" not in condition.where
                reasons |= _named(condition, "reason")
            if isinstance(condition, On) and Assigned in condition.kinds:
                levels |= _named(condition, "level")
    return EventWords(
        reasons=frozenset(reasons) if reasons and not takes_any else None,
        levels=frozenset(levels) if levels else None,
    )


def _named(condition: On, field: str) -> set[str]:
    return {word for word in condition.where.get(field, ()) if isinstance(word, str)}
