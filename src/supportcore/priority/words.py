"""The priority of a ticket over time as German and English sentences (PRI-2, PRI-3)."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING

from supportcore.instants import datetime_of
from supportcore.wording import INDENT, Language, Phrase, actor_phrase, say

if TYPE_CHECKING:
    from supportcore.priority.deriving import PriorityState
    from supportcore.timelines import Timeline


def priority_lines(
    language: Language, priorities: "Timeline[PriorityState]", tz: tzinfo, opened: int | None
) -> Iterator[str]:
    """Yield a line for each stretch of the priority over time with its reason, and a line for each step that raised it.

    `opened` is the instant of the opening in microseconds: a provisional priority that ends before it is left out.
    """
    for piece in priorities.pieces:
        state = piece.value
        since = Phrase("priority.from-the-start")
        if piece.start is not None:
            since = Phrase("priority.since", {"instant": datetime_of(piece.start, tz)})
        if state.override is not None:
            yield say(
                language,
                "priority.overridden",
                since=since,
                priority=state.priority,
                actor=actor_phrase(state.override.actor),
                reason=state.override.reason,
                derived=state.derived,
            )
        elif state.decision is None:
            if piece.end is None or opened is None or piece.end > opened:
                yield say(language, "priority.provisional", since=since, priority=state.priority)
        else:
            decided = state.steps[0].before if state.steps else state.priority
            rule = state.decision.rule
            if rule is None:
                yield say(language, "priority.default", since=since, priority=decided)
            else:
                because = rule.because
                yield say(language, "priority.derived", since=since, priority=decided, rule=rule.id, because=because)
            for applied in state.steps:
                name, before, after = applied.step.name, applied.before, applied.after
                yield INDENT + say(language, "priority.raised", name=name, before=before, after=after)
