"""Opening hours as people write them: `08:00-12:00, 13:00-17:00` on `mon-thu`."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from supportcore.calendars.spans import Span
from supportcore.errors import DefinitionError, Problems, did_you_mean, shortened
from supportcore.instants import DAY, HOUR, MINUTE, SECOND

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVERY_DAY = "mon-sun"

TIME_OF_DAY = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?", re.ASCII)
DASH = re.compile("[-–]")
MOST_LETTERS = 200  # of a key in the path of a problem
FORM = "expected spans such as `08:00-12:00, 13:00-17:00`, over midnight `22:00-06:00`, or `closed`"


def _spans_of(hours: str | Iterable[Span]) -> tuple[Span, ...]:
    if isinstance(hours, str):
        problems = Problems()
        spans = parse_hours(hours, problems)
        if problems:
            raise DefinitionError("; ".join(problem.message for problem in problems))
        return spans
    pairs: object = hours
    if not isinstance(pairs, Iterable) or not all(map(_is_span, pairs := list(pairs))):
        raise DefinitionError(f"`{hours}` are not opening hours; {FORM}, or pairs of microseconds after midnight")
    given = tuple(sorted(set(pairs)))
    for start, end in given:
        if not 0 <= start < DAY or not start < end <= start + DAY:
            raise DefinitionError(
                f"the span from `{start}` to `{end}` microseconds after midnight does not fit a day; "
                "start it before 24:00 and end it within 24 hours"
            )
    return given


def _is_span(given: object) -> bool:
    return isinstance(given, tuple) and len(given) == 2 and all(type(end) is int for end in given)


def _check_note(_: object, __: object, note: str) -> None:
    if not isinstance(note, str):
        raise DefinitionError(f"the note `{note}` of a day's hours is not a text")


@frozen(repr=False)
class DayHours:
    """The opening hours of one day, with a note that gives their reason.

    `""` and `closed` mean no hours. `spans` are in microseconds after midnight, exactly as written: they merge only as
    instants, because a clock change may remove one of two touching spans and keep the other (CAL-2). A span over
    midnight ends after 24 hours; a span with equal ends lasts 24 hours. Raises `DefinitionError` for any other text.

    >>> DayHours("13:00-14:00, 8:00-12:00", note="Christmas Eve")
    DayHours('08:00-12:00, 13:00-14:00', note='Christmas Eve')
    >>> DayHours("22:00-06:00").spans == ((22 * HOUR, 30 * HOUR),)
    True
    """

    spans: tuple[Span, ...] = field(default=(), converter=_spans_of)
    note: str = field(default="", validator=_check_note)

    def __str__(self) -> str:
        return ", ".join(_span_text(start, end) for start, end in self.spans) or "closed"

    def __repr__(self) -> str:
        return f"DayHours({str(self)!r}" + (f", note={self.note!r})" if self.note else ")")


CLOSED = DayHours()

Week = tuple[DayHours, DayHours, DayHours, DayHours, DayHours, DayHours, DayHours]

NEVER: Week = (CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED)


def parse_hours(text: object, problems: Problems) -> tuple[Span, ...]:
    """Return the spans in a text such as `08:00-12:00, 13:00-17:00`, in order."""
    if not isinstance(text, str):
        problems.add("", f"`{text}` is not a text with opening hours; {FORM}")
        return ()
    if text.strip().casefold() in ("", "closed"):
        return ()
    spans = []
    parts = [part.strip() for part in text.split(",")]
    if "" in parts:
        problems.add("", f"`{shortened(text)}` has nothing on one side of a comma; {FORM}")
    for part in filter(None, parts):
        span = _parse_span(part)
        if isinstance(span, str):
            problems.add("", span)
        else:
            spans.append(span)
    return tuple(sorted(set(spans)))


def _parse_span(part: str) -> Span | str:
    """Return the span in a text, or a message that says what is wrong with it."""
    ends = [end.strip() for end in DASH.split(part)]
    if len(ends) != 2:
        return f"`{part}` is not a span of opening hours; {FORM}"
    for end in ends:
        if TIME_OF_DAY.fullmatch(end) is None:
            return f"`{end}` in `{part}` is not a time of day; write hours and minutes, as in `09:00`"
    start, end_of_span = (_after_midnight(end) for end in ends)
    if start is None or start == DAY:
        return f"`{ends[0]}` in `{part}` is not a time to start at; expected `00:00` to `23:59`"
    if end_of_span is None:
        return f"`{ends[1]}` in `{part}` is not a time to end at; expected `00:00` to `24:00`"
    return start, end_of_span if end_of_span > start else end_of_span + DAY


def _after_midnight(text: str) -> int | None:
    found = TIME_OF_DAY.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds, fraction = found.groups()
    if int(minutes) > 59 or int(seconds or 0) > 59:
        return None
    whole = int(hours) * HOUR + int(minutes) * MINUTE + int(seconds or 0) * SECOND
    after = whole + int((fraction or "0").ljust(6, "0"))
    return after if after <= DAY else None


def parse_time_of_day(text: object) -> int:
    """Return the microseconds after midnight of a time such as `16:00`, up to `24:00`.

    Raises `DefinitionError` for any other text.

    >>> parse_time_of_day("16:00") == 16 * HOUR
    True
    """
    after = _after_midnight(text) if isinstance(text, str) else None
    if after is None:
        raise DefinitionError(f"`{text}` is not a time of day; expected `00:00` to `24:00`, as in `16:00`")
    return after


def time_text(after_midnight: int) -> str:
    """Return the time of day at so many microseconds after midnight, `24:00` at the end of the day.

    >>> time_text(9 * HOUR + 30 * MINUTE), time_text(DAY)
    ('09:30', '24:00')
    """
    hours, rest = divmod(after_midnight, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds, micros = divmod(rest, SECOND)
    text = f"{hours:02}:{minutes:02}"
    if seconds or micros:
        text += f":{seconds:02}"
    return text + (f".{micros:06}".rstrip("0") if micros else "")


def _span_text(start: int, end: int) -> str:
    return f"{time_text(start)}-{time_text(end if end <= DAY else end - DAY)}"


def parse_weekdays(text: object, problems: Problems) -> list[int]:
    """Return the days of the week, Monday as 0, in a text such as `mon-thu` or `sat, sun`.

    >>> parse_weekdays("fri-mon", Problems())
    [4, 5, 6, 0]
    """
    if not isinstance(text, str):
        problems.add(
            "", f"`{text}` is not a day of the week; expected `mon` to `sun`, ranges such as `mon-thu`, or lists"
        )
        return []
    days: list[int] = []
    for part in text.split(","):
        ends = [_weekday(name.strip()) for name in DASH.split(part)]
        unknown = [name for name in ends if isinstance(name, str)]
        for message in unknown:
            problems.add("", message)
        if not unknown and len(ends) > 2:
            problems.add("", f"`{part.strip()}` is not a range of days; write its first and last day, as in `mon-thu`")
        elif not unknown:
            first, last = int(ends[0]), int(ends[-1])
            days += [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]
    return days


def _weekday(name: str) -> int | str:
    word = name.casefold()
    for names in (WEEKDAYS, FULL_NAMES):
        if word in names:
            return names.index(word)
    near = did_you_mean(name, [*WEEKDAYS, *FULL_NAMES])
    return f"`{name}` is not a day of the week; expected `mon` to `sun`{near}"


def structure_week(hours: object, problems: Problems) -> Week:
    """Return the hours of the seven days in `{"mon-thu": "08:00-17:00", …}`."""
    if not isinstance(hours, Mapping):
        problems.add("", f"`{hours}` is not a table of days and hours, such as mon-fri = `09:00-17:00`")
        return NEVER
    week = [CLOSED] * 7
    given: dict[int, str] = {}
    for key, text in hours.items():
        here = problems.at(str(key)[:MOST_LETTERS])  # each problem repeats it
        days = parse_weekdays(key, here)
        day = text if isinstance(text, DayHours) else DayHours(parse_hours(text, here))
        name = shortened(str(key))
        for weekday, times in Counter(days).items():
            if weekday in given or times > 1:
                other = given.get(weekday, name)
                here.add("", f"`{WEEKDAYS[weekday]}` is given twice, also by `{other}`; keep one of them")
            given[weekday] = name
            week[weekday] = day
    return (week[0], week[1], week[2], week[3], week[4], week[5], week[6])


def day_ranges(week: Iterable[DayHours]) -> Iterator[tuple[str, DayHours]]:
    """Yield the open days of a week with their hours, neighbours with equal hours as one range.

    >>> office = DayHours("09:00-17:00")
    >>> list(day_ranges([office] * 5 + [CLOSED] * 2))
    [('mon-fri', DayHours('09:00-17:00'))]
    """
    days = list(week)
    first = 0
    for day in range(1, 8):
        if day == 7 or days[day] != days[first]:
            if days[first].spans:
                yield WEEKDAYS[first] if day - first == 1 else f"{WEEKDAYS[first]}-{WEEKDAYS[day - 1]}", days[first]
            first = day
