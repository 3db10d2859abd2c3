"""Plans as German and English sentences: who was and will be notified, when, and why (G-10, ESC-2)."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from supportcore.wording import Language, MetricName, Part, Phrase, Term, actor_phrase, placeholders, say

if TYPE_CHECKING:
    from supportcore.escalation.plans import Notification, Plan, Reason, Skipped, StepMark


def plan_lines(language: Language, plan: "Plan") -> Iterator[str]:
    """Yield the notifications, skipped steps and unreached rounds of a plan in the order of their instants."""
    lines = [(notice.instant, _notification(language, notice, plan.as_of)) for notice in plan.notifications]
    lines += [(skipped.instant, _skipped(language, skipped)) for skipped in plan.skipped]
    for missed in plan.unreached:
        line = say(language, "plan.unreached", instant=missed.at, ladder=missed.ladder, round=missed.round)
        lines.append((missed.instant, line))
    if not lines:
        yield say(language, "plan.nobody")
    for _, line in sorted(lines, key=lambda timed: timed[0]):
        yield line


def _skipped(language: Language, skipped: "Skipped") -> str:
    why = _reason(skipped.reason)
    if not skipped.ladder:
        return say(language, "plan.escalated-in-vain", instant=skipped.at, why=why)
    return say(
        language,
        "plan.skipped",
        instant=skipped.at,
        ladder=skipped.ladder,
        step=_step(skipped.step),
        to=_target(skipped.to),
        why=why,
    )


def _notification(language: Language, notice: "Notification", as_of: datetime) -> str:
    words = say(
        language,
        "plan.stand-down" if notice.step == "stand-down" else "plan.notification",
        instant=notice.at,
        effect=Phrase(f"effect.{notice.effect}"),
        person=_person(notice),
        channel=Term("channel", notice.channel),
        ladder=notice.ladder,
        round=notice.round,
        step=_step(notice.step),
        why=_reason(notice.reason),
    )
    if notice.until is not None and notice.ended_by is not None:
        ending = Phrase(f"ending.{notice.ended_by}")
        words += "; " + say(language, "plan.current-until", instant=notice.until, ending=ending)
    return words if notice.at <= as_of else f"{words}; {say(language, 'plan.planned')}"


def _step(step: "StepMark") -> Phrase:
    if isinstance(step, int):
        return Phrase("plan.step", {"number": step})
    return Phrase("plan.last-resort")


def _person(notice: "Notification") -> Part:
    """Return the person, and the duty or role in which the person is called."""
    if notice.to == notice.person:
        return notice.person
    return Phrase("plan.person-as", {"person": notice.person, "to": _target(notice.to)})


def _target(name: str) -> Part:
    """Return the duty, person or role of a step; the layers of a duty are built-in words: `on call.primary`."""
    duty, _, layer = name.rpartition(".")
    return Phrase(f"layer.{layer}", {"duty": duty}) if duty and layer in ("primary", "backup") else name


def _reason(reason: "Reason") -> Phrase:
    needed = placeholders(f"reason.{reason.code}")
    parts = {name: _part(name, value) for name, value in reason.values.items() if name in needed}
    return Phrase(f"reason.{reason.code}", parts)


def _part(name: str, value: Any) -> Part:
    if name == "clock":
        return MetricName(str(value))
    return actor_phrase(str(value)) if name == "by" else value
