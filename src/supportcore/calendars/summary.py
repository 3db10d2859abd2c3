"""Opening hours as German and English text for people."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from supportcore.calendars.calendar import BusinessCalendar
from supportcore.calendars.combined import CombinedCalendar
from supportcore.calendars.definition import Definition
from supportcore.calendars.face import Calendar, compiled_of
from supportcore.calendars.holiday_calendar import HolidayCalendar
from supportcore.calendars.hours import WEEKDAYS, DayHours, Week, runs_of
from supportcore.calendars.public_holidays import public_holidays
from supportcore.wording import Language, day_words, language_named, say, weekday_words

__all__ = ["summary"]

ALL_DAY = DayHours("00:00-24:00")
SHOWN = 12
MONDAY = date(2024, 1, 1)


def summary(calendar: Calendar, language: str = "en") -> str:
    """The calendar in words, a line for each of its parts; `DefinitionError` for a language without words.

    >>> office = BusinessCalendar(
    ...     tz="Europe/Berlin",
    ...     hours={"mon-thu": "08:00-12:00, 13:00-17:00", "fri": "08:00-14:00"},
    ...     exceptions={"every 12-24": "08:00-12:00"},
    ... )
    >>> print(summary(office, "de"))
    Mo–Do 08:00–12:00, 13:00–17:00; Fr 08:00–14:00 (Europe/Berlin)
    Ausnahmen: jedes Jahr am 24.12. 08:00–12:00
    """
    spoken = language_named(language)
    if isinstance(calendar, BusinessCalendar):
        return "\n".join(_lines(calendar.definition, spoken))
    compiled_of(calendar)  # its error for what is no calendar
    assert isinstance(calendar, CombinedCalendar), "calendars are written down or combined"
    left, right = summary(calendar.left, language), summary(calendar.right, language)
    return say(spoken, f"hours.{calendar.operation}", left=left, right=right)


def _lines(definition: Definition, language: Language) -> Iterator[str]:
    yield say(language, "hours.zone", hours=_week(definition.week, language), zone=definition.tz)
    for season in definition.seasons:
        yield say(language, "hours.season", day=day_words(language, season.start), hours=_week(season.week, language))
    if definition.holidays.dates:
        yield say(language, "hours.holidays", days=_holidays(definition.holidays, language))
    closures = [
        _noted(_stretch(closure.first, closure.last, language), closure.name) for closure in definition.closures
    ]
    if closures:
        yield say(language, "hours.closures", days="; ".join(closures))
    yearly = {_every(month, day, language): hours for (month, day), hours in definition.yearly.items()}
    dated = {day_words(language, day): hours for day, hours in definition.exceptions.items()}
    if yearly or dated:
        yield say(language, "hours.exceptions", days=_days({**yearly, **dated}, language))
    if definition.breaks:
        breaks = {day_words(language, day): hours for day, hours in definition.breaks.items()}
        yield say(language, "hours.breaks", days=_days(breaks, language))
    if definition.holiday_scope == "shift":
        yield say(language, "hours.shift")


def _week(week: Week, language: Language) -> str:
    if all(hours == ALL_DAY for hours in week):
        return say(language, "hours.always")
    runs = [f"{_weekdays(days, language)} {_hours(hours, language)}" for days, hours in runs_of(week)]
    return "; ".join(runs) or say(language, "hours.never")


def _weekdays(key: str, language: Language) -> str:
    names = [weekday_words(language, MONDAY.replace(day=1 + WEEKDAYS.index(day))) for day in key.split("-")]
    return "–".join(names)


def _hours(hours: DayHours, language: Language) -> str:
    return str(hours).replace("-", "–") if hours.spans else say(language, "hours.closed")


def _days(days: Mapping[str, DayHours], language: Language) -> str:
    return "; ".join(_noted(f"{day} {_hours(hours, language)}", hours.note) for day, hours in days.items())


def _noted(text: str, note: str) -> str:
    return f"{text} ({note})" if note else text


def _every(month: int, day: int, language: Language) -> str:
    # The words of a day in a leap year, less the year: 24.12. and 24 Dec.
    return say(language, "hours.every", day=day_words(language, date(2000, month, day)).removesuffix("2000").strip())


def _stretch(first: date, last: date, language: Language) -> str:
    if first == last:
        return day_words(language, first)
    return say(language, "hours.stretch", first=day_words(language, first), last=day_words(language, last))


def _holidays(holidays: HolidayCalendar, language: Language) -> str:
    source = holidays.source
    if source is None or holidays.years is None:
        return _some(holidays.dates.items(), language)
    public = public_holidays(
        source.country, subdiv=source.subdiv, language=source.language, categories=source.categories
    ).dates
    first, last = holidays.years
    added = [(day, name) for day, name in holidays.dates.items() if day not in public]
    struck = [(day, name) for day, name in public.items() if first <= day.year <= last and day not in holidays.dates]
    parts = [say(language, "hours.known", source=source, first=first, last=last)]
    parts += [say(language, "hours.also", days=_some(added, language))] if added else []
    parts += [say(language, "hours.not", days=_some(struck, language))] if struck else []
    return "; ".join(parts)


def _some(dates: Iterable[tuple[date, str]], language: Language) -> str:
    named = [f"{day_words(language, day)} {name}" for day, name in dates]
    shown = ", ".join(named[:SHOWN])
    return say(language, "hours.more", days=shown, count=len(named) - SHOWN) if len(named) > SHOWN else shown
