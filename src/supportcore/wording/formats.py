"""Instants, durations and shares as German and English text, exact: nothing is rounded away or turned into days."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction

from supportcore.wording.catalogue import Language

INDENT = "  "

WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def weekday_words(language: Language, day: date) -> str:
    """The short name of a day of the week.

    >>> weekday_words("de", date(2026, 1, 5))
    'Mo'
    """
    return WEEKDAYS[language][day.weekday()]


def day_words(language: Language, day: date) -> str:
    """A day.

    >>> day_words("de", date(2026, 1, 5)), day_words("en", date(2026, 1, 5))
    ('05.01.2026', '5 Jan 2026')
    """
    if language == "de":
        return f"{day.day:02}.{day.month:02}.{day.year}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def instant_words(language: Language, instant: datetime, *, zone: bool = False) -> str:
    """An instant by its wall clock; seconds and below only where there are some, the offset where `zone` asks for it.

    >>> from datetime import UTC
    >>> instant_words("en", datetime(2026, 1, 5, 9, 0, 30, tzinfo=UTC), zone=True)
    'Mon 5 Jan 2026 09:00:30 +00:00'
    """
    time = f"{instant:%H:%M}"
    if instant.second or instant.microsecond:
        time += f":{instant.second:02}" + (f".{instant.microsecond:06}" if instant.microsecond else "")
    words = f"{weekday_words(language, instant)} {day_words(language, instant)} {time}"
    if zone:
        offset = f"{instant:%z}"
        words += f" {offset[:3]}:{offset[3:5]}"
    return words


def duration_words(language: Language, duration: timedelta) -> str:
    """A duration in hours, minutes and, where there are some, seconds; hours go on beyond 24.

    >>> duration_words("en", timedelta(days=1, hours=2, minutes=5))
    '26 h 5 min'
    >>> duration_words("de", -timedelta(seconds=1, microseconds=500000))
    '−1,5 s'
    """
    whole = abs(duration)
    micros = (whole.days * 86_400 + whole.seconds) * 1_000_000 + whole.microseconds
    minutes, rest = divmod(micros, 60_000_000)
    hours, minutes = divmod(minutes, 60)
    parts = ([f"{hours} h"] if hours else []) + ([f"{minutes} min"] if minutes else [])
    if rest or not parts:
        seconds, fraction = divmod(rest, 1_000_000)
        point = "," if language == "de" else "."
        parts.append(f"{seconds}{point}{fraction:06}".rstrip("0").rstrip(point) + " s" if fraction else f"{seconds} s")
    if parts == ["0 s"]:
        return "0 min"
    return ("−" if duration < timedelta(0) else "") + " ".join(parts)


def share_words(language: Language, share: Fraction) -> str:
    """A share in percent, to one decimal, rounded half up.

    >>> share_words("de", Fraction(2, 3)), share_words("en", Fraction(1, 2))
    ('66,7 %', '50 %')
    """
    tenths = (share * 2000 + 1) // 2
    whole, tenth = divmod(int(tenths), 10)
    return f"{whole}{',' if language == 'de' else '.'}{tenth} %" if tenth else f"{whole} %"


def indented(lines: Iterable[str]) -> Iterator[str]:
    """The lines, each one step further in.

    >>> list(indented(["why"]))
    ['  why']
    """
    return (INDENT + line for line in lines)
