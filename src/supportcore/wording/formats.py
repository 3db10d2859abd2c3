"""Instants, durations, shares and numbers as German and English text; nothing below a second is shown (SLA-15)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction

from supportcore.wording.languages import Language

INDENT = "  "
SECOND = timedelta(seconds=1)

WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def weekday_words(language: Language, day: date) -> str:
    """Return the short name of a day of the week.

    >>> weekday_words("de", date(2026, 1, 5))
    'Mo'
    """
    return WEEKDAYS[language][day.weekday()]


def day_words(language: Language, day: date) -> str:
    """Return a day as a date.

    >>> day_words("de", date(2026, 1, 5)), day_words("en", date(2026, 1, 5))
    ('05.01.2026', '5 Jan 2026')
    """
    if language == "de":
        return f"{day.day:02}.{day.month:02}.{day.year}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def instant_words(language: Language, instant: datetime, *, zone: bool = False) -> str:
    """Return an instant by its wall time, rounded down to the second; with `zone`, the offset follows (SLA-15).

    Seconds are left out where they are zero.

    >>> from datetime import UTC
    >>> instant_words("en", datetime(2026, 1, 5, 9, 0, 30, 600_000, tzinfo=UTC), zone=True)
    'Mon 5 Jan 2026 09:00:30 +00:00'
    """
    time = f"{instant:%H:%M:%S}" if instant.second else f"{instant:%H:%M}"
    words = f"{weekday_words(language, instant)} {day_words(language, instant)} {time}"
    if zone:
        offset = f"{instant:%z}"
        words += f" {offset[:3]}:{offset[3:5]}"
    return words


def duration_words(language: Language, duration: timedelta) -> str:
    """Return a duration in hours, minutes and seconds, rounded up to the second, as time used is (SLA-15).

    Hours go on beyond 24. Seconds are left out where they are zero.

    >>> duration_words("en", timedelta(days=1, hours=2, minutes=5))
    '26 h 5 min'
    >>> duration_words("de", timedelta(minutes=1, microseconds=1))
    '1 min 1 s'
    """
    return _clock_words(-(-duration // SECOND))


def remaining_words(language: Language, duration: timedelta) -> str:
    """Return a duration like `duration_words`, rounded down to the second, as time is that remains (SLA-15).

    >>> remaining_words("en", timedelta(minutes=1, seconds=1.5))
    '1 min 1 s'
    """
    return _clock_words(duration // SECOND)


def _clock_words(seconds: int) -> str:
    minutes, second = divmod(abs(seconds), 60)
    hours, minute = divmod(minutes, 60)
    parts = [f"{count} {unit}" for count, unit in ((hours, "h"), (minute, "min"), (second, "s")) if count]
    return ("−" if seconds < 0 else "") + (" ".join(parts) or "0 min")


def count_words(language: Language, count: int) -> str:
    """Return a number in groups of three.

    >>> count_words("de", 4_800_000), count_words("en", 4_800_000)
    ('4.800.000', '4,800,000')
    """
    return f"{count:,}" if language == "en" else f"{count:,}".replace(",", ".")


def share_words(language: Language, share: Fraction) -> str:
    """Return a share in percent, to one decimal, rounded half up.

    >>> share_words("de", Fraction(2, 3)), share_words("en", Fraction(1, 2))
    ('66,7 %', '50 %')
    """
    tenths = (share * 2000 + 1) // 2
    whole, tenth = divmod(int(tenths), 10)
    return f"{whole}{',' if language == 'de' else '.'}{tenth} %" if tenth else f"{whole} %"


def indented(lines: Iterable[str]) -> Iterator[str]:
    """Return the lines, each indented by one more step.

    >>> list(indented(["why"]))
    ['  why']
    """
    return (INDENT + line for line in lines)
