"""The plans of named dates in a concept file, and what of them is promised: `next release`, `release 7.2` (SLA-5)."""

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo

from supportcore.concept.file.problems import Reading
from supportcore.concept.grammar.durations import instant_read
from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.sla import NamedDate

NEXT = "next "
TAKEN = ("working day", "next", "by", "end of")  # what would read as a day form

Plans = Mapping[str, Mapping[str, datetime] | None]


def plans_read(sections: dict[str, dict[str, str]], tz: tzinfo, reading: Reading) -> Plans:
    """The plans by name, each with its dates by name; one with problems is none, and its problems are noted."""
    made: dict[str, dict[str, datetime] | None] = dict.fromkeys(reading.unread("dates"))
    for name, dates in sections.items():
        path = f"dates.{name}"
        before = len(reading.problems)
        read: dict[str, datetime] = {}
        if not name or name in TAKEN or "," in name:
            reading.add(path, f"`{name}` cannot name a plan of dates; take a word without a comma, such as `release`")
        if not dates:
            reading.add(path, "names no date; give at least one, such as `7.1` = `2026-03-02`")
        for key, text in dates.items():
            if not key or "," in key:
                reading.add(f"{path}.{key}", f"`{key}` cannot name a date; take a name without a comma, such as `7.1`")
            with reading.part(f"{path}.{key}"):
                read[key] = instant_read(text, tz)
        made[name] = read if len(reading.problems) == before else None
    return made


def date_forms(plans: Plans) -> Iterator[str]:
    """What can be promised of these plans, in the words of a file."""
    for name, dates in plans.items():
        yield f"{NEXT}{name}"
        yield from (f"{name} {key}" for key in dates or ())


def is_unread(text: str, plans: Plans) -> bool:
    """Whether a text names a date of a plan that could not be read."""
    return any(
        dates is None and (text == f"{NEXT}{name}" or text.startswith(f"{name} ")) for name, dates in plans.items()
    )


def named_date_read(text: str, plans: Plans) -> NamedDate | None:
    """The date of a plan that a text names, or none where it names no plan; `DefinitionError` for an unknown date.

    >>> from datetime import UTC
    >>> plans = {"release": {"7.1": datetime(2026, 3, 2, tzinfo=UTC)}}
    >>> named_date_read("next release", plans).name is None, named_date_read("release 7.1", plans).name
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
                    f"`{text}` is no date of its plan; accepted are {listed(known)}{did_you_mean(text, known)}"
                )
            return NamedDate(dates, wanted)
    return None
