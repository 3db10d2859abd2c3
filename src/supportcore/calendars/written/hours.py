"""Opening hours as people write them: `08:00-12:00, 13:00-17:00` on `mon-thu`."""

import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from supportcore.calendars.spans import Span
from supportcore.errors import DefinitionError, Problem, did_you_mean
from supportcore.instants import DAY, HOUR, MINUTE, SECOND

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVERY_DAY = "mon-sun"

CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?", re.ASCII)
DASHES = re.compile(r"\s*[-–]\s*")
FORM = "accepted are spans such as `08:00-12:00, 13:00-17:00`, over midnight `22:00-06:00`, or `closed`"


def _spans_of(hours: str | Iterable[Span]) -> tuple[Span, ...]:
    if not isinstance(hours, str):
        pairs: object = hours
        if not isinstance(pairs, Iterable) or not all(map(_is_span, pairs := list(pairs))):
            raise DefinitionError(f"`{hours}` are no opening hours; {FORM}, or pairs of microseconds after midnight")
        given = tuple(sorted(set(pairs)))
        for start, end in given:
            if not 0 <= start < DAY or not start < end <= start + DAY:
                raise DefinitionError(
                    f"a span from `{start}` to `{end}` microseconds after midnight is none of a day; "
                    "it starts before 24:00 and lasts at most 24 hours"
                )
        return given
    spans, faults = read_hours(hours)
    if faults:
        raise DefinitionError("; ".join(faults))
    return tuple(spans)


def _is_span(given: object) -> bool:
    return isinstance(given, tuple) and len(given) == 2 and all(type(end) is int for end in given)


def _text(_: object, __: object, note: str) -> None:
    if not isinstance(note, str):
        raise DefinitionError(f"the note `{note}` of a day's hours is no text")


@frozen(repr=False)
class DayHours:
    """The hours of one day, and a note on why they are what they are; `""` and `closed` mean no hours.

    They are kept as spans in microseconds after the day's midnight, as written: they merge as instants, because a clock
    change may take one of two touching spans away and not the other (CAL-2). A span over midnight ends after 24 hours,
    and equal ends are 24 hours. `DefinitionError` words what cannot be read.

    >>> DayHours("13:00-14:00, 8:00-12:00", note="Christmas Eve")
    DayHours('08:00-12:00, 13:00-14:00', note='Christmas Eve')
    >>> DayHours("22:00-06:00").spans == ((22 * HOUR, 30 * HOUR),)
    True
    """

    spans: tuple[Span, ...] = field(default=(), converter=_spans_of)
    note: str = field(default="", validator=_text)

    def __str__(self) -> str:
        return ", ".join(_span_text(start, end) for start, end in self.spans) or "closed"

    def __repr__(self) -> str:
        return f"DayHours({str(self)!r}" + (f", note={self.note!r})" if self.note else ")")


CLOSED = DayHours()

Week = tuple[DayHours, DayHours, DayHours, DayHours, DayHours, DayHours, DayHours]


def read_hours(text: object) -> tuple[list[Span], list[str]]:
    """The spans of a text in order, and a sentence for everything in it that cannot be read."""
    if not isinstance(text, str):
        return [], [f"`{text}` is no text with opening hours; {FORM}"]
    if text.strip().casefold() in ("", "closed"):
        return [], []
    spans, faults = [], []
    for part in text.split(","):
        found = _span(part.strip()) if part.strip() else f"`{text}` has nothing on one side of a comma; {FORM}"
        if isinstance(found, str):
            faults.append(found)
        else:
            spans.append(found)
    return sorted(set(spans)), faults


def _span(part: str) -> Span | str:
    ends = DASHES.split(part)
    if len(ends) != 2:
        return f"`{part}` is no span of opening hours; {FORM}"
    for end in ends:
        if CLOCK.fullmatch(end) is None:
            return f"`{end}` in `{part}` is no time of day; write hours and minutes, as in `09:00`"
    start, end_of_span = (_after_midnight(end) for end in ends)
    if start is None or start == DAY:
        return f"`{ends[0]}` in `{part}` is no time of day to start at; accepted are `00:00` to `23:59`"
    if end_of_span is None:
        return f"`{ends[1]}` in `{part}` is no time of day to end at; accepted are `00:00` to `24:00`"
    return start, end_of_span if end_of_span > start else end_of_span + DAY


