"""What a cell of the targets promises: an amount, a day form, a date or nothing, and the hours in which it counts.

A cell such as `4 h, office` names its own hours; without them those of its row count (SLA-5).
"""

import re
from datetime import timedelta, tzinfo

from attrs import frozen

from supportcore.concept.grammar.dates import Plans, date_forms, is_unread, named_date_read
from supportcore.concept.grammar.deadlines import EVEN_IF_CLOSED, day_form_read
from supportcore.concept.grammar.durations import duration_read, instant_read
from supportcore.errors import DefinitionError, did_you_mean
from supportcore.sla.agreement.targets import Aim

NONE = "none"
BY_DATE = re.compile(r"by (\d{4}-.*)")
LENGTH = re.compile(r"[\d\s]*|.*\d\s*(s|min|h)\s*")
CALENDAR_DAYS = re.compile(r"(\d{1,9}) days?")
ACCEPTED = (
    "accepted are lengths such as `4 h`, days such as `2 working days`, `end of next working day` and "
    "`by 16:00 next working day`, dates such as `by 2026-12-31`, those of a plan under `dates`, and `none`"
)


@frozen
class Cell:
    """A cell of the targets as it is written: what is promised, and the hours that it names itself, if any."""

    amount: str
    hours: str = ""


def cell_read(text: str) -> Cell:
    """The two parts of a cell.

    >>> cell_read("by 20:00, even if closed, office")
    Cell(amount='by 20:00, even if closed', hours='office')
    """
    amount, _, hours = (" ".join(part.split()) for part in text.partition(","))
    even = EVEN_IF_CLOSED.removeprefix(", ")
    if hours == even or hours.startswith(f"{even},"):
        return Cell(f"{amount}, {even}", hours.removeprefix(even).removeprefix(",").strip())
    return Cell(amount, hours)


def amount_read(text: str, plans: Plans, tz: tzinfo) -> timedelta | Aim | None:
    """What is promised; `DefinitionError` with the nearest form where the text is none.

    >>> from datetime import UTC
    >>> amount_read("2 working days", {}, UTC), amount_read("4 h", {}, UTC), amount_read("none", {}, UTC)
    (WorkingDays(days=2, when_closed='next_open'), datetime.timedelta(seconds=14400), None)
    """
    if text == NONE or is_unread(text, plans):  # what is wrong with a plan is told of the plan
        return None
    form = day_form_read(text)
    if form is not None:
        return form
    if dated := BY_DATE.fullmatch(text):
        return instant_read(dated[1], tz)
    named = named_date_read(text, plans)
    if named is not None:
        return named
    if LENGTH.fullmatch(text):
        return duration_read(text)
    if days := CALENDAR_DAYS.fullmatch(text):
        raise DefinitionError(
            f"`{text}` does not say which days count; write `{days[1]} working days`, or hours such as `48 h, always`"
        )
    raise DefinitionError(
        f"`{text}` is nothing that can be promised; {ACCEPTED}{did_you_mean(text, _near(text, plans))}"
    )


def _near(text: str, plans: Plans) -> list[str]:
    """Every form with the number and the time that the text has, so that the nearest of them says what was meant."""
    number = re.search(r"\d{1,4}", text)
    time = re.search(r"\d{1,2}:\d{2}", text)
    days, clock = number[0] if number else "2", time[0] if time else "16:00"
    ends = ["same working day", "next working day"]
    forms = [f"{days} working days", f"by {clock}", NONE, *(f"end of {one}" for one in ends)]
    return [*forms, *(f"by {clock} {one}" for one in ends), *date_forms(plans)]
