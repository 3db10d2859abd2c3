"""The instants at which a clock warns: `80 %`, `30 min before due`, `2 working days after due` (SLA-10)."""

import re
from collections.abc import Iterable
from fractions import Fraction

from attrs import evolve

from supportcore.calendars import WorkingDays
from supportcore.concept.grammar.deadlines import parse_day_form
from supportcore.concept.grammar.durations import parse_duration, parse_percent
from supportcore.errors import DefinitionError, Problems, did_you_mean
from supportcore.sla import Threshold

OFFSET = re.compile(r"(?P<amount>.+?) (?P<side>before|after) due")
LEAD = re.compile(r"\d{1,9} ?(?:%|s|min|h|working days?)")


def parse_thresholds(texts: Iterable[str], problems: Problems) -> list[Threshold]:
    """Parse the thresholds of a clock, in the order given; a text that is not a threshold becomes a problem."""
    thresholds: list[Threshold] = []
    for text in texts:
        with problems:
            threshold = parse_threshold(" ".join(text.split()))
            if any(_instant(threshold) == _instant(other) for other in thresholds):
                raise DefinitionError(f"`{threshold.name}` is repeated; warn once at each instant")
            thresholds.append(threshold)
    return thresholds


def _instant(threshold: Threshold) -> tuple[object, ...]:
    return threshold.share, threshold.offset, threshold.days


def parse_threshold(words: str) -> Threshold:
    """Parse a threshold; unless it is a share, its text becomes its name.

    >>> parse_threshold("30 min before due").name, parse_threshold("50 %").share
    ('30 min before due', Fraction(1, 2))
    >>> parse_threshold("2 working days before due").days
    WorkingDays(days=-2, when_closed='next_open')
    """
    found = OFFSET.fullmatch(words)
    if found is None:
        return Threshold.percent(_parse_share(words) * 100)
    form = parse_day_form(found["amount"])
    before = found["side"] == "before"
    if form is None:
        length = parse_duration(found["amount"])
        threshold = Threshold.before(length) if before else Threshold.after(length)
    elif not before:
        threshold = Threshold.days_from_due(form)
    elif isinstance(form, WorkingDays):
        threshold = Threshold.days_from_due(evolve(form, days=-form.days))
    else:
        raise DefinitionError(
            f"`{words}` is never before due; write `after due`, or a number of `working days before due`"
        )
    return evolve(threshold, name=words)


def _parse_share(words: str) -> Fraction:
    try:
        return parse_percent(words)
    except DefinitionError:
        lead = LEAD.match(words)
        amount = lead[0] if lead else "30 min"
        near = did_you_mean(words, [f"{amount} before due", f"{amount} after due"])
        raise DefinitionError(
            f"`{words}` is not a warning; expected a share such as `80 %`, or a time such as `30 min before due`, "
            f"`1 h after due` or `2 working days before due`{near}"
        ) from None
