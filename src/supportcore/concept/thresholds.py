"""When a clock warns, in words: `80 %`, `30 min before due`, `2 working days after due` (SLA-10)."""

import re
from collections.abc import Iterable

from attrs import evolve

from supportcore.calendars import WorkingDays
from supportcore.concept.amounts import duration_read, percent_read
from supportcore.concept.days import day_form_read
from supportcore.errors import DefinitionError
from supportcore.sla import Threshold

__all__ = ["threshold_read", "thresholds_read"]

OFFSET = re.compile(r"(?P<amount>.+?) (?P<side>before|after) due")


def thresholds_read(texts: Iterable[str]) -> list[Threshold]:
    """The thresholds of a clock, in the order given; `DefinitionError` where one stands there twice."""
    made = [threshold_read(" ".join(text.split())) for text in texts]
    seen = set()
    for one in made:
        instant = (one.share, one.offset, one.days)
        if instant in seen:
            raise DefinitionError(f"`{one.name}` stands there twice; warn once at each instant")
        seen.add(instant)
    return made


def threshold_read(words: str) -> Threshold:
    """One threshold; one that is no share is called as it is written.

    >>> threshold_read("30 min before due").name, threshold_read("50 %").share
    ('30 min before due', Fraction(1, 2))
    >>> threshold_read("2 working days before due").days
    WorkingDays(days=-2, when_closed='next_open')
    """
    found = OFFSET.fullmatch(words)
    if found is None:
        return Threshold.percent(percent_read(words) * 100)
    form = day_form_read(found["amount"])
    before = found["side"] == "before"
    if form is None:
        length = duration_read(found["amount"])
        threshold = Threshold.before(length) if before else Threshold.after(length)
    elif not before:
        threshold = Threshold.days_from_due(form)
    elif isinstance(form, WorkingDays):
        threshold = Threshold.days_from_due(evolve(form, days=-form.days))
    else:
        raise DefinitionError(f"`{words}` lies after due; write `after due`, or so many `working days before due`")
    return evolve(threshold, name=words)
