"""Opening hours as German and English text for people."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from supportcore.calendars.holidays.public import public_holidays
from supportcore.calendars.written.hours import WEEKDAYS, day_ranges
from supportcore.wording import Language, day_words, say, weekday_words

if TYPE_CHECKING:
    from supportcore.calendars.holidays.calendar import HolidayCalendar
    from supportcore.calendars.written.definition import Definition
    from supportcore.calendars.written.hours import DayHours, Week

ALL_DAY = "00:00-24:00"
LONGEST_HOURS = 60
SHOWN = 12
MONDAY = date(2024, 1, 1)


def definition_words(language: Language, definition: "Definition") -> str:
    """Return the definition of a calendar as text, a line for each of its parts."""
    return "\n".join(_lines(definition, language))


def definition_text(definition: "Definition") -> str:
    """Return a short text that identifies a calendar: zone, weekly hours, holidays, and the numbers of other entries.

    It is for developers; `definition_words` is for people.
    """
    hours = ", ".join(f"{days} {hours}" for days, hours in day_ranges(definition.week)) or "closed"
    parts = [f"{definition.tz}: {hours if len(hours) <= LONGEST_HOURS else f'{hours[:LONGEST_HOURS]}…'}"]
    holidays = definition.holidays
    if holidays.dates:
        parts.append(f"holidays {holidays.source}" if holidays.source else f"{len(holidays.dates)} holidays")
    counted = {
        "exceptions": len(definition.exceptions) + len(definition.yearly),
        "closures": len(definition.closures),
        "seasons": len(definition.seasons),
        "breaks": len(definition.breaks),
    }
    parts += [f"{count} {name if count > 1 else name[:-1]}" for name, count in counted.items() if count]
    return "; ".join(parts)


def combined_words(language: Language, operation: str, left: str, right: str) -> str:
    """Return the text for a combination of two calendars."""
    return say(language, f"hours.{operation}", left=left, right=right)


def _lines(definition: "Definition", language: Language) -> Iterator[str]:
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


def _week(week: "Week", language: Language) -> str:
    if all(str(hours) == ALL_DAY for hours in week):
        return say(language, "hours.always")
    runs = [f"{_weekdays(days, language)} {_hours(hours, language)}" for days, hours in day_ranges(week)]
    return "; ".join(runs) or say(language, "hours.never")


def _weekdays(key: str, language: Language) -> str:
    names = [weekday_words(language, MONDAY.replace(day=1 + WEEKDAYS.index(day))) for day in key.split("-")]
    return "–".join(names)


def _hours(hours: "DayHours", language: Language) -> str:
    return str(hours).replace("-", "–") if hours.spans else say(language, "hours.closed")


def _days(days: "Mapping[str, DayHours]", language: Language) -> str:
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


def _holidays(holidays: "HolidayCalendar", language: Language) -> str:
    source = holidays.source
    if source is None or holidays.years is None:
        return _some(holidays.dates.items(), language)
    public = public_holidays(
        source.country, subdiv=source.subdiv, language=source.language, categories=source.categories
    ).dates
    first, last = holidays.years
    added = [(day, name) for day, name in holidays.dates.items() if day not in public]
    struck = [(day, name) for day, name in public.items() if first <= day.year <= last and day not in holidays.dates]
    parts = [say(language, "hours.known", source=str(source), first=str(first), last=str(last))]
    parts += [say(language, "hours.also", days=_some(added, language))] if added else []
    parts += [say(language, "hours.not", days=_some(struck, language))] if struck else []
    return "; ".join(parts)


def _some(dates: Iterable[tuple[date, str]], language: Language) -> str:
    named = [f"{day_words(language, day)} {name}" for day, name in dates]
    shown = ", ".join(named[:SHOWN])
    return say(language, "hours.more", days=shown, count=len(named) - SHOWN) if len(named) > SHOWN else shown
