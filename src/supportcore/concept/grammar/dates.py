"""Promises of a date of a plan: `next release`, `release 7.2` (SLA-5)."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.sla import NamedDate

NEXT = "next "

# The dates of each plan by their names; `None` for a plan with problems.
Plans = Mapping[str, Mapping[str, datetime] | None]


def date_forms(plans: Plans) -> Iterator[str]:
    """Return the phrases that promise a date of these plans."""
    for name, dates in plans.items():
        yield f"{NEXT}{name}"
        yield from (f"{name} {key}" for key in dates or ())


def is_unread(text: str, plans: Plans) -> bool:
    """Return whether a phrase names a date of a plan that could not be read."""
    return any(
        dates is None and (text == f"{NEXT}{name}" or text.startswith(f"{name} ")) for name, dates in plans.items()
    )


def parse_named_date(text: str, plans: Plans) -> NamedDate | None:
    """Parse a promise of a date of a plan; return `None` if the text names no plan.

    Raises `DefinitionError` for a date that its plan does not have.

    >>> from datetime import UTC
    >>> plans = {"release": {"7.1": datetime(2026, 3, 2, tzinfo=UTC)}}
    >>> parse_named_date("next release", plans).name is None, parse_named_date("release 7.1", plans).name
    (True, '7.1')
    """
    for name, dates in plans.items():
        if dates is None:
            continue
        if text == f"{NEXT}{name}":
            return NamedDate(dates)
        if text.startswith(f"{name} "):
            wanted = text.removeprefix(f"{name} ").strip()
            if wanted not in dates:
                known = list(date_forms({name: dates}))
                raise DefinitionError(
                    f"`{text}` is not a date of its plan; expected one of {listed(known)}{did_you_mean(text, known)}"
                )
            return NamedDate(dates, wanted)
    return None