def _after_midnight(text: str) -> int | None:
    found = CLOCK.fullmatch(text)
    assert found is not None, "the form was looked at before"
    hours, minutes, seconds, fraction = found.groups()
    if int(minutes) > 59 or int(seconds or 0) > 59:
        return None
    after = (
        int(hours) * HOUR + int(minutes) * MINUTE + int(seconds or 0) * SECOND + int((fraction or "0").ljust(6, "0"))
    )
    return after if after <= DAY else None


def _span_text(start: int, end: int) -> str:
    return f"{clock(start)}-{clock(end if end <= DAY else end - DAY)}"


def clock(after_midnight: int) -> str:
    """A time of day from microseconds after midnight; the midnight at the end is 24:00.

    >>> clock(9 * HOUR + 30 * MINUTE), clock(DAY)
    ('09:30', '24:00')
    """
    hours, rest = divmod(after_midnight, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds, micros = divmod(rest, SECOND)
    text = f"{hours:02}:{minutes:02}"
    if seconds or micros:
        text += f":{seconds:02}"
    return text + (f".{micros:06}".rstrip("0") if micros else "")


def read_weekdays(text: object) -> tuple[list[int], list[str]]:
    """The days of the week, Monday 0, that a key such as `mon-thu` or `sat, sun` means, and what cannot be read.

    >>> read_weekdays("fri-mon")
    ([4, 5, 6, 0], [])
    """
    if not isinstance(text, str):
        return [], [f"`{text}` is no day of the week; accepted are `mon` to `sun`, ranges such as `mon-thu` and lists"]
    days: list[int] = []
    faults = []
    for part in text.split(","):
        ends = [_weekday(name) for name in DASHES.split(part.strip())]
        unknown = [name for name in ends if isinstance(name, str)]
        faults += unknown
        if not unknown and len(ends) > 2:
            faults.append(f"`{part.strip()}` is no range of days; write its first and last day, as in `mon-thu`")
        elif not unknown:
            first, last = int(ends[0]), int(ends[-1])
            days += [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]
    return days, faults


def _weekday(name: str) -> int | str:
    word = name.casefold()
    for names in (WEEKDAYS, FULL_NAMES):
        if word in names:
            return names.index(word)
    return f"`{name}` is no day of the week; accepted are `mon` to `sun`{did_you_mean(name, [*WEEKDAYS, *FULL_NAMES])}"


NEVER: Week = (CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED)


def read_week(hours: object, path: str) -> tuple[Week, list[Problem]]:
    """The hours of the seven days from `{"mon-thu": "08:00-17:00", …}`, and the problems of it all with their paths."""
    if not isinstance(hours, Mapping):
        return NEVER, [Problem(path, f"`{hours}` is no table of days and hours, such as mon-fri = `09:00-17:00`")]
    week = [CLOSED] * 7
    given: dict[int, str] = {}
    problems: list[Problem] = []
    for key, text in hours.items():
        here = f"{path}.{key}"
        days, faults = read_weekdays(key)
        day, more = _day_of(text)
        problems += [Problem(here, fault) for fault in [*faults, *more]]
        for weekday in days:
            if weekday in given:
                problems.append(
                    Problem(here, f"`{WEEKDAYS[weekday]}` is given twice, by `{given[weekday]}` too; keep one")
                )
            given[weekday] = str(key)
            week[weekday] = day
    return (week[0], week[1], week[2], week[3], week[4], week[5], week[6]), problems


def _day_of(text: object) -> tuple[DayHours, list[str]]:
    if isinstance(text, DayHours):
        return text, []
    spans, faults = read_hours(text)
    return DayHours(spans), faults


def runs_of(week: Iterable[DayHours]) -> Iterator[tuple[str, DayHours]]:
    """The open days of a week as keys and hours, neighbours with the same hours together.

    >>> office = DayHours("09:00-17:00")
    >>> list(runs_of([office] * 5 + [CLOSED] * 2))
    [('mon-fri', DayHours('09:00-17:00'))]
    """
    days = list(week)
    first = 0
    for day in range(1, 8):
        if day == 7 or days[day] != days[first]:
            if days[first].spans:
                yield WEEKDAYS[first] if day - first == 1 else f"{WEEKDAYS[first]}-{WEEKDAYS[day - 1]}", days[first]
            first = day


def time_of_day(text: object) -> int:
    """Microseconds after midnight of a time such as `16:00`, up to `24:00`; `DefinitionError` for anything else.

    >>> time_of_day("16:00") == 16 * HOUR
    True
    """
    after = _after_midnight(text) if isinstance(text, str) and CLOCK.fullmatch(text) else None
    if after is None:
        raise DefinitionError(f"`{text}` is no time of day; accepted are `00:00` to `24:00`, as in `16:00`")
    return after
