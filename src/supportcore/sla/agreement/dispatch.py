"""What an event does to a clock: one table per metric, from kinds of events to the conditions that they may meet."""

from collections.abc import Iterable, Sequence

from attrs import frozen

from supportcore.sla.agreement.conditions import Condition, On, While
from supportcore.tickets import KINDS, Event, Merged, Paused, Reopened

# Effects are bits, because one event may have several. `REPLACE` is a new reason to wait, which ends the one before
# (SLA-4).
START, STOP, PAUSE, RESUME, RESET, CANCEL, REOPEN, REPLACE, MERGE = (1 << place for place in range(9))

# The conditions of a metric, each group with its effect.
Conditions = Iterable[tuple[int, tuple[Condition, ...]]]


@frozen
class Effects:
    """The effects of events of one kind: those of each such event, and those of the events that meet a condition."""

    always: int = 0
    conditional: tuple[tuple[int, On], ...] = ()

    def of(self, event: Event) -> int:
        """Return the effects of an event of the kind."""
        effects = self.always
        for effect, condition in self.conditional:
            if condition.matches(event):
                effects |= effect
        return effects


EffectsByKind = dict[type[Event], Effects]
# The metrics that events of each kind concern, by their places, with the effects on each.
Dispatch = dict[type[Event], tuple[tuple[int, Effects], ...]]


def dispatch_of(metrics: Sequence[EffectsByKind]) -> Dispatch:
    """Return the metrics that events of each kind concern, with the effects on each."""
    return {
        kind: tuple((place, effects[kind]) for place, effects in enumerate(metrics) if kind in effects)
        for kind in KINDS
    }


def effects_of(conditions: Conditions) -> EffectsByKind:
    """Return the effects of each kind of event that a condition names, and of those that concern every clock."""
    always: dict[type[Event], int] = {Merged: MERGE, Reopened: REOPEN}
    conditional: dict[type[Event], list[tuple[int, On]]] = {}
    for effect, alternatives in conditions:
        for condition in alternatives:
            if isinstance(condition, While):
                continue
            for kind in condition.kinds:
                if effect == PAUSE and kind is Paused:
                    always[kind] = always.get(kind, 0) | REPLACE
                if condition.plain:
                    always[kind] = always.get(kind, 0) | effect
                else:
                    conditional.setdefault(kind, []).append((effect, condition))
    kinds = {**always, **conditional}
    return {kind: Effects(always.get(kind, 0), tuple(conditional.get(kind, ()))) for kind in kinds}


def fact_conditions_of(conditions: Conditions) -> tuple[tuple[int, While], ...]:
    """Return the conditions over facts, each with its effect."""
    return tuple(
        (effect, condition)
        for effect, alternatives in conditions
        for condition in alternatives
        if isinstance(condition, While)
    )
