"""The priority of a ticket over time as German and English sentences (PRI-2, PRI-3)."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING

from supportcore.instants import datetime_of
from supportcore.wording import INDENT, Language, instant_words, say

if TYPE_CHECKING:
    from supportcore.priority.deriving import PriorityState
    from supportcore.timelines import Timeline


def priority_lines(
    language: Language, priorities: "Timeline[PriorityState]", tz: tzinfo, opened: int | None
) -> Iterator[str]:
    """One line for each stretch of the priority over time, with its reason, and one for each step that raised it.

    `opened` is the instant of the opening in microseconds: a provisional priority that ends before it is left out.
    """
    for piece in priorities.pieces:
        state = piece.value
        since = say(language, "case.from-the-start")
        if piece.start is not None:
            since = say(language, "case.since", instant=instant_words(language, datetime_of(piece.start, tz)))
        if state.override is not None:
            yield say(
                language,
                "case.priority-overridden",
                since=since,
                priority=state.priority,
                actor=state.override.actor,
                reason=state.override.reason,
                derived=state.derived,
            )
        elif state.decision is None:
            if piece.end is None or opened is None or piece.end > opened:
                yield say(language, "case.priority-provisional", since=since, priority=state.priority)
        else:
            table = state.steps[0].before if state.steps else state.priority
            rule = state.decision.rule
            if rule is None:
                yield say(language, "case.priority-default", since=since, priority=table)
            else:
                said = {"since": since, "priority": table, "rule": rule.id, "because": rule.because}
                yield say(language, "case.priority-derived", **said)
            for applied in state.steps:
                raised = {"name": applied.step.name, "before": applied.before, "after": applied.after}
                yield INDENT + say(language, "case.priority-step", **raised)
