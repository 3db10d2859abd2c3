"""Plans as German and English sentences: who was and will be notified, when, and why (G-10, ESC-2)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from supportcore.wording import Language, duration_words, instant_words, metric_words, say, share_words

if TYPE_CHECKING:
    from supportcore.escalation.plans import Notification, Plan, Reason, Skipped, StepMark


def plan_lines(language: Language, plan: "Plan") -> Iterator[str]:
    """The notifications, skipped steps and unreached rounds of a plan in the order of their instants."""
    lines: list[tuple[int, str]] = [(one.instant, _told(one, plan.as_of, language)) for one in plan.notifications]
    lines += [(skipped.instant, _skipped(skipped, language)) for skipped in plan.skipped]
    for missed in plan.unreached:
        at = instant_words(language, missed.at)
        lines.append(
            (missed.instant, say(language, "case.unreached", instant=at, ladder=missed.ladder, round=missed.round))
        )
    if not lines:
        yield say(language, "case.ladder-none")
    for _, line in sorted(lines, key=lambda one: one[0]):
        yield line


def _skipped(skipped: "Skipped", language: Language) -> str:
    at, why = instant_words(language, skipped.at), _why(skipped.reason, language)
    if not skipped.ladder:
        return say(language, "case.escalated-in-vain", instant=at, why=why)
    step = _step(skipped.step, language)
    return say(language, "case.skipped", instant=at, ladder=skipped.ladder, step=step, to=skipped.to, why=why)


def _told(one: "Notification", as_of: datetime, language: Language) -> str:
    words = say(
        language,
        "case.told",
        instant=instant_words(language, one.at),
        effect=say(language, f"effect.{one.effect}"),
        person=one.person,
        to=one.to,
        channel=one.channel,
        ladder=one.ladder,
        round=one.round,
        step=_step(one.step, language),
        why=_why(one.reason, language),
    )
    if one.until is not None and one.ended_by is not None:
        ending = say(language, f"ending.{one.ended_by}")
        until = instant_words(language, one.until)
        words += "; " + say(language, "case.current-until", instant=until, ending=ending)
    return words if one.at <= as_of else f"{words}; {say(language, 'case.planned')}"


def _step(step: "StepMark", language: Language) -> str:
    if isinstance(step, int):
        return say(language, "case.step", number=step)
    return say(language, "case.last-resort" if step == "last resort" else "case.stand-down")


def _why(reason: "Reason", language: Language) -> str:
    values = {name: _worded(name, value, language) for name, value in reason.values.items()}
    return say(language, f"reason.{reason.code}", **values)


def _worded(name: str, value: object, language: Language) -> object:
    if name == "clock":
        return metric_words(language, str(value))
    if isinstance(value, timedelta):
        return duration_words(language, value)
    return share_words(language, value) if isinstance(value, Fraction) else value
