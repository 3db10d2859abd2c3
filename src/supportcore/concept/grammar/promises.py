"""The cells of the table of targets: an amount of time, a day form, a date or `none`, and the hours that count (SLA-5).

A cell such as `4 h, office` names its own hours; without them, the hours of its row count.
"""

import re
from datetime import timedelta, tzinfo

from attrs import frozen

from supportcore.concept.grammar.dates import Plans, date_forms, is_unread, parse_named_date
from supportcore.concept.grammar.deadlines import EVEN_IF_CLOSED, parse_day_form
from supportcore.concept.grammar.durations import (
    DAYS,
    parse_duration,
    parse_instant,
    working_days,
    written_with_units,
)
from supportcore.concept.grammar.hours import ALWAYS
from supportcore.errors import DefinitionError, did_you_mean
from supportcore.sla.agreement.targets import Aim

NONE = "none"
DECIMAL_COMMA = re.compile(r"\d,\d")
BY_DATE = re.compile(r"by (\d{4}-.*)")
LENGTH = re.compile(r"[\d\s]*|.*\d\s*(s|min|h)\s*")
EXPECTED = (
    "expected a length such as `4 h`, days such as `2 working days`, `end of next working day` or "
    "`by 16:00 next working day`, a date such as `by 2026-12-31`, a date of a plan under `dates`, or `none`"
)


@frozen
class Cell:
    """A cell of the table of targets: the text of its promise, and of its own hours, if it names them."""

    amount: str
    hours: str = ""


def parse_cell(text: str) -> Cell:
    """Split a cell into its promise and its hours.

    >>> parse_cell("by 20:00, even if closed, office")
    Cell(amount='by 20:00, even if closed', hours='office')
    """
    amount, _, hours = (" ".join(part.split()) for part in _split(text))
    even = EVEN_IF_CLOSED.removeprefix(", ")
    if hours == even or hours.startswith(f"{even},"):
        return Cell(f"{amount}, {even}", hours.removeprefix(even).removeprefix(",").strip())
    return Cell(amount, hours)


def _split(text: str) -> tuple[str, str, str]:
    """Split a cell at its first comma, unless that is the comma of a decimal such as `1,5 h`."""
    at = text.find(",")
    while at > 0 and DECIMAL_COMMA.match(text, at - 1):
        at = text.find(",", at + 1)
    return (text, "", "") if at < 0 else (text[:at], ",", text[at + 1 :])


def parse_amount(text: str, plans: Plans, tz: tzinfo) -> timedelta | Aim | None:
    """Parse the promise of a cell; return `None` for `none`, and for a date of a plan that has problems.

    Raises `DefinitionError`, with the nearest form, if the text promises nothing.

    >>> from datetime import UTC
    >>> parse_amount("2 working days", {}, UTC), parse_amount("4 h", {}, UTC), parse_amount("none", {}, UTC)
    (WorkingDays(days=2, when_closed='next_open'), datetime.timedelta(seconds=14400), None)
    """
    if text == NONE or is_unread(text, plans):
        return None
    form = parse_day_form(text)
    if form is not None:
        return form
    if dated := BY_DATE.fullmatch(text):
        return parse_instant(dated[1], tz)
    named = parse_named_date(text, plans)
    if named is not None:
        return named
    if LENGTH.fullmatch(text):
        return parse_duration(text)
    if days := DAYS.fullmatch(text):
        hours = int(days[1]) * (168 if days[3] else 24)
        raise DefinitionError(
            f"`{text}` does not say which days count; write `{working_days(days)}`, or `{hours} h, {ALWAYS}`"
        )
    if written := written_with_units(text):
        raise DefinitionError(f"`{text}` is not a duration; write `{written}`")
    raise DefinitionError(f"`{text}` is not a promise; {EXPECTED}{did_you_mean(text, _forms_like(text, plans))}")


def _forms_like(text: str, plans: Plans) -> list[str]:
    """Return every form of a promise, with the number and the time of the text, to suggest the nearest one."""
    number = re.search(r"\d{1,4}", text)
    time = re.search(r"\d{1,2}:\d{2}", text)
    days, clock = number[0] if number else "2", time[0] if time else "16:00"
    ends = ["same working day", "next working day"]
    forms = [f"{days} working days", f"by {clock}", NONE, *(f"end of {day}" for day in ends)]
    return [*forms, *(f"by {clock} {day}" for day in ends), *date_forms(plans)]
