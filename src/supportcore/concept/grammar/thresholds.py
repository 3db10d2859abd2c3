"""When a clock warns, in words: `80 %`, `30 min before due`, `2 working days after due` (SLA-10)."""

import re
from collections.abc import Iterable
from fractions import Fraction

from attrs import evolve

from supportcore.calendars import WorkingDays
from supportcore.concept.file.problems import Reading
from supportcore.concept.grammar.deadlines import day_form_read
from supportcore.concept.grammar.durations import duration_read, percent_read
from supportcore.errors import DefinitionError, did_you_mean
from supportcore.sla import Threshold

OFFSET = re.compile(r"(?P<amount>.+?) (?P<side>before|after) due")
LEAD = re.compile(r"\d{1,9} ?(?:%|s|min|h|working days?)")


def thresholds_read(texts: Iterable[str], path: str, reading: Reading) -> list[Threshold]:
    """The thresholds of a clock, in the order given; what is none, or stands there twice, is noted."""
    made: list[Threshold] = []
    for text in texts:
        with reading.part(path):
            one = threshold_read(" ".join(text.split()))
            if any((one.share, one.offset, one.days) == (other.share, other.offset, other.days) for other in made):
                raise DefinitionError(f"`{one.name}` stands there twice; warn once at each instant")
            made.append(one)
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
        return Threshold.percent(_share(words) * 100)
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


def _share(words: str) -> Fraction:
    try:
        return percent_read(words)
    except DefinitionError:
        lead = LEAD.match(words)
        amount = lead[0] if lead else "30 min"
        near = did_you_mean(words, [f"{amount} before due", f"{amount} after due"])
        raise DefinitionError(
            f"`{words}` is no warning; accepted are shares such as `80 %`, and times such as `30 min before due`, "
            f"`1 h after due` and `2 working days before due`{near}"
        ) from None
