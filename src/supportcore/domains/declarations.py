"""Parse domains as people declare them: `rare < regular < core`, `yes | no`, `0 .. 4800 min, may be missing`."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from attrs import frozen

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.domains.members import Choice, Flag, Scale
from supportcore.domains.quantities import Day, Integer, Minutes, Number, NumberGap
from supportcore.domains.subsets import Subset
from supportcore.domains.times_of_day import TimeOfDay
from supportcore.domains.vocabulary import Domain
from supportcore.errors import DefinitionError, FactError
from supportcore.mappings import FrozenMapping

MISSING = re.compile(r",\s*may be missing\s*$")
SEPARATORS = ("|", "<")
UNITS = ("min", "h")
PLAIN: Mapping[str, Callable[..., Domain]] = FrozenMapping(
    {"whole number": Integer, "minutes": Minutes, "number": Number, "day": Day, "time of day": TimeOfDay}
)
FORMS = (
    "`low < high` (a scale), `a | b` (a choice), `a | b | anything else`, `some of a | b`, `yes | no`, "
    "`0 .. 100`, `number 0 .. 1`, `0 .. 480 min`, `day`, `time of day`, each may end with `, may be missing`"
)


def parse_domain(name: str, text: str, *, bounds: Bounds = DEFAULT_BOUNDS) -> Domain:
    """Return the domain that a text declares.

    Raises `DefinitionError` with the known forms for any other text, and for more members than the `bounds` allow.

    >>> parse_domain("usage", "rare < regular < core")
    Scale(name='usage', members=('rare', 'regular', 'core'), optional=False, names=FrozenMapping({}))
    >>> parse_domain("estimate", "0 .. 80 h, may be missing")
    Minutes(name='estimate', lo=0, hi=4800, optional=True)
    """
    body, missing = MISSING.subn("", text.strip())
    try:
        if message := bounds.excess("members", max(map(body.count, SEPARATORS)) + 1):
            raise DefinitionError(f"has {message}")
        domain = _parse_body(name, body.strip(), bool(missing))
    except DefinitionError as error:
        raise DefinitionError(f"fact `{name}`: {error}") from None
    if domain is None:
        raise DefinitionError(f"fact `{name}`: `{text.strip()}` does not declare a domain; expected one of {FORMS}")
    return domain


def _parse_body(name: str, body: str, optional: bool) -> Domain | None:
    if body.startswith("some of "):
        return Subset(name, _parts(body.removeprefix("some of "), "|"), optional=optional)
    if "|" in body:
        members = _parts(body, "|")
        if sorted(members) == ["no", "yes"]:
            return Flag(name, optional=optional)
        if members[-1] == "anything else":
            return Choice(name, members[:-1], other=True, optional=optional)
        return Choice(name, members, optional=optional)
    if "<" in body:
        return Scale(name, _parts(body, "<"), optional=optional)
    kind, _, rest = body.partition(" ")
    if body in PLAIN:
        return PLAIN[body](name, optional=optional)
    if body.startswith("time of day "):
        return _span(name, "time of day", body.removeprefix("time of day "), optional)
    if kind == "number" and " or " in rest:
        return _numbers(name, rest.split(" or "), optional)
    if kind in ("number", "day"):
        return _span(name, kind, rest, optional)
    return _span(name, "", body, optional)


def _parts(text: str, separator: str) -> list[str]:
    parts = [part.strip() for part in text.split(separator)]
    if "" in parts:
        raise DefinitionError(f"`{text}` has a member without a text; remove the extra `{separator}`")
    return parts


def _numbers(name: str, spans: list[str], optional: bool) -> Domain | None:
    """Return the domain of numbers in several spans, such as `0 .. 10 or 20`."""
    parts = [_span(name, "number", span if ".." in span else f"{span} .. {span}", optional) for span in spans]
    made = [part for part in parts if isinstance(part, Number)]
    inner = [end for part in made for end in (part.lo, part.hi)][1:-1]
    if len(made) < len(parts) or None in inner or any(part.hi_open for part in made[:-1] if made):
        return None
    if any(part.lo_open for part in made[1:]):
        return None
    gaps = [NumberGap(*ends) for ends in zip(inner[::2], inner[1::2], strict=True)]  # type: ignore[arg-type]  # none is None
    first, last = made[0], made[-1]
    return Number(
        name, first.lo, last.hi, lo_open=first.lo_open, hi_open=last.hi_open, gaps=tuple(gaps), optional=optional
    )


@frozen
class _Span:
    """A range as it is written: its brackets, its ends and the unit after them, each empty if it is left out."""

    opening: str
    low: str
    high: str
    unit: str
    closing: str


def _parse_span(text: str) -> _Span | None:
    body = text.strip()
    opening = body[0] if body.startswith(("[", "(")) else ""
    closing = body[-1] if body.endswith(("]", ")")) else ""
    low, points, high = body[len(opening) : len(body) - len(closing)].partition("..")
    high = high.strip()
    unit = next((unit for unit in UNITS if high.endswith(unit)), "")
    span = _Span(opening, low.strip(), high.removesuffix(unit).strip(), unit, closing)
    return span if points and (span.low or span.high or span.unit) else None


def _span(name: str, kind: str, text: str, optional: bool) -> Domain | None:
    span = _parse_span(text)
    if span is None or (kind and span.unit):
        return None
    ends = span.low or None, span.high or None
    try:
        if kind == "day":
            first, last = (None if end is None else date.fromisoformat(end) for end in ends)
            return Day(name, first, last, optional=optional)
        if kind == "time of day":
            clock = TimeOfDay(name)
            start, end = (None if text in (None, "24:00") else clock.parse(text) for text in ends)
            return TimeOfDay(name, start, end, optional=optional)
        if kind == "number":
            lo, hi = (None if end is None else Decimal(end) for end in ends)
            lo_open, hi_open = span.opening == "(" and lo is not None, span.closing == ")" and hi is not None
            return Number(name, lo, hi, lo_open=lo_open, hi_open=hi_open, optional=optional)
        factor = 60 if span.unit == "h" else 1
        low, high = (None if end is None else int(end) * factor for end in ends)
    except (ValueError, InvalidOperation, FactError):
        return None
    if span.opening or span.closing:
        return None
    if span.unit:
        return Minutes(name, low, high, optional=optional)
    return Integer(name, low, high, optional=optional)
